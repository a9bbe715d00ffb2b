"""Writing Word documents: paragraphs and tables with bookmarks, page numbers, and a part of our own; the same input gives the same bytes.

Not python-docx: its bookmarks, repeated headings, page fields and own parts are raw XML as well, it stamps the time, and it reads nothing that
`qualcode.files.docx` does not.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from qualcode.files.archive import Archive

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["CODED_TRANSCRIPT", "Mark", "Paragraph", "Run", "Table", "fit", "own_part", "write_docx"]

CODED_TRANSCRIPT = "urn:qualcode:coded-transcript:1"
"""The namespace of the part that says what an exported coded transcript was made from."""

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OWN = "customXml/item1.xml"
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WIDTH, _HEIGHT, _MARGIN = 11906, 16838, 1134
"""A4 upright, and 2 cm around it, in twentieths of a point."""


@dataclass(frozen=True, slots=True)
class Run:
    r"""Letters of one look; ``\n`` breaks the line, ``\t`` is a tab."""

    text: str
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    raised: bool = False
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where the bookmark called *name* begins (or ends, with *end*): at most forty letters, digits and low lines."""

    name: str
    end: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; *style* is ``Heading1``, ``Heading2``, ``Note`` or nothing; *apart* begins a new page."""

    content: tuple[Run | Mark, ...] = ()
    style: str = ""
    apart: bool = False


Cell = tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table over the width of the page: *widths* in twentieths of a point, a *head* that is repeated on every page, and rows."""

    widths: tuple[int, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def write_docx(
    blocks: Sequence[Paragraph | Table], *, title: str, language: str, footer: str = "", own: bytes = b""
) -> bytes:
    """Return a Word document (.docx) of *blocks* on A4, with page numbers.

    Parameters
    ----------
    blocks : sequence of Paragraph and Table
        What it holds.
    title : str
        Its title, in the properties.
    language : str
        Language of the text, for the spelling checker: ``id`` or ``en``.
    footer : str
        What stands in the foot of every page before its number.
    own : bytes
        An XML document that is kept beside the text, for `own_part`.
    """
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(bool(own)),
        "_rels/.rels": _relations(("officeDocument", "word/document.xml"), ("core", "docProps/core.xml")),
        "docProps/core.xml": _core(title),
        "word/document.xml": _document(blocks),
        "word/styles.xml": _styles({"id": "id-ID", "en": "en-GB"}.get(language, language)),
        "word/footer1.xml": _footer(footer),
        "word/settings.xml": f'{_HEAD}<w:settings xmlns:w="{_WORD}"><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>',
        "word/_rels/document.xml.rels": _relations(
            ("styles", "styles.xml"),
            ("footer", "footer1.xml"),
            ("settings", "settings.xml"),
            *((("customXml", "../customXml/item1.xml"),) if own else ()),
        ),
    }
    if own:
        parts |= {
            _OWN: own,
            "customXml/_rels/item1.xml.rels": _relations(("customXmlProps", "itemProps1.xml")),
            "customXml/itemProps1.xml": _HEAD + '<ds:datastoreItem ds:itemID="{7B1C5B0E-52A9-4C59-9C5C-1F4B5D0A71C5}" '
            'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"/>',
        }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, data)
    return stream.getvalue()


def own_part(data: bytes, *, file: str, space: str) -> _Element | None:
    """Return the root of the XML part in the namespace *space* that was kept beside the text of a Word document, or None.

    Raises
    ------
    InputError
        If the file is no archive, damaged, or not safe to open.
    """
    archive = Archive(data, file=file)
    for name in archive.names:
        # What other programs keep there is no concern of ours, and need not even be sound.
        if name.startswith("customXml/item") and space.encode() in archive.read(name):
            root = archive.xml(name)
            if str(root.tag).startswith(f"{{{space}}}"):
                return root
    return None


def fit(text: str) -> str:
    """Return *text* as a document can hold it: what XML has no sign for becomes U+FFFD."""
    return _UNFIT.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def _text(text: str) -> str:
    return escape(fit(text))


def _document(blocks: Sequence[Paragraph | Table]) -> str:
    writer = _Body()
    body = "".join(writer.block(block) for block in blocks)
    last = "<w:p/>" if not blocks or isinstance(blocks[-1], Table) else ""
    section = (
        f'<w:sectPr><w:footerReference w:type="default" r:id="r2"/><w:pgSz w:w="{_WIDTH}" w:h="{_HEIGHT}"/>'
        f'<w:pgMar w:top="{_MARGIN}" w:right="{_MARGIN}" w:bottom="{_MARGIN}" w:left="{_MARGIN}" w:header="567" w:footer="567" w:gutter="0"/>'
        "</w:sectPr>"
    )
    return (
        f'{_HEAD}<w:document xmlns:w="{_WORD}" xmlns:r="{_OFFICE}"><w:body>{body}{last}{section}</w:body></w:document>'
    )


