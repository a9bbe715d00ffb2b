"""What keeps a report readable on a narrow screen and on paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from corpora import coding, corpus, suggestion, transcript
from reading import Page, pages

from qualcode.model import Code, Codebook, Family
from qualcode.reports import build
from qualcode.reports.figures import Bar, Row, Strip, bars, codeline

STYLE = Path(__file__).parents[2] / "templates/report/gaya.css"
LONG = "Kurangnya representasi dalam serikat pekerja atau wadah lain yang sejenis"
SARI = transcript("sari", "P: Gimana, Bu?\nN: Nggak tentu. Kadang rame kadang sepi.\n")


def study(n: int) -> dict[str, Page]:
    """Return the report of a study with *n* codes."""
    codes = tuple(Code(f"kode-{number}", f"{LONG} {number}", family="tantangan") for number in range(n))
    book = Codebook("b", codes, (Family("tantangan", "Tantangan", kind="challenge"),))
    return pages(build(corpus([SARI], [coding(SARI, 2, "kode-0")], codebook=book), version="1"))


def test_names_in_drawings_are_whole_and_no_drawing_shrinks_its_words() -> None:
    """Words in a view box get smaller with the screen; these are HTML, or SVG at the size of the style sheet."""
    files = study(3)

    for path in ("index.html", "informan/sari.html"):
        (figure,) = files[path].tree.xpath("//figure[@class='lukisan']")
        assert f"{LONG} 0" in " ".join(figure.itertext())
        assert "…" not in " ".join(figure.itertext())
        assert not figure.xpath(".//svg[@viewBox]")
        assert not figure.xpath(".//*[@style]")
    sizes = [float(n) for n in re.findall(r"font-size: ([\d.]+)px", STYLE.read_text(encoding="utf-8"))]
    assert sizes
    assert min(sizes) >= 11


def test_bars_are_shares_of_all_informants() -> None:
    """Three of four people take three quarters; nobody takes nothing."""
    drawn = bars(
        [Bar("T1", "Satu", "warm1", 3, 1), Bar("T2", "Dua", "warm2", 0)], whole=4, title="Judul", description="Isi"
    )

    assert 'width="75%" height="14"' in drawn
    assert 'width="25%" height="4"' in drawn
    assert drawn.count("<rect") == 2
    assert "3 (○ 1)" in drawn
    assert bars([], whole=0, title="Judul", description="Isi").count("<rect") == 0


@pytest.mark.parametrize(("start", "end", "x", "width"), [(0.25, 0.5, "25%", "25%"), (1.0, 1.0, "99.4%", "0.6%")])
def test_strips_stand_at_their_share_of_the_text_and_inside_it(start: float, end: float, x: str, width: str) -> None:
    """Even the last word is seen."""
    row = Row("T1", "Satu", "warm1", (Strip(start, end, "filled", "giliran 2"),))
    drawn = codeline([row], ticks=[(0.5, "10")], title="Judul", description="Isi")

    assert f'x="{x}" y="3" width="{width}"' in drawn
    assert 'x="50%"' in drawn
    assert "giliran 2" in drawn


def test_drawings_say_what_they_show_to_those_who_do_not_see_them() -> None:
    """One image with a name; the table below has the figures."""
    hit = suggestion(SARI, 2, "nilai")
    for files in (study(2), pages(build(corpus([SARI], suggestions=(hit,)), version="1"))):
        for figure in files["index.html"].tree.xpath("//figure[@class='lukisan']"):
            (image,) = figure.xpath(".//*[@role='img']")
            assert "tabel di bawah" in image.get("aria-label").lower()


def test_wide_tables_can_be_scrolled_by_keyboard_and_say_so() -> None:
    """Every table stands in a region that takes focus; those with many columns carry a hint for narrow screens."""
    page = study(3)["index.html"]

    for table in page.tree.iter("table"):
        region = table.getparent()
        assert (region.get("role"), region.get("tabindex")) == ("region", "0")
        if len(table.xpath("./thead//th")) > 3:
            assert "geser tabel" in " ".join(region.xpath("./p[contains(@class, 'geser')]/text()"))


def test_a_wide_table_does_not_widen_its_page() -> None:
    """Words for screen readers stand absolutely; a region that is not positioned itself would let them out of its bounds."""
    style = STYLE.read_text(encoding="utf-8")

    assert ".sr { position: absolute" in style
    assert ".gulir { position: relative; overflow-x: auto" in style


@pytest.mark.parametrize(("n", "landscape"), [(9, False), (30, True)])
def test_paper_is_turned_only_for_matrices_too_wide_for_it(n: int, *, landscape: bool) -> None:
    """A turned page begins anew and leaves the one before it empty."""
    assert bool(study(n)["index.html"].tree.xpath("//div[contains(@class, 'lebar')]")) == landscape
