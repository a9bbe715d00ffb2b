"""Codings of an earlier study are learnt from, and nothing of it is shown."""

from __future__ import annotations

from qualcode.model import Code, Codebook, Coding, Codings, Corpus, Informant, Reading
from qualcode.suggesters._earlier import TaughtBefore, carried
from qualcode.suggesters.queue import ORDERS
from qualcode.suggesters.queue.drawing import draw
from qualcode.testing.example import BOOK, DEBT, RAIN, STUDY, coded, interview

NEW = (interview(21), interview(22))
HERE = {talk.guid for talk in NEW}


def fresh(*things: Coding | Reading) -> Corpus:
    """Return another study of the same codebook, uncoded but for *things*."""
    codings = tuple(one for one in things if isinstance(one, Coding))
    readings = tuple(one for one in things if isinstance(one, Reading))
    return Corpus(
        transcripts=NEW,
        informants=tuple(Informant(talk.informants[0], talk.name) for talk in NEW),
        codebook=BOOK,
        codings=Codings(codings),
        readings=readings,
    )


def test_a_study_without_codings_gets_suggestions_from_an_earlier_one_of_its_own_passages_alone() -> None:
    here = fresh()
    assert set(draw(here, here).silent) == {"cuaca", "hujan", "serikat", "utang"}

    found = draw(here, here, earlier=[STUDY])

    assert {(one.code, one.quote) for one in found.suggestions if one.code == "cuaca"} >= {("cuaca", RAIN[0])}
    assert {one.quote for one in found.suggestions if one.code == "utang"} >= {DEBT[1]}
    assert {one.transcript for one in found.suggestions} <= HERE
    assert {one.recipe for one in found.suggestions if one.score == one.score} == {TaughtBefore.recipe}
    assert not any(one.near for one in found.suggestions), "nobody coded here: nothing of the other study is shown"


def test_every_order_brings_passages_of_this_study_alone() -> None:
    here = fresh(*coded(NEW[0]))
    for by in ORDERS:
        found = draw(here, here, earlier=[STUDY], by=by).suggestions
        assert {one.transcript for one in found} <= HERE, by
        known = {coding.guid for coding in here.codings}
        assert {near.coding for one in found for near in one.near} <= known, by


def test_codes_are_matched_by_key_and_unknown_ones_are_not_decided() -> None:
    units, labels = carried([STUDY], ("asing", "utang"))
    assert len(units) == len(labels) > 0
    assert (labels[:, 0] == -1).all()
    assert (labels[:, 1] == 1).sum() == 2 * len(DEBT)

    other = STUDY.with_(codebook=Codebook("lain", (*STUDY.codebook.codes, Code("asing"))))
    assert carried([other, STUDY], ("asing",))[0], "read without the code, which it had: against it"
    assert carried([], ("utang",))[1].shape == (0, 1)


def test_the_view_of_the_classifier_is_of_this_study() -> None:
    here = fresh(*coded(NEW[0]))
    view = TaughtBefore([STUDY]).fit(here).view()
    assert {unit.transcript.guid for unit in view.units} == HERE
    assert len(view.units) == len(view.pool) == len(view.labels) == len(view.unseen) == len(view.points)
    bearing = {
        unit.text for unit, row in zip(view.units, view.labels, strict=True) if row[view.keys.index("utang")] == 1
    }
    assert bearing == set(DEBT)
