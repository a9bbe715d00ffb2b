"""Several interviews in one file: where each begins, whose it is, and that nothing is lost."""

from __future__ import annotations

from pathlib import Path

import annotated
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.importers import ImportOptions, ImportResult, Source, registry
from qualcode.importers.several.titles import title_of
from qualcode.model import Role
from qualcode.testing.importers import check_result

DATA = Path(__file__).parents[1] / "data" / "unlabelled" / "several"
FILES = sorted(DATA.glob("*.txt"))
TALK = "P: Kerja apa, Bu?\nN: Jualan, Mbak.\nP: Sudah lama?\nN: Sudah sepuluh tahun, Mbak.\n"


def read(text: str, **options: object) -> ImportResult:
    """Return what the importer makes of *text* in ``lampiran.txt``."""
    return registry.get("txt")().read(Source("lampiran.txt", text.encode()), ImportOptions(**options))  # type: ignore[arg-type]


def names(result: ImportResult) -> list[str]:
    """Return what the transcripts are called."""
    return [t.name for t in result.corpus.transcripts]


def whose(result: ImportResult) -> list[list[str]]:
    """Return the ids of the informants of each transcript."""
    ids = {person.guid: person.id for person in result.corpus.informants}
    return [[ids[guid] for guid in t.informants] for t in result.corpus.transcripts]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_files_in_the_manner_of_appendices(path: Path) -> None:
    """Each interview is a transcript that begins at its title, with its own turns; their texts are that of the file."""
    file = annotated.load(path)
    result = annotated.read(file)

    starts, at = [], 0
    for transcript in result.corpus.transcripts:
        starts.append((transcript.name, at))
        at += len(transcript.text)
    assert starts == list(file.starts)
    assert "".join(t.text for t in result.corpus.transcripts) == file.text
    assert annotated.wrong(file, result) == []
    check_result(result, Source(file.name, file.data))


def test_each_has_its_original_and_lines_are_those_of_the_file() -> None:
    """The bytes are kept for every transcript, and findings name the line in the file."""
    text = f"Transkrip Wawancara 1\n{TALK}\nTranskrip Wawancara 2\n{TALK}"
    result = read(text)

    assert {o.data for o in result.originals.values()} == {text.encode()}
    assert set(result.originals) == set(result.parts) == {t.guid for t in result.corpus.transcripts}
    assert [f.line for f in result.findings if "speaker 'N'" in str(f)] == [3, 9]


def test_a_legend_holds_until_there_is_another() -> None:
    """A legend above all, or in the first, says who is who in the others."""
    odd = "A: Ya, sudah.\nB: Apa?\nA: Sudah lama?\nB: Ya?\n"
    above = read(
        f"Keterangan: A: Narasumber, B: Peneliti\n\nTranskrip Wawancara 1\n{odd}\nTranskrip Wawancara 2\n{odd}"
    )
    first = read(f"Transkrip Wawancara 1\nKeterangan: A: Narasumber, B: Peneliti\n{odd}\nTranskrip Wawancara 2\n{odd}")

    for result in (above, first):
        roles = [{turn.speaker: turn.role for turn in t.turns} for t in result.corpus.transcripts]
        assert roles == [{"A": Role.INFORMANT, "B": Role.INTERVIEWER}] * 2


def test_one_informant_may_have_several_transcripts() -> None:
    """Two meetings with one person are two transcripts of one informant, by title, by id or by name."""
    by_title = read(f"Informan 1 Wawancara 1\n{TALK}\nInforman 1 Wawancara 2\n{TALK}\nInforman 2 Wawancara 1\n{TALK}")
    block = "Kode informan : INF-{}\nUsia : 40 tahun\nTanggal : {} Mei 2024\n\n"
    by_id = read(
        "".join(f"Transkrip Wawancara {n}\n{block.format(who, n)}{TALK}\n" for n, who in ((1, 3), (2, 3), (3, 4)))
    )
    named = "Nama : {}\nUsia : 40 tahun\nTempat : rumah\n\n"
    by_name = read(
        "".join(f"Transkrip {n}\n{named.format(who)}{TALK}\n" for n, who in ((1, "Sri"), (2, "Sri"), (3, "Tuti")))
    )

    assert names(by_title) == ["lampiran-1-w1", "lampiran-1-w2", "lampiran-2"]
    assert whose(by_title) == [["lampiran-1"], ["lampiran-1"], ["lampiran-2"]]
    assert [dict(t.metadata).get("wawancara_ke") for t in by_title.corpus.transcripts] == ["1", "2", None]
    assert whose(by_id) == [["INF-3"], ["INF-3"], ["INF-4"]]
    assert whose(by_name) == [["lampiran-1"], ["lampiran-1"], ["lampiran-2"]]


def test_names_of_people_are_in_no_name_of_a_transcript() -> None:
    """A title with a name gives the transcript a number."""
    result = read(f"Transkrip wawancara dengan Bu Kasmi\n{TALK}\nTranskrip wawancara dengan Pak Jono\n{TALK}")

    assert names(result) == ["lampiran-1", "lampiran-2"]
    assert whose(result) == [["lampiran-1"], ["lampiran-2"]]


