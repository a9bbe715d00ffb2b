"""What is asked of an import: which files, and what the user says of speakers, kinds and types."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qualcode.errors import N_, InputError, NotFoundError, QualcodeError
from qualcode.importers import KIND_WORDS, ROLE_WORDS
from qualcode.model import Kind, Role
from qualcode.project.attribute_values import TYPES

__all__ = ["parse_kind", "parse_speakers", "parse_types", "wanted_files"]


def parse_speakers(given: Sequence[str]) -> dict[str, Role | None]:
    """Return roles by label from ``LABEL=ROLE``; roles may be given in Indonesian, and *none* says that a label is nobody's.

    Raises
    ------
    InputError
        If one is not of that form.
    NotFoundError
        With the nearest roles, if a role is unknown.
    """
    roles: dict[str, Role | None] = {}
    for entry in given:
        label, equals, name = entry.rpartition("=")
        if not equals or not label.strip():
            raise InputError(
                N_("{entry!r} is not of the form LABEL=ROLE"), hint=N_("write it like P=interviewer"), entry=entry
            )
        word = name.strip().lower()
        if word not in ROLE_WORDS:
            raise NotFoundError(
                N_("no role {name!r}; roles are {roles}"),
                name=word,
                known=ROLE_WORDS,
                roles=", ".join(ROLE_WORDS),
            )
        roles[label.strip()] = ROLE_WORDS[word]
    return roles


def parse_types(given: Sequence[str]) -> dict[str, str]:
    """Return types of attributes by column from ``COLUMN=TYPE``.

    Raises
    ------
    InputError
        If one is not of that form.
    NotFoundError
        With the nearest types, if a type is unknown.
    """
    types: dict[str, str] = {}
    for entry in given:
        column, equals, name = entry.rpartition("=")
        word = name.strip().casefold()
        if not equals or not column.strip():
            message = N_("{entry!r} is not of the form COLUMN=TYPE")
            raise InputError(message, hint=N_("write it like Usia=integer"), entry=entry)
        if word not in TYPES:
            message = N_("no type {name!r}; types are {types}")
            raise NotFoundError(message, name=word, known=TYPES, types=", ".join(TYPES))
        types[column.strip()] = word
    return types


def parse_kind(given: str | Kind) -> Kind:
    """Return the kind of source that a word in either language means.

    Raises
    ------
    NotFoundError
        With the nearest words, if it means none.
    """
    found = KIND_WORDS.get(str(given).strip().lower())
    if found is None:
        message = N_("no kind {name!r}; kinds are {known_words}")
        raise NotFoundError(message, name=str(given), known=KIND_WORDS, known_words=", ".join(KIND_WORDS))
    return found


def wanted_files(files: str | Path | Sequence[str | Path]) -> tuple[list[Path], list[QualcodeError]]:
    """Return the paths meant, and an error for each that is not there.

    A file may be named by a path, a pattern such as ``wawancara/*.docx``, or several of either.

    Raises
    ------
    NotFoundError
        If none of them is there.
    """
    found: list[Path] = []
    missing: list[QualcodeError] = []
    for entry in [files] if isinstance(files, str | Path) else files:
        path = Path(entry)
        if path.exists() or path.is_symlink():
            found.append(path)
            continue
        matches = _matches(path) if any(mark in str(entry) for mark in "*?[") else []
        if not matches:
            beside = [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else []
            missing.append(NotFoundError(N_("no file {name!r}"), name=str(entry), known=beside))
        found += matches
    if missing and not found:
        raise missing[0]
    return list(dict.fromkeys(found)), missing


def _matches(pattern: Path) -> list[Path]:
    parts = pattern.parts
    first = next(i for i, part in enumerate(parts) if any(mark in part for mark in "*?["))
    base = Path(*parts[:first]) if first else Path()
    # Word keeps a shadow "~$name.docx" beside a file that is open; it is no transcript.
    return sorted(p for p in base.glob(str(Path(*parts[first:]))) if not p.name.startswith("~$"))
