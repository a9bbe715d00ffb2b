"""Reads transcripts in which every paragraph is marked with what it is, and compares a reading with that.

A file begins with ``@ txt``, ``@ md`` or ``@ docx``, the format to make of it. Then each line has a mark and the paragraph: ``h`` header or
title, ``n`` nobody's words, ``~`` anything, ``?`` asks, ``!`` answers, ``.`` the same side goes on, ``x`` question and answer in one paragraph with ``¦``
between, ``=`` the name of the transcript that begins here. Marks in braces say how Word sets a paragraph, see `recut.Line`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from recut import word

from qualcode.importers import ImportOptions, ImportResult, Source, registry
from qualcode.model import Role, Span


@dataclass(frozen=True)
class Passage:
    """Where a passage stands in the text of the file, and who says it: ``?``, ``!`` or nobody (``n``)."""

    span: Span
    who: str


@dataclass(frozen=True)
class Annotated:
    """A file as it is imported, what is in it, and where its transcripts begin by name."""

    name: str
    data: bytes
    text: str
    passages: tuple[Passage, ...]
    starts: tuple[tuple[str, int], ...]


_LABEL = re.compile(r"[*]*[A-Z][A-Za-z ]{0,14}\s?:[*]*\s")


def load(path: Path) -> Annotated:
    """Return the file that *path* describes."""
    first, *lines = path.read_text(encoding="utf-8").splitlines()
    suffix = first.removeprefix("@ ")
    out: list[tuple[str, str]] = []
    passages: list[Passage] = []
    starts: list[tuple[str, int]] = []
    at, who = 0, "n"
    for line in lines:
        mark, body = line[:1], line[2:]
        if mark == "=":
            starts.append((body, at))
            continue
        look = match[1] if (match := re.match(r"\{([^}]*)\}", body)) else ""
        body = body[len(look) + 2 :] if match else body
        if body.strip():
            who = {"?": "?", "!": "!", ".": who, "x": "!"}.get(mark, "n")
        first_part, both, second = body.partition("¦")
        plain = first_part + second
        if both:
            passages.append(Passage(Span(at, at + len(first_part.rstrip())), "?"))
            begin = at + len(first_part) + len(second) - len(second.lstrip())
            passages.append(Passage(Span(begin, at + len(plain)), "!"))
        elif plain.strip() and mark != "~":
            label = _LABEL.match(plain) if who != "n" else None
            passages.append(Passage(Span(at + (label.end() if label else 0), at + len(plain)), who))
        out.append((f"{first_part}|{second}" if both and "|" in look else plain, look))
        at += len(plain) + 1
    text = "\n".join(part.replace("|", "", 1) if "|" in look else part for part, look in out)
    data = word(out) if suffix == "docx" else text.encode()
    return Annotated(f"{path.stem}.{suffix}", data, text, tuple(passages), tuple(starts))


def read(file: Annotated, options: ImportOptions | None = None) -> ImportResult:
    """Return what the importer makes of the file."""
    suffix = file.name.rpartition(".")[2]
    return registry.get(suffix)().read(Source(file.name, file.data), options or ImportOptions())


def wrong(file: Annotated, result: ImportResult) -> list[tuple[str, str]]:
    """Return the passages that are not with the right side, or with a side though they are nobody's, and what they were taken for."""
    turns: list[tuple[Span, str]] = []
    at = 0
    for transcript in result.corpus.transcripts:
        for turn in transcript.turns:
            side = "?" if turn.role.asks else "!" if turn.role in {Role.INFORMANT, Role.PARTICIPANT} else "~"
            turns.append((turn.span.shifted(at), side))
        at += len(transcript.text)
    found = []
    for passage in file.passages:
        held = {"?": 0, "!": 0, "~": 0}
        for span, side in turns:
            held[side] += max(0, min(span.end, passage.span.end) - max(span.start, passage.span.start))
        length = len(passage.span)
        taken = max(held, key=held.__getitem__) if max(held.values()) > 0.2 * length else "n"
        label = 10 / length if passage.who != "n" else 0.0  # a label or marks at its beginning are no words
        right = held[passage.who] >= (0.9 - label) * length if passage.who != "n" else taken == "n"
        if not right:
            found.append((passage.span.of(file.text)[:60], f"{passage.who} taken for {taken}"))
    return found
