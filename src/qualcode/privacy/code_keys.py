"""Codes under other keys: a key made of words that somebody said would say them again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from qualcode.model import Corpus

__all__ = ["free_keys", "with_keys"]


def free_keys(keys: Iterable[str], taken: Iterable[str]) -> dict[str, str]:
    """Return for each of *keys* another that says nothing: ``kode-1``, ``kode-2`` …, none of those *taken*.

    >>> free_keys(["kalau-hujan-ya-sepi-terus"], ["kode-1"])
    {'kalau-hujan-ya-sepi-terus': 'kode-2'}
    """
    used = set(taken)
    found: dict[str, str] = {}
    for key in keys:
        number = len(found) + 1
        while f"kode-{number}" in used:
            number += 1
        found[key] = f"kode-{number}"
        used.add(found[key])
    return found


def with_keys(corpus: Corpus, keys: Mapping[str, str]) -> Corpus:
    """Return *corpus* with codes under other *keys* (old → new), wherever they are named; nothing else changes."""
    if not keys:
        return corpus

    def key(old: str) -> str:
        return keys.get(old, old)

    def every(old: Iterable[str]) -> tuple[str, ...]:
        return tuple(key(one) for one in old)

    book = corpus.codebook
    codes = tuple(replace(c, key=key(c.key), parent=key(c.parent) if c.parent else c.parent) for c in book.codes)
    merged = tuple(replace(one, key=key(one.key), into=key(one.into)) for one in book.merged)
    return corpus.with_(
        codebook=replace(book, codes=codes, merged=merged),
        codings=corpus.codings.with_keys(keys),
        suggestions=tuple(replace(s, code=key(s.code)) for s in corpus.suggestions),
        decisions=tuple(replace(d, code=key(d.code), corrected=key(d.corrected)) for d in corpus.decisions),
        rule_decisions=tuple(replace(d, code=key(d.code)) for d in corpus.rule_decisions),
        memos=tuple(replace(m, code=key(m.code)) for m in corpus.memos),
        relations=tuple(replace(r, source=key(r.source), target=key(r.target)) for r in corpus.relations),
        themes=tuple(replace(t, codes=every(t.codes)) for t in corpus.themes),
        questions=tuple(replace(q, codes=every(q.codes)) for q in corpus.questions),
    )
