"""The numeric step keeps scikit-learn's contract, by scikit-learn's own checks."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sklearn.datasets import make_classification
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
from sklearn.utils.estimator_checks import parametrize_with_checks

from qualcode.suggesters import ProcessClassifier


@parametrize_with_checks([ProcessClassifier()])  # type: ignore[untyped-decorator]
def test_scikit_learns_own_checks(estimator: Any, check: Any) -> None:
    check(estimator)


def test_it_learns_as_well_as_logistic_regression() -> None:
    x, y = make_classification(400, 20, n_informative=6, n_classes=3, random_state=0)
    ours, theirs = (cross_val_score(model, x, y).mean() for model in (ProcessClassifier(), LogisticRegression()))

    assert ours > theirs - 0.05


def test_many_rows_are_learnt_by_landmarks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qualcode.suggesters._process.MOST", 1_500)
    x, y = make_classification(2500, 20, n_informative=6, random_state=1)
    model = ProcessClassifier().fit(x[:2000], y[:2000])
    p = model.predict_proba(x[2000:])[:, 1]

    assert p.mean() == pytest.approx(y[2000:].mean(), abs=0.06)
    assert (model.predict(x[2000:]) == y[2000:]).mean() > 0.75
    assert np.array_equal(p, ProcessClassifier().fit(x[:2000], y[:2000]).predict_proba(x[2000:])[:, 1])
