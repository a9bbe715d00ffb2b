"""From a name or a path to a codebook."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from qualcode._resources import shipped
from qualcode.codebooks.base import CodebookFormat, CodebookReading
from qualcode.errors import N_, InputError, NotFoundError, ProjectFileError, reason_of
from qualcode.files.whole import replacing, require_place
from qualcode.model import Codebook
from qualcode.plugins import Registry

__all__ = [
    "dump_codebook",
    "formats",
    "load_codebook",
    "locate",
    "read_codebook",
    "shipped_codebooks",
    "write_codebook",
]

LARGEST = 10_000_000
"""Bytes in a codebook file; the largest real one has some 100,000."""


@cache
def formats() -> Registry[CodebookFormat]:
    """Return the registry of formats."""
    return Registry("qualcode.codebooks", CodebookFormat, not_plugins=("base",))  # type: ignore[type-abstract]


def shipped_codebooks() -> tuple[str, ...]:
    """Return the names of the codebooks that come with qualcode."""
    return tuple(sorted(path.stem for path in shipped("codebooks").glob("*.yaml")))


def load_codebook(name_or_path: str | os.PathLike[str], *, columns: Mapping[str, str] | None = None) -> Codebook:
    """Return the codebook of that name (shipped with qualcode) or in that file.

    *columns* names the columns of a table that are not guessed rightly, by field: ``{"name": "Nama tema"}``.

    Raises
    ------
    NotFoundError
        If there is no such file or shipped codebook; with near names.
    InputError
        With file and line, for the first thing that is wrong in it. `qualcode.codebooks.check` lists them all.
    """
    reading = read_codebook(locate(name_or_path), columns)
    if reading.problems:
        raise reading.problems[0]
    if reading.codebook is None:  # pragma: no cover - a format's contract
        raise InputError(N_("no codebook in the file"), file=Path(name_or_path))
    return reading.codebook


def locate(name_or_path: str | os.PathLike[str]) -> Path:
    """Return the file that *name_or_path* means."""
    text = os.fspath(name_or_path)
    path = Path(text)
    is_path = not isinstance(name_or_path, str) or bool(path.suffix) or path.name != text
    if is_path or path.is_file():
        if path.is_dir():
            raise InputError(N_("this is a folder, not a codebook file"), file=path)
        if not path.exists():
            raise NotFoundError(
                N_("there is no codebook file {name!r}"),
                name=path.name,
                known=_neighbours(path),
                folder=str(path.parent),
            )
        return path
    known = shipped_codebooks()
    if text not in known:
        raise NotFoundError(
            N_("no codebook called {name!r}"),
            name=text,
            known=known,
            hint=None if known else N_("give the path of a codebook file"),
        )
    return shipped("codebooks") / f"{text}.yaml"


def _neighbours(path: Path) -> list[str]:
    try:
        return [other.name for other in path.parent.iterdir()]
    except OSError:
        return []


def read_codebook(path: Path, columns: Mapping[str, str] | None = None) -> CodebookReading:
    """Return what the file at *path* holds, problems included."""
    kind = _format_of(path)
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise InputError(
                N_("the file has {size} bytes; a codebook has at most {most}"), file=path, size=size, most=LARGEST
            )
        data = path.read_bytes()
    except OSError as error:
        raise InputError(N_("cannot read the file: {reason}"), file=path, reason=reason_of(error)) from error
    return kind.read(data, file=path.name, columns=columns)


def _format_of(path: Path) -> CodebookFormat:
    registry = formats()
    kinds = [registry.get(name) for name in registry.names]
    for kind in kinds:
        if path.suffix.lower() in kind.extensions:
            return kind()
    raise InputError(
        N_("a codebook file ends in {known}, not in {suffix!r}"),
        file=path,
        known=", ".join(sorted(extension for kind in kinds for extension in kind.extensions)),
        suffix=path.suffix,
    )


def dump_codebook(codebook: Codebook) -> str:
    """Return *codebook* as YAML that loads back equal; what has its default value is left out."""
    return formats().get("yaml")().write(codebook).decode("utf-8")


def write_codebook(codebook: Codebook, path: str | os.PathLike[str], *, language: Literal["id", "en"] = "id") -> None:
    """Write *codebook* to *path* in the format of its suffix: .yaml, .csv or .xlsx; whole or not at all.

    A .csv file holds the codes alone; .xlsx and .yaml everything.

    Raises
    ------
    InputError
        If no format has that suffix, or the folder does not exist.
    ProjectFileError
        If the file cannot be written.
    """
    path = Path(path)
    data = _format_of(path).write(codebook, language=language)
    require_place(path)
    try:
        with replacing(path) as stream:
            stream.write(data)
    except OSError as error:
        raise ProjectFileError(
            N_("cannot write the file: {reason}"),
            hint=N_("close it in Excel, or choose another name or folder"),
            file=path,
            reason=reason_of(error),
        ) from error
