"""Codebooks as tables, the way researchers keep them in Excel: a row a code, headings in Indonesian or English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from qualcode.codebooks._schema import COLOUR, ORIGINS
from qualcode.codebooks.base import CodebookReading
from qualcode.errors import N_, InputError, NotFoundError, nearest, shorten
from qualcode.files.cells import unguard
from qualcode.files.tables import Table
from qualcode.i18n import translator
from qualcode.model import STAGES, Code, Codebook, Family, Finding, code_key
from qualcode.model.codebook import KEY
from qualcode.rules.parser import RuleError, parse

__all__ = ["CODE_HEADINGS", "CodeTable", "heads", "plain_head", "rows_of"]

CODE_HEADINGS: Mapping[str, str] = {
    "key": N_("code key"),
    "name": N_("code"),
    "name_en": N_("English name"),
    "family": N_("family"),
    "parent": N_("parent"),
    "definition": N_("definition"),
    "include": N_("when to use"),
    "exclude": N_("when not to use"),
    "examples": N_("examples"),
    "near_misses": N_("near misses"),
    "keywords": N_("keywords"),
    "colour": N_("colour"),
    "origin": N_("origin"),
    "stage": N_("stage"),
    "active": N_("in use"),
}
"""Field of a code → its heading, as it is written."""

HEADS: Mapping[str, str] = {
    "key": r"(?:code )?key|kunci(?: kode)?|kode kunci|id|singkatan|mnemonic",
    "name": r"name|nama(?: kode| tema| label)?|kode|code|codes|label(?: kode)?|tema|theme|konsep|open code|kode terbuka|indikator",
    "name_en": r"(?:english name|name en|nama inggris|english|bahasa inggris)",
    "family": r"family|rumpun|kelompok|group|dimensi|aspek|variabel",
    "parent": r"parent|induk|kode induk|under|di bawah|kategori|category|subtema|sub tema|kode aksial|axial code",
    "definition": r"definition|definisi(?: operasional)?|pengertian|deskripsi|description|arti|makna|penjelasan|keterangan",
    "include": r"include|inclusion(?: criteria)?|when to use|kapan dipakai|dipakai (?:bila|jika|kalau)|kriteria inklusi|ketentuan|mencakup",
    "exclude": r"exclude|exclusion(?: criteria)?|when not to use|kapan tidak dipakai|tidak dipakai (?:bila|jika|kalau)|kriteria eksklusi|bukan",
    "examples": r"examples?|contoh(?: kutipan| ujaran| verbatim)?|kutipan(?: contoh)?|verbatim|quotes?",
    "near_misses": r"near miss(?:es)?|pengecoh|bukan contoh|contoh bukan|counter ?examples?",
    "keywords": r"keywords?|kata kunci|kata[- ]kata|rules?|aturan|pola|indikator kata",
    "colour": r"colou?r|warna",
    "origin": r"origin|asal|sumber kode",
    "stage": r"stage|tahap(?: pengodean)?",
    "active": r"in use|active|aktif|dipakai|status",
}
"""Field → the headings it is known by, in the plain form of `plain_head`."""

LISTS = frozenset({"examples", "near_misses", "keywords"})
YES = frozenset({"", "ya", "y", "yes", "true", "1", "aktif", "active", "benar", "dipakai", "v", "x", "✓"})
NO = frozenset({"tidak", "t", "no", "n", "false", "0", "nonaktif", "inactive", "salah", "tidak dipakai", "-"})
STAGE_WORDS = {"terbuka": "open", "aksial": "axial", "selektif": "selective"}
ORIGIN_WORDS = {
    "a priori": "a_priori",
    "apriori": "a_priori",
    "teori": "a_priori",
    "deduktif": "a_priori",
    "deductive": "a_priori",
    "induktif": "inductive",
    "data": "inductive",
    "tambahan": "addition",
    "usulan": "suggested",
    "impor": "imported",
}
_OPERATORS = frozenset('()|~>&!"*')


def plain_head(heading: str) -> str:
    """Return *heading* in the form in which headings are compared.

    >>> plain_head("  Definisi_Operasional: ")
    'definisi operasional'
    """
    text = unicodedata.normalize("NFKC", heading).casefold()
    return " ".join(re.findall(r"[\w]+", text.replace("_", " ")))


def heads(columns: Sequence[str], given: Mapping[str, str], file: str) -> dict[str, int]:
    """Return which column holds which field; what is *given* (field → heading) counts before what a heading says.

    Raises
    ------
    NotFoundError
        If a field or column that is given is not there.
    """
    plain = [plain_head(unguard(column)) for column in columns]
    found: dict[str, int] = {}
    for name, heading in given.items():
        if name not in CODE_HEADINGS:
            raise NotFoundError(N_("a code has no field {name!r}"), name=name, known=CODE_HEADINGS)
        if plain_head(heading) not in plain:
            raise NotFoundError(N_("there is no column {name!r}"), name=heading, known=columns)
        found[name] = plain.index(plain_head(heading))
    for name, pattern in HEADS.items():
        for at, heading in enumerate(plain):
            if name not in found and at not in found.values() and re.fullmatch(pattern, heading):
                found[name] = at
    return found


def rows_of(codebook: Codebook, language: str) -> Iterator[tuple[str, ...]]:
    """Yield the headings, then a row a code; several texts in a cell stand on lines of their own."""
    _ = translator("en" if language == "en" else "id")
    yield tuple(_(heading) for heading in CODE_HEADINGS.values())
    for code in codebook:
        cells = {name: getattr(code, name) for name in CODE_HEADINGS}
        cells |= {name: "\n".join(cells[name]) for name in LISTS}
        cells["active"] = _(N_("yes")) if code.active else _(N_("no"))
        cells["parent"] = code.parent or ""
        yield tuple(cells[name] for name in CODE_HEADINGS)


@dataclass(slots=True)
class CodeTable:
    """Reads the rows of one table of codes, and notes every problem with its row."""

    file: str
    table: Table
    columns: Mapping[str, str]
    macros: Mapping[str, str] = field(default_factory=dict)
    families: dict[str, Family] = field(default_factory=dict)
    head: Mapping[str, Any] = field(default_factory=dict)

    def read(self, name: str) -> CodebookReading:
        """Return the codebook called *name* unless the file says what it is called."""
        reading = CodebookReading(findings=[f for f in self.table.findings if f.level != "note"])
        try:
            where = heads(self.table.columns, self.columns, self.file)
        except NotFoundError as error:
            reading.problems.append(_as_input(error, self.file, 1))
            return reading
        if not {"key", "name"} & where.keys():
            reading.problems.append(
                InputError(
                    N_("no column holds the names of codes; the columns are {columns}"),
                    hint=N_("name it: --column name=HEADING"),
                    file=self.file,
                    line=1,
                    columns=", ".join(shorten(column) for column in self.table.columns),
                )
            )
            return reading
        self._say_columns(where, reading)
        lines: dict[tuple[str, str, int], int] = {}
        reading.lines = lines
        drafts: dict[str, tuple[int, dict[str, Any]]] = {}
        for row, line in zip(self.table.rows, self.table.lines, strict=True):
            cells = {name: _text(row[at]) for name, at in where.items()}
            if any(cells.values()):
                self._draft(cells, line, drafts, reading)
        self._tree(drafts, reading)
        codes = [Code(**values) for _, values in drafts.values()]
        for key, (line, values) in drafts.items():
            for of in CODE_HEADINGS:
                for number in range(len(values.get(of, ())) if of in LISTS else 1):
                    lines[key, of, number] = line
        if not codes:
            reading.problems.append(InputError(N_("the table holds no codes"), file=self.file))
        if not reading.problems:
            try:
                reading.codebook = Codebook(
                    **{"name": name, **self.head},
                    codes=tuple(codes),
                    families=tuple(self.families.values()),
                    macros=dict(self.macros),
                )
            except (InputError, NotFoundError) as error:
                reading.problems.append(_as_input(error, self.file))
        return reading

    def _say_columns(self, where: Mapping[str, int], reading: CodebookReading) -> None:
        usual = [plain_head(column) for column in self.table.columns]
        if usual == [plain_head(name) for name in CODE_HEADINGS.values()] or len(where) == len(CODE_HEADINGS):
            return  # as it was written
        told = ", ".join(f"{shorten(self.table.columns[at])} = {name}" for name, at in where.items())
        reading.findings.append(Finding("note", N_("columns: {told}"), self.file, 1, "columns", {"told": told}))
        rest = [c for at, c in enumerate(self.table.columns) if at not in where.values() and c.strip()]
        if rest:
            names = ", ".join(shorten(column) for column in rest)
            reading.findings.append(
                Finding(
                    "doubtful", N_("columns that were not read: {names}"), self.file, 1, "columns", {"names": names}
                )
            )

    def _problem(
        self, reading: CodebookReading, message: str, line: int, hint: str | None = None, **about: object
    ) -> None:
        reading.problems.append(InputError(message, hint=hint, file=self.file, line=line, **about))

    def _draft(
        self,
        cells: Mapping[str, str],
        line: int,
        drafts: dict[str, tuple[int, dict[str, Any]]],
        reading: CodebookReading,
    ) -> None:
        name = cells.get("name", "")
        key = cells.get("key", "")
        if not key and not name:
            self._problem(reading, N_("the row names no code"), line, N_("give the code a name, or delete the row"))
            return
        if key and not KEY.fullmatch(key):
            if name:
                self._problem(
                    reading,
                    N_("key {key!r} is not lower-case words joined by - or _"),
                    line,
                    N_("write it like 'upah-rendah' or 'upah_rendah'"),
                    key=shorten(key),
                )
                return
            name, key = key, ""
        key = key or code_key(name)
        if key in drafts:
            same = (drafts[key][1].get("name") or key).casefold() == (name or key).casefold()
            if cells.get("key") or same:
                self._problem(reading, N_("the code {key!r} stands twice"), line, key=key)
                return
            number = 2
            while f"{key}-{number}" in drafts:
                number += 1
            key = f"{key}-{number}"
        values: dict[str, Any] = {"key": key}
        if name:
            values["name"] = name
        for plain in ("name_en", "definition", "include", "exclude", "parent"):
            if cells.get(plain):
                values[plain] = cells[plain]
        for many in LISTS & cells.keys():
            values[many] = tuple(_items(cells[many], words=many == "keywords"))
        self._marks(cells, values, line, reading)
        for rule in values.get("keywords", ()):
            try:
                parse(rule, self.macros)
            except RuleError as error:
                error.locate(self.file, line)
                reading.problems.append(error)
        drafts[key] = (line, values)

    def _marks(self, cells: Mapping[str, str], values: dict[str, Any], line: int, reading: CodebookReading) -> None:
        """Read the fields whose values are few: family, colour, origin, stage, in use."""
        if family := cells.get("family"):
            values["family"] = self._family(family)
        if colour := cells.get("colour"):
            if COLOUR.fullmatch(colour):
                values["colour"] = colour
            else:
                self._problem(
                    reading, N_("colour {colour!r} is not a # and six hexadecimal digits"), line, colour=shorten(colour)
                )
        for name, known, words in (("origin", ORIGINS, ORIGIN_WORDS), ("stage", STAGES, STAGE_WORDS)):
            if said := cells.get(name, "").casefold():
                value = words.get(said, said)
                if value in known:
                    values[name] = value
                else:
                    near = nearest(said, [*known, *words])
                    self._problem(
                        reading,
                        N_("{value!r} is no {field}"),
                        line,
                        N_("did you mean: {nearest}?") if near else N_("it is one of: {known}"),
                        value=shorten(said),
                        field=name,
                        nearest=", ".join(near),
                        known=", ".join(known),
                    )
        active = cells.get("active", "").casefold()
        if active in NO:
            values["active"] = False
        elif active not in YES:
            self._problem(
                reading,
                N_("{value!r} is no {field}"),
                line,
                N_("it is one of: {known}"),
                value=shorten(active),
                field="active",
                known="ya, tidak",
            )

    def _family(self, said: str) -> str:
        """Return the key of the family that a cell names, which is made where there is none."""
        for family in self.families.values():
            if said.casefold() in {family.key, family.name.casefold(), family.name_en.casefold()}:
                return family.key
        key = said if KEY.fullmatch(said) else code_key(said)
        self.families[key] = Family(key, said if said != key else key.replace("-", " ").replace("_", " "))
        return key

    def _tree(self, drafts: dict[str, tuple[int, dict[str, Any]]], reading: CodebookReading) -> None:
        """Find the code that each parent cell means, by key or by name; a category that has no row of its own becomes a code."""
        by_name = {str(values.get("name", key)).casefold(): key for key, (_, values) in drafts.items()}
        made: dict[str, tuple[int, dict[str, Any]]] = {}
        for line, values in drafts.values():
            if "parent" not in values:
                continue
            said = values["parent"]
            key = said if said in drafts else by_name.get(said.casefold())
            if key is None:
                key = code_key(said)
                if key in drafts or key in made:
                    values["parent"] = key
                    continue
                parent: dict[str, Any] = {"key": key, "name": said}
                if values.get("family"):
                    parent["family"] = values["family"]
                made[key] = (line, parent)
                reading.findings.append(
                    Finding(
                        "note",
                        N_("{name!r} has no row of its own and was made a code above others"),
                        self.file,
                        line,
                        "parent",
                        {"name": shorten(said)},
                    )
                )
            values["parent"] = key
        if made:
            rest = dict(drafts)
            drafts.clear()
            for key, draft in rest.items():
                above = draft[1].get("parent")
                if above in made and above not in drafts:
                    drafts[above] = made[above]
                drafts[key] = draft


def _as_input(error: InputError | NotFoundError, file: str, line: int | None = None) -> InputError:
    """Return *error* as a problem of the file."""
    problem = InputError(error.message, hint=error.hint, file=file, line=line)
    problem.parameters = error.parameters
    return problem


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ya" if cell else "tidak"
    return unguard(str(cell)).strip()


def _items(cell: str, *, words: bool) -> Iterator[str]:
    """Yield the texts of a cell: its lines; keywords without any sign of the rule language may also be parted by commas."""
    lines = [line.strip() for line in cell.split("\n") if line.strip()]
    for line in lines:
        line = re.sub(r"^(?:[-•·▪]|\d{1,2}[.)])\s+", "", line) if len(lines) > 1 else line
        if words and not _OPERATORS & set(line) and re.search(r"[,;]", line) and ":" not in line:
            yield from (part.strip() for part in re.split(r"[,;]", line) if part.strip())
        else:
            yield line
