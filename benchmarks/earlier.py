"""What an earlier study with the same codebook teaches the next one.

Run ``python benchmarks/earlier.py`` (``--write`` keeps the figures in benchmarks/results/earlier.json; needs ../shared/data and pyarrow, and says so when
they are absent). No two studies here share a codebook, so train and valid of a set are divided by what the texts speak of (k-means of
two on 20 topics). Each half is once the earlier study: 200 of its texts are labelled. Of the other half, one half has 25 labels, and the
rest of it, which nobody labelled and which no model has seen, is what macro-F1 is of. The test split is not touched.
"""

from __future__ import annotations

import argparse
import json
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import suggest
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from threadpoolctl import threadpool_limits

from qualcode import CodeSuggester
from qualcode.codebooks import load_codebook
from qualcode.model import Codebook

HERE = Path(__file__).resolve().parent
OWN, EARLIER, DRAWS = 25, 200, 3
Ints = NDArray[np.int64]


def halves(texts: list[str]) -> Ints:
    """Return 0 or 1 for each text, by what it speaks of."""
    words = TfidfVectorizer(sublinear_tf=True, min_df=2).fit_transform(texts)
    topics = TruncatedSVD(20, random_state=0).fit_transform(words)
    length = np.linalg.norm(topics, axis=1, keepdims=True).clip(1e-9)
    return np.asarray(KMeans(2, random_state=0, n_init=5).fit_predict(topics / length), dtype=np.int64)


def measure(texts: list[str], labels: Ints, book: Codebook | None) -> dict[str, float]:
    """Return mean macro-F1 (percent) of what is learnt from the new study, from both, and from the earlier one, and the gain of both."""
    half = halves(texts)
    scores: dict[str, list[float]] = {"own": [], "both": [], "earlier": [], "own, as many": []}
    for side in (0, 1):
        for draw in range(DRAWS):
            random = np.random.RandomState(50 + draw)
            before, here = (random.permutation(np.flatnonzero(half == one)) for one in (1 - side, side))
            known, unseen = here[: len(here) // 2], here[len(here) // 2 :]
            for name, rows in (
                ("own", known[:OWN]),
                ("both", np.r_[known[:OWN], before[:EARLIER]]),
                ("earlier", before[:EARLIER]),
                ("own, as many", known[: OWN + EARLIER]),
            ):
                rest = np.setdiff1d(np.r_[known, before], rows)
                model = CodeSuggester(book).fit(
                    [texts[row] for row in rows], labels[rows], [texts[row] for row in rest]
                )
                said = model.predict([texts[row] for row in unseen])
                scores[name].append(100 * float(f1_score(labels[unseen], said, average="macro", zero_division=0)))
    gains = np.subtract(scores["both"], scores["own"])
    means = {name: round(float(np.mean(each)), 1) for name, each in scores.items()}
    error = float(gains.std(ddof=1) / len(gains) ** 0.5)
    return {**means, "gain": round(float(gains.mean()), 1), "standard error": round(error, 1)}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="keep the figures in benchmarks/results/earlier.json")
    options = parser.parse_args()
    if not suggest.DATA.is_dir():
        sys.exit("skipped: the data are not at ../shared/data")
    if find_spec("pyarrow") is None:
        sys.exit("skipped: reading the data needs pyarrow (pip install pyarrow)")
    rows: list[dict[str, object]] = []
    with threadpool_limits(1):
        for name in ("hoasa", "casa"):
            texts, labels, split = suggest.read(name)
            pool = np.flatnonzero(split != "test")
            for book in (load_codebook(suggest.DATA / f"codebooks/{name}.yaml"), None):
                found = measure([texts[row] for row in pool], labels[pool], book)
                rows.append({"data": name, "codebook": book is not None, **found})
                print(rows[-1], flush=True)
    if options.write:
        content = json.dumps({"rows": rows, "run": suggest.about()}, indent=1)
        (HERE / "results/earlier.json").write_text(content + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