def test_names_stay_when_an_interview_is_put_between() -> None:
    """The number in the title names the transcript, not its place."""
    result = read(f"Transkrip Wawancara 1\n{TALK}\nTranskrip Wawancara 3\n{TALK}")

    assert names(result) == ["lampiran-1", "lampiran-3"]


def test_what_stands_above_the_first_is_kept_and_said() -> None:
    """Cover and contents are in the first transcript, nobody's words, with a note."""
    cover = "SKRIPSI\nDaftar isi\nTranskrip Wawancara 1\nTranskrip Wawancara 2\n\n"
    result = read(f"{cover}Transkrip Wawancara 1\n{TALK}\nTranskrip Wawancara 2\n{TALK}")
    first = result.corpus.transcripts[0]

    assert first.text.startswith(cover)
    assert first.turns[0].span.start > len(cover)
    assert ["4 lines stand above the first interview" in str(f) for f in result.findings if f.level == "note"] == [True]


@pytest.mark.parametrize(
    "text",
    [
        f"Transkrip Wawancara\n{TALK}\nPertanyaan 2\n{TALK}",
        f"Transkrip Wawancara Informan 1\n{TALK}\nTranskrip Wawancara Informan 1\n{TALK}",
        f"Transkrip Wawancara\n{TALK}\nTranskrip Wawancara\n{TALK}",
        "Moderator: Apa?\nInforman 1\nSaya.\nInforman 2\nSaya juga.\nModerator: Lalu?\nInforman 1\nItu.\nInforman 2\nYa.\n",
        f"{TALK}Wawancara 1 dan wawancara 2 sudah dibaca.\n{TALK}",
        "Daftar isi\nTranskrip Wawancara 1\nTranskrip Wawancara 2\n",
    ],
)
def test_one_interview_is_kept_whole(text: str) -> None:
    """Headings, running heads, labels of a group and contents divide nothing."""
    assert names(read(text)) == ["lampiran"]


def test_doubtful_titles_are_said_and_the_user_decides() -> None:
    """``split`` in the hints divides at titles that may be headings, or keeps a file whole."""
    weak = "Informan 1\nP: Apa?\nN: Itu.\n\nInforman 2\nP: Apa?\nN: Ini.\n"
    strong = f"Transkrip Wawancara 1\n{TALK}\nTranskrip Wawancara 2\n{TALK}"

    kept = read(weak)
    assert names(kept) == ["lampiran"]
    assert any("may begin another interview" in str(f) and f.line == 5 for f in kept.findings)
    assert names(read(weak, split=True)) == ["lampiran-1", "lampiran-2"]
    assert names(read(strong, split=False)) == ["lampiran"]
    assert not any("another interview" in str(f) for f in read(strong, split=False).findings)


@pytest.mark.parametrize(
    ("line", "person", "meeting"),
    [
        ("Lampiran 3. Transkrip Wawancara Informan Kunci II (W1)", "kunci 2", "1"),
        ("INFORMAN III", "3", ""),
        ("Wawancara Kedua", "", "2"),
        ("WAWANCARA KE-2", "", "2"),
        ("Verbatim S1.W2", "s1", "2"),
        ("## Subjek 2 – wawancara 1", "2", "1"),
    ],
)
def test_titles(line: str, person: str, meeting: str) -> None:
    """Numbers are read in digits, Roman numerals and words."""
    title = title_of(line, 0)

    assert title is not None
    assert (title.person, title.meeting) == (person, meeting)


@pytest.mark.parametrize(
    "line",
    [
        "Informan 2 : Ya, saya jualan.",
        "Informan merasa capek",
        "Wawancara dilakukan di rumah informan 2 pada hari Senin.",
        "Wawancara : 12 Mei 2024",
        "Transkrip Wawancara Informan 1 ........ 88",
        "Transkrip Wawancara Informan 1\t88",
        "Responden yang diwawancarai adalah ibu-ibu rumah tangga",
        "Bagaimana wawancara 2?",
    ],
)
def test_no_titles(line: str) -> None:
    """Turns, fields, sentences and lines of a table of contents are none."""
    assert title_of(line, 0) is None


LINES = st.lists(
    st.sampled_from(
        [
            "Transkrip Wawancara 1", "TRANSKRIP WAWANCARA INFORMAN 2", "Informan 1", "Informan 3", "WAWANCARA KE-2", "Lampiran 4",
            "P: Apa?", "N: Itu.", "P: Oh?", "N: Ya.", "Nama : Sri", "Usia : 40 tahun", "Tempat : rumah", "Keterangan: P: Peneliti, N: Narasumber",
            "“Kerja apa?”", "“Jualan, Mas.”", "", "lain-lain", "1. Apa? Itu, Mas.",
        ]
    ),
    max_size=40,
)  # fmt: skip


@given(LINES, st.sampled_from([None, True, False]))
@settings(max_examples=300, deadline=None)
def test_the_texts_of_the_parts_are_the_text_of_the_file(lines: list[str], split: bool | None) -> None:
    """Wherever a file is divided, nothing is lost or twice, and every transcript keeps the rules."""
    text = "\n".join(lines)
    if text.strip():
        result = read(text, split=split)

        assert "".join(t.text for t in result.corpus.transcripts) == text
        assert len(set(names(result))) == len(names(result))
        check_result(result, Source("lampiran.txt", text.encode()))
