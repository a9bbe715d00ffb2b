"""Talk without speaker labels: its shapes, whose turns they are, and what must not be taken for talk."""

from __future__ import annotations

import time
from pathlib import Path

import annotated
import pytest
import recut
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qualcode.importers import ImportOptions, ImportResult, Source, read_transcripts, registry
from qualcode.importers.turns import Layout, find_turns
from qualcode.model import Kind, Role, Transcript
from qualcode.testing.importers import check_result

DATA = Path(__file__).parents[1] / "data" / "unlabelled"
TALKS = sorted((DATA / "talks").glob("*.txt"))
NO_TALKS = sorted((DATA / "no_talks").glob("*.txt"))
HARD = {"kutip_dua_tanya": 3}
"""How many passages may be wrong where nothing but guessing helps; the reading is doubtful there."""
CONTOH = Path(__file__).parents[2] / "transcripts" / "contoh"


def read(text: str, name: str = "lampiran.txt", **options: object) -> ImportResult:
    """Return what the importer for the suffix makes of *text*."""
    importer = registry.get(name.rpartition(".")[2])()
    return importer.read(Source(name, text.encode()), ImportOptions(**options))  # type: ignore[arg-type]


def said(layout: Layout, text: str) -> list[tuple[str, str]]:
    """Return label and words of each turn."""
    return [(layout.speakers[s.speaker].label, text[s.start : s.end]) for s in layout.spoken]


def doubts(result: ImportResult) -> list[str]:
    """Return what is doubtful."""
    return [str(f) for f in result.findings if f.level == "doubtful"]


@pytest.mark.parametrize("path", TALKS, ids=lambda p: p.stem)
def test_talks_in_the_manner_of_appendices(path: Path) -> None:
    """Every paragraph is with the side that says it, headings are with none, and the result keeps the rules."""
    file = annotated.load(path)
    result = annotated.read(file)

    wrong = annotated.wrong(file, result)
    assert len(wrong) <= HARD.get(path.stem, 0), wrong
    check_result(result, Source(file.name, file.data))
    assert [t.text for t in result.corpus.transcripts] == [file.text]
    assert result.corpus.transcripts[0].kind is Kind.INTERVIEW
    if path.stem in HARD:
        assert any("no labels" in doubt for doubt in doubts(result))


@pytest.mark.parametrize("path", NO_TALKS, ids=lambda p: p.stem)
def test_what_is_no_talk_has_no_turns(path: Path) -> None:
    """Field notes, stories, essays, laws, lists of questions and pages of questions and answers are no interviews."""
    file = annotated.load(path)
    result = annotated.read(file)

    assert [t.turns for t in result.corpus.transcripts] == [()]
    assert result.corpus.informants == ()
    check_result(result, Source(file.name, file.data))


@pytest.fixture(scope="module")
def interviews() -> list[Transcript]:
    """Return the ten sample interviews, read from their labels."""
    return [t for t in read_transcripts(CONTOH) if t.kind is Kind.INTERVIEW][:10]


@pytest.mark.parametrize("shape", recut.SHAPES, ids=lambda s: s.name.replace(" ", "-"))
def test_sample_interviews_in_every_shape(shape: recut.Shape, interviews: list[Transcript]) -> None:
    """Without their labels, at least 97 of 100 turns have the right speaker and role."""
    labels = ("T", "J") if shape.name == "T: and J:" else ("Tanya", "Jawab")
    shares = []
    for transcript in interviews:
        head, passages = recut.sides(transcript)
        result = recut.read(recut.recut(head, passages, shape), f"{transcript.name}.{shape.suffix}")
        (again,) = result.corpus.transcripts
        shares.append(recut.share_right(again, passages, *labels))

    assert len(shares) == 10
    assert sum(shares) / len(shares) >= 0.97, shares


QUOTES = (
    "“Kerja apa, Bu?”\n“Jualan, Mas.”\n“Sudah lama?”\n“Sudah, sepuluh tahun.”\n“Untungnya berapa?”\n“Ya cukup saja.”\n"
)


def test_labels_are_agreed_words_and_quotation_marks_are_nobodys() -> None:
    """The sides are called Tanya and Jawab, and the marks around the words are not spoken."""
    layout = find_turns(QUOTES)

    assert said(layout, QUOTES)[:2] == [("Tanya", "Kerja apa, Bu?"), ("Jawab", "Jualan, Mas.")]
    assert {s.label: s.role for s in layout.speakers} == {"Tanya": Role.INTERVIEWER, "Jawab": Role.INFORMANT}
    assert [span.of(QUOTES) for span in layout.noise] == ["”"] * 6


