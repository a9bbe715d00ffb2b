"""Reading many files: the good ones go on, the others are collected as errors."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from qualcode.errors import N_, InputError, QualcodeError
from qualcode.importers._across import (
    free_name,
    hinted_labels_of_no_file,
    hints_used,
    labels_of_no_file,
    renamed,
    shared_informants,
)
from qualcode.importers._base import Batch, Importer, ImportOptions, ImportResult, Source
from qualcode.importers._files import MAX_BYTES, find_files, read_bytes, without
from qualcode.importers.hints.reading import hints_for
from qualcode.model import Finding, Transcript
from qualcode.plugins import Registry

__all__ = ["MAX_BYTES", "extensions", "importer_for", "read_batch", "read_file", "read_transcripts", "registry"]

registry: Registry[Importer] = Registry("qualcode.importers", Importer, not_plugins=("turns",))  # type: ignore[type-abstract]
"""All importers, by name."""


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
        ".pages": N_("Save it as .docx."),
        ".html": N_("Open it in Word, check the text, and save it as .docx."),
    }
    raise InputError(
        N_("no importer reads files ending in {suffix!r}"),
        hint=hints.get(suffix, N_("qualcode reads {known}.")),
        file=path,
        suffix=suffix,
        known=", ".join(sorted(known)),
    )


def read_file(
    path: Path, options: ImportOptions | None = None, *, max_bytes: int = MAX_BYTES, title: str = ""
) -> ImportResult:
    """Return what is in the file at *path*, as a transcript called *title*, or else as the file is.

    Raises
    ------
    InputError
        If it cannot be read, with what to do about it.
    NotFoundError
        If there is no such file.
    """
    importer = importer_for(path)
    data = read_bytes(path, max_bytes)
    with _without_collections():
        return importer.read(Source(path.name, data, path, title), options or ImportOptions())


@contextmanager
def _without_collections() -> Iterator[None]:
    """Put off the search for garbage while one file is read.

    Thousands of turns are made and all stay; looking through them again and again takes a tenth of the time and more.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def read_batch(
    paths: Sequence[Path],
    options: ImportOptions | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    *,
    hints: Path | None = None,
    leave_out: Collection[Path] = (),
    max_bytes: int = MAX_BYTES,
) -> Batch:
    """Return what is in many files.

    A file that cannot be read never stops the others. Nothing is written, so Ctrl-C in the middle leaves everything as it was.
    Files of one name get different names in the order in which they come: ``sama``, ``sama (2)``.

    Parameters
    ----------
    paths : sequence of Path
        Files and folders.
    options : ImportOptions, optional
        What the user knows better; it goes before hints.
    hints : Path, optional
        A file of hints for all of them, instead of the one beside each (``.hints.yaml``, ``NAME.hints.yaml``). While something
        is wrong in hints, no file is read: the errors say what.
    leave_out : collection of Path
        Files that are no transcripts, such as the attribute table among them.
    progress : callable, optional
        Called before each file with how many are done, how many there are, and the file's name; at the end once more.
    max_bytes : int
        The largest file that is read.
    """
    files, passed_over = find_files(paths, extensions())
    within = {path.parent for path in files}
    told, wrong = hints_for(files, hints)
    if wrong:
        return Batch(errors=wrong)
    tables = {one.attributes.path: one.attributes for one in told.values() if one.attributes is not None}
    files = without(files, [*leave_out, *tables])
    given = {path: told[path].options(path, options or ImportOptions()) for path in files}
    errors: list[QualcodeError] = [_no_transcripts(path) for path in paths if path.is_dir() and path not in within]
    reading = _Reading(given, max_bytes, list(passed_over), errors)
    for done, path in enumerate(files):
        if progress is not None:
            progress(done, len(files), path.name)
        reading.read(path)
    if progress is not None:
        progress(len(files), len(files), "")
    said = [*reading.findings, *shared_informants(reading.results), *hints_used(files, told)]
    if results := tuple(reading.results):
        said += [*labels_of_no_file(results, options), *hinted_labels_of_no_file(results, told)]
    return Batch(results, tuple(reading.errors), tuple(said), MappingProxyType(given), tuple(tables.values()))


@dataclass(slots=True)
class _Reading:
    """What was read of many files so far, each with the options that hold for it; what fails is kept as an error."""

    given: Mapping[Path, ImportOptions]
    max_bytes: int
    findings: list[Finding]
    errors: list[QualcodeError]
    results: list[tuple[Path, ImportResult]] = field(default_factory=list)
    _names: dict[str, Path] = field(default_factory=dict)

    def read(self, path: Path) -> None:
        """Read one more file."""
        names = self._names
        try:
            name = free_name(path.stem, names)
            result = read_file(path, self.given[path], max_bytes=self.max_bytes, title=name)
            _refuse_same_name(result, path, names)
        except QualcodeError as error:
            if error.file is None:
                error.file = path
            self.errors.append(error)
        except (RecursionError, MemoryError) as error:
            hint = N_("Open it in the program that made it, save it again, and import that.")
            self.errors.append(InputError(N_("the file is too large or too deeply nested"), hint=hint, file=path))
            del error
        else:
            if name != path.stem and name in names:
                self.findings.append(renamed(path, name, names[path.stem]))
            self.results.append((path, result))


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
