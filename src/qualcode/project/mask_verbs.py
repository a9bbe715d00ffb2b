"""The verbs of masking: what would be masked, masking it, and the key that says who is who."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import N_, ConflictError, InputError, StateError
from qualcode.i18n import translator
from qualcode.model import Corpus, Finding, IdentifierKind, Informant
from qualcode.privacy.pseudonyms import KEEPS, placeholder
from qualcode.project.desk import Desk
from qualcode.project.mask_plan import Hit, MaskPlan
from qualcode.project.masked import found_in, key_of, masked_informant, masked_transcript

if TYPE_CHECKING:
    from qualcode.privacy.key import KeyFile
    from qualcode.privacy.pseudonyms import Style
    from qualcode.project.mask_mentions import Spoken
    from qualcode.project.mask_pending import Pending
    from qualcode.store.acts.masking import MaskedItem

__all__ = ["MaskReport", "MaskVerbs", "alias_rows", "beside", "kept_of"]


@dataclass(frozen=True, slots=True)
class MaskReport:
    """What masking did.

    Attributes
    ----------
    transcripts, places, kept : int
        How many transcripts have another text, in how many places, and how many things stay by decision.
    rewritten : tuple of Spoken
        Memos and other free text that was put in other words.
    left : tuple of Spoken
        What still speaks of what was masked.
    findings : tuple of Finding
        What could not be done at once, such as taking the bytes out of a file that another program holds open.
    """

    transcripts: int
    places: int
    kept: int
    rewritten: tuple[Spoken, ...]
    left: tuple[Spoken, ...]
    findings: tuple[Finding, ...]


class MaskVerbs(Desk):
    """Put pseudonyms in the place of names, and words in the place of numbers, for good."""

    def masking(
        self,
        transcripts: Sequence[str] = (),
        *,
        names: Sequence[str] = (),
        style: Style = "nama",
        key: KeyFile | None = None,
        draw: random.Random | None = None,
        progress: Callable[[int, int, str], None] | None = None,
    ) -> MaskPlan:
        """Return what tells who somebody is in *transcripts* (names; all without it), to be decided on; `mask` takes it.

        Parameters
        ----------
        names : sequence of str
            Names that are known to occur.
        style : {"nama", "inisial", "kode"}
            What people are called: another name of the same feel, initials (Ibu S), or a code (Informan 3).
        key : KeyFile, optional
            Those whom it knows keep their pseudonyms.
        draw : random.Random, optional
            Chooses pseudonyms; without it the system's own source of chance.
        progress : callable, optional
            Told how many transcripts are done, of how many, and which.

        Raises
        ------
        NotFoundError
            If there is no such transcript.
        """
        corpus = self.corpus()
        chosen = [corpus.transcript(name) for name in transcripts] if transcripts else list(corpus.transcripts)
        guids = {transcript.guid for transcript in chosen}
        found = found_in(chosen, names=names, kept=corpus.kept, progress=progress)
        return MaskPlan(
            found,
            beside=beside(corpus, guids),
            style=style,
            before=key.contents.aliases if key is not None else (),
            label=corpus.study.informant_label,
            draw=draw,
        )

    def require_coder(self) -> None:
        """Refuse to go on where nobody is known to be at the keyboard: asked before hours of deciding.

        Raises
        ------
        StateError
            If no coder is named.
        """
        self._named_coder()

    def pending_of(self, plan: MaskPlan) -> Pending:
        """Return where decisions on *plan* are kept while they wait, on this machine and outside the study."""
        from qualcode.project.mask_pending import Pending

        return Pending(self._file.study, {transcript.guid: transcript.revision for transcript in plan.transcripts})

    def key_file(self, path: str | Path, passphrase: str, *, make: bool = True) -> KeyFile:
        """Return the key file at *path*; where there is none and *make*, a new one for this study.

        Raises
        ------
        NotFoundError
            If there is none and none is to be made.
        StateError
            If it is of another study.
        InputError
            If it is no key file or damaged, the passphrase is wrong, or too short for a new one.
        """
        from qualcode.privacy.key import KeyFile

        if Path(path).absolute() == self._file.path:
            raise InputError(N_("the key file is never inside the study"), hint=N_("give it a file of its own"))
        opened = KeyFile.create if make and not Path(path).exists() else KeyFile.open
        return opened(path, passphrase, study=self._file.study)

    def mentions_of(self, plan: MaskPlan) -> tuple[Spoken, ...]:
        """Return memos, codes, questions and other free text that speak of what *plan* masks.

        Each says with which words it may be written anew. Rules and codes as they are shipped stay; places and institutions are masked in
        memos and quotes, not in codebook and guide.
        """
        from qualcode.project.mask_mentions import spoken
        from qualcode.store.erase import mentions

        everything, people = _spoken(plan), _spoken(plan, places=False)
        if not everything:
            return ()
        corpus = self.corpus()
        # What `mask` puts in other words by itself.
        own = {hit.transcript.guid for hit in plan.masked()}
        own |= {person.guid for person in _informants(corpus, plan)}
        with self._log.reading() as connection:
            found = mentions(connection, sorted(everything), whole=True)
            naming = {each.effect for each in mentions(connection, sorted(people), whole=True)} if people else set()
        beside = [each for each in found if each.guid not in own and each.kind != "revision"]
        return spoken(corpus, beside, naming, everything=everything, people=people)

    def mask(
        self,
        plan: MaskPlan,
        *,
        key: KeyFile | None = None,
        originals: bool = False,
        rewrite: Sequence[Spoken] = (),
    ) -> MaskReport:
        """Do what was decided in *plan*, in one event that cannot be undone; the unmasked text leaves the study for good.

        Codings and all else stand on the same words. The earlier texts, the files that they were read from, names of transcripts and
        informants, header fields and attributes that speak of what is masked leave study, log and local backups.

        Parameters
        ----------
        plan : MaskPlan
            From `masking`; hits that are open stay as they are.
        key : KeyFile, optional
            Where it is kept who is who; written before anything changes. None masks for good.
        originals : bool
            Whether the files that the transcripts were read from go into the key.
        rewrite : sequence of Spoken
            Of `mentions_of`: what is put in other words too, where that may be.

        Raises
        ------
        ConflictError
            If somebody has changed a transcript since the plan was made, or something on an earlier text of it waits for review.
        StateError
            If *originals* are wanted without a key.
        """
        if originals and key is None:
            raise StateError(N_("the original files are kept in the key file only"), hint=N_("name one with --key"))
        from qualcode.privacy.rewriting import words_too

        by = self._by()
        corpus = self.corpus()
        self._require_unchanged(corpus, plan)
        masked = plan.masked()
        kept = kept_of(plan)
        informants = _informants(corpus, plan)
        items = _items(corpus, plan)
        if masked and key is not None:
            self._into_key(key, corpus, plan, informants, originals=originals)
        self._keep(kept)
        findings: tuple[Finding, ...] = ()
        if items:
            from qualcode.store.acts.masking import mask_transcripts

            rewriting = {each.effect: each.words for each in rewrite if each.words}
            mask_transcripts(
                self._log, by, items, informants=informants, rewrite=rewriting, capital=words_too(_spoken(plan))
            )
            findings = self._file.purge()
        left = self.mentions_of(plan)
        still = {each.effect for each in left}  # what was written anew has another name in the log
        done = tuple(each for each in rewrite if each.words and each.effect not in still)
        return MaskReport(len(items), len(masked), len(kept), done, left, findings)

    @staticmethod
    def _require_unchanged(corpus: Corpus, plan: MaskPlan) -> None:
        """Refuse a plan whose positions are of an earlier text."""
        now = {transcript.guid: transcript.revision for transcript in corpus.transcripts}
        for hit in plan.hits:
            if hit.place in plan.decisions and now.get(hit.transcript.guid) != hit.transcript.revision:
                raise ConflictError(
                    N_("transcript {name!r} has been changed by someone else since its hits were looked for"),
                    hint=N_("nothing was masked; run this again"),
                    name=hit.transcript.name,
                )

    def _keep(self, kept: Iterable[tuple[IdentifierKind, str, Hit | None]]) -> None:
        from qualcode.store.acts.sharing import keep

        for kind, word, hit in kept:
            keep(self._log, self._by(), kind.value, word, None if hit is None else hit.place)

    def _into_key(
        self, key: KeyFile, corpus: Corpus, plan: MaskPlan, informants: Sequence[Informant], *, originals: bool
    ) -> None:
        """Write into *key* who is who, before anything is lost."""
        from qualcode.store.originals import original_of

        guids = {hit.transcript.guid for hit in plan.masked()}
        files = dict(key.contents.originals)
        if originals:
            with self._log.reading() as connection:
                for guid in guids:
                    if guid not in files and (found := original_of(connection, guid)) is not None:
                        files[guid] = found
        known = {person.guid: person for person in corpus.informants}
        key_of(
            key,
            plan,
            transcripts={t.guid: t.name for t in corpus.transcripts if t.guid in guids},
            informants={person.guid: known[person.guid].id for person in informants},
            originals=files,
        )


def beside(corpus: Corpus, guids: set[str]) -> Iterable[str]:
    """Yield the other texts of the study: no pseudonym may stand in them."""
    for transcript in corpus.transcripts:
        if transcript.guid not in guids:
            yield transcript.text
        yield transcript.name
    yield from (person.id for person in corpus.informants)
    yield from (memo.text for memo in corpus.memos)
    yield from (code.name for code in corpus.codebook)


def _spoken(plan: MaskPlan, *, places: bool = True) -> dict[str, str]:
    """Return what stands for each word in free text; words of two letters are too often another's."""
    return {word: text for word, text in plan.words(places=places).items() if len(word) > 2}


