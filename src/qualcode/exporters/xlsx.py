"""A workbook for Excel and LibreOffice: codings, codebook, informants, and what the columns mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import BinaryIO, ClassVar

from qualcode.codebooks import CODE_HEADINGS
from qualcode.errors import N_, InputError
from qualcode.exporters._base import Exporter
from qualcode.exporters._guide import GUIDE_COLUMNS, guide_rows, matrix_codes, matrix_rows
from qualcode.exporters._rows import COLUMNS, coding_rows
from qualcode.files.workbook import Held, Workbook
from qualcode.i18n import Translator, translator
from qualcode.model import Corpus
from qualcode.privacy.consent import reasons

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
    "question": 60,
    "research_question": 40,
    "asked_in": 40,
}


class XlsxExporter(Exporter):
    """Sheets: codings, codebook, informants, with an interview guide also guide and matrix, then about.

    Numbers are numbers, everything else is text, nothing is a formula.

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
        _ = translator(self.language)
        book = Workbook(lambda n: _(" … [cut: {n} characters in all; csv and jsonl hold the whole]", n=n))
        _add(
            book,
            _,
            N_("codings"),
            COLUMNS,
            ([row[key] for key in COLUMNS] for row in coding_rows(corpus, self.language)),
        )
        _add(book, _, N_("codebook"), CODE_HEADINGS, _codes(corpus))
        attributes = tuple(dict.fromkeys(name for one in corpus.informants for name in one.attributes))
        head = {"id": N_("informant"), "category": N_("category"), "transcripts": N_("transcripts")}
        _add(book, _, N_("informants"), head, _informants(corpus, attributes), more=attributes)
        if corpus.questions:
            _add(book, _, N_("guide"), GUIDE_COLUMNS, guide_rows(corpus))
            _add(book, _, N_("matrix"), {"id": N_("informant")}, matrix_rows(corpus), more=matrix_codes(corpus))
        _add(book, _, N_("about"), {"topic": N_("topic"), "text": N_("what it says")}, _about(corpus, _, book))
        book.save(stream)


def _add(
    book: Workbook,
    _: Translator,
    title: str,
    columns: Mapping[str, str],
    rows: Iterator[Sequence[Held]],
    *,
    more: tuple[str, ...] = (),
) -> None:
    """Add a sheet whose title and columns are translated; *more* are column titles in the study's own words."""
    book.add(
        _(title),
        [*(_(name) for name in columns.values()), *more],
        rows,
        widths=[*(WIDE.get(key) for key in columns), *(None for _name in more)],
    )


def _codes(corpus: Corpus) -> Iterator[Sequence[Held]]:
    """Yield a row a code."""
    for code in corpus.codebook:
        family = corpus.codebook.family_of(code.key)
        row = {key: getattr(code, key) for key in CODE_HEADINGS} | {"family": family.name if family else ""}
        yield [row[key] if key in {"active"} else _lines(row[key]) for key in CODE_HEADINGS]


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


def _about(corpus: Corpus, _: Translator, book: Workbook) -> Iterator[Sequence[Held]]:
    """Yield what a reader of the workbook should know."""
    yield [_("study"), corpus.study.title]
    if corpus.study.simulated:
        yield [_("simulated"), _("The people and words of this study are made up; its figures are a demonstration.")]
    yield [_("codebook"), f"{corpus.codebook.name} {corpus.codebook.label}"]
    yield [_("transcripts"), len(corpus.transcripts)]
    yield [_("informants"), len(corpus.informants)]
    yield [_("codings"), len(corpus.codings)]
    if corpus.withheld:
        said = N_("{n} of {whole} informants may not be quoted; a notice stands in place of their words.")
        yield [_("consent"), _(said, n=len(reasons(corpus)), whole=len(corpus.informants))]
    yield [_("written by"), f"qualcode {version('qualcode')}"]
    yield [
        _("start, end"),
        _("Code points of the transcript's text, counted from 0; the character at the end is the first outside."),
    ]
    yield [_("turns"), _("Counted from 1. A coding on an earlier revision of its text shows neither text nor turns.")]
    yield [_("apostrophe"), _("Text that a program could take for a formula has an apostrophe in front.")]
    if corpus.questions:
        yield [
            _("guide"),
            _("Which turn asks which question is proposed by likeness of words, corrected by hand, and may be wrong."),
        ]
        yield [
            _("matrix"),
            _(
                "● present or not marked, ◐ past or planned, ○ denied, ◇ of someone else, – asked, answer read, not mentioned; empty: no passage, and not asked, only of the group, not read, or not known."
            ),
        ]
    if book.cut:
        yield [
            _("cut"),
            _("{n} cells were longer than Excel allows and are cut; csv and jsonl hold them whole.", n=book.cut),
        ]
