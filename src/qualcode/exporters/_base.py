"""What an exporter is, and how every export reaches the disk: whole or not at all."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import BinaryIO, ClassVar

from qualcode.errors import N_, ProjectFileError, reason_of
from qualcode.files.whole import replacing, require_place
from qualcode.model import Corpus

__all__ = ["Exporter"]


class Exporter(ABC):
    """One file format. The same corpus gives the same bytes: an exporter reads no clock.

    Parameters
    ----------
    language : {"id", "en"}
        Of headings and explanations, in formats made to be read by people.
    """

    suffix: ClassVar[str]
    """Of files in this format, lower case with the dot."""

    def __init__(self, *, language: str = "id") -> None:
        self.language = language

    @abstractmethod
    def dump(self, corpus: Corpus, stream: BinaryIO) -> None:
        """Write *corpus* to *stream*, coding by coding where the format allows it."""

    def write(self, corpus: Corpus, path: str | Path) -> None:
        """Write *corpus* to *path*. What was there stays until the new file is complete.

        Raises
        ------
        InputError
            If the folder does not exist, *path* is a folder, or the format cannot hold the corpus.
        ProjectFileError
            If the file cannot be written, for instance because it is open in Excel.
        """
        path = Path(path)
        require_place(path)
        try:
            with replacing(path) as stream:
                self.dump(corpus, stream)
        except OSError as error:
            raise ProjectFileError(
                N_("cannot write the file: {reason}"),
                hint=N_("close it in Excel, or choose another name or folder"),
                file=path,
                reason=reason_of(error),
            ) from error
