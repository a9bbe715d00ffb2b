"""What is noticed only when the files of a batch are seen together."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from qualcode.errors import N_
from qualcode.importers._base import ImportOptions, ImportResult
from qualcode.importers._words import is_role_label, normal
from qualcode.importers.hints.hints import Hints
from qualcode.model import Finding, Role

__all__ = [
    "free_name",
    "hinted_labels_of_no_file",
    "hints_used",
    "labels_of_no_file",
    "renamed",
    "shared_informants",
]

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
        parameters = {"informant": who, "files": named}
        if any(_called_otherwise(files[who][at], other) for other in others):
            message = N_(
                "informant {informant!r} is also in {files}, which is called otherwise; if they are two people, give each an id of their own in hints, or rename the files"
            )
            yield Finding("doubtful", message, files[who][at], rule="file name", parameters=parameters)
            continue
        message = N_("informant {informant!r} is also in {files}")
        yield Finding("recognised", message, files[who][at], rule="header", parameters=parameters)
    if len(shared) > _MOST:
        more = {"n": len(shared) - _MOST}
        yield Finding(
            "recognised", N_("and {n} more informants who are in several files"), rule="header", parameters=more
        )


def _called_otherwise(one: str, other: str) -> bool:
    """Tell whether the names of two files have words that may be names of two people, such as *Informan 1 - Bu Ani* and *Informan 1 - Bu Beti*."""
    first, second = _telling(one), _telling(other)
    return bool(first and second and not first & second)


def _telling(name: str) -> set[str]:
    """Return the words of a file's name that do not only say what it holds or which one it is."""
    words = {normal(word) for word in re.findall(r"[^\W\d_]{2,}", Path(name).stem)}
    return {word for word in words if word not in _COMMON and not is_role_label(word)}


_COMMON = frozenset(
    [
        "wawancara",
        "interview",
        "transkrip",
        "transcript",
        "transkripsi",
        "verbatim",
        "ke",
        "pertemuan",
        "bagian",
        "sesi",
        "part",
        "final",
        "revisi",
        "rev",
        "salinan",
        "copy",
        "inf",
        "in",
        "inform",
        "informan",
        "narasumber",
        "responden",
        "subjek",
        "partisipan",
        "catatan",
        "lapangan",
        "fgd",
        "rekaman",
        "audio",
        "bu",
        "pak",
        "ibu",
        "bapak",
        "mbak",
        "mas",
        "bang",
        "kak",
        "kang",
        "teh",
    ]
)
"""Words of file names that tell nobody apart."""


def labels_of_no_file(results: Sequence[tuple[Path, ImportResult]], options: ImportOptions | None) -> Iterator[Finding]:
    """Say which labels, given with a role, none of the files has: most likely a slip of the keyboard."""
    if options is not None and options.speakers:
        yield from _of_no_file([result for _, result in results], options.speakers)


def hinted_labels_of_no_file(
    results: Sequence[tuple[Path, ImportResult]], told: Mapping[Path, Hints]
) -> Iterator[Finding]:
    """Say which labels in each file of hints none of the files has of which it speaks."""
    for source, group in _by_hints([path for path, _ in results], told).items():
        labels: dict[str, Role | None] = {}
        for hints in (told[group[0]].general, *(own for _, own in told[group[0]].files)):
            labels.update(dict.fromkeys(hints.informants, Role.INFORMANT))
            labels.update(hints.speakers)
        read = [result for path, result in results if path in group]
        yield from (replace(said, file=source.name, rule="hints") for said in _of_no_file(read, labels))


def hints_used(files: Sequence[Path], told: Mapping[Path, Hints]) -> Iterator[Finding]:
    """Say which hints were used, and what in them fits no file."""
    for group in _by_hints(files, told).values():
        yield from told[group[0]].findings(group)


def _by_hints(files: Sequence[Path], told: Mapping[Path, Hints]) -> dict[Path, list[Path]]:
    groups: dict[Path, list[Path]] = {}
    for file in files:
        path = told[file].path
        if path is not None:
            groups.setdefault(path, []).append(file)
    return groups


def _of_no_file(results: Sequence[ImportResult], speakers: Mapping[str, Role | None]) -> Iterator[Finding]:
    # A label without words makes no turn, but its finding names it.
    found = dict.fromkeys(
        label
        for result in results
        for label in (
            *(turn.speaker for transcript in result.corpus.transcripts for turn in transcript.turns),
            *(str(said.parameters["speaker"]) for said in result.findings if "speaker" in said.parameters),
        )
    )
    keys = {normal(label) for label in found}
    known = sorted(islice((label for label in found if len(label) <= 40), 2 * _NAMED))
    for label, role in speakers.items():
        # What is nobody's label is found nowhere: that was the wish.
        if normal(label) not in keys and role is not None:
            message = N_("no file has a speaker {label!r}; what is said of it changed nothing (there are: {known})")
            if not known:
                message = N_("no file has a speaker {label!r}; what is said of it changed nothing")
            parameters = {"label": label} | ({"known": ", ".join(known)} if known else {})
            yield Finding("doubtful", message, rule="option", parameters=parameters)
