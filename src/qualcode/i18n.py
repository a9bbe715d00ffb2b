"""Indonesian and English: messages, numbers and dates as a reader of each expects them.

The English template is the message id. `translator` looks templates up in ``_locale/<language>.po``, read when the first
message is asked for and kept; English needs no catalogue. There is no compiled catalogue to go stale.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from qualcode.errors import N_, InputError, QualcodeError, Word, fill

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualcode.model.finding import Finding

__all__ = [
    "LANGUAGES",
    "Translator",
    "catalogue",
    "date",
    "hint",
    "joined",
    "language_name",
    "message",
    "moment",
    "number",
    "of",
    "translator",
    "utc",
]

LANGUAGES = ("id", "en")
"""The languages that are complete, the default first."""

LOCALES = {"id": "id_ID", "en": "en_GB"}
CATALOGUES = Path(__file__).parent / "_locale"


@dataclass(frozen=True, slots=True)
class Translator:
    """Turns English templates into one language; call it like gettext's ``_``.

    Examples
    --------
    >>> _ = translator("en")
    >>> _("turn {number}", number=3)
    'turn 3'
    """

    language: str

    def __call__(self, template: str, /, **parameters: object) -> str:
        """Return *template* in the language, filled with *parameters*.

        A template that the catalogue lacks comes back in English. A parameter that is a `Word` is translated as well, and one
        that is a moment is shown in the system's time zone.
        """
        known = catalogue(self.language)
        words = {
            name: known.get(value, value)
            if isinstance(value, Word)
            else moment(value)
            if isinstance(value, dt.datetime)
            else value
            for name, value in parameters.items()
        }
        return fill(known.get(template, template), words)

    def plural(self, one: str, many: str, /, n: int, **parameters: object) -> str:
        """Return *one* or *many* in the language, as the count *n* asks for; ``{n}`` is filled with it as a number."""
        chosen = one if n == 1 else many
        return fill(catalogue(self.language).get(one, chosen), {"n": number(n, self.language), **parameters})


def translator(language: str = "id") -> Translator:
    """Return what turns English templates into *language*.

    Raises
    ------
    InputError
        If *language* is neither ``id`` nor ``en``.
    """
    if language not in LANGUAGES:
        raise InputError(
            N_("no such language: {language!r}"),
            hint=N_("choose one of {languages}"),
            language=language,
            languages=", ".join(LANGUAGES),
        )
    return Translator(language)


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Return translations by English template; empty for English. A plural message stands under its singular."""
    path = CATALOGUES / f"{language}.po"
    if language == "en":
        return MappingProxyType({})
    return MappingProxyType(dict(_entries(path.read_text(encoding="utf-8"))))


def _entries(text: str) -> Iterator[tuple[str, str]]:
    """Yield template and translation of each entry of a catalogue as pybabel writes it.

    Babel's own reader takes a tenth of a second, which every call in Indonesian would pay; a test holds this one to it.
    """
    for block in text.split("\n\n"):
        if "\n#, fuzzy" in f"\n{block}" or ", fuzzy" in block.partition("msgid")[0]:
            continue
        parts: dict[str, str] = {}
        for name, lines in ENTRY.findall(block):
            parts[name] = ESCAPE.sub(_unescape, "".join(line.strip()[1:-1] for line in lines.strip().split("\n")))
        translation = parts.get("msgstr") or parts.get("msgstr[0]")
        if parts.get("msgid") and translation:
            yield parts["msgid"], translation


ENTRY = re.compile(r'^(msgid|msgstr(?:\[0\])?) ((?:"[^\n]*"\n?)+)', re.M)
ESCAPE = re.compile(r'\\([\\trn"])')
ESCAPES = {"\\": "\\", "t": "\t", "r": "\r", "n": "\n", '"': '"'}


def _unescape(found: re.Match[str]) -> str:
    return ESCAPES[found[1]]


def message(said: QualcodeError | Finding, language: str = "id") -> str:
    """Return what an error or a finding says, in *language*, with ``file:line: `` before it; the hint is apart."""
    return said.location + translator(language)(said.message, **dict(said.parameters))


