"""Whether what nobody coded was asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from qualcode.analysis.asked import Asked, How, answers_to
from qualcode.analysis.hits import is_automatic
from qualcode.analysis.passage import codes_shown
from qualcode.analysis.voices import WORD, heard, is_voiced
from qualcode.model import Corpus, Kind, Span, Transcript, turns_in

__all__ = ["NOTHING", "Unmentioned", "WhyUnmentioned", "unmentioned"]


class WhyUnmentioned(StrEnum):
    """What is known of a code that no passage of someone's bears.

    *Asked*: a question on it was put to them, a person read the answer, and it did not come up. *Unread*: it was asked, and nobody has
    read the whole answer. *Of group*: it was asked of a group in which they sat, not of them. *Not asked*: the guide has a
    question on it that was put in none of their interviews. *Unknown*: the guide has no question on it, or nobody is
    heard asking.
    """

    ASKED = "asked"
    UNREAD = "unread"
    OF_GROUP = "of_group"
    NOT_ASKED = "not_asked"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Unmentioned:
    """Whether each code was asked of each informant, and in each transcript, whatever was said of it. Keys are guids and code keys."""

    informants: Mapping[tuple[str, str], WhyUnmentioned]
    transcripts: Mapping[tuple[str, str], WhyUnmentioned]


NOTHING = Unmentioned(MappingProxyType({}), MappingProxyType({}))
"""What is known without a guide."""


def unmentioned(corpus: Corpus, asked: Asked, *, coder: str | None = None) -> Unmentioned:
    """Return whether each code was asked, as far as the links of the guide tell.

    A question put to a group (a group interview, or one in which several informants speak) counts for the group, not for each who sat in it.
    Nothing is said of a study that only rules have marked.

    Parameters
    ----------
    corpus : Corpus
        The study.
    asked : Asked
        What `qualcode.analysis.asked` gave for it.
    coder : str, optional
        Count what this coder (id) has read or coded as read; by default what anybody has.
    """
    if not asked.links or is_automatic(corpus):
        return NOTHING
    voices = heard(corpus)
    of_transcript = _of_transcripts(corpus, asked, coder)
    own: dict[str, list[str]] = {guid: [] for guid in voices}
    grouped: dict[str, list[str]] = {guid: [] for guid in voices}
    for transcript in corpus.transcripts:
        speaking = _speaking(transcript, voices)
        for guid in speaking:
            if transcript.kind is Kind.GROUP or len(speaking) > 1:
                grouped[guid].append(transcript.guid)
            elif transcript.kind is Kind.INTERVIEW:
                own[guid].append(transcript.guid)
    of_informant = {}
    for guid in sorted(voices):
        for code in codes_shown(corpus):
            alone = [of_transcript.get((t, code), WhyUnmentioned.UNKNOWN) for t in own[guid]]
            together = [of_transcript.get((t, code), WhyUnmentioned.UNKNOWN) for t in grouped[guid]]
            of_informant[guid, code] = _of_person(alone, together)
    return Unmentioned(MappingProxyType(of_informant), MappingProxyType(of_transcript))


def _speaking(transcript: Transcript, voices: frozenset[str]) -> tuple[str, ...]:
    """Return the informants (guids) who are heard in a transcript."""
    named = dict.fromkeys([*transcript.informants, *(turn.informant for turn in transcript.turns if turn.informant)])
    return tuple(guid for guid in named if guid in voices)


def _of_person(alone: Iterable[WhyUnmentioned], together: Iterable[WhyUnmentioned]) -> WhyUnmentioned:
    """Return what a person's interviews and groups come to: asked once is asked; not asked only if all of them are known."""
    alone, together = set(alone), set(together)
    for answer in (WhyUnmentioned.UNREAD, WhyUnmentioned.ASKED):  # one unread answer may hold it
        if answer in alone:
            return answer
    if together & {WhyUnmentioned.ASKED, WhyUnmentioned.UNREAD}:
        return WhyUnmentioned.OF_GROUP
    if alone | together == {WhyUnmentioned.NOT_ASKED}:
        return WhyUnmentioned.NOT_ASKED
    return WhyUnmentioned.UNKNOWN


def _of_transcripts(corpus: Corpus, asked: Asked, coder: str | None) -> dict[tuple[str, str], WhyUnmentioned]:
    """Return what is known of each code and each interview in which anybody asks."""
    questions = {code: {q.guid for q in asked.questions if code in q.codes} for code in codes_shown(corpus)}
    read = _read(corpus, coder)
    found = {}
    for guid in asked.interviews:
        transcript = corpus.transcript(guid)
        for code, on_it in questions.items():
            if not on_it:
                found[guid, code] = WhyUnmentioned.UNKNOWN
                continue
            links = [link for link in asked.of(guid) if on_it.intersection(link.questions)]
            if not any(link.how is How.ASKS for link in links):
                found[guid, code] = WhyUnmentioned.NOT_ASKED
                continue
            answers = {n for n in answers_to(transcript, [link.turn for link in links]) if _says(transcript, n)}
            found[guid, code] = WhyUnmentioned.ASKED if answers <= read[guid] else WhyUnmentioned.UNREAD
    return found


def _says(transcript: Transcript, number: int) -> bool:
    """Tell whether a turn holds an informant's words."""
    turn = transcript.turns[number - 1]
    return is_voiced(turn) and WORD.search(transcript.text, turn.span.start, turn.span.end) is not None


def _read(corpus: Corpus, coder: str | None) -> dict[str, set[int]]:
    """Return, by transcript (guid), the numbers of the turns that a coder has read whole or coded in."""
    found: dict[str, set[int]] = {transcript.guid: set() for transcript in corpus.transcripts}
    for reading in corpus.readings:
        if reading.transcript in found and coder in {None, reading.coder} and corpus.is_current(reading):
            turns = turns_in(corpus.transcript(reading.transcript), reading.span.start, reading.span.end)
            found[reading.transcript].update(number for number, turn in turns if _holds(reading.span, turn.span))
    now = {transcript.revision: transcript for transcript in corpus.transcripts}
    codings = corpus.codings
    for row in range(len(codings)):
        if (transcript := now.get(codings.revisions[row])) and coder in {None, codings.coders[row]}:
            turns = turns_in(transcript, codings.starts[row], codings.ends[row])
            found[transcript.guid].update(number for number, _ in turns)
    return found


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
