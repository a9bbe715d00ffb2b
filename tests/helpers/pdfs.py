"""PDF files made in the test: text at places, in Helvetica."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = ["Text", "make_pdf", "write_pdf"]


@dataclass(frozen=True)
class Text:
    """Characters at a place of a page: `x` from the left, `y` from the top, in points."""

    x: float
    y: float
    text: str
    size: float = 12.0
    bold: bool = False


def write_pdf(objects: Sequence[bytes]) -> bytes:
    """Return a PDF of these objects, the first of which is the catalogue."""
    out = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, table, len(objects) + 1, len(out),
    )  # fmt: skip


def stream(content: bytes, more: bytes = b"") -> bytes:
    """Return a stream object."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (more, len(content), content)


def make_pdf(pages: Iterable[Sequence[Text | bytes]], *, height: float = 842.0, rotate: int = 0) -> bytes:
    """Return a PDF whose pages, 595 points wide, hold these texts; bytes are drawing commands as they are."""
    contents = []
    for page in pages:
        drawn = b""
        for item in page:
            if isinstance(item, bytes):
                drawn += item + b"\n"
                continue
            words = item.text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            face = b"F2" if item.bold else b"F1"
            drawn += b"BT /%s %.1f Tf %.2f %.2f Td (%s) Tj ET\n" % (face, item.size, item.x, height - item.y, words)
        contents.append(drawn)
    kids = b" ".join(b"%d 0 R" % (5 + 2 * at) for at in range(len(contents)))
    fonts = [
        b"<</Type/Font/Subtype/Type1/Encoding/WinAnsiEncoding/BaseFont/%s>>" % name
        for name in (b"Helvetica", b"Helvetica-Bold")
    ]
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(contents)), *fonts]
    for at, drawn in enumerate(contents):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/Rotate %d/MediaBox[0 0 595 %.0f]/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>/Contents %d 0 R>>"
            % (rotate, height, 6 + 2 * at)
        )
        objects.append(stream(drawn))
    return write_pdf(objects)