def kept_of(plan: MaskPlan) -> list[tuple[IdentifierKind, str, Hit | None]]:
    """Return what stays: a word everywhere, or a hit."""
    found: dict[tuple[IdentifierKind, str], None] = {}
    here: list[tuple[IdentifierKind, str, Hit | None]] = []
    for hit in plan.hits:
        decided = plan.decisions.get(hit.place)
        if decided is not None and decided.verdict == "keep everywhere":
            found[hit.identifier.kind, hit.words.casefold()] = None
        elif decided is not None and decided.verdict == "keep":
            here.append((hit.identifier.kind, "", hit))
    return [*((kind, word, None) for kind, word in found), *here]


def _items(corpus: Corpus, plan: MaskPlan) -> list[MaskedItem]:
    """Return the transcripts that are masked, as they are then."""
    from qualcode.importers import random_guid
    from qualcode.store.acts.masking import MaskedItem
    from qualcode.store.acts.transcripts import NewTranscript

    items = []
    names = {transcript.name for transcript in corpus.transcripts}
    for transcript in plan.transcripts:
        if not plan.replacements(transcript.guid):
            continue
        masked = masked_transcript(plan, transcript, revision=random_guid(), taken=names - {transcript.name})
        names.add(masked.transcript.name)
        before = [
            masked.moved(kept.place[1])
            for kept in corpus.kept
            if kept.place is not None and kept.place[0] == transcript.revision and not kept.guid
        ]
        replaced = tuple(sorted({*before, *masked.replaced}))
        items.append(MaskedItem(NewTranscript(masked.transcript, replaced=replaced), masked.blocks))
    return items


