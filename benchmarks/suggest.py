"""How well and how fast codes are suggested from few labelled texts, beside the peers.

    python benchmarks/suggest.py [quality] [folds] [speed] [--n 25 50 100 200 400] [--draws 5] [--write]

quality
    Macro-F1, calibration and precision on three public sets of Indonesian reviews and tweets. n labelled texts are drawn at random from train
    and valid, all others of these are unlabelled, the test split is fixed. Draw d takes the first n of
    ``numpy.random.RandomState(1000 + d).permutation(len(pool))``. A code with no positive among the drawn texts counts 0 unless it is
    predicted. The codebooks were written from the code names, before any text was read.
folds
    The same on five folds of train and valid, where everything was chosen: CodeSuggester against the prototype on the same draws, with a
    95 % interval of the mean difference (t, over folds and draws).
speed
    10,000 and 100,000 segments of 52 words, 12 codes, one core: processor seconds and the largest memory, beside logistic regression.

Needs ``../shared/data`` and, to read it, pyarrow; says so and stops where either is missing. small-text takes part where it is installed
(pip install small-text). Reviews are not interviews: the figures compare methods, they do not tell how well a study's codes will be suggested.
"""

from __future__ import annotations

import argparse
import datetime
import json
import platform
import random
import resource
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import yaml
from scipy.stats import t as student
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from threadpoolctl import threadpool_limits

sys.path.insert(0, str(Path(__file__).parent))
import suggest_peers as peers

from qualcode.model import Code, Codebook
from qualcode.suggesters import CodeSuggester
from qualcode.suggesters.classifier import ClassifierSuggester

RECIPE = ClassifierSuggester.recipe
HERE = Path(__file__).resolve().parent
DATA = HERE.parent.parent / "shared/data"
SETS = ("hoasa", "casa", "emot")
LIMITS = {
    "index 10,000": 8.0,
    "learn 400 and score 10,000": 0.6,
    "learn 4,000 and score 10,000": 3.0,
    "all 100,000": 90.0,
}


def keywords(name: str) -> dict[str, list[str]]:
    """Return the seed words of each code of data set *name*."""
    content = yaml.safe_load((DATA / f"codebooks/{name}.yaml").read_text(encoding="utf-8"))
    return {one["key"]: one["keywords"] for one in content["codes"]}


def read(name: str) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Return texts in lower case, labels of shape (n_texts, n_codes), and the split of each text."""
    import pandas as pd

    table = pd.read_parquet(DATA / f"{name}.parquet")
    keys = list(keywords(name))
    labels = np.column_stack([(table["label"] == key) if name == "emot" else table[key] for key in keys]).astype(int)
    return table["text"].str.lower().tolist(), labels, table["split"].to_numpy()


def calibration(p: np.ndarray, y: np.ndarray) -> float:
    """Return the expected calibration error over ten equal bins of probability."""
    bins = np.minimum((p * 10).astype(int), 9)
    return float(sum(abs(p[bins == b].mean() - y[bins == b].mean()) * (bins == b).mean() for b in np.unique(bins)))


def measures(
    name: str, p: np.ndarray, thresholds: np.ndarray, truth: np.ndarray
) -> tuple[float, float, float, float, float]:
    """Return macro-F1, calibration error, precision and share found where p ≥ .8, all in percent, and macro-F1 by thresholds.

    Where each text has one label, the first is that of the likeliest; elsewhere the two are the same.
    """
    own = (p >= thresholds).astype(int)
    said = np.eye(p.shape[1], dtype=int)[p.argmax(axis=1)] if name == "emot" else own
    sure = p >= 0.8
    return (
        100 * f1_score(truth, said, average="macro", zero_division=0),
        100 * calibration(p.ravel(), truth.ravel()),
        100 * truth[sure].mean() if sure.any() else float("nan"),
        100 * (sure & (truth == 1)).sum() / truth.sum(),
        100 * f1_score(truth, own, average="macro", zero_division=0),
    )


def ours(book: Codebook | None) -> Callable[[peers.Task, peers.Made], peers.Found]:
    """Return CodeSuggester as the peers are."""

    def fit(task: peers.Task, made: peers.Made) -> peers.Found:
        del made
        n = len(task.labels)
        model = CodeSuggester(book).fit(task.pool[:n], task.labels, task.pool[n:])
        return model.predict_proba(task.unseen), model.thresholds_

    return fit


def methods(name: str) -> dict[str, Callable[[peers.Task, peers.Made], peers.Found | None]]:
    """Return every method by its name in the table."""
    book = Codebook(name, tuple(Code(key, keywords=tuple(words)) for key, words in keywords(name).items()))
    return {
        "logistic regression": peers.regression,
        "logistic regression, balanced": lambda task, made: peers.regression(task, made, balanced=True),
        "SelfTrainingClassifier": peers.self_training,
        "LabelSpreading on LSA": peers.spreading,
        "small-text (SVC, entropy, asks)": peers.small_text,
        "CodeSuggester": ours(None),
        "seed words alone": peers.hits_alone,
        "seed words + logistic regression": peers.regression_with_hits,
        "prototype": peers.prototype,
        "CodeSuggester, codebook": ours(book),
    }


def tasks(
    name: str, pool: np.ndarray, rest: np.ndarray, n: int, draws: int
) -> Iterator[tuple[peers.Task, np.ndarray, np.ndarray]]:
    """Yield each draw's task, the truth of the unseen texts, and the order of the pool."""
    texts, labels, _ = read(name)
    hits = peers.count_hits(texts, list(keywords(name).values()))
    for draw in range(draws):
        order = pool[np.random.RandomState(1000 + draw).permutation(len(pool))]
        yield (
            peers.Task(
                [texts[i] for i in order],
                labels[order[:n]],
                [texts[i] for i in rest],
                hits[order],
                hits[rest],
                labels[order],
            ),
            labels[rest],
            order,
        )


