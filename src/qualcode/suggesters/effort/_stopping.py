"""How many of a code's passages are probably found: what to know before one stops reading, never a "done"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.errors import N_
from qualcode.model import Corpus
from qualcode.suggesters.effort._hypergeometric import (
    least_missing,
    most_missing,
    needed_without,
    p_missing,
    probably_missing,
)
from qualcode.suggesters.effort._order import CodeOrder, orders

__all__ = ["Stopping", "stopping"]

NOTHING_READ = N_("nothing has been read for this code yet")
IN_ORDER = N_(
    "passages were read otherwise than by suggestions of the code, in the order of the text or to learn most: whoever is unread may speak of other things, so nothing follows for them"
)
TOO_EARLY = N_(
    "suggestions have led to too few passages without the code to tell how many are left: go on, also with those of a lower probability (--by rest)"
)
NOTHING_FOUND = N_("no passage has been found yet, so there is nothing to take a share of")

LEAST = 0.5
"""Below this share at even odds the test has hardly begun to say anything: a queue that still leads to the code looks like a rich rest."""
TARGET = 0.95
SURE = 0.99
"""Confidence at which the test is inverted for a promise of 95 %: it looks at many urns and takes the one that says most, so that a nominal
confidence is not kept. Over random orders, the worst queue there is (6 to 250 of 100 to 2,000 units, 15 to 90 % read), the promise then
held in 94 to 100 of 100 (500 of 5,000: 92 to 95); at .975 in 87 to 100, at .95 in 78 to 100. That is at one moment: who asks forty times on the
way is promised too much at least once in 3 to 50 of 100."""


@dataclass(frozen=True, slots=True)
class Stopping:
    """What is probably found of one code.

    Attributes
    ----------
    code : str
        Its key.
    n_units, n_read, n_queued, n_found : int
        Units in which it may stand; those read for it, and of these the ones that a suggestion of the code led to; those read that bear it.
    run : int
        Units read since the last that bore it.
    rejections : int
        Suggestions of the code turned down in a row.
    share : float or None
        At least this share (0 to 1) of the units that bear it is found, at even odds.
    low, high : float or None
        The interval of that share at 95 %. `high` is 1: a queue that shows the likeliest first gives no upper limit.
    missing_most : int or None
        At most so many unread units bear it, at 95 %.
    needed : int or None
        After so many more passages, if none of them bears the code, 95 % would be found with 95 % confidence; 0 where they are. ``None``
        where no suggestion was reviewed or nothing is found.
    p : float or None
        Of the hypothesis that less than 95 % is found (Callaghan & Müller-Hansen 2020); nominal, see `SURE`.
    undefined : str
        Why `share`, `low`, `high` and `p` are ``None``: an English message id without parameters.
    """

    code: str
    n_units: int
    n_read: int
    n_queued: int
    n_found: int
    run: int
    rejections: int
    share: float | None
    low: float | None
    high: float | None
    missing_most: int | None
    needed: int | None
    p: float | None
    undefined: str = ""

    def to_row(self) -> dict[str, object]:
        """Return the fields by name; ``None`` stands for undefined."""
        return {name: getattr(self, name) for name in self.__slots__}


def stopping(corpus: Corpus, *, coder: str | None = None, codes: Sequence[str] | None = None) -> tuple[Stopping, ...]:
    """Return for each code what share of its units *coder* has probably found.

    What is unread is judged by what suggestions of the code led to: they are drawn from all that is unread, the likeliest first. What was
    read in the order of the text is counted as read but tells nothing of other informants, so without suggestions reviewed
    the share is undefined, unless all is read.

    Parameters
    ----------
    corpus : Corpus
        The study.
    coder : str, optional
        Id of the coder whose reading counts; everyone's by default.
    codes : sequence of str, optional
        Keys; all codes in use by default.

    Raises
    ------
    NotFoundError
        If the codebook has no such code.
    """
    keys = [corpus.codebook.code(key).key for key in codes] if codes else [one.key for one in corpus.codebook.active]
    return tuple(_of(order) for order in orders(corpus, coder, keys))


def _of(order: CodeOrder) -> Stopping:
    """Return what the order of reading one code tells."""
    labels, drawn = order.labels, order.labels[order.queued]
    n_read, found = len(labels), int(labels.sum())
    unread = order.n_units - n_read
    share = low = p = None
    missing: int | None = None
    needed: int | None = None
    if not unread:
        missing = 0
    elif len(drawn):
        missing = most_missing(drawn, unread, SURE)
    reason = NOTHING_READ if not n_read else IN_ORDER if missing is None else NOTHING_FOUND if not found else ""
    if missing is not None and found:
        low = found / (found + missing)
        share = max(low, found / (found + (probably_missing(drawn, unread) if unread else 0)))
        p = p_missing(drawn, unread, least_missing(found, TARGET))
        needed = needed_without(drawn, unread, least_missing(found, TARGET), 1 - SURE) if unread else 0
        if share < LEAST:
            share = low = p = None
            reason = TOO_EARLY
    return Stopping(
        code=order.code,
        n_units=order.n_units,
        n_read=n_read,
        n_queued=len(drawn),
        n_found=found,
        run=n_read - (int(labels.nonzero()[0][-1]) + 1 if found else 0),
        rejections=order.rejections,
        share=share,
        low=low,
        high=None if share is None else 1.0,
        missing_most=missing,
        needed=needed,
        p=p,
        undefined=reason,
    )
