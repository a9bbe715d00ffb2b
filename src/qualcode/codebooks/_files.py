"""From a name or a path to a codebook."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from qualcode._resources import shipped
from qualcode.codebooks.base import CodebookFormat, CodebookReading
from qualcode.errors import N_, InputError, NotFoundError
from qualcode.model import Codebook
from qualcode.plugins import Registry

__all__ = ["dump_codebook", "formats", "load_codebook", "locate", "read_codebook", "shipped_codebooks"]

LARGEST = 10_000_000
"""Bytes in a codebook file; the largest real one has some 100,000."""


@cache
def formats() -> Registry[CodebookFormat]:
    """Return the registry of formats."""
    return Registry("qualcode.codebooks", CodebookFormat, not_plugins=("base",))  # type: ignore[type-abstract]


def shipped_codebooks() -> tuple[str, ...]:
    """Return the names of the codebooks that come with qualcode."""
    return tuple(sorted(path.stem for path in shipped("codebooks").glob("*.yaml")))


def load_codebook(name_or_path: str | os.PathLike[str]) -> Codebook:
    """Return the codebook of that name (shipped with qualcode) or in that file.

    Raises
    ------
    NotFoundError
        If there is no such file or shipped codebook; with near names.
    InputError
        With file and line, for the first thing that is wrong in it. `qualcode.codebooks.check` lists them all.
    """
    reading = read_codebook(locate(name_or_path))
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


def read_codebook(path: Path) -> CodebookReading:
    """Return what the file at *path* holds, problems included."""
    registry = formats()
    suffix = path.suffix.lower()
    for name in registry.names:
        kind = registry.get(name)
        if suffix in kind.extensions:
            break
    else:
        known = sorted(extension for name in registry.names for extension in registry.get(name).extensions)
        raise InputError(
            N_("a codebook file ends in {known}, not in {suffix!r}"),
            file=path,
            known=", ".join(known),
            suffix=path.suffix,
        )
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise InputError(
                N_("the file has {size} bytes; a codebook has at most {most}"), file=path, size=size, most=LARGEST
            )
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            N_("cannot read the file: {reason}"), file=path, reason=error.strerror or type(error).__name__
        ) from error
    return kind().read(data, file=path.name)


def dump_codebook(codebook: Codebook) -> str:
    """Return *codebook* as YAML that loads back equal; what has its default value is left out."""
    return formats().get("yaml")().write(codebook)
