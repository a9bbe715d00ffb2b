"""Tables about informants: whom each row means, and which rows and informants have no counterpart."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from qualcode.errors import N_, NotFoundError, nearest, shorten
from qualcode.files.tables import Cell, Table
from qualcode.importers import AttributeTable, alike, slug
from qualcode.model import Finding, Informant
from qualcode.model.finding import Level

__all__ = ["Matching"]

_WHO = re.compile(
    r"(?:(?:kode|id|no|nomor)[ _.]*)?(?:informan|responden|narasumber|partisipan|subjek|peserta|respondent|participant|informant)"
    r"(?:[ _.]*(?:id|kode|no))?|id|kode|code",
    re.IGNORECASE,
)


class Matching:
    """Matches the rows of a table with informants, and notes in `findings` what does not match.

    A row means the informant of that id; or the one whose id ends with it after a slash, as in ``kelompok-01/peserta-2``; or whose id
    differs from it only in capitals, signs and zeros (``INF03``, ``inf-3``). Rows of one informant that differ are not used.
    """

    def __init__(self, table: Table, how: AttributeTable, informants: Sequence[Informant]) -> None:
        self._table = table
        self._how = how
        self._informants = informants
        self._file = how.path.name
        self.findings: list[Finding] = list(table.findings)

    def rows(self) -> tuple[int, dict[int, Informant]]:
        """Return the column that names the informant, and whom each row means that is used.

        Raises
        ------
        NotFoundError
            If the user names a column that is not there.
        """
        at = self._who_column()
        names = [" ".join(str(row[at]).split()) if row[at] is not None else "" for row in self._table.rows]
        return at, self._one_row_each(names, at)

    def say(self, level: Level, message: str, rule: str, line: int | None = None, **parameters: object) -> None:
        """Note something about the table."""
        self.findings.append(Finding(level, message, self._file, line, rule, parameters))

    def _who_column(self) -> int:
        """Return the column that names the informant: the user's, or the one in which most ids stand."""
        columns = self._table.columns
        if self._how.informant is not None:
            wanted = slug(self._how.informant)
            for at, column in enumerate(columns):
                if slug(column) == wanted:
                    return at
            raise NotFoundError(
                N_("no column {name!r} in this table"), name=self._how.informant, known=columns, file=self._how.path
            )
        known = {alike(name) for i in self._informants for name in (i.id, i.id.rsplit("/", 1)[-1])}
        hits = [
            sum(row[at] is not None and alike(str(row[at])) in known for row in self._table.rows)
            for at in range(len(columns))
        ]
        best = max(range(len(columns)), key=lambda at: (hits[at], _WHO.fullmatch(columns[at].strip()) is not None, -at))
        if best and hits[best]:
            self.say("recognised", N_("informants are in column {column!r}"), "columns", column=columns[best])
        return best if hits[best] or _WHO.fullmatch(columns[best].strip()) else 0

    def _one_row_each(self, names: Sequence[str], at: int) -> dict[int, Informant]:
        """Return whom each row means that is used; say which are not, and why."""
        meant: dict[str, list[int]] = {}
        unknown: dict[str, list[int]] = {}
        people = {person.guid: person for person in self._informants}
        lines = self._table.lines
        for number, name in enumerate(names):
            if not name:
                if any(cell is not None for cell in self._table.rows[number]):
                    self.say("doubtful", N_("the row names no informant; it was not used"), "attributes", lines[number])
                continue
            found = self._meant(name)
            if len(found) > 1:
                message = N_("several informants end with {name!r}; the row was not used")
                self.say("doubtful", message, "attributes", lines[number], name=name)
            elif found:
                meant.setdefault(found[0].guid, []).append(number)
            else:
                unknown.setdefault(alike(name), []).append(number)
        rows = {numbers[0]: people[guid] for guid, numbers in meant.items() if self._is_one(names, numbers, at)}
        self._nobody(names, list(unknown.values()))
        return dict(sorted(rows.items()))

    def _meant(self, name: str) -> list[Informant]:
        """Return those whom *name* may mean, by the first way of looking that finds any."""
        key = alike(name)
        ways = (
            [i for i in self._informants if i.id == name],
            [i for i in self._informants if i.id.endswith(f"/{name}")],
            [i for i in self._informants if alike(i.id) == key],
            [i for i in self._informants if alike(i.id).endswith(f"/{key}")],
        )
        return next((found for found in ways if found), [])

    def _is_one(self, names: Sequence[str], numbers: Sequence[int], at: int) -> bool:
        """Tell whether the rows of one informant say the same; which differ is for a person to decide."""
        if len(numbers) == 1:
            return True
        cells = {tuple(_written(c) for place, c in enumerate(self._table.rows[n]) if place != at) for n in numbers}
        second, name = self._table.lines[numbers[1]], names[numbers[0]]
        lines = ", ".join(str(self._table.lines[n]) for n in numbers)
        if len(cells) == 1:
            message = N_("rows {lines} say the same of {name!r}; one was used")
            self.say("note", message, "duplicate", second, name=name, lines=lines)
            return True
        message = N_("rows {lines} say different things of {name!r}; none of them was used: keep one")
        self.say("doubtful", message, "duplicate", second, name=name, lines=lines)
        return False

    def _nobody(self, names: Sequence[str], unknown: Sequence[Sequence[int]]) -> None:
        """Say which rows mean nobody in the study: one by one whose name is nearly somebody's, the others together."""
        far: list[str] = []
        for numbers in unknown:
            name, lines = names[numbers[0]], [self._table.lines[n] for n in numbers]
            near = nearest(name, [person.id for person in self._informants], n=1)
            if near:
                message = N_("no informant {name!r} in the study (there is {near!r}); the row was not used")
                self.say("doubtful", message, "attributes", lines[0], name=name, near=near[0])
            else:
                far += (f"{shorten(name)} ({line})" for line in lines)
        if far:
            message = N_("{n} rows mean no informant of the study and were not used (row in brackets): {names}")
            self.say("doubtful", message, "attributes", n=len(far), names=", ".join(far))

    def without_row(self, used: Collection[str]) -> None:
        """Say who has no row, of all but those whose ids are *used*."""
        missing = sorted({person.id for person in self._informants} - set(used))
        if missing:
            message = N_("{n} informants have no row in the table: {names}")
            self.say("doubtful", message, "attributes", n=len(missing), names=", ".join(missing))


def _written(cell: Cell) -> str:
    return "" if cell is None else " ".join(str(cell).split()).casefold()
