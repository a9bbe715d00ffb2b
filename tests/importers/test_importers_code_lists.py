"""Codes written into the talk or beside it as marks alone, which a list elsewhere in the document explains."""

from __future__ import annotations

import pytest
from words import p, t, table, word

from qualcode.files.docx import read_docx
from qualcode.importers import ImportOptions, ImportResult, Source, registry

RAISED = '<w:vertAlign w:val="superscript"/>'


def read(body: str) -> ImportResult:
    return registry.get("docx")().read(Source("informan.docx", word(body)), ImportOptions())


def coded(result: ImportResult) -> list[tuple[str, str]]:
    book = {code.key: code.name for code in result.corpus.codebook}
    return [(book[c.code], result.corpus.quote(c)) for c in result.corpus.codings]


def lines(*texts: str) -> str:
    return "".join(p(t(text)) for text in texts)


@pytest.mark.parametrize(
    "told",
    [
        lines("Keterangan kode:", "1a : tekanan ekonomi", "2a : menarik diri", "2b : refleksi diri"),
        lines("Daftar Koding", "(1a) tekanan ekonomi", "(2a) menarik diri", "(2b) refleksi diri."),
        table(("Kode", "Keterangan"), ("1a", "tekanan ekonomi"), ("2a", "menarik diri"), ("2b", "refleksi diri")),
    ],
)
@pytest.mark.parametrize("above", [True, False])
def test_marks_in_the_column_of_codes_are_spelled_out(told: str, above: bool) -> None:
    talk = table(
        ("No", "Pelaku", "Verbatim", "Kode"),
        ("1", "Iter", "Kenapa berhenti kuliah?", ""),
        ("2", "Itee", "Biayanya nggak ada.", "1a"),
        ("3", "Iter", "Perasaannya?", ""),
        ("4", "Itee", "Hancur. Ngurung diri.", "2a, 2b"),
    )
    result = read(told + lines("") + talk if above else talk + lines("") + told)

    assert coded(result) == [
        ("tekanan ekonomi", "Biayanya nggak ada."),
        ("menarik diri", "Hancur. Ngurung diri."),
        ("refleksi diri", "Hancur. Ngurung diri."),
    ]
    assert [turn.role.value for turn in result.corpus.transcripts[0].turns] == ["interviewer", "informant"] * 2


def test_raised_and_bracketed_marks_in_the_talk() -> None:
    result = read(
        lines("P : Kalau ada yang kena PHK, Pak?")
        + p(t("I : Urunan beras"), t("1", RAISED), t(" sama kas RT"), t("2", RAISED), t(" tanpa bunga."))
        + lines(
            "P : Ada bantuan?",
            "I : Bansos ada, datanya itu saja (3).",
            "P : Begitu (1)?",
            "I : Iya.",
            "",
            "Daftar kode",
        )
        + lines("1 gotong royong", "2 kas warga", "3 salah sasaran")
    )
    (transcript,) = result.corpus.transcripts

    assert coded(result) == [
        ("gotong royong", "Urunan beras"),
        ("kas warga", "sama kas RT"),
        ("salah sasaran", "Bansos ada, datanya itu saja"),
    ]
    assert transcript.turns[-1].span.of(transcript.text) == "Iya."
    parts = result.parts[transcript.guid]
    assert [part.span.of(transcript.text) for part in parts if part.what == "code"] == ["1", "2", "(3)"]


def test_a_legend_and_a_list_of_questions_are_no_list_of_codes() -> None:
    result = read(
        lines("Keterangan kode", "P1 : Partisipan pertama", "P2 : Partisipan kedua", "")
        + lines("P1 : Hujan (1).", "P2 : Iya (2).", "P1 : Terus?", "P2 : Pulang.", "", "Daftar kode", "1. Apa kabar?")
    )

    assert coded(result) == []


def test_letters_raised_above_the_line_are_known() -> None:
    document = read_docx(word(p(t("beras"), t("1", RAISED), t(" lalu")) + p(t("air"), t("2", "<w:b/>"))), file="x.docx")

    assert [(f.start, f.end) for f in document.formats if f.raised] == [(5, 6)]


