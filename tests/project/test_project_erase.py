"""Withdrawal from end to end: every file is searched, byte by byte, for what was erased."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from qualcode.errors import ConflictError, InputError, NotFoundError, ProjectFileError, StateError
from qualcode.model import Code, Codebook, Informant, Role, Span, Transcript, Turn
from qualcode.project import Project
from qualcode.store.acts.transcripts import NewTranscript, edit_transcript, import_transcripts
from qualcode.store.backup import backup_folder
from qualcode.store.effects import new_guid

ALONE = "P: Siapa namanya?\nSutinem: Saya jual bakso ketapang.\nP: Terus?\nSutinem: Utang ke warung Pakde Gentho.\n"
GROUP = "P: Apa kabar?\nNarti: Baik, saya kenal Sutinem.\nSutinem: Saya bangkrut semalam.\nNarti: Hujan ya sepi.\nSutinem: Iya, ngelangut.\n"
LATER = "P: Lagi ya?\nSutinem: Masih jual jenang tepung.\n"
OTHER = "P: Apa kabar?\nNarti: Sepi sekali.\nP: Terus?\nNarti: Ya begitu.\n"
ERASED = ("bakso ketapang", "Pakde Gentho", "bangkrut semalam", "ngelangut", "jenang tepung", "curhatan pribadi")
"""What the one who withdraws said, and what was noted of it."""

SUTINEM, NARTI = "5" * 32, "6" * 32


class Clock:
    """Each moment is five hours after the one before, so that a study soon has backups of many days."""

    now = datetime(2026, 2, 1, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(hours=5)
        return self.now


def item(name: str, text: str) -> NewTranscript:
    people = {"Sutinem": SUTINEM, "Narti": NARTI}
    turns = tuple(
        Turn(
            Span(*found.span(2)),
            found[1],
            Role.INTERVIEWER if found[1] == "P" else Role.INFORMANT,
            people.get(found[1]),
        )
        for found in re.finditer(r"^(\w+): (.*)$", text, re.MULTILINE)
    )
    voices = tuple(dict.fromkeys(turn.informant for turn in turns if turn.informant))
    return NewTranscript(
        Transcript(new_guid(), new_guid(), name, text, turns=turns, informants=voices), f"{name}.txt", text.encode()
    )


def bring_in(project: Project, *items: NewTranscript) -> None:
    people = [Informant(SUTINEM, "informan-01", "pedagang", {"usia": 41}), Informant(NARTI, "informan-02")]
    import_transcripts(project._log, project._by(), items, people)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Return a study in which one informant speaks alone and in a group, with notes on her, suggestions, an index and backups."""
    folder = tmp_path / "studi"
    folder.mkdir()
    path, clock = folder / "pekerja.qualcode", Clock()
    with Project.create(path, coder="rani", clock=clock) as project:
        bring_in(project, item("sendiri", ALONE), item("kelompok", GROUP), item("lain", OTHER))
        key = next(iter(project.codebook)).key
        for name, turn in (("sendiri", 2), ("kelompok", 3), ("kelompok", 2), ("lain", 2)):
            project.code(name, turn=turn, code=key, memo="curhatan pribadi" if name == "sendiri" else "")
        project.memo("Sutinem: curhatan pribadi", about="sendiri")
    for _ in range(3):
        with Project.open(path, coder="rani", clock=clock) as project:
            project.memo("Bu Sutinem lelah; upah rendah")
            project.search("bakso")
            project.suggest(n=5)
    assert len(list(backup_folder(path).iterdir())) >= 2
    return path


def speaking(folder: Path, *words: str) -> set[str]:
    """Return the files below *folder* that speak one of *words*, in any encoding of SQLite's and any letter case."""
    needles = [word.lower().encode(name) for word in words for name in ("utf-8", "utf-16-le", "utf-16-be")]
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file()
        for content in [path.read_bytes().lower()]
        if any(needle in content for needle in needles)
    }


def assert_whole(path: Path) -> None:
    """The chain verifies, and a replay gives the tables there are."""
    with Project.open(path, coder="rani", clock=Clock()) as project:
        assert [f for f in (*project.findings, *project.check(rebuild=True)) if f.level == "damage"] == []


def rename(project: Project, name: str) -> None:
    edit_transcript(project._log, project._by(), project.corpus().transcript("lain").guid, name=name)


def state_folder() -> Path:
    return Path(os.environ["QUALCODE_STATE"])


