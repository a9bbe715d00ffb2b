"""Nothing is lost and nothing stands twice, whatever shapes of transcripts are mixed in one file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qualcode.errors import InputError
from qualcode.importers import ImportOptions, ImportResult, Part, Source, explain, registry
from qualcode.model import Kind, Role
from qualcode.testing.importers import check_result

LABELS = (
    "P",
    "N",
    "A",
    "I",
    "P1",
    "Pewawancara",
    "Informan 1",
    "Ibu Sarni",
    "Moderator",
    "Peserta 2",
    "Semua",
    "Catatan",
    "Rp",
    "S.H.",
)
WORDS = (
    "Jualan apa?", "Nasi uduk, Mbak.", "nggak nentu", "Rp3.000–4.000", "(tertawa)", "[tidak jelas]", "…", "jam 16.30", "“Iya.”", "sepi (1a)",
    "https://contoh.example", "Katanya: sabar.", "😀", "\u200fمرحبا", "xxx", "pkl. 5", "anak-\nanak", "\t", "kerja?", "1. Beras", "--", "ya\u00a0",
)  # fmt: skip
SPEECH = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
LABELLED = st.builds(
    "{}{}{}".format, st.sampled_from(LABELS), st.sampled_from((": ", " : ", "\t", "：", " - ", " ")), SPEECH
)
TIMES = st.sampled_from(("[00:12:31] ", "00:01 ", "#00:12:31-5# ", "(00:04) ", "Speaker 1  0:03\n"))
BLOCKS = st.one_of(
    st.lists(LABELLED, min_size=1, max_size=6).map("\n".join),
    st.lists(st.builds("{}{}".format, TIMES, LABELLED), min_size=1, max_size=4).map("\n".join),
    st.lists(SPEECH.map("“{}”".format), min_size=1, max_size=4).map("\n\n".join),
    st.lists(st.builds("{}. {}? {}".format, st.integers(1, 30), SPEECH, SPEECH), min_size=1, max_size=4).map("\n".join),
    st.lists(st.builds("{}  {}".format, st.integers(1, 400), LABELLED), min_size=1, max_size=5).map("\n".join),
    st.lists(st.builds("{}\t{}\t{}".format, st.integers(1, 9), st.sampled_from(LABELS), SPEECH), min_size=1, max_size=4).map("\n".join),
    st.lists(st.builds("| {} | {} |".format, SPEECH, SPEECH), min_size=1, max_size=3).map("\n".join),
    st.sampled_from(
        (
            "Usia : 62\nTempat : warung\nKode informan: INF-3",
            "Keterangan: P: Pewawancara N: Narasumber A: Anak narasumber Demografi",
            "Keterangan\nP = Penjual\nI = Informan",
            "Transkrip Wawancara 1", "TRANSKRIP WAWANCARA 2\nInforman 2", "Informan 3", "# Pengalaman kerja", "**Harapan**", "A. Pendapatan",
            "- 12 -", "Halaman 3 dari 12", "45", "Lampiran 2", "(W/I-3/12-03-2025)", "WEBVTT", "00:00:01,000 --> 00:00:03,000",
            "Catatan lapangan\nHari itu hujan.", "FGD\nModerator: Silakan.", "***", "Sekian.", "Umur | 51 | Nama | Sarni",
        )
    ),
    SPEECH,
    st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), max_size=60),
)  # fmt: skip
TEXTS = st.lists(BLOCKS, min_size=1, max_size=7).flatmap(
    lambda blocks: st.sampled_from(("\n", "\n\n", "\n \n\n")).map(lambda gap: gap.join(blocks))
)


def letters(text: str) -> str:
    """Return the letters of a text alone: numbers of lines, times and hyphens may go when it is laid out, words never."""
    return "".join(c for c in text if c.isalpha())


def read(name: str, data: bytes, suffix: str, **options: object) -> ImportResult | None:
    """Return what an importer makes of *data*, held to the contract; None where it refuses it."""
    source = Source(f"acak{suffix}", data)
    try:
        result = registry.get(name)().read(source, ImportOptions(**options))  # type: ignore[arg-type]
    except InputError:
        return None
    check_result(result, source)
    return result


def texts(result: ImportResult) -> str:
    """Return the text of all transcripts, in order."""
    return "\n".join(transcript.text for transcript in result.corpus.transcripts)


def assigned_and_left(result: ImportResult) -> str:
    """Return the concatenation of every part of every transcript."""
    return "\n".join(
        part.span.of(transcript.text)
        for transcript in result.corpus.transcripts
        for part in result.parts[transcript.guid]
    )


def bare(text: str) -> str:
    """Return a text without white space."""
    return re.sub(r"\s+", "", text)


OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "speakers": st.dictionaries(st.sampled_from(LABELS), st.sampled_from([*Role, None]), max_size=3),
        "kind": st.sampled_from(Kind),
        "split": st.booleans(),
        "informant": st.just("INF-1"),
    },
)


@pytest.mark.parametrize("name", ["txt", "md"])
@settings(max_examples=150, deadline=None)
@given(text=TEXTS, options=OPTIONS)
def test_any_mixture_of_shapes_is_covered(name: str, text: str, options: dict[str, object]) -> None:
    """What was assigned and what was left is the text, and the letters of the text are those of the file, in order, each once."""
    result = read(name, text.encode("utf-8", "replace"), f".{name}", **options)
    if result is None:
        return
    whole = texts(result)

    assert bare(assigned_and_left(result)) == bare(whole)
    assert letters(whole) == letters(text.encode("utf-8", "replace").decode())
    shown = {(line.transcript, line.line) for line in explain(result)}
    for transcript in result.corpus.transcripts:
        filled = {number for number, line in enumerate(transcript.text.split("\n"), 1) if line.strip()}
        assert {number for name_, number in shown if name_ == transcript.name} >= (
            filled if len(result.corpus.transcripts) == 1 else set()
        )


@settings(max_examples=60, deadline=None)
@given(
    head=st.sampled_from(
        (["kode", "jawaban"], ["Pembicara", "Teks", "Kode"], ["No", "Kutipan", "Kode", "Tema"], ["x", "y"])
    ),
    rows=st.lists(st.lists(SPEECH, min_size=4, max_size=4), min_size=1, max_size=6),
)
def test_any_table_is_covered(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Responses, talk or codes: every part of the text that is made of a table is in one part."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(head)
    writer.writerows(row[: len(head)] for row in rows)
    result = read("csv", stream.getvalue().encode(), ".csv")

    if result is not None:
        assert bare(assigned_and_left(result)) == bare(texts(result))


@settings(max_examples=60, deadline=None)
@given(
    cues=st.lists(
        st.tuples(st.integers(0, 90), st.sampled_from(("", "P: ", "<v Rani>", "Speaker 1: ", "- ")), SPEECH),
        min_size=1,
        max_size=6,
    )
)
@example(cues=[(0, "P: ", "Jualan apa?"), (0, "P: ", "")])
@pytest.mark.parametrize(("name", "suffix", "dot"), [("vtt", ".vtt", "."), ("srt", ".srt", ",")])
def test_any_subtitles_are_covered(name: str, suffix: str, dot: str, cues: list[tuple[int, str, str]]) -> None:
    """Also with times that run backwards and speech that is empty."""
    lines = [] if name == "srt" else ["WEBVTT", ""]
    for number, (at, who, words) in enumerate(cues, 1):
        flat = " ".join(words.split())
        lines += [str(number), f"00:{at:02}:00{dot}000 --> 00:{at:02}:02{dot}000", f"{who}{flat}", ""]
    result = read(name, "\n".join(lines).encode(), suffix)

    if result is not None:
        assert bare(assigned_and_left(result)) == bare(texts(result))


@pytest.mark.parametrize(
    "parts",
    [
        lambda parts: parts[1:],
        lambda parts: (*parts, parts[-1]),
        lambda parts: tuple(reversed(parts)),
        lambda parts: tuple(Part(p.span, "unassigned") for p in parts),
    ],
    ids=["lost", "twice", "out of order", "no turns"],
)
def test_the_contract_can_fail(parts: object) -> None:
    """A contract that every result keeps would prove nothing."""
    from dataclasses import replace

    from qualcode.errors import StateError

    source = Source("a.txt", b"P: Apa?\nN: Itu.\nP: Oh?\nN: Ya.\n")
    result = registry.get("txt")().read(source, ImportOptions())
    ((guid, found),) = result.parts.items()
    check_result(result, source)

    with pytest.raises(StateError):
        check_result(replace(result, parts={guid: parts(found)}), source)  # type: ignore[operator]
