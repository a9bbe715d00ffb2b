"""Transcripts typed in a hurry: colons left out, numbers that miscount, brackets not closed, labels written in two ways."""

from __future__ import annotations

import pytest

from qualcode.files.document import Format
from qualcode.importers._base import ImportOptions, ImportResult, Source
from qualcode.importers.turns import find_turns
from qualcode.importers.txt import TxtImporter


def read(text: str) -> ImportResult:
    return TxtImporter().read(Source("wawancara.txt", text.encode()), ImportOptions())


def turns(result: ImportResult) -> list[tuple[str, str, str]]:
    transcript = result.corpus.transcripts[0]
    return [(t.speaker, t.role.value, t.span.of(transcript.text)) for t in transcript.turns]


def levels(result: ImportResult) -> list[str]:
    return [finding.level for finding in result.findings]


def test_labels_of_the_legend_may_lack_their_colon_from_the_first_line_on() -> None:
    result = read(
        "Petani garam\nKet: P Peneliti, I Informan\nP Pripun panen niki Pak?\nI Elek mas. Udan terus.\nP : Harganya?\nI 700 sekilo.\n"
        "P Lahan sendiri?\nI : Bagi hasil.\nP Nggih Pak.\n"
    )

    assert [(role, said) for _, role, said in turns(result)] == [
        ("interviewer", "Pripun panen niki Pak?"),
        ("informant", "Elek mas. Udan terus."),
        ("interviewer", "Harganya?"),
        ("informant", "700 sekilo."),
        ("interviewer", "Lahan sendiri?"),
        ("informant", "Bagi hasil."),
        ("interviewer", "Nggih Pak."),
    ]
    assert "doubtful" in levels(result)


@pytest.mark.parametrize("sign", [". ", " . ", " - ", " – ", " ; ", ";"])
def test_another_sign_where_the_colon_should_be(sign: str) -> None:
    result = read(f"P : Apa?\nN : Warung.\nP : Lama?\nN{sign}Sudah lama.\nP : Ramai?\nN : Sepi.\n")

    assert [said for _, _, said in turns(result)] == ["Apa?", "Warung.", "Lama?", "Sudah lama.", "Ramai?", "Sepi."]
    assert "doubtful" in levels(result)


def test_a_name_that_begins_with_a_label_begins_no_turn() -> None:
    """``I Made`` is who is talked of, and whoever speaks below is the informant already."""
    result = read("P : Siapa yang bantu?\nI : Adik saya,\nI Made Sudarma.\nP : Dari mana?\nI : Gianyar.\n")

    assert [said for _, _, said in turns(result)][1] == "Adik saya,\nI Made Sudarma."


def test_numbers_behind_labels_may_miscount_once() -> None:
    result = read(
        "P1: Mulainya gimana?\nN1: Iseng aja.\nP2: Sudah lama?\nN2: Sudah.\nP3: Siapa bantu?\nN3: Tetangga.\nP4: Kendalanya?\n"
        "N4: Minyak.\nP4: Jualnya?\nN5: Titip.\nP6: Pinjam?\nN6: KUR.\n"
    )

    assert [(speaker, role) for speaker, role, _ in turns(result)] == [("P", "interviewer"), ("N", "informant")] * 6


def test_numbers_of_participants_are_no_count_of_questions() -> None:
    result = read(
        "M: Silakan.\nP1: Saya dulu.\nP2: Saya juga.\nP3: Sama.\nM: Lalu?\nP2: Begitu.\nP1: Ya.\nP3: Tidak.\nP1: Betul.\nP2: Iya.\n"
    )

    assert {speaker for speaker, _, _ in turns(result)} == {"M", "P1", "P2", "P3"}


def test_a_number_written_on_to_its_word_is_the_same_informant() -> None:
    result = read(
        "Peneliti : Apa?\nInforman 1 : Ojek.\nPeneliti : Lama?\nInforman1 : Lima tahun.\nPeneliti : Terus?\nInforman 1 : Begitu.\n"
    )

    assert len(result.corpus.informants) == 1


