"""A sitting with suggestions: what each key does, and how it is taken back. Every decision is saved as soon as its key is pressed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from qualcode.cli._help import spoken, translated
from qualcode.cli._options import confirm, say
from qualcode.cli._review_keys import (
    ask_codes,
    ask_elicited,
    ask_line,
    ask_stance,
    ask_words,
    code_meant,
    press,
    say_error,
)
from qualcode.cli._review_screen import PassedOver, show_passage, show_suggestion, words_shown
from qualcode.errors import N_, QualcodeError, shorten
from qualcode.model import Coding, Span, Suggestion, Verdict

if TYPE_CHECKING:
    from qualcode.project import Project

__all__ = ["FAST_RUN", "READING_HELP", "Sitting"]

FAST_RUN = 10
"""So many fast accepts in a row ask whether to read again."""
HELP = N_(
    "  a accept · c correct: code or words · r reject · n read, nothing to code · s skip · m memo · u undo · q stop"
)
ASKED_HELP = N_("  a keep the code · c correct: code or words · r take it away · s skip · m memo · u undo · q stop")
TAKEN_BACK = 100
QUESTION_HELP = N_(
    "  a the passage bears the code · c correct: code or words · r it does not · n read, nothing to code · s skip · m memo · u undo · q stop"
)
READING_HELP = N_("  c code · n read, nothing to code · s skip · m memo · u undo · q stop")
KEYS = N_("  a accept  c correct  r reject  n nothing  s skip  m memo  u undo  q stop")
ASKED_KEYS = N_("  a keep  c correct  r take away  s skip  m memo  u undo  q stop")
QUESTION_KEYS = N_("  a yes  c correct  r no  n nothing  s skip  m memo  u undo  q stop")
READING_KEYS = N_("  c code  n nothing  s skip  m memo  u undo  q stop")
AGAIN_KEYS = N_("  k keep  r take away  q no more of these")
"""Short enough for a line of 80: shown before each key, while the help comes at the start and after a key that means nothing."""


@dataclass(frozen=True, slots=True)
class _Accepted:
    """An acceptance in a run: what was accepted, and the coding it made."""

    suggestion: Suggestion
    coding: Coding


class Sitting:
    """Goes through suggestions with the coder at the keyboard.

    Parameters
    ----------
    study : Project
        Open for writing, with a coder.
    """

    def __init__(self, study: Project) -> None:
        self.study = study
        self._done: list[tuple[int, int]] = []
        """Where each step was made, and how many events it wrote: what `u` takes back."""
        self._fast: list[_Accepted] = []
        self._read: dict[int, tuple[str, Span]] = {}
        self._seen: tuple[tuple[str, Span], float] | None = None
        """The passage last shown, and when it came into sight."""
        self._lead = 0.0
        """Seconds for which it had been in sight, with another suggestion, when this one came."""
        self._codebook = study.codebook
        self._defined = ""
        """The code whose definition was shown last."""

    def go_through(self, suggestions: Sequence[Suggestion]) -> None:
        """Show one suggestion after the other until all are decided on or the coder stops; those of one passage follow each other."""
        suggestions = _together(suggestions)
        if suggestions:
            say(_keys(suggestions[0])[0])
        at = 0
        while at < len(suggestions):
            one = suggestions[at]
            if (one.revision, one.span) in self._read.values():
                at += 1
                continue
            if self.codebook_changed():
                return
            if self._settled(one):
                at += 1
                continue
            try:
                started = self._shown(one, f"[{at + 1}/{len(suggestions)}]")
            except PassedOver:
                at = self._leave(at, suggestions)
                continue
            moved = self._decide(at, one, started) if one.code else self._code_freely(at, one)
            if moved is None:
                return
            at = moved

    def codebook_changed(self) -> bool:
        """Tell, and say, whether the codebook was changed elsewhere: what is suggested was learnt by another one."""
        if self.study.codebook == self._codebook:
            return False
        say(
            N_(
                "The codebook was changed meanwhile, elsewhere (qualcode log says how). What you decided is saved; start the review again, so that suggestions go by the new one."
            )
        )
        return True

    def _settled(self, one: Suggestion) -> bool:
        """Tell, and say, whether this coder has decided on *one* meanwhile, in another window."""
        settled = any(
            decision.suggestion == one.guid
            and decision.coder == self.study.coder
            and decision.verdict is not Verdict.SKIPPED
            for decision in self.study.corpus().decisions
        )
        if settled:
            say(N_("  A suggestion was decided meanwhile, in another window: it is left out."))
        return settled

    def _shown(self, one: Suggestion, head: str) -> float:
        """Show a suggestion with its passage; return when it came into sight. What its code means is said once in a row."""
        started = time.monotonic()
        place = (one.revision, one.span)
        if self._seen is None or self._seen[0] != place:
            self._seen = place, started
        self._lead = started - self._seen[1]
        corpus = self.study.corpus()
        rows = show_passage(corpus, one, head, skippable=True)
        show_suggestion(corpus, one, above=rows, defined=one.code != self._defined)
        self._defined = one.code
        return started

    def _decide(self, at: int, one: Suggestion, started: float) -> int | None:
        """Ask until a decision on *one* is made; return where to go on, None to stop. It came into sight when *started*."""
        explained, keys = _keys(one)
        while True:
            key = press(keys)
            seconds = time.monotonic() - started
            if key == "q" or (key in "acrn" and self.codebook_changed()):
                return None
            if key == "m":
                self.write_memo(at, one)
                started = time.monotonic() - seconds  # writing is not deciding
            elif key == "u":
                back = self.take_back()
                if back is not None:
                    return back
            elif key == "a":
                self._accept(at, one, seconds)
                return at + 1
            elif key == "c":
                if self._correct(at, one, seconds):
                    return at + 1
            elif key == "r" or (key == "n" and not one.coding) or key == "s":
                self._pass_over(at, one, key, seconds)
                return at + 1
            else:
                say(explained)

    def _accept(self, at: int, one: Suggestion, seconds: float) -> None:
        """Save the acceptance, then ask for marks; ten fast ones in a row ask to read again."""
        from qualcode.suggesters.acceptance.figures import fastest_reading

        coding = self.study.accept(one, seconds=seconds)
        self._done.append((at, 1))
        if one.coding:
            return
        if self._lead + seconds < fastest_reading(words_shown(self.study.corpus(), one)):
            self._fast.append(_Accepted(one, coding))
        else:
            self._fast.clear()
        self.mark(coding, one)
        if len(self._fast) >= FAST_RUN:
            self._read_again(at)

    def _correct(self, at: int, one: Suggestion, seconds: float) -> bool:
        """Ask for another code or other words and save the correction; tell whether there was one."""
        corpus = self.study.corpus()
        typed = ask_line(translated(N_("code, or how it begins (Enter: {code}; ? lists them)"), code=one.code))
        try:
            key = code_meant(corpus.codebook, typed) if typed else ""
            if typed and not key:
                return False
            from qualcode.nlp.sentences import sentences

            several = len(sentences(one.quote)) > 1
            span = ask_words(corpus.transcript(one.transcript), one) if several or not key else None
            if key in {"", one.code} and span is None:
                say(N_("  Neither another code nor other words: nothing is corrected."))
                return False
            coding = self.study.correct(one, code=key, span=span, seconds=seconds)
        except QualcodeError as error:
            say_error(error)
            return False
        self._done.append((at, 1))
        self._fast.clear()
        if not one.coding:
            self.mark(coding, replace(one, code=coding.code))
        return True

    def _pass_over(self, at: int, one: Suggestion, key: str, seconds: float) -> None:
        if key == "r":
            self.study.reject(one, seconds=seconds)
        elif key == "n":
            self.study.nothing_to_code(one, seconds=seconds)
            self._read[at] = (one.revision, one.span)
        else:
            self.study.skip(one, seconds=seconds)
        self._done.append((at, 1))
        self._fast.clear()

    def _leave(self, at: int, suggestions: Sequence[Suggestion]) -> int:
        """Skip all that is suggested for a passage whose end was not read; return where to go on."""
        place = suggestions[at].revision, suggestions[at].span
        behind = at
        while behind < len(suggestions) and (suggestions[behind].revision, suggestions[behind].span) == place:
            if suggestions[behind].code:
                self.study.skip(suggestions[behind])
            self._done.append((at, 1 if suggestions[behind].code else 0))
            behind += 1
        self._fast.clear()
        return behind

    def _code_freely(self, at: int, one: Suggestion) -> int | None:
        """Let the coder code a passage for which nothing is suggested; return where to go on, None to stop."""
        while True:
            key = press(READING_KEYS)
            if key == "q" or (key in "cn" and self.codebook_changed()):
                return None
            if key == "m":
                self.write_memo(at, one)
            elif key == "u":
                back = self.take_back()
                if back is not None:
                    return back
            elif key == "s":
                self._done.append((at, 0))
                return at + 1
            elif key == "n" or (key == "c" and self.give_codes(at, one)):
                self.study.read_passage(one)
                self._done.append((at, 1))
                return at + 1
            elif key != "c":
                say(READING_HELP)

    def give_codes(self, at: int, one: Suggestion) -> tuple[str, ...]:
        """Ask for codes of the passage, and code it with each; return them, none where nothing was coded."""
        corpus = self.study.corpus()
        keys = ask_codes(corpus.codebook, translated(N_("codes, or how they begin, apart by blanks; ? lists them")))
        transcript = corpus.transcript(one.transcript)
        for key in keys:
            coding = self.study.code(transcript.name, code=key, span=one.span)
            self._done.append((at, 1))
            if len(keys) > 1:
                click.echo(f"  {key}:")
            self.mark(coding, replace(one, code=key))
        return keys

    def mark(self, coding: Coding, suggestion: Suggestion) -> None:
        """Ask for stance and how the passage came up, each saved as soon as it is said."""
        at = self._done[-1][0]
        stance = ask_stance()
        if stance:
            self.study.edit_coding(coding, stance=stance)
            self._done.append((at, 1))
        found = self.study.prompting(suggestion)
        if found is None:
            return
        question = next(q for q in self.study.corpus().questions if q.guid == found.question)
        say(
            N_("  Turn {turn} asked question {number} about this code, as proposed: {question}")
            if found.how == "asks"
            else N_("  Turn {turn} follows up question {number} about this code, as proposed: {question}"),
            turn=found.turn,
            number=question.number,
            question=shorten(question.text, 60),
        )
        elicited = ask_elicited()
        if elicited:
            self.study.edit_coding(coding, elicited=elicited)
            self._done.append((at, 1))

    def write_memo(self, at: int, one: Suggestion) -> None:
        """Ask for a memo and keep it with the transcript; it says the turn."""
        text = ask_line(translated(N_("memo")))
        if not text:
            return
        transcript = self.study.corpus().transcript(one.transcript)
        turn = transcript.turn_at(one.span.start)
        said = translated(N_("turn {turn}: {text}"), turn=turn, text=text) if turn else text
        self.study.memo(said, about=transcript.name)
        self._done.append((at, 1))
        say(N_("Memo kept."))

    def take_back(self) -> int | None:
        """Take back all of the last step of this sitting; return where it was made, None where there is none."""
        if not self._done:
            say(N_("  Nothing of this review to take back yet."))
            return None
        at = self._done[-1][0]
        while self._done and self._done[-1][0] == at:
            for _ in range(self._done.pop()[1]):
                say(N_("Taken back: {change}"), change=shorten(self.study.undo(language=spoken()), TAKEN_BACK))
        self._read.pop(at, None)
        self._fast.clear()
        return at

    def _read_again(self, at: int) -> None:
        """Ask whether to read the last fast accepts again, and if so show each once more."""
        again, self._fast = self._fast, []
        if not confirm(translated(N_("The last ten were accepted faster than they can be read. Read them again?"))):
            return
        for number, each in enumerate(again, 1):
            started = time.monotonic()
            rows = show_passage(self.study.corpus(), each.suggestion, f"[{number}/{len(again)}]")
            show_suggestion(self.study.corpus(), each.suggestion, above=rows)
            say(N_("  You accepted this."))
            key = press(AGAIN_KEYS)
            if key == "q":
                return
            decided = self.study.reject if key == "r" else self.study.accept
            decided(replace(each.suggestion, coding=each.coding.guid), seconds=time.monotonic() - started)
            self._done.append((at, 1))


def _keys(one: Suggestion) -> tuple[str, str]:
    """Return what the keys mean for *one*, in words and in short."""
    if not one.code:
        return READING_HELP, READING_KEYS
    if one.coding:
        return ASKED_HELP, ASKED_KEYS
    return (QUESTION_HELP, QUESTION_KEYS) if one.why else (HELP, KEYS)


def _together(suggestions: Sequence[Suggestion]) -> list[Suggestion]:
    """Return *suggestions* with all of one passage after its first: a passage is read once, not once for each code."""
    found: dict[tuple[str, Span], list[Suggestion]] = {}
    for one in suggestions:
        found.setdefault((one.revision, one.span), []).append(one)
    return [one for each in found.values() for one in each]