def quality(sizes: list[int], draws: int, only: list[str] | None = None) -> list[dict[str, object]]:
    """Print and return one row a method, data set and n; *only* some methods, where it is given."""
    print(
        f"{'data':6} {'n':>4} {'method':33} {'macro-F1':>8} {'sd':>4} {'ECE %':>6} {'P .8':>5} {'R .8':>5} {'F1 thr':>6} {'s/fit':>6}"
    )
    rows: list[dict[str, object]] = []
    for name in SETS:
        _, _, split = read(name)
        pool, rest = np.flatnonzero(split != "test"), np.flatnonzero(split == "test")
        for n in sizes:
            found: dict[str, list[tuple[float, ...]]] = {}
            for task, truth, _ in tasks(name, pool, rest, n, draws):
                made = peers.make(task.pool, task.unseen)
                for method, fit in methods(name).items():
                    if only and method not in only:
                        continue
                    began = time.process_time()
                    answer = fit(task, made)
                    if answer is not None:
                        spent = time.process_time() - began
                        found.setdefault(method, []).append((*measures(name, *answer, truth), spent))
            for method, values in found.items():
                table = np.array(values)
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore", RuntimeWarning)  # no text with p >= .8 in any draw
                    f1, error, precise, share, own, spent = np.nanmean(table, axis=0)
                rows.append(
                    {"data": name, "n": n, "method": method, "macro_f1": round(f1, 1), "sd": round(float(table[:, 0].std()), 1),
                     "ece": round(error, 1), "precision_80": round(precise, 1), "recall_80": round(share, 1),
                     "macro_f1_thresholds": round(own, 1), **({"recipe": RECIPE} if method.startswith("CodeSuggester") else {})}
                )  # fmt: skip
                print(
                    f"{name:6} {n:4} {method:33} {f1:8.1f} {table[:, 0].std():4.1f} {error:6.1f} {precise:5.1f} {share:5.1f} {own:6.1f} {spent:6.1f}",
                    flush=True,
                )
    return rows


def folds(sizes: list[int], draws: int) -> list[dict[str, object]]:
    """Print and return the mean difference to the prototype on folds of the pool, with its interval."""
    print(f"{'data':6} {'n':>4} {'prototype':>9} {'CodeSuggester':>13} {'difference':>10}  95 % interval")
    rows: list[dict[str, object]] = []
    for name in SETS:
        _, _, split = read(name)
        pool = np.flatnonzero(split != "test")
        fold = np.random.RandomState(7).permutation(len(pool)) % 5
        for n in sizes:
            both: list[tuple[float, float]] = []
            for one in range(5):
                for task, truth, _ in tasks(name, pool[fold != one], pool[fold == one], n, draws):
                    made = peers.make(task.pool, task.unseen)
                    every = methods(name)
                    answers = [every[method](task, made) for method in ("prototype", "CodeSuggester, codebook")]
                    first, second = (measures(name, *answer, truth)[0] for answer in answers if answer is not None)
                    both.append((first, second))
            values = np.array(both)
            gain = values[:, 1] - values[:, 0]
            half = student.ppf(0.975, len(gain) - 1) * gain.std(ddof=1) / len(gain) ** 0.5
            old, new = values.mean(axis=0)
            rows.append(
                {
                    "data": name,
                    "n": n,
                    "prototype": round(old, 1),
                    "ours": round(new, 1),
                    "gain": round(gain.mean(), 2),
                    "half": round(half, 2),
                    "recipe": RECIPE,
                }
            )
            print(
                f"{name:6} {n:4} {old:9.1f} {new:13.1f} {gain.mean():+10.2f}  {gain.mean() - half:+.2f} to {gain.mean() + half:+.2f}",
                flush=True,
            )
    return rows


