"""The verbs on transcripts, informants and segments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from qualcode.model import AttributeValue, Coding, Finding, Informant, Kind, Role, Span
from qualcode.project import coding_sheet, division, imported, incoming, notes, outgoing, request, sheets
from qualcode.project.attributes import attributed
from qualcode.project.desk import Desk
from qualcode.project.import_report import ImportReport
from qualcode.project.passages import locate

if TYPE_CHECKING:
    from qualcode.importers import AttributeTable, Batch, Original
    from qualcode.project.incoming import Incoming
    from qualcode.project.masked_batch import MaskedBatch

__all__ = ["Moved", "Progress", "TranscriptVerbs"]

Progress = Callable[[int, int, str], None]


def _tables(
    named: str | Path | None, hinted: Sequence[AttributeTable], types: Mapping[str, str]
) -> list[AttributeTable]:
    """Return the attribute tables to read: the one that is named as hints describe it, if they do, or else those of the hints.

    *types* go before those of the hints.
    """
    from qualcode.importers import AttributeTable

    tables = list(hinted)
    if named is not None:
        described = [table for table in hinted if table.path.resolve() == Path(named).resolve()]
        tables = described or [AttributeTable(Path(named))]
    return [replace(table, types={**table.types, **types}) for table in tables]


@dataclass(frozen=True, slots=True)
class Moved:
    """A coding whose words a revision changed: what they were, and where it might stand in the present text (None: nowhere)."""

    coding: Coding
    words: str
    proposed: Span | None


class TranscriptVerbs(Desk):
    """Bring transcripts and attributes in, and look after them."""

    def import_files(
        self,
        files: str | Path | Sequence[str | Path],
        *,
        speakers: Mapping[str, Role | None] | None = None,
        kind: str | Kind | None = None,
        text_column: str | None = None,
        informant_column: str | None = None,
        hints: str | Path | None = None,
        attributes: str | Path | None = None,
        types: Mapping[str, str] | None = None,
        revise: bool = False,
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> ImportReport:
        """Bring transcripts into the study, in one event; the good files go in, the others are reported.

        Parameters
        ----------
        files : path, pattern such as ``"wawancara/*.docx"``, or several
            Files and folders.
        speakers : mapping of str to Role, optional
            Roles by label, where the importer would guess wrong; None for what only looks like a label.
        kind : Kind, optional
            What the sources are, where it is not to be guessed.
        hints : path, optional
            A file of hints for all files, instead of the one beside each (``.hints.yaml`` or ``NAME.hints.yaml``).
        attributes : path, optional
            A table of informants' attributes, see `put_attributes`.
        types : mapping of str to str, optional
            Types of the columns of that table, see `put_attributes`.
        revise : bool
            Take files that differ from their transcript as new revisions; codings move along, the doubtful ones are counted.
            Without it such a file is reported and not taken.
        dry_run : bool
            Report and change nothing.

        Raises
        ------
        NotFoundError
            If none of the named files is there; where some are, the others are among the errors of the report.
        """
        if not dry_run:
            self._named_coder()  # whoever has to be named is asked before hundreds of files are read
        batch = self._read(
            files,
            speakers=speakers,
            kind=kind,
            text_column=text_column,
            informant_column=informant_column,
            hints=hints,
            attributes=attributes,
            progress=progress,
        )
        return self._take_in(batch, attributes, types or {}, revise=revise, dry_run=dry_run)

    def _read(
        self,
        files: str | Path | Sequence[str | Path],
        *,
        speakers: Mapping[str, Role | None] | None = None,
        kind: str | Kind | None = None,
        text_column: str | None = None,
        informant_column: str | None = None,
        hints: str | Path | None = None,
        attributes: str | Path | None = None,
        progress: Progress | None = None,
    ) -> Batch:
        """Return what the files hold; see `import_files`."""
        from qualcode.importers import Batch, ImportOptions, read_batch

        options = ImportOptions(
            speakers=speakers or {},
            kind=request.parse_kind(kind) if kind else None,
            text_column=text_column,
            informant_column=informant_column,
        )
        paths, missing = request.wanted_files(files)
        left_out = [Path(attributes)] if attributes is not None else []
        named = Path(hints) if hints is not None else None
        batch = read_batch(paths, options, progress, hints=named, leave_out=left_out) if paths else Batch()
        return replace(batch, errors=(*missing, *batch.errors))

    def _take_in(
        self,
        batch: Batch,
        attributes: str | Path | None,
        types: Mapping[str, str],
        *,
        revise: bool,
        dry_run: bool,
        masking: MaskedBatch | None = None,
    ) -> ImportReport:
        """Take what was read into the study, with its codings and the attributes of informants; return what came of it.

        With *masking*, only what is masked of it.
        """
        corpus = self.corpus()
        held = division.as_held(batch, corpus, self._filenames)
        if masking is not None:
            held = masking.held(held)
        batch = held.batch
        coming = incoming.plan(corpus, held, revise=revise, stored=self._original)
        words = masking.plan.words() if masking is not None else {}
        if masking is not None:
            coming.replaced = masking.spans
        report = ImportReport(tuple(coming.outcomes), (*coming.findings, *batch.findings), batch.errors, batch)
        tables = _tables(attributes, batch.tables, types)
        if not dry_run:
            for table in tables:  # a table that cannot be read is an error before anything is written
                self._attributed(table, coming.informants, dry_run=True, words=words)
            report = incoming.write(coming, report, self._log, self._by)
        report = self._with_codings(report, batch, coming, dry_run=dry_run)
        for table in tables:
            said = self._attributed(table, coming.informants, dry_run=dry_run, words=words)
            report = replace(report, findings=(*report.findings, *said))
        return report

    def _with_codings(self, report: ImportReport, batch: Batch, coming: Incoming, *, dry_run: bool) -> ImportReport:
        """Take in the codings that files bring with them; return *report* with what is to be said of it."""
        if not any(imported.brings(result) for _, result in batch.results):
            return report  # most files: the study need not be read again
        corpus = self.corpus()
        if dry_run and (coming.added or coming.divided):
            # What would be there: sheets are matched with the texts that come with them.
            parts = [transcript for each in coming.divided.values() for transcript, _ in each]
            stay = [transcript for transcript in corpus.transcripts if transcript.guid not in coming.divided]
            corpus = corpus.with_(
                transcripts=(*stay, *parts, *(transcript for transcript, _ in coming.added)),
                informants=(*corpus.informants, *coming.informants),
            )
        files = imported.brought([(path.name, result) for path, result in batch.results], corpus.transcripts)
        said: list[Finding] = []
        for path, result in batch.results:
            for sheet in result.sheets:
                found, rows = coding_sheet.matched(
                    sheet.table, path, corpus, coder=sheet.coder, said=sheet.columns, title=sheet.title
                )
                files.append(rows)
                # What was noticed of the table itself was said when it was read.
                said += (each for each in found.findings if each not in sheet.table.findings)
                # Rows are no files that could not be read: the others of the sheet come in.
                said += (coding_sheet.unmatched(error) for error in found.errors)
        if not files:
            return report
        taken = imported.take(corpus, files, self._log, None if dry_run else self._by)
        return replace(report, findings=(*report.findings, *said, *taken.findings))

    def _original(self, transcript: str) -> Original | None:
        from qualcode.importers import Original
        from qualcode.store.originals import original_of

        with self._log.reading() as connection:
            found = original_of(connection, transcript)
        return Original(*found) if found is not None else None

    def _filenames(self) -> Mapping[str, str]:
        from qualcode.store.originals import filenames

        with self._log.reading() as connection:
            return filenames(connection)

    def put_attributes(
        self,
        table: str | Path,
        *,
        informant: str | None = None,
        types: Mapping[str, str] | None = None,
        missing: Sequence[str] = (),
        ignore: Sequence[str] = (),
        dry_run: bool = False,
    ) -> tuple[Finding, ...]:
        """Give informants the attributes in a .csv or .xlsx table. Return what was noticed.

        Columns with names, addresses, telephone numbers or NIK are left out, and said. A column called *kategori* or *category*
        is the informant's category. Rows that mean nobody, rows that contradict each other, and informants without a row are said.

        Parameters
        ----------
        table : path
            The file.
        informant : str, optional
            The column that names the informant; otherwise the one in which most ids stand.
        types : mapping of str to str, optional
            Column → integer, number, yes/no, date, range, category or text, where the type is not to be guessed.
        missing : sequence of str
            What stands for a missing value beside an empty cell, ``-``, *tidak tahu*, *n/a* and the like, such as ``99``.
        ignore : sequence of str
            Columns to leave out.

        Raises
        ------
        InputError
            If the file is no table.
        NotFoundError
            If a named column is not there.
        """
        from qualcode.importers import AttributeTable

        how = AttributeTable(Path(table), informant, types or {}, tuple(missing), tuple(ignore))
        return self._attributed(how, dry_run=dry_run)

    def _attributed(
        self,
        how: AttributeTable,
        coming: Iterable[Informant] = (),
        *,
        dry_run: bool = False,
        words: Mapping[str, str] = MappingProxyType({}),
    ) -> tuple[Finding, ...]:
        from qualcode.project.masked import masked_table
        from qualcode.store.acts.informants import put_informants

        people = {person.guid: person for person in (*coming, *self.corpus().informants)}
        table = sheets.read_table(how.path)
        found = attributed(masked_table(table, words) if words else table, how, tuple(people.values()))
        if found.changed and not dry_run:
            put_informants(self._log, self._by(), found.changed)
        return tuple(found.findings)

    def put_informant(self, informant: str, *, category: str | None = None, **attributes: AttributeValue) -> None:
        """Change the category and attributes of *informant* (id), where given."""
        from qualcode.store.acts.informants import put_informants

        old = self.corpus().informant(informant)
        new = replace(
            old,
            category=old.category if category is None else category,
            attributes={**old.attributes, **attributes},
        )
        put_informants(self._log, self._by(), [new])

    def to_review(self) -> tuple[Moved, ...]:
        """Return the codings on an earlier revision whose words were changed, each with where it might stand now."""
        from qualcode.store.acts.revisions import doubtful

        codings = {coding.guid: coding for coding in self.corpus().codings}
        with self._log.reading() as connection:
            found = doubtful(connection)
        return tuple(Moved(codings[d.guid], d.text, d.proposed) for d in found if d.guid in codings)

    def place_again(
        self, coding: str | Coding, *, turn: int | None = None, quote: str | None = None, span: Span | None = None
    ) -> Coding:
        """Put a coding of `to_review` where its words stand in the corrected text, and return it."""
        from qualcode.store.acts.codings import remove_codings
        from qualcode.store.acts.revisions import place_again

        old = self._coding(coding)
        span = locate(self.corpus().transcript(old.transcript), turn=turn, quote=quote, span=span)
        there = notes.coding_there(self.corpus(), old.coder, self.corpus().transcript(old.transcript), span, old.code)
        if there is not None:  # coded there anew meanwhile: one passage, one coding
            remove_codings(self._log, self._by(), [old.guid])
            return there
        place_again(self._log, self._by(), "coding", old.guid, span)
        return self._coding(old.guid)

    def segment_counts(self) -> list[dict[str, object]]:
        """Return a row a transcript: how many segments it has and how many words the median one holds."""
        return outgoing.segment_counts(self.corpus())
