"""Text that meeting and transcription software exports: a name and a time above what was said, in every order."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.importers import ImportOptions, ImportResult, Source, registry
from qualcode.importers.turns import find_turns
from qualcode.model import Kind, Role
from qualcode.testing.importers import check_result

ASKS, ANSWERS = Role.INTERVIEWER, Role.INFORMANT


def timed(text: str) -> list[tuple[str, float | None, str]]:
    """Return label, time and words of each turn."""
    layout = find_turns(text)
    return [(layout.speakers[s.speaker].label, s.time, text[s.start : s.end]) for s in layout.spoken]


def read(text: str) -> ImportResult:
    """Return what the importer of text makes of it, having checked that it keeps the rules."""
    source = Source("a.txt", text.encode())
    result = registry.get("txt")().read(source, ImportOptions())
    check_result(result, source)
    return result


def talk(
    form: str, times: tuple[str, str, str] = ("0:03", "0:07", "0:12"), names: tuple[str, str] = ("Rina Wati", "Joko")
) -> str:
    """Return three turns, each laid out as *form*."""
    said = ("Kerja apa, Pak?", "Buruh bangunan.", "Sudah lama?")
    return "".join(form.format(name=names[i % 2], time=times[i], said=said[i]) for i in range(3))


@pytest.mark.parametrize(
    "form",
    [
        "{name}  {time}  \n{said}\n\n",
        "{name}   {time}\n{said}\n",
        "{name}\t{time}\n{said}\n",
        "{name} ({time})\n{said}\n\n",
        "{name} ({time}):\n{said}\n\n",
        "{name}: ({time})\n{said}\n\n",
        "{name} [{time}]\n{said}\n\n",
        "[{name}] {time}\n{said}\n\n",
        "[{name}] ({time} - {time})\n{said}\n\n",
        "{name} | {time}\n{said}\n\n",
        "{name} · {time}\n{said}\n\n",
        "**{name}** {time}\n{said}\n\n",
        "**{name}**  {time}\n\n{said}\n\n",
        "{time} {name}\n{said}\n",
        "{time}  {name}:\n{said}\n",
        "[{time}] {name}\n{said}\n\n",
        "({time}) {name}\n{said}\n\n",
        "{time} - {name}\n{said}\n\n",
        "{name}\n{time}\n{said}\n\n",
        "{name}\n({time})\n{said}\n\n",
        "0:{time}.0 --> 0:{time}.900\n{name}\n{said}\n",
        "0:{time}.0 --> 0:{time}.900\n{name}\n{said}\n\n",
        "0:0{time} - 0:0{time}\n{name}\n{said}\n\n",
        "[{time} – {time}]\n{name}:\n{said}\n\n",
        "00:0{time} From {name} to Everyone : {said}\n",
        "00:0{time} Dari {name} kepada Semua:\n\t{said}\n",
        "[{time}] {name}: {said}\n",
        "{time} {name}: {said}\n",
    ],
)
def test_forms_of_exports(form: str) -> None:
    """Whatever the order and the signs, names are speakers, times are times, and the words are those below."""
    text = talk(form)
    layout = find_turns(text)

    assert timed(text) == [
        ("Rina Wati", 3.0, "Kerja apa, Pak?"),
        ("Joko", 7.0, "Buruh bangunan."),
        ("Rina Wati", 12.0, "Sudah lama?"),
    ]
    assert [s.role for s in layout.speakers] == [ASKS, ANSWERS]
    assert layout.unassigned == ()
    read(text)


@pytest.mark.parametrize(
    "names",
    [
        ("Speaker 1", "Speaker 2"),
        ("SPEAKER_00", "SPEAKER_01"),
        ("Speaker 1", "Unknown Speaker"),
        ("Pembicara 1", "Pembicara 2"),
    ],
)
def test_machine_names_are_speakers_in_doubt(names: tuple[str, str]) -> None:
    """Who asks decides; a person is asked to check."""
    layout = find_turns(talk("{name}  {time}\n{said}\n\n", names=names))

    assert [(s.label, s.role, s.sure) for s in layout.speakers] == [(names[0], ASKS, False), (names[1], ANSWERS, False)]


@pytest.mark.parametrize("form", ["[{name}]: {said}\n", "{name}: {said}\n"])
def test_machine_names_need_not_come_twice(form: str) -> None:
    """Nobody else is called so."""
    text = talk(form, names=("SPEAKER_00", "SPEAKER_01"))

    assert [label for label, _, _ in timed(text)] == ["SPEAKER_00", "SPEAKER_01", "SPEAKER_00"]


def test_legend_and_header_above() -> None:
    """What a researcher writes above the export decides."""
    text = "Nama samaran: Melati\nUsia: 40\nKeterangan: Speaker 1 = Narasumber, Speaker 2 = Peneliti\n\n" + talk(
        "{name}  {time}\n{said}\n\n", names=("Speaker 1", "Speaker 2")
    )
    result = read(text)

    assert [turn.role for turn in result.corpus.transcripts[0].turns] == [ANSWERS, ASKS, ANSWERS]
    assert result.corpus.informants[0].attributes["usia"] == 40


def test_what_software_says_of_itself_is_noise() -> None:
    """Neither speech nor lost."""
    text = "Rapat-20260615_Meeting Transcript\nRina Wati started transcription\n" + talk("{name}   {time}\n{said}\n")
    text += "Rina Wati stopped transcription\nTranscribed by https://otter.ai\n"
    result = read(text)

    (parts,) = result.parts.values()
    noise = [p.span.of(text) for p in parts if p.what == "noise"]
    assert noise == [
        "Rina Wati started transcription",
        "0:03",
        "0:07",
        "0:12",
        "Rina Wati stopped transcription",
        "Transcribed by https://otter.ai",
    ]
    assert [p.span.of(text) for p in parts if p.what in {"heading", "unassigned"}] == [
        "Rapat-20260615_Meeting Transcript"
    ]


def test_times_of_day_count_from_the_first() -> None:
    """A caption file of a meeting has the clock on the wall, perhaps past midnight."""
    text = talk("[{name}] {time}\n{said}\n\n", times=("23:59:50", "23:59:58", "00:00:04"))

    assert [t for _, t, _ in timed(text * 1)] == [0.0, 8.0, 14.0]
    assert any("times of day" in note.message for note in find_turns(text).notes)


def test_turns_of_one_speaker_stay_as_they_stand() -> None:
    """The text is kept as it came, so that what stands between is not drawn into a turn."""
    text = "Rina  0:03\nSatu?\n\nRina  0:09\nDua?\n\nJoko  0:12\nTiga.\n\nJoko  0:20\nEmpat.\n"

    assert timed(text) == [
        ("Rina", 3.0, "Satu?"),
        ("Rina", 9.0, "Dua?"),
        ("Joko", 12.0, "Tiga."),
        ("Joko", 20.0, "Empat."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Jadwal ibu:\nBangun tidur 05:00\nMandi 05:30\nBerangkat 06:00\nPulang kerja 16:30\nTidur 21:00\n",
        "Catatan lapangan\n\nTiba di pasar 05:30\nPasar sudah ramai.\n\nPulang 09:00\nKami naik angkot.\n",
        "05:30 Tiba di pasar\nPasar sudah ramai.\n09:00 Pulang\nNaik angkot.\n",
        "0:03\nselamat pagi\n0:07\nkerja apa\n0:12\nburuh\n0:15\nlama\n",
    ],
)
def test_schedules_and_captions_without_names_are_no_talk(text: str) -> None:
    """Nobody speaks who is not named."""
    assert find_turns(text).spoken == ()
    assert read(text).corpus.transcripts[0].kind in {Kind.DOCUMENT, Kind.OBSERVATION}


def test_subtitles_saved_as_text_are_read_as_subtitles() -> None:
    """The name of a file decides nothing."""
    srt = "1\n00:00:01,000 --> 00:00:02,000\nP: Kerja\n\n2\n00:00:02,000 --> 00:00:03,000\napa?\n\n3\n00:00:04,000 --> 00:00:05,000\nN: Buruh.\n"
    printed = "[00:01.000 --> 00:03.000]  P: Kerja apa?\n[00:04.000 --> 00:05.000]  N: Buruh.\n"

    for text in (srt, printed):
        assert read(text).corpus.transcripts[0].text == "P: Kerja apa?\nN: Buruh."


LINES = st.sampled_from(
    [
        "Rina  0:03",
        "Joko (0:07)",
        "[Rina] 10:00:01",
        "0:12",
        "Rina",
        "0:0:1.0 --> 0:0:2.0",
        "Kerja apa?",
        "P: ya",
        "",
        "Joko stopped transcription",
        "Transcribed by https://otter.ai",
        "00:01:02 Joko",
        "Usia: 40",
        "Keterangan: P = Peneliti",
        "10:00:01 From Rina to Joko : hai",
    ]
)


@given(st.lists(LINES, max_size=25))
def test_every_mixture_keeps_the_rules(lines: list[str]) -> None:
    """Parts cover the text, whatever follows what."""
    if "".join(lines).strip():
        read("\n".join(lines))


@given(st.text(alphabet="RinaJoko 0123:\n[]()->.,", max_size=150))
def test_any_text_keeps_the_rules(text: str) -> None:
    """Nothing raises, nothing is lost."""
    if text.strip():
        read(text)


def test_long_texts_take_linear_time() -> None:
    """Twenty thousand turns, and a megabyte of lines that are none."""
    begin = time.process_time()
    layout = find_turns(
        "".join(f"{'Rina' if i % 2 else 'Joko'}  {i // 60}:{i % 60:02d}\nKata ke {i}?\n\n" for i in range(20_000))
    )
    assert len(layout.spoken) == 20_000
    find_turns("Saya tiba jam 05:30 di pasar yang ramai\n" * 25_000)
    find_turns("a " * 500_000 + "0:03")
    assert time.process_time() - begin < 25


def test_names_with_times_among_labelled_turns_are_not_the_speakers() -> None:
    """Where turns begin with labels, lines with a name and a time are something else: photographs, visits."""
    text = "".join(f"P: Pertanyaan {i}?\nN: Jawaban {i}.\n" for i in range(4))
    text = f"{text}Foto Warung 10:30\nRamai sekali.\n{text}Foto Warung 11:15\nSepi.\n"

    assert {label for label, _, _ in timed(text)} == {"P", "N"}


def test_one_head_makes_a_talk_only_of_a_machine() -> None:
    """A recording in which only one voice was told apart has one head; a name with a time may be anything."""
    assert timed("Speaker 1  0:00\nHalo semua.\nSaya mulai.\n") == [("Speaker 1", 0.0, "Halo semua.\nSaya mulai.")]
    assert find_turns("Informan 1  10:15\nTempatnya di pasar.\n").spoken == ()
