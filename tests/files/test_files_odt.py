"""OpenDocument texts: nothing that the page shows is lost, nothing that it hides comes in unsaid."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import InputError
from qualcode.files.archive import Limits
from qualcode.files.document import Comment, Document, Format
from qualcode.files.odt import read_odt

NS = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(
    f'xmlns:{prefix}="{space}"'
    for prefix, space in {
        "office": f"{NS}office:1.0",
        "text": f"{NS}text:1.0",
        "table": f"{NS}table:1.0",
        "style": f"{NS}style:1.0",
        "draw": f"{NS}drawing:1.0",
        "fo": f"{NS}xsl-fo-compatible:1.0",
        "svg": f"{NS}svg-compatible:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
        "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    }.items()
)


def make(
    body: str, *, automatic: str = "", styles: str = "", master: str = "", kind: str = "text", **parts: str
) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:automatic-styles>{automatic}</office:automatic-styles>"
            f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>",
        )
        archive.writestr(
            "styles.xml",
            f"<office:document-styles {SPACES}><office:styles>{styles}</office:styles>"
            f"<office:master-styles>{master}</office:master-styles></office:document-styles>",
        )
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return stream.getvalue()


def read(body: str, **more: str) -> Document:
    return read_odt(make(body, **more), file="uji.odt")


def style(name: str, properties: str, *, family: str = "text", parent: str = "") -> str:
    above = f' style:parent-style-name="{parent}"' if parent else ""
    return f'<style:style style:name="{name}" style:family="{family}"{above}><style:text-properties {properties}/></style:style>'


def test_paragraphs_are_lines_and_white_space_is_what_the_page_shows() -> None:
    found = read(
        "<text:p>\n  P:   Sudah\n lama?<text:s/> <text:s text:c='3'/>x</text:p>"
        "<text:p><text:span> N:</text:span><text:span> </text:span> ya<text:tab/>a<text:line-break/> b</text:p><text:p/>"
    )
    assert found.text == "P: Sudah lama?     x\nN: ya\ta\n b\n"
    assert found.notes_start == len(found.text)


def test_letters_raised_above_the_line() -> None:
    found = read(
        "<text:p>beras<text:span text:style-name='R'>1</text:span> H<text:span text:style-name='L'>2</text:span>O</text:p>",
        automatic=style("R", "style:text-position='super 58%'") + style("L", "style:text-position='sub 58%'"),
    )
    assert found.formats == (Format(5, 6, False, False, raised=True),)


def test_bold_italic_underlined_and_hidden_come_from_automatic_named_and_paragraph_styles() -> None:
    found = read(
        "<text:p text:style-name='Q'>Tanya <text:span text:style-name='plain'>pelan</text:span>?</text:p>"
        "<text:p>a<text:span text:style-name='T1'>b</text:span><text:span text:style-name='T2'>c</text:span>"
        "<text:span text:style-name='H'>rahasia</text:span></text:p>",
        automatic=style("T1", "fo:font-style='italic'")
        + style("T2", "style:text-underline-style='solid'", parent="Strong")
        + style("H", "text:display='none'")
        + style("plain", "fo:font-weight='normal'"),
        styles=style("Strong", "fo:font-weight='700'") + style("Q", "fo:font-weight='bold'", family="paragraph"),
    )
    assert found.text == "Tanya pelan?\nabcrahasia"
    assert found.formats == (
        Format(0, 6, True, False),
        Format(11, 12, True, False),
        Format(14, 15, False, True),
        Format(15, 16, True, False, True),
    )
    assert found.hidden == 1


def test_a_style_that_inherits_from_itself_ends() -> None:
    loop = style("A", "", parent="B") + style("B", "", parent="A")
    assert read("<text:p><text:span text:style-name='A'>x</text:span></text:p>", automatic=loop).text == "x"


def test_headings_are_known_by_element_and_by_style() -> None:
    found = read(
        "<text:h text:outline-level='1'>Satu</text:h><text:p text:style-name='P1'>Dua</text:p><text:p>tiga</text:p>",
        automatic=style("P1", "", family="paragraph", parent="Heading_20_2"),
        styles=style("Heading_20_2", "", family="paragraph"),
    )
    assert found.headings == (0, 5)


def test_list_items_say_what_stands_before_them() -> None:
    numbers = (
        "<text:list-style style:name='N'><text:list-level-style-number text:level='1'/></text:list-style>"
        "<text:list-style style:name='B'><text:list-level-style-bullet text:level='1'/></text:list-style>"
    )
    found = read(
        "<text:list text:style-name='N'><text:list-item><text:p>satu</text:p><text:p>lanjut</text:p>"
        "<text:list><text:list-item><text:p>anak</text:p></text:list-item></text:list></text:list-item></text:list>"
        "<text:list text:style-name='B'><text:list-header><text:p>kepala</text:p></text:list-header>"
        "<text:list-item><text:p>butir</text:p></text:list-item></text:list>",
        automatic=numbers,
    )
    assert found.text == "satu\nlanjut\nanak\nkepala\nbutir"
    assert found.listed == ((0, "number"), (12, "number"), (24, "bullet"))
    assert found.numbered == 3


def test_cells_are_parted_by_tabs_and_merged_ones_keep_their_columns() -> None:
    found = read(
        "<table:table><table:table-header-rows><table:table-row>"
        "<table:table-cell table:number-columns-spanned='2'><text:p>Judul</text:p></table:table-cell>"
        "<table:covered-table-cell/><table:table-cell><text:p>Kode</text:p></table:table-cell></table:table-row>"
        "</table:table-header-rows><table:table-row><table:table-cell table:number-rows-spanned='2'><text:p>P</text:p>"
        "</table:table-cell><table:table-cell><text:p>a</text:p><text:p>b</text:p></table:table-cell>"
        "<table:table-cell/></table:table-row><table:table-row><table:covered-table-cell/>"
        "<table:table-cell><text:p>c</text:p></table:table-cell><table:table-cell><text:p>d</text:p></table:table-cell>"
        "</table:table-row></table:table><text:p>habis</text:p>"
    )
    assert found.text == "Judul\tKode\nP\ta\nb\t\n\tc\td\nhabis"
    first, second, third = found.rows
    assert (first.places, second.places, third.places) == ((0, 2), (0, 1, 2), (0, 1, 2))
    assert third.goes_on(0)
    assert not third.goes_on(1)
    assert [found.text[start:end] for start, end in second.cells] == ["P", "a\nb", ""]


def test_a_table_within_a_cell_is_deeper() -> None:
    cell = "<table:table><table:table-row><table:table-cell>{}</table:table-cell></table:table-row></table:table>"
    found = read(cell.format("<text:p>luar</text:p>" + cell.format("<text:p>dalam</text:p>")))
    assert found.text == "luar\ndalam"
    assert [(row.table, row.depth) for row in found.rows] == [(1, 1), (0, 0)]


def test_tracked_deletions_are_out_and_counted() -> None:
    found = read(
        "<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>Ani</dc:creator>"
        "</office:change-info><text:p>dihapus</text:p></text:deletion></text:changed-region><text:changed-region>"
        "<text:insertion><office:change-info/></text:insertion></text:changed-region></text:tracked-changes>"
        "<text:p>tetap<text:change-start/> baru<text:change-end/></text:p>"
    )
    assert (found.text, found.deleted, found.inserted) == ("tetap baru", 1, 1)


def test_notes_stand_at_the_end_behind_their_number() -> None:
    note = (
        "<text:note text:note-class='footnote'><text:note-citation>7</text:note-citation>"
        "<text:note-body><text:p>catatan {}</text:p></text:note-body></text:note>"
    )
    found = read(f"<text:p>a{note.format(1)}b{note.format(2)}</text:p><text:p>c</text:p>")
    assert found.text == "a[1]b[2]\nc\n[1] catatan 1\n[2] catatan 2"
    assert found.text[found.notes_start :].startswith("\n[1]")


def test_comments_know_where_they_stand_who_wrote_them_and_what_answers_them() -> None:
    found = read(
        "<text:p>Saya <office:annotation office:name='k1' loext:resolved='true'><dc:creator>Dewi</dc:creator>"
        "<dc:date>2025-03-01T10:00:00</dc:date><text:p>kode: upah</text:p><text:p>lihat lagi</text:p></office:annotation>"
        "digaji harian<office:annotation-end office:name='k1'/>"
        "<office:annotation office:name='k2' loext:parent-name='k1'><dc:creator>Budi</dc:creator><text:p>setuju</text:p>"
        "</office:annotation>.<office:annotation><dc:creator>Budi</dc:creator><text:p>titik</text:p></office:annotation></text:p>"
    )
    assert found.text == "Saya digaji harian."
    first, second = found.comments
    assert (first.start, first.end, first.text, first.author, first.at, first.resolved) == (
        5, 18, "kode: upah\nlihat lagi", "Dewi", "2025-03-01T10:00:00", True,
    )  # fmt: skip
    assert [reply.text for reply in first.replies] == ["setuju"]
    assert second == Comment(19, 19, "titik", "Budi")


def test_comments_that_answer_each_other_in_a_circle_are_all_kept() -> None:
    found = read(
        "<text:p>x<office:annotation office:name='a' loext:parent-name='b'><text:p>satu</text:p></office:annotation>"
        "<office:annotation office:name='b' loext:parent-name='a'><text:p>dua</text:p></office:annotation></text:p>"
    )
    said = [c.text for comment in found.comments for c in (comment, *comment.replies)]
    assert sorted(said) == ["dua", "satu"]


def test_text_boxes_stand_behind_their_paragraph_and_pictures_say_nothing() -> None:
    found = read(
        "<text:p>a<draw:frame><draw:text-box><text:p>kotak</text:p></draw:text-box></draw:frame>b"
        "<draw:frame><draw:image><text:p/></draw:image><svg:title>Gambar 1</svg:title></draw:frame></text:p>"
        "<draw:custom-shape><text:p>bentuk</text:p></draw:custom-shape><text:p>c</text:p>"
    )
    assert (found.text, found.text_boxes) == ("ab\nkotak\nbentuk\nc", 2)


def test_headers_and_footers_are_named_not_read() -> None:
    found = read(
        "<text:p>x</text:p>",
        master="<style:master-page><style:header><text:p>Transkrip</text:p></style:header>"
        "<style:footer><text:p>hal. <text:page-number>3</text:page-number></text:p></style:footer></style:master-page>",
    )
    assert (found.text, found.margins) == ("x", ("Transkrip", "hal. 3"))


def test_sections_fields_links_and_unknown_elements_are_entered() -> None:
    found = read(
        "<text:section text:display='none'><text:p>tersembunyi</text:p></text:section>"
        "<text:p><text:a>tautan</text:a> <text:date>1 Mei</text:date> <text:ruby><text:ruby-base>dasar</text:ruby-base></text:ruby>"
        "<loext:baru>baru</loext:baru><text:bookmark-start text:name='m'/>tanda<text:bookmark-end text:name='m'/></text:p>"
        "<text:numbered-paragraph><text:p>bernomor</text:p></text:numbered-paragraph>"
    )
    assert found.text == "tersembunyi\ntautan 1 Mei dasarbarutanda\nbernomor"
    assert found.hidden == 1
    (mark,) = found.bookmarks
    assert found.text[mark.start : mark.end] == "tanda"


def test_a_paragraph_within_a_paragraph_loses_nothing() -> None:
    found = read(
        "<text:p>a<text:p>b</text:p>c<text:list><text:list-item><text:p>d</text:p></text:list-item></text:list>e</text:p>"
    )
    assert sorted(found.text.replace("\n", "")) == list("abcde")


def test_flat_files_are_read_too() -> None:
    flat = f"<?xml version='1.0'?><office:document {SPACES}><office:body><office:text><text:p>halo</text:p></office:text></office:body></office:document>"
    assert read_odt(flat.encode(), file="uji.fodt").text == "halo"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (make("<table:table/>", kind="spreadsheet"), "not an OpenDocument text"),
        (make("<text:p/>", **{"META-INF__manifest.xml": "<m><encryption-data/></m>"}), "password"),
        (b"{\\rtf1 halo}", "not an OpenDocument text"),
        (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "DOCTYPE"),
        (b"<?xml version='1.0'?><a/>", "not an OpenDocument text"),
        (make("<text:p>x</text:p>")[:-40], "damaged"),
        (b"", "empty"),
    ],
)
def test_what_is_no_readable_text_is_one_error_with_a_hint(data: bytes, says: str) -> None:
    with pytest.raises(InputError) as caught:
        read_odt(data, file="uji.odt")
    assert says in str(caught.value)
    assert caught.value.hint


def test_repeated_spaces_and_cells_are_no_way_to_fill_the_memory() -> None:
    bomb = (
        "<text:p>a<text:s text:c='999999999'/>b</text:p><table:table><table:table-row>"
        "<table:table-cell table:number-columns-repeated='999999999'/><table:table-cell table:number-columns-repeated='2'>"
        "<text:p>x</text:p></table:table-cell></table:table-row></table:table>"
    )
    assert len(read(bomb).text) < 2000
    assert read(bomb).text.endswith("\n\tx\tx")
    with pytest.raises(InputError, match="unpacks to far more"):
        read_odt(make("<text:p>" + "a" * 5000 + "</text:p>"), file="uji.odt", limits=Limits(member=1000, total=4000))


words = st.text("abc", min_size=1, max_size=4)
paragraphs = st.recursive(
    words.map(lambda w: f"<text:p>{w}</text:p>"),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(
            lambda some: (
                "<text:list>" + "".join(f"<text:list-item>{one}</text:list-item>" for one in some) + "</text:list>"
            )
        ),
        st.lists(inner, min_size=1, max_size=3).map(
            lambda some: (
                "<table:table><table:table-row>"
                + "".join(f"<table:table-cell>{one}</table:table-cell>" for one in some)
                + "</table:table-row></table:table>"
            )
        ),
        inner.map(lambda one: f"<text:section>{one}</text:section>"),
        st.tuples(words, inner).map(
            lambda pair: f"<text:p>{pair[0]}<draw:frame><draw:text-box>{pair[1]}</draw:text-box></draw:frame></text:p>"
        ),
    ),
    max_leaves=12,
)


@given(st.lists(paragraphs, max_size=5))
def test_every_word_comes_once_and_every_span_lies_in_the_text(some: list[str]) -> None:
    body = "".join(some)
    found = read(body)
    plain = "".join(c for part in body.split("<") for c in part.partition(">")[2])
    assert sorted(found.text.translate({10: None, 9: None})) == sorted(plain)
    for row in found.rows:
        assert all(0 <= start <= end <= len(found.text) for start, end in row.cells)
