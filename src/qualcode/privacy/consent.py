"""Whose words may be quoted, and a corpus without those that may not.

The rule: a study without an entry in its consent register does not use it, and everybody is quoted. With any entry, only those are quoted
who permitted it word for word and have not withdrawn. Whoever shows or writes a corpus for others does it through `withhold`: what
must not leave is not in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from qualcode.errors import N_
from qualcode.model import (
    Code,
    Codebook,
    Coding,
    Codings,
    ConsentForm,
    Corpus,
    Informant,
    Quote,
    Quoting,
    Span,
    Suggestion,
    Transcript,
)
from qualcode.privacy.code_keys import free_keys, with_keys
from qualcode.privacy.echoes import Echoes

__all__ = [
    "BLOCK",
    "FORMS",
    "NOTICE",
    "NO_ENTRY",
    "QUOTING",
    "is_withheld",
    "readable",
    "reasons",
    "uses_register",
    "withhold",
]

BLOCK = "▓"
"""What stands for each code point of words that are withheld; line ends stay. Words that were erased are darker (█)."""
NOTICE = N_("[quoting not permitted]")
"""What people are shown in their place."""
NO_ENTRY = N_("no entry in the consent register")
FORMS: Mapping[ConsentForm, str] = MappingProxyType(
    {
        ConsentForm.WRITTEN: N_("written"),
        ConsentForm.RECORDED: N_("recorded on tape or video"),
        ConsentForm.UNRECORDED: N_("not recorded"),
    }
)
"""How consent was given, as people are shown it."""
QUOTING: Mapping[Quoting, str] = MappingProxyType(
    {
        Quoting.VERBATIM: N_("word for word"),
        Quoting.PARAPHRASE: N_("paraphrased only"),
        Quoting.NONE: N_("not at all"),
        Quoting.UNRECORDED: N_("not recorded"),
    }
)
"""What may be quoted, as people are shown it."""


def uses_register(corpus: Corpus) -> bool:
    """Tell whether anything is recorded of what any informant agreed to."""
    return bool(corpus.consents)


def reasons(corpus: Corpus) -> Mapping[str, str]:
    """Return the informants (guid) whose words are withheld, each with why, a message id; nobody where the register is not used."""
    if not uses_register(corpus):
        return MappingProxyType({})
    told = {consent.informant: consent.withheld for consent in corpus.consents}
    found = {person.guid: told.get(person.guid, NO_ENTRY) for person in corpus.informants}
    return MappingProxyType({guid: why for guid, why in found.items() if why})


def withhold(corpus: Corpus, *, notice: str = NOTICE) -> Corpus:
    """Return *corpus* without the words of informants who may not be quoted; itself where all may.

    Their talk is blocked out in every text, code point by code point, so that all positions hold. In a transcript in which one of them
    has a voice, only the asking side and turns of informants who may be quoted stay: what is in nobody's name may be theirs. Wherever
    else their talk is repeated (five words and more in a row; three in quotation marks), in questions, memos, definitions, examples, case
    summaries or header fields, *notice* stands instead, or blocks where positions must hold. Chosen forms of their quotes,
    translations of these, and evidence of suggestions on them are taken out; codes whose keys repeat the talk get others. Of informants who have withdrawn, attributes and memos are taken out, too.
    What is counted of codings stays as it is.
    """
    silent = reasons(corpus)
    if not silent or corpus.withheld:
        return corpus
    return _Withholding(corpus, silent, notice).corpus()


def is_withheld(corpus: Corpus, revision: str, span: Span) -> bool:
    """Tell whether any of the words at *span* of a *revision* (guid) are withheld."""
    return any(span.overlaps(each) for each in corpus.withheld.get(revision, ()))


def readable(corpus: Corpus, revision: str, span: Span, text: str, notice: str = NOTICE) -> str:
    """Return *text*, which stands at *span* of a *revision* (guid), with *notice* for each stretch that is withheld; for people to read."""
    pieces: list[str] = []
    at = 0
    for each in corpus.withheld.get(revision, ()):
        if not text or not span.overlaps(each):
            continue
        start = max(each.start - span.start, 0)
        pieces += [text[at:start], notice]
        at = min(each.end - span.start, len(text))
    return "".join([*pieces, text[at:]])


class _Withholding:
    """One corpus and the words that must not leave it."""

    def __init__(self, corpus: Corpus, silent: Mapping[str, str], notice: str) -> None:
        self._corpus = corpus
        self._silent = frozenset(silent)
        self._gone = frozenset(consent.informant for consent in corpus.consents if consent.withdrawn is not None)
        self._notice = notice
        self._closed = {transcript.guid for transcript in corpus.transcripts if self._silent & _voices(transcript)}
        self._spans: dict[str, list[tuple[int, int]]] = {}
        self._echoes = Echoes()
        self._learn()

    def _learn(self) -> None:
        """Remember what the silent said, in the texts as they are and where codings still stand on earlier ones."""
        corpus = self._corpus
        for transcript in corpus.transcripts:
            if transcript.guid not in self._closed:
                continue
            if not transcript.turns:
                self._echoes.learn(transcript.text)
            for turn in transcript.turns:
                if turn.informant in self._silent or (turn.informant is None and not turn.role.asks):
                    self._echoes.learn(turn.span.of(transcript.text))
        for placed in (*corpus.codings, *corpus.decisions) if corpus.earlier_texts else ():
            if placed.transcript in self._closed and not corpus.is_current(placed):
                self._echoes.learn(corpus.quote(placed))
        self._echoes.spare(question.text for question in corpus.questions)

    def corpus(self) -> Corpus:
        """Return the corpus without the words."""
        corpus = self._corpus
        transcripts = tuple(self._transcript(transcript) for transcript in corpus.transcripts)
        earlier = {revision: self._earlier(revision, text) for revision, text in corpus.earlier_texts.items()}
        spans = {revision: tuple(Span(a, b) for a, b in found if a < b) for revision, found in self._spans.items()}
        blocked = corpus.with_(
            transcripts=transcripts,
            earlier_texts=MappingProxyType(earlier),
            withheld=MappingProxyType({revision: found for revision, found in spans.items() if found}),
        )
        keys = [code.key for code in corpus.codebook] + [merged.key for merged in corpus.codebook.merged]
        spoken = [key for key in keys if self._echoes.find(key.replace("_", " "))]
        touched = {c.guid for c in corpus.codings if is_withheld(blocked, c.revision, c.span)}
        cleaned = blocked.with_(
            study=replace(
                corpus.study, title=self._clean(corpus.study.title), identity=self._all(corpus.study.identity)
            ),
            informants=tuple(self._person(person) for person in corpus.informants),
            codebook=self._codebook(corpus.codebook),
            codings=self._codings(corpus.codings, touched),
            memos=tuple(
                replace(memo, text=self._clean(memo.text)) for memo in corpus.memos if not self._is_of_gone(memo.about)
            ),
            suggestions=tuple(self._suggestion(blocked, each) for each in corpus.suggestions),
            decisions=tuple(
                replace(d, evidence="" if is_withheld(blocked, d.revision, d.span) else self._clean(d.evidence))
                for d in corpus.decisions
            ),
            rule_decisions=tuple(
                replace(d, rule=self._clean(d.rule), shown=self._clean(d.shown)) for d in corpus.rule_decisions
            ),
            quotes=tuple(self._quote(quote, touched) for quote in corpus.quotes),
            relations=tuple(
                replace(r, memo="" if r.informant in self._gone else self._clean(r.memo)) for r in corpus.relations
            ),
            themes=tuple(
                replace(t, statement=self._clean(t.statement), memo=self._clean(t.memo)) for t in corpus.themes
            ),
        )
        return with_keys(cleaned, free_keys(spoken, keys))

    # ---- texts, in which positions hold ----

    def _transcript(self, transcript: Transcript) -> Transcript:
        spans = self._spans[transcript.revision] = sorted(self._of(transcript))
        gone = transcript.guid in self._closed and _voices(transcript) <= self._gone
        return replace(
            transcript,
            text=_blocked(transcript.text, spans),
            metadata=MappingProxyType({}) if gone else self._all(transcript.metadata),
            sha256="",
        )

    def _of(self, transcript: Transcript) -> Iterator[tuple[int, int]]:
        """Yield what is withheld of a transcript: all but what stays where someone silent speaks, else what repeats their talk."""
        closed = transcript.guid in self._closed
        text, at = transcript.text, 0
        for turn in transcript.turns:
            start, end = turn.span.start, turn.span.end
            theirs = turn.informant in self._silent
            if not closed:
                yield from self._echoes_in(text, at, start)
            elif not _is_label(text[at:start], turn.speaker):
                yield at, start
            if turn.role.asks and not theirs:
                yield from self._echoes_in(text, start, end)
            elif closed and (theirs or turn.informant is None):
                yield start, end
            elif turn.informant is None:
                yield from self._echoes_in(text, start, end)
            at = end
        if not closed:
            yield from self._echoes_in(text, at, len(text))
        elif text[at:].strip():
            yield at, len(text)

    def _echoes_in(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        return [(start + a, start + b) for a, b in self._echoes.find(text[start:end])] if start < end else []

    def _earlier(self, revision: str, text: str) -> str:
        """Return an earlier text: who spoke in it is not known any more, so that all of it goes where someone silent has a voice."""
        corpus = self._corpus
        placed = (*corpus.codings, *corpus.readings, *corpus.decisions)
        owner = next((each.transcript for each in placed if each.revision == revision), None)
        whole = owner is None or owner in self._closed
        spans = [(0, len(text))] if whole else self._echoes_in(text, 0, len(text))
        self._spans[revision] = spans
        return _blocked(text, spans)

    # ---- free text ----

    def _clean(self, text: str) -> str:
        found = self._echoes.find(text)
        for start, end in reversed(found):
            text = text[:start] + self._notice + text[end:]
        return text

    def _all(self, values: Mapping[str, str]) -> Mapping[str, str]:
        return MappingProxyType({name: self._clean(value) for name, value in values.items()})

    def _codebook(self, book: Codebook) -> Codebook:
        codes = tuple(self._code(code) for code in book.codes)
        description = self._clean(book.description)
        if codes == book.codes and description == book.description:
            return book
        return replace(book, description=description, codes=codes)

    def _code(self, code: Code) -> Code:
        """Return a code whose texts do not repeat the talk; keywords that do are left out."""
        return replace(
            code,
            name=self._clean(code.name),
            name_en=self._clean(code.name_en),
            definition=self._clean(code.definition),
            include=self._clean(code.include),
            exclude=self._clean(code.exclude),
            examples=tuple(self._clean(text) for text in code.examples),
            near_misses=tuple(self._clean(text) for text in code.near_misses),
            keywords=tuple(rule for rule in code.keywords if not self._echoes.find(rule)),
        )

    def _person(self, person: Informant) -> Informant:
        if person.guid in self._gone:
            return replace(person, attributes=MappingProxyType({}))
        held = {n: self._clean(v) if isinstance(v, str) else v for n, v in person.attributes.items()}
        return replace(person, attributes=MappingProxyType(held))

    def _is_of_gone(self, about: str) -> bool:
        """Tell whether something is about an informant who has withdrawn, or about a transcript that is theirs alone."""
        if about in self._gone:
            return True
        transcript = next((t for t in self._corpus.transcripts if t.guid == about), None)
        voices = _voices(transcript) if transcript is not None else frozenset()
        return bool(voices) and voices <= self._gone

    def _codings(self, codings: Codings, touched: set[str]) -> Codings:
        kept = {
            row: self._clean(memo) for row, memo in codings.memos.items() if not self._is_by_gone(codings[row], touched)
        }
        return codings if kept == codings.memos else codings.with_memos(kept)

    def _is_by_gone(self, coding: Coding, touched: set[str]) -> bool:
        """Tell whether a coding stands on words of someone who has withdrawn; of an earlier text, whether it may."""
        if coding.guid not in touched:
            return False
        corpus = self._corpus
        if corpus.is_current(coding):
            return bool(self._gone.intersection(corpus.informants_of(coding)))
        return bool(self._gone & _voices(corpus.transcript(coding.transcript)))

    def _suggestion(self, blocked: Corpus, suggestion: Suggestion) -> Suggestion:
        if is_withheld(blocked, suggestion.revision, suggestion.span):
            return replace(suggestion, quote=blocked.quote(suggestion), evidence=())
        evidence = tuple(replace(e, text=self._clean(e.text), rule=self._clean(e.rule)) for e in suggestion.evidence)
        return suggestion if evidence == suggestion.evidence else replace(suggestion, evidence=evidence)

    def _quote(self, quote: Quote, touched: set[str]) -> Quote:
        if quote.coding in touched:
            return replace(quote, printable="", translation="")
        return replace(quote, translation=self._clean(quote.translation))


def _voices(transcript: Transcript) -> frozenset[str]:
    """Return the guids of all who have a voice in *transcript*."""
    return frozenset((*transcript.informants, *(turn.informant for turn in transcript.turns if turn.informant)))


def _is_label(gap: str, speaker: str) -> bool:
    """Tell whether nothing but the label of the turn that follows, and perhaps its time, stands between two turns."""
    left = gap.replace(speaker, "", 1) if speaker else gap
    return not any(c.isalpha() for c in left) and sum(c.isdigit() for c in left) < 10


def _blocked(text: str, spans: list[tuple[int, int]]) -> str:
    """Return *text* with what stands at *spans* blocked out; line ends stay."""
    pieces, at = [], 0
    for start, end in spans:
        start = max(start, at)
        if start < end:
            pieces += [text[at:start], "\n".join(BLOCK * len(line) for line in text[start:end].split("\n"))]
            at = end
    return "".join([*pieces, text[at:]])
