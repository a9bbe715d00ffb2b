"""The *kisi-kisi* as a Word table: research question, aspect, question, codes, and who was asked."""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.analysis import Asked, asked
from qualcode.errors import N_
from qualcode.exporters.docx import code_names
from qualcode.files.docx_writing import Cell, Paragraph, Run, Table, write_docx
from qualcode.i18n import Translator, translator
from qualcode.model import Corpus, Question, ResearchQuestion

__all__ = ["guide_document"]

HEAD = (N_("Research question"), N_("Aspect"), N_("Question"), N_("Codes"), N_("Informants asked"))
_WIDTHS = (2300, 1300, 3100, 1800, 1138)


def guide_document(corpus: Corpus, *, language: str = "id") -> bytes:
    """Return the guide as a Word document (.docx): the table that a proposal shows before its interviews and a thesis after them.

    Questions stand under the research questions they serve, in the order of these, then those that serve none; codes in the order of the
    codebook. A research question and an aspect are not repeated in the row below.
    """
    _ = translator(language)
    names = code_names(corpus, language)
    found = asked(corpus)
    rows: list[tuple[Cell, ...]] = []
    above = ("", "")
    for served, question in _in_order(corpus):
        serves = f"{served.number}. {served.text}".removeprefix(". ") if served is not None else "–"
        now = (serves, question.aspect)
        codes = [name for key, name in names.items() if key in question.codes]
        rows.append(
            (
                _cell("" if serves == above[0] else serves),
                _cell("" if now == above else question.aspect or "–"),
                _cell(f"{question.number}. {question.text}".removeprefix(". ")),
                tuple(Paragraph((Run(name),)) for name in codes) or _cell("–"),
                _cell(_people(corpus, found, question, _)),
            )
        )
        above = now
    blocks: list[Paragraph | Table] = [Paragraph((Run(_("Interview guide")),), "Heading1")]
    blocks.append(Table(_WIDTHS, tuple(_(head) for head in HEAD), tuple(rows)))
    if found.interviews:
        note = _("Who was asked is proposed by likeness of words, except where a person corrected it.")
        blocks.append(Paragraph((Run(note, italic=True),), "Note"))
    title = corpus.study.title
    return write_docx(blocks, title=title, language=language, footer=title)


def _in_order(corpus: Corpus) -> Iterator[tuple[ResearchQuestion | None, Question]]:
    """Yield the questions with what they serve, by research question."""
    known = {served.guid for served in corpus.research_questions}
    for served in corpus.research_questions:
        yield from ((served, question) for question in corpus.questions if question.research_question == served.guid)
    yield from ((None, question) for question in corpus.questions if question.research_question not in known)


def _people(corpus: Corpus, found: Asked, question: Question, _: Translator) -> str:
    """Return whom a question was put to; a dash where that is nobody, or nobody is heard asking."""
    ids = {informant.guid: informant.id for informant in corpus.informants}
    everyone = [guid for name in found.interviews for guid in corpus.transcript(name).informants]
    people = [guid for name in found.asked_in(question.guid) for guid in corpus.transcript(name).informants]
    if len(set(people)) > 1 and set(people) == set(everyone):
        return _("all {n}", n=len(set(people)))
    return ", ".join(dict.fromkeys(ids[guid] for guid in people)) or "–"


def _cell(text: str) -> Cell:
    return (Paragraph((Run(text),)),)
