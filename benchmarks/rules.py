"""How much the rules of the shipped codebook *prekariat* find, how often they are wrong, and how fast they are.

Run ``python benchmarks/rules.py`` (``--write`` keeps the figures in benchmarks/results/rules.json). Measured on

- *dev*: sentences invented before the rules, with which the rules were tuned. They flatter.
- *heldout*: other invented sentences, written before the rules by the same author and not used for tuning. They flatter too: a sentence one
  invents holds the words one thinks of. Real talk holds fewer.
- *indirect-dev*, *indirect-heldout*: sentences that say it round about (*Kita jualan sambil nengok kanan kiri*), the first for
  tuning, the second not. They show how far words go.
- unrelated texts (reviews of hotels and cars, tweets): how many are marked at all. They are not in the repository: ``--data`` names
  the folder with hoasa.parquet, casa.parquet and emot.parquet, which pyarrow is needed to read.
- ``--sample``: the sample study against the codings of its two simulated coders, turn by turn. The rules were not tuned on it.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import importlib.util
import json
import platform
import sys
import time
from collections import Counter
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from qualcode.codebooks import load_codebook
from qualcode.nlp import tokenize
from qualcode.rules import Tagger

ROOT = Path(__file__).resolve().parent.parent
SENTENCES = ROOT / "tests" / "data" / "rules"
SAMPLE = ROOT / "transcripts" / "contoh"
SETS = ("dev", "heldout", "indirect-dev", "indirect-heldout")
LIMITS = {"hoasa": 0.015, "casa": 0.015, "emot": 0.04}
"""The most texts about something else that may be marked: reviews, tweets."""

Cases = Iterable[tuple[set[str], set[str]]]
"""For each unit the codes wanted and the codes found."""


def tally(cases: Cases, codes: Iterable[str]) -> dict[str, dict[str, float | int | None]]:
    """Return precision and recall by code and over all; None where there is nothing to divide by."""
    right, wanted, hits = Counter[str](), Counter[str](), Counter[str]()
    for want, seen in cases:
        right.update(want & seen)
        wanted.update(want)
        hits.update(seen)
    table: dict[str, dict[str, float | int | None]] = {}
    for code in codes:
        table[code] = _row(right[code], hits[code], wanted[code])
    table["all"] = _row(right.total(), hits.total(), wanted.total())
    return table


def _row(right: int, hits: int, wanted: int) -> dict[str, float | int | None]:
    return {
        "precision": round(right / hits, 3) if hits else None,
        "recall": round(right / wanted, 3) if wanted else None,
        "right": right,
        "hits": hits,
        "wanted": wanted,
    }


def invented(name: str, tagger: Tagger) -> list[tuple[set[str], set[str]]]:
    """Return the codes wanted and found in the invented sentences called *name*."""
    with (SENTENCES / f"prekariat-{name}.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        (set(row["codes"].split()), {hit.code for hit in tagger.hits(row["text"], question=row["question"] or None)})
        for row in rows
    ]


def sample(tagger: Tagger, *, both: bool) -> list[tuple[set[str], set[str]]]:
    """Return the codes that a coder (or both) gave and those the rules find, for each informant's turn of the sample study."""
    from qualcode.importers import read_batch
    from qualcode.segmenters import segment

    with (SAMPLE / "studi" / "pengodean.csv").open(encoding="utf-8", newline="") as file:
        codings = list(csv.DictReader(file))
    coders = {row["pengode"] for row in codings}
    given: dict[tuple[str, int], dict[str, set[str]]] = {}
    for row in codings:
        place = (row["transkrip"], int(row["giliran"]))
        given.setdefault(place, {}).setdefault(row["kode"], set()).add(row["pengode"])
    files = sorted(path for path in SAMPLE.iterdir() if path.is_file() and path.stem in {name for name, _ in given})
    cases = []
    for _, result in read_batch(files).results:
        for transcript in result.corpus.transcripts:
            found: dict[int, set[str]] = {}
            for hit in tagger.mark(transcript, segment(transcript, by="turn")):
                if hit.turn is not None:
                    found.setdefault(hit.turn, set()).add(hit.code)
            name = Path(transcript.name).stem
            for number, turn in enumerate(transcript.turns, 1):
                if turn.role.is_voice:
                    by_code = given.get((name, number), {})
                    want = {code for code, who in by_code.items() if not both or who == coders}
                    cases.append((want, found.get(number, set())))
    return cases


