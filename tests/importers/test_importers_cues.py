"""Subtitles become transcripts: whose the words are, what belongs together, and what is said about it."""

from __future__ import annotations

import time
from collections.abc import Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qualcode.errors import InputError
from qualcode.importers import ImportOptions, ImportResult, Source, registry
from qualcode.model import Kind, Role, Transcript
from qualcode.testing.importers import check_result

ASKS, ANSWERS = Role.INTERVIEWER, Role.INFORMANT


def read(text: str, name: str = "a.vtt", speakers: Mapping[str, Role | None] | None = None) -> ImportResult:
    """Return what the importer of *name*'s suffix makes of *text*, having checked that it keeps the rules."""
    source = Source(name, text.encode())
    result = registry.get(name.rpartition(".")[2])().read(source, ImportOptions(speakers=speakers or {}))
    check_result(result, source)
    return result


def cues(*said: str, start: float = 1, step: float = 2, header: str = "WEBVTT") -> str:
    """Return subtitles with a cue for each of *said*, one after the other without silence."""
    times = [start + i * step for i in range(len(said) + 1)]
    return f"{header}\n\n" + "".join(
        f"00:{int(a) // 60:02d}:{a % 60:06.3f} --> 00:{int(b) // 60:02d}:{b % 60:06.3f}\n{words}\n\n"
        for words, a, b in zip(said, times, times[1:], strict=False)
    )


def transcript(result: ImportResult) -> Transcript:
    """Return the only transcript."""
    return result.corpus.transcripts[0]


def turns(result: ImportResult) -> list[tuple[str, str]]:
    """Return speaker and words of each turn."""
    one = transcript(result)
    return [(turn.speaker, turn.span.of(one.text)) for turn in one.turns]


def messages(result: ImportResult, level: str) -> str:
    """Return the findings of a level as text."""
    return "\n".join(str(f) for f in result.findings if f.level == level)


def test_cues_of_one_speaker_are_one_turn() -> None:
    """Sentences cut by cues are whole again; the turn has the time of its first word."""
    result = read(cues("<v P>Sudah lama</v>", "<v P>jualan?</v>", "<v N>Lama,\nsejak dulu.</v>", "<v P>Oh?</v>"))

    assert turns(result) == [("P", "Sudah lama jualan?"), ("N", "Lama, sejak dulu."), ("P", "Oh?")]
    assert [turn.time for turn in transcript(result).turns] == [1.0, 5.0, 7.0]
    assert [turn.role for turn in transcript(result).turns] == [ASKS, ANSWERS, ASKS]
    assert transcript(result).text == "P: Sudah lama jualan?\nN: Lama, sejak dulu.\nP: Oh?"


def test_a_long_pause_ends_a_turn() -> None:
    """Silence of some seconds divides what one speaker says; a breath does not."""
    text = (
        cues("<v N>Iya.</v>")
        + cues("<v N>Lalu.</v>", start=4, header="")
        + cues("<v N>Terus.</v>", start=20, header="")
    )

    assert turns(read(text)) == [("N", "Iya. Lalu."), ("N", "Terus.")]


@pytest.mark.parametrize(
    "said",
    [
        ("Rina: Kerja apa?", "Joko: Buruh", "Joko: bangunan.", "Rina: Lama?"),
        ("Rina: Kerja apa?", "Joko: Buruh", "bangunan.", "Rina: Lama?"),
        (">> Rina: Kerja apa?", ">> Joko: Buruh", "bangunan.", ">> Rina: Lama?"),
        ("&gt;&gt; Rina: Kerja apa?", "&gt;&gt; Joko: Buruh", "bangunan.", "&gt;&gt; Rina: Lama?"),
        ("- Rina: Kerja apa?\n- Joko: Buruh\nbangunan.", "- Rina: Lama?"),
        ("[Rina]: Kerja apa?", "[Joko]: Buruh", "[Joko]: bangunan.", "[Rina]: Lama?"),
        ("(Rina)\nKerja apa?", "(Joko)\nBuruh\nbangunan.", "(Rina)\nLama?"),
        ("<v Rina>Kerja apa?", "<v Joko>Buruh bangunan.</v><v Rina>Lama?</v>"),
        ("Rina (peneliti): Kerja apa?", "Joko: Buruh bangunan.", "Rina: Lama?"),
    ],
)
def test_forms_of_naming_speakers(said: tuple[str, ...]) -> None:
    """A name before a colon, in brackets, after arrows or dashes, or in a voice tag."""
    result = read(cues(*said))

    assert turns(result) == [("Rina", "Kerja apa?"), ("Joko", "Buruh bangunan."), ("Rina", "Lama?")]
    assert {turn.speaker: turn.role for turn in transcript(result).turns} == {"Rina": ASKS, "Joko": ANSWERS}


