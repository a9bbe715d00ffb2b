"""Merging copies of a study, and what they disagree about in words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import N_, Word, shorten
from qualcode.i18n import utc
from qualcode.model import Corpus, Finding
from qualcode.project.desk import Desk
from qualcode.project.history import REGISTERS

if TYPE_CHECKING:
    from qualcode.store.conflicts import Conflict, Side
    from qualcode.store.erase import Mention

__all__ = ["MergeReport", "MergeVerbs"]

SAID = {
    "values": N_("{what}: {register} is not the same; {sides}; the later one is shown"),
    "ended-edited": N_("{what} was removed in one copy and changed in another, so it stays; {sides}"),
    "ended-referred": N_("{what} was removed in one copy and used in another, so it stays; {sides}"),
    "key": N_("{what} has a key that another code had before: it is shown under another one; {sides}"),
    "cycle": N_("{what} lies inside a code that lies inside it; the latest move waits; {sides}"),
    "undo-suspended": N_("what was taken back stays, for others have built on it; {sides}"),
    "masked-edited": N_(
        "{what}: corrections that did not know of the masking went with the text it took away; {sides}"
    ),
}
OTHER = N_("{what}: {register}; {sides}")
"""For a kind of conflict that this program does not know."""


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What one copy brought: events that were not here, tombstones obeyed, conflicts that are new, and free text to be read again.

    `again` speaks perhaps of someone whom an erasing or masking was about that its writer did not know of. `findings` says what could not
    be done yet.
    """

    copy: Path
    events: int
    tombstones: int
    conflicts: tuple[Finding, ...]
    again: tuple[Finding, ...]
    findings: tuple[Finding, ...]


class MergeVerbs(Desk):
    """Join what several people did in copies of one study."""

    def merge(self, *copies: str | Path, dry_run: bool = False) -> tuple[MergeReport, ...]:
        """Take over what *copies* of this study have and it lacks, and return what each brought.

        The copies are only read. Nothing is lost whichever is named first: where two disagree, both sides stay in the log, the later is
        shown, and the report says so. What was erased or masked in any of them is erased here, too. A backup is made before. With
        *dry_run*, nothing is changed.

        Raises
        ------
        ConflictError
            If one is another study; those before it are merged.
        NotFoundError, ProjectFileError, StateError
            If one is no whole study, or was written by a newer qualcode.
        """
        from qualcode.store.joining import join

        reports = []
        for copy in copies:
            joined = join(self._file, Path(copy), dry_run=dry_run)
            findings = () if dry_run else self._file.purge()
            self._seen.forget()
            corpus = self.corpus()
            reports.append(
                MergeReport(
                    Path(copy),
                    joined.events,
                    joined.tombstones,
                    tuple(_conflict(one, corpus) for one in joined.conflicts),
                    tuple(_again(mention, corpus) for mention in joined.again),
                    findings,
                )
            )
        return tuple(reports)

    def conflicts(self) -> tuple[Finding, ...]:
        """Return everything that copies merged into this study disagree about; an ordinary change settles each."""
        from qualcode.store.conflicts import load_conflicts

        with self._file.reading() as connection:
            found = load_conflicts(connection)
        corpus = self.corpus()
        return tuple(_conflict(one, corpus) for one in found)


def _names(corpus: Corpus) -> dict[str, str]:
    names = {t.guid: t.name for t in corpus.transcripts} | {t.revision: t.name for t in corpus.transcripts}
    names |= {i.guid: i.id for i in corpus.informants} | {c.guid: c.key for c in corpus.codebook}
    names |= {c.guid: c.id for c in corpus.coders} | {q.guid: q.number for q in corpus.questions}
    for coding in corpus.codings:
        names[coding.guid] = f"{coding.code} @ {corpus.transcript(coding.transcript).name}"
    return names


def _conflict(conflict: Conflict, corpus: Corpus) -> Finding:
    names = _names(corpus)
    kind = Word(conflict.entity.replace("_", " ")) if conflict.entity else Word(N_("study"))
    known = names.get(conflict.guid, "")
    plain = conflict.register.removeprefix("attribute.").replace("_", " ")
    return Finding(
        "doubtful",
        SAID.get(conflict.kind, OTHER),
        rule=conflict.kind,
        parameters={
            "what": f"{known}" if known else kind,
            "register": Word(plain) if plain in REGISTERS else plain,
            "sides": " ↔ ".join(_side(side, names) for side in conflict.sides),
        },
    )


def _side(side: Side, names: dict[str, str]) -> str:
    value = side.value
    said = ""
    if isinstance(value, str) and value:
        said = names.get(value) or f"“{shorten(value)}”"
    elif isinstance(value, bool | int | float):
        said = str(value)
    return f"{side.coder}, {utc(side.at)}" + (f": {said}" if said else "")


def _again(mention: Mention, corpus: Corpus) -> Finding:
    return Finding(
        "doubtful",
        N_("{what} {where} was written without knowledge of an erasing or masking; read it again: {excerpt!r}"),
        rule="again",
        parameters={
            "what": Word(mention.kind.replace("_", " ")),
            "where": _names(corpus).get(mention.guid, mention.guid[:6]),
            "excerpt": mention.excerpt,
        },
    )