def test_preview_names_everything_and_changes_nothing(study: Path) -> None:
    with Project.open(study, coder="rani", clock=Clock()) as project:
        before = project.corpus()

        preview = project.erase_preview("informan-01", words=["Gentho"])

        assert project.corpus() == before
    assert preview.transcripts == ("sendiri",)
    assert preview.blocked == {"kelompok": 2}
    assert preview.counts == {"coding": 2, "memo": 1}
    assert preview.words == ("informan-01", "Sutinem", "Gentho")
    assert [one.excerpt for one in preview.spoken if not one.earlier] == ["Bu Sutinem lelah; upah rendah"] * 3
    assert preview.said == {"kelompok": (2,)}
    assert preview.backups


def test_nothing_is_left_in_any_file(study: Path) -> None:
    """Study, write-ahead log, backups, the file a restore put aside, the anchor: nobody speaks the words."""
    folder = study.parent
    clock = Clock()
    Project.restore(study, sorted(backup_folder(study).glob("*harian*"))[-1], clock=clock)
    assert speaking(folder, *ERASED)

    with Project.open(study, coder="rani", clock=clock) as project:
        done = project.erase("informan-01", spoken="blank")
        assert speaking(folder, *ERASED) == set(), "while the study is still open"
        corpus = project.corpus()

    assert done.findings == ()
    assert speaking(folder, *ERASED) == set()
    assert b"Bu Sutinem" not in study.read_bytes()
    assert speaking(state_folder(), *ERASED, "Sutinem") == set()
    assert [t.name for t in corpus.transcripts] == ["kelompok", "lain"]
    assert corpus.transcript("kelompok").text == GROUP.replace("Sutinem: Saya bangkrut semalam.", "█" * 31).replace(
        "Sutinem: Iya, ngelangut.", "█" * 24
    )
    assert {memo.text for memo in corpus.memos} == {"Bu █████ lelah; upah rendah"}
    assert [informant.id for informant in corpus.informants] == ["informan-02"]
    assert len(corpus.codings) == 2
    assert_whole(study)


def test_old_copies_bring_nothing_back_and_lose_nothing(study: Path, tmp_path: Path) -> None:
    """Two copies went on meanwhile; merged in either order, into or from the erased one, the words stay gone and the work stays."""
    copies = []
    for number, coder in enumerate(("dewi", "budi")):
        copy = tmp_path / f"{coder}" / "pekerja.qualcode"
        copy.parent.mkdir()
        shutil.copy(study, copy)
        with Project.open(copy, coder=coder, clock=Clock()) as project:
            key = next(iter(project.codebook)).key
            project.code("lain", turn=4, code=key, memo=f"catatan {coder}")
            project.code("sendiri", turn=4, code=key, memo="curhatan pribadi")
            if number:
                bring_in(project, item("lanjutan", LATER))
            project.memo(f"Sutinem menurut {coder}")
        copies.append(copy)
    old = tmp_path / "usb.qualcode"
    shutil.copy(copies[1], old)

    with Project.open(study, coder="rani", clock=Clock()) as project:
        project.erase("informan-01", spoken="erase")
        reports = project.merge(*copies)
        merged = project.corpus()
    with Project.open(copies[0], coder="dewi", clock=Clock()) as project:
        project.merge(study)
        assert project.corpus().with_(suggestions=()) == merged.with_(suggestions=())

    assert all(report.events for report in reports)
    assert {coding.memo for coding in merged.codings} == {"", "catatan dewi", "catatan budi"}
    assert [t.name for t in merged.transcripts] == ["kelompok", "lain"]
    again = " ".join(str(found) for report in reports for found in report.again)
    assert all(f"Sutinem menurut {coder}" in again and f"catatan {coder}" in again for coder in ("dewi", "budi"))
    for path in (study, copies[0]):
        assert speaking(path.parent, *ERASED) == set()
        assert_whole(path)

    shutil.copy(old, study)  # an older file in the place of the newer, on the same machine
    with Project.open(study, coder="rani", clock=Clock()) as project:
        assert any(found.rule == "withdrawn" for found in project.findings)
        assert [t.name for t in project.corpus().transcripts] == ["kelompok", "lain"]
    assert speaking(study.parent, *ERASED) == set()


def test_restoring_a_backup_of_before_brings_nothing_back(study: Path) -> None:
    """A local one was made anew; one from a stick obeys when it is opened."""
    folder, clock = study.parent, Clock()
    stick = folder.parent / "stik.qualcode"
    shutil.copy(sorted(backup_folder(study).glob("*harian*"))[-1], stick)
    with Project.open(study, coder="rani", clock=clock) as project:
        project.erase("informan-01", spoken="blank")

    for backup in (sorted(backup_folder(study).glob("*harian*"))[0], stick):
        Project.restore(study, backup, clock=clock)
        with Project.open(study, coder="rani", clock=clock) as project:
            assert "sendiri" not in [t.name for t in project.corpus().transcripts]
        assert speaking(folder, *ERASED) == set()
        assert_whole(study)