def test_machine_names_are_roles_in_doubt() -> None:
    """Who asks decides, and a person is asked to check."""
    result = read(cues("SPEAKER_00: Kerja apa?", "SPEAKER_01: Buruh.", "SPEAKER_00: Lama?", "SPEAKER_01: Ya."))

    assert {turn.speaker: turn.role for turn in transcript(result).turns} == {"SPEAKER_00": ASKS, "SPEAKER_01": ANSWERS}
    assert "perhaps interviewer" in messages(result, "doubtful")


def test_the_user_says_who_speaks() -> None:
    """--speaker gives roles, makes a label of what stands once, and takes one from what is none."""
    said = cues("Rina: Apa?", "Joko: Itu.", "Toko: begitu.", "Rina: Oh?", "Joko: Ya.", "kakak: Hei.")

    assert ("Toko", "begitu.") in turns(read(said))
    result = read(said, speakers={"kakak": Role.BYSTANDER, "Toko": None, "Rina": Role.MODERATOR})
    assert turns(result)[1] == ("Joko", "Itu. Toko: begitu.")
    assert turns(result)[-1] == ("kakak", "Hei.")
    assert transcript(result).turns[0].role is Role.MODERATOR


def test_labels_every_now_and_then_hold_until_the_next() -> None:
    """Many tools name a speaker only where another begins; how many cues do is said."""
    result = read(
        cues("Rina: Kerja apa?", "Joko: Buruh", "di pasar", "Induk,", "dari pagi.", "Rina: Lama?", "Joko: Lama.")
    )

    assert turns(result)[1] == ("Joko", "Buruh di pasar Induk, dari pagi.")
    assert "4 of 7 cues say who speaks" in messages(result, "note")


def test_a_cue_without_voice_among_voices_is_nobodys() -> None:
    """Where every cue has its speaker, one without is not given to the one above."""
    said = [f"{'Rina' if i % 2 else 'Joko'}: Kata ke {i}?" for i in range(8)]
    result = read(cues(*said[:4], "(suara motor)", *said[4:]))

    assert "(suara motor)" not in " ".join(words for _, words in turns(result))
    assert "belongs to no turn: '(suara motor)'" in messages(result, "unassigned")


@pytest.mark.parametrize("again", [False, True])
def test_the_note_on_cues_without_speaker_says_where_their_words_are(again: bool) -> None:
    """They go on with the speaker above, unless cues name who speaks also where nobody else begins; the note and the transcript agree."""
    said = ["P: Kerja apa?", "N: Buruh cuci, Mbak.", "Upahnya borongan.", "P: Cukup, Bu?", "N: Ya dicukup-cukupin."]
    result = read(cues(*said, *["N: Rezeki ada saja."] * again))

    note = messages(result, "note")
    taken = any("borongan" in words for _, words in turns(result))
    assert ("given to the speaker above" in note) == taken == (not again)
    assert ("they belong to no turn" in note) == again


def test_without_speakers_paragraphs_with_times_in_doubt() -> None:
    """Nobody is made up: a document, its times as noise, and what to do."""
    result = read(cues("Pagi itu ramai.", "Kami jalan.") + cues("Sore sepi.", start=30, header=""))

    one = transcript(result)
    assert one.text == "[00:00:01] Pagi itu ramai. Kami jalan.\n\n[00:00:30] Sore sepi."
    assert (one.kind, one.turns) == (Kind.DOCUMENT, ())
    (parts,) = result.parts.values()
    assert [p.span.of(one.text) for p in parts if p.what == "noise"] == ["[00:00:01]", "[00:00:30]"]
    assert "no cue says who speaks" in messages(result, "doubtful")


