"""The sample study counted a second time, straight from its coding sheet, without the code under test."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qualcode.analysis import frequency
from qualcode.model import Corpus
from qualcode.project import Project
from qualcode.project.demo import build_demo

BY_HAND = {
    "ketidakpastian-kerja": (10, 9, 1),
    "jaminan-sosial": (11, 6, 5),
    "upah-eksploitasi": (11, 9, 2),
    "representasi-serikat": (13, 5, 8),
    "orientasi-nilai": (11, 6, 5),
    "keterampilan-pendidikan": (11, 2, 9),
    "teknologi-platform": (12, 3, 9),
    "solidaritas-kolektivitas": (12, 6, 6),
    "kebijakan-berpihak": (12, 0, 12),
}
"""For each code: informants who state it, of them at least once unasked, of them only when asked; counted from the sheet."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Return the sample study."""
    folder = tmp_path_factory.mktemp("contoh")
    made = build_demo(folder, clock=lambda: datetime(2025, 7, 1, tzinfo=UTC))
    with Project.open(made.study, mode="ro") as study:
        return study.corpus()


def recounted(corpus: Corpus, sheet: Path) -> dict[str, tuple[int, int, int]]:
    """Return (stating, unasked, only when asked) by code, from the rows of the sheet.

    Rows of one code whose words overlap are one passage. It states the matter if any row says ada, dulu or rencana, or nothing; it
    was prompted if any row says dipancing, else spontaneous if any says spontan. An informant is unasked with one spontaneous
    stating passage, and only asked if every stating passage was prompted.
    """
    rows: defaultdict[tuple[str, str], list[tuple[int, int, str, str, int]]] = defaultdict(list)
    with sheet.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            text = corpus.transcript(row["transkrip"]).text
            turn = corpus.transcript(row["transkrip"]).turns[int(row["giliran"]) - 1]
            start, end = turn.span.start, turn.span.end
            if row["kutipan"]:
                start = text.index(row["kutipan"], start, end)
                end = start + len(row["kutipan"])
            number = int(row["giliran"])
            rows[row["transkrip"], row["kode"]].append((start, end, row["sikap"], row["cara_muncul"], number))
    came_up: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for (name, code), marks in rows.items():
        passages: list[list[tuple[int, int, str, str, int]]] = []
        for mark in sorted(marks):
            if passages and mark[0] < max(m[1] for m in passages[-1]):
                passages[-1].append(mark)
            else:
                passages.append([mark])
        for passage in passages:
            if {m[2] for m in passage} & {"ada", "dulu", "rencana", ""}:
                ways = {m[3] for m in passage}
                way = "dipancing" if "dipancing" in ways else "spontan" if "spontan" in ways else ""
                speaker = corpus.transcript(name).turns[passage[0][4] - 1].speaker
                came_up[name if name.startswith("informan") else speaker, code].append(way)
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for (_, code), stated in came_up.items():
        found[code]["stating"] += 1
        found[code]["unasked"] += "spontan" in stated
        found[code]["asked"] += set(stated) == {"dipancing"}
    return {code: (n["stating"], n["unasked"], n["asked"]) for code, n in found.items()}


def test_sample_study_counts_who_was_asked_by_the_rule_stated_under_the_table(sample: Corpus, root: Path) -> None:
    """The figures of the overview, the figures from the sheet and those written down here are the same."""
    counted = {
        row.code: (row.informants, row.spontaneous, row.prompted) for row in frequency(sample).rows if row.passages
    }

    assert counted == recounted(sample, root / "transcripts/contoh/studi/pengodean.csv") == BY_HAND
