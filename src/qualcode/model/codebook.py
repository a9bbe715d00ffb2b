"""Codes, families and the codebook that holds them."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from types import MappingProxyType
from typing import Any

from qualcode.errors import N_, InputError, NotFoundError

__all__ = ["STAGES", "Code", "Codebook", "Family", "code_key"]

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
class Codebook:
    """A versioned set of codes, in the order researchers read them.

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
            With the nearest keys, if there is none.
        """
        for code in self.codes:
            if code.key == key:
                return code
        raise NotFoundError(
            N_("no code {name!r} in codebook {codebook!r}"),
            name=key,
            known=[code.key for code in self.codes],
            codebook=self.name,
        )

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


def _codebook(values: dict[str, Any]) -> Codebook:
    """Return a codebook from the values of its fields; a mapping proxy cannot be pickled, so macros come as a dict."""
    return Codebook(**{**values, "macros": MappingProxyType(values["macros"])})