def test_captions_that_name_nobody_can_be_given_labels_where_they_stand() -> None:
    """What the finding advises works: a label in the cue with which somebody begins, and no other change."""
    words = ["Sejak kapan jualan?", "Sudah lama,", "ikut ibu dulu.", "Tiap hari, Bu?", "Kecuali hari Jumat."]
    without = read(cues(*words))
    advice = messages(without, "doubtful")
    assert not transcript(without).turns
    assert transcript(without).kind is Kind.DOCUMENT
    assert "'P: '" in advice
    assert "belong to nobody" in advice

    labelled = read(cues("P: " + words[0], "N: " + words[1], words[2], "P: " + words[3], "N: " + words[4]))
    assert turns(labelled) == [
        ("P", "Sejak kapan jualan?"),
        ("N", "Sudah lama, ikut ibu dulu."),
        ("P", "Tiap hari, Bu?"),
        ("N", "Kecuali hari Jumat."),
    ]


@pytest.mark.parametrize(
    ("said", "paragraphs"),
    [
        (("- Sudah makan?\n- Belum.", "Lalu pulang."), ["- Sudah makan?", "- Belum.", "Lalu pulang."]),
        ((">> terus gimana", "bayarannya", ">> per kilo"), [">> terus gimana bayarannya", ">> per kilo"]),
        (("satu", "- dua"), ["satu", "- dua"]),
    ],
)
def test_marks_of_another_speaker_begin_paragraphs(said: tuple[str, ...], paragraphs: list[str]) -> None:
    """Dashes and arrows say that somebody else begins, not who."""
    result = read(cues(*said))

    assert [p.partition("] ")[2] for p in transcript(result).text.split("\n\n")] == paragraphs
    assert "marked without a name" in messages(result, "doubtful")


def test_rolling_captions_are_read_once() -> None:
    """The line above is the last one shown again; what is said twice stays twice."""
    said = ["saya buruh", "saya buruh\ndi pasar", "di pasar\niya", "iya\niya", "iya\nbegitu"]
    result = read(cues(*said))

    assert transcript(result).text == "[00:00:01] saya buruh di pasar iya iya begitu"
    assert "4 lines that rolling captions show again" in messages(result, "note")


def test_rolling_words_are_read_once() -> None:
    """Some tools show the whole last line with the new words on the same line."""
    said = [
        "kami jalan ke",
        "kami jalan ke pasar induk pagi",
        "pasar induk pagi itu sudah ramai",
        "itu sudah ramai sekali",
    ]

    assert transcript(read(cues(*said))).text.endswith("] kami jalan ke pasar induk pagi itu sudah ramai sekali")


def test_repeated_words_that_do_not_roll_stay() -> None:
    """A machine that hears nothing may write the same words again and again: all stay, and are doubted."""
    result = read(cues("Halo.", *["Terima kasih."] * 6, "Sampai jumpa."))

    assert transcript(result).text.count("Terima kasih.") == 6
    assert "the same words stand 6 times" in messages(result, "doubtful")


def test_header_and_legend_above_the_cues() -> None:
    """What a researcher wrote on top is read as in any transcript."""
    text = "Nama samaran: Melati\nUsia: 42\nKeterangan: P = Pewawancara, N = Narasumber\n\n" + cues(
        "N: Apa? Gimana?", "P: Ya.", "N: Kapan?", "P: Ya.", header=""
    )
    result = read(text, "a.srt")

    assert {turn.speaker: turn.role for turn in transcript(result).turns} == {"P": ASKS, "N": ANSWERS}
    assert result.corpus.informants[0].attributes["usia"] == 42


def test_right_to_left_and_emoji() -> None:
    """Names without capitals are names where every cue has one; positions are code points."""
    result = read(cues("رنا: مرحبا؟ 😀", "سارة: نعم 👩‍👩‍👧", "رنا: كيف؟"))

    assert turns(result) == [("رنا", "مرحبا؟ 😀"), ("سارة", "نعم 👩‍👩‍👧"), ("رنا", "كيف؟")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("WEBVTT\n\n", "no subtitle cue was found"),
        ("P: Apa?\nN: Itu.\n", "no subtitle cue was found"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n\n00:03.000 --> 00:04.000\n<b></b>\n", "2 cues hold no words"),
    ],
)
def test_nothing_to_read_is_one_clear_error(text: str, message: str) -> None:
    """With what to do."""
    with pytest.raises(InputError, match=message) as caught:
        read(text)
    assert caught.value.hint


