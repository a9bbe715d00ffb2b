"""Counts, matrices, pairs, positions and absences of small corpora."""

from __future__ import annotations

from dataclasses import replace

import pytest
from corpora import CODEBOOK, START, coding, corpus, guid, suggestion, transcript
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis import (
    absences,
    answer_matrix,
    code_matrix,
    codelines,
    codes_shown,
    cooccurrence,
    frequency,
    is_automatic,
    n_superseded,
    passages,
    pending,
    pending_counts,
    silence,
    untouched,
    unvoiced,
)
from qualcode.errors import InputError, NotFoundError
from qualcode.model import (
    Code,
    Codebook,
    Decision,
    Elicited,
    Kind,
    Reading,
    Relation,
    Segment,
    Span,
    Stance,
    Verdict,
)

SARI = transcript(
    "sari", "P: Gimana, Bu?\nN: Nggak tentu. Kadang rame kadang sepi.\nP: BPJS?\nN: Nggak punya, dijalanin aja.\n"
)
BUDI = transcript("budi", "P: Gimana, Bang?\nN: Tiap hari sama.\nB: Bang, parkir!\nN: Rezeki mah diatur.\n")
TINI = transcript("tini", "P: Gimana, Mbak?\nN: Ya gitu.\n")


def test_passages_join_overlapping_codings_of_two_coders() -> None:
    """What two coders mark with one code counts once, over the union of their words."""
    whole = coding(SARI, 2, "tak-pasti", "rani", "present")
    part = coding(SARI, 2, "tak-pasti", "dewi", words="sepi")
    (found,) = passages(corpus([SARI], [whole, part]))

    assert found.span == SARI.turn(2).span
    assert found.coders == ("dewi", "rani")
    assert found.stances == {Stance.PRESENT, Stance.UNMARKED}
    assert set(found.codings) == {whole.guid, part.guid}
    assert found.informants == (guid("sari"),)


def test_passages_that_only_touch_stay_two() -> None:
    """Joining needs a common code point."""
    first = coding(SARI, 2, "tak-pasti", words="Nggak tentu.")
    second = coding(SARI, 2, "tak-pasti", words=" Kadang rame")

    assert len(passages(corpus([SARI], [first, second]))) == 2


def test_passages_leave_out_codings_on_an_earlier_revision() -> None:
    """They wait to be re-anchored, and are counted apart."""
    old = replace(coding(SARI, 2, "tak-pasti"), revision=guid("older"))

    study = corpus([SARI], [old])

    assert passages(study) == ()
    assert n_superseded(study) == 1


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8), st.sampled_from(["rani", "dewi"])), max_size=12))
def test_passages_cover_exactly_what_was_coded(spans: list[tuple[int, int, str]]) -> None:
    """The passages are disjoint, cover the coded code points and no others, and hold every coding once."""
    text = transcript("x", "N: " + "kata " * 10)
    codings = [
        replace(coding(text, 1, "nilai", coder), guid=guid(str(n)), span=Span(3 + start, 3 + start + length))
        for n, (start, length, coder) in enumerate(spans)
    ]
    found = passages(corpus([text], codings))

    covered = [p for passage in found for p in range(passage.span.start, passage.span.end)]
    assert len(covered) == len(set(covered))
    assert set(covered) == {p for c in codings for p in range(c.span.start, c.span.end)}
    assert sorted(g for passage in found for g in passage.codings) == sorted(c.guid for c in codings)


def test_passages_of_bystanders_and_interviewers_are_no_informants() -> None:
    """A coding of the question, or of a buyer's words, counts for nobody and is no passage."""
    study = corpus([BUDI], [coding(BUDI, 1, "nilai"), coding(BUDI, 3, "teknologi")])

    assert passages(study) == ()
    assert [passage.informants for passage in unvoiced(study)] == [(), ()]