class _Body:
    """Writes blocks; bookmarks are numbered in the order in which they begin."""

    def __init__(self) -> None:
        self._marks: dict[str, int] = {}

    def block(self, block: Paragraph | Table) -> str:
        return self._paragraph(block) if isinstance(block, Paragraph) else self._table(block)

    def _paragraph(self, paragraph: Paragraph) -> str:
        style = f'<w:pStyle w:val="{paragraph.style}"/>' if paragraph.style else ""
        apart = "<w:pageBreakBefore/>" if paragraph.apart else ""
        properties = f"<w:pPr>{style}{apart}</w:pPr>" if style or apart else ""
        return f"<w:p>{properties}{''.join(self._inline(each) for each in paragraph.content)}</w:p>"

    def _inline(self, each: Run | Mark) -> str:
        if isinstance(each, Run):
            return _run(each)
        if each.end:
            return f'<w:bookmarkEnd w:id="{self._marks[each.name]}"/>'
        number = self._marks.setdefault(each.name, len(self._marks))
        return f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(each.name)}/>'

    def _table(self, table: Table) -> str:
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in table.widths)
        borders = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        head = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="E7E6E6"/></w:tcPr>'
            f"{self._paragraph(Paragraph((Run(name, bold=True),)))}</w:tc>"
            for width, name in zip(table.widths, table.head, strict=True)
        )
        rows = "".join(f"<w:tr>{self._cells(table.widths, row)}</w:tr>" for row in table.rows)
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(table.widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
            '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
            f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{rows}</w:tbl>"
        )

    def _cells(self, widths: Sequence[int], row: Sequence[Cell]) -> str:
        return "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            f"{''.join(self._paragraph(paragraph) for paragraph in cell or (Paragraph(),))}</w:tc>"
            for width, cell in zip(widths, row, strict=True)
        )


def _run(run: Run) -> str:
    looks = (
        "<w:b/>" if run.bold else "",
        "<w:i/>" if run.italic else "",
        f'<w:color w:val="{run.colour}"/>' if run.colour else "",
        '<w:u w:val="dotted"/>' if run.underlined else "",
        '<w:vertAlign w:val="superscript"/>' if run.raised else "",
    )
    properties = f"<w:rPr>{''.join(looks)}</w:rPr>" if any(looks) else ""
    pieces = []
    for piece in re.split("([\n\t])", _text(run.text)):
        if piece in {"\n", "\t"}:
            pieces.append("<w:br/>" if piece == "\n" else "<w:tab/>")
        elif piece:
            pieces.append(f'<w:t xml:space="preserve">{piece}</w:t>')
    return f"<w:r>{properties}{''.join(pieces)}</w:r>" if pieces else ""


def _footer(text: str) -> str:
    def field(name: str) -> str:
        return (
            f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {name} </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    before = _run(Run(f"{text} · " if text else ""))
    slash = _run(Run(" / "))
    return (
        f'{_HEAD}<w:ftr xmlns:w="{_WORD}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        f"{before}{field('PAGE')}{slash}{field('NUMPAGES')}</w:p></w:ftr>"
    )


def _styles(language: str) -> str:
    def style(
        key: str,
        name: str,
        size: int,
        *,
        bold: bool = False,
        before: int = 0,
        after: int = 0,
        outline: str = "",
        more: str = "",
    ) -> str:
        level = f'<w:outlineLvl w:val="{outline}"/>' if outline else ""
        keep = "<w:keepNext/>" if outline else ""
        return (
            f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
            f'<w:pPr>{keep}<w:spacing w:before="{before}" w:after="{after}"/>{more}{level}</w:pPr>'
            f'<w:rPr>{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
        )

    return (
        f'{_HEAD}<w:styles xmlns:w="{_WORD}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Calibri"/><w:sz w:val="20"/><w:szCs w:val="20"/>'
        f'<w:lang w:val="{language}"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        + style("Heading1", "heading 1", 28, bold=True, after=80, outline="0")
        + style("Heading2", "heading 2", 24, bold=True, before=160, after=60, outline="1")
        + style("Note", "Note", 18, after=100)
        + style("Footer", "footer", 16, more='<w:jc w:val="right"/>')
        + "</w:styles>"
    )


def _relations(*targets: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{_type(kind)}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _type(kind: str) -> str:
    return f"{_PACKAGE}/relationships/metadata/core-properties" if kind == "core" else f"{_OFFICE}/{kind}"


def _content_types(own: bool) -> str:
    parts = {
        "/word/document.xml": f"{_TYPES}.document.main+xml",
        "/word/styles.xml": f"{_TYPES}.styles+xml",
        "/word/footer1.xml": f"{_TYPES}.footer+xml",
        "/word/settings.xml": f"{_TYPES}.settings+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    if own:
        parts["/customXml/itemProps1.xml"] = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    rows = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    )


def _core(title: str) -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{_text(title)}</dc:title><dc:creator>qualcode</dc:creator></cp:coreProperties>"
    )
