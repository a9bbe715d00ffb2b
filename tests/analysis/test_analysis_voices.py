"""Whose words count: who is heard, what only an interviewer says, and what waits on an earlier text."""

from __future__ import annotations

from dataclasses import replace

from corpora import coding, corpus, guid, suggestion, transcript

from qualcode.analysis import (
    Waiting,
    absences,
    answer_matrix,
    code_matrix,
    codelines,
    cooccurrence,
    frequency,
    heard,
    n_superseded,
    passages,
    pending_counts,
    silence,
    unvoiced,
    waiting,
)
from qualcode.model import Informant, Kind, Role, Span, Turn

SARI = transcript("sari", "P: Gimana, Bu?\nN: Nggak tentu.\nB: Bu, kopi satu.\nP: BPJS?\nN: Nggak punya.\n")
BUDI = transcript("budi", "P: Gimana, Bang?\nN: Tiap hari sama.\n")
GROUP = transcript(
    "fgd", "M: Gimana?\nA: Sepi.\nC: Sama.", informants={"A": "ayu", "C": "cici", "E": "eka"}, kind=Kind.GROUP
)
NOTE = replace(transcript("catatan", "Lapak di pinggir jalan."), kind=Kind.OBSERVATION, informants=(), turns=())


def test_only_informants_with_words_of_their_own_are_in_the_denominator() -> None:
    """Eka is listed as a member but says nothing; Budi's answer sheet has no turns but is his alone."""
    sheet = replace(BUDI, turns=())
    study = corpus([GROUP, sheet], ids=["ayu", "cici", "eka", "budi"])

    assert heard(study) == {guid("ayu"), guid("cici"), guid("budi")}
    assert frequency(study).n_informants == 3
    assert answer_matrix(study).n_informants == 3
    assert len(code_matrix(study).rows) == 4


def test_informants_whose_turns_are_a_bystanders_or_empty_are_not_heard() -> None:
    """A buyer who got an id, a transcript of questions alone, and a turn without a word."""
    buyer = replace(SARI.turn(3), informant=guid("pembeli"))
    talk = replace(SARI, turns=(*SARI.turns[:2], buyer, *SARI.turns[3:]))
    asked = transcript("tanya", "P: Gimana?\n")
    silent = replace(
        transcript("diam", "P: Gimana?\nN: (diam)\n"),
        turns=(Turn(Span(3, 10), "P", Role.INTERVIEWER), Turn(Span(13, 14), "N", Role.INFORMANT, guid("diam"))),
    )
    people = tuple(Informant(guid(name), name) for name in ("sari", "pembeli", "tanya", "diam"))
    study = corpus([talk, asked, silent], [coding(talk, 3, "nilai", stance="present")], informants=people)

    assert heard(study) == {guid("sari")}
    row = frequency(study)["nilai"]
    assert (row.informants, frequency(study).n_informants) == (0, 1)
    assert silence(study, "nilai").not_coded == ("sari",)


def test_a_sole_informant_is_heard_in_turns_that_name_nobody() -> None:
    """As in `Corpus.informants_of`: turns without a person are the only informant's, unless they ask."""
    talk = replace(BUDI, turns=tuple(replace(turn, informant=None, role=Role.OTHER) for turn in BUDI.turns))

    assert heard(corpus([talk])) == {guid("budi")}


def test_words_of_interviewers_and_bystanders_alone_are_no_passages() -> None:
    """They are counted apart, and so are in no table at all; a note has no interviewer."""
    on_note = replace(coding(SARI, 1, "nilai"), transcript=NOTE.guid, revision=NOTE.revision, span=Span(0, 5))
    marks = [
        coding(SARI, 1, "nilai"),
        coding(SARI, 3, "teknologi"),
        coding(SARI, 3, "tak-pasti"),
        coding(SARI, 2, "nilai"),
        on_note,
    ]
    study = corpus([SARI, NOTE], marks)

    assert [p.code for p in passages(study)] == ["nilai", "nilai"]
    assert [(p.code, len(p.codings)) for p in unvoiced(study)] == [("nilai", 1), ("tak-pasti", 1), ("teknologi", 1)]
    assert (frequency(study)["teknologi"].passages, frequency(study)["teknologi"].codings) == (0, 0)
    assert code_matrix(study, by="transcript").cell("sari", "teknologi").passages == 0
    assert cooccurrence(study).to_rows() == ()
    assert [mark.code for line in codelines(study) for mark in line.marks] == ["nilai", "nilai"]


def test_a_question_coded_with_its_answer_is_a_passage() -> None:
    """One word of the informant's makes it one."""
    both = replace(coding(SARI, 1, "nilai"), span=Span(SARI.turn(1).span.start, SARI.turn(2).span.start + 5))

    assert len(passages(corpus([SARI], [both]))) == 1
    assert unvoiced(corpus([SARI], [both])) == ()


def test_codings_on_an_earlier_text_wait_by_informant_and_code() -> None:
    """Whose they are is known where a transcript has one informant; else they may be any member's."""
    old = replace(coding(SARI, 2, "nilai"), revision=guid("older"))
    older = replace(coding(SARI, 5, "nilai", "dewi"), revision=guid("older"))
    group = replace(coding(GROUP, 2, "tak-pasti"), revision=guid("older"))
    study = corpus([SARI, GROUP], [group, old, older, coding(SARI, 2, "jaminan")], ids=["sari", "ayu", "cici", "eka"])

    assert waiting(study) == (
        Waiting(SARI.guid, "nilai", (guid("sari"),), 2),
        Waiting(GROUP.guid, "tak-pasti", (guid("ayu"), guid("cici"), guid("eka")), 1),
    )
    assert sum(found.codings for found in waiting(study)) == n_superseded(study)


def test_codes_that_wait_are_not_called_absent() -> None:
    """Neither from the informant's side nor from the code's."""
    old = replace(coding(SARI, 2, "nilai"), revision=guid("older"))
    study = corpus([SARI, BUDI], [old, coding(BUDI, 2, "tak-pasti"), coding(SARI, 2, "jaminan")])

    found = absences(study, "sari")
    assert found.waiting == ("nilai",)
    assert found.not_coded == ("tak-pasti", "nabung", "teknologi")
    assert silence(study, "nilai").to_rows() == (("not_coded", "budi"), ("waiting", "sari"))
    group = replace(coding(GROUP, 2, "nilai"), revision=guid("older"))
    of_group = corpus([GROUP], [group, coding(GROUP, 3, "jaminan")], ids=["ayu", "cici", "eka"])
    assert absences(of_group, "ayu").waiting == ("nilai",)
    assert "nilai" not in absences(of_group, "cici").not_coded


def test_marks_in_nobodys_words_are_told_apart() -> None:
    """The overview's sum and the matrix then agree."""
    on_note = replace(suggestion(SARI, 2, "nilai", "rules 2"), transcript=NOTE.guid, revision=NOTE.revision)
    study = corpus([SARI, NOTE], suggestions=(suggestion(SARI, 2, "nilai"), replace(on_note, span=Span(0, 5))))

    (count,) = pending_counts(study)
    assert (count.informants, count.suggestions, count.outside) == (1, 2, 1)


def test_nobody_is_called_silent_who_has_no_words() -> None:
    """Absence can be said only of those who speak."""
    study = corpus([GROUP], [coding(GROUP, 2, "tak-pasti")], ids=["ayu", "cici", "eka"])

    assert silence(study, "nilai").not_coded == ("ayu", "cici")
    assert absences(study, "eka").not_coded == ()
    assert not absences(study, "eka").heard
