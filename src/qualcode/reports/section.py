"""The base of report sections, and what a section is given."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from qualcode import i18n
from qualcode.analysis import Passage, Waiting
from qualcode.errors import N_, InputError
from qualcode.model import Coding, Corpus, Decision, Elicited, Informant, Segment, Span, Stance, Suggestion
from qualcode.model.printable import check_printable
from qualcode.privacy.consent import NOTICE, readable
from qualcode.reports.blocks import Block, Chip, Content, Inline, Link, Paragraph, QuoteItem, Sign
from qualcode.reports.facts import Facts
from qualcode.reports.labels import Label
from qualcode.reports.links import Links, Page, PageKind
from qualcode.reports.words import ELICITED, STANCES, Words

__all__ = ["Context", "Section", "symbol_of"]

SYMBOL_ORDER = (
    ("●", (Stance.PRESENT,)),
    ("◐", (Stance.PAST, Stance.PLANNED)),
    ("○", (Stance.DENIED,)),
    ("◇", (Stance.OTHER,)),
    ("", (Stance.UNMARKED,)),
)
"""The sign of each marked stance. Only the matrix, whose legend says so, has one for a stance that nobody marked."""

REVIEW = "qualcode review --moved"
"""The command that shows codings on an earlier text one by one."""

ELLIPTICAL = 5
"""An answer of at most so many words is shown with its question."""


class Section(ABC):
    """One section of a report: a plug-in that returns blocks.

    A module of `qualcode.reports.sections`, or an entry point of the group ``qualcode.reports.sections``, with one public subclass.
    """

    page: ClassVar[PageKind]
    """The kind of page it stands on: overview, informant, code or source."""
    order: ClassVar[int]
    """Its place on the page, small numbers first."""
    title: ClassVar[str]
    """Its heading: an English template."""

    @abstractmethod
    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return the section's blocks; none if it has nothing to say on this page."""


def symbol_of(stances: frozenset[Stance]) -> str:
    """Return the symbols of the marked stances, in the order ● ◐ ○ ◇."""
    return "".join(symbol for symbol, of in SYMBOL_ORDER if stances.intersection(of))


def _fits(printable: str, spoken: str) -> bool:
    """Tell whether a quote's printable form holds the words of its passage as they stand now; an empty form is the words as spoken."""
    try:
        if printable:
            check_printable(printable, spoken)
    except InputError:
        return False
    return True


