"""Nothing leaves a study while something that tells who somebody is has not been looked at."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from qualcode.errors import NotFoundError, StateError
from qualcode.model import IdentifierKind
from qualcode.project import Project

SECRETS = ("Sutinem", "Rekasari", "0812 3456 7890", "3273007101010001", "Nangka")
TEXT = """Nama lengkap : Sutinem Rekasari
No HP : 0812 3456 7890

Pewawancara: Ibu kerja apa?
Informan: Jualan nasi. NIK saya 3273007101010001, di Jl. Nangka No. 5, RT 03/RW 07.
Pewawancara: Kenal siapa?
Informan: Kenal Bu Zubrinah sama Kang Asep.
"""


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """Return a study with a transcript that speaks of somebody in the open."""
    (tmp_path / "informan-07.txt").write_text(TEXT, encoding="utf-8")
    path = tmp_path / "uji.qualcode"
    with Project.create(path, codebook=None, coder="rani") as study:
        study.import_files(tmp_path / "informan-07.txt")
    return path


def test_report_and_export_are_refused_without_a_word_and_write_nothing(planted: Path, tmp_path: Path) -> None:
    with Project.open(planted, coder="rani") as study:
        for leave in (
            lambda: study.report(tmp_path / "laporan"),
            lambda: study.export(tmp_path / "a.csv"),
            lambda: study.report(tmp_path / "satu.html", single_file=True, allow=["nik", "phone"]),
        ):
            with pytest.raises(StateError) as refused:
                leave()
            said = f"{refused.value} {refused.value.parameters}"
            assert "informan-07:" in said
            assert not any(secret in said for secret in SECRETS)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["informan-07.txt", "uji.cadangan", "uji.qualcode"]


def test_what_is_let_through_by_name_is_in_the_log(planted: Path, tmp_path: Path) -> None:
    with Project.open(planted, coder="rani") as study:
        study.export(tmp_path / "a.csv", allow=["address", "nik", "person", "phone"])

        (sharing,) = study.corpus().sharings

    assert ("export", "a.csv", ("address", "nik", "person", "phone"), "rani") == (
        sharing.what,
        sharing.name,
        sharing.allowed,
        sharing.coder,
    )


def test_nothing_is_let_through_where_the_log_cannot_say_so(planted: Path, tmp_path: Path) -> None:
    with Project.open(planted) as study, pytest.raises(StateError, match="who is coding"):
        study.export(tmp_path / "a.csv", allow=["address", "nik", "person", "phone"])

    assert not (tmp_path / "a.csv").exists()


def test_a_kind_that_is_none_is_refused(planted: Path, tmp_path: Path) -> None:
    with Project.open(planted, coder="rani") as study:
        with pytest.raises(NotFoundError, match="telepon"):
            study.report(tmp_path / "laporan", allow=["telepon"])
        with pytest.raises(NotFoundError, match="quotes"):
            study.report(tmp_path / "laporan", allow=["quotes"])


def test_names_in_talk_are_counted_and_keep_nothing_back(tmp_path: Path) -> None:
    (tmp_path / "informan-07.txt").write_text(
        "P: Kenal siapa?\nN: Bu Zubrinah, di Wonogiri.\nP: Oh.\nN: Ya.\n", "utf-8"
    )
    with Project.create(tmp_path / "uji.qualcode", codebook=None, coder="rani") as study:
        study.import_files(tmp_path / "informan-07.txt")

        assert study.report(tmp_path / "laporan").exists()
        state = study.privacy()

    assert state.unreviewed == {IdentifierKind.PERSON: 1, IdentifierKind.PLACE: 1}
    assert state.specific == {}
    assert state.shared == ("laporan",)


def test_a_study_that_says_it_is_made_up_is_not_searched(planted: Path, tmp_path: Path) -> None:
    with Project.open(planted, coder="rani") as study:
        study.describe(simulated=True)

        assert study.leaks() == ()
        assert study.report(tmp_path / "laporan").exists()
        assert study.privacy().is_simulated


def test_free_text_and_names_of_files_are_searched_too(tmp_path: Path) -> None:
    (tmp_path / "Wawancara Siti Rahmawati.txt").write_text("P: Apa?\nN: Ya.\nP: Oh.\nN: Begitu.\n", "utf-8")
    with Project.create(tmp_path / "uji.qualcode", codebook=None, coder="rani") as study:
        study.import_files(tmp_path / "Wawancara Siti Rahmawati.txt")
        study.memo("hubungi lagi di 081234567890")

        with pytest.raises(StateError) as refused:
            study.report(tmp_path / "laporan")

    said = f"{refused.value} {refused.value.parameters}"
    assert "phone: 1" in said
    assert "person" in said
    assert "Rahmawati" not in said


def test_masking_lets_the_report_be_written(planted: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), Project.open(planted, coder="rani") as study:
        plan = study.masking()
        plan.accept_all()
        study.mask(plan)

        start = study.report(tmp_path / "laporan")

    written = b"".join(path.read_bytes() for path in start.parent.rglob("*") if path.is_file())
    assert not any(secret.encode() in written for secret in SECRETS)
    assert not any(secret in caplog.text for secret in SECRETS)


def test_what_was_found_is_remembered_without_a_word(
    planted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUALCODE_STATE", str(tmp_path / "state"))
    with Project.open(planted, coder="rani") as study:
        first = study.leaks()
        monkeypatch.setattr("qualcode.privacy.leaks.find", lambda *_, **__: pytest.fail("searched again"))

        assert study.leaks() == first

    kept = b"".join(path.read_bytes() for path in (tmp_path / "state").rglob("*") if path.is_file())
    assert not any(secret.encode() in kept for secret in SECRETS)


def test_a_damaged_memory_is_searched_anew(planted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALCODE_STATE", str(tmp_path / "state"))
    with Project.open(planted, coder="rani") as study:
        first = study.leaks()
        (memory,) = (tmp_path / "state").glob("identifiers-*.json")
        for damage in (b"", b"{}", b'{"recipe": 1}', b"\xff"):
            memory.write_bytes(damage)

            assert study.leaks() == first
