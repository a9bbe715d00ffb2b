"""Tables as they look on the page, from every kind of file that holds some."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook

from qualcode.errors import InputError
from qualcode.files.grids import Grid, read_grids

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
O = " ".join(  # noqa: E741 - OpenDocument
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def docx(body: str) -> bytes:
    """Return a Word document with *body*."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(
            "[Content_Types].xml", "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"
        )
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
    return stream.getvalue()


def cell(text: str, properties: str = "") -> str:
    """Return a cell of a Word table."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def row(*cells: str) -> str:
    """Return a row of a Word table."""
    return f"<w:tr>{''.join(cells)}</w:tr>"


def odt(body: str) -> bytes:
    """Return an OpenDocument text with *body*."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        content = f"<office:document-content {O}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
        archive.writestr("content.xml", content)
    return stream.getvalue()


def test_csv_has_one_grid_with_its_lines() -> None:
    """The head is a row as any other; a row over two lines stands at its first."""
    pages = read_grids(b'no;tanya\n1;"Apa\nsaja?"\n\n2;Kapan?\n', file="pedoman.csv")

    assert pages.grids == (Grid((("no", "tanya"), ("1", "Apa\nsaja?"), ("2", "Kapan?")), (1, 2, 5)),)


def test_merged_cells_of_a_workbook_are_filled() -> None:
    """Downward and across, with the sheets apart and the empty ones left out."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for values in (("RM", "No", "Tanya"), ("Satu", 1.0, "Apa?"), (None, 2, "Kapan?"), ("Penutup", None, None)):
        sheet.append(values)
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("A4:C4")
    book.create_sheet("Kosong")
    book.create_sheet("RM").append(("No", "Rumusan masalah"))
    stream = io.BytesIO()
    book.save(stream)
    first, second = read_grids(stream.getvalue(), file="kisi.xlsx").grids

    assert first.rows == (
        ("RM", "No", "Tanya"), ("Satu", "1", "Apa?"), ("Satu", "2", "Kapan?"), ("Penutup", "Penutup", "Penutup"),
    )  # fmt: skip
    assert first.merged == {(2, 0), (3, 1), (3, 2)}
    assert (second.name, second.rows) == ("RM", (("No", "Rumusan masalah"),))


def test_merged_cells_of_a_word_table_are_filled() -> None:
    """And the paragraphs around the tables are kept apart from them."""
    table = "".join(
        [
            row(cell("RM"), cell("No"), cell("Tanya")),
            row(cell("Satu", '<w:vMerge w:val="restart"/>'), cell("1"), cell("Apa?")),
            row(cell("", "<w:vMerge/>"), cell("2"), cell("Kapan?")),
            row(cell("Penutup", '<w:gridSpan w:val="3"/>')),
        ]
    )
    text = "<w:p><w:r><w:t>Rumusan masalah</w:t></w:r></w:p>"
    pages = read_grids(
        docx(f"{text}<w:tbl>{table}</w:tbl><w:tbl>{row(cell('a'), cell('b'))}</w:tbl>{text}"), file="kisi.docx"
    )

    assert pages.grids[0].rows == (
        ("RM", "No", "Tanya"), ("Satu", "1", "Apa?"), ("Satu", "2", "Kapan?"), ("Penutup", "Penutup", "Penutup"),
    )  # fmt: skip
    assert pages.grids[0].merged == {(2, 0), (3, 1), (3, 2)}
    assert pages.grids[1].rows == (("a", "b"),)
    assert pages.paragraphs == ("Rumusan masalah", "Rumusan masalah")


def test_merged_cells_of_an_opendocument_table_are_filled() -> None:
    """A covered cell repeats the one that reaches over it."""

    def cells(*texts: str) -> str:
        return "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in texts)

    first = f"<table:table-row>{cells('RM', 'No', 'Tanya')}</table:table-row>"
    down = '<table:table-cell table:number-rows-spanned="2"><text:p>Satu</text:p></table:table-cell>'
    second = f"<table:table-row>{down}{cells('1', 'Apa?')}</table:table-row>"
    third = f"<table:table-row><table:covered-table-cell/>{cells('2', 'Kapan?')}</table:table-row>"
    (grid,) = read_grids(odt(f"<table:table>{first}{second}{third}</table:table>"), file="kisi.odt").grids

    assert grid.rows == (("RM", "No", "Tanya"), ("Satu", "1", "Apa?"), ("Satu", "2", "Kapan?"))
    assert grid.merged == {(2, 0)}


@pytest.mark.parametrize(
    ("name", "data"),
    [("pedoman.txt", b"1. Apa?"), ("pedoman", b""), ("pedoman.xlsx", b"bukan"), ("pedoman.docx", b"PK\x03\x04rusak")],
)
def test_what_holds_no_table_is_refused(name: str, data: bytes) -> None:
    """With one clear error that names the file."""
    with pytest.raises(InputError) as caught:
        read_grids(data, file=name)

    assert str(caught.value).startswith(f"{name}: ")


def test_a_document_without_a_table_has_none() -> None:
    """Who asks for a table says so; the words are there."""
    assert read_grids(docx("<w:p><w:r><w:t>Halo</w:t></w:r></w:p>"), file="a.docx").grids == ()
