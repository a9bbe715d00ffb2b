"""Text copied out of theses: fields and labels that run together, legends of which only the letters are left."""

from __future__ import annotations

import pytest

from qualcode.importers import ImportOptions, ImportResult, Source, registry
from qualcode.importers.header.cells import fields_in, read_fields
from qualcode.model import Kind


def read(text: str) -> ImportResult:
    return registry.get("txt")().read(Source("contoh.txt", text.encode()), ImportOptions())


def turns(result: ImportResult) -> list[tuple[str, str, str]]:
    (transcript,) = result.corpus.transcripts
    return [(turn.speaker, turn.role.value, turn.span.of(transcript.text)) for turn in transcript.turns]


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("Inisial : Ny. R Usia : 39 th Pekerjaan : buruh", [("inisial", "Ny. R"), ("usia", "39 th"), ("pekerjaan", "buruh")]),
        ("Usia: 19 tahun. Kode Subyek: LA.", [("usia", "19 tahun"), ("kode_subyek", "LA")]),
        ("Usia: 31 tahun, Pendidikan: S1", [("usia", "31 tahun"), ("pendidikan", "S1")]),
        ("Jenis Kelamin : Perempuan Agama : Islam", [("jenis_kelamin", "Perempuan"), ("agama", "Islam")]),
        ("Transkip Wawancara Hari/Tanggal : Senin, 3 Maret 2025", [("tanggal", "Senin, 3 Maret 2025")]),
        ("Jam : 16.16 – 16.49 WIB", [("jam", "16.16 – 16.49 WIB")]),
        ("1. Nama : Agus", [("nama", "Agus")]),
        ("Pekerjaan : jahit, cuci: semua", [("pekerjaan", "jahit, cuci: semua")]),
    ],
)  # fmt: skip
def test_usual_fields_that_follow_each_other(line: str, fields: list[tuple[str, str]]) -> None:
    assert [(f.key, f.value) for f in fields_in(line)] == fields
    kept = "".join(piece.of(line) for piece in read_fields(line)[1])
    assert kept in {"", "Transkip Wawancara"}


def test_codes_of_the_header_are_labels_without_a_colon() -> None:
    result = read(
        "Nama Subyek: Dw. Interviewer: Fz.\nUsia: 20 tahun. Kode Subyek: DW.\nKode Interviewer: F.\nHasil Wawancara\n"
        "F Pagi mbak.\nDW Iya, pagi.\nF Apa kendala ketua panitia?\nDW Banyak yang hilang, jadi aku\nsendiri.\n"
    )

    assert turns(result) == [
        ("F", "interviewer", "Pagi mbak."),
        ("DW", "informant", "Iya, pagi."),
        ("F", "interviewer", "Apa kendala ketua panitia?"),
        ("DW", "informant", "Banyak yang hilang, jadi aku\nsendiri."),
    ]


def test_letters_of_a_legend_head_lines_and_stand_alone_on_others() -> None:
    """A legend may begin at the end of a line, go on below a blank one, and the row of headings is nobody's turn."""
    result = read(
        "CATATAN OBSERVASI DAN TRANSKIP WAWANCARA\n\nInisial : Ny. R Usia : 39 th\n\nTempat : teras rumah Keterangan :\n\n"
        "S : Subjek P : Peneliti\n\nRP1 : Riset Partisipan\n\nS ISI WAWANCARA KODE\n\nP “Sore bu, apa kabar?”\n\n"
        "RP1 “Sore mbak.”\n\nP “Masak sendiri bu?”\n\nRP1\n\n“Ya, tak masak dhewe.\n\n(saya masak sendiri)”\n\nP “Tiap hari?”\n\nRP1 “Iya.”\n"
    )

    assert result.corpus.transcripts[0].kind is Kind.INTERVIEW
    assert [(speaker, role) for speaker, role, _ in turns(result)] == [("P", "interviewer"), ("RP1", "informant")] * 3
    assert turns(result)[3][2] == "“Ya, tak masak dhewe.\n\n(saya masak sendiri)”"
    assert dict(result.corpus.informants[0].attributes) == {"usia": 39}


