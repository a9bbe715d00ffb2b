"""How long the log takes: append, import, verify, rebuild. Run on a quiet machine: ``python benchmarks/log.py [events]``."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from sqlalchemy import insert

from qualcode.model import Code, Codebook, Informant, Role, Span, Stance, Transcript, Turn
from qualcode.store import schema
from qualcode.store.acts._ground import Codes, Places
from qualcode.store.acts.codebook import put_codebook
from qualcode.store.acts.codings import NewCoding, add_codings, coding_effects
from qualcode.store.acts.study import add_coder
from qualcode.store.acts.transcripts import NewTranscript, import_transcripts
from qualcode.store.effects import By
from qualcode.store.engine import make_engine, reading, writing
from qualcode.store.log import Log
from qualcode.store.rebuild import rebuild
from qualcode.store.verify import verify

START = datetime(2026, 1, 1, tzinfo=UTC)
TRANSCRIPTS, TURNS, CODES = 200, 600, 60


def interview(number: int) -> tuple[NewTranscript, Informant]:
    """Return an interview of 600 turns, 50 characters each."""
    informant = Informant(uuid4().hex, f"I-{number}")
    text, turns = "", []
    for turn in range(TURNS):
        asks = turn % 2 == 0
        text += "P: " if asks else "N: "
        words = "saya jualan di pinggir jalan tiap hari begitu saja"
        role, who = (Role.INTERVIEWER, None) if asks else (Role.INFORMANT, informant.guid)
        turns.append(Turn(Span(len(text), len(text) + len(words)), "P" if asks else "N", role, who))
        text += words + "\n"
    transcript = Transcript(
        uuid4().hex, uuid4().hex, f"t{number}", text, turns=tuple(turns), informants=(informant.guid,)
    )
    return NewTranscript(transcript, f"t{number}.txt"), informant


def timed(name: str, act: Callable[[], object]) -> None:
    """Print how long *act* took."""
    start, cpu = time.perf_counter(), time.process_time()
    act()
    print(f"{name:40} {time.perf_counter() - start:8.3f} s   (processor {time.process_time() - cpu:.3f} s)")


def main(events: int) -> None:
    """Make a study of *events* events in a temporary folder and time what is done with it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "study.qualcode"
        engine = make_engine(path)
        with writing(engine) as c:
            schema.metadata.create_all(c)
            c.execute(insert(schema.meta), {"key": "study", "value": uuid4().hex})
        log, coder = Log(engine), uuid4().hex
        add_coder(log, By(coder, START), "rani", guid=coder)
        put_codebook(log, By(coder, START), Codebook("b", tuple(Code(f"kode-{n}") for n in range(CODES))))
        made = [interview(number) for number in range(TRANSCRIPTS)]
        timed(
            "import 200 x 600 turns",
            lambda: import_transcripts(log, By(coder, START), [i for i, _ in made], [p for _, p in made]),
        )

        def coding(number: int) -> NewCoding:
            at = 3 + number % 30_000
            return NewCoding(
                made[number % TRANSCRIPTS][0].transcript.guid,
                Span(at, at + 20),
                f"kode-{number % CODES}",
                stance=Stance.PRESENT,
            )

        single = []
        for number in range(500):
            start = time.perf_counter()
            add_codings(log, By(coder, START + timedelta(seconds=number)), [coding(number)])
            single.append((time.perf_counter() - start) * 1000)
        print(
            f"append one coding: median {statistics.median(single):.2f} ms, p95 {statistics.quantiles(single, n=20)[-1]:.2f} ms"
        )
        timed(
            "10,000 codings in one event",
            lambda: add_codings(log, By(coder, START), [coding(n) for n in range(10_000)]),
        )

        def many() -> None:
            with log.writing(By(coder, START)) as writer:
                codes, places = Codes(writer.connection), Places(writer.connection)
                for number in range(events):
                    writer.record("coding", coding_effects(coding(number), codes, places))

        timed(f"{events:,} events in one transaction", many)
        with reading(engine) as c:
            timed("verify", lambda: verify(c))
        with writing(engine) as c:
            timed("rebuild", lambda: rebuild(c))
        engine.dispose()
        print(f"file: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
