"""What an import did, or would do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from qualcode.errors import QualcodeError, fill
from qualcode.importers import Batch
from qualcode.model import Finding, Role, Transcript

__all__ = ["ImportReport", "Outcome"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one transcript of a file comes to: added, unchanged, relabelled (same text, corrected roles), revised or changed.

    *changed* means the text differs from the one in the study and was not taken: revisions are only made when asked for.
    `review` counts the codings that could not move along by themselves.
    """

    file: str
    outcome: str
    transcript: Transcript
    review: int = 0


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do: an outcome a transcript, all findings, and an error for each file not read.

    `batch` is what was read of the files.
    """

    outcomes: tuple[Outcome, ...] = ()
    findings: tuple[Finding, ...] = ()
    errors: tuple[QualcodeError, ...] = ()
    batch: Batch = field(default_factory=Batch, repr=False)

    @property
    def counts(self) -> dict[str, int]:
        """How many transcripts were added, revised (or corrected) and unchanged, how many changed ones were not taken, and failures."""

        def of(*names: str) -> int:
            return sum(outcome.outcome in names for outcome in self.outcomes)

        return {
            "added": of("added"),
            "revised": of("revised", "relabelled"),
            "unchanged": of("unchanged"),
            "changed": of("changed"),
            "failed": len(self.errors),
        }

    def file_rows(self) -> list[dict[str, object]]:
        """Return a row a transcript: what it is, and who speaks in it as what."""
        rows: list[dict[str, object]] = []
        for outcome in self.outcomes:
            speakers: dict[tuple[str, Role], int] = {}
            for turn in outcome.transcript.turns:
                speakers[turn.speaker, turn.role] = speakers.get((turn.speaker, turn.role), 0) + 1
            rows.append(
                {
                    "file": outcome.file,
                    "outcome": outcome.outcome,
                    "transcript": outcome.transcript.name,
                    "kind": outcome.transcript.kind.value,
                    "turns": len(outcome.transcript.turns),
                    "speakers": ", ".join(f"{name} = {role.value} ({n})" for (name, role), n in speakers.items()),
                    "review": outcome.review,
                }
            )
        return rows

    def to_rows(
        self,
        say: Callable[[Finding | QualcodeError], str] = str,
        hint: Callable[[QualcodeError], str] = lambda error: fill(error.hint or "", error.parameters),
    ) -> list[dict[str, object]]:
        """Return a row a finding and an error, put into words by *say*, and what to do about an error by *hint*."""
        rows: list[dict[str, object]] = [
            {
                "file": f.file,
                "line": f.line,
                "level": f.level,
                "rule": f.rule,
                "message": _without(say(f), f.location),
                "hint": "",
            }
            for f in self.findings
        ]
        rows += [
            {
                "file": error.file.name if error.file else "",
                "line": error.line,
                "level": "error",
                "rule": "",
                "message": _without(say(error), error.location),
                "hint": hint(error),
            }
            for error in self.errors
        ]
        return rows


def _without(message: str, location: str) -> str:
    return message.removeprefix(location)
