"""Codebooks as YAML files, the format that researchers write by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from qualcode.codebooks._schema import CODE_FIELDS, CODEBOOK_FIELDS, COLOUR, FAMILY_FIELDS, KINDS, MACRO, ORIGINS
from qualcode.codebooks.base import CodebookFormat, CodebookReading
from qualcode.errors import N_, InputError, shorten
from qualcode.files.yaml import FieldReader, compose, decode, kind_of, line_of, pairs
from qualcode.model import Code, Codebook, Family
from qualcode.model.codebook import KEY, STAGES
from qualcode.rules.parser import RuleError, parse

if TYPE_CHECKING:
    from yaml.nodes import Node

__all__ = ["YamlFormat"]

ODD_LINE_ENDS = frozenset("\r\x85\u2028\u2029\ufeff")


class YamlFormat(CodebookFormat):
    """YAML with `name` and `codes`; the smallest code has a `key` and `keywords`."""

    extensions = (".yaml", ".yml")

    def read(self, data: bytes, *, file: str, columns: Mapping[str, str] | None = None) -> CodebookReading:
        """Return the codebook in *data*, or every problem found; a YAML file has no columns."""
        reader = _Reader(file)
        try:
            reader.read(compose(decode(data, file), file))
        except InputError as error:
            reader.reading.problems.append(error)
        return reader.reading

    def write(self, codebook: Codebook, *, language: Literal["id", "en"] = "id") -> bytes:
        """Return *codebook* as YAML that reads back equal; what has its default value is left out."""
        import yaml

        class Dumper(yaml.SafeDumper):
            """Writes texts of several lines as such, and never breaks one at a sign that some take for a line end."""

        def write_text(dumper: yaml.SafeDumper, text: str) -> Node:
            style = '"' if set(text) & ODD_LINE_ENDS else "|" if "\n" in text else None
            return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)

        Dumper.add_representer(str, write_text)
        content = _plain(codebook, CODEBOOK_FIELDS)
        if codebook.macros:
            content["macros"] = dict(codebook.macros)
        if codebook.families:
            content["families"] = [_plain(family, FAMILY_FIELDS) for family in codebook.families]
        content["codes"] = [_plain(code, CODE_FIELDS) for code in codebook.codes]
        text: str = yaml.dump(content, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=120)
        return text.encode("utf-8")


def _plain(value: Codebook | Family | Code, names: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields of *value* that differ from their defaults, as YAML holds them."""
    defaults = {item.name: item.default for item in fields(value)}
    found: dict[str, Any] = {}
    for name, kind in names.items():
        content = getattr(value, name)
        if kind in {"families", "codes", "mapping"} or content == defaults[name]:
            continue
        if isinstance(value, Code) and name == "name" and content == Code(value.key).name:
            continue
        found[name] = list(content) if kind == "list" else content
    return found


