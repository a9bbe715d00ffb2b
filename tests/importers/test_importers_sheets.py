"""Workbooks in which somebody coded: ticks in a column for each code, a sheet for each theme or informant, codes in two columns.

All talk here is simulated.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from openpyxl import Workbook

from qualcode.files.tables import Table
from qualcode.importers import ImportOptions, ImportResult, Source, columns_of, labels_in, registry, with_codes
from qualcode.importers.coded.codes import path_of

Rows = Sequence[Sequence[object]]


def workbook(**sheets: Rows) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title.replace("_", " "))
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(**sheets: Rows) -> ImportResult:
    return registry.get("xlsx")().read(Source("lembar.xlsx", workbook(**sheets)), ImportOptions())


def rows_of(result: ImportResult) -> list[dict[str, object]]:
    return [dict(zip(s.table.columns, row, strict=True)) for s in result.sheets for row in s.table.rows]


@pytest.mark.parametrize("tick", ["x", "V", "✓", 1, "√"])
def test_a_column_for_each_code_with_ticks(tick: object) -> None:
    result = read(
        Koding=(
            ("No", "Kutipan", "Utang", "Kerja ganda", "Hemat"),
            (1, "pinjam dulu ke warung", tick, None, "-"),
            (2, "malamnya ngojek", tick, tick, None),
            (3, "masak sendiri saja", None, None, tick),
        )
    )

    assert [(row["Kutipan"], row["Kode"]) for row in rows_of(result)] == [
        ("pinjam dulu ke warung", "Utang"),
        ("malamnya ngojek", "Utang\nKerja ganda"),
        ("masak sendiri saja", "Hemat"),
    ]
    assert not result.corpus.transcripts
    assert any("3" in str(f) and f.rule == "ticks" for f in result.findings)


def test_words_beside_quotes_are_no_ticks() -> None:
    """Answers yes and no are attributes of who responded."""
    result = read(
        Survei=(
            ("Responden", "Punya BPJS", "Punya KTP", "Jawaban"),
            ("R1", "ya", "tidak", "belum sempat mengurus ke kelurahan"),
            ("R2", "tidak", "ya", "iurannya terlalu mahal buat kami"),
        )
    )

    assert not result.sheets
    assert len(result.corpus.transcripts) == 1


def test_a_sheet_for_each_theme() -> None:
    head = ("Sumber", "Kutipan")
    result = read(
        **{"Tema 1 - Upah dipotong": (head, ("Bu Rini", "dipotong gara-gara piring pecah"))},
        Solidaritas=(head, ("Bu Rini", "jadi punya saudara"), ("Bu Ani", "kas dipakai yang sakit")),
    )

    assert [(row["Kutipan"], row["Kode"]) for row in rows_of(result)] == [
        ("dipotong gara-gara piring pecah", "Upah dipotong"),
        ("jadi punya saudara", "Solidaritas"),
        ("kas dipakai yang sakit", "Solidaritas"),
    ]


@pytest.mark.parametrize(
    "titles", [("Informan 1", "Informan 2"), ("Bu Rini", "Bu Ani"), ("Sheet1", "Sheet2"), ("W1", "W2")]
)
def test_sheets_of_people_are_no_themes(titles: tuple[str, str]) -> None:
    head = ("No", "Kutipan")
    sheets = dict.fromkeys(titles, (head, (1, "jadi punya saudara di sini")))

    assert not read(**sheets).sheets


def test_a_sheet_for_each_informant_is_an_interview_each() -> None:
    head = ("No", "Pertanyaan", "Jawaban", "Kode")
    result = read(
        Informan_1=(head, (1, "Setor ke siapa?", "Ke orang wilayah, dua ratus.", "setoran"), (2, "Kalau kurang?", "Nombok.", "nombok")),
        Informan_2=(head, (1, "Sejak kapan membatik?", "Dari kecil, diajari ibu.", "warisan"), (2, "Upahnya?", "Seratus lima puluh.", "upah")),
    )  # fmt: skip

    assert [len(transcript.turns) for transcript in result.corpus.transcripts] == [4, 4]
    book = {code.key: code.name for code in result.corpus.codebook}
    assert [(book[c.code], result.corpus.quote(c)) for c in result.corpus.codings] == [
        ("setoran", "Ke orang wilayah, dua ratus."),
        ("nombok", "Nombok."),
        ("warisan", "Dari kecil, diajari ibu."),
        ("upah", "Seratus lima puluh."),
    ]


def test_codes_in_two_columns_beside_the_talk() -> None:
    result = read(
        Transkrip=(
            ("Penutur", "Ucapan", "Kode 1", "Kode 2"),
            ("P", "Tugasnya apa saja?", None, None),
            ("K", "Menimbang dan mencatat, sekarang pakai aplikasi.", "beban kerja", "digital"),
            ("P", "Insentifnya berapa?", None, None),
            ("K", "Lima puluh ribu sebulan.", "insentif kecil", None),
        )
    )

    book = {code.key: code.name for code in result.corpus.codebook}
    assert [book[c.code] for c in result.corpus.codings] == ["beban kerja", "digital", "insentif kecil"]


def test_examples_of_a_codebook_are_quotes() -> None:
    result = read(
        Kode=(("Kode", "Definisi", "Contoh kutipan", "Sumber"), ("setoran", "uang wajib", "kita setor dua ratus", "W1"))
    )

    (sheet,) = result.sheets
    assert not result.corpus.transcripts
    assert sheet.table.columns == ("Kode", "Definisi", "Contoh kutipan", "Sumber")


def test_what_a_table_of_talk_has_beside_is_said() -> None:
    """Columns whose meaning is not known are not taken in silence."""
    result = read(
        Transkrip=(
            ("Penutur", "Ucapan", "Rona"),
            ("P", "Tugasnya apa saja?", "datar"),
            ("K", "Menimbang dan mencatat.", "lelah"),
        )
    )

    assert any("Rona" in str(finding) for finding in result.findings)


def test_rows_that_name_a_theme_stand_above_the_quotes_below_them() -> None:
    result = read(
        Koding=(
            ("Kutipan", "Kode"),
            ("TEMA 1: KERENTANAN", None),
            ("nggak bisa ditebak", "tak menentu"),
            ("gerobak diangkut petugas", "razia"),
            ("Tema 2 - Siasat", None),
            ("ukurannya dikecilin", "mengecilkan"),
        )
    )

    assert [(row["Kutipan"], row["Kode"], row["Tema"]) for row in rows_of(result)] == [
        ("nggak bisa ditebak", "tak menentu", "KERENTANAN"),
        ("gerobak diangkut petugas", "razia", "KERENTANAN"),
        ("ukurannya dikecilin", "mengecilkan", "Siasat"),
    ]


def test_what_several_informants_say_of_a_theme_is_a_row_each() -> None:
    result = read(
        Matriks=(
            ("Tema", "Sub tema", "Informan 1 (Pak D)", "Informan 2"),
            ("Kerentanan", "pasar", "sehari cuma satu ban", "untungnya tipis sekali"),
            ("Siasat", "keluarga", None, "dia yang memotong dari subuh"),
        )
    )

    assert [
        (str(row["Informan"]).partition(" (")[0], row["Kutipan"], row["Tema"], row["Sub tema"])
        for row in rows_of(result)
    ] == [
        ("Informan 1", "sehari cuma satu ban", "Kerentanan", "pasar"),
        ("Informan 2", "untungnya tipis sekali", "Kerentanan", "pasar"),
        ("Informan 2", "dia yang memotong dari subuh", "Siasat", "keluarga"),
    ]


def test_marks_of_codes_that_another_sheet_explains() -> None:
    """Below an identity of the study, too."""
    result = read(
        Koding=(
            ("Judul", "Siasat pekerja"),
            ("Peneliti", "W"),
            (),
            ("No", "Data", "Kode", "Kategori"),
            (1, "sehari cuma satu ban saja", "K1", "Kerentanan"),
            (2, "katanya harus punya NPWP", "K2, K1", "Kerentanan"),
        ),
        Buku_Kode=(("Kode", "Arti"), ("K1", "pendapatan tak tentu"), ("K2", "hambatan administrasi")),
    )

    assert [(row["Data"], row["Kode"]) for row in rows_of(result)] == [
        ("sehari cuma satu ban saja", "pendapatan tak tentu"),
        ("katanya harus punya NPWP", "hambatan administrasi\npendapatan tak tentu"),
    ]


def test_columns_of_themes_only_where_the_user_says_it_is_a_coding_sheet() -> None:
    table = Table(
        ("Informan", "Usia", "Modal", "Keluarga"),
        (("Pak D", 47, "pinjam koperasi pasar", "pulang sekolah dia jaga"), ("Bu G", 39, None, "dia yang memotong")),
        (2, 3),
    )

    ((_, plain),) = with_codes([("", table)], "x.xlsx")
    ((_, stated),) = with_codes([("", table)], "x.xlsx", stated=True)

    assert plain == table
    assert stated.columns == ("Informan", "Kutipan", "Kode")
    assert stated.rows == (
        ("Pak D", "pinjam koperasi pasar", "Modal"),
        ("Pak D", "pulang sekolah dia jaga", "Keluarga"),
        ("Bu G", "dia yang memotong", "Keluarga"),
    )
    assert stated.lines == (2, 2, 3)


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (("id", "document", "tag", "content"), (1, "Mbak Jum.docx", "remitan", "kirim ke desa lima ratus")),
        (
            ("ID", "Quotation Name", "Document", "Quotation Content", "Codes", "Reference"),
            ("1:1", "kirim", "Mbak Jum.docx", "kirim ke desa lima ratus", "remitan", "6"),
        ),
        (
            ("Document group", "Document name", "Code", "Beginning", "End", "Segment"),
            (None, "Mbak Jum.docx", "Siasat\\remitan", "6", "6", "kirim ke desa lima ratus"),
        ),
        (
            ("Media Title", "Excerpt Copy", "Codes Applied Combined"),
            ("Mbak Jum.docx", "kirim ke desa lima ratus", "remitan"),
        ),
        (("codename", "seltext", "filename", "pos0"), ("remitan", "kirim ke desa lima ratus", "Mbak Jum.docx", 300)),
    ],
)
def test_exports_of_other_programs(head: tuple[str, ...], row: tuple[object, ...]) -> None:
    (sheet,) = read(Data=(head, row)).sheets
    columns = columns_of(sheet.table.columns)

    def held(name: str) -> object:
        return sheet.table.rows[0][columns[name][0]]

    assert (held("transcript"), held("quote")) == ("Mbak Jum.docx", "kirim ke desa lima ratus")
    assert path_of(labels_in(str(held("code")))[0])[-1] == "remitan"