def test_what_is_left_out_is_said() -> None:
    """Names of cues and comments."""
    notes = messages(read("WEBVTT\n\nNOTE oleh mesin\n\nawal\n00:01.000 --> 00:02.000\nP: Apa?\n"), "note")

    assert "1 words above times name their cue and are not part of the text; the first: 'awal'" in notes
    assert "the first: 'oleh mesin'" in notes


def test_what_is_wrong_with_times_is_said_once_each() -> None:
    """By its first line, with how often."""
    text = (
        "1\n00:00:05,000 --> 00:00:08,000\nP: a?\n\n2\n00:00:06,000 --> 00:00:09,000\nN: b\n\n3\n00:0x --> 00:00:02,000\nP: c?\n\n"
        "4\n00:00:04,000 --> 00:00:03,000\nN: d\n"
    )
    doubts = messages(read(text, "a.srt"), "doubtful")

    assert "a.srt:10: the times of 1 cues cannot be read" in doubts
    assert "a.srt:14: 1 cues end before they begin" in doubts
    assert "a.srt:14: 1 cues begin before the cue above" in doubts


PIECES = st.sampled_from(
    [
        "P: apa",
        "N: itu",
        "- ya",
        ">> ",
        "lagi",
        "<v Rina>halo</v>",
        "(Joko)",
        "\n",
        "[Musik]",
        "Rina: eh",
        "iya",
        "&amp;",
        "3 < 4",
        "Usia: 3",
    ]
)


@given(st.lists(st.tuples(st.floats(0, 3000), st.lists(PIECES, max_size=4)), min_size=1, max_size=20))
@example([(0.0, ["lagi", "P: apa"])] * 2)
@example([(0.0, ["&amp;", "lagi", "P: apa"])] * 2)
@example([(0.0, ["[Musik]", "\n", "P: apa"])])
@example([(0.0, ["[Musik]", "\n", "lagi"]), (9.0, ["P: apa"])])
def test_every_mixture_keeps_the_rules(made: list[tuple[float, list[str]]]) -> None:
    """Parts cover the text, each word of the cues is in it."""
    text = "".join(
        f"{int(t) // 60:02d}:{int(t) % 60:02d}.000 --> {int(t) // 60:02d}:59.000\n{' '.join(words)}\n\n"
        for t, words in made
    )
    words = [w for _, ws in made for w in ws if w not in {"\n", ">> "}]
    if not words:
        return
    result = read("WEBVTT\n\n" + text)
    for word in ("apa", "itu", "lagi", "halo", "[Musik]", "eh"):
        assert transcript(result).text.count(word) <= sum(word in w for w in words)
    rolled = any("rolling" in str(f) for f in result.findings)
    if not rolled:
        for word in ("apa", "lagi", "halo", "[Musik]", "eh"):
            assert transcript(result).text.count(word) == sum(word in w for w in words)


def test_a_hundred_thousand_cues() -> None:
    """Linear time, with speakers."""
    lines = "".join(
        f"{i // 3600:02d}:{i // 60 % 60:02d}:{i % 60:02d}.000 --> {i // 3600:02d}:{i // 60 % 60:02d}:{i % 60:02d}.900\n{'PN'[i // 3 % 2]}: kata ke {i}?\n\n"
        for i in range(100_000)
    )
    source = Source("a.vtt", ("WEBVTT\n\n" + lines).encode())
    begin = time.process_time()
    result = registry.get("vtt")().read(source, ImportOptions())

    assert len(transcript(result).turns) == 33_334
    assert time.process_time() - begin < 30


@pytest.mark.parametrize(
    ("label", "is_name"),
    [("rina", True), ("bu Siti", True), ("penjual A", True), ("penjual sayur", True), ("lagi P", False)],
)
def test_words_before_a_name_are_no_label(label: str, is_name: bool) -> None:
    """What every cue begins with is a label, in small letters too, but for words that run into one: these were said."""
    result = read(cues(*[f"{label}: apa", f"{label}: itu"] * 3))

    assert {turn.speaker for turn in transcript(result).turns} == ({label} if is_name else set())
    assert transcript(result).text.count(label) == (1 if is_name else 6)


