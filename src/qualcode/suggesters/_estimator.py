"""The classifier for those who have texts and labels but no study: scikit-learn's contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from numbers import Integral
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils import check_random_state
from sklearn.utils.validation import check_is_fitted

from qualcode.errors import N_, InputError, NotFoundError
from qualcode.model import Codebook, Evidence
from qualcode.suggesters._clues import Clues, Finder
from qualcode.suggesters._engine import UNLABELLED, Engine, Rows
from qualcode.suggesters._features import Encoder

if TYPE_CHECKING:
    from qualcode.rules import Tagger

__all__ = ["CodeSuggester"]

ROWS = 5_000
"""Texts made into features at a time: a matrix of millions of them would not fit."""

ONE_A_CODE = N_(
    "a column for each code, 1 where a text bears it and 0 where not: of one code numpy.reshape(Y, (-1, 1)), of names pandas.get_dummies(Y)"
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class CodeSuggester(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Learns from coded texts which codes others may bear; a text may bear several.

    A Gaussian process (Rasmussen & Williams 2006) for each code, over words, word pieces and topics of all texts, coded or not, around
    what the codebook's rules say; scores of rows left out give the probability. A code without labels has its rules alone, a
    code without rules its labels alone. Recipe ``classifier-4``.

    Parameters
    ----------
    codebook : Codebook, optional
        Its codes in use are the columns of Y (or all its codes, where Y has so many columns); its keywords count as features.
    encoder : callable, optional
        Texts to vectors, of shape (n_texts, any length): their cosine joins what the words say, as `TOPICS` does. None: nothing is
        loaded or downloaded. Words are still what explains a suggestion.
    random_state : int or RandomState or None
        Of the topics and folds; None draws anew in each fit, as scikit-learn's do. The same texts in another order are another draw.

    Attributes
    ----------
    classes_ : ndarray of str, shape (n_codes,)
        Code keys in codebook order; without a codebook Y's column names, or ``"0"``, ``"1"`` …
    thresholds_ : ndarray, shape (n_codes,)
        From which probability `predict` says yes: where the expected F1 over all texts seen in fit is highest.
    skill_, chance_ : ndarray, shape (n_codes,)
        Area under the ROC curve on rows held out, and what guessing stays under nineteen times of twenty. NaN where not tested.
    grouped_ : ndarray of bool, shape (n_codes,)
        Whether no group stood on both sides of that test.
    left_out_ : ndarray of bool, shape (n_codes,)
        Whose rules have no say, as the labels are told better without the codebook.
    n_positive_ : ndarray of int, shape (n_codes,)
        Labelled texts that bear the code.

    Examples
    --------
    >>> texts = ["sepi karena hujan", "hujan terus", "utang ke warung", "bayar utang", "hujan lagi", "utang lagi"]
    >>> Y = [[1, 0], [1, 0], [0, 1], [0, 1], [1, 0], [0, 1]]
    >>> CodeSuggester().fit(texts, Y).predict(["ada utang", "kalau hujan"]).tolist()
    [[0, 1], [1, 0]]
    """

    def __init__(
        self,
        codebook: Codebook | None = None,
        *,
        encoder: Encoder | None = None,
        random_state: int | np.random.RandomState | None = 0,
    ) -> None:
        self.codebook = codebook
        self.encoder = encoder
        self.random_state = random_state

    def __sklearn_tags__(self) -> Any:
        """Tell scikit-learn that texts come in and several codes out."""
        tags = super().__sklearn_tags__()
        tags.input_tags.string, tags.input_tags.two_d_array = True, False
        tags.target_tags.required, tags.target_tags.two_d_labels, tags.target_tags.multi_output = False, True, True
        tags.classifier_tags.multi_class, tags.classifier_tags.multi_label = False, True
        return tags

    def fit(
        self,
        texts: Sequence[str],
        Y: ArrayLike | None = None,  # noqa: N803 - scikit-learn's name
        unlabelled: Sequence[str] | None = None,
        groups: Sequence[object] | None = None,
    ) -> Self:
        """Learn, and return the estimator.

        Parameters
        ----------
        texts : sequence of str, length n_texts
            An empty text is a text; None and NaN are not.
        Y : array-like of int, shape (n_texts, n_codes), optional
            1 bears the code, 0 does not, −1 not known. None: nothing is known. Columns of a DataFrame are found by their names, and what
            is predicted comes in the order of `classes_`: scikit-learn's scorers compare by place, so give them Y in that order.
        unlabelled : sequence of str, optional
            More texts of the same kind: they tell which words are rare, and enter the thresholds.
        groups : sequence, length n_texts, optional
            Whose words each text is (the informant): a group is never on both sides of a test.

        Raises
        ------
        InputError
            If a text is no text, or Y or groups do not fit the texts.
        NotFoundError
            If Y is a DataFrame with a column that is not in the codebook.
        """
        if not (self.codebook is None or isinstance(self.codebook, Codebook)):
            raise InputError(N_("this is not a codebook"), hint=N_("load it first: load_codebook('prekariat')"))
        texts = checked_texts(texts)
        self.classes_, labels = self._labels(Y, len(texts))
        numbers = _groups(groups, len(texts))
        self._read_codebook()
        pool = [*texts, *(checked_texts(unlabelled) if unlabelled is not None else ())]
        self._engine = Engine(_seed(self.random_state), self.encoder).fit(self._rows(pool), labels, numbers)
        learnt = self._engine.learnt
        self.n_positive_ = (labels == 1).sum(axis=0)
        self.left_out_ = self._engine.left_out
        self.thresholds_ = self._engine.thresholds
        self.skill_ = np.array([one.skill for one in learnt])
        self.chance_ = np.array([one.chance for one in learnt])
        self.grouped_ = np.array([one.grouped for one in learnt], dtype=bool)
        return self

    def predict_proba(self, texts: Sequence[str]) -> Floats:
        """Return the probability of each code for each text, of shape (n_texts, n_codes); columns follow `classes_`.

        Raises
        ------
        InputError
            If a text is no text.
        sklearn.exceptions.NotFittedError
            Before `fit`.
        """
        check_is_fitted(self, "classes_")
        texts = checked_texts(texts)
        found = np.zeros((len(texts), len(self.classes_)))
        for start in range(0, len(texts), ROWS):
            found[start : start + ROWS] = self._engine.probabilities(self._rows(texts[start : start + ROWS]))
        return found

    def predict(self, texts: Sequence[str]) -> Ints:
        """Return 1 where a text probably bears a code and 0 elsewhere, of shape (n_texts, n_codes).

        Raises
        ------
        InputError
            If a text is no text.
        """
        return (self.predict_proba(texts) >= self.thresholds_).astype(np.int64)

    def explain(self, text: str, code: str) -> tuple[Evidence, ...]:
        """Return what speaks for *code* in *text*: rule matches that have a say (`left_out_`), then words, the strongest first.

        A word's weight is what it adds to the log-odds of the probability, its pieces and pairs included; the span is its first
        place in the text.

        Raises
        ------
        NotFoundError
            If the estimator does not know *code*.
        """
        check_is_fitted(self, "classes_")
        (text,) = checked_texts([text])
        known = self.classes_.tolist()
        if code not in known:
            raise NotFoundError(N_("the suggester knows no code {name!r}"), name=code, known=known)
        number = known.index(code)
        tagger = None if self._engine.left_out[number] else self._tagger
        ruled = [e for hit in tagger.hits(text) if hit.code == code for e in hit.evidence] if tagger else []
        return (*ruled, *self._engine.reasons(text, number))

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what is only of use here and now: what finds its clues is made from the codebook again."""
        state: dict[str, Any] = super().__getstate__()
        return {name: value for name, value in state.items() if name not in {"_tagger", "_finder"}}

    def __setstate__(self, state: dict[str, Any]) -> None:
        super().__setstate__(state)
        if "classes_" in state:
            self._read_codebook()

    def _labels(self, given: Any, n: int) -> tuple[NDArray[np.str_], Ints]:
        """Return the code keys and the labels, checked."""
        if given is None:
            keys = [code.key for code in self.codebook.active] if self.codebook else []
            return np.array(keys, dtype=str), np.full((n, len(keys)), UNLABELLED, dtype=np.int64)
        names = [str(name) for name in given.columns] if hasattr(given, "columns") else None
        if names is not None and len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise InputError(N_("Y has two columns {name!r}"), hint=N_("keep one column for each code"), name=twice)
        dense = given.toarray() if hasattr(given, "toarray") else given
        try:
            labels = np.asarray(dense, dtype=float)
        except (TypeError, ValueError) as error:
            raise InputError(N_("Y holds something other than 1, 0 and -1"), hint=ONE_A_CODE) from error
        if labels.ndim != 2 or len(labels) != n:
            raise InputError(
                N_("Y has the shape {shape}; it needs a row for each of {n} texts and a column for each code"),
                hint=ONE_A_CODE if labels.ndim == 1 else None,
                shape=labels.shape,
                n=n,
            )
        if not np.isin(labels, (1, 0, UNLABELLED)).all():
            raise InputError(
                N_("Y holds something other than 1, 0 and -1"), hint=N_("write -1 where a label is not known")
            )
        keys = self._keys(labels.shape[1], names)
        if names is not None and self.codebook is not None:
            labels = labels[:, [names.index(key) for key in keys]]
        return np.array(keys, dtype=str), labels.astype(np.int64)

    def _keys(self, n_codes: int, names: list[str] | None) -> list[str]:
        """Return the code keys of Y's columns, in codebook order."""
        if self.codebook is None:
            return names or [str(number) for number in range(n_codes)]
        every = [code.key for code in self.codebook]
        if names is not None:
            for name in names:
                if name not in every:
                    raise NotFoundError(
                        N_("Y has a column {name!r} that is no code of the codebook"), name=name, known=every
                    )
            return [key for key in every if key in names]
        for keys in ([code.key for code in self.codebook.active], every):
            if len(keys) == n_codes:
                return keys
        raise InputError(
            N_("Y has {n} columns, the codebook {codes} codes in use"),
            hint=N_("give Y a column for each code in use, in codebook order"),
            n=n_codes,
            codes=len(self.codebook.active),
        )

    def _read_codebook(self) -> None:
        """Make what finds rule hits and their like, or None where no code has a rule."""
        self._tagger: Tagger | None = None
        self._finder: Finder | None = None
        if self.codebook is not None and any(code.keywords for code in self.codebook.active):
            from qualcode.rules import Tagger

            self._tagger, self._finder = Tagger(self.codebook), Finder(self.codebook, self.classes_.tolist())

    def _rows(self, texts: Sequence[str]) -> Rows:
        """Return *texts* with what the codebook says of each."""
        if self._tagger is None or self._finder is None:
            return Rows(texts, [""] * len(texts), Clues.none(len(texts), len(self.classes_)))
        tagger = self._tagger
        found = ({hit.code: hit.evidence for hit in tagger.hits(text)} for text in texts)
        return Rows(texts, [""] * len(texts), self._finder.clues(texts, found))


