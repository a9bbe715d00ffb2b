"""One study on disk: the façade of all verbs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar

from qualcode.errors import N_, NotFoundError, StateError
from qualcode.model import (
    AttributeValue,
    Codebook,
    Coding,
    Corpus,
    Decision,
    Elicited,
    Finding,
    Kind,
    Memo,
    Origin,
    Quote,
    Reading,
    Relation,
    Role,
    Segment,
    Span,
    Stance,
    Study,
    Suggestion,
    Transcript,
    Verdict,
)
from qualcode.project import history, incoming, notes, outgoing, proposals, sheets
from qualcode.project.incoming import ImportReport
from qualcode.project.passages import locate
from qualcode.project.sheets import SheetReport

if TYPE_CHECKING:
    from qualcode.agreement import Agreement
    from qualcode.codebooks import Change
    from qualcode.store.effects import By
    from qualcode.store.file import StudyFile
    from qualcode.store.log import Log

__all__ = ["Project"]

Progress = Callable[[int, int, str], None]
SegmenterName = Literal["turn", "sentence", "paragraph", "answer"]
Measure = Literal["alpha", "percent"]


def utc_now() -> datetime:
    """Return the present moment, UTC."""
    return datetime.now(UTC)


class Seen:
    """What was read of an open study, kept while it holds: corpora by viewer, segments by transcript."""

    def __init__(self) -> None:
        self.corpora: dict[str, tuple[int, Corpus]] = {}
        self._segments: dict[tuple[str, str], tuple[Transcript, tuple[Segment, ...]]] = {}

    def segments_of(self, corpus: Corpus) -> tuple[Segment, ...]:
        """Return the segments of all transcripts by the study's segmenter, made anew only where a transcript changed."""
        from qualcode.segmenters import segment

        by = corpus.study.segmenter or "turn"
        found: list[Segment] = []
        for transcript in corpus.transcripts:
            made = self._segments.get((by, transcript.guid))
            if made is None or made[0] is not transcript:
                made = self._segments[by, transcript.guid] = (transcript, segment(transcript, by=by))
            found += made[1]
        return tuple(found)


