"""Kill a program at random moments while it codes and imports, and see that nothing it acknowledged is lost.

    python benchmarks/kill.py                # 1,000 kills, a table
    python benchmarks/kill.py --n 50 --write # also stored in benchmarks/results/kill.json

A worker opens a study, codes, imports and undoes at random, closes and opens again, and says on its standard output what it is
about to do and, after the commit, that it is done. It is killed (SIGKILL; TerminateProcess on Windows) at a random moment. Then
the file must open, its chain and digests must hold, every acknowledged change must be in it, and every other one whole or not at all.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import queue
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

CODER = "aa" * 16
FOUNDER = "bb" * 16
RESULTS = Path(__file__).parent / "results" / "kill.json"
START = 20.0
"""Seconds a worker is given to open the study; a slow machine is no failure."""


def text_of(guid: str) -> str:
    """Return the text of the transcript with *guid*: long enough to take many pages, and known to both sides."""
    words = hashlib.shake_256(guid.encode()).hexdigest(6_000)
    return "\n".join(f"I: {words[at : at + 60]} sepi, utang warung." for at in range(0, len(words), 60)) + "\n"


def now() -> datetime:
    return datetime.now(UTC)


# ---- the program that is killed ----


def work(path: Path, seed: int) -> None:
    """Open, change, close and open again until killed."""
    from qualcode.store.acts.transcripts import NewTranscript
    from qualcode.store.effects import By
    from qualcode.store.file import StudyFile

    chance = random.Random(seed)
    say("ready")
    while True:
        with StudyFile.open(path, clock=now) as file:
            say("opened")
            transcripts = [
                row[0].hex() for row in file_rows(path, "SELECT e.guid FROM transcript t JOIN entity e ON e.id = t.id")
            ]
            for _ in range(chance.randrange(1, 40)):
                by = By(CODER, now())
                match chance.choices(("coding", "import", "undo"), (80, 12, 8))[0]:
                    case "coding" if transcripts:
                        code_one(file, by, chance, transcripts)
                    case "undo":
                        undo_one(file, by)
                    case _:
                        transcripts += import_some(file, by, chance, NewTranscript)
        say("closed")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def file_rows(path: Path, query: str) -> list[tuple[bytes]]:
    db = sqlite3.connect(path)
    try:
        return db.execute(query).fetchall()
    finally:
        db.close()


def code_one(file: object, by: object, chance: random.Random, transcripts: list[str]) -> None:
    from qualcode.model import Span
    from qualcode.store.acts.codings import NewCoding, add_codings

    start = chance.randrange(1_000)
    coding = NewCoding(
        chance.choice(transcripts), Span(start, start + 40), chance.choice(("upah", "utang")), memo="ragu"
    )
    say(f"doing coding {coding.guid}")
    add_codings(file.log, by, [coding])  # type: ignore[attr-defined, arg-type]
    say("done")


def import_some(file: object, by: object, chance: random.Random, new: object) -> list[str]:
    from qualcode.model import Informant, Role, Span, Transcript, Turn
    from qualcode.store.acts.transcripts import import_transcripts
    from qualcode.store.effects import new_guid

    guids = [new_guid() for _ in range(chance.randrange(1, 4))]
    people = [Informant(new_guid(), f"informan-{guid[:6]}") for guid in guids]
    items = []
    for guid, person in zip(guids, people, strict=True):
        text = text_of(guid)
        turns, at = [], 0
        for line in text.splitlines():
            turns.append(Turn(Span(at + 3, at + len(line)), "I", Role.INFORMANT, person.guid))
            at += len(line) + 1
        transcript = Transcript(guid, new_guid(), f"t-{guid}", text, turns=tuple(turns), informants=(person.guid,))
        items.append(new(transcript, f"{guid}.txt", text.encode()))  # type: ignore[operator]
    say(f"doing import {' '.join(guids)}")
    import_transcripts(file.log, by, items, people)  # type: ignore[attr-defined, arg-type]
    say("done")
    return guids


def undo_one(file: object, by: object) -> None:
    """Undo the newest change, if the rules allow."""
    from qualcode.errors import QualcodeError
    from qualcode.store.undo import redo, undo

    say("doing undo")
    try:
        undone = undo(file.log, by)  # type: ignore[attr-defined, arg-type]
    except QualcodeError:
        say("refused")
        return
    say(f"done {undone}")
    say("doing redo")
    redo(file.log, by)  # type: ignore[attr-defined, arg-type]
    say("done")


# ---- the one who kills and looks ----


@dataclass
class Tally:
    """What was acknowledged so far, what was begun at the moment of the last kill, and what was found wrong."""

    kills: int = 0
    codings: set[str] = field(default_factory=set)
    transcripts: set[str] = field(default_factory=set)
    moments: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    begun_and_kept: int = 0
    lost: list[str] = field(default_factory=list)
    halves: list[str] = field(default_factory=list)
    unopened: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing was found wrong."""
        return not (self.lost or self.halves or self.unopened or self.damaged)


