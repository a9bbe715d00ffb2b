"""The verbs on the codebook: whole, and code by code as it grows out of the data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import N_, InputError, shorten
from qualcode.model import Code, Codebook, code_key
from qualcode.model.codebook import COLOUR, KEY
from qualcode.project.desk import Desk

if TYPE_CHECKING:
    from qualcode.codebooks import Change

__all__ = ["CodebookVerbs", "loaded"]


def loaded(codebook: str | Path | Codebook | None, columns: Mapping[str, str] | None = None) -> Codebook | None:
    """Return the codebook that is meant: itself, a shipped one by name, or that of a file."""
    if codebook is None or isinstance(codebook, Codebook):
        return codebook
    from qualcode.codebooks import load_codebook

    return load_codebook(codebook, columns=columns)


class CodebookVerbs(Desk):
    """Set a codebook, and make, change, group and merge its codes. Codings stay with their codes; every change can be undone."""

    def put_codebook(
        self, codebook: str | Path | Codebook, *, columns: Mapping[str, str] | None = None
    ) -> tuple[Change, ...]:
        """Give the study *codebook* (a shipped name, a file, or a codebook) and return what changed.

        Codes are known by key: new ones are added, changed ones changed, missing ones set out of use; codings stay. *columns* names the columns
        of a table that are not guessed rightly, by field.
        """
        from qualcode.codebooks import diff
        from qualcode.store.acts.codebook import put_codebook

        book = loaded(codebook, columns)
        if book is None:
            return ()
        before = self.codebook
        put_codebook(self._log, self._by(), book)
        return diff(before, self.codebook)

    def add_code(
        self,
        name: str,
        *,
        key: str = "",
        name_en: str = "",
        definition: str = "",
        under: str | None = None,
        family: str = "",
        stage: str = "",
        origin: str = "inductive",
        colour: str = "",
    ) -> Code:
        """Add a code and return it.

        Parameters
        ----------
        name : str
            As people read it; the key is made from it where none is given.
        under : str, optional
            Key of the code above.
        stage : str
            Of coding in which it was made: open, axial, selective, or empty.

        Raises
        ------
        ConflictError
            If the key is in use.
        NotFoundError
            With the nearest keys, if there is no code to stand under.
        """
        from qualcode.store.acts.codes import add_code

        _check_colour(colour)
        new = code_named(name, key)
        made = replace(
            new,
            name_en=name_en,
            definition=definition,
            family=family,
            parent=self.codebook.code(under).key if under else None,
            stage=stage,
            origin=origin,
            colour=colour,
        )
        add_code(self._log, self._by(), made)
        return self.codebook.code(new.key)

    def open_code(self, name: str) -> Code:
        """Return the code with that key or name; where there is none, make it: an open code out of the data."""
        words, book = name.strip().casefold(), self.codebook
        known = next((c for c in book if words in {c.key, c.name.casefold(), c.name_en.casefold()}), None)
        if known is None and book.merged_as(words) is not None:
            return book.code(words)  # which says what became of it
        return known or self.add_code(name, stage="open")

    def edit_code(self, code: str, **values: str | Sequence[str]) -> Code:
        """Change fields of a code, such as ``definition="…"`` or ``keywords=["arisan", "patungan"]``, and return it.

        Raises
        ------
        InputError
            If a code has no such field, or a rule is broken.
        """
        from qualcode.rules import parse
        from qualcode.store.acts.codes import edit_code

        book = self.codebook
        found = book.code(code)
        for rule in values.get("keywords", ()):
            parse(rule, book.macros)
        _check_colour(str(values.get("colour", "")))
        changed = {name: tuple(v) if not isinstance(v, str) else v for name, v in values.items()}
        replace(found, **{n: v for n, v in changed.items() if n in {"stage", "name"}})  # type: ignore[arg-type]  # says what is wrong
        edit_code(self._log, self._by(), found.guid, changed)
        return self.codebook.code(found.key)

    def rename_code(self, code: str, key: str) -> Code:
        """Give a code another key, and return it."""
        from qualcode.store.acts.codes import rekey

        rekey(self._log, self._by(), self.codebook.code(code).guid, key)
        return self.codebook.code(key)

    def group_codes(self, codes: Sequence[str], under: str, *, stage: str = "") -> Code:
        """Put *codes* under one code (by key or name), which is made where there is none; return it. One change, undone as one.

        *stage* is that of a code that is made, such as axial for a category.
        """
        from qualcode.store.acts.codes import group

        book = self.codebook
        guids = [book.code(code).guid for code in codes]
        if not guids:
            raise InputError(N_("name the codes to put under {under!r}"), under=under)
        known = next((c for c in book if under.casefold() in {c.key, c.name.casefold()}), None)
        into = known.guid if known else replace(code_named(under), origin="inductive", stage=stage)
        group(self._log, self._by(), guids, into)
        return self.codebook.code(known.key if known else code_named(under).key)

    def move_code(self, code: str, under: str | None) -> Code:
        """Put a code under another, or at the top where *under* is None; return it."""
        from qualcode.store.acts.codes import move

        book = self.codebook
        found = book.code(code)
        move(self._log, self._by(), found.guid, book.code(under).guid if under else None)
        return self.codebook.code(found.key)

    def merge_codes(self, code: str, into: str) -> Code:
        """Let *code* count as *into* and return that one. No coding is changed, and undoing gives all of them back."""
        from qualcode.store.acts.codes import merge_codes

        book = self.codebook
        kept = book.code(into)
        merge_codes(self._log, self._by(), book.code(code).guid, kept.guid)
        return self.codebook.code(kept.key)

    def retire_code(self, code: str) -> Code:
        """Take a code out of use and return it; its codings stay."""
        from qualcode.store.acts.codes import retire

        found = self.codebook.code(code)
        retire(self._log, self._by(), found.guid)
        return self.codebook.code(found.key)

    def use_code(self, code: str) -> Code:
        """Put a code in use that was shipped switched off or was retired, and return it."""
        from qualcode.store.acts.codes import activate

        found = self.codebook.code(code)
        activate(self._log, self._by(), found.guid)
        return self.codebook.code(found.key)


def _check_colour(colour: str) -> None:
    if colour and not COLOUR.fullmatch(colour):
        raise InputError(N_("colour {colour!r} is not a # and six hexadecimal digits"), colour=shorten(colour))


def code_named(name: str, key: str = "") -> Code:
    """Return a code called *name*, with *key* or one made from the name."""
    if not name.strip():
        raise InputError(N_("a code needs a name"))
    words = name.strip()
    is_key = KEY.fullmatch(words) is not None
    return Code(key or (words if is_key else code_key(words)), "" if is_key and not key else words)