class Project:
    """A study file that is open, and the coder at the keyboard.

    Open with `create` or `open`, and close it (or use ``with``): at rest a study is one file. Every verb that changes
    something is one event in the log of the coder who did it, and can be undone. Transcripts are named by name, informants and coders
    by id, codes by key, turns by number from 1.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> with Project.create(folder / "pekerja.qualcode", codebook=None, coder="rani") as study:
    ...     len(study.corpus().codings)
    0
    """

    def __init__(
        self,
        file: StudyFile,
        coder: str | None,
        clock: Callable[[], datetime],
        seen: Seen | None = None,
    ) -> None:
        self._file = file
        self._coder = coder
        self._clock = clock
        self._seen = Seen() if seen is None else seen
        self._silent: Mapping[str, str] = {}

    # ---- opening and closing -----------------------------------------------------------------------------------------

    @classmethod
    def create(
        cls,
        path: str | Path,
        *,
        coder: str | None = None,
        codebook: str | Path | Codebook | None = "prekariat",
        title: str = "",
        approach: str = "",
        informant_label: str = "informan",
        segmenter: SegmenterName = "turn",
        simulated: bool = False,
        identity: Mapping[str, str] | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> Self:
        """Make a new study file at *path* and return it open.

        Parameters
        ----------
        path : str or Path
            Where; must not exist. The suffix ``.qualcode`` is customary.
        coder : str
            Who is at the keyboard.
        codebook : str, Path, Codebook or None
            Name of a shipped codebook, a file, or a codebook; None for none.
        approach : str
            reflexive, codebook, reliability or content; empty where not stated.
        simulated : bool
            People and words are made up; reports say so.
        identity : mapping of str to str, optional
            Fields of *Identitas penelitian*.
        clock : callable
            Gives the time of events, UTC.

        Raises
        ------
        StateError
            If no coder is named.
        ProjectFileError
            If the file exists or cannot be written.
        InputError
            If the codebook is faulty.
        """
        if not coder:
            raise StateError(
                N_("who is coding is not known"),
                hint=N_("name the coder: coder='rani', --coder rani, or QUALCODE_CODER"),
            )
        book = _codebook(codebook)
        from qualcode.store.file import StudyFile

        project = cls(StudyFile.create(Path(path), clock=clock), coder, clock)
        try:
            project.describe(
                title=title or Path(path).stem,
                approach=approach,
                informant_label=informant_label,
                segmenter=segmenter,
                simulated=simulated,
                identity=identity or {},
            )
            if book is not None:
                project.put_codebook(book)
        except BaseException:
            project.close()
            Path(path).unlink(missing_ok=True)
            raise
        return project

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        coder: str | None = None,
        mode: Literal["rw", "ro"] = "rw",
        clock: Callable[[], datetime] = utc_now,
    ) -> Self:
        """Open the study at *path*; `findings` then says what its opening noticed.

        Raises
        ------
        NotFoundError
            If there is no such file.
        ProjectFileError
            If it is no study, damaged, locked, or made by a newer qualcode; it is left untouched.
        """
        from qualcode.store.file import StudyFile

        return cls(StudyFile.open(Path(path), mode=mode, clock=clock), coder, clock)

    def close(self) -> None:
        """Close the study; at rest it is one file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """Where the study file is."""
        return self._file.path

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the opening noticed: a rolled-back file, a synchronised folder, a recovery."""
        return self._file.findings

    @property
    def coder(self) -> str | None:
        """The id of the coder at the keyboard, if known."""
        return self._coder

    def as_coder(self, name: str) -> Project:
        """Return the same open study with another coder at the keyboard."""
        return Project(self._file, name, self._clock, self._seen)

    # ---- the study and its codebook --------------------------------------------------------------------------------------

    def describe(
        self,
        *,
        title: str | None = None,
        approach: str | None = None,
        informant_label: str | None = None,
        segmenter: str | None = None,
        simulated: bool | None = None,
        identity: Mapping[str, str] | None = None,
    ) -> Study:
        """Change what the study says of itself, where given, and return it. Identity fields are added to those there."""
        from qualcode.store.acts.study import put_study

        old = self.corpus().study
        given = {
            "title": title,
            "approach": approach,
            "informant_label": informant_label,
            "segmenter": segmenter,
            "simulated": simulated,
        }
        changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
        new = replace(old, **changes, identity={**old.identity, **(identity or {})})
        put_study(self._log, self._by(), new)
        return self.corpus().study

    @property
    def codebook(self) -> Codebook:
        """The study's codebook as it now is."""
        return self.corpus().codebook

    def put_codebook(self, codebook: str | Path | Codebook) -> tuple[Change, ...]:
        """Give the study *codebook* (a shipped name, a file, or a codebook) and return what changed.

        Codes are known by key: new ones are added, changed ones changed, missing ones set out of use; codings stay.
        """
        from qualcode.codebooks import diff
        from qualcode.store.acts.codebook import put_codebook

        book = _codebook(codebook)
        if book is None:
            return ()
        before = self.codebook
        put_codebook(self._log, self._by(), book)
        return diff(before, self.codebook)

    # ---- transcripts and informants --------------------------------------------------------------------------------------

    def import_files(
        self,
        files: str | Path | Sequence[str | Path],
        *,
        speakers: Mapping[str, Role] | None = None,
        kind: str | Kind | None = None,
        text_column: str | None = None,
        informant_column: str | None = None,
        attributes: str | Path | None = None,
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
            Roles by label, where the importer would guess wrong.
        kind : Kind, optional
            What the sources are, where it is not to be guessed.
        attributes : path, optional
            A table of informants' attributes, see `put_attributes`.
        revise : bool
            Take files that differ from their transcript as new revisions; codings move along, the doubtful ones are counted.
            Without it such a file is reported and not taken.
        dry_run : bool
            Report and change nothing.

        Raises
        ------
        NotFoundError
            If a named file is not there.
        """
        from qualcode.importers import Batch, ImportOptions, read_batch

        options = ImportOptions(
            speakers=speakers or {},
            kind=Kind(kind) if kind else None,
            text_column=text_column,
            informant_column=informant_column,
        )
        paths = incoming.wanted_files(files)
        batch = read_batch(paths, options, progress=progress) if paths else Batch()
        coming = incoming.plan(self.corpus(), batch, revise=revise)
        report = ImportReport(tuple(coming.outcomes), tuple(coming.findings), batch.errors)
        if not dry_run:
            report = incoming.write(coming, report, self._log, self._by)
        if attributes is not None:
            said = self.put_attributes(attributes, dry_run=dry_run, also=tuple(i.id for i in coming.informants))
            report = replace(report, findings=(*report.findings, *said))
        return report

    def put_attributes(
        self, table: str | Path, *, dry_run: bool = False, also: tuple[str, ...] = ()
    ) -> tuple[Finding, ...]:
        """Give informants the attributes in a .csv or .xlsx table; its first column holds their ids. Return what was noticed.

        Columns with names, addresses, telephone numbers or NIK are left out, and said. A column called *kategori* or *category*
        is the informant's category.
        """
        from qualcode.store.acts.informants import put_informants

        changes, findings = sheets.matched_attributes(sheets.read_table(Path(table)), Path(table), self.corpus(), also)
        if changes and not dry_run:
            put_informants(self._log, self._by(), changes)
        return findings

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

    def to_review(self) -> tuple[Coding, ...]:
        """Return the codings that stand on an earlier revision and could not move along by themselves."""
        corpus = self.corpus()
        return tuple(coding for coding in corpus.codings if not corpus.is_current(coding))

    def place_again(self, coding: str | Coding, *, turn: int | None = None, quote: str | None = None) -> Coding:
        """Put a coding of `to_review` where its words stand in the corrected text, and return it."""
        from qualcode.store.acts.revisions import place_again

        old = self._coding(coding)
        span = locate(self.corpus().transcript(old.transcript), turn=turn, quote=quote)
        place_again(self._log, self._by(), "coding", old.guid, span)
        return self._coding(old.guid)

    # ---- segments --------------------------------------------------------------------------------------------------------

    def segment(self, by: str) -> None:
        """Choose the unit in which passages are suggested and agreement is counted: turn, sentence, paragraph or answer."""
        from qualcode.segmenters import names

        if by not in names():
            raise NotFoundError(N_("no segmenter called {name!r}"), name=by, known=names())
        self.describe(segmenter=by)

    def segment_counts(self) -> list[dict[str, object]]:
        """Return a row a transcript: how many segments it has and how many words the median one holds."""
        return outgoing.segment_counts(self.corpus())

    # ---- coding ----------------------------------------------------------------------------------------------------------

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
    ) -> Coding:
        """Code a passage and return the coding.

        The passage is a *turn* (number from 1), a *quote* within it or within the transcript, or a *span* of code points.

        Raises
        ------
        NotFoundError
            If the transcript or the code is not in the study; with the nearest names.
        InputError
            If the passage is not there, or only the interviewer speaks in it.
        """
        from qualcode.store.acts.codings import NewCoding, add_codings

        corpus = self.corpus()
        source = corpus.transcript(transcript)
        place = locate(source, turn=turn, quote=quote, span=Span(*span) if isinstance(span, tuple) else span)
        chosen = corpus.codebook.code(code)
        new = NewCoding(
            transcript=source.guid,
            span=place,
            code=chosen.key,
            stance=_one_of(Stance, stance, "stance"),
            elicited=_one_of(Elicited, elicited, "elicited"),
            uncertain=uncertain,
            memo=memo,
            version=corpus.codebook.label,
        )
        (guid,) = add_codings(self._log, self._by(), [new])
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
            stance=None if stance is None else _one_of(Stance, stance, "stance"),
            elicited=None if elicited is None else _one_of(Elicited, elicited, "elicited"),
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
        if not found:
            raise NotFoundError(N_("no coding of {name!r} is there to take away"), name=self._named_coder())
        remove_codings(self._log, self._by(), [coding.guid for coding in found])
        return tuple(found)

    def import_codings(self, sheet: str | Path) -> SheetReport:
        """Bring in a coding sheet (.csv, .xlsx) in one event; rows not understood are reported, the others go in.

        Columns: coder, transcript, turn, quote, code, stance, elicited, uncertain, memo, or their Indonesian names. A row that is in the
        study already changes nothing. Without a coder's name a row is this coder's.
        """
        path = Path(sheet)
        report, placed = sheets.new_codings(sheets.read_table(path), path, self.corpus(), coder=self._coder)
        self._import_placed(placed)
        return report

    def read(self, transcript: str, *, turn: int | None = None) -> Reading:
        """Mark a turn, or the whole transcript, as read: what is uncoded in it is then "nothing to code", not unread."""
        from qualcode.store.acts.readings import NewReading, add_readings

        source = self.corpus().transcript(transcript)
        span = locate(source, turn=turn) if turn is not None else Span(0, len(source.text))
        (guid,) = add_readings(self._log, self._by(), [NewReading(source.guid, span)])
        return next(reading for reading in self.corpus().readings if reading.guid == guid)

    # ---- notes of the researcher -----------------------------------------------------------------------------------------

    def memo(self, text: str, *, about: str = "", kind: str = "note", code: str = "") -> Memo:
        """Write a memo and return it.

        *about* is an informant's id, a transcript's name, a code's key or a coding's guid; empty for the study. *kind* is note, summary
        (an informant's case summary; it replaces the one there) or tension (what does not fit).
        """
        guid = notes.write_memo(self._log, self._by(), self.corpus(), text, about=about, kind=kind, code=code)
        return next(memo for memo in self.corpus().memos if memo.guid == guid)

    def choose_quote(self, coding: str | Coding, *, chosen: bool = True, printable: str = "") -> Quote:
        """Choose a coding's passage as a quote of the report, or take the choice back; return the quote.

        Raises
        ------
        InputError
            If *printable* changes more than ``[…]`` and ``[ ]`` say.
        """
        guid = notes.choose_quote(
            self._log, self._by(), self.corpus(), self._coding(coding), chosen=chosen, printable=printable
        )
        return next(quote for quote in self.corpus().quotes if quote.guid == guid)

    def relate(
        self, source: str, target: str, *, kind: str = "answers", informant: str = "", worked: str = "", memo: str = ""
    ) -> Relation:
        """Say that code *source* bears on code *target* (a strategy answers a challenge), for an informant or the study."""
        guid = notes.relate(
            self._log,
            self._by(),
            self.corpus(),
            source,
            target,
            kind=kind,
            informant=informant,
            worked=worked,
            memo=memo,
        )
        return next(relation for relation in self.corpus().relations if relation.guid == guid)

    # ---- suggestions and decisions ---------------------------------------------------------------------------------------

    def suggest(
        self, code: str | None = None, *, n: int | None = 20, recipe: str | None = None
    ) -> tuple[Suggestion, ...]:
        """Return up to *n* suggestions for *code* (or all codes), best first; never codings.

        The classifier speaks where it has learnt enough from this coder's codings; for the other codes, and in a study without
        codings, the codebook's rules do. *recipe* takes one of them only. Passages that this coder has coded so, or has decided on, are left out.
        `silent_codes` then says for which codes the classifier is silent, and why.
        """
        found = proposals.suggest(self.corpus(viewer=self._coder), self._coder, code=code, n=n, recipe=recipe)
        self._silent = found.silent
        return found.suggestions

    @property
    def silent_codes(self) -> Mapping[str, str]:
        """For which codes the classifier was silent at the last `suggest`, and why."""
        return self._silent

    def accept(
        self, suggestion: Suggestion, *, stance: Stance | str = Stance.UNMARKED, seconds: float | None = None
    ) -> Coding:
        """Accept a suggestion: it becomes this coder's coding, which is returned."""
        return self._made(self._decide(suggestion, Verdict.ACCEPTED, stance=stance, seconds=seconds))

    def correct(
        self,
        suggestion: Suggestion,
        *,
        code: str,
        stance: Stance | str = Stance.UNMARKED,
        seconds: float | None = None,
    ) -> Coding:
        """Give the suggested passage another *code*; return the coding."""
        key = self.codebook.code(code).key
        return self._made(self._decide(suggestion, Verdict.CORRECTED, stance=stance, seconds=seconds, corrected=key))

    def reject(self, suggestion: Suggestion, *, seconds: float | None = None) -> Decision:
        """Reject a suggestion; it is kept as a counter-example and not made again."""
        return self._decision(self._decide(suggestion, Verdict.REJECTED, seconds=seconds)[0])

    def skip(self, suggestion: Suggestion, *, seconds: float | None = None) -> Decision:
        """Leave a suggestion undecided for now; that is logged, too."""
        return self._decision(self._decide(suggestion, Verdict.SKIPPED, seconds=seconds)[0])

    # ---- looking ---------------------------------------------------------------------------------------------------------

    def corpus(self, *, viewer: str | None = None) -> Corpus:
        """Return the whole study as an immutable value, with the segments of its segmenter.

        With *viewer* (a coder's id), others' work in independent rounds that are not closed is left out.
        """
        from qualcode.store.read import load_corpus, newest_event

        key = viewer or ""
        newest = newest_event(self._file)
        known = self._seen.corpora.get(key)
        if known is not None and known[0] == newest:
            return known[1]
        corpus = load_corpus(self._file, viewer=viewer)
        corpus = corpus.with_(segments=self._seen.segments_of(corpus))
        self._seen.corpora[key] = (newest, corpus)
        return corpus

    def agree(
        self,
        *,
        coders: Sequence[str],
        measure: Measure = "alpha",
        code: str | None = None,
        by: str = "segment",
        round: str | None = None,
    ) -> Agreement:
        """Return how far *coders* agree over the units that all of them have read; see `qualcode.agree`."""
        from qualcode.agreement import agree

        return agree(self.corpus(), coders=list(coders), measure=measure, code=code, by=by, round=round)

    def report(
        self,
        folder: str | Path,
        *,
        language: str = "id",
        informant: str | None = None,
        single_file: bool = False,
        templates: str | Path | None = None,
    ) -> Path:
        """Write the report to *folder* (with *single_file*, to that file) and return the page to open first.

        A study without codings is shown as its rules mark it, and says across the head that nobody has read it.
        """
        return outgoing.write_report(
            self.corpus(),
            Path(folder),
            language=language,
            informant=informant,
            single_file=single_file,
            templates=None if templates is None else Path(templates),
        )

    def export(self, path: str | Path, *, format: str | None = None) -> Path:
        """Write the codings to *path* (.csv, .xlsx, .jsonl) and return it."""
        from qualcode.exporters import export

        export(self.corpus(), Path(path), format=format)
        return Path(path)

    # ---- the log ---------------------------------------------------------------------------------------------------------

    def log(self, *, n: int | None = 20, coder: str | None = None) -> list[dict[str, object]]:
        """Return the newest *n* entries of the log, newest first: who did what, when, before and after."""
        return history.log_rows(self._file, self.corpus(), n=n, coder=coder)

    def undo(self) -> str:
        """Take back this coder's last change and return what it was.

        Raises
        ------
        StateError
            If there is nothing to take back.
        ConflictError
            If others have built on it; with who and what.
        """
        from qualcode.store.undo import undo

        return self._turned(undo)

    def redo(self) -> str:
        """Do again what this coder took back last and return what it was."""
        from qualcode.store.undo import redo

        return self._turned(redo)

    def check(self, *, rebuild: bool = False) -> tuple[Finding, ...]:
        """Check the whole file: database, chain, texts, and that the log rebuilds the tables. Return what was found."""
        from qualcode.store.check import check

        found = check(self._file, rebuild=rebuild)
        return found

    @staticmethod
    def backups(path: str | Path) -> list[dict[str, object]]:
        """Return the backups of the study at *path*, newest first."""
        from qualcode.store.backup import list_backups

        return [
            {
                "file": backup.path.name,
                "at": backup.at.isoformat(timespec="seconds"),
                "reason": backup.reason,
                "kB": backup.path.stat().st_size // 1000,
            }
            for backup in list_backups(Path(path))
        ]

    @staticmethod
    def restore(path: str | Path, backup: str | Path, *, clock: Callable[[], datetime] = utc_now) -> Path | None:
        """Put *backup* (a path, or the name of one of `backups`) in the place of the study at *path*.

        Return where the file that stood there is kept, or None if there was none.
        """
        from qualcode.store.backup import backup_folder, restore

        study, chosen = Path(path), Path(backup)
        if not chosen.exists() and (backup_folder(study) / chosen.name).is_file():
            chosen = backup_folder(study) / chosen.name
        if not chosen.is_file():
            raise NotFoundError(
                N_("no backup {name!r}"), name=str(backup), known=[str(row["file"]) for row in Project.backups(study)]
            )
        return restore(study, chosen, at=clock())

    # ---- within ----------------------------------------------------------------------------------------------------------

    @property
    def _log(self) -> Log:
        return self._file.log

    def _named_coder(self) -> str:
        if not self._coder:
            raise StateError(
                N_("who is coding is not known"),
                hint=N_("name the coder: coder='rani', --coder rani, or QUALCODE_CODER"),
            )
        return self._coder

    def _by(self) -> By:
        """Return who acts now; a coder who is new to the study is added to it."""
        from qualcode.store.acts.study import add_coder
        from qualcode.store.effects import By, new_guid
        from qualcode.store.read import load_coders

        name = self._named_coder()
        known = {coder.id: coder.guid for coder in load_coders(self._file)}
        if name not in known:
            guid = new_guid()
            known[name] = add_coder(self._log, By(guid, self._clock()), name, guid=guid)
        return By(known[name], self._clock())

    def _coding(self, coding: str | Coding) -> Coding:
        guid = coding.guid if isinstance(coding, Coding) else coding
        found = [c for c in self.corpus().codings if c.guid == guid or (len(guid) >= 6 and c.guid.startswith(guid))]
        if len(found) != 1:
            raise NotFoundError(N_("no single coding {name!r} in this study"), name=guid)
        return found[0]

    def _import_placed(self, placed: Sequence[sheets.Placed]) -> None:
        from qualcode.store.acts.codings import NewCoding, add_codings

        version = self.codebook.label
        coders = {name: self.as_coder(name)._by().coder for name in dict.fromkeys(p.coder for p in placed)}
        new = [
            NewCoding(
                transcript=p.transcript.guid,
                span=p.span,
                code=p.code,
                stance=p.row.stance,
                elicited=p.row.elicited,
                uncertain=p.row.uncertain,
                memo=p.row.memo,
                origin=Origin.IMPORTED,
                version=version,
                coder=coders[p.coder],
            )
            for p in placed
        ]
        add_codings(self._log, self._by(), new, verb="import codings")

    def _decide(
        self,
        suggestion: Suggestion,
        verdict: Verdict,
        *,
        stance: Stance | str = Stance.UNMARKED,
        seconds: float | None = None,
        corrected: str = "",
    ) -> tuple[str, str]:
        made = proposals.decide(
            self._log,
            self._by(),
            suggestion,
            verdict,
            stance=_one_of(Stance, stance, "stance"),
            seconds=seconds,
            corrected=corrected,
            version=self.codebook.label,
        )
        return made

    def _made(self, made: tuple[str, str]) -> Coding:
        return self._coding(made[1])

    def _decision(self, guid: str) -> Decision:
        return next(decision for decision in self.corpus().decisions if decision.guid == guid)

    def _turned(self, turn: Callable[[Log, By], object]) -> str:
        names = self.corpus()
        turn(self._log, self._by())
        # Named by the state in which what was made or taken away is still there, whichever that is.
        after = self.corpus()
        fuller = names if len(names.codings) >= len(after.codings) else after
        return str(history.log_rows(self._file, fuller, n=1, coder=None)[0]["change"])


def _codebook(codebook: str | Path | Codebook | None) -> Codebook | None:
    if codebook is None or isinstance(codebook, Codebook):
        return codebook
    from qualcode.codebooks import load_codebook

    return load_codebook(codebook)


E = TypeVar("E", Stance, Elicited)


def _one_of(kind: type[E], value: E | str, what: str) -> E:
    try:
        return kind(value)
    except ValueError:
        known = [member.value for member in kind if member.value]
        raise NotFoundError(
            N_("{name!r} is no {what}; known are {values}"),
            name=str(value),
            known=known,
            what=what,
            values=", ".join(known),
        ) from None