def test_what_stands_in_brackets_after_a_name_is_kept() -> None:
    """A role in brackets tells who it is and stays with the label; anything else is part of what was said."""
    result = read(cues("Rina (peneliti): Apa?", "Joko (tertawa): Itu.", "Rina: Oh?", "Joko: Ya."))

    assert transcript(result).text == "Rina (peneliti): Apa?\nJoko: (tertawa) Itu.\nRina: Oh?\nJoko: Ya."
    assert [turn.speaker for turn in transcript(result).turns] == ["Rina", "Joko", "Rina", "Joko"]


def test_a_full_name_at_the_first_turn_is_the_short_one_afterwards() -> None:
    """Whoever is introduced by the whole name is not somebody else; the name stays in the text."""
    said = (
        "Siti Aminah: Halo,",
        "saya pemandu.",
        "Joko: Halo.",
        "Apa kabar?",
        "Siti: Baik.",
        "Lalu?",
        "Joko: Itu.",
        "Ya.",
    )
    result = read(cues(*said))

    assert [turn.speaker for turn in transcript(result).turns] == ["Siti", "Joko", "Siti", "Joko"]
    assert transcript(result).text.startswith("Siti Aminah: Halo, saya pemandu.")


def test_a_dash_that_goes_on_is_no_change_of_speaker() -> None:
    """Among names, a line that begins with a dash belongs to the speaker above it."""
    result = read(cues("Rina: Jadi kalau", "-- eh, maksudnya", "- yang kemarin?", "Joko: Ya.", "Rina: Oh?"))

    assert turns(result)[0] == ("Rina", "Jadi kalau -- eh, maksudnya - yang kemarin?")


DIALOGUE = (
    "- Ibu sudah laku berapa?\n- Baru tiga bungkus, Mas.",
    "- Biasanya jam segini?\n- Sudah habis.",
    "- Kenapa, Bu?\n- Tanggal tua, Mas,\npada hemat.",
)


def test_two_who_take_turns_behind_dashes_ask_and_answer() -> None:
    """Nobody is named, but one side asks: that is a guess, and said to be one; the text gets no label that was not there."""
    result = read(cues(*DIALOGUE), "a.srt")

    assert [turn.role for turn in transcript(result).turns] == [ASKS, ANSWERS] * 3
    assert turns(result)[-1] == ("Jawab", "Tanggal tua, Mas, pada hemat.")
    assert transcript(result).text.startswith("- Ibu sudah laku berapa?\n- Baru tiga")
    assert "told apart by how they sound" in messages(result, "doubtful")


@pytest.mark.parametrize(
    "said",
    [
        ("- Pergi kau.\n- Kau saja.", "- Aku di sini.\n- Aku juga."),  # nobody asks
        ("- Siapa?\n- Siapa apa?", "- Kenapa?\n- Kok tanya?"),  # both ask
        ("- Apa kabar?\n- Baik.",),  # too few
    ],
)
def test_dashes_alone_do_not_tell_who_asks(said: tuple[str, ...]) -> None:
    """A film's dialogue stays with nobody."""
    assert turns(read(cues(*said), "a.srt")) == []


def test_names_in_brackets_that_come_back_are_speakers() -> None:
    """One word in brackets that comes back is what is heard."""
    said = ("[Sinta] Kuliah sambil kerja?", "[Bayu] Iya, di warung.", "[Sinta] Tidurnya?", "[Bayu] Di kelas [tertawa].")
    assert [speaker for speaker, _ in turns(read(cues(*said)))] == ["Sinta", "Bayu", "Sinta", "Bayu"]
    heard = ("[Motor] Awas!", "[Motor] Ya.", "Pelan.", "[Motor] Sudah.")
    assert turns(read(cues(*heard))) == []


def test_a_telephones_name_is_a_label() -> None:
    """Meetings show what a device is called."""
    said = ("iPhone Bu Lastri: Saya jualan.", "Peneliti: Di mana?", "iPhone Bu Lastri: Di pasar.", "Peneliti: Lama?")
    assert [speaker for speaker, _ in turns(read(cues(*said)))] == ["iPhone Bu Lastri", "Peneliti"] * 2
