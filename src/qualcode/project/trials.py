"""What long trials found so far, in a file beside the study: a line each, so that a trial that was stopped goes on where it was."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from qualcode.files.whole import require_place

__all__ = ["Trials"]


class Trials:
    """Results by name, for one state of a study.

    A line holds a name, the state it is for (whatever the result rests on, hashed) and the result. Lines for other states stay, and
    a half-written line, left by a machine that was switched off, is passed over. No line holds words of an interview.

    Parameters
    ----------
    path : Path
        The file; it need not exist.
    state : str
        What results must be for.
    fresh : bool
        Pass over what is there.

    Raises
    ------
    InputError
        If *path* is a folder, or its folder does not exist.
    """

    def __init__(self, path: Path, state: str, *, fresh: bool = False) -> None:
        require_place(path)
        self.path = path
        self._state = state
        self._known: dict[str, Any] = {}
        if path.exists() and not fresh:
            for line in path.read_bytes().splitlines():
                self._read(line)

    def __contains__(self, name: str) -> bool:
        """Tell whether the result called *name* is there."""
        return name in self._known

    def __getitem__(self, name: str) -> Any:
        """Return the result called *name*."""
        return self._known[name]

    def __setitem__(self, name: str, value: Any) -> None:
        """Keep a result, on disk when this returns."""
        line = json.dumps(
            {"state": self._state, "name": name, "value": value}, ensure_ascii=False, separators=(",", ":")
        )
        with self.path.open("a+b") as stream:
            if stream.seek(0, os.SEEK_END):
                stream.seek(-1, os.SEEK_END)
                torn = stream.read(1) != b"\n"
            else:
                torn = False
            stream.write((b"\n" if torn else b"") + line.encode() + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
        self._known[name] = value

    def _read(self, line: bytes) -> None:
        try:
            found = json.loads(line)
        except ValueError:
            return
        if isinstance(found, dict) and found.get("state") == self._state and isinstance(found.get("name"), str):
            self._known[found["name"]] = found.get("value")
