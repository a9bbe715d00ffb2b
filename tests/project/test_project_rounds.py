"""Rounds: who sees whose work while one is open, and what is learnt from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.errors import ConflictError, StateError
from qualcode.project import Project


@pytest.fixture
def study(tmp_path: Path) -> Project:
    made = Project.create(tmp_path / "a.qualcode", codebook="prekariat", coder="rani")
    text = tmp_path / "informan-01.txt"
    text.write_text("P: Bagaimana?\nN: Sepi terus, hujan.\nP: Lalu?\nN: Utang ke warung.\n", encoding="utf-8")
    made.import_files(text)
    return made


def seen(study: Project, coder: str) -> set[str]:
    return {coding.coder for coding in study.corpus(viewer=coder).codings}


def test_in_an_independent_round_everyone_sees_their_own_work_alone(study: Project) -> None:
    dewi = study.as_coder("dewi")
    study.code("informan-01", turn=2, code="ketidakpastian-kerja")
    made = study.open_round("putaran-1")
    study.code("informan-01", turn=4, code="upah-eksploitasi")
    dewi.code("informan-01", turn=2, code="ketidakpastian-kerja")

    assert made.blind
    assert [c.round for c in study.corpus().codings if c.coder == "dewi"] == ["putaran-1"]
    assert seen(study, "dewi") == {"rani", "dewi"}  # what rani coded before the round
    assert sorted(c.round for c in study.corpus(viewer="dewi").codings) == ["", "putaran-1"]

    assert study.close_round().closed
    assert len(study.corpus(viewer="dewi").codings) == 3


def test_one_round_at_a_time_and_each_name_once(study: Project) -> None:
    with pytest.raises(StateError, match="no round is open"):
        study.close_round()
    study.open_round("putaran-1")
    with pytest.raises(StateError, match="'putaran-1' is open"):
        study.open_round("putaran-2")
    study.close_round()
    with pytest.raises(ConflictError, match="putaran-1"):
        study.open_round("putaran-1")


def test_a_round_for_discussion_hides_nothing(study: Project) -> None:
    study.open_round("diskusi", independent=False)
    study.code("informan-01", turn=4, code="upah-eksploitasi")

    assert seen(study, "dewi") == {"rani"}


def test_opening_and_closing_are_undone(study: Project) -> None:
    study.open_round("putaran-1")
    study.close_round()
    study.undo()

    assert [one.closed for one in study.corpus().rounds] == [False]

    study.undo()

    assert study.corpus().rounds == ()
    assert study.code("informan-01", turn=4, code="upah-eksploitasi").round == ""
