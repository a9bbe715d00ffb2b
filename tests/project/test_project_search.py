"""Searching a study: what was said, by whom, and never more than what is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.errors import InputError, NotFoundError
from qualcode.model import Role
from qualcode.project import Project

ONE = """Nama : dirahasiakan
Kode informan : informan-01
Usia : 41 tahun
Jenis kelamin : Perempuan

P: Iurannya berat, Bu?
N: Berat. Nggak kebayar iuran itu 😀, mending buat makan.
P: Sejak kapan?
N: Dari dulu bayar sendiri.
"""
TWO = """Kode informan : informan-02
Usia : 29 tahun
Jenis kelamin : Laki-laki

P: Ikut BPJS?
N: Ikut, iurannya dibayarin bos.
P: Sejak kapan ikutnya?
N: Tahun lalu, pas baru kerja di situ.
"""
TALK = "P: Kenapa nggak narik hari ini, Bang?\nN: {word} habis.\nP: Terus gimana kalau begitu?\nN: Ya numpang di warung sebelah, bayar seribu.\n"
NOTE = "Jenis: observasi\n\nPukul enam penjual membayar iuran kebersihan.\n"


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    """Return a study of two interviews and a field note."""
    for name, text in (("informan-01", ONE), ("informan-02", TWO), ("observasi-01", NOTE)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    with Project.create(tmp_path / "a.qualcode", codebook=None, coder="rani") as made:
        made.import_files(sorted(tmp_path.glob("*.txt")))
        yield made


def places(study: Project, query: str, **options: object) -> list[tuple[str, int | None, str]]:
    return [(hit.transcript, hit.turn, hit.words) for hit in study.search(query, **options).hits]  # type: ignore[arg-type]


def test_words_are_found_in_order_with_what_stands_around_them(study: Project) -> None:
    found = study.search("iuran")

    assert [(h.transcript, h.turn, h.words) for h in found.hits] == [
        ("informan-01", 1, "Iurannya"),
        ("informan-01", 2, "iuran"),
        ("informan-02", 2, "iurannya"),
        ("observasi-01", None, "iuran"),
    ]
    assert (found.n_turns, found.informants, len(found.transcripts)) == (4, ("informan-01", "informan-02"), 3)
    hit = found.hits[1]
    text = study.corpus().transcript("informan-01").text
    assert hit.span.of(text) == "iuran"
    assert hit.before + hit.words + hit.after == "Berat. Nggak kebayar iuran itu 😀, mending buat makan."
    assert (hit.role, hit.informant) == (Role.INFORMANT, "informan-01")


def test_filters(study: Project) -> None:
    assert places(study, "iuran", role="informan") == [("informan-01", 2, "iuran"), ("informan-02", 2, "iurannya")]
    assert places(study, "iuran", informant="informan-02") == [("informan-02", 2, "iurannya")]
    assert places(study, "iuran", transcript="informan-01", role="interviewer") == [("informan-01", 1, "Iurannya")]
    assert places(study, "iuran", kind="observation") == [("observasi-01", None, "iuran")]
    assert places(study, "bayar", where=["usia>=40"]) == [("informan-01", 2, "kebayar"), ("informan-01", 4, "bayar")]
    assert places(study, "bayar", where=["usia<40", "jenis_kelamin=laki-laki"]) == [("informan-02", 2, "dibayarin")]
    assert places(study, "bayar", where=["jenis_kelamin!=laki-laki"], n=1) == [("informan-01", 2, "kebayar")]
    assert study.search("bayar", n=1).n_turns == 4


def test_a_condition_holds_whatever_a_study_calls_it(tmp_path: Path) -> None:
    """One header says Umur and P, another Usia and Perempuan: both are asked for by either word, and nobody is missed."""
    other = ONE.replace("informan-01", "informan-05").replace("Usia", "Umur").replace("Perempuan", "P")
    for name, text in (("informan-01", ONE), ("informan-02", TWO), ("informan-05", other)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    with Project.create(tmp_path / "a.qualcode", codebook=None, coder="rani") as study:
        study.import_files(sorted(tmp_path.glob("*.txt")))

        for condition in ("usia>=40", "Umur>=40", "jenis_kelamin=wanita", "jenis_kelamin=p", "jenis_kelamin!=L"):
            assert study.search("iuran", where=[condition]).informants == ("informan-01", "informan-05"), condition
        assert study.search("iuran", where=["usia!=41"]).informants == ("informan-02",)


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({"role": "dukun"}, NotFoundError),
        ({"informant": "informan-09"}, NotFoundError),
        ({"transcript": "informan-09"}, NotFoundError),
        ({"kind": "lagu"}, NotFoundError),
        ({"where": ["gaji>3"]}, NotFoundError),
        ({"where": ["usia"]}, InputError),
    ],
)
def test_what_is_not_there_is_said(study: Project, options: dict[str, object], kind: type[Exception]) -> None:
    with pytest.raises(kind):
        study.search("iuran", **options)  # type: ignore[arg-type]


def test_the_index_follows_the_study(study: Project, tmp_path: Path) -> None:
    assert places(study, "kuota") == []
    (tmp_path / "informan-03.txt").write_text(TALK.format(word="Kuota"), encoding="utf-8")
    study.import_files(tmp_path / "informan-03.txt")
    assert places(study, "kuota") == [("informan-03", 2, "Kuota")]

    (tmp_path / "informan-03.txt").write_text(TALK.format(word="Pulsa"), encoding="utf-8")
    study.import_files(tmp_path / "informan-03.txt", revise=True)
    assert places(study, "kuota") == []
    assert places(study, "pulsa") == [("informan-03", 2, "Pulsa")]
    study.undo()
    assert places(study, "kuota") == [("informan-03", 2, "Kuota")]
    study.undo()
    assert places(study, "kuota") == []


def test_a_corrected_role_is_searched_as_it_is_now(study: Project, tmp_path: Path) -> None:
    assert len(places(study, "iuran", role="interviewer")) == 1
    study.import_files(tmp_path / "informan-01.txt", speakers={"P": Role.MODERATOR})

    assert places(study, "iuran", role="interviewer") == []
    assert places(study, "iuran", role="moderator") == [("informan-01", 1, "Iurannya")]


def test_a_study_open_for_reading_says_what_it_could_not_search(study: Project, tmp_path: Path) -> None:
    study.close()
    with Project.open(tmp_path / "a.qualcode", mode="ro") as reader:
        found = reader.search("iuran")
    assert (found.hits, found.left_out) == ((), ("informan-01", "informan-02", "observasi-01"))

    with Project.open(tmp_path / "a.qualcode") as writer:
        assert len(writer.search("iuran").hits) == 4
    with Project.open(tmp_path / "a.qualcode", mode="ro") as reader:
        assert len(reader.search("iuran").hits) == 4


def test_a_damaged_index_is_made_again(study: Project, tmp_path: Path) -> None:
    import sqlite3

    assert len(study.search("iuran").hits) == 4
    study.close()
    with sqlite3.connect(tmp_path / "a.qualcode") as db:
        db.execute("UPDATE search_text_data SET block = x'00' WHERE id > 10")
    db.close()

    with Project.open(tmp_path / "a.qualcode") as again:
        assert len(again.search("iuran").hits) == 4


def test_searching_writes_nothing_into_the_log(study: Project) -> None:
    before = study.corpus()
    study.search("iuran")

    assert study.corpus() == before
    assert study.check(rebuild=True) == ()
    assert len(study.search("iuran").hits) == 4


def test_rows(study: Project) -> None:
    frame = study.search("iuran", role="informant").to_frame()

    assert list(frame["transcript"]) == ["informan-01", "informan-02"]
    assert list(frame.columns)[:4] == ["transcript", "turn", "informant", "speaker"]
    assert list(study.search("zzz").to_frame().columns) == list(frame.columns)
