"""How long it takes to import 200 transcripts of 10,000 words, and whether twice as many take twice as long.

Run ``python benchmarks/import.py`` (``--write`` keeps the figures in benchmarks/results/import.json). The transcripts are made here, by
a seed, in the forms that theses use: a header, a legend or role words, one-letter labels, headings between turns. Reading means
decoding, finding speakers, roles and turns; importing means that and storing it in a study file. The limit is that of the whole.
"""

from __future__ import annotations

import argparse
import datetime
import gc
import importlib.util
import json
import platform
import random
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from pathlib import Path

from qualcode.importers import ImportOptions, read_batch

LIMIT = 6.0
"""Seconds that importing 200 transcripts may take, storing included."""
WORDS = 10_000
SIZES = (50, 100, 200, 400)
COMMON = """
ya nggak saya udah kalo di itu ada yang kan juga buat orang anak kerja sehari dapet ribu hujan jualan motor sama dari
sampe jam pagi sore malem rumah tetangga bayar uang bulan taun belum masih cuman kayak gimana emang terus pulang beli
pelanggan warung gerobak pasar jalan sekolah suami istri bpjs sakit obat listrik kontrakan pinjem arisan ngaji alhamdulillah
"""
WORDLIST = COMMON.split()
QUESTIONS = (
    "Terus gimana, Bu?",
    "Sehari dapet berapa?",
    "Kenapa nggak pindah?",
    "Kalau sakit bagaimana?",
    "Sudah lama?",
)
HEADINGS = ("Demografi", "Pendapatan", "Jaminan Sosial", "Harapan")


def make_transcript(number: int, words: int = WORDS) -> str:
    """Return a made-up transcript of about *words* words; the same number gives the same text."""
    chance = random.Random(number)
    asks, answers = (("P", "N"), ("Pewawancara", "Narasumber"), ("T", "J"), ("Peneliti", f"Informan {number}"))[
        number % 4
    ]
    lines = [
        f"Nama lengkap : samaran {number}",
        f"Usia : {20 + number % 40} tahun",
        "Jenis usaha : warung",
        f"Hari/tanggal : Senin, {1 + number % 28} Maret 2025",
        "Tempat : rumah",
        "",
    ]
    if number % 4 == 0:
        lines.append("Keterangan: P: Pewawancara N: Narasumber A: Anak narasumber")
    left = words
    while left > 0:
        if chance.random() < 0.02:
            lines.append(chance.choice(HEADINGS))
        lines.append(f"{asks} : {chance.choice(QUESTIONS)}")
        size = chance.choice((2, 8, 20, 40, 80))
        speech = " ".join(chance.choices(WORDLIST, k=size))
        lines.append(f"{answers} : {speech.capitalize()}.")
        if chance.random() < 0.1:
            lines.append("Ya begitu, jam: lima. " + " ".join(chance.choices(WORDLIST, k=12)) + ".")
            left -= 16
        left -= size + 5
    return "\n".join(lines) + "\n"


def measure(action: Callable[[], object], repeats: int) -> tuple[float, float]:
    """Return the least seconds of wall time that *action* takes, and of processor time: about what a quiet machine needs."""
    wall = processor = float("inf")
    for _ in range(repeats):
        gc.collect()
        start, used = time.perf_counter(), time.process_time()
        action()
        wall, processor = min(wall, time.perf_counter() - start), min(processor, time.process_time() - used)
    return wall, processor


def read(files: list[Path]) -> None:
    """Read the files, and make sure that the talk was found in each."""
    batch = read_batch(files, ImportOptions())
    if batch.errors or not all(len(result.corpus.transcripts[0].turns) > 100 for _, result in batch.results):
        raise SystemExit("the transcripts were not read as they should be")


def store(files: list[Path], folder: Path) -> None:
    """Import the files into a new study."""
    from qualcode.project import Project

    study = folder / f"studi-{time.perf_counter_ns()}.qualcode"
    with Project.create(study, codebook="prekariat", coder="ukur") as project:
        report = project.import_files(files)
        if report.counts["added"] != len(files):
            raise SystemExit("not every transcript was imported")
    study.unlink()


def main() -> None:
    """Measure, print the table, and keep it where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="keep the figures in benchmarks/results/import.json")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="how many transcripts")
    parser.add_argument("--repeats", type=int, default=3, help="the least of so many runs is taken")
    chosen = parser.parse_args()
    whole = importlib.util.find_spec("qualcode.project") is not None
    rows: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        files = []
        for number in range(max(chosen.sizes)):
            files.append(folder / f"transkrip-{number:03d}.txt")
            files[-1].write_text(make_transcript(number), encoding="utf-8", newline="\n")
        characters = sum(file.stat().st_size for file in files)
        read(files[:5])  # imports and caches are not what is measured
        print(f"{'':>11} {'reading':^26} {'importing, stored':^26}")
        print(f"{'transcripts':>11}" + f" {'wall s':>8} {'cpu s':>8} {'of limit':>8}" * 2)
        for size in chosen.sizes:
            some = files[:size]
            row: dict[str, object] = {"transcripts": size}
            shown = f"{size:11d}"
            jobs: dict[str, Callable[[], object]] = {"reading": partial(read, some)}
            if whole:
                jobs["importing"] = partial(store, some, folder)
            for name, job in jobs.items():
                wall, processor = measure(job, chosen.repeats)
                row |= {f"{name}_wall_s": round(wall, 3), f"{name}_cpu_s": round(processor, 3)}
                shown += f" {wall:8.2f} {processor:8.2f} {wall / (LIMIT * size / 200):8.0%}"
            rows.append(row)
            print(shown)
    print(
        f"\n{characters / 1e6:.1f} MB in {max(chosen.sizes)} transcripts; {platform.machine()}, Python {platform.python_version()}"
    )
    if chosen.write:
        result = {
            "limit_s_for_200": LIMIT,
            "words_each": WORDS,
            "bytes_in_largest": characters,
            "rows": rows,
            "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
            "machine": f"{platform.system()} {platform.machine()}",
            "python": platform.python_version(),
            "versions": {name: version(name) for name in ("qualcode", "sqlalchemy")},
        }
        place = Path(__file__).parent / "results" / "import.json"
        place.parent.mkdir(exist_ok=True)
        place.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
        print(f"kept in {place}", file=sys.stderr)


if __name__ == "__main__":
    main()
