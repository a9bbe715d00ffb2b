"""What the study file costs: appending, importing, verifying, replaying, loading; time and bytes, and how they grow.

    python benchmarks/store.py                      # a table
    python benchmarks/store.py --events 20000       # smaller
    python benchmarks/store.py --write              # also stored in benchmarks/results/store.json

Every figure is taken on a new study in a temporary folder, with what the program really does at each change: transaction,
projection, synchronous=FULL, anchor. The log's events are single codings, one event each.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualcode.store.file import StudyFile

CODER = "aa" * 16
CODES = ("upah-rendah", "jam-panjang", "sepi", "utang", "warung", "keluarga")
RESULTS = Path(__file__).parent / "results" / "store.json"
WORDS = [
    "saya",
    "jualan",
    "dari",
    "pagi",
    "sampai",
    "malam",
    "kadang",
    "sepi",
    "kadang",
    "ramai",
    "ya",
    "dijalani",
    "saja",
    "utang",
    "dulu",
    "ke",
    "warung",
    "nanti",
    "dibayar",
]


def now() -> datetime:
    return datetime.now(UTC)


def timed(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def new_study(path: Path) -> StudyFile:
    from qualcode.model import Code, Codebook
    from qualcode.store.acts.codebook import put_codebook
    from qualcode.store.acts.study import add_coder
    from qualcode.store.effects import By
    from qualcode.store.file import StudyFile

    file = StudyFile.create(path, clock=now)
    add_coder(file.log, By(CODER, now()), "rani", guid=CODER)
    put_codebook(file.log, By(CODER, now()), Codebook("kerja", tuple(Code(key) for key in CODES)))
    return file


def interviews(count: int, turns: int, chance: random.Random) -> tuple[list[object], list[object], int]:
    """Return *count* interviews of *turns* turns with their informants, and the size of their texts in bytes."""
    from qualcode.model import Informant, Role, Span, Transcript, Turn
    from qualcode.store.acts.transcripts import NewTranscript
    from qualcode.store.effects import new_guid

    items: list[object] = []
    people: list[object] = []
    size = 0
    for number in range(count):
        person = Informant(new_guid(), f"informan-{number + 1:03}")
        parts, found, at = [], [], 0
        for turn in range(turns):
            label = "PI"[turn % 2]
            speech = " ".join(chance.choices(WORDS, k=chance.randrange(4, 24)))
            role = Role.INFORMANT if turn % 2 else Role.INTERVIEWER
            found.append(Turn(Span(at + 3, at + 3 + len(speech)), label, role, person.guid if turn % 2 else None))
            parts.append(f"{label}: {speech}\n")
            at += len(parts[-1])
        text = "".join(parts)
        transcript = Transcript(new_guid(), new_guid(), person.id, text, turns=tuple(found), informants=(person.guid,))
        items.append(NewTranscript(transcript, f"{person.id}.txt", text.encode()))
        people.append(person)
        size += len(text.encode())
    return items, people, size


def code(file: StudyFile, count: int, chance: random.Random, *, bunch: int = 1) -> list[float]:
    """Record *count* codings, one event each, *bunch* of them in a transaction; return the seconds of each transaction."""
    from qualcode.model import Span
    from qualcode.store.acts._ground import Codes, Places
    from qualcode.store.acts.codings import NewCoding, add_codings, coding_effects
    from qualcode.store.effects import By

    with file.reading() as connection:
        rows = connection.exec_driver_sql("SELECT e.guid FROM transcript t JOIN entity e ON e.id = t.id").fetchall()
    transcripts = [guid.hex() for (guid,) in rows]
    took = []

    def one() -> NewCoding:
        start = chance.randrange(5_000)
        return NewCoding(
            chance.choice(transcripts), Span(start, start + 60), chance.choice(CODES), version="1+3fa2b1c9"
        )

    for _ in range(count // bunch):
        began = time.perf_counter()
        if bunch == 1:
            add_codings(file.log, By(CODER, now()), [one()])
        else:
            with file.log.writing(By(CODER, now())) as writer:
                codes, places = Codes(writer.connection), Places(writer.connection)
                for _ in range(bunch):
                    writer.record("coding", coding_effects(one(), codes, places))
        took.append(time.perf_counter() - began)
    return took


def size(path: Path) -> int:
    return sum(p.stat().st_size for p in path.parent.glob(path.name + "*") if p.is_file())


def import_figures(folder: Path) -> dict[str, float]:
    """Import 200 interviews of 600 turns, and twice as many."""
    from qualcode.store.acts.transcripts import import_transcripts
    from qualcode.store.effects import By

    took = {}
    for count in (200, 400):
        path = folder / f"impor {count}.qualcode"
        items, people, text = interviews(count, 600, random.Random(1))
        with new_study(path) as file:
            empty = path.stat().st_size
            took[count] = timed(lambda: import_transcripts(file.log, By(CODER, now()), items, people))  # type: ignore[arg-type]  # noqa: B023
        if count == 200:
            megabytes, of_text = (path.stat().st_size - empty) / 1e6, text / 1e6
    return {
        "import 200 x 600 turns, s": took[200],
        "import 400 x 600 turns, times that of 200": took[400] / took[200],
        "file after import of 200, MB (with originals)": megabytes,
        "text of 200, MB": of_text,
    }


def log_figures(folder: Path, events: int) -> dict[str, float]:
    """Code until the log has *events* events; look at half of them and at all."""
    from qualcode.store.acts.transcripts import import_transcripts
    from qualcode.store.backup import make_backup
    from qualcode.store.check import check
    from qualcode.store.effects import By
    from qualcode.store.engine import writing
    from qualcode.store.file import StudyFile
    from qualcode.store.read import load_corpus
    from qualcode.store.rebuild import rebuild
    from qualcode.store.verify import verify

    chance = random.Random(2)
    path = folder / "kode.qualcode"
    file = new_study(path)
    items, people, _ = interviews(20, 600, chance)
    import_transcripts(file.log, By(CODER, now()), items, people)  # type: ignore[arg-type]
    file.close()
    before = path.stat().st_size
    figures: dict[str, float] = {}
    at: dict[str, dict[str, float]] = {}
    for stage, count in (("half", events // 2), ("all", events - events // 2)):
        file = StudyFile.open(path, clock=now)
        code(file, count - 500, chance, bunch=500)
        appends = sorted(code(file, 500, chance))
        found = {
            "append one coding, p50 ms": statistics.median(appends) * 1e3,
            "append one coding, p95 ms": appends[int(len(appends) * 0.95)] * 1e3,
        }
        with file.reading() as connection:
            found["verify, s"] = timed(lambda: verify(connection))
        with writing(file.engine) as connection:
            found["replay, s"] = timed(lambda: rebuild(connection))
        found["load corpus, s"] = timed(lambda: load_corpus(file))  # noqa: B023
        found["check, s"] = timed(lambda: check(file))  # noqa: B023
        found["backup, s"] = timed(lambda: make_backup(path, at=now()))
        found["close, s"] = timed(file.close)
        found["open, s"] = timed(lambda: StudyFile.open(path, clock=now).close())
        at[stage] = found
    figures["events"] = events
    figures |= at["all"]
    figures |= {
        f"{what.rpartition(',')[0]}, times that at half the events": value / at["half"][what]
        for what, value in at["all"].items()
    }
    figures["bytes per coding (log, tables and indexes)"] = (path.stat().st_size - before) / events
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=100_000, help="how many events the log is grown to")
    parser.add_argument("--write", action="store_true", help=f"store the figures in {RESULTS.name}")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        os.environ["QUALCODE_STATE"] = str(Path(name) / "state")
        figures = {**import_figures(Path(name)), **log_figures(Path(name), chosen.events)}
    for what, figure in figures.items():
        print(f"{what:56} {figure:>12,.3f}")
    if chosen.write:
        RESULTS.parent.mkdir(exist_ok=True)
        stored = {"machine": machine(), "figures": {what: round(figure, 3) for what, figure in figures.items()}}
        RESULTS.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def machine() -> dict[str, object]:
    """Return what a figure depends on, as the kill benchmark gives it."""
    spec = importlib.util.spec_from_file_location("kill", Path(__file__).with_name("kill.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["kill"] = module
    spec.loader.exec_module(module)
    found: dict[str, object] = module.machine()
    return found


if __name__ == "__main__":
    main()
