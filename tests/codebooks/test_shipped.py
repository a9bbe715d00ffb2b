"""Every shipped codebook: whole, legible, in two languages, and its rules find its own examples and pass by its near misses."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from qualcode.codebooks import check, dump_codebook, load_codebook, shipped_codebooks
from qualcode.rules import Tagger

NAMES = {"prekariat", "kesejahteraan", "kelas_pekerja", "bpjs_informal", "kebijakan_informal", "templat"}
FOUND = shipped_codebooks()
DATA = Path(__file__).parent.parent / "data" / "rules"


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


@pytest.mark.parametrize("name", FOUND)
def test_a_source_says_who_what_and_when(name: str) -> None:
    """A law has its number and year; anything else an author, a title and a year. Nothing vague."""
    law = re.compile(r"(?:Undang-Undang|Peraturan [\w ]+) Nomor \d+ Tahun \d{4}\b.+")
    work = re.compile(r"[^,]+, .+, (?:19|20)\d{2}")

    sources = load_codebook(name).sources
    assert [source for source in sources if not (law.match(source) or work.fullmatch(source))] == []


@pytest.mark.parametrize("name", sorted(NAMES - {"prekariat", "templat"}))
def test_rules_find_the_sentences_they_were_written_with(name: str) -> None:
    """A floor, so that a rule made better for one text is not made worse for all; and no code whose rules find nothing."""
    tagger = Tagger(load_codebook(name))
    with (DATA / f"{name}-dev.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    wanted = [(code, row) for row in rows for code in row["codes"].split()]
    found = [{hit.code for hit in tagger.hits(row["text"], row["question"] or None)} for row in rows]
    right = sum(len(codes & set(row["codes"].split())) for row, codes in zip(rows, found, strict=True))

    assert right / len(wanted) >= 0.9
    assert right / sum(map(len, found)) >= 0.85
    assert {code for code, _ in wanted} == {code.key for code in load_codebook(name).active}
    assert set().union(*found) == {code for code, _ in wanted}


@pytest.mark.parametrize("name", sorted(NAMES - {"templat"}))
def test_neighbours_are_told_apart_by_name(name: str) -> None:
    """Most codes say in *exclude* which other code takes what is not theirs."""
    book = load_codebook(name)
    keys = {code.key for code in book}
    naming = [code for code in book.active if any(key in code.exclude for key in keys - {code.key})]

    assert len(naming) >= 0.7 * len(book.active)


def test_the_seven_securities_stand_under_the_precariat() -> None:
    """Standing (2011): labour market, employment, job, work, skill, income, representation; off until wanted."""
    children = [code for code in load_codebook("kelas_pekerja") if code.parent == "prekariat"]

    assert len(children) == 7
    assert not any(code.active for code in children)