@dataclass(frozen=True)
class Context:
    """What a section is given beside the corpus: the page it is on, the shared results, and how things are worded and linked."""

    page: Page
    facts: Facts
    links: Links
    words: Words
    labels: dict[str, Label]

    @property
    def informant(self) -> Informant:
        """The informant whom an informant's page is about."""
        return self.facts.corpus.informant(self.page.subject)

    @property
    def notice(self) -> str:
        """What stands in place of words that are withheld."""
        return self.words(NOTICE)

    def shown(self, transcript: str, span: Span) -> str:
        """Return the words at *span* of a transcript's (guid) text, with a notice for each stretch that is withheld."""
        of = self.facts.corpus.transcript(transcript)
        return readable(self.facts.corpus, of.revision, span, span.of(of.text), self.notice)

    def sign(self, stances: frozenset[Stance], kind: str = "") -> Sign:
        """Return the symbols of the stances with the words for them; *kind* is that of the code's family."""
        named = STANCES.get(kind, STANCES[""])
        said = dict.fromkeys(self.words(named[s]) for _, group in SYMBOL_ORDER for s in group if s in stances)
        return Sign(symbol_of(stances), ", ".join(said))

    def stances(self, stances: frozenset[Stance], kind: str = "") -> str:
        """Return the symbols and words for the stances of a passage, as in "○ denied"; a stance that nobody marked is said in words alone."""
        sign = self.sign(stances, kind)
        return f"{sign.symbol} {sign.meaning}".strip()

    def elicited(self, marks: frozenset[Elicited]) -> str:
        """Return how a passage came up, in words; empty where nobody marked it."""
        return ", ".join(self.words(said) for mark, said in ELICITED.items() if mark in marks)

    def codebook_title(self) -> str:
        """Return the codebook's title in the report's language, or what it is called."""
        book = self.facts.corpus.codebook
        return (book.title_en if self.words.language == "en" else "") or book.title or book.name

    def untranslated(self) -> list[Paragraph]:
        """Return the sentence that definitions are not in the report's language, where that is so."""
        _ = self.words
        book = self.facts.corpus.codebook
        if book.language == _.language or not any(code.definition for code in book):
            return []
        name = i18n.language_name(book.language, _.language)
        return [Paragraph(_("The definitions are in the language of the codebook: {language}.", language=name), "note")]

    def chip(self, code: str, stances: frozenset[Stance] = frozenset(), *, machine: bool = False) -> Chip:
        """Return a code's chip, linked to its page."""
        label = self.labels[code]
        sign = self.sign(stances, label.kind) if stances else None
        return Chip(label.short, label.title, label.colour, self.href(Page("code", code)), sign, machine)

    def code_name(self, code: str) -> tuple[Inline, ...]:
        """Return a code's chip and title."""
        return (self.chip(code), " " + self.labels[code].title)

    def href(self, target: Page, anchor: str = "") -> str:
        """Return the link from this page to another."""
        return self.links.href(self.page, target, anchor)

    def person(self, guid: str) -> Link:
        """Return a link to an informant's page."""
        return Link(self.facts.corpus.informant(guid).id, self.href(Page("informant", guid)))

    def people(self, names: Iterable[str]) -> tuple[Inline, ...]:
        """Return links to informants (guids or ids), with commas between them."""
        linked: list[Inline] = []
        for name in names:
            linked += [", "] if linked else []
            linked.append(self.person(self.facts.corpus.informant(name).guid))
        return tuple(linked)

    def waiting(self, found: Waiting) -> Paragraph:
        """Return the sentence on codings that stand on an earlier text, and what to do about them."""
        if len(found.informants) > 1:
            said = self.words.plural(
                "{n} coding of this code stands on an earlier text of {source}, in the words of one of those who speak there, and needs review ({command}).",
                "{n} codings of this code stand on an earlier text of {source}, in the words of some of those who speak there, and need review ({command}).",
                found.codings,
                source=self.facts.corpus.transcript(found.transcript).name,
                command=REVIEW,
            )
        else:
            said = self.words.plural(
                "{n} coding of this code stands on an earlier text of {source} and needs review ({command}).",
                "{n} codings of this code stand on an earlier text of {source} and need review ({command}).",
                found.codings,
                source=self.facts.corpus.transcript(found.transcript).name,
                command=REVIEW,
            )
        return Paragraph(said, "note")

    def place(self, of: Passage | Coding | Suggestion | Decision) -> Link:
        """Return a link to where a passage stands: "W1, turn 14"; without the transcript's name where the page leaves no doubt."""
        corpus = self.facts.corpus
        transcript = corpus.transcript(of.transcript)
        named = self.links.home(of.transcript) != self.page or (
            self.page.kind == "informant" and len(self.links.sources(self.page.subject)) > 1
        )
        turns = [n for n, _ in corpus.turns_of(Segment(of.transcript, of.span, "passage"))]
        if turns:
            anchor = self.links.line(of.transcript, turns[0])
            last = f"–{turns[-1]}" if len(turns) > 1 else ""
            where = self.words(N_("turn {numbers}"), numbers=f"{turns[0]}{last}")
        else:
            line = transcript.line_of(of.span.start)
            anchor = self.links.line(of.transcript, f"b{line}")
            where = self.words(N_("line {number}"), number=line)
        return Link(
            f"{transcript.name}, {where}" if named else where, self.href(self.links.home(of.transcript), anchor)
        )

    def quote(self, passage: Passage, *, source: Content, chip: bool = False) -> QuoteItem:
        """Return a passage as a quote, in the printable form the researcher chose, if any.

        A form that no longer fits, because the coding was moved since, gives way to the words as spoken, and its translation with it.
        """
        facts = self.facts
        chosen = next((facts.chosen[guid] for guid in passage.codings if guid in facts.chosen), None)
        span: Span = facts.codings[chosen.coding].span if chosen is not None else passage.span
        spoken = self.shown(passage.transcript, span)
        fits = chosen is None or _fits(chosen.printable, spoken)
        codings = [facts.codings[guid] for guid in passage.codings]
        kind = self.labels[passage.code].kind
        remarks = [self.stances(passage.stances, kind), self.elicited(passage.elicited)]
        if facts.differ(passage):
            remarks.append(self.words(N_("the coders differ on the stance")))
        if passage.uncertain:
            remarks.append(self.words(N_("the coder is not sure")))
        if len(facts.corpus.coders) > 1:
            remarks.append(self.words(N_("coded by {coders}"), coders=", ".join(passage.coders)))
        if not fits:
            remarks.append(self.words(N_("the printable form no longer fits this passage")))
        return QuoteItem(
            text=(chosen and fits and chosen.printable) or spoken,
            source=source,
            question="" if spoken == self.notice else self._question(passage),
            chips=(self.chip(passage.code),) if chip else (),
            remarks=tuple(remark for remark in remarks if remark),
            memo=" / ".join(dict.fromkeys(coding.memo for coding in codings if coding.memo)),
            translation=chosen.translation if chosen is not None and fits else "",
            withheld=spoken == self.notice,
        )

    def _question(self, of: Passage | Suggestion) -> str:
        """Return the question before an answer too short to be understood without it; otherwise nothing."""
        corpus = self.facts.corpus
        transcript = corpus.transcript(of.transcript)
        turns = [n for n, _ in corpus.turns_of(Segment(of.transcript, of.span, "passage"))]
        if not turns or turns[0] < 2 or len(of.span.of(transcript.text).split()) > ELLIPTICAL:
            return ""
        before = transcript.turn(turns[0] - 1)
        first = transcript.turn(turns[0])
        lead = transcript.text[first.span.start : of.span.start].strip() if of.span.start > first.span.start else ""
        return self.shown(of.transcript, before.span) if before.role.asks and not lead else ""

    def hit(self, suggestion: Suggestion, *, source: Content) -> QuoteItem:
        """Return words that a machine marked and nobody has decided on."""
        text = self.shown(suggestion.transcript, suggestion.span)
        asked = self.words(N_("in the question"))
        why = ", ".join(
            dict.fromkeys(
                f"“{e.text}”" + (f" ({asked})" if e.source == "question" else "") for e in suggestion.evidence
            )
        )
        remarks = (
            self.words(N_("marked automatically, not read")),
            self.words(N_("because of {why}"), why=why) if why else "",
        )
        return QuoteItem(
            text,
            source,
            question="" if text == self.notice else self._question(suggestion),
            remarks=tuple(r for r in remarks if r),
            machine=True,
            withheld=text == self.notice,
        )