def test_a_time_whose_bracket_was_not_closed() -> None:
    result = read(
        "[00:00:04] P: Sudah lama?\n[00:00:09] N: Sudah.\n[00:01:10 P: Berapa orang?\n[00:01:13] N: Enam.\n[00:01:20] P: Harian?\n"
    )

    assert [(speaker, said) for speaker, _, said in turns(result)][2] == ("P", "Berapa orang?")


def test_role_words_in_brackets_are_labels() -> None:
    result = read(
        "[Pewawancara] Kenapa cukur?\n[Akang Dede] Turun temurun.\n[Pewawancara] Sehari berapa\n[Akang Dede] Lima belas. [tertawa]\n"
    )

    assert [(role, said) for _, role, said in turns(result)] == [
        ("interviewer", "Kenapa cukur?"),
        ("informant", "Turun temurun."),
        ("interviewer", "Sehari berapa"),
        ("informant", "Lima belas. [tertawa]"),
    ]


def test_marks_in_brackets_at_the_beginning_of_lines_are_no_labels() -> None:
    result = read("[tertawa] Ya begitu.\n[jeda] Anu.\n[tertawa] Begitu.\n[jeda] Ya.\n")

    assert not [turn for transcript in result.corpus.transcripts for turn in transcript.turns]


_DIALOGUE = (
    "- Bang, masih banyak yang mangkal di sini?\n- Tinggal delapan. Dulu empat puluh.\n- Pada ke mana?\n- Pindah, nggak kuat.\n"
    "- Nggak mau coba belajar?\n- Mata udah nggak awas.\n- Terus sehari dapet berapa?\n- Kadang tiga tarikan.\n"
)


def test_hyphens_before_question_and_answer_are_a_dialogue() -> None:
    result = read(f"Ojek pangkalan, Pasar Minggu\n\n{_DIALOGUE}")

    assert [role for _, role, _ in turns(result)] == ["interviewer", "informant"] * 4


def test_a_list_with_hyphens_is_no_dialogue() -> None:
    result = read("Yang dibawa\n\n- tahu\n- tempe\n- Apa lagi?\n- gula\n- kopi\n- Lalu?\n- teh\n- Cukup?\n")

    assert not [turn for transcript in result.corpus.transcripts for turn in transcript.turns]


def test_what_is_bold_between_two_answers_asks_without_a_question_mark() -> None:
    lines = [
        ("Sudah berapa lama jadi PRT?", True),
        ("Dari umur 16, sekarang saya 31.", False),
        ("Jam kerjanya bagaimana", True),
        ("Kalau nginep nggak ada jamnya.", False),
        ("Jadi benang ditanggung sendiri", True),
        ("Iya, saya tanggung.", False),
        ("Berapa gajinya?", True),
        ("Satu juta, makan ikut.", False),
        ("Harapan", True),
        ("Apa harapan Mbak?", True),
        ("Ya disahkan aja.", False),
    ]
    text, formats = "", []
    for line, bold in lines:
        if bold:
            formats.append(Format(len(text), len(text) + len(line), bold=True, italic=False))
        text += line + "\n"
    layout = find_turns(text, formats=formats, emphasised=[f.start for f in formats])

    asked = [text[s.start : s.end] for s in layout.spoken if layout.speakers[s.speaker].role.asks]
    assert asked == [line for line, bold in lines if bold and line != "Harapan"]
    assert ["Harapan"] == [span.of(text) for span in layout.unassigned]


def test_codes_that_say_so_in_brackets_are_read_from_plain_text() -> None:
    result = read(
        "Peneliti: Kenapa?\nInforman: Karena tidak punya tanah. [Kode: ketiadaan lahan]\nPeneliti: Takut?\nInforman: Takut, tapi lapar. [Kode: terpaksa]\n"
    )

    names = {code.key: code.name for code in result.corpus.codebook}
    text = result.corpus.transcripts[0].text
    assert [(names[c.code], c.span.of(text)) for c in result.corpus.codings] == [
        ("ketiadaan lahan", "Karena tidak punya tanah."),
        ("terpaksa", "Takut, tapi lapar."),
    ]
