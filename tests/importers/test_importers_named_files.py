"""A file called by a person's name: the name does not become the informant's id, and it is said that it stands in the file's."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.importers import ImportOptions, read_batch
from qualcode.importers._names import read_name

TALK = "P: Kerja apa, Bu?\nN: Jualan lumpia, Mbak.\nP: Cukup?\nN: Ya dicukup-cukupin.\n"


@pytest.mark.parametrize(
    ("stem", "informant"),
    [
        ("Informan 1 - Bu Rekaan", "Informan-1"),
        ("informan-03 Mas Rekaan", "informan-03"),
        ("INF04_Pak Rekaan", "INF04"),
        ("Transkrip Informan 2 (Ibu Rekaan)", "Informan-2"),
        ("Informan 1 Semarang", None),
        ("Informan 1 dan 2", None),
        ("informan-05", None),
        ("Bu Rekaan", None),
    ],
)
def test_only_the_code_before_a_name_is_the_id(stem: str, informant: str | None) -> None:
    assert read_name(stem).informant == informant


@pytest.mark.parametrize(("name", "named"), [("Informan 1 - Bu Rekaan.txt", True), ("informan-01.txt", False)])
def test_a_name_in_the_name_of_a_file_is_said(tmp_path: Path, name: str, *, named: bool) -> None:
    (tmp_path / name).write_text(TALK, encoding="utf-8")

    batch = read_batch([tmp_path / name], ImportOptions())

    ((_, result),) = batch.results
    doubts = [f for f in result.findings if f.rule == "privacy" and f.level == "doubtful"]
    assert bool(doubts) == named
    assert all("Rekaan" not in informant.id for informant in result.corpus.informants)


def test_two_people_whose_files_bear_one_code_are_doubted(tmp_path: Path) -> None:
    """One id for two people would put the words of one into the other's page without a word."""
    talk = "P: Kerja apa, Bu?\nN: {words}, Mbak.\nP: Sudah lama?\nN: Sudah.\n"
    for name, words in (
        ("Informan 1 - Bu Ani", "Gado-gado"),
        ("Informan 1 - Bu Beti", "Nyuci"),
        ("Informan 2 W1", "Ojek"),
        ("Informan 2 W2", "Ojek"),
    ):
        (tmp_path / f"{name}.txt").write_text(talk.format(words=words), encoding="utf-8")

    batch = read_batch([tmp_path])

    said = {(f.file, f.level) for f in batch.findings if "is also in" in f.message}
    assert said == {
        ("Informan 1 - Bu Ani.txt", "doubtful"),
        ("Informan 1 - Bu Beti.txt", "doubtful"),
        ("Informan 2 W1.txt", "recognised"),
        ("Informan 2 W2.txt", "recognised"),
    }
