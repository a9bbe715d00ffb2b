"""A printed quote holds no word that was not said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import InputError
from qualcode.model.printable import check_printable

SAID = "Ya kalo ujan begini ya nol, Mbak. Nggak dapet apa-apa 😀 blas."


@pytest.mark.parametrize(
    "printable",
    [
        SAID,
        "kalo ujan begini ya nol",
        "kalo ujan […] nol",
        "[K]alo ujan […] Nggak dapet apa-apa",
        "kalo ujan [hujan] begini",
        "ya nol, Mbak. Nggak [sama sekali] dapet",
        "kalo   ujan\nbegini",
    ],
)
def test_printable_form_may_cut_and_explain(printable: str) -> None:
    check_printable(printable, SAID)


@pytest.mark.parametrize(
    ("printable", "said"),
    [
        ("kalau hujan begini", "'kalau'"),
        ("kalo ujan nol", "not in this order"),
        ("nol […] kalo ujan", "not in this order"),
        ("kalo ujan sejahtera", "'sejahtera'"),
        ("[semua rekaan]", "no word of the transcript"),
    ],
)
def test_printable_form_may_not_polish(printable: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        check_printable(printable, SAID)


@given(st.data())
def test_any_cut_is_accepted(data: st.DataObject) -> None:
    words = SAID.split()
    kept = data.draw(st.lists(st.booleans(), min_size=len(words), max_size=len(words)).filter(any))
    printed = " ".join(word if keep else "[…]" for word, keep in zip(words, kept, strict=True))

    check_printable(printed, SAID)
