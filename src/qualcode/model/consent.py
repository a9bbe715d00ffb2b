"""What an informant agreed to, and until when."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from qualcode.errors import N_

__all__ = ["Consent", "ConsentForm", "Quoting"]


class ConsentForm(StrEnum):
    """How consent was given; the law takes both (UU 27/2022, Pasal 22). Empty where not recorded."""

    UNRECORDED = ""
    WRITTEN = "written"
    RECORDED = "recorded"


class Quoting(StrEnum):
    """What may be made public of an informant's words. Empty where not recorded, which permits nothing."""

    UNRECORDED = ""
    VERBATIM = "verbatim"
    PARAPHRASE = "paraphrase"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Consent:
    """What one informant (guid) agreed to.

    `date` is when consent was given, `purposes` what for, `until` the day to which the data may be kept, `withdrawn` the day on which
    consent was taken back. Each field may be missing: it is shown as not recorded.
    """

    informant: str
    date: datetime.date | None = None
    form: ConsentForm = ConsentForm.UNRECORDED
    purposes: tuple[str, ...] = ()
    quoting: Quoting = Quoting.UNRECORDED
    until: datetime.date | None = None
    withdrawn: datetime.date | None = None

    @property
    def withheld(self) -> str:
        """Why the informant's words may not be quoted, as a message id; empty where they may."""
        if self.withdrawn is not None:
            return N_("consent was withdrawn")
        return {
            Quoting.VERBATIM: "",
            Quoting.PARAPHRASE: N_("may be paraphrased, not quoted"),
            Quoting.NONE: N_("may not be quoted"),
            Quoting.UNRECORDED: N_("whether they may be quoted is not recorded"),
        }[self.quoting]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is recorded."""
        return self == Consent(self.informant)

    def is_due(self, on: datetime.date) -> bool:
        """Tell whether the data should be erased by the day *on*: consent was withdrawn, or they were to be kept no longer."""
        return self.withdrawn is not None or (self.until is not None and self.until < on)
