"""What a line above the talk is: an entry of a header, a name, or the beginning of what somebody says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qualcode.importers._words import HONORIFICS, NOT_NAMES
from qualcode.importers.header.fields import Field
from qualcode.importers.header.privacy import holds_name, names_under

__all__ = ["GREETING", "PROSE", "introduces", "is_nameish", "is_quoted", "is_short_entry", "withheld"]

PROSE = 150
"""A longer line is prose, in characters."""
GREETING = re.compile(
    r"\b(?:assalam\w*|wa'?alaikum\w*|selamat|halo|hallo|hai|permisi|punten|kulonuwun|pagi|siang|sore|malam|iya|ya|terima|makasih|"
    r"monggo|mangga|hello|hi|good|boleh|baik|oke|ok|siap|nggak|gak|tidak|sudah|udah|belum|ada)\b",
    re.IGNORECASE,
)
_DEGREES = re.compile(r"(?:,?\s+(?:[A-Z][A-Za-z]{0,4}\.)+(?:[A-Z][A-Za-z]{0,4})?)+$")
"""Academic degrees behind a name: ``S.Pd.``, ``M.Si``, ``S.Pd.I.``"""
_HEADER_NOUNS = {"hari", "waktu", "tempat", "jam", "nomor", "no", "kode", "total", "jumlah", "hasil", "lokasi"}


def withheld(fields: Sequence[tuple[Field, int]]) -> tuple[tuple[Field, int], ...]:
    """Return the fields; what repeats a name that another of them keeps private becomes private too."""
    pseudonyms = {found.value.casefold() for found, _ in fields if found.key == "nama_samaran"}
    names = {
        name
        for found, _ in fields
        if found.target == "private" and found.value.casefold() not in pseudonyms
        for name in names_under(found.key, found.value)
    }
    return tuple(
        (replace(found, target="private"), line)
        if found.target in {"attribute", "metadata", "category"} and holds_name(found.value, names)
        else (found, line)
        for found, line in fields
    )


def is_short_entry(line: str, found: Field) -> bool:
    """Tell whether an unusual field is still a field rather than prose with a colon."""
    first = found.key.partition("_")[0]
    if is_quoted(found.value) or not first or first in NOT_NAMES - _HEADER_NOUNS or found.key.count("_") > 3:
        return False
    if found.target == "private":
        return True
    begins = next((c for c in line if c.isalpha()), "")
    sentence = re.search(r"[.?!…](?:\s+\w|\s*$)", found.value) is not None and len(found.value) > 20
    return (begins.isupper() or "_" not in found.key) and len(found.value) <= PROSE and not sentence


def is_quoted(value: str) -> bool:
    """Tell whether *value* begins with a quotation mark."""
    return value.lstrip()[:1] in set('“”"„«')


def is_nameish(value: str) -> bool:
    """Tell whether *value* can be a name with what describes it, and no sentence."""
    bare = _DEGREES.sub("", re.sub(r"\([^)]*\)", "", value).strip())
    words = bare.split()
    if bare.count(",") > 1 and len(bare) <= PROSE and _lists_people(bare):
        return True
    if (
        not words
        or len(words) > (12 if "," in bare else 8)
        or (bare[-1] in ".?!…" and len(bare) > 2)
        or re.search(r"[?!…]", bare)
    ):
        return False
    if GREETING.search(bare):
        return False
    joined = {*HONORIFICS, "&", "dan", "and", "-", "–"}
    return "," in bare or all(w[0].isupper() or w[0].isdigit() or w.casefold() in joined for w in words)


def introduces(value: str) -> bool:
    """Tell whether *value* may say who somebody is, such as ``Pak Kosim dan istri (Bu Kosim)``: no greeting, no sentence.

    Less sure than `is_nameish`: only for a role word that stands once, above others who take turns.
    """
    words = re.sub(r"\([^)]*\)", "", value).split()
    if not words or len(words) > 12 or re.search(r"[?!…]|[.](?=\s+[a-z])", re.sub(r"^\w{1,4}\.", "", value)):
        return False
    begins = words[0][0].isupper() or words[0].casefold().strip(".") in HONORIFICS
    return begins and not (len(words) > 4 and value.endswith(".")) and GREETING.search(value) is None


def _lists_people(value: str) -> bool:
    """Tell whether *value* lists three people or more, such as ``Bu Yem, Pak Karno dan Mas Agus``."""
    people = [part.split() for part in re.split(r",|\bdan\b|\band\b|&", value.rstrip(" .")) if part.strip()]
    return len(people) >= 3 and all(
        len(words) <= 4 and all(w[0].isupper() or w[0].isdigit() or w.casefold() in HONORIFICS for w in words)
        for words in people
    )
