"""Coded tables and margin comments of Word documents come in with their codes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from words import cell, comment, on, p, t, table, word

from qualcode.importers import ImportOptions, ImportResult, Source, explain, labels_in, registry
from qualcode.model import Kind, Origin, Role

HEAD = ("Transkrip", "Konsep", "Pengelompokan")


START, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def read(body: str, comments: str = "", **options: object) -> ImportResult:
    given_ = ImportOptions(**options)  # type: ignore[arg-type]
    return registry.get("docx")().read(Source("informan-01.docx", word(body, comments)), given_)


def turns(result: ImportResult) -> list[tuple[str, str]]:
    (transcript,) = result.corpus.transcripts
    return [(turn.role.value, turn.span.of(transcript.text)) for turn in transcript.turns]


def coded(result: ImportResult) -> list[tuple[str, str]]:
    """Return each coding's code, with what stands above it, and words."""
    book = {code.key: code for code in result.corpus.codebook}

    def path(key: str) -> str:
        parent = book[key].parent
        return (f"{path(parent)} > " if parent else "") + book[key].name

    return [(path(c.code), result.corpus.quote(c)) for c in result.corpus.codings]


def said(result: ImportResult) -> str:
    return "\n".join(str(finding) for finding in result.findings)


def test_marks_are_explained_in_the_next_column() -> None:
    """Codes stand on what ``(1a)`` marks; the column behind is what stands above them."""
    result = read(
        table(
            HEAD,
            (
                "P : Jualan apa?\nN : Nasi uduk. Kalo ujan sepi (1a). Utang juga (1b)",
                "1a. ketidakpastian\n1b. utang",
                "1a. tantangan\n1b. beban",
            ),
            (
                "P : Terus?\nN : Ya sabar (2a), (2b) arisan aja (2c).",
                "(2a) nilai hidup\n(2b) pasrah\n(2c) solidaritas",
                "strategi",
            ),
        )
    )

    assert coded(result) == [
        ("tantangan > ketidakpastian", "Nasi uduk. Kalo ujan sepi"),
        ("beban > utang", "Utang juga"),
        ("strategi > nilai hidup", "Ya sabar"),
        ("strategi > pasrah", "Ya sabar"),
        ("strategi > solidaritas", "arisan aja"),
    ]
    assert turns(result)[1] == ("informant", "Nasi uduk. Kalo ujan sepi (1a). Utang juga (1b)")
    parts = result.parts[result.corpus.transcripts[0].guid]
    text = result.corpus.transcripts[0].text
    assert [part.span.of(text) for part in parts if part.what == "code"] == ["(1a)", "(1b)", "(2a)", "(2b)", "(2c)"]
    assert all((c.coder, c.origin) == ("impor", Origin.IMPORTED) for c in result.corpus.codings)
    assert all(code.origin == "imported" for code in result.corpus.codebook)


def test_comments_that_say_what_they_are() -> None:
    """``tema:`` and ``kategori:`` announce a label as ``kode:`` does."""
    line = p(t("N: "), on(0, t("Numpang wifi")), t(" di warkop. "), on(1, t("Sinyal hilang")))
    result = read(line + p(t("P: Terus?")), comment(0, "Tema: strategi; hemat") + comment(1, "Kategori 2: kendala"))

    assert [code for code, _ in coded(result)] == ["strategi", "hemat", "kendala"]


def test_marks_before_around_and_behind_underlined_words() -> None:
    """Where most turns begin with marks they stand in front; twice the same stand around; underlining says from where."""
    before = read(
        table(HEAD, ("N: (1a) pagi sepi (1b) sore rame\nP: ya?\nN: (1c) begitu", "1a. pagi\n1b. sore\n1c. gitu", ""))
    )
    around = read(table(HEAD, ("N: dulu (1a) sepi sekali (1a) kini rame", "1a. sepi", "")))
    line = p(
        t("N: dulu buruh pabrik. "),
        t("sekarang", "<w:u w:val='single'/>"),
        t(" dagang", "<w:u w:val='single'/>"),
        t(" (1a)."),
    )
    under = read(table(HEAD, (f"<w:tc>{line}</w:tc>", "1a. pindah kerja", "")))

    assert coded(before) == [("pagi", "pagi sepi"), ("sore", "sore rame"), ("gitu", "begitu")]
    assert coded(around) == [("sepi", "sepi sekali")]
    assert coded(under) == [("pindah kerja", "sekarang dagang")]


