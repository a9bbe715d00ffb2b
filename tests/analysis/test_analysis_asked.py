"""Which questions of the guide were asked of whom, and what that makes of what nobody coded."""

from __future__ import annotations

from dataclasses import replace

import pytest
from corpora import START, coding, corpus, guid, suggestion, transcript

from qualcode.analysis import (
    How,
    absences,
    answers_to,
    asked,
    code_matrix,
    frequency,
    prompting,
    promptings,
    silence,
    unmentioned,
)
from qualcode.model import Corpus, Kind, Question, QuestionLink, Reading, Span, Transcript

DAY = Question(guid("q1"), "1", "Sehari-hari jalannya bagaimana, dan bawa pulang berapa?", "hari", ("tak-pasti",))
ILL = Question(guid("q2"), "2", "Kalau sakit atau celaka bagaimana? Ada BPJS?", "sakit dan perlindungan", ("jaminan",))
PHONE = Question(guid("q3"), "3", "HP atau aplikasi dipakai untuk apa?", "HP dan aplikasi", ("teknologi",))
GUIDE = (DAY, ILL, PHONE)

SARI = transcript(
    "sari",
    "P: Sore, Bu.\nN: Sore.\nP: Sehari-hari gimana jalannya?\nN: Nggak tentu.\nP: Terus?\nN: Ya gitu.\n"
    "P: Kalo sakit gimana, Bu?\nN: Beli obat warung.\n",
)
BUDI = transcript("budi", "P: HP dipake apa aja, Bang?\nN: Nelpon anak.\nP: BPJS ada?\nN: Ada.\n")
LETTER = transcript("budi-surat", "N: Saya pedagang.\n", informants={"N": "budi"})
GROUP = transcript(
    "kelompok",
    "M: Kalau sakit bagaimana, Bapak Ibu?\nA: Ke puskesmas.\nC: Sama.\n",
    informants={"A": "ayu", "C": "cici"},
    kind=Kind.GROUP,
)


def reading(source: Transcript, *turns: int, coder: str = "rani") -> Reading:
    """Return a reading of *turns*, from the first to the last, or of the whole."""
    span = Span(0, len(source.text))
    if turns:
        span = Span(source.turn(turns[0]).span.start, source.turn(turns[-1]).span.end)
    return Reading(guid(f"read{source.name}{turns}{coder}"), source.guid, source.revision, span, coder, START)


def link(source: Transcript, turn: int, *questions: Question, **more: object) -> QuestionLink:
    """Return a person's word on what a turn asks."""
    values = {"revision": source.revision, "at": START} | more
    return QuestionLink(
        guid(f"link{source.name}{turn}{values['at']}"), source.guid, span=source.turn(turn).span,
        questions=tuple(q.guid for q in questions), coder="rani", **values,
    )  # type: ignore[arg-type]  # fmt: skip


def study(*transcripts: Transcript, **more: object) -> Corpus:
    """Return a study with the guide, all of it read."""
    readings = more.pop("readings", tuple(map(reading, transcripts)))
    codings = more.pop("codings", ())
    ids = ["sari", "budi", "ayu", "cici"]
    return corpus(transcripts, codings, ids=ids, questions=GUIDE, readings=readings, **more)  # type: ignore[arg-type]


def seen(found: Corpus, source: Transcript) -> list[tuple[int, str, str]]:
    """Return (turn, how, number of the question) of a transcript's links."""
    numbers = {question.guid: question.number for question in GUIDE}
    return [(x.turn, str(x.how), "+".join(numbers[q] for q in x.questions)) for x in asked(found).of(source.guid)]


def test_turns_are_linked_to_the_questions_they_are_like() -> None:
    """Greetings ask nothing, colloquial wording is known again, a probe belongs to the question before."""
    found = study(SARI, BUDI)

    assert seen(found, SARI) == [(1, "", ""), (3, "asks", "1"), (5, "follows", "1"), (7, "asks", "2")]
    assert seen(found, BUDI) == [(1, "asks", "3"), (3, "asks", "2")]
    assert all(0 <= x.score <= 1 for x in asked(found).links)
    assert asked(found).asked_in(ILL.guid) == (SARI.guid, BUDI.guid)
    assert asked(found).asked_in(DAY.guid) == (SARI.guid,)


def test_only_conversations_in_which_somebody_asks_are_interviews() -> None:
    """A letter and field notes are not counted among those in which a question might have been asked."""
    notes = transcript("catatan", "P: Kalau sakit bagaimana?\n", informants={}, kind=Kind.OBSERVATION)

    assert asked(study(SARI, LETTER, notes)).interviews == (SARI.guid,)


