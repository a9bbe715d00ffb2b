"""Errors say where, what and what next, and survive being sent between processes."""

from __future__ import annotations

import pickle

import pytest

from qualcode import errors
from qualcode.errors import (
    ConflictError,
    InputError,
    MissingExtraError,
    NotFoundError,
    ProjectFileError,
    QualcodeError,
    StateError,
    shorten,
)


def test_error_says_file_line_and_what() -> None:
    error = InputError("no speaker label: {text!r}", file="data/informan-01.txt", line=7, text="Baik, Bu.")

    assert "informan-01.txt:7: no speaker label: 'Baik, Bu.'" == str(error)


@pytest.mark.parametrize(
    ("kind", "builtin"),
    [
        (InputError, ValueError),
        (NotFoundError, LookupError),
        (StateError, RuntimeError),
        (ProjectFileError, OSError),
        (MissingExtraError, ImportError),
    ],
)
def test_error_is_also_what_a_caller_would_expect(kind: type[QualcodeError], builtin: type[Exception]) -> None:
    assert issubclass(kind, builtin)
    assert issubclass(kind, QualcodeError)


@pytest.mark.parametrize(
    "error",
    [
        InputError("{a} of {b}", hint="do {a}", file="x.txt", line=3, a=1, b="dua"),
        NotFoundError("no {name}", name="upha", known=["upah"]),
        ProjectFileError("gone", file="a.qualcode"),
        ConflictError("key in use"),
        MissingExtraError("pyarrow", "parquet"),
    ],
)
def test_error_survives_pickling(error: QualcodeError) -> None:
    again = pickle.loads(pickle.dumps(error))

    assert (str(error), error.hint, error.parameters, error.line) == (
        str(again),
        again.hint,
        again.parameters,
        again.line,
    )


def test_shorten_keeps_at_most_forty_characters_on_one_line() -> None:
    assert len(shorten("kata " * 100)) <= errors.EXCERPT
    assert "dua baris" == shorten("dua\n\t baris")


def test_every_error_is_exported() -> None:
    made = {n for n, v in vars(errors).items() if isinstance(v, type) and issubclass(v, QualcodeError)}

    assert made <= set(errors.__all__)
