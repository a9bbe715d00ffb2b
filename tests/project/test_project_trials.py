"""Trials of suggestions on a study: kept as they are made, and going on where they were stopped."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualcode.errors import InputError, StateError
from qualcode.project import Project
from qualcode.project.trials import Trials
from qualcode.suggesters._bench import Bench


@pytest.fixture
def coded(study: Project) -> Project:
    """Return the small study, coded and read by one coder."""
    for transcript, turn, code in (
        ("informan-01", 2, "hujan"),
        ("informan-01", 6, "arisan"),
        ("informan-02", 2, "hujan"),
        ("informan-02", 6, "arisan"),
    ):
        study.code(transcript, turn=turn, code=code)
    for transcript in ("informan-01", "informan-02"):
        study.read(transcript)
    return study


def test_a_result_is_kept_for_its_state_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.trials.jsonl"
    Trials(path, "a")["one"] = [1]

    assert Trials(path, "a")["one"] == [1]
    assert "one" not in Trials(path, "b")
    assert "one" not in Trials(path, "a", fresh=True)


@pytest.mark.parametrize("cut", [1, 10, 30])
def test_a_half_written_line_does_no_harm(tmp_path: Path, cut: int) -> None:
    """The machine was switched off in the middle of a line."""
    path = tmp_path / "x.trials.jsonl"
    trials = Trials(path, "a")
    trials["one"], trials["two"] = 1, 2
    path.write_bytes(path.read_bytes()[:-cut])

    again = Trials(path, "a")
    kept = "two" in again
    again["three"] = 3
    last = Trials(path, "a")

    assert "one" in last
    assert last["three"] == 3
    assert ("two" in last) == kept


@pytest.mark.parametrize("line", [b"\xff\xfe\x00", b"[1, 2]", b"null", b'{"state": "a"}', b'{"state": "a", "name": 3}'])
def test_foreign_lines_are_passed_over(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "x.trials.jsonl"
    path.write_bytes(line + b"\n")
    trials = Trials(path, "a")
    trials["one"] = 1

    assert Trials(path, "a")["one"] == 1


def test_a_folder_is_no_place_for_results(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        Trials(tmp_path, "a")


def test_simulation_goes_on_where_it_was_stopped(coded: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in the second replay of the classifier: the first is not done again, and the outcome is the same."""
    whole = coded.simulate(recipes=["classifier", "text"], seeds=2, batch=1, results=coded.path.parent / "whole.jsonl")
    learn, times = Bench.learn, [0]

    def interrupted(self: Bench, shown: object) -> object:
        times[0] += 1
        if times[0] == 5:
            raise KeyboardInterrupt
        return learn(self, shown)  # type: ignore[arg-type]

    monkeypatch.setattr(Bench, "learn", interrupted)
    with pytest.raises(KeyboardInterrupt):
        coded.simulate(recipes=["classifier", "text"], seeds=2, batch=1)
    kept = coded.path.with_suffix(".trials.jsonl")
    names = [json.loads(line)["name"] for line in kept.read_text(encoding="utf-8").splitlines()]
    monkeypatch.setattr(Bench, "learn", learn)

    assert names == ["replay classifier 0"]
    assert coded.simulate(recipes=["classifier", "text"], seeds=2, batch=1) == whole


