"""Hints: what the user says of a batch of files, in one small file beside them."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from qualcode.errors import N_, InputError
from qualcode.importers._base import AttributeTable, ImportOptions
from qualcode.importers._files import is_hints
from qualcode.importers._names import NamePattern
from qualcode.importers._words import normal
from qualcode.model import Finding, Kind, Role
from qualcode.model.transcript import EMPTY

__all__ = ["KIND_WORDS", "ROLE_WORDS", "FileHints", "Hints", "hints_beside"]

V = TypeVar("V")

ROLE_WORDS: Mapping[str, Role | None] = MappingProxyType(
    {
        "pewawancara": Role.INTERVIEWER,
        "peneliti": Role.INTERVIEWER,
        "informan": Role.INFORMANT,
        "narasumber": Role.INFORMANT,
        "peserta": Role.PARTICIPANT,
        "notulen": Role.NOTETAKER,
        "pihak lain": Role.BYSTANDER,
        "bersama": Role.TOGETHER,
        "lain": Role.OTHER,
        "none": None,
        "bukan": None,
    }
    | {role.value: role for role in Role}
)
"""Roles by the words for them; none says that a label is nobody's."""

KIND_WORDS: Mapping[str, Kind] = MappingProxyType(
    {
        "wawancara": Kind.INTERVIEW,
        "fgd": Kind.GROUP,
        "kelompok": Kind.GROUP,
        "observasi": Kind.OBSERVATION,
        "catatan lapangan": Kind.OBSERVATION,
        "dokumen": Kind.DOCUMENT,
        "jurnal": Kind.JOURNAL,
    }
    | {kind.value: kind for kind in Kind}
)
"""Kinds of sources by the words for them."""


@dataclass(frozen=True, slots=True)
class FileHints:
    """What is said of some files; None and empty where nothing is."""

    speakers: Mapping[str, Role | None] = field(default_factory=lambda: MappingProxyType({}))
    informants: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    informant: str | None = None
    kind: Kind | None = None
    language: str | None = None
    encoding: str | None = None
    columns: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    split: bool | None = None
    coder: str | None = None

    def over(self, other: FileHints) -> FileHints:
        """Return both together; where both say something, this one goes before."""
        return FileHints(
            _merged(other.speakers, self.speakers),
            _merged(other.informants, self.informants),
            self.informant or other.informant,
            self.kind or other.kind,
            self.language or other.language,
            self.encoding or other.encoding,
            MappingProxyType({**other.columns, **self.columns}),
            other.split if self.split is None else self.split,
            self.coder or other.coder,
        )


@dataclass(frozen=True, slots=True)
class Hints:
    """What a file of hints says: of all files, of those whose names fit a pattern, by their names, and of the attribute table.

    `lines` holds the line of each pattern in `files`.
    """

    path: Path | None = None
    general: FileHints = FileHints()
    files: tuple[tuple[str, FileHints], ...] = ()
    names: tuple[NamePattern, ...] = ()
    attributes: AttributeTable | None = None
    lines: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    def options(self, path: Path, stated: ImportOptions) -> ImportOptions:
        """Return the options for the file at *path*: what is *stated* beside the hints goes before them."""
        hints = self.general
        for pattern, own in self.files:
            if _fits(path, pattern):
                hints = own.over(hints)
        said = next((found for name in self.names if (found := name.read(path.name)) is not None), None)
        return replace(
            stated,
            speakers=_merged(hints.speakers, stated.speakers),
            informants=_merged(hints.informants, stated.informants),
            informant=stated.informant or hints.informant or (said.informant if said else None),
            attributes={**(said.attributes if said else {}), **stated.attributes},
            metadata={**(said.metadata if said else {}), **stated.metadata},
            kind=stated.kind or hints.kind,
            language=hints.language or stated.language,
            encoding=stated.encoding or hints.encoding,
            text_column=stated.text_column or hints.columns.get("text"),
            informant_column=stated.informant_column or hints.columns.get("informant"),
            columns={**hints.columns, **stated.columns},
            split=hints.split if stated.split is None else stated.split,
            coder=hints.coder or stated.coder,
        )

    def findings(self, paths: Sequence[Path]) -> Iterator[Finding]:
        """Say that the hints were used for *paths*, and what in them fits none of these."""
        if self.path is None:
            return
        yield Finding(
            "recognised",
            N_("what it says holds for {n} files"),
            self.path.name,
            rule="hints",
            parameters={"n": len(paths)},
        )
        for pattern, _ in self.files:
            if not any(_fits(path, pattern) for path in paths):
                message = N_("no file is called {pattern!r}; what stands below it changed nothing")
                yield Finding(
                    "doubtful", message, self.path.name, self.lines.get(pattern), "hints", {"pattern": pattern}
                )
        for name in self.names:
            if not any(name.read(path.name) for path in paths):
                message = N_("no file's name is of the form {pattern!r}")
                yield Finding(
                    "doubtful",
                    message,
                    self.path.name,
                    self.lines.get(name.pattern),
                    "hints",
                    {"pattern": name.pattern},
                )


def _fits(path: Path, pattern: str) -> bool:
    """Tell whether a file is meant by *pattern*, a name with ``*`` and ``?``; case does not matter, as on Windows."""
    return fnmatch.fnmatchcase(path.name.casefold(), pattern.casefold()) or path.name == pattern


def _merged(below: Mapping[str, V], above: Mapping[str, V]) -> Mapping[str, V]:
    """Return both, the label written either way being one."""
    names = {normal(label) for label in above}
    return MappingProxyType({**{label: v for label, v in below.items() if normal(label) not in names}, **above})


def hints_beside(folder: Path) -> Path | None:
    """Return the file of hints in *folder*, or None.

    Raises
    ------
    InputError
        If there are several.
    """
    found = sorted(path for path in folder.iterdir() if is_hints(path)) if folder.is_dir() else []
    if len(found) > 1:
        raise InputError(
            N_("the folder holds {n} files of hints: {names}"),
            hint=N_("keep one of them, or say which one with --hints"),
            file=folder,
            n=len(found),
            names=", ".join(path.name for path in found[:5]),
        )
    return found[0] if found else None
