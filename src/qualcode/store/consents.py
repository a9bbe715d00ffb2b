"""What an informant agreed to, as registers of the informant and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TypeVar, cast

from qualcode.model import Consent, ConsentForm, Quoting

__all__ = ["consent_of", "registers_of"]

T = TypeVar("T", bound=StrEnum)


def registers_of(consent: Consent) -> dict[str, object]:
    """Return the registers of *consent*: one each field, so that two people who fill in different ones do not conflict."""
    days = {"date": consent.date, "until": consent.until, "withdrawn": consent.withdrawn}
    return {
        **{f"consent.{name}": None if day is None else day.isoformat() for name, day in days.items()},
        "consent.form": str(consent.form),
        "consent.purposes": list(consent.purposes),
        "consent.quoting": str(consent.quoting),
    }


def consent_of(informant: str, values: Mapping[str, object]) -> Consent:
    """Return the consent of *informant* (guid) from the registers of the family ``consent.``, without the prefix."""
    return Consent(
        informant,
        date=_day(values.get("date")),
        form=_known(ConsentForm, values.get("form")),
        purposes=tuple(str(each) for each in cast("Sequence[object]", values.get("purposes") or ())),
        quoting=_known(Quoting, values.get("quoting")),
        until=_day(values.get("until")),
        withdrawn=_day(values.get("withdrawn")),
    )


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def _known(kind: type[T], value: object) -> T:
    """Return the member with *value*; what a later program may have written and this one does not know counts as not recorded."""
    return next((member for member in kind if member == value), kind(""))
