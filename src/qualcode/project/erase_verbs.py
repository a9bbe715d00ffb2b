"""Withdrawal: what would go with an informant, and letting it go for good."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from qualcode.errors import N_, InputError
from qualcode.model import Corpus, Finding, Informant, Sharing
from qualcode.project.desk import Desk
from qualcode.project.repeated import repeated

if TYPE_CHECKING:
    from qualcode.store.erase import Mention

__all__ = ["Copies", "ErasePreview", "EraseVerbs", "Erased", "Spoken"]

SHORTEST = 3
"""Letters that a word has at least that is looked for by itself."""

Fate = Literal["erase", "blank"]


@dataclass(frozen=True, slots=True)
class Spoken:
    """Free text of the study that speaks one of the words looked for.

    `effect` is its name for `Project.erase`; `what` says what kind of thing it is in, `where` which one, as far as that has a name;
    `excerpt` shows at most 40 characters. An `earlier` one is a version that the study does not show any more.
    """

    effect: str
    what: str
    where: str
    excerpt: str
    earlier: bool


@dataclass(frozen=True, slots=True)
class Copies:
    """Copies of the study's words that erasing does not reach.

    Other files of the study beside it, names under which it was opened elsewhere on this machine, and reports and exports made of it.
    """

    beside: tuple[str, ...]
    elsewhere: tuple[str, ...]
    shared: tuple[Sharing, ...]


@dataclass(frozen=True, slots=True)
class ErasePreview:
    """What goes when an informant is erased.

    Attributes
    ----------
    informant : Informant
        Who.
    transcripts : tuple of str
        Names of the transcripts that go whole: nobody else's voice is in them.
    blocked : mapping of str to int
        In which transcripts how many of their turns are blocked out, letter by letter, since others speak there, too.
    counts : mapping of str to int
        How many codings, readings, memos … go with them, by kind.
    words : tuple of str
        The words that were looked for in free text.
    repeated : tuple of str
        What they said and free text says again, five words in a row or more; it was looked for, too.
    spoken : tuple of Spoken
        Where free text that stays speaks them; a person decides what becomes of it.
    said : mapping of str to tuple of int
        In which lines of which transcripts others say one of the words: these are the others' words and stay, unless they are masked.
    backups : tuple of str
        Files among the backups that are made anew without what is erased.
    copies : Copies
        What erasing does not reach.
    """

    informant: Informant
    transcripts: tuple[str, ...]
    blocked: Mapping[str, int]
    counts: Mapping[str, int]
    words: tuple[str, ...]
    repeated: tuple[str, ...]
    spoken: tuple[Spoken, ...]
    said: Mapping[str, tuple[int, ...]]
    backups: tuple[str, ...]
    copies: Copies


@dataclass(frozen=True, slots=True)
class Erased:
    """What was done: the preview as it came true, and what could not be done yet."""

    preview: ErasePreview
    findings: tuple[Finding, ...]


class EraseVerbs(Desk):
    """Erase an informant who withdrew, for good."""

    def erase_preview(self, informant: str, *, words: Sequence[str] = ()) -> ErasePreview:
        """Return what goes when *informant* (id or guid) is erased; nothing is changed.

        Free text is looked through for the informant's id, for the labels under which they speak, and for *words* (their name, the name of
        their stall or child …), at the beginning of words, whatever the case; and for what they said, repeated word for word.

        Raises
        ------
        NotFoundError
            If there is no such informant.
        StateError
            If the study is open for reading only.
        """
        from qualcode.store.backup import backup_folder
        from qualcode.store.erase import free_texts
        from qualcode.store.foresee import foresee

        self._file.require_writing()
        corpus = self.corpus()
        who = corpus.informant(informant)
        sought = words_of(corpus, who, words)
        with self._log.reading() as connection:
            again = repeated(corpus, who.guid, free_texts(connection))
        found = foresee(self._log, [who.guid], (*sought, *again))
        names = {t.guid: t.name for t in corpus.transcripts}
        folder = backup_folder(self._file.path)
        return ErasePreview(
            who,
            tuple(sorted(names.get(guid, guid[:8]) for guid in found.transcripts)),
            {names.get(guid, guid[:8]): n for guid, n in found.blocked.items()},
            {kind: n for kind, n in found.counts.items() if kind not in {"informant", "transcript", "revision"}},
            sought,
            again,
            tuple(_spoken(mention, corpus) for mention in found.mentions),
            _said(corpus, who, sought, set(found.transcripts)),
            tuple(sorted(path.name for path in folder.glob("*.qualcode"))) if folder.is_dir() else (),
            self._copies(corpus),
        )

    def erase(
        self, informant: str, *, words: Sequence[str] = (), spoken: Mapping[str, Fate] | Fate | None = None
    ) -> Erased:
        """Erase *informant*, all they said and all that stands on it, for good: this cannot be undone.

        Text, codings and what was said of them go from the file, its log and its local backups, and come back neither by a merge nor by
        restoring an older copy. Copies elsewhere are named in the result.

        Parameters
        ----------
        words : sequence of str
            As in `erase_preview`.
        spoken : mapping or {"erase", "blank"}, optional
            What becomes of the free text that the preview lists, by its `effect`, or of all of it: erased whole, or only the words blanked.
            What is not named stays. Earlier versions are erased in any case.

        Raises
        ------
        NotFoundError
            If there is no such informant.
        InputError
            If *spoken* names what the preview does not list.
        """
        from qualcode.store.acts.withdrawing import withdraw

        preview = self.erase_preview(informant, words=words)
        chosen = _chosen(preview, spoken)
        withdraw(
            self._log,
            self._by(),
            [preview.informant.guid],
            erase=[one for one, fate in chosen.items() if fate == "erase"],
            blank=[one for one, fate in chosen.items() if fate == "blank"],
            words=(*preview.words, *preview.repeated),
        )
        self._seen.forget()
        return Erased(preview, self._file.purge())

    def _copies(self, corpus: Corpus) -> Copies:
        from qualcode.store.anchor import known_places
        from qualcode.store.purge import copies_beside

        path = self._file.path
        beside = tuple(copy.name for copy in copies_beside(path))
        return Copies(beside, known_places(self._file.study, path), corpus.sharings)


def words_of(corpus: Corpus, informant: Informant, words: Sequence[str]) -> tuple[str, ...]:
    """Return the words to look for: the informant's id, the labels under which they speak, and *words*."""
    labels = {turn.speaker for t in corpus.transcripts for turn in t.turns if turn.informant == informant.guid}
    shared = {turn.speaker for t in corpus.transcripts for turn in t.turns if turn.informant != informant.guid}
    own = [word for word in (informant.id, *sorted(labels - shared)) if len(word.strip()) >= SHORTEST]
    given = [word.strip() for word in words if word.strip()]
    return tuple(dict.fromkeys(word.strip().rstrip(":") for word in (*own, *given)))


