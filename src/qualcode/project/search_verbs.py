"""Searching the transcripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from qualcode.errors import N_, InputError, NotFoundError
from qualcode.importers import KIND_WORDS, ROLE_WORDS
from qualcode.model import AttributeValue, Informant, Kind, Role, Span
from qualcode.project.desk import Desk
from qualcode.rules.query import Query, indexed, parse_query, words_of

if TYPE_CHECKING:
    from pandas import DataFrame

    from qualcode.store.search import Place, Voice

__all__ = ["Found", "Hit", "SearchVerbs"]

W = TypeVar("W")
_SEX = dict.fromkeys(("p", "pr", "w", "wanita", "female", "f"), "perempuan") | dict.fromkeys(
    ("l", "lk", "laki", "pria", "male", "m", "laki laki"), "laki-laki"
)
"""What studies write for one thing in one column: who asks for perempuan means P and wanita, too."""
_CONDITION = re.compile(r"\s*([^<>=!]+?)\s*(<=|>=|!=|=|<|>)\s*(.*?)\s*")


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that a search found: `span` are its words in the transcript's text, `before` and `after` those around them in the same turn.

    `turn` is counted from 1; None in a text without turns. `informant` is an id, empty where the words are nobody's.
    """

    transcript: str
    turn: int | None
    speaker: str
    role: Role
    informant: str
    span: Span
    before: str
    words: str
    after: str

    def to_row(self) -> dict[str, object]:
        """Return the hit as a row of a table."""
        return {
            "transcript": self.transcript,
            "turn": self.turn,
            "informant": self.informant,
            "speaker": self.speaker,
            "role": self.role.value,
            "start": self.span.start,
            "end": self.span.end,
            "before": self.before,
            "words": self.words,
            "after": self.after,
        }


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, in the order of transcripts and of speech.

    Attributes
    ----------
    hits : tuple of Hit
        Those in the first turns, as many as were asked for.
    n_turns : int
        In how many turns, or paragraphs of texts without turns, the query is found in all.
    informants : tuple of str
        Ids of those in whose words there is one.
    transcripts : tuple of str
        Names of those with one.
    left_out : tuple of str
        Names of transcripts that could not be searched, because another program is writing to the study.
    """

    hits: tuple[Hit, ...]
    n_turns: int
    informants: tuple[str, ...]
    transcripts: tuple[str, ...]
    left_out: tuple[str, ...] = ()

    def to_rows(self) -> list[dict[str, object]]:
        """Return a row a hit."""
        return [hit.to_row() for hit in self.hits]

    def to_frame(self) -> DataFrame:
        """Return the rows as a data frame."""
        import pandas as pd

        return pd.DataFrame(self.to_rows(), columns=list(_EMPTY))


_EMPTY = ("transcript", "turn", "informant", "speaker", "role", "start", "end", "before", "words", "after")


class SearchVerbs(Desk):
    """Find words in what was said."""

    def search(
        self,
        query: str,
        *,
        role: str | Role | None = None,
        informant: str | None = None,
        transcript: str | None = None,
        kind: str | Kind | None = None,
        where: Sequence[str] = (),
        n: int | None = None,
        progress: Callable[[int, int, str], None] | None = None,
    ) -> Found:
        """Return where *query* is found in the transcripts.

        Parameters
        ----------
        query : str
            Words, which find all that is made from them; ``"phrases"``, AND, OR, NOT, NEAR/5, ``=as-written``, ``begin*``. See
            `qualcode.rules.query`.
        role : str or Role, optional
            Only what speakers of this role say, as in informant or pewawancara.
        informant, transcript : str, optional
            Only what this informant (id) says, or what stands in this transcript (name).
        kind : str or Kind, optional
            Only sources of this kind.
        where : sequence of str
            Only informants of whom all of this is true: ``usia>=40``, ``jenis_kelamin=perempuan``.
        n : int, optional
            Hits of at most so many turns; all turns are counted.
        progress : callable, optional
            Called while the index is brought up to date: at the first search and after imports.

        Raises
        ------
        InputError
            If the query or a condition is not understood.
        NotFoundError
            With the nearest names, if there is no such role, informant, transcript, kind or attribute.
        """
        from qualcode.store.search import look_up

        asked = parse_query(query)

        def wanted(people: Sequence[Informant], transcripts: Sequence[str]) -> Callable[[Voice], bool]:
            if transcript is not None and transcript not in transcripts:
                raise NotFoundError(N_("no transcript {name!r} in this study"), name=transcript, known=transcripts)
            return _Wanted.of(people, role, kind, informant, transcript, where).takes

        found = look_up(
            self._file.engine,
            asked.match,
            indexed,
            wanted,
            n=n,
            progress=progress,
            may_write=self._file.mode != "ro",
        )
        return Found(
            tuple(hit for place in found.places for hit in _hits(asked, place)),
            found.n,
            tuple(dict.fromkeys(voice.informant.id for voice in found.voices if voice.informant)),
            tuple(dict.fromkeys(voice.transcript for voice in found.voices)),
            found.left_out,
        )


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a search is restricted to."""

    role: Role | None
    transcript: str | None
    kind: Kind | None
    informants: frozenset[str] | None

    @classmethod
    def of(
        cls,
        people: Sequence[Informant],
        role: str | Role | None,
        kind: str | Kind | None,
        informant: str | None,
        transcript: str | None,
        where: Sequence[str],
    ) -> _Wanted:
        """Return what is wanted of a study with these *people*; see `SearchVerbs.search`."""
        chosen: Sequence[Informant] = people
        if informant is not None:
            chosen = [one for one in people if informant in {one.id, one.guid}]
            if not chosen:
                raise NotFoundError(
                    N_("no informant {name!r} in this study"), name=informant, known=[one.id for one in people]
                )
        for condition in where:
            chosen = [one for one in chosen if _is_true(condition, one, people)]
        return cls(
            _one(role, ROLE_WORDS, N_("no role {name!r}; roles are {known_words}")) if role else None,
            transcript,
            _one(kind, KIND_WORDS, N_("no kind {name!r}; kinds are {known_words}")) if kind else None,
            frozenset(one.guid for one in chosen) if informant is not None or where else None,
        )

    def takes(self, voice: Voice) -> bool:
        """Tell whether these words are wanted."""
        return (
            self.transcript in {None, voice.transcript}
            and self.kind in {None, voice.kind}
            and self.role in {None, voice.role}
            and (self.informants is None or (voice.informant is not None and voice.informant.guid in self.informants))
        )


