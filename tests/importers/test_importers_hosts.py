"""Talks with hosts and guests: who is introduced as what, and who asks where nobody is introduced."""

from __future__ import annotations

import pytest

from qualcode.importers import ImportOptions, Source, registry
from qualcode.importers.speakers.hosts import introduced
from qualcode.model import Role

ASKS, ANSWERS = Role.INTERVIEWER, Role.INFORMANT
STORY = (
    "Waktu itu saya masih kerja di pabrik, terus tutup, terus saya pulang, ya sudah bantu ibu di sawah sampai sekarang."
)


def who(text: str, name: str = "a.txt") -> dict[str, Role]:
    """Return the role of every speaker of *text*."""
    result = registry.get(name.rpartition(".")[2])().read(Source(name, text.encode()), ImportOptions())
    return {turn.speaker: turn.role for one in result.corpus.transcripts for turn in one.turns}


def talk(*lines: str) -> str:
    """Return *lines* as paragraphs."""
    return "\n\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("opening", "guest"),
    [
        ("Hari ini kita kedatangan tamu, Mbak Wening, penjahit rumahan.", "Wening"),
        ("Hari ini ada Wening, yang menjahit di rumah.", "Wening"),
        ("Kali ini aku ngobrol sama Wening soal upah.", "Wening"),
        ("I am joined today by Wening, who sews at home.", "Wening"),
        ("Today I am talking to Wening.", "Wening"),
        ("Thank you so much for coming, Wening.", "Wening"),
    ],
)
def test_whoever_is_introduced_is_a_guest(opening: str, guest: str) -> None:
    """The name that stands behind such words is the guest's, whoever asks more."""
    said = {"Gilang": [f"Halo semuanya. {opening}"], "Tasya": ["Halo."], guest: ["Halo juga."]}
    assert introduced(said) == ({guest}, set())


def test_a_co_host_is_no_guest_though_named_beside_one() -> None:
    """The words nearest before a name say who it is."""
    said = {"Bima": ["I am here with my co-host Dara and our special guest, Mark."], "Dara": ["Hi."], "Mark": ["Hi."]}
    assert introduced(said) == ({"Mark"}, {"Dara"})


@pytest.mark.parametrize(
    "speech",
    [
        "Saya pernah jadi tamu di radio itu.",  # nobody is named
        "Tamu itu raja. Tasya juga tahu.",  # the name is in another sentence
        "Bersama saya, Gilang, di sini ada banyak cerita.",  # the speaker's own
    ],
)
def test_words_about_guests_introduce_nobody(speech: str) -> None:
    """A name must follow in the same sentence, and be another speaker's."""
    assert introduced({"Gilang": [speech], "Tasya": ["Halo."]}) == (set(), set())


def test_who_thanks_for_being_invited_is_a_guest() -> None:
    """It says so itself."""
    assert introduced({"A": ["Halo."], "B": ["Makasih udah diundang ke sini."]}) == ({"B"}, set())


def test_both_hosts_ask_and_their_guest_answers() -> None:
    """The second host asks little and jokes, and is a host still, for the guest is known."""
    text = talk(
        "Gilang: Halo, aku Gilang.",
        "Tasya: Dan aku Tasya.",
        "Gilang: Hari ini kita kedatangan tamu, Mbak Wening, penjahit rumahan dari Solo.",
        "Wening: Halo semuanya.",
        "Gilang: Gimana awalnya?",
        f"Wening: {STORY}",
        "Tasya: Aku juga pernah pulang kampung, hasilnya gatal-gatal.",
        "Wening: Hahaha, kena ulat itu.",
        "Gilang: Sehari dapat berapa?",
        f"Wening: Nggak tentu. {STORY}",
        "Tasya: Wah.",
        "Wening: Begitulah.",
    )
    assert who(text) == {"Gilang": ASKS, "Tasya": ASKS, "Wening": ANSWERS}


def test_questions_within_a_story_do_not_make_an_interviewer() -> None:
    """Who talks at length says what, who and when, and asks on the way; who asks ends with the question."""
    told = f"Apa namanya, siapa sih yang mau? {STORY} {STORY}"
    text = talk(
        *(f"{label}: {words}" for _ in range(4) for label, words in (("Ujang", told), ("Lilis", "Oh begitu. Terus?")))
    )
    assert who(text) == {"Ujang": ANSWERS, "Lilis": ASKS}


def test_a_second_who_asks_briefly_is_no_informant() -> None:
    """Without an introduction: two ask, one tells."""
    asked = ("Budi: Lalu bagaimana, Pak?", f"Harun: {STORY}", "Citra: Berapa lama itu?", f"Harun: {STORY}")
    assert who(talk(*asked, *asked, *asked, *asked)) == {"Budi": ASKS, "Citra": ASKS, "Harun": ANSWERS}


