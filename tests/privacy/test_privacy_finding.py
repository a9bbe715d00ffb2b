"""What tells who somebody is, found in talk as people type it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.model import IdentifierKind, Kept, Role, Span, Transcript, Turn
from qualcode.privacy import find, find_in


def cores(text: str, **options: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return kind and words of what is found in *text*."""
    return [(each.kind.value, each.core.of(text)) for each in find_in(text, **options)]


@pytest.mark.parametrize(
    ("text", "kind", "core"),
    [
        # golden/pii_indonesia.json: identity numbers with a date, women's days with forty added
        ("32 7300 010101 0001", "nik", "32 7300 010101 0001"),
        ("NIK saya 32 7300 710101 0001.", "nik", "32 7300 710101 0001"),
        ("NPWP 09.123.456.7-012.000", "npwp", "09.123.456.7-012.000"),
        ("081234567890", "phone", "081234567890"),
        ("+62 812-3456-7890", "phone", "+62 812-3456-7890"),
        ("62 812 3456 7890", "phone", "62 812 3456 7890"),
        ("(021) 5225711", "phone", "(021) 5225711"),
        ("+62 (0391) 500 0806", "phone", "+62 (0391) 500 0806"),
        ("+62(812)34567890", "phone", "+62(812)34567890"),
        ("I : 0 8 1 2 3 4 5 6 7 8 9 0", "phone", "0 8 1 2 3 4 5 6 7 8 9 0"),
        ("nomornya kosong lapan satu dua, tiga empat lima enam, tujuh lapan sembilan", "phone", None),
        ("HP saya nol 8 satu 2 345 enam 7 delapan", "phone", "nol 8 satu 2 345 enam 7 delapan"),
        ("Kartu BPJS saya nomornya 0001234567890", "bpjs", "0001234567890"),
        ("Rekening BCA saya 123-4567-890 ya", "account", "123-4567-890"),
        ("Motor saya plat B 1234 XYZ, item.", "plate", "B 1234 XYZ"),
        ("Yang lewat tadi AD 5521 KLM.", "plate", "AD 5521 KLM"),
        ("Saya bertemu di Gang Kenanga IV. Ia sudah menunggu.", "address", "Gang Kenanga IV"),
        ("Rumah saya Jl. Melati. Ibu saya di sana.", "address", "Jl. Melati"),
        ("Kontrakan di Jl. H.O.S. Cokroaminoto No. 4. Terus pindah.", "address", "Jl. H.O.S. Cokroaminoto No. 4"),
        ("Di Jl. Moh. Yamin, dekat masjid.", "address", "Jl. Moh. Yamin"),
        ("Plat nomornya UH 5531 RG itu.", "plate", "UH 5531 RG"),
        ("kirim ke rekaan.baru@contoh.co.id ya", "email", "rekaan.baru@contoh.co.id"),
        ("kirim ke rekaan baru88 at gmail dot com ya", "email", "baru88 at gmail dot com"),
        ("IG saya @tokorekaan88.", "handle", "@tokorekaan88"),
        ("ig-nya toko_rekaan, follow ya", "handle", "toko_rekaan"),
        ("Tinggal di Jl. Nangka III No. 5, RT 03/RW 07 situ.", "address", "Jl. Nangka III No. 5, RT 03/RW 07"),
        ("Ngontrak di Gang Mawar nomor 12.", "address", "Gang Mawar nomor 12"),
        ("Saya lahir tanggal 12 Mei 1985 di sini.", "birth", "12 Mei 1985"),
        ("lahirnya 05-10-1955 katanya", "birth", "05-10-1955"),
        ("Dari Desa Sukamaju sana.", "place", "Sukamaju"),
        ("Saya asli Wonogiri, Mbak.", "place", "Wonogiri"),
        ("di kelurahan cakung barat situ", "place", "cakung barat"),
        ("Anak saya di SMPN 6 Kebonjaya.", "institution", "SMPN 6 Kebonjaya"),
        ("Dulu di PT Karang Abadi, tujuh tahun.", "institution", "PT Karang Abadi"),
    ],
)
def test_identifier_is_found_with_its_exact_place(text: str, kind: str, core: str | None) -> None:
    found = cores(text)

    assert [kind] == [each for each, _ in found]
    if core is not None:
        assert found[0][1] == core


@pytest.mark.parametrize(
    "text",
    [
        "32 7300 320180 0001",  # day 32
        "Rp1.500.000",
        "tahun 2019",
        "pukul 08.30",
        "2 juta 500 ribu",
        "pasal 27 ayat 3",
        "Enaknya jalan bersama, jalan Bersama katanya, Jalan jalan terus.",
        "Bu RT sama Pak RW dateng, Pak Lurah nggak.",
        "Mas Bro, Mbak-mbak, Pak Haji, bang ojol, Ya Allah.",
        "Bunga mawar sama melati, bintang lima, rokok Surya dua batang.",
        "Ibu S bilang begitu, Informan 3 juga, I7 diam.",
        "P: Kapan? N: Senin, Februari 2023.",
        "SAYA TIDAK TAHU LAGI HARUS BAGAIMANA.",
        "Daftar Gojek, Grab, Shopee; BPJS Kesehatan, Kemensos, DKI Jakarta, Indonesia.",
        "satu dua tiga orang, empat lima enam hari",
        "Modal 10.000.000, untung 15.500 per kilo, libur 17-08-2024.",
        "saya lahir tahun 1985, umur empat puluh",
        "ya bu, saya jadi ikut; iya mas bisa; pak itu dulu",
    ],
)
def test_what_leads_to_nobody_is_left_alone(text: str) -> None:
    assert cores(text) == []


