"""A table of what informants agreed to, read and written."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, BinaryIO

from qualcode.errors import N_, InputError, QualcodeError
from qualcode.files.tables import Cell, Table
from qualcode.i18n import Translator
from qualcode.importers import AttributeTable, is_missing, plain_cell
from qualcode.model import Consent, Corpus, Finding, Informant
from qualcode.privacy.consent import FORMS, QUOTING
from qualcode.project.consent_words import parse_day, parse_form, parse_purposes, parse_quoting
from qualcode.project.matching import Matching

__all__ = ["HEADINGS", "check_days", "consents_in", "write_consents"]

HEADINGS: Mapping[str, str] = MappingProxyType(
    {
        "date": N_("Date of consent"),
        "form": N_("Form"),
        "purposes": N_("Purposes"),
        "quoting": N_("May be quoted"),
        "until": N_("Kept until"),
        "withdrawn": N_("Withdrawn on"),
    }
)
"""The columns of the table, in order; the informant stands before them."""
_COLUMNS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "withdrawn": re.compile(r".*\b(?:di)?tarik\b.*|.*\bpenarikan\b.*|.*withdr[ae]w.*|.*\bmundur\b.*"),
        "until": re.compile(
            r".*\b(?:di)?simpan\b.*|.*\bpenyimpanan\b.*|.*\bretensi\b.*|.*retention.*|.*\buntil\b.*|.*\bsampai\b.*"
        ),
        "quoting": re.compile(r".*\b(?:di)?kutip(?:an)?\b.*|.*quot.*"),
        "purposes": re.compile(r".*\btujuan\b.*|.*purpose.*|.*\bkeperluan\b.*"),
        "form": re.compile(r".*\bbentuk\b.*|.*\bform\b.*|.*\bcara\b.*|.*\bjenis persetujuan\b.*"),
        "date": re.compile(r".*\b(?:tanggal|tgl|date|waktu)\b.*"),
    }
)
"""How their names are known, in this order: *tanggal ditarik* is no date of consent."""
_READERS: Mapping[str, Callable[[Cell], object]] = MappingProxyType(
    {
        "date": parse_day,
        "form": parse_form,
        "purposes": parse_purposes,
        "quoting": parse_quoting,
    }
)
_NOT_WITHDRAWN = frozenset({"tidak", "belum", "no", "not yet", "tidak ditarik", "false"})


def check_days(consent: Consent, today: datetime.date) -> None:
    """Refuse days that cannot be meant: consent or withdrawal in days to come, or anything before consent was given.

    Raises
    ------
    InputError
        With the two days.
    """
    tomorrow = today + datetime.timedelta(days=1)  # it may be tomorrow already where consent was given
    for day in (consent.date, consent.withdrawn):
        if day is not None and day > tomorrow:
            raise InputError(N_("the day {day} is still to come"), day=day.isoformat())
    for later, message in (
        (consent.until, N_("the data may be kept until {later}, but consent was given on {day}")),
        (consent.withdrawn, N_("consent was withdrawn on {later}, but given on {day}")),
    ):
        if consent.date is not None and later is not None and later < consent.date:
            raise InputError(message, later=later.isoformat(), day=consent.date.isoformat())


def consents_in(
    table: Table, how: AttributeTable, corpus: Corpus, today: datetime.date
) -> tuple[list[Consent], list[Finding]]:
    """Return the consents that a table changes, and what is to be said of it.

    An empty cell changes nothing. A cell that cannot be read is said and leaves what was there.

    Raises
    ------
    InputError
        If no column is about consent.
    NotFoundError
        If the column that the user says names the informants is not there.
    """
    reader = _Reader(table, how, corpus.informants)
    return reader.read(corpus, today), reader.findings


class _Reader(Matching):
    def read(self, corpus: Corpus, today: datetime.date) -> list[Consent]:
        """Return what the rows come to."""
        who, rows = self.rows()
        columns = self._columns(who)
        changed: list[Consent] = []
        for number, person in rows.items():
            old = corpus.consent(person.guid)
            new = self._possible(number, old, self._consent(number, old, columns, today), today)
            if new != old:
                changed.append(new)
        self.without_row([person.id for person in rows.values()])
        self.say(
            "recognised",
            N_("{n} rows used, {changed} of them say something new"),
            "consent",
            n=len(rows),
            changed=len(changed),
        )
        return changed

    def _possible(self, number: int, old: Consent, new: Consent, today: datetime.date) -> Consent:
        """Return *new* without the days in it that cannot be meant. A withdrawal stays one: what was not said of its day is today's."""
        ways = (
            new,
            replace(new, date=old.date, until=old.until),
            replace(new, date=old.date, until=old.until, withdrawn=new.withdrawn and today),
        )
        for way in ways:
            try:
                check_days(way, today)
            except InputError as error:
                self._doubt(number, error)
            else:
                return way
        return replace(old, withdrawn=old.withdrawn or (new.withdrawn and today))

    def _columns(self, who: int) -> dict[str, int]:
        found: dict[str, int] = {}
        rest: list[str] = []
        for at, column in enumerate(self._table.columns):
            plain = " ".join(column.replace("_", " ").split()).casefold()
            name = next((name for name, pattern in _COLUMNS.items() if pattern.fullmatch(plain)), "")
            if at == who:
                continue
            if name and name not in found:
                found[name] = at
            elif plain:
                rest.append(column)
        if not found:
            raise InputError(
                N_("no column of this table is about consent"),
                hint=N_("its columns are called {names}; qualcode consent -o TABLE.xlsx makes one to fill in"),
                file=self._how.path,
                names="Tanggal persetujuan, Bentuk, Tujuan, Boleh dikutip, Disimpan sampai, Ditarik pada",
            )
        if rest:
            self.say("note", N_("columns left out: {names}"), "columns", names=", ".join(rest))
        return found

    def _consent(self, number: int, old: Consent, columns: Mapping[str, int], today: datetime.date) -> Consent:
        values: dict[str, Any] = {}
        row = self._table.rows[number]
        for name in _READERS:
            cell = row[columns[name]] if name in columns else None
            if not is_missing(cell):
                self._take(values, name, number, cell, _READERS[name])
        until = row[columns["until"]] if "until" in columns else None
        if not is_missing(until):
            given = values.get("date", old.date)
            self._take(values, "until", number, until, lambda cell: parse_day(cell, after=given))
        withdrawn = row[columns["withdrawn"]] if "withdrawn" in columns else None
        if not is_missing(withdrawn) and plain_cell(withdrawn) not in _NOT_WITHDRAWN:
            self._take(values, "withdrawn", number, withdrawn, parse_day)
            if "withdrawn" not in values:  # they withdrew, whenever that was: their words must not go out
                values["withdrawn"] = today
                self.say(
                    "doubtful",
                    N_("the day of withdrawal was recorded as today's: correct it where it was another"),
                    "consent",
                    self._table.lines[number],
                )
        return replace(old, **values)

    def _take(self, values: dict[str, Any], name: str, number: int, cell: Cell, read: Callable[[Cell], object]) -> None:
        try:
            values[name] = read(cell)
        except InputError as error:
            self._doubt(number, error)

    def _doubt(self, number: int, error: QualcodeError) -> None:
        self.say("doubtful", error.message, "consent", self._table.lines[number], **error.parameters)


def write_consents(corpus: Corpus, people: Sequence[Informant], stream: BinaryIO, _: Translator) -> None:
    """Write the register as a workbook, a row an informant, which `consents_in` reads again."""
    from qualcode.files.workbook import Workbook

    book = Workbook(lambda n: "")
    rows = []
    for person in people:
        consent = corpus.consent(person.guid)
        days = [day.isoformat() if day else "" for day in (consent.date, consent.until, consent.withdrawn)]
        form = _(FORMS[consent.form]) if consent.form else ""
        quoting = _(QUOTING[consent.quoting]) if consent.quoting else ""
        rows.append([person.id, days[0], form, "; ".join(consent.purposes), quoting, days[1], days[2]])
    columns = [_(N_("Informant")), *(_(name) for name in HEADINGS.values())]
    book.add(_(N_("Consent register")), columns, iter(rows), widths=[18, 18, 26, 34, 22, 18, 18])
    book.save(stream)
