"""What a page leaves in pasted text is found where it proves itself, and speech is never taken for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.importers.pages.debris import debris

TALK = "P: Kalau sehari dapat berapa, Bu?\nN: Nggak tentu, kadang ramai kadang sepi, ya dicukup-cukupkan saja buat makan.\n"


def found(text: str) -> list[str]:
    return [span.of(text) for span in debris(text)]


def pages(*edges: str) -> str:
    return "".join(f"{TALK * 3}{edge}\n" for edge in edges)


@pytest.mark.parametrize(
    "edges",
    [
        ["1", "2", "3"],
        ["11", "12", "13", "14"],
        ["1", "2", "4", "5"],  # the third page lacks its number
        ["- 1 -", "- 2 -"],
        ["Halaman 7 dari 9", "Halaman 8 dari 9"],
        ["hal. 3", "hal. 4"],
        ["[12]", "[13]"],
        ["Universitas Rekaan | 41", "Universitas Rekaan | 42", "Universitas Rekaan | 43"],
    ],
)
def test_page_numbers_that_count_on_are_found(edges: list[str]) -> None:
    assert found(pages(*edges)) == edges


def test_running_heads_beside_them_are_found_too() -> None:
    text = "".join(f"{TALK * 3}\n{n}\nLampiran 2\nTranskrip Wawancara Rekaan\n\n" for n in (4, 5, 6, 7))
    assert found(text) == [line for n in (4, 5, 6, 7) for line in (str(n), "Lampiran 2", "Transkrip Wawancara Rekaan")]


def test_a_number_beside_a_form_feed_is_that_of_a_page_but_a_year_may_not_be() -> None:
    assert found(f"{TALK}12\f{TALK}") == ["12"]
    assert found(f"Skripsi\n2025\f{TALK}") == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "P: Tahun berapa?\nN:\n1998\nP: Lalu?\nN:\n1999\nP: Terus?\nN:\n2000\n",  # years that count on, but no page apart
        "N: Saya hitung ya.\n1\n2\n3\n4\n",
        pages("2", "8"),
        pages("3"),
        pages("150000", "150001", "150002"),
        pages("7", "7", "7"),
        pages("3", "2", "1"),
        pages("Wawancara 1", "Wawancara 2", "Wawancara 3"),
        pages("P:", "P:", "P:"),
    ],
)
def test_what_may_be_speech_stays(text: str) -> None:
    assert found(text) == []


def test_labels_and_what_is_often_said_are_no_running_heads() -> None:
    text = "".join(f"{TALK * 3}Narasumber\nIya.\n{n}\n" for n in (1, 2, 3, 4))
    assert found(text) == ["1", "2", "3", "4"]
    often = "".join(f"{TALK}Betul itu, Mbak.\n{TALK * 2}Betul itu, Mbak.\n{n}\n" for n in (1, 2, 3, 4))
    assert found(often) == ["1", "2", "3", "4"]


def test_a_column_of_numbers_takes_no_time() -> None:
    assert debris("\n".join(map(str, range(100_000)))) == ()


@given(st.lists(st.sampled_from(["1", "2", "3", "4", "- 5 -", "Kepala", TALK, "", "\f", "hal. 2"]), max_size=40))
def test_spans_are_whole_lines_in_order(some: list[str]) -> None:
    text = "\n".join(some)
    end = -1
    for span in debris(text):
        assert span.start > end
        line = text[
            text.rfind("\n", 0, span.start) + 1 : text.find("\n", span.end) if "\n" in text[span.end :] else len(text)
        ]
        assert span.of(text) in line.replace("\f", "\n").split("\n") or span.of(text) == line.strip()
        end = span.end