def segments(n: int) -> list[str]:
    """Return *n* runs of 52 words from the three sets, drawn at random."""
    words = " ".join(text for name in SETS for text in read(name)[0]).split()
    draw = random.Random(1)
    return [" ".join(words[start : start + 52]) for start in (draw.randrange(len(words) - 52) for _ in range(n))]


def measure_speed(n: int) -> dict[str, float]:
    """Return processor seconds and megabytes for *n* segments, in this process."""
    from qualcode.suggesters._clues import Clues
    from qualcode.suggesters._engine import Engine

    texts = segments(n)
    labels = (np.random.RandomState(0).random_sample((4000, 12)) < 0.15).astype(np.int64)
    nothing = Clues.none(n, 12)
    found: dict[str, float] = {}
    with threadpool_limits(1):
        start = whole = time.process_time()
        engine = Engine()
        table = engine.features.fit(texts, [""] * n)
        found["index"] = time.process_time() - start
        for known in (400, 4000):
            start = time.process_time()
            engine.learn(table, nothing, labels[:known])
            found[f"learn {known} and score all"] = time.process_time() - start
        found["all"] = time.process_time() - whole
        start = time.process_time()
        engine.features.transform(texts[: n // 10], [""] * (n // 10))
        found["index a tenth more"] = time.process_time() - start
        found["MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
        if n <= 10_000:
            start = time.process_time()
            matrix = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True).fit_transform(texts)
            found["logistic regression: index"] = time.process_time() - start
            for known in (400, 4000):
                start = time.process_time()
                for y in labels[:known].T:
                    LogisticRegression(C=10, class_weight="balanced").fit(matrix[:known], y).predict_proba(matrix)
                found[f"logistic regression: learn {known} and score all"] = time.process_time() - start
    return {key: round(value, 2) for key, value in found.items()}


def speed() -> dict[str, dict[str, float]]:
    """Print and return what 10,000 and 100,000 segments take, each in a process of its own, so that memory is its own."""
    rows: dict[str, dict[str, float]] = {}
    for n in (10_000, 100_000):
        command = [sys.executable, str(Path(__file__).resolve()), "--measure", str(n)]
        made = subprocess.run(command, check=True, capture_output=True, text=True)
        rows[str(n)] = json.loads(made.stdout)
        for what, value in rows[str(n)].items():
            print(f"{n:7,} segments  {what:48} {value:8.2f}{'' if what == 'MB' else ' s'}", flush=True)
    small = rows["10000"]
    print(
        f"of the limits: index {small['index'] / 8:.0%} of 8 s, 400 labels {small['learn 400 and score all'] / 0.6:.0%} of 0.6 s, "
        f"4,000 labels {small['learn 4000 and score all'] / 3:.0%} of 3 s, memory {small['MB'] / 700:.0%} of 700 MB; "
        f"100,000 segments {rows['100000']['all'] / 90:.0%} of 90 s, {rows['100000']['MB'] / 3000:.0%} of 3 GB"
    )
    return rows


def main() -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", default=["quality", "folds", "speed"])
    parser.add_argument("--n", type=int, nargs="+", default=[25, 50, 100, 200, 400])
    parser.add_argument("--draws", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="keep the figures in benchmarks/results/suggest.json")
    parser.add_argument(
        "--method", nargs="+", help="only these; with --write, rows of the others are kept as they were"
    )
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not DATA.is_dir():
        sys.exit("skipped: the data are not at ../shared/data")
    if find_spec("pyarrow") is None:
        sys.exit("skipped: reading the data needs pyarrow (pip install pyarrow)")
    if options.measure:
        print(json.dumps(measure_speed(options.measure)))
        return
    found: dict[str, object] = {}
    with threadpool_limits(1):
        if "quality" in options.what:
            rows = found["quality"] = quality(options.n, options.draws, options.method)
        if "folds" in options.what:
            found["folds"] = folds(options.n, options.draws)
    if "speed" in options.what:
        found["speed"] = speed()
    if options.write:
        path = HERE / "results/suggest.json"
        kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        if options.method and "quality" in found:
            found["quality"] = merged(kept.get("quality", []), rows)
        path.write_text(json.dumps({**kept, **found, "run": about()}, indent=1) + "\n", encoding="utf-8")


def merged(old: list[dict[str, object]], new: list[dict[str, object]]) -> list[dict[str, object]]:
    """Return *old* rows with *new* ones in the place of those of the same set, n and method."""
    at = {(row["data"], row["n"], row["method"]): row for row in (*old, *new)}
    return list(at.values())


def about() -> dict[str, object]:
    """Return date, machine and versions."""
    versions = {}
    for name in ("numpy", "scipy", "scikit-learn", "small-text"):
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            versions[name] = "not installed"
    return {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}",
        "versions": versions,
    }


if __name__ == "__main__":
    main()
