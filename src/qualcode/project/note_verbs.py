"""The verbs on what a researcher writes beside the codings."""

from __future__ import annotations

from qualcode.model import Coding, Memo, Quote, Relation
from qualcode.project import notes
from qualcode.project.desk import Desk

__all__ = ["NoteVerbs"]


class NoteVerbs(Desk):
    """Write memos and summaries, choose quotes, say what answers what."""

    def memo(self, text: str, *, about: str = "", kind: str = "note", code: str = "") -> Memo:
        """Write a memo and return it.

        *about* is an informant's id, a transcript's name, a code's key or a coding's guid; empty for the study. *kind* is note, summary
        (an informant's case summary; it replaces the one there) or tension (what does not fit).
        """
        guid = notes.write_memo(self._log, self._by(), self.corpus(), text, about=about, kind=kind, code=code)
        return next(memo for memo in self.corpus().memos if memo.guid == guid)

    def choose_quote(self, coding: str | Coding, *, chosen: bool = True, printable: str = "") -> Quote:
        """Choose a coding's passage as a quote of the report, or take the choice back; return the quote.

        Raises
        ------
        InputError
            If *printable* changes more than ``[…]`` and ``[ ]`` say.
        """
        guid = notes.choose_quote(
            self._log, self._by(), self.corpus(), self._coding(coding), chosen=chosen, printable=printable
        )
        return next(quote for quote in self.corpus().quotes if quote.guid == guid)

    def relate(
        self, source: str, target: str, *, kind: str = "answers", informant: str = "", worked: str = "", memo: str = ""
    ) -> Relation:
        """Say that code *source* bears on code *target* (a strategy answers a challenge), for an informant or the study."""
        guid = notes.relate(
            self._log,
            self._by(),
            self.corpus(),
            source,
            target,
            kind=kind,
            informant=informant,
            worked=worked,
            memo=memo,
        )
        return next(relation for relation in self.corpus().relations if relation.guid == guid)
