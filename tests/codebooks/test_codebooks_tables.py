"""Codebooks as tables: what researchers keep in Excel comes in, and what we write comes back."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from qualcode.codebooks import check, load_codebook, shipped_codebooks, write_codebook
from qualcode.codebooks.csv import CsvFormat
from qualcode.codebooks.xlsx import XlsxFormat
from qualcode.errors import InputError, NotFoundError, ProjectFileError, QualcodeError
from qualcode.model import STAGES, Code, Codebook

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=20
)
CODES = st.builds(
    Code,
    st.from_regex(r"[a-z]{1,8}(-[a-z0-9]{1,4})?", fullmatch=True),
    WORDS,
    definition=WORDS | st.just(""),
    examples=st.lists(WORDS.filter(lambda w: not w[0].isdigit() and w[0] not in "-•·▪"), max_size=3).map(tuple),
    origin=st.sampled_from(["a_priori", "inductive", "addition", "imported"]),
    stage=st.sampled_from(["", *STAGES]),
    active=st.booleans(),
)


def sheet(*rows: tuple[object, ...]) -> bytes:
    """Return a workbook of one sheet."""
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("name", shipped_codebooks())
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_workbook_holds_the_whole_codebook(name: str, language: str, tmp_path: Path) -> None:
    book = load_codebook(name)
    path = tmp_path / "lain.xlsx"
    write_codebook(book, path, language=language)  # type: ignore[arg-type]

    assert load_codebook(path) == book
    assert load_codebook(path).label == book.label
    assert check(path) == check(name)
    again = tmp_path / "lagi.xlsx"
    write_codebook(book, again, language=language)  # type: ignore[arg-type]
    assert again.read_bytes() == path.read_bytes()


def test_csv_holds_the_codes(tmp_path: Path) -> None:
    book = load_codebook("kelas_pekerja")
    path = tmp_path / "kelas_pekerja.csv"
    write_codebook(book, path)

    assert load_codebook(path).codes == book.codes
    assert load_codebook(path).name == "kelas_pekerja"


@given(st.lists(CODES, min_size=1, max_size=6, unique_by=lambda code: code.key))
def test_codes_survive_both_tables(codes: list[Code]) -> None:
    book = Codebook("uji", tuple(codes))
    for kind in (CsvFormat(), XlsxFormat()):
        reading = kind.read(kind.write(book), file="uji.x")
        assert reading.problems == []
        assert reading.codebook is not None
        assert reading.codebook.codes == book.codes


def test_a_sheet_as_students_keep_it() -> None:
    """Headings of their own, no keys, categories as a merged column, keywords with commas."""
    data = sheet(
        ("Kategori", "Kode", "Definisi operasional", "Contoh kutipan", "Kata kunci", "Catatan pembimbing"),
        (
            "Tantangan ekonomi",
            "Upah rendah",
            "Penghasilan di bawah kebutuhan",
            "cuma cukup makan",
            "gaji kecil, nombok",
            "x",
        ),
        ("Tantangan ekonomi", "Jam kerja panjang", None, "dari subuh sampai malam", None, None),
        (None, "Solidaritas", "Saling bantu", None, "arisan; patungan", None),
    )
    reading = XlsxFormat().read(data, file="kode.xlsx")

    assert reading.problems == []
    assert reading.codebook is not None
    assert [(c.key, c.parent) for c in reading.codebook] == [
        ("tantangan-ekonomi", None),
        ("upah-rendah", "tantangan-ekonomi"),
        ("jam-kerja-panjang", "tantangan-ekonomi"),
        ("solidaritas", None),
    ]
    assert reading.codebook.code("upah-rendah").keywords == ("gaji kecil", "nombok")
    assert reading.codebook.code("solidaritas").keywords == ("arisan", "patungan")
    assert [(f.level, f.rule) for f in reading.findings] == [
        ("note", "columns"),
        ("doubtful", "columns"),
        ("note", "parent"),
    ]
    assert "Catatan pembimbing" in str(reading.findings[1])


def test_a_column_that_is_guessed_wrongly_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "kode.csv"
    path.write_text("Kode;Nama panjang;Arti\nA1;Upah rendah;di bawah\nA2;Utang;pinjam\n", encoding="utf-8")

    assert [c.name for c in load_codebook(path)] == ["A1", "A2"]
    book = load_codebook(path, columns={"name": "nama panjang"})
    assert [(c.key, c.name, c.definition) for c in book] == [
        ("upah-rendah", "Upah rendah", "di bawah"),
        ("utang", "Utang", "pinjam"),
    ]
    with pytest.raises(InputError, match="no column 'Namanya'"):
        load_codebook(path, columns={"name": "Namanya"})
    with pytest.raises(InputError, match="no field 'nama'"):
        load_codebook(path, columns={"nama": "Kode"})


@pytest.mark.parametrize(
    ("row", "line", "said"),
    [
        ("Utang,,merah,,,", 3, "colour 'merah'"),
        ("Utang,,,induktip,,", 3, "'induktip' is no origin"),
        ("Utang,,,,terbukaan,", 3, "'terbukaan' is no stage"),
        ("Utang,,,,,mungkin", 3, "'mungkin' is no active"),
        ("Upah,,,,,", 3, "'upah' stands twice"),
        ("Utang,(gaji,,,,", 3, "without its )"),
        (",sepi,,,,", 3, "names no code"),
    ],
)
def test_what_is_wrong_is_said_with_its_row(row: str, line: int, said: str, tmp_path: Path) -> None:
    path = tmp_path / "kode.csv"
    path.write_text(
        f"Nama,Kata kunci,Warna,Asal,Tahap,Aktif\nUpah,gaji,,,,\n{row}\nArisan,arisan,,,,\n", encoding="utf-8"
    )
    with pytest.raises(QualcodeError) as caught:
        load_codebook(path)

    assert caught.value.line == line
    assert said in str(caught.value) or said in str(caught.value.parameters)


def test_words_for_stage_and_origin_may_be_indonesian(tmp_path: Path) -> None:
    path = tmp_path / "kode.csv"
    path.write_text("kode,tahap,asal,aktif\nutang,Terbuka,Induktif,ya\nupah,selektif,teori,tidak\n", encoding="utf-8")

    assert [(c.key, c.stage, c.origin, c.active) for c in load_codebook(path)] == [
        ("utang", "open", "inductive", True),
        ("upah", "selective", "a_priori", False),
    ]


def test_no_column_with_names(tmp_path: Path) -> None:
    path = tmp_path / "kode.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column holds the names of codes"):
        load_codebook(path)


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04rusak", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"\x00\xff" * 50]
)
def test_a_broken_workbook_is_one_clear_problem(data: bytes) -> None:
    reading = XlsxFormat().read(data, file="kode.xlsx")

    assert reading.codebook is None
    assert [problem.file and problem.file.name for problem in reading.problems] == ["kode.xlsx"]


def test_cells_are_no_formulas() -> None:
    book = Codebook("uji", (Code("a", "=1+1", definition="@SUM(A1)"),))

    assert b"\n" in CsvFormat().write(book)
    assert ",'=1+1," in CsvFormat().write(book).decode("utf-8-sig")


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    book = Codebook("uji", (Code("a"),))
    with pytest.raises(InputError, match="no folder"):
        write_codebook(book, tmp_path / "tidak" / "ada.csv")
    with pytest.raises(InputError, match="ends in"):
        write_codebook(book, tmp_path / "a.docx")
    (tmp_path / "b.csv").mkdir()
    with pytest.raises((ProjectFileError, InputError)):
        write_codebook(book, tmp_path / "b.csv")


def test_a_missing_parent_by_key_is_made_or_found(tmp_path: Path) -> None:
    path = tmp_path / "kode.csv"
    path.write_text(
        "key,name,parent\nutang,Utang,Tantangan Ekonomi\ntantangan-ekonomi,Tantangan Ekonomi,\n", encoding="utf-8"
    )

    assert [(c.key, c.parent) for c in load_codebook(path)] == [
        ("tantangan-ekonomi", None),
        ("utang", "tantangan-ekonomi"),
    ]


def test_unknown_shipped_name_still_says_near_ones() -> None:
    with pytest.raises(NotFoundError):
        load_codebook("prekariatt")
