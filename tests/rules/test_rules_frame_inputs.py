"""What is no list of texts, or no codebook, is said before anything is read."""

from __future__ import annotations

from typing import Any

import pytest

from qualcode.errors import InputError
from qualcode.model import Code, Codebook
from qualcode.rules import tag
from qualcode.suggesters import CodeSuggester

BOOK = Codebook("uji", (Code("bpjs", keywords=("bpjs",)),))


@pytest.mark.parametrize(
    ("texts", "codebook", "said"), [("Punya BPJS", BOOK, "one text"), (["Punya BPJS"], "prekariat", "not a codebook")]
)
def test_tag_says_what_it_needs(texts: Any, codebook: Any, said: str) -> None:
    with pytest.raises(InputError, match=said):
        tag(texts, codebook)


def test_code_suggester_says_that_it_needs_a_codebook() -> None:
    with pytest.raises(InputError, match="not a codebook"):
        CodeSuggester("prekariat").fit(["Punya BPJS"], [[1]])
