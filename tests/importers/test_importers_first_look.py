"""Manners of transcripts that were read wrongly when they were first seen: each with the least that shows it."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
import words

from qualcode.importers import ImportOptions, ImportResult, Source, registry
from qualcode.model import Kind, Role
from qualcode.testing.importers import check_result

ASKS, ANSWERS = Role.INTERVIEWER, Role.INFORMANT
MODERATES, PARTICIPATES = Role.MODERATOR, Role.PARTICIPANT


def read(text: str, name: str = "a.txt") -> ImportResult:
    """Return what the importer of *name* makes of *text*."""
    return registry.get(name.rpartition(".")[2])().read(Source(name, text.encode()), ImportOptions())


def said(result: ImportResult) -> list[tuple[Role, str, str]]:
    """Return role, label and words of each turn of all transcripts."""
    return [(u.role, u.speaker, u.span.of(t.text)) for t in result.corpus.transcripts for u in t.turns]


def roles(result: ImportResult) -> list[Role]:
    """Return the role of each turn."""
    return [role for role, _, _ in said(result)]


def test_a_name_with_its_letters_introduces_them() -> None:
    """``Rara (R):`` once and ``R:`` from then on are the same speaker, from the first line."""
    text = (
        "**Rara (R):** Halo, selamat datang.\n\n**Sekar (S):** Halo!\n\n**R:** Kerja apa?\n\n**S:** Jahit.\n\n"
        "**R:** Sudah lama?\n\n**S:** Lima tahun.\n"
    )
    turns = said(read(text, "a.md"))

    assert [label for _, label, _ in turns] == ["R", "S"] * 3
    assert turns[0][2] == "Halo, selamat datang."


def test_asterisks_that_a_converter_escaped_are_no_part_of_a_label() -> None:
    """Markers with a backslash before each belong to the format."""
    text = "\\*\\*R:\\*\\* Kerja apa?\n\n\\***\\*S:\\*\\*** Jahit.\n\n\\*\\*R:\\*\\* Lama?\n\n\\*\\*S:\\*\\* Iya.\n"

    assert [words for _, _, words in said(read(text, "a.md"))] == ["Kerja apa?", "Jahit.", "Lama?", "Iya."]


PODCAST = "".join(
    f"A: Lalu bagaimana ceritanya yang ke-{n}?\nT: {'Panjang sekali ceritanya waktu itu, saya jual gerobak. ' * 3}\n"
    f"B: Terus berapa lama itu?\nT: {'Kira-kira dua tahun, sampai bisa sewa kios yang sekarang ini. ' * 3}\n"
    for n in range(5)
)


def test_a_second_host_asks_too() -> None:
    """Two ask in turn, one answers at length: both are interviewers, and the finding says that this is a guess."""
    result = read(PODCAST)

    assert {label: role for role, label, _ in said(result)} == {"A": ASKS, "B": ASKS, "T": ANSWERS}
    assert any(f.level == "doubtful" and f.parameters.get("speaker") == "B" for f in result.findings)


def test_a_header_names_the_hosts() -> None:
    """``Host: Maya & Teguh`` and ``Bintang tamu: Pak Joyo`` say who asks and who answers, however short the talk."""
    text = (
        "Podcast Pinggiran Eps. 12\nHost: Maya & Teguh\nBintang tamu: Pak Joyo\n\nMaya: Halo pendengar.\nTeguh: Saya Teguh.\n"
        "Pak Joyo: Halo, terima kasih.\nMaya: Sepi, Pak.\nPak Joyo: Iya, hari Minggu saja.\nTeguh: Waduh.\nPak Joyo: Begitulah.\n"
    )

    assert {label: role for role, label, _ in said(read(text))} == {"Maya": ASKS, "Teguh": ASKS, "Pak Joyo": ANSWERS}


def test_fields_that_dots_part() -> None:
    """``Usia: 52 · Pekerjaan: buruh`` is two fields."""
    (person,) = read("Usia: 52 · Pekerjaan: buruh cuci\nP: Sudah lama?\nN: Lama.\nP: Oh?\nN: Iya.\n").corpus.informants

    assert dict(person.attributes) == {"usia": 52, "pekerjaan": "buruh cuci"}


def test_those_who_ask_together_ask() -> None:
    """``A & B`` are hosts, so that what they say at once is no informant's voice."""
    assert said(read(PODCAST + "A & B: Terima kasih!\n"))[-1][0] is ASKS


