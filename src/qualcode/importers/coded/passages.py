"""From passages that somebody marked in a document to codings by an imported coder, with the codes as a codebook of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from qualcode.errors import N_, shorten
from qualcode.importers._base import ImportOptions, ImportResult
from qualcode.importers._words import slug
from qualcode.importers.coded.codes import same
from qualcode.model import (
    Code,
    Codebook,
    Coder,
    Coding,
    Codings,
    Corpus,
    Finding,
    Memo,
    Origin,
    Reading,
    Role,
    Span,
    Transcript,
    code_key,
)
from qualcode.model.corpus import turns_in

__all__ = ["UNDATED", "Book", "Marked", "on_speech", "trimmed", "voices", "with_codings"]

UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
"""The time of a coding whose source does not say when it was made."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A passage that somebody marked: its codes, each with what stands above it (outermost first), and a note.

    Without codes, the note is on the transcript. `author` is the name the source gives, `at` when it was written there.
    """

    span: Span
    codes: tuple[tuple[str, ...], ...] = ()
    memo: str = ""
    author: str = ""
    at: datetime | None = None
    line: int | None = None


def voices(transcript: Transcript, span: Span) -> tuple[Span, ...]:
    """Return the parts of *span* that informants say, turn by turn; where they say nothing in it, all turns; without turns, itself."""
    turns = [turn for _, turn in turns_in(transcript, span.start, span.end)]
    spoken = [turn for turn in turns if not turn.role.asks and turn.role is not Role.BYSTANDER] or turns
    cut = [(max(turn.span.start, span.start), min(turn.span.end, span.end)) for turn in spoken]
    parts = [part for start, end in cut if (part := trimmed(transcript.text, start, end)) is not None]
    return tuple(parts) or (span,)


def on_speech(transcript: Transcript, span: Span) -> Span:
    """Return *span* without the labels of speakers at its ends; one that is nothing but a label is the turn behind it."""
    text = transcript.text
    touched = [turn.span for _, turn in turns_in(transcript, span.start, span.end)]
    if not touched:
        line = text.find("\n", span.end)
        near = turns_in(transcript, span.end, len(text) if line < 0 else line)
        behind = next((turn.span for _, turn in near), None)
        return behind if behind is not None and not text[span.end : behind.start].strip(" \t:：") else span
    first, last = touched[0], touched[-1]
    begin = first.start if text.rfind("\n", 0, first.start) < span.start < first.start else span.start
    # Behind the last turn the label of the next may have been taken along.
    stop = last.end if span.end > last.end and text[last.end : span.end].count("\n") == 1 else span.end
    return trimmed(text, begin, stop) or span


def trimmed(text: str, start: int, end: int) -> Span | None:
    """Return the span without white space at its ends, or None if there is nothing else."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