def _informants(corpus: Corpus, plan: MaskPlan) -> list[Informant]:
    """Return the informants who are called otherwise from now on, or of whom attributes say otherwise."""
    speaking: dict[str, set[str]] = defaultdict(set)
    for transcript in corpus.transcripts:
        for guid in {*transcript.informants, *(turn.informant for turn in transcript.turns)} - {None}:
            speaking[str(guid)].add(transcript.guid)
    masked = {hit.transcript.guid for hit in plan.masked()}
    # Where somebody is from is coarsened by a form for attributes (`generalise`), not taken away.
    everywhere = plan.words(places=False)
    ids = {person.id for person in corpus.informants}
    found = []
    for person in corpus.informants:
        there = speaking[person.guid] & masked
        new = masked_informant(person, plan.words(there, places=False), taken=ids - {person.id}) if there else person
        new = masked_informant(new, everywhere, taken=ids - {person.id})
        if (new.id, new.category, dict(new.attributes)) != (person.id, person.category, dict(person.attributes)):
            ids.add(new.id)
            found.append(new)
    return found


def alias_rows(key: KeyFile, corpus: Corpus, *, language: str = "id") -> list[dict[str, object]]:
    """Return a row for each thing that *key* knows: what kind it is, what it is called, what it really is, and where."""
    _ = translator(language)
    contents = key.contents
    names = {transcript.guid: transcript.name for transcript in corpus.transcripts}
    ids = {person.guid: person.id for person in corpus.informants}

    def where(guids: Iterable[str]) -> str:
        return ", ".join(sorted(names.get(guid, "–") for guid in guids))

    rows: list[dict[str, object]] = []
    for alias in contents.aliases:
        real = " ".join(word if word in KEEPS else word[:1].upper() + word[1:] for word in alias.person.words)
        places = where(alias.person.transcripts or alias.person.speaks_in)
        rows.append({"kind": _(N_("person")), "called": " ".join(alias.names), "real": real, "where": places})
    for stood in contents.stood:
        kind = placeholder(stood.kind, language).strip("[]")
        rows.append({"kind": kind, "called": stood.word, "real": stood.real, "where": where([stood.transcript])})
    for guid, real in contents.transcripts.items():
        rows.append({"kind": _(N_("transcript")), "called": names.get(guid, "–"), "real": real, "where": ""})
    for guid, real in contents.informants.items():
        rows.append({"kind": _(N_("informant")), "called": ids.get(guid, "–"), "real": real, "where": ""})
    return rows
