"""Copies of a study that was masked: opened on the same machine, coded on another, merged either way, restored."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from qualcode.project import Project
from qualcode.store.acts.masking import MaskedItem, mask_transcripts
from qualcode.store.acts.transcripts import NewTranscript
from qualcode.store.backup import backup_folder
from qualcode.store.effects import new_guid

TEXTS = {
    "satu": "P: Siapa namanya?\nN: Saya Bu Sutinem, jual bakso.\nP: Terus?\nN: Utang ke warung, Sutinem kan begitu.\n",
    "dua": "P: Apa kabar?\nN: Baik, sepi pembeli.\nP: Terus?\nN: Ya begitu, hujan.\n",
}


class Clock:
    """Each moment is seven hours after the one before."""

    now = datetime(2026, 2, 1, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(hours=7)
        return self.now


def mask(project: Project, name: str = "satu") -> None:
    """Put Ngatmi in the place of Sutinem."""
    from qualcode.model import Span
    from qualcode.privacy.masking import Replacement
    from qualcode.privacy.masking import mask as masked

    transcript = project.corpus().transcript(name)
    at, spans = -1, []
    while (at := transcript.text.find("Sutinem", at + 1)) >= 0:
        spans.append(Span(at, at + 7))
    new = masked(transcript, [Replacement(span, "Ngatmi") for span in spans], revision=new_guid())
    mask_transcripts(
        project._log, project._by(), [MaskedItem(NewTranscript(new.transcript), new.blocks, prior=transcript.revision)]
    )
    assert project._file.purge() == ()


@pytest.fixture
def study(tmp_path: Path) -> Path:
    sources = tmp_path / "sumber"
    sources.mkdir()
    for name, text in TEXTS.items():
        (sources / f"{name}.txt").write_text(text, encoding="utf-8")
    folder = tmp_path / "studi"
    folder.mkdir()
    path = folder / "pekerja.qualcode"
    with Project.create(path, coder="rani", clock=Clock()) as project:
        project.import_files(sources)
        key = next(iter(project.codebook)).key
        for name in TEXTS:
            coding = project.code(name, turn=2, code=key)
            project.choose_quote(coding, printable="")
            project.memo("catatan", about=coding.guid)
        project.suggest(n=3)
        project.search("bakso")
    for _ in range(3):
        Project.open(path, coder="rani", clock=Clock()).close()
    return path


def holding(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and b"sutinem" in path.read_bytes().lower())


def whole(path: Path) -> Project:
    project = Project.open(path, coder="rani", clock=Clock())
    assert [f for f in project.check(rebuild=True) if f.level == "damage"] == []
    return project


def test_nothing_is_left_in_study_and_backups(study: Path) -> None:
    assert len(holding(study.parent)) > 1
    with Project.open(study, coder="rani", clock=Clock()) as project:
        mask(project)
        assert holding(study.parent) == []
        assert len(list(backup_folder(study).iterdir())) >= 1
    with whole(study) as project:
        corpus = project.corpus()
    assert corpus.transcript("satu").text == TEXTS["satu"].replace("Sutinem", "Ngatmi")
    assert next(corpus.quote(coding) for coding in corpus.codings).startswith("Saya Bu Ngatmi")


KILLED = """
import os, sys
sys.path.insert(0, sys.argv[4])
from datetime import UTC, datetime
import test_project_masked_copies as here
from qualcode.project import Project
import qualcode.store.acts.masking as masking, qualcode.store.purge as purge

place, name, number = {"masking": masking, "purge": purge}[sys.argv[2]], *sys.argv[3].split(":")
done = getattr(place, name)

def die(*arguments, **options):
    if int(number) < 0:
        done(*arguments, **options)
    os._exit(9)

