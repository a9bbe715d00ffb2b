"""The blind first pass: the coder decides on a passage, and only then sees what the machine would suggest."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from qualcode.cli._options import say
from qualcode.cli._review_keys import press
from qualcode.cli._review_screen import PassedOver, probability, show_passage, show_suggestion
from qualcode.cli._review_sitting import READING_HELP, Sitting
from qualcode.errors import N_
from qualcode.model import Suggestion

if TYPE_CHECKING:
    from qualcode.suggesters.queue.drawing import Passage

__all__ = ["BlindSitting"]

SEEN_KEYS = N_("  a give this code, too  r leave it as I decided  q stop")


class BlindSitting(Sitting):
    """Goes through passages that the coder decides on before anything is shown."""

    def go_blind(self, passages: Sequence[Passage]) -> None:
        """Show one passage after the other, without code, score or marks, and what is suggested only after the decision."""
        say(N_("Blind first pass: decide what is in each passage; what the machine suggests is shown after that."))
        say(READING_HELP)
        seen: set[int] = set()
        at = 0
        while at < len(passages):
            one = passages[at]
            if self.codebook_changed():
                return
            started = time.monotonic()
            try:
                show_passage(self.study.corpus(), one.reading, f"[{at + 1}/{len(passages)}]", skippable=True)
            except PassedOver:
                self._done.append((at, 0))
                at += 1
                continue
            steps = len(self._done)
            moved = self._code_freely(at, one.reading)
            if moved is None:
                return
            if moved != at + 1:
                at = moved
                continue
            if len(self._done) > steps and self._done[-1][1]:  # a passage that was skipped shows nothing
                blind = at not in seen
                seen.add(at)
                if not self._reveal(at, one, time.monotonic() - started, blind=blind):
                    return
            at += 1

    def _reveal(self, at: int, passage: Passage, seconds: float, *, blind: bool) -> bool:
        """Show what is suggested for a passage that was decided; return False to stop.

        Once seen, a passage is not blind any more: one that is taken back and decided again counts as shown.
        """
        study = self.study
        corpus = study.corpus()
        mine = {
            c.code: c.guid
            for c in corpus.codings
            if c.coder == study.coder
            and c.revision == passage.reading.revision
            and c.span.overlaps(passage.reading.span)
        }
        if not passage.suggestions:
            say(N_("  The machine suggests nothing here."))
        for one in passage.suggestions:
            if one.code in mine:
                if one.score == one.score:
                    say(N_("  The machine suggests {code}, too ({p})."), code=one.code, p=probability(one.score))
                else:
                    say(N_("  A rule of {code} matches, too."), code=one.code)
                study.accept(one if blind else replace(one, coding=mine[one.code]), seconds=seconds, blind=blind)
                self._done.append((at, 1))
            elif not self._second_look(at, one, blind=blind):
                return False
        alone = sorted(set(mine) - {one.code for one in passage.suggestions})
        if alone and passage.suggestions:
            say(N_("  You alone gave: {codes}"), codes=", ".join(alone))
        return True

    def _second_look(self, at: int, one: Suggestion, *, blind: bool) -> bool:
        """Show a suggestion that the coder had not given and let them change their mind; return False to stop."""
        show_suggestion(self.study.corpus(), one)
        started = time.monotonic()
        while True:
            key = press(SEEN_KEYS)
            seconds = time.monotonic() - started
            if key == "q" or (key in "ar" and self.codebook_changed()):
                return False
            if key == "a":
                coding = self.study.accept(one, seconds=seconds, blind=blind)
                self._done.append((at, 1))
                self.mark(coding, one)
                return True
            if key == "r":
                self.study.reject(one, seconds=seconds, blind=blind)
                self._done.append((at, 1))
                return True