def test_a_mark_nobody_explains_and_one_that_is_nowhere() -> None:
    """The first is said; what is explained without a mark stands beside its row. Numbers in brackets alone are no marks."""
    result = read(table(HEAD, ("N: sepi (1a) rame (9z) tahun (2020)", "1a. sepi\n3c. hilang", "")))

    assert coded(result) == [("sepi", "sepi"), ("hilang", "sepi (1a) rame (9z) tahun (2020)")]
    assert "mark '9z' is explained in no row" in said(result)
    assert "2020" not in said(result)


def test_cells_of_a_row_belong_together_without_marks() -> None:
    """Codes stand on what the informant says in the row, turn by turn, never on the question; notes are the coding's."""
    result = read(
        p(t("Usia : 44"))
        + table(
            ("No.", "Hasil Wawancara", "Tema", "Interpretasi Peneliti"),
            ("1", "P: Kerja apa?\nN: Parkir.\nP: Lama?\nN: Sepuluh tahun.", "kerja lama", "Ia bertahan."),
            ("2", "P: Ada kumpulan? N: Nggak ada. Sendiri.", "1. tidak berserikat\n2. sendiri; sepi", ""),
            ("No.", "Hasil Wawancara", "Tema", "Interpretasi Peneliti"),
            ("3", "N: Begitu.", "", "Tanyakan lagi."),
        )
    )

    assert coded(result) == [
        ("kerja lama", "Parkir."),
        ("kerja lama", "Sepuluh tahun."),
        ("tidak berserikat", "Nggak ada. Sendiri."),
        ("sendiri", "Nggak ada. Sendiri."),
        ("sepi", "Nggak ada. Sendiri."),
    ]
    assert [c.memo for c in result.corpus.codings] == ["Ia bertahan.", "Ia bertahan.", "", "", ""]
    assert [memo.text for memo in result.corpus.memos] == ["[7] Tanyakan lagi."]
    assert [who for who, _ in turns(result)] == ["interviewer", "informant"] * 3 + ["informant"]
    (reading,) = result.corpus.readings
    assert result.corpus.quote(reading).endswith("N: Begitu.")
    assert "Hasil Wawancara" not in result.corpus.transcripts[0].text
    assert dict(result.corpus.informants[0].attributes) == {"usia": 44}


def test_questions_and_answers_in_columns_and_three_levels() -> None:
    """Columns of questions and answers are turns; code, category and theme stand one above the other; merged cells hold for all rows."""
    result = read(
        table(
            ("Pertanyaan", "Jawaban", "Koding", "Kategori", "Tema"),
            ("Kerja apa?", "Gorengan.", "dagang", cell("kerja", START), cell("tantangan", START)),
            ("Cukup?", "Pas-pasan.", "pas-pasan\nprihatin", cell("", ON), cell("", ON)),
            (cell("Nabung?", START), cell("Boro-boro.", START), "tidak menabung", "uang\nhari tua", "tantangan"),
            (cell("", ON), cell("", ON), "malu", "uang", ""),
        )
    )

    assert coded(result) == [
        ("tantangan > kerja > dagang", "Gorengan."),
        ("tantangan > kerja > pas-pasan", "Pas-pasan."),
        ("tantangan > kerja > prihatin", "Pas-pasan."),
        ("tantangan > tidak menabung", "Boro-boro."),
        ("uang", "Boro-boro."),
        ("hari tua", "Boro-boro."),
        ("uang > malu", "Boro-boro."),
    ]
    assert [who for who, _ in turns(result)] == ["interviewer", "informant"] * 3


def test_a_speaker_column_and_lines_that_were_cut() -> None:
    """Lines numbered and cut at the edge of the cell are put together; the label comes from its column."""
    result = read(
        table(
            ("Baris", "Pembicara", "Teks", "Koding", "Waktu"),
            ("1", "P", "Ibu jualan apa yang", "", "00:01"),
            ("2", "", "paling laku di sini?", "", ""),
            ("3", "N", "Nasi uduk, kalo", "dagang", ""),
            ("4", "", "ujan ya sepi banget", "sepi", "00:09"),
            ("5", "", "gitu deh.", "", ""),
        )
    )

    assert turns(result) == [
        ("interviewer", "Ibu jualan apa yang paling laku di sini?"),
        ("informant", "Nasi uduk, kalo ujan ya sepi banget gitu deh."),
    ]
    assert coded(result) == [("dagang", "Nasi uduk, kalo"), ("sepi", "ujan ya sepi banget")]
    assert [c.memo for c in result.corpus.codings] == ["", "Waktu: 00:09"]


