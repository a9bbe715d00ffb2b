"""From a file of hints to what it says, every problem with its line."""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from qualcode.errors import N_, InputError, QualcodeError, Word, shorten
from qualcode.files.yaml import FieldReader, compose, decode, is_empty, kind_of, line_of, pairs
from qualcode.importers._base import AttributeTable
from qualcode.importers._files import read_bytes
from qualcode.importers._names import NamePattern
from qualcode.importers._words import normal
from qualcode.importers.coded.columns import FIELDS as COLUMN_FIELDS
from qualcode.importers.hints.hints import KIND_WORDS, ROLE_WORDS, FileHints, Hints, hints_beside

if TYPE_CHECKING:
    from yaml.nodes import Node

__all__ = ["hints_for", "hints_schema", "read_hints"]

FILE_FIELDS = (
    "speakers",
    "informants",
    "informant",
    "kind",
    "language",
    "encoding",
    "columns",
    "split",
    "coder",
)
"""What may be said of all files, or of some."""
FIELDS = (*FILE_FIELDS, "names", "attributes", "files")
ATTRIBUTE_FIELDS = ("file", "informant", "types", "missing", "ignore")
COLUMNS = ("text", *sorted(COLUMN_FIELDS))
"""What a column of a table may hold: responses (text), or what `qualcode.importers.coded.columns` knows of coded tables."""
TYPES = ("integer", "number", "yes/no", "date", "range", "category", "text")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
LARGEST = 1_000_000


def read_hints(path: Path) -> tuple[Hints, tuple[InputError, ...]]:
    """Return what the file at *path* says, and everything that is wrong in it, with its line.

    Raises
    ------
    InputError
        If it cannot be opened.
    NotFoundError
        If there is no such file.
    """
    reader = _Reader(path.name)
    data = read_bytes(path, LARGEST)
    try:
        text = decode(data, path.name) if data.strip() else ""
        if all(line.lstrip().startswith("#") or not line.strip() for line in text.splitlines()):
            return Hints(path), ()  # all of it commented out: nothing is said yet
        found = reader.read(compose(text, path.name), path)
    except InputError as error:
        return Hints(path), (error,)
    return found, tuple(sorted(reader.problems, key=lambda problem: problem.line or 0))


def hints_for(files: Sequence[Path], named: Path | None) -> tuple[Mapping[Path, Hints], tuple[QualcodeError, ...]]:
    """Return the hints for each file, those *named* or else those beside it, and everything wrong in them."""
    by_folder: dict[Path, Hints] = {}
    wrong: list[QualcodeError] = []
    for folder in dict.fromkeys(file.parent for file in files):
        path = None
        try:
            path = named or hints_beside(folder)
            by_folder[folder], problems = read_hints(path) if path is not None else (Hints(), ())
        except QualcodeError as error:
            by_folder[folder], problems = Hints(), ()
            wrong.append(error)
        wrong += problems
        if path is not None and not problems and (missing := _no_table(by_folder[folder], path)) is not None:
            wrong.append(missing)
        if named is not None:
            by_folder |= dict.fromkeys((file.parent for file in files), by_folder[folder])
            break
    return MappingProxyType({file: by_folder[file.parent] for file in files}), tuple(wrong)


def _no_table(hints: Hints, path: Path) -> InputError | None:
    """Return the error if the table of attributes is not where *hints*, which stand in the file at *path*, say."""
    table = hints.attributes
    if table is None or table.path.is_file():
        return None
    message, hint = N_("no table {name!r}"), N_("it is looked for in the folder of the hints")
    return InputError(message, hint=hint, file=path, line=table.line, name=table.path.name)