def test_who_asks_can_be_turned() -> None:
    """--speaker takes the agreed words."""
    layout = find_turns(QUOTES, speakers={"tanya": Role.INFORMANT, "Jawab": Role.INTERVIEWER})

    assert {s.label: s.role for s in layout.speakers} == {"Tanya": Role.INFORMANT, "Jawab": Role.INTERVIEWER}


def test_findings_say_by_what_the_sides_were_told_apart() -> None:
    """A guess is doubtful and says what to do; a title that speaks of an interview makes it certain."""
    unsure, sure = read(QUOTES), read(f"Transkrip wawancara\n\n{QUOTES}")

    (doubt,) = [f for f in unsure.findings if f.rule == "no labels"]
    assert (doubt.level, doubt.line) == ("doubtful", 1)
    assert "--speaker Tanya=informant" in str(doubt)
    assert [(f.level, f.line) for f in sure.findings if f.rule == "no labels"] == [("recognised", 3)]
    assert doubts(sure) == []


def test_what_the_user_says_decides() -> None:
    """A document that sounds like an interview is none if the user says so; one that is said to be an interview is read as one."""
    faq = annotated.load(DATA / "no_talks" / "faq_bernomor.txt").text

    assert read(QUOTES, kind=Kind.DOCUMENT).corpus.transcripts[0].turns == ()
    assert len(read(faq, kind=Kind.INTERVIEW).corpus.transcripts[0].turns) == 10


def test_one_label_is_kept_and_the_other_side_gets_its_word() -> None:
    """Where answers alone have labels, the questions between them are turns of the one who asks."""
    text = "".join(f"{n}. Apa kendala ke-{n}?\nJawab: Hujan, Mas.\n\nterus ya pulang.\n" for n in range(1, 5))
    layout = find_turns(text)

    assert said(layout, text)[:3] == [
        ("Tanya", "Apa kendala ke-1?"),
        ("Jawab", "Hujan, Mas.\n\nterus ya pulang."),
        ("Tanya", "Apa kendala ke-2?"),
    ]


def test_an_answer_may_hold_a_question() -> None:
    """Somebody who thinks aloud, or quotes a question, goes on answering."""
    text = (
        "Hasil wawancara\n1. Berapa penghasilan Ibu? Berapa ya? Ya kira-kira lima puluh.\n2. Apa hambatannya? Hujan. Siapa mau beli es?\n"
        "3. Siapa yang membantu? Nggak ada, saya sendiri.\n"
    )

    assert [words for label, words in said(find_turns(text), text) if label == "Jawab"] == [
        "Berapa ya? Ya kira-kira lima puluh.",
        "Hujan. Siapa mau beli es?",
        "Nggak ada, saya sendiri.",
    ]


@pytest.mark.parametrize(
    ("paragraph", "question"),
    [
        ("Apakah Bapak tidak mencari kerja lain? Sudah setua ini siapa yang terima, neng? Tidak ada.", 1),
        ("Berapa penghasilan Ibu sebulan? Sebulan? Tidak tentu, Mbak.", 1),
        ("Kenapa Bapak pindah? Ya bagaimana lagi, Mas? Digusur.", 1),
        ("Bagaimana awalnya, Pak? Ikut siapa waktu itu? Ikut paman.", 2),
        ("Apakah Ibu punya BPJS? Atau asuransi lain? Tidak punya.", 2),
        ("Berapa modal awalnya, Mbak? Dari tabungan sendiri, Mbak? Dari orang tua.", 2),
    ],
)
def test_a_question_behind_a_numbered_question_is_asked_or_answered(paragraph: str, question: int) -> None:
    others = [
        "Sejak kapan Bapak berjualan di sini? Sejak tahun 2003, ikut paman dulu.",
        "Bagaimana pendapatan sekarang? Susah. Bawa pulang tiga puluh ribu, kadang nombok.",
        "Apa harapan Bapak? Ya anak-anak bisa sekolah semua.",
    ]
    text = "HASIL WAWANCARA\n\n" + "\n".join(
        f"{n}. {line}" for n, line in enumerate([*others[:2], paragraph, others[2]], 1)
    )
    spoken = said(find_turns(text), text)
    asked = "?".join(paragraph.split("?")[:question]) + "?"
    assert spoken[4] == ("Tanya", asked)
    assert spoken[5] == ("Jawab", paragraph[len(asked) :].strip())


