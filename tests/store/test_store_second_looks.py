"""Decisions on passages that were decided before: blind, or coded already. One event each, undone as one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from copies import Copy

from qualcode.errors import NotFoundError
from qualcode.model import Code, Codebook, Origin, Span, Transcript, Verdict
from qualcode.store.acts import codings, decisions, memos, transcripts
from qualcode.store.acts.codebook import put_codebook
from qualcode.store.engine import reading
from qualcode.store.lookups import Remembered
from qualcode.store.read import _Reader

BOOK = Codebook("kecil", (Code("hujan"), Code("upah")))
PLACE = Span(3, 9)


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[Any]:
    """Return a study with one coding; whatever a test does, its log rebuilds the same tables."""
    copy: Any = Copy(tmp_path / "a.qualcode", study_guid=uuid4().hex)
    copy.r = copy.coder("rani")
    put_codebook(copy.log, copy.by(copy.r), BOOK)
    copy.t = Transcript(uuid4().hex, uuid4().hex, "w1", "N: Hujan ya nol.\n")
    transcripts.import_transcripts(copy.log, copy.by(copy.r), [transcripts.NewTranscript(copy.t, "w1.txt", b"x")])
    (copy.c,) = codings.add_codings(copy.log, copy.by(copy.r), [codings.NewCoding(copy.t.guid, PLACE, "upah")])
    memos.add_memo(copy.log, copy.by(copy.r), "kenapa?", about=copy.c)
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


def decide(copy: Any, verdict: Verdict, **more: Any) -> decisions.Decided:
    new = decisions.NewDecision(uuid4().hex, copy.t.guid, PLACE, "upah", verdict, **more)
    return decisions.decide(copy.log, copy.by(copy.r), new)


def coded(copy: Any) -> list[tuple[str, Span, Origin]]:
    return [(c.code, c.span, c.origin) for c in corpus(copy).codings]


@pytest.mark.parametrize(
    ("verdict", "more", "left"),
    [
        (Verdict.ACCEPTED, {}, [("upah", PLACE, Origin.HUMAN)]),
        (Verdict.REJECTED, {}, []),
        (Verdict.SKIPPED, {}, [("upah", PLACE, Origin.HUMAN)]),
        (Verdict.CORRECTED, {"corrected": "hujan"}, [("hujan", PLACE, Origin.HUMAN)]),
        (Verdict.CORRECTED, {"corrected_span": Span(3, 6)}, [("upah", Span(3, 6), Origin.HUMAN)]),
    ],
)
def test_a_coding_that_is_there_is_kept_changed_or_taken_away(
    copy: Any, verdict: Verdict, more: Any, left: Any
) -> None:
    """No second coding is made, and undoing brings the first back with its memo."""
    before = copy.state()
    made = decide(copy, verdict, there=copy.c, blind=Verdict.ACCEPTED, **more)
    (decision,) = corpus(copy).decisions

    assert coded(copy) == left
    assert decision.blind is Verdict.ACCEPTED
    assert made.coding == (copy.c if verdict in {Verdict.ACCEPTED, Verdict.CORRECTED} else "")
    copy.undo(copy.r)
    assert copy.state() == before


def test_nothing_to_code_is_a_rejection_and_a_reading_in_one_event(copy: Any) -> None:
    before = copy.state()
    decide(copy, Verdict.REJECTED, read=PLACE)

    assert [(r.span, r.coder) for r in corpus(copy).readings] == [(PLACE, "rani")]
    copy.undo(copy.r)
    assert copy.state() == before


def test_a_decision_in_sight_of_the_suggestion_is_not_blind(copy: Any) -> None:
    decide(copy, Verdict.REJECTED)

    assert corpus(copy).decisions[0].blind is None


def test_a_coding_that_is_not_there_is_not_decided_on(copy: Any) -> None:
    with pytest.raises(NotFoundError):
        decide(copy, Verdict.REJECTED, there=uuid4().hex)

    assert corpus(copy).decisions == ()
