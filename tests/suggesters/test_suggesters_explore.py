"""Groups of words in what nobody has coded: the same each time, with their doubt, and never codings."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from qualcode.errors import InputError
from qualcode.model import Code, Codebook, Codings, Corpus, Informant, Transcript
from qualcode.suggesters._units import units
from qualcode.suggesters.emergent import Explored, explore
from qualcode.suggesters.emergent.factors import (
    Factors,
    Tried,
    _jaccard,
    by_chance,
    choose,
    factorise,
    strewn,
    typical,
    weighted,
)
from qualcode.suggesters.emergent.groups import _group, _number
from qualcode.suggesters.emergent.vocabulary import Vocabulary, key_of, vocabulary
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
    first, second = explore(of(TALKS[:3])), explore(of(TALKS[:3]))

    assert [(g.id, g.words, g.stability) for g in first.groups] == [(g.id, g.words, g.stability) for g in second.groups]
    assert first.tried == second.tried


def test_their_number_is_the_one_most_stable_beyond_chance() -> None:
    found = explore(of(TALKS))

    assert set(found.tried) == set(range(2, 10))
    assert len(found.groups) == 3
    assert found.tried[3].stability > 0.9 > found.tried[3].by_chance
    assert all(group.is_stable for group in found.groups)


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


def said(n: int, matters: int, seed: int = 0) -> csr_matrix:
    """Return the words of passages: some frequent and many rare, and, of some matters, such as only these have."""
    chance = np.random.default_rng(seed)
    often = 1 / np.arange(1, 61) ** 0.8
    counts = np.zeros((n, 60 + 8 * matters))
    for row in counts:
        row[chance.choice(60, 4, p=often / often.sum())] += 1
        if matters:
            row[60 + 8 * chance.integers(matters) + chance.integers(0, 8, 5)] += 1
    return csr_matrix(counts[:, (counts > 0).sum(axis=0) >= 3])


def test_words_without_any_matter_are_hardly_more_stable_than_strewn_ones_and_matters_are() -> None:
    """Of passages that share four fifths some words stay the same whatever they are: .5 is no sign of anything."""
    nothing, matters = said(60, 0), said(120, 4)
    unlike, alike = factorise(weighted(nothing), 4).stability, factorise(weighted(matters), 4).stability

    assert by_chance(nothing, 4).mean() > 0.3
    assert unlike.mean() == pytest.approx(by_chance(nothing, 4).mean(), abs=0.15)
    assert alike.min() > by_chance(matters, 4).max()
    tried = choose(matters, (2, 4, 7))
    assert max(tried, key=lambda n: tried[n].stability - tried[n].by_chance) == 4


def test_words_strewn_are_the_same_words_on_passages_as_long() -> None:
    counts = said(50, 2)
    strewn_ = strewn(counts, 0)

    assert strewn_.sum(axis=0).sum() == counts.sum()
    assert strewn_.sum(axis=1).tolist() == counts.sum(axis=1).tolist()
    assert (strewn_ != strewn(counts, 0)).nnz == 0
    assert (strewn_ != counts).nnz > 0
    ones = csr_matrix((np.ones(counts.nnz), counts.indices, counts.indptr), shape=counts.shape)
    assert strewn(ones, 1).sum(axis=0).tolist() == ones.sum(axis=0).tolist()


def test_stability_is_the_mean_likeness_of_the_words_to_their_counterparts() -> None:
    """Two factors of two words each, one of which changes a word in every second run."""
    assert _jaccard((1, 2, 3), (2, 3, 4, 5)) == 2 / 5
    assert _jaccard((), ()) == 0
    blocks = csr_matrix(np.kron(np.eye(2), np.ones((20, 3))))
    assert factorise(blocks, 2).stability.tolist() == [1, 1]


def test_a_passage_is_of_the_group_that_makes_up_half_of_it_however_factors_are_scaled() -> None:
    """Of a factorisation only the product is determined: twice the words are half the passages."""
    free = units(of([interview(1, ["utang koperasi", "cicilan utang sekolah", "sekolah jauh", "buku sekolah"])]))
    known = Vocabulary(
        csr_matrix((4, 4)), ("utang", "koperasi", "sekolah", "buku"), ("utang", "koperasi", "sekolah", "buku")
    )
    passages = np.array([[3.0, 0.0], [2.0, 1.0], [1.0, 1.1], [0.0, 2.0]])
    words = np.array([[0.6, 0.8, 0.0, 0.0], [0.0, 0.0, 0.8, 0.6]])
    for scale in (1.0, 7.0):
        scales = np.array([scale, 1.0])
        found = Factors(passages / scales, words * scales[:, None], np.array([0.9, 0.3]))
        one, other = (_group(found, 0.5, known, free, at) for at in (0, 1))

        assert [passage.unit for passage in one.passages] == [free[0], free[1]]
        assert [passage.share for passage in one.passages] == pytest.approx([1, 2 / 3])
        assert [passage.unit for passage in other.passages] == [free[3], free[2]]
        assert one.words == ("koperasi", "utang")
        assert (one.is_stable, other.is_stable) == (True, False)
        assert not _group(found, 0.95, known, free, 0).is_stable


def test_the_number_of_groups_is_the_one_farthest_beyond_chance() -> None:
    tried = {2: Tried(0.9, 0.85), 3: Tried(0.6, 0.3), 4: Tried(0.7, 0.4), 5: Tried(0.5, 0.45)}

    assert _number(tried) == 4


def test_words_weigh_by_how_often_they_are_said_and_how_rare_they_are() -> None:
    """(1 + ln t)(1 + ln((1 + n) / (1 + df))), rows of length 1."""
    counts = np.array([[1.0, 2.0], [0.0, 1.0], [0.0, 3.0]])
    expected = (1 + np.log(np.maximum(counts, 1))) * (counts > 0) * (1 + np.log(4 / (1 + np.array([1, 3]))))

    assert weighted(csr_matrix(counts)).toarray() == pytest.approx(expected / np.linalg.norm(expected, axis=1)[:, None])


def test_a_groups_words_have_some_weight() -> None:
    assert typical(np.array([0.0, 2.0, 0.001, 1.0, 0.02])) == (1, 3)
    assert typical(np.zeros(3)) == ()


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
