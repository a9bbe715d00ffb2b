"""Line-numbered verbatim and the joining of wrapped lines."""

from __future__ import annotations

import time

import pytest
import words
from hypothesis import given
from hypothesis import strategies as st
from recut import word

from qualcode.importers import ImportOptions, Source, registry
from qualcode.importers.pages.numbered import without_line_numbers
from qualcode.importers.pages.wrapped import join_lines
from qualcode.model import Role

LINES = [
    "P : Sudah berapa lama Mas",
    "bekerja di sini?",
    "S : Hampir tiga tahun, dibantu sauda-",
    "ra saya, bukan anak-",
    "anak saya.",
    "P : Gajinya cukup?",
    "S : Dicukup-cukupkan, kalau ada",
    "lemburan ya lumayan.",
    "P : Lembur dibayar?",
    "S : Kadang.",
]
TURNS = [
    ("P", Role.INTERVIEWER, "Sudah berapa lama Mas bekerja di sini?"),
    ("S", Role.INFORMANT, "Hampir tiga tahun, dibantu saudara saya, bukan anak-anak saya."),
    ("P", Role.INTERVIEWER, "Gajinya cukup?"),
    ("S", Role.INFORMANT, "Dicukup-cukupkan, kalau ada lemburan ya lumayan."),
    ("P", Role.INTERVIEWER, "Lembur dibayar?"),
    ("S", Role.INFORMANT, "Kadang."),
]


def turns(text: str) -> list[tuple[str, Role, str]]:
    (transcript,) = (
        registry.get("txt")().read(Source("verbatim.txt", text.encode()), ImportOptions()).corpus.transcripts
    )
    return [(turn.speaker, turn.role, turn.span.of(transcript.text)) for turn in transcript.turns]


def test_numbers_typed_into_a_document() -> None:
    """In Word and RTF files lines that were typed with their numbers are joined as in plain text, and it is said."""
    lines = [f"{n:3}  {line}" for n, line in enumerate(LINES, 1)]
    files = {"docx": word([(line, "") for line in lines]), "rtf": ("{\\rtf1 " + "\\par\n".join(lines) + "}").encode()}
    for suffix, data in files.items():
        result = registry.get(suffix)().read(Source(f"verbatim.{suffix}", data), ImportOptions())
        (transcript,) = result.corpus.transcripts

        assert [(t.speaker, t.role, t.span.of(transcript.text)) for t in transcript.turns] == TURNS
        (said,) = [finding for finding in result.findings if finding.rule == "line numbers"]
        assert "10 line numbers" in str(said)


def test_numbers_beside_comments_stay_and_are_doubted() -> None:
    """Comments stand at places of the text, so that it is not laid out anew; that the numbers are in it is said."""
    body = "".join(
        words.p(words.on(0, words.t(f"{n:3}  {line}")) if n == 3 else words.t(f"{n:3}  {line}"))
        for n, line in enumerate(LINES, 1)
    )
    source = Source("verbatim.docx", words.word(body, words.comment(0, "lama bekerja")))
    result = registry.get("docx")().read(source, ImportOptions())
    (said,) = [finding for finding in result.findings if finding.rule == "line numbers"]

    assert "  4  ra saya" in result.corpus.transcripts[0].text
    assert said.level == "doubtful"
    assert "10 line numbers stand in the text" in str(said)


def test_numbers_in_markdown() -> None:
    """A text saved as Markdown is numbered as any other; there a list has dots behind its numbers."""
    text = "\n".join(f"{n:3}  {line}" for n, line in enumerate(LINES, 1))
    result = registry.get("md")().read(Source("verbatim.md", text.encode()), ImportOptions())
    (transcript,) = result.corpus.transcripts

    assert [(t.speaker, t.role, t.span.of(transcript.text)) for t in transcript.turns] == TURNS
    assert ["10 line numbers" in str(f) for f in result.findings if f.rule == "line numbers"] == [True]

    listed = "\n".join(f"{n}. {line}" for n, line in enumerate(LINES, 1))
    result = registry.get("md")().read(Source("daftar.md", listed.encode()), ImportOptions())
    assert result.corpus.transcripts[0].text == listed


def test_a_list_that_somebody_counts_is_no_margin() -> None:
    """The fifth and the tenth of a list stand five lines apart as well; the others between them tell."""
    things = [f"{n}. P: barang ke {n}" if 5 <= n <= 10 else f"{n}. ini\n   yang\n   murah" for n in range(1, 13)]
    text = "Daftar\n" + "\n".join(things) + "\n"

    assert without_line_numbers(text) is None


@pytest.mark.parametrize(
    "margin",
    [
        lambda n, line: f"{n:3}  {line}",
        lambda n, line: f"{n}\t{line}",
        lambda n, line: f"{n}. {line}",
        lambda n, line: f"{n} | {line}",
        lambda n, line: f"{line}\t{n}",
        lambda n, line: f"{line:50}{n}",
        lambda n, line: f"{line}\t{n}" if n % 5 == 0 else line,
        lambda n, line: f"{n:<4}{line}" if n % 5 == 0 else f"    {line}",
        lambda n, line: f"{(n - 1) % 5 + 1:3}  {line}",
    ],
)
def test_numbers_in_the_margin(margin: object) -> None:
    """Left or right, on every line or every fifth, over the whole text or anew on each page: the turns are whole."""
    assert callable(margin)
    text = "VERBATIM SUBJEK 1\n\n" + "\n".join(margin(n, line) for n, line in enumerate(LINES, 1)) + "\n"

    assert turns(text) == TURNS