def test_finished_replays_are_not_done_again(coded: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before = coded.simulate(seeds=1)
    monkeypatch.setattr(Bench, "__init__", lambda *_: pytest.fail("nothing was left to replay"))

    assert coded.simulate(seeds=1) == before


def test_a_new_coding_makes_earlier_replays_stale(coded: Project) -> None:
    coded.simulate(seeds=1, recipes=["text"])
    coded.code("informan-02", turn=4, code="arisan")
    coded.simulate(seeds=1, recipes=["text"])

    assert len(coded.path.with_suffix(".trials.jsonl").read_text(encoding="utf-8").splitlines()) == 2


def test_results_hold_no_words_of_an_interview(coded: Project) -> None:
    coded.simulate(seeds=1)
    kept = coded.path.with_suffix(".trials.jsonl").read_text(encoding="utf-8")

    assert not any(word in kept for word in ("Nasi", "uduk", "arisan RT", "Parkir"))


def test_hours_rest_on_timed_decisions_or_on_what_is_said(coded: Project) -> None:
    """The median of what this coder took; skipping is no decision, and another's time is not theirs."""
    untimed = coded.simulate(seeds=1, recipes=["text"])
    said = coded.simulate(seeds=1, recipes=["text"], seconds=36)
    passages = [one for key in ("hujan", "arisan") for one in coded.suggest(key, by="rest")]
    assert not passages  # all is read: nothing is left to be timed on
    more = coded.path.parent / "informan-03.txt"
    more.write_text(
        "".join(f"Pewawancara: Lalu?\nInforman: {said} lagi.\n" for said in ("Sepi", "Ramai", "Arisan", "Ya"))
    )
    coded.import_files(more)
    first, second, third, fourth = coded.suggest("hujan", by="rest")
    coded.reject(first, seconds=20)
    coded.reject(second, seconds=30)
    coded.reject(third, seconds=1_000)
    coded.skip(fourth, seconds=1)
    timed = coded.simulate(seeds=1, recipes=["text"])

    assert (untimed.pace.seconds, untimed.to_rows()[0]["hours_spared"]) == (None, None)
    assert "no decision" in untimed.pace.undefined
    assert (timed.pace.seconds, timed.pace.n_timed) == (30, 3)
    row = next(row for row in said.to_rows() if row["code"] == "hujan")
    spared = float(str(row["n_units"])) - float(str(row["needed95"]))
    assert row["hours_spared"] == pytest.approx(spared * 36 / 3600)
    assert row["hours_all"] == pytest.approx(float(str(row["n_units"])) / 100)


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf")])
def test_a_passage_takes_some_time(coded: Project, seconds: float) -> None:
    with pytest.raises(InputError, match="more than 0 seconds"):
        coded.simulate(seeds=1, recipes=["text"], seconds=seconds)


def test_progress_ends_where_it_should(coded: Project) -> None:
    steps: list[tuple[int, int]] = []
    coded.simulate(seeds=2, recipes=["text", "rules"], progress=lambda done, total, name: steps.append((done, total)))

    assert steps == sorted(steps)
    assert all(total == 40 for _, total in steps)


def test_one_coder_has_nobody_to_agree_with(coded: Project) -> None:
    with pytest.raises(StateError, match="only one coder"):
        coded.simulate(agreed=True)


def test_stopping_is_asked_for_one_code_or_all(coded: Project) -> None:
    assert [one.code for one in coded.stopping()] == ["hujan", "arisan", "kosong"]
    (one,) = coded.stopping("hujan")

    assert (one.n_found, one.share) == (2, 1.0)


def test_evaluation_goes_on_where_it_was_stopped(coded: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = coded.evaluate(results=coded.path.parent / "whole.jsonl")
    learn, times = Bench.learn, [0]

    def interrupted(self: Bench, shown: object) -> object:
        times[0] += 1
        if times[0] == 2:
            raise KeyboardInterrupt
        return learn(self, shown)  # type: ignore[arg-type]

    monkeypatch.setattr(Bench, "learn", interrupted)
    with pytest.raises(KeyboardInterrupt):
        coded.evaluate()
    kept = coded.path.with_suffix(".trials.jsonl").read_text(encoding="utf-8").splitlines()
    monkeypatch.setattr(Bench, "learn", learn)

    assert [json.loads(line)["name"] for line in kept] == ["fold 0"]
    assert coded.evaluate() == whole
    monkeypatch.setattr(Bench, "__init__", lambda *_: pytest.fail("nothing was left to do"))
    assert coded.evaluate() == whole


def test_what_suggestions_led_to_is_what_the_estimate_rests_on(study: Project) -> None:
    first, *others = study.suggest("hujan", recipe="rules")
    study.accept(first)
    for other in others:
        study.reject(other)
    (one,) = study.stopping("hujan")

    assert others
    assert (one.n_queued, one.n_found, one.rejections, one.run) == (1 + len(others), 1, len(others), len(others))
    assert one.share is None  # one accepted and one rejected of six tell little
    assert "too few passages" in one.undefined


def test_read_and_nothing_to_code_is_a_draw_as_well(study: Project) -> None:
    first, second = study.suggest("hujan", recipe="rules")[:2]
    study.accept(first)
    study.nothing_to_code(second)
    (one,) = study.stopping("hujan")

    assert (one.n_queued, one.n_found) == (2, 1)