def test_codes_in_brackets_that_say_so() -> None:
    result = read(
        lines("P: Usahanya apa?", "Sn: Jual pulsa (Kode: usaha mikro). Pernah ditipu [kode: penipuan; rugi] (tertawa).", "P: Lalu?")
        + lines("Sn: Tunai aja.")
    )  # fmt: skip

    assert coded(result) == [
        ("usaha mikro", "Jual pulsa"),
        ("penipuan", "Pernah ditipu"),
        ("rugi", "Pernah ditipu"),
    ]


def test_bold_brackets_are_codes_and_plain_ones_a_transcriber_s() -> None:
    bold = "<w:b/>"
    answer = p(
        t("N: Tahu, tapi nggak dapat "), t("[eksklusi]", bold), t(". Yang dapat saudaranya "), t("[nepotisme]", bold), t(".")
    )  # fmt: skip
    other = p(t("N: Nggak enak "), t("[tertawa]", bold), t(" nanti dibilang iri "), t("[rasa sungkan]", bold), t("."))
    told = read(lines("P: Tahu PKH?") + answer + lines("P: Protes?") + other)
    plain = read(
        lines(
            "P: Tahu?", "N: Tahu [eksklusi]. Ada [nepotisme].", "P: Protes?", "N: Nggak enak [rasa sungkan].", "P: Ya?"
        )
    )

    assert [code for code, _ in coded(told)] == ["eksklusi", "nepotisme", "rasa sungkan"]
    assert coded(told)[1][1] == "Yang dapat saudaranya"
    assert coded(plain) == []


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        (("(1.1)", "(2.1)", "(2.2)"), lines("Keterangan kode:", "1.1 Tekanan ekonomi", "2.1 Menarik diri", "2.2 Refleksi diri")),
        (("[TE]", "[MD]", "[RD]"), table(("Kode", "Arti"), ("TE", "Tekanan ekonomi"), ("MD", "Menarik diri"), ("RD", "Refleksi diri"))),
        (("{TE}", "(md)", "[RD]"), lines("Daftar singkatan kode", "TE = Tekanan ekonomi", "md = Menarik diri", "RD = Refleksi diri")),
        (("[KP-1]", "[KP-2]", "[TM-1]"), table(("Kode", "Nama Kode", "Definisi"), ("KP-1", "Tekanan ekonomi", "uang kurang"), ("KP-2", "Menarik diri", ""), ("TM-1", "Refleksi diri", ""))),
    ],
)  # fmt: skip
def test_marks_of_numbers_with_points_and_of_letters(mark: tuple[str, str, str], told: str) -> None:
    one, two, three = mark
    talk = lines("P: Kenapa berhenti?", f"N: Biayanya nggak ada. {one} Terus hancur, ngurung diri. {two}")
    result = read(talk + lines("P: Setelah itu?", f"N: Mikir lagi (TKI) semuanya {three}.", "") + told)

    assert coded(result) == [
        ("Tekanan ekonomi", "Biayanya nggak ada."),
        ("Menarik diri", "Terus hancur, ngurung diri."),
        ("Refleksi diri", "Mikir lagi (TKI) semuanya"),
    ]


def test_letters_above_the_line_that_a_table_explains() -> None:
    result = read(
        lines("A: Mulai jam berapa?")
        + p(t("B: Subuh sudah naik."), t("a", RAISED))
        + lines("A: Hasilnya?")
        + p(t("B: Ditimbang seminggu sekali."), t("b", RAISED))
        + lines("")
        + table(("Simbol", "Kode"), ("a", "waktu kerja"), ("b", "setoran lapak"))
    )

    assert coded(result) == [("waktu kerja", "Subuh sudah naik."), ("setoran lapak", "Ditimbang seminggu sekali.")]


def test_abbreviations_in_the_column_of_codes() -> None:
    talk = table(
        ("Transkrip", "Kode"),
        ("P : Kenapa keluar?", ""),
        ("R : Kerjanya nggak ada jam, gajinya telat.", "JAM, UPH"),
        ("P : Ada perjanjian?", ""),
        ("R : Mana ada, omongan doang.", "TKT"),
    )
    told = table(("Kode", "Arti"), ("TKT", "Tanpa kontrak"), ("UPH", "Upah murah"), ("JAM", "Jam kerja panjang"))

    assert coded(read(talk + lines("Tabel Buku Kode") + told)) == [
        ("Jam kerja panjang", "Kerjanya nggak ada jam, gajinya telat."),
        ("Upah murah", "Kerjanya nggak ada jam, gajinya telat."),
        ("Tanpa kontrak", "Mana ada, omongan doang."),
    ]


