"""Reads the top of a text, above the first turn: fields, legend, titles, and what they say about the source."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qualcode.importers._words import HONORIFICS, is_role_label, normal, role_of
from qualcode.importers.header.cells import LEGEND_TAIL, fields_below, heads_talk, people_below, read_fields
from qualcode.importers.header.entries import GREETING, PROSE, is_nameish, is_short_entry, withheld
from qualcode.importers.header.fields import (
    TALK_TITLE,
    Field,
    described,
    field_of,
    id_in,
    id_of,
    kind_in,
)
from qualcode.importers.header.found import Top, named_by, stripped, with_legends_below
from qualcode.importers.header.legend import (
    LegendItem,
    goes_on,
    is_table_row,
    items_of_fields,
    items_that_name,
    legend_items,
    opens_legend,
)
from qualcode.importers.header.surroundings import Surroundings
from qualcode.model import AttributeValue, Kind, Role, Span

__all__ = ["Top", "read_top", "with_legends_below"]

_MOST_PEOPLE = 60
_LISTED = re.compile(r"[ \t]*(?:\(?(?:\d{1,2}|[a-z])[.)]|[-•▪*–])[ \t]*\S")
_LONGEST = 2000
"""No line of a header is longer, in characters; only shorter ones are looked into."""
_CODED_LABEL = re.compile(
    r"[ \t>*_]*(?P<phrase>[^\W\d_][^\n:=()]{2,40}?)[ \t]*\((?P<label>[A-Z]{1,3}\d{0,2})\)[ \t*_]*[:=]"
)
_INTERVIEW = re.compile(r"\b(?:wawancara|interview)\b", re.IGNORECASE)
_TALK = {Kind.INTERVIEW, Kind.GROUP}
_ANSWERS = {Role.INFORMANT, Role.PARTICIPANT}
_TALK_WITH = re.compile(
    r"\b(?:wawancara|percakapan|obrolan|interview|conversation) (?:dengan|bersama|with) (?P<name>(?:[^\W\d_]+\.? ?){1,4})",
    re.IGNORECASE,
)


def read_top(text: str, stop: int, candidates: Sequence[tuple[int, str]], options: frozenset[str]) -> Top:
    """Return the top of *text*.

    Parameters
    ----------
    text : str
        The whole text; only what stands before *stop* is read.
    candidates : sequence of (int, str)
        Where lines begin that look like turns, each with its label in normal form.
    options : frozenset of str
        Labels, in normal form, that the user says are speakers.
    """
    return _Reader(text, stop, candidates, options).read()


def _is_answering(found: Field) -> bool:
    """Tell whether a field such as ``Informan : penjual kopi, 34 tahun`` says who answers."""
    return found.target in {"private", "id"} and is_role_label(found.key.title()) and role_of(found.key) in _ANSWERS


class _Reader:
    """Goes down the lines until the talk begins."""

    def __init__(self, text: str, stop: int, candidates: Sequence[tuple[int, str]], options: frozenset[str]) -> None:
        self._text = text
        self._spans: list[Span] = []
        self._loose: list[Span] = []
        self._fields: list[tuple[Field, int]] = []
        self._legend: dict[str, LegendItem] = {}
        self._titles: list[str] = []
        self._described: dict[str, AttributeValue] = {}
        self._disputed: dict[str, tuple[str, str]] = {}
        self._headed = False
        self._below: dict[int, int] = {}
        self._named: dict[str, Role] = {}
        self._informant_id: str | None = None
        self._paragraph = self._prose = 0
        self._near = Surroundings(text, stop, candidates, options, self._legend)
        self._lines = self._near.lines
        self._persons: list[dict[str, AttributeValue]] = []

    def read(self) -> Top:
        """Return the top."""
        open_, blank = False, False
        end = 0
        for place, (start, line) in enumerate(self._lines):
            if not line.strip():
                # A blank line ends a legend, but not between its heading and its first item.
                open_, blank = open_ and (self._headed or not self._legend), True
                self._paragraph = 0
                continue
            if place in self._below:  # the values of the row of labels above
                blank = False
                end = start + len(line)
                continue
            if len(line) <= _LONGEST and self._legend_line(place, start, line, open_):
                open_, self._headed = True, False
            elif opens_legend(line):
                open_ = self._headed = True
                self._spans.append(stripped(start, line))
            elif self._naming_line(start, line):
                open_, self._headed = True, False
            elif (
                self._label_row(place, start, line)
                or self._people(place, start, line)
                or self._names_below_each_other(place)
            ):
                open_ = False
            elif len(line) > _LONGEST or not self._field_line(place, start, line, blank):
                key = self._near.keys.get(start)
                if (key is not None and self._near.begins_talk(key, place)) or (
                    not self._near.talk and len(line) > PROSE
                ):
                    break
                self._free_line(start, line)
                open_ = False
            elif LEGEND_TAIL.search(line):
                open_ = self._headed = True
            blank = False
            end = start + len(line)
        return self._top(end)

    def _legend_line(self, place: int, start: int, line: str, open_: bool) -> bool:
        open_ = (
            open_
            or self._in_legend_table(place)
            or self._near.are_letters(place)
            or (bool(self._legend) and goes_on(line, self._legend, self._text))
        )
        items, length = legend_items(line, open_=open_)
        again = [item for item in items if normal(item.label) in self._legend]
        # A second legend says that it is one; otherwise "P: Penjual" below a legend is what P says.
        telling = sum(role_of(item.meaning) is not None for item in items)
        if not items or (again and not self._headed and telling < 2):
            return False
        if open_ and len(items) == 1 and role_of(items[0].meaning) is None and not self._is_meaning(items[0]):
            return False
        if len(items) == 1 and items[0].meaning[-1] in "?!" and self._near.count[normal(items[0].label)] >= 2:
            return False  # the talk begins
        for item in items:
            key = normal(item.label)
            if key in self._legend and role_of(self._legend[key].meaning) is not role_of(item.meaning):
                self._disputed[key] = (item.meaning, self._legend[key].meaning)
            self._legend[key] = item
        self._spans.append(stripped(start, line[:length]))
        if rest := line[length:].strip(" \t.,;|*_"):
            at = start + line.index(rest, length)
            self._loose.append(Span(at, at + len(rest)))
            left = line[length : at - start].strip() + line[at - start + len(rest) :].strip()
            if left:  # nothing is lost, not even a full stop
                self._loose[-1] = stripped(start + length, line[length:])
        elif line[length:].strip():
            self._spans[-1] = stripped(start, line)
        return True

    def _naming_line(self, start: int, line: str) -> bool:
        """Read a line that says whose the letters are with which turns begin below, as `items_that_name` does."""
        items = items_that_name(line, self._near.count) if len(line) <= PROSE else ()
        for item in items:
            self._legend.setdefault(normal(item.label), item)
        if items:
            self._spans.append(stripped(start, line))
            if is_role_label(items[0].meaning) and (named := field_of(line)) is not None:
                self._fields.append((named, self._text.count("\n", 0, start) + 1))
        return bool(items)

    def _in_legend_table(self, place: int) -> bool:
        """Tell whether the line and a neighbour are rows of a legend in a table, which needs no heading."""
        near = [line for _, line in self._lines[max(place - 1, 0) : place + 2]]
        return is_table_row(self._lines[place][1]) and sum(map(is_table_row, near)) >= 2

    def _is_meaning(self, item: LegendItem) -> bool:
        """Tell whether *item* of an open legend may say who somebody is, though by no role word."""
        words = item.meaning.split()
        if self._near.count[normal(item.label)] < 2:
            return is_nameish(item.meaning)
        return len(words) <= 5 and item.meaning[-1] not in ".?!…," and not GREETING.search(item.meaning)

    def _label_row(self, place: int, start: int, line: str) -> bool:
        """Read a row of labels together with the row of values below it."""
        if "\t" not in line and "|" not in line:
            return False
        below = [at for at in range(place + 1, min(place + 5, len(self._lines))) if self._is_filled(at)][:2]
        if not below or self._near.keys.get(self._lines[below[0]][0]) is not None:
            return False
        after = self._lines[below[1]][1] if len(below) > 1 else ""
        fields = fields_below(line, self._lines[below[0]][1], after)
        if not fields:
            return False
        number = self._text.count("\n", 0, start) + 1
        self._fields.extend((f, number) for f in fields)
        self._spans.append(stripped(start, line))
        for at in range(place + 1, below[0] + 1):
            if self._lines[at][1].strip():
                self._below[at] = place
                self._spans.append(stripped(*self._lines[at]))
        return True

    def _people(self, place: int, start: int, line: str) -> bool:
        """Read a table of the people who speak, each with a row of their own."""
        if "\t" not in line and "|" not in line:
            return False
        places = [at for at in range(place + 1, min(place + _MOST_PEOPLE, len(self._lines))) if self._is_filled(at)]
        people = people_below([line, *(self._lines[at][1] for at in places)], self._near.count)
        for label, told in people:
            self._legend.setdefault(normal(label), LegendItem(label, told))
        if people:
            self._spans.append(stripped(start, line))
            for at in range(place + 1, places[len(people) - 1] + 1):
                if self._lines[at][1].strip():
                    self._below[at] = place
                    self._spans.append(stripped(*self._lines[at]))
        return bool(people)

    def _names_below_each_other(self, place: int) -> bool:
        """Read a list of who did what, such as ``Narasumber: Surya`` above ``Juru foto: Anita``: names, and nobody's attributes."""
        length = self._near.people_from(place)
        for at in range(place, place + length):
            self._below[at] = place
            self._spans.append(stripped(*self._lines[at]))
        return length > 0

    def _is_filled(self, place: int) -> bool:
        """Tell whether a line has words, unlike an empty one or the rule below the head of a Markdown table."""
        return any(c.isalnum() for c in self._lines[place][1])

    def _field_line(self, place: int, start: int, line: str, blank: bool) -> bool:
        fields, left = read_fields(line) if not (self._is_over(line) or heads_talk(line)) else ((), ())
        if not fields:
            return False
        # Beside a usual label, an unusual one in the same row of a table is no doubt a label too.
        first = next((f for f in fields if f.known), fields[0]) if fields[0].tabbed else fields[0]
        key = self._near.keys.get(start)
        if key is not None and self._near.speaks(key):
            if not self._near.heads(place, first, key, blank, [f for f, _ in self._fields]):
                return False
        elif first.tabbed and self._near.comes_back(line):
            return False
        elif not first.known:
            known_near = any(f.known for f, _ in self._fields) or self._near.usual_follows(place)
            if first.tabbed or not known_near or not is_short_entry(line, first) or self._heads_list(place, first):
                return False
        elif len(first.value) > 3 * PROSE or (not first.value and first.target == "metadata" and not self._near.talk):
            return False  # "Catatan:" above paragraphs is a heading
        self._coded_label(line)
        for item in items_of_fields(fields, self._text):
            self._legend.setdefault(normal(item.label), item)
        self._paragraph = self._prose = 0
        number = self._text.count("\n", 0, start) + 1
        self._fields.extend((f, number) for f in fields)
        self._persons.extend(described(f.value, person=True) for f in fields if _is_answering(f))
        self._part(start, line, left)
        self._titles.extend(f"{f.key}: {f.value}" for f in fields if f.key in {"jenis", "judul"})
        if kind_in("\n".join(self._titles)) in {None, *_TALK}:  # field notes tell of interviews, too
            self._titles.extend(f"jenis: {f.value}" for f in fields if f.key == "acara" and kind_in(f.value) in _TALK)
        return True

    def _heads_list(self, place: int, found: Field) -> bool:
        """Tell whether a line such as ``Daftar pertanyaan :`` stands above a list: it is its heading, and no empty field."""
        below = next((line for _, line in self._lines[place + 1 : place + 4] if line.strip()), "")
        return not found.value and _LISTED.match(below) is not None and field_of(below) is None

    def _is_over(self, line: str) -> bool:
        """Tell whether the header has ended above *line*: prose stands below its fields, and a line of prose begins or two paragraphs did."""
        return bool(self._fields) and (self._prose > 1 or (self._prose == 1 and len(line) > PROSE))

    def _coded_label(self, line: str) -> None:
        """Keep what ``Pewawancara (W) : Rudi`` says of the label W."""
        coded = _CODED_LABEL.match(line)
        if coded and role_of(coded["phrase"]) is not None and normal(coded["label"]) in self._near.count:
            self._legend.setdefault(normal(coded["label"]), LegendItem(coded["label"], coded["phrase"].strip()))

    def _part(self, start: int, line: str, left: Sequence[Span]) -> None:
        """Divide a line of fields into its header and the pieces *left*, which are no field, so that these are listed."""
        at = 0
        for piece in left:
            if line[at : piece.start].strip():
                self._spans.append(stripped(start + at, line[at : piece.start]))
            at = piece.end
            self._loose.append(Span(start + piece.start, start + at))
        if line[at:].strip():
            self._spans.append(stripped(start + at, line[at:]))

    def _free_line(self, start: int, line: str) -> None:
        self._loose.append(stripped(start, line))
        self._prose += self._paragraph <= PROSE < self._paragraph + len(line)
        self._paragraph += len(line)
        if len(line) <= PROSE:
            self._titles.append(line)
            if said := _TALK_WITH.search(line):
                words = said["name"].split()
                self._named |= {normal(" ".join(words[:n])): Role.INFORMANT for n in range(1, len(words) + 1)}
            self._described.update(described(line))
            self._informant_id = self._informant_id or id_in(line, anywhere=True)

    def _top(self, end: int) -> Top:
        names = {
            name: role for name, role in self._named.items() if name in self._near.count and name not in HONORIFICS
        }
        names = names | {k: v for k, v in named_by(found for found, _ in self._fields).items() if k not in names}
        return Top(
            end=end,
            spans=tuple(self._spans),
            loose=tuple(self._loose),
            fields=withheld(self._fields),
            legend=tuple(self._legend.values()),
            kind=self._kind(),
            names=names,
            described=(self._persons[0] if len(self._persons) == 1 else {}) | self._described,
            informant_id=self._id(),
            disputed=self._disputed,
        )

    def _id(self) -> str | None:
        for found, _ in self._fields:
            if value := id_of(found):
                return value
        return self._informant_id

    def _kind(self) -> Kind | None:
        stated = [t for t in self._titles if t.startswith("jenis:")]
        kinds = [k for k in map(kind_in, stated or self._titles) if k is not None]
        if Kind.GROUP in kinds:
            return Kind.GROUP
        # "Lembar observasi dan wawancara" above a talk heads the talk; "Catatan observasi dan transkrip wawancara" heads one anyhow.
        heads = TALK_TITLE if not self._near.talk else _INTERVIEW
        if not stated and any(heads.search(t) for t in self._titles):
            return Kind.INTERVIEW
        return next((k for k in kinds if k is not Kind.INTERVIEW), kinds[0] if kinds else None)