def test_a_table_without_labels_still_has_turns() -> None:
    """Quotes are answers; a line that asks before another in its cell is a question. It is said to be a guess."""
    result = read(
        table(
            ("No", "Verbatim", "Kategori"),
            ("1", "“Saya jualan dari subuh.”", "kerja panjang"),
            ("2", "Apakah cukup?\nYa dicukup-cukupin.", "pas-pasan"),
        )
    )

    assert turns(result) == [
        ("informant", "“Saya jualan dari subuh.”"),
        ("interviewer", "Apakah cukup?"),
        ("informant", "Ya dicukup-cukupin."),
    ]
    assert coded(result) == [("kerja panjang", "“Saya jualan dari subuh.”"), ("pas-pasan", "Ya dicukup-cukupin.")]
    assert sum(f.level == "doubtful" for f in result.findings) >= 2


def test_field_notes_in_a_table_are_coded_without_turns() -> None:
    """What is said to be an observation has no voices; its cells bear the codes."""
    result = read(
        table(("Catatan data", "Kode"), ("Gerobak berjajar di trotoar.", "ruang jualan")), kind=Kind.OBSERVATION
    )
    other = read(table(("Data", "Kode"), ("Gerobak berjajar di trotoar.", "ruang jualan")), kind=Kind.OBSERVATION)

    assert turns(other) == []
    assert coded(other) == [("ruang jualan", "Gerobak berjajar di trotoar.")]
    assert result.corpus.transcripts[0].text


def test_tables_that_go_on_and_two_rows_of_headings() -> None:
    """A table broken in two goes on without headings; a heading may stand over several columns; a wide row is a title."""
    heads = (cell("Verbatim", START), cell("Koding", '<w:gridSpan w:val="2"/>'))
    lower = (cell("", ON), "Open", "Axial Coding")
    result = read(
        table(heads, lower, (cell("Bagian I", '<w:gridSpan w:val="3"/>'),), ("P: Apa?\nN: Sepi.", "sepi", "usaha"))
        + p()
        + table(("P: Lalu?\nN: Utang.", "utang", "uang"))
    )

    assert coded(result) == [("usaha > sepi", "Sepi."), ("uang > utang", "Utang.")]
    assert result.corpus.transcripts[0].text.startswith("Bagian I\n")


def test_a_table_without_headings_is_guessed_only_where_it_is_clear() -> None:
    """Explained marks or speakers' labels tell; a table of people and their age is left as it is."""
    marked = read(table(("Sepi terus (1a) kalau hujan", "1a. sepi")))
    labelled = read(table(("P: Apa?\nN: Sepi.", "sepi"), ("P: Lalu?\nN: Utang.", "utang")))
    plain = read(table(("P", "Apa kabar?"), ("N", "Baik, Bu. Sepi.")) + p(t("P: Ya?")) + p(t("N: Ya.")))

    assert coded(marked) == [("sepi", "Sepi terus")]
    assert coded(labelled) == [("sepi", "Sepi."), ("utang", "Utang.")]
    assert "please check" in said(labelled)
    assert coded(plain) == []
    assert "\t" in plain.corpus.transcripts[0].text


