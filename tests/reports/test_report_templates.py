"""Sections as plug-ins, and templates that users override."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from corpora import coding, corpus, transcript
from jinja2 import Environment, meta
from reading import pages

from qualcode.errors import InputError
from qualcode.i18n import catalogue
from qualcode.model import Corpus
from qualcode.reports import blocks, build
from qualcode.reports.render import Article, Document, SectionView
from qualcode.reports.section import Section
from qualcode.reports.sections import registry, sections_of

TEMPLATES = Path(__file__).parents[2] / "templates/report"


@pytest.fixture
def study() -> Corpus:
    """Return a study of one interview with one coding."""
    talk = transcript("sari", "P: Gimana?\nN: Sepi terus dari pagi sampai sore.\n")
    return corpus([talk], [coding(talk, 2, "tak-pasti")])


@pytest.mark.parametrize("name", registry.builtins)
def test_section_is_described_titled_and_placed(name: str) -> None:
    """Every built-in section has a docstring, a title in both languages, a page and a place."""
    section = registry.get(name)

    assert issubclass(section, Section)
    assert section.__doc__
    assert section.title in catalogue("id")
    assert name.startswith(section.page)


@pytest.mark.parametrize("page", ["overview", "informant", "code", "source"])
def test_sections_of_a_page_have_places_of_their_own(page: str) -> None:
    """Two sections never compete for a place."""
    orders = [section.order for _, section in sections_of(page)]  # type: ignore[arg-type]

    assert len(orders) == len(set(orders)) > 1


def test_every_kind_of_block_has_a_template() -> None:
    """A block without a template, or a template without a block, is a mistake."""
    kinds = {kind.kind for kind in blocks.Block.__subclasses__()}

    assert kinds == {path.stem for path in (TEMPLATES / "blocks").glob("*.html")}


def test_templates_use_only_what_the_documented_fields_give() -> None:
    """A field taken away from the classes breaks this test before it breaks a user's template."""
    environment = Environment(autoescape=True)
    documented = {f.name for f in fields(Document)} | {"article", "section", "block", "_", "render", "render_section"}
    for path in sorted(TEMPLATES.rglob("*.html")):
        used = meta.find_undeclared_variables(environment.parse(path.read_text(encoding="utf-8")))
        assert used <= documented, path.name


def test_fields_given_to_templates_are_described() -> None:
    """Each field says what it holds."""
    for kind in (Document, Article, SectionView):
        for f in fields(kind):
            assert f.metadata.get("help"), f"{kind.__name__}.{f.name}"


def test_user_restyles_one_section_and_keeps_the_rest(study: Corpus, tmp_path: Path) -> None:
    """A section's template extends the shipped one; everything else is as before."""
    (tmp_path / "section-overview_method.html").write_text(
        '{% extends "default:section.html" %}{% block body %}<p>{{ _("Overview") }}: <i>{{ section.title }}</i></p>{{ super() }}{% endblock %}',
        encoding="utf-8",
    )
    page = pages(build(study, version="1", templates=tmp_path))["index.html"]

    assert "Ikhtisar: Bahan dan cara" in page.section("Bahan dan cara")
    assert "Kata dari informan" in page.section("Bahan dan cara")


def test_users_templates_are_escaped_too(tmp_path: Path) -> None:
    """Autoescape is on for whatever a user writes."""
    talk = transcript("sari", "P: Gimana?\nN: <b>Sepi</b> terus dari pagi.\n")
    (tmp_path / "blocks").mkdir()
    (tmp_path / "blocks/quotes.html").write_text(
        "{% for q in block.items %}<q>{{ q.text }}</q>{% endfor %}", encoding="utf-8"
    )
    files = build(corpus([talk], [coding(talk, 2, "nilai")]), version="1", templates=tmp_path)

    assert b"<q>&lt;b&gt;Sepi&lt;/b&gt; terus dari pagi.</q>" in files["kode/nilai.html"]


def test_users_style_sheet_is_allowed_by_the_policy(study: Corpus, tmp_path: Path) -> None:
    """The policy follows the style sheet; one that could close the element is refused."""
    (tmp_path / "gaya.css").write_text("p { color: navy }", encoding="utf-8")
    first = pages(build(study, version="1", templates=tmp_path))["index.html"].source
    assert "<style>p { color: navy }</style>" in first
    assert first.split("sha256-")[1] != pages(build(study, version="1"))["index.html"].source.split("sha256-")[1]

    (tmp_path / "gaya.css").write_text("</style><script>", encoding="utf-8")
    with pytest.raises(InputError, match=r"gaya\.css"):
        build(study, version="1", templates=tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ section.titel }}", r"section\.html:1: .*titel"),
        ("{% if %}", r"section\.html:1"),
        ("{{ nothing_here }}", "nothing_here"),
    ],
)
def test_broken_templates_are_named(study: Corpus, tmp_path: Path, text: str, said: str) -> None:
    """A misspelt field is an error, never an empty place in the report."""
    (tmp_path / "section.html").write_text(text, encoding="utf-8")

    with pytest.raises(InputError, match=said):
        build(study, version="1", templates=tmp_path)


def test_template_folder_must_be_there(study: Corpus, tmp_path: Path) -> None:
    """A mistyped folder is not passed over in silence."""
    with pytest.raises(InputError, match="nowhere"):
        build(study, version="1", templates=tmp_path / "nowhere")
