"""What became of suggestions: counted once, with intervals, and words where people seem to lean on them."""

from __future__ import annotations

import itertools
import math
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import NotFoundError
from qualcode.model import Coder, Decision, Verdict
from qualcode.suggesters.acceptance import figures
from qualcode.suggesters.acceptance.figures import acceptance, fastest_reading
from qualcode.testing.example import LINES, TALKS, answer, corpus

ACCEPTED, REJECTED, CORRECTED, SKIPPED = Verdict.ACCEPTED, Verdict.REJECTED, Verdict.CORRECTED, Verdict.SKIPPED
CODERS = (Coder("c" * 32, "rani"), Coder("d" * 32, "dewi"))
_NUMBERS = itertools.count()


def decided(
    verdict: Verdict,
    score: float = 0.9,
    *,
    blind: Verdict | None = None,
    seconds: float | None = 9.0,
    suggestion: str = "",
    coder: str = "rani",
    corrected: str = "",
) -> Decision:
    number = next(_NUMBERS)
    talk = TALKS[0]
    return Decision(
        f"{number:032x}",
        suggestion or f"{number + 10**9:032x}",
        talk.guid,
        talk.revision,
        answer(talk, number % len(LINES)),
        "utang",
        verdict,
        coder,
        datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=number),
        score=score,
        seconds=seconds,
        corrected=corrected,
        blind=blind,
    )


def of(*decisions: Decision, coder: str | None = None) -> figures.Acceptance:
    return acceptance(corpus(*decisions, coders=CODERS), coder=coder)


def test_the_fastest_reading_is_a_thousand_words_a_minute_and_a_second_at_least() -> None:
    assert fastest_reading("Nggak ada.") == 1.0
    assert fastest_reading("kata " * 100) == pytest.approx(6.0)


def test_each_score_has_its_band_and_rules_have_their_own() -> None:
    found = of(*(decided(ACCEPTED, score) for score in (0.0, 0.2, 0.79, 0.8, 1.0, math.nan)))

    assert [(band.low, band.shown.n) for band in found.bands[:-1]] == [(0.0, 1), (0.2, 1), (0.6, 1), (0.8, 2)]
    assert math.isnan(found.bands[-1].low)
    assert found.overall.shown.n == 6


def test_a_suggestion_counts_once_with_its_last_decision() -> None:
    found = of(
        decided(ACCEPTED, suggestion="a" * 32),
        decided(REJECTED, suggestion="a" * 32),
        decided(SKIPPED, suggestion="a" * 32),
    )

    assert (found.overall.shown.k, found.overall.shown.n, found.overall.skipped) == (0, 1, 0)


def test_two_coders_count_each_for_themselves() -> None:
    both = (decided(ACCEPTED, suggestion="a" * 32), decided(REJECTED, suggestion="a" * 32, coder="dewi"))

    assert of(*both).overall.shown.n == 2
    assert of(*both, coder="dewi").overall.shown.k == 0
    with pytest.raises(NotFoundError):
        of(*both, coder="siti")


def test_other_words_are_an_acceptance_and_another_code_is_none() -> None:
    found = of(decided(CORRECTED), decided(CORRECTED, corrected="cuaca"))

    assert (found.overall.shown.k, found.overall.shown.n, found.overall.corrected) == (1, 2, 2)


def test_what_cannot_be_compared_says_why() -> None:
    assert of().undefined == figures.NONE_DECIDED
    assert of(decided(ACCEPTED)).undefined == figures.NOT_BLIND
    assert of(decided(ACCEPTED, blind=ACCEPTED)).undefined == figures.NOT_SHOWN
    assert of(decided(SKIPPED)).difference is None