def test_codes_beside_no_speech_are_said_and_double_parents_too() -> None:
    """Nothing is dropped in silence."""
    result = read(
        table(
            ("Verbatim", "Kode", "Kategori", "Catatan"),
            ("", "yatim", "", ""),
            ("N: Sepi.\nP: ya?", "sepi", "usaha", ""),
            ("N: Sepi lagi.", "Sepi", "cuaca", "lihat juga baris 1"),
        )
    )

    assert "codes stand beside no speech and were not used: 'yatim'" in said(result)
    assert "'sepi' stands under 'usaha' and under 'cuaca'" in said(result)
    assert [c.code for c in result.corpus.codings] == ["sepi", "sepi"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            (
                ("Exploratory Comments", "Original Transcript", "Emergent Themes"),
                ("He laughs.", "I: Why?\nP: Because nobody asks.", "being unseen"),
                ("", "I: Never?\nP: Never.", ""),
            ),
            [("being unseen", "Because nobody asks.")],
        ),
        (
            (
                ("Data", "Konsep", "Kategori"),
                (
                    "P: Apa?\nN: Sepi (1a), ramai (1b).\nP: Modal?\nN: Utang (2a).",
                    "sepi (1a)\nramai (1b)\nutang (2a)",
                    "Pendapatan (1a, 1b)\nBeban (2a)",
                ),
            ),
            [("Pendapatan > sepi", "Sepi"), ("Pendapatan > ramai", "ramai"), ("Beban > utang", "Utang")],
        ),
        (
            (
                ("Transkrip", "Koding"),
                ("P: Apa?\nN: Sepi (1). Pinjam (2).\nP: Ya?\nN: Ya.", "1. Sepi pembeli\n2. Utang modal"),
            ),
            [("Sepi pembeli", "Sepi"), ("Utang modal", "Pinjam")],
        ),
        (
            (
                ("Pertanyaan", "Informan", "Horisonalisasi", "Makna"),
                ("Apa rasanya?", "Capek, tapi disyukuri saja.", "capek", "Syukur"),
            ),
            [("Syukur", "Capek, tapi disyukuri saja.")],
        ),
        (
            (
                ("No", "Pelaku", "Transkrip Verbatim", "Pemadatan Fakta", "Interpretasi"),
                ("1", "Iter", "Kerjanya apa?", "", ""),
                ("2", "Itee", "Kurir paket, Mbak.", "Subjek bekerja sebagai kurir.", "Beban kerja"),
                ("3", "Iter", "Capek?", "", ""),
                ("4", "Itee", "Ya capek.", "", "Pasrah"),
            ),
            [("Beban kerja", "Kurir paket, Mbak."), ("Pasrah", "Ya capek.")],
        ),
        (
            (
                ("Kode", "Verbatim", "Tema"),
                ("S1.W1.001", "P: Kerja apa?", ""),
                ("S1.W1.002", "S: Nyuci di dua rumah.", "kerja ganda"),
                ("S1.W1.003", "P: Lalu?", ""),
                ("S1.W1.004", "S: Ya begitu.", ""),
            ),
            [("kerja ganda", "Nyuci di dua rumah.")],
        ),
        (
            (("Kode", "Verbatim"), ("sepi", "P: Apa?\nN: Sepi terus."), ("utang", "P: Modal?\nN: Pinjam.")),
            [("sepi", "Sepi terus."), ("utang", "Pinjam.")],
        ),
        ((("No", "Pertanyaan", "Aspek", "Kode"), ("1", "Apa pekerjaan Ibu sehari-hari?", "pekerjaan", "kerja")), []),
        ((("No", "Data Informan", "Kode"), ("1", "Sarni", "kunci"), ("2", "Budi", "utama")), []),
    ],
    ids=["ipa", "marks behind", "numbers", "phenomenology", "facts", "references", "codes left", "guide", "people"],
)
def test_tables_of_many_theses(rows: tuple[tuple[str, ...], ...], expected: list[tuple[str, str]]) -> None:
    """Headings, orders and manners of marking differ; a guide and a list of people are no coded talk."""
    assert coded(read(table(*rows))) == expected


def test_the_user_says_which_column_holds_what() -> None:
    """Headings that tell nothing can be named."""
    body = table(("Omongan", "Arti"), ("P: Apa?\nN: Sepi.", "sepi"), ("P: Lalu?\nN: Ya.", ""))

    assert coded(read(body, columns={"quote": "omongan", "code": "Arti"})) == [("sepi", "Sepi.")]


RAISED = '<w:vertAlign w:val="superscript"/>'


def test_raised_marks_are_read_where_they_are_explained() -> None:
    """As runs above the line and as signs; a square metre is none, and positions behind them stay right."""
    speech = p(t("P : Jualan apa?")) + p(
        t("N : Kalo ujan sepi"), t("1a", RAISED), t(", lapak 3 m"), t("2", RAISED), on(0, t(" utang")), t(" juga¹ᵇ.")
    )
    row = f"<w:tc><w:tcPr/>{speech}</w:tc>"
    result = read(
        table(HEAD, (row, "1a. ketidakpastian\n1b. beban utang", ""), ("P : Oh?\nN : Ya.", "2. lain", "")),
        comment(0, "pinjaman"),
    )

    (transcript,) = result.corpus.transcripts
    assert "N : Kalo ujan sepi (1a), lapak 3 m2 utang juga (1b)." in transcript.text
    assert coded(result) == [
        ("ketidakpastian", "Kalo ujan sepi"),
        ("beban utang", "lapak 3 m2 utang juga"),
        ("pinjaman", "utang"),
        ("lain", "Ya."),
    ]
    assert not [f for f in result.findings if "raised marks" in f.message]


