"""A first file of hints from what was guessed, to be corrected by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qualcode import i18n
from qualcode.errors import N_
from qualcode.importers._base import Batch, ImportResult
from qualcode.importers._words import normal
from qualcode.importers.hints.hints import KIND_WORDS, ROLE_WORDS
from qualcode.model import Kind, Role

__all__ = ["draft_hints"]

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9]*")


@dataclass(slots=True)
class _Label:
    """A label in a batch: the role it has in each file, how many turns it begins, and what gave it the role."""

    label: str
    roles: dict[str, Role] = field(default_factory=dict)
    turns: int = 0
    rules: dict[str, None] = field(default_factory=dict)
    doubtful: bool = False


def draft_hints(batch: Batch, language: str = "id") -> str:
    """Return hints that say what was guessed, as YAML with comments in *language*; reading with them changes nothing.

    Roles stand there to be corrected; everything else is commented out.
    """
    say = i18n.translator(language)
    labels = _labels(batch.results)
    everywhere = [label for label in labels if _holds_everywhere(label, batch.results)]
    lines = [
        "# "
        + say(
            N_(
                "What was guessed in {n} files. Correct it here, then bring the files in again.",
            ),
            n=len(batch.results),
        ),
        "# " + say(N_("Lines that begin with # say nothing until the # is taken away.")),
        "# "
        + say(
            N_("Roles: {roles}; {none} where it is no speaker at all."), roles=", ".join(_roles(language)), none="none"
        ),
        "",
        "speakers:" if everywhere else "# speakers:",
    ]
    lines += [f"  {_quoted(label.label)}: {_role(label, language)}  # {_why(label, say)}" for label in everywhere]
    lines += [f"#   {_quoted(label)}: none  # {where}" for label, where in _almost(batch.results)]
    lines += [
        "",
        "# kind: " + _kind(Kind.INTERVIEW, language),
        "# language: id",
        "# encoding: utf-8",
        "# split: " + say(N_("yes")) + "  # " + say(N_("whether titles divide a file into several interviews")),
        "# coder: impor  # " + say(N_("whose the codings are that files bring with them")),
        "# columns: {text: …, informant: …}  # " + say(N_("of tables")),
        "# attributes: informan.xlsx  # " + say(N_("table of informants' attributes")),
        "# names:  # " + say(N_("what file names say")),
        '#   - "{informan}_W{wawancara}.docx"',
        "",
        "files:" if batch.results else "# files:",
    ]
    others = [label for label in labels if label not in everywhere]
    for path, result in batch.results:
        lines += _of_file(path, result, others, language, say)
    return "\n".join(lines) + "\n"


def _labels(results: Sequence[tuple[Path, ImportResult]]) -> list[_Label]:
    found: dict[str, _Label] = {}
    for path, result in results:
        for transcript in result.corpus.transcripts:
            for turn in transcript.turns:
                label = found.setdefault(normal(turn.speaker), _Label(turn.speaker))
                label.roles[path.name] = turn.role
                label.turns += 1
        for said in result.findings:
            speaker = found.get(normal(str(said.parameters.get("speaker", ""))))
            if speaker is not None and "role" in said.parameters:
                speaker.rules[said.rule] = None
                speaker.doubtful |= said.level == "doubtful"
    return sorted((label for label in found.values() if label.label), key=lambda label: -label.turns)


def _holds_everywhere(label: _Label, results: Sequence[tuple[Path, ImportResult]]) -> bool:
    """Tell whether saying the role of all files changes the reading of none: no other file has the label in front of a line."""
    if len(set(label.roles.values())) != 1:
        return False
    begins = re.compile(rf"^[^\w\n]*{re.escape(label.label)}\b", re.IGNORECASE | re.MULTILINE)
    return not any(
        begins.search(transcript.text)
        for path, result in results
        if path.name not in label.roles
        for transcript in result.corpus.transcripts
    )


def _of_file(
    path: Path, result: ImportResult, others: Sequence[_Label], language: str, say: i18n.Translator
) -> Iterator[str]:
    yield f"  {_quoted(path.name, always=True)}:"
    mine = [label for label in others if path.name in label.roles]
    if mine:
        yield "    speakers:"
    for label in mine:
        yield f"      {_quoted(label.label)}: {_word(label.roles[path.name], language)}  # {_why(label, say)}"
    transcripts = result.corpus.transcripts
    if len(transcripts) == 1:
        yield f"    # kind: {_kind(transcripts[0].kind, language)}"
    ids = {person.guid: person.id for person in result.corpus.informants}
    voices = {t.speaker: ids[t.informant] for x in transcripts for t in x.turns if t.informant in ids}
    if len(voices) == 1:
        yield f"    # informant: {_quoted(next(iter(voices.values())))}"
    elif voices:
        pairs = ", ".join(f"{_quoted(label)}: {_quoted(name)}" for label, name in voices.items())
        yield f"    # informants: {{{pairs}}}"


def _almost(results: Sequence[tuple[Path, ImportResult]]) -> Iterator[tuple[str, str]]:
    """Yield what looked like a label and was doubted, with where it stands first."""
    seen: set[str] = set()
    for _, result in results:
        for said in result.findings:
            label = said.parameters.get("label")
            if said.level == "doubtful" and isinstance(label, str) and normal(label) not in seen:
                seen.add(normal(label))
                yield label, said.location.rstrip(": ")


def _why(label: _Label, say: i18n.Translator) -> str:
    turns = say.plural("{n} turn", "{n} turns", label.turns)
    files = say.plural("{n} file", "{n} files", len(label.roles))
    counted = f"{turns}, {files}"
    rules = ", ".join(say(rule) for rule in label.rules)
    doubt = say(N_("please check")) + ": " if label.doubtful else ""
    return f"{doubt}{counted}; {rules}" if rules else f"{doubt}{counted}"


def _quoted(text: str, *, always: bool = False) -> str:
    if not always and _PLAIN.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=not text.isprintable())


def _role(label: _Label, language: str) -> str:
    return _word(next(iter(label.roles.values())), language)


def _word(role: Role, language: str) -> str:
    return (
        next((word for word, known in ROLE_WORDS.items() if known is role), role.value)
        if language == "id"
        else role.value
    )


def _kind(kind: Kind, language: str) -> str:
    return (
        next((word for word, known in KIND_WORDS.items() if known is kind), kind.value)
        if language == "id"
        else kind.value
    )


def _roles(language: str) -> list[str]:
    return [_word(role, language) for role in Role]
