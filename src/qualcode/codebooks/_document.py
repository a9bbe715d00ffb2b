"""YAML as nodes that know their lines. Nothing is constructed: no tags, no aliases, no objects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from qualcode.errors import N_, InputError, shorten

if TYPE_CHECKING:
    from yaml.error import Mark
    from yaml.nodes import Node

__all__ = ["compose", "decode", "kind_of", "line_of", "pairs"]

DEEPEST = 50


def decode(data: bytes, file: str) -> str:
    """Return the text of a codebook file, which is UTF-8."""
    if not data.strip():
        raise InputError(N_("the file is empty"), file=file)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data[:1000]:
        raise InputError(N_("the file is not text in UTF-8"), hint=N_("save it again as UTF-8"), file=file)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            N_("the file is not text in UTF-8: byte {byte}"),
            hint=N_("save it again as UTF-8"),
            file=file,
            line=data.count(b"\n", 0, error.start) + 1,
            byte=f"0x{data[error.start]:02x}",
        ) from error


def compose(text: str, file: str) -> Node:
    """Return the root node of the one YAML document in *text*.

    Raises
    ------
    InputError
        With file and line, if it is not YAML, holds an alias or an anchor, or is nested too deep.
    """
    import yaml

    class Loader(yaml.SafeLoader):
        """Refuses what a codebook has no use for before it can grow."""

        depth = 0

        def compose_node(self, parent: Node | None, index: object) -> Node | None:
            event = self.peek_event()  # type: ignore[no-untyped-call]
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise InputError(
                    N_("a codebook has no anchors (&) and aliases (*)"),
                    hint=N_("put the text in quotation marks if it begins with & or *"),
                    file=file,
                    line=_line(event.start_mark),
                )
            self.depth += 1
            if self.depth > DEEPEST:
                raise InputError(N_("nested too deep for a codebook"), file=file, line=_line(event.start_mark))
            node: Node | None = super().compose_node(parent, index)  # type: ignore[arg-type]
            self.depth -= 1
            return node

    try:
        loader = Loader(text)
        node = loader.get_single_node()
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise InputError(
            N_("a character that may not stand in YAML: {character}"),
            file=file,
            line=line,
            character=f"U+{ord(text[error.position]):04X}",
        ) from error
    except yaml.MarkedYAMLError as error:
        raise _not_yaml(error, text, file) from error
    except (RecursionError, ValueError, yaml.YAMLError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(N_("the file is not YAML"), file=file) from error
    if node is None:
        raise InputError(N_("the file is empty"), file=file)
    return node


def _not_yaml(error: Exception, text: str, file: str) -> InputError:
    """Return a plain message for what PyYAML complains of."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = _line(mark) if mark else None
    lines = text.split("\n")
    source = lines[line - 1] if line is not None and line <= len(lines) else ""
    if re.match(r"[ ]*\t", source):
        return InputError(
            N_("a tab at the start of the line"),
            hint=N_("indent with spaces, two for each level"),
            file=file,
            line=line,
        )
    hint = N_(
        "text that holds a colon, a # or a quotation mark, or begins with another sign, goes between single quotation marks"
    )
    problem = str(getattr(error, "problem", "") or "?")
    return InputError(
        N_("not YAML here ({problem}): {text!r}"),
        hint=hint,
        file=file,
        line=line,
        problem=problem,
        text=shorten(source),
    )


def _line(mark: Mark) -> int:
    return int(mark.line) + 1


def kind_of(node: Node) -> str:
    """Return scalar, sequence or mapping."""
    return str(getattr(node, "id", ""))


def line_of(node: Node) -> int:
    """Return the line of *node*, from 1."""
    return _line(node.start_mark)


def pairs(node: Node) -> Iterator[tuple[str, Node, Node]]:
    """Yield the name, its node and the value of each entry of a mapping."""
    for key, value in node.value:
        yield str(key.value) if isinstance(key.value, str) else "?", key, value
