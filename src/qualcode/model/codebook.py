"""Codes, families and the codebook that holds them."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from types import MappingProxyType
from typing import Any

from qualcode.errors import N_, InputError, NotFoundError

__all__ = ["STAGES", "Code", "Codebook", "Family", "Merged", "code_key"]

KEY = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
STAGES = ("open", "axial", "selective")
"""The stages of coding in grounded theory (Strauss and Corbin 1990): a code remembers in which it was made."""


def code_key(label: str) -> str:
    """Return a key for a code called *label*: at most eight words in plain lower-case letters.

    >>> code_key("Upah rendah & eksploitasi (terselubung)"), code_key("收入")
    ('upah-rendah-eksploitasi-terselubung', 'kode')
    """
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower().replace("'", "")
    words: list[str] = []
    for word in re.findall(r"[a-z0-9]+", plain)[:8]:
        if words and len("-".join([*words, word])) > 60:
            break
        words.append(word[:60])
    return "-".join(words) or "kode"


@dataclass(frozen=True, slots=True)
class Family:
    """A group of codes that are read together. `kind` is challenge, strategy or empty."""

    key: str
    name: str
    name_en: str = ""
    kind: str = ""
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """A label with a definition and rules.

    `keywords` are rules in the language of `qualcode.rules`. `active` is False for codes that a codebook ships but
    leaves off until a researcher turns them on, and for those retired. `origin` tells where a code came from: a_priori,
    inductive, addition, suggested or imported; `stage` in which stage of coding it was made: open, axial, selective, or empty
    where the study does not speak of stages.
    """

    key: str
    name: str = ""
    guid: str = ""
    name_en: str = ""
    definition: str = ""
    include: str = ""
    exclude: str = ""
    examples: tuple[str, ...] = ()
    near_misses: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    family: str = ""
    parent: str | None = None
    colour: str = ""
    origin: str = "a_priori"
    active: bool = True
    stage: str = ""

    def __post_init__(self) -> None:
        if not KEY.fullmatch(self.key):
            raise InputError(
                N_("code key {key!r} is not lower-case words joined by - or _"),
                hint=N_("write it like 'upah-rendah' or 'upah_rendah'"),
                key=self.key,
            )
        if self.stage and self.stage not in STAGES:
            raise InputError(
                N_("code {key!r} has the stage {stage!r}; stages are {stages}"),
                key=self.key,
                stage=self.stage,
                stages=", ".join(STAGES),
            )
        if not self.name:
            object.__setattr__(self, "name", self.key.replace("-", " ").replace("_", " "))

    def title(self, language: str = "id") -> str:
        """Return the name in *language*, or the Indonesian one where there is no other."""
        return self.name_en if language == "en" and self.name_en else self.name


@dataclass(frozen=True, slots=True)
class Merged:
    """A code that counts as another since somebody merged it: its old key, that of the code it counts as, and the log's word on it.

    `number` is that of the change in the log.
    """

    key: str
    guid: str
    into: str
    at: datetime
    number: int


@dataclass(frozen=True, slots=True)
class Codebook:
    """A versioned set of codes, in the order researchers read them: each code before those under it, otherwise as given.

    Raises
    ------
    InputError
        If a key stands twice, a parent or family is missing, or parents form a ring.
    """

    name: str
    codes: tuple[Code, ...] = ()
    families: tuple[Family, ...] = ()
    version: str = "1"
    title: str = ""
    title_en: str = ""
    language: str = "id"
    description: str = ""
    sources: tuple[str, ...] = ()
    macros: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    merged: tuple[Merged, ...] = field(default=(), compare=False)
    """What became of codes that are in it no more; a study knows, a file does not."""

    def __post_init__(self) -> None:
        by_key: dict[str, Code] = {}
        for code in self.codes:
            if code.key in by_key:
                raise InputError(N_("code key {key!r} stands twice"), key=code.key)
            by_key[code.key] = code
        families = {family.key for family in self.families}
        for code in self.codes:
            if code.parent is not None and code.parent not in by_key:
                raise NotFoundError(
                    N_("code {key!r} has a parent {name!r} that is not in the codebook"),
                    name=code.parent,
                    known=by_key,
                    key=code.key,
                )
            if code.family and families and code.family not in families:
                raise NotFoundError(
                    N_("code {key!r} names a family {name!r} that is not in the codebook"),
                    name=code.family,
                    known=families,
                    key=code.key,
                )
            seen = [code.key]
            parent = code.parent
            while parent is not None:
                if parent in seen:
                    raise InputError(
                        N_("the parents of code {key!r} form a ring: {ring}"),
                        key=code.key,
                        ring=" → ".join([*seen, parent]),
                    )
                seen.append(parent)
                parent = by_key[parent].parent
        object.__setattr__(self, "codes", _parents_first(self.codes))

    def __reduce__(self) -> tuple[object, ...]:
        """Let a codebook be pickled and deep-copied, as scikit-learn's `clone` does with an estimator's parameters."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        return (_codebook, ({**values, "macros": dict(self.macros)},))

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes)

    def __len__(self) -> int:
        return len(self.codes)

    def __contains__(self, key: object) -> bool:
        return any(code.key == key for code in self.codes)

    @property
    def active(self) -> tuple[Code, ...]:
        """The codes in use."""
        return tuple(code for code in self.codes if code.active)

    @property
    def label(self) -> str:
        """The version with eight hex digits of its content, as a coding remembers it: ``1.0+3fa2b1c9``."""
        body = json.dumps(
            [
                [asdict(family) for family in self.families],
                # A field that came later stays out where it is empty, so that what codings remember still fits.
                [{k: v for k, v in asdict(code).items() if k != "stage" or v} | {"guid": ""} for code in self.codes],
                dict(self.macros),
            ],
            ensure_ascii=False,
            sort_keys=True,
        )
        return f"{self.version}+{hashlib.sha256(body.encode()).hexdigest()[:8]}"

    def code(self, key: str) -> Code:
        """Return the code with *key*.

        Raises
        ------
        NotFoundError
            With the nearest keys, if there is none; of a code that was merged into another, with what it counts as.
        """
        for code in self.codes:
            if code.key == key:
                return code
        if (merged := self.merged_as(key)) is not None:
            raise NotFoundError(
                N_("code {name!r} was merged into {into!r} on {at} (number {number} in the log)"),
                hint=N_("use {into}; who merged them takes that back with: qualcode undo"),
                name=key,
                into=merged.into,
                at=merged.at,
                number=merged.number,
            )
        raise NotFoundError(
            N_("no code {name!r} in codebook {codebook!r}"),
            name=key,
            known=[code.key for code in self.codes],
            codebook=self.name,
        )

    def merged_as(self, key: str) -> Merged | None:
        """Return what became of *key* if it is that of a code merged into another, and of none that is there."""
        return None if key in self else next((merged for merged in self.merged if merged.key == key), None)

    def children(self, key: str) -> tuple[Code, ...]:
        """Return the codes directly under *key*, in codebook order."""
        return tuple(code for code in self.codes if code.parent == key)

    def family_of(self, key: str) -> Family | None:
        """Return the family of code *key*: its own, or the nearest ancestor's."""
        code: Code | None = self.code(key)
        while code is not None:
            if code.family:
                return next((f for f in self.families if f.key == code.family), Family(code.family, code.family))
            code = self.code(code.parent) if code.parent else None
        return None


def _parents_first(codes: tuple[Code, ...]) -> tuple[Code, ...]:
    """Return *codes* with the children of each directly after it: a category may be made after what stands in it."""
    under: dict[str | None, list[Code]] = {}
    for code in codes:
        under.setdefault(code.parent, []).append(code)
    found: list[Code] = []
    left = under.get(None, [])[::-1]
    while left:
        found.append(left.pop())
        left += under.get(found[-1].key, [])[::-1]
    return tuple(found)


def _codebook(values: dict[str, Any]) -> Codebook:
    """Return a codebook from the values of its fields; a mapping proxy cannot be pickled, so macros come as a dict."""
    return Codebook(**{**values, "macros": MappingProxyType(values["macros"])})