@pytest.mark.parametrize("label", ["P1, P2 & P4", "P1, P2", "P1-P4", "P1 – 4"])
def test_several_labels_in_one(label: str) -> None:
    """Participants who answer at once are together."""
    text = f"Moderator: Siapa punya?\nP1: Saya.\nP2: Saya juga.\nP4: Tidak.\nModerator: Setuju?\n{label}: Setuju.\n"

    assert said(read(text))[-1][::2] == (Role.TOGETHER, "Setuju.")


def test_a_header_names_moderator_and_participants() -> None:
    """Who is named above a group talk is known there, also who speaks once."""
    text = (
        "Diskusi Kelompok Pedagang\nPeserta: Bu Asih, Pak Wiryo, Mbak Nur, Mas Dodi dan Pak Sabar\nModerator: Laras\n\n"
        "Laras: Monggo, siapa mulai?\nBu Asih: Pak Wiryo saja.\nPak Wiryo: Ya sudah.\nMas Dodi: Saya ikut.\n"
        "Laras: Iurannya?\nMbak Nur: Dua ribu.\nPak Wiryo: Sekarang tiga.\nLaras: Cukup?\nPak Sabar: Cukup.\n"
    )
    found = {label: role for role, label, _ in said(read(text))}

    assert found.pop("Laras") is MODERATES
    assert set(found.values()) == {PARTICIPATES}
    assert len(found) == 5


def test_a_legend_that_names_the_role_first() -> None:
    """``Peneliti : P`` is a legend where turns begin with P, and who is written out before is the same speaker."""
    text = (
        "Peneliti : P\nInforman : PS (penjual soto)\nPeneliti: Sudah lama?\nInforman: Dua tahun.\nP: Modalnya?\n"
        "PS: Pesangon.\nP: Cukup?\nPS: Kurang.\n"
    )

    assert roles(read(text)) == [ASKS, ANSWERS] * 3


def test_a_header_that_says_what_the_interviewer_is() -> None:
    """Two lines that name who speaks, with a common noun, are no turns."""
    text = "Narasumber : Bapak R, 61 tahun\nPewawancara : mahasiswa\n\nPewawancara : Sepi, Pak?\nNarasumber : Sepi.\nPewawancara : Oh?\nNarasumber : Iya.\n"

    assert roles(read(text)) == [ASKS, ANSWERS] * 2


@pytest.mark.parametrize(
    "lines",
    [
        "P : Kerja apa?\nS : Muat barang.\nP : Libur?\nS ; Minggu.\nP Kontraknya ada?\nS : Tidak ada.\nP : Oh.\n",
        "Pewawancara: Kerja apa?\nInforman: Jahit.\nPewawancara Di rumah?\nInforman Iya.\nPewawancara: Lama?\nInforman: Lama.\nPewawancara: Oh.\n",
    ],
)
def test_a_forgotten_colon_begins_a_turn(lines: str) -> None:
    """A line that begins with a known label and goes on with a capital is a turn; each is said."""
    result = read(lines)

    assert roles(result) == [ASKS, ANSWERS, ASKS, ANSWERS, ASKS, ANSWERS, ASKS]
    assert sum("without a colon" in f.message for f in result.findings) >= 2


def test_a_label_within_what_is_said_begins_nothing() -> None:
    """Neither a letter within a speech nor a role word that goes on in small letters."""
    text = "P: Golongannya?\nS: Dulu golongan\nS sekarang golongan\nP Mungkin naik.\nP: Oh?\nS: Iya.\nInforman lain juga.\n"

    assert len(said(read(text))) == 4


def test_numbered_lines_with_the_speaker_in_a_column_of_blanks() -> None:
    """Number, speaker and words are parted by blanks alone; wrapped lines belong to the speech above."""
    text = (
        "1   Iter   Bisa diceritakan awal mula\n2          kerja di sini?\n3   Itee   Butuh uang buat kuliah,\n"
        "4          jadi melamar ke kafe.\n5   Iter   Delapan jam?\n6   Itee   Iya, tanpa uang lembur\n7          sama sekali.\n"
    )

    assert [(role, words) for role, _, words in said(read(text))] == [
        (ASKS, "Bisa diceritakan awal mula kerja di sini?"),
        (ANSWERS, "Butuh uang buat kuliah, jadi melamar ke kafe."),
        (ASKS, "Delapan jam?"),
        (ANSWERS, "Iya, tanpa uang lembur sama sekali."),
    ]


