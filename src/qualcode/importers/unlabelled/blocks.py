"""Quotes with their codes below them, block after block: ``Kutipan 1: “…”`` above ``Kode: …`` and ``Tema: …``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from qualcode.importers._words import is_role_label, normal
from qualcode.importers.header.top import Top, read_top
from qualcode.importers.layout.divide import divide
from qualcode.importers.layout.layout import Given, Layout
from qualcode.importers.speakers.labels import Candidate, candidates
from qualcode.model import Role, Span

__all__ = ["Block", "blocks_in", "by_blocks"]

_QUOTE = re.compile(
    r"^[ \t]*(?:\d{1,2}[.)][ \t]*)?(?P<label>(?:kutipan|petikan|verbatim|quote|excerpt)\b[^\n:]{0,30}?)[ \t]*:[ \t]*\n?[ \t]*"
    r"(?P<words>\S[^\n]*)$",
    re.IGNORECASE | re.MULTILINE,
)
_LEVEL = re.compile(
    r"[ \t]*(?P<name>kode|koding|code|sub ?kategori|kategori|category|sub ?tema|tema|theme)[ \t]*\d{0,2}[ \t]*[:=][ \t]*(?P<said>\S[^\n]*)",
    re.IGNORECASE,
)
_WHO = re.compile(r"[ \t]*\((?P<who>[^()\n]{1,40})\)[ \t.]*$")
"""Who said it, or where: ``(Informan 2)`` behind the quote."""
_NAMES = {"koding": "code", "kode": "code", "tema": "theme", "kategori": "category", "subkategori": "subcategory"}
_FEWEST = 2
_SHARE = 0.6
"""From the first block on, at least so much of the text is blocks."""


@dataclass(frozen=True, slots=True)
class Block:
    """A quote from `start` to `end`, whose label begins at `label_start`; `levels` are what stands below it by the names of columns of codes.

    `beside` is where that stands, and who said it, which is `who` if a role word tells.
    """

    label_start: int
    start: int
    end: int
    who: str
    levels: tuple[tuple[str, str], ...]
    beside: tuple[Span, ...]


def blocks_in(text: str, stop: int | None = None) -> tuple[Block, ...]:
    """Return the quotes in *text* before *stop* that have codes below them."""
    return tuple(_blocks(text, len(text) if stop is None else stop))


def _blocks(text: str, stop: int) -> Iterator[Block]:
    for match in _QUOTE.finditer(text, 0, stop):
        end = match.end("words")
        behind = _WHO.search(text, match.start("words"), end)
        told = behind is not None and is_role_label(behind["who"])
        beside: list[Span] = []
        levels: list[tuple[str, str]] = []
        at = match.end() + 1
        while at < stop:
            below = text.find("\n", at, stop)
            below = stop if below < 0 else below
            level = _LEVEL.fullmatch(text[at:below])
            if level is not None:
                name = "".join(level["name"].casefold().split())
                levels.append((_NAMES.get(name, name.replace("subtema", "subcategory")), level["said"].strip()))
                beside.append(Span(at + level.start("name"), at + len(level[0].rstrip())))
            elif text[at:below].strip():
                break
            at = below + 1
        if behind is not None and told:
            beside.insert(0, Span(behind.start() + len(behind[0]) - len(behind[0].lstrip()), end))
            end = behind.start()
        if levels and end > match.start("words"):
            who = behind["who"].strip() if behind is not None and told else ""
            yield Block(match.start("label"), match.start("words"), end, who, tuple(levels), tuple(beside))


def _is_spoken(text: str, stop: int) -> bool:
    """Tell whether somebody takes turns above *stop*: the blocks behind are then about this talk."""
    above = Counter(c.key for c in candidates(text, stop))
    return sum(n >= 2 for n in above.values()) >= 2


def by_blocks(given: Given, top: Top) -> Layout | None:
    """Return the layout of a text of such blocks, each quote a turn; None if *given* is no such text."""
    text, stop = given.text, given.stop
    blocks = blocks_in(text, stop)
    if len(blocks) < _FEWEST or any(normal(item.label) in given.speakers for item in top.legend):
        return None
    first = blocks[0].label_start
    taken = sum(max(b.end, *(span.end for span in b.beside)) - b.label_start for b in blocks)
    if taken < _SHARE * len(text[first:stop].strip()) or _is_spoken(text, first):
        return None
    label = text[first : blocks[0].start].partition(":")[0].split()[0]
    accepted = [Candidate(b.label_start, b.start, b.who or label, normal(b.who or label)) for b in blocks]
    noise = tuple(sorted({*given.noise, *(span for b in blocks for span in b.beside)}))
    top = read_top(text, first, [], frozenset())
    kind = given.kind if given.kind is not None else top.kind
    layout = divide(replace(given, noise=noise), top, accepted, meanings={}, kind=kind)
    # What is quoted is what an informant said, as nobody quotes the questions.
    speakers = tuple(
        s if normal(s.label) in given.speakers or s.role.is_voice else replace(s, role=Role.INFORMANT, rule="quote", sure=False)
        for s in layout.speakers
    )  # fmt: skip
    return replace(layout, speakers=speakers)
