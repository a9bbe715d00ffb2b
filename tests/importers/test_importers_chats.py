"""Chats as messengers export them, and what of them nobody said."""

from __future__ import annotations

import pytest

from qualcode.importers import ImportOptions, ImportResult, Source, registry
from qualcode.model import Role
from qualcode.testing.importers import check_result

ASKS, ANSWERS = Role.INTERVIEWER, Role.INFORMANT
DAY = "14/02/25 19.0"


def read(text: str) -> ImportResult:
    """Return what the importer of plain text makes of *text*, having checked that it keeps the rules."""
    source = Source("chat.txt", text.encode())
    result = registry.get("txt")().read(source, ImportOptions())
    check_result(result, source)
    return result


def said(result: ImportResult) -> list[tuple[Role, str, str]]:
    """Return role, sender and words of each message."""
    one = result.corpus.transcripts[0]
    return [(turn.role, turn.speaker, turn.span.of(one.text)) for turn in one.turns]


@pytest.mark.parametrize(
    "sender", ["Bu Tin 🌸", "bu tin", "+62 812-0000-0000", "~ tin_laundry", "Tin (laundry) jl. mawar", "👵"]
)
@pytest.mark.parametrize(
    "when", ["14/02/25 19.0{} - ", "[14/02/25 19.10.0{}] ", "[2/14/25, 7:05:2{} PM] ", "\u200e[14/02/25 19.10.0{}] "]
)
def test_a_sender_may_be_called_anything(sender: str, when: str) -> None:
    """Date and time before it say that it is one."""
    lines = (
        ("Peneliti", "Jualan apa, Bu?"),
        (sender, "peyek"),
        ("Peneliti", "Laku berapa?"),
        (sender, "10 bungkus\nalhamdulillah"),
    )
    text = "\n".join(f"{when.format(i)}{who}: {words}" for i, (who, words) in enumerate(lines))

    assert said(read(text)) == [
        (ASKS, "Peneliti", "Jualan apa, Bu?"),
        (ANSWERS, sender, "peyek"),
        (ASKS, "Peneliti", "Laku berapa?"),
        (ANSWERS, sender, "10 bungkus\nalhamdulillah"),
    ]


def test_a_telephone_number_is_nobodys_id() -> None:
    """It stays in the text as a label alone."""
    lines = (
        "Peneliti: Jualan apa?",
        "+62 812-0000-0000: peyek",
        "Peneliti: Laku?",
        "+62 812-0000-0000: laku",
        "Tin: sama",
    )
    result = read("\n".join(f"{DAY}{i} - {line}" for i, line in enumerate(lines)))

    assert not any("812" in person.id for person in result.corpus.informants)


@pytest.mark.parametrize(
    "words",
    [
        "<Media tidak disertakan>",
        "Pesan ini dihapus",
        "\u200eimage omitted",
        "IMG-0001.jpg (file terlampir)",
        "null",
        "",
    ],
)
def test_messages_without_words_are_no_turns(words: str) -> None:
    """Pictures and deleted messages are counted, not heard; nothing is lost from the text."""
    lines = ("Peneliti: Jualan apa?", "Tin: peyek", f"Tin: {words}", "Peneliti: Laku?", "Tin: laku")
    result = read("\n".join(f"{DAY}{i} - {line}" for i, line in enumerate(lines)) + "\n")

    assert [text for _, _, text in said(result)] == ["Jualan apa?", "peyek", "Laku?", "laku"]
    assert any("hold no words of anybody" in str(finding) for finding in result.findings)


def test_what_nobody_wrote_ends_the_message_above() -> None:
    """Who came, who left, what the messenger says of itself."""
    text = (
        f"{DAY}0 - Pesan dan panggilan dienkripsi secara end-to-end. Ketuk untuk info selengkapnya.\n{DAY}1 - Rini: Jualan apa?\n"
        f"{DAY}2 - Tin: peyek\n{DAY}3 - Anda menambahkan Bu Asih\n{DAY}4 - Rini: Laku?\n{DAY}5 - Asih: laku\n"
    )
    assert [(who, words) for _, who, words in said(read(text))] == [
        ("Rini", "Jualan apa?"),
        ("Tin", "peyek"),
        ("Rini", "Laku?"),
        ("Asih", "laku"),
    ]


def test_a_diary_is_no_chat() -> None:
    """Dates and times stand before notes, too; nobody comes back in them."""
    notes = ("Hujan deras: warung tutup.", "Pasar sepi sekali.", "Razia: gerobak diangkut.", "Mangkal lagi.")
    assert said(read("\n".join(f"{DAY}{i} - {note}" for i, note in enumerate(notes)))) == []