def test_a_buyer_beside_a_seller_is_a_passer_by() -> None:
    """The seller answers most; the buyer who speaks twice is no informant."""
    text = "Peneliti: Dari jam berapa?\nPenjual: Jam enam.\nPembeli: Dua ya.\nPenjual: Ini.\nPembeli: Makasih.\nPeneliti: Untung?\nPenjual: Sedikit.\n"

    assert {label: role for role, label, _ in said(read(text))}["Pembeli"] is Role.BYSTANDER


def test_a_decree_is_no_talk() -> None:
    """*Menimbang*, *Mengingat*, *KESATU* are nobody."""
    text = (
        "KEPUTUSAN LURAH SUKARANAH\nNOMOR 12 TAHUN 2024\nMenimbang : a. bahwa perlu ditata;\nMengingat : 1. Undang-Undang;\n"
        "MEMUTUSKAN:\nMenetapkan : KEPUTUSAN LURAH.\nKESATU : Lokasi di utara.\nKEDUA : Berlaku sejak ditetapkan.\n"
    )
    result = read(text)

    assert said(result) == []
    assert result.corpus.transcripts[0].kind is Kind.DOCUMENT


def test_numbers_of_civil_servants_and_students_are_no_attributes() -> None:
    """NIP, NIM and their like identify a person, by their key or by their form."""
    text = "NIP : 19680412 199303 1 004\nNIM : 4815162342\nNomor pegawai : 196804121993031004\nUsia : 56\nP: Sejak kapan?\nN: Lama.\nP: Oh?\nN: Iya.\n"
    (person,) = read(text).corpus.informants

    assert dict(person.attributes) == {"usia": 56}


def test_the_lines_of_a_legend_begin_no_turns() -> None:
    """A legend below, where no label is believed, is a header once and no talk."""
    text = "P: Jualan apa?\nPewawancara: Jualan apa?\nKeterangan\nP = Penjual\nI = Informan"
    result = read(text)

    check_result(result, Source("a.txt", text.encode()))
    assert not any(words in {"Penjual", "Informan"} for _, _, words in said(result))


def test_front_matter_is_about_the_source() -> None:
    """What a web page says of itself is no attribute of who speaks."""
    text = '+++\ndate = "2020-01-02"\ndescription = "Transkrip"\nslug = "1/t"\ntitle = "Obrolan"\n+++\n\nP: Kerja apa?\nN: Jahit.\nP: Oh?\nN: Iya.\n'
    (person,) = read(text, "a.md").corpus.informants

    assert dict(person.attributes) == {}


TALK = "P: Jualan apa, Bu?\nI: Cilok.\nP: Sudah lama?\nI: Tiga tahun.\n"


def test_a_short_interview_among_several_has_its_turns() -> None:
    """Labels that stand once in the last interview are known from those above, and its question is no field of its header."""
    text = f"Transkrip Wawancara 1\nUsia : 33\n{TALK}\nTranskrip Wawancara 2\nUsia : 50\n{TALK}\nTranskrip Wawancara 3\nUsia : 21\nP: Malam terus?\nI: Iya, sif.\n"
    result = read(text)

    assert [len(t.turns) for t in result.corpus.transcripts] == [4, 4, 2]
    assert [dict(person.attributes) for person in result.corpus.informants] == [{"usia": n} for n in (33, 50, 21)]
    assert roles(result)[-2:] == [ASKS, ANSWERS]


def test_the_last_of_counted_informants_says_little() -> None:
    """``INFORMAN 3`` below 1 and 2 begins an interview, so that its words are not those of the informant above."""
    talk = "Peneliti: Modalnya?\nInforman: Pinjam.\nPeneliti: Cukup?\nInforman: Tidak.\n"
    text = f"INFORMAN 1 (penjual soto)\n\n{talk}\nINFORMAN 2 (pemulung)\n\n{talk}\nINFORMAN 3 (satpam)\n\nPeneliti: Gajinya?\nInforman: Kecil.\n"
    result = read(text)

    assert [len(t.turns) for t in result.corpus.transcripts] == [4, 4, 2]
    assert len(result.corpus.informants) == 3


