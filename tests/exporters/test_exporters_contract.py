"""What holds for every exporter, and what each format promises."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode import exporters
from qualcode.errors import InputError, NotFoundError, ProjectFileError
from qualcode.exporters._rows import COLUMNS
from qualcode.exporters.csv import CsvExporter
from qualcode.files.cells import CELL, unescape
from qualcode.model import (
    Codings,
    Corpus,
    Study,
)
from qualcode.testing.exporters import TALK, TEXT, ExporterContract, coding, corpus


def dumped(name: str, of: Corpus, language: str = "id") -> bytes:
    return ExporterContract.dumped(exporters.get(name), of, language)


every = pytest.mark.parametrize("name", exporters.builtins())


for _name in exporters.builtins():
    globals()[f"Test{_name.capitalize()}"] = type(_name, (ExporterContract,), {"exporter": exporters.get(_name)})


@every
def test_the_suffix_chooses_the_format_and_the_name_overrules_it(name: str, tmp_path: Path) -> None:
    by_suffix, by_name = tmp_path / f"a{exporters.get(name).suffix.upper()}", tmp_path / "b.txt"
    exporters.export(corpus(), by_suffix)
    exporters.export(corpus(), str(by_name), format=name)

    assert by_suffix.read_bytes() == by_name.read_bytes() == dumped(name, corpus())


@every
@given(memo=st.text(max_size=40), title=st.text(max_size=20))
def test_hostile_text_is_written(name: str, memo: str, title: str) -> None:
    study = corpus(coding(memo=memo), study=Study(title=title))

    assert dumped(name, study)


def test_a_full_disk_is_one_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ProjectFileError, match=r"^hasil.csv: cannot write the file: the disk is full"):
        exporters.export(corpus(), tmp_path / "hasil.csv")

    assert list(tmp_path.iterdir()) == []


def test_places_that_cannot_be_written_are_named(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"suffix '.pdf'"):
        exporters.export(corpus(), tmp_path / "a.pdf")
    with pytest.raises(NotFoundError):
        exporters.export(corpus(), tmp_path / "a.csv", format="cvs")
    with pytest.raises(InputError, match="no folder"):
        exporters.export(corpus(), tmp_path / "tidak-ada" / "a.csv")
    (tmp_path / "b.csv").mkdir()
    with pytest.raises(InputError, match="a folder"):
        exporters.export(corpus(), tmp_path / "b.csv")


def test_csv_row() -> None:
    data = dumped("csv", corpus())
    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))

    assert data.startswith(b"\xef\xbb\xbftranscript,revision,start,end,text")
    assert list(row) == list(COLUMNS)
    assert {key: exporters.unguard(value) for key, value in row.items()} == {
        "transcript": "informan-01",
        "revision": "1",
        "start": "12",
        "end": "26",
        "text": "=1+1 😀 ya gitu",
        "turns": "2",
        "informants": "informan-01",
        "code": "upah-rendah",
        "code_name": "=Upah",
        "family": "tantangan",
        "stance": "denied",
        "elicited": "prompted",
        "uncertain": "true",
        "coder": "rani",
        "round": "mandiri",
        "time": "2025-05-02T02:30:00.000250Z",
        "origin": "human",
        "codebook_version": "1+abc",
        "memo": "+62 \x0b_x0041_\r\nbaris",
        "guid": f"{1:032x}",
        "transcript_guid": "a" * 32,
        "revision_guid": "b" * 32,
    }
    assert TEXT[int(row["start"]) : int(row["end"])] == exporters.unguard(row["text"])
    assert row["text"].startswith("'=")


def test_csv_takes_the_delimiter_of_an_indonesian_excel() -> None:
    stream = io.BytesIO()
    CsvExporter(delimiter=";").dump(corpus(), stream)
    (row,) = csv.DictReader(io.StringIO(stream.getvalue().decode("utf-8-sig"), newline=""), delimiter=";")

    assert row["coder"] == "rani"


@given(st.text(max_size=40))
def test_csv_gives_memos_back(memo: str) -> None:
    data = dumped("csv", corpus(coding(memo=memo)))
    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))

    assert exporters.unguard(row["memo"]) == memo


def test_jsonl_is_typed_and_readable() -> None:
    line = dumped("jsonl", corpus())
    row = json.loads(line)

    assert line.endswith(b"}\n")
    assert "😀".encode() in line
    assert row["text"] == "=1+1 😀 ya gitu"
    assert (row["turns"], row["informants"], row["uncertain"], row["start"]) == ([2], ["informan-01"], True, 12)
    assert list(row) == list(COLUMNS)


@given(st.text(max_size=40))
def test_jsonl_gives_memos_back(memo: str) -> None:
    assert json.loads(dumped("jsonl", corpus(coding(memo=memo))))["memo"] == memo


def test_a_coding_on_an_earlier_text_keeps_its_place_and_shows_no_wrong_words() -> None:
    row = json.loads(dumped("jsonl", corpus(coding(revision="c" * 32))))

    assert (row["text"], row["revision"], row["turns"]) == (None, None, [])
    assert (row["start"], row["revision_guid"]) == (12, "c" * 32)


def sheets(data: bytes) -> dict[str, list[list[Any]]]:
    from openpyxl import load_workbook

    return {s.title: [[c.value for c in row] for row in s.iter_rows()] for s in load_workbook(io.BytesIO(data))}


def test_xlsx_has_typed_cells_and_a_frozen_header() -> None:
    from openpyxl import load_workbook

    data = dumped("xlsx", corpus(), "en")
    book = load_workbook(io.BytesIO(data))
    header, row = sheets(data)["codings"]
    found = dict(zip(COLUMNS, row, strict=True))

    assert book.sheetnames == ["codings", "codebook", "informants", "about"]
    assert all(sheet.freeze_panes == "A2" for sheet in book)
    assert book["codings"].column_dimensions["E"].width == 60
    assert (found["start"], found["end"], found["revision"], found["uncertain"]) == (12, 26, 1, True)
    assert found["text"] == "'=1+1 😀 ya gitu"
    assert exporters.unguard(unescape(found["memo"])) == "+62 \x0b_x0041_\r\nbaris"
    assert header[COLUMNS_AT["time"]] == "time (UTC)"
    assert not any(c.data_type == "f" for sheet in book for line in sheet.iter_rows() for c in line)


COLUMNS_AT = {key: number for number, key in enumerate(COLUMNS)}


@settings(max_examples=20)
@given(st.text(min_size=1, max_size=40))
def test_xlsx_gives_memos_back(memo: str) -> None:
    held = sheets(dumped("xlsx", corpus(coding(memo=memo)), "en"))["codings"][1][COLUMNS_AT["memo"]]

    assert exporters.unguard(unescape(held)) == memo


def test_xlsx_informants_have_their_attributes() -> None:
    header, row = sheets(dumped("xlsx", corpus(), "en"))["informants"]

    assert header == ["informant", "category", "transcripts", "usia", "'-usaha", "anggota", "sewa"]
    assert row == ["informan-01", "utama", "informan-01", 41, "'@bakso", True, 1.5]


def test_xlsx_codebook_is_whole() -> None:
    _, row = sheets(dumped("xlsx", corpus(), "en"))["codebook"]

    assert row[:4] == ["upah-rendah", "'=Upah", None, "Tantangan"]
    assert "utang*\ngaji NEAR kecil" in row


def test_xlsx_says_what_it_cut() -> None:
    found = sheets(dumped("xlsx", corpus(coding(memo="a" * 40_000)), "en"))
    memo = found["codings"][1][COLUMNS_AT["memo"]]

    assert len(memo) == CELL
    assert memo.endswith("[cut: 40000 characters in all; csv and jsonl hold the whole]")
    assert any(row[0] == "cut" and row[1].startswith("1 cells") for row in found["about"])


def test_xlsx_text_that_looks_like_an_error_stays_text() -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(dumped("xlsx", corpus(coding(memo="#N/A")), "en")))

    assert book["codings"].cell(2, COLUMNS_AT["memo"] + 1).data_type == "s"


def test_xlsx_holds_no_moment_of_writing() -> None:
    with zipfile.ZipFile(io.BytesIO(dumped("xlsx", corpus()))) as book:
        assert {entry.date_time for entry in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not re.search(rb"20\d\d-\d\d-\d\dT", book.read("docProps/core.xml"))


def test_xlsx_says_that_a_simulated_study_is_one() -> None:
    found = sheets(dumped("xlsx", corpus(study=Study(title="Contoh", simulated=True)), "en"))

    assert ["study", "Contoh"] in found["about"]
    assert any(row[0] == "simulated" for row in found["about"])


def test_xlsx_refuses_more_codings_than_a_sheet_has_rows(tmp_path: Path) -> None:
    one = (bytes(16), TALK.guid, TALK.revision, 12, 20, "upah-rendah", "rani", 0, "", "", "human", "", "", False, "")
    many = corpus(codings=Codings.from_rows(one for _ in range(1_048_576)))

    with pytest.raises(InputError, match="1048576 codings do not fit"):
        exporters.export(many, tmp_path / "a.xlsx")

    assert list(tmp_path.iterdir()) == []