project = Project.open(sys.argv[1], coder="rani", clock=lambda: datetime(2026, 6, 1, tzinfo=UTC))
setattr(place, name, die)
here.mask(project)
"""


@pytest.mark.parametrize(
    ("module", "name", "masked"),
    [
        ("masking", "obey:-1", False),
        ("masking", "sweep:1", True),
        ("purge", "_obey:1", True),
        ("purge", "_obey:-1", True),
    ],
)
def test_killed_at_any_step_it_is_before_or_after(study: Path, module: str, name: str, masked: bool) -> None:
    """Either nothing is masked, or everything will be at the next opening."""
    arguments = [sys.executable, "-c", KILLED, str(study), module, name, str(Path(__file__).parent)]
    killed = subprocess.run(arguments, check=False, capture_output=True)
    assert killed.returncode == 9, killed.stderr

    with whole(study) as project:
        corpus = project.corpus()

    assert ("Ngatmi" in corpus.transcript("satu").text) == masked
    assert len(corpus.codings) == 2
    assert (holding(study.parent) == []) == masked


def test_a_backup_made_anew_is_whole_and_restores_the_masked_text(study: Path) -> None:
    """A masked text is nothing without what came after it: the backup gets all of it."""
    with Project.open(study, coder="rani", clock=Clock()) as project:
        mask(project)
    for backup in sorted(backup_folder(study).glob("*harian*")):
        Project.restore(study, backup, clock=Clock())
        with whole(study) as project:
            assert "Ngatmi" in project.corpus().transcript("satu").text
            assert len(project.corpus().codings) == 2
        assert holding(study.parent) == []


def test_older_copy_on_the_same_machine_obeys_and_every_verb_goes_on(study: Path, tmp_path: Path) -> None:
    """Its texts are erased, since this machine knows they were masked; it says so each time, until the newer one is merged."""
    copy = tmp_path / "salinan" / "kopi.qualcode"
    copy.parent.mkdir()
    shutil.copy(study, copy)
    with Project.open(study, coder="rani", clock=Clock()) as project:
        mask(project)

    with Project.open(copy, coder="dewi", clock=Clock()) as project:
        assert {"withdrawn", "masked-elsewhere"} <= {finding.rule for finding in project.findings}
        assert [t.name for t in project.corpus().transcripts] == ["dua"]
        key = next(iter(project.codebook)).key
        project.code("dua", turn=4, code=key)
        project.memo("halo")
        project.search("hujan")
        project.suggest(n=3)
        project.report(tmp_path / "laporan")
        project.export(tmp_path / "kodean.csv")
        assert project.log(n=None)
        project.undo()
        project.redo()
    assert holding(copy.parent) == []
    with whole(copy) as project:
        assert "masked-elsewhere" in {finding.rule for finding in project.findings}
        assert project.erase_preview(project.corpus().informants[0].id)
        project.merge(study)
        there = project.corpus()
    with whole(study) as project:
        project.merge(copy)
        here = project.corpus()

    assert [t.text for t in there.transcripts] == [t.text for t in here.transcripts]
    assert list(there.codings) == list(here.codings)
    assert len(here.codings) == 3
    with whole(copy) as project:
        assert "masked-elsewhere" not in {finding.rule for finding in project.findings}


def test_what_was_coded_on_another_machine_follows(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another machine knows of no masking: the copy is coded with the names in sight; merged, its codings stand in the masked text."""
    copy = tmp_path / "lain" / "dewi.qualcode"
    copy.parent.mkdir()
    shutil.copy(study, copy)
    with monkeypatch.context() as other:
        other.setenv("QUALCODE_STATE", str(tmp_path / "mesin-lain"))
        with Project.open(copy, coder="dewi", clock=Clock()) as project:
            key = next(iter(project.codebook)).key
            project.code("satu", turn=4, code=key, memo="punya dewi")
            project.code("satu", quote="Bu Sutinem", code=key)
    with Project.open(study, coder="rani", clock=Clock()) as project:
        mask(project)
        [report] = project.merge(copy)
        corpus = project.corpus()

    assert report.events == 3  # herself as a coder, and two codings
    assert sorted(corpus.quote(coding) for coding in corpus.codings if coding.coder == "dewi") == [
        "Bu Ngatmi",
        "Utang ke warung, Ngatmi kan begitu.",
    ]
    assert holding(study.parent) == []
    with monkeypatch.context() as other:
        other.setenv("QUALCODE_STATE", str(tmp_path / "mesin-lain"))
        with whole(copy) as project:
            project.merge(study)
            assert list(project.corpus().codings) == list(corpus.codings)
        assert holding(copy.parent) == []
