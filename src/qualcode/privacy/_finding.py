"""Finding what tells who somebody is."""

from __future__ import annotations

import bisect
import re
import sys
from collections.abc import Iterable, Iterator, Sequence

from qualcode.errors import N_
from qualcode.model import Identifier, IdentifierKind, Kept, Span, Transcript
from qualcode.privacy._naming import Name, forms_of, person
from qualcode.privacy._page import Label, Page
from qualcode.privacy._vocabulary import HONORIFIC, NAMELESS, is_name_word, is_word
from qualcode.privacy.recognisers import recognisers

__all__ = ["LEAST", "find", "find_in", "without_kept"]

LEAST = 0.35
"""The least score that is shown to a person."""


def find(transcript: Transcript, *, names: Sequence[str] = (), kept: Sequence[Kept] = ()) -> tuple[Identifier, ...]:
    """Return the identifiers in *transcript*, in order and without overlaps.

    Parameters
    ----------
    transcript : Transcript
        What is searched: all of its text, with the labels of its speakers.
    names : sequence of str
        Names that the user knows to occur.
    kept : sequence of Kept
        What a person has decided to be none, everywhere or at one place; left out.

    Returns
    -------
    tuple of Identifier
        With positions in code points of the transcript's text. A score is an order of certainty, no probability.
    """
    found = _find(
        Page(transcript.text, tuple(_labels(transcript)), tuple(turn.span for turn in transcript.turns), tuple(names))
    )
    return without_kept(transcript.revision, transcript.text, found, kept) if kept else found


def find_in(text: str, *, names: Sequence[str] = ()) -> tuple[Identifier, ...]:
    """Return the identifiers in *text*, which is no transcript: a memo, a name of a file.

    Examples
    --------
    >>> [(each.kind.value, each.core.of("Hubungi Bu Sari, 0812-3456-7890")) for each in find_in("Hubungi Bu Sari, 0812-3456-7890")]
    [('person', 'Sari'), ('phone', '0812-3456-7890')]
    """
    return _find(Page(text, names=tuple(names)))


_HONORIFIC = re.compile(HONORIFIC, re.IGNORECASE)
_WHOLE = re.compile(r"[^\W\d_]+")
_ATTACHED = re.compile(r"(?:nya|ku|mu)$", re.IGNORECASE)


def _find(page: Page) -> tuple[Identifier, ...]:
    found = [each for recogniser in recognisers() for each in recogniser.find(page) if each.score >= LEAST]
    invented = _invented(page.text)
    settled = [each for each in _settled(found) if not _is_invented(each, invented)]
    return _settled([*settled, *_again(page, settled)])


_INVENTED = re.compile(
    r"^[ \t>*_|\-•]*(?:nama )?(?:samaran|pseudonim|pseudonym|inisial)\b[^:=\n]{0,40}[:=][ \t]*(?P<names>[^\n]{1,80})$",
    re.IGNORECASE | re.MULTILINE,
)


def _invented(text: str) -> frozenset[str]:
    """Return the words of names that the text itself says were made up (``Nama samaran: …``)."""
    return frozenset(word for match in _INVENTED.finditer(text) for word in forms_of(match["names"]))


def _is_invented(each: Identifier, invented: frozenset[str]) -> bool:
    return each.kind is IdentifierKind.PERSON and bool(each.forms) and invented.issuperset(each.forms)


def _settled(found: Iterable[Identifier]) -> tuple[Identifier, ...]:
    """Return *found* without overlaps: the surer one stays, of equal ones the longer."""
    chosen: dict[int, Identifier] = {}
    taken: set[int] = set()
    for each in sorted(found, key=lambda each: (-_weight(each), -len(each.core), each.core.start, each.kind)):
        places = range(each.core.start, each.core.end)
        if taken.isdisjoint(places):
            taken.update(places)
            chosen[each.core.start] = each
    return tuple(_apart(chosen[start] for start in sorted(chosen)))


def _weight(each: Identifier) -> float:
    return each.score + (0.02 if each.kind is IdentifierKind.ADDRESS else 0.0)


def _apart(found: Iterable[Identifier]) -> Iterator[Identifier]:
    """Yield *found* with forms of address cut off where the one before reaches into them."""
    end = 0
    for each in found:
        start = max(each.span.start, min(end, each.core.start))
        if start != each.span.start:
            each = Identifier(
                Span(start, each.span.end),
                each.core,
                each.kind,
                each.score,
                each.reason,
                each.parameters,
                each.identity,
                each.forms,
            )
        yield each
        end = each.span.end


def _again(page: Page, found: Sequence[Identifier]) -> Iterator[Identifier]:
    """Yield the names of *found* that stand elsewhere, where nothing beside them says so."""
    words = {
        word
        for each in found
        if each.kind is IdentifierKind.PERSON and (each.score >= 0.6)
        for word in each.forms
        if len(word) > 2
        and word not in NAMELESS
        and not _HONORIFIC.fullmatch(word)
        and (is_name_word(word) or not is_word(word))
    }
    if not words:
        return
    taken = {at for each in found for at in range(each.core.start, each.core.end)}
    for match in page.matches(_WHOLE, (*words, *(word + ending for word in words for ending in ("nya", "ku", "mu")))):
        end = match.end() if match[0].casefold() in words else match.end() - len(_ATTACHED.search(match[0])[0])  # type: ignore[index]
        if page.text[match.start() - 1 : match.start()] in {"@", "."} or page.text[end : end + 1] == "@":
            continue
        if match.start() in taken:
            continue
        word = page.text[match.start() : end]
        low = word.casefold()
        if is_word(low) and (
            word.islower()
            or page.begins(match.start())
            or low in page.small
            or page.sentence_writing(match.start()) != "plain"
        ):
            continue
        if word.islower() and not page.is_lower and len(word) < 4:
            continue
        name = Name(match.start(), end, 1, True, False, False)
        yield person(page, name, match.start(), 0.58, N_("a name that stands elsewhere in this transcript"), {})


def _labels(transcript: Transcript) -> Iterator[Label]:
    """Yield where the labels of speakers stand, before what they say."""
    end = 0
    for turn in transcript.turns:
        if turn.speaker:
            at = transcript.text.rfind(turn.speaker, end, turn.span.start)
            if at >= 0:
                yield Label(Span(at, at + len(turn.speaker)))
        end = turn.span.end


def without_kept(revision: str, text: str, found: Sequence[Identifier], kept: Sequence[Kept]) -> tuple[Identifier, ...]:
    """Return *found* without what a person has decided about: a word as a kind everywhere, or whatever lies within a place."""
    words = {(one.kind, one.word) for one in kept if one.place is None}
    here = sorted(one.place[1] for one in kept if one.place is not None and one.place[0] == revision)
    left = []
    for each in found:
        number = bisect.bisect_right(here, (each.core.start, sys.maxsize), key=lambda span: (span.start, span.end))
        decided = any(span.covers(each.core) for span in here[max(0, number - 2) : number])
        if not decided and (each.kind, each.core.of(text).casefold()) not in words:
            left.append(each)
    return tuple(left)
