"""Which attributes are specific personal data and which general (UU 27/2022, Pasal 4), by what they are called.

A name says what an attribute is about, not everything its cells hold: what is said here helps a person decide, and decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.errors import N_
from qualcode.model import AttributeValue

__all__ = ["ADULT", "Sort", "is_age", "plain_name", "sort_of"]

ADULT = 18
"""Below this age the data are a child's, and parents or guardians consent (UU 35/2014, Pasal 1; UU 27/2022, Pasal 25)."""
_SPECIFIC: tuple[tuple[str, str], ...] = (
    (N_("health"), r"sakit|penyakit|kesehatan(?!_?kerja)|riwayat_(?:medis|penyakit)|disabilitas|difabel|hamil|kb|alergi|health|illness|disab"),
    (N_("biometric"), r"sidik_jari|wajah|retina|suara|biometri|fingerprint"),
    (N_("genetic"), r"genetik|golongan_darah|dna|genetic|blood"),
    (N_("criminal record"), r"kejahatan|pidana|kriminal|hukuman|penjara|criminal"),
    (N_("of a child"), r"(?:usia|umur|nama|sekolah|pendidikan|kelas|pekerjaan)_anak|anak_(?:sekolah|putus)|child(?:ren)?s?_(?:age|school)"),
    (
        N_("personal finance"),
        r"penghasilan|pendapatan|gaji|upah|omzet|omset|laba|utang|hutang|pinjaman|cicilan|kredit|tabungan|simpanan|pengeluaran|aset|rekening|income|wage|salary|debt|savings",
    ),
)  # fmt: skip
_INSURANCE = re.compile(r"(?:kepesertaan_|punya_|memiliki_)?(?:bpjs|jkn|kis|jaminan|asuransi|insurance)")
"""Being insured says nothing of anybody's health."""
_AGE = re.compile(r"usia|umur|age|usia_informan|umur_informan|usia_responden")


@dataclass(frozen=True, slots=True)
class Sort:
    """What the law calls an attribute: specific, with which of the kinds of Pasal 4 (2), or general; message ids."""

    specific: bool
    what: str


GENERAL = Sort(False, N_("general"))


def plain_name(name: str) -> str:
    """Return the name of an attribute in the form in which names are compared.

    >>> plain_name("Usia Anak"), plain_name("lama-bekerja")
    ('usia_anak', 'lama_bekerja')
    """
    return "_".join(re.findall(r"\w+", name.casefold().replace("_", " ")))


def is_age(name: str) -> bool:
    """Tell whether an attribute is the informant's own age."""
    return _AGE.fullmatch(plain_name(name)) is not None


def sort_of(name: str, values: Sequence[AttributeValue] = ()) -> Sort:
    """Return what the law calls the attribute *name*; ages below eighteen among its *values* make it a child's.

    Examples
    --------
    >>> sort_of("penghasilan_harian").what, sort_of("usia", [16, 40]).what, sort_of("agama").specific
    ('personal finance', 'of a child', False)
    """
    plain = plain_name(name)
    if _INSURANCE.match(plain):
        return GENERAL
    for what, pattern in _SPECIFIC:
        if re.search(rf"(?:^|_)(?:{pattern})", plain):
            return Sort(True, what)
    if is_age(name) and any(isinstance(v, int | float) and not isinstance(v, bool) and v < ADULT for v in values):
        return Sort(True, N_("of a child"))
    return GENERAL