def test_copies_that_are_not_reached_are_named(study: Path) -> None:
    shutil.copy(study, study.with_name("pekerja - Copy.qualcode"))
    away = study.parent.parent / "pekerja-rumah.qualcode"
    shutil.copy(study, away)
    Project.open(away, coder="rani", clock=Clock()).close()

    with Project.open(study, coder="rani", clock=Clock()) as project:
        copies = project.erase_preview("informan-01").copies

    assert copies.beside == ("pekerja - Copy.qualcode",)
    assert copies.elsewhere == ("pekerja-rumah.qualcode",)


def test_damaged_backup_is_named_and_left(study: Path) -> None:
    """It may speak the words and cannot be read: a person must delete it."""
    damaged = sorted(backup_folder(study).glob("*harian*"))[0]
    content = damaged.read_bytes()
    damaged.write_bytes(content[:8192] + b"\0" * (len(content) - 8192))

    with Project.open(study, coder="rani", clock=Clock()) as project:
        done = project.erase("informan-01", spoken="blank")

    assert [found.rule for found in done.findings] == ["purge"]
    assert damaged.name in str(done.findings[0])
    assert not any(word in str(done.findings[0]) for word in ERASED)


def test_leftovers_of_killed_programs_go(study: Path) -> None:
    """A backup and a restore that were cut short left copies under names of chance."""
    for folder in (backup_folder(study), study.parent):
        shutil.copy(study, folder / f"{'.' if folder == study.parent else ''}{new_guid()}.tmp")
    keep = study.parent / "catatan.tmp"
    keep.write_text("milik orang lain")

    with Project.open(study, coder="rani", clock=Clock()) as project:
        project.erase("informan-01", spoken="blank")

    assert speaking(study.parent, *ERASED) == set()
    assert sorted(path.name for path in study.parent.glob("*.tmp")) == ["catatan.tmp"]


def test_errors_change_nothing(study: Path) -> None:
    before = study.read_bytes()
    with Project.open(study, coder="rani", clock=Clock()) as project:
        with pytest.raises(NotFoundError):
            project.erase("informan-09")
        with pytest.raises(InputError, match="preview"):
            project.erase("informan-01", spoken={"0" * 32 + "/1/1": "erase"})
        assert len(project.corpus().transcripts) == 3
    with (
        Project.open(study, coder="rani", mode="ro", clock=Clock()) as project,
        pytest.raises(StateError, match="reading only"),
    ):
        project.erase_preview("informan-01")
    assert len(before) == len(study.read_bytes())


def test_words_are_blanked_in_codes_so_that_they_still_work(study: Path) -> None:
    """Keys stay keys, rules stay rules; neither names anybody."""
    with Project.open(study, coder="rani", clock=Clock()) as project:
        project.put_codebook(
            Codebook("kecil", (Code("bu-sutinem", "Cerita Bu Sutinem", keywords=("sutinem", "utang ~3 warung")),))
        )

        project.erase("informan-01", spoken="blank")

        code = next(code for code in project.codebook if code.key.startswith("bu-"))
        assert (code.key, code.name) == ("bu-xxxxx", "Cerita Bu █████")
        assert code.keywords == ("xxxxx", "utang ~3 warung")
        project.suggest(n=3)
    assert b"Bu Sutinem" not in study.read_bytes()
    assert_whole(study)


def test_two_informants_with_one_name(study: Path) -> None:
    """The one is told from the other by the name that the study shows."""
    with Project.open(study, coder="rani", clock=Clock()) as project:
        other = Informant(new_guid(), "informan-01")
        value = Transcript(
            new_guid(),
            new_guid(),
            "kembar",
            "S: kembaran\n",
            turns=(Turn(Span(3, 11), "S", Role.INFORMANT, other.guid),),
            informants=(other.guid,),
        )
        import_transcripts(project._log, project._by(), [NewTranscript(value)], [other])
        shown = {i.id: i.guid for i in project.corpus().informants}
        assert set(shown) == {"informan-01", "informan-01 (2)", "informan-02"}

        project.erase(next(name for name, guid in shown.items() if guid == other.guid))

        assert {t.name for t in project.corpus().transcripts} == {"sendiri", "kelompok", "lain"}


