"""How long a search over 200 transcripts of 10,000 words takes, and how it grows.

Run ``python benchmarks/search.py`` (``--write`` keeps the figures in benchmarks/results/search.json). The words are those of the sample
interviews, drawn with their frequencies, so that common words are as common as in talk. Measured in one run:

- making the index, once (the first search does it);
- each query through `Project.search`, as the command line calls it, with the first 50 turns shown: median and largest of the repeats;
- the peers: looking through all texts with LIKE, and SQLite's own word index (FTS5 without stems), which finds less: its turns are shown
  as a share of ours.

The limit is 100 ms for every query at 200 transcripts.
"""

from __future__ import annotations

import argparse
import datetime
import json
import platform
import random
import sqlite3
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from qualcode.importers import read_transcripts
from qualcode.project import Project

LIMIT = 0.100
ROOT = Path(__file__).resolve().parent.parent
SIZES = (100, 200, 400)
QUERIES = (
    "iuran",
    "bayar",
    "nggak",
    '"nggak ada"',
    "iuran NEAR/5 berat",
    "(sepi OR hujan) NOT ramai",
    "=kontrak",
    "jual*",
    "tanya",
    "anak sekolah bayar",
)
FILTERED = ("bayar", {"role": "informant", "where": ["usia>=40"]})


def vocabulary() -> list[str]:
    """Return the words of the sample interviews, as often as they stand there."""
    words: list[str] = []
    for transcript in read_transcripts(ROOT / "transcripts" / "contoh"):
        for turn in transcript.turns:
            words += turn.span.of(transcript.text).split()
    return words


def make_transcript(number: int, words: list[str], size: int = 10_000) -> str:
    """Return a made-up interview of about *size* words; the same number gives the same text."""
    chance = random.Random(number)
    lines = [f"Kode : informan-{number:03d}", f"Usia : {20 + number % 40} tahun", ""]
    left = size
    while left > 0:
        lines.append("P: " + " ".join(chance.choices(words, k=8)) + "?")
        length = chance.choice((3, 10, 25, 50, 80))
        lines.append("N: " + " ".join(chance.choices(words, k=length)) + ".")
        left -= length + 8
    return "\n".join(lines) + "\n"


def seconds(action: object, repeats: int) -> list[float]:
    """Return the seconds that each of so many calls takes, in order of size."""
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        action()  # type: ignore[operator]
        taken.append(time.perf_counter() - start)
    return sorted(taken)


def peers(texts: list[str]) -> sqlite3.Connection:
    """Return a database with the turns as rows and SQLite's own index of their words."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE turn (id INTEGER PRIMARY KEY, body TEXT)")
    db.execute("CREATE VIRTUAL TABLE word USING fts5(body, content='turn', content_rowid='id')")
    rows = [(line.partition(": ")[2],) for text in texts for line in text.splitlines() if line[:2] in {"P:", "N:"}]
    db.executemany("INSERT INTO turn (body) VALUES (?)", rows)
    db.execute("INSERT INTO word (word) VALUES ('rebuild')")
    return db


def run(size: int, words: list[str], repeats: int, folder: Path) -> dict[str, object]:
    """Return the figures for *size* transcripts."""
    texts = [make_transcript(number, words) for number in range(size)]
    files = []
    for number, text in enumerate(texts):
        files.append(folder / f"informan-{number:03d}.txt")
        files[-1].write_text(text, encoding="utf-8", newline="\n")
    path = folder / f"studi-{size}.qualcode"
    rows = []
    with Project.create(path, codebook=None, coder="ukur") as study:
        study.import_files(files)
        before = path.stat().st_size
        index = seconds(lambda: study.search("iuran"), 1)[0]
        for query, options in [*((q, {}) for q in QUERIES), FILTERED]:
            taken = seconds(lambda q=query, o=options: study.search(q, n=50, **o), repeats)
            found = study.search(query, n=1, **options)
            rows.append(
                {
                    "query": query + "".join(f" {k}={v}" for k, v in options.items()),
                    "turns": found.n_turns,
                    "median_ms": round(1000 * taken[len(taken) // 2], 1),
                    "max_ms": round(1000 * taken[-1], 1),
                }
            )
    after = path.stat().st_size
    db = peers(texts)
    like = seconds(lambda: db.execute("SELECT count(*) FROM turn WHERE body LIKE '%iuran%'").fetchone(), repeats)
    plain = seconds(
        lambda: db.execute(
            "SELECT id, body FROM turn WHERE id IN (SELECT rowid FROM word('bayar') LIMIT 50)"
        ).fetchall(),
        repeats,
    )
    (found_plain,) = db.execute("SELECT count(*) FROM word('bayar')").fetchone()
    ours = next(row["turns"] for row in rows if row["query"] == "bayar")
    return {
        "transcripts": size,
        "index_s": round(index, 2),
        "study_mb": round(before / 1e6, 1),
        "index_mb": round((after - before) / 1e6, 1),
        "queries": rows,
        "like_ms": round(1000 * like[len(like) // 2], 1),
        "fts_without_stems_ms": round(1000 * plain[len(plain) // 2], 1),
        "fts_without_stems_finds": f"{found_plain} of {ours} turns with bayar and what is made from it",
    }


def main() -> None:
    """Measure, print the table, and keep it where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="keep the figures in benchmarks/results/search.json")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="how many transcripts")
    parser.add_argument("--repeats", type=int, default=9)
    chosen = parser.parse_args()
    words = vocabulary()
    results = []
    for size in chosen.sizes:
        with tempfile.TemporaryDirectory() as temporary:
            result = run(size, words, chosen.repeats, Path(temporary))
        results.append(result)
        print(
            f"\n{size} transcripts: index {result['index_s']} s, {result['index_mb']} MB beside {result['study_mb']} MB"
        )
        print(f"{'query':45} {'turns':>8} {'median ms':>10} {'max ms':>8}")
        for row in result["queries"]:  # type: ignore[attr-defined]
            print(f"{row['query']:45} {row['turns']:8d} {row['median_ms']:10.1f} {row['max_ms']:8.1f}")
        print(
            f"LIKE over all texts {result['like_ms']} ms; FTS5 without stems {result['fts_without_stems_ms']} ms, finds ",
            end="",
        )
        print(result["fts_without_stems_finds"])
    at = next((r for r in results if r["transcripts"] == 200), None)
    if at is not None:
        worst = max(row["median_ms"] for row in at["queries"])  # type: ignore[attr-defined]
        print(f"\nslowest median at 200 transcripts: {worst:.1f} ms, {worst / (1000 * LIMIT):.0%} of the limit")
    if chosen.write:
        out = ROOT / "benchmarks" / "results" / "search.json"
        kept = {
            "date": datetime.date.today().isoformat(),
            "machine": f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}",
            "sqlite": sqlite3.sqlite_version,
            "qualcode": version("qualcode"),
            "limit_ms": 1000 * LIMIT,
            "results": results,
        }
        out.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"kept in {out.relative_to(ROOT)}", file=sys.stderr)


if __name__ == "__main__":
    main()
