"""The macros every codebook may use; one of the same name in the codebook's own ``macros`` comes first."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["BUILT_IN"]

BUILT_IN: Mapping[str, str] = MappingProxyType(
    {
        # tidak stands for nggak, gak, kagak, ndak, tak … (qualcode.nlp); Javanese and Sundanese words are negations too.
        "NEG": "(tidak | belum | tanpa | ora | ra | mboten | durung | teu | henteu | moal | acan | encan | tacan | boro-boro)",
        "UANG": "amounts of money; understood by the parser, not spelled out",
    }
)
"""Name → rule text."""
