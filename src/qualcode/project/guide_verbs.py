"""The verbs on the interview guide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import N_, InputError, NotFoundError, ProjectFileError, reason_of
from qualcode.model import Coding, Elicited, Question, Suggestion
from qualcode.project.desk import Desk

if TYPE_CHECKING:
    from qualcode.analysis import Asked, Prompting, TurnLink
    from qualcode.project.guide_plan import GuideReport

__all__ = ["GuideLine", "GuideVerbs"]


@dataclass(frozen=True, slots=True)
class GuideLine:
    """A question of the guide, the research question it serves (number and text), and in which interviews (names) it was asked, of `n` in all."""

    question: Question
    research_question: str
    asked_in: tuple[str, ...]
    n: int


class GuideVerbs(Desk):
    """Bring a guide in, see what was asked, and correct it."""

    def set_guide(
        self,
        file: str | Path,
        *,
        columns: Mapping[str, str] | None = None,
        table: int | None = None,
        research_questions: str | Path | None = None,
        replace: bool = False,
        dry_run: bool = False,
    ) -> GuideReport:
        """Make the table in *file* (.csv, .xlsx, .docx, .odt, .rtf) the study's interview guide, in one event, and return what it came to.

        Questions that the study has already are known by their words, else by their number, and changed; those that are not in the file
        end. The same file again changes nothing. Where anything in the file is wrong, nothing is written and the report has all errors.

        Parameters
        ----------
        file : path
            Columns number, question, aspect, code (keys or names, several joined by commas) and research question, guessed by their headings.
        columns : mapping of str to str, optional
            Heading by field (number, question, aspect, code, research_question), where it would be guessed wrong.
        table : int, optional
            Which table of the document or sheet of the workbook, from 1.
        research_questions : path, optional
            A file with the *rumusan masalah* that the table names by number.
        replace : bool
            Let the guide take the place of quite another one.
        dry_run : bool
            Report and change nothing.

        Raises
        ------
        InputError
            If a file cannot be read, or has no table of questions.
        NotFoundError
            If a named column is not there.
        StateError
            If the study has quite another guide.
        """
        from qualcode.project.guide_plan import plan_guide
        from qualcode.project.guide_table import read_guide, read_research_questions
        from qualcode.store.acts.guide import put_guide

        listed = read_research_questions(Path(research_questions)) if research_questions is not None else ()
        read = read_guide(Path(file), columns=columns, table=table)
        plan = plan_guide(self.corpus(), read, Path(file), research_questions=listed, replaces=replace)
        if not plan.report.errors and not dry_run:
            put_guide(self._log, self._by(), plan.questions, plan.research_questions)
        return plan.report

    def guide(self) -> tuple[GuideLine, ...]:
        """Return the questions of the guide, each with the interviews in which it was asked, as far as the links tell."""
        corpus, links = self.corpus(), self.asked()
        serves = {q.guid: f"{q.number}. {q.text}" for q in corpus.research_questions}
        names = {transcript.guid: transcript.name for transcript in corpus.transcripts}
        return tuple(
            GuideLine(
                question,
                serves.get(question.research_question, ""),
                tuple(names[guid] for guid in links.asked_in(question.guid)),
                len(links.interviews),
            )
            for question in corpus.questions
        )

    def write_guide(self, path: str | Path, *, language: str = "id", force: bool = False) -> Path:
        """Write the guide as a Word table (*kisi-kisi*) to *path* and return it.

        Raises
        ------
        InputError
            If the study has no guide, *path* is not a .docx, or it cannot be a file.
        StateError
            If there is a file that is not ours, unless *force*.
        ProjectFileError
            If the file cannot be written.
        """
        from qualcode.exporters._kisi_kisi import guide_document
        from qualcode.files.whole import replacing, require_place
        from qualcode.project.outgoing import guard_target

        path = Path(path)
        if not self.corpus().questions:
            raise InputError(
                N_("the study has no interview guide"), hint=N_("bring one in: qualcode guide pedoman-wawancara.csv")
            )
        if path.suffix.lower() != ".docx":
            raise InputError(
                N_("the guide is written as a Word document"), hint=N_("name a file that ends in .docx"), file=path
            )
        require_place(path)
        guard_target(path, force=force)
        data = guide_document(self.corpus(), language=language)
        try:
            with replacing(path) as stream:
                stream.write(data)
        except OSError as error:
            raise ProjectFileError(
                N_("cannot write the file: {reason}"),
                hint=N_("close it in Word, or choose another name or folder"),
                file=path,
                reason=reason_of(error),
            ) from error
        return path

    def asked(self) -> Asked:
        """Return which turns of interviewers ask which questions: by likeness, and by what was said with `link_question`."""
        return self._seen.asked_of(self.corpus())

    def link_question(self, transcript: str, turn: int, *numbers: str) -> TurnLink:
        """Say that a turn asks the questions with these *numbers*, or none of the guide's; return what is now known of it.

        Raises
        ------
        NotFoundError
            If there is no such transcript or question.
        InputError
            If there is no such turn, or nobody of the asking side speaks in it.
        """
        known = {question.number: question.guid for question in self.corpus().questions}
        if not known:
            raise InputError(
                N_("the study has no interview guide"), hint=N_("bring one in: qualcode guide pedoman-wawancara.csv")
            )
        for number in numbers:
            if number not in known:
                raise NotFoundError(N_("the guide has no question {name!r}"), name=number, known=known)
        return self._link(transcript, turn, [known[number] for number in numbers])

    def unlink_question(self, transcript: str, turn: int) -> TurnLink:
        """Take back what was said of a turn, so that likeness decides again; return what is then known of it."""
        return self._link(transcript, turn, None)

    def _link(self, transcript: str, turn: int, questions: Sequence[str] | None) -> TurnLink:
        from qualcode.store.acts.guide import put_question_link

        source = self.corpus().transcript(transcript)
        span = source.turn(turn).span
        if self.asked().link(source.guid, turn) is None:
            raise InputError(
                N_("turn {turn} of {transcript} asks nothing: nobody of the asking side speaks in it"),
                turn=turn,
                transcript=source.name,
            )
        put_question_link(self._log, self._by(), source.guid, span, questions)
        found = self.asked().link(source.guid, turn)
        if found is None:
            raise NotFoundError(N_("{transcript} has no turn {name}"), name=str(turn), transcript=source.name)
        return found

    def prompting(self, coding: str | Coding | Suggestion) -> Prompting | None:
        """Return why a coding, or what a suggestion would make, may have been prompted by a question on its code, or None.

        It is proposed, never set.
        """
        from qualcode.analysis import prompting, questions_about

        known = coding if isinstance(coding, Suggestion) else self._coding(coding)
        if not questions_about(self.corpus(), known.code):  # links need not be made for it
            return None
        return prompting(self.corpus(), self.asked(), known)

    def promptings(self) -> tuple[Prompting, ...]:
        """Return why this coder's codings that carry no mark of how they came up may have been prompted."""
        from qualcode.analysis import promptings

        return promptings(self.corpus(), self.asked(), coder=self._coder)

    def mark_prompted(self, codings: Sequence[str | Coding]) -> int:
        """Mark this coder's *codings* as prompted, in one event, and return how many were not so before."""
        from qualcode.store.acts.guide import mark_elicited

        mine = [each for coding in codings if (each := self._coding(coding)).coder == self._named_coder()]
        mark_elicited(self._log, self._by(), [coding.guid for coding in mine], Elicited.PROMPTED)
        return sum(coding.elicited is not Elicited.PROMPTED for coding in mine)
