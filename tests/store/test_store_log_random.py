"""The log under random acts: three copies of a study, each open in two programs, merged in every order.

`QUALCODE_LOG_EXAMPLES` and `QUALCODE_LOG_STEPS` make the run longer (the figures of a long run are in `benchmarks/`).
"""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from copies import Copy, Guids
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from sqlalchemy import select

from qualcode.errors import ConflictError, NotFoundError, StateError
from qualcode.store import schema as s
from qualcode.store.engine import reading
from qualcode.store.erase import mentions
from qualcode.store.review import review

NUMBER = st.integers(0, 10**6)
COPY = st.integers(0, 2)
HANDLE = st.integers(0, 1)
WHO = st.integers(0, 1)
REFUSALS = (ConflictError, NotFoundError, StateError)


class LogMachine(RuleBasedStateMachine):
    """Acts on copies; after each, everything the design promises is held against the files."""

    @initialize()
    def start(self) -> None:
        Copy.clock = 0
        self.restore = Guids().install()
        self.folder = Path(tempfile.mkdtemp(prefix="qualcode-log-"))
        self.number = 0
        first = Copy(self.folder / "0.qualcode", study_guid="0" * 32)
        self.coders = [first.coder("rani"), first.coder("dewi")]
        rani = self.coders[0]
        people = [first.informant(rani, f"I{n}") for n in range(3)]
        self.secret = {guid: f"RAHASIA{n}X" for n, guid in enumerate(people)}
        i, j, k = people
        w = self.secret
        self.named: dict[str, str] = {}
        lines = [
            [(i, f"hujan {w[i]}"), (i, "upah")],
            [(i, f"kami {w[i]}"), (j, f"mereka {w[j]}"), (k, f"ya {w[k]}"), (i, "x")],
        ]
        self.import_named(first, rani, lines)
        first.code(rani, "akar")
        first.checkpoint()
        for n in (1, 2):
            shutil.copy(first.path, self.folder / f"{n}.qualcode")
        others = [[Copy(self.folder / f"{n}.qualcode") for _ in range(2)] for n in (1, 2)]
        self.handles = [[first, Copy(first.path)], *others]

    def import_named(self, copy: Copy, who: str, several: list[list[tuple[str, str]]]) -> None:
        """Import transcripts, each of which speaks a name of its own, in its text and in what it is called."""
        names = [f"SANDI{len(self.named) + n}Z" for n in range(len(several))]
        documents = [
            (f"{name} {n}", [(voice, f"{words} {name}") for voice, words in lines])
            for n, (name, lines) in enumerate(zip(names, several, strict=True))
        ]
        guids = copy.imports(who, documents)
        self.named |= dict(zip(guids, names, strict=True))

    def pick(self, copy: Copy, kind: str, number: int) -> str:
        found = copy.guids(kind)
        if not found:
            raise StateError("nothing there")
        return found[number % len(found)]

    def act(self, copy: Copy, act: Callable[[Copy], object], redo: bool) -> None:
        """Do it; undoing it must give back what was, redoing it what came of it; a refusal must leave no trace."""
        before, events = copy.state(), copy.events()
        try:
            act(copy)
        except REFUSALS:
            assert copy.state() == before
            return
        if copy.events() == events:
            assert copy.state() == before
            return
        after = copy.state()
        [(coder,)] = copy.run(
            select(s.entity.c.guid)
            .join_from(s.event, s.entity, s.event.c.coder == s.entity.c.id)
            .order_by(s.event.c.lamport.desc())
            .limit(1)
        )
        copy.undo(coder.hex())
        assert copy.state() == before
        if redo:
            copy.redo(coder.hex())
            assert copy.state() == after
        self.check(copy)

    def check(self, copy: Copy) -> None:
        """Hold one copy against the promises."""
        assert copy.verify() == ()
        state = copy.state()
        copy.rebuild()
        assert copy.state() == state
        stones = {bytes(what) for (what,) in copy.run(select(s.tombstone.c.what))}
        masked = {what[7:].decode() for what in stones if what.startswith(b"masked/")}
        for guid, name in self.named.items():
            if masked & self.texts_of(copy, guid):
                assert name.encode() not in copy.bytes(), "masked bytes came back"
                assert name not in str(copy.state())
        gone = [word for guid, word in self.secret.items() if bytes.fromhex(guid) in stones]
        if not gone:
            return
        content = copy.bytes()
        with reading(copy.engine) as c:
            listed = {found.effect for found in review(c)}
            for word in gone:
                assert word.encode() not in content, "erased bytes came back"
                untagged = {found.effect for found in mentions(c, [word.replace("RAHASIA", "BEBAS")])}
                assert untagged <= listed, "free text neither erased nor listed"

    def texts_of(self, copy: Copy, transcript: str) -> set[str]:
        """Return the revisions that *transcript* ever had, by guid."""
        its = s.entity.alias("its")
        rows = copy.run(
            select(s.entity.c.guid)
            .select_from(
                s.ref.join(s.effect, s.ref.c.effect == s.effect.c.id)
                .join(s.entity, s.effect.c.entity == s.entity.c.id)
                .join(its, s.ref.c.target == its.c.id)
            )
            .where(its.c.guid == bytes.fromhex(transcript), s.entity.c.kind == "revision", s.effect.c.op == "new")
        )
        return {guid.hex() for (guid,) in rows}

    def key(self) -> str:
        self.number += 1
        return f"k{self.number % 7}"

    # ---- acts ----
    @rule(c=COPY, h=HANDLE, w=WHO, i=NUMBER, redo=st.booleans(), tagged=st.booleans())
    def code(self, c: int, h: int, w: int, i: int, redo: bool, tagged: bool) -> None:
        def act(copy: Copy) -> None:
            parent = self.pick(copy, "code", i) if i % 2 else None
            voice = self.pick(copy, "informant", i)
            words = f"in vivo {self.secret[voice]}" if tagged else ""
            copy.code(self.coders[w], self.key(), parent, voices=[voice] if tagged else (), name=words)

        self.act(self.handles[c][h], act, redo)

    @rule(
        c=COPY, h=HANDLE, w=WHO, i=NUMBER, j=NUMBER, redo=st.booleans(),
        verb=st.sampled_from(["rename", "rekey", "move", "retire", "merge", "split", "recode", "root"]),
    )  # fmt: skip
    def codebook(self, c: int, h: int, w: int, i: int, j: int, redo: bool, verb: str) -> None:
        who = self.coders[w]

        def act(copy: Copy) -> None:
            a, b = self.pick(copy, "code", i), self.pick(copy, "code", j)
            acts: dict[str, Callable[[], object]] = {
                "rename": lambda: copy.rename(who, a, f"nama{j % 3}"),
                "rekey": lambda: copy.rekey(who, a, self.key()),
                "move": lambda: copy.move(who, a, b),
                "root": lambda: copy.move(who, a, None),
                "retire": lambda: copy.retire(who, a),
                "merge": lambda: copy.merge_codes(who, a, b),
                "split": lambda: copy.split_code(who, a, [self.key(), self.key()]),
                "recode": lambda: copy.recode(who, a, b),
            }
            acts[verb]()

        self.act(self.handles[c][h], act, redo)

    @rule(
        c=COPY, h=HANDLE, w=WHO, i=NUMBER, j=NUMBER, redo=st.booleans(),
        verb=st.sampled_from(["add", "add", "remove", "respan", "reading", "decide"]),
    )  # fmt: skip
    def coding(self, c: int, h: int, w: int, i: int, j: int, redo: bool, verb: str) -> None:
        who = self.coders[w]

        def act(copy: Copy) -> None:
            if verb == "remove":
                copy.remove(who, self.pick(copy, "coding", i))
                return
            if verb == "respan":
                copy.respan(who, self.pick(copy, "coding", i), 1 + j % 3)
                return
            transcript, code = self.pick(copy, "transcript", i), self.pick(copy, "code", j)
            if verb == "add":
                copy.add(who, transcript, j, code, memo="catatan" if i % 3 == 0 else "")
            elif verb == "reading":
                copy.reading(who, transcript, j)
            else:
                turns = copy.turns(transcript)
                voice = turns[j % len(turns)][1]
                verdict = ["accepted", "rejected"][i % 2]
                copy.decide(who, transcript, j, code, verdict, f"karena {self.secret[voice]}" if voice else "karena")

        self.act(self.handles[c][h], act, redo)

    @rule(
        c=COPY, h=HANDLE, w=WHO, i=NUMBER, j=NUMBER, redo=st.booleans(),
        verb=st.sampled_from(["on", "tagged", "free", "rewrite", "rewrite-free", "code-free"]),
    )  # fmt: skip
    def memo(self, c: int, h: int, w: int, i: int, j: int, redo: bool, verb: str) -> None:
        who = self.coders[w]

        def act(copy: Copy) -> None:
            voice = self.pick(copy, "informant", j)
            free = f"bebas {self.secret[voice].replace('RAHASIA', 'BEBAS')}"
            acts: dict[str, Callable[[], object]] = {
                "on": lambda: copy.memo(who, f"catatan {i % 3}", self.pick(copy, "coding", i)),
                "tagged": lambda: copy.memo(who, f"kata {self.secret[voice]}", voices=[voice]),
                "free": lambda: copy.memo(who, free),
                "rewrite": lambda: copy.rewrite(who, self.pick(copy, "memo", i), f"lagi {self.secret[voice]}", [voice]),
                "rewrite-free": lambda: copy.rewrite(who, self.pick(copy, "memo", i), free),
                "code-free": lambda: copy.rename(who, self.pick(copy, "code", i), free),
            }
            acts[verb]()

        self.act(self.handles[c][h], act, redo)

    @rule(c=COPY, h=HANDLE, w=WHO, i=NUMBER, redo=st.booleans(), group=st.booleans())
    def imports(self, c: int, h: int, w: int, i: int, redo: bool, group: bool) -> None:
        def act(copy: Copy) -> None:
            voices = copy.guids("informant") if group else [self.pick(copy, "informant", i)]
            if not voices:
                raise StateError("nobody left")
            self.number += 1
            self.import_named(copy, self.coders[w], [[(v, f"lagi {self.secret[v]}") for v in voices]])

        self.act(self.handles[c][h], act, redo)

    @rule(c=COPY, h=HANDLE, w=WHO, i=NUMBER, redo=st.booleans())
    def revise(self, c: int, h: int, w: int, i: int, redo: bool) -> None:
        self.act(
            self.handles[c][h],
            lambda copy: copy.revise(self.coders[w], self.pick(copy, "transcript", i), "Judul " * (1 + i % 2)),
            redo,
        )

    @rule(c=COPY, h=HANDLE, w=WHO, back=st.booleans())
    def undo(self, c: int, h: int, w: int, back: bool) -> None:
        copy = self.handles[c][h]
        before = copy.state()
        try:
            copy.undo(self.coders[w])
        except REFUSALS:
            assert copy.state() == before
            return
        if back:
            copy.redo(self.coders[w])
            assert copy.state() == before
        self.check(copy)

    @rule(c=COPY, h=HANDLE, w=WHO)
    def redo(self, c: int, h: int, w: int) -> None:
        copy = self.handles[c][h]
        before = copy.state()
        try:
            copy.redo(self.coders[w])
        except REFUSALS:
            assert copy.state() == before
            return
        after = copy.state()
        try:
            copy.undo(self.coders[w])
        except REFUSALS:  # it had settled a conflict, which the undo would raise again
            assert any(name[0] == "conflict" for name in before)
            self.check(copy)
            return
        assert copy.state() == before
        copy.redo(self.coders[w])
        assert copy.state() == after
        self.check(copy)

    @rule(c=COPY, h=HANDLE, w=WHO, i=NUMBER)
    def erase(self, c: int, h: int, w: int, i: int) -> None:
        copy = self.handles[c][h]
        people = copy.guids("informant")
        if not people or i % 3:
            return
        guid = people[i % len(people)]
        copy.erase(self.coders[w], guid, self.secret[guid], self.secret[guid].replace("RAHASIA", "BEBAS"))
        self.check(copy)

    @rule(c=COPY, h=HANDLE, w=WHO, i=NUMBER)
    def mask(self, c: int, h: int, w: int, i: int) -> None:
        copy = self.handles[c][h]
        transcripts = copy.guids("transcript")
        if not transcripts or i % 3:
            return
        guid = transcripts[i % len(transcripts)]
        before = copy.state()
        try:
            copy.mask(self.coders[w], guid, self.named[guid])
        except REFUSALS:
            assert copy.state() == before
            return
        placed = {name: row for name, row in copy.state().items() if name[0] in {"coding", "reading", "decision"}}
        assert placed.keys() == {name for name in before if name[0] in {"coding", "reading", "decision"}}
        assert all(row["start"] is not None for row in placed.values()), "a place was lost"
        self.check(copy)

    # ---- copies ----
    @rule(c=COPY, h=HANDLE)
    def reopen(self, c: int, h: int) -> None:
        self.handles[c][h].close()
        self.handles[c][h] = Copy(self.handles[c][h].path)

    @rule(c=COPY, o=COPY)
    def copy(self, c: int, o: int) -> None:
        """A copy handed on, or an old backup put back."""
        if c == o:
            return
        self.handles[c][0].checkpoint()
        target = self.handles[o][0].path
        for handle in self.handles[o]:
            handle.close()
        for end in ("-wal", "-shm"):
            target.with_name(target.name + end).unlink(missing_ok=True)
        shutil.copy(self.handles[c][0].path, target)
        self.handles[o] = [Copy(target), Copy(target)]

    def merged(self, first: Copy, *others: Copy) -> Copy:
        """Return a new copy that holds what all of them hold."""
        copy = first.split()
        for other in others:
            copy.merge(other)
        return copy

    @rule(c=COPY, o=COPY)
    def merge(self, c: int, o: int) -> None:
        if c == o:
            return
        a, b = self.handles[c][0], self.handles[o][0]
        ab, ba = self.merged(a, b), self.merged(b, a)
        content = ab.content()
        assert ba.content() == content, "merging is commutative"
        ab.merge(b)
        ab.merge(a)
        assert ab.content() == content, "merging again changes nothing"
        self.check(ab)
        self.check(ba)
        ab.close()
        ba.close()
        a.merge(b)
        assert a.content() == content
        self.check(a)

    def teardown(self) -> None:
        if not hasattr(self, "handles"):
            return
        try:
            firsts = [handles[0] for handles in self.handles]
            contents = []
            orders = [*itertools.permutations(firsts)][:: 1 if LONG else 5]
            for order in orders:
                copy = self.merged(*order)
                self.check(copy)
                contents.append(copy.content())
                copy.close()
            right = self.merged(firsts[1], firsts[2])
            copy = self.merged(firsts[0], right)
            contents.append(copy.content())
            copy.close()
            right.close()
            assert all(content == contents[0] for content in contents), "merging is associative"
        finally:
            for handles in self.handles:
                for handle in handles:
                    handle.close()
            self.restore()
            shutil.rmtree(self.folder, ignore_errors=True)


EXAMPLES = int(os.environ.get("QUALCODE_LOG_EXAMPLES", "6"))
STEPS = int(os.environ.get("QUALCODE_LOG_STEPS", "20"))
LONG = "QUALCODE_LOG_EXAMPLES" in os.environ

LogMachine.TestCase.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=STEPS,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
    report_multiple_bugs=False,
    database=None,
)
TestLog = LogMachine.TestCase