def test_who_the_informant_is_stands_above_others_who_speak() -> None:
    named = read(
        "Wawancara Pedagang\nInforman: Pak Karto dan istri (Bu Karto)\nTanggal: 8 Februari 2025\n\n"
        "NADIA: Sejak kapan jualan, Pak?\nPAK KARTO: Dari krismon.\nNADIA: Digusur berapa kali?\nPAK KARTO: Waduh.\n"
        "BU KARTO: Sepuluh kali.\nNADIA: Modalnya?\nBU KARTO: Jual cincin.\n"
    )
    degree = read(
        "Informan : Bapak A, S.Pd. (Kepala)\n\nLokasi : Ruang guru Waktu : 09.20 WIB\n\nPeneliti : Sejak kapan? Informan : Baru\n"
        "setahun. Peneliti : Apa visinya?\n\nInforman : Memberi contoh.\n"
    )
    doctor = read(
        "Informan : dr. Lk\n\nPewawancara:\nSelamat pagi dok. Capaiannya?\ndr. Lk:\nTurun.\nPewawancara:\nAlasannya?\ndr. Lk:\nTakut demam.\n"
    )

    assert {(speaker, role) for speaker, role, _ in turns(named)} == {
        ("NADIA", "interviewer"),
        ("PAK KARTO", "informant"),
        ("BU KARTO", "informant"),
    }
    assert [speaker for speaker, _, _ in turns(degree)] == ["Peneliti", "Informan", "Peneliti", "Informan"]
    assert [(speaker, role) for speaker, role, _ in turns(doctor)] == [
        ("Pewawancara", "interviewer"),
        ("dr. Lk", "informant"),
    ] * 2


def test_rows_of_time_speaker_and_talk_are_no_header() -> None:
    result = read(
        "Verbatim\nUsia: 31 tahun\n\nWaktu\tPembicara\tPercakapan\n00:00:05\tPeneliti\tKita mulai ya?\n00:00:12\tPartisipan\tOke.\n"
        "00:00:40\tPeneliti\tEnaknya apa?\n00:00:44\tPartisipan\tBebas.\n"
    )

    assert [turn.time for turn in result.corpus.transcripts[0].turns] == [5, 12, 40, 44]
    assert [role for _, role, _ in turns(result)] == ["interviewer", "informant"] * 2
    assert result.corpus.transcripts[0].metadata == {}


@pytest.mark.parametrize(
    "key", ["Kode File", "Mata kuliah", "Tempat dan Waktu", "Waktu/Tgl", "Acara", "Dosen pengampu"]
)
def test_what_is_about_the_work_is_no_attribute_of_a_person(key: str) -> None:
    result = read(f"{key} : hal lain\nUsia : 30\n\nP : Kerja apa?\nN : Jualan.\nP : Lama?\nN : Lama.\n")

    assert dict(result.corpus.informants[0].attributes) == {"usia": 30}
    assert list(result.corpus.transcripts[0].metadata.values()) == ["hal lain"]


def test_patients_and_pupils_are_voices() -> None:
    result = read(
        "Keterangan: G: Guru M: Murid PN: Peneliti\n\nPN: Suka sekolah?\nM: Suka.\nPN: Kenapa?\nM: Ramai.\nG: Iya.\n"
    )

    assert [role for _, role, _ in turns(result)] == [
        "interviewer",
        "informant",
        "interviewer",
        "informant",
        "informant",
    ]


def test_a_value_copied_below_its_key() -> None:
    result = read(
        "Wawancara 1\nUmur\n: 44 tahun\nPekerjaan\n: guru honorer\n\nP : Sejak kapan?\nN : Lama.\nP : Betah?\nN : Betah.\n"
    )

    assert dict(result.corpus.informants[0].attributes) == {"umur": 44, "pekerjaan": "guru honorer"}


