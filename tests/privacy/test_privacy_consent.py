"""A corpus without the words of those who may not be quoted."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.model import (
    Code,
    Codebook,
    Coding,
    Codings,
    Consent,
    ConsentForm,
    Corpus,
    Decision,
    Evidence,
    Informant,
    Kind,
    Memo,
    Question,
    Quote,
    Quoting,
    Relation,
    Role,
    Span,
    Suggestion,
    Theme,
    Transcript,
    Turn,
    Verdict,
)
from qualcode.privacy.consent import BLOCK, is_withheld, readable, reasons, uses_register, withhold
from qualcode.privacy.echoes import Echoes

AT = datetime(2025, 5, 2, tzinfo=UTC)
SITI, TONO, BAYU = "1" * 32, "2" * 32, "3" * 32
SECRET = "kalau hujan turun dagangan saya hancur semua"
OPEN = "saya tiap minggu ikut arisan di masjid"
PEOPLE = (Informant(SITI, "informan-01"), Informant(TONO, "informan-02"), Informant(BAYU, "informan-03"))
YES = Consent(TONO, date(2025, 2, 1), ConsentForm.WRITTEN, ("tesis",), Quoting.VERBATIM)
NO = Consent(SITI, date(2025, 2, 1), ConsentForm.RECORDED, (), Quoting.NONE)


def transcript(name: str, said: list[tuple[str, Role, str | None, str]], *, head: str = "", n: str = "a") -> Transcript:
    """Return a transcript of (label, role, informant, words)."""
    text, turns = head, []
    for label, role, who, words in said:
        text += f"{label}: "
        turns.append(Turn(Span(len(text), len(text) + len(words)), label, role, who))
        text += f"{words}\n"
    voices = tuple(dict.fromkeys(who for _, _, who, _ in said if who))
    return Transcript(n * 32, n.upper().casefold() * 31 + "0", name, text, turns=tuple(turns), informants=voices)


OWN = transcript(
    "informan-01",
    [
        ("P", Role.INTERVIEWER, None, "Bagaimana sehari-hari?"),
        ("N", Role.INFORMANT, SITI, f"Ya begitulah, {SECRET}, Bu."),
        ("P", Role.INTERVIEWER, None, f"Jadi {SECRET}, begitu ya? Terus?"),
        ("A", Role.BYSTANDER, None, "Ibu sering menangis malam-malam."),
    ],
    head="Tempat: rumah Bu Siti di gang sempit\n\n",
)
GROUP = transcript(
    "fgd",
    [
        ("M", Role.MODERATOR, None, "Silakan."),
        ("P1", Role.PARTICIPANT, SITI, "Kami di sini rahasianya banyak sekali."),
        ("P2", Role.PARTICIPANT, TONO, f"Kalau {OPEN}."),
        ("Semua", Role.TOGETHER, None, "Betul betul betul."),
    ],
    n="b",
)
NOTE = Transcript(
    "c" * 32, "c" * 31 + "0", "catatan", f"Siang itu ia berkata: {SECRET}.\nUdara panas.\n", Kind.OBSERVATION
)


def of(transcript: Transcript, words: str) -> Span:
    start = transcript.text.index(words)
    return Span(start, start + len(words))


def coding(n: int, on: Transcript, words: str, memo: str = "") -> Coding:
    return Coding(f"{n:032x}", on.guid, on.revision, of(on, words), "sepi", "rani", AT, memo=memo)


def corpus(*consents: Consent, **more: object) -> Corpus:
    """Return a study in which one has said something that stands in many places."""
    codings = (
        coding(1, OWN, SECRET, memo=f"ia bilang {SECRET}"),
        coding(2, GROUP, OPEN),
        coding(3, GROUP, f"rahasianya banyak sekali.\nP2: Kalau {OPEN}"),
    )
    suggestion = Suggestion(
        "9" * 32, OWN.guid, OWN.revision, of(OWN, SECRET), "sepi", "rules/1", evidence=(Evidence("hujan", of(OWN, "hujan")),), quote=SECRET
    )  # fmt: skip
    decision = Decision(
        "8" * 32, "9" * 32, OWN.guid, OWN.revision, of(OWN, SECRET), "sepi", Verdict.ACCEPTED, "rani", AT, evidence="“hujan”"
    )  # fmt: skip
    code = Code("sepi", f"Sepi: {SECRET}", examples=(SECRET, "sepi"), keywords=("sepi", f'"{SECRET}"'))
    values: dict[str, object] = {
        "transcripts": (OWN, GROUP, NOTE),
        "informants": PEOPLE,
        "consents": consents,
        "codebook": Codebook("k", (code,)),
        "codings": Codings(codings),
        "memos": (
            Memo("7" * 32, f"Kutipan: {SECRET.upper()}!", "rani", AT),
            Memo("6" * 32, f"Kutipan lain: {OPEN}", "rani", AT, about=SITI, kind="summary"),
        ),
        "suggestions": (suggestion,),
        "decisions": (decision,),
        "quotes": (Quote("5" * 32, codings[0].guid, printable="kalau hujan […] hancur", translation="when it rains"),),
        "relations": (Relation("4" * 32, "sepi", "sepi", informant=SITI, memo=SECRET),),
        "themes": (Theme("3" * 32, f"Tema: {SECRET}", memo=SECRET),),
    }
    return Corpus(**{**values, **more})  # type: ignore[arg-type]


def all_text(of: Corpus) -> str:
    return repr(of.with_(consents=())) + "".join(repr(c) for c in of.codings)


def test_a_study_without_entries_does_not_use_the_register() -> None:
    study = corpus()
    assert not uses_register(study)
    assert reasons(study) == {}
    assert withhold(study) is study


def test_whoever_has_no_entry_is_withheld_once_anybody_has_one() -> None:
    found = reasons(corpus(YES))
    assert found == dict.fromkeys((SITI, BAYU), "no entry in the consent register")


@pytest.mark.parametrize(
    ("consent", "quoted"),
    [
        (Consent(SITI, quoting=Quoting.VERBATIM), True),
        (Consent(SITI, quoting=Quoting.VERBATIM, until=date(2020, 1, 1)), True),
        (Consent(SITI, quoting=Quoting.PARAPHRASE), False),
        (Consent(SITI, quoting=Quoting.NONE), False),
        (Consent(SITI, date(2025, 1, 1)), False),
        (Consent(SITI, quoting=Quoting.VERBATIM, withdrawn=date(2025, 3, 1)), False),
    ],
)
def test_only_who_permits_it_word_for_word_is_quoted(consent: Consent, quoted: bool) -> None:
    assert (SITI not in reasons(corpus(YES, consent))) == quoted


def test_no_copy_of_the_words_is_left() -> None:
    found = withhold(corpus(YES, NO))
    text = all_text(found).casefold()
    assert SECRET not in text
    for words in ("begitulah", "rahasianya", "menangis", "gang sempit", "Betul", "when it rains", "hancur", "hujan"):
        assert words.casefold() not in text, words


def test_words_of_others_and_every_position_hold() -> None:
    study = corpus(YES, NO)
    found = withhold(study)
    for old, new in zip(study.transcripts, found.transcripts, strict=True):
        assert len(old.text) == len(new.text)
        assert old.text.count("\n") == new.text.count("\n")
        assert [turn.span for turn in old.turns] == [turn.span for turn in new.turns]
        assert old.sha256 != new.sha256
    assert list(found.codings.starts) == list(study.codings.starts)
    assert found.quote(found.codings[1]) == OPEN
    assert OPEN in found.memos[1].text
    own = found.transcript("informan-01")
    assert own.turn(1).span.of(own.text) == "Bagaimana sehari-hari?"
    assert own.turn(3).span.of(own.text).startswith("Jadi ▓▓")
    assert own.turn(3).span.of(own.text).endswith("▓, begitu ya? Terus?")
    assert "Udara panas." in found.transcript("catatan").text
    assert "P2: Kalau" in found.transcript("fgd").text


def test_what_is_read_shows_a_notice_for_each_stretch() -> None:
    found = withhold(corpus(YES, NO))
    mixed = found.codings[2]
    shown = readable(found, mixed.revision, mixed.span, found.quote(mixed), "[ditahan]")
    assert shown == f"[ditahan]\nP2: Kalau {OPEN}"
    assert is_withheld(found, mixed.revision, mixed.span)
    assert not is_withheld(found, mixed.revision, found.codings[1].span)


def test_of_who_withdrew_nothing_is_left_but_counts() -> None:
    people = (Informant(SITI, "informan-01", attributes={"usia": 41}), *PEOPLE[1:])
    gone = Consent(SITI, quoting=Quoting.VERBATIM, withdrawn=date(2025, 3, 1))
    found = withhold(corpus(YES, gone, informants=people))
    assert found.informant("informan-01").attributes == {}
    assert [memo.guid[0] for memo in found.memos] == ["7"]
    assert found.relations[0].memo == ""
    assert found.codings[0].memo == ""
    assert len(found.codings) == 3


def test_a_paraphrase_in_a_memo_stays() -> None:
    memo = Memo("7" * 32, "Hujan merugikan dagangannya.", "rani", AT)
    assert withhold(corpus(YES, NO, memos=(memo,))).memos == (memo,)


def test_a_question_of_the_guide_is_the_researchers() -> None:
    """An answer that repeats the question makes no secret of it."""
    question = Question("d" * 32, "1", "Apa yang dilakukan bila hujan turun lama?")
    asked = transcript(
        "informan-01",
        [("P", Role.INTERVIEWER, None, question.text), ("N", Role.INFORMANT, SITI, f"{question.text} Ya pulang.")],
    )
    more = {"codings": Codings(), "suggestions": (), "decisions": (), "quotes": (), "questions": (question,)}
    found = withhold(corpus(YES, NO, transcripts=(asked,), **more))
    own = found.transcripts[0]
    assert own.turn(1).span.of(own.text) == question.text
    assert set(own.turn(2).span.of(own.text)) == {BLOCK}


def test_an_earlier_text_goes_whole() -> None:
    old = Coding("e" * 32, OWN.guid, "f" * 32, Span(0, 30), "sepi", "rani", AT)
    earlier = {"f" * 32: f"N: {SECRET}\nselesai\n"}
    found = withhold(corpus(YES, NO, codings=Codings([old]), quotes=(), earlier_texts=earlier))
    assert set(found.earlier_texts["f" * 32]) == {BLOCK, "\n"}
    assert set(found.quote(found.codings[0])) <= {BLOCK}


def test_withholding_twice_is_withholding_once() -> None:
    once = withhold(corpus(YES, NO))
    assert withhold(once) is once


WORDS = st.lists(
    st.sampled_from(["saya", "kami", "hujan", "nol", "😀", "é", "﷽", "ya", "tidak", "081", "Bu-"]),
    min_size=1,
    max_size=30,
)


@given(st.lists(st.tuples(st.sampled_from([SITI, TONO, None]), st.booleans(), WORDS), min_size=1, max_size=8))
def test_texts_of_any_shape_keep_their_length_and_lose_the_talk(said: list[tuple[str | None, bool, list[str]]]) -> None:
    turns = [
        ("X", Role.INTERVIEWER if asks else Role.INFORMANT, None if asks else who, " ".join(words))
        for who, asks, words in said
    ]
    study = Corpus(transcripts=(transcript("w", turns),), informants=PEOPLE, consents=(YES, NO))
    old, new = study.transcripts[0], withhold(study).transcripts[0]
    assert len(old.text) == len(new.text)
    closed = SITI in old.informants
    for before, after in zip(old.turns, new.turns, strict=True):
        words = after.span.of(new.text)
        if before.informant == SITI or (closed and before.informant is None and not before.role.asks):
            assert set(words) == {BLOCK}
        elif before.informant == TONO:
            assert words == before.span.of(old.text)


@given(WORDS, WORDS, st.integers(0, 10))
def test_five_words_in_a_row_are_always_found(talk: list[str], around: list[str], at: int) -> None:
    """Whatever stands about them; fewer never are, outside of quotation marks."""
    echoes = Echoes()
    echoes.learn(" ".join(talk))
    spoken = [w for part in talk for w in part.replace("-", " ").split() if any(c.isalnum() for c in w)]
    repeated = spoken[at : at + 5]
    found = echoes.find(f"{' '.join(around)} | {' , '.join(repeated)}.")
    if len(repeated) == 5:
        assert found
    if len(spoken) < 5:
        assert not found


def test_a_code_called_by_the_words_gets_another_key_everywhere() -> None:
    """A key is a file name in a report."""
    key = "hujan-turun-dagangan-saya-hancur"
    book = Codebook("k", (Code("sepi"), Code(key, "Sepi", parent="sepi"), Code("kode-1", parent=key)))
    codings = Codings(
        [Coding("1" * 32, OWN.guid, OWN.revision, of(OWN, SECRET), key, "rani", AT), coding(2, GROUP, OPEN)]
    )
    more = {
        "relations": (Relation("4" * 32, "sepi", key),),
        "themes": (Theme("3" * 32, "Tema", codes=("sepi", key)),),
        "questions": (Question("2" * 32, "1", "Bagaimana?", codes=(key,)),),
        "memos": (Memo("7" * 32, "x", "rani", AT, about=TONO, kind="cell", code=key),),
    }
    found = withhold(corpus(YES, NO, codebook=book, codings=codings, suggestions=(), decisions=(), quotes=(), **more))
    assert [code.key for code in found.codebook] == ["sepi", "kode-2", "kode-1"]
    assert found.codebook.code("kode-1").parent == "kode-2"
    assert [c.code for c in found.codings] == ["kode-2", "sepi"]
    assert (found.relations[0].target, found.themes[0].codes, found.questions[0].codes) == (
        "kode-2",
        ("sepi", "kode-2"),
        ("kode-2",),
    )
    assert found.memos[0].code == "kode-2"
    assert key not in all_text(found)
