"""Word documents made in tests: paragraphs, tables, comments."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def t(text: str, look: str = "") -> str:
    """Return a run; *look* is XML of its properties."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*content: str) -> str:
    """Return a paragraph of runs."""
    return f"<w:p>{''.join(content)}</w:p>"


def cell(text: str, properties: str = "") -> str:
    """Return a cell, a paragraph a line; *properties* is XML of them."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(p(t(line)) for line in text.split(chr(10)))}</w:tc>"


def table(*rows: tuple[str, ...]) -> str:
    """Return a table of texts or cells."""
    made = ("".join(c if c.startswith("<w:tc") else cell(c) for c in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in made)}</w:tbl>"


def comment(number: int, text: str, author: str = "Dewi") -> str:
    """Return the comment with a number, a paragraph a line."""
    body = "".join(p(t(line)) for line in text.split("\n"))
    return f'<w:comment w:id="{number}" w:author="{author}" w:date="2025-05-02T09:30:00Z">{body}</w:comment>'


def on(number: int, *content: str) -> str:
    """Return runs that the comment with this number is on."""
    end = f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'
    return f'<w:commentRangeStart w:id="{number}"/>{"".join(content)}{end}'


def word(body: str, comments: str = "") -> bytes:
    """Return a Word document with this body."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        main = f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{PACKAGE}">{main}</Relationships>')
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>')
        more = f'<Relationship Id="c1" Type="{OFFICE}/comments" Target="comments.xml"/>' if comments else ""
        archive.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{PACKAGE}">{more}</Relationships>')
        if comments:
            archive.writestr("word/comments.xml", f'<w:comments xmlns:w="{WORD}">{comments}</w:comments>')
    return stream.getvalue()
