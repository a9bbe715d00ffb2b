"""A small invented study for contract suites: three interviews about rain and debt, of which two are read and coded."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import UTC, datetime
from types import MappingProxyType

from qualcode.model import (
    Code,
    Codebook,
    Coding,
    Codings,
    Corpus,
    Decision,
    Informant,
    Origin,
    Reading,
    Role,
    Span,
    Transcript,
    Turn,
    Verdict,
)

__all__ = [
    "BOOK", "DEBT", "LINES", "PEOPLE", "PLAIN", "RAIN", "STUDY", "TALKS", "answer", "coded", "coding", "corpus", "decision", "interview",
    "reading",
]  # fmt: skip

AT = datetime(2025, 5, 2, tzinfo=UTC)
BOOK = Codebook(
    "kerja",
    (
        Code("utang", keywords=("utang",)),
        Code("cuaca"),
        Code("hujan", parent="cuaca"),
        Code("serikat"),
        Code("mati", keywords=("sekolah",), active=False),
    ),
)
RAIN = (
    "hujan terus, sepi",
    "kalau hujan nggak ada yang beli",
    "deras hujannya",
    "hujan ya pulang",
    "musim hujan susah",
)
DEBT = ("utang ke warung", "bayar utang dulu", "ya utang koperasi", "utangnya numpuk", "ada utang sama tetangga")
PLAIN = ("anak sekolah", "jualan dari pagi", "ya begitu", "dari Tegal", "sudah lama", "masak di rumah")
LINES = RAIN + DEBT + PLAIN
_GUIDS = (f"{n:032x}" for n in itertools.count(1))


def interview(number: int, lines: Iterable[str] = LINES) -> Transcript:
    """Return an interview in which each line answers a question that speaks of debt."""
    text, turns, person = "", [], f"{number:032x}"
    for line in lines:
        for label, words, role in (("P: ", "Ada utang?", Role.INTERVIEWER), ("N: ", line, Role.INFORMANT)):
            start = len(text) + len(label)
            text += f"{label}{words}\n"
            turns.append(
                Turn(Span(start, start + len(words)), label[0], role, person if role is Role.INFORMANT else None)
            )
    return Transcript(
        f"a{number:031x}",
        f"b{number:031x}",
        f"informan-{number}",
        text,
        turns=tuple(turns),
        informants=(person,),
        metadata=MappingProxyType({"tempat": "warung"}),
    )


TALKS = tuple(interview(number) for number in range(1, 4))
PEOPLE = tuple(Informant(t.informants[0], t.name) for t in TALKS)


def answer(talk: Transcript, line: int) -> Span:
    """Return where answer *line* (from 0) stands."""
    return talk.turns[2 * line + 1].span


def coding(talk: Transcript, line: int, code: str, *, origin: Origin = Origin.HUMAN, coder: str = "rani") -> Coding:
    """Return a coding of answer *line* (from 0)."""
    return Coding(next(_GUIDS), talk.guid, talk.revision, answer(talk, line), code, coder, AT, origin=origin)


def reading(talk: Transcript, first: int, last: int, coder: str = "rani") -> Reading:
    """Return that the answers from *first* to *last* were read."""
    span = Span(answer(talk, first).start, answer(talk, last).end)
    return Reading(next(_GUIDS), talk.guid, talk.revision, span, coder, AT)


def decision(talk: Transcript, line: int, code: str, verdict: Verdict, coder: str = "rani") -> Decision:
    """Return a decision on a suggestion of *code* for answer *line*."""
    return Decision(next(_GUIDS), next(_GUIDS), talk.guid, talk.revision, answer(talk, line), code, verdict, coder, AT)


def corpus(*things: Coding | Reading | Decision, talks: tuple[Transcript, ...] = TALKS, **more: object) -> Corpus:
    """Return a study with *things* in it; *more* are fields of `Corpus`."""
    return Corpus(
        transcripts=talks,
        informants=PEOPLE,
        codebook=BOOK,
        codings=Codings(t for t in things if isinstance(t, Coding)),
        readings=tuple(t for t in things if isinstance(t, Reading)),
        decisions=tuple(t for t in things if isinstance(t, Decision)),
    ).with_(**more)


def coded(*talks: Transcript) -> list[Coding | Reading]:
    """Return all of *talks* read, rain and debt coded."""
    return [
        *(reading(talk, 0, len(LINES) - 1) for talk in talks),
        *(coding(talk, line, "cuaca") for talk in talks for line in range(5)),
        *(coding(talk, line, "utang") for talk in talks for line in range(5, 10)),
    ]


STUDY = corpus(*coded(*TALKS[:2]))
"""The whole study: the third interview is neither read nor coded."""
