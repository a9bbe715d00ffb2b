"""No quote without permission enters a report, and the report says what it does not show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from corpora import START, coding, corpus, guid, suggestion, transcript
from reading import pages

from qualcode.model import Codings, Consent, ConsentForm, Corpus, Evidence, Informant, Kind, Memo, Quote, Quoting
from qualcode.reports import build

SECRET = "kalau hujan turun dagangan saya hancur semua"
OPEN = "saya ikut arisan di masjid tiap minggu"
W1 = transcript(
    "siti", f"P: Bagaimana sehari-hari?\nN: Ya, {SECRET}.\nP: Jadi {SECRET}, begitu?\nN: Betul sekali begitu."
)
W2 = transcript("tono", f"P: Bagaimana sehari-hari?\nN: Kalau {OPEN}.")
GROUP = transcript(
    "kelompok", f"M: Silakan.\nS: Kami rahasianya banyak sekali.\nT: {OPEN}.", informants={"S": "siti", "T": "tono"}, kind=Kind.GROUP
)  # fmt: skip
SAYS_NO = Consent(guid("siti"), date(2025, 2, 3), ConsentForm.RECORDED, ("skripsi",), Quoting.PARAPHRASE)
SAYS_YES = Consent(
    guid("tono"), date(2025, 2, 4), ConsentForm.WRITTEN, ("skripsi", "artikel"), Quoting.VERBATIM, date(2030, 2, 4)
)
HIDDEN = ("hujan turun", "dagangan", "hancur", "Betul sekali", "rahasianya", "when it rains")


def study(*consents: Consent, **more: object) -> Corpus:
    first = coding(W1, 2, "tak-pasti", stance="present", memo=f"ia bilang {SECRET}")
    values: dict[str, object] = {
        "consents": consents,
        "quotes": (Quote(guid("q"), first.guid, printable=f"{SECRET} […]", translation="when it rains"),),
        "memos": (
            Memo(guid("m"), f"Ringkas: {SECRET}.", "rani", START, about=guid("siti"), kind="summary"),
            Memo(guid("n"), f"Ringkas: {OPEN}.", "rani", START, about=guid("tono"), kind="summary"),
        ),
        "ids": ["siti", "tono"],
    }
    codings = (
        first,
        coding(W1, 4, "nilai"),
        coding(W2, 2, "nilai"),
        coding(GROUP, 2, "nilai"),
        coding(GROUP, 3, "nilai"),
    )
    return corpus((W1, W2, GROUP), codings, **{**values, **more})


def report(of: Corpus, language: str = "id", **more: bool) -> dict[str, str]:
    """Return the words of every page."""
    return {name: page.text for name, page in pages(build(of, version="1", language=language, **more)).items()}


@pytest.mark.parametrize("single_file", [False, True])
@pytest.mark.parametrize("language", ["id", "en"])
def test_no_page_holds_the_words(language: str, single_file: bool) -> None:
    files = build(study(SAYS_YES, SAYS_NO), version="1", language=language, single_file=single_file)
    everything = b"\n".join(files.values()).decode()
    for words in HIDDEN:
        assert words not in everything
    assert OPEN in everything
    assert ("[kutipan tidak diizinkan]" if language == "id" else "[quoting not permitted]") in everything


@pytest.mark.parametrize("informant", ["siti", "tono"])
def test_a_report_of_one_informant_holds_none_of_anothers_words(informant: str) -> None:
    files = build(study(SAYS_YES, SAYS_NO), version="1", informant=informant)
    everything = b"\n".join(files.values()).decode()
    assert not any(words in everything for words in HIDDEN)


def test_suggestions_on_the_words_give_no_reasons() -> None:
    hit = suggestion(W1, 2, "tak-pasti", evidence=(Evidence("hujan", W1.turn(2).span),))
    automatic = study(SAYS_YES, SAYS_NO).with_(codings=Codings(), quotes=(), suggestions=(hit,))
    everything = " ".join(report(automatic).values())
    assert "hujan" not in everything
    assert "1 dari 1 bagian tidak ditampilkan" in everything


def test_figures_are_those_of_the_whole_study() -> None:
    """Only words are hidden: a page with figures alone is the same, but for what it says of consent."""
    hidden, shown = (pages(build(of, version="1")) for of in (study(SAYS_YES, SAYS_NO), study()))
    for heading in ("Bahan dan cara", "Informan dan bagian menurut kode", "Matriks informan × kode"):
        assert hidden["index.html"].section(heading) == shown["index.html"].section(heading)
    page = "sumber/kelompok.html"
    assert hidden[page].section("Tentang sumber ini") == shown[page].section("Tentang sumber ini")


def test_the_register_is_printed_without_names_of_its_own() -> None:
    overview = pages(build(study(SAYS_YES, SAYS_NO), version="1"))["index.html"]
    said = overview.section("Persetujuan informan")
    assert "2 dari 2 informan tercatat" in said
    assert "Kata-kata 1 dari 2 informan tidak ditampilkan" in said
    assert "siti 3 Februari 2025 direkam (suara atau video) skripsi hanya parafrasa – – tidak ditampilkan" in said
    assert "tono 4 Februari 2025 tertulis skripsi; artikel kata demi kata 4 Februari 2030 – ditampilkan" in said
    assert "Bentuk (n = 2) tertulis: 1; direkam (suara atau video): 1" in said
    assert "Ditarik 0 dari 2 informan" in said


def test_a_study_that_does_not_use_the_register_says_so() -> None:
    said = report(study())["index.html"]
    assert "Daftar persetujuan penelitian ini kosong" in said
    assert SECRET in " ".join(report(study()).values())


def test_pages_say_how_much_they_do_not_show() -> None:
    found = report(study(SAYS_YES, SAYS_NO))
    assert "2 dari 4 bagian tidak ditampilkan" in found["kode/nilai.html"]
    assert "1 dari 3 giliran bicara atau baris tidak ditampilkan" in found["sumber/kelompok.html"]
    assert "Kata-kata informan ini tidak ditampilkan: boleh diparafrasekan" in found["informan/siti.html"]
    assert "boleh dikutip: kata demi kata" in found["informan/tono.html"]
    assert "informan ini tidak ditampilkan" not in found["informan/tono.html"]
    assert f"Ringkas: {OPEN}" in found["informan/tono.html"]


def test_who_withdrew_has_no_attributes_on_any_page() -> None:
    people = (Informant(guid("siti"), "siti", attributes={"pekerjaan": "tukang sol"}), Informant(guid("tono"), "tono"))
    of = study(replace(SAYS_NO, withdrawn=date(2025, 6, 1)), SAYS_YES, informants=people)
    found = report(of)
    assert "tukang sol" not in " ".join(found.values())
    assert "1 Juni 2025" in found["index.html"]
