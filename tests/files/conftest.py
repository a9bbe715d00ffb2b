"""Word documents and archives made in the test."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

import pytest

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = f'<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/>'
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

Pack = Callable[[Mapping[str, bytes | str]], bytes]
MakeWord = Callable[..., bytes]


def _pack(parts: Mapping[str, bytes | str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


@pytest.fixture
def pack() -> Pack:
    """Return a function that zips parts by name."""
    return _pack


@pytest.fixture
def make_word() -> MakeWord:
    """Return a function that makes a Word document of body XML and other parts (``footnotes``, ``styles`` …)."""

    def make(body: str, **parts: str) -> bytes:
        spaces = (
            f'xmlns:w="{WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
            'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
            'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
        )
        relations = "".join(
            f'<Relationship Id="x{n}" Type="{RELATIONS}/{kind.rstrip("0123456789")}" Target="{kind}.xml"/>'
            for n, kind in enumerate(parts)
        )
        files: dict[str, bytes | str] = {
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">{MAIN}</Relationships>',
            "word/document.xml": f"<w:document {spaces}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>',
        }
        for kind, content in parts.items():
            root = {"header": "hdr", "footer": "ftr"}.get(kind.rstrip("0123456789"), kind)
            files[f"word/{kind}.xml"] = f'<w:{root} xmlns:w="{WORD}">{content}</w:{root}>'
        return _pack(files)

    return make
