"""The interview guide in the log: written as a whole, linked to turns by a person's hand, undone, merged, revised, rebuilt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from copies import Copy, both

from qualcode.errors import ConflictError, InputError, NotFoundError
from qualcode.model import Code, Codebook, Elicited, Question, ResearchQuestion, Role, Span, Transcript, Turn
from qualcode.store.acts import codings, guide, revisions, transcripts
from qualcode.store.acts.codebook import put_codebook
from qualcode.store.engine import reading
from qualcode.store.lookups import Remembered
from qualcode.store.read import _Reader

TEXT = "P: Apa kabar?\nN: Baik.\nP: Kalau sakit bagaimana?\nN: Beli obat.\n"
BOOK = Codebook("kecil", (Code("sakit"), Code("upah")))
ONE = ResearchQuestion("a" * 32, "1", "Apa saja yang sulit?")
TWO = ResearchQuestion("b" * 32, "2", "Bagaimana bertahan?")
FIRST = Question("c" * 32, "1", "Sehari-hari bagaimana?", "hari", ("upah",), ONE.guid)
SECOND = Question("d" * 32, "2", "Kalau sakit bagaimana?", "sakit", ("sakit",), TWO.guid)


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[Any]:
    """Return a study with a codebook and one interview; whatever a test does, its log rebuilds the same tables."""
    copy: Any = Copy(tmp_path / "a.qualcode", study_guid=uuid4().hex)
    copy.r = copy.coder("rani")
    put_codebook(copy.log, copy.by(copy.r), BOOK)
    copy.i = copy.informant(copy.r, "I1")
    turns = []
    for line in TEXT.splitlines(keepends=True):
        start = TEXT.index(line)
        role, who = (Role.INTERVIEWER, None) if line[0] == "P" else (Role.INFORMANT, copy.i)
        turns.append(Turn(Span(start + 3, start + len(line) - 1), line[0], role, who))
    copy.t = Transcript(uuid4().hex, uuid4().hex, "w1", TEXT, turns=tuple(turns), informants=(copy.i,))
    transcripts.import_transcripts(
        copy.log, copy.by(copy.r), [transcripts.NewTranscript(copy.t, "w1.txt", TEXT.encode())]
    )
    copy.asks = turns[2].span
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


def put(copy: Any, *questions: Question, serving: tuple[ResearchQuestion, ...] = (ONE, TWO)) -> Any:
    return guide.put_guide(copy.log, copy.by(copy.r), questions, serving)


def link(copy: Any, *questions: str, span: Span | None = None, none: bool = False) -> Any:
    asked = None if none else questions
    return guide.put_question_link(copy.log, copy.by(copy.r), copy.t.guid, span or copy.asks, asked)


def test_a_guide_is_one_event_and_the_same_again_none(copy: Any) -> None:
    before = copy.events()
    put(copy, FIRST, SECOND)

    assert copy.events() == before + 1
    assert corpus(copy).questions == (FIRST, SECOND)
    assert corpus(copy).research_questions == (ONE, TWO)
    assert put(copy, FIRST, SECOND) is None


def test_a_changed_guide_changes_ends_and_adds_and_is_undone_as_one(copy: Any) -> None:
    put(copy, FIRST, SECOND)
    third = Question("e" * 32, "3", "Apa harapannya?")
    changed = replace(SECOND, text="Kalau sakit atau celaka?", codes=("sakit", "upah"), research_question="")
    put(copy, changed, third, serving=(TWO,))

    assert corpus(copy).questions == (changed, third)
    assert corpus(copy).research_questions == (TWO,)
    copy.undo(copy.r)
    assert corpus(copy).questions == (FIRST, SECOND)
    assert corpus(copy).research_questions == (ONE, TWO)
    copy.redo(copy.r)
    assert corpus(copy).questions == (changed, third)


def test_an_unknown_code_leaves_the_guide_as_it_is(copy: Any) -> None:
    put(copy, FIRST)
    with pytest.raises(NotFoundError, match="sakti"):
        put(copy, FIRST, replace(SECOND, codes=("sakti",)))

    assert corpus(copy).questions == (FIRST,)


def test_a_link_is_set_changed_and_taken_back(copy: Any) -> None:
    put(copy, FIRST, SECOND)
    link(copy, SECOND.guid)
    [made] = corpus(copy).question_links

    assert (made.transcript, made.span, made.questions, made.coder) == (copy.t.guid, copy.asks, (SECOND.guid,), "rani")
    assert link(copy, SECOND.guid) is None
    link(copy)
    assert [(each.guid, each.questions) for each in corpus(copy).question_links] == [(made.guid, ())]
    link(copy, none=True)
    assert corpus(copy).question_links == ()
    assert link(copy, none=True) is None
    copy.undo(copy.r)
    assert [each.questions for each in corpus(copy).question_links] == [()]


def test_a_link_to_a_question_that_is_not_there_is_refused(copy: Any) -> None:
    put(copy, FIRST)
    with pytest.raises(NotFoundError):
        link(copy, SECOND.guid)
    with pytest.raises(InputError):
        link(copy, FIRST.guid, span=Span(0, len(TEXT) + 1))


def test_an_ended_question_takes_its_links_with_it(copy: Any) -> None:
    put(copy, FIRST, SECOND)
    link(copy, SECOND.guid)
    put(copy, FIRST)

    assert corpus(copy).questions == (FIRST,)
    assert corpus(copy).question_links == ()
    assert copy.conflicts() == []
    copy.undo(copy.r)
    assert [each.questions for each in corpus(copy).question_links] == [(SECOND.guid,)]


def test_a_link_to_two_questions_keeps_the_one_that_stays(copy: Any) -> None:
    put(copy, FIRST, SECOND)
    link(copy, FIRST.guid, SECOND.guid)
    put(copy, FIRST)

    assert [each.questions for each in corpus(copy).question_links] == [(FIRST.guid,)]


def test_a_link_moves_along_with_a_revision_even_where_a_word_of_it_is_corrected(copy: Any) -> None:
    put(copy, FIRST, SECOND)
    link(copy, SECOND.guid)
    text = "Wawancara pertama\n" + TEXT.replace("Kalau sakit", "Kalo sakit")
    at = text.index("Kalo")
    turns = (Turn(Span(at, text.index("?", at) + 1), "P", Role.INTERVIEWER),)
    new = Transcript(copy.t.guid, uuid4().hex, "w1", text, turns=turns, informants=(copy.i,))
    revisions.revise_transcript(copy.log, copy.by(copy.r), transcripts.NewTranscript(new, "w1.txt", text.encode()))
    [moved] = corpus(copy).question_links

    assert (moved.revision, moved.span.of(text)) == (new.revision, "Kalo sakit bagaimana?")


def test_copies_that_link_one_turn_differently_agree_after_merging(copy: Any) -> None:
    put(copy, FIRST, SECOND)
    other = copy.split()
    other.r, other.t, other.asks = copy.r, copy.t, copy.asks
    link(copy, FIRST.guid)
    link(other, SECOND.guid)
    merged = both(copy, other)
    merged.r, merged.t, merged.asks = copy.r, copy.t, copy.asks

    assert {each.questions for each in corpus(merged).question_links} == {(FIRST.guid,), (SECOND.guid,)}
    link(merged, SECOND.guid)
    assert [each.questions for each in corpus(merged).question_links] == [(SECOND.guid,)]
    other.close()


def test_a_link_to_a_question_ended_elsewhere_says_nothing(copy: Any) -> None:
    """It must not come to mean "asks none of the questions"."""
    put(copy, FIRST, SECOND)
    other = copy.split()
    other.r, other.t, other.asks = copy.r, copy.t, copy.asks
    put(copy, FIRST)
    link(other, SECOND.guid)
    merged = both(copy, other)

    assert [question.number for question in corpus(merged).questions] == ["1"]
    assert corpus(merged).question_links == ()
    other.close()


def test_marks_of_how_codings_came_up_are_one_event(copy: Any) -> None:
    tells = copy.t.turns[3].span
    one, two = codings.add_codings(
        copy.log,
        copy.by(copy.r),
        [codings.NewCoding(copy.t.guid, tells, "sakit"), codings.NewCoding(copy.t.guid, tells, "upah")],
    )
    before = copy.events()
    guide.mark_elicited(copy.log, copy.by(copy.r), [one, two], Elicited.PROMPTED)

    assert copy.events() == before + 1
    assert [coding.elicited for coding in corpus(copy).codings] == [Elicited.PROMPTED] * 2
    assert guide.mark_elicited(copy.log, copy.by(copy.r), [one, two], Elicited.PROMPTED) is None
    copy.undo(copy.r)
    assert [coding.elicited for coding in corpus(copy).codings] == [Elicited.UNMARKED] * 2


def test_erasing_the_informant_erases_the_links_in_the_interview(copy: Any) -> None:
    put(copy, FIRST, SECOND)
    link(copy, SECOND.guid)
    copy.erase(copy.r, copy.i)

    assert corpus(copy).question_links == ()
    with pytest.raises((ConflictError, NotFoundError)):
        link(copy, SECOND.guid)
