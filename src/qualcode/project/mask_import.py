"""Bringing transcripts in without the names: what was read is masked before any of it is stored."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode.errors import N_, StateError
from qualcode.model import Corpus, Transcript
from qualcode.project.import_report import ImportReport
from qualcode.project.mask_pending import Pending
from qualcode.project.mask_plan import MaskPlan
from qualcode.project.mask_verbs import MaskVerbs, beside, kept_of
from qualcode.project.masked import elsewhere, found_in, key_of
from qualcode.project.masked_batch import MaskedBatch
from qualcode.project.transcript_verbs import TranscriptVerbs

if TYPE_CHECKING:
    from qualcode.importers import Batch
    from qualcode.privacy.key import KeyFile
    from qualcode.privacy.pseudonyms import Style

__all__ = ["MaskImportVerbs", "ReadToMask"]


@dataclass(frozen=True, slots=True)
class ReadToMask:
    """What was read of files and is not stored yet.

    Attributes
    ----------
    plan : MaskPlan
        What was found in it, to be decided on.
    names : mapping of str to str
        Names of the transcripts that were read and of those in the study, by guid.
    pending : Pending
        Where decisions are kept while they wait.
    """

    plan: MaskPlan
    names: Mapping[str, str]
    pending: Pending
    batch: Batch = field(repr=False)
    again: Mapping[str, str] = field(repr=False)
    """Transcripts that the key knows by their names: guid in the study → guid as read now."""


class MaskImportVerbs(TranscriptVerbs, MaskVerbs):
    """Bring transcripts in without the names."""

    def read_to_mask(
        self,
        files: str | Path | Sequence[str | Path],
        *,
        names: Sequence[str] = (),
        style: Style = "nama",
        key: KeyFile | None = None,
        draw: random.Random | None = None,
        progress: Callable[[int, int, str], None] | None = None,
        **reading: Any,
    ) -> ReadToMask:
        """Return what *files* hold and what tells in it who somebody is; `import_masked` takes it.

        Parameters
        ----------
        names, style, key, draw
            As of `masking`.
        **reading
            How the files are read, as of `import_files`: ``speakers``, ``kind``, ``hints`` …
        """
        self.require_coder()
        batch = self._read(files, progress=progress, **reading)
        corpus = self.corpus()
        read = [transcript for _, result in batch.results for transcript in result.corpus.transcripts]
        again = _again(read, key)
        everywhere = [kept for kept in corpus.kept if kept.place is None]
        plan = MaskPlan(
            found_in(read, names=names, kept=everywhere),
            beside=beside(corpus, set()),
            style=style,
            before=[elsewhere(alias, again) for alias in key.contents.aliases] if key is not None else (),
            label=corpus.study.informant_label,
            draw=draw,
        )
        called = {transcript.guid: transcript.name for transcript in (*corpus.transcripts, *read)}
        return ReadToMask(plan, called, Pending(self._file.study, _units(batch)), batch, again)

    def import_masked(
        self,
        read: ReadToMask,
        *,
        key: KeyFile | None = None,
        originals: bool = False,
        attributes: str | Path | None = None,
        types: Mapping[str, str] | None = None,
        revise: bool = False,
    ) -> ImportReport:
        """Take what was read into the study as was decided, in one event; nothing of what is masked is stored.

        Parameters
        ----------
        read : ReadToMask
            Of `read_to_mask`; hits that are open stay as they are.
        key : KeyFile, optional
            Where it is kept who is who; written before anything is stored.
        originals : bool
            Whether the files themselves go into the key.
        attributes, types, revise
            As of `import_files`.

        Raises
        ------
        StateError
            If *originals* are wanted without a key.
        """
        if originals and key is None:
            raise StateError(N_("the original files are kept in the key file only"), hint=N_("name one with --key"))
        self.require_coder()
        masking = MaskedBatch(read.plan)
        if key is not None and read.plan.masked():
            _into_key(key, read, originals=originals)
        report = self._take_in(read.batch, attributes, types or {}, revise=revise, dry_run=False, masking=masking)
        self._keep_imported(read.plan, masking, self.corpus())
        read.pending.discard()
        return masking.report(report)

    def _keep_imported(self, plan: MaskPlan, masking: MaskedBatch, corpus: Corpus) -> None:
        """Write down what stays by decision, where its transcript was taken."""
        from qualcode.store.acts.sharing import keep

        taken = {transcript.guid: transcript.revision for transcript in corpus.transcripts}
        for kind, word, hit in kept_of(plan):
            place = None
            if hit is not None:
                if taken.get(hit.transcript.guid) != hit.transcript.revision:
                    continue  # another text of it is in the study
                masked = masking.moves.get(hit.transcript.guid)
                core = hit.identifier.core
                place = (hit.transcript.guid, core if masked is None else masked.moved(core))
            keep(self._log, self._by(), kind.value, word, place)


def _units(batch: Batch) -> dict[str, str]:
    """Return by what decisions on each transcript are kept: its file's size and time, and its number in it; they speak no name."""
    units = {}
    for path, result in batch.results:
        found = path.stat()
        for number, transcript in enumerate(result.corpus.transcripts, 1):
            units[transcript.guid] = f"file-{found.st_size}-{found.st_mtime_ns}-{number}"
    return units


def _again(read: Sequence[Transcript], key: KeyFile | None) -> dict[str, str]:
    """Return which transcripts of the study were read again, by the names that the key keeps: guid there → guid now."""
    known = {name: guid for guid, name in key.contents.transcripts.items()} if key is not None else {}
    return {known[transcript.name]: transcript.guid for transcript in read if transcript.name in known}


def _into_key(key: KeyFile, read: ReadToMask, *, originals: bool) -> None:
    masked = {hit.transcript.guid for hit in read.plan.masked()}
    transcripts: dict[str, str] = {}
    informants: dict[str, str] = {}
    files: dict[str, tuple[str, bytes]] = {}
    for _, result in read.batch.results:
        here = [transcript for transcript in result.corpus.transcripts if transcript.guid in masked]
        transcripts |= {transcript.guid: transcript.name for transcript in here}
        informants |= {person.guid: person.id for person in result.corpus.informants if here}
        for transcript in here if originals else ():
            original = result.originals.get(transcript.guid)
            if original is not None:
                files[transcript.guid] = (original.filename, original.data)
    back = {now: there for there, now in read.again.items()}
    transcripts = {guid: name for guid, name in transcripts.items() if guid not in back}
    files = {guid: file for guid, file in files.items() if guid not in back}
    key_of(key, read.plan, transcripts=transcripts, informants=informants, originals=files, back=back)