@pytest.mark.parametrize(
    ("text", "span", "core"),
    [
        ("Kalo Bu Sari-nya sendiri sih.", "Bu Sari-nya", "Sari"),
        ("kata pak budi begitu", "pak budi", "budi"),
        ("Ketuanya H. Ahmad Rekasa, sepuh.", "H. Ahmad Rekasa", "Ahmad Rekasa"),
        ("Gurunya Siti Aminah, S.Pd., baik.", "Siti Aminah", "Siti Aminah"),
        ("IBU SUMARNI YANG URUS SEMUANYA.", "IBU SUMARNI", "SUMARNI"),
        ("si udin itu", "si udin", "udin"),
        ("Nama saya Made Wardani, Mbak.", "Made Wardani", "Made Wardani"),
        ("Suami saya, Togar, udah nggak kerja.", "Togar", "Togar"),
        ("Bu Mawar yang punya.", "Bu Mawar", "Mawar"),
    ],
)
def test_name_keeps_its_form_of_address_and_clitic_outside_the_core(text: str, span: str, core: str) -> None:
    (found,) = find_in(text)

    assert (span, core, IdentifierKind.PERSON) == (found.span.of(text), found.core.of(text), found.kind)


def test_header_fields_and_labels_name_people_only_where_they_do() -> None:
    text = (
        "Nama lengkap : Sutinem Rekasari\nAlamat : Jl. Nangka No. 5, Sukamaju\nNo HP : 0812 3456 7890\nNama samaran : Melati Dewi\nKode : informan-01\n"
        "BU SUTINEM : Ya.\nP : Apa?\nInforman 2 : Saya."
    )
    transcript = Transcript(
        "a" * 32,
        "b" * 32,
        "informan-01",
        text,
        turns=tuple(
            Turn(Span(text.index(said), text.index(said) + len(said)), label, role)
            for label, said, role in (
                ("BU SUTINEM", "Ya.", Role.INFORMANT),
                ("P", "Apa?", Role.INTERVIEWER),
                ("Informan 2", "Saya.", Role.INFORMANT),
            )
        ),
    )

    found = [(each.kind.value, each.core.of(text), each.identity) for each in find(transcript)]

    # The invented name is none.
    assert [
        ("person", "Sutinem Rekasari", True),
        ("address", "Jl. Nangka No. 5, Sukamaju", False),
        ("phone", "0812 3456 7890", False),
        ("person", "SUTINEM", False),
    ] == found


def test_names_of_the_users_list_are_found_wherever_they_stand() -> None:
    text = "waktu itu blethong dateng, terus Blethong-nya pulang"

    assert [("person", "blethong"), ("person", "Blethong")] == cores(text, names=("Blethong",))


def test_name_found_once_is_found_again_without_its_form_of_address() -> None:
    text = "Kenalnya sama Bu Zubrinah dulu. Terus ya Zubrinah pergi. zubrinah mah gitu."

    assert [("person", "Zubrinah"), ("person", "Zubrinah"), ("person", "zubrinah")] == cores(text)


def test_kept_words_and_places_are_left_out() -> None:
    text = "Kata Bu Sari begitu. Bu Dewi diam. Bu Dewi pulang."
    transcript = Transcript("a" * 32, "b" * 32, "t", text)
    second = Span(text.index("Dewi"), text.index("Dewi") + 4)

    kept = (Kept(IdentifierKind.PERSON, "sari"), Kept(IdentifierKind.PLACE, place=("b" * 32, second)))

    assert [Span(text.rindex("Dewi"), text.rindex("Dewi") + 4)] == [each.core for each in find(transcript, kept=kept)]


def test_reasons_speak_no_word_of_the_text() -> None:
    text = "Nama saya Sutinem Rekasari, telepon 081234567890, Bu Zubrinah di Jl. Nangka No. 5."

    for each in find_in(text):
        said = each.reason.format(**each.parameters)
        assert not any(word in said for word in ("Sutinem", "Rekasari", "0812", "Zubrinah", "Nangka"))


PIECES = """Bu Sari Pak budi nol delapan satu 0812 3456 7890 Jl. Nangka No. 5 RT 03/RW 07 😀 é @a.b nama saya H. : , . ( )
- B 1234 XYZ lahir 12 Mei 1985"""
WORDS = st.sampled_from([*PIECES.split(), "\n"])


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=40), st.text(max_size=20))
def test_found_is_ordered_disjoint_and_inside_the_text(words: list[str], noise: str) -> None:
    text = " ".join(words) + noise.replace("\r", "")

    found = find_in(text)

    for each in found:
        assert each.span.covers(each.core)
        assert each.span.end <= len(text)
        assert 0 < each.score <= 1
    assert all(before.span.end <= after.span.start for before, after in pairwise(found))


@pytest.mark.parametrize(
    "piece",
    [
        "satu, eh ",
        "0 ",
        "di Abc ",
        "Jalan Abc Def ",
        "a@",
        "nama saya ",
        "SD Negeri ",
        "Nama: x\n",
        "62",
        "lahir 1 ",
        "x",
    ],
)
def test_endless_repetition_is_read_to_the_end(piece: str) -> None:
    # Patterns that try everything would not come back from these.
    text = piece * 4000 + ". NIK saya 3273007101010001."

    assert "3273007101010001" in [each.core.of(text) for each in find_in(text)]