def new_study(path: Path) -> None:
    """Make the study that will suffer."""
    from qualcode.model import Code, Codebook
    from qualcode.store.acts.codebook import put_codebook
    from qualcode.store.acts.study import add_coder
    from qualcode.store.effects import By
    from qualcode.store.file import StudyFile

    with StudyFile.create(path, clock=now) as file:
        add_coder(file.log, By(FOUNDER, now()), "dewi", guid=FOUNDER)
        add_coder(file.log, By(CODER, now()), "rani", guid=CODER)
        # by someone else: the worker's undoing must not reach the codes it works with
        put_codebook(file.log, By(FOUNDER, now()), Codebook("kerja", (Code("upah"), Code("utang"))))


def kill_once(path: Path, tally: Tally, chance: random.Random) -> None:
    """Start the worker, kill it, and look at what is left; *tally* takes it in."""
    worker = subprocess.Popen(
        [sys.executable, __file__, "--work", str(path), "--seed", str(chance.randrange(2**31))],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert worker.stdout is not None
    lines: queue.Queue[str] = queue.Queue()
    reader = threading.Thread(target=lambda: [lines.put(line) for line in worker.stdout or ()], daemon=True)
    reader.start()
    said = [lines.get(timeout=START)]  # it has started and is opening the study
    if chance.random() < 0.7:
        said.append(lines.get(timeout=START))  # it has opened it and is at work
    time.sleep(chance.choice((chance.uniform(0, 0.06), chance.uniform(0, 0.5))))
    worker.kill()
    worker.wait()
    reader.join()
    worker.stdout.close()
    while not lines.empty():
        said.append(lines.get())
    if worker.returncode == 1:
        tally.damaged.append("the worker failed by itself")
    begun = take_in([line.strip() for line in said if line.endswith("\n")], tally)
    tally.kills += 1
    look(path, tally, begun)


def take_in(said: list[str], tally: Tally) -> list[str]:
    """Count what was acknowledged; return the guids of what was begun and not acknowledged."""
    begun: list[str] = []
    for line in said:
        match line.split():
            case ["doing", kind, *guids]:
                begun = [kind, *guids]
            case ["done" | "refused", *_]:
                tally.acknowledged += line.startswith("done")
                if begun[0] == "coding":
                    tally.codings.update(begun[1:])
                elif begun[0] == "import":
                    tally.transcripts.update(begun[1:])
                begun = []
    if begun:
        tally.moments[f"during {begun[0]}"] += 1
    else:
        last = said[-1] if said else "starting"
        tally.moments[
            {"ready": "while opening", "opened": "while open", "closed": "while opening"}.get(last, "between")
        ] += 1
    return begun[1:]


def look(path: Path, tally: Tally, begun: list[str]) -> None:
    """Open the study as anyone would, check it, and compare it with what was acknowledged."""
    from qualcode.errors import QualcodeError
    from qualcode.store.check import check
    from qualcode.store.file import StudyFile

    try:
        with StudyFile.open(path, clock=now) as file:
            found = [*file.findings, *check(file)]
            tally.damaged += [str(finding) for finding in found if finding.level == "damage"]
            with file.reading() as connection:
                raw = connection.exec_driver_sql
                codings = {g.hex() for (g,) in raw("SELECT e.guid FROM coding c JOIN entity e ON e.id = c.id")}
                texts = {
                    guid.hex(): body
                    for guid, body in raw(
                        "SELECT e.guid, x.body FROM transcript t JOIN entity e ON e.id = t.id JOIN text x ON x.revision = t.current"
                    )
                }
    except QualcodeError as error:
        tally.unopened.append(str(error))
        return
    # An undo that was acknowledged, or begun and kept, takes away what its own redo had not yet brought back.
    undone = undone_entities(path)
    tally.lost += sorted(tally.codings - codings - undone)
    tally.lost += sorted(g for g in tally.transcripts - undone if texts.get(g) != text_of(g))
    kept = [guid for guid in begun if guid in codings or guid in texts]
    if kept and len(kept) != len(begun):
        tally.halves.append(" ".join(begun))
    tally.begun_and_kept += bool(kept)
    tally.codings, tally.transcripts = codings, set(texts)
    if leftovers := sorted(p.name for p in path.parent.iterdir() if p.is_file() and p.name != path.name):
        tally.damaged += [f"left behind: {name}" for name in leftovers if not name.endswith(".tmp")]


def undone_entities(path: Path) -> set[str]:
    """Return the guids of what undone events made."""
    query = (
        "SELECT t.guid FROM effect f JOIN event e ON e.id = f.event JOIN entity t ON t.id = f.entity"
        " WHERE f.op = 'new' AND e.void"
    )
    return {guid.hex() for (guid,) in file_rows(path, query)}


def run(n: int, folder: Path, *, seed: int = 1, each: int = 25, progress: bool = False) -> Tally:
    """Kill *n* times; a new study is begun after *each* kills, so that looking stays quick."""
    tally, chance = Tally(), random.Random(seed)
    for number in range(n):
        path = folder / f"studi {number // each}" / "pekerja.qualcode"
        if number % each == 0:
            path.parent.mkdir()
            new_study(path)
            tally.codings, tally.transcripts = set(), set()
        kill_once(path, tally, chance)
        if progress and number % 10 == 9:
            print(f"\r{number + 1:5} kills, {tally.acknowledged:7} acknowledged", end="", file=sys.stderr, flush=True)
    if progress:
        print(file=sys.stderr)
    return tally


def machine() -> dict[str, object]:
    """Return what a figure depends on, without naming whose machine it is."""
    return {
        "date": now().date().isoformat(),
        "system": f"{platform.system()} {platform.release()}",
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "sqlalchemy": version("sqlalchemy"),
        "qualcode": version("qualcode"),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=1000, help="how many kills")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help=f"store the figures in {RESULTS.name}")
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.work:
        work(chosen.work, chosen.seed)
    with tempfile.TemporaryDirectory() as name:
        os.environ["QUALCODE_STATE"] = str(Path(name) / "state")
        began = time.perf_counter()
        tally = run(chosen.n, Path(name), seed=chosen.seed, progress=True)
        took = time.perf_counter() - began
    figures = {
        "kills": tally.kills,
        "acknowledged changes": tally.acknowledged,
        "acknowledged changes lost": len(tally.lost),
        "changes kept by half": len(tally.halves),
        "files that did not open": len(tally.unopened),
        "signs of damage": len(tally.damaged),
        "begun, not acknowledged, and kept whole": tally.begun_and_kept,
        **{f"killed {moment}": count for moment, count in sorted(tally.moments.items())},
        "minutes": round(took / 60, 1),
    }
    for what, figure in figures.items():
        print(f"{what:44} {figure:>9}")
    for what in (*tally.lost[:5], *tally.halves[:5], *tally.unopened[:5], *tally.damaged[:5]):
        print("  ", what)
    if chosen.write:
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(json.dumps({"machine": machine(), "figures": figures}, indent=1) + "\n", encoding="utf-8")
    return 0 if tally.sound else 1


if __name__ == "__main__":
    sys.exit(main())