KILLED = """
import os, sys
from datetime import UTC, datetime
from qualcode.project import Project
import qualcode.store.erase as erase, qualcode.store.purge as purge, qualcode.store.acts.withdrawing as withdrawing
import qualcode.store.file as file

module, name, number = sys.argv[2], sys.argv[3], int(sys.argv[4])
place = {"erase": erase, "purge": purge, "withdrawing": withdrawing, "file": file}[module]
done = getattr(place, name)
calls = 0

def die(*arguments, **options):
    global calls
    calls += 1
    if calls == abs(number):
        if number > 0:
            os._exit(9)
        done(*arguments, **options)
        os._exit(9)
    return done(*arguments, **options)

project = Project.open(sys.argv[1], coder="rani", clock=lambda: datetime(2026, 6, 1, tzinfo=UTC))
setattr(place, name, die)
project.erase("informan-01", spoken="blank")
"""


@pytest.mark.parametrize(
    ("module", "name", "number", "erased"),
    [
        ("withdrawing", "obey", 1, False),  # the event is written, nothing is deleted: the transaction is open
        ("withdrawing", "obey", -1, False),  # all is deleted, nothing is committed
        ("withdrawing", "sweep", 1, True),  # committed; the bytes are in free pages and in the write-ahead log
        ("withdrawing", "sweep", -1, True),  # the file is clean; backups are not
        ("purge", "stones_of", 2, True),
        ("purge", "_obey", 1, True),  # a copy of a backup with all the words lies beside it
        ("purge", "_obey", -1, True),  # likewise without them, not yet in place
        ("purge", "to_disk", -2, True),  # the first backup is in place
    ],
)
def test_killed_at_any_step_it_is_before_or_after(
    study: Path, module: str, name: str, number: int, erased: bool
) -> None:
    """Whatever was cut short, nothing is lost before the erasing stands, and afterwards the next opening finishes it."""
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(study), module, name, str(number)], check=False, capture_output=True
    )
    assert killed.returncode == 9, killed.stderr

    with Project.open(study, coder="rani", clock=Clock()) as project:
        names = [t.name for t in project.corpus().transcripts]

    assert names == (["kelompok", "lain"] if erased else ["kelompok", "lain", "sendiri"])
    assert (speaking(study.parent, *ERASED) == set()) == erased
    assert_whole(study)


def test_sweep_waits_for_who_has_the_study_open(study: Path) -> None:
    """Another program reads: nothing is readable any more, but the bytes stay until the next opening; and it is said."""
    import sqlite3
    from contextlib import closing

    with (
        Project.open(study, coder="rani", clock=Clock()) as project,
        closing(sqlite3.connect(study, isolation_level=None)) as other,
    ):
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM event").fetchone()
        done = project.erase("informan-01", spoken="blank")
        assert "sweep" in [found.rule for found in done.findings]
        other.execute("COMMIT")
    Project.open(study, coder="rani", clock=Clock()).close()

    assert speaking(study.parent, *ERASED) == set()


def test_merge_refuses_what_is_no_copy(study: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "lain.qualcode"
    Project.create(foreign, coder="rani", clock=Clock()).close()
    text = tmp_path / "catatan.qualcode"
    text.write_text("bukan studi" * 100)
    before = study.read_bytes()
    with Project.open(study, coder="rani", clock=Clock()) as project:
        corpus = project.corpus()
        with pytest.raises(ConflictError, match="different studies"):
            project.merge(foreign)
        with pytest.raises(InputError, match="itself"):
            project.merge(study)
        with pytest.raises(ProjectFileError, match="not a qualcode study"):
            project.merge(text)
        with pytest.raises(NotFoundError):
            project.merge(tmp_path / "tidak-ada.qualcode")
        assert project.corpus() == corpus
    assert len(study.read_bytes()) == len(before)


def test_conflicts_are_said_in_words_and_dry_run_keeps_nothing(study: Path, tmp_path: Path) -> None:
    copy = tmp_path / "dewi.qualcode"
    shutil.copy(study, copy)
    with Project.open(copy, coder="dewi", clock=Clock()) as project:
        rename(project, "Lain dari Dewi")
        project.put_informant("informan-02", usia=30)
    with Project.open(study, coder="rani", clock=Clock()) as project:
        rename(project, "Lain dari Rani")
        project.put_informant("informan-02", usia=31)
        before = project.corpus()

        [dry] = project.merge(copy, dry_run=True)
        assert project.corpus() == before
        [report] = project.merge(copy)

        assert dry.events == report.events > 0
        assert [found.rule for found in dry.conflicts] == [found.rule for found in report.conflicts]
        said = " ".join(map(str, report.conflicts))
        assert "Lain dari Dewi" in said
        assert "Lain dari Rani" in said
        assert "usia" in said
        assert "dewi, " in said
        assert project.conflicts() == report.conflicts
        [again] = project.merge(copy)
        assert (again.events, again.conflicts) == (0, ())
    assert_whole(study)
