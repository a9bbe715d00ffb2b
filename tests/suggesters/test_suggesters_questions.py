"""The question before an answer is context: it tells short answers apart, and is never evidence."""

from __future__ import annotations

import itertools
import subprocess
import sys
from datetime import UTC, datetime

from qualcode.model import Code, Codebook, Coding, Codings, Corpus, Informant, Reading, Role, Span, Transcript, Turn
from qualcode.suggesters.classifier import ClassifierSuggester
from qualcode.suggesters.rules import RulesSuggester

AT = datetime(2025, 5, 2, tzinfo=UTC)
BOOK = Codebook("b", (Code("jaminan"), Code("serikat", keywords=("tanya: (serikat) jawab: (NEG | pernah)",))))
PAIRS = (
    ("Punya BPJS?", "Enggak."),
    ("Ikut serikat?", "Enggak."),
    ("BPJS-nya aktif?", "Nggak ada."),
    ("Sudah makan?", "Enggak."),
    ("Dari mana?", "Tegal."),
    ("Anaknya sekolah?", "Nggak ada."),
    ("Pakai BPJS nggak?", "Enggak, Mbak."),
    ("Capek?", "Enggak, Mbak."),
)
ids = (f"{n:032x}" for n in itertools.count(1))


def interview(number: int) -> Transcript:
    text, turns, person = "", [], f"{number:032x}"
    for pair in PAIRS:
        for words, role in zip(pair, (Role.INTERVIEWER, Role.INFORMANT), strict=True):
            start = len(text) + 3
            text += f"{role.value[0].upper()}: {words}\n"
            turns.append(Turn(Span(start, start + len(words)), "", role, person if role.is_voice else None))
    return Transcript(
        f"a{number:031x}", f"b{number:031x}", f"informan-{number}", text, turns=tuple(turns), informants=(person,)
    )


TALKS = tuple(interview(number) for number in range(1, 6))


def study() -> Corpus:
    """Return four interviews read and coded by what was asked, and one unread."""
    return Corpus(
        transcripts=TALKS,
        informants=tuple(Informant(t.informants[0], t.name) for t in TALKS),
        codebook=BOOK,
        codings=Codings(
            Coding(next(ids), t.guid, t.revision, t.turns[2 * line + 1].span, "jaminan", "rani", AT)
            for t in TALKS[:4]
            for line, (question, _) in enumerate(PAIRS)
            if "BPJS" in question
        ),
        readings=tuple(Reading(next(ids), t.guid, t.revision, Span(0, len(t.text)), "rani", AT) for t in TALKS[:4]),
    )


def test_the_same_short_answer_is_told_apart_by_its_question() -> None:
    corpus = study()
    found = ClassifierSuggester().fit(corpus).suggest(corpus, code="jaminan")

    assert {one.transcript for one in found} == {TALKS[4].guid}
    assert sorted(one.span for one in found) == [TALKS[4].turns[number].span for number in (1, 5, 13)]


def test_the_questions_words_are_no_evidence_of_the_classifier() -> None:
    corpus = study()
    evidence = [
        why for one in ClassifierSuggester().fit(corpus).suggest(corpus, code="jaminan") for why in one.evidence
    ]

    assert evidence
    assert not [why for why in evidence if "BPJS" in why.text]


def test_a_rule_that_reads_the_question_shows_it_as_such() -> None:
    corpus = study().with_(codings=Codings(), readings=())
    found = RulesSuggester().fit(corpus).suggest(corpus, n=1)
    sources = [(why.source, why.span.of(TALKS[0].text)) for why in found[0].evidence if why.span]

    assert (found[0].quote, sources) == ("Enggak.", [("question", "serikat"), ("answer", "Enggak")])


def test_the_room_loads_nothing_heavy() -> None:
    """Start-up stays fast: what learns is loaded when something is learnt."""
    program = (
        "import sys, qualcode.suggesters, qualcode.agreement, qualcode.exporters;"
        "print([m for m in ('numpy', 'sklearn', 'pandas', 'openpyxl', 'spacy', 'babel') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
