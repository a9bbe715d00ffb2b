"""The walk over Word documents."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import InputError
from qualcode.files.document import Document
from qualcode.files.docx import read_docx
from qualcode.files.recognise import OLE2

MakeWord = Callable[..., bytes]
Pack = Callable[[Mapping[str, bytes | str]], bytes]


def t(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*content: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(content)}</w:p>"


def box(*paragraphs: str) -> str:
    return f"<wps:txbx><w:txbxContent>{''.join(paragraphs)}</w:txbxContent></wps:txbx>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (p(t("a"), t("b")) + p() + p(t("c")), "ab\n\nc"),
        (p(t("a"), "<w:r><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/></w:r>"), "a\tb\nc\u2011"),
        (p('<w:r><w:t xml:space="preserve"> a </w:t></w:r><w:r><w:t> b </w:t></w:r>'), " a b"),
        (p(t("ya "), f'<w:ins w:id="1">{t("baru ")}</w:ins>', t("ini")), "ya baru ini"),
        (p(t("ya "), '<w:del w:id="1"><w:r><w:delText>lama </w:delText></w:r></w:del>', t("ini")), "ya ini"),
        (p(f'<w:moveFrom w:id="1">{t("dulu")}</w:moveFrom>', f'<w:moveTo w:id="2">{t("kini")}</w:moveTo>'), "kini"),
        (p(t("di "), f"<w:sdt><w:sdtPr/><w:sdtContent>{t('pasar')}</w:sdtContent></w:sdt>"), "di pasar"),
        (f"<w:sdt><w:sdtContent>{p(t('a'))}{p(t('b'))}</w:sdtContent></w:sdt>", "a\nb"),
        (p(f"<w:hyperlink><w:smartTag>{t('tautan')}</w:smartTag></w:hyperlink>"), "tautan"),
        (
            p('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>', t("12"))
            + p(f'<w:fldSimple w:instr="DATE">{t("3 Mei")}</w:fldSimple>'),
            "12\n3 Mei",
        ),
        (p("<m:oMath><m:r><m:t>x²</m:t></m:r></m:oMath>"), "x²"),
        (p('<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>', t("ok")), "\uf04aok"),
        (p("<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>", t("satu ")) + p(t("baris")), "satu baris"),
        (p("<w:r><w:t>😀 ku\u0301</w:t></w:r>"), "😀 ku\u0301"),
        ("<!-- komentar -->" + p("<?pi?>", t("a")), "a"),
    ],
)
def test_paragraphs(make_word: MakeWord, body: str, text: str) -> None:
    """What the reader of the page sees is the text, in order."""
    assert read_docx(make_word(body), file="x.docx").text == text


def test_tables_give_a_line_a_row(make_word: MakeWord) -> None:
    """Cells are parted by tabs, rows and a cell's paragraphs by line ends; nested tables stand inside their cell."""

    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in cells) + "</w:tr>"

    inner = f"<w:tbl>{row(p(t('x')), p(t('y')))}</w:tbl>"
    deleted = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{p(t('hapus'))}</w:tc></w:tr>"
    wrapped = f"<w:sdt><w:sdtContent>{row(p(t('g')), p())}</w:sdtContent></w:sdt>"
    table = f"<w:tbl>{row(p(t('a')), p(t('b')) + p(t('c')))}{deleted}{row(inner + p(), p(t('d')))}{wrapped}</w:tbl>"

    document = read_docx(make_word(p(t("atas")) + table + p(t("bawah"))), file="x.docx")

    assert document.text == "atas\na\tb\nc\nx\ty\n\td\ng\t\nbawah"
    outer = [[document.text[a:b] for a, b in row.cells] for row in document.rows if row.table == 0]
    assert outer == [["a", "b\nc"], ["x\ty\n", "d"], ["g", ""]]
    assert document.deleted == 1


def test_text_box_stands_once_behind_its_paragraph(make_word: MakeWord) -> None:
    """Both branches of an AlternateContent hold the box; one is read."""
    choice = f'<mc:Choice Requires="wps"><w:drawing>{box(p(t("kotak")))}</w:drawing></mc:Choice>'
    fallback = f"<mc:Fallback><w:pict>{box(p(t('kotak')))}</w:pict></mc:Fallback>"
    body = p(t("a"), f"<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>", t("b")) + p(t("c"))

    document = read_docx(make_word(body), file="x.docx")

    assert document.text == "ab\nkotak\nc"
    assert document.text_boxes == 1


