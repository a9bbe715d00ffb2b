"""Who speaks in subtitle cues: voice tags, names before a colon, dashes and arrows; and what rolling captions show twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qualcode.files.subtitles import Cue
from qualcode.importers._words import HONORIFICS, NOT_NAMES, is_name, is_role_label, normal, role_of

__all__ = ["MACHINE", "Said", "Voices", "once", "voices"]

MACHINE = re.compile(
    r"(?:unknown |unidentified )?(?:speaker|spk|spkr|pembicara|penutur|voice|suara)(?:[ _-]?(?:\d{1,3}|[A-Z]))?(?: tidak dikenal)?|SPEAKER_\d+",
    re.IGNORECASE,
)
"""What machines call speakers whom they do not know."""

_MARK = re.compile(r"(?:>{2,3}|-(?!-)|[–•])[ \t]*(?=\S)")
_LABEL = re.compile(
    r"(?P<open>[\[(])?(?P<label>[^\s:：\[\]()<>\"“”?!…][^\n:：\[\]()<>\"“”?!…]{0,58}?)[ \t]*(?P<aside>\([^()\n]{1,40}\))?(?(open)[\])])"
    r"[ \t]*[:：](?:[ \t]+|$)(?P<rest>.*)"
)
_BRACKETED = re.compile(r"[\[(](?P<label>[^\[\]()\n:]{1,40})[\])][ \t]*(?P<rest>.*)")
_CODE = re.compile(r"[A-Z]{1,2}\d{0,2}|[A-Z][a-z]\.?")
_NOISE = re.compile(r"(?:[\[(][^\[\]()]*[\])]|[♪\s])+")
"""What a cue says that is heard and not said: ``(suara motor)``."""
_SHOWN_AGAIN = 0.2
"""From which share of cues that begin with the words of the last one and go on, captions are rolling."""
_MOST_CUES = 0.6
"""From which share of cues with something like a label on it is taken for one, whatever it says."""
_EVERY_CUE = 0.8
"""From which share of cues with a label on one without is of nobody known, rather than of the one above."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one voice says in a cue.

    `turn` tells that somebody else begins here, `mark` what says so (``-`` or ``>>``); `label` is the name as it stands here, and
    `aside` what stood in brackets after it.
    """

    speaker: str | None
    text: str
    start: float | None
    end: float | None
    line: int | None
    turn: bool = False
    mark: str = ""
    label: str = ""
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Voices:
    """The words of all cues with their speakers, by which rule these were found, and what was uncertain.

    `marks` counts changes of speaker that are marked without a name, `labelled` the cues with a label; `kept` are labels that stand
    once and were left in the text, each with its line. `every` tells that cues name their speakers so often that one without is nobody's.
    """

    said: tuple[Said, ...]
    rule: str = ""
    marks: int = 0
    labelled: int = 0
    kept: tuple[tuple[str, int | None], ...] = ()
    every: bool = False


def once(cues: Sequence[Cue]) -> tuple[list[Cue], int]:
    """Return the cues with every line once, and how many lines rolling captions had shown again.

    Captions made while somebody speaks show the last line above the new one. Where fewer than one in five cues is such, a line
    that comes again was said again, and stays.
    """
    if len(cues) < 4 or sum(_rolls(a, b) for a, b in pairwise(cues)) < _SHOWN_AGAIN * len(cues):
        return list(cues), 0
    found: list[Cue] = []
    repeated = 0
    last: Cue | None = None
    for cue in cues:
        lines = cue.text.split("\n")
        if last is not None and _close(last, cue):
            if n := _lines_again(last.text.split("\n"), lines):
                repeated += n
                lines = lines[n:]
            elif n := _words_again(last, cue):
                repeated += 1
                lines = [" ".join(cue.text.split()[n:])]
        if text := "\n".join(line for line in lines if line):
            found.append(Cue(cue.start, cue.end, text, cue.line, cue.speaker))
        last = cue
    return found, repeated


def _rolls(above: Cue, below: Cue) -> bool:
    """Tell whether *below* shows what *above* showed, and more."""
    if not _close(above, below):
        return False
    lines = below.text.split("\n")
    n = _lines_again(above.text.split("\n"), lines)
    return 0 < n < len(lines) if n else 0 < _words_again(above, below) < len(below.text.split())


def _close(above: Cue, below: Cue) -> bool:
    """Tell whether *below* may still show what *above* showed: it begins before that has been gone for half a second."""
    return above.end is None or below.start is None or below.start - above.end < 0.5


def _lines_again(above: Sequence[str], below: Sequence[str]) -> int:
    """Return how many lines at the start of *below* are the last lines of *above*."""
    return next((n for n in range(min(len(above), len(below)), 0, -1) if above[-n:] == below[:n]), 0)


def _words_again(above: Cue, below: Cue) -> int:
    """Return how many words at the start of *below* are the last of *above*, at least three or all of it."""
    first, second = above.text.split()[-40:], below.text.split()[:40]
    least = min(3, len(first))
    return next((n for n in range(min(len(first), len(second)), least - 1, -1) if first[-n:] == second[:n]), 0)


def voices(cues: Sequence[Cue], *, sure: Collection[str] = (), nobody: Collection[str] = ()) -> Voices:
    """Return who says what in *cues*.

    Parameters
    ----------
    cues : sequence of Cue
        Without tags and in order.
    sure : collection of str
        Labels, in normal form, that the user or a legend says are speakers.
    nobody : collection of str
        Labels, in normal form, that are none.
    """
    tagged = any(cue.speaker for cue in cues)
    accepted, rule, kept = (dict[str, str](), "voice", []) if tagged else _accepted(cues, sure, nobody)
    every = tagged or (_share(cues, accepted) >= _EVERY_CUE and _are_named_again(cues, accepted))
    behind = _names_behind(cues, accepted)
    said: list[Said] = []
    speaker: str | None = None
    labelled = 0
    dialogue = False
    for cue in cues:
        pieces = _pieces(cue, accepted, behind, named=bool(accepted) or tagged)
        labelled += pieces[0].speaker is not None
        for place, piece in enumerate(pieces):
            # Below a cue in which two talk, and where every cue has its speaker, one without is of nobody known.
            turn = piece.turn or (place == 0 and dialogue and piece.speaker is None)
            label = _label_of(piece.text) if every and place == 0 and nobody else None
            heard = bool(accepted) and place == 0 and piece.speaker is None and _NOISE.fullmatch(piece.text) is not None
            if turn or heard or (every and place == 0 and not (label and normal(label[0]) in nobody)):
                speaker = None
            speaker = piece.speaker or speaker
            said.append(replace(piece, speaker=speaker, start=cue.start, end=cue.end, line=cue.line, turn=turn))
        dialogue = len(pieces) > 1 and pieces[-1].mark == "-"
    named = rule if any(s.speaker for s in said) else ""
    return Voices(tuple(said), named, sum(bool(s.mark) for s in said), labelled, tuple(kept), every)


def _names_behind(cues: Sequence[Cue], accepted: Collection[str]) -> dict[str, str]:
    """Return the labels, in normal form, that have the same name in brackets behind them wherever they stand, with that name.

    Who shares a device in a meeting is called so: ``Warung Melati (Endang):``. What somebody does while speaking changes.
    """
    found: dict[str, list[str]] = {}
    for cue in cues:
        for line in cue.text.split("\n"):
            if (read := _label_of(_MARK.sub("", line, count=1))) and (key := normal(read[0])) in accepted:
                found.setdefault(key, []).append(read[1])
    same = {key: asides[0] for key, asides in found.items() if len(asides) >= 2 and len(set(asides)) == 1}
    return {key: aside for key, aside in same.items() if aside and is_name(aside)}


def _pieces(cue: Cue, accepted: Mapping[str, str], behind: Mapping[str, str], *, named: bool) -> list[Said]:
    """Return the lines of *cue*; those that nobody else begins are joined to the line above."""
    found: list[Said] = []
    dashes = sum(_MARK.match(line) is not None for line in cue.text.split("\n"))
    for line in cue.text.split("\n"):
        match = _MARK.match(line)
        # One dash alone may go on with what was broken off above; arrows always announce somebody.
        turn = match is not None and (dashes > 1 or match[0][0] == ">" or not (found or named))
        bare = line[match.end() :] if match is not None else line
        rest = bare if turn else line
        speaker, label, aside = cue.speaker, cue.speaker or "", ""
        if speaker is None and (read := _label_of(bare)) and normal(read[0]) in accepted:
            label, aside, rest = read
            speaker = accepted[normal(label)]
            if role_of(aside) is not None:
                label = f"{label} ({aside})"
            elif aside and behind.get(normal(label)) == aside:
                label, aside = f"{label} ({aside})", ""
            elif aside:
                rest, aside = f"({aside}) {rest}", ""
        if found and not turn and (speaker is None or speaker == found[-1].speaker):
            above = found[-1]
            text = f"{above.text} {rest}".strip()
            found[-1] = replace(above, text=text)
        else:
            unknown = turn and speaker is None
            mark = (">>" if line[0] == ">" else "-") if unknown else ""
            found.append(Said(speaker, rest, None, None, None, unknown, mark, label, aside))
    return found


def _label_of(line: str) -> tuple[str, str, str] | None:
    """Return the label that begins *line*, what is in brackets after it, and the rest, if there is one."""
    line = line.lstrip("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # marks of direction
    if match := _LABEL.match(line):
        return match["label"].strip(" \t*_"), (match["aside"] or "").strip("() \t"), match["rest"]
    if match := _BRACKETED.match(line):
        label = match["label"].strip()
        if not match["rest"] or MACHINE.fullmatch(label) or is_role_label(label) or is_name(label):
            return label, "", match["rest"]
    return None


def _accepted(
    cues: Sequence[Cue], sure: Collection[str], nobody: Collection[str]
) -> tuple[dict[str, str], str, list[tuple[str, int | None]]]:
    """Return the labels, in normal form, with whose they are, by which rule, and those that stand once and may be some."""
    seen: dict[str, tuple[str, int | None]] = {}
    count: Counter[str] = Counter()
    boxed: set[str] = set()
    inside: set[str] = set()
    for cue in cues:
        lines = cue.text.split("\n")
        for place, line in enumerate(lines):
            found = _label_of(_MARK.sub("", line, count=1))
            if found is None or (key := normal(found[0])) in {"", *nobody}:
                continue
            if not found[2] and line[-1] in ")]":
                below = lines[place + 1 : place + 2]
                if not below or _label_of(_MARK.sub("", below[0], count=1)) is not None:
                    continue  # "[Bising]": a mark of what is heard, not of who speaks
                boxed.add(key)
            bare = found[2] != "" and _LABEL.match(_MARK.sub("", line, count=1)) is None
            if bare and not (MACHINE.fullmatch(found[0]) or is_role_label(found[0])):
                inside.add(key)
            count[key] += 1
            seen.setdefault(key, (found[0], cue.line))
    if sum(count[key] >= 2 for key in inside) < 2:
        # "[Motor] …": what is heard; two names in brackets that come back are people.
        for key in inside - set(sure):
            del count[key]
    often = {
        key
        for key, n in count.items()
        if n >= 2 and key not in NOT_NAMES and len(key.split()) <= 8 and _may_be_called(seen[key][0])
    }
    usual = often | {key for key in count if _is_namely(seen[key][0])}
    if _share(cues, often) >= _MOST_CUES or (len(usual) > 1 and _share(cues, usual) >= _MOST_CUES):
        # Every cue has its label: whatever it is, it is what somebody is called.
        return {key: seen[key][0] for key in usual | (set(sure) & set(count))}, "label", []
    # Whoever is introduced as "Siti Aminah" may be "Siti" from then on.
    short = {key: key.split()[0] for key in count if is_name(seen[key][0]) and key.split()[0] in count}
    total = Counter({key: n + sum(count[k] for k, s in short.items() if s == key != k) for key, n in count.items()})
    accepted = {
        key: seen[key][0]
        for key, n in total.items()
        if key in sure or (key not in boxed and _is_speaker(seen[key][0], n))
    }
    accepted |= {key: accepted[s] for key, s in short.items() if s in accepted and key not in {*sure, *boxed}}
    kept = [seen[key] for key, n in count.items() if key not in accepted and n == 1 and is_name(seen[key][0])]
    return accepted, "label", kept


def _may_be_called(label: str) -> bool:
    """Tell whether somebody may be called *label*: not where words of a sentence stand before a name, as in ``lagi P``."""
    first, *others = [word for word in label.split() if any(c.isalnum() for c in word)] or [label]
    if not first[0].islower() or normal(first) in HONORIFICS or role_of(first) is not None:
        return True
    if any(c.isupper() for c in first):  # "iPhone Bu Lastri": a meeting calls people as their telephones are called
        return True
    return not any(word[0].isupper() for word in others)


def _is_namely(label: str) -> bool:
    """Tell whether *label* may be a name, a code or a machine's word, in any script."""
    if is_name(label) or _CODE.fullmatch(label) or MACHINE.fullmatch(label):
        return True
    letters = [c for c in label if c.isalpha()]
    return bool(letters) and len(label.split()) <= 4 and not any(c.isupper() or c.islower() for c in letters)


