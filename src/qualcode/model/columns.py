"""Codings held as columns, so that five million of them fit in memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import UTC, datetime, timedelta
from typing import overload

from qualcode.model.coding import Coding, Elicited, Origin, Stance
from qualcode.model.span import Span

__all__ = ["Codings"]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
STANCES = tuple(Stance)
ELICITED = tuple(Elicited)
ORIGINS = tuple(Origin)
# A member equals its value and hashes like it: the numbers are found by either, without making the member.
STANCE_NUMBERS: dict[str, int] = {stance: number for number, stance in enumerate(STANCES)}
ELICITED_NUMBERS: dict[str, int] = {elicited: number for number, elicited in enumerate(ELICITED)}
ORIGIN_NUMBERS: dict[str, int] = {origin: number for number, origin in enumerate(ORIGINS)}


class _Names:
    """A column of repeated strings: each stored once, cells hold its number."""

    __slots__ = ("cells", "names", "numbers")

    def __init__(self) -> None:
        self.names: list[str] = []
        self.numbers: dict[str, int] = {}
        self.cells = array("i")

    def append(self, name: str) -> None:
        number = self.numbers.get(name)
        if number is None:
            number = self.numbers[name] = len(self.names)
            self.names.append(name)
        self.cells.append(number)

    def renamed(self, names: Mapping[str, str]) -> _Names:
        """Return the same cells with some names changed; no two may become one."""
        found = _Names()
        found.names = [names.get(name, name) for name in self.names]
        found.numbers = {name: number for number, name in enumerate(found.names)}
        found.cells = self.cells
        return found

    def __getitem__(self, row: int) -> str:
        return self.names[self.cells[row]]


class Codings(Sequence[Coding]):
    """An immutable sequence of codings; each is made into an object when it is looked at.

    Analyses over many codings read the columns: `starts`, `ends` (code points), `at` (microseconds since 1970, UTC) and
    the name columns `transcripts`, `codes`, `coders` … whose `cells` index into `names`.
    """

    __slots__ = (
        "at",
        "coders",
        "codes",
        "elicited",
        "ends",
        "guids",
        "memos",
        "origins",
        "revisions",
        "rounds",
        "stances",
        "starts",
        "transcripts",
        "uncertain",
        "versions",
    )

    def __init__(self, codings: Iterable[Coding] = ()) -> None:
        self.guids = bytearray()
        self.starts = array("q")
        self.ends = array("q")
        self.at = array("q")
        self.transcripts = _Names()
        self.revisions = _Names()
        self.codes = _Names()
        self.coders = _Names()
        self.rounds = _Names()
        self.versions = _Names()
        self.stances = bytearray()
        self.elicited = bytearray()
        self.origins = bytearray()
        self.uncertain = bytearray()
        self.memos: dict[int, str] = {}
        for coding in codings:
            self._append(
                bytes.fromhex(coding.guid),
                coding.transcript,
                coding.revision,
                coding.span.start,
                coding.span.end,
                coding.code,
                coding.coder,
                (coding.at - EPOCH) // timedelta(microseconds=1),
                coding.codebook_version,
                coding.round,
                coding.origin,
                coding.stance,
                coding.elicited,
                coding.uncertain,
                coding.memo,
            )

    @classmethod
    def from_rows(
        cls,
        rows: Iterable[tuple[bytes, str, str, int, int, str, str, int, str, str, str, str, str, bool, str]],
    ) -> Codings:
        """Return codings from rows of (guid of 16 bytes, transcript, revision, start, end, code, coder, at in microseconds,
        codebook version, round, origin, stance, elicited, uncertain, memo), without making an object of each.
        """  # noqa: D205
        codings = cls()
        for row in rows:
            codings._append(*row)
        return codings

    def with_memos(self, memos: Mapping[int, str]) -> Codings:
        """Return the same codings with these memos alone, by row."""
        found = copy(self)
        found.memos = dict(memos)
        return found

    def with_keys(self, keys: Mapping[str, str]) -> Codings:
        """Return the same codings with some codes under other *keys* (old → new)."""
        found = copy(self)
        found.codes = self.codes.renamed(keys)
        return found

    def _append(
        self,
        guid: bytes,
        transcript: str,
        revision: str,
        start: int,
        end: int,
        code: str,
        coder: str,
        at: int,
        version: str,
        round_: str,
        origin: str,
        stance: str,
        elicited: str,
        uncertain: bool,
        memo: str,
    ) -> None:
        if memo:
            self.memos[len(self.starts)] = memo
        self.guids += guid
        self.starts.append(start)
        self.ends.append(end)
        self.at.append(at)
        self.transcripts.append(transcript)
        self.revisions.append(revision)
        self.codes.append(code)
        self.coders.append(coder)
        self.rounds.append(round_)
        self.versions.append(version)
        self.origins.append(ORIGIN_NUMBERS[origin])
        self.stances.append(STANCE_NUMBERS[stance])
        self.elicited.append(ELICITED_NUMBERS[elicited])
        self.uncertain.append(uncertain)

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, index: int) -> Coding: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Coding, ...]: ...
    def __getitem__(self, index: int | slice) -> Coding | tuple[Coding, ...]:
        if isinstance(index, slice):
            return tuple(self._row(row) for row in range(*index.indices(len(self))))
        row = index + len(self) if index < 0 else index
        if not 0 <= row < len(self):
            raise IndexError(index)
        return self._row(row)

    def _row(self, row: int) -> Coding:
        return Coding(
            guid=bytes(self.guids[16 * row : 16 * row + 16]).hex(),
            transcript=self.transcripts[row],
            revision=self.revisions[row],
            span=Span(self.starts[row], self.ends[row]),
            code=self.codes[row],
            coder=self.coders[row],
            at=EPOCH + timedelta(microseconds=self.at[row]),
            codebook_version=self.versions[row],
            round=self.rounds[row],
            origin=ORIGINS[self.origins[row]],
            stance=STANCES[self.stances[row]],
            elicited=ELICITED[self.elicited[row]],
            uncertain=bool(self.uncertain[row]),
            memo=self.memos.get(row, ""),
        )

    def __iter__(self) -> Iterator[Coding]:
        return (self._row(row) for row in range(len(self)))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Codings)
            and len(self) == len(other)
            and all(a == b for a, b in zip(self, other, strict=True))
        )

    def __hash__(self) -> int:
        return hash((len(self), bytes(self.guids)))

    def __repr__(self) -> str:
        return f"<{len(self)} codings>"