def test_giving_codes_far_more_often_in_sight_is_said() -> None:
    shown = [decided(ACCEPTED) for _ in range(18)] + [decided(REJECTED) for _ in range(2)]
    blind = [decided(REJECTED, blind=REJECTED) for _ in range(14)] + [
        decided(ACCEPTED, blind=ACCEPTED) for _ in range(6)
    ]
    found = of(*shown, *blind)

    assert found.difference is not None
    assert found.difference[0] == pytest.approx(0.9 - 0.3)
    # Newcombe (1998), method 10, by hand from Wilson's limits of 18/20 (0.6990, 0.9721) and 6/20 (0.1455, 0.5190).
    assert found.difference[1] == pytest.approx(0.6 - math.hypot(0.9 - 0.6990, 0.5190 - 0.3), abs=1e-3)
    assert found.difference[2] == pytest.approx(0.6 + math.hypot(0.9721 - 0.9, 0.3 - 0.1455), abs=1e-3)
    assert found.warnings == (figures.LEANING,)


@pytest.mark.parametrize(
    ("shown", "blind", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((10, 10), (0, 20), 0.6791, 1.0),
    ],
)
def test_the_interval_of_a_difference_is_newcombes(
    shown: tuple[int, int], blind: tuple[int, int], low: float, high: float
) -> None:
    """Examples of table II of Newcombe (1998), Interval estimation for the difference between independent proportions, method 10."""
    found = of(
        *(decided(ACCEPTED if n < shown[0] else REJECTED) for n in range(shown[1])),
        *(decided(ACCEPTED, blind=ACCEPTED if n < blind[0] else REJECTED) for n in range(blind[1])),
    )

    assert found.difference is not None
    assert found.difference[1:] == pytest.approx((low, high), abs=1e-4)


def test_like_is_compared_with_like() -> None:
    """What is probable is accepted more often, seen or not; that the blind passages were less probable is no leaning."""

    def some(score: float, given: int, n: int, *, blind: bool) -> list[Decision]:
        verdicts = [ACCEPTED if at < given else REJECTED for at in range(n)]
        return [decided(verdict, score, blind=verdict if blind else None) for verdict in verdicts]

    found = of(
        *some(0.9, 27, 30, blind=False), *some(0.5, 3, 10, blind=False),
        *some(0.9, 9, 10, blind=True), *some(0.5, 9, 30, blind=True), *some(0.1, 0, 20, blind=True),
    )  # fmt: skip

    assert found.overall.shown.value - found.overall.blind.value == pytest.approx(0.75 - 0.3)
    assert found.difference is not None
    assert found.difference[0] == pytest.approx(0)
    assert figures.LEANING not in found.warnings


def test_bands_weigh_as_many_as_both_have_and_their_doubt_adds_up() -> None:
    """Two bands: by hand from Newcombe's interval of each (Zou & Donner 2008)."""
    high = of(
        *(decided(ACCEPTED if n < 9 else REJECTED) for n in range(10)),
        *(decided(ACCEPTED, blind=ACCEPTED if n < 6 else REJECTED) for n in range(12)),
    )
    low = of(
        *(decided(ACCEPTED if n < 4 else REJECTED, 0.5) for n in range(8)),
        *(decided(ACCEPTED, 0.5, blind=ACCEPTED if n < 3 else REJECTED) for n in range(20)),
    )
    both = of(
        *(decided(ACCEPTED if n < 9 else REJECTED) for n in range(10)),
        *(decided(ACCEPTED, blind=ACCEPTED if n < 6 else REJECTED) for n in range(12)),
        *(decided(ACCEPTED if n < 4 else REJECTED, 0.5) for n in range(8)),
        *(decided(ACCEPTED, 0.5, blind=ACCEPTED if n < 3 else REJECTED) for n in range(20)),
        decided(ACCEPTED, 0.1),
    )
    assert high.difference is not None
    assert low.difference is not None
    assert both.difference is not None
    one, other = 10 * 12 / 22, 8 * 20 / 28
    share = one / (one + other)
    value = share * high.difference[0] + (1 - share) * low.difference[0]
    down = math.hypot(
        share * (high.difference[0] - high.difference[1]), (1 - share) * (low.difference[0] - low.difference[1])
    )
    up = math.hypot(
        share * (high.difference[2] - high.difference[0]), (1 - share) * (low.difference[2] - low.difference[0])
    )

    assert both.difference == pytest.approx((value, value - down, value + up))


