"""Manners of headers, labels, legends and codes that were read wrongly when they were first seen: each with the least that shows it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from words import cell, comment, on, p, t, table, word

from qualcode.files.document import Format
from qualcode.importers import ImportOptions, ImportResult, Source, registry
from qualcode.importers.coded.codes import read_remark
from qualcode.importers.header.fields import field_of
from qualcode.importers.turns import find_turns
from qualcode.testing.importers import check_result

START, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def read(source: Source) -> ImportResult:
    result = registry.get(source.name.rpartition(".")[2])().read(source, ImportOptions())
    check_result(result, source)
    return result


def turns(result: ImportResult) -> list[tuple[str, str]]:
    return [(u.speaker, u.span.of(t.text)) for t in result.corpus.transcripts for u in t.turns]


def coded(result: ImportResult) -> list[tuple[str, str]]:
    """Return each coding's code, with what stands above it, and words."""
    book = {code.key: code for code in result.corpus.codebook}
    return [
        (f"{book[up].name} > {book[c.code].name}" if (up := book[c.code].parent) else book[c.code].name, result.corpus.quote(c))
        for c in result.corpus.codings
    ]  # fmt: skip


LABELS = ("MODERATOR", "P1 (pr, 34 th)", "P2 (lk, 41 th)", "MODERATOR", "P2 (lk, 41 th)", "P1 (pr, 34 th)")


