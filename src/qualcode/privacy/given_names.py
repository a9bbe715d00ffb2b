"""What is commonly known of Indonesian names: of which gender and where they are mostly heard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

__all__ = ["Gender", "GivenName", "gender_of", "is_word", "known", "names_of", "region_of"]

Gender = Literal["f", "m", "n", ""]
"""Of women, of men, of both, or not known."""

_DATA = Path(__file__).with_name("given_names.txt")
_WORD = "word"
_GENDERS: dict[Gender, str] = {
    "f": "ibu bu mbak mba mbok teteh teh neng ceu nyai hajah hj bude budhe bulik tante bibi bik ustadzah ustazah uni ci cici ce "
    "mpok yu nona nyonya ny nenek saudari ning umi ummi sus suster inang butet zus tacik",
    "m": "bapak pak bpk mas bang abang kang akang aa mang pakde pakdhe paklik om paman ustaz ustadz kyai kiai haji h uda koh "
    "engkoh bli tuan tn kakek saudara gus cak romo amang buya ajengan",
}
_REGIONS = {
    "jawa": "mbak mas mbok bude budhe pakde pakdhe bulik paklik lek yu cak ning gus mbakyu kangmas romo",
    "sunda": "kang akang teh teteh neng ceu aa mang ajengan bibi",
    "betawi": "mpok ncang encing babeh",
    "minang": "uda uni buya etek mamak",
    "batak": "amang inang butet opung lae ito namboru tulang",
    "bugis": "daeng puang karaeng",
    "bali": "bli jero",
    "tionghoa": "koh engkoh ci cici ce tacik acek",
    "arab": "ustaz ustadz ustadzah ustazah habib syekh kyai kiai nyai",
}
_ADDRESSED: Mapping[str, Gender] = MappingProxyType(
    {word: gender for gender, words in _GENDERS.items() for word in words.split()}
)
_OF_ADDRESS = MappingProxyType({word: region for region, words in _REGIONS.items() for word in words.split()})


@dataclass(frozen=True, slots=True)
class GivenName:
    """A common name: who bears it, where it is heard, and whether it is a family's."""

    name: str
    genders: frozenset[str]
    regions: tuple[str, ...]

    @property
    def gender(self) -> Gender:
        """Women's, men's, or both."""
        own = self.genders - {"family"}
        if own == {"f"}:
            return "f"
        return "m" if own == {"m"} else "n"

    @property
    def is_family(self) -> bool:
        """Whether it is a family's name and no given one."""
        return self.genders == {"family"}


@cache
def _pools() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Return the names by region and gender."""
    pools: dict[tuple[str, str], tuple[str, ...]] = {}
    for line in _DATA.read_text(encoding="utf-8").splitlines():
        head, colon, names = line.partition(":")
        if colon and not line.startswith("#"):
            region, gender = head.split()
            pools[region, gender] = tuple(dict.fromkeys((*pools.get((region, gender), ()), *names.split())))
    return MappingProxyType(pools)


@cache
def _known() -> Mapping[str, GivenName]:
    found: dict[str, tuple[str, set[str], list[str]]] = {}
    for (region, gender), names in _pools().items():
        for name in names if gender != _WORD else ():
            _, genders, regions = found.setdefault(name.casefold(), (name, set(), []))
            genders.add(gender)
            regions.append(region)
    return MappingProxyType(
        {key: GivenName(name, frozenset(g), tuple(dict.fromkeys(r))) for key, (name, g, r) in found.items()}
    )


def known(word: str) -> GivenName | None:
    """Return what is commonly known of the name *word*, or None.

    >>> known("asep").regions, known("Nasution").is_family
    (('sunda',), True)
    """
    return _known().get(word.casefold())


def is_word(name: str) -> bool:
    """Tell whether *name* is a word as well, or part of so many names that it would tell nobody apart."""
    return name.casefold() in _pools()["kata", _WORD]


def names_of(region: str, gender: str) -> tuple[str, ...]:
    """Return the names of *region* for *gender* (f, m, n, family); none where there are none."""
    return _pools().get((region, gender), ())


def gender_of(address: str) -> Gender:
    """Return whom the form of address *address* (``Bu``, ``Mas``) is said to; empty where it does not tell."""
    return _ADDRESSED.get(address.casefold().rstrip("."), "")


def region_of(address: str) -> str:
    """Return where the form of address *address* is said, empty where everywhere."""
    return _OF_ADDRESS.get(address.casefold().rstrip("."), "")
