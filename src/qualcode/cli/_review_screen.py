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
from qualcode.errors import N_, shorten
from qualcode.model import Corpus, Suggestion, Transcript

if TYPE_CHECKING:
    from rich.text import Text

__all__ = ["print_lines", "probability", "show_passage", "show_suggestion", "words_shown"]

WIDEST = 100
"""Longer lines are hard to read."""
NARROWEST = 20
"""A terminal that says it is narrower, or has no width, would leave no room for words: it wraps lines itself."""
SHORT_QUESTION = 3
"""A question of fewer words (*Terus?*) is shown with what was said before it."""
FARTHEST = 12
"""So many turns back a question is looked for."""
QUOTE, RULE, DEFINITION = 120, 60, 140
RULES = 3
"""So many rules are shown; the question, the answer and what speaks for the code should fit on one screen."""


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


def show_passage(corpus: Corpus, suggestion: Suggestion, head: str, *, paged: bool = True) -> int:
    """Print where the passage stands, the question before it, and the whole answer with the passage marked in it; return how many rows."""
    from rich.text import Text

    transcript = corpus.transcript(suggestion.transcript)
    people = [corpus.informant(guid).id for guid in corpus.informants_of(suggestion)]
    where = " · ".join(dict.fromkeys([transcript.name, *people]))
    lines = [Text(f"{head} {cleaned(where)}", style="bold")]
    lines += [_spoken(transcript, number, suggestion, context=True) for number in _before(corpus, suggestion)]
    turns = corpus.turns_of(suggestion)
    lines += [_spoken(transcript, number, suggestion, context=not turn.role.is_voice) for number, turn in turns]
    if not turns:
        lines.append(Text(suggestion.quote))
    click.echo()
    return print_lines(lines, indent=2, keep=1, paged=paged)


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
        lines.append(Text(translated(N_("Definition: {text}"), text=shorten(code.definition, DEFINITION)), style="dim"))
    if math.isnan(suggestion.score):
        untested = N_("Words of a group that this code was made of: nobody has tested what they are worth.")
        by_rule = any(one.rule for one in suggestion.evidence)
        lines.append(
            Text(translated(N_("A keyword rule matches; rules give no probability.") if by_rule else untested))
        )
    else:
        lines.append(Text(_likely(suggestion.score)))
    lines += [Text(line) for line in (*_reasons(suggestion), *_nearest(corpus, suggestion))]
    click.echo()
    print_lines(lines, indent=2, above=above, paged=paged)


def _reasons(suggestion: Suggestion) -> Iterable[str]:
    """Yield a line for each rule that matches, and one for the words."""
    matched: dict[str, dict[str, None]] = {}
    for one in suggestion.evidence:
        if one.rule:
            asked = N_("“{words}” in the question")
            words = translated(asked, words=cleaned(one.text)) if one.source == "question" else f"“{cleaned(one.text)}”"
            matched.setdefault(one.rule, {})[words] = None
    for rule, found in list(matched.items())[:RULES]:
        yield translated(N_("· {words}: rule {rule}"), words=", ".join(found), rule=shorten(rule, RULE))
    if len(matched) > RULES:
        yield translated(N_("· rules that match besides: {n}"), n=len(matched) - RULES)
    most = dict.fromkeys(
        f"“{cleaned(one)}”" for one in _telling(one.text for one in suggestion.evidence if not one.rule)
    )
    if most:
        yield translated(N_("· words that count most for it: {words}"), words=", ".join(most))


def _telling(words: Iterable[str]) -> Sequence[str]:
    """Return *words* without those that say nothing to a reader (*saya*, *dari*), where others are left."""
    from qualcode.suggesters.emergent.vocabulary import key_of

    every = list(words)
    return [word for word in every if key_of(word.lower())] or every


def _nearest(corpus: Corpus, suggestion: Suggestion) -> Iterable[str]:
    """Yield the nearest passages that people coded so, each with who said it."""
    from qualcode import i18n

    by_guid = {one.coding: one for one in suggestion.near}
    codings = {c.guid: c for c in corpus.codings if c.guid in by_guid} if by_guid else {}
    if codings:
        yield translated(N_("Nearest passages coded so:"))
    for guid, near in by_guid.items():
        if guid not in codings:
            continue
        coding = codings[guid]
        turn = corpus.transcript(coding.transcript).turn_at(coding.span.start)
        people = ", ".join(corpus.informant(one).id for one in corpus.informants_of(coding))
        yield translated(
            N_("· {who}, turn {turn}, coded by {coder}, likeness {likeness}: “{words}”"),
            who=people or corpus.transcript(coding.transcript).name,
            turn=turn or "–",
            coder=coding.coder,
            likeness=i18n.number(near.likeness, language(), digits=2),
            words=shorten(" ".join(corpus.quote(coding).split()), QUOTE),
        )


def _before(corpus: Corpus, suggestion: Suggestion) -> Sequence[int]:
    """Return the numbers of the turns before the passage that say what was asked.

    The last question, where it is brief (*Terus?*) with what was said before it; where others spoke since (in a group), they too.
    """
    turns = corpus.turns_of(suggestion)
    first = turns[0][0] if turns else 1
    transcript = corpus.transcript(suggestion.transcript)
    last = next((n for n in range(first - 1, max(0, first - FARTHEST), -1) if transcript.turns[n - 1].role.asks), 0)
    if not last:
        return range(max(1, first - 2), first)
    brief = len(transcript.turns[last - 1].span.of(transcript.text).split()) < SHORT_QUESTION
    shown = {last, *range(max(last, first - 2), first)}
    return sorted(shown | set(range(max(1, last - 2), last))) if brief else sorted(shown)


def _spoken(transcript: Transcript, number: int, suggestion: Suggestion, *, context: bool) -> Text:
    """Return a turn with its number and speaker; context is dim, and where only a part is the passage, that is marked."""
    from rich.text import Text

    turn, text = transcript.turns[number - 1], transcript.text
    line = Text(f"{number} {cleaned(turn.speaker)}: ", style="dim" if context else "")
    start, end = max(turn.span.start, suggestion.span.start), min(turn.span.end, suggestion.span.end)
    if context or start >= end or text[turn.span.start : turn.span.end].strip() == text[start:end].strip():
        return line.append(turn.span.of(text))
    line.append(text[turn.span.start : start])
    line.append(f"»{text[start:end]}«", style="underline")
    return line.append(text[end : turn.span.end])


def print_lines(lines: Iterable[Text], *, indent: int = 0, keep: int = 0, above: int = 0, paged: bool = True) -> int:
    """Print *lines*, wrapped between words at the terminal's width; return how many rows they take.

    With *paged*, what is higher than the terminal waits for a key after each page, and what would push the rows *above* out of sight
    waits for one before. The first *keep* lines are not indented.
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
    for number, start in enumerate(range(0, len(rows), page), 1):
        if paged and start:
            _wait_for_key(translated(N_("— page {n} of {pages} · any key: read on · q stop —"), n=number, pages=pages))
        click.echo("\n".join(rows[start : start + page]))
    return len(rows)


def _wait_for_key(said: str) -> None:
    """Wait until the coder has read what stands there.

    Raises
    ------
    click.Abort
        If they stop.
    """
    click.echo(said, nl=False)
    key = click.getchar()
    click.echo()
    if key.lower() == "q":
        raise click.Abort