def test_columns_of_number_speaker_and_speech() -> None:
    """Parted by tabs, with nothing before the lines that go on."""
    rows = [line.split(" : ") if " : " in line else ["", line] for line in LINES]
    text = "\n".join("\t".join((str(n), *row)) for n, row in enumerate(rows, 1))

    assert turns(text) == TURNS


def test_what_was_left_out_is_said() -> None:
    """The counts of numbers, joined lines and undone hyphens are in a note."""
    text = "\n".join(f"{n:3}  {line}" for n, line in enumerate(LINES, 1))
    result = registry.get("txt")().read(Source("verbatim.txt", text.encode()), ImportOptions())

    (note,) = [f for f in result.findings if f.rule == "line numbers"]
    assert (note.level, note.parameters) == ("note", {"n": 10, "lines": 4, "hyphens": 1})
    assert result.originals[result.corpus.transcripts[0].guid].data == text.encode()


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"{n}. {'PN'[n % 2]}: Begitu saja {n}?\n" for n in range(1, 20)),
        "".join(f"{n}. T: Apa?\n   J: Itu.\n" for n in range(1, 20)),
        "P: Apa saja?\nN: Ini:\n1. Beras\n2. Gula\n3. Minyak\n4. Telur\n5. Teh\n6. Kopi\nP: Oh?\nN: Ya.\n",
        "P: Tahun berapa?\nN: Anak saya  5\nP: Umur?\nN: Sekarang  10\n",
        "\n".join(str(n) for n in range(1, 50)),
        "",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    """Numbers of turns, lists in speech and amounts are no line numbers."""
    assert without_line_numbers(text) is None


def test_text_above_and_below_stays() -> None:
    """The header and what follows the numbered lines are as they were."""
    numbered = "\n".join(f"{n:3}  {line}" for n, line in enumerate(LINES, 1))
    found = without_line_numbers(f"Usia : 3\n\n{numbered}\n\nBekasi, 3 Mei\nTanda tangan\n")

    assert found is not None
    assert found.text.startswith("Usia : 3\n\nP : Sudah berapa lama Mas bekerja di sini?\n")
    assert found.text.endswith("S : Kadang.\n\nBekasi, 3 Mei\nTanda tangan\n")


def test_heading_among_numbered_lines_is_not_joined() -> None:
    """A heading of its own line ends the speech above it."""
    lines = [*LINES[:5], "Penghasilan", *LINES[5:]]
    text = "\n".join(f"{n:3}  {line}" for n, line in enumerate(lines, 1))

    assert turns(text) == TURNS


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["sauda-", "ra"], "saudara"),
        (["anak-", "anak"], "anak-anak"),
        (["anak-", "anaknya"], "anak-anaknya"),
        (["bolak-", "balik"], "bolak-balik"),
        (["sayur-", "mayur"], "sayur-mayur"),
        (["me-", "ngikuti"], "mengikuti"),
        (["ke-", "Jakarta"], "ke- Jakarta"),
        (["lima -", "enam"], "lima - enam"),
        (["", " satu ", "", "dua"], "satu dua"),
        (["se\u00ad", "kali"], "sekali"),
    ],
)
def test_joined_lines(lines: list[str], whole: str) -> None:
    """Words parted at a line end are whole again, doubled words keep their hyphen."""
    assert join_lines(lines).text == whole


@given(st.lists(st.text(st.sampled_from("ab 😀é.,?"), max_size=20), min_size=1, max_size=30))
def test_joining_loses_no_letter(lines: list[str]) -> None:
    """Without hyphens, joining changes nothing but white space."""
    assert "".join(join_lines(lines).text.split()) == "".join("".join(lines).split())


@given(
    st.lists(
        st.tuples(st.sampled_from("PS"), st.lists(st.text("abc d", min_size=1).filter(str.strip), max_size=4)),
        min_size=6,
    )
)
def test_numbering_loses_no_letter(spoken: list[tuple[str, list[str]]]) -> None:
    """Every letter of numbered lines is in the text that is kept."""
    lines = [line for label, more in spoken for line in (f"{label} : mulai", *more)]
    found = without_line_numbers("\n".join(f"{n:4}  {line}" for n, line in enumerate(lines, 1)))

    if found is not None:
        assert "".join(found.text.split()) == "".join("".join(lines).split())
        assert found.numbers == len(lines)


def test_long_text_takes_no_long_time() -> None:
    """A hundred thousand numbered lines are read in seconds."""
    text = "\n".join(f"{n}\t{'P: ' if n % 3 == 0 else ''}kata kata" for n in range(1, 60_000))
    start = time.perf_counter()
    assert without_line_numbers(text) is not None
    assert time.perf_counter() - start < 5


def test_numbers_of_lines_may_stand_in_brackets() -> None:
    """``(5)`` before every fifth line is no part of it."""
    lines = [
        "P: Hari pertama?",
        "R: Saya datang kepagian,",
        "satpamnya bilang nanti",
        "dulu. Saya nunggu.",
        "P: Terus?",
    ]
    lines += ["R: Dipanggil, disuruh", "beli seragam.", "P: Harganya?", "R: Seratus lima puluh,", "dipotong gaji."]
    text = "\n".join(f"({n})   {line}" if n % 5 == 0 else f"      {line}" for n, line in enumerate(lines, 1)) + "\n"
    result = registry.get("txt")().read(Source("a.txt", text.encode()), ImportOptions())
    (one,) = result.corpus.transcripts
    assert [turn.speaker for turn in one.turns] == ["P", "R", "P", "R", "P", "R"]
    assert "(5)" not in one.text
