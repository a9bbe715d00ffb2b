"""What speaks for a suggestion, in words: the rules that match, the words that count, the nearest passages coded so."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Sequence

from qualcode.cli._help import language, translated
from qualcode.cli._options import cleaned
from qualcode.errors import N_
from qualcode.model import Coding, Corpus, Near, Suggestion

__all__ = ["excerpt", "narrowed", "nearest", "reasons"]

QUOTE, RULE = 120, 90
RULES = 3
"""So many rules are shown; the question, the answer and what speaks for the code should fit on one screen."""
ALIKE = 0.15
"""Below this likeness, passages have hardly more in common than any two."""
SPOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
WRITTEN = re.compile(r"(?:lemma:)?\"?[^\W_]+(?:['’-][^\W_]+)*\*?\"?")
MACRO = re.compile("[A-Z]+")
PARTS = re.compile(r"[()|]|[^()|]+")
"""What a rule is made of: groups of alternatives, and what stands between."""


def excerpt(text: str, most: int) -> str:
    """Return *text* on one line, cut between words where it is longer than *most* characters."""
    return textwrap.shorten(text, most, placeholder=" …") if text.split() else ""


def reasons(suggestion: Suggestion) -> Iterable[str]:
    """Yield a line for each rule that matches, and one for the words."""
    matched: dict[str, dict[str, None]] = {}
    said: dict[str, list[str]] = {}
    for one in suggestion.evidence:
        if one.rule:
            asked = N_("“{words}” in the question")
            words = translated(asked, words=cleaned(one.text)) if one.source == "question" else f"“{cleaned(one.text)}”"
            matched.setdefault(one.rule, {})[words] = None
            said.setdefault(one.rule, []).append(one.text)
    for rule, found in list(matched.items())[:RULES]:
        shown = excerpt(narrowed(rule, said[rule]), RULE)
        yield translated(N_("· {words}: rule {rule}"), words=", ".join(found), rule=shown)
    if len(matched) > RULES:
        yield translated(N_("· rules that match besides: {n}"), n=len(matched) - RULES)
    counted = [one.text for one in suggestion.evidence if not one.rule]
    most = dict.fromkeys(f"“{cleaned(one)}”" for one in _telling(counted))
    if most:
        yield translated(N_("· words that count most for it: {words}"), words=", ".join(most))
    elif counted and not matched:
        yield translated(N_("· no word that tells by itself: the passage as a whole is like those coded so"))


def narrowed(rule: str, said: Iterable[str]) -> str:
    """Return *rule* with its alternatives that are not among the words *said* left out, each run of them as ``…``.

    Of *(sepi | tutup | prei) > 6 (hujan | banjir)*, where *sepi … hujan* was said, *(sepi | …) > 6 (hujan | …)* is left: what a reader looks for.
    A rule of which nothing is recognised (regional words, amounts) is left as it is.

    Examples
    --------
    >>> narrowed("(sepi | tutup | prei) > 6 (banjir | hujan*)", ["sepi … hujannya"])
    '(sepi | …) > 6 (… | hujan*)'
    """
    from qualcode.nlp import forms

    spoken = {form for words in said for word in SPOKEN.findall(words) for form in (word.lower(), *forms(word))}

    def is_said(word: str) -> bool:
        plain = word.strip("\"'").removeprefix("lemma:").lower()
        if plain.endswith("*"):
            return any(each.startswith(plain[:-1]) for each in spoken)
        return plain in spoken or not spoken.isdisjoint(forms(plain))

    shown, recognised = _alternatives(iter(PARTS.findall(rule)), is_said)
    return shown if recognised else rule


def _alternatives(parts: Iterable[str], is_said: Callable[[str], bool]) -> tuple[str, bool]:
    """Return the alternatives up to the end of their group, those not said left out, and whether any was said.

    Where none was, a macro (``NEG``) was perhaps what was said, and stays.
    """
    every: list[tuple[str, bool]] = []
    text, known = "", False
    for part in parts:
        if part == "(":
            inner, inside = _alternatives(parts, is_said)
            text, known = f"{text}({inner})", known or inside
        elif part in {"|", ")"}:
            every.append((text.strip(), known))
            text, known = "", False
            if part == ")":
                break
        else:
            text += part
            words = [word for word in WRITTEN.findall(part) if word[0] == '"' or not (word.isupper() or word.isdigit())]
            known = known or any(map(is_said, words))
    else:
        every.append((text.strip(), known))
    if len(every) == 1:
        return every[0]
    said = any(yes for _, yes in every)
    kept: list[str] = []
    for shown, yes in every:
        if yes or (not said and MACRO.fullmatch(shown)):
            kept.append(shown)
        elif kept[-1:] != ["…"]:
            kept.append("…")
    return " | ".join(kept), said


def _telling(words: Iterable[str]) -> Sequence[str]:
    """Return *words* without those that say nothing to a reader (*saya*, *dari*)."""
    from qualcode.suggesters.emergent.vocabulary import key_of

    return [word for word in words if key_of(word.lower())]


def nearest(corpus: Corpus, suggestion: Suggestion) -> Iterable[str]:
    """Yield the nearest passages that people coded so, each with who said it; of long ones the sentence that speaks most for the code."""
    by_guid = {one.coding: one for one in suggestion.near}
    codings = {c.guid: c for c in corpus.codings if c.guid in by_guid} if by_guid else {}
    if codings:
        alike = any(one.likeness >= ALIKE for one in suggestion.near)
        yield translated(
            N_("Nearest passages coded so:") if alike else N_("Nearest passages coded so, none of them much like it:")
        )
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
            likeness=_likeness(near, same=corpus.quote(coding) == suggestion.quote),
            words=_most_telling(corpus, coding, near),
        )


def _likeness(near: Near, *, same: bool) -> str:
    """Return a likeness to two places; what is not the same words is never shown as 1, nor less than nothing as a likeness."""
    from qualcode import i18n

    if near.likeness > 0.99 and not same:
        return f">{i18n.number(0.99, language())}"
    return i18n.number(max(near.likeness, 0.0), language(), digits=2)


def _most_telling(corpus: Corpus, coding: Coding, near: Near) -> str:
    """Return as much of a coded passage as fits, from the sentence on that speaks most for the code."""
    words = corpus.quote(coding)
    if near.span is None or len(" ".join(words.split())) <= QUOTE or not coding.span.covers(near.span):
        return excerpt(words, QUOTE)
    start = near.span.start - coding.span.start
    return ("… " if start else "") + excerpt(words[start:], QUOTE)
