"""The contract of importers: samples with what is expected of them, and rules that hold for every result.

A sample is a file ``FOLDER/<importer>/<name>.<suffix>`` with ``<name>.<suffix>.expected.json`` beside it. Options stand, where one
is needed, in ``<name>.<suffix>.options.json``: ``{"speakers": {"P": "interviewer"}, "kind": "group"}``.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import string
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qualcode.errors import N_, NotFoundError, StateError
from qualcode.importers import ImportOptions, ImportResult, Source, registry
from qualcode.model import Kind, Role

__all__ = ["Sample", "check_result", "describe", "generate", "read_sample", "samples"]

_SIDE_FILES = (".expected.json", ".options.json")


@dataclass(frozen=True, slots=True)
class Sample:
    """A file for one importer, and where stands what is expected of it."""

    importer: str
    path: Path

    @property
    def expected(self) -> Path:
        """The file with what is expected."""
        return self.path.with_name(self.path.name + ".expected.json")

    @property
    def options(self) -> ImportOptions:
        """The options to read it with; guids are counted, so that two readings are equal."""
        file = self.path.with_name(self.path.name + ".options.json")
        stated: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        counter = itertools.count(1)
        return ImportOptions(
            speakers={label: Role(role) for label, role in stated.get("speakers", {}).items()},
            kind=Kind(stated["kind"]) if "kind" in stated else None,
            text_column=stated.get("text_column"),
            informant_column=stated.get("informant_column"),
            new_guid=lambda: f"{next(counter):032x}",
        )


def samples(importer: str, folder: Path) -> tuple[Sample, ...]:
    """Return the samples of *importer* in *folder*, sorted by name.

    Raises
    ------
    NotFoundError
        If there is none: an importer without a sample is not tested.
    """
    place = folder / importer
    files = sorted(place.iterdir()) if place.is_dir() else []
    found = tuple(Sample(importer, path) for path in files if path.is_file() and not path.name.endswith(_SIDE_FILES))
    if not found:
        raise NotFoundError(
            N_("importer {name!r} has no sample in {folder}"), name=importer, folder=place.as_posix(), known=()
        )
    return found


def read_sample(sample: Sample) -> ImportResult:
    """Return what the importer makes of *sample*."""
    source = Source(sample.path.name, sample.path.read_bytes(), sample.path)
    return registry.get(sample.importer)().read(source, sample.options)


def describe(result: ImportResult) -> dict[str, Any]:
    """Return *result* as plain data to be compared and read: guids become ids, spans become the words they hold."""
    ids = {informant.guid: informant.id for informant in result.corpus.informants}
    return {
        "transcripts": [
            {
                "name": transcript.name,
                "kind": transcript.kind.value,
                "language": transcript.language,
                "characters": len(transcript.text),
                "informants": [ids[guid] for guid in transcript.informants],
                "metadata": dict(transcript.metadata),
                "turns": [
                    {
                        "speaker": turn.speaker,
                        "role": turn.role.value,
                        **({"informant": ids[turn.informant]} if turn.informant else {}),
                        **({"time": turn.time} if turn.time is not None else {}),
                        "start": turn.span.start,
                        "text": turn.span.of(transcript.text),
                    }
                    for turn in transcript.turns
                ],
            }
            for transcript in result.corpus.transcripts
        ],
        "informants": [
            {"id": informant.id, "category": informant.category, "attributes": dict(informant.attributes)}
            for informant in result.corpus.informants
        ],
        **_coded(result),
        "findings": [f"{finding.level}: {finding} [{finding.rule}]" for finding in result.findings],
    }


def _coded(result: ImportResult) -> dict[str, Any]:
    """Return what a source brings with it besides its text, if it does."""
    corpus = result.corpus
    found: dict[str, Any] = {
        "codes": [code.name if code.parent is None else f"{code.name} < {code.parent}" for code in corpus.codebook],
        "codings": [
            {
                "coder": coding.coder,
                "code": coding.code,
                "text": corpus.quote(coding),
                **({"memo": coding.memo} if coding.memo else {}),
            }
            for coding in corpus.codings
        ],
        "memos": [f"{memo.coder}: {memo.text}" for memo in corpus.memos],
        "readings": [f"{reading.coder}: {reading.span.start}–{reading.span.end}" for reading in corpus.readings],
        "sheets": [
            {
                "coder": sheet.coder,
                "title": sheet.title,
                "columns": list(sheet.table.columns),
                "rows": len(sheet.table.rows),
            }
            for sheet in result.sheets
        ],
    }
    return {name: value for name, value in found.items() if value}


def check_result(result: ImportResult, source: Source) -> None:
    """Check what must hold for the result of any importer on any source.

    Raises
    ------
    StateError
        Saying which rule is broken.
    """
    corpus = result.corpus
    if {t.guid for t in corpus.transcripts} != set(result.originals):
        raise StateError(N_("every transcript needs its original, and every original a transcript"))
    for original in result.originals.values():
        if original.data != source.data or original.filename != source.name:
            raise StateError(N_("the original is not the source as it came"))
    guids = [x.guid for x in corpus.transcripts] + [x.guid for x in corpus.informants]
    if len(set(guids)) != len(guids):
        raise StateError(N_("two things share a guid"))
    for transcript in corpus.transcripts:
        if transcript.sha256 != hashlib.sha256(transcript.text.encode("utf-8")).hexdigest():
            raise StateError(N_("the digest is not that of the text"))
        for turn in transcript.turns:
            words = turn.span.of(transcript.text)
            if words != words.strip():
                raise StateError(N_("a turn begins or ends with white space"))
            if turn.role.is_voice and turn.role is not Role.TOGETHER and turn.informant is None:
                raise StateError(N_("an informant's turn does not say whose it is"))
        silent = transcript.kind in {Kind.OBSERVATION, Kind.DOCUMENT, Kind.JOURNAL} and not transcript.turns
        if silent and transcript.informants:
            raise StateError(N_("a source without voices has informants"))
    _check_parts(result)
    if not result.findings:
        raise StateError(N_("an importer says what it recognised"))
    for finding in result.findings:
        wanted = {name for _, name, _, _ in string.Formatter().parse(finding.message) if name}
        if finding.file != source.name or not wanted <= set(finding.parameters):
            raise StateError(N_("a finding does not say its file, or is not filled in"))


def _check_parts(result: ImportResult) -> None:
    """Check that every character of a text but white space is in one part, and that turns are where their parts are."""
    if {t.guid for t in result.corpus.transcripts} != set(result.parts):
        raise StateError(N_("every transcript needs its parts"))
    for transcript in result.corpus.transcripts:
        at = 0
        for part in result.parts[transcript.guid]:
            if part.span.start < at or part.span.end > len(transcript.text):
                raise StateError(N_("parts overlap, are out of order, or reach beyond the text"))
            if transcript.text[at : part.span.start].strip():
                raise StateError(N_("a passage is in no part of the text"))
            at = part.span.end
        if transcript.text[at:].strip():
            raise StateError(N_("a passage is in no part of the text"))
        turn = 0
        for part in result.parts[transcript.guid]:
            while turn < len(transcript.turns) and transcript.turns[turn].span.end <= part.span.start:
                turn += 1
            inside = turn < len(transcript.turns) and transcript.turns[turn].span.covers(part.span)
            if (part.what == "turn") != inside and part.what not in {"noise", "code"}:
                raise StateError(N_("the turns are not those of the parts"))


def generate(importer: str, folder: Path) -> tuple[Path, ...]:
    """Write what the importer makes of each of its samples as what is expected; return the files written.

    Read them by eye before you keep them.
    """
    written = []
    for sample in samples(importer, folder):
        text = json.dumps(describe(read_sample(sample)), ensure_ascii=False, indent=1) + "\n"
        sample.expected.write_text(text, encoding="utf-8", newline="\n")
        written.append(sample.expected)
    return tuple(written)
