"""Attributes made coarser before they are shown: ages as bands, addresses as districts, places and occupations as kinds.

Coarse attributes are no anonymity. With ten informants nearly every combination is still one person's; what is shown is for the researcher
to decide, attribute by attribute. What cannot be made coarser is not shown, and counted: nothing is guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from qualcode import i18n
from qualcode.errors import N_, InputError
from qualcode.model import AttributeValue, Corpus
from qualcode.privacy._groups import JOBS, KINDS, areas
from qualcode.privacy.attribute_law import Sort, is_age, plain_name, sort_of

__all__ = [
    "FORMS",
    "UNSHOWN",
    "Coarsened",
    "coarsened",
    "form_of",
    "form_words",
    "generalise",
    "n_unique",
    "parse_form",
    "plan",
]

UNSHOWN = N_("[not shown]")
"""What is shown of a value that cannot be made coarser, or is hidden."""
FORMS: Mapping[str, str] = MappingProxyType(
    {
        "keep": N_("as recorded"),
        "band": N_("bands of {size}"),
        "area": N_("district, city or regency"),
        "kind": N_("kind of place, or else district"),
        "job": N_("group of occupations"),
        "year": N_("year"),
        "hide": N_("not shown"),
    }
)
"""The ways of making a value coarser, and how people are told of them; a band says its size, as in ``band:10``."""
_USUAL: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("hide", re.compile(r"(?:nama(?:_lengkap|_asli|_panggilan|_informan)?$|nik|telepon|telp|no_?hp|hp|email|surel|ttl|(?:tempat_)?tanggal_lahir|tgl_lahir|akun|instagram).*")),
    ("keep", re.compile(r"(?:kecamatan|kabupaten|kab|kota|provinsi|kota_kabupaten|kabupaten_kota|province|city|district)")),
    ("area", re.compile(r"(?:alamat|tempat_tinggal|domisili|kelurahan|desa|dusun|kampung|asal|tempat_lahir|daerah|wilayah|rt|rw|address|residence|lokasi_tinggal|lokasi_usaha).*")),
    ("kind", re.compile(r"(?:(?:nama_)?sekolah|kampus|tempat_(?:kerja|usaha|jualan|mangkal|bekerja)|lokasi|tempat|masjid|perusahaan|instansi|lembaga|organisasi|komunitas|workplace|place).*")),
    ("job", re.compile(r"(?:pekerjaan|jenis_pekerjaan|jenis_usaha|usaha|profesi|okupasi|mata_pencaharian|occupation|job).*")),
    ("band:5", re.compile(r"(?:lama|masa|sejak_berapa|tahun_bekerja|years?_).*")),
)  # fmt: skip
_HIDDEN = frozenset({N_("health"), N_("biometric"), N_("genetic"), N_("criminal record"), N_("of a child")})
_MONEY_BANDS = (10_000, 1_000_000)
"""The smallest band of money that is usual, and that of amounts that are not known."""
_STREET = re.compile(
    r"(?:jl|jln|jalan|gg|gang|komplek|kompleks|perum|perumahan|blok|rt|rw|no|nomor|kp|kampung|kel|kelurahan|desa|ds|dusun|dk)\b\.?",
    re.IGNORECASE,
)
_MARKED = re.compile(
    r"\b(?P<what>(?:kec|kecamatan|kab|kabupaten|prov|provinsi)\b\.?)\s*(?P<name>[^\W\d_]+(?:[ -][^\W\d_]+){0,2})",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:usia |umur )?(?P<n>\d{1,3})(?P<unit> ?(?:tahun|thn|th|years?|bulan|bln))?\.?", re.IGNORECASE)
_RANGE = re.compile(r"\D{0,6}(?P<low>\d[\d.]*)\s*[-–—]\s*(?P<high>\d[\d.]*)\D{0,12}")


@dataclass(frozen=True, slots=True)
class Coarsened:
    """What becomes of one attribute: each value with what is shown instead, and of how many informants.

    `becomes` holds (value, shown, n); what is shown is None where the value cannot be made coarser. `n` informants have a value, of
    `undefined` of them nothing is shown.
    """

    attribute: str
    sort: Sort
    form: str
    becomes: tuple[tuple[AttributeValue, AttributeValue, int], ...]

    @property
    def n(self) -> int:
        """How many informants have a value."""
        return sum(n for _, _, n in self.becomes)

    @property
    def undefined(self) -> int:
        """Of how many the value cannot be made coarser."""
        return 0 if self.form == "hide" else sum(n for _, shown, n in self.becomes if shown is None)


def form_words(form: str, say: Callable[..., str], language: str) -> str:
    """Return how people are told of a form, as *say* translates templates."""
    name, _, size = form.partition(":")
    return say(FORMS[name], size=i18n.number(int(size), language)) if size else say(FORMS[name])


def parse_form(text: str) -> str:
    """Return the form that *text* names.

    Raises
    ------
    InputError
        If there is no such form, or a band has no size.
    """
    name, _, size = text.strip().casefold().partition(":")
    if name not in FORMS or (size and name != "band"):
        raise InputError(
            N_("there is no form {form!r}"), hint=N_("forms are {forms}"), form=text, forms=", ".join(FORMS)
        )
    if name != "band":
        return name
    if not size.isdecimal() or int(size) < 2:
        raise InputError(N_("a band needs a size of two or more, as in band:10"))
    return f"band:{int(size)}"


def form_of(name: str, values: Sequence[AttributeValue], given: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return how the attribute *name* is made coarser: as *given*, or as is usual for what it is about.

    Health, children's and criminal data are hidden unless something else is given; money stands in bands of ten, a hundred thousand or a
    million, as the largest amount asks for.

    Examples
    --------
    >>> form_of("Usia", [44]), form_of("alamat", []), form_of("agama", []), form_of("penyakit", [])
    ('band:10', 'area', 'keep', 'hide')
    """
    chosen = {plain_name(attribute): form for attribute, form in given.items()}.get(plain_name(name))
    if chosen is not None:
        return chosen
    if is_age(name):
        return "band:10"
    sort = sort_of(name, values)
    if sort.what == N_("personal finance"):
        return f"band:{_band_size(values)}"
    if sort.what in _HIDDEN:
        return "hide"
    return next((form for form, pattern in _USUAL if pattern.fullmatch(plain_name(name))), "keep")


