"""What people write of consent, in tables and at the keyboard: days, forms, purposes, and what may be quoted."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from types import MappingProxyType

from qualcode.errors import N_, InputError, shorten
from qualcode.files.tables import Cell
from qualcode.importers import plain_cell
from qualcode.model import ConsentForm, Quoting
from qualcode.project.attribute_values import convert

__all__ = ["CLEARED", "parse_day", "parse_form", "parse_purposes", "parse_quoting"]

CLEARED = "-"
"""What is written to take a field back."""
_FORMS: Mapping[ConsentForm, re.Pattern[str]] = MappingProxyType(
    {
        ConsentForm.RECORDED: re.compile(r"\b(?:di|te)?rekam(?:an)?\b|\brecord(?:ed|ing)\b|\b(?:audio|video|tape)\b"),
        ConsentForm.WRITTEN: re.compile(
            r"\b(?:ter)?tulis(?:an)?\b|\bwritten\b|\bsigned\b|\b(?:formulir|lembar|surat|ttd|tanda ?tangan|form)\b"
        ),
    }
)
_ORAL = re.compile(r"\b(?:lisan|oral|verbal)\b")
_DENIED = re.compile(r"\b(?:tanpa|tidak|belum|bukan|no|not|without)\b")
_YES = r"(?:ya|iya|yes|y|boleh|bersedia|setuju|true|✓|✔|verbatim|(?:kutipan )?langsung|kata (?:demi|per) kata|word for word)"
_QUOTING: tuple[tuple[Quoting, re.Pattern[str]], ...] = (
    (Quoting.PARAPHRASE, re.compile(r".*(?:parafras[ae]|paraphrase|\btidak langsung\b).*")),
    (
        Quoting.NONE,
        re.compile(
            r"(?:(?:tidak|jangan|no|not|none|n|✗|false)(?: (?:boleh|diizinkan|bersedia|setuju|sama sekali|at all))?)(?: dikutip| quoted)?"
        ),
    ),
    (Quoting.VERBATIM, re.compile(rf"{_YES}(?:[ ,;:/()-]+{_YES})*\)?(?: dikutip| quoted)?")),
)
"""In this order: *tidak boleh verbatim, parafrasa saja* permits paraphrase. What has conditions says none of the three."""
_LATER = re.compile(r"(?P<n>\d{1,3}) ?(?P<unit>tahun|thn|th|years?|bulan|bln|months?)\b.*")
_EARLIEST = datetime.date(1950, 1, 1)


def parse_day(value: Cell | datetime.date, *, after: datetime.date | None = None) -> datetime.date:
    """Return the day that *value* says: ``2025-03-12``, ``12/3/2025``, ``12 Maret 2025``; with *after*, also ``5 tahun`` from that day on.

    Raises
    ------
    InputError
        If it is no day, or none of this century or the half before.

    Examples
    --------
    >>> parse_day("12 Maret 2025"), parse_day("5 tahun", after=datetime.date(2024, 2, 29))
    (datetime.date(2025, 3, 12), datetime.date(2029, 2, 28))
    """
    if isinstance(value, datetime.date):
        return value
    text = plain_cell(value).casefold()
    if after is not None and (match := _LATER.fullmatch(text)):
        months = int(match["n"]) * (1 if match["unit"][0] in "bm" else 12)
        return _months_after(after, months)
    (found,), odd = convert([value], "date")
    if odd or not isinstance(found, str):
        raise InputError(
            N_("{value!r} is no date"), hint=N_("write it like 2025-03-12 or 12 Maret 2025"), value=shorten(text)
        )
    day = datetime.date.fromisoformat(found)
    if not _EARLIEST <= day < datetime.date(2150, 1, 1):
        raise InputError(N_("the year of {value!r} cannot be meant"), value=found)
    return day


def _months_after(day: datetime.date, months: int) -> datetime.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = datetime.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - datetime.timedelta(days=1)).day
    return datetime.date(year, month + 1, min(day.day, last))


def parse_form(value: Cell) -> ConsentForm:
    """Return the form that *value* names, in Indonesian or English.

    Raises
    ------
    InputError
        If it names none, or oral consent without a recording of it, which the law does not take (UU 27/2022, Pasal 22).

    Examples
    --------
    >>> parse_form("lisan, direkam"), parse_form("Formulir bertanda tangan")
    (<ConsentForm.RECORDED: 'recorded'>, <ConsentForm.WRITTEN: 'written'>)
    """
    text = plain_cell(value).casefold()
    for form, pattern in _FORMS.items():
        if pattern.search(text) and not _DENIED.search(text):
            return form
    if _ORAL.search(text):
        raise InputError(
            N_("oral consent counts only where it was recorded (UU 27/2022, Pasal 22)"),
            hint=N_("say 'recorded' (direkam) if there is a recording of it"),
        )
    raise InputError(
        N_("{value!r} is no form of consent"),
        hint=N_("say written (tertulis) or recorded (direkam)"),
        value=shorten(text),
    )


def parse_quoting(value: Cell) -> Quoting:
    """Return what may be quoted, as *value* says in Indonesian or English.

    Raises
    ------
    InputError
        If it says none of the three.

    Examples
    --------
    >>> [str(parse_quoting(text)) for text in ("Ya", "hanya parafrasa", "tidak boleh", "kata demi kata")]
    ['verbatim', 'paraphrase', 'none', 'verbatim']
    """
    text = "ya" if value is True else "tidak" if value is False else plain_cell(value).casefold()
    for quoting, pattern in _QUOTING:
        if pattern.fullmatch(text):
            return quoting
    raise InputError(
        N_("{value!r} does not say what may be quoted"),
        hint=N_("say verbatim (kata demi kata), paraphrase (parafrasa) or none (tidak)"),
        value=shorten(text),
    )


def parse_purposes(value: Cell) -> tuple[str, ...]:
    """Return the purposes in *value*, which commas, semicolons or line ends part.

    >>> parse_purposes("Skripsi; artikel jurnal,  skripsi")
    ('Skripsi', 'artikel jurnal')
    """
    found: dict[str, str] = {}
    for part in re.split(r"[;,\n]", str(value or "")):
        words = " ".join(part.split())
        if words:
            found.setdefault(words.casefold(), words)
    return tuple(found.values())
