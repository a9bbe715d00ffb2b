"""Finding the talk: speakers, turns, and what belongs to none of them."""

from __future__ import annotations

import time
from collections.abc import Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qualcode.importers import ImportOptions, Source, registry
from qualcode.importers.turns import Layout, find_turns
from qualcode.model import Kind, Role, Span

ASKS, ANSWERS = Role.INTERVIEWER, Role.INFORMANT


def said(text: str, **options: Role) -> list[tuple[str, str]]:
    """Return label and words of each turn."""
    layout = find_turns(text, speakers=options)
    return [(layout.speakers[s.speaker].label, text[s.start : s.end]) for s in layout.spoken]


def roles(text: str, **options: Role) -> dict[str, Role]:
    """Return the role of each speaker."""
    return {s.label: s.role for s in find_turns(text, speakers=options).speakers}


def loose(text: str) -> list[str]:
    """Return what belongs to no turn."""
    return [span.of(text) for span in find_turns(text).unassigned]


@pytest.mark.parametrize(
    "lines",
    [
        ["P: Kerja apa?", "N: Jualan."],
        ["P : Kerja apa?", "N : Jualan."],
        ["P\t: Kerja apa?", "N\t: Jualan."],
        ["P\u00a0: Kerja apa?", "N\u00a0:\u00a0Jualan."],
        ["P：Kerja apa?", "N：Jualan."],
        ["p: Kerja apa?", "n: Jualan.", "p: Apa?", "n: Itu.", "p: Oh?", "n: Ya."],
        ["**P:** Kerja apa?", "**N:** Jualan."],
        ["**P** : Kerja apa?", "__N__: Jualan."],
        ["- P: Kerja apa?", "- N: Jualan."],
        ["1. P: Kerja apa?", "2. N: Jualan."],
        ["12\tP\t: Kerja apa?", "13\tN\t: Jualan."],
        ["[00:12:31] P: Kerja apa?", "[00:12:40] N: Jualan."],
        ["P [00:12:31]: Kerja apa?", "N (00:12:40): Jualan."],
        ["00:12:31 P: Kerja apa?", "00:12:40 N: Jualan."],
        ["Pewawancara: Kerja apa?", "Informan 1: Jualan."],
        ["PENELITI : Kerja apa?", "INFORMAN KUNCI : Jualan."],
        ["Interviewer: Kerja apa?", "Respondent: Jualan."],
        ["Tanya: Kerja apa?", "Jawab: Jualan."],
        ["Peneliti: Kerja apa?", "Ibu Sarni (informan): Jualan."],
        ["Peneliti: Kerja apa?", "Narasumber (sambil tertawa): Jualan."],
        ["Pewawancara:", "Kerja apa?", "", "Narasumber:", "Jualan."],
        ["Pewawancara", "Kerja apa?", "", "Narasumber", "Jualan.", "Pewawancara", "Oh?", "Narasumber", "Ya."],
        ["Pewawancara\tKerja apa?", "Narasumber\tJualan.", "Pewawancara\tOh?", "Narasumber\tYa."],
        ["Ket: P = Pewawancara, N = Narasumber", "P - Kerja apa?", "N - Jualan."],
        ["Ket: P = Pewawancara, N = Narasumber", "P Kerja apa?", "N Jualan."],
        ["Ket: P = Pewawancara, N = Narasumber", "(P) Kerja apa?", "(N) Jualan."],
        ["[P]: Kerja apa?", "[N]: Jualan."],
        ["(P) Kerja apa?", "(N) Jualan.", "(P) Oh?", "(N) Ya."],
    ],
)
def test_forms_of_labels(lines: list[str]) -> None:
    """Whatever marks the label, the turn is the words behind it and the one who asks is the interviewer."""
    text = "\n".join(lines)
    layout = find_turns(text)

    assert [text[s.start : s.end] for s in layout.spoken][:2] == ["Kerja apa?", "Jualan."]
    assert [s.role for s in layout.speakers] == [ASKS, ANSWERS]


