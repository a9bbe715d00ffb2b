"""qualcode privacy, and what keeps a report back, at the terminal in both languages."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]

SECRETS = ("Sutinem", "Rekasari", "3456", "3273007101010001", "Nangka")
TEXT = """Nama lengkap : Sutinem Rekasari

Pewawancara: Ibu kerja apa?
Informan: Jualan. Nomor saya 0812-3456-7890, NIK 3273007101010001, di Jl. Nangka No. 5.
Pewawancara: Oh.
Informan: Kenal Bu Zubrinah.
"""


@pytest.fixture
def study(run: Run, tmp_path: Path) -> Run:
    """Return how to call a verb in a folder with a study that holds identifiers."""
    (tmp_path / "informan-07.txt").write_text(TEXT, encoding="utf-8")
    assert run("new", "uji.qualcode", "--codebook", "none", "--coder", "rani")[0] == 0
    assert run("import", "uji.qualcode", "informan-07.txt", "--coder", "rani")[0] == 0
    return run


@pytest.mark.parametrize(
    ("language", "said", "to_do"),
    [
        ("en", "nobody has reviewed", "review them with: qualcode mask"),
        ("id", "belum diperiksa", "periksa dengan: qualcode mask"),
    ],
)
def test_report_is_refused_in_two_lines_without_a_word(
    study: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: str, said: str, to_do: str
) -> None:
    monkeypatch.setenv("QUALCODE_LANG", language)

    status, out, err = study("report", "uji.qualcode", "-o", "laporan")

    assert status == 1
    assert len(err.splitlines()) == 2
    assert said in err
    assert to_do in err
    assert "--allow nik" in err
    assert not any(secret in out + err for secret in SECRETS)
    assert not (tmp_path / "laporan").exists()


def test_allowed_kinds_leave_and_are_shown_by_privacy(study: Run) -> None:
    allowed = [part for kind in ("person", "phone", "nik", "address") for part in ("--allow", kind)]

    assert study("export", "uji.qualcode", "-o", "a.csv", *allowed)[0] == 0

    status, out, _ = study("privacy", "uji.qualcode", "--json")
    state = json.loads(out)

    assert status == 0
    assert state["leaves_this_machine"] == []
    assert state["keep_a_report_back"] == {"person": 1, "nik": 1, "phone": 1, "address": 1}
    assert state["unreviewed"]["person"] == 2
    assert state["shared"] == ["a.csv"]
    assert state["encrypted"] is False


@pytest.mark.parametrize(
    ("language", "nothing"),
    [("en", "Nothing. qualcode does not use the network"), ("id", "Tidak ada. qualcode tidak memakai jaringan")],
)
def test_privacy_says_what_leaves_and_none_of_the_words(
    study: Run, monkeypatch: pytest.MonkeyPatch, language: str, nothing: str
) -> None:
    monkeypatch.setenv("QUALCODE_LANG", language)

    status, out, err = study("privacy", "uji.qualcode")

    assert status == 0
    assert nothing in out
    assert "uji.qualcode" in out
    assert not any(secret in out + err for secret in SECRETS)
