"""The examples in the docstrings of the language rooms are true."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest


@pytest.mark.parametrize(
    "module",
    [
        "nlp.amounts",
        "nlp.forms",
        "nlp.languages",
        "nlp.lemmas",
        "nlp.marks",
        "nlp.money",
        "nlp.sentences",
        "nlp.standards",
        "nlp.tokens",
        "nlp.words",
        "nlp._affixes",
        "rules.parser",
    ],
)
def test_docstring_examples_are_true(module: str) -> None:
    """Each module has examples, and they hold."""
    result = doctest.testmod(import_module(f"qualcode.{module}"))

    assert result.attempted
    assert not result.failed