def test_code_matrix_shows_stances_as_symbols() -> None:
    """Unmarked counts as present; mixed stances stand side by side; another person's matter has its own sign."""
    study = corpus(
        [SARI, BUDI, TINI],
        [
            coding(SARI, 2, "tak-pasti"),
            coding(SARI, 4, "tak-pasti", stance="denied"),
            coding(SARI, 4, "jaminan", stance="past"),
            coding(BUDI, 2, "tak-pasti", stance="denied"),
            coding(BUDI, 4, "nilai", stance="other"),
        ],
    )
    matrix = code_matrix(study)

    assert matrix.to_rows() == (
        ("sari", "●○", "◐", "", "", ""),
        ("budi", "○", "", "◇", "", ""),
        ("tini", "", "", "", "", ""),
    )
    frame = matrix.to_frame()
    assert list(frame.columns) == ["tak-pasti", "jaminan", "nilai", "nabung", "teknologi"]
    assert frame.loc["sari", "tak-pasti"] == "●○"
    assert matrix.to_frame(values="passages").loc["sari", "tak-pasti"] == 2


def test_code_matrix_of_one_coder_and_by_transcript() -> None:
    """A coder's matrix holds that coder's codings; transcripts are rows by name."""
    study = corpus([SARI, BUDI], [coding(SARI, 2, "nilai", "rani"), coding(BUDI, 2, "nilai", "dewi")])

    assert code_matrix(study, coder="dewi").to_rows()[0] == ("sari", "", "", "", "", "")
    assert code_matrix(study, by="transcript").to_rows()[1] == ("budi", "", "", "●", "", "")
    with pytest.raises(NotFoundError, match="no coder 'deni'"):
        code_matrix(study, coder="deni")
    with pytest.raises(InputError):
        code_matrix(study, by="kode")  # type: ignore[arg-type]


def test_code_matrix_rolls_children_up_on_request() -> None:
    """A child's passages count for the parent only when asked."""
    study = corpus([SARI], [coding(SARI, 2, "nabung")])

    assert code_matrix(study).cell("sari", "nilai").passages == 0
    assert code_matrix(study, rollup=True).cell("sari", "nilai").symbol == "●"


def test_group_passage_counts_for_each_voice_in_it() -> None:
    """In a group, a turn is its speaker's; a span over two speakers is both's."""
    talk = transcript(
        "fgd",
        "M: Gimana?\nA: Sepi.\nC: Sama, sepi.\nD: Saya tidak.",
        informants={"A": "a", "C": "c", "D": "d"},
        kind=Kind.GROUP,
    )
    both = replace(coding(talk, 2, "tak-pasti"), span=Span(talk.turn(2).span.start, talk.turn(3).span.end))

    matrix = code_matrix(corpus([talk], [both], ids=["a", "c", "d"]))

    assert [row[1] for row in matrix.to_rows()] == ["●", "●", ""]


def test_frequency_counts_informants_then_passages_then_codings() -> None:
    """Stating, denying and speaking of others are told apart; coders count once among passages."""
    study = corpus(
        [SARI, BUDI, TINI],
        [
            coding(SARI, 2, "tak-pasti", "rani", "present", "spontaneous"),
            coding(SARI, 2, "tak-pasti", "dewi"),
            coding(SARI, 4, "tak-pasti", "rani", "planned", "prompted"),
            coding(BUDI, 2, "tak-pasti", stance="denied"),
            coding(TINI, 2, "tak-pasti", stance="other"),
        ],
    )
    row = frequency(study)["tak-pasti"]

    assert (row.informants, row.denying, row.of_others) == (1, 1, 1)
    assert (row.spontaneous, row.prompted) == (1, 0)
    assert (row.passages, row.codings, row.segments) == (4, 5, None)
    assert frequency(study).n_informants == 3
    assert frequency(study).to_frame().loc["nilai", "passages"] == 0


def test_frequency_counts_the_segments_that_passages_touch() -> None:
    """A passage over two segments counts in both; nested segments are found too."""
    second = SARI.turn(2).span
    segments = (
        Segment(SARI.guid, Span(second.start, second.start + 12), "sentence"),
        Segment(SARI.guid, Span(second.start + 13, second.end), "sentence"),
        Segment(SARI.guid, SARI.turn(4).span, "sentence"),
        Segment(SARI.guid, Span(0, len(SARI.text)), "all"),
    )

    assert frequency(corpus([SARI], [coding(SARI, 2, "nilai")], segments=segments))["nilai"].segments == 3


def test_codes_shown_are_those_in_use_and_those_with_codings() -> None:
    """A code that is off appears only where something bears it."""
    book = Codebook("b", (Code("satu"), Code("dua", active=False), Code("tiga", active=False)))

    assert codes_shown(corpus([SARI], [coding(SARI, 2, "tiga")], codebook=book)) == ("satu", "tiga")


