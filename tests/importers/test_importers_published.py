"""Manners of transcripts that people publish: typed in a hurry, for a course, a blog or a podcast. All texts are simulated."""

from __future__ import annotations

import pytest

from qualcode.importers import ImportOptions, ImportResult, Source, registry
from qualcode.model import Role


def read(text: str) -> ImportResult:
    return registry.get("txt")().read(Source("contoh.txt", text.encode()), ImportOptions())


def turns(result: ImportResult) -> list[tuple[Role, str]]:
    (transcript,) = result.corpus.transcripts
    return [(turn.role, turn.span.of(transcript.text)) for turn in transcript.turns]


def test_a_slip_of_the_keyboard_without_its_colon() -> None:
    """Who mistypes a role word mistypes it again, and forgets the colon on the way."""
    text = (
        "Hari/Tgl : Senin, 4 Maret 2024\nLokasi : terminal\nInforman : kondektur\n\n"
        "Peneiti : “Permisi Bang, boleh tanya sebentar?”\nInforman : “Boleh, silakan.”\n"
        "Peneliti : “Terima kasih, Bang.”\nInforman : “Sama-sama.”\nPeneliti : “Sudah lama kerja di sini?”\n"
        "Informan : “Dua tahunan.”\nPenelti “Sehari dapat berapa?”\nInforman “Tidak tentu, Bang. Kalau ramai\nbisa seratus.”\n"
        "Penelti “Kalau sepi?”\nInforman “Pulang kosong.”\n"
    )
    result = read(text)
    found = turns(result)
    assert [role for role, _ in found] == [Role.INTERVIEWER, Role.INFORMANT] * 5
    assert found[0][1] == "“Permisi Bang, boleh tanya sebentar?”"
    assert found[7][1] == "“Tidak tentu, Bang. Kalau ramai\nbisa seratus.”"
    assert not any("peneiti" in informant.attributes for informant in result.corpus.informants)
    assert any(finding.level == "doubtful" for finding in result.findings)


def test_who_answers_is_described_above_their_fields() -> None:
    text = (
        "Topik : Penjual kerupuk di stasiun\nNarasumber : Penjual kerupuk di stasiun\n\n"
        "Nama : M. Karsa\nPekerjaan : Penjual kerupuk\nPendidikan terakhir : SMP\n\n"
        "Daftar Pertanyaan :\n1. Sejak kapan berjualan?\n2. Apa kendalanya?\n\n"
        "Pewawancara : “Sejak kapan Bapak berjualan?”\nNarasumber : “Sudah sepuluh tahun.”\n"
        "Pewawancara : “Apa kendalanya?”\nNarasumber : “Modal, Dik.”\n"
    )
    result = read(text)
    assert [role for role, _ in turns(result)] == [Role.INTERVIEWER, Role.INFORMANT] * 2
    (informant,) = result.corpus.informants
    assert dict(informant.attributes) == {"pekerjaan": "Penjual kerupuk", "pendidikan_terakhir": "SMP"}


@pytest.mark.parametrize(
    "opening",
    [
        "Selamat datang di siniar kami! Saya Danu Prakoso, dan tamu kita hari ini Wening Lestari.",
        "Kembali lagi bersama kami. Hari ini kita kedatangan tamu, Wening Lestari.",
        "Halo, saya Danu, pembawa acara kalian. Kita mengundang Wening Lestari.",
    ],
)
def test_who_opens_a_podcast_leads_it(opening: str) -> None:
    """Though the guest has said little yet, and the labels are in capitals."""
    text = (
        f"Episode Dua\n\nDANU 0:05\n{opening}\n\nWENING LESTARI 0:40\nTerima kasih.\n\n"
        "DANU 0:45\nWening, ceritakan kepada pendengar bagaimana jalan yang sudah ditempuh sampai menjadi pengrajin batik seperti sekarang ini.\n\n"
        "WENING LESTARI 1:02\nSaya belajar dari ibu, di rumah.\n"
    )
    assert [role for role, _ in turns(read(text))] == [Role.INTERVIEWER, Role.INFORMANT] * 2


def test_who_is_introduced_as_nothing_is_doubtful() -> None:
    text = (
        "RATNA 0:05\nSelamat datang di siniar kami. Kita kedatangan tamu, Wening Lestari.\n\n"
        "GALIH 0:30\nIya, sudah lama kita menunggu pertemuan ini dan akhirnya hari yang dinanti-nanti datang juga, betul sekali.\n\n"
        "WENING LESTARI 0:40\nTerima kasih.\n\nGALIH 0:50\nIya, mari kita mulai saja obrolan yang panjang ini supaya semua mendengar ceritanya.\n\n"
        "WENING LESTARI 1:02\nBaik.\n\nRATNA 1:10\nSilakan.\n"
    )
    result = read(text)
    doubts = [str(f) for f in result.findings if f.level == "doubtful"]
    assert any("'GALIH'" in doubt for doubt in doubts)


def test_a_form_of_address_with_a_name_in_small_letters() -> None:
    text = (
        "saya mewawancarai seorang penjual jamu, begini\nwawancara saya :\nsaya : selamat sore bu.\nIbu yati : iya selamat sore,\n"
        "saya : saya mau tanya sedikit, boleh\nya bu?\nIbu yati : boleh, mau tanya apa ?\nSaya : sejak kapan ibu berjualan?\n"
        "Ibu yati : sudah lama, kurang lebih\ndua puluh tahun.\nsaya : keliling ya bu ?\nIbu yati : iya keliling.\n"
    )
    assert [role for role, _ in turns(read(text))] == [Role.INTERVIEWER, Role.INFORMANT] * 4


def test_letters_explained_without_a_heading() -> None:
    text = (
        "Kami bertemu di depan rumahnya, lalu kami bertanya kepadanya.\n\nA : saya dan teman\nB : Nenek\n"
        "A: Apakah Nenek masih bekerja?\nB: Masih, nyetrika.\nA: Tinggal dengan siapa?\nB: Dengan cucu.\n"
    )
    found = turns(read(text))
    assert len(found) == 4
    assert found[0][1] == "Apakah Nenek masih bekerja?"


def test_a_short_first_answer_is_no_legend() -> None:
    text = "P: Kerja apa Bu\nN: penjual sayur\nP: Sudah lama?\nN: Sudah.\nP: Sendiri?\nN: Iya.\n"
    assert len(turns(read(text))) == 6


def test_a_list_of_who_did_what_is_no_talk_and_no_attribute() -> None:
    text = (
        "Laporan wawancara\nIV. Anggota\nNarasumber: Karsa\nKetua wawancara: Danu prakoso\nSekretaris: Wening Lestari\n"
        "Juru Foto: Galih Saputro\nJuru Video: Ratna Sari\nJuru Video: Bima Aji\nV. Percakapan\n"
        "Pewawancara: permisi mas, boleh minta waktunya?\nNarasumber: iya, ada apa ya?\n"
        "Pewawancara: mas sedang apa di sini?\nNarasumber: menunggu penumpang.\n"
    )
    result = read(text)
    assert [role for role, _ in turns(result)] == [Role.INTERVIEWER, Role.INFORMANT] * 2
    assert not result.corpus.informants[0].attributes
    (transcript,) = result.corpus.transcripts
    assert not set(transcript.metadata.values()) & {"Danu prakoso", "Wening Lestari", "Galih Saputro"}
