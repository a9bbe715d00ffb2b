"""Replays of a made study: what is read first, what is known when, and what that is worth."""

from __future__ import annotations

import numpy as np
import pytest
from corpora import coding, corpus, guid, transcript
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import InputError, NotFoundError, StateError
from qualcode.model import Corpus, Origin, Reading, Segment, Span
from qualcode.suggesters._bench import Bench
from qualcode.suggesters._truth import truth
from qualcode.suggesters.effort import RECIPES, Pace, Run, replay, simulation
from qualcode.suggesters.effort._hypergeometric import most_missing
from qualcode.suggesters.effort._replay import boundaries
from qualcode.suggesters.effort._stopping import SURE

SAID = {
    "jaminan": ("nggak punya BPJS sama sekali", "BPJS belum pernah punya saya", "soal BPJS ya belum punya"),
    "teknologi": ("pakai aplikasi ojek di HP", "aplikasi di HP bantu pesanan", "order lewat aplikasi HP"),
    "": ("ya begitulah mbak", "anak saya dua orang", "tinggal di sini sudah lama", "istri jualan kue"),
}


def made(people: int = 5, coder: str = "rani") -> Corpus:
    """Return a study of people who each say the same kinds of things, coded and read whole."""
    sources, codings, readings = [], [], []
    for person in range(people):
        lines = [(code, f"{said} {person}") for code, each in SAID.items() for said in each]
        source = transcript(f"N-{person:02}", "".join(f"N: {said}\n" for _, said in lines))
        sources.append(source)
        codings += [coding(source, turn, code, coder) for turn, (code, _) in enumerate(lines, 1) if code]
        readings.append(
            Reading(
                guid(f"r{person}{coder}"), source.guid, source.revision, Span(0, len(source.text)), coder, codings[0].at
            )
        )
    return corpus(sources, codings).with_(readings=tuple(readings))


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench(truth(made(), ["rani"]))


def measured(bench: Bench, *runs: Run, recipes: tuple[str, ...], seeds: int = 1) -> dict[tuple[str, str], float | None]:
    found = simulation(
        runs, keys=bench.truth.keys, recipes=recipes, seeds=seeds, batch=4, n_units=50, n_informants=5, coders=("rani",)
    )
    return {(row.code, row.recipe): row.loss for row in found.rows}


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_replay_reads_everything_once_behind_the_first_informant(bench: Bench, recipe: str) -> None:
    run = replay(bench, recipe, 1, batch=4)

    assert {key: len(order) for key, order in run.orders.items()} == dict.fromkeys(bench.truth.keys, 40)
    assert run.orders["jaminan"].count("1") == 12
    assert run.before["jaminan"] == 3
    assert run == Run.of_json(recipe, 1, run.to_json())


