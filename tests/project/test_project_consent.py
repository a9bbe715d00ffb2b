"""What informants agreed to: one by one, from tables, in copies, and in what leaves the study."""

from __future__ import annotations

import csv
import datetime
import shutil
from datetime import UTC, date
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from qualcode.errors import InputError, NotFoundError
from qualcode.model import Code, Codebook, Consent, ConsentForm, Finding, Quoting
from qualcode.project import Project
from qualcode.project.consent_words import parse_day, parse_form, parse_purposes, parse_quoting

BOOK = Codebook("kecil", (Code("sepi"), Code("arisan")))
NOW = datetime.datetime(2026, 1, 5, 18, 30, tzinfo=UTC)  # the sixth in Jakarta
SECRET = "kalau hujan turun dagangan saya hancur semua"


@pytest.fixture
def study(tmp_path: Path) -> Project:
    made = Project.create(tmp_path / "a.qualcode", codebook=BOOK, coder="rani", simulated=True, clock=lambda: NOW)
    for number, words in ((1, SECRET), (2, "saya ikut arisan di masjid"), (3, "anak saya sekolah di kampung")):
        text = tmp_path / f"informan-0{number}.txt"
        text.write_text(f"P: Bagaimana hari ini?\nN: Ya {words}.\nP: Lalu?\nN: Begitu saja.\n", encoding="utf-8")
        made.import_files(text)
    return made


def table(path: Path, *rows: dict[str, object]) -> Path:
    """Write a table and return where it is."""
    columns = list(rows[0])
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerows([columns, *([row.get(c, "") for c in columns] for row in rows)])
    else:
        book = Workbook()
        assert book.active is not None
        for row in (list[object](columns), *([row.get(c) for c in columns] for row in rows)):
            book.active.append(list(row))
        book.save(path)
    return path


def said(findings: tuple[Finding, ...]) -> str:
    return "\n".join(f"{finding.level} {finding}" for finding in findings)


def consent(study: Project, name: str) -> Consent:
    return study.corpus().consent(name)


def test_fields_are_recorded_one_by_one_and_taken_back(study: Project) -> None:
    study.put_consent("informan-01", date="12 Maret 2025", form="tertulis", purposes="skripsi, artikel")
    study.put_consent("informan-01", quoting="verbatim", until="5 tahun")
    found = consent(study, "informan-01")
    assert (found.date, found.form, found.quoting) == (date(2025, 3, 12), ConsentForm.WRITTEN, Quoting.VERBATIM)
    assert (found.purposes, found.until, found.withheld) == (("skripsi", "artikel"), date(2030, 3, 12), "")

    study.put_consent("informan-01", quoting="-", until="-", form="-", purposes="-", date="-")
    assert consent(study, "informan-01").is_empty
    assert study.corpus().consents == ()


def test_what_was_recorded_is_undone_as_anything_else(study: Project) -> None:
    study.put_consent("informan-01", quoting="verbatim")
    study.put_consent("informan-01", withdrawn="2026-01-05")
    assert consent(study, "informan-01").withheld == "consent was withdrawn"
    study.undo()
    assert consent(study, "informan-01").withheld == ""
    study.undo()
    assert study.corpus().consents == ()


def test_the_log_says_what_was_recorded_in_both_languages(study: Project) -> None:
    study.put_consent("informan-01", quoting="paraphrase", form="written", purposes="skripsi")
    assert "informan-01" in str(study.log(n=1, language="en")[0]["change"])
    change = str(study.log(n=1, language="id")[0]["change"])
    assert "kutipan parafrasa" in change
    assert "bentuk tertulis" in change
    assert "consent." not in change


