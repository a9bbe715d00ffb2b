"""Transcripts without speaker labels: quotes that alternate, questions set apart by their looks, ``1. question? answer``.

The one who asks is called ``Tanya`` and the one who answers ``Jawab`` (question and answer, as Indonesian transcripts that have labels
often say), so that ``--speaker Tanya=informant`` corrects a wrong guess; where one side has a label in the text, it keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qualcode.errors import N_, Word
from qualcode.importers._words import is_role_label, normal, role_of
from qualcode.importers.header.fields import kind_in
from qualcode.importers.header.top import Top, read_top
from qualcode.importers.layout.divide import divide
from qualcode.importers.layout.layout import Given, Layout
from qualcode.importers.speakers.labels import Candidate, candidates
from qualcode.importers.unlabelled.asking import ends_asking, greets, is_prompt
from qualcode.importers.unlabelled.reading import Piece, Reading, Talk
from qualcode.importers.unlabelled.set_apart import Paragraph, paragraphs
from qualcode.importers.unlabelled.shapes import read_talk
from qualcode.model import Finding, Kind, Role, Span

__all__ = ["ANSWERED", "ASKED", "unlabelled"]

ASKED, ANSWERED = "Tanya", "Jawab"
"""What the two sides are called where the text calls them nothing."""

_TALK = {Kind.INTERVIEW, Kind.GROUP}
_TRANSCRIPT = re.compile(
    r"\b(?:transkrip\w*|verbatim|(?:hasil|petikan|kutipan|naskah|catatan|lampiran|laporan) wawancara|wawancara (?:dengan|ke|informan|"
    r"narasumber|responden|subjek|mendalam)|transcript|^[ \t]*(?:perihal|hal|subjek|subject|re)[ \t]*:[^\n]{0,60}\b(?:wawancara|interview))\b",
    re.IGNORECASE | re.MULTILINE,
)
_NO_TALK = re.compile(
    r"\bFAQ\b|\b(?:pertanyaan (?:yang )?(?:sering|kerap|umum|lazim)|frequently asked|tanya[- ]jawab (?:seputar|tentang|umum)|"
    r"(?:pedoman|panduan|instrumen|rancangan|draf|draft) (?:wawancara|observasi|penelitian|FGD|pertanyaan)|kisi-kisi|kuesioner|kuisioner|"
    r"angket|daftar pertanyaan|questionnaire|interview guide|soal (?:latihan|ujian|ulangan)|kunci jawaban)",
    re.IGNORECASE,
)
_LETTERS = {"t": True, "q": True, "p": True, "j": False, "a": False, "jwb": False, "n": False}
"""Which single letters ask (True) or answer, where the other side has no label."""
_SHOWN = 20
"""How many passages are named at most whose side is not clear."""


def unlabelled(given: Given, top: Top) -> Layout | None:
    """Return the layout of a talk in which not both sides have labels, or None if the text is no such talk.

    A recogniser, see `qualcode.importers.layout.layout.Recogniser`. A text is taken for a talk only if its questions and answers can be
    told apart by one rule, and the answers sound spoken or the head of the text says that it is an interview.
    """
    every = paragraphs(given, 0)
    first = _first(given.text, every, top)
    if first is None:
        return None
    top = read_top(given.text, first, [(first, "tanya")], frozenset({"tanya"}))
    head = given.text[:first]
    kind = given.kind if given.kind is not None else kind_in(_titles(head, top))
    if kind not in {None, *_TALK} or (given.kind is None and _NO_TALK.search(head) and not _is_transcript(head)):
        return None
    told = given.kind in _TALK or kind in _TALK or _is_transcript(head) or _describes_person(top)
    body = [p for p in every if p.span.start >= first]
    sides = _labelled_side(given, first)
    reading = read_talk(Talk(given.text, body, given.headings, sides, told=told, sure=given.kind in _TALK))
    return _layout(given, top, kind, reading, sides) if reading is not None else None


def _is_transcript(head: str) -> bool:
    return _TRANSCRIPT.search(head) is not None


def _titles(head: str, top: Top) -> str:
    """Return the lines of the head that are no fields, and the field that says what the source is."""
    stated = [f"jenis: {field.value}" for field, _ in top.fields if field.key == "jenis"]
    return "\n".join(stated or [span.of(head) for span in top.loose if len(span) <= 150])


def _describes_person(top: Top) -> bool:
    keys = {f.key for f, _ in top.fields if f.known}
    return len(keys) >= 2 and bool(top.informant_id or any(f.target in {"attribute", "private"} for f, _ in top.fields))


def _first(text: str, every: Sequence[Paragraph], top: Top) -> int | None:
    """Return where the talk begins: at the first passage below the header that is asked, quoted or a greeting."""
    header = sorted(top.spans)
    asked = next((p.span.start for p in every if _asks(text, p) and not _within(p, header)), None)
    if asked is None:
        return None
    above = max((span.end for span in header if span.end <= asked), default=0)
    for p in every:
        if p.span.start >= above and not _within(p, header):
            words = p.words.of(text)
            if p.span.start >= asked or p.opens or greets(words):
                return p.span.start
    return None


def _asks(text: str, p: Paragraph) -> bool:
    words = p.words.of(text)
    return ends_asking(words) or is_prompt(words) or ("number" in p.looks and "?" in words) or "? " in words[:300]


def _within(p: Paragraph, header: Sequence[Span]) -> bool:
    return any(span.start <= p.span.start < span.end for span in header)


def _labelled_side(given: Given, first: int) -> dict[int, tuple[int, str, bool]]:
    """Return where lines begin with the label of the one side that has labels: where its words begin, the label, whether it asks."""
    found: dict[str, list[Candidate]] = {}
    for c in candidates(given.text, given.stop):
        if c.line_start >= first and (role := _side(c.label)) is not None:
            found.setdefault(normal(c.label), []).append(replace(c, key="ask" if role else "answer"))
    often = [places for places in found.values() if len(places) >= 2]
    if len(often) != 1:
        return {}
    return {_letter(given.text, c.line_start): (c.speech_start, c.label, c.key == "ask") for c in often[0]}


def _side(label: str) -> bool | None:
    key = normal(label).rstrip("0123456789 -.")
    if key in _LETTERS:
        return _LETTERS[key]
    role = role_of(label) if is_role_label(label) else None
    if role is None or role not in {Role.INTERVIEWER, Role.MODERATOR, Role.INFORMANT, Role.PARTICIPANT}:
        return None
    return role.asks


def _letter(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _layout(
    given: Given, top: Top, kind: Kind | None, reading: Reading, sides: dict[int, tuple[int, str, bool]]
) -> Layout:
    names = {True: ASKED, False: ANSWERED}
    for _, label, asks in sides.values():
        names[asks] = label
    turns = [_candidate(piece, names[piece.asks]) for piece in reading.pieces if not piece.goes_on]
    inner = replace(
        given,
        headings=frozenset({*given.headings, *reading.loose}),
        emphasised=(),
        noise=tuple(sorted({*given.noise, *_closing(given, reading.pieces)})),
    )
    layout = divide(inner, top, turns, kind=kind)
    speakers = tuple(
        s if s.rule in {"option", "header"} else replace(s, rule=reading.rule, sure=reading.sure)
        for s in layout.speakers
    )
    return replace(layout, speakers=speakers, notes=(*layout.notes, *_notes(given.text, reading, names)))


def _candidate(piece: Piece, label: str) -> Candidate:
    return Candidate(piece.start, piece.words.start, label, normal(label))


def _closing(given: Given, pieces: Sequence[Piece]) -> list[Span]:
    """Return the marks that close a quotation or an emphasis behind the last words of a turn: they are nobody's words."""
    ends = [i for i, piece in enumerate(pieces) if i + 1 == len(pieces) or not pieces[i + 1].goes_on]
    spans = []
    for i in ends:
        start, end = pieces[i].words.end, pieces[i].end
        while start < end and given.text[start].isspace():
            start += 1
        if start < end and not any(span.start < end and start < span.end for span in given.noise):
            spans.append(Span(start, end))
    return spans