@pytest.mark.parametrize(
    "legend",
    [
        "Keterangan: P: Pewawancara N: Narasumber A: Anak narasumber",
        "Keterangan : P = Pewawancara, N = Narasumber, A = Anak narasumber",
        "Ket. : P – Pewawancara; N – Narasumber; A – Anak narasumber",
        "Keterangan:\nP : Pewawancara\nN : Narasumber\nA : Anak narasumber",
        "Keterangan\n\nP = Pewawancara\nN = Narasumber\nA = Anak narasumber\n",
        "P: Pewawancara | N: Narasumber | A: Anak N",
        "P : Pewawancara\nN : Narasumber\nA : Anak",
        "Pewawancara (P), Narasumber (N), Anak narasumber (A)",
        "**Keterangan:** **P**: Pewawancara, **N**: Narasumber, **A**: Anak narasumber",
        "(P) Pewawancara (N) Narasumber (A) Anak narasumber",
        "Legend: P: interviewer, N: informant, A: child",
        "Keterangan: P: PewawancaraN: NarasumberA: Anak narasumber",
        "Keterangan: P Pewawancara N Narasumber A Anak narasumber",
        "Keterangan: P. Pewawancara, N. Narasumber, A. Anak narasumber",
        "Keterangan:\nP\tPewawancara\nN\tNarasumber\nA\tAnak narasumber\n",
        "| Kode | Keterangan |\n| P | Pewawancara |\n| N | Narasumber |\n| A | Anak narasumber |",
        "P\tPewawancara\nN\tNarasumber\nA\tAnak narasumber",
        "Keterangan: [P] Pewawancara [N] Narasumber [A] Anak narasumber",
        "Pewawancara (P) : Rani\nNarasumber (N) : Bu Sarni\nAnak narasumber (A) : Tono",
        "Kode pembicara:\nP = Pewawancara\nN = Narasumber\nA = Anak narasumber",
    ],
)
def test_forms_of_legends(legend: str) -> None:
    """The legend decides who is who, in all its forms, and is no turn."""
    text = f"{legend}\nP : Mulai ya.\nN : Apa? Gimana?\nA : Mak.\nP : Sudah.\nN : Berapa? Kenapa?\n"

    assert roles(text) == {"P": ASKS, "N": ANSWERS, "A": Role.BYSTANDER}
    assert len(said(text)) == 5
    assert loose(text) == []


@pytest.mark.parametrize(
    "legend",
    [
        "Keterangan: P: Penjual, S: Peneliti",
        "Keterangan:\nP = Penjual\nS = Peneliti",
        "Ket:\n\nP : Penjual\nS : Peneliti",
    ],
)
def test_legend_at_the_end(legend: str) -> None:
    """A legend below the talk says who is who, and is neither turn nor unassigned."""
    text = f"P: Apa? Berapa?\nS: Ya.\nP: Kenapa?\nS: Hm.\nP: Gimana?\nS: Oh.\n\n{legend}\n"
    layout = find_turns(text)

    assert {s.label: s.role for s in layout.speakers} == {"P": ANSWERS, "S": ASKS}
    assert text[layout.spoken[-1].start : layout.spoken[-1].end] == "Oh."
    assert (len(layout.spoken), layout.unassigned) == (6, ())


def test_note_among_the_turns_is_no_legend() -> None:
    """A remark that begins as a legend does, but explains no label, changes nobody's role."""
    text = "P: Apa?\nN: Itu.\nKet: ia Peneliti muda: X = Y.\nP: Oh?\nN: Ya.\n"

    assert roles(text) == {"P": ASKS, "N": ANSWERS}
    assert find_turns(text).legend == ()


@pytest.mark.parametrize(
    "second", ["Keterangan: P: Partisipan, N: Peneliti", "Keterangan:\nP: Partisipan\nN: Peneliti"]
)
def test_a_legend_among_the_turns_holds_from_where_it_stands(second: str) -> None:
    """Above it the first holds; both are said with their lines, and who asks is to be checked."""
    above = "Keterangan: P: Pewawancara, N: Narasumber\n\nP: Kerja apa, Bu?\nN: Jualan nasi uduk.\n\n"
    text = f"{above}{second}\n\nP: Saya jualan ayam.\nN: Sejak kapan?\nP: Kemarin.\nN: Ramai?\nP: Ramai.\n"
    layout = find_turns(text)
    turns = layout.turns({"P": "p", "N": "n"})

    told = [(t.speaker, t.role, t.informant) for t in turns]
    assert told[:2] == [("P", ASKS, None), ("N", ANSWERS, "n")]
    assert [t[0] for t in told[2:]] == ["P", "N", "P", "N", "P"]
    assert {t[1:] for t in told[2:] if t[0] == "N"} == {(ASKS, None)}
    assert {t[2] for t in told[2:] if t[0] == "P"} == {"p"}
    assert not any(speaker.sure for speaker in layout.speakers)
    line = above.count("\n") + 1
    assert [(name, text.count("\n", 0, at) + 1, what["label"], what["line"]) for name, at, what in layout.doubts] == [
        ("changed", line, "P", 1),
        ("changed", line, "N", 1),
    ]
    told_by_user = find_turns(text, speakers={"P": Role.INTERVIEWER, "N": Role.INFORMANT})
    assert len(told_by_user.speakers) == 2


