"""What every section of a report looks up, worked out once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from qualcode.analysis import (
    AnswerMatrix,
    Asked,
    CodeMatrix,
    Frequency,
    Passage,
    Unmentioned,
    Waiting,
    answer_matrix,
    asked,
    code_matrix,
    codes_shown,
    frequency,
    heard,
    is_automatic,
    mark_counts,
    passages,
    pending,
    unmentioned,
    unread_informants,
    untouched,
    unvoiced,
    waiting,
)
from qualcode.model import Coding, Codings, Corpus, Kind, Memo, Quote, Span, Stance, Suggestion
from qualcode.nlp.marks import MarkKind, n_words
from qualcode.privacy.consent import is_withheld, reasons
from qualcode.privacy.generalise import Coarsened

__all__ = ["Facts", "without_journals"]


def without_journals(corpus: Corpus) -> Corpus:
    """Return the corpus without its reflexive journals, which are the researcher's own and never data."""
    private = {transcript.guid for transcript in corpus.transcripts if transcript.kind is Kind.JOURNAL}
    if not private:
        return corpus
    kept = [coding for coding in corpus.codings if coding.transcript not in private]
    guids = {coding.guid for coding in kept}
    return corpus.with_(
        transcripts=tuple(t for t in corpus.transcripts if t.guid not in private),
        segments=tuple(s for s in corpus.segments if s.transcript not in private),
        codings=Codings(kept),
        readings=tuple(r for r in corpus.readings if r.transcript not in private),
        suggestions=tuple(s for s in corpus.suggestions if s.transcript not in private),
        decisions=tuple(d for d in corpus.decisions if d.transcript not in private),
        quotes=tuple(q for q in corpus.quotes if q.coding in guids),
        memos=tuple(m for m in corpus.memos if m.about not in private),
    )


