"""Decisions on hits that wait to be applied: kept on this machine, outside the study, so that a stopped sitting loses none.

Only positions and what is to stand there are kept, by the guid of a revision or by a file's size and time, so that the file speaks no name.
"""

from __future__ import annotations

import contextlib
import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qualcode._resources import state_folder
from qualcode.files.whole import replacing
from qualcode.model import Span
from qualcode.project.mask_plan import Decision, MaskPlan

__all__ = ["Pending"]

_VERDICTS = frozenset({"mask", "keep", "keep everywhere"})


class Pending:
    """The decisions of one study that wait.

    Parameters
    ----------
    study : str
        The study's guid.
    units : mapping of str to str
        Guid of each transcript in the plan → by what its decisions are kept.
    """

    def __init__(self, study: str, units: Mapping[str, str]) -> None:
        self.path: Path = state_folder() / f"masking-{study}.json"
        self._units = units

    def save(self, plan: MaskPlan) -> None:
        """Keep the decisions of *plan* instead of those kept before; where the folder cannot be written, nothing is kept."""
        kept = {unit: rows for unit, rows in self._read().items() if unit not in self._units.values()}
        found: dict[str, list[list[object]]] = defaultdict(list)
        for (transcript, core), decision in plan.decisions.items():
            found[self._units[transcript]].append([core.start, core.end, decision.verdict, decision.text])
        self._write(kept | found)

    def restore(self, plan: MaskPlan) -> int:
        """Put the kept decisions into *plan*, whose pseudonyms follow them; return how many there were."""
        stored = self._read()
        hits = {hit.place: hit for hit in plan.hits}
        restored: dict[tuple[str, Span], Decision] = {}
        for transcript, unit in self._units.items():
            for row in stored.get(unit, ()):
                place, decision = _read_row(transcript, row)
                if place in hits and decision is not None:
                    restored[place] = decision
        plan.follow((hits[place], decision.text) for place, decision in restored.items() if decision.text)
        plan.decisions.update(restored)
        return len(restored)

    def discard(self) -> None:
        """Forget the decisions of these transcripts: they are applied."""
        kept = {unit: rows for unit, rows in self._read().items() if unit not in self._units.values()}
        self._write(kept)

    def _read(self) -> dict[str, list[Any]]:
        try:
            stored = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(unit): rows for unit, rows in stored.items() if isinstance(rows, list)} if stored else {}

    def _write(self, stored: Mapping[str, object]) -> None:
        with contextlib.suppress(OSError):
            if not stored:
                self.path.unlink(missing_ok=True)
                return
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with replacing(self.path) as stream:
                stream.write(json.dumps(stored, ensure_ascii=False).encode("utf-8"))


def _read_row(transcript: str, row: Any) -> tuple[tuple[str, Span], Decision | None]:
    """Return one kept decision; what is not one is none."""
    try:
        start, end, verdict, text = row
        place = (transcript, Span(int(start), int(end)))
    except (TypeError, ValueError):
        return ("", Span(0, 1)), None
    known = verdict in _VERDICTS and isinstance(text, str) and bool(text) == (verdict == "mask")
    return place, Decision(verdict, text) if known else None