def _notes(text: str, reading: Reading, names: dict[bool, str]) -> Iterator[Finding]:
    """Say by what the sides were told apart, and where that is not clear."""
    first = text.count("\n", 0, reading.pieces[0].start) + 1
    parameters = {"how": Word(reading.rule), "asked": names[True], "answered": names[False]}
    if reading.sure:
        message = N_(
            "no labels in the text: questions are called {asked!r} and answers {answered!r}, told apart by {how}"
        )
        yield Finding("recognised", message, line=first, rule="no labels", parameters=parameters)
    else:
        message = N_(
            "no labels in the text: questions are called {asked!r} and answers {answered!r}, told apart by {how}; check them, "
            "turn them with --speaker {asked}=informant --speaker {answered}=interviewer, or say --kind document if nobody talks here"
        )
        yield Finding("doubtful", message, line=first, rule="no labels", parameters=parameters)
    unclear = [piece for piece in reading.pieces if piece.unclear]
    for piece in unclear[:_SHOWN]:
        message = N_(
            "not clear whether this asks or answers, taken as {side!r}; write a label before it if that is wrong"
        )
        line = text.count("\n", 0, piece.start) + 1
        yield Finding("doubtful", message, line=line, rule="no labels", parameters={"side": names[piece.asks]})
    if len(unclear) > _SHOWN:
        message = N_("and {n} more passages of which it is not clear whether they ask or answer")
        yield Finding("doubtful", message, rule="no labels", parameters={"n": len(unclear) - _SHOWN})
