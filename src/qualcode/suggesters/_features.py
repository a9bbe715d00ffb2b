"""Text → numbers: words, pairs of words, pieces of words and topics, each with its place in the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.utils.extmath import randomized_svd

from qualcode.errors import N_, InputError
from qualcode.suggesters._counting import (
    Said,
    by_words,
    chosen,
    counted,
    counts,
    document_frequency,
    in_parts,
    joined,
    lengths,
    of_length_one,
    rows_of_length_one,
    scaled,
)
from qualcode.suggesters._table import ENCODED, QUESTION, VIEW, WORD_PIECES, WORDS, Table
from qualcode.suggesters._words import Word, clauses, forms, pieces, words

__all__ = ["Encoder", "Features", "Table", "Word", "forms", "pieces", "words"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Encoder = Callable[[list[str]], NDArray[Any]]

COARSE, FINE = 25, 100
"""Topics of the coarse and of the fine view; each counts half. 25 serve few labels best, 100 many."""
SAMPLE = 3_000
"""At most so many texts teach the topics; all texts are then placed among them."""
ENOUGH = 50
"""From so many texts on, a pair or a piece that stands in only one text is left out."""
LONG = 0.25
"""A text weighs by this power of its number of different words: of length 1 like all others, a long one would have each thing said less."""


class Vocabulary(dict[str, int]):
    """Terms and their numbers."""

    def learn(self, terms: Iterable[str]) -> list[int]:
        """Return the numbers of *terms*, new ones being taken in."""
        return [self.setdefault(term, len(self)) for term in terms]

    def find(self, terms: Iterable[str]) -> list[int]:
        """Return the numbers of *terms*, -1 for one that is not known."""
        return [self.get(term, -1) for term in terms]

    def keep(self, which: Ints) -> None:
        """Keep the terms numbered *which*, in this order, numbered anew."""
        names = list(self)
        self.clear()
        self.update((names[old], new) for new, old in enumerate(which.tolist()))


class Features:
    """Tf-idf of words and pairs, of word pieces and of the words of the question, and topics.

    A term that stands t times in a text counts 1 + ln t, and the more the rarer it is: 1 + ln((1 + n) / (1 + df)), n texts, df of
    which hold it (Spärck Jones 1972, as smoothed in scikit-learn). Topics are the directions in which the words and pieces of all
    texts vary most (latent semantic analysis, Deerwester et al. 1990), by a randomized singular value decomposition (Halko,
    Martinsson & Tropp 2011); singular values are kept. The question counts little: it tells what a short answer is about, but
    it is not the informant's.

    Parameters
    ----------
    random_state : int
        Of the sample and of the decomposition.
    encoder : callable, optional
        Texts to vectors of any one length, such as the embeddings of a language model; their cosine joins the likeness.
    """

    def __init__(self, random_state: int = 0, encoder: Encoder | None = None) -> None:
        self.random_state = random_state
        self.encoder = encoder
        self.words, self.pieces, self.asked = Vocabulary(), Vocabulary(), Vocabulary()
        self.pairs: Ints = np.zeros(0, dtype=np.int64)
        self._rarity: tuple[NDArray[np.float32], ...] = tuple(np.zeros(0, dtype=np.float32) for _ in range(4))
        self._basis: NDArray[np.float32] = np.zeros((0, 0), dtype=np.float32)
        self._typical = 1.0

    def fit(self, texts: Sequence[str], questions: Sequence[str]) -> Table:
        """Learn the terms of *texts* and *questions*, how rare each is, and the topics; return `transform` of them."""
        for vocabulary in (self.words, self.pieces, self.asked):
            vocabulary.clear()
        said = self._said(texts, learn=True)
        asked = counts([self.asked.learn(forms(question)) for question in questions], len(self.asked))
        n, least = len(texts), 2 if len(texts) >= ENOUGH else 1
        spoken = counted(said.numbers, said.ends, len(self.words))
        self._typical = float(np.median(lengths(spoken))) if n else 1.0
        keys = self._pair_keys(said)[0]
        self.pairs = np.unique(keys)
        held = self._pair_counts(said)
        self.pairs = self.pairs[document_frequency(held) >= least]
        cut = counts([self.pieces.learn(pieces(word)) for word in said.forms], len(self.pieces))
        df = np.zeros(len(self.pieces), dtype=np.int64)
        for part in in_parts(said):
            df += document_frequency(by_words(part, cut))
        kept = np.flatnonzero(df >= least)
        self.pieces.keep(kept)
        self._rarity = tuple(
            (1 + np.log((1 + n) / (1 + one))).astype(np.float32)
            for one in (
                document_frequency(spoken),
                document_frequency(self._pair_counts(said)),
                df[kept],
                document_frequency(asked),
            )
        )
        self._learn_topics(said)
        return self._whole(said, asked, texts)

    def transform(self, texts: Sequence[str], questions: Sequence[str]) -> Table:
        """Return *texts*, each with the question before it, as numbers."""
        asked = counts([self.asked.find(forms(question)) for question in questions], len(self.asked))
        return self._whole(self._said(texts, learn=False), asked, texts)

    def _whole(self, said: Said, asked: csr_matrix, texts: Sequence[str]) -> Table:
        """Return the table of texts and that of their clauses; *asked* counts the words of the questions."""
        asked.data = (1 + np.log(asked.data)) * self._rarity[3][asked.indices]
        asked = scaled(of_length_one(asked), np.full(len(said), QUESTION**0.5))
        return self._with_clauses(self._table(said, asked, texts), texts, asked)

    def _with_clauses(self, table: Table, texts: Sequence[str], asked: csr_matrix) -> Table:
        """Return *table* with the clauses of its texts.

        A clause has the words of its text's question and its own words for terms (these stand for their pieces), and its place
        among the topics, found word by word: all together cost a tenth of the texts themselves.
        """
        cut = [clauses(text) for text in texts]
        ends = np.cumsum([0, *map(len, cut)]).astype(np.int64)
        said = self._said(list(chain.from_iterable(cut)), learn=False)
        by_form = self._form_topics(said.forms)
        made = [self._clauses(part, by_form, table) for part in in_parts(said)]
        before = asked[np.repeat(np.arange(len(texts)), np.diff(ends))]
        terms = csr_matrix(hstack([before, vstack([terms for terms, _ in made])], format="csr"))
        topics = np.vstack([topics for _, topics in made])
        return Table(table.terms, table.topics, table.fine_at, Table(terms, topics, table.fine_at), ends)

    def _clauses(
        self, said: Said, by_form: tuple[NDArray[np.float32], Floats], table: Table
    ) -> tuple[csr_matrix, NDArray[np.float16]]:
        """Return terms and topics of a part of the clauses."""
        spoken = counted(said.numbers, said.ends, len(self.words))
        more = (np.maximum(lengths(spoken), 1) / max(self._typical, 1)) ** LONG
        spoken.data = (1 + np.log(spoken.data)) * self._rarity[0][spoken.indices]
        spoken = of_length_one(spoken)
        topics = np.zeros((len(said), table.topics.shape[1]), dtype=np.float16)
        width = self._basis.shape[1]
        if width:
            here = counted(said.local, said.ends, len(said.forms))
            length = np.sqrt(np.maximum(here @ by_form[1], 1e-12))
            placed = spoken @ self._basis[: len(self.words)] + (here @ by_form[0]) / length[:, None]
            near = min(COARSE, width)
            topics[:, -width:] = rows_of_length_one(placed) * VIEW
            topics[:, -width - near : -width] = rows_of_length_one(placed[:, :near]) * VIEW
        return scaled(spoken, more * (WORDS + WORD_PIECES) / WORDS**0.5), topics

    def _form_topics(self, every: list[str]) -> tuple[NDArray[np.float32], Floats]:
        """Return where the pieces of each form lead among the topics, and the square of their length."""
        cut = counts([self.pieces.find(pieces(word)) for word in every], len(self.pieces))
        cut.data = cut.data * self._rarity[2][cut.indices]
        square = np.asarray(cut.multiply(cut).sum(axis=1), dtype=np.float64).ravel()
        return np.asarray(cut @ self._basis[len(self.words) :], dtype=np.float32), square

    def _said(self, texts: Sequence[str], *, learn: bool) -> Said:
        """Return the words of *texts*."""
        every = self.words if learn else Vocabulary()
        found = [every.learn(forms(text)) for text in texts]
        ends = np.cumsum([0, *map(len, found)])
        local = np.fromiter(chain.from_iterable(found), dtype=np.int64, count=int(ends[-1]))
        number = np.array(self.words.find(every), dtype=np.int64)
        return Said(number[local] if len(local) else local, ends, list(every), local)

    def _pair_keys(self, said: Said) -> tuple[Ints, Ints]:
        """Return the key of each pair of neighbouring known words, and in which text it stands."""
        text = np.repeat(np.arange(len(said)), np.diff(said.ends))
        one, two = said.numbers[:-1], said.numbers[1:]
        pair = (text[:-1] == text[1:]) & (one >= 0) & (two >= 0)
        return one[pair] * len(self.words) + two[pair], text[:-1][pair]

    def _pair_counts(self, said: Said) -> csr_matrix:
        """Return how often each text holds each pair."""
        keys, text = self._pair_keys(said)
        place = np.searchsorted(self.pairs, keys)
        place[place == len(self.pairs)] = -1
        known = (place >= 0) & (self.pairs[place] == keys) if len(self.pairs) else np.zeros(len(keys), dtype=bool)
        ends = np.concatenate([[0], np.cumsum(np.bincount(text[known], minlength=len(said)))]).astype(np.int64)
        return counted(place[known], ends, len(self.pairs))

    def _weighted(self, said: Said) -> tuple[csr_matrix, csr_matrix, csr_matrix]:
        """Return words, pairs and pieces, each term by how often it stands in the text and how rare it is."""
        cut = counts([self.pieces.find(pieces(word)) for word in said.forms], len(self.pieces))
        found = (counted(said.numbers, said.ends, len(self.words)), self._pair_counts(said), by_words(said, cut))
        for one, rarity in zip(found, self._rarity, strict=False):
            one.data = (1 + np.log(one.data)) * rarity[one.indices]
        return found

    def _learn_topics(self, said: Said) -> None:
        """Learn the directions of the topics from words and pieces."""
        n, terms = len(said), len(self.words) + len(self.pieces)
        size = min(FINE, n - 1, terms - 1)
        if size < 2:
            self._basis = np.zeros((terms, 0), dtype=np.float32)
            return
        some = np.sort(np.random.RandomState(self.random_state).permutation(n)[:SAMPLE])
        spoken, _, parts = self._weighted(chosen(said, some))
        _, _, directions = randomized_svd(joined((spoken, parts)), size, n_iter=2, random_state=self.random_state)
        self._basis = np.ascontiguousarray(directions.T, dtype=np.float32)

    def _table(self, said: Said, asked: csr_matrix, texts: Sequence[str]) -> Table:
        """Return the table of texts, made part by part: at no time are all parts of all texts there twice."""
        terms, topics, start = [], [], 0
        for part in in_parts(said):
            made, placed = self._part(part, asked[start : start + len(part)])
            terms.append(made)
            topics.append(placed)
            start += len(part)
        encoded = self._encoded(texts)
        return Table(
            csr_matrix(vstack(terms, format="csr")),
            np.hstack([encoded, np.vstack(topics)]),
            encoded.shape[1] + min(COARSE, self._basis.shape[1]),
        )

    def _encoded(self, texts: Sequence[str]) -> Floats:
        """Return what the encoder makes of *texts*; no column without one.

        Raises
        ------
        InputError
            If it makes something else than one vector of numbers a text, all of one length.
        """
        if self.encoder is None:
            return np.zeros((len(texts), 0))
        try:
            found = np.asarray(self.encoder(list(texts)), dtype=np.float64)
        except (TypeError, ValueError) as error:
            raise InputError(N_("the encoder did not return an array of numbers")) from error
        if found.ndim != 2 or len(found) != len(texts) or not np.isfinite(found).all():
            raise InputError(
                N_("the encoder returned the shape {shape} for {n} texts, or something that is no number"),
                hint=N_("it must return one row of finite numbers for each text"),
                shape=found.shape,
                n=len(texts),
            )
        return np.asarray(rows_of_length_one(found) * ENCODED**0.5, dtype=np.float64)

    def _part(self, said: Said, asked: csr_matrix) -> tuple[csr_matrix, Floats]:
        """Return terms and topics of a part of the texts."""
        spoken, pairs, parts = self._weighted(said)
        distinct = np.array([len(set(said.local[i:j].tolist())) for i, j in pairwise(said.ends.tolist())])
        more = (np.maximum(distinct, 1) / max(self._typical, 1)) ** LONG
        placed = np.asarray(joined((spoken, parts)) @ self._basis, dtype=np.float64)
        own = of_length_one(csr_matrix(hstack((spoken, pairs), format="csr")))
        terms = hstack(
            [asked, scaled(own, more * WORDS**0.5), scaled(of_length_one(parts), more * WORD_PIECES**0.5)], format="csr"
        )
        coarse = placed[:, : min(COARSE, placed.shape[1])]
        return csr_matrix(terms), np.hstack([rows_of_length_one(coarse), rows_of_length_one(placed)]) * VIEW

    def shares(self, text: str, terms: Floats, topics: Floats) -> dict[str, float]:
        """Return how much each word of *text* adds to its row's product with weights: their sum is the product.

        A pair is shared by its two words, a piece belongs to its word, a topic to the words and pieces that lead to it.

        Parameters
        ----------
        text : str
            Without a question.
        terms, topics : array, shapes (n_terms,) and (n_columns,)
            What a unit of each column of a `Table` adds. What an encoder makes belongs to no word and is left out.
        """
        said = forms(text)
        table = self.transform([text], [""])
        adds = np.zeros(table.terms.shape[1])
        adds[table.terms.indices] = table.terms.data * terms[table.terms.indices]
        first, second = len(self.words), len(self.words) + len(self.pairs)
        adds = adds[len(self.asked) :]
        spoken, paired, cut = adds[:first], adds[first:second], adds[second:]
        leading = self._leading(text, topics)
        spoken = spoken + leading[:first]
        cut = cut + leading[first:]
        times = Counter(said), Counter(pairwise(said)), Counter(p for one in said for p in pieces(one))

        found: dict[str, float] = dict.fromkeys(said, 0.0)
        for form in said:
            if (number := self.words.get(form)) is not None:
                found[form] += float(spoken[number]) / times[0][form]
            for piece in pieces(form):
                if (number := self.pieces.get(piece)) is not None:
                    found[form] += float(cut[number]) / times[2][piece]
        for one, two in pairwise(said):
            half = float(paired[place]) / times[1][one, two] / 2 if (place := self._pair(one, two)) is not None else 0.0
            found[one] += half
            found[two] += half
        return found

    def _pair(self, one: str, two: str) -> int | None:
        """Return the number of a pair, or None if it is not known."""
        if one not in self.words or two not in self.words:
            return None
        key = self.words[one] * len(self.words) + self.words[two]
        place = int(np.searchsorted(self.pairs, key))
        return place if place < len(self.pairs) and self.pairs[place] == key else None

    def _leading(self, text: str, topics: Floats) -> Floats:
        """Return what each word and piece adds by the topics it leads to, of shape (n_words + n_pieces,)."""
        width = self._basis.shape[1]
        found = np.zeros(len(self.words) + len(self.pieces))
        if not width:
            return found
        spoken, _, parts = self._weighted(self._said([text], learn=False))
        row = joined((spoken, parts))
        placed = np.asarray(row @ self._basis, dtype=np.float64)[0]
        topics = topics[len(topics) - width - min(COARSE, width) :]
        near = min(COARSE, width)
        direction = np.zeros(width)
        for part, weights in ((slice(0, near), topics[:near]), (slice(0, width), topics[near:])):
            length = float(np.linalg.norm(placed[part]))
            if length:
                direction[part] += weights / length * VIEW
        found[row.indices] = row.data * (self._basis[row.indices] @ direction)
        return found
