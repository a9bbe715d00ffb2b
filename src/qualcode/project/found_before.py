"""What was found in texts that have not changed: kept on this machine, outside the study, so that a report need not search them again."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, MutableMapping
from typing import Any

from qualcode import __version__
from qualcode._resources import state_folder
from qualcode.files.whole import replacing
from qualcode.model import Identifier, IdentifierKind, Span

__all__ = ["FoundBefore"]

RECIPE = f"{__version__} 2"
"""What found it; counts up when the recognisers change."""


class FoundBefore(MutableMapping[str, tuple[Identifier, ...]]):
    """Places and kinds by text; no word of it, nor what a pseudonym would be chosen by.

    Parameters
    ----------
    study : str
        The study's guid.
    """

    def __init__(self, study: str) -> None:
        self.path = state_folder() / f"identifiers-{study}.json"
        self._found: dict[str, tuple[Identifier, ...]] = {}
        self._asked: set[str] = set()
        self._is_new = False
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            stored = json.loads(self.path.read_text(encoding="utf-8"))
            if stored["recipe"] == RECIPE:
                self._found = {text: tuple(map(_read, rows)) for text, rows in stored["found"].items()}

    def __getitem__(self, text: str) -> tuple[Identifier, ...]:
        return self._found[text]

    def __setitem__(self, text: str, found: tuple[Identifier, ...]) -> None:
        self._found[text] = found
        self._asked.add(text)
        self._is_new = True

    def __delitem__(self, text: str) -> None:
        del self._found[text]

    def __contains__(self, text: object) -> bool:
        self._asked.add(str(text))
        return text in self._found

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def save(self, *, whole: bool) -> None:
        """Keep what is new; with *whole*, without the texts that were not asked for, which the study no longer has.

        Where the folder cannot be written, nothing is kept.
        """
        gone = self._found.keys() - self._asked if whole else set()
        if not self._is_new and not gone:
            return
        rows = {
            text: [[each.kind.value, each.core.start, each.core.end, each.score, int(each.identity)] for each in found]
            for text, found in self._found.items()
            if text not in gone
        }
        with contextlib.suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with replacing(self.path) as stream:
                stream.write(json.dumps({"recipe": RECIPE, "found": rows}).encode())


def _read(row: list[Any]) -> Identifier:
    kind, start, end, score, identity = row
    core = Span(start, end)
    return Identifier(core, core, IdentifierKind(kind), score, "", identity=bool(identity))
