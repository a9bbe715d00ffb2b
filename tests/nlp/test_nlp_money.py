"""What amounts of money come to; an ambiguous one stays a range."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.nlp import money
from qualcode.nlp.money import REASONS


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("dapet 12 ribu", 12_000),
        ("700rb sebulan", 700_000),
        ("1,5 jt", 1_500_000),
        ("1,5 juta", 1_500_000),
        ("satu koma dua lima juta", 1_250_000),
        ("Rp. 50.000,", 50_000),
        ("Rp 1.250.000", 1_250_000),
        ("50k", 50_000),
        ("lima rebu perak", 5_000),
        ("gopek perak", 500),
        ("gocap ribu", 50_000),
        ("seceng", 1_000),
        ("cenggo", 1_500),
        ("noceng", 2_000),
        ("goceng", 5_000),
        ("ceban", 10_000),
        ("noban", 20_000),
        ("goban", 50_000),
        ("sejuta", 1_000_000),
        ("jeti", 1_000_000),
        ("cetiau", 1_000_000),
        ("setengah juta", 500_000),
        ("sejuta setengah", 1_500_000),
        ("tiga setengah juta", 3_500_000),
        ("sejuta dua", 1_200_000),
        ("dua juta tiga ratus", 2_300_000),
        ("dua ribu lima ratus", 2_500),
        ("seratus dua puluh lima ribu", 125_000),
        ("dua belas ribu", 12_000),
        ("selawe ewu", 25_000),
        ("seket ewu", 50_000),
        ("sèket èwu", 50_000),
        ("satus ewu", 100_000),
        ("sewu", 1_000),
        ("sewu limang atus", 1_500),
        ("rong atus ewu", 200_000),
        ("rong atus seket ewu", 250_000),
        ("limang ewu", 5_000),
        ("telung puluh ewu", 30_000),
        ("pitung puluh limang ewu", 75_000),
        ("patang yuta", 4_000_000),
        ("rong yuta setengah", 2_500_000),
        ("sewidak ewu rupiah", 60_000),
        ("limalas ewu", 15_000),
        ("selikur ewu", 21_000),
        ("sayuta", 1_000_000),
        ("kalih dasa ewu", 20_000),
        ("gangsal ewu", 5_000),
        ("selangkung ewu", 25_000),
        ("sedasa ewu", 10_000),
        ("dua rebu", 2_000),
        ("lima puluh rebu", 50_000),
        ("saratus rebu", 100_000),
        ("salawé rébu", 25_000),
        ("sapuluh rebu", 10_000),
        ("saebu", 1_000),
        ("sarebu", 1_000),
        ("sarébu lima ratus", 1_500),
        ("tilu rebu", 3_000),
        ("genep ratus rebu", 600_000),
        ("salapan puluh rebu", 90_000),
        ("sajuta satengah", 1_500_000),
        ("Sewu nek esuk", 1_000),
        ("regane mung sewu", 1_000),
    ],
)
def test_clear_amounts_are_one_number(text: str, value: int) -> None:
    """Units, halves, tails and the words of the street are read as they are meant."""
    assert [(found.low, found.high, found.reason) for found in money(text)] == [(value, value, "")]


@pytest.mark.parametrize(
    ("text", "low", "high", "reason"),
    [
        ("gocap", 50, 50_000, "slang"),
        ("jigo", 25, 25_000, "slang"),
        ("cepek doang", 100, 100_000, "slang"),
        ("pekgo", 150, 150_000, "slang"),
        ("nopek", 200, 200_000, "slang"),
        ("gopek", 500, 500_000, "slang"),
        ("tiga setengah", 3_500, 3_500_000, "half"),
        ("paling dua lima", 25, 25_000, "digits"),
        ("dapet 50 doang", 50, 50_000, "unit"),
        ("sehari seratus", 100, 100_000, "unit"),
        ("Rp3.000–4.000", 3_000, 4_000, "range"),
        ("80-100 ribu", 80_000, 100_000, "range"),
        ("dua tiga ratus ribu", 200_000, 300_000, "range"),
        ("tiga puluh sampe lima puluh ribu", 30_000, 50_000, "range"),
        ("jutaan", 1_000_000, 10_000_000, "vague"),
        ("dua ratusan ribu", 200_000, 300_000, "vague"),
        ("sepuluh ribuan", 10_000, 20_000, "vague"),
        ("delapan puluhan", 80, 90_000, "vague"),
        ("entuk satus", 100, 100_000, "unit"),
        ("bati seket", 50, 50_000, "unit"),
        ("saratus sapoe", 100, 100_000, "unit"),
        ("salawe", 25, 25_000, "unit"),
        ("rong atus", 200, 200_000, "unit"),
        ("telung tekan limang ewu", 3_000, 5_000, "range"),
        ("seket atawa genep puluh rebu", 50_000, 60_000, "range"),
        ("limang ewu limalas ewu", 5_000, 15_000, "range"),
    ],
)
def test_ambiguous_amounts_stay_a_range(text: str, low: int, high: int, reason: str) -> None:
    """No figure is made up where the words leave it open, and the reason is told."""
    assert [(found.low, found.high, found.reason) for found in money(text)] == [(low, high, reason)]
    assert reason in REASONS


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Seribu. Seribu aja", [(1_000, 1_000), (1_000, 1_000)]),
        ("empat ratus, lima ratus ribu", [(400, 400_000), (500_000, 500_000)]),
        ("seribu dua ribu", [(1_000, 2_000)]),
        ("tujuh puluh delapan puluh ribu", [(70_000, 80_000)]),
        ("seratus dua ratus ribu", [(100_000, 200_000)]),
        ("sepuluh ribu sepuluh ribu", [(10_000, 10_000)]),
        ("Rp. 50.000, terus 700rb", [(50_000, 50_000), (700_000, 700_000)]),
        ("dua ribu sebelas", []),
        ("taun dua ribu", []),
    ],
)
def test_what_is_said_twice_is_not_added_up(text: str, found: list[tuple[int, int]]) -> None:
    """A comma, an end mark or a second unit begins another amount; a year is none."""
    assert [(sum_.low, sum_.high) for sum_ in money(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "dolan neng Lawang Sewu",
        "lawang sewu rame",
        "Candi Sewu cedhak Prambanan",
        "saka Gunung Sewu",
        "jenenge Pak Sewu",
        "nuwun sewu, Mbak",
        "Nyuwun sewu nggih",
        "nyatus niku satus dinten",
        "satus dina simbok",
        "seket wong",
        "umur seket",
        "umure selawe taun",
        "anakku loro",
        "lagi loro weteng",
        "kula kalih anak kula",
        "jam pitu",
        "kelas telu",
        "ping telu sedina",
        "dina rebo pitu",
        "anak abdi tilu",
        "salawe taun",
        "tanggal selawe",
        "taun sewu sangang atus",
        "ebu kula",
        "lima urang murid",
    ],
)
def test_numerals_of_the_regions_that_are_no_money(text: str) -> None:
    """Names, courtesies, ages, days and people are not paid."""
    assert money(text) == ()


@pytest.mark.parametrize(
    "text", ["udah dua puluh tahun", "jam 10 pagi", "umur 38", "anak dua", "nol dua lima tiga", "dua lima kali", ""]
)
def test_what_is_no_money_has_no_worth(text: str) -> None:
    """Counts, times, ages and telephone numbers are left alone."""
    assert money(text) == ()


WORDS = [
    "satu",
    "dua",
    "lima",
    "puluh",
    "ratus",
    "belas",
    "ribu",
    "juta",
    "setengah",
    "koma",
    "gocap",
    "goceng",
    "sampai",
    "atau",
    "Rp",
    "3.000",
    "50",
    "1,5",
    "700rb",
    "–",
    "perak",
    "ratusan",
    "jutaan",
    "sejuta",
    "tahun",
    "rong",
    "limang",
    "atus",
    "seket",
    "selawe",
    "sewu",
    "Sewu",
    "ewu",
    "yuta",
    "lawang",
    ",",
    "",
]


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_any_row_of_money_words_has_an_ordered_worth(text: str) -> None:
    """Whatever is said, places lie in the text in order, low is not above high, and only a range has a reason."""
    position = 0
    for found in money(text):
        assert position <= found.start < found.end <= len(text)
        assert 0 <= found.low <= found.high
        assert bool(found.reason) == (found.low != found.high)
        position = found.end