def test_questions_that_are_headings() -> None:
    text = (
        "# Wawancara tertulis\n\nInforman: perajin rotan, Cirebon, 41 tahun\n\n"
        "## Bagaimana awal mula menjadi perajin?\n\nIkut bapak, dari kecil sudah bantu-bantu.\n\n"
        "## Dari mana saja penghasilannya?\n\nPesanan kursi paling besar.\n\nAnyaman juga, tapi kecil.\n\n"
        "## Apa tantangan terbesarnya?\n\nRotan mahal. Pesanan tidak tentu.\n\n"
        "## Bagaimana jaminan sosialnya?\n\nTidak ada. BPJS saya ikut istri.\n"
    )
    result = registry.get("md")().read(Source("tertulis.md", text.encode()), ImportOptions())
    (transcript,) = result.corpus.transcripts
    turns = [(t.speaker, t.span.of(transcript.text)) for t in transcript.turns]
    assert [speaker for speaker, _ in turns] == ["Tanya", "Jawab"] * 4
    assert turns[2][1] == "Dari mana saja penghasilannya?"
    assert turns[3][1] == "Pesanan kursi paling besar.\n\nAnyaman juga, tapi kecil."
    assert result.corpus.informants[0].attributes["usia"] == 41


def test_an_image_of_the_header_stays_header() -> None:
    """Fields above the first question are the informant's, as with labels."""
    text = f"Kode informan : INF-7\nUsia : 41 tahun\nTempat : warung\n\n{QUOTES}"
    result = read(text)

    (informant,) = result.corpus.informants
    assert (informant.id, dict(informant.attributes)) == ("INF-7", {"usia": 41})
    assert {turn.informant for turn in result.corpus.transcripts[0].turns} == {None, informant.guid}


SCRAPS = st.lists(
    st.sampled_from(
        [
            "“Apa?”", "“Ya.", "lalu”", "\"Sudah?\"", "1. Apa? Itu.", "- Kenapa?", "**Apa?**", "_Ya._", "Jawab: ya", "Tanya:", "T: x",
            "Nama : S", "Transkrip wawancara", "# Judul", "”", "“", "*", "1.", "(tertawa)", "😀 ku\u0301", "\u202eאב", "saya ya", "",
        ]
    ),
    max_size=14,
)  # fmt: skip


@given(SCRAPS, st.sampled_from(["\n", "\n\n", "\n \n"]))
@settings(max_examples=300, deadline=None)
def test_nothing_is_lost_and_nothing_is_twice(lines: list[str], joint: str) -> None:
    """However marks and labels are mixed, the parts cover the text, each character once."""
    text = joint.join(lines)
    if text.strip():
        for name in ("x.txt", "x.md"):
            result = read(text, name)
            check_result(result, Source(name, text.encode()))
            assert "".join(t.text for t in result.corpus.transcripts) == text


@example("*- *")
@given(st.text(alphabet="“”\"'„«»*_-?.:1 \n\tayaTJ", max_size=120))
@settings(max_examples=300, deadline=None)
def test_any_marks_are_read(text: str) -> None:
    """No mixture of signs breaks the reading or loses a character."""
    if text.strip():
        check_result(read(text), Source("lampiran.txt", text.encode()))


def test_an_answer_that_takes_up_the_word_asked_about_may_end_with_a_question() -> None:
    # Simulated.
    text = (
        "Hasil wawancara\n1. Sudah lama jualan? Sudah, sepuluh tahun.\n"
        "2. Bantuannya ada, ya? Ada, seratus ribu sebulan, tapi siapa yang dapat?\n"
        "3. Anak sekolah? Sekolah, yang kecil kelas dua.\n4. Punya tabungan? Belum.\n"
    )
    assert [words for label, words in said(find_turns(text), text) if label == "Jawab"] == [
        "Sudah, sepuluh tahun.",
        "Ada, seratus ribu sebulan, tapi siapa yang dapat?",
        "Sekolah, yang kecil kelas dua.",
        "Belum.",
    ]


@pytest.mark.parametrize("piece", ["“Apa? ", "a? ", "??? ", "… . . . ", "** a **", "1. a? b ", '"" '])
def test_long_paragraphs_are_read_in_time(piece: str) -> None:
    """Half a million characters in one paragraph take seconds at most, whatever stands in it."""
    text = piece * (500_000 // len(piece))
    begin = time.perf_counter()
    find_turns(text)

    assert time.perf_counter() - begin < 10