def test_two_legends_that_differ() -> None:
    """The one nearer to the talk holds, its roles are to be checked, and both meanings are said."""
    text = "Keterangan: P = Pewawancara, I = Informan\nLampiran 2\nKeterangan: P = Partisipan, I = Interviewer\n\nP: Ya.\nI: Oh.\nP: Itu.\nI: Hm.\n"
    layout = find_turns(text)

    assert [(s.label, s.role, s.sure) for s in layout.speakers] == [("P", ANSWERS, False), ("I", ASKS, False)]
    assert [(name, what["one"], what["other"]) for name, _, what in layout.doubts if name == "disputed"] == [
        ("disputed", "Partisipan", "Pewawancara"),
        ("disputed", "Interviewer", "Informan"),
    ]


def test_two_legends_that_agree_are_no_doubt() -> None:
    """The same said twice, in other words, is not disputed."""
    text = "Keterangan: P = Pewawancara, I = Informan\n\nKet: P: Peneliti, I: Narasumber\n\nP: Ya.\nI: Oh.\nP: Itu.\nI: Hm.\n"

    assert all(s.sure for s in find_turns(text).speakers)
    assert find_turns(text).doubts == ()


def test_legend_and_labels_that_do_not_meet() -> None:
    """A label of the legend that nobody bears, and a label that the legend does not explain, are said."""
    text = "Keterangan: P: Peneliti, I: Informan, K: Kader\nP: Apa?\nI: Itu.\nM: Eh.\nP: Oh?\nI: Ya.\nM: Lho.\n"
    layout = find_turns(text)

    assert [(name, what["label"]) for name, _, what in layout.doubts] == [("unexplained", "M")]
    assert [(note.rule, note.line, note.parameters["label"]) for note in layout.notes] == [("legend", 1, "K")]
    assert roles(text)["M"] is Role.OTHER


@pytest.mark.parametrize(
    "text", ["I : Kalian semua?\nR1 : Iya.\n", "P: Siapa semua? N: Anak saya.\n", "P : Anak semua di sini\nN : Ya.\n"]
)
def test_speech_with_a_role_word_is_no_legend(text: str) -> None:
    """What somebody says may hold *anak* or *semua*; only what is nothing but a role explains a label."""
    assert find_turns(text * 3).legend == ()


@pytest.mark.parametrize("sign", [".", ")", " –", " -", " =", " |", " >"])
def test_labels_without_colon_or_legend(sign: str) -> None:
    """Letters that begin most lines are labels, whatever sign follows them; that is said."""
    text = "".join(f"P{sign} {q}?\nN{sign} {a}.\n" for q, a in [("Apa", "Itu"), ("Oh", "Ya"), ("Lama", "Lama")])
    layout = find_turns(text)

    assert said(text)[:2] == [("P", "Apa?"), ("N", "Itu.")]
    assert [s.role for s in layout.speakers] == [ASKS, ANSWERS]
    assert [name for name, *_ in layout.doubts] == ["signs"]


@pytest.mark.parametrize(
    "text",
    [
        "1. Apa pekerjaan Anda?\nA. Penjual\nB. Buruh\nC. Lainnya\n2. Sejak kapan?\nA. Lama\nB. Baru\nC. Tidak tahu\n",
        "A. Pendahuluan\nPasar itu ramai.\nB. Isi\nBanyak pedagang di sana.\nA. Lagi\nB. Lagi\nRamai.\nSepi.\nRamai.\nSepi.\nHujan.\n",
    ],
)
def test_enumerations_are_no_labels(text: str) -> None:
    """Choices of a questionnaire and sections of a paper begin with letters too."""
    assert find_turns(text).spoken == ()


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("Pewancara", "Pewawancara"),
        ("Pewawacara", "Pewawancara"),
        ("Naarsumber", "Narasumber"),
        ("Narasumbe", "Narasumber"),
    ],
)
def test_slip_in_a_label(slip: str, meant: str) -> None:
    """A label with a slip of the keyboard is whose it must be; that is said."""
    text = f"Pewawancara: Apa?\nNarasumber: Itu.\n{slip}: Oh.\nPewawancara: Lama?\nNarasumber: Ya.\n"
    layout = find_turns(text)

    assert said(text)[2] == (meant, "Oh.")
    assert [(name, what["label"], what["speaker"]) for name, _, what in layout.doubts] == [("slip", slip, meant)]


def test_likeness_alone_makes_nobody_somebody_else() -> None:
    """Other numbers, other role words and names that come back are other people."""
    labels = ["Informan 1", "Informan 2", "Peserta A", "Peserta B", "Bu Sari", "Bu Sarni", "Penjual", "Penjahit"]
    text = "".join(f"{label}: Ya.\n{label}: Oh.\n" for label in labels)

    assert list(roles(text)) == labels


