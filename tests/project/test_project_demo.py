"""The sample study is whole, says what it is, and comes out the same each time and from whatever files it is made."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import frozen
import pytest

from qualcode.errors import InputError
from qualcode.model import Corpus, Kind, Stance
from qualcode.project import Demo, Project, build_demo


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Return the sample study, built once."""
    return build_demo(tmp_path_factory.mktemp("contoh dengan spasi"))


@pytest.fixture
def corpus(demo: Demo) -> Iterator[Corpus]:
    """Return what it holds."""
    with Project.open(demo.study, mode="ro") as study:
        yield study.corpus()


@pytest.fixture
def before(root: Path) -> dict[str, Any]:
    """Return the sample study as it was when all its interviews were plain talk with labels."""
    return json.loads((root / "tests" / "data" / "sample" / "study.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def test_demo_leaves_a_study_and_a_report_and_nothing_else(demo: Demo) -> None:
    assert demo.report.is_file()
    assert {"contoh.qualcode", "laporan"} == {path.name for path in demo.study.parent.iterdir()}


def test_demo_again_leaves_the_study_as_it_is(demo: Demo) -> None:
    before = demo.study.read_bytes()

    again = build_demo(demo.study.parent)

    assert before == demo.study.read_bytes()
    assert demo == again


def test_demo_says_everywhere_that_it_is_simulated(demo: Demo, corpus: Corpus) -> None:
    assert corpus.study.simulated
    assert all("SIMULASI" in transcript.text for transcript in corpus.transcripts)
    for page in demo.report.parent.rglob("*.html"):
        assert "simulasi" in page.read_text(encoding="utf-8").lower()


def test_demo_holds_what_the_sample_promises(corpus: Corpus) -> None:
    kinds = [transcript.kind for transcript in corpus.transcripts]
    interviews = [t for t in corpus.transcripts if t.kind is Kind.INTERVIEW]
    words = {t.name: len(t.text.split()) for t in interviews}

    assert (10, 1, 1) == tuple(kinds.count(k) for k in (Kind.INTERVIEW, Kind.GROUP, Kind.OBSERVATION))
    assert all(1200 <= n <= 2500 for n in words.values()), words
    assert {"rani", "dewi"} == {coding.coder for coding in corpus.codings}
    assert {code.key for code in corpus.codebook.active} == {coding.code for coding in corpus.codings}
    denied = {(c.transcript, c.span) for c in corpus.codings if c.stance is Stance.DENIED}
    planned = {(c.transcript, c.span) for c in corpus.codings if c.stance is Stance.PLANNED}
    assert len(denied) >= 10
    assert len(planned) >= 5
    answers = [turn.span.of(t.text) for t in interviews for turn in t.turns if turn.role.is_voice]
    assert sum(len(answer.split()) <= 2 for answer in answers) >= 12
    insured = [
        i
        for i in corpus.informants
        if str(i.attributes.get("bpjs_kesehatan") or "").split(" ")[0] in {"ya", "PBI", "mandiri"}
    ]
    assert len(insured) >= 3


def test_demo_codes_only_informants_voices(corpus: Corpus) -> None:
    for coding in corpus.codings:
        assert all(turn.role.is_voice for _, turn in corpus.turns_of(coding))
        assert corpus.informants_of(coding)


def test_every_turn_has_its_words_its_role_and_its_informant(corpus: Corpus, before: dict[str, Any]) -> None:
    names = {i.guid: i.id for i in corpus.informants}

    assert [t["name"] for t in before["transcripts"]] == [t.name for t in corpus.transcripts]
    for was in before["transcripts"]:
        now = corpus.transcript(was["name"])
        assert (was["kind"], was["informants"]) == (str(now.kind), [names[guid] for guid in now.informants])
        assert was["turns"] == frozen.said(now, names), was["name"]


def test_every_informant_has_the_same_attributes(corpus: Corpus, before: dict[str, Any]) -> None:
    assert before["informants"] == frozen.people(corpus)


def test_headers_say_the_same_of_every_talk(corpus: Corpus, before: dict[str, Any]) -> None:
    for was in before["transcripts"]:
        if was["turns"]:
            assert was["metadata"] == dict(corpus.transcript(was["name"]).metadata), was["name"]


def test_every_coding_of_the_sheet_stands_on_its_words(corpus: Corpus, root: Path, before: dict[str, Any]) -> None:
    coders = {coder.guid: coder.id for coder in corpus.coders}
    placed = {
        (
            coders.get(c.coder, c.coder),
            corpus.transcript(c.transcript).name,
            corpus.turns_of(c)[0][0],
            " ".join(corpus.quote(c).split()),
            c.code,
        )
        for c in corpus.codings
    }
    with (root / "transcripts" / "contoh" / "studi" / "pengodean.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    missing = []
    for row in rows:
        name, number = row["transkrip"], int(row["giliran"])
        (talk,) = [t for t in before["transcripts"] if t["name"] == name]
        words = " ".join(row["kutipan"].split()) or talk["turns"][number - 1][2]
        if (row["pengode"], name, number, words, row["kode"]) not in placed:
            missing.append((name, number, words[:40]))

    assert missing == []
    assert len(rows) == len(corpus.codings) == 631
    assert before["codings"] == frozen.coded(corpus)


def test_figures_of_the_report_are_the_same(corpus: Corpus, before: dict[str, Any]) -> None:
    now = frozen.counted(corpus)

    for figure in before["figures"]:
        assert before["figures"][figure] == now[figure], figure


def test_the_ten_interviews_are_kept_in_many_formats(root: Path) -> None:
    files = [p for p in (root / "transcripts" / "contoh").iterdir() if p.stem.startswith("informan-")]

    assert len(files) == 10
    assert {p.suffix for p in files} == {".docx", ".txt", ".md", ".vtt", ".pdf", ".odt", ".rtf"}


def test_the_coded_table_brings_its_codes_into_a_new_study(root: Path, tmp_path: Path, before: dict[str, Any]) -> None:
    (talk,) = [t["turns"] for t in before["transcripts"] if t["name"] == "informan-09"]

    with Project.create(tmp_path / "coba.qualcode", codebook="prekariat", coder="rani") as study:
        study.import_files(root / "transcripts" / "contoh" / "studi" / "tabel-berkode.docx")
        corpus = study.corpus()

    (transcript,) = corpus.transcripts
    said = [re.sub(r" \(\d+[ab]\)", "", turn.span.of(transcript.text)) for turn in transcript.turns]
    assert said == [words for _, _, words in talk[: len(said)]]
    parents = {code.key: code.parent for code in corpus.codebook}
    assert [(corpus.turns_of(c)[0][0], parents[c.code]) for c in sorted(corpus.codings, key=lambda c: c.span)] == [
        (4, "ketidakpastian-kerja"),
        (6, "ketidakpastian-kerja"),
        (6, "upah-eksploitasi"),
        (12, "ketidakpastian-kerja"),
        (14, "upah-eksploitasi"),
        (18, "upah-eksploitasi"),
        (22, "ketidakpastian-kerja"),
        (24, "ketidakpastian-kerja"),
        (24, "upah-eksploitasi"),
    ]


def test_demo_report_is_the_same_each_time(demo: Demo, tmp_path: Path) -> None:
    with Project.open(demo.study, mode="ro") as study:
        study.report(tmp_path / "lagi")
    first = {p.relative_to(demo.report.parent): p.read_bytes() for p in demo.report.parent.rglob("*.html")}
    second = {p.relative_to(tmp_path / "lagi"): p.read_bytes() for p in (tmp_path / "lagi").rglob("*.html")}

    assert first == second


def test_demo_does_not_touch_another_study(tmp_path: Path) -> None:
    with Project.create(tmp_path / "contoh.qualcode", codebook=None, coder="rani"):
        pass
    before = (tmp_path / "contoh.qualcode").read_bytes()

    with pytest.raises(InputError, match="not the sample study"):
        build_demo(tmp_path)
    assert before == (tmp_path / "contoh.qualcode").read_bytes()


def test_demo_stopped_halfway_leaves_no_study(tmp_path: Path) -> None:
    def stop(done: int, total: int, name: str) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_demo(tmp_path, progress=stop, clock=lambda: datetime(2026, 1, 1, tzinfo=UTC))

    assert [] == list(tmp_path.iterdir())
