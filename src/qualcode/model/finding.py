"""What an importer or a check has to say besides its result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from qualcode.errors import fill
from qualcode.model.transcript import EMPTY

__all__ = ["Finding", "Level"]

Level = Literal["recognised", "doubtful", "unassigned", "note", "damage"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing noticed.

    *recognised*: what was found by which rule; *doubtful*: a guess that a person should check; *unassigned*: text that belongs to
    no turn; *note*: what a person should know; *damage*: something is wrong with a study file. `message` is an English template
    and message id, as in `qualcode.errors`; `rule` names what found it.
    """

    level: Level
    message: str
    file: str = ""
    line: int | None = None
    rule: str = ""
    parameters: Mapping[str, object] = field(default_factory=lambda: EMPTY, hash=False)

    @property
    def location(self) -> str:
        """``file:line: ``, ``file: `` or nothing."""
        if not self.file:
            return ""
        return f"{self.file}:{self.line}: " if self.line is not None else f"{self.file}: "

    def __str__(self) -> str:
        return self.location + fill(self.message, dict(self.parameters))
