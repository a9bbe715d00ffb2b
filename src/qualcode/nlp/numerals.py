"""Numerals of Javanese (ngoko and krama), Sundanese and Betawi, as they stand in amounts of money.

``selawe ewu`` is 25,000, ``rong atus seket ewu`` 250,000, ``salawé rébu`` 25,000, ``sarebu`` 1,000. The words are those of Robson and Wibisono
(2002) for Javanese and of Hardjadibrata (2003) for Sundanese. A digit alone is no amount anywhere, so those that are also other words
(*loro* "ill", *kalih* "and", *sanga* "nine") harm nobody.
"""

from __future__ import annotations

from types import MappingProxyType

__all__ = ["AFTER_THESE_A_NAME", "DIGITS", "HALF", "MANY", "ONE_OF", "TENS", "TO", "UNITS"]


def _table(words: str) -> MappingProxyType[str, int]:
    """Return word → value of ``1 siji hiji, 2 loro``."""
    pairs = (entry.split() for entry in words.split(","))
    return MappingProxyType({word: int(value) for value, *named in pairs for word in named})


DIGITS = _table(
    "1 siji setunggal hiji, 2 loro rong kalih, 3 telu telung tigang tilu, 4 papat patang sekawan opat, 5 limang gangsal, 6 enem nem nemang genep,"
    "7 pitu pitung, 8 wolu wolung dalapan, 9 sanga songo sangang salapan"
)
TENS = _table(
    "10 sedasa sapuluh, 11 sewelas sabelas, 12 rolas, 13 telulas, 14 patbelas, 15 limalas, 16 nembelas, 17 pitulas, 18 wolulas, 19 sangalas songolas,"
    "21 selikur, 22 rolikur, 23 telulikur, 24 patlikur, 25 selawe salawe selangkung, 26 nemlikur, 27 pitulikur, 28 wolulikur, 29 sangalikur songolikur,"
    "50 seket, 60 sewidak suwidak sawidak, 100 satus saratus setunggalatus"
)
"""Tens and hundreds that are one word."""
MANY = _table("10 dasa, 100 atus")
"""What multiplies a digit before it."""
UNITS = _table("1000 ewu ebu rewu, 1000000 yuta")
ONE_OF = _table("1000 sewu saebu sarebu sarewu, 1000000 sayuta sajuta sakyuta")
"""A thousand or a million in one word."""

HALF = frozenset(["satengah", "separo"])
TO = frozenset(["tekan", "nganti", "utawa", "utawi", "atawa"])
"""What stands between two amounts: up to, or."""

_NAMED = """lawang candi grojogan air gunung gn pegunungan pring watu desa dusun dukuh jalan jl nuwun nyuwun amit pamit kaki tapak curug batu
    bukit kidung"""
AFTER_THESE_A_NAME = frozenset(_NAMED.split())
"""After these a thousand is part of a name or of a courtesy: *Lawang Sewu*, *Gunung Sewu*, *nuwun sewu* ("excuse me")."""