def test_cooccurrence_counts_units_with_both_codes() -> None:
    """Within a turn by default; a pair may be asked in either order."""
    study = corpus(
        [SARI, BUDI],
        [coding(SARI, 2, "tak-pasti"), coding(SARI, 2, "nilai", words="Kadang"), coding(SARI, 4, "jaminan")],
    )

    found = cooccurrence(study)
    assert (found.count("nilai", "tak-pasti"), found.count("jaminan", "nilai")) == (1, 0)
    assert found.to_rows() == (("tak-pasti", "nilai", 1),)
    assert cooccurrence(study, within="informant").count("jaminan", "nilai") == 1
    assert found.to_frame().loc["jaminan", "jaminan"] == 1
    with pytest.raises(InputError, match="no segments"):
        cooccurrence(study, within="segment")


def test_cooccurrence_says_what_stands_in_no_unit() -> None:
    """A source without turns has no turn to count in."""
    note = replace(transcript("catatan", "Lapak di pinggir jalan."), kind=Kind.OBSERVATION, informants=())
    mark = replace(coding(SARI, 2, "nilai"), transcript=note.guid, revision=note.revision, span=Span(0, 5))

    assert cooccurrence(corpus([note], [mark])).outside == 1


def test_answer_matrix_keeps_recorded_relations_and_mere_company_apart() -> None:
    """A relation is a person's claim, whichever way round; standing together is only a place to look."""
    study = corpus(
        [SARI, BUDI],
        [
            coding(SARI, 2, "tak-pasti"),
            coding(SARI, 2, "nilai"),
            coding(BUDI, 1, "tak-pasti"),
            coding(BUDI, 1, "nilai"),
        ],
        relations=(
            Relation(guid("1"), "teknologi", "tak-pasti", informant=guid("budi")),
            Relation(guid("2"), "jaminan", "nilai", informant=""),
            Relation(guid("3"), "nilai", "teknologi", informant=guid("budi")),
        ),
    )
    found = answer_matrix(study)

    assert found.answer("tak-pasti", "teknologi").claimed == ("budi",)
    assert found.answer("tak-pasti", "nilai").claimed == ()
    assert found.answer("tak-pasti", "nilai").together == {"sari": 1}
    assert found.answer("jaminan", "nilai").for_study
    assert found.to_rows() == (
        ("tak-pasti", "nilai", 0, 1, 1),
        ("tak-pasti", "teknologi", 1, 0, 0),
        ("jaminan", "nilai", 0, 0, 0),
    )
    assert answer_matrix(study, informant="budi").answer("tak-pasti", "nilai").together == {}


def test_codelines_place_passages_in_text_and_turns() -> None:
    """Positions are code points; turns count from 1; only the informant's own passages stand on the line."""
    study = corpus([SARI, BUDI], [coding(SARI, 4, "jaminan", stance="denied"), coding(BUDI, 3, "nilai")])
    (line,) = codelines(study, informant="sari")

    span = SARI.turn(4).span
    assert line.to_rows() == (("jaminan", span.start, span.end, 4, 4),)
    assert (line.length, line.n_turns) == (len(SARI.text), 4)
    assert codelines(study, informant="budi")[0].marks == ()


def test_absences_tell_denied_from_not_coded_from_unread() -> None:
    """Nothing is said to be absent from an interview that nobody has read."""
    study = corpus(
        [SARI, BUDI, TINI],
        [
            coding(SARI, 4, "jaminan", stance="denied"),
            coding(SARI, 2, "tak-pasti"),
            coding(SARI, 2, "teknologi", stance="other"),
        ],
        readings=(Reading(guid("read"), BUDI.guid, BUDI.revision, BUDI.turn(2).span, "rani", START),),
    )

    sari = absences(study, "sari")
    assert (sari.denied, sari.of_others, sari.not_coded) == (("jaminan",), ("teknologi",), ("nilai", "nabung"))
    assert absences(study, "budi").not_coded == codes_shown(study)
    tini = absences(study, "tini")
    assert (tini.read, tini.not_coded) == (False, ())
    assert silence(study, "jaminan").to_rows() == (("denied", "sari"), ("not_coded", "budi"), ("unread", "tini"))