def test_a_study_that_is_opened_again_remembers(study: Project) -> None:
    study.put_consent("informan-02", date="2025-03-12", form="recorded", quoting="none", until="2030-01-01")
    path, before = study.path, study.corpus().consents
    study.close()
    with Project.open(path) as again:
        assert again.corpus().consents == before
        assert not [f for f in again.check(rebuild=True) if f.level == "damage"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"date": "12/13/2025"}, "no date"),
        ({"date": "2205-03-12"}, "cannot be meant"),
        ({"date": "2026-02-01"}, "still to come"),
        ({"withdrawn": "2026-02-01"}, "still to come"),
        ({"date": "2025-03-12", "until": "2025-03-11"}, "kept until"),
        ({"date": "2025-03-12", "withdrawn": "2025-03-11"}, "withdrawn on"),
        ({"form": "lisan"}, "oral consent"),
        ({"form": "lisan tanpa rekaman"}, "oral consent"),
        ({"form": "telepati"}, "no form of consent"),
        ({"quoting": "boleh, kecuali soal keluarga"}, "does not say"),
        ({"until": "5 tahun"}, "no date"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_changes_nothing(
    study: Project, fields: dict[str, str], words: str
) -> None:
    with pytest.raises(InputError, match=words):
        study.put_consent("informan-01", **fields)
    assert study.corpus().consents == ()


def test_a_name_that_is_nobodys_is_answered_with_the_nearest(study: Project) -> None:
    with pytest.raises(NotFoundError) as caught:
        study.put_consent("informan-1", quoting="verbatim")
    assert "informan-01" in caught.value.nearest


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_table_is_matched_and_says_what_did_not(study: Project, tmp_path: Path, suffix: str) -> None:
    path = table(
        tmp_path / f"persetujuan{suffix}",
        {
            "Kode informan": "INFORMAN 1",
            "Tanggal persetujuan": "12/3/2025",
            "Bentuk": "Formulir ttd",
            "Tujuan": "skripsi; artikel",
            "Boleh dikutip": "Ya",
            "Disimpan sampai": "5 tahun",
            "Ditarik pada": "tidak",
            "Catatan": "x",
        },
        {"Kode informan": "informan-02", "Boleh dikutip": "hanya parafrasa", "Bentuk": "lisan"},
        {"Kode informan": "informan-9", "Boleh dikutip": "ya"},
    )
    found = study.put_consents(path)
    one, two = consent(study, "informan-01"), consent(study, "informan-02")

    assert one == Consent(
        one.informant, date(2025, 3, 12), ConsentForm.WRITTEN, ("skripsi", "artikel"), Quoting.VERBATIM, date(2030, 3, 12)
    )  # fmt: skip
    assert (two.quoting, two.form) == (Quoting.PARAPHRASE, ConsentForm.UNRECORDED)
    report = said(found)
    assert "oral consent counts only where it was recorded" in report
    assert "'informan-9'" in report
    assert "1 informants have no row in the table: informan-03" in report
    assert "columns left out: Catatan" in report
    assert "2 rows used, 2 of them say something new" in report
    assert sum(row["verb"] == "consent" for row in study.log(n=None)) == 1


def test_a_dry_run_says_and_records_nothing(study: Project, tmp_path: Path) -> None:
    path = table(tmp_path / "p.csv", {"informan": "informan-01", "boleh dikutip": "ya"})
    assert "1 rows used, 1 of them" in said(study.put_consents(path, dry_run=True))
    assert study.corpus().consents == ()


def test_a_table_that_is_taken_in_again_changes_nothing(study: Project, tmp_path: Path) -> None:
    path = table(tmp_path / "p.csv", {"informan": "informan-01", "boleh dikutip": "ya"})
    study.put_consents(path)
    entries = len(study.log(n=None))
    assert "0 of them say something new" in said(study.put_consents(path))
    assert len(study.log(n=None)) == entries


def test_empty_cells_take_nothing_away(study: Project, tmp_path: Path) -> None:
    study.put_consent("informan-01", form="written", quoting="verbatim")
    study.put_consents(table(tmp_path / "p.csv", {"informan": "informan-01", "boleh dikutip": "", "bentuk": "-"}))
    assert consent(study, "informan-01").form is ConsentForm.WRITTEN


@pytest.mark.parametrize(
    ("cell", "day"),
    [("ya", date(2026, 1, 6)), ("bulan lalu", date(2026, 1, 6)), ("2025-04-01", date(2025, 4, 1)), ("2027-01-01", date(2026, 1, 6)), ("belum", None), ("", None)],
)  # fmt: skip
def test_whoever_withdrew_is_withheld_whatever_was_written_for_the_day(
    study: Project, tmp_path: Path, cell: str, day: date | None
) -> None:
    """A slip in a table must not let words out."""
    study.put_consent("informan-01", date="2025-01-01", quoting="verbatim")
    study.put_consents(
        table(tmp_path / "p.csv", {"informan": "informan-01", "ditarik pada": cell, "tujuan": "skripsi"})
    )
    assert consent(study, "informan-01").withdrawn == day
    assert bool(consent(study, "informan-01").withheld) == (day is not None)


def test_a_table_about_something_else_is_refused(study: Project, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no column of this table is about consent"):
        study.put_consents(table(tmp_path / "p.csv", {"informan": "informan-01", "usia": 41}))


def test_the_register_is_written_filled_in_and_read_again(study: Project, tmp_path: Path) -> None:
    study.put_consent(
        "informan-01", date="2025-03-12", form="recorded", quoting="paraphrase", purposes="a, b", until="2030-01-01"
    )
    before = study.corpus().consents
    for language in ("id", "en"):
        path = study.write_consents(tmp_path / f"daftar-{language}.xlsx", language=language)
        assert "0 of them say something new" in said(study.put_consents(path))
    study.put_consent("informan-01", date="-", form="-", quoting="-", purposes="-", until="-")
    study.put_consents(path)
    assert study.corpus().consents == before


def test_due_are_those_who_withdrew_and_those_kept_no_longer(study: Project) -> None:
    study.put_consent("informan-01", quoting="verbatim", until="2026-01-05")
    study.put_consent("informan-02", quoting="verbatim", until="2026-01-06")
    study.put_consent("informan-03", quoting="verbatim", withdrawn="2025-06-01")
    assert [each.informant.id for each in study.consents_due()] == ["informan-03", "informan-01"]
    assert [each.informant.id for each in study.consents_due("2026-01-07")] == [
        "informan-03",
        "informan-01",
        "informan-02",
    ]


def test_two_copies_record_different_fields_without_conflict(study: Project, tmp_path: Path) -> None:
    study.put_consent("informan-01", date="2025-03-12")
    path = study.path
    study.close()
    other = tmp_path / "b.qualcode"
    shutil.copyfile(path, other)
    with Project.open(path, coder="rani", clock=lambda: NOW) as one:
        one.put_consent("informan-01", quoting="verbatim")
    with Project.open(other, coder="dewi", clock=lambda: NOW) as two:
        two.put_consent("informan-01", withdrawn="2025-06-01")
    with Project.open(path, coder="rani", clock=lambda: NOW) as merged:
        (report,) = merged.merge(other)
        assert report.conflicts == ()
        found = consent(merged, "informan-01")
        assert (found.quoting, found.withdrawn) == (Quoting.VERBATIM, date(2025, 6, 1))
        assert found.withheld


def test_words_that_may_not_be_quoted_leave_in_no_file(study: Project, tmp_path: Path) -> None:
    """From talk through coding, memo and quote to every report and export."""
    study.code("informan-01", turn=2, code="sepi", memo=f"“{SECRET}”")
    study.code("informan-02", turn=2, code="arisan")
    study.memo(f"Menarik: {SECRET}.")
    study.put_consent("informan-02", quoting="verbatim")
    study.report(tmp_path / "laporan")
    study.report(tmp_path / "satu.html", single_file=True, language="en")
    for suffix in ("csv", "jsonl"):
        study.export(tmp_path / f"kode.{suffix}")
    written = [*(tmp_path / "laporan").rglob("*.html"), tmp_path / "satu.html", *tmp_path.glob("kode.*")]
    everything = b"\n".join(path.read_bytes() for path in written)
    assert len(written) == 9
    assert b"hancur" not in everything
    assert "hujan turun" not in everything.decode()
    assert b"arisan di masjid" in everything


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-03-12", date(2025, 3, 12)), ("12/3/2025", date(2025, 3, 12)), ("Rabu, 12 Maret 2025", date(2025, 3, 12)),
        ("2025-03-12 00:00", date(2025, 3, 12)),
    ],
)  # fmt: skip
def test_days_as_people_write_them(text: str, day: date) -> None:
    assert parse_day(text) == day


