"""Every shipped codebook: whole, legible, in two languages, and its rules find its own examples and pass by its near misses."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.codebooks import check, dump_codebook, load_codebook, shipped_codebooks

NAMES = {"prekariat", "kesejahteraan", "kelas_pekerja", "bpjs_informal", "kebijakan_informal", "templat"}
FOUND = shipped_codebooks()


def test_all_six_are_shipped() -> None:
    assert NAMES <= set(FOUND)


@pytest.mark.parametrize("name", FOUND)
def test_nothing_to_remark(name: str) -> None:
    """Every example is found by a rule of its code, no near miss is, and no rule is broken."""
    assert check(name) == ()


@pytest.mark.parametrize("name", FOUND)
def test_every_code_says_what_it_is(name: str) -> None:
    book = load_codebook(name)

    assert book.name == name
    assert all((book.title, book.title_en, book.description, book.sources, book.families))
    assert all(family.name_en and family.definition for family in book.families)
    for code in book:
        told = (code.name, code.name_en, code.definition, code.include, code.exclude, code.examples, code.keywords)
        assert all(told), code.key
        assert code.near_misses, code.key
        assert book.family_of(code.key) is not None, code.key


@pytest.mark.parametrize("name", FOUND)
def test_colours_and_examples_are_each_codes_own(name: str) -> None:
    book = load_codebook(name)
    colours = [code.colour for code in book]
    examples = [example for code in book for example in code.examples]

    assert len(set(examples)) == len(examples)
    assert all(colours)
    assert len({code.colour for code in book.active}) == len(book.active)


@pytest.mark.parametrize("name", FOUND)
def test_it_survives_being_written(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.yaml"
    path.write_text(dump_codebook(load_codebook(name)), encoding="utf-8")

    assert load_codebook(path) == load_codebook(name)