class _Reader(FieldReader):
    def read(self, root: Node, path: Path) -> Hints:
        """Return what the file says; `problems` holds what is wrong in it."""
        if is_empty(root):
            return Hints(path)
        read = self.mapping(root, FIELDS, N_("hints are a mapping of fields such as speakers and names"))
        if read is None:
            return Hints(path)
        nodes, _ = read
        lines: dict[str, int] = {}
        names = self.names(nodes["names"], lines) if "names" in nodes else ()
        files = self.files(nodes["files"], lines) if "files" in nodes else ()
        return Hints(
            path,
            self.of_files(nodes),
            files,
            names,
            self.attributes(nodes["attributes"], path.parent) if "attributes" in nodes else None,
            MappingProxyType(lines),
        )

    def files(self, node: Node, lines: dict[str, int]) -> tuple[tuple[str, FileHints], ...]:
        """Return what is said of some files, by the pattern of their names."""
        if kind_of(node) != "mapping":
            self.problem(node, N_("files should be a mapping of file names to what is said of them"))
            return ()
        found: dict[str, FileHints] = {}
        for name, key, value in pairs(node):
            if name in found:
                self.problem(key, N_("the field {field!r} stands twice"), field=shorten(name))
                continue
            lines[name] = line_of(key)
            read = (
                self.mapping(value, FILE_FIELDS, N_("what is said of a file is a mapping of fields"))
                if not is_empty(value)
                else ({}, {})
            )
            found[name] = self.of_files(read[0]) if read is not None else FileHints()
        return tuple(found.items())

    def of_files(self, nodes: Mapping[str, Node]) -> FileHints:
        """Return the fields that hold for files."""
        values: dict[str, Any] = {}
        for name, node in nodes.items():
            if name == "speakers":
                values[name] = self.labels(name, node, self.role)
            elif name == "informants":
                values[name] = self.labels(name, node, self.text)
            elif name == "columns":
                values[name] = self.named(name, node, COLUMNS)
            elif name == "split":
                values[name] = self.truth(name, node)
            elif name in FILE_FIELDS and (text := self.text(name, node)) is not None:
                values[name] = self.checked(name, node, text.strip())
        return FileHints(**{name: value for name, value in values.items() if value is not None})

    def labels(self, field: str, node: Node, value_of: Any) -> Mapping[str, Any]:
        """Return a value for each label; a label written twice in two ways is one."""
        if kind_of(node) != "mapping":
            self.problem(node, N_("{field} should be a mapping, a line for each label as in 'P: …'"), field=field)
            return MappingProxyType({})
        found: dict[str, Any] = {}
        keys: set[str] = set()
        for label, key, value in pairs(node):
            if not normal(label) or kind_of(key) != "scalar":
                self.problem(key, N_("this is no label"), hint=N_("put a label between single quotation marks"))
            elif normal(label) in keys:
                self.problem(key, N_("the label {label!r} stands twice"), label=shorten(label))
            elif is_empty(value):
                continue
            else:
                keys.add(normal(label))
                before = len(self.problems)
                said = value_of(label, value)
                if len(self.problems) == before:
                    found[label] = said
        return MappingProxyType(found)

    def role(self, label: str, node: Node) -> object:
        """Return the role in *node*; None where it says that the label is nobody's."""
        text = self.text(label, node)
        if text is None:
            return None
        word = " ".join(text.split()).casefold()
        self.one_of(Word(N_("role")), node, word, ROLE_WORDS)
        return ROLE_WORDS.get(word)

    def named(self, field: str, node: Node, known: Collection[str]) -> Mapping[str, str]:
        """Return a mapping of *known* names to texts."""
        read = self.mapping(node, known, N_("this should be a mapping, a line for each column"))
        found = {name: self.text(name, value) for name, value in (read[0] if read else {}).items()}
        return MappingProxyType({name: text.strip() for name, text in found.items() if text is not None})

    def checked(self, name: str, node: Node, text: str) -> object:
        """Return the value of a field that is one text."""
        if name == "kind":
            word = " ".join(text.split()).casefold()
            self.one_of(Word(N_("kind of source")), node, word, KIND_WORDS)
            return KIND_WORDS.get(word)
        if name == "language" and not LANGUAGE.fullmatch(text):
            self.problem(
                node,
                N_("{value!r} is no language"),
                hint=N_("write its short name, such as id, en, jv or su"),
                value=shorten(text),
            )
            return None
        if name == "encoding" and not _is_encoding(text):
            self.problem(
                node,
                N_("{value!r} is no encoding of text"),
                hint=N_("usual ones are utf-8, cp1252 and utf-16"),
                value=shorten(text),
            )
            return None
        return text

    def names(self, node: Node, lines: dict[str, int]) -> tuple[NamePattern, ...]:
        """Return the forms of file names."""
        items = node.value if kind_of(node) == "sequence" else [node]
        found = []
        for item in items:
            if kind_of(item) != "scalar" or is_empty(item):
                self.problem(
                    item,
                    N_("names should hold forms of file names only"),
                    hint=N_("write one between quotation marks, like '{{informan}}_W{{wawancara}}.docx'"),
                    field="names",
                )
                continue
            try:
                found.append(NamePattern(str(item.value).strip()))
            except InputError as error:
                error.file, error.line = Path(self.file), line_of(item)
                self.problems.append(error)
            else:
                lines[found[-1].pattern] = line_of(item)
        return tuple(found)

    def attributes(self, node: Node, folder: Path) -> AttributeTable | None:
        """Return where the table of attributes lies and how to read it; its name alone is enough."""
        if kind_of(node) == "scalar":
            return AttributeTable(folder / str(node.value).strip(), line=line_of(node))
        read = self.mapping(node, ATTRIBUTE_FIELDS, N_("attributes should be the name of a table, or a mapping"))
        if read is None:
            return None
        nodes, _ = read
        if "file" not in nodes:
            self.problem(node, N_("the field {field!r} is missing"), field="file")
        values: dict[str, Any] = {}
        for name, item in nodes.items():
            if name == "types":
                values[name] = self.types(item)
            elif name in {"missing", "ignore"}:
                alone = kind_of(item) == "scalar"
                values[name] = (str(item.value),) if alone else self.texts(name, item)
            else:
                values[name] = self.text(name, item)
        file = values.pop("file", None)
        given = {name: value for name, value in values.items() if value is not None}
        return AttributeTable(folder / file.strip(), **given, line=line_of(nodes["file"])) if file else None

    def types(self, node: Node) -> Mapping[str, str]:
        """Return the type of each attribute."""
        if kind_of(node) != "mapping":
            self.problem(node, N_("types should be a mapping of attributes to types"))
            return MappingProxyType({})
        found: dict[str, str] = {}
        for name, _, value in pairs(node):
            text = self.text(name, value)
            if text is not None:
                self.one_of(Word(N_("type of attribute")), value, text.strip().casefold(), TYPES)
                found[name] = text.strip().casefold()
        return MappingProxyType(found)