def coarsened(value: AttributeValue, form: str, language: str = "id") -> AttributeValue:
    """Return *value* in a coarser form; None where it is missing, hidden, or cannot be made coarser.

    Examples
    --------
    >>> coarsened(44, "band:10"), coarsened("11 tahun", "band:5"), coarsened("SDN 05 Kebon Kacang", "kind", "en")
    ('40–49', '10–14 tahun', 'primary school')
    >>> coarsened("Jl. Kebon Kacang III/12, Kec. Tanah Abang, Jakarta Pusat", "area"), coarsened("dekat rel", "area")
    ('Kec. Tanah Abang, Jakarta Pusat', None)
    """
    name, _, size = form.partition(":")
    if name == "keep":
        return value
    if value is None or value == "" or name == "hide":
        return None
    if name == "band":
        return _band(value, int(size), language)
    return _BY_WORDS[name](str(value), language)


def _band(value: AttributeValue, size: int, language: str) -> str | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, str):
        if (found := _RANGE.fullmatch(value)) and _width(found) >= size - 1:
            return value  # as coarse as that already
        if match := _NUMBER.fullmatch(value.strip()):
            band = _band(int(match["n"]), size, language)
            return f"{band}{match['unit'] or ''}"
        return _band_of_money(value, size, language)
    low = int(value // size) * size
    return f"{i18n.number(low, language)}–{i18n.number(low + size - 1, language)}"


def _width(found: re.Match[str]) -> int:
    low, high = (int(found[side].replace(".", "") or 0) for side in ("low", "high"))
    return high - low


def _band_of_money(text: str, size: int, language: str) -> str | None:
    """Return the band of an amount in words or figures that can mean one sum only."""
    amount = _amount(text)
    return None if amount is None else _band(amount, size, language)


def _amount(value: AttributeValue) -> float | None:
    """Return an amount of money, if *value* can mean one sum only."""
    if not isinstance(value, str):
        return None if value is None or isinstance(value, bool) else value
    from qualcode.nlp.money import money

    found = money(value)
    return found[0].low if len(found) == 1 and found[0].low == found[0].high else None


def _band_size(values: Sequence[AttributeValue]) -> int:
    """Return the power of ten below the largest of the amounts among *values*: daily pay needs smaller bands than monthly pay."""
    smallest, unknown = _MONEY_BANDS
    largest = max((amount for value in values if (amount := _amount(value)) is not None), default=0.0)
    return max(smallest, 10 ** (len(str(int(largest))) - 1)) if largest else unknown


def _area(text: str, language: str) -> str | None:
    """Return what of an address is a district or larger; nothing smaller, and nothing that is not known to be one."""
    kept: list[str] = []
    for part in re.split(r"[,;/()\n]|\s[-–]\s", text):
        words = " ".join(part.split())
        marked = [f"{match['what']} {name}" for match in _MARKED.finditer(words) if (name := _named(match["name"]))]
        plain = re.sub(r"^(?:kota|kotamadya|provinsi)\s+", "", words.casefold())
        if marked:
            kept += marked
        elif plain in areas() and not _STREET.match(words):
            kept.append(words)
    return ", ".join(dict.fromkeys(kept)) or None


def _named(words: str) -> str:
    """Return the name that stands at the beginning of *words*: the longest that is known, or else up to two with capitals."""
    parts = words.split()
    for n in range(len(parts), 0, -1):
        if " ".join(parts[:n]).casefold() in areas():
            return " ".join(parts[:n])
    capital = [part for part in parts[:2] if part[0].isupper() and not _STREET.fullmatch(part)]
    return " ".join(capital) if capital == parts[: len(capital)] else ""


def _group(text: str, groups: Iterable[tuple[re.Pattern[str], str]], language: str) -> str | None:
    name = next((name for pattern, name in groups if pattern.search(text)), None)
    return None if name is None else i18n.translator(language)(name)


def _year(text: str, language: str) -> str | None:
    years = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text))
    return years.pop() if len(years) == 1 else None


