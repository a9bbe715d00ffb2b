"""Labels that people gave to passages elsewhere, and the codes of the study that they mean."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from qualcode.errors import N_, shorten
from qualcode.importers import same
from qualcode.model import Code, Codebook, Finding, code_key

__all__ = ["Labels"]

_NAMED = 12
"""How many candidates one message names."""
_NEAR = 0.8
"""From this likeness on, a new code is said to be perhaps one that is there."""


@dataclass(slots=True)
class Labels:
    """Finds the study's code that a label means, or makes a candidate code for it.

    A label means a code by its key, name or English name, whatever its case and spelling of joints; one that was merged away means the
    code it was merged into. `made` are the candidates, in the order in which they were needed.
    """

    codebook: Codebook
    merged: Mapping[str, str] = field(default_factory=dict)
    made: list[Code] = field(default_factory=list)
    near: dict[str, str] = field(default_factory=dict)
    """New names, each with the name of the study's code that looks most alike."""
    _known: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for label, key in self.merged.items():
            self._known.setdefault(same(label), key)
        # What a code is now called goes before what another, merged into something, once was.
        for field_name in ("name_en", "name", "key"):
            for code in reversed(self.codebook.codes):
                if said := str(getattr(code, field_name)):
                    self._known[same(said)] = code.key

    def find(self, label: str) -> str | None:
        """Return the key of the code that *label* means, if there is one."""
        return self._known.get(same(label))

    def slip_of(self, label: str) -> str | None:
        """Return the key of the code that *label* is most likely a slip of: who writes a word more or less means something else."""
        return self.looks_like(label, word_for_word=True)

    def looks_like(self, label: str, *, word_for_word: bool = False) -> str | None:
        """Return the key of the code that looks most like *label*, if it means none; with other numbers it is another."""
        form = same(label)
        forms = [each for each in self._known if not word_for_word or len(each.split()) == len(form.split())]
        likely = difflib.get_close_matches(form, forms, n=1, cutoff=_NEAR) if len(form) > 2 else []
        if not likely or re.findall(r"\d+", likely[0]) != re.findall(r"\d+", form):
            return None
        return self._known[likely[0]]

    def key(self, path: Sequence[str]) -> str:
        """Return the key of the code at the end of *path* (labels, outermost first); what is not there is made a candidate."""
        above: str | None = None
        for label in path:
            found = self.find(label)
            if found is None:
                found = self._make(label, above)
            above = found
        return above or ""

    def _make(self, label: str, above: str | None) -> str:
        taken = {code.key for code in (*self.codebook.codes, *self.made)}
        base = key = code_key(label)
        number = 1
        while key in taken:
            number += 1
            key = f"{base}-{number}"
        if (like := self.looks_like(label)) is not None and like in self.codebook:
            self.near[label] = self.codebook.code(like).name
        self.made.append(Code(key, " ".join(label.split()), parent=above, origin="imported"))
        self._known[same(label)] = key
        return key

    def findings(self, file: str = "") -> Iterator[Finding]:
        """Yield what is to be said of the candidates."""
        if self.made:
            names = ", ".join(shorten(code.name) for code in self.made[:_NAMED]) + (
                " …" if len(self.made) > _NAMED else ""
            )
            message = N_("{n} labels are no code of the study and become candidates (origin: imported): {names}")
            yield Finding("doubtful", message, file, rule="codes", parameters={"n": len(self.made), "names": names})
        for name, other in self.near.items():
            message = N_("the new code {name!r} looks like {other!r}; if they are one, merge them")
            names_ = {"name": shorten(name), "other": shorten(other)}
            yield Finding("doubtful", message, file, rule="codes", parameters=names_)
