"""The verbs that say how far suggestions carry: what is probably found, and how good they would have been."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.project.desk import Desk

if TYPE_CHECKING:
    from qualcode.suggesters.effort import Stopping

__all__ = ["EvaluationVerbs"]


class EvaluationVerbs(Desk):
    """Measure suggestions; nothing in the study changes."""

    def stopping(self, code: str | None = None) -> tuple[Stopping, ...]:
        """Return for *code* (or each code in use) what share of its passages this coder has probably found, with an interval.

        Never a "done": a share is undefined, with the reason, until suggestions of the code were reviewed. Everyone's work counts
        where no coder is at the keyboard.

        Raises
        ------
        NotFoundError
            If the codebook has no such code.
        """
        from qualcode.suggesters.effort import stopping

        return stopping(self.corpus(viewer=self._coder), coder=self._coder, codes=[code] if code else None)
