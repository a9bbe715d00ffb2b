"""The verbs of coding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode.errors import N_, NotFoundError, StateError
from qualcode.importers import MAX_BYTES, read_bytes
from qualcode.model import Coding, Elicited, Reading, Span, Stance
from qualcode.project import coding_sheet, imported, notes, sheets
from qualcode.project.codebook_verbs import CodebookVerbs
from qualcode.project.coding_sheet import SheetReport
from qualcode.project.desk import one_of
from qualcode.project.passages import locate

if TYPE_CHECKING:
    from qualcode.project.returned import Returned

__all__ = ["CodingVerbs"]


class CodingVerbs(CodebookVerbs):
    """Code, change, take away, and mark as read."""

    def code(
        self,
        transcript: str,
        *,
        code: str,
        turn: int | None = None,
        quote: str | None = None,
        span: Span | tuple[int, int] | None = None,
        stance: Stance | str = Stance.UNMARKED,
        elicited: Elicited | str = Elicited.UNMARKED,
        uncertain: bool = False,
        memo: str = "",
        new: bool = False,
    ) -> Coding:
        """Code a passage and return the coding.

        The passage is a *turn* (number from 1), a *quote* within it or within the transcript, or a *span* of code points. A passage that
        this coder has given the code already is not coded twice: the marks given are set on the coding that is there. With *new*, a code
        that is not there is made, once the passage is found: a slip in the words leaves no code behind.

        Raises
        ------
        NotFoundError
            If the transcript or the code is not in the study; with the nearest names.
        InputError
            If the passage is not there.
        """
        from qualcode.store.acts.codings import NewCoding, add_codings

        corpus = self.corpus()
        source = corpus.transcript(transcript)
        place = locate(source, turn=turn, quote=quote, span=Span(*span) if isinstance(span, tuple) else span)
        marks: dict[str, Any] = {
            "stance": one_of(Stance, stance),
            "elicited": one_of(Elicited, elicited),
            "uncertain": uncertain,
            "memo": memo,
        }
        chosen = self.open_code(code) if new else corpus.codebook.code(code)
        corpus = self.corpus()
        there = notes.coding_there(corpus, self._named_coder(), source, place, chosen.key)
        if there is not None:
            return self.edit_coding(there, **{name: value for name, value in marks.items() if value})
        passage = NewCoding(
            transcript=source.guid,
            span=place,
            code=chosen.key,
            version=corpus.codebook.label,
            revision=source.revision,
            **marks,
        )
        (guid,) = add_codings(self._log, self._by(), [passage])
        return self._coding(guid)

    def edit_coding(
        self,
        coding: str | Coding,
        *,
        code: str | None = None,
        span: Span | None = None,
        stance: Stance | str | None = None,
        elicited: Elicited | str | None = None,
        uncertain: bool | None = None,
        memo: str | None = None,
    ) -> Coding:
        """Change what is given of a coding and return it."""
        from qualcode.store.acts.codings import edit_coding

        old = self._coding(coding)
        edit_coding(
            self._log,
            self._by(),
            old.guid,
            span=span,
            code=code,
            stance=None if stance is None else one_of(Stance, stance),
            elicited=None if elicited is None else one_of(Elicited, elicited),
            uncertain=uncertain,
            memo=memo,
        )
        return self._coding(old.guid)

    def uncode(
        self,
        codings: Iterable[str | Coding] = (),
        *,
        transcript: str | None = None,
        turn: int | None = None,
        code: str | None = None,
    ) -> tuple[Coding, ...]:
        """Take away codings by guid, or this coder's codings of a transcript's turn and code; return them.

        Raises
        ------
        NotFoundError
            If there is no such coding.
        """
        from qualcode.store.acts.codings import remove_codings

        found = [self._coding(coding) for coding in codings]
        if transcript is not None:
            found += notes.codings_at(self.corpus(), transcript, turn=turn, code=code, coder=self._named_coder())
        others = sorted({coding.coder for coding in found} - {self._named_coder()})
        if others:
            raise StateError(
                N_("this coding is {coder}'s; nobody takes another's codings away"),
                hint=N_("do it as that coder, with --coder"),
                coder=", ".join(others),
            )
        if not found:
            raise NotFoundError(N_("no coding of {name!r} is there to take away"), name=self._named_coder())
        remove_codings(self._log, self._by(), [coding.guid for coding in found])
        return tuple(found)

    def import_codings(self, sheet: str | Path, *, columns: Mapping[str, str] | None = None) -> SheetReport:
        """Bring in a coding sheet (.csv, .xlsx) in one event; rows not understood are reported, the others go in.

        Columns: transcript or informant, turn or line, quote, code, category, theme, coder, stance, elicited, uncertain, memo, or what they
        are called in Indonesian. Quotes are looked for in the transcripts: as they are, then whatever their case, signs and gaps (``…``),
        then by likeness, which is said. A label that is no code of the study becomes a candidate code, unless it is nearly one: then it is
        taken for a slip and reported. A row that is in the study already changes nothing. Without a coder's name a row is this coder's. Of a
        workbook, all sheets that are coding sheets are read.

        Parameters
        ----------
        columns : mapping of str to str, optional
            The headings of columns whose names do not tell, as in ``{"quote": "Omongan", "code": "Arti"}``.
        """
        path = Path(sheet)
        corpus = self.corpus()
        labels = imported.labels_of(corpus, self._log)
        report, files = coding_sheet.matched_sheets(
            sheets.read_coding_tables(path), path, corpus, coder=self._coder, labels=labels, said=columns
        )
        taken = imported.take(corpus, files, self._log, self._by)
        return replace(
            report,
            added=taken.codings,
            known=sum(len(file.corpus.codings) for file in files) - taken.codings,
            findings=(*report.findings, *taken.findings),
            candidates=taken.candidates,
        )

    def read_corrected(self, document: str | Path) -> Returned:
        """Return what a corrected copy of an exported coded transcript (.docx) says otherwise than the study; change nothing.

        Only what this coder has not taken yet is returned. What was said is never taken from the copy; where it was changed, that is among
        the differences.

        Raises
        ------
        InputError
            If it is no such document, or was exported from another study.
        """
        from qualcode.project import corrected, returned

        path = Path(document)
        corpus = self.corpus()
        found = returned.read_returned(read_bytes(path, MAX_BYTES), file=path.name, corpus=corpus)
        labels = imported.labels_of(corpus, self._log)
        return corrected.open_differences(found, corpus, labels, self._log, self._named_coder())

    def take_corrected(self, document: str | Path | Returned) -> tuple[Returned, tuple[str, ...]]:
        """Take the differences of a corrected copy into the study, in one event; return them, and the candidate codes made for them.

        A code added or changed becomes a coding of this coder; where the coding was theirs, it is changed or taken away. Another's coding is
        never changed: what is struck out of it is a note on it. Remarks become memos. Changes of what was said are not taken.
        """
        from qualcode.project import corrected

        found = self.read_corrected(document) if isinstance(document, (str, Path)) else document
        corpus = self.corpus()
        labels = imported.labels_of(corpus, self._log)
        made = corrected.take_differences(found, corpus, labels, self._log, self._by(), self._named_coder())
        return found, made

    def read(self, transcript: str, *, turn: int | None = None) -> Reading:
        """Mark a turn, or the whole transcript, as read: what is uncoded in it is then "nothing to code", not unread."""
        from qualcode.store.acts.readings import NewReading, add_readings

        source = self.corpus().transcript(transcript)
        span = locate(source, turn=turn) if turn is not None else Span(0, len(source.text))
        (guid,) = add_readings(self._log, self._by(), [NewReading(source.guid, span, source.revision)])
        return next(reading for reading in self.corpus().readings if reading.guid == guid)
