"""What is to be masked: every hit with what would stand there, and what a person decided about it."""

from __future__ import annotations

import contextlib
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from qualcode.errors import N_, ConflictError, InputError, StateError
from qualcode.model import Identifier, IdentifierKind, Span, Transcript
from qualcode.privacy.cast import Alias, Cast, Group, cast_of
from qualcode.privacy.masking import Replacement
from qualcode.privacy.people import Person, SameName, name_words
from qualcode.privacy.pseudonyms import RealNames, Style, placeholder, pseudonym, words_in

__all__ = ["Decision", "Hit", "MaskPlan", "Place", "Verdict"]

_PLACES = frozenset({IdentifierKind.PLACE, IdentifierKind.INSTITUTION})
Verdict = Literal["mask", "keep", "keep everywhere"]
Place = tuple[str, Span]
"""A transcript (guid) and the core of an identifier."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found that may tell who somebody is."""

    transcript: Transcript
    identifier: Identifier

    @property
    def place(self) -> Place:
        """Where it is."""
        return (self.transcript.guid, self.identifier.core)

    @property
    def words(self) -> str:
        """What stands there."""
        return self.identifier.core.of(self.transcript.text)

    @property
    def line(self) -> int:
        """The line, from 1."""
        return self.transcript.line_of(self.identifier.core.start)


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a hit; `text` is what stands there instead, if it is masked."""

    verdict: Verdict
    text: str = ""


class MaskPlan:
    """Hits in the order of the texts, and decisions about them; nothing changes before `Project.mask` takes it.

    Parameters
    ----------
    found : sequence of (Transcript, identifiers)
        What was found in the transcripts to mask.
    beside : iterable of str
        Other texts of the study: no pseudonym is a word of theirs.
    style : {"nama", "inisial", "kode"}
        How people are called.
    before : sequence of Alias
        Those that a key file knows.
    label : str
        What the study calls an informant.
    draw : random.Random, optional
        Chooses pseudonyms.
    """

    def __init__(
        self,
        found: Sequence[tuple[Transcript, Sequence[Identifier]]],
        *,
        beside: Iterable[str] = (),
        style: Style = "nama",
        before: Sequence[Alias] = (),
        label: str = "informan",
        draw: random.Random | None = None,
    ) -> None:
        self.style = style
        self.decisions: dict[Place, Decision] = {}
        self.hits = tuple(Hit(transcript, each) for transcript, identifiers in found for each in identifiers)
        self._by_transcript: dict[str, list[Hit]] = defaultdict(list)
        for hit in self.hits:
            self._by_transcript[hit.transcript.guid].append(hit)
        self._found = found
        self._before = before
        self._label = label
        self._draw = draw or random.SystemRandom()
        self._avoid = words_in([*beside, *(transcript.text for transcript, _ in found)])
        self._apart: set[tuple[str, ...]] = set()
        self._together: set[tuple[str, ...]] = set()
        self._steps: list[tuple[Cast, dict[Place, Decision | None]]] = []
        self.cast = self._cast()

    def _cast(self) -> Cast:
        return cast_of(
            self._found,
            style=self.style,
            before=self._before,
            avoid=self._avoid,
            draw=self._draw,
            label=self._label,
            apart=self._apart,
            together=self._together,
        )

    # ---- who is meant ----

    @property
    def transcripts(self) -> tuple[Transcript, ...]:
        """The transcripts that were looked through."""
        return tuple(transcript for transcript, _ in self._found)

    @property
    def same_names(self) -> tuple[SameName, ...]:
        """Names that are informants' in several transcripts, of which nobody has said whether they are one person's."""
        return self.cast.people.same_names

    def tell_apart(self, words: tuple[str, ...], *, several: bool) -> None:
        """Say whether a name of `same_names` is several people's; before anything is decided about hits.

        Raises
        ------
        StateError
            If decisions were made: pseudonyms would change under them.
        """
        if self.decisions:
            raise StateError(
                N_("whether two people bear one name must be said first"), hint=N_("take the decisions back first")
            )
        (self._apart if several else self._together).add(words)
        self.cast = self._cast()

    def able(self, hit: Hit) -> tuple[int, ...]:
        """Return who may be meant where that is not clear, by their positions in the cast; none where it is clear."""
        return self.cast.people.unclear.get(hit.place, ())

    def mean(self, hit: Hit, number: int | None, *, here: bool = False) -> None:
        """Say who is meant by an unclear hit, and by the same name in the same transcript unless *here* alone; None for somebody else."""
        self._steps.append((self.cast, {}))
        words = name_words(hit.identifier, hit.transcript.text)
        if number is None:
            number = len(self.cast.aliases)
            person = Person(words, self.cast.aliases[self.able(hit)[0]].person.gender if self.able(hit) else "")
            names = pseudonym(
                replace(person, transcripts=frozenset({hit.transcript.guid})),
                style=self.style,
                number=number + 1,
                avoid=self._avoid | self._called(),
                draw=self._draw,
                label=self._label,
                real=RealNames(word for alias in self.cast.aliases for word in alias.person.words),
            )
            alias = Alias(replace(person, transcripts=frozenset({hit.transcript.guid})), names)
            people = replace(self.cast.people, persons=(*self.cast.people.persons, alias.person))
            self.cast = replace(self.cast, people=people, aliases=(*self.cast.aliases, alias))
        for each in [hit] if here else self._by_transcript[hit.transcript.guid]:
            if self.able(each) and name_words(each.identifier, each.transcript.text) == words:
                self.cast = self.cast.meaning(each.transcript.guid, each.identifier, number)

    def _called(self) -> set[str]:
        return {name.casefold() for alias in self.cast.aliases for name in (*alias.names, " ".join(alias.names))}

    # ---- what would stand there ----

    def text(self, hit: Hit) -> str:
        """Return what stands, or would stand, in the place of *hit*; empty where it is not clear who is meant."""
        decided = self.decisions.get(hit.place)
        if decided is not None and decided.verdict == "mask":
            return decided.text
        if self._is_asked(hit):
            return ""
        return self.cast.text(hit.transcript, hit.identifier)

    def _is_asked(self, hit: Hit) -> bool:
        if hit.identifier.kind is not IdentifierKind.PERSON or not self.same_names:
            return False
        number = self.cast.people.meant.get(hit.place)
        asked = {each.words for each in self.same_names}
        return number is not None and self.cast.aliases[number].person.words in asked

    def group(self, hit: Hit) -> Group:
        """Return what is decided on together with *hit*."""
        return self.cast.group(hit.transcript.guid, hit.identifier)

    def together(self, hit: Hit) -> tuple[Hit, ...]:
        """Return all hits that are decided on with *hit*, itself among them."""
        group = self.group(hit)
        return tuple(each for each in self.hits if self.group(each) == group)

    def alike(self, hit: Hit) -> tuple[Hit, ...]:
        """Return all hits of the same kind with the same words, itself among them."""
        key = _compared(hit)
        return tuple(each for each in self.hits if _compared(each) == key)

    @property
    def open(self) -> tuple[Hit, ...]:
        """The hits that nobody has decided about."""
        return tuple(hit for hit in self.hits if hit.place not in self.decisions)

    # ---- deciding ----

    def mask(self, hit: Hit, *, text: str | None = None, everywhere: bool = False) -> None:
        """Decide that *hit* is masked, everywhere with all that is decided on together; *text* is other words than those proposed.

        Raises
        ------
        InputError
            If there are no words for it: it is not clear who is meant.
        ConflictError
            If *text* is somebody's real name, or another person is called so.
        """
        cast = self.cast
        if text is not None:
            text = " ".join(text.split())
            if not text:
                raise InputError(N_("there are no words to stand there"))
            if everywhere:
                cast = cast.renamed(hit.transcript, hit.identifier, text)
            elif hit.identifier.kind is IdentifierKind.PERSON:
                cast.require_free(text, cast.people.meant.get(hit.place))
        elif not self.text(hit):
            raise InputError(
                N_("it is not clear who is meant here"), hint=N_("say who it is, or write what is to stand there")
            )
        chosen = self.together(hit) if everywhere else (hit,)
        decisions = {}
        for each in chosen:
            said = text if text is not None and not everywhere else cast.text(each.transcript, each.identifier)
            decisions[each.place] = Decision("mask", said or text or "")
        self._decide(cast, decisions)

    def follow(self, said: Iterable[tuple[Hit, str]]) -> None:
        """Let the pseudonyms be those that were *said* of hits, by the word said most of each; what cannot be one is passed over."""
        texts: dict[Group, Counter[tuple[str, str]]] = defaultdict(Counter)
        hits: dict[tuple[Group, str], Hit] = {}
        for hit, text in said:
            group, words = self.group(hit), " ".join(hit.words.split()).casefold()
            texts[group][words, text] += not hit.words.isupper()  # capitals throughout say nothing of how it is written
            hits.setdefault((group, words), hit)
        for group, counted in texts.items():
            most: dict[str, str] = {}
            for (words, text), _ in counted.most_common():
                most.setdefault(words, text)
            for words in sorted(most, key=len):  # the whole name last: it has the last word
                hit, text = hits[group, words], most[words]
                if self.cast.text(hit.transcript, hit.identifier) not in {text, ""}:
                    with contextlib.suppress(ConflictError):
                        self.cast = self.cast.renamed(hit.transcript, hit.identifier, text)

    def keep(self, hit: Hit, *, everywhere: bool = False) -> None:
        """Decide that *hit* stays as it is, here or wherever the same words stand."""
        chosen = self.alike(hit) if everywhere else (hit,)
        verdict: Verdict = "keep everywhere" if everywhere else "keep"
        self._decide(self.cast, {each.place: Decision(verdict) for each in chosen})

    def _decide(self, cast: Cast, decisions: Mapping[Place, Decision]) -> None:
        self._steps.append((self.cast, {place: self.decisions.get(place) for place in decisions}))
        self.cast = cast
        self.decisions.update(decisions)

    def take_back(self) -> bool:
        """Take back the last step; tell whether there was one."""
        if not self._steps:
            return False
        self.cast, before = self._steps.pop()
        for place, decision in before.items():
            if decision is None:
                self.decisions.pop(place, None)
            else:
                self.decisions[place] = decision
        return True

    def accept_all(self, wanted: Callable[[Hit], bool] = lambda hit: True) -> None:
        """Decide that every hit that is open and *wanted* is masked as proposed.

        Raises
        ------
        StateError
            If it is not clear of some who is meant.
        """
        chosen = [hit for hit in self.open if wanted(hit)]
        unclear = [hit for hit in chosen if not self.text(hit)]
        if unclear:
            places = ", ".join(f"{hit.transcript.name}:{hit.line}" for hit in unclear[:3])
            raise StateError(
                N_("in {n} places it is not clear who is meant, the first are {places}"),
                hint=N_("say whether it is one person or several, or write what is to stand there"),
                n=len(unclear),
                places=places,
            )
        self._decide(self.cast, {hit.place: Decision("mask", self.text(hit)) for hit in chosen})

    # ---- what comes of it ----

    def masked(self) -> tuple[Hit, ...]:
        """Return the hits that are masked."""
        return tuple(hit for hit in self.hits if self._verdict(hit) == "mask")

    def _verdict(self, hit: Hit) -> Verdict | None:
        decided = self.decisions.get(hit.place)
        return decided.verdict if decided is not None else None

    def replacements(self, transcript: str) -> tuple[Replacement, ...]:
        """Return what is to be replaced in *transcript* (guid); what reaches over the edge of a turn, part by part."""
        found: list[Replacement] = []
        for hit in self._by_transcript[transcript]:
            if self._verdict(hit) == "mask":
                text = self.decisions[hit.place].text
                found += (Replacement(part, text) for part in _within_turns(hit.transcript, hit.identifier.core))
        return tuple(found)

    def words(self, transcripts: Collection[str] | None = None, *, places: bool = True) -> dict[str, str]:
        """Return what stands for each word that is masked, for texts beside the transcripts; `[nama]` and the like where that differs.

        Parameters
        ----------
        transcripts : collection of str, optional
            Guids; only what is masked in these. Of all, where absent.
        places : bool
            Whether places and institutions are among them, which by themselves lead to nobody.
        """
        found: dict[str, set[str]] = defaultdict(set)
        kinds: dict[str, IdentifierKind] = {}
        people: set[int] = set()
        hits = self.hits if transcripts is None else [hit for guid in transcripts for hit in self._by_transcript[guid]]
        for hit in hits:
            if self._verdict(hit) != "mask":
                continue
            if not places and hit.identifier.kind in _PLACES:
                continue
            words, text = " ".join(hit.words.split()), self.decisions[hit.place].text
            kinds[words.casefold()] = hit.identifier.kind
            found[words.casefold()].add(text if not text.isupper() and not text.islower() else self._plainly(hit, text))
            number = self.cast.people.meant.get(hit.place)
            if hit.identifier.kind is IdentifierKind.PERSON and number is not None:
                people.add(number)
        for number in people:
            alias = self.cast.aliases[number]
            whole = alias.person.words
            for part in (whole, *((word,) for word in whole if len(word) > 2)):
                found[" ".join(part)].add(alias.called(part))
        unclear = {word: placeholder(kinds.get(word, IdentifierKind.PERSON)) for word in found}
        return {
            word: next(iter(texts)) if len(texts) == 1 else unclear[word]
            for word, texts in found.items()
            if len(word) > 1
        }

    def _plainly(self, hit: Hit, text: str) -> str:
        """Return *text* as it is written where the name is not in capitals or small letters throughout."""
        number = self.cast.people.meant.get(hit.place)
        if hit.identifier.kind is not IdentifierKind.PERSON or number is None:
            return text
        called = self.cast.aliases[number].called(name_words(hit.identifier, hit.transcript.text))
        return called if called.casefold() == text.casefold() else text

    def aliases(self) -> tuple[Alias, ...]:
        """Return the people who are masked somewhere, those that a key knew first and in its order."""
        people = {self.cast.people.meant.get(hit.place) for hit in self.masked()}
        known = len(self._before)
        return tuple(alias for number, alias in enumerate(self.cast.aliases) if number < known or number in people)


def _compared(hit: Hit) -> tuple[str, ...]:
    return (hit.identifier.kind.value, *(hit.identifier.forms or (hit.words.casefold(),)))


def _within_turns(transcript: Transcript, span: Span) -> Iterable[Span]:
    """Yield *span* in parts that cross no edge of a turn."""
    edges = sorted(
        {
            edge
            for turn in transcript.turns
            if turn.span.overlaps(span)
            for edge in (turn.span.start, turn.span.end)
            if span.start < edge < span.end
        }
    )
    for start, end in zip([span.start, *edges], [*edges, span.end], strict=True):
        if transcript.text[start:end].strip():
            yield Span(start, end)