def _one(value: str, words: Mapping[str, W], message: str) -> W:
    found = words.get(str(value).strip().lower())
    if found is None:
        raise NotFoundError(message, name=str(value), known=words, known_words=", ".join(words))
    return found


def _is_true(condition: str, informant: Informant, people: Sequence[Informant]) -> bool:
    from qualcode.reports.attributes import names_of

    parsed = _CONDITION.fullmatch(condition)
    if parsed is None:
        raise InputError(
            N_("{condition!r} is no condition on an attribute"),
            hint=N_("write it like usia>=40 or jenis_kelamin=perempuan"),
            condition=condition,
        )
    name, sign, wanted = parsed.groups()
    known = {n.casefold(): n for one in people for n in one.attributes}
    names = {"category"} if name.casefold() in {"kategori", "category"} else set(names_of(name)) & set(known)
    if not names:
        raise NotFoundError(
            N_("no informant has an attribute {name!r}; there are {names}"),
            name=name,
            known=(*known, "kategori"),
            names=", ".join(sorted(known.values())) or "–",
        )
    if names == {"category"}:
        return _compare(informant.category, sign, wanted)
    said = [value for key, value in informant.attributes.items() if key.casefold() in names]
    if "jenis_kelamin" in names_of(name):
        said, wanted = [_sex(value) for value in said], str(_sex(wanted))
    held = [_compare(value, sign, wanted) for value in said]
    return bool(held) and (all(held) if sign == "!=" else any(held))


def _sex(value: AttributeValue) -> AttributeValue:
    """Return *value* in full, where it is one of the usual short words."""
    return _SEX.get(value.casefold().strip(" ."), value) if isinstance(value, str) else value


def _compare(value: AttributeValue, sign: str, wanted: str) -> bool:
    """Tell whether the comparison holds; of a missing value none does, and of a text only = and !=."""
    if value is None or value == "":
        return False
    if isinstance(value, bool):
        words = {True: {"ya", "yes", "true", "1"}, False: {"tidak", "no", "false", "0"}}
        return (wanted.casefold() in words[value]) == (sign == "=") if sign in {"=", "!="} else False
    if isinstance(value, int | float):
        try:
            number = float(wanted.replace(",", "."))
        except ValueError:
            return sign == "!="
        return {
            "=": value == number,
            "!=": value != number,
            "<": value < number,
            "<=": value <= number,
            ">": value > number,
            ">=": value >= number,
        }[sign]
    same = value.casefold() == wanted.casefold()
    return same if sign == "=" else not same if sign == "!=" else False


def _hits(asked: Query, place: Place) -> Iterator[Hit]:
    """Yield a hit for each place of a single word or phrase; for a query of several, one from the first to the last in the turn."""
    voice, speech = place.voice, place.words
    spans = asked.spans(list(words_of(speech)))
    if spans and not asked.is_single:
        spans = [(spans[0][0], spans[-1][1])]
    for start, end in spans:
        yield Hit(
            transcript=voice.transcript,
            turn=place.number,
            speaker=voice.speaker,
            role=voice.role,
            informant=voice.informant.id if voice.informant else "",
            span=Span(place.span.start + start, place.span.start + end),
            before=speech[:start],
            words=speech[start:end],
            after=speech[end:],
        )
