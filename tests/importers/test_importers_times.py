"""Time stamps in texts: recognised in every style, nobody's words, nobody's name, and each turn has its own."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.importers import ImportOptions, Source, registry
from qualcode.importers.machine.times import find_stamps, seconds, without_stamps
from qualcode.importers.turns import find_turns
from qualcode.testing.importers import check_result


def timed(text: str) -> list[tuple[str, float | None, str]]:
    """Return label, time and words of each turn."""
    layout = find_turns(text)
    return [(layout.speakers[s.speaker].label, s.time, text[s.start : s.end]) for s in layout.spoken]


def stamps(text: str) -> list[str]:
    """Return what of *text* is a time stamp."""
    return [stamp.span.of(text) for stamp in find_stamps(text)]


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        ("12:31", 751.0),
        ("1:02:03", 3723.0),
        ("00:12:31,500", 751.5),
        ("00:12:31.25", 751.25),
        ("#00:12:31-5#", 751.5),
        ("#00:12:31#", 751.0),
        ("00.12.31", 751.0),
        ("Menit 12.31", 751.0),
        ("menit ke-12", 720.0),
        ("00:43.810 --> 00:47.850", 43.81),
        ("00:12:31 - 00:12:40", 751.0),
        ("00:12:31-00:12:40", 751.0),
    ],
)
def test_clock_to_seconds(clock: str, expected: float) -> None:
    """Minutes first, or hours first if there are three numbers; of two times the first."""
    assert seconds(clock) == pytest.approx(expected)


@pytest.mark.parametrize(
    "lines",
    [
        ("[00:12:31] P: Kerja apa?", "[00:12:40] N: Jualan."),
        ("(12:31) P: Kerja apa?", "(12:40) N: Jualan."),
        ("{12:31} P: Kerja apa?", "{12:40} N: Jualan."),
        ("<12:31> P: Kerja apa?", "<12:40> N: Jualan."),
        ("00:12:31 P: Kerja apa?", "00:12:40 N: Jualan."),
        ("12:31 - P: Kerja apa?", "12:40 - N: Jualan."),
        ("00:12:31,000\tP\t: Kerja apa?", "00:12:40,000\tN\t: Jualan."),
        ("00:12:31,000 P: Kerja apa?", "00:12:40,000 N: Jualan."),
        ("P [12:31]: Kerja apa?", "N [12:40]: Jualan."),
        ("P (00:12:31) : Kerja apa?", "N (00:12:40) : Jualan."),
        ("P: [12:31] Kerja apa?", "N: [12:40] Jualan."),
        ("P: (12:31) Kerja apa?", "N: (12:40) Jualan."),
        ("P: Kerja apa? #00:12:31-0#", "N: Jualan. #00:12:40-0#"),
        ("P: Kerja apa? [00:12:31]", "N: Jualan. [00:12:40]"),
        ("Menit 12:31", "P: Kerja apa?", "Menit 12:40", "N: Jualan."),
        ("(Menit 12.31) P: Kerja apa?", "(Menit 12.40) N: Jualan."),
        ("Menit 12:31 P: Kerja apa?", "Menit 12:40 N: Jualan."),
        ("00:12:31", "", "P: Kerja apa?", "", "00:12:40", "", "N: Jualan."),
        ("[00:12:31 - 00:12:39] P: Kerja apa?", "[00:12:40 - 00:12:44] N: Jualan."),
        ("1. [12:31] P: Kerja apa?", "2. [12:40] N: Jualan."),
        ("**[12:31] P:** Kerja apa?", "**[12:40] N:** Jualan."),
        ("Pewawancara [12:31]:", "Kerja apa?", "", "Narasumber [12:40]:", "Jualan."),
        ("Pewawancara:", "[12:31]", "Kerja apa?", "", "Narasumber:", "[12:40]", "Jualan."),
    ],
)
def test_every_style_times_its_turn(lines: tuple[str, ...]) -> None:
    """Wherever the stamp stands, its turn has its time, and the stamp is no word of it."""
    turns = timed("\n".join(lines))

    assert [(t, said) for _, t, said in turns] == [(751.0, "Kerja apa?"), (760.0, "Jualan.")]
    assert [label for label, _, _ in turns] in (["P", "N"], ["Pewawancara", "Narasumber"])


@pytest.mark.parametrize(
    "text",
    [
        "P: Pulang jam berapa?\nN: Jam 16:30 dari pasar.\nP: Oh.\nN: Pulang jam 16:30: lalu tidur.\n",
        "16:30 saya pulang dari pasar.\n",
        "Jam : 16.16 – 16.49 WIB\nDurasi : 00:45:12\nWaktu: 16:30\nTime: 12:31\n",
        "N: Rp (12.31) juta, menit 12 itu.\n",
        "N: Itu (2:255) bunyinya begini, lalu (16:30) lagi.\n",
        "16:30\n",
    ],
)
def test_times_that_somebody_says_are_no_stamps(text: str) -> None:
    """A time of day, a duration in the header, an amount, a verse: words like others."""
    assert stamps(text) == []


def test_stamps_in_the_middle_count_if_they_come_often_and_run_forward() -> None:
    """Transcribing software sets them between sentences; they time no turn and stay within it."""
    often = "N: Satu. (00:10) Dua. (00:20) Tiga. (00:30) Empat.\n"
    layout = find_turns("P: Apa?\n" + often)

    assert stamps(often) == ["(00:10)", "(00:20)", "(00:30)"]
    assert [s.time for s in layout.spoken] == [None, None]
    assert [n.parameters["n"] for n in layout.notes if n.rule == "time stamp"] == [3]
    assert stamps("N: Satu. (30:10) Dua. (00:20) Tiga. (00:03) Empat.\n") == []


def test_times_that_go_back_are_said() -> None:
    """The first place is named by its line; nothing is corrected."""
    layout = find_turns("[00:10] P: Apa?\n[00:05] N: Itu.\n[00:20] P: Oh?\n[00:25] N: Ya.\n")

    doubts = [note for note in layout.notes if note.level == "doubtful"]
    assert [(note.line, note.parameters["n"]) for note in doubts] == [(2, 1)]
    assert [s.time for s in layout.spoken] == [10.0, 5.0, 20.0, 25.0]


def test_time_at_the_end_of_a_turn_is_said_to_be_its_end() -> None:
    """Where software stamps the end of a paragraph, the time is that of the end, and a finding says so."""
    layout = find_turns("P: Apa? #00:00:05-2#\nN: Itu. #00:00:09-8#\n")

    assert [s.time for s in layout.spoken] == [5.2, 9.8]
    assert any("at their end" in note.message for note in layout.notes)


def test_stamps_are_noise_and_nothing_is_lost() -> None:
    """Every character is in one part; the stamps are in none that anybody speaks."""
    text = "Menit 00:05\nP: Apa? #00:00:05-2#\n\n[00:07]\nN: Itu. [00:09]\nlagi dan\nP [00:12]: Ya.\n"
    source = Source("a.txt", text.encode())
    result = registry.get("txt")().read(source, ImportOptions())

    check_result(result, source)
    (parts,) = result.parts.values()
    noise = [part.span.of(text) for part in parts if part.what == "noise"]
    assert noise[:3] == ["Menit 00:05", "#00:00:05-2#", "[00:07]"]
    assert not any(":" in part.span.of(text) for part in parts if part.what == "turn")


@pytest.mark.parametrize("joint", [" – ", "-", " - ", " s.d. ", "—"])
def test_from_and_to_with_points_before_a_label(joint: str) -> None:
    """Who writes hours and minutes with points, as Indonesian does, writes where a turn begins and ends so too."""
    times = ["00.00", "00.12", "00.40", "01.05", "01.55"]
    labels = ["Peneliti", "Informan", "Peneliti", "Informan"]
    said = ["Sejak kapan jualan jamu?", "Sejak tahun 2003.", "Setiap hari keliling?", "Iya, kecuali hari Jumat."]
    text = "\n".join(
        f"{a}{joint}{b} {label}: {words}" for (a, b), label, words in zip(pairwise(times), labels, said, strict=True)
    )
    layout = find_turns(text)

    assert [text[s.start : s.end] for s in layout.spoken] == said
    assert [s.time for s in layout.spoken] == [0.0, 12.0, 40.0, 65.0]


@pytest.mark.parametrize(
    "line", ["08.00 - 17.00 saya jaga warung.", "Jam 08.00 - 17.00 saya jaga warung.", "2.50 – 3.00 meter lebarnya."]
)
def test_from_and_to_with_points_may_be_said(line: str) -> None:
    text = f"P: Jam kerjanya?\nN: {line}\nP: Lebarnya?\nN: {line}"
    layout = find_turns(text)

    assert [text[s.start : s.end] for s in layout.spoken][1] == line


@given(
    st.lists(
        st.sampled_from(
            [
                "[00:12]",
                "P: ",
                "N: ",
                "\n",
                "#00:01:02-3#",
                "(12:31)",
                "Menit 3",
                " ",
                "kata",
                "00:00:10",
                "{1:02}",
                ":",
                "16:30",
                "\n\n",
            ]
        ),
        max_size=40,
    )
)
def test_no_text_is_lost_or_doubled(pieces: list[str]) -> None:
    """Whatever the mixture, the parts cover the text, each character once."""
    text = "".join(pieces)
    if text.strip():
        source = Source("a.txt", text.encode())
        check_result(registry.get("txt")().read(source, ImportOptions()), source)


@given(st.text(alphabet="P N:[]()#{}<>0123459.,-\nMenit", max_size=80))
def test_blanks_keep_every_position(text: str) -> None:
    """The text without its stamps has the same length and the same lines."""
    bare = without_stamps(text, find_stamps(text))

    assert len(bare) == len(text)
    assert [i for i, c in enumerate(bare) if c == "\n"] == [i for i, c in enumerate(text) if c == "\n"]


def test_long_paragraphs_take_linear_time() -> None:
    """A megabyte on one line, with a time every few words."""
    begin = time.process_time()
    find_turns("N: " + "kata (12:31) jam 16:30 " * 40_000)
    assert time.process_time() - begin < 8