def test_fallback_is_read_where_the_choice_is_empty(make_word: MakeWord) -> None:
    """A choice without text does not hide the fallback's."""
    body = p(f"<w:r><mc:AlternateContent><mc:Choice/><mc:Fallback>{t('isi')}</mc:Fallback></mc:AlternateContent></w:r>")

    assert read_docx(make_word(body), file="x.docx").text == "isi"


def test_notes_stand_behind_the_text(make_word: MakeWord) -> None:
    """Footnotes and endnotes come after the body, each behind the number where it is called."""
    call = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    end = '<w:r><w:endnoteReference w:id="5"/></w:r>'
    separator = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:t>---</w:t></w:r></w:p></w:footnote>'
    document = read_docx(
        make_word(
            p(t("satu"), call) + p(t("dua"), end),
            footnotes=separator + f'<w:footnote w:id="2">{p(t("kaki"))}{p(t("lanjut"))}</w:footnote>',
            endnotes=f'<w:endnote w:id="5">{p(t("akhir"))}</w:endnote><w:endnote w:id="6">{p(t("yatim"))}</w:endnote>',
        ),
        file="x.docx",
    )

    assert document.text == "satu[1]\ndua[2]\n[1] kaki\nlanjut\n[2] akhir\n[–] yatim"
    assert document.text[: document.notes_start] == "satu[1]\ndua[2]"


def test_bold_headings_and_what_is_left_out(make_word: MakeWord) -> None:
    """Formats and headings keep their place; what is not in the text is counted."""
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>P:</w:t></w:r>"
    plain = '<w:r><w:rPr><w:b w:val="0"/><w:vanish/></w:rPr><w:t>gaib</w:t></w:r>'
    styles = (
        '<w:style w:type="paragraph" w:styleId="J1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="tebal"/><w:rPr><w:b/></w:rPr></w:style>'
    )
    numbered = "<w:p><w:pPr><w:numPr/></w:pPr>" + t("butir") + "</w:p><w:altChunk/>"
    document = read_docx(
        make_word(
            p(t("Judul"), style="J1") + p(bold, t(" ya"), plain) + p(t("semua"), style="T") + numbered,
            styles=styles,
            header1=p(t("Rahasia")),
            comments=f'<w:comment w:id="0">{p(t("kode 1a"))}</w:comment>',
        ),
        file="x.docx",
    )

    assert [document.text[at : at + 5] for at in document.headings] == ["Judul"]
    assert [document.text[f.start : f.end] for f in document.formats if f.bold] == ["P:", "semua"]
    assert (document.hidden, document.numbered, document.embedded) == (1, 1, 1)
    assert [(c.text, c.start, c.end) for c in document.comments] == [
        ("kode 1a", len(document.text), len(document.text))
    ]
    assert document.margins == ("Rahasia",)