def test_likeness_that_is_kept_changes_no_order(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """A study too large to keep it is replayed in the same order, more slowly."""
    monkeypatch.setattr("qualcode.suggesters._bench.MOST", 10)
    anew = Bench(bench.truth)

    assert replay(anew, "classifier", 0, batch=4) == replay(bench, "classifier", 0, batch=4)
    assert type(anew._table) is not type(bench._table)


def test_recipes_of_one_seed_begin_with_the_same_informant_and_seeds_with_others(bench: Bench) -> None:
    starts = [{replay(bench, recipe, seed).start for recipe in ("text", "random", "rules")} for seed in range(5)]

    assert all(len(one) == 1 for one in starts)
    assert {start for one in starts for start in one} == set(range(5))


def test_rules_bring_the_most_matches_first_and_then_the_order_of_the_text(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    labels = bench.truth.labels
    monkeypatch.setattr(bench, "hits", labels * 2)
    for key, order in replay(bench, "rules", 0).orders.items():
        assert order == "".join(sorted(order, reverse=True)), key
    monkeypatch.setattr(bench, "hits", labels * 0)
    assert replay(bench, "rules", 0).orders == replay(bench, "text", 0).orders


def test_the_classifier_learns_and_the_text_does_not(bench: Bench) -> None:
    """Words that always go with the code are found at once by what has read one informant."""
    loss = measured(
        bench, replay(bench, "classifier", 0, batch=4), replay(bench, "text", 0), recipes=("classifier", "text")
    )

    assert (loss["jaminan", "classifier"] or 0) < 0.1
    assert (loss["teknologi", "classifier"] or 0) < 0.1
    assert (loss["jaminan", "text"] or 0) > 0.3


def test_the_same_seed_gives_the_same_replay(bench: Bench) -> None:
    assert replay(bench, "classifier", 2, batch=4) == replay(bench, "classifier", 2, batch=4)


def test_nothing_is_known_before_it_is_read(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the classifier is shown are labels of units read before: the first informant's, then batch by batch."""
    shown: list[int] = []
    learn = Bench.learn

    def spy(self: Bench, known: np.ndarray) -> object:
        shown.append(int(known[:, 0].sum()))
        return learn(self, known)

    monkeypatch.setattr(Bench, "learn", spy)
    replay(bench, "classifier", 0, batch=15)

    assert shown == [10, 25, 40]


def test_a_code_without_passages_is_undefined_with_the_reason(bench: Bench) -> None:
    run = replay(bench, "text", 0)
    found = simulation(
        [run], keys=bench.truth.keys, recipes=("text",), seeds=1, batch=4, n_units=50, n_informants=5, coders=("rani",)
    )
    row = next(row for row in found.to_rows() if row["code"] == "nilai")

    assert row["loss"] is None
    assert "nothing to find" in str(row["undefined"])
    assert found.curve("nilai", "text") is None


def test_one_informant_is_replayed_and_said() -> None:
    bench = Bench(truth(made(1), ["rani"]))
    run = replay(bench, "text", 0, batch=2)
    found = simulation(
        [run], keys=bench.truth.keys, recipes=("text",), seeds=1, batch=2, n_units=10, n_informants=1, coders=("rani",)
    )

    assert run.start == -1
    assert len(run.orders["jaminan"]) == 8
    assert "one informant" in str(found.findings[0])


@given(st.integers(1, 3000), st.integers(1, 50))
def test_batches_cover_everything_and_grow(n: int, batch: int) -> None:
    ends = list(boundaries(n, batch))
    sizes = np.diff([0, *ends])

    assert ends[-1] == n
    assert (sizes[:-1] >= batch).all()


def test_what_cannot_be_replayed_is_refused(bench: Bench) -> None:
    with pytest.raises(InputError):
        replay(bench, "oracle", 0)
    with pytest.raises(InputError):
        replay(bench, "text", 0, batch=0)


def test_truth_of_several_is_what_they_agree_on() -> None:
    rani, dewi = made(2), made(2, "dewi")
    both = rani.with_(
        codings=type(rani.codings)([*rani.codings, *list(dewi.codings)[1:]]), readings=rani.readings + dewi.readings
    )
    found = truth(both, ["rani", "dewi"])

    column = found.keys.index("jaminan")
    assert found.labels[0, column] == -1  # dewi did not code the first turn so
    assert found.labels[1, column] == 1
    assert found.findings[0].parameters == {"n": 1, "all": 20 * len(found.keys)}


def test_truth_says_what_it_cannot_be() -> None:
    with pytest.raises(StateError):
        truth(corpus([transcript("N-01", "N: halo\n")]), ["rani"])
    with pytest.raises(NotFoundError):
        truth(made(1), ["rina"])


def test_codings_on_suggestions_are_said() -> None:
    study = made(1)
    helped = study.with_(
        codings=type(study.codings)(
            [*study.codings, coding(study.transcripts[0], 8, "jaminan", origin=Origin.ACCEPTED)]
        )
    )

    assert truth(study, ["rani"]).findings == ()
    assert "suggestions by the machine" in truth(helped, ["rani"]).findings[0].message


def test_people_who_speak_in_one_unit_are_one_informant() -> None:
    alone = transcript("N-01", "N: BPJS nggak punya\n")
    talk = transcript("FGD", "N: saya setuju BPJS\nS: saya juga\n", informants={"N": "N-01", "S": "N-02"})
    study = corpus([alone, talk], [coding(alone, 1, "jaminan"), coding(talk, 1, "jaminan")], ids=["N-01", "N-02"])
    by_turn = truth(study, ["rani"])
    whole = study.with_(
        segments=(Segment(alone.guid, Span(0, 19), "x"), Segment(talk.guid, Span(0, len(talk.text)), "x"))
    )

    assert by_turn.informants == ("N-01",)  # the turn behind the last coding was not read
    assert truth(whole, ["rani"]).informants in {("N-01 + N-02",), ("N-02 + N-01",)}
    assert truth(whole, ["rani"]).groups.tolist() == [0, 0]


def test_the_state_changes_with_codings_and_codebook_only() -> None:
    study = made(2)
    once, again = truth(study, ["rani"]), truth(made(2), ["rani"])
    less = truth(study.with_(codings=type(study.codings)(list(study.codings)[1:])), ["rani"])

    assert once.state("x") == again.state("x")
    assert once.state("x") != once.state("y")
    assert once.state("x") != less.state("x")


def test_the_stopping_rule_is_asked_all_along_a_replay() -> None:
    """Not only when the classifier learns again: late in a replay that is seldom."""
    run = Run("classifier", 0, 0, {"jaminan": "1" * 8 + "0" * 392}, {"jaminan": 12})
    found = simulation(
        [run],
        keys=["jaminan"],
        recipes=["classifier"],
        seeds=1,
        batch=10,
        n_units=420,
        n_informants=5,
        coders=("rani",),
    )
    (row,) = found.to_rows()
    promised = [20 / (20 + most_missing(run.labels("jaminan")[:end], 400 - end, SURE)) for end in range(10, 400, 10)]

    assert row["promises"] == 39
    assert row["promises_kept"] == 1.0
    assert row["stop_seeds"] == 1
    assert row["stop_read"] == (1 + int(np.argmax(np.array(promised) >= 0.95))) / 40  # what a coder is promised, too
    assert row["stop_recall"] == 1.0


def test_units_and_what_is_spared_are_of_the_replays_that_found_something_to_find() -> None:
    """Behind the first informant of one replay the code does not stand: its units are in no mean."""
    runs = [
        Run("rules", seed, seed, {"jaminan": order}, {"jaminan": 1})
        for seed, order in enumerate(["0" * 100, "1" + "0" * 299])
    ]
    found = simulation(
        runs, keys=["jaminan"], recipes=["rules"], seeds=2, batch=10, n_units=400, n_informants=2, coders=("rani",),
        pace=Pace(36.0, 0, ""),
    )  # fmt: skip
    (row,) = found.to_rows()

    assert (row["n_units"], row["n_bearing"], row["needed95"]) == (300, 1, 1)
    assert row["hours_spared"] == pytest.approx(2.99)


def test_promises_that_are_broken_are_counted() -> None:
    """All that is left comes last: who is asked before is promised too much."""
    run = Run("random", 0, 0, {"jaminan": "1" * 5 + "0" * 215 + "1" * 20}, {"jaminan": 3})
    found = simulation(
        [run], keys=["jaminan"], recipes=["random"], seeds=1, batch=10, n_units=250, n_informants=2, coders=("rani",)
    )
    (row,) = found.to_rows()
    kept = []
    for end in range(10, 240, 10):
        labels = run.labels("jaminan")[:end]
        known = 3 + labels.sum()
        kept.append(known / (known + most_missing(labels, 240 - end, SURE)) <= known / 28)

    assert row["promises"] == len(kept) == 23
    assert row["promises_kept"] == np.mean(kept)
    assert 0 < np.mean(kept) < 1


def test_recipes_are_compared_seed_by_seed_and_curves_are_of_the_seeds() -> None:
    orders = {("rules", 0): "1100", ("text", 0): "0011", ("rules", 1): "1010", ("text", 1): "0110"}
    runs = [Run(recipe, seed, seed, {"jaminan": order}, {"jaminan": 0}) for (recipe, seed), order in orders.items()]
    found = simulation(
        runs, keys=["jaminan"], recipes=["rules", "text"], seeds=2, batch=1, n_units=4, n_informants=2, coders=("rani",),
        pace=Pace(90.0, 0, ""),
    )  # fmt: skip
    ruled, read = found.rows
    overall = found.overall()[0]
    curve = found.curve("jaminan", "rules")

    assert (ruled.loss, ruled.low, ruled.high) == (0.125, 0, 0.25)
    assert ruled.versus_text == (-0.625, -1, -0.25)  # 0 - 1 and .25 - .5
    assert read.versus_text is None
    assert (ruled.atd, ruled.needed95) == (pytest.approx((3 / 8 + 4 / 8) / 2), 2.5)
    assert [recall for _, recall in ruled.recalls] == [0, 0.5, 0.75]
    assert (overall["loss"], overall["loss_versus_text"], overall["loss_versus_text_low"]) == (0.125, -0.625, -1)
    assert (overall["hours_all"], overall["hours_spared"]) == (pytest.approx(0.1), pytest.approx(1.5 * 90 / 3600))
    assert curve is not None
    assert [curve.mean[at] for at in (0, 12, 13, 25, 38, 50)] == [0, 0, 0.5, 0.75, 1, 1]
    assert (curve.low[25], curve.high[25]) == (0.5, 1)
