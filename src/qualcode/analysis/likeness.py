"""How like the questions of a guide the turns of an interviewer are, and which of them they therefore ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from qualcode.nlp import canonical, parts, sentences, tokenize

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["RECIPE", "decode", "likeness"]

RECIPE = "guide-likeness 1"
"""Names the measure and its constants; another measure gets another name."""

THRESHOLD = 0.15
"""The likeness from which a turn asks a question. This and the prior below were chosen on the interviews of the sample study, whose asking turns
were labelled by hand before anything was measured: tests/data/guide has the labels, and questions held out from the choice."""

SKIPPED = 0.1
BACK = 0.2
REACH = 5
"""What it costs to go on at a question other than the present or the next: so much for `REACH` questions or more, less for fewer.
Most interviews go through their guide in order, none of them strictly."""

PIECES = (3, 4, 5)

_SAYING_NOTHING = """
yang apa bagaimana kalau itu ini di ke dari dan atau sama buat untuk saja juga sih dong deh kok nya ya iya oke siap ada lain tidak
bukan belum sudah mau bisa saya aku gue ibu bu bapak pak abang bang kakak mas mbak akang kang dek terus jadi pernah menurut sendiri kalian
anda begitu begini gitu gini biasanya lagi dulu sekarang nanti pas waktu boleh punya sampai
"""
EMPTY_WORDS = frozenset(_SAYING_NOTHING.split())
"""What questions are made of whatever they ask, and how people are addressed."""


def _words(text: str) -> tuple[str, ...]:
    """Return the words of *text* in their standard spelling."""
    return tuple(
        canonical(word) for start, end in tokenize(text) for _, _, word in parts(text[start:end]) if word.strip()
    )


def _word_terms(words: tuple[str, ...]) -> list[str]:
    """Return the words that say something, and all pairs of neighbours."""
    return [word for word in words if word not in EMPTY_WORDS] + [f"{one} {two}" for one, two in pairwise(words)]


def _piece_terms(words: tuple[str, ...]) -> list[str]:
    """Return the pieces of the words that say something: they are alike in *bayar* and *dibayar*."""
    return [piece for word in words if word not in EMPTY_WORDS for piece in _pieces(word)]


@lru_cache(maxsize=1 << 16)
def _pieces(word: str) -> tuple[str, ...]:
    """Return the runs of three to five characters of *word* with a blank at each end."""
    padded = f" {word} "
    return tuple(padded[at : at + n] for n in PIECES for at in range(len(padded) - n + 1))


def _parted(text: str) -> list[str]:
    """Return *text* and, where it has more than one, its sentences: a turn may greet before it asks, a question ask two things."""
    pieces = [text[start:end] for start, end in sentences(text)]
    pieces = [piece for piece in pieces if any(character.isalnum() for character in piece)]
    return [text, *pieces] if len(pieces) > 1 else [text]


def likeness(questions: Sequence[tuple[str, str]], turns: Sequence[str]) -> NDArray[np.float64]:
    """Return how like each question each turn is.

    Parameters
    ----------
    questions : sequence of (text, aspect)
        The guide's.
    turns : sequence of str
        What the asking side says, in all interviews: what many turns say tells questions apart less.

    Returns
    -------
    ndarray of shape (n_turns, n_questions)
        From 0 (no word or piece of a word in common) to 1: the mean of the cosines of tf-idf (Salton & Buckley 1988) over words with pairs of neighbours and
        over pieces of words, after normalising informal spelling, for the sentence of the turn and the sentence (or aspect) of the
        question that are most alike.
    """
    import numpy as np
    from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

    asked = [_parted(text) + ([aspect] if aspect else []) for text, aspect in questions]
    said = [_parted(turn) for turn in turns]
    if not asked or not said:
        return np.zeros((len(turns), len(questions)))
    columns = np.cumsum([0, *map(len, asked)])
    rows = np.cumsum([0, *map(len, said)]) + columns[-1]
    whole = [f"{text} {aspect}" for text, aspect in questions]
    texts = [part for each in (*asked, *said) for part in each] + whole
    words = [_words(text) for text in texts]
    # How rare a term is, is learned from whole questions and turns; the first part of each turn is the whole of it.
    background = [*rows[:-1].tolist(), *range(len(texts) - len(whole), len(texts))]
    cosines = np.zeros((rows[-1] - rows[0], columns[-1]))
    views: tuple[Callable[[tuple[str, ...]], list[str]], ...] = (_word_terms, _piece_terms)
    for terms in views:
        if not any(map(terms, words)):  # scikit-learn refuses to learn from texts without a term
            continue
        counts = CountVectorizer(analyzer=terms, dtype=np.float64).fit_transform(words)
        weights = TfidfTransformer(sublinear_tf=True).fit(counts[background]).transform(counts)
        cosines += (weights[rows[0] : rows[-1]] @ weights[: columns[-1]].T).toarray() / len(views)
    found: NDArray[np.float64] = np.maximum.reduceat(
        np.maximum.reduceat(cosines, rows[:-1] - rows[0], axis=0), columns[:-1], axis=1
    )
    return found


def decode(scores: NDArray[np.float64], fixed: Mapping[int, int | None] | None = None) -> list[int | None]:
    """Return which question each turn of one interview asks, or None: the likeliest course through the guide (Viterbi 1967).

    A turn asks at most one question. It gains its likeness above `THRESHOLD`, and pays for leaving the order of the guide; so a turn
    that is a little like two questions asks the one whose turn it is.

    Parameters
    ----------
    scores : ndarray of shape (n_turns, n_questions)
        The likeness of each turn to each question.
    fixed : mapping of int to (int or None), optional
        What is known of some turns: the question they ask, or that they ask none.
    """
    import numpy as np

    n_turns, n_questions = scores.shape
    fixed = fixed or {}
    steps = np.arange(n_questions)[None, :] - np.arange(n_questions)[:, None]
    forward = np.where(steps > 1, SKIPPED * np.minimum(steps - 1, REACH) / REACH, 0.0)
    costs = np.where(steps < 0, BACK * np.minimum(-steps, REACH) / REACH, forward)
    costs = np.vstack([costs, np.zeros((1, n_questions))])  # to begin costs nothing, wherever
    best = np.full(n_questions + 1, -np.inf)
    best[-1] = 0.0
    trace: list[list[tuple[int, int | None]]] = []
    for turn in range(n_turns):
        stay: list[tuple[int, int | None]] = [(state, None) for state in range(n_questions + 1)]
        known = fixed.get(turn, -1)
        if known is None or not n_questions:
            trace.append(stay)
            continue
        reached = best[:, None] - costs
        origin = reached.argmax(axis=0)
        gained = reached.max(axis=0) + scores[turn] - THRESHOLD
        if known >= 0:
            after = np.full(n_questions + 1, -np.inf)
            after[known] = gained[known]
            stay[known] = (int(origin[known]), known)
        else:
            after = best.copy()
            for better in np.flatnonzero(gained > after[:-1]).tolist():
                after[better] = gained[better]
                stay[better] = (int(origin[better]), better)
        best = after
        trace.append(stay)
    state: int = int(best.argmax())
    asked: list[int | None] = []
    for back in reversed(trace):
        state, question = back[state]
        asked.append(question)
    return asked[::-1]
