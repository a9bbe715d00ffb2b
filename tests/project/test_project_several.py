"""A file with several interviews in a study: its transcripts are found again, and its bytes go with whoever withdraws."""

from __future__ import annotations

from pathlib import Path

from qualcode.project import Project
from qualcode.store.erase import erase

FIRST = "P: Kerja apa, Bu?\nN: Jualan rahasiapertama, Mbak, sejak dulu di depan stasiun lama.\nP: Sudah?\nN: Sudah.\n"
SECOND = "P: Kerja apa, Pak?\nN: Becak rahasiakedua, Mas, dari muda sampai sekarang tidak ganti.\nP: Lama?\nN: Lama.\n"


def write(folder: Path, second: str = SECOND) -> Path:
    """Write a file with two interviews."""
    path = folder / "lampiran.txt"
    path.write_text(f"TRANSKRIP INFORMAN 1\n{FIRST}\nTRANSKRIP INFORMAN 2\n{second}", encoding="utf-8")
    return path


def test_a_changed_file_matches_its_transcripts_by_name(tmp_path: Path) -> None:
    """The same again changes nothing; one changed interview is one revision, and its codings stay."""
    with Project.create(tmp_path / "s.qualcode", coder="rani") as study:
        path = write(tmp_path)
        assert study.import_files(path, dry_run=True).counts["added"] == 2
        study.import_files(path)
        names = [t.name for t in study.corpus().transcripts]
        assert study.import_files(path).counts["unchanged"] == 2

        write(tmp_path, SECOND.replace("Lama.", "Lama sekali."))
        changed = study.import_files(path)
        revised = study.import_files(path, revise=True)
        corpus = study.corpus()

    assert names == ["lampiran-1", "lampiran-2"]
    assert (changed.counts["changed"], changed.counts["unchanged"]) == (1, 1)
    assert (revised.counts["revised"], revised.counts["unchanged"]) == (1, 1)
    assert [t.name for t in corpus.transcripts] == names
    assert corpus.transcript("lampiran-2").text.endswith("Lama sekali.\n")
    assert sorted(i.id for i in corpus.informants) == names


def test_who_withdraws_takes_the_bytes_of_the_file_along(tmp_path: Path) -> None:
    """The words of one informant do not stay in the original beside another's transcript; the other's text stays as it was."""
    with Project.create(tmp_path / "s.qualcode", coder="rani") as study:
        study.import_files(write(tmp_path))
        corpus = study.corpus()
        gone, stays = corpus.informant("lampiran-2"), corpus.transcript("lampiran-1")
        erase(study._log, study._by(), [gone.guid])
        after = study.corpus()
        assert study.check() == ()

    assert [t.name for t in after.transcripts] == ["lampiran-1"]
    assert after.transcript("lampiran-1").text == stays.text
    assert [i.id for i in after.informants] == ["lampiran-1"]
    data = b"".join(p.read_bytes() for p in tmp_path.glob("s.qualcode*"))
    assert b"rahasiakedua" not in data


def test_an_import_of_several_is_undone_as_one(tmp_path: Path) -> None:
    """Undo takes both transcripts, redo brings both back."""
    with Project.create(tmp_path / "s.qualcode", coder="rani") as study:
        study.import_files(write(tmp_path))
        study.undo()
        assert study.corpus().transcripts == ()
        study.redo()
        assert [t.name for t in study.corpus().transcripts] == ["lampiran-1", "lampiran-2"]
        assert study.check() == ()
