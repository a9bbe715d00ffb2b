"""Codings that come in with files: candidates, matching, undo, and nothing twice."""

from __future__ import annotations

from pathlib import Path

from words import comment, on, p, t, table, word

from qualcode.model import Origin
from qualcode.project import Project

HEAD = ("Transkrip", "Kode", "Kategori", "Catatan")
ROWS = (
    ("P: Kerja apa?\nN: Dagang. Sepi terus.", "Hujan & sepi\nmodal habis", "beban", "ia mengeluh"),
    ("P: Terus?\nN: Arisan aja.", "ARISAN", "", ""),
)


def bring(study: Project, folder: Path, *rows: tuple[str, ...], name: str = "informan-07") -> str:
    path = folder / f"{name}.docx"
    path.write_bytes(word(table(HEAD, *rows)))
    report = study.import_files(path)
    assert not report.errors
    return "\n".join(str(finding) for finding in report.findings)


def imported(study: Project) -> list[tuple[str, str, str]]:
    corpus = study.corpus()
    return [(c.coder, c.code, corpus.quote(c)) for c in corpus.codings if c.origin is Origin.IMPORTED]


def test_labels_become_codes_of_the_study_or_candidates(study: Project, tmp_path: Path) -> None:
    """Case, joints and spelling of & don't matter; what is unknown is a candidate under its category."""
    said = bring(study, tmp_path, *ROWS)

    assert sorted(imported(study)) == [
        ("impor", "arisan", "Arisan aja."),
        ("impor", "hujan", "Dagang. Sepi terus."),
        ("impor", "modal-habis", "Dagang. Sepi terus."),
    ]
    made = study.codebook.code("modal-habis")
    assert (made.name, made.origin, made.parent) == ("modal habis", "imported", "beban")
    assert study.codebook.code("hujan").parent is None
    assert "2 labels are no code of the study and become candidates (origin: imported): beban, modal habis" in said
    assert sorted(c.memo for c in study.corpus().codings) == ["", "ia mengeluh", "ia mengeluh"]
    assert len(study.corpus().readings) == 1


def test_the_same_file_again_adds_nothing_and_one_with_more_adds_that(study: Project, tmp_path: Path) -> None:
    """Importing is idempotent; a changed copy with the same text brings only what is new."""
    bring(study, tmp_path, *ROWS)
    first = study.corpus()
    bring(study, tmp_path, *ROWS)

    assert first.codings == study.corpus().codings
    assert first.codebook == study.codebook
    assert first.readings == study.corpus().readings

    bring(study, tmp_path, ROWS[0], (ROWS[1][0], "arisan\ntetangga", "", ""))

    assert imported(study)[3:] == [("impor", "tetangga", "Arisan aja.")]


def test_one_undo_takes_codings_and_candidates_back_and_they_come_again(study: Project, tmp_path: Path) -> None:
    """What an undo took away is not what somebody decided: the file brings it back."""
    before = study.codebook
    bring(study, tmp_path, *ROWS)
    study.undo()

    assert imported(study) == []
    assert study.codebook == before
    assert [x.name for x in study.corpus().transcripts].count("informan-07") == 1

    bring(study, tmp_path, *ROWS)

    assert len(imported(study)) == 3
    study.undo()
    study.redo()

    assert len(imported(study)) == 3
    assert study.check(rebuild=True) == ()


def test_what_a_person_changed_or_took_away_stays_so(study: Project, tmp_path: Path) -> None:
    """A coding taken away, given another code, or whose code was merged, is not brought in anew."""
    from qualcode.store.acts.codes import merge_codes

    bring(study, tmp_path, *ROWS)
    there = {c.code: c for c in study.corpus().codings}
    study.as_coder("impor").uncode([there["hujan"]])
    study.edit_coding(there["arisan"], code="kosong")
    merge_codes(study._log, study._by(), "modal-habis", "hujan")

    said = bring(study, tmp_path, *ROWS)

    assert sorted(imported(study)) == [("impor", "hujan", "Dagang. Sepi terus."), ("impor", "kosong", "Arisan aja.")]
    assert "modal-habis" not in study.codebook
    assert "1 codings that were taken away in the study were not brought back" in said


def test_margin_comments_are_codings_of_their_author(study: Project, tmp_path: Path) -> None:
    """Each author is a coder; remarks become memos; the time is the comment's."""
    body = p(t("P: Apa?")) + p(on(0, t("N: "), on(1, t("sepi")), t(" ya")))
    (tmp_path / "informan-08.docx").write_bytes(
        word(body, comment(0, "hujan") + comment(1, "Coba tanyakan lagi?", author="Pak Pembimbing"))
    )
    study.import_files(tmp_path / "informan-08.docx")
    study.import_files(tmp_path / "informan-08.docx")

    assert imported(study) == [("impor-dewi", "hujan", "sepi ya")]
    (memo,) = study.corpus().memos
    assert (memo.coder, memo.text) == ("impor-pak-pembimbing", "[2] Coba tanyakan lagi?")
    assert study.corpus().codings[0].at.year == 2025


def test_a_dry_run_says_what_would_come_and_writes_nothing(study: Project, tmp_path: Path) -> None:
    """The findings are there, the codings are not."""
    (tmp_path / "x.docx").write_bytes(word(table(HEAD, *ROWS)))
    before = study.corpus()

    report = study.import_files(tmp_path / "x.docx", dry_run=True)

    assert "3 codings come in with the file" in "\n".join(str(f) for f in report.findings)
    assert before == study.corpus()


def test_the_imported_coder_stands_beside_others(study: Project, tmp_path: Path) -> None:
    """Agreement, export and report count the imported codings like anybody's."""
    bring(study, tmp_path, *ROWS)
    study.code("informan-07", turn=2, code="hujan")
    study.read("informan-07")

    found = study.agree(coders=["rani", "impor"], measure="percent")
    study.export(tmp_path / "p.csv")
    page = study.report(tmp_path / "laporan")

    assert found.n_units == 2
    assert (tmp_path / "p.csv").read_text(encoding="utf-8-sig").count(",impor,") == 3
    assert page.exists()
