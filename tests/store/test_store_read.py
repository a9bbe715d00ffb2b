"""A study read back is the study that was written, for whoever looks."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from qualcode.errors import NotFoundError, ProjectFileError
from qualcode.model import (
    Code,
    Codebook,
    Coder,
    Corpus,
    Elicited,
    Evidence,
    Family,
    Informant,
    Kind,
    Origin,
    Question,
    Quote,
    Relation,
    RelationKind,
    ResearchQuestion,
    Role,
    Round,
    Span,
    Stance,
    Study,
    Suggestion,
    Theme,
    Transcript,
    Turn,
    Verdict,
)
from qualcode.store.acts import claims, codebook, codes, codings, decisions, memos, readings, transcripts
from qualcode.store.acts import study as about
from qualcode.store.check import check
from qualcode.store.effects import By, new_guid
from qualcode.store.engine import writing
from qualcode.store.file import StudyFile
from qualcode.store.read import find_transcript, load_coders, load_corpus, transcript_names
from qualcode.store.suggestions import put_suggestions, read_suggestions

pytestmark = pytest.mark.usefixtures("sealed")

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TEXT = "P: Apa kabar? 😀\nI: Sepi, Bu. Nggak nentu.\nP: Terus?\nI: Ya utang dulu ke warung.\n"


def guid(n: int) -> str:
    return f"{n:032x}"


INFORMANTS = (
    Informant(guid(22), "informan-02", "pedagang", {"usia": 41, "bpjs": True, "pendapatan": 2.5, "asal": "Tegal"}),
    Informant(guid(210), "informan-10", "pengemudi"),
)


def transcript(n: int, name: str, informant: str) -> Transcript:
    at = [TEXT.index(words) for words in ("Apa", "Sepi", "Terus", "Ya utang")]
    ends = [TEXT.index("\n", start) for start in at]
    turns = tuple(
        Turn(Span(start, end), label, role, who, time)
        for start, end, label, role, who, time in zip(
            at, ends, "PIPI", [Role.INTERVIEWER, Role.INFORMANT] * 2, [None, informant] * 2, [0.0, 4.5, None, 9.0],
            strict=True,
        )
    )  # fmt: skip
    return Transcript(
        guid(n), guid(n + 1000), name, TEXT, Kind.INTERVIEW, turns, (informant,), "jv", {"tanggal": "2026-01-05"}
    )


CODEBOOK = Codebook(
    "prekariat",
    (
        Code("upah-rendah", "Upah rendah", guid(51), "Low pay", "def", "inc", "exc", ("a", "b"), ("c",), ("upah*",), "tantangan"),
        Code("utang", "Utang", guid(52), family="strategi", colour="#aa0000", origin="inductive"),
        Code("utang-warung", "Utang warung", guid(53), family="strategi", parent="utang"),
        Code("mati", "Mati", guid(54), active=False),
    ),
    (Family("tantangan", "Tantangan", "Challenges", "challenge"), Family("strategi", "Strategi", "", "strategy", "d")),
    version="1.0",
    title="Kerja rentan",
    title_en="Precarious work",
    description="Sembilan kode",
    sources=("Standing 2011",),
    macros={"uang": "upah | gaji"},
)  # fmt: skip


class Study_:  # noqa: N801
    """A study under construction: rani and dewi, two interviews, one open blind round."""

    def __init__(self, path: Path) -> None:
        self.now = NOON
        self.file = StudyFile.create(path, clock=lambda: self.now, study_guid=guid(1))
        self.log = self.file.log
        self.rani = about.add_coder(self.log, self.by(guid(11)), "rani", "Rani", guid=guid(11))
        self.dewi = about.add_coder(self.log, self.by(guid(11)), "dewi", guid=guid(12))
        codebook.put_codebook(self.log, self.by(self.rani), CODEBOOK)
        transcripts.import_transcripts(
            self.log,
            self.by(self.rani),
            [
                transcripts.NewTranscript(transcript(31, "informan-10", guid(210)), "b.txt", TEXT.encode()),
                transcripts.NewTranscript(transcript(30, "informan-2", guid(22)), "a.txt", TEXT.encode()),
            ],
            INFORMANTS,
        )

    def by(self, coder: str, round_: str = "") -> By:
        self.now += timedelta(seconds=1)
        return By(coder, self.now, round_)

    def code(self, coder: str, words: str, code: str, *, round_: str = "", n: int = 30, **more: object) -> str:
        start = TEXT.index(words)
        new = codings.NewCoding(guid(n), Span(start, start + len(words)), code, **more)  # type: ignore[arg-type]
        return codings.add_codings(self.log, self.by(coder, round_), [new])[0]

    def corpus(self, **how: object) -> Corpus:
        return load_corpus(self.file, **how)  # type: ignore[arg-type]


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study_]:
    study = Study_(tmp_path / "a.qualcode")
    yield study
    study.file.close()


def test_transcripts_informants_and_codebook_come_back_equal(study: Study_) -> None:
    """Every field of what was imported, in natural order: informan-2 before informan-10."""
    corpus = study.corpus()

    assert corpus.transcripts == (transcript(30, "informan-2", guid(22)), transcript(31, "informan-10", guid(210)))
    assert corpus.informants == INFORMANTS
    assert corpus.codebook == CODEBOOK
    assert corpus.coders == (Coder(guid(12), "dewi"), Coder(guid(11), "rani", "Rani"))
    assert corpus.study.guid == guid(1)


def test_study_settings_come_back_equal(study: Study_) -> None:
    """Title, approach, identity and the rest."""
    wanted = Study(
        guid(1), "Kerja rentan", "codebook", "narasumber", "answer", True, {"peneliti": "Rani", "lokasi": "Tegal"}
    )

    about.put_study(study.log, study.by(study.rani), wanted)

    assert study.corpus().study == wanted


def test_codings_come_back_with_everything_they_carry(study: Study_) -> None:
    """Stance, elicited, uncertain, memo, origin, round and version; oldest first."""
    first = study.code(study.rani, "Sepi, Bu.", "upah-rendah", version="1.0+abc")
    round_ = about.add_round(study.log, study.by(study.rani), "putaran 1")
    second = study.code(
        study.dewi, "utang dulu", "utang", round_=round_, stance=Stance.DENIED, elicited=Elicited.PROMPTED, uncertain=True,
        memo="ragu", origin=Origin.IMPORTED,
    )  # fmt: skip

    corpus = study.corpus()

    assert [c.guid for c in corpus.codings] == [first, second]
    assert [corpus.quote(c) for c in corpus.codings] == ["Sepi, Bu.", "utang dulu"]
    one, two = corpus.codings
    assert (one.coder, one.code, one.codebook_version, one.round) == ("rani", "upah-rendah", "1.0+abc", "")
    assert (one.stance, one.elicited, one.uncertain, one.memo, one.origin) == ("", "", False, "", Origin.HUMAN)
    assert (two.coder, two.round, two.stance, two.elicited) == ("dewi", "putaran 1", Stance.DENIED, Elicited.PROMPTED)
    assert (two.uncertain, two.memo, two.origin) == (True, "ragu", Origin.IMPORTED)
    assert two.at == study.now


def test_readings_memos_decisions_and_claims_come_back(study: Study_) -> None:
    """All that people decide."""
    coding = study.code(study.rani, "Sepi, Bu.", "upah-rendah")
    (reading,) = readings.add_readings(study.log, study.by(study.rani), [readings.NewReading(guid(30), Span(0, 30))])
    memo = memos.add_memo(study.log, study.by(study.dewi), "Pasar sepi sejak banjir", about=coding, kind="tension")
    decided = decisions.decide(
        study.log,
        study.by(study.dewi),
        decisions.NewDecision(guid(77), guid(31), Span(20, 25), "utang", Verdict.REJECTED, recipe="rules/1", evidence="utang", seconds=2.5),
    )  # fmt: skip
    quote = Quote(guid(81), coding, True, "Sepi […]", "Quiet", "Dewi", True)
    relation = Relation(guid(82), "utang", "upah-rendah", RelationKind.ANSWERS, guid(22), "partly", "m", (coding,))
    theme = Theme(guid(83), "Utang menutup sepi", ("utang", "upah-rendah"), "m")
    asked = Question(guid(84), "10", "Dari mana modal?", "modal", ("utang",))
    earlier = Question(guid(85), "2", "Bagaimana hari ini?")
    problem = ResearchQuestion(guid(86), "1", "Bagaimana bertahan?")
    claims.put_quote(study.log, study.by(study.rani), quote)
    claims.put_relation(study.log, study.by(study.rani), relation)
    claims.put_theme(study.log, study.by(study.rani), theme)
    claims.put_question(study.log, study.by(study.rani), asked)
    claims.put_question(study.log, study.by(study.rani), earlier)
    claims.put_research_question(study.log, study.by(study.rani), problem)

    corpus = study.corpus()

    assert [(r.guid, r.span, r.coder) for r in corpus.readings] == [(reading, Span(0, 30), "rani")]
    assert [(m.guid, m.text, m.about, m.kind, m.coder) for m in corpus.memos] == [
        (memo, "Pasar sepi sejak banjir", coding, "tension", "dewi")
    ]
    (decision,) = corpus.decisions
    assert (decision.guid, decision.suggestion, decision.code) == (decided.decision, guid(77), "utang")
    assert (decision.verdict, decision.seconds, decision.evidence) == (Verdict.REJECTED, 2.5, "utang")
    assert math.isnan(decision.score)
    assert corpus.quotes == (quote,)
    assert corpus.relations == (relation,)
    assert corpus.themes == (theme,)
    assert corpus.questions == (earlier, asked)
    assert corpus.research_questions == (problem,)


def test_suggestions_come_back_with_their_evidence(study: Study_) -> None:
    """A rule's suggestion has no score: nan, not 0."""
    span = Span(TEXT.index("utang"), TEXT.index("utang") + 5)
    wanted = Suggestion(
        guid(91), guid(30), guid(1030), span, "utang", "rules/1", 0.75,
        (Evidence("utang", span, "utang*"), Evidence("warung", None, "", 1.25, "question")), "utang",
    )  # fmt: skip
    bare = Suggestion(guid(92), guid(30), guid(1030), Span(0, 2), "upah-rendah", "rules/1")
    with writing(study.file.engine) as connection:
        put_suggestions(connection, "rules/1", [wanted, bare])

    first, second = study.corpus().suggestions

    assert second == wanted
    assert math.isnan(first.score)
    assert first.quote == "P:"


