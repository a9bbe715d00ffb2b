"""What a codebook format is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from qualcode.errors import InputError
from qualcode.model import Codebook, Finding

__all__ = ["CodebookFormat", "CodebookReading"]


@dataclass(slots=True)
class CodebookReading:
    """What was read from a file: a codebook, or what is wrong with it.

    `lines` gives the line (from 1) of a field, by code key, field name and place in its list (from 0; 0 for a single value). `findings` says
    what was guessed, such as which column holds what.
    """

    codebook: Codebook | None = None
    problems: list[InputError] = field(default_factory=list)
    lines: Mapping[tuple[str, str, int], int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


class CodebookFormat(ABC):
    """A file format for codebooks. A plug-in is one public subclass in a module of `qualcode.codebooks`."""

    extensions: ClassVar[tuple[str, ...]]
    """Suffixes of its files, in small letters with the point."""

    @abstractmethod
    def read(self, data: bytes, *, file: str, columns: Mapping[str, str] | None = None) -> CodebookReading:
        """Return the codebook in *data*, or every problem found.

        Parameters
        ----------
        data : bytes
            The file.
        file : str
            The name that problems speak of.
        columns : mapping of str to str, optional
            In tables, the heading of the column that holds a field of a code, where it is not guessed rightly.
        """

    @abstractmethod
    def write(self, codebook: Codebook, *, language: Literal["id", "en"] = "id") -> bytes:
        """Return *codebook* as a file whose codes read back equal; *language* is that of headings, where the format has any."""