def test_forms_of_address_name_one_person() -> None:
    """``Ibu Sarni`` and ``Bu Sarni`` are one, ``Pak Sarni`` is not."""
    text = "P: Apa?\nIbu Sarni: Itu.\nP: Oh?\nBu Sarni: Ya.\nPak Sarni: Lho.\nP: Hm?\nIbu Sarni: Ya.\nPak Sarni: Eh.\n"

    assert list(roles(text)) == ["P", "Ibu Sarni", "Pak Sarni"]


def test_letter_introduced_beside_the_role_word() -> None:
    """``Narasumber (N):`` goes on as ``N:``."""
    text = "Pewawancara (P): Apa?\nNarasumber (N): Itu.\nP: Oh?\nN: Ya.\nP: Lama?\nN: Lama.\n"

    assert roles(text) == {"Pewawancara": ASKS, "Narasumber": ANSWERS}


def test_numbers_in_speech_are_no_times() -> None:
    """``P1 : 2023 memang`` is what P1 says; ``Jam 16:30`` is a time."""
    text = "Moderator : Kapan?\nP1 : 2024.\nP2 : 23 ya.\nP1 : 2023 memang. Jam 7:30.\nP2:\nJam 16:30.\n"

    assert said(text)[1:4] == [("P1", "2024."), ("P2", "23 ya."), ("P1", "2023 memang. Jam 7:30.")]


def test_talk_in_one_line() -> None:
    """All turns in one paragraph are told apart by labels that come back; that is said."""
    text = "P: Apa? N: Itu. P: Sudah lama ya? N: Lama, dari kecil. P: Oh? N: Ya."
    layout = find_turns(text)

    assert said(text)[2:4] == [("P", "Sudah lama ya?"), ("N", "Lama, dari kecil.")]
    assert roles(text) == {"P": ASKS, "N": ANSWERS}
    assert {name for name, *_ in layout.doubts} == {"inside"}


@pytest.mark.parametrize(
    "words",
    [
        "Dia bilang. Maksudnya: sabar.",
        "Begini. N: lagi saya.",
        "Pagi. Jam: lima. Kata dia: ya.",
        "Lihat http://x.example. Rp: 500.",
    ],
)
def test_words_within_a_line_begin_no_turn(words: str) -> None:
    """Neither a word with a colon nor the label of whoever speaks already."""
    assert said(f"P: Terus?\nN: {words}\nP: Oh?\nN: Ya.")[1] == ("N", words)


def test_other_scripts() -> None:
    """Labels and questions in a script without capitals, from right to left, and emoji are read like others."""
    text = "الباحث: كيف الحال؟\nالمشارك: الحمد لله 😀\n" * 3
    layout = find_turns(text)

    assert [s.role for s in layout.speakers] == [ASKS, ANSWERS]
    assert said(text)[1] == ("المشارك", "الحمد لله 😀")


def test_legend_goes_before_letters_and_questions() -> None:
    """A legend that says "P: Penjual" makes P the informant, however much P asks."""
    text = "Keterangan: P: Penjual, S: Peneliti\nP: Apa? Berapa?\nS: Ya.\nP: Kenapa?\nS: Hm.\n"

    assert roles(text) == {"P": ANSWERS, "S": ASKS}


def test_heading_at_the_end_of_the_legend_is_unassigned() -> None:
    """The heading glued to the legend is neither a meaning nor lost."""
    text = "Keterangan: P: Pewawancara N: Narasumber A: Anak narasumber Demografi\nP : Umur berapa?\nN : Lima.\n"

    assert {item.label: item.meaning for item in find_turns(text).legend}["A"] == "Anak narasumber"
    assert loose(text) == ["Demografi"]


@pytest.mark.parametrize("letters", ["PN", "PI", "TJ", "QA", "WS", "YI", "IR", "SP", "IP", "NP"])
def test_who_asks_decides_without_legend(letters: str) -> None:
    """No letter has a role of its own; the share of questions has."""
    asker, other = letters[0], letters[1]
    text = "".join(
        f"{asker}: {question}\n{other}: {answer}\n"
        for question, answer in [
            ("Sudah lama jualan?", "Lama, dari sebelum anak saya lahir, di depan stasiun."),
            ("Berapa sehari", "Nggak tentu, kadang lima puluh, kadang seratus, tergantung hujan."),
            ("Kenapa nggak pindah?", "Males, udah kenal sama orang-orang di situ semua."),
            ("Terus gimana?", "Ya gitu."),
        ]
    )
    layout = find_turns(text)

    assert {s.label: s.role for s in layout.speakers} == {asker: ASKS, other: ANSWERS}
    assert all(s.sure for s in layout.speakers)


def test_unclear_roles_are_not_sure() -> None:
    """Where both ask as much, a role is proposed and marked to be checked."""
    layout = find_turns("X: Ya.\nK: Ya.\nX: Begitu.\nK: Begitu.\nX: Baik.\nK: Baik.\n")

    assert not any(s.sure for s in layout.speakers)
    assert {s.role for s in layout.speakers} == {ASKS, ANSWERS}


