"""Identity fields that follow each other in one line, with numbers, signs or nothing at all between them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.importers import ImportOptions, ImportResult, Source, registry
from qualcode.importers.header.cells import read_fields
from qualcode.model import Kind


def read(text: str, name: str = "contoh.txt") -> ImportResult:
    return registry.get("txt")().read(Source(name, text.encode()), ImportOptions())


TALK = "\n\nP : Sejak kapan jualan, Bu?\nN : Sejak tahun 2003.\nP : Setiap hari?\nN : Tiap hari, kecuali Jumat.\n"

NUMBERED = (
    "Kamis, 3 Mei 2012 Jam : 13.00-14.15Acara : Wawancara mendalamSumber : Partisipan 4\n\n"
    "Karakteristik Informan 4 :1. Inisial : Ny. K2. Umur : 29 tahun3. Pendidikan : SMP4. Pekerjaan : Penjahit5. "
    "Agama : Islam6. Riwayat sakit (berat) :\n\n"
    "7. Suku : Sunda9. Lama menikah : 8 tahun10. Penghasilan keluarga dlm 1bln : <2 juta/bulan11. Alamat : Desa "
    "Kenanga12. Tempat tinggal : Kontrakan\n\n"
    "Catatan lapangan:\n\nWawancara dilakukan di teras. Suasana ramai oleh tetangga, dua anak bermain di halaman, "
    "suami belum pulang kerja."
)


def test_numbers_run_into_the_values_before_them() -> None:
    result = read(NUMBERED + TALK)
    (informant,) = result.corpus.informants
    assert dict(informant.attributes) == {
        "umur": 29,
        "pendidikan": "SMP",
        "pekerjaan": "Penjahit",
        "agama": "Islam",
        "riwayat_sakit": None,
        "suku": "Sunda",
        "lama_menikah": "8 tahun",
        "penghasilan_keluarga_dlm_1bln": "<2 juta/bulan",
        "tempat_tinggal": "Kontrakan",
    }
    (transcript,) = result.corpus.transcripts
    assert transcript.metadata["jam"] == "13.00-14.15"
    assert transcript.metadata["acara"] == "Wawancara mendalam"
    assert len(transcript.turns) == 4


def test_notes_below_such_fields_belong_to_nobody() -> None:
    result = read(NUMBERED + TALK)
    (transcript,) = result.corpus.transcripts
    loose = [part.span.of(transcript.text) for part in result.parts[transcript.guid] if part.what == "unassigned"]
    assert any(words.startswith("Wawancara dilakukan") for words in loose)
    assert not any("Pendidikan" in words or "Suku" in words for words in loose)


def test_a_head_without_its_talk_keeps_its_attributes() -> None:
    result = read(NUMBERED)
    (transcript,) = result.corpus.transcripts
    (informant,) = result.corpus.informants
    assert transcript.kind is Kind.INTERVIEW  # "Acara : Wawancara mendalam" says so
    assert not transcript.turns
    assert informant.attributes["pekerjaan"] == "Penjahit"


@pytest.mark.parametrize(
    "line",
    [
        "1. Umur : 45 tahun 2. Pendidikan : SD 3. Pekerjaan : penjual jamu",
        "1) Umur: 45 tahun 2) Pendidikan: SD 3) Pekerjaan: penjual jamu",
        "a. Umur: 45 tahun b. Pendidikan: SD c. Pekerjaan: penjual jamu",
        "a) Umur: 45 tahun; b) Pendidikan: SD; c) Pekerjaan: penjual jamu",
        "Identitas: 1) Nama: Sukini 2) Umur: 45 tahun 3) Pendidikan: SD 4) Pekerjaan: penjual jamu",
        "Identitas informan : a. Nama: Sukini; b. Umur: 45 tahun; c. Pendidikan: SD; d. Pekerjaan: penjual jamu",
        "1.Umur:45 tahun2.Pendidikan:SD3.Pekerjaan:penjual jamu",
        "(1) Umur: 45 tahun (2) Pendidikan: SD (3) Pekerjaan: penjual jamu",
        "Umur: 45 tahun; Pendidikan: SD; Pekerjaan: penjual jamu",
        "Umur: 45 tahun, Pendidikan: SD, Pekerjaan: penjual jamu",
        "Umur: 45 tahun | Pendidikan: SD | Pekerjaan: penjual jamu",
        "Umur: 45 tahun / Pendidikan: SD / Pekerjaan: penjual jamu",
        "Umur: 45 tahun  Pendidikan: SD  Pekerjaan: penjual jamu",
        "Umur: 45\tPendidikan: SD\tPekerjaan: penjual jamu",
        "Umur: 45 Pendidikan: SD Pekerjaan: penjual jamu",
        "Umur: 45 tahunPendidikan: SDPekerjaan: penjual jamu",
        "Umur : 45 tahun – Pendidikan : SD – Pekerjaan : penjual jamu",
        "Umur : 45 tahun • Pendidikan : SD • Pekerjaan : penjual jamu",
    ],
)
def test_fields_of_one_line(line: str) -> None:
    (informant,) = read(line + TALK).corpus.informants
    assert dict(informant.attributes) == {"umur": 45, "pendidikan": "SD", "pekerjaan": "penjual jamu"}


@pytest.mark.parametrize(
    "line",
    [
        "1. Nama : Sukini2. Alamat : Jl. Melati No. 33. Umur : 45 tahun4. No. HP : 0812345678905. Pendidikan : SD",
        "Nama: Sukini; Umur: 45 tahun; No. HP: 081234567890; Alamat: Jl. Melati No. 3; Pendidikan: SD",
        "a. Inisial : S b. Umur : 45 tahun c. No. HP : 081234567890 d. Alamat : Jl. Melati No. 3 e. Pendidikan : SD",
        "Nama : Sukini Umur : 45 tahun Alamat : Jl. Melati No. 3 Pendidikan : SD",
    ],
)
def test_what_identifies_a_person_stays_in_the_text(line: str) -> None:
    result = read(line + TALK)
    (informant,) = result.corpus.informants
    assert dict(informant.attributes) == {"umur": 45, "pendidikan": "SD"}
    assert any(f.rule == "privacy" for f in result.findings)


def test_what_is_said_is_no_row_of_fields() -> None:
    text = (
        "Umur: 45 tahun\n\n"
        "P : Apa saja syaratnya waktu itu? 1. Umur: berapa? 2. Pendidikan: apa?\n"
        "N : Macam-macam: 1. Umur: di bawah 35. 2. Pendidikan: SMA. Saya tidak masuk.\n"
        "P : Lalu?\nN : Ya jualan.\n"
    )
    result = read(text)
    (transcript,) = result.corpus.transcripts
    assert [turn.speaker for turn in transcript.turns] == ["P", "N", "P", "N"]
    assert dict(result.corpus.informants[0].attributes) == {"umur": 45}


@pytest.mark.parametrize(
    "line",
    [
        "Tempat : Pasar Baru 2. Lantai dasar",
        "Tempat : lantai 2. Pintu : 3",
        "Jam : 09:00 sampai 10:30",
        "Judul : Kerja 2. Upah: cerita buruh",
    ],
)
def test_a_number_in_a_value_begins_no_field(line: str) -> None:
    fields, left = read_fields(line)
    assert len(fields) == 1
    assert not left
    assert fields[0].value == line.partition(" : ")[2]


COUPLE = "1. Inisial : Ny. K / Tn. W2. Umur : 29/ 33 tahun3. Pendidikan : SMP / SMA4. Pekerjaan : Penjahit / Buruh pabrik5. Agama : Islam"


COUPLE_TALK = (
    "\n\nPeneliti : Sejak kapan menikah?\n{0} : Sejak 2010.\nPeneliti : Bapak kerja di mana?\n{1} : Di pabrik.\n"
    "Peneliti : Anaknya?\n{0} : Dua.\nPeneliti : Rumahnya?\n{1} : Masih ngontrak.\n"
)
WIFE: dict[str, object] = {"umur": 29, "pendidikan": "SMP", "pekerjaan": "Penjahit", "agama": "Islam"}
HUSBAND: dict[str, object] = {"umur": 33, "pendidikan": "SMA", "pekerjaan": "Buruh pabrik", "agama": "Islam"}


@pytest.mark.parametrize(
    ("first", "second", "expected", "level"),
    [
        ("Informan 1", "Informan 2", [WIFE, HUSBAND], "doubtful"),
        ("Ny. K", "Tn. W", [WIFE, HUSBAND], "recognised"),
        ("Tn. W", "Ny. K", [HUSBAND, WIFE], "recognised"),
    ],
)
def test_two_values_are_those_of_two_informants(
    first: str, second: str, expected: list[dict[str, object]], level: str
) -> None:
    result = read(COUPLE + COUPLE_TALK.format(first, second))
    assert [dict(informant.attributes) for informant in result.corpus.informants] == expected
    assert [f.level for f in result.findings if f.rule == "two values"] == [level]


def test_two_values_of_one_voice_stay_together() -> None:
    (informant,) = read(COUPLE + TALK).corpus.informants
    assert informant.attributes["umur"] == "29/ 33 tahun"


keys = st.sampled_from(["Umur", "Pendidikan", "Pekerjaan", "Agama", "Suku", "Status", "Lama bekerja"])
values = st.text(alphabet="abcdefgh 123<", min_size=1, max_size=12).map(str.strip).filter(bool)


@given(
    st.lists(st.tuples(keys, values), min_size=2, max_size=9), st.sampled_from(["", " ", "; ", ", ", "  ", " | ", "\t"])
)
def test_every_letter_is_in_a_field_or_left(pairs: list[tuple[str, str]], between: str) -> None:
    line = between.join(f"{number}. {key} : {value}" for number, (key, value) in enumerate(pairs, 1))
    fields, left = read_fields(line)
    shown = "".join(f.value for f in fields) + "".join(span.of(line) for span in left)
    assert {c: shown.count(c) for c in "abcdefgh<"} == {c: sum(v.count(c) for _, v in pairs) for c in "abcdefgh<"}
    assert all(a.end <= b.start for a, b in pairwise(left))
