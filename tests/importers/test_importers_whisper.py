"""JSON of Whisper and its relatives; what is none of them is refused."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import InputError
from qualcode.importers import ImportOptions, ImportResult, Source, registry
from qualcode.model import Kind
from qualcode.testing.importers import check_result


def read(data: object) -> ImportResult:
    """Return what the importer makes of *data*, having checked that it keeps the rules."""
    text = data if isinstance(data, str) else json.dumps(data)
    source = Source("a.json", text.encode())
    result = registry.get("whisper")().read(source, ImportOptions())
    check_result(result, source)
    return result


def turns(result: ImportResult) -> list[tuple[float | None, str, str]]:
    """Return time, speaker and words of each turn."""
    one = result.corpus.transcripts[0]
    return [(turn.time, turn.speaker, turn.span.of(one.text)) for turn in one.turns]


def words(said: str, speaker: str | None) -> list[dict[str, Any]]:
    """Return words as WhisperX writes them."""
    made: list[dict[str, Any]] = [{"word": w, "start": i, "end": i + 0.5} for i, w in enumerate(said.split())]
    return [{**w, "speaker": speaker} if speaker else w for w in made]


EXPECTED = [(0.0, "SPEAKER_00", "Kerja apa?"), (2.0, "SPEAKER_01", "Buruh tani.")]


@pytest.mark.parametrize(
    "data",
    [
        {
            "segments": [
                {"start": 0.0, "end": 1.5, "text": " Kerja apa?", "speaker": "SPEAKER_00"},
                {"start": 2.0, "end": 3.0, "text": " Buruh", "speaker": "SPEAKER_01"},
                {"start": 3.0, "end": 4.0, "text": " tani.", "speaker": "SPEAKER_01"},
            ],
            "language": "id",
        },
        [
            {"start": 0, "end": 1.5, "text": "Kerja apa?", "speaker": "SPEAKER_00"},
            {"start": 2, "end": 3.0, "text": "Buruh tani.", "speaker": "SPEAKER_01"},
        ],
        {
            "speakers": [
                {"speaker": "SPEAKER_00", "timestamp": [0.0, 1.5], "text": " Kerja apa?"},
                {"speaker": "SPEAKER_01", "timestamp": [2.0, 4.0], "text": " Buruh tani."},
            ],
            "chunks": [{"timestamp": [0.0, 4.0], "text": " Kerja apa? Buruh tani."}],
            "text": " Kerja apa? Buruh tani.",
        },
        {
            "result": {"language": "id"},
            "transcription": [
                {
                    "timestamps": {"from": "00:00:00,000", "to": "00:00:01,500"},
                    "text": " Kerja apa?",
                    "speaker": "SPEAKER_00",
                },
                {
                    "timestamps": {"from": "00:00:02,000", "to": "00:00:04,000"},
                    "text": " Buruh tani.",
                    "speaker": "SPEAKER_01",
                },
            ],
        },
        {
            "version": "1.0.0",
            "segments": [
                {"speaker": "SPEAKER_00", "startTime": 0, "endTime": 1.5, "body": "Kerja apa?"},
                {"speaker": "SPEAKER_01", "startTime": 2, "endTime": 4, "body": "Buruh tani."},
            ],
        },
        {
            "segments": [
                {"start": 0.0, "end": 4.0, "text": "Kerja apa?", "words": words("Kerja apa?", "SPEAKER_00")},
                {"start": 2.0, "end": 4.0, "text": "Buruh tani.", "words": words("Buruh tani.", "SPEAKER_01")},
            ]
        },
    ],
    ids=["whisperx", "list", "diarised", "cpp", "podcast", "words"],
)
def test_forms_of_json(data: object) -> None:
    """Each tool names the same things otherwise."""
    assert turns(read(data)) == EXPECTED


def test_segment_in_which_two_speak_is_divided_by_its_words() -> None:
    """A word alone, or one whose speaker is not known, goes with those before it."""
    said = words("Kerja apa sekarang?", "A") + words("Buruh tani, Mas.", "B")
    said[4].pop("speaker")
    segments = [{"start": 0, "end": 6, "text": "Kerja apa sekarang? Buruh tani, Mas.", "words": said, "speaker": "B"}]

    assert [(s, w) for _, s, w in turns(read({"segments": segments}))] == [
        ("A", "Kerja apa sekarang?"),
        ("B", "Buruh tani, Mas."),
    ]
    said[1]["speaker"] = "B"
    assert len(turns(read({"segments": segments}))) == 2


def test_words_that_are_not_the_text_divide_nothing() -> None:
    """Where words are missing, the segment's own text is taken whole."""
    said = words("Kerja apa", "A") + words("Buruh tani", "B")
    segments = [{"start": 0, "end": 6, "text": "Kerja apa sekarang? Buruh tani.", "words": said, "speaker": "A"}]

    assert [w for _, _, w in turns(read({"segments": segments}))] == ["Kerja apa sekarang? Buruh tani."]


def test_text_alone_is_a_document() -> None:
    """No segments, no times: the words are kept, nobody's."""
    one = read({"text": "Halo semua.", "language": "id"}).corpus.transcripts[0]

    assert (one.text, one.kind) == ("Halo semua.", Kind.DOCUMENT)


