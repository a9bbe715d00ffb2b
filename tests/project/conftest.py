"""A small study of two invented conversations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.model import Code, Codebook, Family
from qualcode.project import Project

FIRST = """SIMULASI. Percakapan rekaan.
Usia : 44
Nama lengkap : Si Rekaan
Keterangan: P: Pewawancara N: Narasumber

P : Ibu sehari-hari jualan apa?
N : Nasi uduk, Mbak 😀. Kalo ujan ya sepi, nggak nentu.
P : Punya BPJS, Bu?
N : Nggak punya.
P : Terus kalau sakit gimana?
N : Beli obat warung aja. Tetangga suka bantu, kita arisan juga.
"""
SECOND = """Pewawancara: Bapak kerja apa?
Informan: Parkir. Kadang rame kadang sepi, nggak nentu.
Pewawancara: Ada perkumpulannya, Pak?
Informan: Nggak ada. Jalan sendiri-sendiri.
Pewawancara: Ikut arisan?
Informan: Arisan RT ikut, sebulan sekali.
"""
BOOK = Codebook(
    "uji",
    (
        Code("hujan", "hujan dan sepi", keywords=("nggak nentu", "sepi"), family="tantangan"),
        Code("arisan", "arisan dan tetangga", keywords=("arisan", "tetangga"), family="strategi"),
        Code("kosong", "tidak dipakai", family="strategi"),
    ),
    families=(Family("tantangan", "Tantangan", kind="challenge"), Family("strategi", "Strategi", kind="strategy")),
    version="1.0",
)


@pytest.fixture
def transcripts(tmp_path: Path) -> Path:
    """Return a folder with the two conversations."""
    folder = tmp_path / "wawancara saya"
    folder.mkdir()
    (folder / "informan-01.txt").write_text(FIRST, encoding="utf-8")
    (folder / "informan-02.txt").write_text(SECOND, encoding="utf-8")
    return folder


@pytest.fixture
def study(tmp_path: Path, transcripts: Path) -> Iterator[Project]:
    """Return an open study that holds them."""
    with Project.create(tmp_path / "uji.qualcode", codebook=BOOK, coder="rani") as project:
        report = project.import_files(transcripts)
        assert report.counts["added"] == 2
        yield project
