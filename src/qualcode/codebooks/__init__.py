"""Codebook files: read, written, compared, checked. One module a format, found by name."""

from qualcode.codebooks._changes import Change, diff
from qualcode.codebooks._checking import check
from qualcode.codebooks._files import dump_codebook, formats, load_codebook, shipped_codebooks, write_codebook
from qualcode.codebooks._table import CODE_HEADINGS
from qualcode.codebooks.base import CodebookFormat

__all__ = [
    "CODE_HEADINGS",
    "Change",
    "CodebookFormat",
    "check",
    "diff",
    "dump_codebook",
    "formats",
    "load_codebook",
    "shipped_codebooks",
    "write_codebook",
]
