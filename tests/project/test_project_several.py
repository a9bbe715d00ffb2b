"""A file with several interviews in a study: its transcripts are found again, and its bytes go with whoever withdraws."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.model import Code, Codebook, Span
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


def hint(folder: Path, text: str) -> None:
    """Write the hints of a folder."""
    (folder / ".hints.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def undivided(tmp_path: Path) -> Iterator[Project]:
    """Return a study that holds the file as one transcript, with codings in both interviews and over their border."""
    book = Codebook("uji", (Code("jualan"), Code("becak"), Code("batas")), version="1.0")
    with Project.create(tmp_path / "s.qualcode", codebook=book, coder="rani") as study:
        path = write(tmp_path)
        hint(tmp_path, "split: no\n")
        study.import_files(path)
        text = study.corpus().transcript("lampiran").text
        study.code("lampiran", quote="Jualan rahasiapertama", code="jualan")
        study.code("lampiran", quote="Becak rahasiakedua", code="becak")
        border = text.index("TRANSKRIP INFORMAN 2")
        study.code("lampiran", span=Span(border - 8, border + 12), code="batas")
        study.read("lampiran")
        study.memo("kedua orang ini bertetangga", about=study.corpus().transcript("lampiran").guid)
        yield study


def words(study: Project) -> list[tuple[str, str, str]]:
    """Return transcript, code and words of each coding that stands on a present text."""
    corpus = study.corpus()
    names = {t.guid: t.name for t in corpus.transcripts}
    return sorted((names[c.transcript], c.code, corpus.quote(c)) for c in corpus.codings if corpus.is_current(c))


def test_parts_take_the_place_of_the_whole_and_codings_go_along(undivided: Project, tmp_path: Path) -> None:
    """No words stand twice; what reaches over the border is for a person to place; undo gives the whole back."""
    before = undivided.corpus()
    hint(tmp_path, "split: yes\nspeakers: {P: moderator}\n")

    dry = undivided.import_files(tmp_path / "lampiran.txt", dry_run=True)
    assert undivided.corpus() == before
    report = undivided.import_files(tmp_path / "lampiran.txt")
    corpus = undivided.corpus()

    assert (report.counts["revised"], report.counts["added"]) == (1, 1) == (dry.counts["revised"], dry.counts["added"])
    assert [t.name for t in corpus.transcripts] == ["lampiran-1", "lampiran-2"]
    assert "".join(t.text for t in corpus.transcripts) == before.transcript("lampiran").text
    assert words(undivided) == [
        ("lampiran-1", "jualan", "Jualan rahasiapertama"),
        ("lampiran-2", "becak", "Becak rahasiakedua"),
    ]
    assert [m.coding.code for m in undivided.to_review()] == ["batas"]
    assert report.outcomes[0].review == 1
    assert {i.id for i in corpus.informants} == {"lampiran-1", "lampiran-2"}
    assert {turn.role.value for t in corpus.transcripts for turn in t.turns if turn.speaker == "P"} == {"moderator"}
    assert [m.text for m in corpus.memos if m.about == corpus.transcript("lampiran-1").guid] == [
        "kedua orang ini bertetangga"
    ]
    assert undivided.check(rebuild=True) == ()
    assert undivided.import_files(tmp_path / "lampiran.txt").counts["unchanged"] == 2
    undivided.undo()
    assert undivided.corpus() == before
    assert undivided.check(rebuild=True) == ()
    undivided.redo()
    assert words(undivided)[1] == ("lampiran-2", "becak", "Becak rahasiakedua")


def test_a_file_stays_divided_as_it_is_where_nobody_says_otherwise(undivided: Project, tmp_path: Path) -> None:
    """A hint that is taken away changes nothing, whichever way it was; other hints work on."""
    (tmp_path / ".hints.yaml").unlink()
    report = undivided.import_files(tmp_path / "lampiran.txt")
    assert [(o.outcome, o.transcript.name) for o in report.outcomes] == [("unchanged", "lampiran")]
    assert any("holds this file as lampiran" in str(f) for f in report.findings)

    hint(tmp_path, "speakers: {P: moderator}\n")
    report = undivided.import_files(tmp_path / "lampiran.txt")
    assert [(o.outcome, o.transcript.name) for o in report.outcomes] == [("relabelled", "lampiran")]
    assert len(words(undivided)) == 3


def test_parts_are_not_put_together_again(tmp_path: Path) -> None:
    """Words would stand twice: nothing is taken, and it is said what to do."""
    with Project.create(tmp_path / "s.qualcode", coder="rani") as study:
        study.import_files(write(tmp_path))
        before = study.corpus()
        hint(tmp_path, "split: no\n")
        report = study.import_files(tmp_path / "lampiran.txt", revise=True)

        assert study.corpus() == before
        assert [(o.outcome, o.transcript.name) for o in report.outcomes] == [
            ("changed", "lampiran-1"),
            ("changed", "lampiran-2"),
        ]
        assert "words would stand there twice" in " ".join(str(f) for f in report.findings if f.level == "doubtful")


def test_a_third_interview_is_added_and_one_cut_anew_is_refused(tmp_path: Path) -> None:
    """New words come in beside the others; words that the study has under another name do not."""
    with Project.create(tmp_path / "s.qualcode", coder="rani") as study:
        study.import_files(write(tmp_path))
        third = "\nTRANSKRIP INFORMAN 3\nP: Kerja apa, Dik?\nN: Ojek daring rahasiaketiga, Kak, malam saja.\nP: Capek?\nN: Iya.\n"
        path = write(tmp_path, SECOND + third)
        report = study.import_files(path)
        assert (report.counts["added"], report.counts["failed"]) == (1, 0)
        assert "lampiran-3" in {t.name for t in study.corpus().transcripts}

        before = study.corpus()
        text = path.read_text(encoding="utf-8").replace("TRANSKRIP INFORMAN 3", "TRANSKRIP INFORMAN 4")
        path.write_text(text, encoding="utf-8")
        report = study.import_files(path, revise=True)
        assert study.corpus() == before
        assert report.counts["changed"] == 3


def test_who_withdraws_from_a_part_goes_from_the_earlier_whole_too(undivided: Project, tmp_path: Path) -> None:
    hint(tmp_path, "split: yes\n")
    undivided.import_files(tmp_path / "lampiran.txt")
    gone = undivided.corpus().informant("lampiran-2")
    erase(undivided._log, undivided._by(), [gone.guid])

    assert "rahasiapertama" in undivided.corpus().transcript("lampiran-1").text
    assert undivided.check() == ()
    data = b"".join(p.read_bytes() for p in tmp_path.glob("s.qualcode*"))
    assert b"rahasiakedua" not in data
