"""Finding the messages of the source: those marked in it, and what plug-ins say of themselves."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from typing import Any, BinaryIO

from qualcode.plugins import first_sentence

__all__ = ["extract"]

PLUGINS = frozenset({"Importer", "Exporter", "CodebookFormat"})
"""Plug-ins whose documentation is shown to people, by `qualcode formats`."""


def extract(
    stream: BinaryIO, keywords: Mapping[str, Any], comment_tags: Collection[str], options: Any
) -> Iterator[tuple[int, Any, Any, Any]]:
    """Yield the messages of a Python file as Babel wants them: line, name of the function, message, comments.

    Beside the marked ones these are the first sentences that document importers, exporters and codebook formats.
    """
    from babel.messages.extract import extract_python

    yield from extract_python(stream, keywords, comment_tags, options)
    stream.seek(0)
    source = stream.read().decode("utf-8")
    if not any(f"({name})" in source for name in PLUGINS):
        return
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.ClassDef):
            continue
        bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
        if bases & PLUGINS and (said := first_sentence(ast.get_docstring(node) or "")):
            yield node.lineno, None, said, []
