"""The sample study: simulated interviews, codings and notes, brought in as a researcher would."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from qualcode._resources import shipped
from qualcode.errors import N_, InputError
from qualcode.importers import extensions
from qualcode.model import Finding
from qualcode.project.facade import Project, utc_now

__all__ = ["Demo", "build_demo"]

NAME = "contoh.qualcode"
REPORT = "laporan"
STEPS = 6


@dataclass(frozen=True, slots=True)
class Demo:
    """Where the sample study and its report are, and how much they hold."""

    study: Path
    report: Path
    transcripts: int
    informants: int
    codings: int
    findings: tuple[Finding, ...] = ()


def build_demo(
    folder: Path,
    *,
    language: str = "id",
    progress: Callable[[int, int, str], None] = lambda done, total, name: None,
    clock: Callable[[], datetime] = utc_now,
) -> Demo:
    """Build the sample study in *folder* and write its report; a sample study that is there stays as it is.

    Raises
    ------
    InputError
        If a file in the folder has the study's name but is not the sample study.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    if not path.exists():
        # Built apart and moved when whole: a demo stopped halfway leaves nothing that looks like the sample study.
        with tempfile.TemporaryDirectory(dir=folder, prefix=".sedang-dibuat-") as workshop:
            made = Path(workshop) / NAME
            _build(made, progress, clock)
            made.replace(path)
    with Project.open(path, mode="ro", clock=clock) as study:
        if not study.corpus().study.simulated:
            raise InputError(N_("this is not the sample study"), hint=N_("choose another --folder"), file=path)
        progress(STEPS, STEPS, REPORT)
        page = study.report(folder / REPORT, language=language)
        corpus = study.corpus()
        return Demo(path, page, len(corpus.transcripts), len(corpus.informants), len(corpus.codings), study.findings)


def _build(path: Path, progress: Callable[[int, int, str], None], clock: Callable[[], datetime]) -> None:
    """Make the sample study at *path*."""
    sources = shipped("transcripts/contoh")
    extras = sources / "studi"
    notes = _notes(extras / "catatan.yaml")
    identity = {str(key): str(value) for key, value in notes.get("identitas", {}).items()}
    with Project.create(
        path,
        codebook="prekariat",
        coder="rani",
        title=identity.pop("judul", "Studi contoh (simulasi)"),
        approach="codebook",
        simulated=True,
        identity=identity,
        clock=clock,
    ) as study:
        progress(1, STEPS, "transkrip")
        files = sorted(p for p in sources.iterdir() if p.is_file() and p.suffix in extensions())
        report = study.import_files(files)
        if report.errors:
            raise report.errors[0]
        progress(2, STEPS, "informan")
        study.put_attributes(extras / "informan.csv")
        progress(3, STEPS, "pedoman")
        guide = study.set_guide(extras / "pedoman-wawancara.csv")
        if guide.errors:
            raise guide.errors[0]
        progress(4, STEPS, "pengodean")
        codings = study.import_codings(extras / "pengodean.csv")
        if codings.errors:
            raise codings.errors[0]
        coded = {coding.transcript for coding in study.corpus().codings}
        for coder in ("rani", "dewi"):
            desk = study.as_coder(coder)
            for transcript in study.corpus().transcripts:
                if transcript.guid in coded:
                    desk.read(transcript.name)
        progress(5, STEPS, "catatan")
        _write_notes(study, notes)


def _notes(file: Path) -> dict[str, Any]:
    import yaml

    loaded = yaml.safe_load(file.read_text(encoding="utf-8"))
    return loaded if isinstance(loaded, dict) else {}


def _write_notes(study: Project, notes: dict[str, Any]) -> None:
    """Write the simulated researcher's corrections of the guide's links, summaries, tensions, relations and chosen quotes."""
    for entry in notes.get("pertanyaan", []):
        study.link_question(entry["transkrip"], entry["giliran"], *map(str, entry["nomor"]))
    for informant, text in notes.get("ringkasan", {}).items():
        study.memo(text, about=informant, kind="summary")
    for entry in notes.get("tidak_sejalan", []):
        study.memo(entry["catatan"], about=entry["informan"], kind="tension")
    for entry in notes.get("jalinan", []):
        study.relate(
            entry["strategi"],
            entry["tantangan"],
            informant=entry["informan"],
            worked=_worked(entry.get("berhasil")),
            memo=entry.get("catatan", ""),
        )
    corpus = study.corpus()
    for entry in notes.get("kutipan", []):
        transcript = corpus.transcript(entry["transkrip"])
        turn = transcript.turn(entry["giliran"]).span
        coding = next(
            c
            for c in corpus.codings
            if (c.transcript, c.coder, c.code) == (transcript.guid, entry["pengode"], entry["kode"])
            and turn.overlaps(c.span)
        )
        study.choose_quote(coding, printable=entry.get("cetak", ""))


def _worked(value: object) -> str:
    # YAML 1.1 reads a bare yes or no as a truth value
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