@pytest.mark.parametrize(
    ("text", "quoting"),
    [
        ("ya", "verbatim"), ("Ya, boleh", "verbatim"), ("boleh dikutip", "verbatim"), ("kata demi kata", "verbatim"), ("verbatim", "verbatim"),
        ("ya (verbatim)", "verbatim"), (True, "verbatim"), ("word for word", "verbatim"), ("parafrasa saja", "paraphrase"),
        ("tidak, hanya parafrasa", "paraphrase"), ("paraphrased only", "paraphrase"), ("tidak", "none"), ("Tidak boleh dikutip", "none"),
        ("tidak sama sekali", "none"), ("not at all", "none"), (False, "none"), ("none", "none"),
    ],
)  # fmt: skip
def test_what_may_be_quoted_as_people_write_it(text: str, quoting: str) -> None:
    assert str(parse_quoting(text)) == quoting


@pytest.mark.parametrize(
    "text", ["verbatim tapi jangan soal utang", "tidak keberatan", "terserah", "ya?", "mungkin", "boleh kalau anonim"]
)
def test_permission_with_conditions_is_none_until_a_person_decides(text: str) -> None:
    with pytest.raises(InputError):
        parse_quoting(text)


@pytest.mark.parametrize(
    ("text", "form"),
    [("tertulis", "written"), ("Lembar persetujuan", "written"), ("signed form", "written"), ("direkam", "recorded"), ("lisan (terekam)", "recorded"), ("audio", "recorded")],
)  # fmt: skip
def test_forms_as_people_write_them(text: str, form: str) -> None:
    assert str(parse_form(text)) == form