def test_without_a_guide_nothing_is_linked() -> None:
    """And every table is what it was."""
    bare = study(SARI, BUDI).with_(questions=())

    assert asked(bare).links == ()
    assert absences(bare, "budi").not_coded == ("tak-pasti", "jaminan", "nilai", "nabung", "teknologi")
    assert code_matrix(bare).to_rows() == (("sari", "", "", "", "", ""), ("budi", "", "", "", "", ""))


def test_what_a_person_says_of_a_turn_goes_before_likeness() -> None:
    """And what follows goes with it: a turn that asks none opens another matter."""
    said = (link(SARI, 1, PHONE), link(SARI, 3))
    found = study(SARI, question_links=said)

    assert seen(found, SARI) == [(1, "asks", "3"), (3, "", ""), (5, "", ""), (7, "asks", "2")]
    assert [x.by_hand for x in asked(found).of(SARI.guid)] == [True, True, False, False]


def test_a_turn_may_be_said_to_ask_two_questions() -> None:
    """One turn of a hurried interviewer holds both."""
    found = study(SARI, question_links=(link(SARI, 7, ILL, PHONE),))

    assert seen(found, SARI)[-1] == (7, "asks", "2+3")
    assert asked(found).asked_in(PHONE.guid) == (SARI.guid,)


def test_the_last_word_on_a_turn_counts_and_one_on_an_earlier_text_does_not() -> None:
    """Copies of a study may hold two; a correction whose words are gone says nothing."""
    later = START.replace(year=2026)
    found = study(SARI, question_links=(link(SARI, 1, PHONE), link(SARI, 1, ILL, at=later)))
    old = study(SARI, question_links=(link(SARI, 1, PHONE, revision=guid("lama")),))

    assert seen(found, SARI)[0] == (1, "asks", "2")
    assert seen(old, SARI)[0] == (1, "", "")


def test_asked_and_not_mentioned_is_told_from_not_asked() -> None:
    """In matrix and lists; a code that no question asks about stays unknown."""
    found = study(SARI, BUDI, codings=[coding(SARI, 4, "tak-pasti")])
    matrix = code_matrix(found)
    codes = ("tak-pasti", "jaminan", "nilai", "nabung", "teknologi")

    assert matrix.codes == codes
    assert matrix.to_rows() == (("sari", "●", "–", "", "", ""), ("budi", "", "–", "", "", "–"))
    assert (absences(found, "sari").asked, absences(found, "sari").not_asked) == (("jaminan",), ("teknologi",))
    assert absences(found, "sari").not_coded == ("nilai", "nabung")
    assert absences(found, "budi").asked == ("jaminan", "teknologi")
    assert (silence(found, "teknologi").asked, silence(found, "teknologi").not_asked) == (("budi",), ("sari",))
    assert silence(found, "tak-pasti").not_asked == ("budi",)
    assert code_matrix(found, by="transcript").cell("budi", "jaminan").symbol == "–"


def test_a_mention_anywhere_is_no_absence() -> None:
    """What was asked about and came up elsewhere in the interview came up."""
    found = study(SARI, codings=[coding(SARI, 4, "jaminan", stance="denied")])

    assert code_matrix(found).cell("sari", "jaminan").symbol == "○"
    assert absences(found, "sari").denied == ("jaminan",)
    assert absences(found, "sari").asked == ("tak-pasti",)


def test_an_unread_answer_is_not_said_to_lack_anything() -> None:
    """Asked, but nobody has read what was answered; reading or coding the answer is enough."""
    half = study(SARI, readings=(reading(SARI, 1, 4),))
    read = study(SARI, readings=(reading(SARI, 1, 6),))
    coded = study(SARI, readings=(), codings=[coding(SARI, 8, "nilai")])

    assert absences(half, "sari").asked_unread == ("tak-pasti", "jaminan")
    assert code_matrix(half).cell("sari", "tak-pasti").symbol == ""
    assert absences(read, "sari").asked == ("tak-pasti",)
    assert absences(coded, "sari").asked == ("jaminan",)
    assert absences(coded, "sari").asked_unread == ("tak-pasti",)


def test_what_another_coder_read_does_not_count_for_one() -> None:
    """The matrix of one coder rests on that coder's reading."""
    found = study(SARI, readings=(reading(SARI, coder="dewi"),), codings=[coding(SARI, 4, "tak-pasti")])

    assert code_matrix(found).cell("sari", "jaminan").symbol == "–"
    assert code_matrix(found, coder="rani").cell("sari", "jaminan").symbol == ""


