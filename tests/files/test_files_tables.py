"""CSV and Excel tables."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import InputError
from qualcode.files.recognise import OLE2
from qualcode.files.tables import read_csv, read_xlsx

Pack = Callable[[Mapping[str, bytes | str]], bytes]


def workbook(*rows: list[object], more: tuple[str, ...] = ()) -> bytes:
    """Return a workbook with one sheet of *rows*, behind empty ones."""
    from openpyxl import Workbook

    book = Workbook()
    for title in more:
        book.create_sheet(title, 0)
    for row in rows:
        book.worksheets[-1].append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b'kode,jawaban\nR1,"ya, bisa"\n',
        b"kode;jawaban\r\nR1;ya, bisa\r\n",
        b"kode\tjawaban\nR1\tya, bisa\n",
        b"kode|jawaban\nR1|ya, bisa\n",
        b"\xef\xbb\xbfsep=;\nkode;jawaban\nR1;ya, bisa\n",
        "kode;jawaban\nR1;ya, bisa\n".encode("utf-16"),
        b"\n\nkode;;jawaban\n;;\nR1;;ya, bisa\n",
    ],
)
def test_dialects_of_csv(data: bytes) -> None:
    """Commas, semicolons, tabs, Excel's line, marks and empty rows or columns give the same table."""
    table = read_csv(data, file="x.csv")

    assert table.columns == ("kode", "jawaban")
    assert table.rows == (("R1", "ya, bisa"),)


def test_lines_of_csv_rows_are_those_of_the_file() -> None:
    """A cell with line ends does not shift the lines that follow."""
    table = read_csv(b'sep=,\na,b\n1,"x\ny\nz"\n2,q\n', file="x.csv")

    assert table.lines == (3, 6)


def test_open_quotation_mark_names_its_line() -> None:
    """A quotation mark that is never closed would swallow the rest of the file."""
    with pytest.raises(InputError) as caught:
        read_csv(b'a,b\n1,2\n3,"x\ny\n', file="x.csv")

    assert caught.value.line == 3


def test_long_cells_are_read_whole() -> None:
    """A whole interview in one cell is longer than the csv module's default limit."""
    cell = "kata " * 100_000

    assert read_csv(f"a,b\n1,{cell}\n".encode(), file="x.csv").rows[0][1] == cell


@pytest.mark.parametrize("data", [b"", b"kode,jawaban\n", b"kode,jawaban\n,\n"])
def test_table_without_rows_is_refused(data: bytes) -> None:
    """A head alone is no table."""
    with pytest.raises(InputError):
        read_csv(data, file="x.csv")


def test_repeated_and_missing_names_of_columns_stay_apart() -> None:
    """No column is lost for want of a name."""
    table = read_csv(b"a,a,\n1,2,3\n", file="x.csv")

    assert table.columns == ("a", "a 2", "column 3")


def test_cells_of_excel_keep_their_type() -> None:
    """Whole numbers are whole, dates are ISO text, empty cells are None."""
    when = datetime.datetime(2025, 3, 1)
    data = workbook(["a", "b", "c", "d", "e"], [1.0, 2.5, when, True, "x\r\ny"], [None, None, "z", None, None])

    table = read_xlsx(data, file="x.xlsx")

    assert table.rows == ((1, 2.5, "2025-03-01", True, "x\ny"), (None, None, "z", None, None))
    assert table.lines == (2, 3)


def test_formulas_without_values_are_said() -> None:
    """A workbook that no spreadsheet program computed is refused with what to do, not called empty."""
    for rows in ([["=A2", "=B2"], ["=A3", "=B3"]], [["id", "jawaban"], ["=A9", "=B9"]]):
        with pytest.raises(InputError, match="formulas hold no computed values") as caught:
            read_xlsx(workbook(*rows), file="x.xlsx")
        assert "Excel" in (caught.value.hint or "")


def test_some_formulas_without_values_are_doubtful() -> None:
    """Where other cells hold something, the table is read and the number of lost values is said."""
    table = read_xlsx(workbook(["id", "jawaban"], ["R1", "ya"], ["R2", "=B2"]), file="x.xlsx")

    assert table.rows == (("R1", "ya"), ("R2", None))
    assert [(f.level, f.parameters["n"]) for f in table.findings] == [("doubtful", 1)]
    assert read_xlsx(workbook(["id", "jawaban"], ["R1", "ya"]), file="x.xlsx").findings == ()


def test_first_sheet_with_cells_is_read_and_said() -> None:
    """Empty sheets before it are passed over; a named one is taken."""
    table = read_xlsx(workbook(["a", "b"], [1, 2], more=("Kosong",)), file="x.xlsx")

    assert table.rows == ((1, 2),)
    assert "2 sheets" in str(table.findings[0])


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b"a,b\n1,2\n", "plain text"),
        (OLE2 + "EncryptedPackage".encode("utf-16-le"), "password"),
        (OLE2 + b"\0" * 100, "old Office"),
        (b"PK\x03\x04 xl/workbook", "damaged"),
    ],
)
def test_what_is_no_workbook_is_refused(data: bytes, what: str) -> None:
    """Each has one clear error."""
    with pytest.raises(InputError, match=what):
        read_xlsx(data, file="x.xlsx")


def test_broken_and_dangerous_workbooks_are_refused(pack: Pack) -> None:
    """Before openpyxl opens a workbook, every XML part of it has been through the safe reader."""
    with pytest.raises(InputError, match="Word"):
        read_xlsx(pack({"word/document.xml": "<a/>"}), file="x.xlsx")
    with pytest.raises(InputError, match="damaged"):
        read_xlsx(pack({"xl/workbook.xml": "<workbook/>"}), file="x.xlsx")
    with pytest.raises(InputError, match="DOCTYPE"):
        read_xlsx(pack({"xl/workbook.xml": "<!DOCTYPE a><a/>"}), file="x.xlsx")
    with pytest.raises(InputError, match="far more"):
        read_xlsx(pack({"xl/workbook.xml": "<a/>", "xl/worksheets/sheet1.xml": b" " * 60_000_000}), file="x.xlsx")


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(
    lambda s: bool(s.strip()) and "\ufeff" not in s
)


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5))
def test_csv_comes_back_exactly(rows: list[tuple[str, str]]) -> None:
    """Cells written by the standard library are read as they were."""
    import csv

    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([("kode", "jawaban"), *rows])

    table = read_csv(("sep=,\n" + stream.getvalue()).encode(), file="x.csv")

    assert table.rows == tuple(rows)
