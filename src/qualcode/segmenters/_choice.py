"""Choosing a segmenter by name."""

from __future__ import annotations

from functools import cache

from qualcode.model import Segment, Transcript
from qualcode.plugins import Registry
from qualcode.segmenters.base import Segmenter

__all__ = ["get", "names", "segment"]


@cache
def registry() -> Registry[Segmenter]:
    """Return the registry of segmenters."""
    return Registry("qualcode.segmenters", Segmenter, not_plugins=("base",))  # type: ignore[type-abstract]


def names() -> tuple[str, ...]:
    """Return the names of all segmenters, the built-in ones first."""
    return registry().names


def get(name: str) -> type[Segmenter]:
    """Return the segmenter called *name*.

    Raises
    ------
    NotFoundError
        With the nearest names, if there is none.
    """
    return registry().get(name)


def segment(transcript: Transcript, by: str = "turn") -> tuple[Segment, ...]:
    """Return the segments of *transcript*.

    Parameters
    ----------
    transcript : Transcript
        A transcript, with or without turns.
    by : str
        turn, sentence, paragraph, answer, or the name of another plug-in.

    Returns
    -------
    tuple of Segment
        Ordered and disjoint.

    Raises
    ------
    NotFoundError
        If there is no such segmenter; with near names.
    """
    return get(by)().segment(transcript)
