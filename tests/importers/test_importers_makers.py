"""What programs write that were not met before: dates beside names, speakers behind the speech, references before labels."""

from __future__ import annotations

import json

import pytest

from qualcode.importers import ImportOptions, Source, registry
from qualcode.model import Role
from qualcode.testing.importers import check_result

ASKS, ANSWERS = Role.INTERVIEWER, Role.INFORMANT
SAID = (
    ("Rara Sukma", "Sudah lama narik?"),
    ("Pak Ujang", "Dari muda. Waktu itu masih ramai."),
    ("Rara Sukma", "Sehari berapa?"),
    ("Pak Ujang", "Nggak tentu."),
)


def turns(text: str, name: str = "a.txt") -> list[tuple[Role, str, str]]:
    """Return role, label and words of each turn."""
    source = Source(name, text.encode())
    result = registry.get("whisper" if name.endswith("json") else name.rpartition(".")[2])().read(
        source, ImportOptions()
    )
    check_result(result, source)
    return [(u.role, u.speaker, u.span.of(t.text)) for t in result.corpus.transcripts for u in t.turns]


WANTED = [(ASKS if at % 2 == 0 else ANSWERS, who, words) for at, (who, words) in enumerate(SAID)]


@pytest.mark.parametrize(
    "line",
    [
        "{who}, [12.03.2025 14:0{n}]\n{words}\n",
        "{who} — Hari ini pukul 14.0{n}\n{words}",
        "{who} - 12 Mar 2025 14:0{n}\n{words}\n",
        "{who}  2025-03-12 14:0{n}:00\n{words}\n",
        "14:0{n}\t{who}\t{words}",
        "W1.S1.0{n}  {who}: {words}",
        "S2.W1-1{n} {who}: {words}",
        "({n}) {who}: {words}",
    ],
)
def test_names_beside_dates_times_and_references(line: str) -> None:
    """However they are parted, they come back, and words stand with them."""
    text = "\n".join(line.format(who=who, words=words, n=n + 1) for n, (who, words) in enumerate(SAID))
    assert turns(text + "\n") == WANTED


def test_the_speaker_may_stand_in_the_last_column() -> None:
    """Timespan | Content | Speaker, as programs for analysis export transcripts."""
    rows = ["\tTimespan\tContent\tSpeaker"]
    rows += [f"{n + 1}\t0:0{n},0 - 0:0{n + 1},0\t{words}\t{who}" for n, (who, words) in enumerate(SAID)]
    assert turns("\n".join(rows) + "\n") == WANTED


@pytest.mark.parametrize(
    "data",
    [
        {
            "entries": [
                {"text": t, "speakerDisplayName": w, "startOffset": f"00:00:0{n}.4100000"}
                for n, (w, t) in enumerate(SAID)
            ]
        },
        {
            "recognizedPhrases": [
                {"speaker": w, "offset": f"PT1M{n}.5S", "nBest": [{"display": t}, {"display": "salah dengar"}]}
                for n, (w, t) in enumerate(SAID)
            ]
        },
        {
            "results": {
                "transcripts": [{"transcript": " ".join(t for _, t in SAID)}],
                "audio_segments": [
                    {"transcript": t, "start_time": f"{n}.0", "end_time": f"{n}.9", "speaker_label": w}
                    for n, (w, t) in enumerate(SAID)
                ],
            }
        },
    ],
)
def test_json_of_meetings_and_services(data: object) -> None:
    """Offsets with fractions or as durations; of several wordings the first."""
    assert turns(json.dumps(data), "a.json") == WANTED


def test_a_diary_with_hours_has_no_speakers() -> None:
    """Times, a dash and a word that does not come back."""
    lines = ("05.30 - Berangkat - hujan", "06.15 - Pasar - ramai", "07.00 - Makan - di warung", "09.40 - Pulang - sepi")
    assert turns("\n".join(lines)) == []


def test_an_analyst_is_no_note_taker() -> None:
    """*Pengamat* watches a group discussion; asked by a journalist, the same word answers."""
    text = "Keterangan: P = pewawancara, L = pengamat\nP: Apa sebabnya?\nL: Kuotanya dipotong.\nP: Siapa yang salah?\nL: Semua pihak.\n"
    assert [role for role, _, _ in turns(text)] == [ASKS, ANSWERS] * 2


def test_long_dashes_are_those_of_a_dialogue() -> None:
    """However formal the answers sound; short ones are those of a list."""
    lines = (
        "Mengapa pindah?",
        "Terminal ditutup pemerintah kota.",
        "Kapan ditutup?",
        "Tahun sebelumnya, bulan Maret.",
        "Siapa yang rugi?",
        "Para pedagang.",
    )
    assert [role for role, _, _ in turns("".join(f"— {line}\n" for line in lines))] == [ASKS, ANSWERS] * 3
    assert turns("".join(f"- {line}\n" for line in lines)) == []


@pytest.mark.parametrize("before", ["[{n}]", "({n}a)", "(no {n})"])
def test_a_turn_that_begins_within_a_title_does_not_share_it(before: str) -> None:
    """What stands before the label of the first line belongs to nobody, what stands behind it to the turn."""
    lines = ("P: Sudah lama narik becak?", "N: Lama.", "P: Sehari berapa?", "N: Tak tentu.")
    text = "".join(f"{before.format(n=n)} {line}\n" for n, line in enumerate(lines, 1))
    assert [label for _, label, _ in turns(text)] == ["P", "N", "P", "N"]


def test_json_with_offsets_in_milliseconds() -> None:
    """Keys that name their unit are believed, and speakers may have numbers alone."""
    phrases = [
        {"speaker": 1 + n % 2, "offsetMilliseconds": 7000 * n, "durationMilliseconds": 6500, "text": words}
        for n, (_, words) in enumerate(SAID)
    ]
    data = {"combinedPhrases": [{"text": " ".join(words for _, words in SAID)}], "phrases": phrases}
    source = Source("a.json", json.dumps(data).encode())
    result = registry.get("whisper")().read(source, ImportOptions())

    found = [(u.speaker, u.time, u.span.of(t.text)) for t in result.corpus.transcripts for u in t.turns]
    assert found == [(f"Speaker {1 + n % 2}", 7.0 * n, words) for n, (_, words) in enumerate(SAID)]
