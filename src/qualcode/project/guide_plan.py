"""What a guide in a file changes in the study's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from qualcode.errors import N_, InputError, NotFoundError, QualcodeError, StateError, shorten
from qualcode.model import Codebook, Corpus, Finding, Question, ResearchQuestion
from qualcode.project.guide_table import NUMBERED, GuideRow, GuideTable
from qualcode.store.effects import new_guid

__all__ = ["GuidePlan", "GuideReport", "plan_guide"]

ALIKE = 0.4
"""From this share of words in common a question is the other one reworded."""


ENOUGH = 100
"""Words of a question that are compared."""


@dataclass(frozen=True, slots=True)
class GuideReport:
    """What a guide in a file came to: every question with its outcome, what was noticed, and what was wrong.

    An outcome is added, changed, unchanged or ended. With `errors` nothing is written: a row left out would end its question.
    """

    questions: tuple[tuple[str, Question], ...] = ()
    research_questions: tuple[ResearchQuestion, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    errors: tuple[QualcodeError, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many questions were added, changed, unchanged and ended, and how many rows were wrong."""
        outcomes = [outcome for outcome, _ in self.questions]
        kinds = ("added", "changed", "unchanged", "ended")
        return {kind: outcomes.count(kind) for kind in kinds} | {"failed": len(self.errors)}


@dataclass(frozen=True, slots=True)
class GuidePlan:
    """The guide that is to be written, and the report on it."""

    questions: tuple[Question, ...]
    research_questions: tuple[ResearchQuestion, ...]
    report: GuideReport


def plan_guide(
    corpus: Corpus,
    table: GuideTable,
    path: Path,
    *,
    research_questions: Sequence[tuple[str, str]] = (),
    replaces: bool = False,
) -> GuidePlan:
    """Return the guide of *table* for the study: questions it has already, by their words or else by number, keep their guid.

    *research_questions* (number, text) come from a file of their own; *replaces* lets quite another guide take the place of the study's.

    Raises
    ------
    StateError
        If the study has quite another guide, and it is not to be replaced.
    """
    errors = list(table.errors)
    serving = _Serving(corpus, [*table.research_questions, *research_questions])
    known = _known(corpus.questions, table.rows)
    if not errors:
        _refuse_another(corpus, table.rows, known, path, replaces=replaces)
    made: list[tuple[str, Question]] = []
    findings = list(table.findings)
    for row in table.rows:
        old = known.get(row.number)
        if old is not None and replaces and not _alike(old.text, row.question):
            old = None
        codes: list[str] = []
        for code in _codes(row, corpus.codebook, path):
            if isinstance(code, QualcodeError):
                errors.append(code)
            else:
                codes.append(code)
        try:
            serves = serving.named(row, path)
        except InputError as error:
            errors.append(error)
            serves = ""
        new = Question(
            guid=old.guid if old else new_guid(),
            number=row.number,
            text=row.question,
            aspect=row.aspect,
            codes=tuple(dict.fromkeys(codes)),
            research_question=serves,
        )
        made.append(("added" if old is None else "unchanged" if old == new else "changed", new))
        if old is not None and not _alike(old.text, new.text):
            findings.append(_reworded(row, old, path))
    kept = {question.guid for _, question in made}
    ended = [("ended", question) for question in corpus.questions if question.guid not in kept]
    questions = tuple(question for _, question in made)
    problems = serving.all()
    report = GuideReport((*made, *ended), problems, table.columns, tuple(findings), _by_line(errors))
    return GuidePlan(questions, problems, report)


def _by_line(errors: Sequence[QualcodeError]) -> tuple[QualcodeError, ...]:
    return tuple(sorted(errors, key=lambda error: error.line or 0))


def _known(old: Sequence[Question], rows: Sequence[GuideRow]) -> dict[str, Question]:
    """Return the study's question that each row (by its number) is: the one with the same words, else the one with the same number."""
    found: dict[str, Question] = {}
    left = list(old)
    for same in (_same_words, _same_number):
        for row in rows:
            question = next((q for q in left if same(q, row)), None) if row.number not in found else None
            if question is not None:
                found[row.number] = question
                left.remove(question)
    return found


def _same_words(question: Question, row: GuideRow) -> bool:
    return _words(question.text) == _words(row.question)


def _same_number(question: Question, row: GuideRow) -> bool:
    return question.number == row.number


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))


