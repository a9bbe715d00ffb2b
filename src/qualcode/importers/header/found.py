"""What was found above the talk, and of the labels elsewhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from qualcode.importers._words import HONORIFICS, normal, role_of
from qualcode.importers.header.entries import is_nameish
from qualcode.importers.header.fields import Field, is_usual
from qualcode.importers.header.legend import LegendItem, legends_below
from qualcode.model import Kind, Role, Span

__all__ = ["Top", "lines_of", "named_by", "stripped", "with_legends_below"]


@dataclass(frozen=True, slots=True)
class Top:
    """The top of a text: it ends at `end`; `spans` are its fields and legend, `loose` its other lines.

    `disputed` are the labels, in normal form, of which two legends say different things, with what they say: what stands nearer to
    the talk first, which holds.
    `below` is where a legend stands among or behind the turns, `later` who it says speaks: from which
    position on, under which label in normal form.
    """

    end: int = 0
    spans: tuple[Span, ...] = ()
    loose: tuple[Span, ...] = ()
    fields: tuple[tuple[Field, int], ...] = ()
    legend: tuple[LegendItem, ...] = ()
    kind: Kind | None = None
    names: Mapping[str, Role] = field(default_factory=lambda: MappingProxyType({}))
    described: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    informant_id: str | None = None
    disputed: Mapping[str, tuple[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    below: tuple[Span, ...] = ()
    later: tuple[tuple[int, str, LegendItem], ...] = ()


def with_legends_below(top: Top, text: str, stop: int, labels: Collection[str]) -> Top:
    """Return *top* with what legends among or behind the turns say of *labels*; what is said above goes before it."""
    legend = {normal(item.label): item for item in top.legend}
    spans: list[Span] = []
    disputed = dict(top.disputed)
    later: list[tuple[int, str, LegendItem]] = []
    for found in legends_below(text, top.end, stop, labels):
        spans.extend(found.spans)
        for item in found.items:
            known = legend.setdefault(normal(item.label), item)
            if role_of(known.meaning) is not role_of(item.meaning):
                disputed[normal(item.label)] = (known.meaning, item.meaning)
            if role_of(item.meaning) is not None:
                later.append((found.spans[0].start, normal(item.label), item))
    if not spans:
        return top
    return replace(top, legend=tuple(legend.values()), below=tuple(spans), disputed=disputed, later=tuple(later))


def lines_of(text: str, stop: int, most: int) -> list[tuple[int, str]]:
    """Return the first lines of *text* before *stop*, at most so many, each with where it begins.

    A key whose colon and value stand in the next line, as columns are copied from a PDF, is one line with them.
    """
    lines: list[tuple[int, str]] = []
    start = 0
    colon = _COLON.search(text, 0, stop)
    while start < stop and len(lines) < most:
        end = text.find("\n", start, stop)
        end = stop if end < 0 else end
        line = text[start:end]
        while colon is not None and colon.start() < end:
            colon = _COLON.search(text, end, stop)
        parted = colon is not None and colon.start() == end
        if parted and ":" not in line and 0 < len(line.split()) <= _KEY_WORDS and is_usual(line):
            end = text.find("\n", end + 1, stop)
            end = stop if end < 0 else end
            line = text[start:end].replace("\n", " ")
        lines.append((start, line))
        start = end + 1
    return lines


_COLON = re.compile(r"\n[ \t]*:[ \t]*\S")
_KEY_WORDS = 4


def stripped(start: int, line: str) -> Span:
    """Return where *line*, which begins at *start*, stands without the white space around it."""
    left = len(line) - len(line.lstrip())
    return Span(start + left, start + len(line.rstrip()))


def named_by(fields: Iterable[Field]) -> dict[str, Role]:
    """Return the names, in normal form, that header *fields* give to a role; the first that names somebody counts."""
    names: dict[str, Role] = {}
    for found in fields:
        role = role_of(found.key.replace("_", " ")) or (Role.INFORMANT if found.key.startswith("nama") else None)
        # "pewawancara" names somebody, "umur_pewawancara" does not.
        named = found.target == "metadata" and "_" not in found.key
        telling = named or found.target in {"private", "id"} or found.key == "nama_samaran"
        if not telling or role is None or not found.value:
            continue
        bare = re.sub(r"\([^)]*\)", "", found.value)
        # "Peserta: Bu Yem, Pak Karno" names several; "Rini, mahasiswa" one.
        each = re.split(r"[,;]|\bdan\b|&", bare) if is_nameish(bare) else []
        for one in (bare, *each):
            words = one.split()
            short = " ".join(word for word in words if word.casefold().strip(".") not in HONORIFICS)
            for name in (one, short, *short.split()[:1]):
                if name.strip():
                    names.setdefault(normal(name), role)
    return names