def test_codings_of_a_merged_code_count_for_the_one_it_was_merged_into(study: Study_) -> None:
    """The code is gone from the codebook, its codings are not; undone or not, children stay reachable."""
    study.code(study.rani, "utang dulu", "utang")
    codes.merge_codes(study.log, study.by(study.rani), "utang", "upah-rendah")

    corpus = study.corpus()

    assert [c.code for c in corpus.codings] == ["upah-rendah"]
    assert "utang" not in corpus.codebook
    assert corpus.codebook.code("utang-warung").parent == "upah-rendah"


def test_suggestions_of_a_merged_code_bear_the_key_it_was_merged_into(study: Study_) -> None:
    """However they are read."""
    with writing(study.file.engine) as connection:
        put_suggestions(
            connection, "rules/1", [Suggestion(guid(92), guid(30), guid(1030), Span(0, 2), "utang", "rules/1")]
        )
    codes.merge_codes(study.log, study.by(study.rani), "utang", "upah-rendah")

    with study.file.reading() as connection:
        narrow = read_suggestions(connection)

    assert [s.code for s in narrow] == [s.code for s in study.corpus().suggestions] == ["upah-rendah"]


def test_code_merged_into_its_own_child_leaves_no_ring(study: Study_) -> None:
    """The child takes the parent's place at the top."""
    codes.merge_codes(study.log, study.by(study.rani), "utang", "utang-warung")

    assert study.corpus().codebook.code("utang-warung").parent is None


