"""An import line by line: what each was taken for, by which rule, and whose words it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qualcode.errors import shorten
from qualcode.importers._base import ImportResult, Part
from qualcode.model import Role, Transcript

__all__ = ["Line", "explain"]


_BEHIND = ' \t.,;:!?…)]}"”’'


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a transcript's text, or the piece of it that was taken for something else than the piece before.

    `line` is counted in what was read, also where that was divided into several transcripts. `what`, `rule`, `speaker` and `role` are as in `Part`; a label and the words behind it are one piece. `text` is its beginning.
    """

    transcript: str
    line: int
    what: str
    speaker: str
    role: Role | None
    rule: str
    text: str

    def to_row(self) -> dict[str, object]:
        """Return the line as a row of a table."""
        return {
            "transcript": self.transcript,
            "line": self.line,
            "what": self.what,
            "speaker": self.speaker,
            "role": self.role.value if self.role is not None else None,
            "rule": self.rule,
            "text": self.text,
        }


def explain(result: ImportResult) -> tuple[Line, ...]:
    """Return every line of every transcript in *result*, but for blank ones; what no importer spoke of is unassigned."""
    found: list[Line] = []
    above = 0
    for transcript in result.corpus.transcripts:
        found += _lines(transcript, result.parts.get(transcript.guid, ()), above)
        above += transcript.text.count("\n")
    return tuple(found)


def _lines(transcript: Transcript, parts: tuple[Part, ...], above: int) -> Iterator[Line]:
    text, at, start = transcript.text, 0, 0
    for number, content in enumerate(text.split("\n"), above + 1):
        end = start + len(content)
        while at < len(parts) and parts[at].span.end <= start:
            at += 1
        here = at
        pieces: list[tuple[Part | None, str]] = []
        done = start
        while here < len(parts) and parts[here].span.start < end:
            part = parts[here]
            _add(pieces, None, text[done : max(done, part.span.start)])
            done = min(end, part.span.end)
            _add(pieces, part, text[max(start, part.span.start) : done])
            here += 1
        _add(pieces, None, text[done:end])
        yield from (_line(transcript.name, number, taken, words) for taken, words in pieces)
        start = end + 1


def _add(pieces: list[tuple[Part | None, str]], part: Part | None, words: str) -> None:
    if not words.strip():
        return
    before = pieces[-1][0] if pieces else None
    if before is not None and before.what == "code":
        # The full stop behind a coder's mark needs no row of its own.
        stop = next((at for at, sign in enumerate(words) if sign not in _BEHIND), len(words))
        pieces[-1] = (before, (pieces[-1][1] + words[:stop]).strip())
        words = words[stop:]
        if not words:
            return
    if part is not None and part.what == "turn" and before is not None and before.what == "label":
        pieces[-1] = (part, words)  # the label is said by the speaker
    else:
        pieces.append((part, words))


def _line(name: str, number: int, part: Part | None, words: str) -> Line:
    if part is None:
        return Line(name, number, "unassigned", "", None, "", shorten(words))
    return Line(name, number, part.what, part.speaker, part.role, part.rule, shorten(words))
