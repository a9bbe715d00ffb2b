"""Which file formats there are, by what they are for; read from the code, so that nobody keeps a list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qualcode.plugins import about

__all__ = ["Format", "formats"]


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: what it is for (import, export, codebook), its name and suffixes, and the first sentence of its documentation."""

    use: str
    name: str
    suffixes: tuple[str, ...]
    about: str

    def to_row(self) -> dict[str, object]:
        """Return the format as a row of a table."""
        return {"use": self.use, "name": self.name, "suffixes": " ".join(self.suffixes), "about": self.about}


def formats() -> tuple[Format, ...]:
    """Return all importers, exporters and codebook formats, those of other packages too."""
    return tuple(_formats())


def _formats() -> Iterator[Format]:
    from qualcode import codebooks, exporters, importers

    for name in importers.registry.names:
        importer = importers.registry.get(name)
        yield Format("import", name, importer.extensions, about(importer))
    for name in exporters.names():
        exporter = exporters.get(name)
        yield Format("export", name, (exporter.suffix,), about(exporter))
    for name in codebooks.formats().names:
        book = codebooks.formats().get(name)
        yield Format("codebook", name, book.extensions, about(book))
