"""What tells who somebody is, in the study and in what leaves it; what is stored where."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import N_, NotFoundError, ProjectFileError, StateError
from qualcode.model import Corpus, Identifier, IdentifierKind
from qualcode.project.desk import Desk
from qualcode.project.found_before import FoundBefore

if TYPE_CHECKING:
    from qualcode.privacy.leaks import Leak

__all__ = ["ALLOWABLE", "PrivacyState", "PrivacyVerbs", "check_allowed", "require_reviewed"]

ALLOWABLE = tuple(kind.value for kind in IdentifierKind)
"""The kinds that a person may let through by name."""
SHOWN = 3
"""How many places a refusal names."""


@dataclass(frozen=True, slots=True)
class PrivacyState:
    """What is known of a study's privacy.

    Attributes
    ----------
    stored : tuple of (str, str)
        What is kept (a message id) and where.
    is_encrypted : bool
        Whether the study file can be read with its passphrase alone.
    transcripts, originals : int
        How many transcripts there are, and of how many the study keeps the file's bytes as they came.
    unreviewed, specific : mapping of IdentifierKind to int
        How many identifiers nobody has decided about, by kind; of these, what keeps a report back.
    kept, masked : int
        How many decisions say that something may stay, and how many places stand in for something.
    is_simulated : bool
        Whether the study says that its people and words are made up; then it is not searched.
    informants, consents, withheld, due : int
        How many informants there are, how many have an entry in the consent register, whose words are withheld, and whose retention ends by today.
    shared : tuple of str
        Names of the reports and exports that were made.
    """

    stored: tuple[tuple[str, str], ...]
    is_encrypted: bool
    is_simulated: bool
    transcripts: int
    originals: int
    unreviewed: Mapping[IdentifierKind, int]
    specific: Mapping[IdentifierKind, int]
    kept: int
    masked: int
    informants: int
    consents: int
    withheld: int
    due: int
    shared: tuple[str, ...]


class PrivacyVerbs(Desk):
    """Find what tells who somebody is, and hold back what nobody has looked at."""

    def identifiers(
        self, transcripts: Sequence[str] = (), *, names: Sequence[str] = ()
    ) -> Mapping[str, tuple[Identifier, ...]]:
        """Return what may tell who somebody is, by transcript (name), without what a person decided to keep.

        Parameters
        ----------
        transcripts : sequence of str
            Names; all without it.
        names : sequence of str
            Names that are known to occur.

        Raises
        ------
        NotFoundError
            If there is no such transcript.
        """
        from qualcode.project.masked import found_in

        corpus = self.corpus()
        chosen = [corpus.transcript(name) for name in transcripts] if transcripts else list(corpus.transcripts)
        return {each.name: found for each, found in found_in(chosen, names=names, kept=corpus.kept)}

    def leaks(self, *, names: Sequence[str] = ()) -> tuple[Leak, ...]:
        """Return what would tell who somebody is in a report of the whole study, as far as nobody has decided about it."""
        from qualcode.privacy.consent import withhold

        return self._leaks(withhold(self.corpus()), names)

    def privacy(self) -> PrivacyState:
        """Return what is stored where, what is masked, kept and consented to, and what would leave with a report."""
        from qualcode.privacy.consent import reasons
        from qualcode.privacy.leaks import specific, tally

        corpus = self.corpus()
        found = self.leaks()
        today = self._clock().date()
        return PrivacyState(
            stored=self._stored(),
            is_encrypted=_is_encrypted(self.path),
            is_simulated=corpus.study.simulated,
            transcripts=len(corpus.transcripts),
            originals=self._n_originals(),
            unreviewed=tally(found),
            specific=tally(specific(found)),
            kept=sum(bool(one.guid) for one in corpus.kept),
            masked=sum(not one.guid for one in corpus.kept),
            informants=len(corpus.informants),
            consents=len(corpus.consents),
            withheld=len(reasons(corpus)),
            due=sum(consent.is_due(today) for consent in corpus.consents),
            shared=tuple(dict.fromkeys(sharing.name for sharing in corpus.sharings)),
        )

    def _leaks(self, corpus: Corpus, names: Sequence[str] = ()) -> tuple[Leak, ...]:
        from qualcode.privacy.leaks import leaks

        if names:
            return leaks(corpus, names=names)
        before = FoundBefore(self._file.study)
        found = leaks(corpus, memory=before)
        before.save(whole=len(corpus.transcripts) == len(self.corpus().transcripts))
        return found

    def _clear_to_leave(
        self, corpus: Corpus, allow: Sequence[str], *, what: str, path: Path, others: Sequence[str] = ()
    ) -> None:
        """Refuse where something would leave that nobody has reviewed; write into the log what is let through, before it leaves."""
        from qualcode.privacy.consent import withhold
        from qualcode.store.acts.sharing import record_sharing

        allowed = check_allowed(allow, others=others)
        shown = corpus if "quotes" in allowed else withhold(corpus)
        require_reviewed(corpus, self._leaks(shown), allowed)
        if allowed:
            record_sharing(self._log, self._by(), what, path.name, allowed)

    def record_sharing(self, what: str, path: str | Path) -> None:
        """Write into the log that *path*, a ``report`` or an ``export``, was made of the study; its name alone is kept.

        `report` and `export` do so themselves where the study is open for writing and it is known who makes them.
        """
        from qualcode.store.acts.sharing import record_sharing

        record_sharing(self._log, self._by(), what, Path(path).name)

    def _left(self, what: str, path: Path, allow: Sequence[str]) -> None:
        """Write into the log that *path* was made, as far as that can be."""
        if not allow and self._coder and self._file.mode == "rw":
            with contextlib.suppress(ProjectFileError):
                self.record_sharing(what, path)

    def _stored(self) -> tuple[tuple[str, str], ...]:
        from qualcode.store.anchor import anchor_path
        from qualcode.store.backup import backup_folder

        return (
            (N_("study: texts, codings, memos, log"), str(self.path)),
            (N_("local backups of the study"), str(backup_folder(self.path))),
            (N_("note of how far the log went, without words"), str(anchor_path(self._file.study, self.path))),
            (N_("kinds and positions of what was found, without words"), str(FoundBefore(self._file.study).path)),
        )

    def _n_originals(self) -> int:
        from qualcode.store.originals import count_originals

        with self._file.reading() as connection:
            return count_originals(connection)


def check_allowed(allow: Sequence[str], *, others: Sequence[str] = ()) -> tuple[str, ...]:
    """Return *allow* in order and once each.

    Raises
    ------
    NotFoundError
        If one is no kind of identifier.
    """
    for name in allow:
        if name not in ALLOWABLE and name not in others:
            known = (*ALLOWABLE, *others)
            message = N_("no kind of identifier {name!r}; there are {kinds}")
            raise NotFoundError(message, name=name, known=known, kinds=", ".join(known))
    return tuple(sorted(set(allow)))


def require_reviewed(corpus: Corpus, found: Sequence[Leak], allow: Sequence[str]) -> None:
    """Refuse where something of a specific kind would leave that nobody has decided about.

    Raises
    ------
    StateError
        With the kinds, how many, and the first places; never with the words.
    """
    from qualcode.privacy.leaks import specific, tally

    held = specific(found, allow)
    if not held:
        return
    kinds = tally(held)
    raise StateError(
        N_(
            "identifiers that nobody has reviewed would leave the study ({kinds}); nothing was written. First: {places}"
        ),
        hint=N_("review them with: qualcode mask; or let them through, which the log keeps: {allow}"),
        kinds=", ".join(f"{kind.value}: {n}" for kind, n in kinds.items()),
        places=", ".join(dict.fromkeys(_place(corpus, leak) for leak in held[:SHOWN])),
        allow=" ".join(f"--allow {kind.value}" for kind in kinds),
    )


def _place(corpus: Corpus, leak: Leak) -> str:
    """Return where something stands, without words: a transcript whose own name tells who it is goes by its number."""
    from qualcode.privacy import find_in

    if not leak.transcript:
        return leak.what
    number = 1 + next(n for n, each in enumerate(corpus.transcripts) if each.guid == leak.transcript)
    name = corpus.transcript(leak.transcript).name
    shown = f"#{number}" if find_in(name) else name
    return f"{shown}:{leak.line}" if leak.line else shown


def _is_encrypted(path: Path) -> bool:
    """Tell whether the file does not begin as every readable study does."""
    from qualcode.store.handles import head

    return head(path, 15) != b"SQLite format 3"