def test_user_goes_before_everything() -> None:
    """--speaker corrects legend, words and guesses, and finds labels that nothing else would."""
    text = "Keterangan: P: Pewawancara, N: Narasumber\nP: Apa?\nN: Itu.\nkakak ipar: Hei.\n"

    assert roles(text, p=ANSWERS, N=ASKS) == {"P": ANSWERS, "N": ASKS}
    layout = find_turns(text, speakers={"Kakak  Ipar": Role.BYSTANDER})
    assert layout.speakers[-1].role is Role.BYSTANDER


ABSENT = {"Q": ASKS, "Mandor": Role.BYSTANDER}


@pytest.mark.parametrize(
    "text",
    [
        "Pewawancara\tKerja apa?\nNarasumber\tJualan.\nPewawancara\tOh?\nNarasumber\tYa.\n",
        "Pewawancara\nKerja apa?\n\nNarasumber\nJualan.\nPewawancara\nOh?\nNarasumber\nYa.\n",
        "# Catatan lapangan\n\nPagi itu: ramai.\nPenjual: mahal.\nQ dan lain-lain.\n",
        "Ket: P = Pewawancara, N = Narasumber\nP - Kerja apa?\nN - Jualan.\n",
    ],
)
def test_labels_of_other_files_change_nothing(text: str) -> None:
    """Roles given for labels that this file has not leave its reading as it is."""
    assert find_turns(text, speakers=ABSENT) == find_turns(text)


def test_one_label_of_a_table_may_be_corrected() -> None:
    """Correcting one of two speakers loses neither."""
    text = "Pewawancara\tApa?\nNarasumber\tItu.\nPewawancara\tOh?\nNarasumber\tYa.\n"

    assert roles(text, Narasumber=Role.BYSTANDER) == {"Pewawancara": ASKS, "Narasumber": Role.BYSTANDER}


def test_given_labels_are_found_without_a_colon() -> None:
    """Labels that the user names need neither a legend nor a colon."""
    text = "X - Kerja apa?\nK - Jualan.\nX - Oh?\nK - Ya.\n"

    assert roles(text, X=ASKS, K=ANSWERS) == {"X": ASKS, "K": ANSWERS}


def test_labels_that_count_the_questions_are_two_speakers() -> None:
    """P1, J1, P2, J2 … are one who asks and one who answers."""
    text = "P1: Kerja apa?\nJ1: Jualan.\nP2: Lama?\nJ2: Lama.\nP3: Betah?\nJ3: Betah.\n"

    assert roles(text) == {"P": ASKS, "J": ANSWERS}

    assert roles("Pertanyaan 1: Apa?\nJawaban 1: Itu.\nPertanyaan 2: Oh?\nJawaban 2: Ya.\n") == {
        "Pertanyaan": ASKS,
        "Jawaban": ANSWERS,
    }


def test_researcher_may_be_called_saya() -> None:
    """Who writes down their own interview is ``Saya``; one quotation of oneself is not."""
    text = "Saya: Apa?\nBu Sarni: Itu.\nSaya: Oh?\nBu Sarni: Ya.\nSaya: Hm?\n"

    assert roles(text) == {"Saya": ASKS, "Bu Sarni": ANSWERS}
    assert said("P: Apa?\nN: Begini.\nSaya: nggak.\nP: Oh?\nN: Ya.")[1] == ("N", "Begini.\nSaya: nggak.")


def test_participants_that_come_back_are_people() -> None:
    """P1 and P2 in a group are not questions."""
    text = "FGD\nM: Siapa?\nP1: Saya.\nP2: Saya juga.\nM: Apa?\nP1: Itu.\nP3: Ya.\nSemua: Iyaaa.\n"

    assert roles(text) == {
        "M": Role.MODERATOR,
        "P1": Role.PARTICIPANT,
        "P2": Role.PARTICIPANT,
        "P3": Role.PARTICIPANT,
        "Semua": Role.TOGETHER,
    }


def test_group_by_its_words() -> None:
    """Moderator, participants, notes and all together; an informant beside a moderator is a participant."""
    text = "Moderator: Apa?\nPeserta 1: A.\nPeserta 2: B.\nInforman 3: C.\nNotulen: Jeda.\nSemua peserta: Ya.\n"

    assert list(roles(text).values()) == [
        Role.MODERATOR,
        Role.PARTICIPANT,
        Role.PARTICIPANT,
        Role.PARTICIPANT,
        Role.NOTETAKER,
        Role.TOGETHER,
    ]