def _is_speaker(label: str, n: int) -> bool:
    """Tell whether *label*, which stands *n* times, is what somebody is called."""
    if MACHINE.fullmatch(label) or (is_role_label(label) and (n >= 2 or label[0].isupper())):
        return True
    if n >= 2 and _CODE.fullmatch(label):
        return normal(label) not in NOT_NAMES
    return is_name(label) and (n >= 2 or normal(label).split()[0] in HONORIFICS)


def _are_named_again(cues: Sequence[Cue], accepted: Mapping[str, str]) -> bool:
    """Tell whether cues name their speaker where the one above has named the same; if not, one without goes on."""
    labels = [_label_of(_MARK.sub("", cue.text.split("\n", 1)[0], count=1)) for cue in cues]
    whose = [accepted.get(normal(label[0])) if label is not None else None for label in labels]
    return any(above is not None and above == below for above, below in pairwise(whose))


def _share(cues: Iterable[Cue], accepted: Collection[str]) -> float:
    """Return the share of cues that begin with one of the *accepted* labels."""
    total = found = 0
    for cue in cues:
        total += 1
        label = _label_of(_MARK.sub("", cue.text.split("\n", 1)[0], count=1)) if accepted else None
        found += label is not None and normal(label[0]) in accepted
    return found / total if total else 0.0
