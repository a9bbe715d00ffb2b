"""The Indonesian catalogue holds every message of the source and nothing else."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

SOURCES = "qualcode.testing.messages:extract"
KEYWORDS = {**DEFAULT_KEYWORDS, "plural": (1, 2)}


def extracted(root: Path) -> set[str]:
    """Return every message id in Python sources and report templates; of a plural, the singular."""
    found: set[str] = set()
    for folder, pattern, method in (("src", "**.py", SOURCES), ("templates", "**.html", "jinja2")):
        for _, _, message, _, _ in extract_from_dir(
            root / folder, method_map=[(pattern, method)], options_map={pattern: {"silent": "false"}}, keywords=KEYWORDS
        ):
            found.add(message if isinstance(message, str) else message[0])
    return found


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    """Return the Indonesian catalogue."""
    path = Path(__file__).parents[2] / "src/qualcode/_locale/id.po"
    with path.open("rb") as stream:
        return read_po(stream, locale="id")


def keys(catalogue: Catalog) -> dict[str, str]:
    """Return translations by message id."""
    return {
        (m.id if isinstance(m.id, str) else m.id[0]): m.string if isinstance(m.string, str) else (m.string or ("",))[0]
        for m in catalogue
        if m.id
    }


UPDATE = "bring it up to date with the two pybabel lines in CONTRIBUTING.md, then translate what is empty"


def test_catalogue_is_complete(catalogue: Catalog, root: Path) -> None:
    """No message of the source lacks an Indonesian form."""
    known = keys(catalogue)

    assert sorted(m for m in extracted(root) if not known.get(m)) == [], UPDATE


def test_catalogue_has_nothing_stale(catalogue: Catalog, root: Path) -> None:
    """No entry is for a message that is gone, and none is only guessed."""
    assert sorted(set(keys(catalogue)) - extracted(root)) == [], UPDATE
    assert [m.id for m in catalogue if m.id and m.fuzzy] == []


def test_translations_keep_the_parameters(catalogue: Catalog) -> None:
    """A translation names the same parameters as its template, so that filling it cannot fail."""

    def names(template: str) -> set[str]:
        try:
            return {name for _, name, _, _ in string.Formatter().parse(template) if name}
        except ValueError:  # a template without parameters may hold bare braces
            return set()

    wrong = [m for m, translation in keys(catalogue).items() if translation and names(m) != names(translation)]

    assert wrong == []


def test_the_quick_reader_reads_what_babel_reads(catalogue: Catalog) -> None:
    """The tool's own reader of the catalogue and Babel's give the same translations."""
    from qualcode import i18n

    assert {key: value for key, value in keys(catalogue).items() if value} == dict(i18n.catalogue("id"))
