"""A keyword that says something else in another language of the region is doubted, with how to narrow it."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.codebooks import check, load_codebook, shipped_codebooks
from qualcode.codebooks._false_friends import ambiguous, false_friends
from qualcode.codebooks.base import CodebookReading
from qualcode.errors import fill
from qualcode.model import Code, Finding
from qualcode.nlp.languages import FALSE_FRIENDS


def doubts(tmp_path: Path, *keywords: str, macros: str = "") -> list[Finding]:
    """Return what is said of the keywords of a code."""
    path = tmp_path / "kode.yaml"
    rules = "".join(f"      - '{keyword}'\n" for keyword in keywords)
    path.write_text(
        f"name: uji\n{macros}codes:\n  - key: kerja\n    name: Kerja\n    definition: x\n    keywords:\n{rules}",
        encoding="utf-8",
    )
    return [finding for finding in check(path) if finding.rule == "false friend"]


def test_a_false_friend_alone_is_told_with_its_place_and_what_to_do(tmp_path: Path) -> None:
    (found,) = doubts(tmp_path, "jam kerja", "lembur")

    assert found.level == "doubtful"
    assert found.line == 8
    assert str(found).endswith("rule 'lembur' of code 'kerja' finds 'lembur' in every meaning: kampung (Sunda)")
    hint = fill(str(found.parameters["hint"]), dict(found.parameters))
    assert "lembur ~5" in hint
    assert '"lembur"' in hint


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("larang", ["larang"]),
        ("(kerja | lembur | tarik)", ["lembur", "tarik"]),
        ("lembur*", ["lembur"]),
        ("lemma:tarik", ["tarik"]),
        ("dana", ["dana"]),
        ("kerja lembur", []),
        ("lembur ~5 kerja", []),
        ("lembur > 3 (uang | gaji)", []),
        ("lembur ! kampung", []),
        ("lembur & gaji", []),
        ('"lembur"', []),
        ("tanya: kerja jawab: lembur", []),
        ("sepi", []),
        ("gede", []),
        ("payu", []),
    ],
)
def test_what_is_narrowed_is_not_doubted(tmp_path: Path, rule: str, words: list[str]) -> None:
    assert [finding.parameters["word"] for finding in doubts(tmp_path, rule)] == words


def test_a_macro_that_holds_one_is_doubted_where_it_stands_alone(tmp_path: Path) -> None:
    macros = "macros:\n  KERJA: (kerja | lembur)\n"

    assert [f.parameters["word"] for f in doubts(tmp_path, "KERJA", "KERJA ~3 malam", macros=macros)] == ["lembur"]


@pytest.mark.parametrize("name", shipped_codebooks())
def test_no_shipped_codebook_has_one_alone(name: str) -> None:
    book = load_codebook(name)
    reading = CodebookReading(book)

    assert [str(f) for code in book for f in false_friends(code, book.macros, reading, name)] == []


def test_the_words_are_ambiguous_for_a_reason() -> None:
    """A word with one meaning everywhere, or that Indonesian does not have, finds what its author meant."""
    harmless = {word for word in FALSE_FRIENDS if not ambiguous(word)}

    assert harmless == {"payu", "mah", "uwa", "gede", "ra", "bade", "raos"}
    assert not any(false_friends(Code("a"), {}, CodebookReading(None), "x"))
