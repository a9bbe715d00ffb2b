"""A codebook's rules over text: hits with their evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from qualcode.model import Codebook, Evidence, Kind, Segment, Span, Transcript
from qualcode.model.corpus import turns_in
from qualcode.nlp.sentences import sentences
from qualcode.rules.lexicon import Lexicon
from qualcode.rules.matching import Finder, Match, Places
from qualcode.rules.nodes import Node, Rule, Word
from qualcode.rules.parser import parse
from qualcode.rules.passage import Passage, read
from qualcode.rules.trees import Trees, leaves_of

__all__ = ["ANSWER_WORDS", "Hit", "Tagger"]

ANSWER_WORDS = 6
"""A ``jawab:`` is looked for among this many first words of an answer: later ones answer something else."""

WITHOUT_TURNS = frozenset({Kind.OBSERVATION, Kind.DOCUMENT})
"""Kinds whose text may be tagged though nobody speaks in it. In an interview without turns no word has a speaker."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A code found by rules. `span` is the run of sentences from the first evidence to the last.

    From `Tagger.hits` positions count in the text, those of evidence from the question in the question. From `Tagger.mark` all
    count in the transcript, whose guids are given, with the number of the turn (from 1; None without turns).
    """

    span: Span
    code: str
    evidence: tuple[Evidence, ...]
    transcript: str = ""
    revision: str = ""
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    """A rule of a code, numbered in codebook order."""

    number: int
    code: str
    rule: Rule
    needs: tuple[frozenset[int], ...]


class Tagger:
    """Finds the active codes of a codebook by their keywords.

    Parameters
    ----------
    codebook : Codebook
        Its codes' `keywords` are rules (see `qualcode.rules`), its `macros` are known to them.

    Raises
    ------
    RuleError
        If a rule cannot be read.
    """

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self._order = {code.key: number for number, code in enumerate(codebook.codes)}
        self._trees = Trees()
        self._entries: list[_Entry] = []
        self._by_answer: dict[int, list[_Entry]] = {}
        for code in codebook.active:
            for keyword in code.keywords:
                self._add(code.key, parse(keyword, codebook.macros))
        self._asks = any(entry.rule.question is not None for entry in self._entries)
        negations = leaves_of(parse("NEG", codebook.macros).answer)
        self._lexicon = Lexicon(
            self._trees.leaves, frozenset(leaf.form for leaf in negations if isinstance(leaf, Word))
        )

    def __reduce__(self) -> tuple[type[Tagger], tuple[Codebook]]:
        """Pickle and copy by the codebook: the trees are told apart by identity, which no copy keeps."""
        return Tagger, (self.codebook,)

    def _add(self, code: str, rule: Rule) -> None:
        """Take in one rule, by the leaves without which it is not found."""
        answer = self._trees.add(rule.answer)
        question = self._trees.add(rule.question) if rule.question is not None else None
        needs = self._trees.needs[id(answer)]
        entry = _Entry(len(self._entries), code, Rule(rule.source, answer, question), needs)
        self._entries.append(entry)
        for leaf in self._trees.triggers[id(answer)]:
            self._by_answer.setdefault(leaf, []).append(entry)

    def hits(self, text: str, question: str | None = None) -> tuple[Hit, ...]:
        """Return one hit for each code found in *text*, in codebook order.

        Parameters
        ----------
        text : str
            What an informant said or wrote.
        question : str, optional
            What was asked, for rules with ``tanya:``. Its words alone are never a hit.

        Returns
        -------
        tuple of Hit
            Spans are code points of *text*.
        """
        asked = None
        if question:
            asked = question, read(question, self._lexicon, ((0, len(question)),), spoken=False)
        return tuple(self._tag(text, 0, len(text), asked, spoken=False))

    def mark(self, transcript: Transcript, segments: Iterable[Segment]) -> tuple[Hit, ...]:
        """Return the hits in the *segments* of *transcript*: one for each segment, turn of a voice and code.

        Only the words of informants and participants are searched. The turns of the asking side just before a voice's turn
        are its question. Observations and documents without turns are searched whole; journals, and
        interviews in which no turn was found, never are.
        """
        if transcript.kind is Kind.JOURNAL:
            return ()
        found: list[Hit] = []
        for segment in segments:
            if transcript.turns:
                found.extend(self._mark_turns(transcript, segment))
            elif transcript.kind in WITHOUT_TURNS:
                found.extend(self._tag(transcript.text, segment.span.start, segment.span.end, None, spoken=False))
        return tuple(replace(hit, transcript=transcript.guid, revision=transcript.revision) for hit in found)

    def _mark_turns(self, transcript: Transcript, segment: Segment) -> Iterator[Hit]:
        text = transcript.text
        for number, turn in turns_in(transcript, segment.span.start, segment.span.end):
            if not turn.role.is_voice:
                continue
            start, end = max(turn.span.start, segment.span.start), min(turn.span.end, segment.span.end)
            asked = None
            if self._asks and not text[turn.span.start : start].strip():
                stretches = question_before(transcript, number)
                if stretches:
                    asked = text, read(text, self._lexicon, stretches, spoken=True)
            for hit in self._tag(text, start, end, asked, spoken=True):
                yield replace(hit, turn=number)

    def _tag(
        self, text: str, start: int, end: int, asked: tuple[str, Passage] | None, *, spoken: bool
    ) -> Iterator[Hit]:
        """Yield a hit for each code found between *start* and *end*."""
        passage = read(text, self._lexicon, ((start, end),), spoken=spoken)
        present = passage.at.keys()
        triggered = {entry.number: entry for leaf in present for entry in self._by_answer.get(leaf, ())}
        # Most rules are triggered by one of their words alone: looking for the others' leaves costs less than looking for the tree.
        candidates = {n: entry for n, entry in triggered.items() if not any(map(present.isdisjoint, entry.needs))}
        if not candidates:
            return
        finder = Finder(passage, self._trees)
        asked_finder = Finder(asked[1], self._trees) if asked else None
        evidence: dict[str, list[Evidence]] = {}
        for number in sorted(candidates):
            entry = candidates[number]
            source, question = entry.rule.source, entry.rule.question
            found: list[Evidence] = []
            if question is not None:
                if asked is None or asked_finder is None or not self._may_ask(asked[1], question):
                    continue
                found.extend(_evidence(asked[0], asked[1], asked_finder.find(question), source, "question"))
                if not found:
                    continue
            matches = finder.find(entry.rule.answer)
            if question is not None:
                matches = [match for match in matches if match[0] < ANSWER_WORDS]
            if matches:
                found.extend(_evidence(text, passage, matches, source, "answer"))
                evidence.setdefault(entry.code, []).extend(found)
        if evidence:
            places = [(start + i, start + j) for i, j in sentences(text[start:end])]
            for code in sorted(evidence, key=self._order.__getitem__):
                yield Hit(_covering(places, evidence[code]), code, _in_order(evidence[code]))

    def _may_ask(self, asked: Passage, question: Node) -> bool:
        """Tell quickly whether *question* may be found in what was asked."""
        return not asked.at.keys().isdisjoint(self._trees.triggers[id(question)])


def question_before(transcript: Transcript, number: int) -> tuple[tuple[int, int], ...]:
    """Return where the question before turn *number* (from 1) stands: the last turns of the asking side before it.

    A bystander's turn in between does not hide it; another voice's does.
    """
    found: list[tuple[int, int]] = []
    for place in range(number - 2, -1, -1):
        turn = transcript.turns[place]
        if turn.role.asks:
            found.append((turn.span.start, turn.span.end))
        elif found or turn.role.is_voice:
            break
    return tuple(reversed(found))


def _evidence(text: str, passage: Passage, matches: list[Match], rule: str, source: str) -> Iterator[Evidence]:
    """Yield what matched, of overlapping matches only the shortest."""
    after = -1
    for i, j, places in sorted(matches, key=lambda match: (match[1], -match[0])):
        if i < after:
            continue
        after = j
        words = " … ".join(text[passage.starts[k] : passage.ends[m - 1]] for k, m in _touching(places))
        yield Evidence(words, Span(passage.starts[i], passage.ends[j - 1]), rule, source=source)


def _touching(places: Places) -> list[tuple[int, int]]:
    """Return the places in order, those without a word between them made one."""
    found: list[tuple[int, int]] = []
    for i, j in sorted(places):
        if found and found[-1][1] == i:
            found[-1] = (found[-1][0], j)
        else:
            found.append((i, j))
    return found


def _covering(places: list[tuple[int, int]], evidence: list[Evidence]) -> Span:
    """Return the run of sentences that holds the answer's evidence."""
    spans = [item.span for item in evidence if item.span is not None and item.source == "answer"]
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    return Span(
        max((i for i, _ in places if i <= start), default=start), min((j for _, j in places if j >= end), default=end)
    )


def _in_order(evidence: list[Evidence]) -> tuple[Evidence, ...]:
    """Return the evidence in order of speech, the question's first, each stretch once."""
    found: dict[tuple[str, Span | None], Evidence] = {}
    for item in evidence:
        found.setdefault((item.source, item.span), item)
    return tuple(
        sorted(
            found.values(),
            key=lambda e: (e.source == "answer", e.span.start if e.span else 0, e.span.end if e.span else 0),
        )
    )
