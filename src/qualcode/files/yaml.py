"""YAML as nodes that know their lines, and what they hold, checked field by field.

Nothing is constructed: no tags, no aliases, no objects.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from qualcode.errors import N_, InputError, nearest, shorten

if TYPE_CHECKING:
    from yaml.error import Mark
    from yaml.nodes import Node

__all__ = ["FieldReader", "compose", "decode", "is_empty", "kind_of", "line_of", "pairs"]

DEEPEST = 50
TRUE = frozenset({"true", "yes", "on", "ya"})
FALSE = frozenset({"false", "no", "off", "tidak"})


def decode(data: bytes, file: str) -> str:
    """Return the text of a file that people write by hand, which is UTF-8."""
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

    fast, thorough = _loaders(file)
    if fast is not None:
        # libyaml scans twenty times as fast and complains in fewer words: what it refuses, the other tells of.
        with contextlib.suppress(yaml.YAMLError, ValueError):
            found: Node | None = fast(text).get_single_node()
            if found is not None:
                return found
    return _composed(thorough, text, file)


def _loaders(file: str) -> tuple[Callable[[str], Any] | None, Callable[[str], Any]]:
    """Return what composes nodes of a text: with libyaml, where PyYAML was built with it, and without."""
    import yaml

    class Composer(yaml.composer.Composer):
        """Refuses what these files have no use for before it can grow."""

        depth = 0

        def compose_node(self, parent: Node | None, index: object) -> Node | None:
            event = self.peek_event()  # type: ignore[attr-defined]
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise InputError(
                    N_("anchors (&) and aliases (*) are not used here"),
                    hint=N_("put the text in quotation marks if it begins with & or *"),
                    file=file,
                    line=_line(event.start_mark),
                )
            self.depth += 1
            if self.depth > DEEPEST:
                raise InputError(N_("nested too deep"), file=file, line=_line(event.start_mark))
            node: Node | None = super().compose_node(parent, index)  # type: ignore[arg-type]
            self.depth -= 1
            return node

    class Thorough(Composer, yaml.SafeLoader):
        pass

    if not yaml.__with_libyaml__:
        return None, Thorough

    class Fast(Composer, yaml.CSafeLoader):
        def __init__(self, stream: str) -> None:
            yaml.CSafeLoader.__init__(self, stream)
            yaml.composer.Composer.__init__(self)

    return Fast, Thorough


def _composed(loader: Callable[[str], Any], text: str, file: str) -> Node:
    """Return the root node of *text*, or say where and why there is none."""
    import yaml

    try:
        node: Node | None = loader(text).get_single_node()
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


def is_empty(node: Node) -> bool:
    """Tell whether nothing was written: ``field:`` or ``~``."""
    return kind_of(node) == "scalar" and str(node.tag).endswith(":null") and not getattr(node, "style", None)


class FieldReader:
    """Takes what fields should hold from nodes, and notes every problem with its line."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[InputError] = []

    def problem(self, node: Node, message: str, *, hint: str | None = None, **parameters: object) -> None:
        """Note that something is wrong at *node*."""
        error = InputError(message, hint=hint, file=self.file, line=line_of(node))
        error.parameters.update(parameters)
        self.problems.append(error)

    def mapping(
        self, node: Node, known: Iterable[str], complaint: str
    ) -> tuple[dict[str, Node], dict[str, Node]] | None:
        """Return the values and the names of a mapping's fields, without unknown and repeated ones."""
        if kind_of(node) != "mapping":
            self.problem(node, complaint)
            return None
        known = tuple(known)
        values: dict[str, Node] = {}
        names: dict[str, Node] = {}
        for name, key, value in pairs(node):
            if name not in known:
                near = nearest(name, known)
                self.problem(
                    key,
                    N_("unknown field {field!r}"),
                    hint=N_("did you mean: {nearest}?") if near else N_("the fields here are: {known}"),
                    field=shorten(name),
                    nearest=", ".join(near),
                    known=", ".join(known),
                )
            elif name in values:
                self.problem(key, N_("the field {field!r} stands twice"), field=name)
            elif not is_empty(value):
                values[name], names[name] = value, key
        return values, names

    def text(self, name: str, node: Node) -> str | None:
        """Return the text in *node*, or None if it is something else."""
        if kind_of(node) != "scalar":
            self.problem(node, N_("the field {field!r} should be a text"), field=name)
            return None
        return str(node.value)

    def texts(self, name: str, node: Node) -> tuple[str, ...] | None:
        """Return the list of texts in *node*, or None if it is something else."""
        if kind_of(node) != "sequence":
            self.problem(
                node,
                N_("the field {field!r} should be a list"),
                hint=N_("one line for each, indented, beginning with - and a space"),
                field=name,
            )
            return None
        found = []
        for item in node.value:
            if kind_of(item) != "scalar" or is_empty(item):
                self.problem(
                    item,
                    N_("the list {field!r} should hold texts only"),
                    hint=N_("a text with a colon goes between single quotation marks"),
                    field=name,
                )
                return None
            found.append(str(item.value))
        return tuple(found)

    def truth(self, name: str, node: Node) -> bool | None:
        """Return whether *node* says yes, or None if it says neither yes nor no."""
        word = str(node.value).lower() if kind_of(node) == "scalar" else ""
        if word not in TRUE | FALSE:
            self.problem(node, N_("the field {field!r} should be true or false"), field=name)
            return None
        return word in TRUE

    def one_of(self, name: str, node: Node, value: str, known: Iterable[str]) -> None:
        """Note a problem unless *value* is one of the *known*."""
        known = tuple(known)
        if value not in known:
            near = nearest(value, known)
            self.problem(
                node,
                N_("{value!r} is no {field}"),
                hint=N_("did you mean: {nearest}?") if near else N_("it is one of: {known}"),
                value=shorten(value),
                field=name,
                nearest=", ".join(near),
                known=", ".join(known),
            )
