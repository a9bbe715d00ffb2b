"""Attributes in a coarser form: nothing finer is left, and nothing is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import InputError
from qualcode.model import AttributeValue, Corpus, Informant, Study, Transcript
from qualcode.privacy.attribute_law import sort_of
from qualcode.privacy.generalise import coarsened, form_of, generalise, n_unique, parse_form, plan


def people(*attributes: dict[str, AttributeValue]) -> Corpus:
    return Corpus(
        informants=tuple(
            Informant(f"{n:032x}", f"informan-{n:02}", attributes=held) for n, held in enumerate(attributes, 1)
        )
    )


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (44, "band:10", "40–49"),
        (40, "band:10", "40–49"),
        (49, "band:5", "45–49"),
        (7, "band:10", "0–9"),
        (44.9, "band:10", "40–49"),
        ("44 tahun", "band:10", "40–49 tahun"),
        ("usia 44", "band:10", "40–49"),
        ("20-30", "band:10", "20-30"),
        ("44–45", "band:10", None),
        ("sekitar empat puluhan", "band:10", None),
        (True, "band:10", None),
        (None, "band:10", None),
        (1_500_000, "band:1000000", "1.000.000–1.999.999"),
        ("1,5 juta", "band:1000000", "1.000.000–1.999.999"),
        ("Rp80.000", "band:1000000", "0–999.999"),
        ("gocap", "band:1000000", None),
        ("Jl. Kebon Kacang III No. 12, Kel. Kebon Kacang, Kec. Tanah Abang, Jakarta Pusat", "area", "Kec. Tanah Abang, Jakarta Pusat"),
        ("Kp. Rawa RT 03/RW 05, Cakung", "area", "Cakung"),
        ("Kabupaten Brebes", "area", "Kabupaten Brebes"),
        ("Kota Semarang", "area", "Kota Semarang"),
        ("Brebes", "area", "Brebes"),
        ("Gang Bandung", "area", None),
        ("Kec. Tebet Gang Melati 3", "area", "Kec. Tebet"),
        ("Kec. Cakung No. 7", "area", "Kec. Cakung"),
        ("Kec. Antah Berantah dekat pos Bu Siti", "area", "Kec. Antah Berantah"),
        ("kec. itu dekat rel", "area", None),
        ("Jl. Bekasi Raya", "area", None),
        ("belakang masjid", "area", None),
        ("SDN 05 Kebon Kacang", "kind", "sekolah dasar"),
        ("Masjid Al-Ikhlas", "kind", "masjid"),
        ("RSUD Tarakan", "kind", "rumah sakit"),
        ("Rumah Makan Sederhana", "kind", "toko atau tempat makan"),
        ("PT Maju Jaya", "kind", "perusahaan"),
        ("Tanah Abang", "kind", "Tanah Abang"),
        ("Mie Ayam Pak Slamet", "kind", None),
        ("pengemudi ojek online", "job", "transportasi dan pengantaran"),
        ("Penjual cilok keliling", "job", "perdagangan"),
        ("ART pulang-pergi", "job", "kerja rumah tangga"),
        ("buruh harian", "job", "buruh harian"),
        ("astronaut", "job", None),
        ("12 Maret 1981", "year", "1981"),
        ("1981 atau 1982", "year", None),
        ("Islam", "keep", "Islam"),
        ("apa saja", "hide", None),
    ],
)  # fmt: skip
def test_what_becomes_of_a_value(value: AttributeValue, form: str, shown: str | None) -> None:
    assert coarsened(value, form) == shown


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Usia", "band:10"), ("umur", "band:10"), ("Alamat rumah", "area"), ("tempat_tinggal", "area"), ("asal", "area"),
        ("Kecamatan", "keep"), ("nama_sekolah", "kind"), ("tempat kerja", "kind"), ("Pekerjaan", "job"), ("jenis usaha", "job"),
        ("penghasilan_harian", "band:1000000"), ("penyakit", "hide"), ("usia anak", "hide"), ("nama lengkap", "hide"), ("NIK", "hide"),
        ("nama_samaran", "keep"), ("bpjs_kesehatan", "keep"), ("agama", "keep"), ("lama_bekerja", "band:5"), ("warna", "keep"),
    ],
)  # fmt: skip
def test_usual_forms(name: str, form: str) -> None:
    assert form_of(name, []) == form


@pytest.mark.parametrize(
    ("values", "form"),
    [
        ([50_000, "Rp120.000"], "band:100000"), (["50 ribu sehari"], "band:10000"), ([3_500_000, None], "band:1000000"), ([500], "band:10000"),
        ([], "band:1000000"), (["tidak tentu"], "band:1000000"),
    ],
)  # fmt: skip
def test_money_stands_in_bands_of_its_own_size(values: list[AttributeValue], form: str) -> None:
    assert form_of("penghasilan", values) == form


def test_what_the_study_says_goes_before_what_is_usual() -> None:
    assert form_of("Usia", [], {"usia": "hide"}) == "hide"


@pytest.mark.parametrize(
    ("name", "values", "what"),
    [
        ("penghasilan", [], "personal finance"), ("riwayat_penyakit", [], "health"), ("usia", [15, 40], "of a child"), ("usia", [40], "general"),
        ("usia_anak", [3], "of a child"), ("agama", [], "general"), ("BPJS Kesehatan", [True], "general"), ("hukuman", [], "criminal record"),
    ],
)  # fmt: skip
def test_what_the_law_calls_an_attribute(name: str, values: list[AttributeValue], what: str) -> None:
    """UU 27/2022, Pasal 4."""
    sort = sort_of(name, values)
    assert sort.what == what
    assert sort.specific == (what != "general")


def test_a_plan_counts_what_cannot_be_made_coarser() -> None:
    usia, alamat = plan(people({"usia": 41, "alamat": "Brebes"}, {"usia": 44, "alamat": "dekat rel"}, {"usia": None}))
    assert usia.becomes == ((41, "40–49", 1), (44, "40–49", 1))
    assert (usia.n, usia.undefined) == (2, 0)
    assert (alamat.n, alamat.undefined) == (2, 1)


def test_what_cannot_be_made_coarser_is_said_and_what_is_hidden_is_gone() -> None:
    found = generalise(people({"alamat": "dekat rel", "penyakit": "asma", "usia": None}), language="id")
    assert dict(found.informants[0].attributes) == {"alamat": "[tidak ditampilkan]", "usia": None}


def test_header_fields_are_made_coarser_too() -> None:
    transcript = Transcript(
        "a" * 32, "b" * 32, "w", "Ya.", metadata={"tempat": "Warung Bu Siti, Gg. Melati", "tanggal": "1 Mei 2025"}
    )
    found = generalise(people().with_(transcripts=(transcript,)))
    assert dict(found.transcripts[0].metadata) == {"tempat": "toko atau tempat makan", "tanggal": "1 Mei 2025"}


def test_how_many_are_alone_with_their_attributes() -> None:
    study = people({"usia": 41}, {"usia": 44}, {"usia": 52})
    assert n_unique(study) == 3
    assert n_unique(generalise(study)) == 1


@pytest.mark.parametrize("text", ["lusin", "band", "band:0", "band:x", "area:3"])
def test_a_form_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        parse_form(text)


@given(st.integers(0, 10_000_000), st.integers(2, 1_000_000))
def test_a_number_lies_in_its_band(value: int, size: int) -> None:
    low, high = (int(part.replace(".", "")) for part in str(coarsened(value, f"band:{size}")).split("–"))
    assert low <= value <= high
    assert high - low == size - 1
    assert low % size == 0


@given(st.text(max_size=80), st.sampled_from(["band:10", "area", "kind", "job", "year", "hide"]))
def test_any_text_is_made_coarser_or_not_shown(text: str, form: str) -> None:
    """Never an error, and streets and house numbers never come through."""
    shown = coarsened(f"Jl. {text} No. 7", form)
    assert shown is None or "No. 7" not in str(shown)


def test_the_study_says_what_is_in_force() -> None:
    study = people({"usia": 41}).with_(study=Study(generalise={"usia": "band:5"}))
    assert generalise(study).informants[0].attributes["usia"] == "40–44"
