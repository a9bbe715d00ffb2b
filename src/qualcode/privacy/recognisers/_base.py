"""What a recogniser is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping

from qualcode.model import Identifier, IdentifierKind, Span
from qualcode.privacy._page import Page

__all__ = ["Recogniser", "whole"]


class Recogniser(ABC):
    """Finds one sort of identifier; one module each, found by its name. Overlaps are settled afterwards, by score and length."""

    @abstractmethod
    def find(self, page: Page) -> Iterator[Identifier]:
        """Yield what is found in *page*, in any order."""


def whole(
    span: tuple[int, int],
    kind: IdentifierKind,
    score: float,
    reason: str,
    *,
    forms: tuple[str, ...] = (),
    parameters: Mapping[str, object] | None = None,
    identity: bool = False,
) -> Identifier:
    """Return an identifier that is all core."""
    place = Span(*span)
    return Identifier(place, place, kind, score, reason, parameters or {}, identity=identity, forms=forms)
