"""What a passage and a suggestion look like at the terminal."""

from __future__ import annotations

import math
import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from qualcode.cli._help import language, translated
from qualcode.cli._options import cleaned, say
from qualcode.cli._review_reasons import excerpt, nearest, reasons
from qualcode.cli._wrapping import NARROWEST, wrapped
from qualcode.errors import N_
from qualcode.model import Corpus, Suggestion, Transcript

if TYPE_CHECKING:
    from rich.text import Text

__all__ = ["PassedOver", "print_lines", "probability", "show_passage", "show_suggestion", "words_shown"]

WIDEST = 100
"""Longer lines are hard to read."""
SHORT_QUESTION, SHORT_ANSWER = 3, 10
"""A question of fewer words (*Terus?*), and one with an answer of fewer (*Nomornya mati.*), is shown with what was said before it."""
CONTEXT = 40
"""So many words, the last, are shown of what informants said before: the answer that is decided on is whole, its context need not be."""
FARTHEST = 12
"""So many turns back a question is looked for."""
DEFINITION = 140


class PassedOver(Exception):  # noqa: N818 - nothing went wrong
    """The coder skips a passage before its end was shown."""


def probability(score: float) -> str:
    """Return a probability to two places; a model's is never certain, so never 1 nor 0."""
    from qualcode import i18n

    if score > 0.99:
        return f">{i18n.number(0.99, language())}"
    return f"<{i18n.number(0.01, language())}" if score < 0.01 else i18n.number(score, language(), digits=2)


def _likely(score: float) -> str:
    """Return a probability in words: of how many of ten such passages the code is to be expected."""
    if score > 0.95:
        message = N_("Probability by the model {p}, not certain: nearly all of such passages bear the code.")
    elif score < 0.05:
        message = N_("Probability by the model {p}, not certain: hardly any of such passages bear the code.")
    else:
        message = N_("Probability by the model {p}, not certain: of ten such passages about {k} bear the code.")
    return translated(message, p=probability(score), k=round(score * 10))


def words_shown(corpus: Corpus, suggestion: Suggestion) -> str:
    """Return the words that must be read before deciding: the whole answer, without the question."""
    text = corpus.transcript(suggestion.transcript).text
    turns = [turn.span.of(text) for _, turn in corpus.turns_of(suggestion) if turn.role.is_voice]
    return " ".join(turns) or suggestion.quote


def show_passage(
    corpus: Corpus, suggestion: Suggestion, head: str, *, paged: bool = True, skippable: bool = False
) -> int:
    """Print where the passage stands, the question before it, and the whole answer with the passage marked in it; return how many rows.

    Raises
    ------
    PassedOver
        If it is *skippable*, and skipped at the end of a page.
    """
    from rich.text import Text

    transcript = corpus.transcript(suggestion.transcript)
    people = [corpus.informant(guid).id for guid in corpus.informants_of(suggestion)]
    where = " · ".join(dict.fromkeys([transcript.name, *people]))
    lines = [Text(f"{head} {cleaned(where)}", style="bold")]
    before = _before(corpus, suggestion)
    lines += [_context(transcript, number) for number in before]
    turns = corpus.turns_of(suggestion)
    marked = any(transcript.turns[number - 1].role.is_voice for number in before)
    lines += [_spoken(transcript, number, suggestion, marked=marked) for number, _ in turns]
    if not turns:
        lines.append(Text(suggestion.quote))
    click.echo()
    return print_lines(lines, indent=2, keep=1, paged=paged, skippable=skippable)


def show_suggestion(
    corpus: Corpus, suggestion: Suggestion, *, above: int = 0, paged: bool = True, defined: bool = True
) -> None:
    """Print the code where one is suggested, its probability, what speaks for it, and the nearest passages that people coded so.

    Where the passage, of *above* rows, would be pushed out of sight by it, a key is waited for first. With *defined*, what the code means is
    printed, too.
    """
    from rich.text import Text

    from qualcode.suggesters.queue import CHECKS

    if not suggestion.code:
        say(N_("  Proposed for reading: {reason}. No code is suggested."), reason=translated(suggestion.why))
        return
    code = corpus.codebook.code(suggestion.code)
    if suggestion.why in CHECKS:
        intro = N_("To check, not suggested ({recipe}): {code} — {name}")
    elif suggestion.why:
        intro = N_("Asked by the machine ({recipe}): {code} — {name}")
    else:
        intro = N_("Suggested by the machine ({recipe}): {code} — {name}")
    lines = [
        Text(translated(intro, recipe=suggestion.recipe, code=code.key, name=code.title(language())), style="bold")
    ]
    if suggestion.why:
        lines.append(Text(translated(N_("Why: {reason}"), reason=translated(suggestion.why))))
    if code.definition and defined:
        lines.append(Text(translated(N_("Definition: {text}"), text=excerpt(code.definition, DEFINITION)), style="dim"))
    if math.isnan(suggestion.score):
        untested = N_("Words of a group that this code was made of: nobody has tested what they are worth.")
        by_rule = any(one.rule for one in suggestion.evidence)
        lines.append(
            Text(translated(N_("A keyword rule matches; rules give no probability.") if by_rule else untested))
        )
    else:
        lines.append(Text(_likely(suggestion.score)))
    lines += [Text(line) for line in (*reasons(suggestion), *nearest(corpus, suggestion))]
    click.echo()
    print_lines(lines, indent=2, above=above, paged=paged)


