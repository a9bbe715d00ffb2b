"""How much the rules of the six shipped codebooks find, how often they are wrong, and how fast they are.

Run ``python benchmarks/rules.py`` (``--write`` keeps the figures in benchmarks/results/rules.json). Measured on the sentences in tests/data/rules,
all invented, named ``<codebook>-<set>.tsv``:

- sets called *dev*: the rules were tuned with them, or written by the same hand just after them. They flatter. (*prekariat-dev3* and the
  *dev* of the five others were held out from version 1.0, which found .07 to .27 of what they hold; the author of 1.1 remembered them.)
- *heldout*, *indirect-heldout* of *prekariat*: written before the rules of 1.0. A sentence one invents holds the words one thinks of; *indirect* avoids them.
- *heldout2* of *prekariat* and *heldout* of the others: written after the rules of 1.1, of trades that no other set knows, in words that
  avoid those of the topic. They show how little words find where people say it round about.

Not in the repository:

- ``--quotes FILE``: a table (``codes``, ``text``) of real quotes from the press and from theses, labelled before they were tagged.
- unrelated texts (reviews of hotels and cars, tweets): how many are marked at all. ``--data`` names
  the folder with hoasa.parquet, casa.parquet and emot.parquet, which pyarrow is needed to read. Guards were set with them.
- ``--sample``: the sample study against the codings of its two simulated coders, turn by turn. The rules were not tuned on it.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import importlib.util
import json
import os
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
BOOKS = ("prekariat", "kesejahteraan", "kelas_pekerja", "bpjs_informal", "kebijakan_informal", "templat")
UNRELATED = ("hoasa", "casa", "emot")
LIMITS = {("prekariat", "hoasa"): 0.015, ("prekariat", "casa"): 0.015, ("prekariat", "emot"): 0.04}
"""The most texts about something else that may be marked: reviews, tweets."""

Table = dict[str, dict[str, float | int | None]]

Cases = Iterable[tuple[set[str], set[str]]]
"""For each unit the codes wanted and the codes found."""


def tally(cases: Cases, codes: Iterable[str]) -> Table:
    """Return precision and recall by code and over all; None where there is nothing to divide by."""
    right, wanted, hits = Counter[str](), Counter[str](), Counter[str]()
    for want, seen in cases:
        right.update(want & seen)
        wanted.update(want)
        hits.update(seen)
    table: Table = {}
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


def sentences(path: Path, tagger: Tagger) -> list[tuple[set[str], set[str]]]:
    """Return the codes wanted and found in the sentences of one file."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        (
            set(row["codes"].split()),
            {hit.code for hit in tagger.hits(row["text"], question=row.get("question") or None)},
        )
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


def texts_about_something_else(folder: Path) -> dict[str, list[str]]:
    """Return the unrelated texts by name, or nothing with the reason said."""
    if not folder.is_dir():
        print(f"unrelated texts skipped: no folder {folder}")
        return {}
    if importlib.util.find_spec("pyarrow") is None:
        print("unrelated texts skipped: pyarrow is not installed")
        return {}
    import pandas as pd

    found = {}
    for name in UNRELATED:
        place = folder / f"{name}.parquet"
        if place.is_file():
            found[name] = [str(text) for text in pd.read_parquet(place, columns=["text"])["text"]]
        else:
            print(f"{name} skipped: no file {place}")
    return found


def wrong_hits(tagger: Tagger, texts: dict[str, list[str]]) -> dict[str, dict[str, float | int | None]]:
    """Return how many texts about something else are marked, and how fast, in processor time."""
    rows: dict[str, dict[str, float | int | None]] = {}
    for name, those in texts.items():
        start = time.process_time()
        marked = sum(bool(tagger.hits(text)) for text in those)
        seconds = time.process_time() - start
        rows[name] = {
            "texts": len(those),
            "marked": marked,
            "rate": round(marked / len(those), 4),
            "limit": LIMITS.get((tagger.codebook.name, name)),
            "tokens_per_s": round(sum(len(tokenize(text)) for text in those) / seconds),
        }
    return rows


def show(title: str, table: Table) -> None:
    """Print one table."""
    print(f"\n{title:28} {'precision':>9} {'recall':>7} {'right':>6} {'hits':>6} {'wanted':>7}")
    for code, row in table.items():
        precision, recall = (
            f"{value:.2f}" if value is not None else "–" for value in (row["precision"], row["recall"])
        )
        print(f"{code:28} {precision:>9} {recall:>7} {row['right']:6} {row['hits']:6} {row['wanted']:7}")


def measure(name: str, texts: dict[str, list[str]], quotes: Path | None, *, with_sample: bool) -> dict[str, object]:
    """Measure one codebook, print its tables and return them."""
    codebook = load_codebook(name)
    start = time.perf_counter()
    tagger = Tagger(codebook)
    building = time.perf_counter() - start
    codes = [code.key for code in codebook.active]
    files = sorted(SENTENCES.glob(f"{name}-*.tsv"))
    tables = {
        path.stem.removeprefix(f"{name}-"): tally(sentences(path, tagger), codes)
        for path in files
        if not path.stem.endswith("-words")
    }
    if name == "prekariat" and quotes:
        tables["quotes"] = tally(sentences(quotes, tagger), codes)
    if name == "prekariat" and with_sample:
        tables["sample, either coder"] = tally(sample(tagger, both=False), codes)
        tables["sample, both coders"] = tally(sample(tagger, both=True), codes)
    for title, table in tables.items():
        show(f"{name} {title}", table)
    print()
    wrong = wrong_hits(tagger, texts)
    for set_, row in wrong.items():
        limit = f" (limit {row['limit']:.1%})" if row["limit"] else ""
        print(
            f"{set_:8} {row['marked']:5} of {row['texts']:5} texts marked, {row['rate']:.2%}{limit}, {row['tokens_per_s']:,} tokens/s"
        )
    rules = sum(len(code.keywords) for code in codebook.active)
    print(f"{rules} rules of {codebook.label}; tagger built in {building:.2f} s; {platform.machine()}")
    return {"codebook": codebook.label, "rules": rules, "build_s": round(building, 2), **tables, "unrelated": wrong}


def main() -> None:
    """Measure, print the tables, and keep them where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="keep the figures in benchmarks/results/rules.json")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder of unrelated texts")
    parser.add_argument("--quotes", type=Path, help="table of real quotes: codes, text")
    parser.add_argument("--sample", action="store_true", help="also compare with the codings of the sample study")
    chosen = parser.parse_args()
    texts = texts_about_something_else(chosen.data)
    measured = {name: measure(name, texts, chosen.quotes, with_sample=chosen.sample) for name in BOOKS}
    if chosen.write:
        result = {
            **measured,
            "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
            "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
            "python": platform.python_version(),
            "versions": {name: version(name) for name in ("qualcode", "spacy")},
        }
        place = Path(__file__).parent / "results" / "rules.json"
        place.parent.mkdir(exist_ok=True)
        place.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"kept in {place}", file=sys.stderr)


if __name__ == "__main__":
    main()
