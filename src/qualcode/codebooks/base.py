"""What a codebook format is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from qualcode.errors import InputError
from qualcode.model import Codebook

__all__ = ["CodebookFormat", "CodebookReading"]


@dataclass(slots=True)
class CodebookReading:
    """What was read from a file: a codebook, or what is wrong with it.

    `lines` gives the line (from 1) of a field, by code key, field name and place in its list (from 0; 0 for a single value).
    """

    codebook: Codebook | None = None
    problems: list[InputError] = field(default_factory=list)
    lines: Mapping[tuple[str, str, int], int] = field(default_factory=dict)


class CodebookFormat(ABC):
    """A file format for codebooks. A plug-in is one public subclass in a module of `qualcode.codebooks`."""

    extensions: ClassVar[tuple[str, ...]]
    """Suffixes of its files, in small letters with the point."""

    @abstractmethod
    def read(self, data: bytes, *, file: str) -> CodebookReading:
        """Return the codebook in *data*, or every problem found; *file* is the name that problems speak of."""

    @abstractmethod
    def write(self, codebook: Codebook) -> str:
        """Return *codebook* as text that reads back equal."""
