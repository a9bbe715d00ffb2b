"""RTF: nothing that the page shows is lost, nothing that it hides comes in unsaid."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import InputError
from qualcode.files.document import Comment, Document, Format
from qualcode.files.rtf import read_rtf


def read(
    body: str | bytes, head: str = r"\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset238 Arial CE;}}"
) -> Document:
    raw = body if isinstance(body, bytes) else body.encode("latin-1")
    return read_rtf(rb"{\rtf1" + head.encode() + b"\n" + raw + b"}", file="uji.rtf")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"\pard P: halo\par N: ya\par }", "P: halo\nN: ya"),
        (r"satu\par\par dua", "satu\n\ndua"),
        ("satu\\\ndua", "satu\ndua"),
        ("se\r\nbuah\nkata", "sebuahkata"),
        (r"a\tab b\line c\emdash d\ldblquote e\rdblquote  f\~g\_h\-i", "a\tb\nc—d“e” f\u00a0g\u2011hi"),
        (r"\{kurung\} \\", "{kurung} \\"),
        (r"\'93kutip\'94 \'e9", "“kutip” é"),
        (r"\u8223\'3f75 dan \uc0\u8220 x\uc1 \u8221?y", "‟75 dan “x”y"),
        (r"{\uc2\u7717 ??a}dits", "ḥadits"),
        (r"\uc0 \u55357\uc1 \u56832\'3f tawa", "😀 tawa"),
        (r"\u-10179 ?\u-8704 ?", "😀"),
        (r"{\f1 \'9ek\'f8\'f8}{\f0 \'9e}", "žkřřž"),
        (r"{\upr{lama}{\*\ud{baru \u350 ?}}} x", "baru Ş x"),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt tautan}}", "tautan"),
        (r"{\*\tidakdikenal rahasia}{\pict\wmetafile8 010203}{\info{\title judul}}tetap", "tetap"),
        (r"{\object{\*\objdata 0102}{\result hasil}}", "hasil"),
        (r"{\mmath{\*\moMath{\mr x}{\msSup{\msSupPr{\mctrlPr z}}{\me{\mr y}}}}}", "xy"),
        (r"a\sect b", "a\nb"),
        (r"a\par\sect b", "a\nb"),
        (r"a\page b", "a\nb"),
    ],
)
def test_characters(body: str, text: str) -> None:
    assert read(body).text == text


def test_the_bytes_of_a_picture_are_passed_over() -> None:
    assert read(rb"a{\pict\bin7 }}{{\\x}b").text == "ab"


@pytest.mark.parametrize(
    ("head", "byte", "character"),
    [
        (r"\ansi\ansicpg1250", rb"\'9e", "ž"),
        (r"\ansi\ansicpg1251", rb"\'e4", "д"),
        (r"\mac", rb"\'8e", "é"),
        (r"\pca", rb"\'82", "é"),
        (r"\ansi\ansicpg932", rb"\'82\'a0", "あ"),
        (r"\ansi\ansicpg932", b"\x83A", "ア"),
        (r"\ansi\ansicpg99999", rb"\'e9", "é"),
        (r"\ansi\ansicpg65001", rb"\'c3\'a9", "é"),
        (r"\ansi\ansicpg1252", rb"\'81", "\x81"),
        (r"\ansi{\fonttbl{\f0\fcharset2 Wingdings;}}\deff0", rb"\'4a\'fc", "J\uf0fc"),
    ],
)
def test_code_pages(head: str, byte: bytes, character: str) -> None:
    assert read(byte, head).text == character


def test_bold_italic_underlined_and_struck_are_kept_until_they_are_switched_off() -> None:
    found = read(r"{\b Tanya {\b0 pelan} lagi}\par\plain a\i b\i0\ul c\ulnone\strike d\plain e")
    assert found.text == "Tanya pelan lagi\nabcde"
    assert found.formats == (
        Format(0, 6, True, False),
        Format(11, 16, True, False),
        Format(18, 19, False, True),
        Format(19, 20, False, False, True),
        Format(20, 21, False, False, struck=True),
    )


def test_letters_raised_above_the_line() -> None:
    found = read(r"beras{\super 1} sama{\super 2\nosupersub  air}")
    assert found.text == "beras1 sama2 air"
    assert found.formats == (Format(5, 6, False, False, raised=True), Format(11, 12, False, False, raised=True))


def test_tracked_changes_and_hidden_text_are_counted() -> None:
    found = read(r"tetap {\deleted buang {\b ini}} {\revised baru} {\v sembunyi} ya {\deleted lagi}")
    assert found.text == "tetap  baru sembunyi ya "
    assert (found.deleted, found.inserted, found.hidden) == (2, 1, 1)


def test_headings_by_style_and_outline_level() -> None:
    styles = r"\ansi{\stylesheet{\s0 Normal;}{\s1\sbasedon0 heading 1;}{\*\cs10 Title;}}"
    found = read(r"\pard\s1 Satu\par\pard\s0 dua\par\pard\outlinelevel1 Tiga\par\pard empat\par\s10 lima", styles)
    assert [found.text[at:].split("\n")[0] for at in found.headings] == ["Satu", "Tiga"]


def test_list_signs_are_not_text_but_said() -> None:
    found = read(
        r"\pard{\listtext\pard 1.\tab}\ls1 satu\par\pard{\pntext\'b7\tab}{\*\pn\pnlvlblt{\pntxtb\'b7}}butir\par\pard{\listtext 2.}\par biasa"
    )
    assert found.text == "satu\nbutir\n\nbiasa"
    assert found.listed == ((0, "number"), (5, "bullet"))
    assert found.numbered == 2


def test_cells_are_parted_by_tabs_and_merged_ones_keep_their_columns() -> None:
    found = read(
        r"\pard atas\par\trowd\cellx2000\cellx3000\pard\intbl Judul\cell Kode\cell\row"
        r"\trowd\clvmgf\cellx1000\cellx2000\cellx3000\pard\intbl P\cell a\par b\cell\cell\row"
        r"\trowd\clvmrg\cellx1000\clmgf\cellx2000\clmrg\cellx3000\pard\intbl\cell c\cell\cell\row\pard bawah\par"
    )
    assert found.text == "atas\nJudul\tKode\nP\ta\nb\t\n\tc\t\nbawah"
    first, second, third = found.rows
    assert [found.text[a:b] for a, b in second.cells] == ["P", "a\nb", ""]
    assert (first.places, second.places, third.places) == ((0, 2), (0, 1, 2), (0, 1))
    assert third.merged == (True, False)
    assert {row.table for row in found.rows} == {0}


def test_a_table_within_a_cell_and_one_behind_other_words_are_tables_of_their_own() -> None:
    nested = (
        r"\trowd\cellx9000\pard\intbl luar\par\pard\intbl\itap2 dalam 1\nestcell dalam 2\nestcell"
        r"{\*\nesttableprops\trowd\cellx1000\cellx2000\nestrow}{\nonesttables\par}\pard\intbl akhir\cell\row\pard antara\par"
        r"\trowd\cellx900\pard\intbl lain\cell\row\pard"
    )
    found = read(nested)
    assert found.text == "luar\ndalam 1\tdalam 2\nakhir\nantara\nlain"
    by_table = {row.table: ([found.text[a:b] for a, b in row.cells], row.depth) for row in found.rows}
    assert by_table == {
        0: (["luar\ndalam 1\tdalam 2\nakhir"], 0),
        1: (["dalam 1", "dalam 2"], 1),
        2: (["lain"], 0),
    }


def test_a_row_that_breaks_off_keeps_its_cells() -> None:
    found = read_rtf(rb"{\rtf1\trowd\cellx1\cellx2\intbl satu\cell du", file="uji.rtf")
    assert found.text == "satu\tdu"
    assert [[found.text[a:b] for a, b in row.cells] for row in found.rows] == [["satu", "du"]]
    assert found.cut_off == 1


def test_notes_stand_at_the_end_behind_their_number() -> None:
    found = read(
        r"a{\super\chftn{\footnote\pard\plain{\super\chftn}\tab catatan {\b satu}}}b{\*\footnote\ftnalt dua}\par c"
    )
    assert found.text == "a[1]b[2]\nc\n[1] catatan satu\n[2] dua"
    assert found.text[found.notes_start :].startswith("\n[1]")
    assert [found.text[f.start : f.end] for f in found.formats if not f.raised] == ["satu"]


def test_comments_know_where_they_stand_who_wrote_them_and_what_answers_them() -> None:
    found = read(
        r"Saya {\*\atrfstart 0}digaji harian{\*\atrfend 0}{{\*\atnid D}{\*\atnauthor Dewi}\chatn{\*\annotation{\*\atnref 0}"
        r"{\*\atndate 131271296}\pard kode: upah\par lihat lagi}}{{\*\atnauthor Budi}\chatn{\*\annotation{\*\atnparent -1}setuju}}"
        r".{{\*\atnauthor Budi}{\*\annotation titik}}"
    )
    assert found.text == "Saya digaji harian."
    first, second = found.comments
    assert (first.start, first.end, first.text, first.author) == (5, 18, "kode: upah\nlihat lagi", "Dewi")
    assert first.at == "2025-03-01T10:00:00"
    assert [(reply.text, reply.author) for reply in first.replies] == [("setuju", "Budi")]
    assert second == Comment(19, 19, "titik", "Budi")


def test_text_boxes_stand_behind_their_paragraph() -> None:
    found = read(
        r"a{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt\pard kotak\par dua\par}}{\shprslt kotak\par dua}}b\par c"
        r"{\*\do\dobxpage{\dptxbxtext lama\par}}"
    )
    assert (found.text, found.text_boxes) == ("ab\nkotak\ndua\nc\nlama", 2)


def test_headers_and_footers_are_named_not_read() -> None:
    found = read(r"{\header Transkrip\par}{\footerl hal. {\field{\*\fldinst PAGE}{\fldrslt 3}}\par}isi")
    assert (found.text, found.margins) == ("isi", ("Transkrip", "hal. 3"))


def test_bookmarks_and_what_stands_behind_the_document() -> None:
    found = read_rtf(rb"{\rtf1 a{\*\bkmkstart m}tanda{\*\bkmkend m}z}ekor", file="uji.rtf")
    assert found.text == "atandaz"
    (mark,) = found.bookmarks
    assert (mark.name, found.text[mark.start : mark.end]) == ("m", "tanda")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 word/document.xml", "Word document"),
        (b"halo", "not an RTF file"),
        (b"{\\rtf1 " + b"{" * 6000, "too deeply nested"),
    ],
)
def test_what_is_no_rtf_is_one_error_with_a_hint(data: bytes, says: str) -> None:
    with pytest.raises(InputError) as caught:
        read_rtf(data, file="uji.rtf")
    assert says in str(caught.value)
    assert caught.value.hint


@given(st.binary(max_size=200))
def test_no_bytes_make_it_stumble(junk: bytes) -> None:
    found = read_rtf(b"{\\rtf1 " + junk, file="uji.rtf")
    found.text.encode("utf-8")
    for row in found.rows:
        assert all(0 <= start <= end <= len(found.text) for start, end in row.cells)


WORDS = [
    r"\par",
    r"\cell",
    r"\row",
    r"\trowd\cellx9",
    r"\intbl",
    r"\pard",
    r"\nestcell",
    r"\itap2",
    r"\b",
    r"\plain",
    r"\footnote",
    r"\shptxt",
    r"\annotation",
    r"\deleted",
    r"\u9731?",
    r"a",
    r"b",
]


@given(st.lists(st.sampled_from([*WORDS, "{", "}"]), max_size=30))
def test_no_order_of_words_loses_a_span(some: list[str]) -> None:
    body = " ".join(some).replace(r"\footnote", r"{\footnote x}").replace(r"\shptxt", r"{\shptxt y}")
    found = read_rtf(b"{\\rtf1 " + body.encode(), file="uji.rtf")
    assert 0 <= found.notes_start <= len(found.text)
    for row in found.rows:
        assert all(0 <= start <= end <= len(found.text) for start, end in row.cells)
    assert all(f.start < f.end <= len(found.text) for f in found.formats)


lines = st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20), min_size=1, max_size=6)


@given(lines)
def test_any_text_written_as_word_does_comes_back(some: list[str]) -> None:
    def written(line: str) -> str:
        units = line.encode("utf-16-le")
        codes = (int.from_bytes(units[at : at + 2], "little") for at in range(0, len(units), 2))
        return "".join(
            chr(c) if c < 0x80 and chr(c) not in "\\{}" else f"\\u{c if c < 0x8000 else c - 0x10000}?" for c in codes
        )

    assert read("".join(written(line) + "\\par " for line in some)).text == "\n".join(some)