def unrelated(folder: Path, tagger: Tagger) -> dict[str, dict[str, float | int]]:
    """Return how many texts about something else are marked, and how fast, or nothing with the reason said."""
    if not folder.is_dir():
        print(f"unrelated texts skipped: no folder {folder}")
        return {}
    if importlib.util.find_spec("pyarrow") is None:
        print("unrelated texts skipped: pyarrow is not installed")
        return {}
    import pandas as pd

    rows: dict[str, dict[str, float | int]] = {}
    for name, limit in LIMITS.items():
        place = folder / f"{name}.parquet"
        if not place.is_file():
            print(f"{name} skipped: no file {place}")
            continue
        texts = [str(text) for text in pd.read_parquet(place, columns=["text"])["text"]]
        start = time.perf_counter()
        marked = sum(bool(tagger.hits(text)) for text in texts)
        seconds = time.perf_counter() - start
        tokens = sum(len(tokenize(text)) for text in texts)
        rows[name] = {
            "texts": len(texts),
            "marked": marked,
            "rate": round(marked / len(texts), 4),
            "limit": limit,
            "tokens_per_s": round(tokens / seconds),
        }
    return rows


def show(title: str, table: dict[str, dict[str, float | int | None]]) -> None:
    """Print one table."""
    print(f"\n{title:28} {'precision':>9} {'recall':>7} {'right':>6} {'hits':>6} {'wanted':>7}")
    for code, row in table.items():
        precision, recall = (
            f"{value:.2f}" if value is not None else "–" for value in (row["precision"], row["recall"])
        )
        print(f"{code:28} {precision:>9} {recall:>7} {row['right']:6} {row['hits']:6} {row['wanted']:7}")


def main() -> None:
    """Measure, print the tables, and keep them where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="keep the figures in benchmarks/results/rules.json")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder of unrelated texts")
    parser.add_argument("--sample", action="store_true", help="also compare with the codings of the sample study")
    chosen = parser.parse_args()
    codebook = load_codebook("prekariat")
    start = time.perf_counter()
    tagger = Tagger(codebook)
    building = time.perf_counter() - start
    codes = [code.key for code in codebook.active]
    tables = {name: tally(invented(name, tagger), codes) for name in SETS}
    if chosen.sample:
        tables["sample, either coder"] = tally(sample(tagger, both=False), codes)
        tables["sample, both coders"] = tally(sample(tagger, both=True), codes)
    for title, table in tables.items():
        show(title, table)
    print()
    wrong = unrelated(chosen.data, tagger)
    for name, row in wrong.items():
        print(
            f"{name:8} {row['marked']:5} of {row['texts']:5} texts marked, {row['rate']:.2%} (limit {row['limit']:.1%}), {row['tokens_per_s']:,} tokens/s"
        )
    rules = sum(len(code.keywords) for code in codebook.active)
    print(f"{rules} rules of {codebook.label}; tagger built in {building:.2f} s; {platform.machine()}")
    if chosen.write:
        result = {
            "codebook": codebook.label,
            "rules": rules,
            "build_s": round(building, 2),
            **tables,
            "unrelated": wrong,
            "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
            "machine": f"{platform.system()} {platform.machine()}",
            "python": platform.python_version(),
            "versions": {name: version(name) for name in ("qualcode", "spacy")},
        }
        place = Path(__file__).parent / "results" / "rules.json"
        place.parent.mkdir(exist_ok=True)
        place.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"kept in {place}", file=sys.stderr)


if __name__ == "__main__":
    main()