def _alike(one: str, other: str) -> bool:
    """Tell whether a question is another one reworded, by its first words: more of them tell no more, and take long to compare."""
    first, second = _words(one)[:ENOUGH], _words(other)[:ENOUGH]
    return first == second or SequenceMatcher(None, first, second, autojunk=False).ratio() >= ALIKE


def _refuse_another(
    corpus: Corpus, rows: Sequence[GuideRow], known: Mapping[str, Question], path: Path, *, replaces: bool
) -> None:
    """Refuse a guide in which less than half of the study's comes back: it may be another study's."""
    back = [row for row in rows if (old := known.get(row.number)) is not None and _alike(old.text, row.question)]
    if not replaces and corpus.questions and 2 * len(back) < len(corpus.questions):
        raise StateError(
            N_("the study has another guide: {back} of its {n} questions come back in this file"),
            hint=N_("if this guide is to take its place, say so with --replace; the old questions then end"),
            file=path,
            back=len(back),
            n=len(corpus.questions),
        )


def _reworded(row: GuideRow, old: Question, path: Path) -> Finding:
    return Finding(
        "doubtful",
        N_("question {number} is worded quite otherwise than before ({old!r}); what was corrected of its links stays"),
        file=path.name,
        line=row.line,
        rule="guide",
        parameters={"number": row.number, "old": shorten(old.text)},
    )


def _codes(row: GuideRow, codebook: Codebook, path: Path) -> Iterator[str | QualcodeError]:
    """Yield the key of each code in the row's cell, or the error of one that is not in the codebook."""
    by_name: dict[str, str] = {}
    for code in codebook:
        for name in (code.name_en, code.name, code.key):
            if name:
                by_name[" ".join(_words(name))] = code.key
    whole = by_name.get(" ".join(_words(row.codes)))
    names = [row.codes] if whole else re.split(r"[;,/|\n]+", row.codes)
    for name in (name.strip() for name in names):
        key = by_name.get(" ".join(_words(name)))
        if key is not None:
            yield key
        elif name:
            yield NotFoundError(
                N_("no code {name!r} in the codebook"),
                name=shorten(name),
                known=dict.fromkeys(each for code in codebook for each in (code.key, code.name)),
                file=path,
                line=row.line,
            )


class _Serving:
    """The research questions that the rows name, those of the study among them by their words or number."""

    def __init__(self, corpus: Corpus, listed: Sequence[tuple[str, str]]) -> None:
        self._old = corpus.research_questions
        self._found: dict[str, ResearchQuestion] = {}
        for number, text in listed:
            self._add(number, text)

    def _add(self, number: str, text: str) -> ResearchQuestion:
        old = next((q for q in self._old if _words(q.text) == _words(text)), None)
        old = old or next((q for q in self._old if q.number == number), None)
        taken = {question.guid for question in self._found.values()}
        guid = old.guid if old is not None and old.guid not in taken else new_guid()
        self._found[number] = ResearchQuestion(guid, number, text)
        return self._found[number]

    def named(self, row: GuideRow, path: Path) -> str:
        """Return the guid of the research question that a row names: by its words, its number, or both; empty where it names none.

        Raises
        ------
        InputError
            If it names one by a number alone that is listed nowhere.
        """
        cell = " ".join(row.research_question.split())
        if not cell:
            return ""
        match = NUMBERED.fullmatch(cell)
        number, text = (match[1], match[2]) if match else ("", cell)
        same = next((q for q in self._found.values() if text and _words(q.text) == _words(text)), None)
        if same is not None:
            return same.guid
        if number in self._found and (not text or not _words(text)):
            return self._found[number].guid
        if not _words(text):
            kept = next((q for q in self._old if q.number == number), None)
            if kept is not None:
                self._found[number] = kept
                return kept.guid
            raise InputError(
                N_("research question {number} is listed nowhere"),
                hint=N_("list them in a table or a file of their own: --research-questions FILE"),
                file=path,
                line=row.line,
                number=number,
            )
        if number in self._found:
            raise InputError(
                N_("research question {number} has two wordings: {one!r} and {other!r}"),
                file=path,
                line=row.line,
                number=number,
                one=shorten(self._found[number].text),
                other=shorten(text),
            )
        free = number or next(str(n) for n in range(1, len(self._found) + 2) if str(n) not in self._found)
        return self._add(free, text).guid

    def all(self) -> tuple[ResearchQuestion, ...]:
        """Return them in the order of their first mention."""
        return tuple(self._found.values())
