"""What is noticed only when the files of a batch are seen together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from pathlib import Path

from qualcode.errors import N_
from qualcode.importers._base import ImportOptions, ImportResult
from qualcode.importers._words import normal
from qualcode.model import Finding

__all__ = ["free_name", "labels_of_no_file", "renamed", "shared_informants"]

_MOST = 30
_NAMED = 5
"""How many files, or labels, one message names."""


def free_name(name: str, taken: Collection[str]) -> str:
    """Return *name*, or with the first number that makes it differ from those that are taken.

    >>> free_name("sama", {"sama", "sama (2)"})
    'sama (3)'
    """
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free


def renamed(path: Path, name: str, other: Path) -> Finding:
    """Say that the file at *path* is called *name* because the file *other* has its name."""
    message = N_(
        "called {name!r}, since {other} has the same name; rename one of them, or leave one out if both hold one interview"
    )
    beside = f"{other.parent.name}/{other.name}" if other.name == path.name else other.name
    return Finding("doubtful", message, path.name, rule="file name", parameters={"name": name, "other": beside})


def shared_informants(results: Sequence[tuple[Path, ImportResult]]) -> Iterator[Finding]:
    """Say of each informant who is in several files, at each, in which others."""
    files: dict[str, list[str]] = {}
    for path, result in results:
        for informant in dict.fromkeys(person.id for person in result.corpus.informants):
            files.setdefault(informant, []).append(path.name)
    shared = [(who, at) for who, names in files.items() if len(names) > 1 for at in range(len(names))]
    for who, at in shared[:_MOST]:
        others = [name for place, name in enumerate(files[who]) if place != at]
        named = ", ".join(others[:_NAMED]) + (" …" if len(others) > _NAMED else "")
        message = N_("informant {informant!r} is also in {files}")
        yield Finding(
            "recognised", message, files[who][at], rule="header", parameters={"informant": who, "files": named}
        )
    if len(shared) > _MOST:
        more = {"n": len(shared) - _MOST}
        yield Finding(
            "recognised", N_("and {n} more informants who are in several files"), rule="header", parameters=more
        )


def labels_of_no_file(results: Sequence[tuple[Path, ImportResult]], options: ImportOptions | None) -> Iterator[Finding]:
    """Say which labels, given with a role, none of the files has: most likely a slip of the keyboard."""
    if options is None or not options.speakers:
        return
    # A label without words makes no turn, but its finding names it.
    found = dict.fromkeys(
        label
        for _, result in results
        for label in (
            *(turn.speaker for transcript in result.corpus.transcripts for turn in transcript.turns),
            *(str(said.parameters["speaker"]) for said in result.findings if "speaker" in said.parameters),
        )
    )
    keys = {normal(label) for label in found}
    known = sorted(islice((label for label in found if len(label) <= 40), 2 * _NAMED))
    for label in options.speakers:
        if normal(label) not in keys:
            message = N_("no file has a speaker {label!r}; the role given for it changed nothing (there are: {known})")
            if not known:
                message = N_("no file has a speaker {label!r}; the role given for it changed nothing")
            parameters = {"label": label} | ({"known": ", ".join(known)} if known else {})
            yield Finding("doubtful", message, rule="option", parameters=parameters)
