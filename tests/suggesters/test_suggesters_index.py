"""A suggester fitted again reads only what is new, and says what one fitted anew would say."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from qualcode.model import Code, Codebook, Corpus, Kind, Transcript
from qualcode.suggesters._clues import Finder
from qualcode.suggesters._engine import Rows
from qualcode.suggesters._index import Index
from qualcode.suggesters._units import Unit, units

BOOK = Codebook("kerja", (Code("utang", keywords=("utang",)), Code("cuaca", keywords=("hujan",))))
LINES = [f"{word} {n}" for n in range(20) for word in ("ada utang", "hujan lagi", "sepi pembeli")]


def study(lines: list[str], *, name: str = "a") -> tuple[Unit, ...]:
    """Return a document's lines as units."""
    guid = name * 32
    text = "\n".join(lines)
    return units(Corpus(codebook=BOOK, transcripts=(Transcript(guid, guid, name, text, kind=Kind.DOCUMENT),)))


class Reading:
    """Makes rows, and remembers how many it was asked for."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self._finder = Finder(BOOK, ["utang", "cuaca"])

    def __call__(self, each: Sequence[Unit]) -> Rows:
        self.asked.append(len(each))
        texts = [unit.text for unit in each]
        return Rows(texts, [""] * len(texts), self._finder.clues(texts, [{} for _ in texts]))


def test_what_is_known_is_not_read_again_in_whatever_order() -> None:
    index, reading = Index(), Reading()
    every = study(LINES)
    first, _ = index.of(BOOK, every, reading)
    again, _ = index.of(BOOK, tuple(reversed(every)), reading)

    assert reading.asked == [60]
    assert again.topics[::-1] == pytest.approx(first.topics)
    assert (again.terms[::-1] != first.terms).nnz == 0


def test_the_same_texts_imported_again_lie_at_the_same_places() -> None:
    halves = LINES[:30], LINES[30:]
    one = (*study(halves[0], name="a"), *study(halves[1], name="b"))
    other = (*study(halves[0], name="f"), *study(halves[1], name="c"))  # the second has the lower id now
    tables = [Index().of(BOOK, each, Reading())[0] for each in (one, other)]

    assert tables[0].topics.tolist() == tables[1].topics.tolist()
    assert (tables[0].terms != tables[1].terms).nnz == 0


def test_a_few_new_units_are_placed_and_many_teach_anew() -> None:
    index, reading = Index(), Reading()
    every = study(LINES)
    index.of(BOOK, every, reading)
    few = study(["ada utang baru"], name="b")
    table, clues = index.of(BOOK, (*few, *every), reading)
    expected = index.features.transform(["ada utang baru"], [""])

    assert reading.asked == [60, 1]
    assert table.topics[0] == pytest.approx(expected.topics[0])
    assert len(clues) == 61

    many = study([f"angkot {n}" for n in range(40)], name="c")
    index.of(BOOK, (*every, *many), reading)

    assert reading.asked == [60, 1, 100]
    assert "angkot" in index.features.words


def test_another_codebook_is_read_anew() -> None:
    index, reading = Index(), Reading()
    every = study(LINES)
    index.of(BOOK, every, reading)
    index.of(Codebook("lain", (Code("cuaca", keywords=("hujan",)),)), every, reading)

    assert reading.asked == [60, 60]
