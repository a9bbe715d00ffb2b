"""Subtitles: whatever is wrong with a file, no word of it is lost."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qualcode.files.subtitles import Cue, is_captions, plain, read_captions, time_of


def said(text: str) -> list[tuple[float | None, str | None, str]]:
    """Return start, voice and words of everything said in the cues of *text*."""
    return [(part.start, part.speaker, part.text) for cue in read_captions(text).cues for part in plain(cue)[0]]


def troubles(text: str) -> list[tuple[str, int | None]]:
    """Return what was wrong, with its lines."""
    return [(trouble.what, trouble.line) for trouble in read_captions(text).troubles]


@pytest.mark.parametrize(
    "text",
    [
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nsatu\n\n00:00:03.000 --> 00:00:04.000\ndua\n",
        "WEBVTT\n\n00:01.000 --> 00:02.000\nsatu\n\n00:03.000 --> 00:04.000\ndua\n",
        "WEBVTT\n1\n00:00:01.000 --> 00:00:02.000\nsatu\n2\n00:00:03.000 --> 00:00:04.000\ndua",
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nsatu\n00:00:03.000 --> 00:00:04.000\ndua\n",
        "WEBVTT\n\n00:00:01,000 --> 00:00:02,000\nsatu\n\n00:00:03,000 --> 00:00:04,000\ndua\n",
        "WEBVTT\n\npembuka\n00:00:01.000 --> 00:00:02.000 align:start position:0%\nsatu\n\n\n00:00:03.000 --> 00:00:04.000\ndua\n",
        "WEBVTT\nKind: captions\nLanguage: id\nStyle:\n::cue(c) { color: red;\n }\n##\n\n00:01.000 --> 00:02.000\nsatu\n\n00:03.000 --> 00:04.000\ndua",
        "1\n00:00:01,000 --> 00:00:02,000\nsatu\n\n2\n00:00:03,000 --> 00:00:04,000\ndua\n",
        "1\n00:00:01,000 --> 00:00:02,000\nsatu\n2\n00:00:03,000 --> 00:00:04,000\ndua\n",
        "1\n\n00:00:01,000 --> 00:00:02,000\n\nsatu\n\n2\n\n00:00:03,000 --> 00:00:04,000\n\ndua\n",
        "00:00:01.000 --> 00:00:02.000\nsatu\n\n\n00:00:03.000 --> 00:00:04.000\ndua\n",
        "1\n00:00:01,000-->00:00:02,000\nsatu\n\n2\n00:00:03,000 -> 00:00:04,000\ndua\n",
        "1\n00:00:01,000 --> 00:00:02,000 X1:10 X2:20 Y1:1 Y2:2\nsatu\n\n2\n00:00:03,000 --> 00:00:04,000\n{\\an8}dua\n",
        "[00:01.000 --> 00:02.000]  satu\n[00:03.000 --> 00:04.000]  dua\n",
        "1\n00:00:01,000 --> 00:00:02,000\nsatu\n\n1\n00:00:03,000 --> 00:00:04,000\ndua\n",
    ],
)
def test_forms_of_cues(text: str) -> None:
    """Numbers, names and settings of cues are no words, with blank lines or without."""
    assert said(text) == [(1.0, None, "satu"), (3.0, None, "dua")]
    assert read_captions(text).above == ""


@pytest.mark.parametrize(
    ("clock", "milliseconds", "expected"),
    [
        ("00:01:02,500", False, 62.5),
        ("1:02.5", False, 62.5),
        ("01:02", False, 62.0),
        ("0:0:6.90", True, 6.09),
        ("0:0:6.5", False, 6.5),
        ("100:00:00.000", False, 360000.0),
    ],
)
def test_clock(clock: str, milliseconds: bool, expected: float) -> None:
    """Two numbers are minutes and seconds."""
    assert time_of(clock, milliseconds=milliseconds) == pytest.approx(expected)


def test_unpadded_times_count_milliseconds() -> None:
    """``0:0:6.90 --> 0:0:6.500``, as meeting software writes it, would run backwards otherwise."""
    text = "WEBVTT\n\n0:0:6.90 --> 0:0:6.500\n<v Budi>halo</v>\n\n0:0:7.0 --> 0:0:8.12\n<v Siti>ya</v>\n"

    assert said(text) == [(6.09, "Budi", "halo"), (7.0, "Siti", "ya")]
    assert troubles(text) == []


def test_voices_tags_and_entities() -> None:
    """Several voices in a cue, with classes or without an end; what is no tag of the format is text."""
    text = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v.keras Bu Sarni>Iya <i>betul</i>&nbsp;&amp; <c.kuning>benar</c></v>\n"
        "<v Rani>Oh <00:01.500>begitu\n\n00:03.000 --> 00:04.000\n3 < 5 dan <sedih> ya &lt;b&gt;\n"
    )

    assert said(text) == [
        (1.0, "Bu Sarni", "Iya betul & benar"),
        (1.0, "Rani", "Oh begitu"),
        (3.0, None, "3 < 5 dan <sedih> ya <b>"),
    ]


def test_broken_times_cost_no_words() -> None:
    """The cue has no time, and its line is named."""
    text = "1\n00:00:01,000 --> 00:00:02,000\nsatu\n\n2\n00:00:xx --> 00:00:04,000\ndua\n\n3\n--> 00:00:06,000\ntiga\n"

    assert said(text) == [(1.0, None, "satu"), (None, None, "dua"), (None, None, "tiga")]
    assert troubles(text) == [("time", 6), ("time", 10)]


def test_order_overlap_and_backwards_are_told_apart() -> None:
    """Each at the line of its times."""
    text = (
        "1\n00:00:05,000 --> 00:00:08,000\na\n\n2\n00:00:06,000 --> 00:00:09,000\nb\n\n"
        "3\n00:00:01,000 --> 00:00:02,000\nc\n\n4\n00:00:04,000 --> 00:00:03,000\nd\n"
    )

    assert troubles(text) == [("overlap", 6), ("order", 10), ("backwards", 14)]


def test_numbers_that_somebody_says_stay() -> None:
    """A number is a cue's only where a cue's number can stand."""
    text = "1\n00:00:01,000 --> 00:00:02,000\nberapa?\n1000\n\n2\n00:00:03,000 --> 00:00:04,000\n75\n00:00:05,000 --> 00:00:06,000\n\nsatu\n\nlagi\n"

    assert [words for _, _, words in said(text)] == ["berapa?\n1000", "75", "satu\nlagi"]


def test_words_that_name_a_cue_are_told() -> None:
    """A word between a blank line and times names the cue, as in the standard; right below the head it does not."""
    captions = read_captions("WEBVTT\nsatu\n00:01.000 --> 00:02.000\nhalo\n\nakhir\n00:03.000 --> 00:04.000\nya\n")

    assert captions.above == "satu"
    assert captions.names == ("akhir",)
    assert [cue.text for cue in captions.cues] == ["halo", "ya"]


def test_arrows_in_speech_are_no_times() -> None:
    """Words with an arrow between them are words."""
    text = "1\n00:00:01,000 --> 00:00:02,000\ndari desa -> kota --> lagi\n"

    assert said(text) == [(1.0, None, "dari desa -> kota --> lagi")]


def test_comments_and_styles_are_kept_aside() -> None:
    """A title and words above the first cue are text, comments are not, and are told."""
    captions = read_captions(
        "WEBVTT - Wawancara 1\n\nSTYLE\n::cue { color: red }\n\nNOTE dibuat mesin\nlagi\n\nNama: Bu S\n\n00:01.000 --> 00:02.000\nhalo\n"
    )

    assert captions.above.split("\n")[0] == "Wawancara 1"
    assert captions.above.split("\n")[-1] == "Nama: Bu S"
    assert "color" not in captions.above
    assert captions.comments == ("dibuat mesin lagi",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("WEBVTT\n\n", True),
        ("1\n00:00:01,000 --> 00:00:02,000\na\n\n2\n00:00:03,000 --> 00:00:04,000\nb\n", True),
        ("[00:01.000 --> 00:02.000]  a\n[00:02.000 --> 00:03.000]  b\n", True),
        ("0:0:0.0 --> 0:0:1.250\nJana\nHalo\n0:0:2.90 --> 0:0:4.480\nYono\nYa\n", False),
        ("P: Apa?\nN: Itu --> ini.\n", False),
    ],
)
def test_captions_are_known_by_their_look(text: str, expected: bool) -> None:
    """Subtitles saved as .txt are still subtitles; a transcript with times is none."""
    assert is_captions(text) is expected


WORDS = st.sampled_from(
    ["satu", "dua?", "3", "75", "-", "a -> b", "<b>tiga</b>", "&amp;", "Budi: ya", "<v Rani>halo", ""]
)
LINES = st.one_of(
    WORDS,
    st.sampled_from(
        [
            "",
            "00:00:01,000 --> 00:00:02,000",
            "00:0x --> 1",
            "1",
            "2",
            "WEBVTT",
            "NOTE",
            "NOTE satu",
            "REGION dua",
            "satu; dua #2",
            "[00:01.000 --> 00:02.000] empat",
        ]
    ),
)


@given(st.lists(LINES, max_size=25))
@example(["WEBVTT", "satu", "00:00:01,000 --> 00:00:02,000"])
@example(["WEBVTT", "Budi: ya"])
@example(["WEBVTT", "NOTE satu"])
def test_no_word_is_ever_lost(lines: list[str]) -> None:
    """Every word that the format does not own comes out as often as it went in, or is told."""
    captions = read_captions("\n".join(lines))
    words = [captions.above, *(part.text for cue in captions.cues for part in plain(cue)[0])]
    words += [*captions.comments, *captions.names]
    found, stated = " ".join(words), " ".join(lines)
    for word in ("satu", "dua", "tiga", "empat", "halo", "ya"):
        assert found.count(word) == stated.count(word)


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    """Nothing raises."""
    clean = text.replace("\r", "\n")
    for cue in read_captions(clean).cues:
        plain(cue)
    is_captions(clean)


def test_a_hundred_thousand_cues_take_linear_time() -> None:
    """Also where blank lines, numbers and ends are missing."""
    text = "".join(
        f"00:{i // 60 % 60:02d}:{i % 60:02d},000 --> 00:{i // 60 % 60:02d}:{i % 60:02d},900\nkata {i}\n"
        for i in range(100_000)
    )
    begin = time.process_time()
    captions = read_captions(text)

    assert len(captions.cues) == 100_000
    assert captions.cues[-1] == Cue(39 + 46 * 60 + 0.0, 39 + 46 * 60 + 0.9, "kata 99999", 199_999)
    assert time.process_time() - begin < 15
