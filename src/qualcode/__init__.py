"""Qualitative interview coding and thematic analysis, made first for Indonesian interviews.

Names are loaded when they are first used, so that ``import qualcode`` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    __version__: str
    from qualcode.agreement import Agreement, agree, agreement_from_frame
    from qualcode.analysis import code_matrix, frequency
    from qualcode.codebooks import load_codebook
    from qualcode.errors import QualcodeError
    from qualcode.exporters import export
    from qualcode.importers import read_transcripts
    from qualcode.model import Code, Codebook, Coding, Corpus, Informant, Segment, Span, Suggestion, Transcript, Turn
    from qualcode.project import Project
    from qualcode.rules import tag
    from qualcode.segmenters import segment
    from qualcode.suggesters import CodeSuggester

__all__ = [
    "Agreement",
    "Code",
    "CodeSuggester",
    "Codebook",
    "Coding",
    "Corpus",
    "Informant",
    "Project",
    "QualcodeError",
    "Segment",
    "Span",
    "Suggestion",
    "Transcript",
    "Turn",
    "__version__",
    "agree",
    "agreement_from_frame",
    "code_matrix",
    "export",
    "frequency",
    "load_codebook",
    "read_transcripts",
    "segment",
    "tag",
]

_HOMES = {
    "agreement": ("Agreement", "agree", "agreement_from_frame"),
    "analysis": ("code_matrix", "frequency"),
    "codebooks": ("load_codebook",),
    "errors": ("QualcodeError",),
    "exporters": ("export",),
    "importers": ("read_transcripts",),
    "model": (
        "Code",
        "Codebook",
        "Coding",
        "Corpus",
        "Informant",
        "Segment",
        "Span",
        "Suggestion",
        "Transcript",
        "Turn",
    ),
    "project": ("Project",),
    "rules": ("tag",),
    "segmenters": ("segment",),
    "suggesters": ("CodeSuggester",),
}
_HOME = {name: room for room, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    if name == "__version__":
        return _version()
    if name in _HOME:
        value = getattr(importlib.import_module(f"qualcode.{_HOME[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'qualcode' has no attribute {name!r}")


def _version() -> str:
    # imported here: reading the package's metadata takes longer than all else that `qualcode --help` does
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("qualcode")
    except PackageNotFoundError:  # a source tree that was never installed
        return "0+unknown"


def __dir__() -> list[str]:
    return sorted(__all__)
