"""What may not be quoted is in no export, whatever its format."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import BinaryIO

import pytest

from qualcode.exporters import Exporter, export, names
from qualcode.model import Coding, Codings, Consent, Corpus, Informant, Memo, Quoting, Role, Span, Transcript, Turn
from qualcode.privacy.consent import withhold
from qualcode.project.returned import read_returned
from qualcode.testing.exporters import AT, BOOK

SITI, TONO = "1" * 32, "2" * 32
SECRET = "kalau hujan turun dagangan saya hancur semua"
OPEN = "saya ikut arisan di masjid tiap minggu"
TEXT = f"P: Lalu?\nN: {SECRET}.\nB: {OPEN}.\n"


def place(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


TALK = Transcript(
    "a" * 32,
    "b" * 32,
    "wawancara",
    TEXT,
    turns=(
        Turn(place("Lalu?"), "P", Role.INTERVIEWER),
        Turn(place(f"{SECRET}."), "N", Role.INFORMANT, SITI),
        Turn(place(f"{OPEN}."), "B", Role.INFORMANT, TONO),
    ),
    informants=(SITI, TONO),
)


def coding(n: int, words: str, memo: str = "") -> Coding:
    return Coding(f"{n:032x}", TALK.guid, TALK.revision, place(words), "upah-rendah", "rani", AT, memo=memo)


STUDY = Corpus(
    transcripts=(TALK,),
    informants=(Informant(SITI, "informan-01"), Informant(TONO, "informan-02")),
    consents=(Consent(SITI, date(2025, 2, 1), quoting=Quoting.PARAPHRASE), Consent(TONO, quoting=Quoting.VERBATIM)),
    codebook=BOOK,
    codings=Codings([coding(1, SECRET, f"“{SECRET}”, katanya"), coding(2, OPEN)]),
    memos=(Memo("7" * 32, f"Ia berkata {SECRET}.", "rani", AT),),
)


def everything(path: Path) -> bytes:
    """Return the bytes of a file, those of an archive unpacked."""
    data = path.read_bytes()
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return b"\n".join(archive.read(name) for name in archive.namelist())
    return data


@pytest.mark.parametrize("name", names())
def test_no_format_holds_the_words(name: str, tmp_path: Path) -> None:
    path = tmp_path / "hasil"
    export(STUDY, path, format=name)
    data = everything(path)
    for word in ("hujan turun", "dagangan", "hancur"):
        assert word.encode() not in data
    assert b"arisan" in data


@pytest.mark.parametrize("name", names())
def test_what_is_allowed_by_name_goes_out(name: str, tmp_path: Path) -> None:
    path = tmp_path / "hasil"
    export(STUDY, path, format=name, allow_quotes=True)
    assert b"hancur" in everything(path)


def test_an_exporter_of_another_package_is_given_no_words_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It holds by construction."""
    given: list[Corpus] = []

    class Other(Exporter):
        suffix = ".lain"

        def dump(self, corpus: Corpus, stream: BinaryIO) -> None:
            given.append(corpus)

    monkeypatch.setattr("qualcode.exporters.get", lambda name: Other)
    export(STUDY, tmp_path / "hasil", format="lain")
    assert SECRET not in repr(given[0]) + "".join(map(repr, given[0].codings))


@pytest.mark.parametrize(
    ("language", "notice"), [("id", "[kutipan tidak diizinkan]"), ("en", "[quoting not permitted]")]
)
def test_a_notice_stands_in_place_of_the_words(language: str, notice: str, tmp_path: Path) -> None:
    path = tmp_path / "hasil.jsonl"
    export(STUDY, path, language=language)
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [row["text"] for row in rows] == [notice, OPEN]
    assert rows[0]["memo"] == f"“{notice}”, katanya"
    assert (rows[0]["start"], rows[0]["end"]) == (place(SECRET).start, place(SECRET).end)


def test_a_corrected_copy_with_blocked_words_comes_back_without_differences(tmp_path: Path) -> None:
    """Whoever corrects the codes has changed no words."""
    path = tmp_path / "hasil.docx"
    export(STUDY, path)
    assert "▓▓▓".encode() in everything(path)
    found = read_returned(path.read_bytes(), file="hasil.docx", corpus=STUDY)
    assert found.differences == ()
    assert found.findings == ()


def test_figures_are_those_of_the_whole_study(tmp_path: Path) -> None:
    """Who is heard is heard, whether or not they may be quoted."""
    from qualcode.analysis import code_matrix, heard

    assert heard(withhold(STUDY)) == heard(STUDY)
    assert code_matrix(withhold(STUDY)).to_rows() == code_matrix(STUDY).to_rows()
