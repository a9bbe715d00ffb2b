"""A workbook for Excel and LibreOffice: codings, codebook, informants, and what the columns mean."""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from typing import IO, TYPE_CHECKING, BinaryIO, ClassVar

from qualcode.errors import N_, InputError
from qualcode.exporters._base import Exporter
from qualcode.exporters._cells import CELL, escape, guard, shorten_cell, width
from qualcode.exporters._rows import COLUMNS, coding_rows
from qualcode.i18n import Translator, translator
from qualcode.model import AttributeValue, Corpus

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

__all__ = ["XlsxExporter"]

ROWS = 1_048_576
"""The most rows that a sheet holds, its header among them."""

WIDE = {
    "text": 60,
    "memo": 40,
    "definition": 60,
    "include": 40,
    "exclude": 40,
    "examples": 50,
    "near_misses": 40,
    "keywords": 50,
}
USUAL = 16

BOOK_COLUMNS: dict[str, str] = {
    "key": N_("code key"),
    "name": N_("code"),
    "name_en": N_("English name"),
    "family": N_("family"),
    "parent": N_("parent"),
    "definition": N_("definition"),
    "include": N_("when to use"),
    "exclude": N_("when not to use"),
    "examples": N_("examples"),
    "near_misses": N_("near misses"),
    "keywords": N_("keywords"),
    "colour": N_("colour"),
    "origin": N_("origin"),
    "active": N_("in use"),
}

Held = AttributeValue | tuple[object, ...]


class XlsxExporter(Exporter):
    """Four sheets: codings, codebook, informants, about. Numbers are numbers, everything else is text, nothing is a formula.

    Text that another program could take for a formula has an apostrophe in front (`qualcode.exporters.unguard` takes it away). Characters that XML
    cannot hold are written as Excel writes them (``_x000B_``). Text longer than a cell is cut, says so at its end, and is counted on
    the sheet about; csv and jsonl hold it whole.
    """

    suffix: ClassVar[str] = ".xlsx"

    def dump(self, corpus: Corpus, stream: BinaryIO) -> None:
        """Write the workbook.

        Raises
        ------
        InputError
            If there are more codings than a sheet has rows.
        """
        if len(corpus.codings) >= ROWS:
            raise InputError(
                N_("{n} codings do not fit into a sheet, which has {rows} rows"),
                hint=N_("export csv or jsonl"),
                n=len(corpus.codings),
                rows=ROWS,
            )
        from openpyxl import Workbook

        _ = translator(self.language)
        book = Workbook(write_only=True)
        book.properties.creator = "qualcode"
        sheets = _Sheets(book, _)
        sheets.add(N_("codings"), COLUMNS, ([row[key] for key in COLUMNS] for row in coding_rows(corpus)))
        sheets.add(N_("codebook"), BOOK_COLUMNS, _codes(corpus))
        attributes = tuple(dict.fromkeys(name for one in corpus.informants for name in one.attributes))
        head = {"id": N_("informant"), "category": N_("category"), "transcripts": N_("transcripts")}
        sheets.add(N_("informants"), head, _informants(corpus, attributes), more=attributes)
        sheets.add(N_("about"), {"topic": N_("topic"), "text": N_("what it says")}, _about(corpus, _, sheets))
        with tempfile.TemporaryFile() as raw:
            book.save(raw)
            raw.seek(0)
            _settle(raw, stream)


