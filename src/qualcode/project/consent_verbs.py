"""The verbs on what informants agreed to."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from pathlib import Path

from qualcode.errors import N_, InputError, ProjectFileError, reason_of
from qualcode.model import Consent, ConsentForm, Finding, Informant, Quoting
from qualcode.privacy.consent import reasons, withhold
from qualcode.project import outgoing, sheets
from qualcode.project.consent_table import check_days, consents_in, write_consents
from qualcode.project.consent_words import CLEARED, parse_day, parse_form, parse_purposes, parse_quoting
from qualcode.project.desk import Desk

__all__ = ["ConsentVerbs", "Registered"]


@dataclass(frozen=True, slots=True)
class Registered:
    """An informant and what they agreed to; `withheld` is why their words are in no report and no export, a message id, or empty."""

    informant: Informant
    consent: Consent
    withheld: str = ""

    def to_row(self) -> dict[str, object]:
        """Return the entry as a dictionary, days as ``2025-03-12``."""
        days = {name: getattr(self.consent, name) for name in ("date", "until", "withdrawn")}
        said = {name: None if day is None else day.isoformat() for name, day in days.items()}
        return {
            "informant": self.informant.id,
            "date": said["date"],
            "form": str(self.consent.form) or None,
            "purposes": list(self.consent.purposes),
            "quoting": str(self.consent.quoting) or None,
            "until": said["until"],
            "withdrawn": said["withdrawn"],
            "withheld": self.withheld or None,
        }


class ConsentVerbs(Desk):
    """Record what informants agreed to, and see whose words may be quoted and whose data are due."""

    def consents(self) -> tuple[Registered, ...]:
        """Return every informant of the study with what they agreed to."""
        corpus = self.corpus()
        silent = reasons(corpus)
        return tuple(
            Registered(person, corpus.consent(person.guid), silent.get(person.guid, "")) for person in corpus.informants
        )

    def consents_due(self, on: datetime.date | str | None = None) -> tuple[Registered, ...]:
        """Return those whose data should be erased by a day (today): who withdrew, then whose data were to be kept no longer."""
        day = self._today() if on is None else parse_day(on)
        due = [each for each in self.consents() if each.consent.is_due(day)]
        return tuple(
            sorted(due, key=lambda each: (each.consent.withdrawn is None, each.consent.withdrawn or each.consent.until))
        )

    def codes_that_quote(self) -> tuple[str, ...]:
        """Return the keys of codes whose texts repeat words of informants who may not be quoted, as an example may."""
        corpus = self.corpus()
        shown = withhold(corpus).codebook.codes
        return tuple(code.key for code, clean in zip(corpus.codebook.codes, shown, strict=True) if code != clean)

    def put_consent(
        self,
        informant: str,
        *,
        date: datetime.date | str | None = None,
        form: ConsentForm | str | None = None,
        purposes: str | tuple[str, ...] | None = None,
        quoting: Quoting | str | None = None,
        until: datetime.date | str | None = None,
        withdrawn: datetime.date | str | None = None,
    ) -> Registered:
        """Record what *informant* (id) agreed to, where given, and return their entry; ``"-"`` takes a field back.

        Parameters
        ----------
        date : date or str, optional
            When consent was given; text as ``2025-03-12`` or ``12 Maret 2025``.
        form : str, optional
            written or recorded.
        purposes : str or tuple of str, optional
            What for; in one text, parted by commas.
        quoting : str, optional
            verbatim, paraphrase or none. Only with verbatim do their words enter reports and exports.
        until : date or str, optional
            The day to which the data may be kept, or so long after consent was given (``5 tahun``, ``5 years``).
        withdrawn : date or str, optional
            When consent was taken back: from then on their words are withheld, until `Project.erase` takes them out of the study.

        Raises
        ------
        NotFoundError
            If there is no such informant.
        InputError
            If a value cannot be meant.
        """
        from qualcode.store.acts.consents import put_consents

        corpus = self.corpus()
        old = corpus.consent(informant)
        new = replace(
            old,
            date=old.date if date is None else _day(date),
            form=old.form if form is None else ConsentForm.UNRECORDED if form == CLEARED else parse_form(form),
            purposes=old.purposes if purposes is None else _purposes(purposes),
            quoting=old.quoting
            if quoting is None
            else Quoting.UNRECORDED
            if quoting == CLEARED
            else parse_quoting(quoting),
            withdrawn=old.withdrawn if withdrawn is None else _day(withdrawn),
        )
        new = replace(new, until=old.until if until is None else _day(until, after=new.date))
        check_days(new, self._today())
        put_consents(self._log, self._by(), [new])
        return next(each for each in self.consents() if each.informant.guid == new.informant)

    def put_consents(
        self, table: str | Path, *, informant: str | None = None, dry_run: bool = False
    ) -> tuple[Finding, ...]:
        """Record what informants agreed to from a .csv or .xlsx table, in one event. Return what was noticed.

        Columns are known by their names: *Tanggal persetujuan*, *Bentuk*, *Tujuan*, *Boleh dikutip*, *Disimpan sampai*, *Ditarik pada*, or
        the like in Indonesian or English. An empty cell changes nothing. Rows that mean nobody, informants without a row, and cells that
        cannot be read are said.

        Parameters
        ----------
        informant : str, optional
            The column that names the informant; otherwise the one in which most ids stand.

        Raises
        ------
        InputError
            If the file is no table, or no column of it is about consent.
        """
        from qualcode.importers import AttributeTable
        from qualcode.store.acts.consents import put_consents

        how = AttributeTable(Path(table), informant)
        changed, findings = consents_in(sheets.read_table(how.path), how, self.corpus(), self._today())
        if changed and not dry_run:
            put_consents(self._log, self._by(), changed)
        return tuple(findings)

    def write_consents(self, path: str | Path, *, language: str = "id", force: bool = False) -> Path:
        """Write the register to *path* (.xlsx), a row an informant, to be filled in and read by `put_consents`; return it."""
        from qualcode.files.whole import replacing, require_place
        from qualcode.i18n import translator

        path = Path(path)
        if path.suffix.lower() != ".xlsx":
            raise InputError(N_("the register is written as a workbook: end the file name in .xlsx"), file=path)
        require_place(path)
        outgoing.guard_target(path, force=force)
        corpus = self.corpus()
        try:
            with replacing(path) as stream:
                write_consents(corpus, corpus.informants, stream, translator(language))
        except OSError as error:
            raise ProjectFileError(
                N_("cannot write the file: {reason}"),
                hint=N_("close it in Excel, or choose another name or folder"),
                file=path,
                reason=reason_of(error),
            ) from error
        return path

    def _today(self) -> datetime.date:
        """Return the day where people work: Indonesia is seven to nine hours ahead of the clock's UTC."""
        return (self._clock() + datetime.timedelta(hours=7)).date()


def _day(value: datetime.date | str, *, after: datetime.date | None = None) -> datetime.date | None:
    return None if value == CLEARED else parse_day(value, after=after)


def _purposes(value: str | tuple[str, ...]) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    return () if value == CLEARED else parse_purposes(value)
