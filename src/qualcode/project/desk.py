"""An open study with a coder at the keyboard: what the verbs stand on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from qualcode.errors import N_, NotFoundError, StateError, Word
from qualcode.model import Codebook, Coding, Corpus, Elicited, Finding, Round, Segment, Stance, Transcript
from qualcode.project.sheets import ELICITED, STANCES

if TYPE_CHECKING:
    from qualcode.analysis import Asked
    from qualcode.store.effects import By
    from qualcode.store.file import StudyFile
    from qualcode.store.log import Log
    from qualcode.suggesters._index import Index

__all__ = ["Desk", "one_of", "who_is_coding"]

E = TypeVar("E", Stance, Elicited)


class Seen:
    """What was read of an open study, kept while it holds: corpora by viewer, segments by transcript."""

    def __init__(self) -> None:
        self.corpora: dict[str, tuple[int, Corpus]] = {}
        self._segments: dict[tuple[str, str], tuple[Transcript, tuple[Segment, ...]]] = {}
        self._asked: tuple[tuple[object, ...], Asked] | None = None
        self._index: Index | None = None
        self.earlier: tuple[Corpus, ...] = ()

    def forget(self) -> None:
        """Forget all that was read: what was erased is not to be kept in memory either."""
        self.corpora.clear()
        self._segments.clear()
        self._asked = self._index = None

    @property
    def index(self) -> Index:
        """The texts as numbers, for whoever suggests: made at the first suggestion, kept while the study is open."""
        if self._index is None:
            from qualcode.suggesters._index import Index

            self._index = Index()
        return self._index

    def segments_of(self, corpus: Corpus) -> tuple[Segment, ...]:
        """Return the segments of all transcripts by the study's segmenter, made anew only where a transcript changed."""
        from qualcode.segmenters import segment

        by = corpus.study.segmenter or "turn"
        found: list[Segment] = []
        for transcript in corpus.transcripts:
            made = self._segments.get((by, transcript.guid))
            if made is None or made[0] is not transcript:
                made = self._segments[by, transcript.guid] = (transcript, segment(transcript, by=by))
            found += made[1]
        return tuple(found)

    def asked_of(self, corpus: Corpus) -> Asked:
        """Return which turns ask which questions of the guide, made anew only where turns, guide or corrections changed."""
        from qualcode.analysis import asked

        made_of = (corpus.transcripts, corpus.questions, corpus.question_links)
        if self._asked is None or self._asked[0] != made_of:
            self._asked = (made_of, asked(corpus))
        return self._asked[1]


class Desk:
    """An open study file and who sits before it. The verbs of `Project` are grouped in subclasses of this one."""

    def __init__(
        self,
        file: StudyFile,
        coder: str | None,
        clock: Callable[[], datetime],
        seen: Seen | None = None,
    ) -> None:
        self._file = file
        self._coder = coder
        self._clock = clock
        self._seen = Seen() if seen is None else seen

    def close(self) -> None:
        """Close the study; at rest it is one file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """Where the study file is."""
        return self._file.path

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the opening noticed: a rolled-back file, a synchronised folder, a recovery."""
        return self._file.findings

    @property
    def coder(self) -> str | None:
        """The id of the coder at the keyboard, if known."""
        return self._coder

    @property
    def codebook(self) -> Codebook:
        """The study's codebook as it now is."""
        return self.corpus().codebook

    def corpus(self, *, viewer: str | None = None) -> Corpus:
        """Return the whole study as an immutable value, with the segments of its segmenter.

        With *viewer* (a coder's id), others' work in independent rounds that are not closed is left out.
        """
        from qualcode.store.read import load_corpus, newest_event

        key = viewer or ""
        newest = newest_event(self._file)
        known = self._seen.corpora.get(key)
        if known is not None and known[0] == newest:
            return known[1]
        corpus = load_corpus(self._file, viewer=viewer)
        corpus = corpus.with_(segments=self._seen.segments_of(corpus))
        self._seen.corpora[key] = (newest, corpus)
        return corpus

    @property
    def _log(self) -> Log:
        return self._file.log

    def _named_coder(self) -> str:
        if not self._coder:
            raise who_is_coding()
        return self._coder

    def _by(self, name: str = "") -> By:
        """Return who acts now: the coder at the keyboard, or the one called *name*. One who is new to the study is added to it."""
        from qualcode.store.acts.study import add_coder
        from qualcode.store.effects import By, new_guid
        from qualcode.store.read import load_coders

        name = name or self._named_coder()
        known = {coder.id: coder.guid for coder in load_coders(self._file)}
        if name not in known:
            guid = new_guid()
            known[name] = add_coder(self._log, By(guid, self._clock()), name, guid=guid)
        open_one = self._open_round()
        return By(known[name], self._clock(), open_one.guid if open_one else "")

    def _open_round(self) -> Round | None:
        """Return the round that is open, or None; of several that copies opened, the newest."""
        from qualcode.store.read import load_rounds

        return next((one for one in reversed(load_rounds(self._file)) if not one.closed), None)

    def _coding(self, coding: str | Coding) -> Coding:
        guid = coding.guid if isinstance(coding, Coding) else coding
        found = [c for c in self.corpus().codings if c.guid == guid or (len(guid) >= 6 and c.guid.startswith(guid))]
        if len(found) != 1:
            raise NotFoundError(N_("no single coding {name!r} in this study"), name=guid)
        return found[0]


def who_is_coding() -> StateError:
    """Return the error of a study without a coder at the keyboard."""
    return StateError(
        N_("who is coding is not known"), hint=N_("name the coder: coder='rani', --coder rani, or QUALCODE_CODER")
    )


def one_of(kind: type[E], value: E | str) -> E:
    """Return the member of *kind* with *value*, or with that Indonesian word."""
    words: Mapping[str, Any] = STANCES if kind is Stance else ELICITED
    found = words.get(str(value).lower().replace("-", " ").replace("_", " "))
    if found is None:
        known = [word for word in words if word]
        raise NotFoundError(
            N_("{name!r} is no {what}; known are {values}"),
            name=str(value),
            known=known,
            what=Word(N_("stance")) if kind is Stance else Word(N_("how it came up")),
            values=", ".join(known),
        )
    return kind(found)