def test_those_who_answer_briefly_beside_one_who_tells_do_not_ask() -> None:
    """A couple: the husband says little, and asks nothing."""
    asked = ("Budi: Lalu bagaimana?", f"Harun: {STORY}", "Citra: Iya, betul.", "Budi: Kenapa?", "Citra: Ya begitu.")
    assert who(talk(*asked, *asked, *asked, *asked)) == {"Budi": ASKS, "Citra": ANSWERS, "Harun": ANSWERS}


HEADINGS = (
    "### Penanya\nSejak kapan?",
    "### Pak Ujang\n\nSejak kecil.",
    "### Penanya\nLalu?",
    "### Pak Ujang\nYa begitu.",
)


@pytest.mark.parametrize(
    ("text", "name", "roles"),
    [
        (talk("# Transkrip", *HEADINGS), "a.md", {"Penanya": ASKS, "Pak Ujang": ANSWERS}),
        (
            talk(*(line.replace("### ", "**", 1).replace("\n", "**\n", 1) for line in HEADINGS)),
            "a.md",
            {"Penanya": ASKS, "Pak Ujang": ANSWERS},
        ),
        (
            talk(
                "Rara Sukma\nSejak kapan?", "Ujang Saefudin\nSejak kecil.", "Rara Sukma\nLalu?", "Ujang Saefudin\nYa."
            ),
            "a.txt",
            {"Rara Sukma": ASKS, "Ujang Saefudin": ANSWERS},
        ),
        (
            "DIALOG MALAM\nPRESENTER (RARA)\nApa alasannya?\n\nUJANG/KETUA WARGA\nBiaya naik.\n\nPRESENTER (RARA)\nSiapa "
            "yang bayar?\n\nUJANG/KETUA WARGA\nWarga.\n",
            "a.txt",
            {"PRESENTER (RARA)": ASKS, "UJANG/KETUA WARGA": ANSWERS},
        ),
    ],
)
def test_a_name_alone_above_a_paragraph_begins_a_turn(text: str, name: str, roles: dict[str, Role]) -> None:
    """As a heading, in bold, or plain; also right below the title."""
    assert who(text, name) == roles
    result = registry.get(name.rpartition(".")[2])().read(Source(name, text.encode()), ImportOptions())
    assert len(result.corpus.transcripts[0].turns) == 4


@pytest.mark.parametrize(
    "text",
    [
        talk(*("Tantangan\nHujan dan razia.", "Strategi\nPindah tempat.") * 3),  # sections that come back
        talk(
            "Ujang Saefudin\nSejak kecil.", "Rara Sukma\nLalu.", "Nyi Iteung\nYa.", "Kang Darma\nBegitu."
        ),  # nobody twice
        talk(
            *("Ujang Saefudin\nSejak kecil ia di sana.",) * 4, *("Rara Sukma\nLalu ia pindah.",) * 4
        ),  # nobody answers
    ],
)
def test_headings_that_come_back_are_not_always_speakers(text: str) -> None:
    """Speakers take turns; sections, and people a report tells of, do not."""
    assert who(text, "a.md") == {}


@pytest.mark.parametrize("number", ["1", " 1", " I"])
def test_numbers_may_stand_with_the_role_word(number: str) -> None:
    """``Pewawancara2`` asks as ``Pewawancara 2`` does."""
    text = talk(
        f"Pewawancara{number}: Kerja apa?",
        "Narasumber2: Tani.",
        "Pewawancara2: Lama?",
        "Narasumber2: Lama.",
        f"Pewawancara{number}: Oh.",
        "Pewawancara2: Begitu.",
    )
    assert list(who(text).values()) == [ASKS, ANSWERS, ASKS]


@pytest.mark.parametrize(
    "guest",
    [
        "Siti Aminah, S.Ag., M.Pd.",
        "Dr. Siti Aminah, M.Si",
        "Prof. Dr. H. Ahmad Fauzi",
        "Mira Reese, PsyD",
        "Ir. Budi, MT",
    ],
)
def test_titles_are_part_of_a_label(guest: str) -> None:
    """Before the name or behind it, with points and commas."""
    text = talk("Penyiar: Bagaimana, Bu?", f"{guest}: Baik, sekali.", "Penyiar: Sejak kapan?", f"{guest}: Sejak dulu.")
    assert {label.rstrip("."): role for label, role in who(text).items()} == {
        "Penyiar": ASKS,
        guest.rstrip("."): ANSWERS,
    }


def test_words_behind_a_comma_are_no_titles() -> None:
    """What somebody says before a colon begins no turn."""
    text = talk(
        "Budi: Jadi begitu?",
        "Harun: Ya.\nTerus terang, Mas: saya lelah.\nBesok, kata dia: lagi.",
        "Budi: Oh?",
        "Harun: Ya.",
    )
    assert set(who(text)) == {"Budi", "Harun"}
