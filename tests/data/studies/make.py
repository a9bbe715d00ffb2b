"""Make the frozen study of the schema that is newest now: ``python tests/data/studies/make.py``.

Run once when a schema is released, then committed and never made again: the tests open it with every later program. It holds a
little of everything the log knows, and beside it stands what a reader must find in it.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from qualcode.model import (
    Code,
    Codebook,
    Consent,
    ConsentForm,
    Corpus,
    Elicited,
    Family,
    Informant,
    Question,
    Quote,
    Quoting,
    Relation,
    ResearchQuestion,
    Role,
    RuleVerdict,
    Span,
    Stance,
    Study,
    Theme,
    Transcript,
    Turn,
    Verdict,
)
from qualcode.store.acts import (
    claims,
    codebook,
    codes,
    codings,
    consents,
    decisions,
    guide,
    masking,
    memos,
    readings,
    revisions,
    rules,
    sharing,
    study,
    transcripts,
)
from qualcode.store.effects import By
from qualcode.store.erase import erase
from qualcode.store.file import StudyFile
from qualcode.store.migrations import NEWEST
from qualcode.store.read import load_corpus
from qualcode.store.undo import redo, undo

HERE = Path(__file__).parent
RANI, DEWI, TONO, SITI, WATI = (name * 32 for name in "12345")
FIRST, SECOND, THIRD = (name * 32 for name in "678")
TEXT = "P: Bagaimana hari ini? 😀\nI: Sepi, Bu. Nggak nentu.\nP: Terus?\nI: Utang dulu ke warung.\n"


def guid(n: int) -> str:
    return f"{n:032x}"


def transcript(
    name: str, number: str, informant: str, text: str = TEXT, revision: int = 900
) -> transcripts.NewTranscript:
    turns = []
    for line in text.splitlines(keepends=True):
        if line[1] != ":":
            continue
        start = text.index(line)
        role, who = (Role.INFORMANT, informant) if line[0] == "I" else (Role.INTERVIEWER, None)
        turns.append(Turn(Span(start + 3, start + len(line) - 1), line[0], role, who, float(len(turns))))
    value = Transcript(number, guid(revision + int(number[0])), name, text, turns=tuple(turns), informants=(informant,))
    return transcripts.NewTranscript(value, f"{name}.txt", text.encode())


def fill(file: StudyFile) -> None:
    """Do a little of everything, a second apart."""
    moments = iter(datetime(2026, 1, 5, 3, tzinfo=UTC) + timedelta(seconds=n) for n in range(1000))
    log = file.log

    def by(coder: str = RANI, round_: str = "") -> By:
        return By(coder, next(moments), round_)

    def place(words: str) -> Span:
        return Span(TEXT.index(words), TEXT.index(words) + len(words))

    study.add_coder(log, by(), "rani", "Rani", guid=RANI)
    study.add_coder(log, by(), "dewi", guid=DEWI)
    study.put_study(
        log,
        by(),
        Study(
            title="Kerja rentan",
            approach="codebook",
            simulated=True,
            identity={"lokasi": "Tegal"},
            generalise={"usia": "band:10"},
        ),
    )
    families = (
        Family("tantangan", "Tantangan", "Challenges", "challenge"),
        Family("strategi", "Strategi", "", "strategy"),
    )
    book = (
        Code(
            "sepi", "Sepi pembeli", guid(51), "Few customers", "Pembeli sedikit", family="tantangan", keywords=("sepi",)
        ),
        Code("utang", "Utang", guid(52), family="strategi", examples=("utang dulu",)),
        Code("utang-warung", "Utang warung", guid(53), family="strategi", parent="utang"),
        Code("ngebon", "Ngebon", guid(54), family="strategi", origin="inductive", stage="open"),
    )
    codebook.put_codebook(log, by(), Codebook("kerja", book, families, version="1.0", macros={"uang": "upah | gaji"}))
    people = [
        Informant(TONO, "informan-01", "pedagang", {"usia": 41, "bpjs": True}),
        Informant(SITI, "informan-02"),
        Informant(WATI, "informan-03"),
    ]
    items = [
        transcript("informan-01", FIRST, TONO),
        transcript("informan-02", SECOND, SITI),
        transcript("informan-03", THIRD, WATI),
    ]
    transcripts.import_transcripts(log, by(), items, people)
    blind = study.add_round(log, by(), "mandiri", blind=True)
    new = codings.NewCoding
    one, two = codings.add_codings(
        log,
        by(),
        [
            new(
                FIRST,
                place("Sepi, Bu."),
                "sepi",
                guid=guid(61),
                stance=Stance.PRESENT,
                elicited=Elicited.PROMPTED,
                memo="yakin",
            ),
            new(FIRST, place("Utang dulu"), "ngebon", guid=guid(62), uncertain=True),
        ],
    )
    codings.add_codings(
        log, by(DEWI, blind), [new(SECOND, place("Nggak nentu."), "sepi", guid=guid(63), stance=Stance.DENIED)]
    )
    codings.add_codings(log, by(DEWI), [new(THIRD, place("Sepi"), "sepi", guid=guid(64))])
    codings.edit_coding(log, by(), two, memo="atau utang?")
    codes.merge_codes(log, by(), "ngebon", "utang")
    codings.add_codings(log, by(), [new(FIRST, place("warung"), "utang-warung", guid=guid(65))])
    undo(log, by())
    redo(log, by())
    codings.remove_codings(log, by(), [guid(65)])
    readings.add_readings(log, by(), [readings.NewReading(FIRST, Span(0, len(TEXT)), guid=guid(71))])
    decisions.decide(
        log, by(DEWI), decisions.NewDecision(guid(81), SECOND, place("warung"), "utang-warung", Verdict.ACCEPTED, recipe="rules/1", score=0.5, evidence="warung", guid=guid(82))
    )  # fmt: skip
    decisions.decide(
        log, by(DEWI), decisions.NewDecision(guid(83), SECOND, place("Sepi, Bu."), "sepi", Verdict.REJECTED, recipe="classifier/1", score=0.7, blind=Verdict.REJECTED, guid=guid(84))
    )  # fmt: skip
    keywords = ["sepi", "nggak ~4 nentu"]
    rules.decide_rule(log, by(), "sepi", keywords[1], RuleVerdict.ACCEPTED, shown="3/3", keywords=keywords)
    rules.decide_rule(log, by(DEWI), "utang", "warung", RuleVerdict.FORBIDDEN)
    memos.add_memo(log, by(), "Sepi bukan berarti rugi", about=one, kind="tension", guid=guid(91))
    claims.put_quote(
        log, by(), Quote(guid(92), one, printable="Sepi […]", translation="Quiet", translator="Dewi", checked=True)
    )
    claims.put_relation(
        log, by(), Relation(guid(93), "utang", "sepi", informant=TONO, worked="partly", codings=(one, two))
    )
    claims.put_theme(log, by(), Theme(guid(94), "Utang menutup hari sepi", ("utang", "sepi"), "m"))
    claims.put_research_question(log, by(), ResearchQuestion(guid(96), "1", "Bagaimana bertahan?"))
    claims.put_question(log, by(), Question(guid(95), "1", "Bagaimana hari ini?", "hari", ("sepi",), guid(96)))
    guide.put_question_link(log, by(), FIRST, place("Bagaimana hari ini? 😀"), [guid(95)])
    guide.put_question_link(log, by(), FIRST, place("Terus?"), [])
    agreed = Consent(
        TONO, date(2026, 1, 2), ConsentForm.RECORDED, ("skripsi", "artikel"), Quoting.VERBATIM, until=date(2031, 1, 2)
    )
    consents.put_consents(
        log, by(), [agreed, Consent(SITI, withdrawn=date(2026, 1, 4)), Consent(WATI, date(2026, 1, 2))]
    )
    corrected = transcript("informan-01", FIRST, TONO, "Wawancara pertama\n" + TEXT, 800)
    revisions.revise_transcript(log, by(), corrected)
    erase(log, by(), [WATI])
    sharing.keep(log, by(), "place", "tegal")
    sharing.keep(log, by(), "person", place=(FIRST, Span(TEXT.index("Bu."), TEXT.index("Bu.") + 2)))
    sharing.record_sharing(log, by(), "report", "laporan", ["phone"])
    mask(file, by())


def mask(file: StudyFile, by: By) -> None:
    """Mask a word of the second transcript, on which codings and decisions stand."""
    at = TEXT.index("warung")
    masked = transcript("informan-02", SECOND, SITI, TEXT.replace("warung", "[tempat]"), 700)
    item = transcripts.NewTranscript(masked.transcript, replaced=(Span(at, at + 8),))
    blocks = [(0, 0, at), (at + 6, at + 8, len(TEXT) - at - 6)]
    masking.mask_transcripts(file.log, by, [masking.MaskedItem(item, blocks)])


def found(corpus: Corpus) -> dict[str, object]:
    """Return what a reader finds, as plain values."""
    return json.loads(
        json.dumps({name: getattr(corpus, name) for name in FIELDS} | {"codings": list(corpus.codings)}, default=plain)
    )  # type: ignore[no-any-return]


FIELDS = (
    *("study", "transcripts", "informants", "codebook", "coders", "rounds", "readings", "memos", "decisions", "quotes"),
    *(
        "relations",
        "themes",
        "research_questions",
        "questions",
        "question_links",
        "rule_decisions",
        "consents",
        "sharings",
    ),
)


def plain(value: object) -> object:
    """Return a dataclass, a mapping or a time as JSON knows it."""
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "items"):
        return dict(value.items())
    return {name: getattr(value, name) for name in value.__dataclass_fields__}  # type: ignore[attr-defined]


def main() -> str | None:
    """Make the study and what must be found in it; return why not."""
    target = HERE / f"{NEWEST:04}.qualcode"
    if target.exists():
        return f"{target.name} is frozen: remove it by hand if its schema was never released"
    with tempfile.TemporaryDirectory() as name:
        os.environ["QUALCODE_STATE"] = str(Path(name) / "state")
        path = Path(name) / target.name
        clock = datetime(2026, 1, 5, tzinfo=UTC)
        with StudyFile.create(path, clock=lambda: clock, study_guid=guid(1)) as file:
            fill(file)
            expected = found(load_corpus(file))
        target.write_bytes(path.read_bytes())
    text = json.dumps(expected, ensure_ascii=False, indent=1)
    target.with_suffix(".expected.json").write_text(text + "\n", encoding="utf-8")
    return None


if __name__ == "__main__":
    sys.exit(main())