@pytest.mark.parametrize("line", ["==> Kode: {}", "Kode : {}", "→ koding: {}", "(Kode: {})", "[kode = {}]"])
def test_codes_on_a_line_below_the_answer(line: str) -> None:
    talk = [
        "P : Musim begini melautnya bagaimana?",
        "N : Nggak bisa keluar, ombak tiga meter.",
        line.format("cuaca"),
        "P : Makan dari mana?",
        "N : Ngutang di juragan dulu.",
        line.format("utang; juragan"),
        "P : Solar gampang?",
        "N : Susah, harus pakai kartu.",
        line.format("solar"),
    ]
    result = read(lines(*talk))
    (transcript,) = result.corpus.transcripts
    plain = registry.get("txt")().read(Source("n.txt", "\n".join(talk).encode()), ImportOptions())

    assert coded(result) == coded(plain) == [
        ("cuaca", "Nggak bisa keluar, ombak tiga meter."),
        ("utang", "Ngutang di juragan dulu."),
        ("juragan", "Ngutang di juragan dulu."),
        ("solar", "Susah, harus pakai kartu."),
    ]  # fmt: skip
    assert [turn.role.value for turn in transcript.turns] == ["interviewer", "informant"] * 3


def test_a_list_of_codes_in_a_plain_text() -> None:
    talk = "P: Kenapa?\nN: Biayanya nggak ada [1a].\nP: Lalu?\nN: Hancur [2a].\n\nDaftar kode:\n1a. tekanan ekonomi\n2a. menarik diri\n"
    result = registry.get("txt")().read(Source("n.txt", talk.encode()), ImportOptions())

    assert coded(result) == [("tekanan ekonomi", "Biayanya nggak ada"), ("menarik diri", "Hancur")]


def test_people_and_places_are_no_codes() -> None:
    """A list of who is who, and words in brackets that no list of codes explains."""
    result = read(
        table(("Kode", "Nama"), ("SR", "Sari"), ("BD", "Budi"))
        + lines("P: Siapa saja (SR)?", "N: Sama (BD) di (RT) situ.", "P: Lalu?", "N: Pulang (SR).")
    )

    assert coded(result) == []


def test_hashtags_behind_answers_are_codes() -> None:
    talk = ["P: Berapa lama?", "I: Delapan tahun. #lama_usaha", "P: Ramai?", "I: Nggak bisa ditebak. #tak_tentu #sepi"]
    result = read(lines(*talk, "P: Asuransi?", "I: Belum tahu caranya. #literasi"))
    few = read(lines(*talk[:2], "P: Asuransi?", "I: Di IG saya pakai #umkm biar laku."))

    assert coded(result) == [
        ("lama usaha", "Delapan tahun."),
        ("tak tentu", "Nggak bisa ditebak."),
        ("sepi", "Nggak bisa ditebak."),
        ("literasi", "Belum tahu caranya."),
    ]
    assert coded(few) == []


def test_words_in_capitals_before_the_talk() -> None:
    result = read(
        lines("P: Minyak naik?", "I: [EKONOMI] Untungnya tipis.", "P: Yang membantu?", "I: [JEJARING] Adik ipar.", "")
        + lines("Daftar kode", "EKONOMI = tekanan ekonomi", "JEJARING = bantuan keluarga")
    )

    assert coded(result) == [("tekanan ekonomi", "Untungnya tipis."), ("bantuan keluarga", "Adik ipar.")]


def test_marks_of_letters_and_numbers_beside_the_talk() -> None:
    result = read(
        table(
            ("Hasil Wawancara", "Keterangan Kode"),
            ("T : Siapa yang bantu?\nJ : Teman patungan (SOL-1). Petugas minta lima ratus (PGL2), katanya denda (RT-5).", "SOL-1 = solidaritas\nPGL2 = pungli"),
            ("T : Kapok?\nJ : Nggak. Besoknya jualan lagi (BTH-1).", "BTH-1 = bertahan"),
        )
    )  # fmt: skip

    assert coded(result) == [
        ("solidaritas", "Teman patungan"),
        ("pungli", "Petugas minta lima ratus"),
        ("bertahan", "Nggak. Besoknya jualan lagi"),
    ]