def test_categories_without_numbers_tell_interviews_apart() -> None:
    """``Informan Utama`` and ``Informan Pendukung`` are two people."""
    text = f"Lampiran 4. Transkrip Informan Utama\nUsia : 38\n{TALK}Lampiran 5. Transkrip Informan Pendukung\nUsia : 45\n{TALK}"
    result = read(text)

    assert [len(t.turns) for t in result.corpus.transcripts] == [4, 4]
    assert [dict(person.attributes) for person in result.corpus.informants] == [{"usia": 38}, {"usia": 45}]


def test_a_title_above_the_head_of_a_coding_sheet() -> None:
    """The head of a table is its first row of several cells; the title above it is said and no row is lost."""
    text = "LEMBAR KODING;;\n;;\nNo;Kutipan;Kode\n1;Sehari dua puluh ribu;pendapatan rendah\n2;Anak yang mengajari;belajar dari anak\n"
    result = read(text, "koding.csv")

    (sheet,) = result.sheets
    assert sheet.table.columns == ("No", "Kutipan", "Kode")
    assert [row[1] for row in sheet.table.rows] == ["Sehari dua puluh ribu", "Anak yang mengajari"]
    assert any(f.level == "note" and f.parameters.get("text") == "LEMBAR KODING" for f in result.findings)


def test_letters_that_equal_somebody_are_a_legend() -> None:
    """``M = menantu Mbok Rah`` above the talk says who M is, under no heading, and is no attribute."""
    text = (
        "Tgl. Wawancara : 17-2-2025\nUsia : 63\nA = Asri (pewawancara)\nR = Mbok Rah\nM = menantu Mbok Rah\n"
        "A: Sudah lama?\nR: Sejak kecil.\nM: Saya juga diajari.\nA: Upahnya?\nR: Sedikit.\nM: Betul.\nR: Iya.\n"
    )
    result = read(text)
    (person,) = result.corpus.informants

    assert roles(result) == [ASKS, ANSWERS, Role.BYSTANDER, ASKS, ANSWERS, Role.BYSTANDER, ANSWERS]
    assert dict(person.attributes) == {"usia": 63}
    assert result.corpus.transcripts[0].metadata["tanggal"] == "17-2-2025"


def test_a_legend_with_its_meanings_in_brackets() -> None:
    """``Pwc (Pewawancara), Inf 1 (Nenek)``; who is called an informant is one, whatever relative; the first question is talk."""
    text = (
        "Ket. : Pwc (Pewawancara), Inf 1 (Nenek), Inf 2 (Ibu)\nPwc : Dulu Nenek jualan di sini?\nInf 1 : Iya, tape.\n"
        "Pwc : Ibu meneruskan?\nInf 2 : Ganti gorengan.\nInf 1 : Padahal enak.\n"
    )

    assert roles(read(text)) == [ASKS, ANSWERS, ASKS, ANSWERS, ANSWERS]


def test_participants_of_a_legend_who_speak_once() -> None:
    """Whoever the legend of a moderated group lists takes part, though no word of it is a role."""
    text = (
        "P1 - Ketua tani\nP2 - Petani\nP3 - Penyuluh\nMOD - Moderator\n\nMOD: Soal pupuk?\nP1: Telat.\nP2: Betul.\nMOD: Lalu?\n"
        "P3: Ada pelatihan.\nP1: Itu saja.\nP2: Iya.\n"
    )

    assert {label: role for role, label, _ in said(read(text))}["P3"] is PARTICIPATES


def test_times_with_an_arrow_above_a_name_that_ends_with_an_initial() -> None:
    """``Endah S.`` is a name, not the end of a sentence."""
    text = (
        "0:00:03.120 --> 0:00:07.450\nYoga Hidayat\nBu, boleh saya rekam?\n\n0:00:08.010 --> 0:00:09.900\nEndah S.\nSilakan.\n\n"
        "0:00:10.200 --> 0:00:15.000\nYoga Hidayat\nBagaimana koperasinya?\n\n0:00:15.300 --> 0:00:26.120\nEndah S.\nKami datangi rumahnya.\n"
    )

    assert roles(read(text)) == [ASKS, ANSWERS] * 2