class Facts:
    """The results and indexes that the sections of one report share."""

    def __init__(self, corpus: Corpus, *, counted: Corpus | None = None, coarsened: tuple[Coarsened, ...] = ()) -> None:
        """Take the corpus that is shown, that in which words are *counted* where some are not shown, and what became of attributes."""
        self.coarsened = coarsened
        self.corpus = corpus
        self._counted = counted or corpus
        self.automatic = is_automatic(corpus)
        self.passages = passages(corpus)
        self.pending = pending(corpus)
        self.unvoiced = unvoiced(corpus)
        self.waiting = waiting(corpus)

    def n_words(self, transcript: str, turn: int | None = None) -> int:
        """Return how many words a transcript (guid) has, or one of its turns, from 1, whether or not they are shown."""
        counted = self._counted.transcript(transcript)
        if turn is not None:
            return n_words(counted.turns[turn - 1].span.of(counted.text))
        return n_words(counted.text, spoken=False)

    def n_voiced(self, transcript: str) -> int:
        """Return how many words informants say in the turns of a transcript (guid), whether or not they are shown."""
        turns = self.corpus.transcript(transcript).turns
        return sum(self.n_words(transcript, number) for number, turn in enumerate(turns, 1) if turn.role.is_voice)

    def marks(self, transcript: str) -> Mapping[MarkKind, int]:
        """Return how many transcription marks of each kind a transcript (guid) has, whether or not they are shown."""
        return mark_counts(self._counted.transcript(transcript))

    @cached_property
    def withheld(self) -> Mapping[str, str]:
        """Guids of informants whose words are not shown, each with why, a message id."""
        return reasons(self.corpus)

    def is_withheld(self, transcript: str, span: Span) -> bool:
        """Tell whether any of the words at *span* of a transcript's (guid) text are not shown."""
        return is_withheld(self.corpus, self.corpus.transcript(transcript).revision, span)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes that are shown, in codebook order: those in use, and others with codings or suggestions."""
        shown = {*codes_shown(self.corpus), *(s.code for s in self.pending)}
        return tuple(code.key for code in self.corpus.codebook if code.key in shown)

    @cached_property
    def matrix(self) -> CodeMatrix:
        """Informants × codes."""
        return code_matrix(self.corpus, found=self.passages, gaps=self.gaps)

    @cached_property
    def asked(self) -> Asked:
        """Which turns ask which questions of the guide."""
        return asked(self.corpus)

    @cached_property
    def gaps(self) -> Unmentioned:
        """Whether each code was asked of each informant and in each transcript."""
        return unmentioned(self.corpus, self.asked)

    @property
    def has_guide(self) -> bool:
        """Whether the study has an interview guide, and somebody is heard asking."""
        return bool(self.asked.links)

    @cached_property
    def frequency(self) -> Frequency:
        """The counts of every code."""
        return frequency(self.corpus, found=self.passages)

    @cached_property
    def answers(self) -> AnswerMatrix:
        """Challenges × strategies of the whole study."""
        return answer_matrix(self.corpus, found=self.passages)

    @cached_property
    def unread(self) -> frozenset[str]:
        """Guids of informants whom nobody has read."""
        return unread_informants(self.corpus)

    @cached_property
    def untouched(self) -> frozenset[str]:
        """Guids of transcripts in which nobody has coded, read or decided anything."""
        return untouched(self.corpus)

    @cached_property
    def heard(self) -> frozenset[str]:
        """Guids of informants of whom the study holds words: those that "out of N informants" counts."""
        return heard(self.corpus)

    def waiting_of(self, *, informant: str | None = None, code: str | None = None) -> tuple[Waiting, ...]:
        """Return what stands on earlier texts, of an informant (guid, or perhaps of another in the same transcript) and of a code."""
        return tuple(
            found for found in self.waiting if informant in {None, *found.informants} and code in {None, found.code}
        )

    @cached_property
    def codings(self) -> Mapping[str, Coding]:
        """Codings by guid."""
        return {coding.guid: coding for coding in self.corpus.codings}

    @cached_property
    def chosen(self) -> Mapping[str, Quote]:
        """The quotes chosen for print, by their coding's guid."""
        return {quote.coding: quote for quote in self.corpus.quotes if quote.chosen}

    @cached_property
    def _passages(self) -> Mapping[tuple[str, str], list[Passage]]:
        found: defaultdict[tuple[str, str], list[Passage]] = defaultdict(list)
        for passage in self.passages:
            found["code", passage.code].append(passage)
            found["transcript", passage.transcript].append(passage)
            for guid in passage.informants or ("",):
                found[guid, passage.code].append(passage)
        return found

    def of_code(self, code: str) -> list[Passage]:
        """Return the passages of a code, in order of place."""
        return self._passages.get(("code", code), [])

    def of_transcript(self, guid: str) -> list[Passage]:
        """Return the passages of a transcript, in order of place."""
        return self._passages.get(("transcript", guid), [])

    def of_informant(self, guid: str, code: str) -> list[Passage]:
        """Return an informant's passages of a code, in order of place; under no guid, those of nobody's voice."""
        return self._passages.get((guid, code), [])

    @cached_property
    def _hits(self) -> Mapping[tuple[str, str], list[Suggestion]]:
        found: defaultdict[tuple[str, str], list[Suggestion]] = defaultdict(list)
        for hit in self.pending:
            found["transcript", hit.transcript].append(hit)
            found["code", hit.code].append(hit)
            for guid in self.corpus.informants_of(hit) or ("",):
                found[guid, hit.code].append(hit)
        return found

    def hits_of_transcript(self, guid: str) -> list[Suggestion]:
        """Return the undecided suggestions of a transcript, in order of place."""
        return self._hits.get(("transcript", guid), [])

    def hits_of_informant(self, guid: str, code: str) -> list[Suggestion]:
        """Return an informant's undecided suggestions of a code, in order of place; under no guid, those of nobody's voice."""
        return self._hits.get((guid, code), [])

    @cached_property
    def _memos(self) -> Mapping[tuple[str, str, str], list[Memo]]:
        found: defaultdict[tuple[str, str, str], list[Memo]] = defaultdict(list)
        for memo in sorted(self.corpus.memos, key=lambda memo: (memo.at, memo.guid)):
            found[memo.kind, memo.about, memo.code].append(memo)
        return found

    def memos(self, kind: str, about: str, code: str = "") -> list[Memo]:
        """Return the memos of a kind on something (a guid), oldest first; of kind cell, those on a code."""
        return self._memos.get((kind, about, code), [])

    def stances_by_coder(self, passage: Passage) -> Mapping[str, frozenset[Stance]]:
        """Return the stances that each coder marked in a passage; coders who marked none are left out."""
        marked: defaultdict[str, set[Stance]] = defaultdict(set)
        for guid in passage.codings:
            coding = self.codings[guid]
            if coding.stance is not Stance.UNMARKED:
                marked[coding.coder].add(coding.stance)
        return {coder: frozenset(stances) for coder, stances in marked.items()}

    def differ(self, passage: Passage) -> bool:
        """Tell whether two coders marked a passage with different stances; leaving it unmarked differs from nothing."""
        return len(set(self.stances_by_coder(passage).values())) > 1

    def opposed(self, passage: Passage) -> bool:
        """Tell whether one coder marked a passage as stated and another marked it as denied."""
        marked = self.stances_by_coder(passage)
        stating = {coder for coder, stances in marked.items() if stances - {Stance.DENIED, Stance.OTHER}}
        denying = {coder for coder, stances in marked.items() if Stance.DENIED in stances}
        return bool(stating and denying) and len(stating | denying) > 1

    def coders(self, found: Iterable[Passage]) -> tuple[str, ...]:
        """Return the ids of those who made the codings of the passages, sorted."""
        return tuple(sorted({coder for passage in found for coder in passage.coders}))
