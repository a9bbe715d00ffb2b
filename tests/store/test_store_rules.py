"""Decisions on keyword rules in the log: with the rules of the code in one event, undone as one, merged, rebuilt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from copies import Copy, both

from qualcode.errors import NotFoundError
from qualcode.model import Code, Codebook, RuleVerdict
from qualcode.store.acts.codebook import put_codebook
from qualcode.store.acts.rules import decide_rule, free_rule
from qualcode.store.engine import reading
from qualcode.store.lookups import Remembered
from qualcode.store.read import _Reader
from qualcode.store.undo import redo, undo

BOOK = Codebook("kecil", (Code("sakit", keywords=("obat",)), Code("upah")))
ACCEPTED, LOCKED, FORBIDDEN = RuleVerdict.ACCEPTED, RuleVerdict.LOCKED, RuleVerdict.FORBIDDEN


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[Any]:
    """Return a study with a codebook; whatever a test does, its log rebuilds the same tables."""
    copy: Any = Copy(tmp_path / "a.qualcode", study_guid=uuid4().hex)
    copy.r = copy.coder("rani")
    put_codebook(copy.log, copy.by(copy.r), BOOK)
    yield copy
    before = copy.state()
    copy.rebuild()
    assert copy.state() == before
    assert copy.verify() == ()
    copy.close()


def corpus(copy: Any) -> Any:
    with reading(copy.engine) as connection:
        remembered: Remembered = {}
        return _Reader(connection, None, None, remembered).corpus()


def decided(copy: Any) -> list[tuple[str, str, str]]:
    return [(d.code, d.rule, d.verdict.value) for d in corpus(copy).rule_decisions]


def test_accepting_a_rule_is_one_event_and_undone_as_one(copy: Any) -> None:
    """The rule in the codebook and the decision come and go together."""
    decide_rule(
        copy.log,
        copy.by(copy.r),
        "sakit",
        "iuran ~4 berat",
        ACCEPTED,
        shown="12/14",
        keywords=("obat", "iuran ~4 berat"),
    )

    assert decided(copy) == [("sakit", "iuran ~4 berat", "accepted")]
    assert corpus(copy).codebook.code("sakit").keywords == ("obat", "iuran ~4 berat")
    assert corpus(copy).rule_decisions[0].shown == "12/14"

    undo(copy.log, copy.by(copy.r))

    assert decided(copy) == []
    assert corpus(copy).codebook.code("sakit").keywords == ("obat",)

    redo(copy.log, copy.by(copy.r))

    assert decided(copy) == [("sakit", "iuran ~4 berat", "accepted")]


def test_a_later_decision_on_the_same_rule_takes_the_place_of_the_earlier(copy: Any) -> None:
    """One rule of one code has one decision; the same again writes nothing."""
    first = decide_rule(copy.log, copy.by(copy.r), "sakit", "obat", LOCKED)
    again = decide_rule(copy.log, copy.by(copy.r), "sakit", "obat", LOCKED)
    decide_rule(copy.log, copy.by(copy.r), "upah", "obat", FORBIDDEN)

    assert first == again
    assert sorted(decided(copy)) == [("sakit", "obat", "locked"), ("upah", "obat", "forbidden")]

    decide_rule(copy.log, copy.by(copy.r), "sakit", "obat", FORBIDDEN)

    assert sorted(decided(copy)) == [("sakit", "obat", "forbidden"), ("upah", "obat", "forbidden")]


def test_a_decision_can_be_taken_back_later(copy: Any) -> None:
    """Not only by undoing: other things may have been done since."""
    guid = decide_rule(copy.log, copy.by(copy.r), "upah", "gaji", FORBIDDEN)
    decide_rule(copy.log, copy.by(copy.r), "sakit", "obat", LOCKED)
    free_rule(copy.log, copy.by(copy.r), guid)

    assert decided(copy) == [("sakit", "obat", "locked")]
    with pytest.raises(NotFoundError):
        free_rule(copy.log, copy.by(copy.r), guid)


def test_a_code_that_is_not_there_is_refused(copy: Any) -> None:
    """With the nearest key."""
    with pytest.raises(NotFoundError, match="skit"):
        decide_rule(copy.log, copy.by(copy.r), "skit", "obat", LOCKED)


def test_decisions_of_two_copies_are_both_kept_until_someone_decides_again(copy: Any) -> None:
    """Nobody's word is lost in a merge."""
    other = copy.split()
    other.r = copy.r
    decide_rule(copy.log, copy.by(copy.r), "sakit", "obat", LOCKED)
    decide_rule(other.log, other.by(other.r), "sakit", "obat", FORBIDDEN)
    decide_rule(other.log, other.by(other.r), "upah", "gaji", FORBIDDEN)
    merged = both(copy, other)
    merged.r = copy.r

    assert sorted(decided(merged)) == [
        ("sakit", "obat", "forbidden"),
        ("sakit", "obat", "locked"),
        ("upah", "gaji", "forbidden"),
    ]
    decide_rule(merged.log, merged.by(merged.r), "sakit", "obat", LOCKED)
    assert sorted(decided(merged)) == [("sakit", "obat", "locked"), ("upah", "gaji", "forbidden")]
    other.close()