def test_occupation_is_an_informant_unless_one_is_named() -> None:
    """Penjual answers; where a Narasumber does, a Penjual only passes by."""
    alone = "Peneliti: Apa?\nPenjual: Nasi.\nPeneliti: Oh?\nPenjual: Ya.\n"
    beside = "Peneliti: Apa?\nNarasumber: Nasi.\nPenjual: Es!\nPeneliti: Oh?\nNarasumber: Ya.\n"

    assert roles(alone)["Penjual"] is ANSWERS
    assert roles(beside)["Penjual"] is Role.BYSTANDER


def test_names_in_the_header_give_roles() -> None:
    """``Pewawancara : Rani`` says who Rani is, even if she never asks."""
    text = (
        "Pewawancara : Rani Kusuma\nTempat : warung\n\nRani: Oh begitu.\nBu Sarni: Gimana?\nRani: Ya.\nBu Sarni: Apa?\n"
    )

    assert roles(text) == {"Rani": ASKS, "Bu Sarni": ANSWERS}


def test_prose_with_colons_is_no_speaker() -> None:
    """Times, addresses, quotations and notes stay in the turn."""
    words = (
        "Jam: lima saya bangun.\nhttp://contoh.example ya.\nKatanya: sabar.\nMaksudnya: gitu.\nJam 16:30 pulang.\n"
        "misalnya: es.\nCatatan kecil itu hilang.\n(tertawa): iya.\n[jeda]: hm.\nRp: 5000."
    )
    text = f"P: Terus?\nN: {words}\nP: Oh?\nN: Ya."

    assert said(text) == [("P", "Terus?"), ("N", words), ("P", "Oh?"), ("N", "Ya.")]


def test_label_seen_once_is_doubtful() -> None:
    """A capitalised word before a colon, seen once, stays in the turn and is said; a role word is taken."""
    text = "P: Terus?\nN: Begini.\nSatpam: Permisi.\nKeputusan: saya pindah.\nP: Oh?\nN: Ya."
    layout = find_turns(text)

    assert ("Satpam", "Permisi.\nKeputusan: saya pindah.") in said(text)
    assert [(kind, parameters["label"]) for kind, _, parameters in layout.doubts] == [
        ("once", "Satpam"),
        ("kept", "Keputusan"),
    ]


def test_list_of_things_is_nobody() -> None:
    """``Anak: jajan`` below ``Gas: tiga hari`` lists, as long as no child speaks elsewhere."""
    words = "Beras: dua liter.\nGas: tiga hari.\nAnak: jajan."

    assert said(f"P: Apa?\nN: {words}\nP: Oh?\nN: Ya.")[1] == ("N", words)
    assert said(f"P: Apa?\nN: {words}\nAnak: Mak.\nP: Oh?\nN: Ya.")[2] == ("Anak", "jajan.")


def test_several_of_one_kind_are_participants() -> None:
    """``Anak 1`` and ``Anak 2`` with one who leads are the group; a buyer beside the seller passes by."""
    text = "Fasilitator: Apa?\nAnak 1: Itu.\nAnak 2: Ini.\nFasilitator: Oh?\nAnak 1: Ya.\nAnak 2: Ya.\n"

    assert list(roles(text).values()) == [Role.MODERATOR, Role.PARTICIPANT, Role.PARTICIPANT]
    text = "Peneliti: Apa?\nPenjual: Itu.\nPembeli: Berapa?\nPenjual: Dua.\nPembeli: Mahal.\nPeneliti: Oh?\n"
    assert list(roles(text).values()) == [ASKS, ANSWERS, Role.BYSTANDER]


def test_joined_labels_speak_together() -> None:
    """``N1 & N2`` is both of them, and neither alone; so is one of the others."""
    text = "P: Apa?\nN1: Itu.\nN2: Ini.\nP: Oh?\nN1 & N2: Ya.\nN2: Lho.\nN1: Eh.\nPeserta lain: Hm.\n"

    assert roles(text)["N1 & N2"] is Role.TOGETHER
    assert roles(text)["Peserta lain"] is Role.TOGETHER


def test_single_label_does_not_give_questions_to_the_informant() -> None:
    """Where the answers alone have labels, the questions between belong to no turn."""
    text = "".join(f"{n}. Apa kendala ke-{n}?\nJawab: Hujan\n\nterus.\n" for n in range(1, 7))

    assert said(text)[0] == ("Jawab", "Hujan\n\nterus.")
    assert loose(text)[1] == "2. Apa kendala ke-2?"
    assert find_turns("Interviewee: Sarni\n\nCerita panjang.\n\nInterviewee: lagi\n").spoken == ()


def test_list_of_participants_is_no_turn() -> None:
    """``Peserta:`` above a list and ``Moderator: Rani`` above the talk are header."""
    text = "FGD\nPeserta:\n1. Ani (30 th)\n2. Budi\nModerator: Rani\n\nModerator: Apa?\nAni: Itu.\nBudi: Ini.\nAni: Ya.\nBudi: Ya.\n"

    assert said(text)[0] == ("Moderator", "Apa?")
    assert list(roles(text)) == ["Moderator", "Ani", "Budi"]


