"""What was read of files, masked before it is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from qualcode.importers import ImportResult, Original, random_guid
from qualcode.model import Codings, Finding, Informant, Memo, Span, Transcript
from qualcode.project.import_report import ImportReport
from qualcode.project.mask_plan import MaskPlan
from qualcode.project.masked import masked_informant, masked_table, masked_transcript

if TYPE_CHECKING:
    from qualcode.privacy.masking import Masked
    from qualcode.project.division import Held

__all__ = ["MaskedBatch"]


@dataclass(frozen=True, slots=True)
class MaskedBatch:
    """A batch that is masked on its way into the study."""

    plan: MaskPlan
    spans: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    """Where words stand that replaced others, by the revision of each transcript whose file is not kept."""
    moves: dict[str, Masked] = field(default_factory=dict)
    """Each masked transcript by its guid."""

    def held(self, held: Held) -> Held:
        """Return *held* masked."""
        names: set[str] = set()
        ids: dict[str, dict[str, str]] = {}
        results = tuple((path, self._result(result, names, ids)) for path, result in held.batch.results)
        return replace(held, batch=replace(held.batch, results=results))

    def _result(self, result: ImportResult, names: set[str], ids: dict[str, dict[str, str]]) -> ImportResult:
        """Return what one file holds, masked; where anything of it is, its bytes and name are not kept."""
        corpus, plan = result.corpus, self.plan
        here = {transcript.guid for transcript in corpus.transcripts}
        if not any(hit.transcript.guid in here for hit in plan.masked()):
            return result
        words = plan.words(here)
        made = []
        for transcript in corpus.transcripts:
            masked = masked_transcript(plan, transcript, revision=transcript.revision, taken=names)
            names.add(masked.transcript.name)
            self.moves[transcript.guid] = masked
            self.spans[transcript.revision] = masked.replaced
            made.append(masked.transcript)
        people, guids = _people(corpus.informants, words, ids)
        transcripts = tuple(_with_people(transcript, guids) for transcript in made)
        codings = Codings(
            replace(each, span=self._moved(each.transcript, each.span), memo=_prose(each.memo, words))
            for each in corpus.codings
        )
        readings = tuple(replace(r, span=self._moved(r.transcript, r.span)) for r in corpus.readings)
        memos = tuple(_memo(memo, words) for memo in corpus.memos)
        return replace(
            result,
            corpus=corpus.with_(
                transcripts=transcripts, informants=people, codings=codings, readings=readings, memos=memos
            ),
            originals=MappingProxyType({guid: Original("", b"") for guid in here}),
            parts=MappingProxyType(
                {
                    guid: tuple(replace(part, span=self._moved(guid, part.span)) for part in parts)
                    for guid, parts in result.parts.items()
                }
            ),
            sheets=tuple(replace(sheet, table=masked_table(sheet.table, words)) for sheet in result.sheets),
        )

    def _moved(self, transcript: str, span: Span) -> Span:
        return self.moves[transcript].moved(span)

    def report(self, report: ImportReport) -> ImportReport:
        """Return *report* in the words that are stored: it may be kept."""
        words = self.plan.words()
        outcomes = tuple(replace(each, file=_said(each.file, words)) for each in report.outcomes)
        return replace(report, outcomes=outcomes, findings=tuple(_finding(each, words) for each in report.findings))


def _said(text: str, words: Mapping[str, str]) -> str:
    from qualcode.privacy.rewriting import rewritten

    return rewritten(text, words)


def _prose(text: str, words: Mapping[str, str]) -> str:
    from qualcode.privacy.rewriting import rewritten

    return rewritten(text, words, prose=True)


def _memo(memo: Memo, words: Mapping[str, str]) -> Memo:
    return replace(memo, text=_prose(memo.text, words))


def _finding(finding: Finding, words: Mapping[str, str]) -> Finding:
    parameters = {
        name: type(value)(_said(value, words)) if isinstance(value, str) else value
        for name, value in finding.parameters.items()
    }
    return replace(finding, file=_said(finding.file, words), parameters=parameters)


def _people(
    informants: Sequence[Informant], words: Mapping[str, str], ids: dict[str, dict[str, str]]
) -> tuple[tuple[Informant, ...], dict[str, str]]:
    """Return the informants of a file as they are called, and the guid of each, by the one it was read with.

    Two who bear one name were read as one: called otherwise in another file, they are somebody else. *ids* holds who was called how so far.
    """
    people, guids = [], {}
    for person in informants:
        new = masked_informant(person, words)
        known = ids.setdefault(person.guid, {})
        guid = known.setdefault(new.id, random_guid() if known else person.guid)
        guids[person.guid] = guid
        people.append(replace(new, guid=guid))
    return tuple(people), guids


def _with_people(transcript: Transcript, guids: Mapping[str, str]) -> Transcript:
    return replace(
        transcript,
        informants=tuple(guids.get(guid, guid) for guid in transcript.informants),
        turns=tuple(
            replace(turn, informant=guids.get(turn.informant, turn.informant)) if turn.informant else turn
            for turn in transcript.turns
        ),
    )
