"""What a reviewer types: one key a decision, a line where words are wanted."""

from __future__ import annotations

import re
import sys
from collections.abc import Container

import click

from qualcode.cli._help import language, translated
from qualcode.cli._wrapping import asking, wrapped
from qualcode.errors import N_, InputError, NotFoundError, QualcodeError
from qualcode.model import Codebook, Span, Suggestion, Transcript

__all__ = ["ask_codes", "ask_elicited", "ask_line", "ask_stance", "ask_words", "code_meant", "press", "say_error"]

STANCES = {"1": "present", "2": "denied", "3": "past", "4": "planned", "5": "other"}
ELICITED = {"1": "prompted", "2": "spontaneous"}
MANY = 100
"""Of an answer of more sentences they are not listed again: they would fill many screens."""
SENTENCES = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+))?")


def press(legend: str) -> str:
    """Show which keys there are (a message id), and return the one pressed, without Enter where a terminal is watched.

    Where none is, it is the first character of a line.
    """
    prompt = asking(translated(legend))
    if not sys.stdin.isatty():
        return str(click.prompt(prompt, prompt_suffix=": ", default="", show_default=False)).strip().lower()[:1]
    click.echo(f"{prompt}: ", nl=False)
    _forget_typed()
    try:
        key = click.getchar().lower()
    except EOFError as error:
        click.echo()
        raise click.Abort from error
    shown = key if key.isprintable() else ""
    click.echo(shown)
    return shown.strip()


def _forget_typed() -> None:
    """Forget keys pressed before there was anything to decide; elsewhere than on Windows, waiting for a key forgets them by itself."""
    if sys.platform == "win32":
        import msvcrt

        while msvcrt.kbhit():
            msvcrt.getwch()


def ask_line(question: str) -> str:
    """Return a line of words, empty for none."""
    try:
        return str(click.prompt(wrapped(f"  {question}"), prompt_suffix=" ", default="", show_default=False)).strip()
    except click.Abort:
        click.echo()  # what is said next begins a line
        raise


def ask_stance() -> str:
    """Return the stance that the coder marks; the machine proposes none."""
    said = N_("  stance: 1 present · 2 denied · 3 past · 4 planned · 5 someone else · Enter none")
    click.echo(asking(translated(said)), nl=False)
    return STANCES.get(_one_of(STANCES), "")


def ask_elicited() -> str:
    """Return how the passage came up, as the coder marks it."""
    said = N_("  how it came up: 1 prompted · 2 spontaneous · Enter none")
    click.echo(asking(translated(said)), nl=False)
    return ELICITED.get(_one_of(ELICITED), "")


def _one_of(known: Container[str]) -> str:
    """Return one of the *known* keys, or nothing for Enter; a slip is no answer."""
    if not sys.stdin.isatty():
        return str(click.prompt("", prompt_suffix=" ", default="", show_default=False)).strip()
    key = click.getchar()
    while key not in known and key not in {"\r", "\n", " "}:
        key = click.getchar()
    click.echo(f" {key.strip()}")
    return key.strip()


def ask_codes(codebook: Codebook, question: str) -> tuple[str, ...]:
    """Return the keys of the codes that are typed, apart by blanks or commas; none where a name is wrong, which is said, or for ``?``, which lists them."""
    typed = [one for one in re.split(r"[\s,]+", ask_line(question)) if one]
    try:
        return tuple(dict.fromkeys(key for one in typed if (key := code_meant(codebook, one))))
    except QualcodeError as error:
        say_error(error)
        return ()


def code_meant(codebook: Codebook, typed: str) -> str:
    """Return the key of the code that is meant: by its key, or the first letters of its key or of a part of it; "" after a ``?``, which lists the codes.

    Raises
    ------
    NotFoundError
        If there is none.
    InputError
        If several begin so, or the code is switched off.
    """
    if typed == "?":
        for code in codebook.active:
            click.echo(wrapped(f"    {code.key} — {code.title(language())}"))
        return ""
    try:
        code = codebook.code(typed)
    except NotFoundError:
        start = typed.lower()
        keys = [code.key for code in codebook.active]
        found = [key for key in keys if key.startswith(start)] or [
            key for key in keys if any(part.startswith(start) for part in re.split(r"[-_]", key))
        ]
        if len(found) > 1:
            raise InputError(
                N_("several codes begin with {name!r}: {codes}"), name=typed, codes=", ".join(found)
            ) from None
        if not found:
            raise
        return found[0]
    if not code.active:
        raise InputError(
            N_("the code {name!r} is switched off"), hint=N_("to use it: qualcode codebook use {name}"), name=typed
        )
    return code.key


def ask_words(transcript: Transcript, suggestion: Suggestion) -> Span | None:
    """Return which part of the passage is meant; None for all of it.

    Sentences are numbered; one is named by its number, several by ``2-3``, other words by copying them.

    Raises
    ------
    InputError
        If the words do not stand in the passage.
    """
    from qualcode.nlp.sentences import sentences

    text = suggestion.span.of(transcript.text)
    found = sentences(text)
    for number, (start, end) in enumerate(found if len(found) <= MANY else (), 1):
        click.echo(wrapped(f"    {number} {' '.join(text[start:end].split())}"))
    typed = ask_line(translated(N_("which words: 2 or 2-3 for sentences, or copy them; Enter: all")))
    if not typed:
        return None
    numbers = SENTENCES.fullmatch(typed)
    if numbers:
        first, last = int(numbers[1]), int(numbers[2] or numbers[1])
        if not 1 <= first <= last <= len(found):
            raise InputError(N_("the passage has {n} sentences"), n=len(found))
        start, end = found[first - 1][0], found[last - 1][1]
    else:
        match = re.search(r"\s+".join(map(re.escape, typed.split())), text)
        if match is None:
            raise InputError(N_("these words do not stand in the passage"), hint=N_("copy them exactly as they are"))
        start, end = match.span()
    return Span(suggestion.span.start + start, suggestion.span.start + end)


def say_error(error: QualcodeError) -> None:
    """Print an error and what to do, and go on."""
    from qualcode import i18n

    click.echo(wrapped(f"  {i18n.message(error, language())} {i18n.hint(error, language())}".rstrip()))
