"""The acts: what each records, refuses, and leaves alone."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from copies import Copy
from sqlalchemy import select

from qualcode.errors import ConflictError, InputError, NotFoundError
from qualcode.model import (
    Code,
    Codebook,
    Elicited,
    Evidence,
    Family,
    Informant,
    Question,
    Quote,
    Relation,
    ResearchQuestion,
    Role,
    Span,
    Stance,
    Study,
    Suggestion,
    Theme,
    Transcript,
    Turn,
    Verdict,
)
from qualcode.store import schema as s
from qualcode.store.acts import (
    claims,
    codes,
    codings,
    decisions,
    informants,
    memos,
    readings,
    revisions,
    study,
    transcripts,
)
from qualcode.store.acts.codebook import put_codebook
from qualcode.store.engine import reading, writing
from qualcode.store.history import log_entries
from qualcode.store.suggestions import clear_suggestions, put_suggestions, read_suggestions

pytestmark = pytest.mark.usefixtures("sealed")

BOOK = Codebook(
    "kecil",
    (
        Code("upah", "Upah", definition="soal upah", keywords=("upah", "gaji"), family="t"),
        Code("upah-harian", parent="upah", examples=("sehari lima puluh",)),
        Code("hujan", active=False),
    ),
    (Family("t", "Tantangan"),),
    sources=("Standing 2011",),
)
TEXT = "P: Berapa sehari?\nN: Dapat lima puluh ribu 😀 kalau ramai.\nN: Hujan ya nol.\n"


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[Any]:
    """Return a study with a codebook and one interview."""
    copy: Any = Copy(tmp_path / "a.qualcode", study_guid=uuid4().hex)
    copy.r = copy.coder("rani")
    put_codebook(copy.log, copy.by(copy.r), BOOK)
    copy.i = copy.informant(copy.r, "I1")
    asks, tells = TEXT.index("Berapa"), TEXT.index("Dapat")
    turns = (
        Turn(Span(asks, asks + 14), "P", Role.INTERVIEWER, time=1.5),
        Turn(Span(tells, TEXT.index("\nN: Hujan")), "N", Role.INFORMANT, copy.i),
        Turn(Span(TEXT.index("Hujan"), len(TEXT) - 1), "N", Role.INFORMANT, copy.i),
    )
    new = Transcript(
        uuid4().hex, uuid4().hex, "w1", TEXT, turns=turns, informants=(copy.i,), metadata={"Tempat": "warung"}
    )
    transcripts.import_transcripts(copy.log, copy.by(copy.r), [transcripts.NewTranscript(new, "w1.txt", TEXT.encode())])
    copy.t = new
    yield copy
    copy.rebuild()
    assert copy.verify() == ()
    copy.close()


def guid_of(copy: Any, key: str) -> str:
    [found] = copy.run(
        select(s.entity.c.guid)
        .join_from(s.code, s.entity, s.code.c.id == s.entity.c.id)
        .where(s.code.c.shown_key == key)
    )
    return str(found[0].hex())


def changes(copy: Any) -> list[tuple[str, str]]:
    """Return (kind, register) of each change of the newest event."""
    with reading(copy.engine) as c:
        [entry] = log_entries(c, limit=1)
    return [(change.kind, change.register) for change in entry.changes]


def test_the_same_codebook_again_records_nothing(copy: Any) -> None:
    assert put_codebook(copy.log, copy.by(copy.r), BOOK) is None


def test_a_codebook_is_taken_up_by_difference(copy: Any) -> None:
    before = {key: guid_of(copy, key) for key in ("upah", "upah-harian", "hujan")}
    first, second, _ = BOOK.codes
    new = replace(BOOK, version="2", codes=(Code("utang"), replace(first, definition="lain"), Code("cuaca"), second))
    put_codebook(copy.log, copy.by(copy.r), new)

    assert set(changes(copy)) == {
        ("codebook", "version"),
        ("code", "definition"),
        *(
            ("code", register)
            for register in ("colour", "family", "key", "keywords", "origin", "parent", "place", "stage", "status")
        ),
        *(("code", r) for r in ("name", "name_en", "include", "exclude", "examples", "near_misses")),
    }
    assert {key: guid_of(copy, key) for key in before} == before
    rows = copy.run(select(s.code.c.shown_key, s.code.c.status).order_by(s.code.c.place))
    assert [tuple(row) for row in rows if row.shown_key != "hujan"] == [
        ("utang", "active"), ("upah", "active"), ("upah-harian", "active"), ("cuaca", "active"),
    ]  # fmt: skip
    assert copy.value("code", before["hujan"], "status") == "inactive"
    copy.undo(copy.r)
    assert put_codebook(copy.log, copy.by(copy.r), BOOK) is None


def test_a_code_missing_from_the_codebook_is_set_aside_and_comes_back(copy: Any) -> None:
    guid = guid_of(copy, "upah")
    put_codebook(copy.log, copy.by(copy.r), replace(BOOK, codes=()))
    assert copy.value("code", guid, "status") == "inactive"

    put_codebook(copy.log, copy.by(copy.r), BOOK)
    assert copy.value("code", guid, "status") == "active"


def test_a_key_in_use_is_refused(copy: Any) -> None:
    with pytest.raises(ConflictError, match="'upah' is in use"):
        codes.add_code(copy.log, copy.by(copy.r), Code("upah"))
    with pytest.raises(ConflictError, match="'upah' is in use"):
        codes.rekey(copy.log, copy.by(copy.r), "hujan", "upah")
    with pytest.raises(InputError):
        codes.rekey(copy.log, copy.by(copy.r), "hujan", "Hujan Deras")


def test_an_unknown_code_is_refused_with_near_names(copy: Any) -> None:
    with pytest.raises(NotFoundError, match="no code 'upa'") as caught:
        codings.add_codings(copy.log, copy.by(copy.r), [codings.NewCoding(copy.t.guid, Span(0, 3), "upa")])

    assert "upah" in caught.value.nearest


def test_a_code_cannot_stand_under_itself(copy: Any) -> None:
    with pytest.raises(ConflictError, match="under itself"):
        codes.move(copy.log, copy.by(copy.r), "upah", "upah-harian")


def test_nothing_more_is_coded_with_a_code_merged_away_until_that_is_undone(copy: Any) -> None:
    new = [codings.NewCoding(copy.t.guid, Span(21, 26), "upah")]
    codes.merge_codes(copy.log, copy.by(copy.r), "upah", "hujan")
    with pytest.raises(ConflictError, match="was merged"):
        codings.add_codings(copy.log, copy.by(copy.r), new)
    with pytest.raises(ConflictError):
        codes.merge_codes(copy.log, copy.by(copy.r), "hujan", "upah")

    copy.undo(copy.r)
    assert len(codings.add_codings(copy.log, copy.by(copy.r), new)) == 1


def test_a_split_gives_each_coding_its_new_code(copy: Any) -> None:
    given = codings.add_codings(
        copy.log, copy.by(copy.r), [codings.NewCoding(copy.t.guid, Span(21 + n, 30), "upah") for n in range(3)]
    )
    before = copy.state()
    a, b = codes.split(
        copy.log, copy.by(copy.r), "upah", [Code("kurang"), Code("cukup")], {given[0]: "kurang", given[1]: "cukup"}
    )

    assert [copy.value("coding", guid, "code") for guid in given] == [a, b, guid_of(copy, "upah")]
    copy.undo(copy.r)
    assert copy.state() == before


def test_only_fields_of_a_code_are_edited(copy: Any) -> None:
    with pytest.raises(InputError, match="no field 'key'"):
        codes.edit_code(copy.log, copy.by(copy.r), "upah", {"key": "x"})
    codes.edit_code(copy.log, copy.by(copy.r), "upah", {"examples": ("a", "b"), "colour": "#123456"})

    row = copy.row("code", guid_of(copy, "upah"))
    assert (json.loads(row["examples"]), row["colour"]) == (["a", "b"], "#123456")
    assert codes.edit_code(copy.log, copy.by(copy.r), "upah", {"examples": ("a", "b")}) is None


def test_retired_and_activated(copy: Any) -> None:
    codes.retire(copy.log, copy.by(copy.r), "upah")
    assert copy.value("code", guid_of(copy, "upah"), "status") == "inactive"
    codes.activate(copy.log, copy.by(copy.r), "upah")
    assert copy.value("code", guid_of(copy, "upah"), "status") == "active"
    assert codes.activate(copy.log, copy.by(copy.r), "upah") is None


def test_a_coding_names_the_voice_it_holds(copy: Any) -> None:
    spans = [Span(21, 26), Span(3, 9), Span(0, len(TEXT))]
    made = codings.add_codings(
        copy.log, copy.by(copy.r), [codings.NewCoding(copy.t.guid, span, "upah") for span in spans]
    )

    for guid in made:
        named = copy.run(
            select(s.entity.c.guid)
            .select_from(
                s.ref.join(s.effect, s.ref.c.effect == s.effect.c.id).join(s.entity, s.ref.c.target == s.entity.c.id)
            )
            .where(s.effect.c.entity.in_(select(s.entity.c.id).where(s.entity.c.guid == bytes.fromhex(guid))))
        )
        assert bytes.fromhex(copy.i) in {row[0] for row in named}


@pytest.mark.parametrize("end", [len(TEXT) + 1, 10**9])
def test_a_span_after_the_end_is_refused(copy: Any, end: int) -> None:
    with pytest.raises(InputError, match="the text of 'w1'"):
        codings.add_codings(copy.log, copy.by(copy.r), [codings.NewCoding(copy.t.guid, Span(0, end), "upah")])


def test_a_transcript_that_is_not_there_is_refused(copy: Any) -> None:
    for wrong in (uuid4().hex, "w1", copy.i):
        with pytest.raises(NotFoundError):
            codings.add_codings(copy.log, copy.by(copy.r), [codings.NewCoding(wrong, Span(0, 1), "upah")])


def test_a_coding_is_made_once(copy: Any) -> None:
    new = codings.NewCoding(copy.t.guid, Span(0, 3), "upah")
    codings.add_codings(copy.log, copy.by(copy.r), [new])
    with pytest.raises(ConflictError, match="already"):
        codings.add_codings(copy.log, copy.by(copy.r), [new])


def test_editing_a_coding_writes_only_what_changes(copy: Any) -> None:
    new = codings.NewCoding(copy.t.guid, Span(21, 30), "upah", stance=Stance.PRESENT)
    [guid] = codings.add_codings(copy.log, copy.by(copy.r), [new])
    before = copy.state()
    codings.edit_coding(
        copy.log,
        copy.by(copy.r),
        guid,
        stance=Stance.DENIED,
        elicited=Elicited.PROMPTED,
        memo="ragu",
        span=Span(21, 30),
        code="upah",
    )
    assert changes(copy) == [("coding", "elicited"), ("coding", "stance"), ("coding", "memo")]
    row = copy.row("coding", guid)
    assert (row["stance"], row["elicited"], row["memo"], row["uncertain"]) == ("denied", "prompted", "ragu", False)

    assert codings.edit_coding(copy.log, copy.by(copy.r), guid, stance=Stance.DENIED, uncertain=False) is None
    codings.edit_coding(copy.log, copy.by(copy.r), guid, span=Span(21, 26), code="hujan", uncertain=True)
    assert changes(copy) == [("coding", "place"), ("coding", "code"), ("coding", "uncertain")]
    copy.undo(copy.r)
    copy.undo(copy.r)
    assert copy.state() == before


def test_removing_a_coding_takes_its_memos_and_quote_along_and_undo_brings_all_back(copy: Any) -> None:
    [guid] = codings.add_codings(copy.log, copy.by(copy.r), [codings.NewCoding(copy.t.guid, Span(21, 30), "upah")])
    memos.add_memo(copy.log, copy.by(copy.r), "catatan", about=guid)
    claims.put_quote(copy.log, copy.by(copy.r), Quote("", guid, printable="Dapat lima […]"))
    before = copy.state()
    codings.remove_codings(copy.log, copy.by(copy.r), [guid])

    assert [copy.guids(kind) for kind in ("coding", "memo", "quote")] == [[], [], []]
    assert copy.conflicts() == []
    copy.undo(copy.r)
    assert copy.state() == before


def test_a_quote_of_a_coding_is_one(copy: Any) -> None:
    [guid] = codings.add_codings(copy.log, copy.by(copy.r), [codings.NewCoding(copy.t.guid, Span(21, 30), "upah")])
    claims.put_quote(copy.log, copy.by(copy.r), Quote("", guid))
    claims.put_quote(copy.log, copy.by(copy.r), Quote("", guid, translation="Got fifty", checked=True))

    assert len(copy.guids("quote")) == 1
    assert changes(copy) == [("quote", "checked"), ("quote", "translation")]


@pytest.mark.parametrize(
    ("verdict", "more", "coded"),
    [
        (Verdict.ACCEPTED, {}, ("upah", 21, 30, "accepted")),
        (Verdict.CORRECTED, {"corrected": "hujan"}, ("hujan", 21, 30, "corrected")),
        (Verdict.CORRECTED, {"corrected_span": Span(21, 26)}, ("upah", 21, 26, "corrected")),
        (Verdict.REJECTED, {}, None),
        (Verdict.SKIPPED, {}, None),
    ],
)
def test_a_decision_and_the_coding_it_makes_are_one_event(copy: Any, verdict: Verdict, more: Any, coded: Any) -> None:
    before = copy.state()
    new = decisions.NewDecision(
        uuid4().hex, copy.t.guid, Span(21, 30), "upah", verdict, score=0.7, evidence="lima puluh", seconds=2.5, **more
    )
    made = decisions.decide(copy.log, copy.by(copy.r), new)
    row = copy.row("decision", made.decision)

    assert (row["verdict"], row["score"], row["seconds"], row["start"]) == (verdict.value, 0.7, 2.5, 21)
    if coded is None:
        assert (made.coding, copy.guids("coding")) == ("", [])
    else:
        coding = copy.row("coding", made.coding)
        assert (
            copy.value("code", coding["code"], "shown_key"),
            coding["start"],
            coding["end"],
            coding["origin"],
        ) == coded
    copy.undo(copy.r)
    assert copy.state() == before


def test_a_correction_that_corrects_nothing_is_refused(copy: Any) -> None:
    new = decisions.NewDecision(uuid4().hex, copy.t.guid, Span(21, 30), "upah", Verdict.CORRECTED)
    with pytest.raises(InputError):
        decisions.decide(copy.log, copy.by(copy.r), new)


def test_a_score_that_is_none_stays_none(copy: Any) -> None:
    new = decisions.NewDecision(uuid4().hex, copy.t.guid, Span(21, 30), "upah", Verdict.REJECTED)
    made = decisions.decide(copy.log, copy.by(copy.r), new)

    assert math.isnan(new.score)
    assert copy.value("decision", made.decision, "score") is None


def test_correcting_a_label_changes_one_speaker_and_correcting_one_turn_changes_the_turns(copy: Any) -> None:
    turns = copy.t.turns
    other = Informant(uuid4().hex, "I2")
    renamed = tuple(replace(turn, informant=other.guid) if turn.informant else turn for turn in turns)
    transcripts.correct_turns(copy.log, copy.by(copy.r), copy.t.guid, renamed, [other])
    assert ("revision", "speaker.1") in changes(copy)
    assert ("revision", "turns") not in changes(copy)
    assert [who for _, who in copy.turns(copy.t.guid)] == [None, other.guid, other.guid]
    assert json.loads(copy.value("transcript", copy.t.guid, "informants")) == [other.guid]

    single = (*renamed[:2], replace(renamed[2], informant=copy.i))
    transcripts.correct_turns(copy.log, copy.by(copy.r), copy.t.guid, single)
    assert [change for change in changes(copy) if change != ("revision", "times")] == [
        ("revision", "turns"), ("revision", "speaker.2"), ("transcript", "informants"),
    ]  # fmt: skip
    assert [who for _, who in copy.turns(copy.t.guid)] == [None, other.guid, copy.i]
    copy.undo(copy.r)
    copy.undo(copy.r)
    assert [who for _, who in copy.turns(copy.t.guid)] == [None, copy.i, copy.i]


def test_the_same_turns_record_nothing(copy: Any) -> None:
    assert transcripts.correct_turns(copy.log, copy.by(copy.r), copy.t.guid, copy.t.turns) is None


def test_editing_a_transcript(copy: Any) -> None:
    transcripts.edit_transcript(copy.log, copy.by(copy.r), copy.t.guid, name="w2", metadata={"Tempat": "pasar"})
    row = copy.row("transcript", copy.t.guid)

    assert (row["name"], json.loads(row["metadata"])) == ("w2", {"Tempat": "pasar"})
    assert transcripts.edit_transcript(copy.log, copy.by(copy.r), copy.t.guid, name="w2") is None


def test_a_transcript_is_imported_once(copy: Any) -> None:
    with pytest.raises(ConflictError, match="'w1' is in this study already"):
        transcripts.import_transcripts(copy.log, copy.by(copy.r), [transcripts.NewTranscript(copy.t)])


def test_a_revision_moves_what_stands_word_for_word_and_lists_the_rest(copy: Any) -> None:
    start = TEXT.index("lima")
    kept, changed = codings.add_codings(
        copy.log,
        copy.by(copy.r),
        [
            codings.NewCoding(copy.t.guid, Span(start, start + 16), "upah"),
            codings.NewCoding(copy.t.guid, Span(TEXT.index("Hujan"), TEXT.index("Hujan") + 8), "hujan"),
        ],
    )
    readings.add_readings(copy.log, copy.by(copy.r), [readings.NewReading(copy.t.guid, Span(0, 17))])
    before = copy.state()
    text = "Wawancara 1\n" + TEXT.replace("Hujan ya", "Hujan sih ya")
    new = Transcript(copy.t.guid, uuid4().hex, "w1", text, informants=(copy.i,))
    revisions.revise_transcript(copy.log, copy.by(copy.r), transcripts.NewTranscript(new, "w1b.txt", text.encode()))
    row = copy.row("coding", kept)

    assert text[row["start"] : row["end"]] == "lima puluh ribu " == TEXT[start : start + 16]
    assert row["revision"] == new.revision
    with reading(copy.engine) as c:
        [found] = revisions.doubtful(c)
    assert (found.guid, found.text, found.revision) == (changed, "Hujan ya", copy.t.revision)
    assert found.proposed is not None
    assert found.proposed.of(text) == "Hujan sih ya"

    revisions.place_again(copy.log, copy.by(copy.r), "coding", changed, found.proposed)
    with reading(copy.engine) as c:
        assert revisions.doubtful(c) == ()
    copy.undo(copy.r)
    copy.undo(copy.r)
    assert copy.state() == before


def test_the_same_text_is_no_revision(copy: Any) -> None:
    new = replace(copy.t, revision=uuid4().hex)
    assert revisions.revise_transcript(copy.log, copy.by(copy.r), transcripts.NewTranscript(new)) is None


def test_attributes_are_registers_of_their_own(copy: Any) -> None:
    informant = Informant(copy.i, "I1", "kunci", {"usia": 30, "usaha": "bakso"})
    informants.put_informants(copy.log, copy.by(copy.r), [informant])
    informants.put_informants(copy.log, copy.by(copy.r), [replace(informant, attributes={"usia": 31})])

    assert changes(copy) == [("informant", "attribute.usaha"), ("informant", "attribute.usia")]
    assert json.loads(copy.value("informant", copy.i, "attributes")) == {"usaha": None, "usia": 31}
    assert informants.put_informants(copy.log, copy.by(copy.r), [replace(informant, attributes={"usia": 31})]) is None


def test_a_study_says_what_it_is_field_by_field(copy: Any) -> None:
    first = Study(title="Pekerja", identity={"peneliti": "Rani", "tempat": "Jakarta"})
    study.put_study(copy.log, copy.by(copy.r), first)
    assert study.put_study(copy.log, copy.by(copy.r), first) is None
    study.put_study(copy.log, copy.by(copy.r), replace(first, simulated=True, identity={"peneliti": "Rani"}))

    assert changes(copy) == [("study", "identity.tempat"), ("study", "simulated")]
    copy.undo(copy.r)
    [row] = copy.run(select(s.study))
    assert (row.title, row.simulated, json.loads(row.identity)) == (
        "Pekerja",
        False,
        {"peneliti": "Rani", "tempat": "Jakarta"},
    )


def test_a_coder_and_a_round_have_names_of_their_own(copy: Any) -> None:
    with pytest.raises(ConflictError, match="'rani'"):
        copy.coder("rani")
    one = study.add_round(copy.log, copy.by(copy.r), "mandiri", blind=True)
    with pytest.raises(ConflictError, match="'mandiri'"):
        study.add_round(copy.log, copy.by(copy.r), "mandiri")
    study.edit_round(copy.log, copy.by(copy.r), one, closed=True)

    assert (copy.value("round", one, "blind"), copy.value("round", one, "closed")) == (True, True)


def test_claims_are_written_by_difference_and_removed(copy: Any) -> None:
    [coding] = codings.add_codings(copy.log, copy.by(copy.r), [codings.NewCoding(copy.t.guid, Span(21, 30), "upah")])
    relation = Relation(uuid4().hex, "upah", "hujan", informant=copy.i, memo="karena", codings=(coding,))
    theme = Theme(uuid4().hex, "Hari tanpa upah", ("upah", "hujan"))
    question = Question(uuid4().hex, "1", "Berapa sehari?", codes=("upah",))
    research = ResearchQuestion(uuid4().hex, "1", "Bagaimana?")
    before = copy.state()
    acts = [
        (claims.put_relation, relation),
        (claims.put_theme, theme),
        (claims.put_question, question),
        (claims.put_research_question, research),
    ]
    for put, claim in acts:
        assert put(copy.log, copy.by(copy.r), claim) is not None
        assert put(copy.log, copy.by(copy.r), claim) is None

    assert json.loads(copy.value("relation", relation.guid, "codings")) == [coding]
    claims.put_relation(copy.log, copy.by(copy.r), replace(relation, codings=(), worked="partly"))
    assert json.loads(copy.value("relation", relation.guid, "codings")) == []
    for kind, (_, claim) in zip(("relation", "theme", "question", "research_question"), acts, strict=True):
        claims.remove_claim(copy.log, copy.by(copy.r), kind, claim.guid)
    assert copy.state() == before


def test_erasing_one_coding_leaves_the_relation_that_rests_on_it(copy: Any) -> None:
    other = copy.informant(copy.r, "I2")
    [second] = copy.imports(copy.r, [("w9", [(other, "RAHASIA gaji")])])
    made = [copy.add(copy.r, copy.t.guid, 1, guid_of(copy, "upah")), copy.add(copy.r, second, 0, guid_of(copy, "upah"))]
    relation = Relation(uuid4().hex, "upah", "hujan", codings=tuple(made))
    claims.put_relation(copy.log, copy.by(copy.r), relation)
    copy.erase(copy.r, other, "RAHASIA")

    assert json.loads(copy.value("relation", relation.guid, "codings")) == made[:1]


def test_suggestions_stay_out_of_the_log_and_of_the_codings(copy: Any) -> None:
    events = copy.events()
    evidence = (Evidence("lima puluh", Span(26, 36), "upah"), Evidence("ramai", weight=0.4))
    new = Suggestion(uuid4().hex, copy.t.guid, copy.t.revision, Span(21, 36), "upah", "rules:1", 0.8, evidence)
    none = replace(new, guid=uuid4().hex, span=Span(0, 5), score=math.nan, recipe="rules:1")
    elsewhere = replace(new, guid=uuid4().hex, revision=uuid4().hex)
    with writing(copy.engine) as c:
        assert put_suggestions(c, "rules:1", [none, new, elsewhere]) == 2
        assert put_suggestions(c, "lain:1", [replace(new, guid=uuid4().hex, recipe="lain:1", code="hujan")]) == 1
    with reading(copy.engine) as c:
        found = read_suggestions(c, recipe="rules:1")
        assert len(read_suggestions(c, code="hujan")) == 1

    assert found[0] == replace(new, quote=TEXT[21:36])
    assert math.isnan(found[1].score)
    assert (copy.events(), copy.guids("coding")) == (events, [])
    with writing(copy.engine) as c:
        clear_suggestions(c, "rules:1")
        assert [one.recipe for one in read_suggestions(c)] == ["lain:1"]


def test_a_voice_that_is_nobodys_is_refused(copy: Any) -> None:
    nobody = Transcript(uuid4().hex, uuid4().hex, "w2", "N: ya\n", informants=(uuid4().hex,))
    before = copy.content()
    with pytest.raises(NotFoundError, match="informant"):
        transcripts.import_transcripts(copy.log, copy.by(copy.r), [transcripts.NewTranscript(nobody)])
    with pytest.raises(NotFoundError, match="informant"):
        transcripts.edit_transcript(copy.log, copy.by(copy.r), copy.t.guid, informants=[uuid4().hex])
    turns = (replace(copy.t.turns[0], informant=uuid4().hex),)
    with pytest.raises(NotFoundError, match="informant"):
        transcripts.correct_turns(copy.log, copy.by(copy.r), copy.t.guid, turns)

    assert copy.content() == before
