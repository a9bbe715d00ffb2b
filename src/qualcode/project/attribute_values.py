"""Cells of an attribute table: which type a column has, and what each cell comes to."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from qualcode.errors import N_
from qualcode.files.tables import Cell
from qualcode.importers import plain_cell
from qualcode.model import AttributeValue

__all__ = ["TYPES", "are_mixed", "convert", "type_of"]

_WHOLE = re.compile(
    r"(?:rp\.? ?)?(?P<number>-?(?:0|[1-9]\d{0,14}|[1-9]\d{0,2}(?:\.\d{3})+))(?:,-|,00)?(?: ?(?:tahun|thn|th|orang)\.?)?"
)
_DECIMAL = re.compile(r"-?(?:0|[1-9]\d{0,14}|[1-9]\d{0,2}(?:\.\d{3})+),\d{1,6}|-?(?:0|[1-9]\d{0,14})\.\d{1,6}")
_AMOUNT = r"(?:rp\.? ?)?\d+(?:[.,]\d+)*(?: ?(?:ribu|rb|juta|jt|k|miliar|tahun|thn|th|jam|orang|hari|bulan))?\.?"
_RANGE = re.compile(
    rf"{_AMOUNT}(?: ?[-–—] ?| (?:s\.?/?d\.?|sampai|hingga|to) ){_AMOUNT}"
    rf"|(?:[<>≤≥]=? ?|(?:di )?(?:bawah|atas) |kurang dari |lebih dari |minimal |maksimal |sekitar ){_AMOUNT}"
    rf"|{_AMOUNT} ?(?:ke atas|ke bawah|lebih|\+)"
)
_UNIT = r"(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan)"
_TENS = rf"(?:sepuluh|sebelas|{_UNIT} belas|{_UNIT} puluh(?: {_UNIT})?)"
_HUNDREDS = rf"(?:(?:seratus|{_UNIT} ratus)(?: (?:{_TENS}|{_UNIT}))?|{_TENS})"
_SPELLED = re.compile(
    rf"(?P<number>(?:{_HUNDREDS}|{_UNIT})|(?:seribu|(?:{_HUNDREDS}|{_UNIT}) (?:ribu|juta))(?: (?:{_HUNDREDS}))?)(?: (?:tahun|thn|th|orang|rupiah)\.?)?"
)
"""A numeral in words that can mean one number only: *dua lima* may be seven or twenty-five, *dua ribu tiga* 2,003 or 2,300."""
_TRUTH: Mapping[str, bool] = MappingProxyType(
    dict.fromkeys(("ya", "iya", "yes", "true", "benar", "✓", "✔"), True)
    | dict.fromkeys(("tidak", "no", "false", "bukan", "✗"), False)
)
_MONTHS = (
    ("januari", "january", "jan"),
    ("februari", "february", "feb"),
    ("maret", "march", "mar"),
    ("april", "apr"),
    ("mei", "may"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("agustus", "august", "agu", "aug", "ags"),
    ("september", "sep", "sept"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nopember", "nov"),
    ("desember", "december", "des", "dec"),
)
_MONTH = MappingProxyType({name: number for number, names in enumerate(_MONTHS, 1) for name in names})
_DATES = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})"),
    re.compile(r"(?:[a-z']+, ?)?(?P<day>\d{1,2}) (?P<name>[a-z]+)\.? (?P<year>\d{4})"),
)
_ENOUGH = 0.7
"""The share of a column that must fit a type for the others to be doubted rather than the type."""
_NUMBERS = ("integer", "number")
_MIXED = 1 / 3
"""The share of numbers in a column of words that may be a column of numbers with slips."""


def _integer(value: Cell) -> AttributeValue:
    if isinstance(value, bool):
        return None
    if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
        return int(value)
    text = plain_cell(value) if isinstance(value, str) else ""
    match = _WHOLE.fullmatch(text)
    return int(match["number"].replace(".", "")) if match else _spelled(text)


def _spelled(text: str) -> int | None:
    """Return the number that a numeral in words means, such as *tiga puluh satu*; None where it may mean several."""
    match = _SPELLED.fullmatch(text)
    if match is None:
        return None
    from qualcode.nlp.money import money

    found = money(f"{match['number']} rupiah")
    return found[0].low if len(found) == 1 and found[0].low == found[0].high else None


def _number(value: Cell) -> AttributeValue:
    whole = _integer(value)
    if whole is not None or isinstance(value, bool):
        return whole
    if isinstance(value, float):
        return value
    text = plain_cell(value)
    if _DECIMAL.fullmatch(text) is None:
        return None
    return float(text.replace(".", "").replace(",", ".") if "," in text else text)


def _truth(value: Cell) -> AttributeValue:
    return value if isinstance(value, bool) else _TRUTH.get(plain_cell(value))


def _date(value: Cell) -> AttributeValue:
    """Return a date as ``2025-03-12``; in figures alone, the day stands before the month."""
    text = plain_cell(value).removesuffix(" 00:00")
    for pattern in _DATES:
        if match := pattern.fullmatch(text):
            found = match.groupdict()
            month = _MONTH.get(found["name"]) if "name" in found else int(found["month"])
            try:
                return datetime.date(int(found["year"]), month or 0, int(found["day"])).isoformat()
            except ValueError:
                return None
    return None


def _range(value: Cell) -> AttributeValue:
    """Return a range as it is written: its middle would be a figure that nobody gave."""
    if not isinstance(value, str):
        return None
    text = " ".join(value.split())
    return text if _RANGE.fullmatch(text.casefold()) and _date(value) is None else None


def _category(value: Cell) -> AttributeValue:
    return " ".join(value.split()) if isinstance(value, str) else value


_READERS: Mapping[str, Callable[[Cell], AttributeValue]] = MappingProxyType(
    {
        "integer": _integer,
        "number": _number,
        "yes/no": _truth,
        "date": _date,
        "range": _range,
        "category": _category,
        "text": _category,
    }
)
TYPES = tuple(_READERS)
WORDS = (N_("integer"), N_("number"), N_("yes/no"), N_("date"), N_("range"), N_("category"), N_("text"))
"""Named here so that they are in the catalogue."""


def type_of(values: Sequence[Cell]) -> str:
    """Return the type of a column from its values that are not missing: the first that fits them all, or else nearly all.

    Of three and more numbers one may be none: a slip is to be told, not to make words of the others.

    >>> type_of(["44", 51, "1.200"]), type_of(["ya", "tidak"]), type_of(["Rp80.000–100.000", "< 50 ribu"]), type_of(["12/3/2025"])
    ('integer', 'yes/no', 'range', 'date')
    >>> type_of(["44", "51", "33", "sekitar 40"]), type_of(["44", "tiga puluh satu"]), type_of(["SD", "SMP"])
    ('integer', 'integer', 'category')
    """
    fits = {name: sum(_READERS[name](value) is not None for value in values) for name in TYPES[:5]}
    for name, n in fits.items():
        if values and n == len(values):
            return name
    best = max(fits, key=lambda name: fits[name])
    if len(values) >= 4 and fits[best] >= _ENOUGH * len(values):
        return best
    if best in _NUMBERS and len(values) > 2 and fits[best] == len(values) - 1:
        return best
    short = all(len(str(value)) <= 40 for value in values)
    return "category" if short else "text"


def are_mixed(values: Sequence[Cell]) -> bool:
    """Tell whether many of the values of a column that was taken for words are bare numbers; ``20 tahun`` is said in words."""
    numbers = sum(
        not isinstance(v, bool) and (isinstance(v, int | float) or v.strip().isdecimal())
        for v in values
        if v is not None
    )
    return len(values) > numbers >= _MIXED * len(values) > 0


def convert(values: Sequence[Cell], type_: str) -> tuple[list[AttributeValue], list[int]]:
    """Return the values of a column as *type_*, and the places of those that are not of that type, which stay as written.

    Categories that differ only in capitals are written as most of them are.
    """
    read = _READERS[type_]
    found = [None if value is None else read(value) for value in values]
    odd = [at for at, value in enumerate(values) if value is not None and found[at] is None]
    for at in odd:
        found[at] = _category(values[at])
    if type_ == "category":
        written = Counter(value for value in found if isinstance(value, str))
        usual: dict[str, str] = {}
        for text, _ in written.most_common():
            usual.setdefault(text.casefold(), text)
        found = [usual[value.casefold()] if isinstance(value, str) else value for value in found]
    return found, odd
