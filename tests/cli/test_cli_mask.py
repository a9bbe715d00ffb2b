"""Masking at the terminal and by a table: what is seen, what each key does, and that no name is left anywhere."""

from __future__ import annotations

import csv
import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from qualcode.privacy import key as key_module
from qualcode.project import Project

Run = Callable[..., tuple[int, str, str]]
Talk = Callable[..., tuple[int, str]]

ONE = """Transkrip Wawancara (simulasi)
Nama: Siti Maesaroh
NIK: 3273014507850003

Peneliti: Selamat pagi, Bu Maesaroh. Sudah lama berjualan? 😀
Bu Maesaroh: Sudah, sejak 2009. Suami saya Pak Darsono yang mulai, nomornya 0812-3456-7890.
Peneliti: Penghasilannya bagaimana?
Bu Maesaroh: Tidak tentu, Mbak. Kalau hujan, Darsono-nya pulang tangan kosong.
"""
TWO = """Transkrip Wawancara (simulasi)
Nama: Tarjo Wiryono
Alamat: Jl. Kenanga Raya No. 12 RT 03 RW 05

Peneliti: Kenal dengan Bu Maesaroh?
Pak Tarjo: Kenal. Bu Maesaroh itu ketua kelompok kami. E-mail saya tarjo.wiryono@contoh.id.
Peneliti: Kerja sejak kapan?
Pak Tarjo: Sejak muda saya kerja serabutan, tidak ada jaminan.
"""
PLANTED = ("maesaroh", "darsono", "tarjo", "wiryono", "3273014507850003", "0812-3456-7890", "kenanga", "tarjo.wiryono@")
WORDS = "empat kata yang aneh"