def hint(error: QualcodeError, language: str = "id") -> str:
    """Return the error's sentence on what to do next, in *language*; empty if it has none."""
    return translator(language)(error.hint, **error.parameters) if error.hint else ""


def number(value: float, language: str = "id", *, digits: int | None = None) -> str:
    """Return *value* with the language's decimal mark and thousands mark; "–" where it is not a number.

    Parameters
    ----------
    value : float
        The number.
    language : str
        ``id`` or ``en``.
    digits : int, optional
        Show exactly so many decimals; without it, as many as there are, up to three.

    Examples
    --------
    >>> number(1234.5), number(1234.5, "en"), number(0.5, digits=2)
    ('1.234,5', '1,234.5', '0,50')
    """
    if not math.isfinite(value):
        return "–"
    from babel.numbers import format_decimal

    pattern = None if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(value, format=pattern, locale=LOCALES[translator(language).language])


def date(value: dt.date, language: str = "id", *, form: Literal["long", "short"] = "long") -> str:
    """Return a day, or a moment to the minute with its time zone, as it is written in the language.

    Examples
    --------
    >>> date(dt.date(2025, 3, 12)), date(dt.date(2025, 3, 12), "en"), date(dt.date(2025, 3, 12), form="short")
    ('12 Maret 2025', '12 March 2025', '12/03/2025')
    """
    from babel.dates import format_date

    pattern = "d MMMM y" if form == "long" else "dd/MM/y"
    day = format_date(value, format=pattern, locale=LOCALES[translator(language).language])
    if not isinstance(value, dt.datetime):
        return day
    clock = f"{value:%H.%M}" if language == "id" else f"{value:%H:%M}"
    zone = value.tzname() or ""
    return f"{day} {clock} {zone}".rstrip()


def moment(value: dt.datetime, zone: dt.tzinfo | None = None) -> str:
    """Return a moment to the second in *zone*, the system's where none is given, with how far that is from UTC.

    Examples
    --------
    >>> moment(dt.datetime(2025, 3, 12, 20, 5, tzinfo=dt.UTC), dt.timezone(dt.timedelta(hours=7)))
    '2025-03-13 03:05:00 +07:00'
    """
    there = value.astimezone(zone)
    return f"{there:%Y-%m-%d %H:%M:%S} {there.isoformat()[-6:]}"


def utc(value: dt.datetime, *, timespec: str = "seconds") -> str:
    """Return a moment as other programs read it: ISO 8601, UTC.

    Examples
    --------
    >>> utc(dt.datetime(2025, 3, 13, 3, 5, tzinfo=dt.timezone(dt.timedelta(hours=7))))
    '2025-03-12T20:05:00Z'
    """
    return value.astimezone(dt.UTC).isoformat(timespec=timespec).replace("+00:00", "Z")


def language_name(code: str, language: str = "id") -> str:
    """Return what a language is called, by its ISO 639 code; a code that nobody knows as it is, "–" for none.

    Examples
    --------
    >>> language_name("id", "id"), language_name("jv", "en"), language_name("campuran", "id")
    ('bahasa Indonesia', 'Javanese', 'campuran')
    """
    from babel import Locale

    found = Locale.parse(LOCALES[translator(language).language]).languages.get(code)
    if found is None:
        return code or "–"
    return f"bahasa {found}" if language == "id" else found


def of(part: int, whole: int, language: str = "id") -> str:
    """Return "7 dari 10": how a share of people is said, never as a percentage of ten.

    Examples
    --------
    >>> of(7, 10, "en")
    '7 of 10'
    """
    return translator(language)(N_("{part} of {whole}"), part=number(part, language), whole=number(whole, language))


def joined(items: Iterable[str], language: str = "id") -> str:
    """Return the items as a list within a sentence: "a, b, dan c"."""
    from babel.lists import format_list

    return format_list(list(items), locale=LOCALES[translator(language).language])
