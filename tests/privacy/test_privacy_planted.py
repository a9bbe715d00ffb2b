"""Identifiers planted in the sample interviews are found, and little else."""

from __future__ import annotations

from pathlib import Path

import pytest
from planted import Planter, Score, plant

from qualcode.importers import read_transcripts
from qualcode.model import Corpus, Study, Transcript
from qualcode.privacy import find
from qualcode.privacy.leaks import leaks, specific
from qualcode.privacy.recognisers import recognisers

SAMPLE = Path(__file__).resolve().parents[2] / "transcripts" / "contoh"


@pytest.fixture(scope="module")
def interviews() -> list[Transcript]:
    """Return the sample interviews that have turns."""
    return [t for path in sorted(SAMPLE.iterdir()) if path.is_file() for t in read_transcripts(path) if t.turns]


@pytest.mark.parametrize("which", ["dev", "dev2", "heldout"])
def test_planted_identifiers_are_found(interviews: list[Transcript], which: str) -> None:
    score = Score()
    for seed in (21, 22):
        planter = Planter(which, seed)
        for transcript in interviews:
            planted, gold = plant(transcript, planter, every=2)
            score.add(planted.text, gold, find(planted))
    rates = score.rates()

    assert rates["numbers"] >= 0.98
    assert rates["names"] >= 0.95
    assert rates["precision"] >= 0.80


def test_sample_interviews_themselves_leak_nothing(interviews: list[Transcript]) -> None:
    people = dict.fromkeys(guid for transcript in interviews for guid in transcript.informants)
    without = [Transcript(t.guid, t.revision, t.name, t.text) for t in interviews]

    assert people
    assert specific(leaks(Corpus(transcripts=tuple(without)))) == ()


def test_leaks_hold_places_and_no_words() -> None:
    text = "P: Nomornya?\nN: nol delapan satu dua tiga empat lima enam tujuh delapan."
    (found,) = leaks(Corpus(transcripts=(Transcript("a" * 32, "b" * 32, "informan-01", text),)))

    assert ("phone", True, "a" * 32, 2) == (found.kind.value, found.is_specific, found.transcript, found.line)
    assert "delapan" not in repr(found)


def test_study_that_is_made_up_has_no_leaks() -> None:
    text = "N: NIK saya 3273007101010001."
    corpus = Corpus(study=Study(simulated=True), transcripts=(Transcript("a" * 32, "b" * 32, "t", text),))

    assert leaks(corpus) == ()


def test_every_recogniser_says_what_it_finds() -> None:
    assert len(recognisers()) >= 16
    for recogniser in recognisers():
        assert (type(recogniser).__doc__ or "").strip().endswith((".", "is none"))