def bold_above(labels: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Return the labels and remarks that are found where *labels* stand in bold above what was said."""
    text, formats = "", []
    for label in labels:
        formats.append(Format(len(text), len(text) + len(label), bold=True, italic=False))
        text += f"{label}\nUpahnya telat terus bulan ini.\n"
    layout = find_turns(text, formats=formats, emphasised=[f.start for f in formats])
    assert all(text[s.start : s.end] == "Upahnya telat terus bulan ini." for s in layout.spoken)
    return [layout.speakers[s.speaker].label for s in layout.spoken], [s.meaning for s in layout.speakers]


def test_labels_in_bold_above_the_speech_without_a_blank_line() -> None:
    """What stands in brackets tells of the speaker and is no part of the label."""
    labels, meanings = bold_above(LABELS)

    assert labels == ["MODERATOR", "P1", "P2", "MODERATOR", "P2", "P1"]
    assert meanings == ["", "pr, 34 th", "lk, 41 th"]


def test_headings_in_bold_are_no_speakers() -> None:
    assert bold_above(("Latar Belakang", "Pekerjaan", "Keluarga", "Harapan", "Penutup")) == ([], [])


def test_a_time_alone_above_a_line_names_nobody() -> None:
    """Below a range a name comes back; below a programme of a day every line is another."""
    rows = ("Pembukaan", "Sambutan Lurah", "Istirahat", "Pembagian Bibit", "Penutup")
    text = "".join(f"0{n}:00 - 0{n + 1}:00\n{row}\nSemua warga diminta hadir.\n\n" for n, row in enumerate(rows))

    assert find_turns(text).spoken == ()


TALK = "P: Kerja apa?\nR: Cuci gosok.\nP: Lama?\nR: Dua tahun.\n"


@pytest.mark.parametrize("heading", ["Catatan:", "Catatan", "CATATAN :"])
def test_a_legend_at_the_end_below_notes(heading: str) -> None:
    result = read(Source("a.txt", f"{TALK}\n{heading}\nP : Mahasiswa\nR : Responden\n".encode()))

    assert [words for _, words in turns(result)] == ["Kerja apa?", "Cuci gosok.", "Lama?", "Dua tahun."]
    assert "legend: P = Mahasiswa, R = Responden" in "\n".join(map(str, result.findings))


def test_talk_below_notes_stays_talk() -> None:
    result = read(Source("a.txt", f"{TALK}\nCatatan:\nP: Siapa peneliti itu?\nR: Saya lupa.\n".encode()))

    assert [words for _, words in turns(result)][-2:] == ["Siapa peneliti itu?", "Saya lupa."]


@pytest.mark.parametrize("line", ["Transkrip – Informan 1", "Wawancara - Bu Lastri", "Penutup – terima kasih"])
def test_titles_with_dashes_are_no_fields(line: str) -> None:
    assert field_of(line) is None


def test_names_behind_dashes_are_private() -> None:
    found = field_of("Nama – Siti Aminah")

    assert found is not None
    assert found.target == "private"


HEAD = "Transkrip FGD\nPeserta : 6 orang\nModerator: Dian\nNotulen: Sari\n\n"
GROUP = (
    "Moderator: Siapa yang menabung?\nPeserta 1: Saya.\nPeserta 2: Belum.\nNotulen: Maaf, siapa tadi?\n"
    "Moderator: Kenapa belum?\nPeserta 2: Repot milahnya.\n"
)


def test_how_many_take_part_heads_a_group() -> None:
    """With it, the names below it are header too."""
    result = read(Source("a.txt", (HEAD + GROUP).encode()))

    assert turns(result)[0] == ("Moderator", "Siapa yang menabung?")
    assert len(turns(result)) == 6
    assert len(result.corpus.informants) == 2


def test_many_may_be_what_somebody_says() -> None:
    """No number of people stands there, but an answer."""
    text = "Moderator: Siapa yang ikut?\nPeserta: banyak orang yang ikut.\nModerator: Dari mana?\nPeserta: Dari sini.\n"

    assert len(turns(read(Source("a.txt", text.encode())))) == 4


def captions(*said: str) -> Source:
    cues = "".join(f"00:00:{3 * n:02d}.000 --> 00:00:{3 * n + 2:02d}.000\n{words}\n\n" for n, words in enumerate(said))
    return Source("a.vtt", f"WEBVTT\n\n{cues}".encode())


def test_a_name_in_brackets_behind_the_name_of_a_device() -> None:
    """It is there every time, and is no speech."""
    result = read(
        captions(
            "Rina: Sejak kapan?",
            "Warung Melati (Endang): Sudah lama.",
            "Rina: Ramai?",
            "Warung Melati (Endang): Lumayan.",
        )
    )

    assert turns(result) == [
        ("Rina", "Sejak kapan?"),
        ("Warung Melati", "Sudah lama."),
        ("Rina", "Ramai?"),
        ("Warung Melati", "Lumayan."),
    ]
    assert "Warung Melati (Endang): Sudah lama." in result.corpus.transcripts[0].text


def test_what_somebody_does_stays_in_the_speech() -> None:
    result = read(captions("Rina: Kapan?", "Endang (tertawa): Lama.", "Rina: Ramai?", "Endang (menghela napas): Sepi."))

    assert [words for _, words in turns(result)] == ["Kapan?", "(tertawa) Lama.", "Ramai?", "(menghela napas) Sepi."]


def test_a_category_merged_from_the_question_on_is_on_the_answers() -> None:
    """It begins beside the question; the codes are beside the answers, and what is noted beside the question stays."""
    result = read(
        Source(
            "a.docx",
            word(
                table(
                    ("Hasil wawancara", "Koding", "Kategori", "Catatan"),
                    ("P : Betah di kota?", "", cell("Fase awal", START), "suara pelan"),
                    ("S1 : Tiap malam nangis.", "rindu rumah", cell("", ON), ""),
                    ("P : Lama?", "", cell("Relasi", START), ""),
                    ("S1 : Sampai punya teman.", "dukungan teman", cell("", ON), ""),
                )
            ),
        )
    )

    assert coded(result) == [
        ("Fase awal > rindu rumah", "Tiap malam nangis."),
        ("Relasi > dukungan teman", "Sampai punya teman."),
    ]
    assert ["suara pelan" in memo.text for memo in result.corpus.memos] == [True]


def test_meanings_of_a_few_words_beside_themes_are_codes() -> None:
    rows = (
        ("P: Kerja apa?\nN: Servis ponsel di rumah.", "usaha mandiri", "Akses kerja"),
        ("P: Pernah melamar?\nN: Tujuh kali, ditolak.", "ditolak melamar", "Akses kerja"),
    )
    result = read(Source("a.docx", word(table(("Hasil Wawancara", "Makna", "Tema"), *rows))))

    assert [name for name, _ in coded(result)] == ["Akses kerja > usaha mandiri", "Akses kerja > ditolak melamar"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Kode: korban PHK\nTema: Kerentanan", (("Kerentanan", "korban PHK"),)),
        ("Tema: Kerentanan\nKode: korban PHK", (("Kerentanan", "korban PHK"),)),
        ("Kode: korban PHK; Tema: Kerentanan", (("Kerentanan", "korban PHK"),)),
        (
            "Kode: telat bayar\nKategori: Upah\nTema: Kerentanan",
            (("Kerentanan", "Upah", "telat bayar"),),
        ),
        ("Kode: telat bayar\nKode: potongan\nTema: Upah", (("Upah", "telat bayar"), ("Upah", "potongan"))),
        ("Tema: Kerentanan", (("Kerentanan",),)),
    ],
)
def test_a_remark_names_the_theme_above_its_code(text: str, codes: tuple[tuple[str, ...], ...]) -> None:
    assert read_remark(text).codes == codes


def test_a_comment_of_two_paragraphs_is_a_code_below_its_theme() -> None:
    body = p(t("P: Kerja apa?")) + p(t("N: ") + on(1, t("Pabrik tutup, saya di-PHK.")))
    result = read(Source("a.docx", word(body, comment(1, "Kode: korban PHK\nTema: Kerentanan"))))

    assert coded(result) == [("Kerentanan > korban PHK", "Pabrik tutup, saya di-PHK.")]


BLOCKS = (
    "Hasil koding\n\n"
    "Kutipan 1: “Habis subuh meracik jamu.” (Informan 2)\nKode: dini hari\nKategori: Jam kerja\nTema: Kerja\n\n"
    "Kutipan 2: “Anak muda jarang beli.” (Informan 1)\nKode: pembeli menua; sepi\nTema: Pasar\n"
)


@pytest.mark.parametrize("name", ["a.txt", "a.docx"])
def test_quotes_with_their_codes_below(name: str) -> None:
    """The quotes are turns of whoever is named behind them; codes and who said it are nobody's words."""
    data = BLOCKS.encode() if name == "a.txt" else word("".join(p(t(line)) for line in BLOCKS.split("\n")))
    result = read(Source(name, data))

    assert turns(result) == [
        ("Informan 2", "“Habis subuh meracik jamu.”"),
        ("Informan 1", "“Anak muda jarang beli.”"),
    ]
    assert coded(result) == [
        ("Jam kerja > dini hari", "“Habis subuh meracik jamu.”"),
        ("Pasar > pembeli menua", "“Anak muda jarang beli.”"),
        ("Pasar > sepi", "“Anak muda jarang beli.”"),
    ]
    parts = result.parts[result.corpus.transcripts[0].guid]
    assert [part.what for part in parts].count("code") == 5
    assert "3 codings by codes that stand below the quotes" in "\n".join(map(str, result.findings))


def test_quotes_of_nobody_known_are_of_an_informant_to_be_checked() -> None:
    text = "Kutipan: Habis subuh meracik.\nKode: dini hari\n\nKutipan: Anak muda jarang.\nKode: sepi\n"
    result = read(Source("a.txt", text.encode()))

    assert [(u.speaker, u.role.value) for u in result.corpus.transcripts[0].turns] == [("Kutipan", "informant")] * 2
    assert any(f.level == "doubtful" and "Kutipan" in str(f) for f in result.findings)


def test_talk_with_a_quote_in_it_stays_talk() -> None:
    """Two blocks in a long talk make no talk of quotes."""
    block = "Kutipan 1: “Capek.”\nKode: lelah\n"
    result = read(Source("a.txt", f"{TALK * 6}{block}{block.replace('1', '2')}".encode()))

    assert {label for label, _ in turns(result)} == {"P", "R"}


@given(st.lists(st.sampled_from([*BLOCKS.split("\n"), "P: Lama?", "Tema", "Kutipan:", "(Informan 2)"]), max_size=20))
def test_blocks_in_any_order_keep_the_rules(lines: list[str]) -> None:
    if "".join(lines).strip():
        read(Source("a.txt", "\n".join(lines).encode()))