def test_broken_times_and_characters_cost_no_words() -> None:
    """Times that are none are said; lone surrogates and zeros become the replacement character."""
    result = read(
        '{"segments": [{"start": "x", "end": NaN, "text": "satu \\ud83d"}, {"start": -1, "end": 2, "text": "dua\\u0000\\r\\n"},'
        ' {"start": 1e400, "text": "tiga"}, {"start": 3, "end": 4, "text": "empat &amp; <b>lima"}, {"start": 5}, {"start": 6, "end": 1, "text": ""}]}'
    )
    text = result.corpus.transcripts[0].text

    assert [w for w in ("satu", "dua", "tiga", "empat", "lima") if w not in text] == []
    assert any("cannot be read" in str(f) for f in result.findings)


def test_silence_that_was_heard_as_words_is_doubted() -> None:
    """Whisper measures by itself where nobody speaks."""
    segments = [
        {"start": 0, "end": 1, "text": "Halo.", "no_speech_prob": 0.1, "avg_logprob": -0.2},
        {"start": 65, "end": 66, "text": "Terima kasih sudah menonton!", "no_speech_prob": 0.9, "avg_logprob": -1.5},
    ]
    doubts = [str(f) for f in read({"segments": segments}).findings if f.rule == "silence"]

    assert len(doubts) == 1
    assert "1 segments" in doubts[0]
    assert "1:05" in doubts[0]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("{}", "no transcript of Whisper"),
        ("[]", "no transcript of Whisper"),
        ("null", "no transcript of Whisper"),
        ('{"name": "a", "dependencies": {"b": "1"}}', "no transcript of Whisper"),
        ('{"text": "halo", "user": "x"}', "no transcript of Whisper"),
        ('[{"text": "halo"}, {"text": "ya"}]', "no transcript of Whisper"),
        ('{"segments": [1, 2, "x"]}', "no transcript of Whisper"),
        ('{"segments": [{"start": 1, "text"', "no valid JSON"),
        ("[" * 100_000, "too large or too deeply nested"),
        ('{"segments": [{"start": 1, "end": 2, "text": " "}]}', "hold no words"),
    ],
)
def test_other_json_is_refused(data: str, message: str) -> None:
    """With one clear error that says what to do."""
    with pytest.raises(InputError, match=message) as caught:
        read(data)
    assert caught.value.hint


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["segments", "text", "start", "end", "words", "speaker", "word", "timestamp", "duration", "chunks"]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=25,
)


@given(JSON)
def test_any_json_is_read_or_refused(data: object) -> None:
    """Nothing else is raised, whatever stands where a time, a speaker or a text should."""
    with contextlib.suppress(InputError):
        read(data)


ASKED, ANSWERED = "Kerja apa, Pak, kalau pagi?", "Buruh tani, dari dulu ikut orang."


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(
            [
                {"text": ASKED, "StartTime": 0, "EndTime": 3000, "Speaker": "A"},
                {"text": ANSWERED, "StartTime": 4000, "EndTime": 8000, "Speaker": "B"},
            ],
            id="milliseconds",
        ),
        pytest.param(
            {
                "text": f"{ASKED} {ANSWERED}",
                "words": [{"text": w, "start": 0, "end": 1} for w in f"{ASKED} {ANSWERED}".split()],
                "utterances": [
                    {"start": 0, "end": 3000, "speaker": "A", "text": ASKED},
                    {"start": 4000, "end": 8000, "speaker": "B", "text": ANSWERED},
                ],
            },
            id="utterances",
        ),
        pytest.param(
            {
                "results": {
                    "channels": [{"alternatives": [{"transcript": f"{ASKED} {ANSWERED}"}]}],
                    "utterances": [
                        {"start": 0.0, "end": 3.0, "transcript": ASKED, "speaker": "A"},
                        {"start": 4.0, "end": 8.0, "transcript": ANSWERED, "speaker": "B"},
                    ],
                }
            },
            id="channels",
        ),
        pytest.param(
            {
                "speakers": [{"id": 0, "name": "A"}, {"id": 1, "name": "B"}],
                "monologues": [
                    {"speaker": 0, "elements": [{"value": w, "ts": 0.0} for w in ASKED.replace(" ", " ~").split("~")]},
                    {
                        "speaker": 1,
                        "elements": [{"value": w, "ts": 4.0} for w in ANSWERED.replace(" ", " ~").split("~")],
                    },
                ],
            },
            id="monologues",
        ),
        pytest.param(
            {
                "results": [
                    {
                        "alternatives": [
                            {
                                "words": [
                                    *({"word": w, "startTime": "0.000s", "speakerTag": "A"} for w in ASKED.split()),
                                    *({"word": w, "startTime": "4.0s", "speakerTag": "B"} for w in ANSWERED.split()),
                                ]
                            }
                        ]
                    }
                ]
            },
            id="words",
        ),
        pytest.param(
            json.dumps({"start": 0, "speaker": "A", "text": ASKED})
            + "\n"
            + json.dumps({"start": 4, "speaker": "B", "text": ANSWERED}),
            id="lines",
        ),
    ],
)
def test_segments_of_any_maker(data: object) -> None:
    """They are known by what they hold; times in whole milliseconds, with a unit, or as words' own are read."""
    assert turns(read(data)) == [(0.0, "A", ASKED), (4.0, "B", ANSWERED)]


@pytest.mark.parametrize(
    "data",
    [
        {"orders": [{"name": "Beras", "price": 12000}, {"name": "Gula", "price": 15000}]},
        {"items": [{"text": "tanpa waktu"}, {"text": "juga tidak"}]},
        {"log": [{"start": 1, "end": 2, "size": 3}]},
    ],
)
def test_lists_of_other_things_are_no_segments(data: object) -> None:
    """What is said and when belong together."""
    with pytest.raises(InputError, match="no transcript"):
        read(data)