def _before(corpus: Corpus, suggestion: Suggestion) -> Sequence[int]:
    """Return the numbers of the turns before the passage that say what was asked.

    The last question, where it or the answer is brief (*Terus?*) with what was said before it; where others spoke since (in a group), they too.
    """
    turns = corpus.turns_of(suggestion)
    first = turns[0][0] if turns else 1
    transcript = corpus.transcript(suggestion.transcript)
    last = next((n for n in range(first - 1, max(0, first - FARTHEST), -1) if transcript.turns[n - 1].role.asks), 0)
    if not last:
        return range(max(1, first - 2), first)
    brief = len(transcript.turns[last - 1].span.of(transcript.text).split()) < SHORT_QUESTION
    brief = brief or len(words_shown(corpus, suggestion).split()) < SHORT_ANSWER
    shown = {last, *range(max(last, first - 2), first)}
    return sorted(shown | set(range(max(1, last - 2), last))) if brief else sorted(shown)


def _context(transcript: Transcript, number: int) -> Text:
    """Return a turn before the passage, dim; of an informant's the last words."""
    from rich.text import Text

    turn = transcript.turns[number - 1]
    said = turn.span.of(transcript.text)
    words = said.split()
    if turn.role.is_voice and len(words) > CONTEXT:
        said = f"… {' '.join(words[-CONTEXT:])}"
    return Text(f"{number} {cleaned(turn.speaker)}: {said}", style="dim")


def _spoken(transcript: Transcript, number: int, suggestion: Suggestion, *, marked: bool) -> Text:
    """Return a turn of the passage with its number and speaker; the interviewer's words in it are dim.

    The passage is marked in it where only a part of the turn is meant, and with *marked*, because other words of informants stand above.
    """
    from rich.text import Text

    turn, text = transcript.turns[number - 1], transcript.text
    line = Text(f"{number} {cleaned(turn.speaker)}: ", style="" if turn.role.is_voice else "dim")
    start, end = max(turn.span.start, suggestion.span.start), min(turn.span.end, suggestion.span.end)
    whole = text[turn.span.start : turn.span.end].strip() == text[start:end].strip()
    if not turn.role.is_voice or start >= end or (whole and not marked):
        return line.append(turn.span.of(text))
    line.append(text[turn.span.start : start])
    line.append(f"»{text[start:end]}«", style="" if whole else "underline")
    return line.append(text[end : turn.span.end])


def print_lines(
    lines: Iterable[Text],
    *,
    indent: int = 0,
    keep: int = 0,
    above: int = 0,
    paged: bool = True,
    skippable: bool = False,
) -> int:
    """Print *lines*, wrapped between words at the terminal's width; return how many rows they take.

    With *paged*, what is higher than the terminal waits for a key after each page, and what would push the rows *above* out of sight
    waits for one before; where they are *skippable*, s skips what follows. The first *keep* lines are not indented.

    Raises
    ------
    PassedOver
        If the rest is skipped.
    click.Abort
        If the coder stops.
    """
    from rich.console import Console
    from rich.padding import Padding

    size = shutil.get_terminal_size()
    watched = sys.stdout.isatty()
    width = max(NARROWEST, min(size.columns, WIDEST)) if watched else 400
    console = Console(width=width, highlight=False, markup=False, emoji=False)
    with console.capture() as captured:
        for number, line in enumerate(lines):
            console.print(Padding(line, (0, 0, 0, 0 if number < keep else indent), expand=False))
    rows = [row.rstrip() for row in captured.get().rstrip("\n").split("\n")]
    page = max(8, size.lines - 3)
    paged = paged and watched and sys.stdin.isatty()
    pages = math.ceil(len(rows) / page)
    if paged and above and above + len(rows) > page:
        _wait_for_key(translated(N_("— any key: read on · q stop —")))
    turning = N_("— page {n} of {pages} · any key: read on · q stop —")
    if skippable:
        turning = N_("— page {n} of {pages} · any key: read on · s skip · q stop —")
    for number, start in enumerate(range(0, len(rows), page), 1):
        if paged and start and _wait_for_key(translated(turning, n=number, pages=pages)) == "s" and skippable:
            raise PassedOver
        click.echo("\n".join(rows[start : start + page]))
    return len(rows)


def _wait_for_key(said: str) -> str:
    """Wait until the coder has read what stands there, and return the key that they press.

    Raises
    ------
    click.Abort
        If they stop.
    """
    click.echo(wrapped(said), nl=False)
    key = click.getchar().lower()
    click.echo()
    if key == "q":
        raise click.Abort
    return key
