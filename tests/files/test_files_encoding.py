"""Bytes to text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import InputError
from qualcode.files.encoding import decode

SENTENCE = "P: Café “anak-anak” – 12 ribu…\nN: Nggak.\n"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_byte_order_mark_decides(mark: bytes, encoding: str) -> None:
    """A byte-order mark is believed, taken off and said."""
    text, how = decode(mark + SENTENCE.encode(encoding), file="x.txt")

    assert text == SENTENCE
    assert (how.level, how.rule, how.parameters["encoding"]) == ("recognised", "byte-order mark", encoding)


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(lambda s: s.strip() and s[0] != "\ufeff")
)
def test_utf8_comes_back_exactly(text: str) -> None:
    """Emoji, combining marks and compatibility letters are not normalised."""
    if not text.encode().strip():
        return
    from qualcode.files.recognise import sniff

    if sniff(text.encode()) != "text":
        return

    assert decode(text.encode(), file="x.txt")[0] == text


def test_line_ends_become_newlines_and_marks_go() -> None:
    """CRLF and CR become LF; a mark in front, even doubled, is no text."""
    assert decode("\ufeff\ufeffa\r\nb\rc\n".encode(), file="x.txt")[0] == "a\nb\nc\n"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16-le", "utf-16-be"])
def test_other_encodings_are_recognised_and_doubted(encoding: str) -> None:
    """Without a mark the encoding is guessed right, and the guess is a doubt to check."""
    text, how = decode((SENTENCE * 20).encode(encoding), file="x.txt")

    assert text == SENTENCE * 20
    assert how.level == "doubtful"


def test_stray_letters_call_the_detector() -> None:
    """Text of another script is decoded by detection, never refused."""
    text, how = decode(("Привет, как дела сегодня? Хорошо, спасибо. " * 20).encode("cp1251"), file="x.txt")

    assert "Привет" in text
    assert how.level == "doubtful"


def test_stated_encoding_is_used() -> None:
    """What the user says goes before any guess; what cannot be so is an error."""
    assert decode("café".encode("cp1252"), file="x.txt", encoding="cp1252")[0] == "café"
    with pytest.raises(InputError, match="utf-8"):
        decode("café".encode("cp1252"), file="x.txt", encoding="utf-8")
    with pytest.raises(InputError, match="klingon"):
        decode(b"x", file="x.txt", encoding="klingon")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (codecs.BOM_UTF8 + b"\n", "empty"),
        (codecs.BOM_UTF16_LE, "empty"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04....word/document.xml", "Word document"),
        (b"PK\x03\x04....xl/workbook.xml", "Excel"),
        (b"\x89PNG\r\n\x1a\n....", "picture"),
        (b"{\\rtf1 halo}", "RTF"),
        (b"\x00\x00\x00\x18ftypM4A ", "recording"),
        (b"SQLite format 3\x00", "database"),
        (bytes(range(256)) * 40, "binary"),
        (b"a\x00b\x01" * 100 + b"c", "binary"),
        (codecs.BOM_UTF16_LE + b"a", "utf-16-le"),
        (codecs.BOM_UTF8 + b"a\n\xff\xfe", "utf-8"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, what: str) -> None:
    """Empty, binary and foreign files are refused with what they are and what to do."""
    with pytest.raises(InputError, match=what) as caught:
        decode(data, file="x.txt")

    assert str(caught.value).startswith("x.txt:")
    assert caught.value.hint


def test_broken_utf8_behind_its_mark_names_the_line() -> None:
    """The line of the first wrong byte is said."""
    with pytest.raises(InputError) as caught:
        decode(codecs.BOM_UTF8 + b"a\nb\xff", file="x.txt")

    assert caught.value.line == 2
