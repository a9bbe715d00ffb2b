"""Tables of quotes: whose they are, what stands above their codes, and what a merged cell is beside. All talk is simulated."""

from __future__ import annotations

import pytest
from words import cell, p, t, table, word

from qualcode.importers import ImportOptions, ImportResult, Source, registry
from qualcode.importers.coded.columns import column_of

START, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def read(body: str) -> ImportResult:
    return registry.get("docx")().read(Source("kutipan.docx", word(body)), ImportOptions())


def turns(result: ImportResult) -> list[tuple[str, str]]:
    (transcript,) = result.corpus.transcripts
    return [(turn.speaker, turn.role.value) for turn in transcript.turns]


def coded(result: ImportResult) -> list[tuple[str, str]]:
    book = {code.key: code for code in result.corpus.codebook}

    def path(key: str) -> str:
        parent = book[key].parent
        return (f"{path(parent)} > " if parent else "") + book[key].name

    return [(path(c.code), result.corpus.quote(c)) for c in result.corpus.codings]


@pytest.mark.parametrize("head", ["Informan", "Narasumber", "Nama Informan"])
def test_whoever_a_column_of_informants_names_answers(head: str) -> None:
    """Also where a quote looks like a question, and age stands behind the name."""
    result = read(
        table(
            ("No", head, "Kutipan Wawancara", "Kode"),
            ("1", cell("Ibu Wati (38 th)", START), "Waktunya bisa diatur sendiri.", "waktu"),
            ("2", cell("", ON), "Sering dibatalkan begitu lihat nama saya.", "gender"),
            ("3", "Mas Bram (22 th)", "Kalau nggak masuk ya siapa yang mau bayar?", "harian"),
        )
    )

    assert turns(result) == [("Ibu Wati", "informant"), ("Mas Bram", "informant")]
    assert [code for code, _ in coded(result)] == ["waktu", "gender", "harian"]
    assert not any("who it is" in str(finding) for finding in result.findings)


def test_references_of_quotes_name_their_informant() -> None:
    result = read(
        table(
            ("Sumber", "Kutipan", "Pemadatan Fakta", "Kode"),
            ("S1.W1.4", "Waktunya bisa diatur, pagi antar anak.", "Kerja lentur", "FLEKS"),
            ("S1.W1.14", "Sering dibatalkan begitu lihat nama saya.", "Dibatalkan", "GENDER"),
            ("S2.W1.24", "Misinya berubah terus tiap minggu.", "Misi berubah", "MISI"),
        )
    )

    assert turns(result) == [("S1", "informant"), ("S1", "informant"), ("S2", "informant")]
    assert len(result.corpus.informants) == 2
    assert [code for code, _ in coded(result)] == ["FLEKS", "GENDER", "MISI"]
    assert next(c.memo for c in result.corpus.codings) == "Kerja lentur\nSumber: S1.W1.4"


def test_numbers_of_categories_are_those_of_marks() -> None:
    result = read(
        table(
            ("Transkrip", "Konsep", "Kategorisasi"),
            ("P: Kapan naik?\nN: Jam sebelas sudah sedada (1a). Anak saya gendong (2a).", "(1a) air naik\n(2a) menolong anak", "1. Bencana\n2. Siasat"),
            ("P: Ada sirene?\nN: Tidak ada (1b).", "(1b) tanpa peringatan", "1. Bencana"),
        )
    )  # fmt: skip

    assert coded(result) == [
        ("Bencana > air naik", "Jam sebelas sudah sedada"),
        ("Siasat > menolong anak", "Anak saya gendong"),
        ("Bencana > tanpa peringatan", "Tidak ada"),
    ]


def test_a_category_merged_over_a_question_codes_nothing_there() -> None:
    result = read(
        table(
            ("Verbatim", "Open Coding", "Axial Coding"),
            ("Informan: Pindah majikan habis lebaran.", "pindah", cell("ketidakstabilan", START)),
            ("Pewawancara: Kenapa tidak betah?", "", cell("", ON)),
            ("Informan: Kerjanya nggak ada jam.", "tanpa batas", cell("", ON)),
            ("Informan: Gajinya telat.", "", "upah"),
        )
    )

    assert coded(result) == [
        ("ketidakstabilan > pindah", "Pindah majikan habis lebaran."),
        ("ketidakstabilan > tanpa batas", "Kerjanya nggak ada jam."),
        ("upah", "Gajinya telat."),
    ]


def test_a_code_merged_over_question_and_answer_is_on_the_answer() -> None:
    result = read(
        p(t("Transkrip 5"))
        + table(
            ("Percakapan", "Koding"),
            ("P: Kenapa jadi pengemudi?", cell("keluwesan", START)),
            ("N: Waktunya bisa diatur.", cell("", ON)),
            ("P: Skema bonusnya?", cell("misi", START)),
            ("N: Berubah terus.", cell("", ON)),
        )
    )

    assert [quote for _, quote in coded(result)] == ["Waktunya bisa diatur.", "Berubah terus."]


