"""The report's labels, names and fields, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from corpora import CODEBOOK, coding, corpus, guid, transcript
from reading import Page, pages

from qualcode import i18n
from qualcode.model import Code, Codebook, Corpus, Family, Informant
from qualcode.reports import build
from qualcode.reports.attributes import unified
from qualcode.reports.labels import labels
from qualcode.reports.words import Words

SARI = transcript("sari", "P: Gimana?\nN: Nggak tentu. Kadang rame kadang sepi.\n")


def made(of: Corpus, **options: object) -> dict[str, Page]:
    """Return the pages of a report."""
    return pages(build(of, version="9.9", **options))  # type: ignore[arg-type]


def shorts(book: Codebook, language: str) -> list[str]:
    """Return the short labels of a codebook's codes."""
    return [label.short for label in labels(book, Words(i18n.translator(language))).values()]


def test_labels_are_the_same_in_both_languages() -> None:
    """A quote cited as T1 is found in either report."""
    assert shorts(CODEBOOK, "id") == shorts(CODEBOOK, "en") == ["T1", "T2", "S1", "S1a", "S2"]


def test_labels_take_the_first_letter_of_the_familys_key_and_are_never_twice() -> None:
    """Families that begin alike take the next letter of their key; codes without a family have K, unless it is taken."""
    families = tuple(Family(key, key) for key in ("konteks", "kerja", "ko", "2x"))
    codes = [Code(f"{key}-{n}", family=key) for key in ("konteks", "kerja", "ko", "2x") for n in (1, 2)]
    found = shorts(Codebook("b", (*codes, Code("lepas")), families), "id")

    assert found[:8] == ["K1", "K2", "E1", "E2", "O1", "O2", "X1", "X2"]
    assert found[8] not in {"K1", ""}
    assert len(set(found)) == len(found)


def test_labels_stay_unique_with_more_families_than_letters() -> None:
    """Two letters then."""
    families = tuple(Family(f"a{n}", f"a{n}") for n in range(60))
    book = Codebook("b", tuple(Code(f"kode-{n}", family=f"a{n}") for n in range(60)), families)

    assert len(set(shorts(book, "id"))) == 60


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({"umur": 44}, {"usia": 44}),
        ({"usia": "", "umur": 44}, {"usia": 44}),
        ({"usia": 44, "umur": 44}, {"usia": 44}),
        ({"usia": 44, "umur": 45}, {"usia": 44, "umur": 45}),
        ({"pendidikan_terakhir": "SD", "warna": "biru"}, {"pendidikan": "SD", "warna": "biru"}),
        ({"jenis_usaha": "kopi", "pekerjaan": None}, {"pekerjaan": "kopi"}),
        ({"jenis_usaha": "kopi", "pekerjaan": "pedagang"}, {"pekerjaan": "pedagang", "jenis_usaha": "kopi"}),
        ({"Umur": 3}, {"usia": 3}),
    ],
)
def test_unified_joins_names_for_one_thing_where_nothing_is_lost(
    given: dict[str, object], shown: dict[str, object]
) -> None:
    """Two different values stay under their own names."""
    assert unified(given) == shown  # type: ignore[arg-type]


def test_table_of_informants_has_one_column_for_one_thing() -> None:
    """The informant's page has what was recorded, as it was."""
    people = (
        Informant(guid("sari"), "sari", "", {"usia": 44, "pendidikan": "SD"}),
        Informant(guid("budi"), "budi", "", {"umur": 30, "pendidikan_terakhir": "SMA"}),
    )
    budi = transcript("budi", "P: Gimana?\nN: Ya gitu.\n")
    files = made(corpus([SARI, budi], informants=people))

    listed = files["index.html"].section("Informan dan sumber data")
    assert "Informan Usia Pendidikan Sumber" in listed
    assert "budi 30 SMA" in listed
    assert "Umur 30" in files["informan/budi.html"].section("Profil")


def test_a_profile_says_one_thing_in_one_row_and_loses_nothing() -> None:
    person = Informant(guid("sari"), "sari", "", {"pendidikan": "SD", "pendidikan_terakhir": "SD (SMP tidak tamat)"})
    profile = made(corpus([SARI], informants=(person,)))["informan/sari.html"].section("Profil")

    assert "Pendidikan SD; SD (SMP tidak tamat)" in profile
    assert "terakhir" not in profile


def test_english_report_has_the_english_title_of_the_codebook_and_says_what_is_not_translated() -> None:
    """Names of fields that the importers know, and of languages, are English; definitions stay, and it is said."""
    told = replace(SARI, metadata={"tanggal": "12 Maret", "tempat": "pasar", "wawancara_ke": "2", "cuaca": "hujan"})
    book = replace(CODEBOOK, title="Buku kecil", title_en="Small book")
    study = corpus([told], [coding(told, 2, "tak-pasti")], codebook=book)
    files = made(study, language="en")

    text = files["informan/sari.html"].section("How the interview went")
    for said in ("Date 12 Maret", "Place pasar", "Interview number 2", "Cuaca hujan", "Language Indonesian"):
        assert said in text
    assert "Small book" in files["informan/sari.html"].text
    assert "Small book" in files["index.html"].section("Material and method")
    assert "The definitions are in the language of the codebook: Indonesian." in files["index.html"].section("Codebook")
    assert "in the language of the codebook: Indonesian" in files["kode/tak-pasti.html"].section("Definition and rules")
    own = made(study)
    assert "Buku kecil" in own["index.html"].text
    assert "Bahasa bahasa Indonesia" in own["informan/sari.html"].section("Pelaksanaan wawancara")
    assert "Tanggal 12 Maret" in own["informan/sari.html"].section("Pelaksanaan wawancara")
    assert "bahasa buku kode" not in own["index.html"].text


@pytest.mark.parametrize(
    ("key", "shown"),
    [("lama_di_jakarta", "Lama di Jakarta"), ("asal_jawa_tengah", "Asal Jawa Tengah"), ("ktp_dki", "KTP DKI")],
)
def test_names_of_places_keep_their_capitals(key: str, shown: str) -> None:
    """A field's name is a slug; a place in it is a name all the same."""
    assert Words(i18n.translator("id")).name(key) == shown


def test_language_name_of_codes_that_nobody_knows_is_the_code() -> None:
    """Never an error."""
    assert i18n.language_name("jv", "en") == "Javanese"
    assert i18n.language_name("id", "id") == "bahasa Indonesia"
    assert i18n.language_name("logat campuran", "id") == "logat campuran"
    assert i18n.language_name("", "en") == "–"