def test_removed_things_are_not_read(study: Study_) -> None:
    """A coding taken back, and the quote that stood on it."""
    coding = study.code(study.rani, "Sepi, Bu.", "upah-rendah")
    codings.remove_codings(study.log, study.by(study.rani), [coding])

    assert len(study.corpus().codings) == 0


# ---- who sees what ----


@pytest.fixture
def blind(study: Study_) -> Study_:
    """Rani and dewi have each coded, read, written and quoted in an open blind round; rani also before it."""
    study.code(study.rani, "Nggak nentu.", "upah-rendah")
    round_ = about.add_round(study.log, study.by(study.rani), "mandiri", blind=True)
    made = {}
    for coder in (study.rani, study.dewi):
        made[coder] = study.code(coder, "utang dulu", "utang", round_=round_)
        readings.add_readings(study.log, study.by(coder, round_), [readings.NewReading(guid(30), Span(0, 30))])
        memos.add_memo(study.log, study.by(coder, round_), "catatan", about=made[coder])
        decisions.decide(
            study.log,
            study.by(coder, round_),
            decisions.NewDecision(new_guid(), guid(30), Span(20, 25), "utang", Verdict.SKIPPED),
        )
        claims.put_quote(study.log, study.by(coder, round_), Quote(new_guid(), made[coder]))
    claims.put_relation(
        study.log, study.by(study.rani), Relation(new_guid(), "utang", "upah-rendah", codings=tuple(made.values()))
    )
    return study


