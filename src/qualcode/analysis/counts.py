"""How many informants speak of each code, and in how many passages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING

from qualcode.analysis.matrix import Cell, code_matrix
from qualcode.analysis.passage import Passage, SegmentIndex, passages
from qualcode.analysis.unmentioned import NOTHING
from qualcode.analysis.voices import heard
from qualcode.model import Corpus, Elicited, Stance

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CodeCount", "Frequency", "frequency"]


@dataclass(frozen=True, slots=True)
class CodeCount:
    """The counts of one code.

    Informants first: `informants` say it of themselves (present, not marked, past or planned), `denying` deny it in at least
    one passage, `of_others` speak only of someone else; one who states and denies counts in both of the first two.
    Of `informants`, `spontaneous` have at least one stating passage marked spontaneous, and `prompted` none but stating passages marked
    prompted; of the rest it is not known. A passage whose marks differ counts as prompted. A stance counts as soon as one coder marked it. Then `passages` (coders counted once), `segments`
    (of the study's segmentation that they touch; None where the study has no segments) and `codings` (coders counted each).
    """

    code: str
    informants: int
    denying: int
    of_others: int
    spontaneous: int
    prompted: int
    passages: int
    segments: int | None
    codings: int


@dataclass(frozen=True, slots=True)
class Frequency:
    """Counts of every code, in codebook order, out of `n_informants` informants and `n_transcripts` transcripts.

    Informants are those of whom the study holds words, by the rule of `qualcode.analysis.heard`.
    """

    rows: tuple[CodeCount, ...]
    n_informants: int
    n_transcripts: int
    coder: str = ""

    def __getitem__(self, code: str) -> CodeCount:
        """Return the counts of *code*; `KeyError` if it has none."""
        for row in self.rows:
            if row.code == code:
                return row
        raise KeyError(code)

    def to_rows(self) -> tuple[tuple[str | int | None, ...], ...]:
        """Return one tuple a code, in the order of the fields of `CodeCount`."""
        return tuple(tuple(asdict(row).values()) for row in self.rows)

    def to_frame(self) -> pd.DataFrame:
        """Return a frame with a row per code."""
        import pandas as pd

        names = [field.name for field in fields(CodeCount)]
        return pd.DataFrame(list(self.to_rows()), columns=names).set_index("code")


def frequency(
    corpus: Corpus, *, coder: str | None = None, rollup: bool = False, found: Sequence[Passage] | None = None
) -> Frequency:
    """Return the counts of every code: informants first, because passages depend on how long a person talks.

    Parameters
    ----------
    corpus : Corpus
        The study.
    coder : str, optional
        The codings of this coder (id) alone.
    rollup : bool
        Let child codes count for their parents as well.
    found : sequence of Passage, optional
        What `passages` gave for the same corpus, coder and roll-up, where it is at hand already.

    Notes
    -----
    A passage is the union of overlapping codings of one code, by whichever coder: two coders who mark the same words make one.
    Passages in which no informant has a voice, such as those in field notes, count as passages but for no informant; those that hold an
    interviewer's or a bystander's words alone do not count at all (`qualcode.analysis.unvoiced`).
    """
    found = passages(corpus, coder=coder, rollup=rollup) if found is None else found
    matrix = code_matrix(corpus, coder=coder, rollup=rollup, found=found, gaps=NOTHING)
    n_passages = Counter(passage.code for passage in found)
    n_codings = Counter(dict.fromkeys(matrix.codes, 0))
    for passage in found:
        n_codings[passage.code] += len(passage.codings)
    n_segments = _segments(corpus, found) if corpus.segments else None
    counts = []
    for key in matrix.codes:
        cells = [matrix.cell(row, key) for row in matrix.rows]
        counts.append(
            CodeCount(
                code=key,
                informants=sum(cell.states for cell in cells),
                denying=sum(cell.denies for cell in cells),
                of_others=sum(_only_of_others(cell) for cell in cells),
                spontaneous=sum(cell.came_up is Elicited.SPONTANEOUS for cell in cells),
                prompted=sum(cell.came_up is Elicited.PROMPTED for cell in cells),
                passages=n_passages[key],
                segments=None if n_segments is None else n_segments[key],
                codings=n_codings[key],
            )
        )
    return Frequency(tuple(counts), len(heard(corpus)), len(corpus.transcripts), coder or "")


def _only_of_others(cell: Cell) -> bool:
    return cell.stances == {Stance.OTHER}


def _segments(corpus: Corpus, found: Sequence[Passage]) -> Counter[str]:
    """Return how many segments the passages of each code touch."""
    index = SegmentIndex(corpus)
    touched = {(p.code, p.transcript, number) for p in found for number in index.touched(p.transcript, p.span)}
    return Counter(code for code, _, _ in touched)