def test_times_become_seconds() -> None:
    """Times before and behind labels are kept."""
    text = "[00:12:31] P: Apa?\nN (1:05): Itu.\n00:00:02.5 P: Oh?\nN: Ya."

    assert [s.time for s in find_turns(text).spoken] == [751.0, 65.0, 2.5, None]


@pytest.mark.parametrize(
    "heading",
    [
        "Demografi",
        "Jaminan Sosial",
        "B. Kondisi kerja",
        "III. HARAPAN",
        "TANTANGAN DAN STRATEGI",
        "## Kerja",
        "**Kerja**",
        "Bagian 2: Kerja",
    ],
)
def test_headings_between_turns_are_unassigned(heading: str) -> None:
    """A heading before a label belongs to no turn."""
    text = f"P: Terus?\nN: Begitu.\n{heading}\nP: Oh?\nN: Ya."

    assert loose(text) == [heading]
    assert said(text)[1] == ("N", "Begitu.")


@pytest.mark.parametrize(
    "last",
    ["Iya gitu", "Alhamdulillah", "nggak tau", "Saya mah diem", "1. Beras\n2. Gula", "…", "😀", "Jualan di situ."],
)
def test_last_lines_of_speech_are_no_headings(last: str) -> None:
    """What people say last, however short, stays theirs."""
    text = f"P: Terus?\nN: Begitu.\n{last}\nP: Oh?\nN: Ya."

    assert said(text)[1] == ("N", f"Begitu.\n{last}")


def test_notes_and_end_marks_are_cut() -> None:
    """The researcher's note, ornaments and the end mark are no speech."""
    text = "P: Terus?\nN: Ya.\n***\nP: Makasih?\nN: Sama-sama.\n\nCatatan peneliti: ia lelah.\nBesok lagi.\n\n-- Selesai --\n"

    assert said(text)[-1] == ("N", "Sama-sama.")
    assert loose(text)[-1] == "Catatan peneliti: ia lelah.\nBesok lagi.\n\n-- Selesai --"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("# Catatan lapangan\n\nPagi itu: ramai. Penjual: mahal.", Kind.OBSERVATION),
        ("Jenis: observasi\n\nPasar ramai.", Kind.OBSERVATION),
        ("Jurnal reflektif\n\nSaya ragu.", Kind.JOURNAL),
        ("Jenis: dokumen\n\nPasal 1.", Kind.DOCUMENT),
        ("Pasar ramai sekali hari ini.\n\nAda tiga: es, kopi, teh.", None),
    ],
)
def test_sources_without_talk(text: str, kind: Kind | None) -> None:
    """The header says what it is; nothing is made a turn."""
    layout = find_turns(text)

    assert layout.kind is kind
    assert layout.spoken == ()


LABELS = st.sampled_from(
    ["P", "N", "A", "Pewawancara", "Informan 1", "Ibu Sarni", "Semua", "Moderator", "Jam", "Catatan", "**P"]
)
WORDS = st.text(st.sampled_from("abc IYA😀\u0301\u00a0:.?!()[]*#-_…“”\t12,;=|"), max_size=25)
LINE = st.one_of(
    st.builds("{}: {}".format, LABELS, WORDS),
    st.builds("{} : {}".format, LABELS, WORDS),
    st.builds("Usia : {}".format, WORDS),
    st.builds("Nama\t{}".format, WORDS),
    st.builds("Keterangan: P: Pewawancara N: Narasumber {}".format, WORDS),
    st.sampled_from(["", "Demografi", "## Kerja", "Keterangan:", "P = Peneliti", "---", "Wawancara selesai.", "   "]),
    WORDS,
)


def parts(layout: Layout) -> list[tuple[int, int]]:
    """Return all parts of a layout: labels, speech, header, unassigned spans, and the noise that lies in no turn."""
    spans = [(s.label_start, s.start) for s in layout.spoken] + [(s.start, s.end) for s in layout.spoken]
    noise = [n for n in layout.noise if not any(s.label_start <= n.start < s.end for s in layout.spoken)]
    return sorted(spans + [(s.start, s.end) for s in (*layout.header, *layout.unassigned, *noise)])


def check_cover(text: str, layout: Layout) -> None:
    end = 0
    for start, stop in parts(layout):
        assert start >= end
        assert not text[end:start].strip()
        end = max(end, stop)
    assert not text[end:].strip()