def test_numbered_questions_go_on_in_the_next_line() -> None:
    result = read(
        "Hasil wawancara\n1. Bagaimana strategi Ibu mengembangkan sekolah di bidang\npendidikan ?\nLangkah awal kami menyusun\nSOP.\n"
        "2. Bagaimana pelaksanaannya ?\nCukup berjalan.\n3. Apakah ada kendala, seperti apa\n?\nWaktu dan biaya.\n"
    )

    assert [words for _, _, words in turns(result)] == [
        "Bagaimana strategi Ibu mengembangkan sekolah di bidang\npendidikan ?",
        "Langkah awal kami menyusun\nSOP.",
        "Bagaimana pelaksanaannya ?",
        "Cukup berjalan.",
        "Apakah ada kendala, seperti apa\n?",
        "Waktu dan biaya.",
    ]


def test_numbered_fields_are_no_numbered_lines() -> None:
    text = (
        "Identitas Informan\n1. Nama : Agus\n2. Umur : 55\n3. Jenis Kelamin : Laki-laki\n4. Pekerjaan : penjual bubur\n5. Agama : Islam\n"
        "6. Status : kawin\nTranskrip Wawancara\n“Sejak kapan jualan?”\n“Dari di-PHK.”\n“Modalnya?”\n“Pesangon.”\n"
    )
    result = read(text)

    assert result.corpus.transcripts[0].text == text
    assert result.corpus.informants[0].attributes["umur"] == 55


@pytest.mark.parametrize(
    "title", ["PEDOMAN WAWANCARA", "Interview Guide", "Lembar Kesediaan Wawancara", "Instrumen wawancara"]
)
def test_a_guide_is_a_document_of_nobody(title: str) -> None:
    result = read(
        f"{title}\nNama : ............\nUsia : ............\n\n1. Berapa lama Ibu bekerja?\n2. Bagaimana upahnya?\n"
    )

    assert result.corpus.transcripts[0].kind is Kind.DOCUMENT
    assert result.corpus.informants == ()


def test_a_guide_above_an_interview_does_not_hide_it() -> None:
    result = read(
        "Pedoman Wawancara\n1. Apa kerjanya?\n\nTranskrip Wawancara\nP : Kerja apa?\nN : Jualan.\nP : Lama?\nN : Lama.\n"
    )

    assert result.corpus.transcripts[-1].kind is Kind.INTERVIEW
    assert len(result.corpus.transcripts[-1].turns) == 4


def test_a_picture_behind_a_name_is_no_part_of_it() -> None:
    result = read("Ustaz 👩‍🏫: Apa maknanya?\nSantri 🧕: Niat 🙏\nUstaz 👩‍🏫: Contohnya?\nSantri 🧕: Kerja 😅\n")

    assert [(speaker, words) for speaker, _, words in turns(result)] == [
        ("Ustaz", "Apa maknanya?"),
        ("Santri", "Niat 🙏"),
        ("Ustaz", "Contohnya?"),
        ("Santri", "Kerja 😅"),
    ]


def test_letters_behind_a_role_word_are_who_speaks_from_then_on() -> None:
    result = read(
        "Wawancara\nPewawancara (W): Bagaimana loketnya?\nPasien (Ps1): Lama, dari subuh.\nW: Sampai kapan?\nPs1: Jam sebelas.\n"
        "W: Ramah?\nPs1: Tergantung.\n"
    )

    assert [role for _, role, _ in turns(result)] == ["interviewer", "informant"] * 3
    assert len(result.corpus.informants) == 1


def test_two_interviewers_that_the_header_numbers() -> None:
    result = read(
        "Wawancara Kelompok 4\nPewawancara 1: Nia\nPewawancara 2: Fikri\nNarasumber: Pak Camat\n\nNia: Apa programnya, Pak?\n"
        "Pak Camat: Kampung iklim.\nFikri: Anggarannya?\nPak Camat: Swadaya.\nNia: Kendalanya?\nPak Camat: Sampah.\nFikri: Sanksinya?\n"
        "Pak Camat: Imbauan.\n"
    )

    assert result.corpus.transcripts[0].kind is Kind.INTERVIEW
    assert {(speaker, role) for speaker, role, _ in turns(result)} == {
        ("Nia", "interviewer"),
        ("Fikri", "interviewer"),
        ("Pak Camat", "informant"),
    }
