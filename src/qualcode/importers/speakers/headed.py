"""Turns below a line that holds nothing but the speaker's name: a heading, a line in bold, or a name above each paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import groupby, pairwise

from qualcode.importers._words import NOT_NAMES, SECTION, is_name, is_role_label, normal
from qualcode.importers.speakers.labels import CODE, Candidate
from qualcode.importers.speakers.voices import MACHINE

__all__ = ["by_headings"]

_HEAD = re.compile(
    r"^[ \t>]*(?P<mark>#{1,6}[ \t]+|[*_]{1,3})?(?P<open>\[)?(?P<label>[^\W\d_][^\n:\t*_#?!…\"“”;\[\]]{0,58}?)(?(open)\])"
    r"(?P<close>[*_]{0,3}):?[ \t\u00a0]*$\n?",
    re.MULTILINE,
)
_CLOSED = re.compile(r"(?:(?<! [A-Z])\.|,)$")
_ASIDE = re.compile(r"[ \t]*\((?P<aside>[^()]{1,50})\)$")
_CHANGES = 0.6
"""At so many of the headings, at least, somebody else begins than at the one above."""
_FEWEST = 4
"""Fewer headings are no talk."""


def by_headings(text: str, stop: int, emphasised: Collection[int] = ()) -> list[Candidate]:
    """Return turns whose speaker stands alone on the line above them, by the manner (heading, bold, plain) with the most.

    *emphasised* are positions where lines begin that the format sets wholly in bold.
    """
    lines = [m for m in _HEAD.finditer(text, 0, stop) if _may_head(m)]
    if found := _in_bold(text, [m for m in lines if m.start("label") in emphasised], stop):
        return found
    often = {key for key, n in Counter(normal(m["label"]) for m in lines).items() if n >= 2}
    heads = [m for m in lines if _stands_apart(text, m)]
    first = next((m.start() for m in heads if normal(m["label"]) in often), 0)
    # Right below the title, the first name does not stand apart.
    heads += [m for m in lines if m.start() < first and normal(m["label"]) in often]
    # `groupby` wants what belongs together in a row.
    manners = groupby(sorted(heads, key=lambda m: (_manner(m), m.start())), key=_manner)
    for same in sorted((list(same) for _, same in manners), key=len, reverse=True):
        count = Counter(normal(m["label"]) for m in same)
        kept = [m for m in same if _is_somebody(m, count[normal(m["label"])])]
        if _is_talk(text, kept, [normal(m["label"]) for m in kept], stop):
            return [Candidate(m.start(), _speech(text, m, stop), m["label"].strip(), normal(m["label"])) for m in kept]
    return []


def _in_bold(text: str, lines: Sequence[re.Match[str]], stop: int) -> list[Candidate]:
    """Return turns below *lines*, which are bold, if these are speakers: what stands in brackets is a remark on the speaker."""
    named = [(m, _ASIDE.sub("", m["label"].strip()).strip()) for m in lines]
    count = Counter(normal(bare) for _, bare in named)
    kept = [
        (m, bare)
        for m, bare in named
        if is_role_label(bare)
        or MACHINE.fullmatch(bare)
        or (count[normal(bare)] >= 2 and normal(bare) not in NOT_NAMES and (CODE.fullmatch(bare) or is_name(bare)))
    ]
    if 2 * len(kept) < len(named) or not _is_talk(text, [m for m, _ in kept], [normal(bare) for _, bare in kept], stop):
        return []
    return [
        Candidate(
            m.start(),
            _speech(text, m, stop),
            bare,
            normal(bare),
            aside[0] if (aside := _ASIDE.search(m["label"].strip())) is not None else "",
        )
        for m, bare in kept
    ]


def _manner(match: re.Match[str]) -> str:
    return (match["mark"] or "").strip()


def _may_head(match: re.Match[str]) -> bool:
    """Tell whether a line may be a name and nothing else: emphasis is closed, and no sentence is."""
    emphasised = match["mark"] is not None and match["mark"][0] in "*_"
    return bool(match["close"]) == emphasised and not _CLOSED.search(match["label"].strip())


def _stands_apart(text: str, match: re.Match[str]) -> bool:
    """Tell whether a line is a heading, or has nothing right above it."""
    return _manner(match).startswith("#") or text[max(match.start() - 2, 0) : match.start()] in {"\n\n", "\n", ""}


def _is_somebody(match: re.Match[str], n: int) -> bool:
    """Tell whether *n* such lines name somebody: a role, a machine's word, or a name that comes back."""
    label = match["label"].strip()
    bare = re.sub(r"\([^)]*\)|/.*", " ", label).strip()
    if MACHINE.fullmatch(label) or is_role_label(bare):
        return True
    if SECTION.match(bare) or normal(bare) in NOT_NAMES:
        return False
    return is_name(bare) and (n >= 2 or (_manner(match) != "" and " " in bare))


def _is_talk(text: str, heads: Sequence[re.Match[str]], keys: Sequence[str], stop: int) -> bool:
    """Tell whether two or more of those in *heads*, whose labels are *keys*, take turns, with words below each."""
    count = Counter(keys)
    if len(heads) < _FEWEST or sum(n >= 2 for n in count.values()) < 2:
        return False
    changes = sum(above != below for above, below in pairwise(keys))
    ends = [*(m.start() for m in heads[1:]), stop]
    spoken = sum(any(c.isalnum() for c in text[m.end() : end]) for m, end in zip(heads, ends, strict=True))
    return changes >= _CHANGES * (len(heads) - 1) and spoken >= 0.9 * len(heads)


def _speech(text: str, match: re.Match[str], stop: int) -> int:
    """Return where the words begin that stand below."""
    at = match.end()
    while at < stop and text[at].isspace():
        at += 1
    return at
