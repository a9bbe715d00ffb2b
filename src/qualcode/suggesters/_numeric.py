"""The numeric step of `CodeSuggester` by itself, for those who have numbers of their own instead of texts."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data
from threadpoolctl import threadpool_limits

from qualcode.suggesters._calibration import calibrate
from qualcode.suggesters._process import WithColumns, posterior, precision
from qualcode.suggesters._table import Table

__all__ = ["ProcessClassifier"]

Floats = NDArray[np.float64]

MEAN, SD = np.array([0.0]), np.array([0.5])


class ProcessClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """A Gaussian process on 0 and 1 for each class, with probabilities from rows left out one by one.

    Likeness is the product of two rows, centred and divided by their usual length, so that it is 1 on average of a row with itself; see
    `qualcode.suggesters._process` for the mathematics (Rasmussen & Williams 2006) and `_calibration` for the probabilities (Platt
    1999). It takes numbers, dense or sparse, and keeps scikit-learn's contract, so that it stands in pipelines and searches.

    Parameters
    ----------
    weight : float
        Variance of the process, beside a variance of .2 of a label.
    random_state : int
        Of the landmarks, from 5,000 rows on.

    Attributes
    ----------
    classes_ : ndarray, shape (n_classes,)
        The labels seen in fit.

    Examples
    --------
    >>> X = [[0.0, 1.0], [0.1, 0.9], [1.0, 0.0], [0.9, 0.1]]
    >>> ProcessClassifier().fit(X, ["cuaca", "cuaca", "utang", "utang"]).predict([[0.2, 1.1], [1.2, 0.1]]).tolist()
    ['cuaca', 'utang']
    """

    def __init__(self, *, weight: float = 4.0, random_state: int = 0) -> None:
        self.weight = weight
        self.random_state = random_state

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        return tags

    def fit(self, X: Any, y: Any) -> Self:  # noqa: N803 - scikit-learn's name
        """Learn from rows of numbers X, of shape (n_rows, n_features), and their classes y; return the estimator."""
        X, y = validate_data(self, X, y, accept_sparse="csr", dtype=np.float64)  # noqa: N806
        check_classification_targets(y)
        self.classes_, numbers = np.unique(y, return_inverse=True)
        dense = X.toarray() if hasattr(X, "toarray") else X
        self._centre = dense.mean(axis=0)
        rows = dense - self._centre
        self._length = float(np.sqrt((rows**2).sum(axis=1).mean())) or 1.0
        rows = rows * (self.weight**0.5 / self._length)
        with threadpool_limits(1, user_api="blas"):
            inverse = precision(Table(csr_matrix((len(rows), 0)), rows), self.random_state)
            ones = np.ones((len(rows), 1))
            self._learnt: list[tuple[Floats, float, float, float]] = []
            for number in range(len(self.classes_)):
                truth = (numbers == number).astype(np.int64)
                found = posterior(WithColumns(inverse, ones, SD), truth.astype(float), MEAN)
                self._learnt.append((rows.T @ found.weights, float(found.beta[0]), *calibrate(found.unseen, truth)))
        return self

    def predict_proba(self, X: Any) -> Floats:  # noqa: N803
        """Return the probability of each class for each row, of shape (n_rows, n_classes); columns follow `classes_`."""
        check_is_fitted(self, "classes_")
        X = validate_data(self, X, accept_sparse="csr", dtype=np.float64, reset=False)  # noqa: N806
        rows = ((X.toarray() if hasattr(X, "toarray") else X) - self._centre) * (self.weight**0.5 / self._length)
        if len(self.classes_) == 1:
            return np.ones((len(rows), 1))
        scores = [slope * (rows @ direction + base) + start for direction, base, slope, start in self._learnt]
        found = np.maximum(expit(np.column_stack(scores)), 1e-12)
        return np.asarray(found / found.sum(axis=1, keepdims=True), dtype=np.float64)

    def predict(self, X: Any) -> NDArray[Any]:  # noqa: N803
        """Return the likeliest class of each row."""
        likeliest = self.predict_proba(X).argmax(axis=1)
        return np.asarray(self.classes_[likeliest])
