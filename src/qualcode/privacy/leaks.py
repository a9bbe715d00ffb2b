"""What would tell who somebody is, in all that leaves a study."""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass

from qualcode.errors import N_
from qualcode.model import Corpus, Identifier, IdentifierKind, Kept, Transcript
from qualcode.privacy._finding import find, find_in, without_kept

__all__ = ["Leak", "Memory", "leaks", "specific", "tally"]

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
SURE = 0.6
"""The least score of what keeps a report back: a number of RT alone does not."""

Memory = MutableMapping[str, tuple[Identifier, ...]]
"""What was found in a text, so that it is searched once."""


@dataclass(frozen=True, slots=True)
class Leak:
    """One identifier that nobody has decided about, in what would leave the study. It holds none of the words.

    `what` says in words (a message id) where it stands; `transcript` and `line` in which line of which transcript, where it is in one.
    """

    kind: IdentifierKind
    is_specific: bool
    what: str
    transcript: str = ""
    line: int | None = None


def leaks(corpus: Corpus, *, names: Sequence[str] = (), memory: Memory | None = None) -> tuple[Leak, ...]:
    """Return the identifiers in *corpus* that nobody has decided about.

    Searched are the texts of transcripts, also earlier ones on which something stands; memos, codes, questions and other free text; names of
    transcripts, ids and attributes of informants. What a person decided to keep is left out, and so is what stands in a place that
    was masked, and a pseudonym anywhere. A study that says it is simulated has none.

    Parameters
    ----------
    corpus : Corpus
        What would leave; give it as it is shown, without what is withheld.
    names : sequence of str
        Names that the user knows to occur.
    memory : mapping, optional
        What was found before; texts of revisions in it are not searched again.
    """
    if corpus.study.simulated:
        return ()
    memory = {} if memory is None else memory
    everywhere = [one for one in corpus.kept if one.place is None]
    here: dict[str, list[Kept]] = defaultdict(list)
    for one in corpus.kept:
        if one.place is not None:
            here[one.place[0]].append(one)
    found: list[Leak] = []
    for transcript in _texts(corpus):
        # A text in which words are withheld is another text.
        known = f"{transcript.revision} {zlib.crc32(transcript.text.encode()):08x}"
        if known not in memory:
            memory[known] = find(transcript, names=names)
        kept = [*everywhere, *here[transcript.revision]]
        for each in without_kept(transcript.revision, transcript.text, memory[known], kept):
            line = transcript.line_of(each.core.start)
            blocks = each.is_specific and each.score >= SURE
            found.append(Leak(each.kind, blocks, N_("transcript"), transcript.guid, line))
    pseudonyms = _pseudonyms(corpus, here)
    for what, guid, text, is_title in _free_text(corpus):
        for each in without_kept("", text, find_in(text, names=names), everywhere):
            if each.kind is IdentifierKind.PERSON and each.forms and pseudonyms.issuperset(each.forms):
                continue
            # A file or an informant called by a whole name says who it is.
            titled = is_title and each.kind is IdentifierKind.PERSON and len(each.forms) > 1 and each.score >= SURE
            found.append(Leak(each.kind, titled or (each.is_specific and each.score >= SURE), what, guid))
    return tuple(found)


def specific(found: Sequence[Leak], allow: Sequence[str] = ()) -> tuple[Leak, ...]:
    """Return those of *found* that keep a report back: of a specific kind, and not one of the kinds in *allow*."""
    return tuple(leak for leak in found if leak.is_specific and leak.kind.value not in allow)


def tally(found: Sequence[Leak]) -> Mapping[IdentifierKind, int]:
    """Return how many there are of each kind, in the order of the kinds."""
    counts = Counter(leak.kind for leak in found)
    return {kind: counts[kind] for kind in IdentifierKind if counts[kind]}


def _pseudonyms(corpus: Corpus, here: Mapping[str, Sequence[Kept]]) -> frozenset[str]:
    """Return the words, in small letters, that stand in the place of others in transcripts: elsewhere they name nobody, either."""
    return frozenset(
        word
        for transcript in corpus.transcripts
        for kept in here.get(transcript.revision, ())
        if kept.place is not None and not kept.guid  # what masking put there, not what a person let stand
        for word in _WORD.findall(kept.place[1].of(transcript.text).casefold())
    )


def _texts(corpus: Corpus) -> Iterator[Transcript]:
    yield from corpus.transcripts
    owners = _owners(corpus)
    for revision, text in corpus.earlier_texts.items():
        yield Transcript(owners.get(revision, ""), revision, revision, text)


def _owners(corpus: Corpus) -> Mapping[str, str]:
    """Return earlier revision → transcript, by what stands on it."""
    return {
        each.revision: each.transcript
        for group in (corpus.codings, corpus.readings, corpus.decisions, corpus.question_links)
        for each in group
    }


def _free_text(corpus: Corpus) -> Iterator[tuple[str, str, str, bool]]:
    """Yield what a text is (a message id), the transcript it belongs to or nothing, the text, and whether it is a title."""
    for transcript in corpus.transcripts:
        yield N_("name of a transcript"), transcript.guid, transcript.name, True
        for value in transcript.metadata.values():
            yield N_("field of a transcript"), transcript.guid, value, False
    for person in corpus.informants:
        yield N_("id of an informant"), "", person.id, True
        values = [person.category, *(value for value in person.attributes.values() if isinstance(value, str))]
        yield N_("attribute of an informant"), "", "\n".join(values), False
    for memo in corpus.memos:
        yield N_("memo"), "", memo.text, False
    for coding in corpus.codings:
        if coding.memo:
            yield N_("memo"), "", coding.memo, False
    for code in corpus.codebook:
        texts = (
            code.name,
            code.name_en,
            code.definition,
            code.include,
            code.exclude,
            *code.examples,
        )
        yield N_("code"), "", "\n".join(texts), False
    for quote in corpus.quotes:
        yield N_("quote"), "", f"{quote.printable}\n{quote.translation}", False
    for relation in corpus.relations:
        yield N_("relation"), "", f"{relation.worked}\n{relation.memo}", False
    for theme in corpus.themes:
        yield N_("theme"), "", f"{theme.statement}\n{theme.memo}", False
    for text in (each.text for group in (corpus.research_questions, corpus.questions) for each in group):
        yield N_("question"), "", text, False