def test_pending_suggestions_are_those_nobody_settled() -> None:
    """Skipping settles nothing; accepting, correcting and rejecting do."""
    kept, skipped, gone = (suggestion(SARI, turn, "nilai") for turn in (2, 3, 4))

    def decided(about: str, verdict: Verdict) -> Decision:
        return Decision(
            guid("d" + about), about, SARI.guid, SARI.revision, SARI.turn(2).span, "nilai", verdict, "rani", START
        )

    study = corpus(
        [SARI],
        suggestions=(gone, skipped, kept),
        decisions=(decided(gone.guid, Verdict.REJECTED), decided(skipped.guid, Verdict.SKIPPED)),
    )

    assert pending(study) == (kept, skipped)
    (count,) = pending_counts(study)
    assert (count.code, count.suggestions, count.informants) == ("nilai", 2, 1)


def test_is_automatic_only_without_any_coding() -> None:
    """One human coding makes it a study that somebody reads; a classifier's suggestions are no marking by rules."""
    hits = (suggestion(SARI, 2, "nilai"),)

    assert is_automatic(corpus([SARI], suggestions=hits))
    assert not is_automatic(corpus([SARI], [coding(SARI, 2, "nilai")], suggestions=hits))
    assert not is_automatic(corpus([SARI], suggestions=(suggestion(SARI, 2, "nilai", "classifier 1"),)))


def test_a_transcript_is_untouched_until_someone_codes_reads_or_decides_in_it() -> None:
    """Any of the three shows that a person was there; suggestions show nothing."""
    study = corpus([SARI, BUDI], suggestions=(suggestion(SARI, 2, "nilai"),))
    span = SARI.turn(2).span
    reading = Reading(guid("r"), SARI.guid, SARI.revision, span, "rani", START)
    skipped = Decision(guid("d"), guid("s"), SARI.guid, SARI.revision, span, "nilai", Verdict.SKIPPED, "rani", START)

    assert untouched(study) == {SARI.guid, BUDI.guid}
    assert untouched(study.with_(readings=(reading,))) == {BUDI.guid}
    assert untouched(study.with_(decisions=(skipped,))) == {BUDI.guid}
    assert untouched(corpus([SARI, BUDI], [coding(SARI, 2, "nilai")])) == {BUDI.guid}


def test_analyses_of_an_empty_corpus_are_empty() -> None:
    """No informants, no transcripts, no codings: results without rows, not errors."""
    study = corpus([])

    assert code_matrix(study).to_rows() == ()
    assert frequency(study).n_informants == 0
    assert all(row.passages == 0 for row in frequency(study).rows)
    assert answer_matrix(study).answers == ()
    assert cooccurrence(study).to_frame().to_numpy().sum() == 0
    assert {code.key for code in CODEBOOK} == set(code_matrix(study).codes)


def test_elicited_marks_are_counted_by_passage() -> None:
    """Spontaneous and prompted passages of one informant are told apart."""
    study = corpus(
        [SARI], [coding(SARI, 2, "nilai", elicited="spontaneous"), coding(SARI, 4, "nilai", elicited="prompted")]
    )
    cell = code_matrix(study).cell("sari", "nilai")

    assert (cell.spontaneous, cell.prompted) == (1, 1)
    assert cell.came_up is Elicited.SPONTANEOUS


def test_denials_are_neither_spontaneous_nor_prompted_mentions() -> None:
    """How a matter came up is counted among those who state it, each once."""
    study = corpus(
        [SARI, BUDI],
        [
            coding(SARI, 2, "nilai", stance="present", elicited="prompted"),
            coding(SARI, 4, "nilai", stance="denied", elicited="spontaneous"),
            coding(BUDI, 2, "nilai", stance="denied", elicited="prompted"),
        ],
    )
    row = frequency(study)["nilai"]

    assert (row.informants, row.spontaneous, row.prompted, row.denying) == (1, 0, 1, 2)


def test_passages_that_coders_see_differently_are_not_called_spontaneous() -> None:
    """One says spontaneous, the other prompted: it counts as prompted."""
    study = corpus(
        [SARI],
        [
            coding(SARI, 2, "nilai", "rani", elicited="spontaneous"),
            coding(SARI, 2, "nilai", "dewi", elicited="prompted"),
        ],
    )

    assert passages(study)[0].came_up is Elicited.PROMPTED
    assert (code_matrix(study).cell("sari", "nilai").spontaneous, frequency(study)["nilai"].prompted) == (0, 1)