_BY_WORDS: Mapping[str, Callable[[str, str], str | None]] = MappingProxyType(
    {
        "area": _area,
        "kind": lambda text, language: _group(text, KINDS, language) or _area(text, language),
        "job": lambda text, language: _group(text, JOBS, language),
        "year": _year,
    }
)


def plan(corpus: Corpus, given: Mapping[str, str] | None = None, *, language: str = "id") -> tuple[Coarsened, ...]:
    """Return what becomes of every attribute of the study; *given* forms by attribute go before those of the study."""
    given = {**corpus.study.generalise, **(given or {})}
    names = dict.fromkeys(name for person in corpus.informants for name in person.attributes)
    found = []
    for name in names:
        values = [person.attributes.get(name) for person in corpus.informants]
        form = form_of(name, values, given)
        counts = Counter(value for value in values if value is not None and value != "")
        becomes = tuple((value, coarsened(value, form, language), n) for value, n in counts.items())
        found.append(Coarsened(name, sort_of(name, values), form, becomes))
    return tuple(found)


def generalise(corpus: Corpus, *, language: str = "id") -> Corpus:
    """Return *corpus* with the attributes of informants, and the header fields of transcripts, made coarser as the study says or as is usual.

    A value that cannot be made coarser is replaced by a word that says so; an attribute that is hidden is left out.
    """
    given = corpus.study.generalise
    names = dict.fromkeys(name for person in corpus.informants for name in person.attributes)
    forms = {name: form_of(name, [p.attributes.get(name) for p in corpus.informants], given) for name in names}
    unshown = i18n.translator(language)(UNSHOWN)

    def shown(held: Mapping[str, AttributeValue], forms: Mapping[str, str]) -> dict[str, AttributeValue]:
        found: dict[str, AttributeValue] = {}
        for name, value in held.items():
            if forms[name] != "hide":
                made = coarsened(value, forms[name], language)
                found[name] = unshown if made is None and value not in (None, "") else made
        return found

    def fields(held: Mapping[str, str]) -> Mapping[str, str]:
        made = shown(held, {name: form_of(name, [value], given) for name, value in held.items()})
        return MappingProxyType({name: str(value or "") for name, value in made.items()})

    return corpus.with_(
        informants=tuple(
            replace(p, attributes=MappingProxyType(shown(p.attributes, forms))) for p in corpus.informants
        ),
        transcripts=tuple(replace(t, metadata=fields(t.metadata)) for t in corpus.transcripts),
    )


def n_unique(corpus: Corpus, names: Sequence[str] | None = None) -> int:
    """Return how many informants alone have their combination of category and attributes; *names* are those looked at, by default all."""
    combinations = Counter(_combination(person.category, person.attributes, names) for person in corpus.informants)
    return sum(n for n in combinations.values() if n == 1)


def _combination(
    category: str, attributes: Mapping[str, AttributeValue], names: Sequence[str] | None
) -> tuple[object, ...]:
    held = {name: value for name, value in attributes.items() if value not in (None, "")}
    return category, tuple(
        sorted((name, str(value).casefold()) for name, value in held.items() if names is None or name in names)
    )
