"""How long rules take to be learnt and counted, and groups of words to be found; and what is learnt from labels without sense.

Run ``python benchmarks/patterns.py`` (``--write`` keeps the figures in benchmarks/results/patterns.json). 100 made-up interviews of 100 answers
of 52 words, those of the sample interviews in runs as they stand there; 12 codes, each on 8 % of the answers, half of which hold a word of the
code's own. Measured: processor seconds of `learn_rules` (all codes) and `explore` (with the number of groups chosen, and given), the largest memory, how many
of the 12 own words are found, and how many rules are proposed when the same labels are dealt out among the answers anew, five times.
"""

from __future__ import annotations

import argparse
import datetime
import json
import platform
import random
import resource
import sys
import time
from importlib.metadata import version
from pathlib import Path

from qualcode.importers import read_transcripts
from qualcode.model import Code, Codebook, Coding, Codings, Corpus, Informant, Reading, Span, Transcript
from qualcode.suggesters.emergent import explore
from qualcode.suggesters.patterns import learn_rules
from qualcode.testing.example import AT, interview

ROOT = Path(__file__).resolve().parent.parent
INTERVIEWS, ANSWERS, WORDS, CODES, SHARE = 100, 100, 52, 12, 0.08
OWN = [f"{a}utmark{b}" for a in "bcdf" for b in "aio"]
KEYS = [f"kode-{number}" for number in range(CODES)]


def spoken() -> list[str]:
    """Return the words of the sample interviews in their order."""
    words: list[str] = []
    for transcript in read_transcripts(ROOT / "transcripts" / "contoh"):
        for turn in transcript.turns:
            words += turn.span.of(transcript.text).split()
    return words


def study() -> tuple[tuple[Transcript, ...], list[list[int]]]:
    """Return the interviews, and the codes of each answer."""
    chance, words = random.Random(0), spoken()
    talks, labels = [], []
    for number in range(1, INTERVIEWS + 1):
        lines = []
        for _ in range(ANSWERS):
            first = chance.randrange(len(words) - WORDS)
            line = words[first : first + WORDS]
            codes = [code for code in range(CODES) if chance.random() < SHARE]
            for code in codes:
                if chance.random() < 0.5:
                    line[chance.randrange(WORDS)] = OWN[code]
            lines.append(" ".join(line))
            labels.append(codes)
        talks.append(interview(number, lines))
    return tuple(talks), labels


def corpus(talks: tuple[Transcript, ...], labels: list[list[int]]) -> Corpus:
    """Return the study with these codes given, everything read."""
    codings = [
        Coding(
            f"{number * CODES + code:032x}",
            talk.guid,
            talk.revision,
            talk.turns[2 * line + 1].span,
            KEYS[code],
            "rani",
            AT,
        )
        for number, (talk, line) in enumerate((talk, line) for talk in talks for line in range(ANSWERS))
        for code in labels[number]
    ]
    readings = tuple(
        Reading(f"e{number:031x}", talk.guid, talk.revision, Span(0, len(talk.text)), "rani", AT)
        for number, talk in enumerate(talks)
    )
    return Corpus(
        transcripts=talks,
        informants=tuple(Informant(talk.informants[0], talk.name) for talk in talks),
        codebook=Codebook("uji", tuple(Code(key) for key in KEYS)),
        codings=Codings(codings),
        readings=readings,
    )


def measure() -> dict[str, object]:
    """Return the figures."""
    talks, labels = study()
    whole = corpus(talks, labels)
    uncoded = whole.with_(codings=Codings(()))
    explore(corpus(talks[:2], labels), n=2)  # loads what is loaded once
    figures: dict[str, object] = {"answers": len(labels), "codings": len(whole.codings)}

    begun = time.process_time()
    learnt = learn_rules(whole)
    figures["learn rules, s"] = round(time.process_time() - begun, 2)
    own = {(p.code, p.rule) for p in learnt.proposals}
    figures["own words found, of 12"] = sum((KEYS[code], OWN[code]) in own for code in range(CODES))
    figures["words and pairs looked at"] = max(learnt.looked_at.values())
    for name, n in (("explore, number chosen, s", None), ("explore, 8 groups, s", 8)):
        begun = time.process_time()
        explore(uncoded, n=n)
        figures[name] = round(time.process_time() - begun, 2)
    figures["largest memory, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    chance = random.Random(1)
    dealt = []
    for _ in range(5):
        shuffled = labels[:]
        chance.shuffle(shuffled)
        dealt.append(len(learn_rules(corpus(talks, shuffled)).proposals))
    figures["rules learnt from labels dealt anew (12 codes), five times"] = dealt
    return figures


def main() -> int:
    """Print the figures, and keep them where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    wanted = parser.parse_args()
    figures = {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "versions": {name: version(name) for name in ("numpy", "scipy", "scikit-learn")},
        **measure(),
    }
    text = json.dumps(figures, indent=1, ensure_ascii=False)
    print(text)
    if wanted.write:
        (ROOT / "benchmarks" / "results" / "patterns.json").write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
