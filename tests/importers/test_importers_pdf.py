"""From the lines of a PDF to the talk that was typed: joined, whole, without what only the pages have."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfs import Text, make_pdf

from qualcode.errors import InputError
from qualcode.files.pdf import Line, Page
from qualcode.importers import ImportOptions, ImportResult, Source, read_file
from qualcode.importers.pages.furniture import body_of
from qualcode.importers.pages.lines import lay_lines
from qualcode.importers.pdf import PdfImporter

DATA = Path(__file__).parents[1] / "data" / "importers"
WIDTH = 5.0
"""Points a letter is wide in the pages made here."""


def line(
    text: str, base: float, left: float = 72.0, *, size: float = 12.0, goes_on: bool = False, bold: bool = False
) -> Line:
    cells = [left]
    for part in text.split("\t")[:-1]:
        cells.append(cells[-1] + WIDTH * len(part) + 40)
    last = text.rsplit("\t", 1)[-1]
    return Line(
        text,
        left,
        cells[-1] + WIDTH * len(last),
        base,
        size,
        tuple(cells),
        WIDTH * len(text.split(maxsplit=1)[0]),
        bold=bold,
        goes_on=goes_on,
    )


def page(*lines: Line, number: int = 1) -> Page:
    return Page(number, 595, 842, lines)


def down(*texts: str, top: float = 150.0, step: float = 14.0, left: float = 72.0) -> list[Line]:
    return [line(text, top + step * at, left) for at, text in enumerate(texts)]


FULL = "kata " * 17 + "akhir"
"""A line that reaches the right edge, 72 + 5 × 90 points."""


def laid(*pages: Page, starts: tuple[int, ...] = ()) -> str:
    return lay_lines(body_of(pages), starts).document.text


def read(*pages: list[Text | bytes]) -> ImportResult:
    return PdfImporter().read(Source("uji.pdf", make_pdf(pages)), ImportOptions())


def turns(result: ImportResult) -> list[tuple[str, str]]:
    (transcript,) = result.corpus.transcripts
    return [(turn.speaker, turn.span.of(transcript.text)) for turn in transcript.turns]


def test_a_line_goes_on_where_the_next_word_had_no_room() -> None:
    assert laid(page(*down(FULL, "lanjut.", "Baru."))) == f"{FULL} lanjut.\nBaru."


def test_a_line_that_could_have_held_the_next_word_was_ended_by_its_writer() -> None:
    assert laid(page(*down(FULL, "Ya.", "Tidak.", "Belum."))) == f"{FULL} Ya.\nTidak.\nBelum."


def test_more_space_between_lines_parts_paragraphs_and_much_more_leaves_a_line_empty() -> None:
    lines = [line(FULL, 150), line(FULL, 164), line(FULL, 184), line(FULL, 198), line(FULL, 240), line(FULL, 254)]
    assert laid(page(*lines)) == f"{FULL} {FULL}\n{FULL} {FULL}\n\n{FULL} {FULL}"


def test_an_indented_first_line_begins_a_paragraph_and_a_hanging_one_goes_on() -> None:
    indented = [line(FULL[:80], 150, 122), line(FULL, 164), line(FULL, 178), line(FULL[:80], 192, 122), line(FULL, 206)]
    assert laid(page(*indented)).count("\n") == 1
    hanging = [line(f"P: {FULL[:87]}", 150), line(FULL[:80], 164, 122), line(FULL[:80], 178, 122), line("N: ya", 192)]
    assert laid(page(*hanging), starts=(0, 3)).count("\n") == 1


def test_what_begins_a_turn_begins_a_paragraph_even_behind_a_full_line() -> None:
    assert laid(page(*down(FULL, "N: Ya.")), starts=(1,)) == f"{FULL}\nN: Ya."


def test_paragraphs_go_on_over_the_page() -> None:
    first = page(*down(FULL, FULL))
    second = page(*down("lanjut di sini.", "Baru."), number=2)
    assert laid(first, second) == f"{FULL} {FULL} lanjut di sini.\nBaru."


@pytest.mark.parametrize(
    ("end", "begin", "joined"),
    [
        ("anak-", "anak itu", "anak-anak itu"),
        ("teman-", "temannya", "teman-temannya"),
        ("berlari-", "lari", "berlari-lari"),
        ("sayur-", "mayur", "sayur-mayur"),
        ("Sabtu-", "Minggu", "Sabtu-Minggu"),
        ("kebersa-", "maan", "kebersamaan"),
        ("rumah -", "begitu", "rumah - begitu"),
        ("2020-", "2021", "2020-2021"),
        ("se-", "Indonesia", "se-Indonesia"),
        ("ke\u00ad", "mudian", "kemudian"),
        ("ibu-", "bapak", "ibu-bapak"),
    ],
)
def test_a_word_broken_at_the_end_of_a_line_is_whole_again(end: str, begin: str, joined: str) -> None:
    known = "kebersamaan itu penting bagi ibu dan bapak"
    room = FULL[: 90 - len(end) - 1] + " " + end
    assert laid(page(*down(known, FULL, room, begin))).endswith(joined)


def test_what_comes_back_on_the_pages_is_left_out_and_said() -> None:
    pages = [
        page(
            line("Transkrip Wawancara", 40, 200),
            *down("P: Sudah lama?", f"N: Sejak {1990 + n}.", "1998", top=120),
            line(str(n), 800, 300),
            number=n,
        )
        for n in (1, 2, 3)
    ]
    body = body_of(pages)
    assert body.running == (("Transkrip Wawancara", 3),)
    assert body.numbered == 3
    assert [item.line.text for item in body.lines] == [
        text for n in (1, 2, 3) for text in ("P: Sudah lama?", f"N: Sejak {1990 + n}.", "1998")
    ]


def test_labels_and_speech_at_the_edge_of_pages_stay() -> None:
    pages = [page(*down("Informan", f"Ya, yang ke-{n} itu.", "betul", top=60), number=n) for n in (1, 2, 3, 4)]
    body = body_of(pages)
    assert (body.running, len(body.lines)) == ((), 12)


def test_line_numbers_are_left_out() -> None:
    pages = [
        page(
            *[line(f"{n * 20 + at}\tkata kata kata {at}", 100 + 14 * at, 50) for at in range(20)],
            number=n + 1,
        )
        for n in range(2)
    ]
    body = body_of(pages)
    assert body.counted == 40
    assert all(item.line.text.startswith("kata") for item in body.lines)


def test_a_table_of_numbers_keeps_them() -> None:
    ages = [line(f"{age}\ttahun", 100 + 14 * at) for at, age in enumerate((41, 19, 33, 28, 50, 61, 22, 37, 45, 30, 27))]
    assert body_of([page(*ages)]).counted == 0


def test_footnotes_stand_behind_the_talk() -> None:
    lines = [*down(FULL, "Upahnya kecil.1", FULL, FULL, FULL, FULL), line("1 Tahun 2024.", 780, size=9)]
    found = lay_lines(body_of([page(*lines)]), ())
    assert found.document.text[found.document.notes_start :] == "\n1 Tahun 2024."


def test_two_columns_are_read_one_after_the_other_and_doubted() -> None:
    left = [line("kiri " * 7 + "ya", 100 + 14 * at) for at in range(25)]
    right = [line("kanan " * 6 + "ya", 100 + 14 * at, 320) for at in range(25)]
    found = lay_lines(body_of([page(*left, *right)]), ())
    assert found.columns == (1,)
    assert found.document.text.index("kanan") > found.document.text.rindex("kiri")


def test_bullets_are_said_not_written() -> None:
    found = lay_lines(body_of([page(*down("• beras", "• gula"))]), ()).document
    assert (found.text, found.listed) == ("beras\ngula", ((0, "bullet"), (6, "bullet")))


def test_pictures_of_pages_need_ocr() -> None:
    picture = b"q 500 0 0 700 40 60 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"
    with pytest.raises(InputError, match="OCR"):
        read([picture], [picture])
    talk = [Text(72, 100 + 20 * at, text) for at, text in enumerate(("P: Apa?", "N: Itu.", "P: Lalu?", "N: Ya."))]
    found = read(talk, [picture])
    assert len(turns(found)) == 4
    assert any("pages 2, only pictures" in str(finding) for finding in found.findings)


def test_a_label_in_the_middle_of_what_somebody_tells_divides_nothing() -> None:
    wide = "N: Saya kecilin tahunya, lalu diketawain sama orang yang jaga di situ, kata"
    texts = ["P: Terus?", wide, "satpam: ini tahu apa dadu. Tapi ya sudah.", "P: Lalu?", "N: Begitu."]
    talk = [Text(72, 100 + 16 * at, text) for at, text in enumerate(texts)]
    assert turns(read(list(talk)))[1] == ("N", f"{wide[3:]} {texts[2]}")


@pytest.mark.parametrize("name", ["two_speakers", "kepala_tabel", "percakapan_tabel"])
def test_the_same_interview_has_the_same_turns_in_every_format(name: str) -> None:
    found = {suffix: read_file(DATA / suffix / f"{name}.{suffix}") for suffix in ("odt", "rtf", "pdf")}
    wanted = turns(found["odt"])
    assert len(wanted) >= 4
    assert turns(found["rtf"]) == wanted
    assert [(who, " ".join(said.split())) for who, said in turns(found["pdf"])] == wanted
    people = [[(p.id, dict(p.attributes)) for p in result.corpus.informants] for result in found.values()]
    assert people[0] == people[1] == people[2]


places = st.tuples(
    st.sampled_from([72.0, 90.0, 122.0, 300.0]), st.sampled_from([0.0, 10.0, 14.0, 14.0, 20.0, 60.0, -200.0])
)
texts = st.lists(
    st.sampled_from(["satu", "dua tiga", "anak-", "anak", "• empat", "P: lima", "6", "7\tdelapan", "ﬁlm", FULL]),
    min_size=1,
    max_size=3,
).map(" ".join)


@given(st.lists(st.tuples(places, texts, st.integers(1, 3)), min_size=1, max_size=25))
def test_nothing_is_lost_and_nothing_comes_twice(some: list[tuple[tuple[float, float], str, int]]) -> None:
    by_page: dict[int, list[Line]] = {}
    base = 300.0
    for (left, step), text, number in some:
        base = max(base + step, 215.0)
        by_page.setdefault(number, []).append(line(text, base, left))
    body = body_of([page(*lines, number=number) for number, lines in sorted(by_page.items())])
    found = lay_lines(body, ())

    def letters(text: str) -> str:
        return "".join(c for c in text.replace("ﬁ", "fi") if c not in " \n\t-•")

    kept = "".join(letters(item.line.text) for item in (*body.lines, *body.notes))
    assert letters(found.document.text) == kept
    left_out = sum(n for _, n in body.running) + body.numbered
    written = sum(len(lines) for lines in by_page.values())
    assert len(kept) <= sum(len(letters(text)) for _, text, _ in some)
    assert left_out <= written
