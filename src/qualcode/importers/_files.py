"""Which files a batch reads, and their bytes."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Sequence
from pathlib import Path

from qualcode.errors import N_, InputError, NotFoundError, nearest
from qualcode.model import Finding

__all__ = ["MAX_BYTES", "find_files", "is_hints", "read_bytes", "without"]

MAX_BYTES = 200_000_000
"""The largest file that is read, in bytes."""

HINTS = (".hints.yaml", ".hints.yml")
"""How the name of a file of hints ends."""


_WRITINGS = {".doc", ".pages", ".html", ".htm", ".docs", ".wps"}
"""Suffixes of what may well be a transcript, once it is saved otherwise."""


def is_hints(path: Path) -> bool:
    """Tell whether the file at *path* is one of hints, by its name: ``.hints.yaml`` or ``wawancara.hints.yaml``."""
    return path.name.lower().endswith(HINTS)


def read_bytes(path: Path, max_bytes: int) -> bytes:
    """Return what is in the file at *path*.

    Raises
    ------
    InputError
        If it is too large, not a regular file, or cannot be opened.
    NotFoundError
        If there is no such file.
    """
    try:
        how = path.stat()
        if stat.S_ISDIR(how.st_mode):
            raise IsADirectoryError
        if not stat.S_ISREG(how.st_mode):
            raise InputError(  # a pipe or a device may never end, or never begin
                N_("this is no regular file but a pipe or a device; it was not opened"),
                hint=N_("Copy what it holds into a file, and import that."),
                file=path,
            )
        size = how.st_size
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
        if path.is_symlink():
            raise InputError(
                N_("this is a link to a file that is not there"),
                hint=N_("Copy the file itself here, or name the place where it lies."),
                file=path,
            ) from error
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


def find_files(paths: Sequence[Path], known: Collection[str]) -> tuple[list[Path], list[Finding]]:
    """Return the files to read, those named and those in the named folders, and a note on each that is passed over there.

    Word's lock files, hidden files and read-me files are no transcripts and need no note; folders inside folders are not
    entered, since beside transcripts they mostly hold tables and codebooks.

    Parameters
    ----------
    paths : sequence of Path
        Files and folders.
    known : collection of str
        The suffixes that some importer reads.
    """
    files: dict[str, Path] = {}
    notes: dict[str, Finding] = {}
    for path in paths:
        for file in sorted(path.iterdir()) if path.is_dir() else [path]:
            lock = file.name.startswith(("~$", "._", ".~lock"))
            if lock or is_hints(file) or (file is not path and _is_no_matter(file)):
                continue
            key = os.path.normcase(file.absolute())
            if file is path or (file.is_file() and file.suffix.lower() in known):
                files.setdefault(key, file)
            else:
                notes.setdefault(key, _passed_over(file))
    return list(files.values()), [note for key, note in notes.items() if key not in files]


def without(files: Sequence[Path], left_out: Collection[Path]) -> list[Path]:
    """Return the *files* that are not among those *left_out*, however their paths are written."""
    others = {os.path.normcase(path.resolve()) for path in left_out}
    return [file for file in files if os.path.normcase(file.resolve()) not in others]


def _is_no_matter(file: Path) -> bool:
    """Tell whether a file in a folder needs no note: hidden and read-me files, and a study with what stands beside it."""
    if file.suffix.lower() in {".qualcode", ".qualcode-wal", ".qualcode-shm", ".cadangan"}:
        return True
    return file.name.startswith(".") or file.stem.upper() in {"README", "BACA-SAYA", "BACASAYA"}


def _passed_over(file: Path) -> Finding:
    suffix = file.suffix.lower()
    if file.is_dir():
        message = N_("a folder within the folder was not entered; name it too if it holds transcripts")
    elif not file.is_file():
        message = N_("passed over: a link to a file that is not there, or no regular file")
    elif suffix in _WRITINGS:
        message = N_(
            "passed over: no importer reads files ending in {suffix!r}; save it as .docx or .txt to bring it in"
        )
    elif suffix:
        message = N_("passed over: no importer reads files ending in {suffix!r}")
    else:
        message = N_("passed over: the name has no ending such as .txt that says what the file is")
    parameters = {"suffix": file.suffix} if "{suffix" in message else {}
    return Finding("note", message, file.name, rule="folder", parameters=parameters)
