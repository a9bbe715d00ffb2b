"""One file against a plain model that shares no code with the log."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from copies import Copy, Guids
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.errors import ConflictError, NotFoundError, StateError

Model = dict[str, dict[str, Any]]
Change = Callable[[Model], object]

VERBS = [
    "code",
    "rename",
    "move",
    "retire",
    "add",
    "remove",
    "respan",
    "recode",
    "memo",
    "rewrite",
    "undo",
    "undo",
    "redo",
]
ACTS = st.lists(
    st.tuples(st.sampled_from(VERBS), st.integers(0, 1), st.integers(0, 1), st.integers(0, 99), st.integers(0, 99)),
    max_size=40,
)


class Pair:
    """The file, open in two programs, and the acts that made it, each with a change of a dictionary."""

    def __init__(self, folder: Path) -> None:
        Copy.clock = 0
        self.copy = Copy(folder / "a.qualcode", study_guid="0" * 32)
        self.handles = [self.copy, Copy(self.copy.path)]
        self.coders = [self.copy.coder("r"), self.copy.coder("d")]
        informant = self.copy.informant(self.coders[0], "I")
        words = [(informant, "satu dua tiga"), (informant, "empat lima")]
        [self.transcript] = self.copy.imports(self.coders[0], [("t", words)])
        self.base = self.copy.code(self.coders[0], "akar")
        self.acts: list[list[Any]] = []
        self.undone: list[list[list[Any]]] = [[], []]
        self.done: list[list[list[Any]]] = [[], []]

    def pick(self, kind: str, number: int) -> str:
        found = self.copy.guids(kind)
        if not found:
            raise StateError("nothing there")
        return found[number % len(found)]

    def step(self, n: int, verb: str, w: int, h: int, x: int, y: int) -> None:
        handle, who = self.handles[h], self.coders[w]
        if verb == "undo":
            if self.done[w]:
                handle.undo(who)
                act = self.done[w].pop()
                act[1] = False
                self.undone[w].append(act)
            return
        if verb == "redo":
            handle.redo(who)
            act = self.undone[w].pop()
            act[1] = True
            self.done[w].append(act)
            return
        events = handle.events()
        change = self.change(handle, who, n, verb, x, y)
        if handle.events() == events:
            return
        act = [change, True]
        self.acts.append(act)
        self.done[w].append(act)
        self.undone[w] = []

    def change(self, handle: Copy, who: str, n: int, verb: str, x: int, y: int) -> Change:
        """Do the act on the file; return what it means for a dictionary."""
        if verb == "code":
            parent = self.pick("code", x) if x % 2 else None
            new = handle.code(who, f"k{n}", parent)
            return lambda m: m.__setitem__(new, {"key": f"k{n}", "name": f"k{n}", "parent": parent, "status": "active"})
        if verb == "rename":
            code = self.pick("code", x)
            handle.rename(who, code, f"n{n}")
            return lambda m: m[code].update(name=f"n{n}")
        if verb == "move":
            code, above = self.pick("code", x), self.pick("code", y)
            handle.move(who, code, above)
            return lambda m: m[code].update(parent=above)
        if verb == "retire":
            code = self.pick("code", x)
            handle.retire(who, code)
            return lambda m: m[code].update(status="inactive")
        if verb in {"add", "remove", "respan", "recode"}:
            return self.change_coding(handle, who, verb, x, y)
        if verb == "memo":
            about = self.pick("coding", x) if x % 2 else None
            memo = handle.memo(who, f"m{n}", about or "")
            return lambda m: m.__setitem__(memo, {"text": f"m{n}", "about": about})
        memo = self.pick("memo", x)
        handle.rewrite(who, memo, f"r{n}")
        return lambda m: m[memo].update(text=f"r{n}")

    def change_coding(self, handle: Copy, who: str, verb: str, x: int, y: int) -> Change:
        if verb == "add":
            code, place = self.pick("code", x), handle.place(self.transcript, y)
            new = handle.add(who, self.transcript, y, code)
            return lambda m: m.__setitem__(new, {"start": place.start, "end": place.end, "code": code})
        if verb == "recode":
            old, code = self.pick("code", x), self.pick("code", y)
            moved = handle.codings_with(old)
            handle.recode(who, old, code)
            return lambda m: [m[guid].update(code=code) for guid in moved]
        coding = self.pick("coding", x)
        if verb == "remove":
            gone = [coding, *(memo for memo in handle.guids("memo") if handle.value("memo", memo, "about") == coding)]
            handle.remove(who, coding)
            return lambda m: [m.pop(guid) for guid in gone]
        start, end = handle.value("coding", coding, "start"), handle.value("coding", coding, "end")
        handle.respan(who, coding, 1)
        return lambda m: m[coding].update(end=max(start + 1, end - 1))


@given(ACTS)
@settings(max_examples=int(os.environ.get("QUALCODE_LOG_EXAMPLES", "12")), deadline=None)
def test_one_file_is_what_a_plain_model_says(acts: list[tuple[str, int, int, int, int]]) -> None:
    restore = Guids().install()
    folder = Path(tempfile.mkdtemp(prefix="qualcode-log-"))
    try:
        pair = Pair(folder)
        for n, act in enumerate(acts):
            try:
                pair.step(n, *act)
            except (ConflictError, NotFoundError, StateError):
                continue
        model: Model = {pair.base: {}}
        for change, on in pair.acts:
            if on:
                change(model)
        del model[pair.base]
        state = pair.copy.state()
        got = {
            guid: {column: row[column] for column in columns}
            for kind, columns in (
                ("code", ("key", "name", "parent", "status")),
                ("coding", ("start", "end", "code")),
                ("memo", ("text", "about")),
            )
            for (found, guid), row in ((name, row) for name, row in state.items() if len(name) == 2)
            if found == kind and guid != pair.base
        }

        assert got == model
        assert pair.copy.conflicts() == []
        for handle in pair.handles:
            handle.close()
    finally:
        restore()
        shutil.rmtree(folder, ignore_errors=True)
