"""One study on disk: the façade of all verbs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from qualcode.errors import N_, NotFoundError
from qualcode.i18n import utc
from qualcode.model import Codebook, Finding, Study
from qualcode.project import history, outgoing
from qualcode.project.codebook_verbs import loaded
from qualcode.project.coding_verbs import CodingVerbs
from qualcode.project.consent_verbs import ConsentVerbs
from qualcode.project.desk import who_is_coding
from qualcode.project.erase_verbs import EraseVerbs
from qualcode.project.evaluation_verbs import EvaluationVerbs
from qualcode.project.explore_verbs import ExploreVerbs
from qualcode.project.generalise_verbs import GeneraliseVerbs
from qualcode.project.guide_verbs import GuideVerbs
from qualcode.project.lock_verbs import LockVerbs
from qualcode.project.mask_import import MaskImportVerbs
from qualcode.project.merge_verbs import MergeVerbs
from qualcode.project.note_verbs import NoteVerbs
from qualcode.project.privacy_verbs import PrivacyVerbs
from qualcode.project.round_verbs import RoundVerbs
from qualcode.project.rule_verbs import RuleVerbs
from qualcode.project.search_verbs import SearchVerbs
from qualcode.project.suggestion_verbs import SuggestionVerbs

if TYPE_CHECKING:
    from qualcode.agreement import Agreement
    from qualcode.store.effects import By
    from qualcode.store.log import Log

__all__ = ["Project"]

SegmenterName = Literal["turn", "sentence", "paragraph", "answer"]
Measure = Literal["alpha", "percent"]
Language = Literal["id", "en"]


def utc_now() -> datetime:
    """Return the present moment, UTC."""
    return datetime.now(UTC)


class Project(
    MaskImportVerbs,
    CodingVerbs,
    ConsentVerbs,
    PrivacyVerbs,
    EraseVerbs,
    MergeVerbs,
    LockVerbs,
    NoteVerbs,
    SuggestionVerbs,
    RuleVerbs,
    RoundVerbs,
    ExploreVerbs,
    EvaluationVerbs,
    GuideVerbs,
    GeneraliseVerbs,
    SearchVerbs,
):
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
        passphrase: str = "",
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
        passphrase : str
            Encrypts the file and its backups; needs ``pip install "qualcode[sandi]"``. Whoever forgets it has lost the study.
        clock : callable
            Gives the time of events, UTC.

        Raises
        ------
        StateError
            If no coder is named, or a file of that name is there.
        ProjectFileError
            If the folder cannot be written.
        InputError
            If the codebook is faulty.
        """
        if not coder:
            raise who_is_coding()
        book = loaded(codebook)
        from qualcode.store.file import StudyFile

        project = cls(StudyFile.create(Path(path), clock=clock, passphrase=passphrase), coder, clock)
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
        passphrase: str = "",
        clock: Callable[[], datetime] = utc_now,
    ) -> Self:
        """Open the study at *path*; `findings` then says what its opening noticed.

        An encrypted one needs its *passphrase*, here, from an earlier opening, or in QUALCODE_PASSPHRASE.

        Raises
        ------
        NotFoundError
            If there is no such file.
        ProjectFileError
            If it is no study, damaged, locked, or made by a newer qualcode; it is left untouched.
        """
        from qualcode.store.file import StudyFile

        return cls(StudyFile.open(Path(path), mode=mode, clock=clock, passphrase=passphrase), coder, clock)

    def as_coder(self, name: str) -> Project:
        """Return the same open study with another coder at the keyboard."""
        return Project(self._file, name, self._clock, self._seen)

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

    def segment(self, by: str) -> None:
        """Choose the unit in which passages are suggested and agreement is counted: turn, sentence, paragraph or answer."""
        from qualcode.segmenters import names

        if by not in names():
            raise NotFoundError(
                N_("no segmenter called {name!r}; there are {names}"), name=by, known=names(), names=", ".join(names())
            )
        self.describe(segmenter=by)

    def agree(
        self,
        *,
        coders: Sequence[str],
        measure: Measure = "alpha",
        code: str | None = None,
        by: str = "segment",
        round: str | None = None,
    ) -> Agreement:
        """Return how far *coders* agree over the units that two or more of them have read; see `qualcode.agree`."""
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
        generalise: bool | None = None,
        allow: Sequence[str] = (),
        force: bool = False,
    ) -> Path:
        """Write the report to *folder* (with *single_file*, to that file) and return the page to open first.

        A study without codings is shown as its rules mark it, and says across the head that nobody has read it. What is not an earlier
        report is written over only with *force*, a study never. With *generalise* attributes are shown in a coarser form (see
        `generalisation`); by default, if the study says so. Nothing is written while something that tells who somebody is has not been
        reviewed, unless its kind is in *allow*, which the log keeps (`leaks`).
        """
        corpus = self.corpus()
        self._clear_to_leave(outgoing.of_informant(corpus, informant), allow, what="report", path=Path(folder))
        written = outgoing.write_report(
            corpus,
            Path(folder),
            language=language,
            informant=informant,
            single_file=single_file,
            templates=None if templates is None else Path(templates),
            generalised=bool(corpus.study.generalise) if generalise is None else generalise,
            force=force,
        )
        self._left("report", Path(folder), allow)
        return written

    def export(
        self,
        path: str | Path,
        *,
        format: str | None = None,
        language: str = "id",
        transcripts: Sequence[str] = (),
        generalise: bool | None = None,
        allow: Sequence[str] = (),
        force: bool = False,
    ) -> Path:
        """Write the codings to *path* (.csv, .xlsx, .jsonl), or coded transcripts (.docx), and return it.

        With *transcripts* (names), only what is in them. An earlier export is replaced; another file only with *force*, a study never.
        *generalise* and *allow* as for `report`; with ``quotes`` in *allow* everybody's words, whoever may be quoted.
        """
        from qualcode.exporters import export
        from qualcode.files.whole import require_place

        require_place(Path(path))
        outgoing.guard_target(Path(path), force=force)
        corpus = outgoing.of_transcripts(self.corpus(), transcripts)
        coarse = bool(corpus.study.generalise) if generalise is None else generalise
        self._clear_to_leave(corpus, allow, what="export", path=Path(path), others=("quotes",))
        export(
            corpus,
            Path(path),
            format=format,
            language=language,
            generalised=coarse,
            allow_quotes="quotes" in allow,
        )
        self._left("export", Path(path), allow)
        return Path(path)

    def log(
        self, *, n: int | None = 20, coder: str | None = None, language: Language = "en"
    ) -> list[dict[str, object]]:
        """Return the newest *n* entries of the log, newest first: who did what, when, before and after in words."""
        from qualcode.i18n import translator

        return history.log_rows(self._file, self.corpus(), n=n, coder=coder, say=translator(language))

    def undo(self, *, language: Language = "en") -> str:
        """Take back this coder's last change and return what it was.

        Raises
        ------
        StateError
            If there is nothing to take back.
        ConflictError
            If others have built on it; with who and what.
        """
        from qualcode.store.undo import undo

        return self._turned(undo, language)

    def redo(self, *, language: Language = "en") -> str:
        """Do again what this coder took back last and return what it was."""
        from qualcode.store.undo import redo

        return self._turned(redo, language)

    def check(self, *, rebuild: bool = False) -> tuple[Finding, ...]:
        """Check the whole file: database, chain, texts, and that the log rebuilds the tables. Return what was found."""
        from qualcode.store.check import check

        found = check(self._file, rebuild=rebuild)
        return found

    @staticmethod
    def backups(path: str | Path) -> list[dict[str, object]]:
        """Return the backups of the study at *path*, newest first, then the files that a restore put aside."""
        from qualcode.store.backup import backup_folder, list_backups

        return [
            {
                "file": backup.path.name,
                "at": utc(backup.at),
                "reason": backup.reason,
                "kB": backup.path.stat().st_size // 1000,
            }
            for backup in list_backups(Path(path))
        ] + [
            {
                "file": kept.name,
                "at": utc(datetime.fromtimestamp(kept.stat().st_mtime, UTC)),
                "reason": "sebelum-dipulihkan",
                "kB": kept.stat().st_size // 1000,
            }
            for kept in sorted(backup_folder(Path(path)).glob("sebelum-dipulihkan*.qualcode"), reverse=True)
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

    def _turned(self, turn: Callable[[Log, By], object], language: Language) -> str:
        from qualcode.i18n import translator

        names = self.corpus()
        event = turn(self._log, self._by())
        # Named by the state in which what was made or taken away is still there, whichever that is.
        after = self.corpus()
        fuller = names if len(names.codings) >= len(after.codings) else after
        rows = history.log_rows(self._file, fuller, n=20, coder=self._coder, say=translator(language))
        return str(next(row["change"] for row in rows if row["event"] == str(event)))