class _Reader(FieldReader):
    """Walks the nodes of one file and notes every problem with its line."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.lines: dict[tuple[str, str, int], int] = {}
        self.reading = CodebookReading(problems=self.problems, lines=self.lines)

    def read(self, root: Node) -> None:
        """Read the whole file."""
        found = self.mapping(root, CODEBOOK_FIELDS, N_("a codebook is a mapping with name and codes"))
        if found is None:
            return
        nodes, _ = found
        for name in ("name", "codes"):
            if name not in nodes:
                self.problem(root, N_("the field {field!r} is missing"), field=name)
        values: dict[str, Any] = {}
        for name, node in nodes.items():
            self.value(values, name, CODEBOOK_FIELDS[name], node, self.text)
        macros = self.macros(nodes["macros"]) if "macros" in nodes else {}
        families = self.families(nodes["families"]) if "families" in nodes else {}
        codes = self.codes(nodes["codes"], families, macros) if "codes" in nodes else ()
        if not self.problems:
            values |= {"codes": codes, "families": tuple(families.values()), "macros": MappingProxyType(macros)}
            self.reading.codebook = Codebook(**values)

    # values

    def value(
        self, values: dict[str, Any], name: str, kind: str, node: Node, text: Callable[[str, Node], str | None]
    ) -> None:
        """Put the value of one field into *values*."""
        found: Any = None
        if kind == "text":
            found = text(name, node)
        elif kind == "list":
            found = self.texts(name, node)
        elif kind == "lines":
            lines = self.texts(name, node) if kind_of(node) == "sequence" else None
            found = "\n".join(lines) if lines is not None else text(name, node)
        elif kind == "truth":
            found = self.truth(name, node)
        if found is not None:
            values[name] = found

    # parts

    def macros(self, node: Node) -> dict[str, str]:
        if kind_of(node) != "mapping":
            self.problem(node, N_("the field {field!r} should be a mapping of names to rules"), field="macros")
            return {}
        found: dict[str, str] = {}
        places: dict[str, Node] = {}
        for name, key, value in pairs(node):
            if not MACRO.fullmatch(name):
                self.problem(
                    key,
                    N_("the macro name {name!r} is not in capital letters"),
                    hint=N_("write it like DAGANG"),
                    name=shorten(name),
                )
            elif name in found:
                self.problem(key, N_("the macro {name!r} stands twice"), name=name)
            elif (rule := self.text(name, value)) is not None:
                found[name], places[name] = rule, value
        told: set[tuple[object, ...]] = set()
        for name, value in places.items():
            try:
                parse(found[name], found)
            except RuleError as error:
                same = (error.message, error.parameters["rule"], error.column)
                if same not in told:  # a macro made of a broken one is broken by the same thing
                    told.add(same)
                    error.locate(self.file, line_of(value))
                    self.problems.append(error)
        return found

    def rule(self, rule: str, node: Node, macros: Mapping[str, str]) -> None:
        """Note what is wrong with a rule, if anything."""
        try:
            parse(rule, macros)
        except RuleError as error:
            if error.parameters.get("macro") in macros:
                return  # said where the macro stands
            error.locate(self.file, line_of(node))
            self.problems.append(error)

    def families(self, node: Node) -> dict[str, Family]:
        found: dict[str, Family] = {}
        if kind_of(node) != "sequence":
            self.problem(node, N_("the field {field!r} should be a list"), field="families")
            return found
        for item in node.value:
            read = self.mapping(item, FAMILY_FIELDS, N_("a family is a mapping with key and name"))
            if read is None:
                continue
            nodes, _ = read
            values: dict[str, Any] = {}
            for name, value in nodes.items():
                self.value(values, name, FAMILY_FIELDS[name], value, self.text)
            key = self.key(item, nodes, values, found)
            if values.get("kind"):
                self.one_of("kind", nodes["kind"], values["kind"], KINDS)
            if key:
                found[key] = Family(**{"name": key.replace("-", " ").replace("_", " "), **values})
        return found

    def key(self, item: Node, nodes: Mapping[str, Node], values: Mapping[str, Any], taken: Mapping[str, object]) -> str:
        """Return the key of a code or family, or nothing if it has no good one."""
        key = str(values.get("key", ""))
        if not key:
            self.problem(nodes.get("key", item), N_("the field {field!r} is missing"), field="key")
        elif not KEY.fullmatch(key):
            self.problem(
                nodes["key"],
                N_("key {key!r} is not lower-case words joined by - or _"),
                hint=N_("write it like 'upah-rendah' or 'upah_rendah'"),
                key=shorten(key),
            )
        elif key in taken:
            self.problem(nodes["key"], N_("key {key!r} stands twice"), key=key)
        else:
            return key
        return ""

    def codes(self, node: Node, families: Mapping[str, Family], macros: Mapping[str, str]) -> tuple[Code, ...]:
        if kind_of(node) != "sequence" or not node.value:
            self.problem(node, N_("the field {field!r} should be a list of codes"), field="codes")
            return ()
        found: dict[str, Code] = {}
        places: dict[str, Mapping[str, Node]] = {}
        guids: set[str] = set()
        for item in node.value:
            read = self.mapping(item, CODE_FIELDS, N_("a code is a mapping with key and keywords"))
            if read is None:
                continue
            nodes, _ = read
            values: dict[str, Any] = {}
            for name, value in nodes.items():
                self.value(values, name, CODE_FIELDS[name], value, self.text)
            key = self.key(item, nodes, values, found)
            self.code_values(nodes, values, families, macros)
            guid = values.get("guid", "")
            if guid in guids:
                self.problem(nodes["guid"], N_("guid {guid!r} stands twice"), guid=shorten(guid))
            elif guid:
                guids.add(guid)
            if key:
                self.note_lines(key, nodes)
                stage = values.get("stage", "")
                found[key], places[key] = Code(**values | {"stage": stage if stage in STAGES else ""}), nodes
        self.parents(found, places)
        return tuple(found.values())

    def code_values(
        self,
        nodes: Mapping[str, Node],
        values: Mapping[str, Any],
        families: Mapping[str, Family],
        macros: Mapping[str, str],
    ) -> None:
        """Note what is wrong with the values of one code."""
        if values.get("colour") and not COLOUR.fullmatch(values["colour"]):
            self.problem(
                nodes["colour"],
                N_("colour {colour!r} is not a # and six hexadecimal digits"),
                hint=N_("write it between quotation marks, like '#1b9e77'"),
                colour=shorten(values["colour"]),
            )
        if values.get("origin"):
            self.one_of("origin", nodes["origin"], values["origin"], ORIGINS)
        if values.get("stage"):
            self.one_of("stage", nodes["stage"], values["stage"], STAGES)
        if values.get("family") and families:
            self.one_of("family", nodes["family"], values["family"], tuple(families))
        for rule, node in zip(
            values.get("keywords", ()), nodes["keywords"].value if "keywords" in values else (), strict=True
        ):
            self.rule(rule, node, macros)

    def note_lines(self, key: str, nodes: Mapping[str, Node]) -> None:
        for name, node in nodes.items():
            items = node.value if kind_of(node) == "sequence" else [node]
            for number, item in enumerate(items):
                self.lines[key, name, number] = line_of(item)

    def parents(self, codes: Mapping[str, Code], places: Mapping[str, Mapping[str, Node]]) -> None:
        """Note missing parents and rings of parents."""
        told: set[str] = set()
        for key, code in codes.items():
            if code.parent is None:
                continue
            node = places[key]["parent"]
            if code.parent not in codes:
                self.one_of("code", node, code.parent, tuple(codes))
                continue
            seen = [key]
            parent: str | None = code.parent
            while parent is not None and parent in codes and parent not in seen:
                seen.append(parent)
                parent = codes[parent].parent
            if parent == key and not told & set(seen):
                told |= set(seen)
                self.problem(
                    node, N_("the parents of code {key!r} form a ring: {ring}"), key=key, ring=" → ".join([*seen, key])
                )