@dataclass(slots=True)
class Book:
    """Codes as they are met: each label one code, with the parent it was first met under."""

    codes: dict[str, Code] = field(default_factory=dict)
    """By the label in the form of `same`."""
    other: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Names of codes met under another parent later: the first parent's name and the other's."""

    def add(self, path: Sequence[str]) -> str:
        """Take in the code at the end of *path* with those above it; return its key."""
        above: str | None = None
        key = ""
        for label in path:
            form = same(label) or label
            code = self.codes.get(form)
            if code is None:
                code = self.codes[form] = Code(self._free(code_key(label)), label, parent=above, origin="imported")
            elif above is not None and above not in {code.key, code.parent}:
                self._move(form, code, above)
            key = above = code.key
        return key

    def _move(self, form: str, code: Code, above: str) -> None:
        """Put *code* under *above*, or keep where it stands if it has another parent or would stand under itself."""
        by_key = {each.key: each for each in self.codes.values()}
        up: str | None = above
        while up is not None and up != code.key:
            up = by_key[up].parent
        if code.parent is None and up is None:
            self.codes[form] = replace(code, parent=above)
        else:
            first = by_key[code.parent].name if code.parent else ""
            self.other.setdefault(code.name, (first, by_key[above].name))

    def _free(self, key: str) -> str:
        taken = {code.key for code in self.codes.values()}
        free, number = key, 1
        while free in taken:
            number += 1
            free = f"{key}-{number}"
        return free

    def doubts(self, file: str) -> Iterator[Finding]:
        """Yield what must be said of codes that were met under several parents."""
        message = N_("code {code!r} stands under {first!r} and under {other!r}; it was left under the first")
        for name, (first, other) in self.other.items():
            names = {"code": shorten(name), "first": shorten(first), "other": shorten(other)}
            yield Finding("doubtful", message, file, rule="codes", parameters=names)

    def made(self) -> Codebook:
        """Return the codes as a codebook."""
        return Codebook("impor", tuple(self.codes.values()))


def with_codings(
    result: ImportResult,
    transcript: Transcript,
    marked: Iterable[Marked],
    options: ImportOptions,
    *,
    file: str,
    read: Sequence[Span] = (),
    extra: Sequence[Finding] = (),
) -> ImportResult:
    """Return *result* with the passages marked in *transcript* as codings.

    Parameters
    ----------
    result : ImportResult
        What was read of the source; codings it has already are kept.
    transcript : Transcript
        The one of its transcripts in which the passages lie.
    marked : iterable of Marked
        The passages.
    options : ImportOptions
        Whose the codings are: `coder`, and where the source names authors, ``coder-author``.
    file : str
        Name of the source, for findings.
    read : sequence of Span
        What the coder has read; what is uncoded in it is then "nothing to code".
    extra : sequence of Finding
        What else is to be said.
    """
    corpus = result.corpus
    adding = _Adding(transcript, options, corpus)
    for passage in marked:
        adding.add(passage)
    readings = tuple(
        Reading(options.new_guid(), transcript.guid, transcript.revision, span, options.coder, UNDATED)
        for span in read
        if options.coder in adding.coders
    )
    return replace(
        result,
        corpus=corpus.with_(
            codebook=adding.book.made() if adding.book.codes else corpus.codebook,
            coders=tuple(adding.coders.values()),
            codings=Codings(adding.codings.values()),
            memos=tuple(adding.memos),
            readings=(*corpus.readings, *readings),
        ),
        findings=(*result.findings, *extra, *adding.book.doubts(file)),
    )


class _Adding:
    """Adds passages to what a source brings."""

    def __init__(self, transcript: Transcript, options: ImportOptions, corpus: Corpus) -> None:
        self._transcript = transcript
        self._options = options
        self.book = Book({same(code.name) or code.name: code for code in corpus.codebook})
        self.coders = {coder.id: coder for coder in corpus.coders}
        self.codings = {(c.coder, c.transcript, c.span, c.code): c for c in corpus.codings}
        self.memos: list[Memo] = list(corpus.memos)

    def add(self, passage: Marked) -> None:
        """Add one passage; a coding that is there already takes in its note."""
        transcript = self._transcript
        who = _coder(passage.author, self._options, self.coders)
        at = passage.at or UNDATED
        for path in passage.codes:
            key = self.book.add(path)
            place = (who, transcript.guid, passage.span, key)
            known = self.codings.get(place)
            if known is None:
                self.codings[place] = Coding(
                    self._options.new_guid(),
                    transcript.guid,
                    transcript.revision,
                    passage.span,
                    key,
                    who,
                    at,
                    origin=Origin.IMPORTED,
                    memo=passage.memo,
                )
            elif passage.memo and passage.memo not in known.memo:
                self.codings[place] = replace(known, memo=f"{known.memo}\n{passage.memo}".strip())
        if passage.memo and not passage.codes:
            words = _placed(transcript, passage)
            self.memos.append(Memo(self._options.new_guid(), words, who, at, transcript.guid))


def _coder(author: str, options: ImportOptions, coders: dict[str, Coder]) -> str:
    """Return the id of who marked: the imported coder, with the author's name where the source tells one."""
    name = slug(author)
    id_ = f"{options.coder}-{name}" if name and options.coder == ImportOptions().coder else options.coder
    if id_ not in coders:
        coders[id_] = Coder(options.new_guid(), id_, author if id_ != options.coder else "")
    return id_


def _placed(transcript: Transcript, passage: Marked) -> str:
    """Return the note with where it stood: it is kept on the transcript, which is long."""
    number = transcript.turn_at(passage.span.start)
    return passage.memo if number is None else f"[{number}] {passage.memo}"