def test_nothing_is_asked_in_vain_of_a_study_marked_by_rules_alone() -> None:
    """Words find half: their silence is none."""
    found = study(SARI, readings=(), suggestions=(suggestion(SARI, 4, "tak-pasti"),))

    assert unmentioned(found, asked(found)).informants == {}
    assert code_matrix(found).cell("sari", "jaminan").symbol == ""


def test_a_question_to_a_group_counts_for_the_group() -> None:
    """Nobody in it is said to have had nothing to say."""
    found = study(GROUP, SARI)

    assert code_matrix(found, by="transcript").cell("kelompok", "jaminan").symbol == "–"
    assert code_matrix(found).cell("ayu", "jaminan").symbol == ""
    assert absences(found, "ayu").asked_of_group == ("jaminan",)
    assert absences(found, "ayu").not_asked == ("tak-pasti", "teknologi")
    assert silence(found, "jaminan").asked_of_group == ("ayu", "cici")


def test_someone_heard_where_nobody_asks_may_have_been_asked() -> None:
    """A letter beside the interview: "not asked" cannot be said of what the interview lacks; "asked" can."""
    found = study(BUDI, LETTER)

    assert absences(found, "budi").asked == ("jaminan", "teknologi")
    assert absences(found, "budi").not_asked == ()
    assert "tak-pasti" in absences(found, "budi").not_coded


def test_codings_that_wait_for_review_are_not_called_absent() -> None:
    """The code stands on the earlier text."""
    old = replace(coding(SARI, 8, "jaminan"), revision=guid("lama"))
    found = study(SARI, codings=[old])

    assert absences(found, "sari").waiting == ("jaminan",)
    assert absences(found, "sari").asked == ("tak-pasti",)
    assert code_matrix(found).cell("sari", "jaminan").symbol == ""


def test_counts_do_not_change_with_a_guide() -> None:
    """A dash is no passage."""
    found = study(SARI, BUDI, codings=[coding(SARI, 4, "tak-pasti")])

    assert frequency(found) == frequency(found.with_(questions=()))


def test_answers_run_to_the_next_turn_of_the_asking_side() -> None:
    """Bystanders and others included; two questions in a row have one answer."""
    source = transcript("dua", "P: Satu?\nP: Dua?\nN: Ya.\nB: Bu, beli!\nN: Iya.\nP: Tiga?\n")

    assert answers_to(source, [1]) == ()
    assert answers_to(source, [1, 2]) == (3, 4, 5)
    assert answers_to(source, [6]) == ()


def test_a_coding_on_the_answer_to_a_question_on_its_code_may_be_prompted() -> None:
    """Also on the answer to a probe; never where the question was about something else."""
    on_answer, on_probe = coding(SARI, 4, "tak-pasti"), coding(SARI, 6, "tak-pasti")
    elsewhere = coding(SARI, 4, "jaminan")
    found = study(SARI, codings=[on_answer, on_probe, elsewhere])
    links = asked(found)
    first, second = promptings(found, links)

    assert (first.coding, first.question, first.turn, first.how) == (on_answer.guid, DAY.guid, 3, How.ASKS)
    assert (second.coding, second.turn, second.how) == (on_probe.guid, 5, How.FOLLOWS)
    assert prompting(found, links, elsewhere) is None


def test_a_question_on_a_code_prompts_the_codes_under_it() -> None:
    """To ask after values is to ask after saving, where the codebook says so."""
    guide = (replace(DAY, codes=("nilai",)),)
    child = coding(SARI, 4, "nabung")
    found = study(SARI, codings=[child]).with_(questions=guide)

    assert [each.coding for each in promptings(found, asked(found))] == [child.guid]


@pytest.mark.parametrize("mark", ["prompted", "spontaneous"])
def test_what_a_person_marked_is_not_proposed_again(mark: str) -> None:
    """The coder has decided."""
    found = study(SARI, codings=[coding(SARI, 4, "tak-pasti", elicited=mark)])

    assert promptings(found, asked(found)) == ()


def test_proposals_for_one_coder_are_of_their_own_codings() -> None:
    """Nobody marks another's."""
    codings = [coding(SARI, 4, "tak-pasti", "rani"), coding(SARI, 4, "tak-pasti", "dewi", words="tentu")]
    found = study(SARI, codings=codings)

    assert [each.coding for each in promptings(found, asked(found), coder="dewi")] == [codings[1].guid]


def test_a_coding_before_any_question_or_on_one_is_not_prompted() -> None:
    """Nor one that begins before the first turn of the asking side."""
    found = study(SARI, codings=[coding(SARI, 2, "tak-pasti"), coding(SARI, 3, "tak-pasti")])

    assert promptings(found, asked(found)) == ()
