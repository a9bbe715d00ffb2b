"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from qualcode.errors import N_, InputError

__all__ = ["replacing", "require_place"]


def require_place(path: Path) -> None:
    """Refuse a *path* that cannot become a file.

    Raises
    ------
    InputError
        If it is a folder, or its folder does not exist.
    """
    if path.is_dir():
        raise InputError(
            N_("this is a folder, not a file to write"), hint=N_("write the name of a file behind it"), file=path
        )
    if not path.parent.is_dir():
        raise InputError(
            N_("there is no folder {folder!r} to write into"),
            hint=N_("make that folder first, or name another"),
            file=path,
            folder=str(path.parent),
        )


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Give a stream whose bytes become *path* at the end of the block: complete and on disk, with the rights of the file that was there.

    What was there stays until then, and for good where the block fails.

    Raises
    ------
    OSError
        If the folder cannot be written, or another program holds *path* open.
    """
    part = path.with_name(f".qualcode-{secrets.token_hex(6)}.part")
    try:
        with part.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            shutil.copymode(path, part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