def _is_encoding(name: str) -> bool:
    try:
        return codecs.lookup(name)._is_text_encoding
    except (LookupError, ValueError):
        return False


_TEXT: Mapping[str, Any] = {"type": ["string", "number", "boolean", "null"]}  # read as it is written


def hints_schema() -> dict[str, Any]:
    """Return the JSON schema (draft 2020-12) of files of hints, for editors that complete and check YAML."""
    none: dict[str, Any] = {"type": "null"}

    def choice(words: Collection[str]) -> dict[str, Any]:
        return {"enum": [*sorted(words), None]}

    def table(values: Mapping[str, Any], names: Collection[str] | None = None) -> dict[str, Any]:
        whole: dict[str, Any] = {"type": ["object", "null"]}
        if names is None:
            return whole | {"additionalProperties": values}
        return whole | {"additionalProperties": False, "properties": dict.fromkeys(names, values)}

    of_files: dict[str, Any] = {
        "speakers": table(choice(ROLE_WORDS)),
        "informants": table(_TEXT),
        "informant": _TEXT,
        "kind": choice(KIND_WORDS),
        "language": {"type": ["string", "null"], "pattern": f"^{LANGUAGE.pattern}$"},
        "encoding": _TEXT,
        "columns": table(_TEXT, COLUMNS),
        "split": {"type": ["boolean", "string", "null"]},
        "coder": _TEXT,
    }
    texts: dict[str, Any] = {"anyOf": [{"type": "array", "items": _TEXT}, _TEXT]}
    attributes = {
        "file": _TEXT,
        "informant": _TEXT,
        "types": table(choice(TYPES)),
        "missing": texts,
        "ignore": texts,
    }
    some = {"type": ["object", "null"], "additionalProperties": False, "properties": of_files}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "qualcode hints",
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": {
            **of_files,
            "names": texts,
            "attributes": {
                "anyOf": [
                    {
                        "type": "object",
                        "required": ["file"],
                        "additionalProperties": False,
                        "properties": attributes,
                    },
                    _TEXT,
                    none,
                ]
            },
            "files": {"type": ["object", "null"], "additionalProperties": some},
        },
    }
