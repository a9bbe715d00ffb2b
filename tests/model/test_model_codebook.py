"""A codebook holds together or says what is wrong."""

from __future__ import annotations

import copy
import pickle
from types import MappingProxyType

import pytest

from qualcode.errors import InputError, NotFoundError
from qualcode.model import Code, Codebook, Family


def test_parents_stand_before_their_children() -> None:
    """A category made later stands where it was put, and what is in it directly after it, in the order of before."""
    codes = (
        Code("upah", parent="ekonomi"),
        Code("sakit"),
        Code("cicilan", parent="utang"),
        Code("utang", parent="ekonomi"),
        Code("ekonomi"),
    )

    assert [code.key for code in Codebook("a", codes)] == ["sakit", "ekonomi", "upah", "utang", "cicilan"]
    assert Codebook("a", codes).children("ekonomi") == (codes[0], codes[3])


def test_codebook_refuses_a_duplicate_key() -> None:
    with pytest.raises(InputError, match="'upah' stands twice"):
        Codebook("x", (Code("upah"), Code("upah")))


def test_codebook_refuses_a_ring_of_parents() -> None:
    with pytest.raises(InputError, match="form a ring"):
        Codebook("x", (Code("a", parent="b"), Code("b", parent="c"), Code("c", parent="a")))


def test_codebook_names_near_keys_for_a_missing_parent() -> None:
    with pytest.raises(NotFoundError) as caught:
        Codebook("x", (Code("jaminan-sosial"), Code("bansos", parent="jaminan-sosal")))

    assert ("jaminan-sosial",) == caught.value.nearest
    assert "did you mean" in (caught.value.hint or "")


def test_codebook_names_near_keys_for_a_missing_code() -> None:
    with pytest.raises(NotFoundError) as caught:
        Codebook("x", (Code("upah-eksploitasi"),)).code("upah-eksplotasi")

    assert ("upah-eksploitasi",) == caught.value.nearest


@pytest.mark.parametrize("key", ["Upah", "upah rendah", "", "-upah", "upah--x", "upäh"])
def test_code_refuses_a_key_of_another_form(key: str) -> None:
    with pytest.raises(InputError, match="lower-case words"):
        Code(key)


def test_codebook_label_follows_the_content_not_the_guid() -> None:
    first = Codebook("x", (Code("a", guid="1" * 32),), version="1.0")
    same = Codebook("x", (Code("a", guid="2" * 32),), version="1.0")
    other = Codebook("x", (Code("a", definition="lain"),), version="1.0")

    assert first.label == same.label
    assert first.label != other.label
    assert first.label.startswith("1.0+")


def test_code_takes_its_family_from_its_ancestor() -> None:
    book = Codebook(
        "x", (Code("a", family="t"), Code("b", parent="a"), Code("c", parent="b")), families=(Family("t", "Tantangan"),)
    )

    family = book.family_of("c")

    assert family is not None
    assert "Tantangan" == family.name


def test_a_codebook_survives_pickling_and_deep_copying() -> None:
    """An estimator that holds a codebook can be cloned and sent to another process."""
    book = Codebook("kerja", codes=(Code("utang"),), macros=MappingProxyType({"UANG": "uang | duit"}))

    assert book == pickle.loads(pickle.dumps(book)) == copy.deepcopy(book)
    assert type(copy.deepcopy(book).macros) is MappingProxyType
