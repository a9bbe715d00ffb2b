"""Reading many files: the good ones go on, the others are collected as errors."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType

from qualcode.errors import N_, InputError, NotFoundError, QualcodeError, nearest
from qualcode.importers._base import Batch, Importer, ImportOptions, ImportResult, Source
from qualcode.model import Transcript
from qualcode.plugins import Registry

__all__ = ["MAX_BYTES", "extensions", "importer_for", "read_batch", "read_file", "read_transcripts", "registry"]

registry: Registry[Importer] = Registry("qualcode.importers", Importer, not_plugins=("turns",))  # type: ignore[type-abstract]
"""All importers, by name."""

MAX_BYTES = 200_000_000
"""The largest file that is read, in bytes."""


@cache
def extensions() -> Mapping[str, str]:
    """Return which importer reads which suffix; built-in importers come before those of other packages."""
    return MappingProxyType(
        {suffix: name for name in reversed(registry.names) for suffix in registry.get(name).extensions}
    )


def importer_for(path: Path) -> Importer:
    """Return the importer for the suffix of *path*.

    Raises
    ------
    InputError
        If no importer reads such files.
    """
    known = extensions()
    suffix = path.suffix.lower()
    if suffix in known:
        return registry.get(known[suffix])()
    hints = {
        ".doc": N_("Open it in Word and save it as .docx."),
        ".xls": N_("Open it in Excel and save it as .xlsx."),
        ".pdf": N_("Open it in Word, check the text, and save it as .docx."),
        ".rtf": N_("Open it in Word and save it as .docx."),
        ".odt": N_("Save it as .docx."),
    }
    raise InputError(
        N_("no importer reads files ending in {suffix!r}"),
        hint=hints.get(suffix, N_("qualcode reads {known}.")),
        file=path,
        suffix=suffix,
        known=", ".join(sorted(known)),
    )


def read_file(path: Path, options: ImportOptions | None = None, *, max_bytes: int = MAX_BYTES) -> ImportResult:
    """Return what is in the file at *path*.

    Raises
    ------
    InputError
        If it cannot be read, with what to do about it.
    NotFoundError
        If there is no such file.
    """
    importer = importer_for(path)
    data = _bytes(path, max_bytes)
    return importer.read(Source(path.name, data, path), options or ImportOptions())


def _bytes(path: Path, max_bytes: int) -> bytes:
    try:
        size = path.stat().st_size
        if size > max_bytes:
            raise InputError(
                N_("the file has {size} MB; at most {limit} MB are read"),
                hint=N_("A transcript is far smaller; check that it is the right file, or divide it."),
                file=path,
                size=round(size / 1e6),
                limit=round(max_bytes / 1e6),
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        beside = [other.name for other in path.parent.iterdir()] if path.parent.is_dir() else []
        hint = None if nearest(path.name, beside) else N_("Check the name and the folder.")
        raise NotFoundError(N_("there is no such file"), name=path.name, known=beside, hint=hint, file=path) from error
    except PermissionError as error:
        raise InputError(
            N_("the file cannot be opened; another program is using it, or you may not read it"),
            hint=N_("Close it in Word or Excel, and import it again."),
            file=path,
        ) from error
    except IsADirectoryError as error:
        raise InputError(N_("this is a folder, not a file"), hint=N_("Name the files in it."), file=path) from error
    except OSError as error:
        raise InputError(
            N_("the file cannot be read: {reason}"),
            hint=N_("Copy it to this computer's own disk, and import the copy."),
            file=path,
            reason=error.strerror or type(error).__name__,
        ) from error


def expand(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the files to read: those named, and those in the named folders that some importer reads.

    Word's lock files, hidden files and read-me files are passed over; folders inside folders are not entered, since beside
    transcripts they mostly hold tables and codebooks.
    """
    known = extensions()
    seen: set[str] = set()
    for path in paths:
        for file in sorted(_inside(path, known)) if path.is_dir() else [path]:
            if file.name.startswith(("~$", "._", ".~lock")):
                continue
            key = os.path.normcase(file.absolute())
            if key not in seen:
                seen.add(key)
                yield file


def _inside(folder: Path, known: Mapping[str, str]) -> Iterator[Path]:
    for file in folder.iterdir():
        hidden = file.name.startswith(".") or file.stem.upper() in {"README", "BACA-SAYA", "BACASAYA"}
        if file.suffix.lower() in known and not hidden and file.is_file():
            yield file


def read_batch(
    paths: Sequence[Path],
    options: ImportOptions | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    *,
    max_bytes: int = MAX_BYTES,
) -> Batch:
    """Return what is in many files.

    A file that cannot be read never stops the others. Nothing is written, so Ctrl-C in the middle leaves everything as it was.

    Parameters
    ----------
    paths : sequence of Path
        Files and folders.
    options : ImportOptions, optional
        What the user knows better.
    progress : callable, optional
        Called before each file with how many are done, how many there are, and the file's name; at the end once more.
    max_bytes : int
        The largest file that is read.
    """
    files = list(expand(paths))
    results: list[tuple[Path, ImportResult]] = []
    errors: list[QualcodeError] = []
    errors.extend(_no_transcripts(path) for path in paths if path.is_dir() and not any(_inside(path, extensions())))
    names: dict[str, Path] = {}
    for done, path in enumerate(files):
        if progress is not None:
            progress(done, len(files), path.name)
        try:
            result = read_file(path, options, max_bytes=max_bytes)
            _refuse_same_name(result, path, names)
        except QualcodeError as error:
            if error.file is None:
                error.file = path
            errors.append(error)
        except (RecursionError, MemoryError) as error:
            hint = N_("Open it in the program that made it, save it again, and import that.")
            errors.append(InputError(N_("the file is too large or too deeply nested"), hint=hint, file=path))
            del error
        else:
            results.append((path, result))
    if progress is not None:
        progress(len(files), len(files), "")
    return Batch(tuple(results), tuple(errors))


def _no_transcripts(folder: Path) -> InputError:
    return InputError(
        N_("the folder holds no file that can be read"),
        hint=N_("Name the files, or the folder that holds them itself; qualcode reads {known}."),
        file=folder,
        known=", ".join(sorted(extensions())),
    )


def _refuse_same_name(result: ImportResult, path: Path, names: dict[str, Path]) -> None:
    for transcript in result.corpus.transcripts:
        if transcript.name in names:
            raise InputError(
                N_("a file with the name {name!r} was read already: {other}"),
                hint=N_("Rename one of them; a transcript is called as its file is."),
                file=path,
                name=transcript.name,
                other=names[transcript.name].name,
            )
        names[transcript.name] = path


def read_transcripts(path: str | Path, options: ImportOptions | None = None) -> tuple[Transcript, ...]:
    """Return the transcripts in the file or folder at *path*.

    Raises
    ------
    QualcodeError
        The first error, if a file cannot be read.
    """
    batch = read_batch([Path(path)], options)
    if batch.errors:
        raise batch.errors[0]
    return tuple(transcript for _, result in batch.results for transcript in result.corpus.transcripts)
