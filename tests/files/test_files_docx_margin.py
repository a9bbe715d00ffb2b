"""Comments, bookmarks and merged cells of Word documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.sax.saxutils import escape

from qualcode.files.docx import read_docx

MakeWord = Callable[..., bytes]
Pack = Callable[[Mapping[str, bytes | str]], bytes]
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
W15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'


def t(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*content: str) -> str:
    return f"<w:p>{''.join(content)}</w:p>"


def begin(number: int) -> str:
    return f'<w:commentRangeStart w:id="{number}"/>'


def end(number: int) -> str:
    return f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'


def comment(number: int, *paragraphs: str, author: str = "Rani", key: str = "") -> str:
    last = f'<w:p {W14} w14:paraId="{key}">' if key else "<w:p>"
    body = "".join(f"<w:p>{t(x)}</w:p>" for x in paragraphs[:-1]) + f"{last}{t(paragraphs[-1])}</w:p>"
    return f'<w:comment w:id="{number}" w:author="{author}" w:date="2025-05-02T09:30:00Z">{body}</w:comment>'


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(cells) + "</w:tr>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(t(text))}</w:tc>"


def test_comments_keep_their_range_author_and_words(make_word: MakeWord) -> None:
    """Ranges that overlap, cross paragraphs, stand between them, or are a place only."""
    body = (
        p(t("N: "), begin(0), t("kalau ujan "), begin(1), t("sepi"), end(0), t(" Mbak"), end(1))
        + begin(2)
        + p(t("lagi"))
        + p(t("terus"))
        + end(2)
        + p(t("ujung"), '<w:r><w:commentReference w:id="3"/></w:r>')
    )
    comments = (
        comment(2, "lama", "sekali") + comment(1, "satu") + comment(0, "hujan", author="Dewi") + comment(3, "tempat")
    )

    document = read_docx(make_word(body, comments=comments), file="x.docx")

    found = [(c.text, c.author, document.text[c.start : c.end].strip()) for c in document.comments]
    assert found == [
        ("hujan", "Dewi", "kalau ujan sepi"),
        ("satu", "Rani", "sepi Mbak"),
        ("lama\nsekali", "Rani", "lagi\nterus"),
        ("tempat", "Rani", ""),
    ]
    assert document.comments[0].at == "2025-05-02T09:30:00Z"


def test_replies_and_resolved_comments_are_told(make_word: MakeWord) -> None:
    """Word keeps in another part who answers whom; a circle of answers does not hang or lose anything."""
    comments = "".join(comment(n, f"k{n}", key=f"0000000{n}") for n in range(5))
    more = (
        '<w15:commentEx w15:paraId="00000000" w15:done="1"/>'
        '<w15:commentEx w15:paraId="00000001" w15:paraIdParent="00000000" w15:done="0"/>'
        '<w15:commentEx w15:paraId="00000002" w15:paraIdParent="00000001"/>'
        '<w15:commentEx w15:paraId="00000003" w15:paraIdParent="00000004"/>'
        '<w15:commentEx w15:paraId="00000004" w15:paraIdParent="00000003"/>'
    ).replace("<w15:commentEx ", f"<w15:commentEx {W15} ")

    document = read_docx(
        make_word(p(begin(0), t("a"), end(0)), comments=comments, commentsExtended=more), file="x.docx"
    )

    told = {c.text: ([r.text for r in c.replies], c.resolved) for c in document.comments}
    assert told["k0"] == (["k1", "k2"], True)
    assert {"k0", "k1", "k2", "k3", "k4"} == {*told, *(reply for replies, _ in told.values() for reply in replies)}


def test_bookmarks_and_struck_letters_keep_their_place(make_word: MakeWord) -> None:
    """What the reader does not see can be found again."""
    mark = '<w:bookmarkStart w:id="1" w:name="qc_1"/>'
    struck = "<w:r><w:rPr><w:strike/></w:rPr><w:t>hapus</w:t></w:r>"

    document = read_docx(make_word(p(t("a "), mark, t("b"), '<w:bookmarkEnd w:id="1"/>', struck)), file="x.docx")

    assert [(b.name, document.text[b.start : b.end]) for b in document.bookmarks] == [("qc_1", "b")]
    assert [document.text[f.start : f.end] for f in document.formats if f.struck] == ["hapus"]


def test_merged_cells_know_their_columns(make_word: MakeWord) -> None:
    """A cell over two columns, one that goes on from above, and a table inside a cell."""
    inner = f"<w:tc>{p(t('d'))}<w:tbl>{row(cell('x'))}</w:tbl>{p()}</w:tc>"
    table = (
        row(cell("a"), cell("b", '<w:gridSpan w:val="2"/>'), cell("c", '<w:vMerge w:val="restart"/>'))
        + row(inner, cell("e"), cell("f"), cell("", "<w:vMerge/>"))
        + row(cell("g"))
    )

    rows = read_docx(make_word(f"<w:tbl>{table}</w:tbl>"), file="x.docx").rows

    outer = [r for r in rows if r.depth == 0]
    assert [r.places for r in outer] == [(0, 1, 3), (0, 1, 2, 3), (0,)]
    assert [[r.goes_on(n) for n in range(len(r.cells))] for r in outer] == [[False] * 3, [False] * 3 + [True], [False]]
    assert [r.depth for r in rows] == [0, 1, 0, 0]