class _Sheets:
    """Writes sheets into a workbook and counts the cells it had to cut."""

    def __init__(self, book: Workbook, _: Translator) -> None:
        from openpyxl.styles import Alignment

        self.book = book
        self._ = _
        self.cut = 0
        self.wrapped = Alignment(wrap_text=True, vertical="top")

    def add(
        self, title: str, columns: dict[str, str], rows: Iterable[Sequence[Held]], *, more: tuple[str, ...] = ()
    ) -> None:
        """Add a sheet with a frozen header; *more* are column titles in the study's own words."""
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter

        sheet: WriteOnlyWorksheet = self.book.create_sheet(self._(title))
        sheet.freeze_panes = "A2"
        for number, key in enumerate((*columns, *more), 1):
            sheet.column_dimensions[get_column_letter(number)].width = WIDE.get(key, USUAL)  # type: ignore[attr-defined]
        header = [self._cell(sheet, name) for name in (*(self._(name) for name in columns.values()), *more)]
        for cell in header:
            cell.font = Font(bold=True)
        sheet.append(header)
        for row in rows:
            sheet.append([self._cell(sheet, value) for value in row])

    def _cell(self, sheet: WriteOnlyWorksheet, value: Held) -> Cell:
        from openpyxl.cell import WriteOnlyCell

        if isinstance(value, tuple):
            value = "; ".join(str(one) for one in value)
        if not isinstance(value, str):
            finite = value is None or isinstance(value, int) or value - value == 0
            return WriteOnlyCell(sheet, value if finite else str(value))
        text = guard(value)
        if width(text) > CELL:
            self.cut += 1
            ending = self._(" … [cut: {n} characters in all; csv and jsonl hold the whole]", n=len(value))
            text = shorten_cell(text, ending)
        cell = WriteOnlyCell(sheet, "")
        # Set behind openpyxl's back: it refuses what it would not escape itself, and reads "#N/A" as an error value.
        cell._value = escape(text)  # type: ignore[attr-defined]
        cell.data_type = "s"
        if "\n" in text or len(text) > USUAL:
            cell.alignment = self.wrapped
        return cell


def _codes(corpus: Corpus) -> Iterator[Sequence[Held]]:
    """Yield a row a code."""
    for code in corpus.codebook:
        family = corpus.codebook.family_of(code.key)
        row = {key: getattr(code, key) for key in BOOK_COLUMNS} | {"family": family.name if family else ""}
        yield [row[key] if key in {"active"} else _lines(row[key]) for key in BOOK_COLUMNS]


def _lines(value: str | tuple[str, ...] | None) -> str:
    """Return several texts as the lines of one."""
    return "\n".join(value) if isinstance(value, tuple) else value or ""


def _informants(corpus: Corpus, attributes: tuple[str, ...]) -> Iterator[Sequence[Held]]:
    """Yield a row an informant: id, category, names of transcripts, attributes."""
    for informant in corpus.informants:
        names = tuple(transcript.name for transcript in corpus.transcripts_of(informant.guid))
        yield [
            informant.id,
            informant.category,
            names,
            *(informant.attributes.get(name) for name in attributes),
        ]


def _about(corpus: Corpus, _: Translator, sheets: _Sheets) -> Iterator[Sequence[Held]]:
    """Yield what a reader of the workbook should know."""
    yield [_("study"), corpus.study.title]
    if corpus.study.simulated:
        yield [_("simulated"), _("The people and words of this study are made up; its figures are a demonstration.")]
    yield [_("codebook"), f"{corpus.codebook.name} {corpus.codebook.label}"]
    yield [_("transcripts"), len(corpus.transcripts)]
    yield [_("informants"), len(corpus.informants)]
    yield [_("codings"), len(corpus.codings)]
    yield [_("written by"), f"qualcode {version('qualcode')}"]
    yield [
        _("start, end"),
        _("Code points of the transcript's text, counted from 0; the character at the end is the first outside."),
    ]
    yield [_("turns"), _("Counted from 1. A coding on an earlier revision of its text shows neither text nor turns.")]
    yield [_("apostrophe"), _("Text that a program could take for a formula has an apostrophe in front.")]
    if sheets.cut:
        yield [
            _("cut"),
            _("{n} cells were longer than Excel allows and are cut; csv and jsonl hold them whole.", n=sheets.cut),
        ]


def _settle(raw: IO[bytes], stream: BinaryIO) -> None:
    """Copy the workbook from *raw* to *stream* without the moment of writing, so that the same corpus gives the same bytes."""
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            entry.external_attr = 0
            if name == "docProps/core.xml":
                target.writestr(
                    entry, re.sub(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>", b"", source.read(name))
                )
                continue
            with source.open(name) as one, target.open(entry, "w", force_zip64=True) as other:
                shutil.copyfileobj(one, other)
