"""Free text that speaks of what is masked, and with which words it may be written anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualcode.model import Code, Corpus
from qualcode.privacy.rewriting import rewritten

if TYPE_CHECKING:
    from qualcode.store.erase import Mention

__all__ = ["Spoken", "spoken"]

OWN_WORDS = frozenset({"memo", "quote", "coding", "relation", "theme", "transcript"})
"""What researchers write about the talk: a place that is masked there is masked here, too. Elsewhere a place is no secret."""
RULES = frozenset({"rule_decision"})
"""What programs read: with other words it would find other passages."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Free text that speaks of what is masked.

    Attributes
    ----------
    effect : str
        Its lasting name in the log.
    kind : str
        What it is: memo, code, quote …
    excerpt : str
        How it begins.
    words : mapping of str to str
        What may stand there for which words; nothing where it stays as it is: rules, codes as they are shipped, places in a codebook.
    """

    effect: str
    kind: str
    excerpt: str
    words: Mapping[str, str] = field(repr=False, default_factory=dict, hash=False)


def spoken(
    corpus: Corpus,
    found: Sequence[Mention],
    naming: Iterable[str],
    *,
    everything: Mapping[str, str],
    people: Mapping[str, str],
) -> tuple[Spoken, ...]:
    """Return what was *found* with the words that may be put there.

    Parameters
    ----------
    naming : iterable of str
        The effects that hold one of *people*.
    everything, people : mapping of str to str
        All words that are masked, and those of them that lead to a person.
    """
    names = set(naming)
    codes = {code.guid: code for code in corpus.codebook}
    shipped = _shipped() if any(each.kind == "code" for each in found) else {}
    said = []
    for each in found:
        words: Mapping[str, str] = {}
        if each.kind in OWN_WORDS:
            words = everything
        elif each.kind not in RULES and each.effect in names:
            code = codes.get(each.guid) if each.standing else None
            stays = code is not None and (_texts(code) in shipped.get(code.key, ()) or not _speaks(code, people))
            words = {} if stays else people
        said.append(Spoken(each.effect, each.kind, each.excerpt, words))
    return tuple(said)


def _speaks(code: Code, words: Mapping[str, str]) -> bool:
    """Tell whether the texts of *code*, not only its rules, hold one of *words*."""
    return any(rewritten(text, words) != text for text in _texts(code))


def _texts(code: Code) -> tuple[str, ...]:
    return (
        *(code.name, code.name_en, code.definition, code.include, code.exclude),
        *code.examples,
        *code.near_misses,
    )


def _shipped() -> dict[str, list[tuple[str, ...]]]:
    """Return the texts of the codes that come with qualcode, by key: what they name is made up."""
    from qualcode.codebooks import load_codebook, shipped_codebooks

    found: dict[str, list[tuple[str, ...]]] = {}
    for name in shipped_codebooks():
        for code in load_codebook(name):
            found.setdefault(code.key, []).append(_texts(code))
    return found
