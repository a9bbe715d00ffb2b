"""OpenDocument spreadsheets are read as workbooks are. All talk is simulated."""

from __future__ import annotations

import io
import zipfile

import pytest

from qualcode.errors import InputError
from qualcode.files.ods import read_ods
from qualcode.importers import ImportOptions, ImportResult, Source, registry

NS = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(f'xmlns:{x}="{NS}{x}:1.0"' for x in ("office", "text", "table"))


def cell(text: str = "", more: str = "") -> str:
    lines = "".join(f"<text:p>{line}</text:p>" for line in text.split("\n")) if text else ""
    return f"<table:table-cell {more}>{lines}</table:table-cell>"


def row(*cells: str, more: str = "") -> str:
    made = (x if x.startswith("<") else cell(x) for x in cells)
    return f"<table:table-row {more}>{''.join(made)}</table:table-row>"


def sheet(name: str, *rows: str) -> str:
    return f'<table:table table:name="{name}">{"".join(rows)}</table:table>'


def ods(*sheets: str, kind: str = "spreadsheet") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:body><office:{kind}>{''.join(sheets)}</office:{kind}></office:body>"
            "</office:document-content>",
        )
    return stream.getvalue()


def read(*sheets: str) -> ImportResult:
    return registry.get("ods")().read(Source("koding.ods", ods(*sheets)), ImportOptions())


COVERED = "<table:covered-table-cell/>"
DOWN = 'table:number-rows-spanned="2" table:number-columns-spanned="1"'


def test_a_coding_sheet_with_merged_cells() -> None:
    result = read(
        sheet(
            "Koding",
            row("Partisipan", "Kutipan", "Kode awal"),
            row(cell("Ibu Marta", DOWN), cell("Mi instan\nmenumpuk.", DOWN), "bantuan tak tepat"),
            row(COVERED, COVERED, "kebutuhan perempuan"),
            row("", "", "", more='table:number-rows-repeated="1048000"'),
        )
    )

    (coding,) = result.sheets
    assert coding.table.rows == (
        ("Ibu Marta", "Mi instan\nmenumpuk.", "bantuan tak tepat"),
        ("Ibu Marta", "Mi instan\nmenumpuk.", "kebutuhan perempuan"),
    )


def test_numbers_dates_and_repeated_cells() -> None:
    table = sheet(
        "Data",
        row("Kode", "Usia", "Tanggal", "a", "b"),
        row(
            "R1",
            cell("34", 'office:value-type="float" office:value="34"'),
            cell("3 Mei", 'office:value-type="date" office:date-value="2025-05-03"'),
            cell("ya", 'table:number-columns-repeated="2"'),
        ),
        row(
            "R2",
            cell("1,5", 'office:value-type="float" office:value="1.5"'),
            "",
            cell("", 'table:number-columns-repeated="16000"'),
        ),
    )
    ((title, found),) = read_ods(ods(table), file="d.ods")

    assert title == "Data"
    assert found.rows == (("R1", 34, "2025-05-03", "ya", "ya"), ("R2", 1.5, None, None, None))


def test_talk_of_two_informants_in_two_sheets() -> None:
    head = row("Pertanyaan", "Jawaban", "Kode")
    result = read(
        sheet(
            "Informan 1", head, row("Setor ke siapa?", "Ke orang wilayah.", "setoran"), row("Kurang?", "Nombok.", "")
        ),
        sheet(
            "Informan 2", head, row("Sejak kapan?", "Dari kecil, diajari ibu.", "warisan"), row("Upah?", "Kecil.", "")
        ),
    )

    assert [len(transcript.turns) for transcript in result.corpus.transcripts] == [4, 4]
    assert len(result.corpus.codings) == 2


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (ods(sheet("x", row("a")), kind="text"), "not an OpenDocument spreadsheet"),
        (b"Kutipan;Kode\n", "not an OpenDocument spreadsheet"),
        (ods(sheet("x", row("", ""))), "no row"),
        (ods(), "no row"),
    ],
)
def test_what_is_no_spreadsheet_is_said(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        registry.get("ods")().read(Source("x.ods", data), ImportOptions())
