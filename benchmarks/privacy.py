"""How much of what tells who somebody is is found, how often wrongly, and how fast.

Run ``python benchmarks/privacy.py`` (``--write`` keeps the figures in benchmarks/results/privacy.json). Identifiers of tests/data/privacy are planted in the
sample interviews, at the ends of turns, with sentences among them that hold none but look as if (traps). Counted as found is
what is covered letter for letter; precision is before anybody has reviewed:

- *dev*, *dev2*: frames and lists that the recognisers were tuned with. They flatter.
- *heldout*: other frames, and names, streets and towns drawn from the lists of Faker's ``id_ID`` (MIT). Its first look is kept in
  benchmarks/README.md; what that missed was looked at once, so that later figures flatter a little.

The speed is that of ``qualcode.privacy.find`` on 200 transcripts of 10,000 words, the sample's own turns repeated with planted sentences.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import sys
import time
from dataclasses import replace
from pathlib import Path

from qualcode.importers import read_transcripts
from qualcode.model import Transcript
from qualcode.privacy import find

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "transcripts" / "contoh"
sys.path.insert(0, str(ROOT / "tests" / "helpers"))

from planted import Planter, Score, plant  # noqa: E402

SEEDS = {"dev": (1, 2, 3), "dev2": (1, 2, 3), "heldout": (11, 12, 13)}
LIMITS = {"numbers": 0.98, "names": 0.95, "precision": 0.80}
SECONDS = 20.0
"""How long 200 transcripts of 10,000 words may take."""


def main() -> None:
    """Measure, print, and keep what was measured if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="keep the figures in benchmarks/results/privacy.json")
    parser.add_argument("--transcripts", type=int, default=200, help="how many transcripts are timed")
    given = parser.parse_args()
    sample = [t for path in sorted(SAMPLE.iterdir()) if path.is_file() for t in read_transcripts(path) if t.turns]
    figures: dict[str, object] = {"limits": LIMITS}
    for which, seeds in SEEDS.items():
        score = scored(sample, which, seeds)
        figures[which] = {**{name: round(value, 4) for name, value in score.rates().items()}, "planted": score.planted}
        print(which, figures[which])
    seconds, processor, words = timed(sample, given.transcripts)
    figures["speed"] = {
        "transcripts": given.transcripts,
        "words": words,
        "seconds": round(seconds, 1),
        "processor_seconds": round(processor, 1),
        "limit": SECONDS,
    }
    print("speed", figures["speed"])
    if given.write:
        figures["machine"] = {"cpus": os.cpu_count(), "arch": platform.machine(), "python": platform.python_version()}
        figures["date"] = datetime.datetime.now(datetime.UTC).date().isoformat()
        target = ROOT / "benchmarks" / "results" / "privacy.json"
        target.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8", newline="\n")


def scored(sample: list[Transcript], which: str, seeds: tuple[int, ...]) -> Score:
    """Return the score over all sample transcripts, planted anew with each seed."""
    score = Score()
    for seed in seeds:
        planter = Planter(which, seed)
        for transcript in sample:
            text, gold = plant(transcript, planter, every=2)
            score.add(text.text, gold, find(text))
    return score


def timed(sample: list[Transcript], n: int) -> tuple[float, float, int]:
    """Return how many seconds finding takes in *n* transcripts of 10,000 words, those of the processor, and the number of words."""
    planter = Planter("dev", 99)
    made = [long(sample, planter, number) for number in range(n)]
    words = sum(len(each.text.split()) for each in made)
    started, before = time.perf_counter(), time.process_time()
    for each in made:
        find(each)
    return time.perf_counter() - started, time.process_time() - before, words


def long(sample: list[Transcript], planter: Planter, number: int) -> Transcript:
    """Return a transcript of about 10,000 words: sample interviews one behind another, planted."""
    text, turns = "", []
    order = sample[number % len(sample) :] + sample[: number % len(sample)]
    while text.count(" ") < 10_000:
        for each in order:
            planted, _ = plant(each, planter, every=6, traps=6)
            turns += [replace(turn, span=turn.span.shifted(len(text))) for turn in planted.turns]
            text += planted.text + "\n"
            if text.count(" ") >= 10_000:
                break
    end = turns[-1].span.end
    return Transcript(f"{number:032x}", f"{number:032x}", f"panjang-{number}", text[:end], turns=tuple(turns))


if __name__ == "__main__":
    main()
