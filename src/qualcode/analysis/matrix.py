"""Who speaks of which code, and with which stance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from qualcode.analysis.asked import asked
from qualcode.analysis.passage import Passage, codes_shown, passages
from qualcode.analysis.unmentioned import Unmentioned, WhyUnmentioned, unmentioned
from qualcode.analysis.waiting import waiting
from qualcode.errors import N_, InputError
from qualcode.model import Corpus, Elicited, Stance

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ASKED", "SYMBOLS", "By", "Cell", "CodeMatrix", "code_matrix"]

By = Literal["informant", "transcript"]

SYMBOLS: Mapping[Stance, str] = MappingProxyType(
    {
        Stance.UNMARKED: "●",
        Stance.PRESENT: "●",
        Stance.PAST: "◐",
        Stance.PLANNED: "◐",
        Stance.DENIED: "○",
        Stance.OTHER: "◇",
    }
)
"""The sign of each stance. A coding without a marked stance counts as present."""

ORDER = "●◐○◇"
ASKED = "–"
"""The sign of what was asked, read and did not come up."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one informant (or transcript) has of one code.

    `passages` is a count of passages; `prompted` counts those that any coder marked so, `spontaneous` those marked so by
    somebody and prompted by nobody. `came_up` is how the matter is said of the speaker: spontaneous if at least one passage that states it
    is; prompted, which means only when asked, if all of them are; else unmarked, since of some it is not known. `why` is what is known of
    the asking where there is no passage.
    """

    passages: int = 0
    stances: frozenset[Stance] = frozenset()
    spontaneous: int = 0
    prompted: int = 0
    came_up: Elicited = Elicited.UNMARKED
    why: WhyUnmentioned = WhyUnmentioned.UNKNOWN

    @classmethod
    def of(cls, found: Sequence[Passage]) -> Cell:
        """Return the cell that holds the passages *found*."""
        own = {passage.came_up for passage in found if passage.states}
        return cls(
            passages=len(found),
            stances=frozenset().union(*(passage.stances for passage in found)),
            spontaneous=sum(passage.came_up is Elicited.SPONTANEOUS for passage in found),
            prompted=sum(passage.came_up is Elicited.PROMPTED for passage in found),
            came_up=_came_up(own),
        )

    @property
    def symbol(self) -> str:
        """● present (or not marked), ◐ past or planned, ○ denied, ◇ someone else, several where they are mixed.

        Without a passage – where the matter was asked and the answer read, else nothing: that it was not asked, or is not known.
        """
        if not self.passages:
            return ASKED if self.why is WhyUnmentioned.ASKED else ""
        return "".join(sorted({SYMBOLS[stance] for stance in self.stances}, key=ORDER.index))

    @property
    def states(self) -> bool:
        """Whether any coder marked the matter as said of the speaker: present, not marked, past or planned."""
        return bool(self.stances - {Stance.DENIED, Stance.OTHER})

    @property
    def denies(self) -> bool:
        """Whether the matter is denied in at least one passage."""
        return Stance.DENIED in self.stances


def _came_up(own: set[Elicited]) -> Elicited:
    """Return how a matter came up from how each passage that states it did."""
    if Elicited.SPONTANEOUS in own:
        return Elicited.SPONTANEOUS
    return Elicited.PROMPTED if own == {Elicited.PROMPTED} else Elicited.UNMARKED


EMPTY_CELL = Cell()


@dataclass(frozen=True, slots=True)
class CodeMatrix:
    """Informants or transcripts × codes.

    `rows` are informants' ids or transcripts' names, in corpus order, those without codings included; `codes` are keys in
    codebook order. `coder` is the coder it was made of, or empty for all, whose overlapping codings count once.
    """

    by: By
    rows: tuple[str, ...]
    codes: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]
    coder: str = ""

    def cell(self, row: str, code: str) -> Cell:
        """Return the cell of a row and a code; one without passages where nobody coded anything, with what is known of the asking."""
        return self.cells.get((row, code), EMPTY_CELL)

    def to_rows(self) -> tuple[tuple[str, ...], ...]:
        """Return one tuple a row: its name, then the symbol of each code."""
        return tuple((row, *(self.cell(row, code).symbol for code in self.codes)) for row in self.rows)

    def to_frame(self, *, values: Literal["symbol", "passages"] = "symbol") -> pd.DataFrame:
        """Return a frame of shape (n_rows, n_codes), of symbols or of counts of passages."""
        import pandas as pd

        return pd.DataFrame(
            [[getattr(self.cell(row, code), values) for code in self.codes] for row in self.rows],
            index=pd.Index(self.rows, name=self.by),
            columns=pd.Index(self.codes, name="code"),
        )


def code_matrix(
    corpus: Corpus,
    by: By = "informant",
    *,
    coder: str | None = None,
    rollup: bool = False,
    found: Sequence[Passage] | None = None,
    gaps: Unmentioned | None = None,
) -> CodeMatrix:
    """Return who speaks of which code, with which stance and in how many passages.

    Parameters
    ----------
    corpus : Corpus
        The study.
    by : {"informant", "transcript"}
        What a row is. A passage in which two informants speak counts for both; one in which no informant speaks counts
        for none.
    coder : str, optional
        The codings of this coder (id) alone.
    rollup : bool
        Let child codes count for their parents as well.
    found : sequence of Passage, optional
        What `passages` gave for the same corpus, coder and roll-up, where it is at hand already.
    gaps : Unmentioned, optional
        What `unmentioned` gave for the same corpus and coder, where it is at hand already.

    Raises
    ------
    InputError
        If *by* is neither.
    NotFoundError
        If there is no such coder.
    """
    found = passages(corpus, coder=coder, rollup=rollup) if found is None else found
    if by == "informant":
        names = {informant.guid: informant.id for informant in corpus.informants}
    elif by == "transcript":
        names = {transcript.guid: transcript.name for transcript in corpus.transcripts}
    else:
        raise InputError(N_("a code matrix is by informant or by transcript, not by {by!r}"), by=by)
    if gaps is None:
        gaps = unmentioned(corpus, asked(corpus), coder=coder)
    cells = _empty_cells(corpus, gaps, by, names) | _cells(found, by, names)
    return CodeMatrix(by, tuple(names.values()), codes_shown(corpus), MappingProxyType(cells), coder or "")


def _empty_cells(corpus: Corpus, gaps: Unmentioned, by: By, names: Mapping[str, str]) -> dict[tuple[str, str], Cell]:
    """Return a cell, by row name and code key, wherever something is known of the asking; what waits for review is not called absent."""
    known = gaps.informants if by == "informant" else gaps.transcripts
    waits = {
        (guid, of.code) for of in waiting(corpus) for guid in (of.informants if by == "informant" else (of.transcript,))
    }
    return {
        (names[guid], code): Cell(why=why)
        for (guid, code), why in known.items()
        if why is not WhyUnmentioned.UNKNOWN and (guid, code) not in waits
    }


def _cells(found: Iterable[Passage], by: By, names: Mapping[str, str]) -> dict[tuple[str, str], Cell]:
    """Return the filled cells by row name and code key."""
    groups: defaultdict[tuple[str, str], list[Passage]] = defaultdict(list)
    for passage in found:
        for guid in passage.informants if by == "informant" else (passage.transcript,):
            groups[names[guid], passage.code].append(passage)
    return {key: Cell.of(group) for key, group in groups.items()}
