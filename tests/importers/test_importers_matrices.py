"""Tables of talk as theses have them: several informants side by side, labels under any heading, sections, statements with their themes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from words import cell, p, t, table, word

from qualcode.importers import ImportOptions, ImportResult, Source, registry
from qualcode.importers.coded.columns import column_of, whose
from qualcode.testing.importers import check_result

WIDE = '<w:gridSpan w:val="4"/>'
START, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def read(body: str) -> ImportResult:
    return registry.get("docx")().read(Source("matriks.docx", word(body)), ImportOptions())


def turns(result: ImportResult) -> list[tuple[str, str, str]]:
    (transcript,) = result.corpus.transcripts
    return [(turn.speaker, turn.role.value, turn.span.of(transcript.text)) for turn in transcript.turns]


def coded(result: ImportResult) -> list[tuple[str, str]]:
    book = {code.key: code for code in result.corpus.codebook}
    return [
        (f"{book[parent].name} > {book[c.code].name}" if (parent := book[c.code].parent) else book[c.code].name, result.corpus.quote(c))
        for c in result.corpus.codings
    ]  # fmt: skip


def test_answers_side_by_side_are_those_of_several_informants() -> None:
    result = read(
        table(
            ("No", "Pertanyaan", "Informan 1", "Informan 2"),
            ("1.", "Bagaimana kelas ibu hamil?", "“Sebulan sekali.”", "“Belum rutin.”"),
            ("2.", "Apa hambatannya?", "“Suami jarang ikut.”", ""),
        )
    )

    assert turns(result) == [
        ("Pertanyaan", "interviewer", "Bagaimana kelas ibu hamil?"),
        ("Informan 1", "informant", "“Sebulan sekali.”"),
        ("Informan 2", "informant", "“Belum rutin.”"),
        ("Pertanyaan", "interviewer", "Apa hambatannya?"),
        ("Informan 1", "informant", "“Suami jarang ikut.”"),
    ]
    assert len(result.corpus.informants) == 2


def test_who_answers_by_the_heading_and_the_topic_stays() -> None:
    result = read(
        table(
            ("Fokus", "Pertanyaan", "Jawaban Informan Kunci (Pak RW)", "Jawaban Informan Pendukung"),
            (cell("Partisipasi", START), "Seberapa aktif warga?", "Cukup aktif.", "Kurang, mendadak."),
            (cell("", ON), "Apakah usulan diterima?", "Ada kuotanya.", "Ditulis saja."),
            ("Anggaran", "Bagaimana anggaran?", "Sudah dipasang.", "Tidak jelas."),
        )
    )
    (transcript,) = result.corpus.transcripts

    assert {speaker for speaker, role, _ in turns(result) if role == "informant"} == {
        "Informan Kunci",
        "Informan Pendukung",
    }
    assert [line for line in transcript.text.split("\n") if ":" not in line] == ["Partisipasi", "Anggaran"]
    assert not any("Anggaran" in words for _, _, words in turns(result))


@pytest.mark.parametrize("head", ["S", "Sub.", "Ket", "Inisial"])
def test_labels_that_come_back_are_speakers_under_any_heading(head: str) -> None:
    result = read(
        p(t("CATATAN OBSERVASI DAN TRANSKIP WAWANCARA"))
        + table(
            (head, "ISI WAWANCARA", "KODE"),
            ("P", "“Nembe repot, Bu?”", ""),
            ("RP1", "“Mboten mbak.”", "Persiapan harian"),
            ("P", "“Jam berapa mulai?”", ""),
            ("RP1", "“Bar subuh.”", "Jam kerja panjang"),
        )
    )

    assert [(speaker, role) for speaker, role, _ in turns(result)] == [("P", "interviewer"), ("RP1", "informant")] * 2
    assert coded(result) == [("Persiapan harian", "“Mboten mbak.”"), ("Jam kerja panjang", "“Bar subuh.”")]


def test_rows_as_wide_as_the_table_are_nobodys() -> None:
    result = read(
        table(
            ("No", "Pelaku", "Isi", "Koding"),
            (cell("BAGIAN I: LATAR BELAKANG", WIDE),),
            (cell("1", START), "P", "Asli mana Bu?", ""),
            (cell("", ON), "I", "Asli Wonogiri.", "perantau"),
            (cell("Riwayat kerja", WIDE),),
            (cell("2", START), "P", "Kerja pertama apa?", ""),
            (cell("", ON), "I", "Pembantu rumah tangga.", "kerja domestik"),
        )
    )

    assert [words for _, _, words in turns(result)] == [
        "Asli mana Bu?",
        "Asli Wonogiri.",
        "Kerja pertama apa?",
        "Pembantu rumah tangga.",
    ]
    assert coded(result) == [("perantau", "Asli Wonogiri."), ("kerja domestik", "Pembantu rumah tangga.")]


def test_significant_statements_with_their_themes() -> None:
    result = read(
        table(
            ("No", "Pernyataan Signifikan", "Makna", "Sub Tema", "Tema"),
            ("1", "Saya takut pulang, takut nularin anak.", "Partisipan cemas", "Kecemasan", "Respon psikologis"),
            ("2", "Tetangga nutup pintu kalau saya lewat.", "Partisipan ditolak", "Penolakan", "Stigma"),
        )
    )

    assert coded(result) == [
        ("Respon psikologis > Kecemasan", "Saya takut pulang, takut nularin anak."),
        ("Stigma > Penolakan", "Tetangga nutup pintu kalau saya lewat."),
    ]


def test_reductions_are_the_codes_below_their_categories() -> None:
    result = read(
        table(
            ("No", "Informan", "Kutipan Wawancara", "Reduksi", "Kategori"),
            ("1", "Pak Sl", "“Kerja ya biar dapur ngebul.”", "Kerja untuk makan", "Makna ekonomi"),
            ("2", "Pak Dd", "“Di pangkalan ini teman.”", "Ruang sosial", "Makna sosial"),
        )
    )

    assert [path for path, _ in coded(result)] == ["Makna ekonomi > Kerja untuk makan", "Makna sosial > Ruang sosial"]


def test_headings_of_analysis_and_of_whose_answers() -> None:
    assert [column_of(x) for x in ("Analisis Kategorik", "Isi", "Pernyataan bermakna", "Cluster Tema", "Analisis")] == [
        "category",
        "quote",
        "quote",
        "category",
        "memo",
    ]
    assert [
        whose(x) for x in ("Jawaban Informan 2", "Narasumber A", "Informan", "Jawaban", "Pertanyaan informan 1")
    ] == [
        "Informan 2",
        "Narasumber A",
        "",
        "",
        "",
    ]


def test_two_rows_of_headings_name_the_informants() -> None:
    wide = '<w:gridSpan w:val="2"/>'
    result = read(
        table(
            (cell("No", START), cell("Pertanyaan", START), cell("Jawaban", wide)),
            (cell("", ON), cell("", ON), "Informan Utama 1", "Informan Triangulasi"),
            ("1", "Apakah memberi ASI?", "Iya, enam bulan.", "Kebanyakan campur."),
            ("2", "Siapa yang menyarankan?", "Bidan.", "Kader juga ikut."),
        )
    )

    assert [speaker for speaker, _, _ in turns(result)] == [
        "Pertanyaan",
        "Informan Utama 1",
        "Informan Triangulasi",
    ] * 2


def test_letters_of_who_speaks_under_kode() -> None:
    result = read(
        table(
            ("Kode", "Transkrip", "Makna"),
            ("P", "Bengkel milik sendiri?", ""),
            ("I", "Ngontrak, tujuh tahun.", "modal terbatas"),
            ("P", "Anak buahnya?", ""),
            ("I", "Satu, keponakan saya.", "tenaga keluarga"),
        )
    )

    assert [speaker for speaker, _, _ in turns(result)] == ["P", "I", "P", "I"]
    assert [code for code, _ in coded(result)] == ["modal terbatas", "tenaga keluarga"]


def test_a_group_in_a_table() -> None:
    result = read(
        p(t("Moderator: Rd. Peserta: P1 – P4"))
        + table(
            ("No", "Peserta", "Pernyataan", "Kode"),
            ("1", "M", "Apa masalah pupuk tahun ini?", ""),
            ("2", "P1", "Langka, adanya yang mahal.", "kelangkaan"),
            ("3", "P3", "Kartunya eror.", "kartu tani"),
            ("4", "P2", "Iya betul.", ""),
            ("5", "M", "Jadi bagaimana solusinya?", ""),
            ("6", "P4", "Saya bikin kompos.", "mandiri"),
        )
    )

    assert [role for _, role, _ in turns(result)] == ["moderator", *["participant"] * 3, "moderator", "participant"]


def test_what_stands_above_a_sheet_of_talk_is_its_header() -> None:
    from io import BytesIO

    from openpyxl import Workbook

    book = Workbook()
    for row in (
        ("VERBATIM DAN KODING",), ("Usia: 40",), (),
        ("Baris", "Pelaku", "Verbatim", "Kode"),
        (1, "P", "Ibu ikut arisan?", None), (2, "I", "Arisan RT.", "jejaring"), (3, "P", "Uangnya?", None), (4, "I", "Buat sekolah.", "anak"),
    ):  # fmt: skip
        book.active.append(row)
    stream = BytesIO()
    book.save(stream)
    result = registry.get("xlsx")().read(Source("koding.xlsx", stream.getvalue()), ImportOptions())

    assert [role for _, role, _ in turns(result)] == ["interviewer", "informant"] * 2
    assert dict(result.corpus.informants[0].attributes) == {"usia": 40}
    assert [words for _, words in coded(result)] == ["Arisan RT.", "Buat sekolah."]
    assert "VERBATIM DAN KODING" in result.corpus.transcripts[0].text


def test_several_codes_on_a_merged_quote() -> None:
    result = read(
        table(
            ("Kutipan", "Kode", "Kategori"),
            (cell("“Saya kena PHK, sekarang ngojek.”", START), "PHK", "Guncangan"),
            (cell("", ON), "pindah kerja", "Strategi"),
            ("“Istri jualan gorengan.”", "istri bekerja", "Strategi"),
        )
    )

    assert coded(result) == [
        ("Guncangan > PHK", "“Saya kena PHK, sekarang ngojek.”"),
        ("Strategi > pindah kerja", "“Saya kena PHK, sekarang ngojek.”"),
        ("Strategi > istri bekerja", "“Istri jualan gorengan.”"),
    ]


def test_one_who_asks_and_one_who_answers_have_a_column_each() -> None:
    result = read(
        table(
            ("Peneliti", "Informan"),
            ("Bagaimana metode dakwahnya?", "Lewat ngopi bareng."),
            ("Siapa sasarannya?", "Anak motor."),
        )
    )

    assert [(speaker, role) for speaker, role, _ in turns(result)] == [
        ("Peneliti", "interviewer"),
        ("Informan", "informant"),
    ] * 2


def test_each_informant_has_a_table_of_questions_and_short_answers() -> None:
    def one(number: int, age: int) -> str:
        rows = (
            ("1", "Kenapa pilih bank ini?", "Diajak."),
            ("2", "Kendalanya apa?", "ATM-nya sedikit."),
            ("3", "Sarannya?", "Buka cabang."),
        )
        who = table(("Nama Informan", f"Inisial {number}"), ("Usia", f"{age} tahun"))
        return p(t(f"Informan {number}")) + who + p(t("")) + table(("No", "Pertanyaan", "Jawaban"), *rows) + p(t(""))  # fmt: skip

    result = read(p(t("HASIL WAWANCARA")) + one(1, 33) + one(2, 45))

    assert [len(transcript.turns) for transcript in result.corpus.transcripts] == [6, 6]
    assert [dict(person.attributes)["usia"] for person in result.corpus.informants] == [33, 45]


def test_a_row_that_looks_like_a_field_is_in_one_place() -> None:
    source = Source(
        "tabel.docx",
        word(p(t("Transkrip")) + table(("Informan 1", "Jawaban", "Kode", "Pertanyaan"), ("", cell("", ON), "", ""), ("P: Kenapa?",))),
    )  # fmt: skip

    check_result(registry.get("docx")().read(source, ImportOptions()), source)


def test_rows_that_name_a_theme_code_the_quotes_below_them() -> None:
    wide = '<w:gridSpan w:val="2"/>'
    result = read(
        table(
            ("Informan", "Kutipan"),
            (cell("Tema 1: Ketidakpastian pendapatan", wide),),
            ("I1", "“Kadang dapat kadang enggak.”"),
            ("I2", "“Hujan ya libur saja.”"),
            (cell("Tema 2: Solidaritas", wide),),
            ("I1", "“Kita patungan kalau sakit.”"),
        )
    )

    assert coded(result) == [
        ("Ketidakpastian pendapatan", "“Kadang dapat kadang enggak.”"),
        ("Ketidakpastian pendapatan", "“Hujan ya libur saja.”"),
        ("Solidaritas", "“Kita patungan kalau sakit.”"),
    ]
    assert [speaker for speaker, _, _ in turns(result)] == ["I1", "I2", "I1"]
    assert "Tema 2: Solidaritas" in result.corpus.transcripts[0].text


def test_questions_and_answers_of_each_informant_in_one_cell() -> None:
    result = read(
        table(
            ("No", "Informan", "Hasil Wawancara"),
            ("1", "IK-1", "Bagaimana alur rujukan?\nLewat aplikasi.\nTerus dikasih surat.\nAda kendala?\nJaringan lemot."),
            ("2", "IK-2", "Bagaimana alur rujukan?\nSama saja.\nAda kendala?\nKuota dokternya penuh."),
        )
    )  # fmt: skip

    assert turns(result)[:4] == [
        ("Pertanyaan", "interviewer", "Bagaimana alur rujukan?"),
        ("IK-1", "informant", "Lewat aplikasi.\nTerus dikasih surat."),
        ("Pertanyaan", "interviewer", "Ada kendala?"),
        ("IK-1", "informant", "Jaringan lemot."),
    ]
    assert [speaker for speaker, _, _ in turns(result)][4:] == ["Pertanyaan", "IK-2"] * 2


def test_talk_in_a_later_sheet_than_its_codebook() -> None:
    from io import BytesIO

    from openpyxl import Workbook

    book = Workbook()
    talk = book.create_sheet("Verbatim")
    for row in (("Kode", "Definisi"), ("jam kerja", "lama bekerja"), ("upah", "pendapatan")):
        book.active.append(row)
    for line in (("Pembicara", "Verbatim", "Kode"), ("Peneliti", "Jam kerjanya?", None), ("Informan", "Dua belas jam.", "jam kerja")):  # fmt: skip
        talk.append(line)
    stream = BytesIO()
    book.save(stream)
    result = registry.get("xlsx")().read(Source("koding.xlsx", stream.getvalue()), ImportOptions())

    assert [role for _, role, _ in turns(result)] == ["interviewer", "informant"]
    assert coded(result) == [("jam kerja", "Dua belas jam.")]


def test_what_the_researcher_noted_beside_the_talk_is_no_code() -> None:
    result = read(
        table(
            ("Waktu", "Transkrip", "Catatan Peneliti"),
            ("00:01", "P: Sudah siap?", ""),
            ("00:05", "N: Siap, Kak.", "Narasumber gugup"),
            ("00:12", "P: Terapi pertama?", ""),
            ("00:20", "N: Awalnya takut.", "Suara pelan"),
        )
    )

    assert coded(result) == []
    assert [memo.text for memo in result.corpus.memos] == ["[2] Narasumber gugup", "[4] Suara pelan"]
    assert [turn.time for turn in result.corpus.transcripts[0].turns] == [1, 5, 12, 20]


HEADS = ["No", "P/I", "Pertanyaan", "Jawaban", "Informan 1", "Informan 2", "Peneliti", "Informan", "Verbatim", "Kutipan", "Kode", "Tema", "Makna", "Fokus"]  # fmt: skip
CELLS = ["", "1", "P", "I", "P: Kenapa begitu?", "I: Ya begitu saja.", "Kenapa?", "Karena hujan, sepi (1a).", "1a", "upah rendah", "BAGIAN I", "Dua.\nTiga?"]  # fmt: skip


@settings(max_examples=60)
@given(st.lists(st.sampled_from(HEADS), min_size=1, max_size=5, unique=True), st.data())
def test_no_table_is_refused(head: list[str], data: st.DataObject) -> None:
    """Whatever cells are merged: the result holds together, and every word of the first column of talk is in it."""
    merged = st.tuples(st.sampled_from(CELLS), st.sampled_from(["", START, ON]))
    rows = data.draw(st.lists(st.lists(merged, min_size=1, max_size=len(head)), max_size=6))
    body = table(tuple(head), *(tuple(cell(text if how != ON else "", how) for text, how in row) for row in rows))
    source = Source("tabel.docx", word(p(t("Transkrip")) + body))
    result = registry.get("docx")().read(source, ImportOptions())

    check_result(result, source)