def seen(corpus: Corpus) -> dict[str, object]:
    return {
        "codings": [(c.coder, c.round) for c in corpus.codings],
        "readings": [r.coder for r in corpus.readings],
        "memos": [m.coder for m in corpus.memos],
        "decisions": [d.coder for d in corpus.decisions],
        "quotes": len(corpus.quotes),
        "relation": len(corpus.relations[0].codings),
    }


def test_in_an_open_blind_round_each_coder_sees_their_own_work_alone(blind: Study_) -> None:
    """What was done outside the round is seen by all."""
    assert seen(blind.corpus(viewer="dewi")) == {
        "codings": [("rani", ""), ("dewi", "mandiri")],
        "readings": ["dewi"],
        "memos": ["dewi"],
        "decisions": ["dewi"],
        "quotes": 1,
        "relation": 1,
    }


def test_a_closed_round_is_open_to_all(blind: Study_) -> None:
    """Closing the round is what lets coders compare; and without a viewer all is seen."""
    everything = seen(blind.corpus())
    (round_,) = blind.corpus().rounds
    about.edit_round(blind.log, blind.by(blind.rani), round_.guid, closed=True)

    assert blind.corpus().rounds == (Round(round_.guid, "mandiri", blind=True, closed=True),)
    assert everything["codings"] == [("rani", ""), ("rani", "mandiri"), ("dewi", "mandiri")]
    assert seen(blind.corpus(viewer="dewi")) == everything


def test_work_of_chosen_coders_alone(blind: Study_) -> None:
    """Each kind of work is held back alike."""
    assert seen(blind.corpus(coders=["rani"])) == {
        "codings": [("rani", ""), ("rani", "mandiri")],
        "readings": ["rani"],
        "memos": ["rani"],
        "decisions": ["rani"],
        "quotes": 1,
        "relation": 1,
    }


# ---- narrow reads ----


def test_narrow_reads(study: Study_) -> None:
    """Names in corpus order, coders by id, one transcript by name or guid."""
    assert transcript_names(study.file) == ("informan-2", "informan-10")
    assert [coder.id for coder in load_coders(study.file)] == ["dewi", "rani"]
    assert find_transcript(study.file, "informan-10") == transcript(31, "informan-10", guid(210))
    assert find_transcript(study.file, guid(30)).name == "informan-2"


def test_unknown_transcript_is_answered_with_near_names(study: Study_) -> None:
    """A typing mistake."""
    with pytest.raises(NotFoundError) as caught:
        find_transcript(study.file, "informan-20")

    assert "informan-2" in caught.value.nearest


def test_transcripts_of_one_name_are_told_apart(study: Study_) -> None:
    """Two copies of a study may have given one name to two texts; neither is lost."""
    transcripts.edit_transcript(study.log, study.by(study.rani), guid(31), name="informan-2")

    corpus = study.corpus()

    assert [t.name for t in corpus.transcripts] == ["informan-2", "informan-2 (2)"]
    assert {t.guid for t in corpus.transcripts} == {guid(30), guid(31)}
    assert find_transcript(study.file, "informan-2 (2)") == corpus.transcripts[1]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE code SET keywords = '[unfertig'",
        "UPDATE transcript SET kind = 'lagu'",
        "UPDATE revision SET turns = '[5, 100000, 0]'",
        "UPDATE coding SET end = 100000",
        "UPDATE coding SET stance = 'x'",
        "UPDATE code SET shown_key = 'Bukan Kunci'",
    ],
)
def test_tables_that_do_not_fit_together_are_damage_with_a_way_out(study: Study_, statement: str) -> None:
    """What went astray behind the program's back is said in words, and replaying the log mends it."""
    study.code(study.rani, "Sepi, Bu.", "upah-rendah")
    before = study.corpus()
    with writing(study.file.engine) as connection:
        connection.exec_driver_sql(statement)

    with StudyFile.open(study.file.path, clock=lambda: NOON) as again:
        with pytest.raises(ProjectFileError, match="does not fit together") as caught:
            load_corpus(again)
        assert "--rebuild" in (caught.value.hint or "")
        assert check(again, rebuild=True)
        assert load_corpus(again) == before
