"""Files that hold several interviews, when they are divided otherwise than the study has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from qualcode.errors import N_, QualcodeError
from qualcode.importers import Batch, ImportOptions, ImportResult, read_file
from qualcode.model import Corpus, Finding, Transcript

__all__ = ["Held", "as_held", "cut"]

_SAME = 0.5
"""The share of a text's runs of words that stand in another from which on the words are the same."""


@dataclass(frozen=True, slots=True)
class Held:
    """What was read of the files, those that hints do not divide as the study has them, and of each other what it has instead.

    `split` says how a file had to be read for that; `otherwise` has the transcripts of the study whose words stand in a file that is now
    divided otherwise.
    """

    batch: Batch
    split: Mapping[Path, bool]
    otherwise: Mapping[Path, tuple[Transcript, ...]]


def as_held(batch: Batch, corpus: Corpus, filenames: Callable[[], Mapping[str, str]]) -> Held:
    """Return what was read, each file that the user does not say how to divide as the study has it divided.

    Parameters
    ----------
    filenames : callable
        Gives the name of the file that each transcript (guid) was read from.
    """
    names = {transcript.name for transcript in corpus.transcripts}
    results: list[tuple[Path, ImportResult]] = []
    said: list[Finding] = []
    split: dict[Path, bool] = {}
    otherwise: dict[Path, tuple[Transcript, ...]] = {}
    files: Mapping[str, str] | None = None
    for path, result in batch.results:
        read = [transcript.name for transcript in result.corpus.transcripts]
        if names and not names.issuperset(read):  # most files are new altogether, or as they were
            files = filenames() if files is None else files
            there = tuple(t for t in corpus.transcripts if files.get(t.guid) == path.name)
            there = _of_the_same_words(there, result.corpus.transcripts)
            again = _again(path, batch.given.get(path, ImportOptions()), there, read)
            if again is not None:
                result, split[path] = again, len(there) > 1
                said.append(_kept(path, there))
            elif there:
                otherwise[path] = there
        results.append((path, result))
    findings = (*batch.findings, *said)
    return Held(replace(batch, results=tuple(results), findings=findings), split, MappingProxyType(otherwise))


def _of_the_same_words(there: Sequence[Transcript], read: Sequence[Transcript]) -> tuple[Transcript, ...]:
    """Return those of the study whose words stand in what was *read*, if they are divided otherwise there."""
    new = _runs("\n".join(transcript.text for transcript in read))
    kin = tuple(t for t in there if _share(_runs(t.text), new) > _SAME)
    old = _runs("\n".join(t.text for t in kin))
    known = {t.name for t in kin}
    moved = any(t.name not in known and _share(_runs(t.text), old) > _SAME for t in read)
    return kin if kin and (moved or not known <= {t.name for t in read}) else ()


def _again(path: Path, given: ImportOptions, there: Sequence[Transcript], read: Sequence[str]) -> ImportResult | None:
    """Return what is in the file when it is divided as the study has it; None if the user says how, or if it cannot be."""
    if not there or given.split is not None:
        return None
    title = there[0].name if len(there) == 1 else read[0]
    try:
        result = read_file(path, replace(given, split=len(there) > 1), title=title)
    except QualcodeError:
        return None
    return result if {t.name for t in there} <= {t.name for t in result.corpus.transcripts} else None


def _kept(path: Path, there: Sequence[Transcript]) -> Finding:
    message = N_("the study holds this file as {names}; it was read so. Say split in hints where that is to change")
    return Finding("note", message, path.name, rule="titles", parameters={"names": ", ".join(t.name for t in there)})


def cut(
    there: Sequence[Transcript], read: Sequence[Transcript]
) -> tuple[tuple[Transcript, tuple[Transcript, ...]], ...] | None:
    """Return which of the transcripts *read* each of the study now is, in order; None if they are not the same words, cut finer."""
    found: list[tuple[Transcript, tuple[Transcript, ...]]] = []
    left = list(read)
    by_start = sorted(
        there, key=lambda t: next((n for n, r in enumerate(read) if t.text.startswith(r.text)), len(read))
    )
    for whole in by_start:
        parts: list[Transcript] = []
        while left and sum(len(part.text) for part in parts) < len(whole.text):
            parts.append(left.pop(0))
        if "".join(part.text for part in parts) != whole.text:
            return None
        found.append((whole, tuple(parts)))
    return tuple(found) if not left else None


def _runs(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return {tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3))} if words else set()


def _share(some: set[tuple[str, ...]], of: set[tuple[str, ...]]) -> float:
    return len(some & of) / len(some) if some else 0.0
