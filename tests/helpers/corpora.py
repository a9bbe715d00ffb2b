"""Small corpora written as people read them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from qualcode.model import (
    Code,
    Codebook,
    Coder,
    Coding,
    Codings,
    Corpus,
    Elicited,
    Family,
    Informant,
    Kind,
    Role,
    Span,
    Stance,
    Study,
    Suggestion,
    Transcript,
    Turn,
)

START = datetime(2025, 3, 12, 2, 0, tzinfo=UTC)

CODEBOOK = Codebook(
    "kecil",
    codes=(
        Code(
            "tak-pasti",
            "Ketidakpastian kerja",
            name_en="Uncertain work",
            family="tantangan",
            definition="Hari tak tentu.",
        ),
        Code("jaminan", "Kurangnya jaminan sosial", name_en="Lack of social security", family="tantangan"),
        Code("nilai", "Orientasi nilai", name_en="Values", family="strategi", include="Iman, rezeki."),
        Code("nabung", "Menabung", name_en="Saving", family="strategi", parent="nilai"),
        Code("teknologi", "Memanfaatkan teknologi", name_en="Using technology", family="strategi"),
    ),
    families=(
        Family("tantangan", "Tantangan", "Challenges", "challenge"),
        Family("strategi", "Strategi resiliensi", "Resilience strategies", "strategy"),
    ),
)

ROLES = {"P": Role.INTERVIEWER, "N": Role.INFORMANT, "B": Role.BYSTANDER, "M": Role.MODERATOR}


def guid(name: str) -> str:
    """Return 32 hex digits that stand for *name*."""
    return hashlib.md5(name.encode()).hexdigest()


def transcript(
    name: str, script: str, *, informants: Mapping[str, str] | None = None, kind: Kind = Kind.INTERVIEW
) -> Transcript:
    """Return a transcript of lines like ``N: …``.

    *informants* gives the informant's id for each label; without it, N is the informant called like the transcript.
    """
    voices = {"N": name} if informants is None else dict(informants)
    turns = []
    for match in re.finditer(r"^(\w[\w ]*): (.+)$", script, re.M):
        label = match[1]
        role = ROLES.get(label, Role.PARTICIPANT if kind is Kind.GROUP else Role.INFORMANT)
        person = guid(voices[label]) if label in voices else None
        turns.append(Turn(Span(*match.span(2)), label, role, person))
    people = tuple(dict.fromkeys(guid(v) for v in voices.values()))
    return Transcript(guid("t" + name), guid("r" + name), name, script, kind, tuple(turns), people)


def coding(
    source: Transcript, turn: int, code: str, coder: str = "rani", stance: str = "", elicited: str = "", **more: object
) -> Coding:
    """Return a coding of a whole turn, or of ``words=`` within it; ``at`` follows from its content."""
    span = source.turn(turn).span
    words = more.pop("words", None)
    if isinstance(words, str):
        start = source.text.index(words, span.start)
        span = Span(start, start + len(words))
    name = f"{source.name} {turn} {code} {coder} {span.start} {span.end}"
    return Coding(
        guid=guid(name),
        transcript=source.guid,
        revision=source.revision,
        span=span,
        code=code,
        coder=coder,
        at=START + timedelta(minutes=turn),
        stance=Stance(stance),
        elicited=Elicited(elicited),
        **more,  # type: ignore[arg-type]
    )


def suggestion(source: Transcript, turn: int, code: str, recipe: str = "rules 1", **more: object) -> Suggestion:
    """Return a suggestion for a whole turn."""
    span = source.turn(turn).span
    return Suggestion(
        guid(f"s{source.name} {turn} {code} {recipe}"),
        source.guid,
        source.revision,
        span,
        code,
        recipe,
        quote=span.of(source.text),
        **more,  # type: ignore[arg-type]
    )


def corpus(transcripts: Iterable[Transcript], codings: Iterable[Coding] = (), **more: object) -> Corpus:
    """Return a corpus whose informants and coders follow from the transcripts and codings."""
    sources = tuple(transcripts)
    codings = tuple(codings)
    ids = more.pop("ids", None) or [source.name for source in sources]
    voices = {person for source in sources for person in source.informants}
    informants = tuple(Informant(guid(name), name) for name in ids if guid(name) in voices)  # type: ignore[attr-defined]
    coders = tuple(Coder(guid("c" + name), name) for name in sorted({c.coder for c in codings} | {"rani"}))
    made = Corpus(
        study=Study(title="Pekerja informal"),
        transcripts=sources,
        informants=more.pop("informants", informants),  # type: ignore[arg-type]
        codebook=more.pop("codebook", CODEBOOK),  # type: ignore[arg-type]
        coders=coders,
        codings=Codings(codings),
    )
    return replace(made, **more)  # type: ignore[arg-type]
