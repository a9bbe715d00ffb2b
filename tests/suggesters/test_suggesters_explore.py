"""Groups of words in what nobody has coded: the same each time, with their doubt, and never codings."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
import pytest

from qualcode.errors import InputError
from qualcode.model import Code, Codebook, Codings, Corpus, Informant, Transcript
from qualcode.suggesters._units import units
from qualcode.suggesters.emergent import Explored, explore
from qualcode.suggesters.emergent.factors import choose, factorise
from qualcode.suggesters.emergent.vocabulary import key_of, vocabulary
from qualcode.suggesters.wordgroups import WordgroupsSuggester
from qualcode.testing.example import coding, interview

POLICE = "satpol trotoar razia gerobak diangkut petugas trantib".split()  # noqa: SIM905
SCHOOL = "sekolah anak seragam buku rapor guru ujian".split()  # noqa: SIM905
LOAN = "pinjaman koperasi cicilan bunga jaminan tagihan penagih".split()  # noqa: SIM905
BOOK = Codebook("kerja", (Code("satpol"), Code("lain")))


def lines(seed: int) -> list[str]:
    """Return answers about the police, school and loans in turn, with words that say nothing between."""
    chance = np.random.default_rng(seed)
    return [
        f"ya mbak anu {' '.join(chance.choice(about, 4, replace=False))} gitu sih nggak"
        for _ in range(6)
        for about in (POLICE, SCHOOL, LOAN)
    ]


TALKS = tuple(interview(number, lines(number)) for number in range(1, 5))


def of(talks: Sequence[Transcript], codings: Codings | None = None, **more: object) -> Corpus:
    return Corpus(
        transcripts=tuple(talks),
        informants=tuple(Informant(talk.informants[0], talk.name) for talk in talks),
        codebook=BOOK,
        codings=codings or Codings(()),
    ).with_(**more)


def matched(explored: Explored) -> list[set[str]]:
    """Return which of the three matters each group's words are of."""
    matters = {"satpol": POLICE, "sekolah": SCHOOL, "pinjaman": LOAN}
    return [
        {name for name, words in matters.items() if len(set(map(key_of, words)) & set(map(key_of, group.words))) >= 4}
        for group in explored.groups
    ]


def test_what_people_speak_of_comes_out_as_groups() -> None:
    found = explore(of(TALKS), n=3)

    assert sorted(itertools.chain(*matched(found))) == ["pinjaman", "satpol", "sekolah"]
    assert found.passages == 72
    assert sum(len(group.passages) for group in found.groups) >= 65
    for group in found.groups:
        assert group.informants == 4
        assert group.is_stable
        for passage in group.passages:
            assert passage.share >= 0.5
            for why in passage.evidence:
                assert why.span is not None
                assert why.span.of(passage.unit.transcript.text) == why.text


def test_words_of_the_interviewer_stop_words_fillers_and_address_are_in_no_group() -> None:
    words = {word for group in explore(of(TALKS), n=3).groups for word in group.words}

    assert not words & {"utang", "ada", "ya", "anu", "gitu", "sih", "nggak", "mbak"}


@pytest.mark.parametrize("word", "iki iku nggih wae ieu kitu urang elu ane iye heeh sampun karo".split())  # noqa: SIM905
def test_regional_words_that_say_nothing_are_in_no_group(word: str) -> None:
    assert key_of(word) == ""


def test_the_same_study_gives_the_same_groups() -> None:
    first, second = explore(of(TALKS)), explore(of(TALKS))

    assert [(g.id, g.words, g.stability) for g in first.groups] == [(g.id, g.words, g.stability) for g in second.groups]
    assert first.tried == second.tried


def test_their_number_is_the_largest_that_is_stable() -> None:
    found = explore(of(TALKS))
    stable = [n for n, stability in found.tried.items() if stability >= 0.5]

    assert set(found.tried) == set(range(2, 10))
    assert 3 in stable
    assert len(found.groups) <= max(stable)


def test_coded_passages_are_left_out() -> None:
    """All that is said of the police is coded."""
    codings = Codings(coding(talk, line, "satpol") for talk in TALKS for line in range(0, 18, 3))
    found = explore(of(TALKS, codings), n=2)

    assert 40 <= found.passages <= 48  # of what is left, some have fewer than three words that others say, too
    assert {"satpol"} not in matched(found)


def test_too_little_text_and_all_coded_say_why() -> None:
    everything = Codings(coding(talk, line, "lain") for talk in TALKS for line in range(18))
    short = tuple(interview(number, ["ya"] * 40) for number in range(1, 3))

    assert "fewer than 30" in explore(of(TALKS[:1])).silent
    assert "fewer than 30" in explore(of(short)).silent
    assert explore(of(TALKS, everything)).silent == "every passage is coded"
    assert explore(Corpus()).silent == "there is nothing that informants say"


@pytest.mark.parametrize(
    ("n", "said"), [(1, "from 2 to 12"), (13, "from 2 to 12"), (12, "72 passages are too few for 12")]
)
def test_a_number_of_groups_that_cannot_be_is_said(n: int, said: str) -> None:
    with pytest.raises(InputError, match=said):
        explore(of(TALKS), n=n)


def test_stems_are_shown_by_their_most_frequent_spelling() -> None:
    talks = (
        interview(
            1, ["bayar cicilan", "bayarnya telat", "dibayar kok", "bayarnya lagi", "bayarnya susah", *["pagi"] * 9]
        ),
    )
    known = vocabulary(units(of(talks)))

    assert dict(zip(known.stems, known.shown, strict=True)) == {"bayar": "bayarnya"}  # pagi is in most of them


def test_noise_is_not_stable_and_matters_are() -> None:
    chance = np.random.default_rng(0)
    from scipy.sparse import csr_matrix

    noise = csr_matrix(chance.random((80, 60)) * (chance.random((80, 60)) < 0.1))
    blocks = csr_matrix(np.kron(np.eye(4), np.ones((20, 15))) + 0.01 * chance.random((80, 60)))

    assert factorise(blocks, 4).stability.min() > 0.6
    assert factorise(noise, 4).stability.mean() < factorise(blocks, 4).stability.mean()
    assert set(choose(blocks, (2, 4))) == {2, 4}


def test_passages_of_a_group_that_became_a_code_are_suggested_until_they_are_decided() -> None:
    (group, *_) = explore(of(TALKS), n=3).groups
    kept = group.suggestions("lain")
    study = of(TALKS, suggestions=kept)
    fitted = WordgroupsSuggester().fit(study)
    found = fitted.suggest(study)

    assert {(one.transcript, one.span, one.code) for one in found} == {
        (one.transcript, one.span, "lain") for one in kept
    }
    assert all(math.isnan(one.score) and one.recipe == "wordgroups-1" and one.evidence for one in found)
    assert {one.guid for one in found} == {one.guid for one in kept}
    assert fitted.silent == {"satpol"}

    coded = of(TALKS, Codings([coding(TALKS[0], line, "lain") for line in range(18)]), suggestions=kept)
    assert {one.transcript for one in WordgroupsSuggester().fit(coded).suggest(coded)} == {
        one.transcript for one in kept
    } - {TALKS[0].guid}


def test_nothing_is_suggested_without_a_group_that_became_a_code() -> None:
    study = of(TALKS)

    assert WordgroupsSuggester().fit(study).suggest(study) == ()
    assert WordgroupsSuggester().fit(Corpus()).suggest(Corpus()) == ()