@example("Usia : \nJam: \nP: ?“\nUsia : \nP: 1\nJam: ", {})
@given(st.lists(LINE, max_size=25).map("\n".join), st.sampled_from([{}, {"N": ANSWERS}, {"Jam": ASKS}]))
def test_layout_covers_the_text(text: str, speakers: Mapping[str, Role]) -> None:
    """Labels, turns, header and unassigned spans hold every character once, whatever the text."""
    layout = find_turns(text, speakers=speakers)

    check_cover(text, layout)
    for turn in layout.turns({}):
        assert turn.span.of(text) == turn.span.of(text).strip()


@given(st.lists(LINE, max_size=20).map("\n".join), st.data())
def test_noise_is_never_lost_nor_unassigned(text: str, data: st.DataObject) -> None:
    """What the format knows to be noise stands once: in the noise alone, or inside the turn that it interrupts."""
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    noise = [span for start, end in zip(cuts[::2], cuts[1::2], strict=False) for span in [Span(start, end)]]
    layout = find_turns(text, noise=noise)

    assert set(noise) <= set(layout.noise)
    spans = sorted([*parts(layout), *((s.start, s.end) for s in layout.noise if not _spoken(layout, s))])
    covered = 0
    for start, end in spans:
        assert not text[covered:start].strip()
        covered = max(covered, end)
    assert not text[covered:].strip()
    for span in noise:
        assert not any(s.start < span.end and span.start < s.end for s in (*layout.header, *layout.unassigned))


def _spoken(layout: Layout, span: Span) -> bool:
    return any(s.label_start <= span.start and span.end <= s.end for s in layout.spoken)


def test_noise_behind_a_turn_is_not_spoken() -> None:
    """A page number after the speech ends it; in the middle of the speech it stays inside, and is known."""
    text = "P: Terus?\nN: Begitu\n12\nPage: 2\nP: Oh?\nN: Ya\n13\nbegitu."
    noise = [Span(text.index("12"), text.index("12") + 2), Span(text.index("Page"), text.index("Page") + 7)]
    noise.append(Span(text.index("13"), text.index("13") + 2))
    layout = find_turns(text, noise=noise)

    assert [text[s.start : s.end] for s in layout.spoken] == ["Terus?", "Begitu", "Oh?", "Ya\n13\nbegitu."]
    assert layout.unassigned == ()


@given(st.text(max_size=300))
def test_layout_covers_any_text(text: str) -> None:
    """So it is for text that was never meant to be a transcript."""
    clean = text.replace("\r", "\n")

    check_cover(clean, find_turns(clean))


@given(
    st.lists(
        st.tuples(
            st.sampled_from("PN"), st.text(st.sampled_from("ab 😀e\u0301👍🏽-"), min_size=1).map(str.strip).filter(bool)
        ),
        min_size=4,
        max_size=12,
    )
)
def test_offsets_are_exact(turns: list[tuple[str, str]]) -> None:
    """What was put in as a turn comes out as that turn, code point for code point."""
    text = "Keterangan: P: Pewawancara, N: Narasumber\n" + "\n".join(f"{label}: {words}" for label, words in turns)

    assert said(text) == turns


HOSTILE = {
    "blanks": " " * 200_000,
    "colons": ":" * 100_000,
    "empty turns": "P:\n" * 50_000,
    "speakers": "".join(f"Nama{n}: x\n" * 2 for n in range(3_000)),
    "once": "".join(f"Nama{chr(65 + n % 26)}{n}: x\n" for n in range(20_000)),
    "one turn": "P: a\nN: b\n" + "kata\n" * 100_000,
    "legend": "Keterangan: " + "P: Pewawancara " * 130,
    "brackets": "Keterangan: " + "(P) " * 490,
    "fields": "Usia : 3\n" * 30_000,
    "fields on a line": "Usia : 3   " * 180,
    "stars": "P **" * 20_000,
    "gaps": "P: a\n" + "\n" * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_takes_long(name: str) -> None:
    """No text, however odd, keeps the reader busy for more than seconds; a quadratic step would take minutes."""
    start = time.process_time()
    registry.get("txt")().read(Source("aneh.txt", (HOSTILE[name] + "x").encode()), ImportOptions())

    assert time.process_time() - start < 8


@pytest.mark.parametrize("label", ["Ustaz Hasan", "ustaz  hasan", "USTAZ HASAN"])
def test_what_only_looks_like_a_label_stays_in_the_speech(label: str) -> None:
    """The user says that a quotation in a story is nobody's turn."""
    text = "P: Lalu?\nN: Begini.\nUstaz Hasan: sabar itu kunci.\nP: Oh?\nN: Ya.\nUstaz Hasan: dan syukur.\nP: Begitu?\nN: Iya.\n"

    assert "Ustaz Hasan" in roles(text)
    layout = find_turns(text, speakers={label: None})

    assert [s.label for s in layout.speakers] == ["P", "N"]
    assert "Begini.\nUstaz Hasan: sabar itu kunci." in [text[s.start : s.end] for s in layout.spoken]
