"""Coding sheets and attribute tables are read as researchers write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.errors import InputError, NotFoundError
from qualcode.model import Elicited, Stance
from qualcode.project.coding_rows import SheetRow, coding_rows
from qualcode.project.sheets import read_table


def sheet(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "pengodean.csv"
    path.write_text(text, encoding="utf-8-sig")
    return path


def test_coding_rows_read_indonesian_columns_and_values(tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        "Pengode;Transkrip;Giliran;Kutipan;Kode;Sikap;Cara Muncul;Ragu\n"
        "rani;informan-01;7;kalo ujan;hujan;orang lain;dipancing;ya\n",
    )

    rows = list(coding_rows(read_table(path), path))

    assert [
        SheetRow(2, "rani", "informan-01", 7, "kalo ujan", "hujan", Stance.OTHER, Elicited.PROMPTED, True, "")
    ] == rows


def test_coding_rows_keep_the_good_rows_of_a_bad_sheet(tmp_path: Path) -> None:
    path = sheet(tmp_path, "transkrip,giliran,kode,sikap\na,satu,x,\na,1,x,mungkin\na,1,x,ada\n")

    bad_turn, bad_stance, good = coding_rows(read_table(path), path)

    assert isinstance(bad_turn, InputError)
    assert "pengodean.csv:2: 'satu' is no number of a turn" == str(bad_turn)
    assert isinstance(bad_stance, InputError)
    assert "'mungkin' is not understood" in str(bad_stance)
    assert isinstance(good, SheetRow)
    assert Stance.PRESENT == good.stance


def test_coding_rows_name_the_missing_column(tmp_path: Path) -> None:
    path = sheet(tmp_path, "transkrip,usia\na,x\n")

    with pytest.raises(NotFoundError, match="no column 'kode'; its columns are transkrip, usia"):
        list(coding_rows(read_table(path), path))


def test_read_table_refuses_what_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "kode.docx"
    path.write_bytes(b"x")

    with pytest.raises(InputError, match="not a table"):
        read_table(path)