def test_a_raised_mark_that_nobody_explains_stays_and_is_said() -> None:
    result = read(p(t("P: Apa?")) + p(t("N: Sepi"), t("K3", RAISED), t(" ya, yang ke-2"), t("2", RAISED)))

    (transcript,) = result.corpus.transcripts
    assert transcript.text == "P: Apa?\nN: SepiK3 ya, yang ke-22"
    (doubt,) = (f for f in result.findings if "raised marks" in f.message)
    assert (doubt.level, doubt.line, doubt.parameters["n"], doubt.parameters["mark"]) == ("doubtful", 2, 1, "K3")


def test_marks_of_coders_are_no_marks_of_transcription() -> None:
    """They are counted apart, and the full stop behind one has no row of its own in what is explained."""
    speech = "P : Jualan apa?\nN : Nasi (tertawa) sepi (1a). Utang (1b)."
    result = read(table(HEAD, (speech, "1a. sepi\n1b. utang", "beban"), ("P : Oh?\nN : Ya 😀.", "", "")))

    assert [str(f) for f in result.findings if f.rule == "marks"] == [
        "informan-01.docx: 1 transcription marks stay in the text; they are left out of keyword hits, models and word counts",
        "informan-01.docx: 2 marks such as (1a) or [1], of codes or notes, stay in the text; they are nobody's words",
    ]
    assert [(line.what, line.text) for line in explain(result)][1:-2] == [
        ("turn", "Nasi (tertawa) sepi"),
        ("code", "(1a)."),
        ("turn", "Utang"),
        ("code", "(1b)."),
    ]


@pytest.mark.parametrize(
    ("text", "codes", "note"),
    [
        ("upah rendah", ["upah rendah"], ""),
        ("upah rendah; utang", ["upah rendah", "utang"], ""),
        ("1. upah rendah\n2. utang", ["upah rendah", "utang"], ""),
        ("- upah rendah\n- utang", ["upah rendah", "utang"], ""),
        ("#upah_rendah #utang bandingkan informan 2", ["upah rendah", "utang"], "bandingkan informan 2"),
        ("Kode: upah rendah", ["upah rendah"], ""),
        ("tantangan > upah rendah", ["tantangan > upah rendah"], ""),
        (
            "Upah rendah: sehari hanya cukup untuk makan berdua saja.",
            ["Upah rendah"],
            "sehari hanya cukup untuk makan berdua saja.",
        ),
        ("Kenapa begini?", [], "[2] Kenapa begini?"),
        ("Coba tanyakan lagi", [], "[2] Coba tanyakan lagi"),
        (
            "Informan menggambarkan penghasilan yang habis untuk makan hari itu juga",
            [],
            "[2] Informan menggambarkan penghasilan yang habis untuk makan hari itu juga",
        ),
        ("gaji kecil, telat", ["gaji kecil, telat"], ""),
        ("upah rendah!", ["upah rendah"], ""),
        ("tantangan > upah rendah !!", ["tantangan > upah rendah"], ""),
        ("upah rendah!; utang", ["upah rendah", "utang"], ""),
        ("Penting!", [], "[2] Penting!"),
        ("Pakai di bab empat!", [], "[2] Pakai di bab empat!"),
        ("Kenapa begini?!", [], "[2] Kenapa begini?!"),
        ("Catatan: upah rendah!", [], "[2] Catatan: upah rendah!"),
    ],
)
def test_a_margin_comment_is_a_code_or_a_note(text: str, codes: list[str], note: str) -> None:
    """Short words are codes, sentences are notes, ``#`` is always a code."""
    result = read(p(t("P: Apa?")) + p(t("N: "), on(0, t("sepi")), t(" ya")), comment(0, text))

    assert coded(result) == [(code, "sepi") for code in codes]
    notes = [c.memo for c in result.corpus.codings][:1] if codes else [memo.text for memo in result.corpus.memos]
    assert notes == [note]
    assert {c.coder for c in result.corpus.codings} <= {"impor-dewi"}
    assert all(c.at.year == 2025 for c in result.corpus.codings)