def table(rows: Sequence[tuple[str, ...]]) -> ImportResult:
    """Return what is read of a Word file with one table."""
    data = words.word(words.table(*rows))
    return registry.get("docx")().read(Source("a.docx", data), ImportOptions())


ASKED = [
    ("No", "Pertanyaan", "Jawaban Informan"),
    ("1", "Apa manfaat pelatihan itu?", "Dapat ilmu mengemas, modal tidak."),
    ("2", "Apa kendalanya?", "Waktunya bentrok dengan jualan."),
]


def test_a_table_of_questions_and_answers_without_codes_is_the_talk() -> None:
    """Each row is a question and its answer; nothing is said of codes that are not there."""
    result = table(ASKED)

    assert [(role, words) for role, _, words in said(result)] == [
        (role, words) for _, asked, answer in ASKED[1:] for role, words in ((ASKS, asked), (ANSWERS, answer))
    ]
    assert len(result.corpus.codings) == 0
    assert not any("codings with" in f.message for f in result.findings)


def test_a_table_of_questions_without_answers_is_a_guide() -> None:
    """An interview guide has room for answers, or names who is asked: nobody speaks in it."""
    assert said(table([(no, asked, "") if no != "No" else (no, asked, "Jawaban") for no, asked, _ in ASKED])) == []
    assert (
        said(table([("No", "Pertanyaan", "Informan"), ("1", "Apa manfaatnya?", "Ketua RT, pedagang, dan pembeli")]))
        == []
    )


def test_five_megabytes_in_one_paragraph() -> None:
    """A speech as long as a book is no header field to be searched for names."""
    text = "P: Ceritakan, Bu?\nN: " + "Saya jualan dari pagi sampai malam, kadang dapat kadang tidak. " * 80_000 + "\n"
    start = time.perf_counter()
    result = read(text)

    assert roles(result) == [ASKS, ANSWERS]
    assert time.perf_counter() - start < 4.0


def test_names_in_the_header_with_their_letters() -> None:
    """``Narasumber: Anggun (A) dan Sari (S)`` says whose A and S are; the line is no turn, nor is one that describes the people."""
    text = (
        "TAMAN KOTA KAMIS 15/12/2016\nNARASUMBER: ANGGUN, 28 TAHUN, PENJUAL ES DAN PEMBELI DI TAMAN\nPewawancara: Zahra (Z)\n"
        "Narasumber: Anggun (A) dan Sari (S)\nZ: Boleh ngobrol?\nA: Boleh.\nZ: Dari mana?\nA: Bekasi.\nZ: Sudah lama?\nA: Baru.\n"
        "Z: Berapa laku?\nA: Habis.\nZ: Mbak sering beli?\nS: Baru sekali.\nZ: Enak?\nS: Enak.\n"
    )

    assert roles(read(text)) == [ASKS, ANSWERS] * 6


def test_sessions_of_a_report_are_interviews() -> None:
    """``## 1. Sesi Wawancara: Admin`` begins one; who is named under another form of address is the informant."""
    session = (
        '**Pewawancara:** Analis Bisnis (AB)\n**Narasumber:** Bapak {0} (kepala seksi)\n\n**AB:** "Apa kendalanya, Pak?"\n'
        '**Pak {0}:** "Kami kehilangan jejak."\n\n**AB:** "Harapannya?"\n**Pak {0}:** "Ada petanya."\n\n'
    )
    text = "".join(
        f"## {n}. Sesi Wawancara: {where}\n\n{session.format(who)}---\n\n"
        for n, where, who in ((1, "Admin Pusat", "Anton"), (2, "Puskesmas", "Bakti"))
    )
    result = read(text + "## Kesimpulan\n\n1. **Peta langsung:** Sistem menampilkan lokasi.\n", "a.md")

    assert [len(t.turns) for t in result.corpus.transcripts] == [4, 4]
    assert roles(result) == [ASKS, ANSWERS] * 4
    assert not any("Sistem" in words for _, _, words in said(result))
