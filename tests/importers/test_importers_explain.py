"""What an import shows of itself: line by line, and as hints to be corrected."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.importers import ImportOptions, ImportResult, Source, draft_hints, explain, read_batch, registry
from qualcode.importers.hints.reading import read_hints
from qualcode.model import Role

DATA = Path(__file__).parent.parent / "data" / "importers"
SHOWN = sorted(
    path for folder in DATA.iterdir() if folder.is_dir() for path in folder.iterdir() if not path.name.endswith(".json")
)
TEXT = """\
Usia : 44
Keterangan: P: Pewawancara N: Narasumber Demografi
P : Jualan apa?
N : Nasi uduk.
    Kadang sepi.

(1) catatan
P : Oh?
"""


def read(text: str) -> ImportResult:
    """Return what the plain-text importer makes of *text*."""
    return registry.get("txt")().read(Source("a.txt", text.encode()), ImportOptions())


def test_every_line_says_what_it_was_taken_for() -> None:
    lines = [(line.line, line.what, line.speaker, line.role, line.text) for line in explain(read(TEXT))]

    assert lines[:6] == [
        (1, "header", "", None, "Usia : 44"),
        (2, "legend", "", None, "Keterangan: P: Pewawancara N: Narasumber"),
        (2, "heading", "", None, "Demografi"),
        (3, "turn", "P", Role.INTERVIEWER, "Jualan apa?"),
        (4, "turn", "N", Role.INFORMANT, "Nasi uduk."),
        (5, "turn", "N", Role.INFORMANT, "Kadang sepi."),
    ]
    assert {line[0] for line in lines} == {1, 2, 3, 4, 5, 7, 8}


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_line_is_left_out(path: Path) -> None:
    """Every line with anything on it is explained, in order, with at most 40 characters; of several transcripts as in the file."""
    result = registry.get(path.parent.name)().read(Source(path.name, path.read_bytes(), path), ImportOptions())
    lines = explain(result)

    above = 0
    for transcript in result.corpus.transcripts:
        numbered = enumerate(transcript.text.split("\n"), above + 1)
        filled = [number for number, line in numbered if line.strip()]
        above += transcript.text.count("\n")
        shown = [line.line for line in lines if line.transcript == transcript.name]
        assert list(dict.fromkeys(shown)) == filled
    assert all(len(line.text) <= 40 for line in lines)


def test_what_an_importer_is_silent_about_is_unassigned() -> None:
    result = read("P: Apa?\nN: Itu.\n")
    silent = ImportResult(result.corpus)

    assert {line.what for line in explain(silent)} == {"unassigned"}


@pytest.mark.parametrize("language", ["id", "en"])
def test_drafted_hints_change_nothing(tmp_path: Path, language: str) -> None:
    """What was guessed, said by the user, gives the same turns and people."""
    for path in SHOWN:
        (tmp_path / f"{path.parent.name}-{path.name}").write_bytes(path.read_bytes())
    plain = read_batch([tmp_path])
    text = draft_hints(plain, language)
    (tmp_path / "semua.hints.yaml").write_text(text, encoding="utf-8")
    _, wrong = read_hints(tmp_path / "semua.hints.yaml")
    again = read_batch([tmp_path])

    assert wrong == ()
    assert again.errors == plain.errors
    for (path, first), (_, second) in zip(plain.results, again.results, strict=True):
        assert turns(first) == turns(second), path.name
        assert [i.id for i in first.corpus.informants] == [i.id for i in second.corpus.informants], path.name
    assert [f for f in again.findings if f.rule == "hints" and f.level != "recognised"] == []


def turns(result: ImportResult) -> list[tuple[object, ...]]:
    """Return the turns of every transcript without guids."""
    return [(t.span, t.speaker, t.role, t.time) for x in result.corpus.transcripts for t in x.turns]


def test_drafted_hints_are_to_be_corrected_in_one_place(tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"informan-0{number}.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "lain.txt").write_text("P: Jualan.\nT: Apa?\nP: Nasi.\nT: Di mana?\nP: Pasar.\n", encoding="utf-8")
    text = draft_hints(read_batch([tmp_path]), "en")

    assert "\n  N: informant  # 2 turns, 2 files; legend\n" in text
    assert '  "lain.txt":\n    speakers:\n      P: informant' in text
    assert "    # informant: informan-01\n" not in text  # quoted, since it holds a dash
    assert '    # informant: "informan-01"\n' in text


def test_drafted_hints_quote_what_yaml_would_misread(tmp_path: Path) -> None:
    (tmp_path / "a: b #c.txt").write_text("Null: Apa?\nYes: Itu.\nNull: Oh?\nYes: Ya.\n", encoding="utf-8")
    (tmp_path / "kosong.txt").write_text("catatan", encoding="utf-8")
    path = tmp_path / "x.hints.yaml"
    path.write_text(draft_hints(read_batch([tmp_path]), "id"), encoding="utf-8")
    hints, wrong = read_hints(path)

    assert wrong == ()
    assert set(hints.general.speakers) == {"Null", "Yes"}
    assert [pattern for pattern, _ in hints.files] == ["a: b #c.txt", "kosong.txt"]