@pytest.mark.parametrize(
    ("text", "codes", "doubt"),
    [
        ("upah rendah!", 1, ""),
        ("upah sangat rendah sekali!", 1, "was taken for a code"),
        ("upah rendah dan tidak pernah naik!", 0, "was taken for a note"),
        ("upah rendah! tidak pernah naik", 0, "was taken for a note"),
        ("Jangan lupa bandingkan dengan yang lain!", 0, ""),
        ("#upah_rendah!", 1, ""),
    ],
)
def test_what_an_exclamation_mark_leaves_open_is_said(text: str, codes: int, doubt: str) -> None:
    """A bare label stays a code; where words might be either, it is said with the line."""
    result = read(p(t("P: Apa?")) + p(t("N: "), on(0, t("sepi")), t(" ya")), comment(0, text))

    assert len(result.corpus.codings) == codes
    doubts = [str(f) for f in result.findings if f.level == "doubtful" and f.rule == "margin comments"]
    assert bool(doubts) == bool(doubt)
    assert all(doubt in each and each.startswith("informan-01.docx:2:") for each in doubts)


def test_a_comment_taken_with_its_label_or_on_a_place_only() -> None:
    """Labels at the ends are no part of what was coded; a place stands for its turn."""
    body = (
        p(t("P: Apa?"))
        + p(on(0, t("N: sepi"), t(" ya")))
        + p(t("P: Lalu?"), '<w:r><w:commentReference w:id="1"/></w:r>')
        + p(t("N"), on(2, t(": utang")))
    )
    result = read(body, comment(0, "sepi") + comment(1, "tanya") + comment(2, "utang", author=""))

    assert coded(result) == [("sepi", "sepi ya"), ("tanya", "Lalu?"), ("utang", "utang")]
    assert [c.coder for c in result.corpus.codings] == ["impor-dewi", "impor-dewi", "impor"]


WORDS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=6)
SPEECH = st.lists(st.tuples(st.sampled_from(["P: ", "N: ", ""]), st.lists(WORDS, min_size=1, max_size=4)), max_size=3)
CODES = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(" ".join), max_size=3).map("\n".join)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(SPEECH, CODES, CODES), min_size=1, max_size=5))
def test_speech_is_there_once_and_codes_stand_on_it(rows: list[tuple[list[tuple[str, list[str]]], str, str]]) -> None:
    """Whatever the cells hold: every word of speech stands in the text once and in order, parts cover it, codings lie in their row."""
    cells = [
        ("\n".join(label + " ".join(words) for label, words in speech), codes, above) for speech, codes, above in rows
    ]
    if not any(speech for speech, _, _ in cells):
        return
    result = read(table(("Verbatim", "Kode", "Kategori"), *cells))

    (transcript,) = result.corpus.transcripts
    assert "".join(transcript.text.split()) == "".join("".join(speech for speech, _, _ in cells).split())
    covered = sorted(at for part in result.parts[transcript.guid] for at in range(part.span.start, part.span.end))
    assert len(covered) == len(set(covered))
    assert {at for at, c in enumerate(transcript.text) if not c.isspace()} <= set(covered)
    for coding in result.corpus.codings:
        assert result.corpus.quote(coding).strip() == result.corpus.quote(coding) != ""
        assert (
            all(not turn.role.asks for _, turn in result.corpus.turns_of(coding))
            or not any(turn.role is Role.INFORMANT for turn in transcript.turns)
            or len(result.corpus.turns_of(coding)) == 1
        )


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("upah rendah, jam panjang", ("upah rendah", "jam panjang")),
        ("jam panjang, tidak ada cuti", ("jam panjang, tidak ada cuti",)),
        ("upah rendah, telat, dan dipotong", ("upah rendah, telat, dan dipotong",)),
        ("upah rendah, anak terpaksa putus sekolah dan ikut bekerja", ("upah rendah, anak terpaksa putus sekolah dan ikut bekerja",)),
    ],
)  # fmt: skip
def test_a_comma_parts_codes_where_one_of_them_stands_alone_elsewhere(cell: str, found: tuple[str, ...]) -> None:
    assert labels_in(cell, {"upah rendah"}) == found


def test_a_theme_before_the_code_in_one_cell() -> None:
    result = read(
        table(
            ("Transkrip", "Koding"),
            ("P: Penghasilan?", ""),
            ("J: Kirim ke desa lima ratus.", "Siasat > remitan"),
            ("P: Sakit?", ""),
            ("J: Tipes dua minggu.", "Kerentanan > sakit\npendapatan > 100 ribu"),
        )
    )

    assert coded(result) == [
        ("Siasat > remitan", "Kirim ke desa lima ratus."),
        ("Kerentanan > sakit", "Tipes dua minggu."),
        ("pendapatan > 100 ribu", "Tipes dua minggu."),
    ]
    assert [code.name for code in result.corpus.codebook if not code.parent] == [
        "Siasat",
        "Kerentanan",
        "pendapatan > 100 ribu",
    ]
