"""Pictures of curves: well formed whatever they are called, the same every time, and nothing in them acts."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from qualcode.reports.curves import HEIGHT, NUMBER, WIDTH, Axis, Dot, Line, Panel, panels, tiles

AXIS = Axis("bagian & <b>", ((0.0, "0 %"), (1.0, "100 %")))
ATTACK = '"><script>alert(1)</script>'
SVG = "{http://www.w3.org/2000/svg}"


def drawn(*shown: Panel) -> str:
    return panels(shown, title=ATTACK, description=ATTACK, x=AXIS, y=AXIS)


def test_names_cannot_act() -> None:
    line = Line(ATTACK, ((0.0, 0.0), (1.0, 1.0)))
    picture = drawn(Panel(ATTACK, (line,), (Dot(0.5, 0.5, 0.4, 0.6, ATTACK),), ATTACK))
    tree = ElementTree.fromstring(picture)

    assert tree.find(f".//{SVG}script") is None
    assert tree.findtext(f"{SVG}title") == ATTACK
    assert "style=" not in picture  # the page's policy allows no style attribute


def test_curves_run_from_corner_to_corner() -> None:
    tree = ElementTree.fromstring(drawn(Panel("a", (Line("x", ((0.0, 0.0), (1.0, 1.0))),))))
    line = tree.find(f".//{SVG}polyline")

    assert line is not None
    assert line.get("points") == f"0,{HEIGHT} {WIDTH},0"


def test_one_name_has_one_look_in_all_panels() -> None:
    a, b = Line("a", ((0.0, 0.0), (1.0, 1.0))), Line("b", ((0.0, 0.5), (1.0, 0.5)))
    tree = ElementTree.fromstring(drawn(Panel("1", (a, b)), Panel("2", (b,))))
    looks = [line.get("stroke") for line in tree.iter(f"{SVG}polyline")]

    assert looks[1] == looks[2] != looks[0]


def test_a_panel_without_curves_says_why() -> None:
    tree = ElementTree.fromstring(drawn(Panel("a", note="tidak ada bagian yang berkode ini sama sekali")))
    words = " ".join(text.text or "" for text in tree.iter(f"{SVG}text"))

    assert "tidak ada bagian yang berkode" in words


def test_the_same_panels_give_the_same_bytes() -> None:
    panel = Panel("a", (Line("x", ((0.0, 0.1), (1 / 3, 2 / 3), (1.0, 1.0)), ((0.0, 0.0, 0.2), (1.0, 0.9, 1.0))),))

    assert drawn(panel) == drawn(panel)
    assert drawn() == drawn()


def test_in_a_page_each_panel_is_a_picture_that_says_its_points() -> None:
    shown = [
        Panel("Upah", dots=(Dot(0.5, 0.4, 0.2, 0.6, "40 % dari 12", "12"),)),
        Panel("Hujan", note="tidak ada bagian"),
    ]
    tree = ElementTree.fromstring(tiles(shown, title="Kalibrasi", description="Uraian", x=AXIS, y=AXIS))
    labels = [picture.get("aria-label") for picture in tree.iter(f"{SVG}svg")]

    assert tree.get("aria-label") == "Kalibrasi. Uraian"
    assert labels == ["Upah; 40 % dari 12", "Hujan; tidak ada bagian"]


def test_in_a_page_names_cannot_act_and_looks_are_the_pages_own() -> None:
    line = Line(ATTACK, ((0.0, 0.0), (1.0, 1.0)))
    picture = tiles([Panel(ATTACK, (line,), note=ATTACK)], title=ATTACK, description=ATTACK, x=AXIS, y=AXIS)
    tree = ElementTree.fromstring(picture)

    assert tree.find(f".//{SVG}script") is None
    assert "style=" not in picture
    assert {text.get("fill") for text in tree.iter(f"{SVG}text")} == {"currentColor"}
    assert "#fff" not in picture


@given(st.lists(st.floats(0, 1), min_size=1, max_size=10))
def test_on_how_many_dots_rest_can_be_read_however_near_they_are(places: list[float]) -> None:
    dots = tuple(Dot(x, 0.5, 0.4, 0.6, "", f"{number}99") for number, x in enumerate(places))
    tree = ElementTree.fromstring(drawn(Panel("a", dots=dots)))
    numbers = [text for text in tree.iter(f"{SVG}text") if (text.text or "").endswith("99")]
    at = [float(text.get("x") or 0) for text in numbers]

    assert at == sorted(at)
    assert all(b - a > NUMBER - 0.1 for a, b in pairwise(at))  # drawn to a tenth of a point
    assert min(at) > -0.1
    assert max(at) < WIDTH + 0.1
    assert {text.get("y") for text in numbers} == {str(HEIGHT + 50)}
    in_order = sorted(range(len(places)), key=lambda number: places[number])
    assert [text.text for text in numbers] == [f"{number}99" for number in in_order]


def test_a_long_title_takes_two_lines_and_is_whole_for_who_points_at_it() -> None:
    name = "Kurangnya representasi pekerja informal dalam serikat pekerja dan perkumpulan di lingkungan tempat tinggal"
    tree = ElementTree.fromstring(drawn(Panel(name)))
    lines = [text.text or "" for text in tree.iter(f"{SVG}text") if text.get("font-weight") == "600"][1:]

    assert len(lines) == 2
    assert name.startswith(lines[0])
    assert lines[1].endswith("…")
    assert name in [title.text for title in tree.iter(f"{SVG}title")]