def test_looks_and_lists(make_word: MakeWord) -> None:
    """Bold, italic and underlined letters are known by run, style or both; bullets and numbers by paragraph or style."""

    def run(properties: str, text: str) -> str:
        return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"

    def listed(number: int, text: str) -> str:
        return f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr></w:pPr>{t(text)}</w:p>'

    styles = (
        '<w:style w:type="paragraph" w:styleId="Kutip"><w:name w:val="Kutip"/><w:rPr><w:i/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Tegas"><w:name w:val="Tegas"/><w:rPr><w:u w:val="single"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Butir"><w:name w:val="Butir"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    )
    document = read_docx(
        make_word(
            p(t("miring"), run('<w:i w:val="0"/>', "tegak"), style="Kutip")
            + p(run('<w:u w:val="single"/>', "garis"), run('<w:u w:val="none"/>', "polos"))
            + p(run('<w:rStyle w:val="Tegas"/><w:b/>', "keduanya"))
            + (listed(1, "bulat") + listed(2, "angka") + listed(0, "lepas") + p(t("gaya"), style="Butir")),
            styles=styles,
            numbering=numbering,
        ),
        file="x.docx",
    )

    looks = {document.text[f.start : f.end]: (f.bold, f.italic, f.underlined) for f in document.formats}
    assert looks == {
        "miring": (False, True, False),
        "garis": (False, False, True),
        "keduanya": (True, False, True),
    }
    assert [(document.text[at : at + 4], kind) for at, kind in document.listed] == [
        ("bula", "bullet"),
        ("angk", "number"),
        ("gaya", "number"),
    ]
    assert document.numbered == 3


def bare_word(body: str) -> bytes:
    """Return a Word document without relations, which fixtures cannot give to hypothesis."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')
    return stream.getvalue()


WORDS = st.text(st.characters(categories=["L", "N", "So", "Mn"]), min_size=1, max_size=5)


def wrap(inner: st.SearchStrategy[tuple[str, list[str]]]) -> st.SearchStrategy[tuple[str, list[str]]]:
    """Put inline content into what Word wraps around it."""
    kinds = st.sampled_from(["ins", "hyperlink", "smartTag", "sdt", "customXml", "moveTo", "fldSimple", "bdo", "del"])

    def build(kind: str, parts: list[tuple[str, list[str]]]) -> tuple[str, list[str]]:
        xml, words = "".join(x for x, _ in parts), [w for _, ws in parts for w in ws]
        if kind == "sdt":
            return f"<w:sdt><w:sdtPr/><w:sdtContent>{xml}</w:sdtContent></w:sdt>", words
        return f"<w:{kind}>{xml}</w:{kind}>", [] if kind == "del" else words

    return st.builds(build, kinds, st.lists(inner, max_size=3))


INLINE = st.recursive(WORDS.map(lambda w: (t(w), [w])), wrap, max_leaves=6)
PARAGRAPH = st.lists(INLINE, max_size=4).map(
    lambda parts: (p(*(x for x, _ in parts)), [w for _, ws in parts for w in ws])
)


def table(inner: st.SearchStrategy[tuple[str, list[str]]]) -> st.SearchStrategy[tuple[str, list[str]]]:
    """Put blocks into the cells of a table."""

    def build(rows: list[list[tuple[str, list[str]]]]) -> tuple[str, list[str]]:
        xml = "".join("<w:tr>" + "".join(f"<w:tc>{x}</w:tc>" for x, _ in row) + "</w:tr>" for row in rows)
        return f"<w:tbl>{xml}</w:tbl>", [w for row in rows for _, ws in row for w in ws]

    return st.lists(st.lists(inner, min_size=1, max_size=3), min_size=1, max_size=3).map(build)


BLOCK = st.recursive(PARAGRAPH, table, max_leaves=8)


@given(st.lists(BLOCK, min_size=1, max_size=5))
def test_nothing_is_lost(blocks: list[tuple[str, list[str]]]) -> None:
    """Every word that is not deleted stands in the text, once and in order, whatever wraps it."""
    read = read_docx(bare_word("".join(xml for xml, _ in blocks)), file="x.docx")
    expected = "".join(word for _, words in blocks for word in words)

    assert "".join(c for c in read.text if c not in "\t\n") == expected
    for row in read.rows:
        for start, end in row.cells:
            assert 0 <= start <= end <= len(read.text)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b"halo, ini teks", "plain text"),
        (b"%PDF-1.4", "PDF"),
        (OLE2 + b"\0" * 512, "old Office"),
        (OLE2 + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"PK\x03\x04 rusak word/document.xml", "damaged"),
    ],
)
def test_what_is_no_word_document_is_refused(data: bytes, what: str) -> None:
    """Each has one clear error."""
    with pytest.raises(InputError, match=what):
        read_docx(data, file="x.docx")


def test_other_archives_are_refused(pack: Pack, make_word: MakeWord) -> None:
    """A workbook, a plain zip, a document without its main part and one whose main part is something else."""
    with pytest.raises(InputError, match="Excel"):
        read_docx(pack({"xl/workbook.xml": "<a/>"}), file="x.docx")
    with pytest.raises(InputError, match="zip archive"):
        read_docx(pack({"a.txt": "halo"}), file="x.docx")
    with pytest.raises(InputError, match=r"lacks its part 'word/document\.xml'"):
        read_docx(pack({"word/document2.xml": "<a/>"}), file="x.docx")
    with pytest.raises(InputError, match="not a Word document"):
        read_docx(pack({"word/document.xml": "<html/>"}), file="x.docx")


def test_doctype_in_any_part_is_refused(pack: Pack) -> None:
    """A bomb in the styles is no better than one in the text."""
    with pytest.raises(InputError, match="DOCTYPE"):
        read_docx(pack({"word/document.xml": "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"}), file="x.docx")


def test_result_is_a_value() -> None:
    """Documents can be compared."""
    assert Document("a", 1) == Document("a", 1)
