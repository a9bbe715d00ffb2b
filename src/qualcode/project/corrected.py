"""Taking what a corrected copy says into the study: as codings and notes of the coder at the keyboard, in one event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from qualcode.model import Coding, Corpus, Origin
from qualcode.project.imported import free_guids
from qualcode.project.labels import Labels
from qualcode.project.returned import Difference, Returned
from qualcode.project.returned_line import Marks

if TYPE_CHECKING:
    from qualcode.store.acts.imported import NewNote, TakenIn
    from qualcode.store.effects import By
    from qualcode.store.log import Log

__all__ = ["open_differences", "take_differences"]


def open_differences(returned: Returned, corpus: Corpus, labels: Labels, log: Log, coder: str) -> Returned:
    """Return *returned* without what *coder* has taken into the study already: taking it twice changes nothing."""
    held = {(c.transcript, c.span, c.code) for c in corpus.codings if c.coder == coder and corpus.is_current(c)}
    left: list[Difference] = []
    for each in returned.differences:
        if each.kind in {"added", "changed"}:
            key = labels.find(each.label)
            mine = each.kind == "changed" and each.coding is not None and each.coding.coder == coder
            there = (each.transcript.guid, each.span, key) in held
            if there and not (
                mine and each.coding is not None and (each.coding.code, _marks(each.coding)) != (key, each.marks)
            ):
                continue
        left.append(each)
    noted = [each for each in left if _is_note(each, coder)]
    guids, _ = free_guids(log, "memo", [_note_guids(each, coder) for each in noted])
    done = {id(each) for each, guid in zip(noted, guids, strict=True) if guid is None}
    return replace(returned, differences=tuple(each for each in left if id(each) not in done))


def take_differences(
    returned: Returned, corpus: Corpus, labels: Labels, log: Log, by: By, coder: str
) -> tuple[str, ...]:
    """Take the differences of *returned* into the study in one event; return the names of candidate codes made.

    What concerns the coder's own codings is done to them: another code, other marks, taken away. Nobody takes another's codings away: beside
    these a changed code is a coding of this coder, and one struck out is a note of theirs on it. Changes of what was said are not taken.
    """
    from qualcode.store.acts.imported import take_in

    coming = _coming(returned.differences, corpus, labels, log, coder)
    take_in(log, by, coming, verb="import codings")
    return tuple(code.name for code in labels.made)


def _coming(differences: Sequence[Difference], corpus: Corpus, labels: Labels, log: Log, coder: str) -> TakenIn:
    from qualcode.store.acts.codings import NewCoding
    from qualcode.store.acts.imported import Changed, TakenIn

    codings: list[NewCoding] = []
    changed: list[Changed] = []
    removed: list[str] = []
    placed: set[tuple[object, ...]] = set()
    for each in differences:
        own = each.coding is not None and each.coding.coder == coder
        if each.kind == "removed" and own and each.coding is not None:
            removed.append(each.coding.guid)
        elif each.kind == "changed" and own and each.coding is not None:
            marks = each.marks
            changed.append(
                Changed(each.coding.guid, labels.key((each.label,)), marks.stance, marks.elicited, marks.uncertain)
            )
        elif each.kind in {"added", "changed"} and each.span is not None:
            key = labels.key((each.label,))
            if (each.transcript.guid, each.span, key) in placed:
                continue
            placed.add((each.transcript.guid, each.span, key))
            codings.append(
                NewCoding(
                    each.transcript.guid,
                    each.span,
                    key,
                    stance=each.marks.stance,
                    elicited=each.marks.elicited,
                    uncertain=each.marks.uncertain,
                    origin=Origin.IMPORTED,
                    version=corpus.codebook.label,
                )
            )
    notes = _notes([each for each in differences if _is_note(each, coder)], log, coder)
    return TakenIn(tuple(labels.made), codings, (), notes, changed, removed)


def _notes(differences: Sequence[Difference], log: Log, coder: str) -> list[NewNote]:
    from qualcode.store.acts.imported import NewNote

    guids, _ = free_guids(log, "memo", [_note_guids(each, coder) for each in differences])
    made: dict[str, NewNote] = {}
    for each, guid in zip(differences, guids, strict=True):
        if guid is None:
            continue
        about = each.coding.guid if each.coding is not None else each.transcript.guid
        made.setdefault(guid, NewNote(_words(each), about, voices=each.transcript.informants, guid=guid))
    return list(made.values())


def _is_note(each: Difference, coder: str) -> bool:
    """Tell whether a difference becomes a note: remarks, and what is struck out of another's work."""
    return each.kind == "remark" or (each.kind == "removed" and each.coding is not None and each.coding.coder != coder)


def _words(each: Difference) -> str:
    if each.kind == "removed":
        return "dicoret"
    words = f"{each.author}: {each.after}" if each.author else each.after
    return words if each.coding is not None else f"[{each.turn}] {words}"


def _note_guids(each: Difference, coder: str) -> Iterator[str]:
    about = each.coding.guid if each.coding is not None else each.transcript.guid
    number = 0
    while True:
        yield uuid5(UUID(hex=about), f"corrected|{coder}|{each.kind}|{_words(each)}|{number}").hex
        number += 1


def _marks(coding: Coding) -> Marks:
    return Marks(coding.stance, coding.elicited, coding.uncertain)