@given(st.lists(st.text(alphabet="ab ,;\n", max_size=6), max_size=5))
def test_purposes_are_whole_and_once(parts: list[str]) -> None:
    found = parse_purposes(", ".join(parts))
    assert len({purpose.casefold() for purpose in found}) == len(found)
    assert all(purpose == purpose.strip() and not set(purpose) & set(",;\n") for purpose in found)


def test_who_is_erased_leaves_nothing_in_the_register(study: Project, tmp_path: Path) -> None:
    """Nor in the log, the backups, or what undo knows."""
    study.put_consent("informan-01", date="2025-03-12", purposes="wawancara zamrud biru", quoting="verbatim")
    study.put_consent("informan-01", purposes="arsip zamrud biru", withdrawn="2025-06-01")
    study.put_consent("informan-02", quoting="verbatim", purposes="tetap ada")
    study.erase("informan-01", spoken="erase")
    study.close()
    everything = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file() and p.suffix != ".txt")
    assert b"tetap ada" in everything
    assert b"zamrud" not in everything
    assert b"2025-06-01" not in everything
    with Project.open(tmp_path / "a.qualcode", coder="rani", clock=lambda: NOW) as again:
        assert [each.informant.id for each in again.consents()] == ["informan-02", "informan-03"]
        assert len(again.corpus().consents) == 1


@pytest.mark.parametrize("fate", ["erase", "blank"])
def test_quotes_of_who_is_erased_go_with_them(study: Project, tmp_path: Path, fate: Literal["erase", "blank"]) -> None:
    """A memo that says their words again says their words, also an earlier version of it, and whoever wrote it."""
    study.memo(f"Kutipan yang kuat: “{SECRET}”. Bandingkan dengan informan-02.")
    study.as_coder("dewi").memo("Dia cerita dagangannya rugi bila hujan.")
    study.code("informan-02", turn=2, code="arisan", memo=f"beda dari: {SECRET.upper()}")
    preview = study.erase_preview("informan-01")
    assert len(preview.spoken) == 2
    study.erase("informan-01", spoken=fate)
    left = [memo.text for memo in study.corpus().memos]
    study.close()
    everything = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file() and p.suffix != ".txt")
    assert b"hancur" not in everything
    assert b"HANCUR" not in everything
    assert "Dia cerita dagangannya rugi bila hujan." in left
    assert any("Bandingkan dengan informan-02" in text for text in left) == (fate == "blank")