def _spoken(mention: Mention, corpus: Corpus) -> Spoken:
    names = {t.guid: t.name for t in corpus.transcripts} | {t.revision: t.name for t in corpus.transcripts}
    names |= {c.guid: c.key for c in corpus.codebook} | {i.guid: i.id for i in corpus.informants}
    names |= {q.guid: q.number for q in corpus.questions}
    return Spoken(
        mention.effect,
        mention.kind.replace("_", " "),
        names.get(mention.guid, ""),
        mention.excerpt,
        earlier=not mention.standing,
    )


def _said(corpus: Corpus, informant: Informant, words: Sequence[str], gone: set[str]) -> dict[str, tuple[int, ...]]:
    """Return the lines of others in which one of *words* begins a word, by transcript; what is going is passed over."""
    pattern = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(map(re.escape, words))})", re.IGNORECASE)
    found: dict[str, tuple[int, ...]] = {}
    for transcript in corpus.transcripts if words else ():
        if transcript.guid in gone:
            continue
        text = transcript.text
        own = [  # with the label before it, which is blocked out, too
            (text.rfind("\n", 0, turn.span.start) + 1, turn.span.end)
            for turn in transcript.turns
            if turn.informant == informant.guid
        ]
        places = (match.start() for match in pattern.finditer(text))
        others = [at for at in places if not any(start <= at < end for start, end in own)]
        if others:
            found[transcript.name] = tuple(dict.fromkeys(text.count("\n", 0, at) + 1 for at in others))
    return found


def _chosen(preview: ErasePreview, spoken: Mapping[str, Fate] | Fate | None) -> dict[str, Fate]:
    """Return what becomes of each free text that does not stay as it is."""
    chosen: dict[str, Fate] = {one.effect: "erase" for one in preview.spoken if one.earlier}
    standing = {one.effect for one in preview.spoken} - chosen.keys()
    if spoken is None:
        return chosen
    if isinstance(spoken, str):
        return chosen | dict.fromkeys(standing, spoken)
    if unknown := spoken.keys() - standing - chosen.keys():
        raise InputError(N_("{name!r} is no free text that the preview lists"), name=min(unknown))
    return chosen | dict(spoken)
