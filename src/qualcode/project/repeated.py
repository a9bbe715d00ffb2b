"""What an informant said, found again word for word in free text: a quote in a memo is theirs, too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qualcode.model import Corpus
from qualcode.privacy.echoes import Echoes

__all__ = ["repeated"]


def repeated(corpus: Corpus, informant: str, texts: Iterable[str]) -> tuple[str, ...]:
    """Return the stretches of *texts* that repeat what the *informant* (guid) said, five words in a row or more, each once.

    Questions of the guide and the codebooks that come with qualcode are nobody's talk.
    """
    echoes = Echoes()
    for talk in _talk(corpus, informant):
        echoes.learn(talk)
    found: dict[str, None] = {}
    listed = [text for text in texts if echoes.find(text)]
    if listed:
        echoes.spare(question.text for question in corpus.questions)
        echoes.spare(_shipped())
    for text in listed:
        found.update((text[start:end], None) for start, end in echoes.find(text))
    return tuple(found)


def _talk(corpus: Corpus, informant: str) -> Iterator[str]:
    """Yield what they said, in one go each: their turns, a text of theirs alone without turns, and what stands coded on earlier texts."""
    own = {transcript.guid: transcript for transcript in corpus.transcripts_of(informant)}
    for transcript in own.values():
        if not transcript.turns:
            yield transcript.text
        for turn in transcript.turns:
            nobodys = turn.informant is None and not turn.role.asks
            if turn.informant == informant or (nobodys and transcript.informants == (informant,)):
                yield turn.span.of(transcript.text)
    for placed in (*corpus.codings, *corpus.decisions) if corpus.earlier_texts else ():
        if placed.transcript in own and not corpus.is_current(placed):
            yield corpus.quote(placed)


def _shipped() -> Iterator[str]:
    """Yield the texts of the codebooks that come with qualcode."""
    from qualcode.codebooks import load_codebook, shipped_codebooks

    for name in shipped_codebooks():
        for code in load_codebook(name):
            yield from (code.name, code.definition, code.include, code.exclude, *code.examples, *code.near_misses)
