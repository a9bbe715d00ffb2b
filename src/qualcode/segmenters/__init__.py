"""Transcript → segments, the units of coding and of agreement. One module a segmenter, found by name."""

from qualcode.segmenters._choice import get, names, segment
from qualcode.segmenters.base import Segmenter

__all__ = ["Segmenter", "get", "names", "segment"]
