"""Tables in a PDF, ruled or not, come in as the tables of a word processor do: talk as turns, codes as codings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfs import Text, make_pdf

from qualcode.files.pdf import Page, Rule, read_pdf
from qualcode.importers import ImportOptions, ImportResult, Source
from qualcode.importers.pages.cells import TableRow
from qualcode.importers.pages.furniture import body_of
from qualcode.importers.pages.lines import lay_lines
from qualcode.importers.pages.tables import with_tables
from qualcode.importers.pdf import PdfImporter

Cells = Sequence[str]
STEP = 14.0
HEAD = ("No", "Pelaku", "Verbatim", "Kode", "Kategori")
LEFTS = (72.0, 100.0, 150.0, 360.0, 450.0, 540.0)
CODED: tuple[Cells, ...] = (
    ("1", "P", "Kenapa memilih sekolah\ndi rumah?", "", ""),
    (
        "2",
        "I",
        "Karena anak saya sering diganggu\ndi sekolah yang dulu, jadi kami\npindah.",
        "pengalaman\nperundungan",
        "alasan",
    ),
    ("3", "P", "Siapa yang mengajar?", "", ""),
    ("4", "I", "Saya sendiri, dibantu\ntutor.", "peran ibu", "pelaksanaan"),
)


def rows(
    cells: Sequence[Cells], lefts: Sequence[float], *, top: float = 120.0, ruled: bool = False, centred: bool = False
) -> list[Text | bytes]:
    """Return the rows of a table, drawn; the lines of a cell are given."""
    drawn: list[Text | bytes] = []
    y = top
    edges = [y - 11]
    for number, row in enumerate(cells):
        for at, cell in enumerate(row):
            for line, text in enumerate(cell.split("\n")):
                shift = (lefts[at + 1] - lefts[at] - 6 * len(text)) / 2 if centred and not number else 0
                if text:
                    drawn.append(Text(lefts[at] + max(shift, 0), y + STEP * line, text, 10))
        y += STEP * max(cell.count("\n") + 1 for cell in row)
        edges.append(y - 11)
    if ruled:
        drawn += [b"%.1f %.1f %.1f 0.5 re f" % (lefts[0] - 4, 842 - edge, lefts[-1] - lefts[0]) for edge in edges]
        drawn += [b"%.1f %.1f m %.1f %.1f l S" % (x - 4, 842 - edges[0], x - 4, 842 - edges[-1]) for x in lefts]
    return drawn


def read(*pages: list[Text | bytes]) -> ImportResult:
    return PdfImporter().read(Source("uji.pdf", make_pdf(pages)), ImportOptions())


def turns(result: ImportResult) -> list[tuple[str, str]]:
    (transcript,) = result.corpus.transcripts
    return [(turn.role.value, " ".join(turn.span.of(transcript.text).split())) for turn in transcript.turns]


def codings(result: ImportResult) -> list[tuple[str, str]]:
    (transcript,) = result.corpus.transcripts
    names = {code.key: code.name for code in result.corpus.codebook}
    spans = ((names[c.code], c.span.of(transcript.text)) for c in result.corpus.codings)
    return sorted((name, " ".join(text.split())) for name, text in spans)


SAID = [
    ("interviewer", "Kenapa memilih sekolah di rumah?"),
    ("informant", "Karena anak saya sering diganggu di sekolah yang dulu, jadi kami pindah."),
    ("interviewer", "Siapa yang mengajar?"),
    ("informant", "Saya sendiri, dibantu tutor."),
]
MEANT = [("pengalaman perundungan", SAID[1][1]), ("peran ibu", SAID[3][1])]


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("centred", [True, False])
def test_a_coded_table_gives_turns_and_codings(ruled: bool, centred: bool) -> None:
    above, below = (
        Text(72, 80, "Verbatim Ibu Fa"),
        Text(72, 330, "Demikian wawancara dengan Ibu Fa di rumah beliau sendiri."),
    )
    result = read([above, *rows((HEAD, *CODED), LEFTS, ruled=ruled, centred=centred), below])
    assert turns(result)[:3] == SAID[:3]
    assert turns(result)[3][1].startswith(SAID[3][1])
    assert codings(result) == MEANT
    text = result.corpus.transcripts[0].text
    assert text.startswith("Verbatim Ibu Fa\n")
    assert text.endswith("Demikian wawancara dengan Ibu Fa di rumah beliau sendiri.")


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("again", [True, False])
def test_a_table_goes_on_over_the_page_with_its_headings_or_without(ruled: bool, again: bool) -> None:
    first, second = (HEAD, *CODED[:2]), ((HEAD,) if again else ()) + CODED[2:]
    pages = [
        [*rows(first, LEFTS, top=60, ruled=ruled), Text(300, 800, "87", 10)],
        [*rows(second, LEFTS, top=60, ruled=ruled), Text(300, 800, "88", 10)],
    ]
    result = read(*pages)
    assert turns(result) == SAID
    assert codings(result) == MEANT
    said = [f"{finding.level}: {finding}" for finding in result.findings]
    assert any("came again on 1 pages" in text for text in said) is again
    assert any(text.startswith("doubtful") and "without rules, on pages 1, 2" in text for text in said) is not ruled
    assert any("rows of ruled tables" in text for text in said) is ruled


@pytest.mark.parametrize("ruled", [True, False])
def test_a_row_parted_by_a_page_break_is_one_row_again(ruled: bool) -> None:
    begun = (
        "2",
        "I",
        "Karena anak saya sering diganggu\ndi sekolah yang dulu, jadi kami",
        "pengalaman\nperundungan",
        "alasan",
    )
    rest = ("", "", "pindah.", "", "")
    pages = [
        [*rows((HEAD, CODED[0], begun), LEFTS, top=60, ruled=ruled), Text(300, 800, "1", 10)],
        [*rows((HEAD, rest, *CODED[2:]), LEFTS, top=60, ruled=ruled), Text(300, 800, "2", 10)],
    ]
    result = read(*pages)
    assert turns(result) == SAID
    assert codings(result) == MEANT


@pytest.mark.parametrize("ruled", [True, False])
def test_questions_and_answers_beside_each_other(ruled: bool) -> None:
    cells = (
        ("No", "Pertanyaan", "Jawaban"),
        ("1", "Apa tujuan komunitas\nini?", "Menghidupkan bacaan di\nkampung, mulai dari rak\nbuku di pos ronda."),
        ("2", "Siapa relawannya?", "Karang taruna dan\nibu-ibu."),
        ("3", "Dananya?", "Patungan saja."),
    )
    result = read([Text(72, 80, "Hasil Wawancara"), *rows(cells, (72, 110, 300, 520), ruled=ruled)])
    assert turns(result) == [
        (role, " ".join(row[at].split())) for row in cells[1:] for role, at in (("interviewer", 1), ("informant", 2))
    ]


@pytest.mark.parametrize("ruled", [True, False])
def test_the_answers_of_each_informant_have_their_column(ruled: bool) -> None:
    cells = (
        ("No", "Pertanyaan", "Informan 1", "Informan 2"),
        ("1", "Bagaimana alurnya?", "Lewat aplikasi,\nambil nomor.", "Saya ke loket\nsaja."),
        ("2", "Ada keluhan?", "Antrenya lama\nsekali.", "Petugas kurang\nsenyum."),
    )
    result = read([Text(72, 80, "Hasil Wawancara"), *rows(cells, (72, 110, 260, 400, 540), ruled=ruled)])
    assert [role for role, _ in turns(result)] == ["interviewer", "informant", "informant"] * 2
    assert turns(result)[1][1] == "Lewat aplikasi, ambil nomor."
    assert len(result.corpus.informants) == 2


def test_merged_cells_go_on_and_wide_ones_take_several_columns() -> None:
    lefts = (72.0, 300.0, 400.0, 520.0)
    strokes = [(68, 100, 516, 100), (68, 120, 516, 120), (68, 140, 516, 140), (68, 160, 396, 160), (68, 180, 516, 180)]
    upright = [(68, 100, 68, 180), (296, 120, 296, 180), (396, 120, 396, 180), (516, 100, 516, 180)]
    drawn = [b"%d %d m %d %d l S" % (x, 842 - y, right, 842 - bottom) for x, y, right, bottom in (*strokes, *upright)]
    texts = [
        Text(200, 114, "Hasil koding"), Text(72, 134, "Verbatim"), Text(300, 134, "Kode"), Text(400, 134, "Kategori"),
        Text(72, 154, "Sudah lama sekali, Mbak."), Text(300, 154, "lama"), Text(400, 154, "waktu"),
        Text(72, 174, "Sejak menikah itu."), Text(300, 174, "menikah"),
    ]  # fmt: skip
    (page,) = with_tables(read_pdf(make_pdf([[*drawn, *texts]]), file="uji.pdf"))
    found = [line for line in page.lines if isinstance(line, TableRow)]
    assert [[(cell.column, cell.words, cell.merged) for cell in row.row] for row in found] == [
        [(0, "Hasil koding", False)],
        [(0, "Verbatim", False), (1, "Kode", False), (2, "Kategori", False)],
        [(0, "Sudah lama sekali, Mbak.", False), (1, "lama", False), (2, "waktu", False)],
        [(0, "Sejak menikah itu.", False), (1, "menikah", False), (2, "", True)],
    ]
    assert len(lefts) == 4


def test_no_empty_line_parts_the_rows_of_a_table() -> None:
    cells = (
        ("Nama", "Ibu Fa"),
        ("Alamat", "Jalan Melati nomor tiga, gang\nsebelah pasar lama di kota\nini juga"),
        ("Usia", "41"),
    )
    (transcript,) = read([*rows(cells, (72, 150, 320), ruled=True), Text(72, 300, "P: Apa?")]).corpus.transcripts
    assert "\n\nUsia" not in transcript.text
    assert "\n\nP: Apa?" in transcript.text


def test_words_broken_in_a_cell_are_whole_again() -> None:
    cells = (
        ("Pertanyaan", "Jawaban"),
        ("Bagaimana?", "Sudah ada keber-\nsamaan, dan anak-\nanak ikut."),
        ("Lalu?", "Itu kebersamaan\nkami di sini."),
    )
    result = read([*rows(cells, (72, 250, 360), ruled=True)])
    assert "Sudah ada kebersamaan, dan anak-anak ikut." in result.corpus.transcripts[0].text


def test_two_columns_of_running_text_are_no_table() -> None:
    one = [
        "Hasil wawancara menunjukkan bahwa",
        "kategori pekerja di kota ini makin",
        "beragam, dan data yang ada belum",
        "mencatat semuanya dengan baik.",
    ] * 4
    page = [Text(72, 100 + 14 * at, text, 10) for at, text in enumerate(one)]
    page += [Text(320, 100 + 14 * at, text, 10) for at, text in enumerate(one)]
    (found,) = with_tables(read_pdf(make_pdf([page]), file="uji.pdf"))
    assert not any(isinstance(line, TableRow) for line in found.lines)


def test_talk_in_two_columns_is_no_table() -> None:
    one = ["Informan 9 : Sedikit.", "Peneliti : Pernah ikut pelatihan?", "Informan 9 : Pernah."] * 3
    other = ["Peneliti : Soal tanahnya?", "Informan 9 : Menunggu saja.", "Peneliti : Begitu?"] * 3
    page = [
        Text(left, 100 + 14 * at, text, 10)
        for left, texts in ((72, one), (320, other))
        for at, text in enumerate(texts)
    ]
    (found,) = with_tables(read_pdf(make_pdf([page]), file="uji.pdf"))
    assert not any(isinstance(line, TableRow) for line in found.lines)


def test_a_frame_around_a_page_is_no_table() -> None:
    page = [b"50 50 495 742 re S", Text(72, 100, "P: Sudah lama?"), Text(72, 120, "N: Sejak 1990.")]
    (found,) = with_tables(read_pdf(make_pdf([page]), file="uji.pdf"))
    assert not any(isinstance(line, TableRow) for line in found.lines)


WORDS = st.lists(st.text("abcdefghij", min_size=1, max_size=7), min_size=0, max_size=9).map(" ".join)


@settings(max_examples=25, deadline=None)
@given(
    cells=st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=6),
    ruled=st.booleans(),
    around=st.tuples(WORDS, WORDS),
    strokes=st.lists(st.tuples(*[st.integers(0, 600)] * 4), max_size=8),
)
def test_no_word_of_a_page_is_lost_or_doubled(
    cells: list[tuple[str, str, str]], ruled: bool, around: tuple[str, str], strokes: list[tuple[int, int, int, int]]
) -> None:
    table = [("No", "Verbatim", "Kode"), *(tuple(c.replace(" ", "\n", 1) for c in row) for row in cells)]
    texts = rows(table, (72, 200, 380, 540), ruled=ruled)
    texts += [Text(72, 60, around[0]), Text(72, 500, around[1])]
    (page,) = read_pdf(make_pdf([[item for item in texts if isinstance(item, bytes) or item.text]]), file="uji.pdf")
    more = tuple(Rule(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in strokes)
    page = Page(1, page.width, page.height, page.lines, rules=(*page.rules, *more))
    before = Counter(re.findall(r"\S+", " ".join(word.text for line in page.lines for word in line.words)))
    body = body_of(with_tables([page]))
    left_out = " ".join(item.line.text for item in body.out)
    text = f"{lay_lines(body, ()).document.text} {left_out}"
    assert Counter(text.split()) == before


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize(
    ("cells", "lefts"),
    [
        (
            (
                ("No", "Pelaku", "Percakapan"),
                ("1", "P", "Kenapa memilih sekolah\ndi rumah?"),
                ("2", "I", "Karena anak saya\nsering diganggu."),
                ("3", "P", "Siapa yang mengajar?"),
                ("4", "I", "Saya sendiri."),
            ),
            (72.0, 100.0, 150.0, 520.0),
        ),
        (
            (
                ("Pertanyaan", "Jawaban"),
                ("Kenapa memilih sekolah\ndi rumah?", "Karena anak saya\nsering diganggu."),
                ("Siapa yang mengajar?", "Saya sendiri."),
            ),
            (72.0, 300.0, 520.0),
        ),
        ((HEAD, *CODED), LEFTS),
    ],
)
def test_what_stands_below_a_table_is_no_part_of_its_last_row(
    cells: Sequence[Cells], lefts: Sequence[float], ruled: bool
) -> None:
    """It belongs to nobody, and is said to."""
    below = ("Percakapan direkam di teras rumah dan ditutup pukul sepuluh.", "Anak informan tidur di kamar depan.")
    drawn = [Text(72, 360 + STEP * at, line, 10) for at, line in enumerate(below)]
    result = read([*rows(cells, lefts, ruled=ruled), *drawn])
    assert len(turns(result)) == 4
    assert turns(result)[-1][1] in {"Saya sendiri.", "Saya sendiri, dibantu tutor."}
    (transcript,) = result.corpus.transcripts
    loose = [p.span.of(transcript.text) for p in result.parts[transcript.guid] if p.what == "unassigned"]
    assert any("ditutup pukul sepuluh" in words for words in loose)


@pytest.mark.parametrize(
    "head",
    [
        ("No", "Pelaku", "Hasil\nwawancara", "Kode", "Kategori"),
        ("No", "Pelaku", "Hasil\nwawancara", "Kode\nawal", "Kategori"),
        ("No.\nurut", "Pelaku", "Verbatim", "Kode", "Kategori"),
        ("No", "Pelaku", "Isi\npercakapan", "Kode", "Tema\nutama"),
    ],
)
@pytest.mark.parametrize("middle", [False, True])
def test_headings_over_two_lines(head: Cells, middle: bool) -> None:
    """Also where the others stand in the middle of theirs, as word processors set them."""
    drawn = rows([head, *CODED], LEFTS)
    if middle:
        short = {title for title in head if "\n" not in title}
        drawn = [
            replace(item, y=item.y + STEP / 2)
            if isinstance(item, Text) and item.text in short and item.y < 130
            else item
            for item in drawn
        ]
    result = read(drawn)
    assert [role for role, _ in turns(result)] == ["interviewer", "informant"] * 2
    assert len(codings(result)) >= 2
    assert not any("belongs to no turn" in str(finding) for finding in result.findings)


def test_a_row_below_headings_is_no_second_line_of_them() -> None:
    cells = (
        ("No", "Pertanyaan", "Jawaban"),
        ("1", "Apa visi kelompok ini?", "Belajar bersama, mulai anak."),
        ("2", "Siapa anggotanya?", "Ibu-ibu pasar."),
        ("3", "Dananya?", "Patungan."),
    )
    result = read(rows(cells, (72.0, 100.0, 300.0, 520.0), centred=True))
    assert [words for _, words in turns(result)] == [cell for row in cells[1:] for cell in row[1:]]