@pytest.mark.parametrize("head", ["speaker and verbatim", "penutur dan verbatim", "Contoh kutipan"])
def test_headings_of_our_own_tables_and_of_codebooks(head: str) -> None:
    assert column_of(head) == "quote"


MATRIX = (
    ("Tema", "Informan I (Ibu S)", "Informan II (Bapak U)", "Kesimpulan"),
    ("Pendapatan", "Kalau hujan ya cuma balik modal, saya nombok.", "Setoran naik, dapet segitu aja udah ngos-ngosan.", "Harian"),
    ("Jaminan", "“Dulu punya, nunggak dua tahun.”", "", "Tidak ada"),
)  # fmt: skip


def test_quotes_of_several_informants_beside_their_theme() -> None:
    result = read(p(t("Tabel 5. Triangulasi sumber")) + table(*MATRIX))

    assert turns(result) == [
        ("Informan I", "informant"),
        ("Informan II", "informant"),
        ("Informan I", "informant"),
    ]
    assert coded(result) == [
        ("Pendapatan", "Kalau hujan ya cuma balik modal, saya nombok."),
        ("Pendapatan", "Setoran naik, dapet segitu aja udah ngos-ngosan."),
        ("Jaminan", "“Dulu punya, nunggak dua tahun.”"),
    ]
    assert any(f.level == "doubtful" and f.rule == "coded table" for f in result.findings)


def test_what_a_researcher_sums_up_beside_a_theme_is_nobodys_speech() -> None:
    summed = (
        MATRIX[0],
        ("Pendapatan", "Informan mengaku penghasilannya tidak menentu.", "Beliau menyatakan setoran memberatkan.", ""),
        ("Jaminan", "Tidak memiliki jaminan kesehatan.", "Tidak dilindungi organisasi sopir.", ""),
    )
    result = read(p(t("Tabel 5")) + table(*summed))

    assert turns(result) == []
    assert coded(result) == []


def test_each_informant_s_codes_stand_behind_their_answers() -> None:
    result = read(
        table(
            ("Pertanyaan", "Informan 1", "Kode", "Informan 2", "Kode"),
            ("Bagaimana pendapatan?", "Nggak bisa ditebak.", "tak menentu", "Untungnya tipis.", "untung tipis"),
            ("Siapa membantu?", "Yang kedua jaga.", "anak", "Adik ipar.", ""),
        )
    )

    assert coded(result) == [
        ("tak menentu", "Nggak bisa ditebak."),
        ("untung tipis", "Untungnya tipis."),
        ("anak", "Yang kedua jaga."),
    ]
    assert not any(c.memo for c in result.corpus.codings)


def test_question_and_answer_in_one_column() -> None:
    result = read(
        table(
            ("No", "Pertanyaan dan Jawaban", "Kode"),
            ("1", "Sudah berapa lama?\nDelapan tahun, awalnya numpang.", "lama usaha"),
            ("2", "Ramainya hari apa?\nNggak bisa ditebak.", "tak tentu"),
        )
    )

    assert [role for _, role in turns(result)] == ["interviewer", "informant"] * 2
    assert coded(result) == [("lama usaha", "Delapan tahun, awalnya numpang."), ("tak tentu", "Nggak bisa ditebak.")]


def test_rows_of_themes_are_nobody_s() -> None:
    wide = '<w:gridSpan w:val="3"/>'
    one, two = (f"<w:tc><w:tcPr>{wide}</w:tcPr>{p(t(words))}</w:tc>" for words in ("TEMA 1: RENTAN", "TEMA 2: SIASAT"))
    body = (
        ("No", "Kutipan", "Kode"),
        (one,),
        ("1", "“Nggak bisa ditebak ramainya.” (Mang D, 47 th)", "tak menentu"),
        (two,),
        ("2", "“Adik ipar, terus arisan.” (Bu G, 39 th)", "arisan"),
    )
    result = read(table(*body))

    assert {role for _, role in turns(result)} == {"informant"}
    assert [code for code, _ in coded(result)] == ["RENTAN > tak menentu", "SIASAT > arisan"]


def test_a_note_keeps_what_only_looks_like_a_mark() -> None:
    result = read(
        table(
            ("Transkrip", "Kode", "Catatan"), ("N: Tiga bulan tutup.", "tutup usaha", "Covid-19: bandingkan informan 2")
        )
    )

    assert [c.memo for c in result.corpus.codings] == ["Covid-19: bandingkan informan 2"]