@pytest.fixture
def study(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A study of two simulated interviews in a folder of its own, with codings and a memo, and the key's passphrase known."""
    monkeypatch.setenv("QUALCODE_KEY_PASSPHRASE", WORDS)
    monkeypatch.setattr(key_module, "_COST", 2**14)
    for name in ("asal", "studi", "kunci", "keluar"):
        (tmp_path / name).mkdir()
    (tmp_path / "asal" / "01 Siti Maesaroh.txt").write_text(ONE, encoding="utf-8")
    (tmp_path / "asal" / "02_tarjo_wiryono.txt").write_text(TWO, encoding="utf-8")
    assert run("new", "studi/uji.qualcode")[0] == 0
    assert run("import", "studi/uji.qualcode", "asal")[0] == 0
    path = tmp_path / "studi" / "uji.qualcode"
    with Project.open(path, coder="rani") as project:
        project.code("01 Siti Maesaroh", quote="Tidak tentu", code="ketidakpastian-kerja")
        project.code("02_tarjo_wiryono", quote="tidak ada jaminan", code="jaminan-sosial", memo="Tarjo ragu")
        project.memo("Bu Maesaroh menangis", about="01 Siti Maesaroh")
    return path


def holding(words: Iterable[str], *folders: Path) -> list[str]:
    """The files under *folders* that hold one of *words*, in any case."""
    found = []
    for path in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes().lower()
        found += [f"{path.name}: {word}" for word in words if word.encode() in data or word in path.name.lower()]
    return found


def state() -> Path:
    return Path(os.environ["QUALCODE_STATE"])


def filled(path: Path, decide: Callable[[dict[str, str]], tuple[str, str]]) -> None:
    """Fill in the decisions of a list of hits."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        row["decision"], row["replacement"] = decide(row)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def test_the_whole_way_by_a_table(run: Run, study: Path, tmp_path: Path) -> None:
    status, out, err = run("mask", "studi/uji.qualcode", "--list", "kunci/hits.csv")
    assert (status, err) == (0, "")
    assert "It holds real names" in out
    filled(tmp_path / "kunci" / "hits.csv", lambda row: ("mask", row["replacement"]))
    status, out, err = run("mask", "studi/uji.qualcode", "--apply", "kunci/hits.csv", "--key", "kunci/k.key")
    assert status == 0, err
    assert "in 2 transcripts" in out
    assert "the same pseudonyms: " in out
    (tmp_path / "kunci" / "hits.csv").unlink()
    assert not any(word in (out + err).lower() for word in PLANTED)

    assert run("report", "studi/uji.qualcode", "-o", "keluar/laporan")[0] == 0
    for name in ("kode.csv", "kode.xlsx", "kode.jsonl", "kode.docx"):
        assert run("export", "studi/uji.qualcode", "-o", f"keluar/{name}")[0] == 0
    for verb in ("log", "check"):
        shown = run(verb, "studi/uji.qualcode")
        assert shown[0] == 0
        assert not any(word in (shown[1] + shown[2]).lower() for word in PLANTED)
    assert run("mask", "studi/uji.qualcode", "--dry-run")[0] == 0
    assert holding(PLANTED, tmp_path / "studi", tmp_path / "keluar", tmp_path / "kunci", state()) == []

    with Project.open(study, coder="rani") as project:
        corpus = project.corpus()
        quotes = {coding.code: corpus.quote(coding) for coding in corpus.codings}
    assert quotes == {"ketidakpastian-kerja": "Tidak tentu", "jaminan-sosial": "tidak ada jaminan"}

    status, out, err = run("mask", "studi/uji.qualcode", "--show-key", "--key", "kunci/k.key")
    assert status == 0, err
    assert "Siti Maesaroh" in out
    assert "0812-3456-7890" in out
    assert "02_tarjo_wiryono" in out


def test_a_masked_study_has_nothing_left_to_decide(run: Run, study: Path, tmp_path: Path) -> None:
    run("mask", "studi/uji.qualcode", "--list", "kunci/hits.csv")
    filled(tmp_path / "kunci" / "hits.csv", lambda row: ("mask", row["replacement"]))
    assert run("mask", "studi/uji.qualcode", "--apply", "kunci/hits.csv", "--no-key")[0] == 0
    status, out, _ = run("mask", "studi/uji.qualcode", "--apply", "kunci/hits.csv", "--no-key")
    assert status == 0
    assert "Nothing was found" in out
    status, _, err = run("undo", "studi/uji.qualcode")
    assert status == 0 or "mask" in err.lower()
    assert holding(PLANTED, tmp_path / "studi") == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--apply", "hits.csv"], "say whether it is kept"),
        (["--apply", "hits.csv", "--key", "k", "--no-key"], "exclude"),
        (["--no-key"], "nobody is at the terminal"),
        (["--apply", "tidak-ada.csv", "--no-key"], "no such file"),
        (["--show-key"], "name the key"),
        (["--show-key", "--key", "kunci/hilang.key"], "no key file"),
        (["--list", "kunci/hits.xlsx"], ".csv"),
        (["--list", "asal/01 Siti Maesaroh.txt"], ".csv"),
        (["--names", "tidak-ada.txt", "--list", "kunci/h.csv"], "no such file"),
        (["bukan-transkrip", "--list", "kunci/h.csv"], "bukan-transkrip"),
    ],
)
def test_what_cannot_be_is_said(run: Run, study: Path, arguments: list[str], says: str) -> None:
    status, out, err = run("mask", "studi/uji.qualcode", *arguments)
    assert status in {1, 2}
    assert says in err
    assert out == ""
    with Project.open(study, mode="ro") as project:
        assert {t.text for t in project.corpus().transcripts} == {ONE, TWO}


def test_rows_that_do_not_fit_decide_nothing(run: Run, study: Path, tmp_path: Path) -> None:
    listed = tmp_path / "kunci" / "hits.csv"
    run("mask", "studi/uji.qualcode", "--list", "kunci/hits.csv")
    whole = listed.read_bytes()
    for decide in (
        lambda row: ("mask", ""),
        lambda row: ("mungkin", row["replacement"]),
        lambda row: ("mask", "Darsono") if row["words"] == "Tarjo Wiryono" else ("", ""),
    ):
        listed.write_bytes(whole)
        filled(listed, decide)
        status, _, err = run("mask", "studi/uji.qualcode", "--apply", "kunci/hits.csv", "--no-key")
        assert status == 1
        assert re.search(r"hits\.csv:\d+: ", err)
        assert not any(word in err.lower() for word in PLANTED)
    with Project.open(study, mode="ro") as project:
        assert any("Maesaroh" in transcript.text for transcript in project.corpus().transcripts)
    status, _, err = run("mask", "studi/uji.qualcode", "--list", "kunci/hits.csv")
    assert status == 1
    assert "already" in err


def test_keys_that_do_not_open(run: Run, study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("mask", "studi/uji.qualcode", "--list", "kunci/hits.csv")
    filled(tmp_path / "kunci" / "hits.csv", lambda row: ("mask", row["replacement"]))
    assert run("mask", "studi/uji.qualcode", "--apply", "kunci/hits.csv", "--key", "kunci/k.key")[0] == 0
    monkeypatch.setenv("QUALCODE_KEY_PASSPHRASE", "kata sandi yang salah")
    status, _, err = run("mask", "studi/uji.qualcode", "--show-key", "--key", "kunci/k.key")
    assert status == 1
    assert "does not open" in err
    assert "salah" not in err
    monkeypatch.setenv("QUALCODE_KEY_PASSPHRASE", WORDS)
    run("new", "studi/lain.qualcode")
    status, _, err = run("mask", "studi/lain.qualcode", "--show-key", "--key", "kunci/k.key")
    assert status == 1
    assert "another study" in err
    monkeypatch.delenv("QUALCODE_KEY_PASSPHRASE")
    status, _, err = run("mask", "studi/uji.qualcode", "--show-key", "--key", "kunci/k.key")
    assert status == 1
    assert "QUALCODE_KEY_PASSPHRASE" in err


@pytest.fixture
def talk(study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Talk:
    """A function that types into `qualcode` at a terminal of 80 columns: what is awaited, and then typed; returns status and screen."""
    pty = pytest.importorskip("pty", reason="a terminal of its own needs Unix")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("LINES", "40")
    monkeypatch.setenv("COLUMNS", "80")

    def call(arguments: list[str], steps: list[tuple[str, str]]) -> tuple[int, str]:
        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "qualcode", *arguments]
        process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True)
        os.close(theirs)
        screen = rest = b""
        try:
            for awaited, typed in steps:
                while awaited.encode() not in rest:
                    assert select.select([ours], [], [], 60)[0], (awaited, screen[-1500:].decode(errors="replace"))
                    read = os.read(ours, 65536)
                    screen, rest = screen + read, rest + read
                rest = rest.partition(awaited.encode())[2]
                for _ in range(5):  # what is typed before the question waits for a key is thrown away
                    time.sleep(0.3)
                    os.write(ours, typed.encode())
                    if not typed or select.select([ours], [], [], 5)[0]:
                        break
            while select.select([ours], [], [], 60)[0]:
                try:
                    read = os.read(ours, 65536)
                except OSError:
                    break
                if not read:
                    break
                screen += read
            return process.wait(60), screen.decode("utf-8")
        finally:
            os.close(ours)
            process.kill()
            process.wait(60)

    return call


def columns(screen: str) -> int:
    """The longest line of what is shown of hits."""
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", screen)
    return max(len(line) for line in re.split(r"[\r\n]+", plain) if line.startswith(("  ", "[")))


def test_a_sitting_at_the_terminal(talk: Talk, study: Path, tmp_path: Path) -> None:
    prompt = "q stop: "
    with Project.open(study, mode="ro") as project:
        hits = [hit.words for hit in project.masking().hits]
    assert hits[0] == "Siti Maesaroh"
    status, screen = talk(
        ["mask", "studi/uji.qualcode", "--key", "kunci/k.key"],
        [
            (prompt, "c"),
            ("back)", "Yusriani Zulaikha\r"),
            ("only here", "e"),
            (prompt, "k"),  # the NIK stays, which is taken back
            (prompt, "u"),
            (prompt, "e"),
            (prompt, "\x03"),
        ],
    )
    assert status == 130
    assert "Your decisions are kept" in screen
    assert "»Siti Maesaroh«" in screen
    assert "Why: " in screen
    assert columns(screen) <= 80
    with Project.open(study, mode="ro") as project:
        assert any("Maesaroh" in transcript.text for transcript in project.corpus().transcripts)
    assert holding(PLANTED, state() / f"masking-{study.stem}") == []

    left = len(hits) - sum(words in {"Siti Maesaroh", "Maesaroh", "3273014507850003"} for words in hits)
    status, screen = talk(
        ["--lang", "id", "mask", "studi/uji.qualcode", "--key", "kunci/k.key"],
        [*([("berhenti: ", "a")] * left), ("T]: ", "y\r"), ("T]: ", "y\r")],
    )
    assert status == 0, screen[-2000:]
    assert "keputusan" in screen
    with Project.open(study, coder="rani") as project:
        texts = {transcript.name: transcript.text for transcript in project.corpus().transcripts}
    assert any("Yusriani" in text for text in texts.values())
    assert not any(word in " ".join([*texts, *texts.values()]).lower() for word in PLANTED)
    assert holding(PLANTED, tmp_path / "studi", tmp_path / "kunci", state()) == []


def test_same_names_and_a_wrong_passphrase_at_the_terminal(
    talk: Talk, study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QUALCODE_KEY_PASSPHRASE")
    for number in (3, 4):
        (tmp_path / "asal" / f"w{number}.txt").write_text(
            "Nama: Yusriani Zulaikha\nPeneliti: Apa kabar?\nBu Yusriani: Baik.\n", encoding="utf-8"
        )
    more = [f"asal/w{number}.txt" for number in (3, 4)]
    prompt = "q stop: "
    status, screen = talk(
        ["import", "studi/uji.qualcode", *more, "--mask", "--key", "kunci/k.key"],
        [
            ("New passphrase", "empat kata\r"),
            ("same again", "lima kata saja\r"),
            ("New passphrase", "empat kata yang aneh\r"),
            ("same again", "empat kata yang aneh\r"),
            ("of their own: ", "d"),
            (prompt, "e"),
            (prompt, "e"),
        ],
    )
    assert status == 0, screen[-2000:]
    assert "Yusriani Zulaikha is the name of an informant in 2 transcripts" in screen
    assert "empat kata" not in screen
    assert holding(["yusriani", "zulaikha"], tmp_path / "studi", tmp_path / "kunci", state()) == []
    with Project.open(study, mode="ro") as project:
        new = [t.text.split("\n")[0] for t in project.corpus().transcripts if "Baik." in t.text]
    assert len(set(new)) == 2

    status, screen = talk(
        ["mask", "studi/uji.qualcode", "--show-key", "--key", "kunci/k.key"],
        [("key file", "salah semua\r"), ("does not open", ""), ("key file", "empat kata yang aneh\r")],
    )
    assert status == 0, screen[-2000:]
    assert "Yusriani Zulaikha" in screen
    assert "salah semua" not in screen


def test_files_are_masked_on_their_way_in_by_a_table(run: Run, study: Path, tmp_path: Path) -> None:
    run("new", "studi/baru.qualcode")
    status, out, err = run("import", "studi/baru.qualcode", "asal", "--mask", "--list", "kunci/hits.csv")
    assert status == 0, err
    with Project.open(tmp_path / "studi" / "baru.qualcode", mode="ro") as project:
        assert project.corpus().transcripts == ()
    filled(tmp_path / "kunci" / "hits.csv", lambda row: ("samarkan", row["replacement"]))
    status, out, err = run(
        "import", "studi/baru.qualcode", "asal", "--mask", "--apply", "kunci/hits.csv", "--key", "kunci/k.key"
    )
    assert status == 0, err
    (tmp_path / "kunci" / "hits.csv").unlink()
    assert not any(word in (out + err).lower() for word in PLANTED)
    new = tmp_path / "baru"
    new.mkdir()
    (tmp_path / "studi" / "baru.qualcode").rename(new / "baru.qualcode")
    assert holding(PLANTED, new, tmp_path / "kunci", state()) == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--key", "k"], "go with --mask"),
        (["--mask"], "say whether it is kept"),
        (["--mask", "--no-key"], "nobody is at the terminal"),
        (["--mask", "--no-key", "--dry-run"], "does not go with"),
    ],
)
def test_options_of_masking_at_import(run: Run, study: Path, arguments: list[str], says: str) -> None:
    status, _, err = run("import", "studi/uji.qualcode", "asal", *arguments)
    assert status == 1
    assert says in err


def test_later_transcripts_follow_what_was_decided_in_the_table(run: Run, study: Path, tmp_path: Path) -> None:
    run("mask", "studi/uji.qualcode", "--list", "kunci/hits.csv")
    said = {"Siti Maesaroh": "Yusriani Zulaikha", "Maesaroh": "Zulaikha", "Darsono": "Hasanuddin"}
    filled(
        tmp_path / "kunci" / "hits.csv",
        lambda row: ("mask", said.get(row["words"], row["replacement"])),
    )
    status, _, err = run("mask", "studi/uji.qualcode", "--apply", "kunci/hits.csv", "--key", "kunci/k.key")
    assert status == 0, err
    (tmp_path / "asal" / "03.txt").write_text("P: Kenal Pak Darsono?\nI: Kenal, dan Bu Maesaroh.\n", encoding="utf-8")
    run("import", "studi/uji.qualcode", "asal/03.txt")
    assert run("mask", "studi/uji.qualcode", "--list", "kunci/lagi.csv", "--key", "kunci/k.key")[0] == 0
    with (tmp_path / "kunci" / "lagi.csv").open(encoding="utf-8-sig", newline="") as stream:
        called = {row["words"]: row["replacement"] for row in csv.DictReader(stream)}
    assert called["Darsono"] == "Hasanuddin"
    with Project.open(study, mode="ro") as project:
        texts = " ".join(transcript.text for transcript in project.corpus().transcripts)
    assert "Pak Hasanuddin yang mulai" in texts
    assert called["Maesaroh"] == "Zulaikha"
    assert "Bu Zulaikha itu ketua" in texts
