"""What identifies a person in a transcript, and what a person decided about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from qualcode.model.span import Span
from qualcode.model.transcript import EMPTY

__all__ = ["SPECIFIC", "Identifier", "IdentifierKind", "Kept", "Sharing"]


class IdentifierKind(StrEnum):
    """What an identifier is."""

    PERSON = "person"
    PLACE = "place"
    INSTITUTION = "institution"
    NIK = "nik"
    NPWP = "npwp"
    BPJS = "bpjs"
    PHONE = "phone"
    EMAIL = "email"
    PLATE = "plate"
    ACCOUNT = "account"
    ADDRESS = "address"
    BIRTH = "birth"
    HANDLE = "handle"

    @property
    def is_name(self) -> bool:
        """Whether it is a proper name, which becomes another name; all else becomes a word in brackets."""
        return self in _NAMES


_NAMES = frozenset({IdentifierKind.PERSON, IdentifierKind.PLACE, IdentifierKind.INSTITUTION})

SPECIFIC: frozenset[IdentifierKind] = frozenset(IdentifierKind) - _NAMES
"""The kinds that lead to one person by themselves: numbers, addresses, dates of birth, accounts."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """A stretch of a transcript's text that may tell who somebody is, until a person has looked.

    Attributes
    ----------
    span : Span
        All that belongs together, with the form of address and what is attached: ``Bu Sari-nya``.
    core : Span
        What a pseudonym stands for, inside `span`: ``Sari``. For kinds other than names the same as `span`.
    kind : IdentifierKind
        What it is.
    score : float
        How sure the finding is, from 0 to 1; an order, no probability.
    reason : str
        Template and message id that says why, with `parameters`; neither holds words of the text.
    identity : bool
        Whether a name tells who is meant without further knowledge: a header field, a whole name.
    forms : tuple of str
        What it is compared by: a name's words in small letters without titles (``("siti", "aminah")``), a number's
        digits in one string, also where it was spoken.
    """

    span: Span
    core: Span
    kind: IdentifierKind
    score: float
    reason: str
    parameters: Mapping[str, object] = field(default_factory=lambda: EMPTY, hash=False)
    identity: bool = False
    forms: tuple[str, ...] = ()

    @property
    def is_specific(self) -> bool:
        """Whether it leads to one person by itself, so that nothing leaves while nobody has looked at it."""
        return self.identity or self.kind in SPECIFIC


@dataclass(frozen=True, slots=True)
class Kept:
    """A person's decision that something is no identifier, or may stay.

    Everywhere in the study where `place` is None: then `word` (in small letters) is what stays, as `kind`. Otherwise here alone:
    `place` is the revision and the core span, and `word` is empty, so that the study does not speak it a second time.
    """

    kind: IdentifierKind
    word: str = ""
    place: tuple[str, Span] | None = None
    coder: str = ""
    at: datetime | None = None
    guid: str = ""


@dataclass(frozen=True, slots=True)
class Sharing:
    """A report or an export that was made: copies of a study's words that `erase` and masking do not reach.

    `what` is ``report``, ``export`` and the like, `name` the file's or folder's own name, without its path; `allowed` names what was let
    through by a person's word (`IdentifierKind` values, ``quotes``).
    """

    guid: str
    what: str
    name: str
    allowed: tuple[str, ...] = ()
    coder: str = ""
    at: datetime | None = None