def test_without_a_band_in_common_nothing_is_compared() -> None:
    found = of(decided(ACCEPTED, 0.9), decided(ACCEPTED, 0.1, blind=REJECTED))

    assert (found.difference, found.undefined) == (None, figures.UNLIKE)


def test_a_difference_within_its_doubt_is_not_said() -> None:
    shown = [decided(ACCEPTED) for _ in range(8)] + [decided(REJECTED) for _ in range(2)]
    blind = [decided(REJECTED, blind=REJECTED) for _ in range(4)] + [
        decided(ACCEPTED, blind=ACCEPTED) for _ in range(6)
    ]
    found = of(*shown, *blind)

    assert found.difference is not None
    assert found.difference[0] > 0
    assert figures.LEANING not in found.warnings


def test_following_now_and_then_is_not_said() -> None:
    now_and_then = [decided(ACCEPTED, blind=REJECTED) for _ in range(4)] + [
        decided(REJECTED, blind=REJECTED) for _ in range(4)
    ]

    assert of(*now_and_then).overall.followed == 4
    assert figures.FOLLOWING not in of(*now_and_then).warnings


def test_following_what_is_seen_is_said() -> None:
    changed = [decided(ACCEPTED, blind=REJECTED) for _ in range(5)]

    assert figures.FOLLOWING in of(*changed).warnings
    assert of(*changed).overall.followed == 5
    assert figures.FOLLOWING not in of(*changed[:4]).warnings


def test_accepting_faster_than_can_be_read_is_said() -> None:
    fast = [decided(ACCEPTED, seconds=0.3) for _ in range(5)]

    assert figures.TOO_FAST in of(*fast, *(decided(ACCEPTED) for _ in range(5))).warnings
    assert figures.TOO_FAST not in of(*fast, *(decided(ACCEPTED) for _ in range(6))).warnings
    assert of(*(decided(ACCEPTED, seconds=None) for _ in range(9))).too_fast.n == 0


def test_accepting_nearly_all_is_said_from_twenty_on() -> None:
    assert figures.ALL_ACCEPTED in of(*(decided(ACCEPTED) for _ in range(20))).warnings
    assert figures.ALL_ACCEPTED not in of(*(decided(ACCEPTED) for _ in range(19))).warnings
    some = [decided(REJECTED) for _ in range(2)]
    assert figures.ALL_ACCEPTED not in of(*some, *(decided(ACCEPTED) for _ in range(20))).warnings  # 20 of 22


@given(
    st.lists(
        st.tuples(
            st.sampled_from(list(Verdict)),
            st.one_of(st.floats(0, 1), st.just(math.nan)),
            st.sampled_from([None, ACCEPTED, REJECTED]),
        ),
        max_size=12,
    )
)
def test_every_decision_is_in_one_band_and_shares_lie_in_their_intervals(
    given_: list[tuple[Verdict, float, Verdict | None]],
) -> None:
    found = of(*(decided(verdict, score, blind=blind) for verdict, score, blind in given_))

    for name in ("shown", "blind"):
        assert sum(getattr(band, name).n for band in found.bands) == getattr(found.overall, name).n
    assert sum(band.skipped for band in found.bands) == found.overall.skipped
    for band in (*found.bands, found.overall):
        for share in (band.shown, band.blind):
            assert math.isnan(share.value) if not share.n else share.low - 1e-9 <= share.value <= share.high + 1e-9
    assert (found.difference is None) == bool(found.undefined)
    assert len(found.to_rows()) == len(found.bands) + 1