def checked_texts(texts: Any) -> list[str]:
    """Return *texts* as a list, or say which is no text."""
    if isinstance(texts, str):
        raise InputError(N_("texts is one text; it must be a list of texts"), hint=N_("put it in brackets"))
    if hasattr(texts, "columns"):
        raise InputError(N_("texts is a table; it must be a list of texts"), hint=N_("give the column with the texts"))
    if not isinstance(texts, Iterable):
        raise InputError(N_("texts is {kind}; it must be a list of texts"), kind=type(texts).__name__)
    found = list(texts)
    for number, text in _not_texts(found):
        raise InputError(
            N_("text number {number} (from 0) is {kind}, not a text"),
            hint=N_("leave out rows without an answer before fitting"),
            number=number,
            kind="NaN" if isinstance(text, float) else type(text).__name__,
        )
    return found


def _not_texts(texts: list[Any]) -> Iterator[tuple[int, Any]]:
    return ((number, text) for number, text in enumerate(texts) if not isinstance(text, str))


def _groups(groups: Sequence[object] | None, n: int) -> Ints | None:
    """Return each text's group as a number."""
    if groups is None:
        return None
    found = [str(group) for group in groups]
    if len(found) != n:
        raise InputError(N_("there are {n} groups for {texts} texts"), n=len(found), texts=n)
    return np.asarray(np.unique(found, return_inverse=True)[1], dtype=np.int64)


def _seed(random_state: Any) -> int:
    """Return the number that stands for *random_state*."""
    if isinstance(random_state, Integral):
        return int(random_state)
    return int(check_random_state(random_state).randint(2**31 - 1))
