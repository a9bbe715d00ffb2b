"""What a report says of marks that people did or did not make: stances, and who differs from whom."""

from __future__ import annotations

import pytest
from corpora import coding, corpus, transcript
from reading import Page, pages

from qualcode.model import Corpus
from qualcode.reports import build

SARI = transcript(
    "sari",
    "P: Gimana jualannya, Bu?\nN: Nggak tentu. Kadang rame kadang sepi.\nP: Punya BPJS?\nN: Nggak.\nN: Kalo ujan nol.\n",
)


def made(of: Corpus, **options: object) -> dict[str, Page]:
    """Return the pages of a report."""
    return pages(build(of, version="9.9", **options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "heading", "said"), [("tak-pasti", "Tantangan", "ada"), ("nilai", "Strategi", "dilakukan")]
)
def test_codings_without_a_stance_are_said_to_have_none(code: str, heading: str, said: str) -> None:
    """Nobody marked that the matter is present: nothing beside the passage may say so."""
    files = made(corpus([SARI], [coding(SARI, 2, code)]))

    text = files["informan/sari.html"].section(heading)
    assert "sikap tidak ditandai" in text
    assert said not in text.replace("Strategi", "").split()
    assert "sikap tidak ditandai" in files[f"kode/{code}.html"].section("Kutipan")
    assert "●" not in files["informan/sari.html"].text
    assert "●" not in files[f"kode/{code}.html"].text


def test_matrix_alone_has_the_full_dot_for_unmarked_stances_and_says_so() -> None:
    """Its legend tells that the dot stands for both; the words beside it do not claim more."""
    page = made(corpus([SARI], [coding(SARI, 2, "tak-pasti")]))["index.html"]

    text = page.section("Matriks informan × kode")
    assert "● sikap tidak ditandai 1" in text
    assert "● ada" in text
    assert "sikap tidak ditandai" in text.rpartition("● ada")[2]


def test_unmarked_against_denied_is_no_difference_on_the_stance() -> None:
    """A coder who marked no stance said nothing that another could differ from."""
    page = made(corpus([SARI], [coding(SARI, 2, "tak-pasti"), coding(SARI, 2, "tak-pasti", "dewi", "denied")]))[
        "informan/sari.html"
    ]

    assert "sikapnya ditandai berbeda" not in page.text
    assert "Pengode berbeda" not in page.text
    assert "Yang tidak sejalan" not in page.headings


def test_two_marks_of_one_coder_are_no_difference_between_coders() -> None:
    """Rani marks both; Dewi marks the words without a stance."""
    marks = [
        coding(SARI, 2, "tak-pasti", stance="present"),
        coding(SARI, 2, "tak-pasti", stance="denied", words="Kadang rame"),
        coding(SARI, 2, "tak-pasti", "dewi"),
    ]
    page = made(corpus([SARI], marks))["informan/sari.html"]

    assert "sikapnya ditandai berbeda" not in page.text
    assert "Pengode berbeda" not in page.text


def test_past_against_planned_is_a_difference_although_the_sign_is_one() -> None:
    """Two coders, two marks."""
    page = made(corpus([SARI], [coding(SARI, 2, "nilai", stance="past"), coding(SARI, 2, "nilai", "dewi", "planned")]))[
        "informan/sari.html"
    ]

    assert "sikapnya ditandai berbeda" in page.section("Strategi")


def test_unmarked_beside_denied_is_no_contradiction() -> None:
    """Only a passage that somebody marked as stated can stand against one that is denied."""
    page = made(corpus([SARI], [coding(SARI, 2, "tak-pasti"), coding(SARI, 5, "tak-pasti", stance="denied")]))[
        "informan/sari.html"
    ]

    assert "sekaligus disangkal" not in page.text


def test_code_page_says_how_unmarked_stances_are_counted() -> None:
    """The count of those who say it of themselves takes them in, so the page must tell."""
    files = made(corpus([SARI], [coding(SARI, 2, "tak-pasti"), coding(SARI, 4, "jaminan", stance="present")]))

    said = "Pengodean tanpa sikap dihitung di sini sebagai ada."
    assert said in files["kode/tak-pasti.html"].section("Kutipan")
    assert said not in files["kode/jaminan.html"].text
