"""What did not come up: denied, said of others only, asked in vain, not asked, not coded, not yet read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from qualcode.analysis.matrix import Cell, CodeMatrix, code_matrix
from qualcode.analysis.unmentioned import WhyUnmentioned
from qualcode.analysis.voices import heard
from qualcode.analysis.waiting import waiting
from qualcode.model import Corpus, Stance

__all__ = ["Absences", "Silence", "absences", "silence", "unread_informants"]


ASKING: Mapping[WhyUnmentioned, str] = MappingProxyType(
    {
        WhyUnmentioned.ASKED: "asked",
        WhyUnmentioned.UNREAD: "asked_unread",
        WhyUnmentioned.OF_GROUP: "asked_of_group",
        WhyUnmentioned.NOT_ASKED: "not_asked",
        WhyUnmentioned.UNKNOWN: "not_coded",
    }
)
"""The list of those without a passage, by what is known of the asking."""


@dataclass(frozen=True, slots=True)
class Absences:
    """The codes that one informant does not state of themselves, in codebook order.

    `denied`: in every passage on the matter, of themselves, it is denied. `of_others`: said of someone else only. The other lists are of codes that no
    passage bears, which does not mean that the informant has not experienced the matter: `asked`, a question on it was put and its answers
    were read; `asked_unread`, put, and not all answers were read; `asked_of_group`, put to a group in which they sat; `not_asked`, the guide
    has a question on it that was not put; `not_coded`, of which nothing is known of the asking: all of them without a guide. `read` is False when nobody has coded or read any of the
    informant's transcripts, `heard` is False when the study holds no words of theirs (`qualcode.analysis.heard`): then the lists of what bears no passage
    say nothing and are empty. `waiting`: no passage bears the code, but codings on an earlier text do (`qualcode.analysis.waiting`), of this
    informant or, where a transcript has several, perhaps of another; it is not known to be absent.
    """

    informant: str
    denied: tuple[str, ...]
    of_others: tuple[str, ...]
    not_coded: tuple[str, ...]
    read: bool = True
    waiting: tuple[str, ...] = ()
    heard: bool = True
    asked: tuple[str, ...] = ()
    asked_unread: tuple[str, ...] = ()
    asked_of_group: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()

    def to_rows(self) -> tuple[tuple[str, str], ...]:
        """Return (kind of absence, code): denied, of_others, the kinds of asking, not_coded, waiting."""
        kinds = ("denied", "of_others", *ASKING.values(), "waiting")
        return tuple((kind, code) for kind in kinds for code in getattr(self, kind))


@dataclass(frozen=True, slots=True)
class Silence:
    """The informants (ids) who do not state one code of themselves: the twin of `Absences`, seen from the code.

    Informants of whom the study holds no words are in no list.
    """

    code: str
    denied: tuple[str, ...]
    of_others: tuple[str, ...]
    not_coded: tuple[str, ...]
    unread: tuple[str, ...]
    waiting: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    asked_unread: tuple[str, ...] = ()
    asked_of_group: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()

    def to_rows(self) -> tuple[tuple[str, str], ...]:
        """Return (kind of silence, informant): denied, of_others, the kinds of asking, not_coded, unread, waiting."""
        kinds = ("denied", "of_others", *ASKING.values(), "unread", "waiting")
        return tuple((kind, name) for kind in kinds for name in getattr(self, kind))


def _absence(cell: Cell, *, waits: bool) -> str:
    """Return the kind of absence that a cell is, or nothing."""
    if not cell.passages:
        return "waiting" if waits else ASKING[cell.why]
    if cell.states:
        return ""
    return "denied" if Stance.DENIED in cell.stances else "of_others"


def unread_informants(corpus: Corpus) -> frozenset[str]:
    """Return the guids of informants none of whose transcripts anyone has coded or marked as read."""
    touched = {corpus.codings.transcripts.names[number] for number in set(corpus.codings.transcripts.cells)}
    touched |= {reading.transcript for reading in corpus.readings}
    read: set[str] = set()
    for transcript in corpus.transcripts:
        if transcript.guid in touched:
            read.update(transcript.informants)
            read.update(turn.informant for turn in transcript.turns if turn.informant)
    return frozenset(informant.guid for informant in corpus.informants) - read


def absences(corpus: Corpus, informant: str, *, matrix: CodeMatrix | None = None) -> Absences:
    """Return which codes *informant* (guid or id) does not state of themselves.

    Parameters
    ----------
    corpus : Corpus
        The study.
    informant : str
        Guid or id.
    matrix : CodeMatrix, optional
        The study's matrix by informant, where it is at hand already.

    Raises
    ------
    NotFoundError
        If there is no such informant.
    """
    person = corpus.informant(informant)
    matrix = matrix or code_matrix(corpus)
    read = person.guid not in unread_informants(corpus)
    voiced = person.guid in heard(corpus)
    waits = {found.code for found in waiting(corpus) if person.guid in found.informants}
    kinds = {code: _absence(matrix.cell(person.id, code), waits=code in waits) for code in matrix.codes}

    def listed(kind: str) -> Iterator[str]:
        return (code for code, found in kinds.items() if found == kind)

    return Absences(
        person.id,
        tuple(listed("denied")),
        tuple(listed("of_others")),
        tuple(listed("not_coded")) if read and voiced else (),
        read,
        tuple(listed("waiting")),
        voiced,
        **{kind: tuple(listed(kind)) if read and voiced else () for kind in ASKING.values() if kind != "not_coded"},
    )


def silence(corpus: Corpus, code: str, *, matrix: CodeMatrix | None = None) -> Silence:
    """Return which informants do not state *code* (a key) of themselves.

    Raises
    ------
    NotFoundError
        If there is no such code.
    """
    key = corpus.codebook.code(code).key
    matrix = matrix or code_matrix(corpus)
    unread = unread_informants(corpus)
    voices = heard(corpus)
    waits = {guid for found in waiting(corpus) if found.code == key for guid in found.informants}
    kinds = {
        person.id: "unread"
        if person.guid in unread
        else _absence(matrix.cell(person.id, key), waits=person.guid in waits)
        for person in corpus.informants
        if person.guid in voices
    }

    def listed(kind: str) -> tuple[str, ...]:
        return tuple(name for name, found in kinds.items() if found == kind)

    others = {kind: listed(kind) for kind in ASKING.values()}
    return Silence(
        key, listed("denied"), listed("of_others"), unread=listed("unread"), waiting=listed("waiting"), **others
    )
