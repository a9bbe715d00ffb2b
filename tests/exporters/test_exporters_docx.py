"""The coded transcript in Word."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from qualcode.exporters.docx import DocxExporter
from qualcode.files.docx import read_docx
from qualcode.files.docx_writing import CODED_TRANSCRIPT, Mark, Paragraph, Run, Table, own_part, write_docx
from qualcode.importers import ImportOptions, Source, registry
from qualcode.model import (
    Code,
    Codebook,
    Coder,
    Coding,
    Codings,
    Corpus,
    Elicited,
    Informant,
    Kind,
    Role,
    Span,
    Stance,
    Study,
    Transcript,
    Turn,
)

TEXT = "Usia: 44\nP: Kerja apa?\nN: Dagang 😀. Kalo ujan sepi.\nTerus utang.\n"
N = Span(TEXT.index("Dagang"), len(TEXT) - 1)
TALK = Transcript(
    "a" * 32,
    "b" * 32,
    "informan-01",
    TEXT,
    turns=(Turn(Span(12, 22), "P", Role.INTERVIEWER), Turn(N, "N", Role.INFORMANT, "f" * 32, 61.0)),
    informants=("f" * 32,),
)
BOOK = Codebook("uji", (Code("hujan", "hujan & sepi"), Code("utang", "utang"), Code("hutang", "Utang")))


def coding(n: int, words: str, code: str, coder: str = "rani", **more: object) -> Coding:
    start = TEXT.index(words)
    made = Coding(
        f"{n:032x}",
        TALK.guid,
        TALK.revision,
        Span(start, start + len(words)),
        code,
        coder,
        datetime(2025, 5, 2, tzinfo=UTC),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def corpus(*codings: Coding, transcript: Transcript = TALK) -> Corpus:
    return Corpus(
        study=Study(guid="5" * 32, title="Uji"),
        transcripts=(transcript,),
        informants=(Informant("f" * 32, "informan-01"),),
        codebook=BOOK,
        coders=(Coder("c" * 32, "rani"), Coder("d" * 32, "dewi")),
        codings=Codings(codings),
    )


def dumped(of: Corpus, language: str = "id") -> bytes:
    stream = io.BytesIO()
    DocxExporter(language=language).dump(of, stream)
    return stream.getvalue()


def cells(data: bytes) -> list[list[str]]:
    document = read_docx(data, file="x.docx")
    return [[document.text[a:b] for a, b in row.cells] for row in document.rows]


def test_a_row_has_number_speech_codes_and_notes() -> None:
    """Marks stand behind what bears a code in part; stance, coder and memo are shown; the head is repeated on every page."""
    data = dumped(
        corpus(
            coding(1, TEXT[N.start : N.end], "hujan"),
            coding(
                2,
                "Kalo ujan sepi",
                "hujan",
                "dewi",
                stance=Stance.DENIED,
                elicited=Elicited.PROMPTED,
                uncertain=True,
                memo="cek lagi",
            ),
            coding(3, "utang", "utang"),
        )
    )

    head, asked, answered = cells(data)
    assert len(head) == 4
    assert asked == ["1", "P: Kerja apa?", "", ""]
    assert answered == [
        "2",
        "N [01:01]: Dagang 😀. Kalo ujan sepi[2b].\nTerus utang[2c].",
        "2a. hujan & sepi – rani\n2b. hujan & sepi [tidak; dipancing; ragu] – dewi\n2c. utang (utang) – rani",
        "2b: cek lagi",
    ]
    assert b"<w:tblHeader/>" in zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")
    assert b"NUMPAGES" in zipfile.ZipFile(io.BytesIO(data)).read("word/footer1.xml")


def test_codings_over_turns_on_labels_and_outside_are_all_there() -> None:
    """Each stands once with its mark, and with an arrow in the rows behind."""
    over = Coding(
        "1" * 32, TALK.guid, TALK.revision, Span(14, N.start + 6), "utang", "rani", datetime(2025, 5, 2, tzinfo=UTC)
    )
    data = dumped(corpus(over, coding(2, "Usia: 44", "hujan"), coding(3, "N:", "hutang")))

    rows = cells(data)[1:]
    assert [row[0] for row in rows] == ["b1", "1", "2"]
    assert rows[0][2] == "b1a. hujan & sepi"
    assert rows[1][2] == "1a. utang (utang)\n1b. Utang (hutang)"
    assert rows[2][2].startswith("↑ 1a utang")


def test_a_text_without_turns_is_numbered_by_lines() -> None:
    """Field notes are coded too."""
    notes = Transcript("a" * 32, "b" * 32, "observasi-01", "Gerobak berjajar.\n\nHujan.\n", kind=Kind.OBSERVATION)
    made = Coding("1" * 32, notes.guid, notes.revision, Span(19, 25), "hujan", "rani", datetime(2025, 5, 2, tzinfo=UTC))

    assert cells(dumped(corpus(made, transcript=notes)))[1:] == [
        ["1", "Gerobak berjajar.", "", ""],
        ["3", "Hujan.", "3a. hujan & sepi", ""],
    ]


def test_it_is_no_transcript_to_import() -> None:
    """The importer says where its corrections come in."""
    with pytest.raises(ValueError, match="no new transcript") as caught:
        registry.get("docx")().read(Source("x.docx", dumped(corpus())), ImportOptions())

    assert "qualcode code --from" in str(caught.value.hint)  # type: ignore[attr-defined]


WORDS = st.text(st.characters(), max_size=20)


@settings(max_examples=60, deadline=None)
@given(WORDS, WORDS, st.binary(max_size=5))
def test_any_text_is_written_as_sound_xml_and_read_again(text: str, name: str, own: bytes) -> None:
    """What XML cannot hold is replaced; line ends and tabs are kept; the same input gives the same bytes."""
    blocks = [
        Paragraph((Mark("m"), Run(text, bold=True), Mark("m", end=True)), "Heading1", apart=True),
        Table((500, 900), (name, "b"), (((Paragraph((Run(text),)),), ()),)),
    ]
    part = b'<o xmlns="urn:x">' + own.hex().encode() + b"</o>"
    data = write_docx(blocks, title=name, language="id", footer=name, own=part)

    assert data == write_docx(blocks, title=name, language="id", footer=name, own=part)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.namelist():
            etree.fromstring(archive.read(member))
    document = read_docx(data, file="x.docx")
    (mark,) = document.bookmarks
    expected = "".join(
        "\ufffd" if (c < " " and c not in "\t\n\r") or c in "\ufffe\uffff" or 0xD800 <= ord(c) < 0xE000 else c
        for c in text
    )
    assert document.text[mark.start : mark.end] == expected.replace("\r\n", "\n").replace("\r", "\n")
    root = own_part(data, file="x.docx", space="urn:x")
    assert root is not None
    assert own_part(data, file="x.docx", space=CODED_TRANSCRIPT) is None
