"""How well codes are suggested from few labelled texts: macro-F1 on two public sets of Indonesian reviews.

    python benchmarks/suggest.py [--n 50 100] [--draws 5] [--split test]

Needs ``../shared/data`` and, to read it, pyarrow; says so and stops where either is missing. n labelled texts are drawn at random from train
and valid, all others of these are unlabelled, the test split is fixed. Draw d takes the first n of
``numpy.random.RandomState(1000 + d).permutation(len(pool))``. A code with no positive among the drawn texts counts 0 unless it is predicted.
The codebooks were written from the code names, before any text was read. Reviews are not interviews: the figures compare methods, they do not
tell how well a study's codes will be suggested.
"""

from __future__ import annotations

import argparse
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import yaml
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.pipeline import make_union
from threadpoolctl import threadpool_limits

from qualcode.model import Code, Codebook
from qualcode.suggesters import CodeSuggester

DATA = Path(__file__).parents[2] / "shared/data"


def codebook(name: str) -> Codebook:
    """Return the codebook of seed words for data set *name*."""
    content = yaml.safe_load((DATA / f"codebooks/{name}.yaml").read_text(encoding="utf-8"))
    return Codebook(name, tuple(Code(one["key"], keywords=tuple(one["keywords"])) for one in content["codes"]))


def baseline(texts: list[str], labels: np.ndarray, pool: list[str], test: list[str]) -> np.ndarray:
    """Return the predictions of plain class-balanced one-vs-rest logistic regression, fitted features from the whole pool."""
    features = make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True),
    ).fit(pool)
    known, unknown = features.transform(texts), features.transform(test)
    found = np.zeros((len(test), labels.shape[1]), dtype=int)
    for code, y in enumerate(labels.T):
        found[:, code] = (
            y[0]
            if len(set(y)) == 1
            else LogisticRegression(C=10, class_weight="balanced").fit(known, y).predict(unknown)
        )
    return found


def calibration(p: np.ndarray, y: np.ndarray) -> float:
    """Return the expected calibration error over ten equal bins of probability."""
    bins = np.minimum((p * 10).astype(int), 9)
    return float(sum(abs(p[bins == b].mean() - y[bins == b].mean()) * (bins == b).mean() for b in np.unique(bins)))


def main() -> None:
    """Print one line a method, data set and n."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, nargs="+", default=[50, 100])
    parser.add_argument("--draws", type=int, default=5)
    parser.add_argument("--split", choices=["test", "valid"], default="test", help="valid: for trying things out")
    options = parser.parse_args()
    if not DATA.is_dir():
        sys.exit(f"skipped: the data are not at {DATA}")
    if find_spec("pyarrow") is None:
        sys.exit("skipped: reading the data needs pyarrow (pip install pyarrow)")
    import pandas as pd

    print(f"{'data':6} {'n':>4} {'method':30} {'macro-F1':>8} {'sd':>5} {'ECE %':>6} {'s/fit':>6}")
    for name in ("hoasa", "casa"):
        book = codebook(name)
        keys = [code.key for code in book]
        table = pd.read_parquet(DATA / f"{name}.parquet")
        table["text"] = table["text"].str.lower()
        train = table[(table["split"] != "test") & (table["split"] != options.split)]
        test = table[table["split"] == options.split]
        pool, labels = train["text"].tolist(), train[keys].to_numpy(int)
        unseen, truth = test["text"].tolist(), test[keys].to_numpy(int)
        for n in options.n:
            scores: dict[str, list[tuple[float, float, float]]] = {}
            for draw in range(options.draws):
                order = np.random.RandomState(1000 + draw).permutation(len(pool))
                drawn, others = order[:n], [pool[i] for i in order[n:]]
                texts = [pool[i] for i in drawn]
                for method, model in (
                    ("logistic regression, balanced", None),
                    ("CodeSuggester", CodeSuggester()),
                    ("CodeSuggester, codebook", CodeSuggester(book)),
                ):
                    began = time.perf_counter()
                    error = float("nan")
                    if model is None:
                        with threadpool_limits(1):
                            found = baseline(texts, labels[drawn], pool, unseen)
                    else:
                        model.fit(texts, labels[drawn], others)
                        p = model.predict_proba(unseen)
                        found, error = (p >= model.thresholds_).astype(int), calibration(p.ravel(), truth.ravel())
                    f1 = f1_score(truth, found, average="macro", zero_division=0)
                    scores.setdefault(method, []).append((f1, error, time.perf_counter() - began))
            for method, values in scores.items():
                f1s, errors, seconds = np.array(values).T
                print(
                    f"{name:6} {n:4} {method:30} {100 * f1s.mean():8.1f} {100 * f1s.std():5.1f} "
                    f"{100 * errors.mean():6.1f} {seconds.mean():6.1f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
