"""The interview guide in a report: where it was asked, what of it did not come up, and ticks on the codeline."""

from __future__ import annotations

from dataclasses import replace

from corpora import START, coding, corpus, guid, suggestion, transcript
from reading import Page, pages

from qualcode.model import (
    Code,
    Codebook,
    Corpus,
    Kind,
    Question,
    QuestionLink,
    Reading,
    ResearchQuestion,
    Span,
    Transcript,
)
from qualcode.reports import build
from qualcode.reports.figures import Row, Tick, codeline

PROBLEM = ResearchQuestion(guid("rm"), "1", "Apa saja yang sulit?")
DAY = Question(guid("q1"), "1", "Sehari-hari jalannya bagaimana?", "hari", ("tak-pasti",), PROBLEM.guid)
ILL = Question(guid("q2"), "2", "Kalau sakit bagaimana? Ada <b>BPJS</b>?", "sakit", ("jaminan",), PROBLEM.guid)
PHONE = Question(guid("q3"), "3", "HP atau aplikasi dipakai untuk apa?", "HP", ("teknologi",))

SARI = transcript(
    "sari",
    "P: Sehari-hari gimana jalannya?\nN: Nggak tentu.\nP: Kalo sakit gimana, Bu?\nN: Beli obat warung.\nP: Mari, Bu.\n",
)
GROUP = transcript(
    "kelompok",
    "M: HP dipakai untuk apa?\nA: Telepon.\nC: Sama.\n",
    informants={"A": "ayu", "C": "cici"},
    kind=Kind.GROUP,
)
GUIDE = (DAY, ILL, PHONE)


def read(source: Transcript) -> Reading:
    return Reading(guid("read" + source.name), source.guid, source.revision, Span(0, len(source.text)), "rani", START)


def study(**more: object) -> Corpus:
    """Return two conversations, read whole, in which one passage is coded."""
    codings = more.pop("codings", [coding(SARI, 2, "tak-pasti")])
    values = {"questions": GUIDE, "research_questions": (PROBLEM,), "readings": (read(SARI), read(GROUP))} | more
    return corpus([SARI, GROUP], codings, ids=["sari", "ayu", "cici"], **values)  # type: ignore[arg-type]


def made(of: Corpus, language: str = "en", **more: object) -> dict[str, Page]:
    return pages(build(of, version="1", language=language, **more))  # type: ignore[arg-type]


def test_overview_has_the_guide_with_where_it_was_asked() -> None:
    """Research question, question, aspect, code, asked in n of m; a question's words are words, whatever they look like."""
    page = made(study())["index.html"]
    text = page.section("Interview guide")

    assert "1. Sehari-hari jalannya bagaimana? 1 hari T1 1 of 2" in text
    assert "2. Kalau sakit bagaimana? Ada <b>BPJS</b>? 1 sakit T2 1 of 2" in text
    assert "3. HP atau aplikasi dipakai untuk apa? – HP S2 1 of 2" in text
    assert "Research questions: 1 Apa saja yang sulit?" in text
    assert "proposed by likeness of words" in text
    assert "0 turns of the study were set by hand" in text


def test_matrix_tells_asked_but_not_mentioned_from_empty() -> None:
    """A dash for the interview, nothing for who sat in the group; the legend says both."""
    text = made(study())["index.html"].section("Code × informant matrix")

    assert "sari ● stance not marked 1 – asked but not mentioned ayu" in text.replace("(not read)", "")
    assert "– asked but not mentioned asked, answer read, not mentioned;" in text
    assert "it was not asked, or only of the group" in text


def test_without_a_guide_the_matrix_says_what_it_cannot_tell() -> None:
    """And has neither dash nor table of questions."""
    files = made(study(questions=(), research_questions=()))

    assert "Interview guide" not in files["index.html"].headings
    assert "The study has no interview guide" in files["index.html"].section("Code × informant matrix")
    assert "asked, answer read" not in files["index.html"].text
    assert "is not recorded" in files["informan/sari.html"].section("What did not come up")
    assert "What was asked" not in files["sumber/kelompok.html"].headings
    assert "Questions of the guide" not in files["informan/sari.html"].text


def test_informant_page_has_the_three_lists() -> None:
    """Denied, asked but not mentioned, not asked; a code without a question in the guide is in none of them."""
    text = made(study(codings=[coding(SARI, 2, "tak-pasti", stance="denied")]))["informan/sari.html"].section(
        "What did not come up"
    )

    assert "Denied T1 Uncertain work" in text
    assert "Asked but not mentioned T2 Lack of social security" in text
    assert "Not asked, as far as recognised S2 Using technology" in text
    assert "the guide does not tell whether it was asked S1 Values S1a Saving" in text
    assert "does not mean that the informant has not experienced them" in text


def test_informant_of_a_group_is_not_said_to_have_had_nothing_to_say() -> None:
    """The group page says it of the group."""
    files = made(study(codings=[coding(GROUP, 2, "jaminan"), coding(SARI, 2, "tak-pasti")]))

    assert "Asked of the group only; not known of this informant S2" in files["informan/cici.html"].section(
        "What did not come up"
    )
    group = files["sumber/kelompok.html"].section("What was asked")
    assert "3. HP atau aplikasi dipakai untuk apa? S2 turn 1" in group
    assert "Asked of the group but not mentioned S2 Using technology" in group
    assert "Not asked, as far as recognised: 1, 2." in group


def test_code_page_says_of_whom_it_was_asked() -> None:
    """The twin of the informant's lists."""
    files = made(study(codings=[coding(GROUP, 2, "jaminan")]))
    text = made(study())["kode/jaminan.html"].section("Who does not mention it")
    counts = files["kode/jaminan.html"].section("Quotes")

    assert (
        "Said of themselves by 1 of 3 informants; 1 asked without mentioning it; 1 not asked, as far as recognised."
        in counts
    )

    assert "Asked but not mentioned sari" in text
    assert "Not asked, as far as recognised ayu, cici" in text
    assert "Where it says “Asked but not mentioned”, “Not asked, as far as recognised”" in text


def test_a_wish_that_only_questions_drew_out_is_said_to_be_so() -> None:
    """PRACTICE: prompted wishes are no strategy."""
    asked = [coding(GROUP, turn, "teknologi", elicited="prompted") for turn in (2, 3)]
    files = made(study(codings=asked), language="id")

    assert "2 dari 3 informan tentang diri sendiri (semuanya setelah ditanya)" in files["kode/teknologi.html"].section(
        "Kutipan"
    )


def test_codeline_is_ticked_by_the_questions_and_a_table_says_the_same() -> None:
    """Each tick has its question as a title; on a code's own line stand those about that code."""
    page = made(study())["informan/sari.html"]
    titles = [title.text for line in page.tree.iter("line") for title in line.iter("title")]

    assert titles == [
        "Question 1, turn 1: Sehari-hari jalannya bagaimana?",
        "Question 2, turn 3: Kalau sakit bagaimana? Ada <b>BPJS</b>?",
        "Question 1, turn 1: Sehari-hari jalannya bagaimana?",
    ]
    section = page.section("Codeline")
    assert "Questions of the guide asked in sari" in section
    assert "1. Sehari-hari jalannya bagaimana? T1 turn 1 (" in section
    assert "Not asked, as far as recognised: 3." in section
    assert "#t2-1" in "".join(page.links) or "#t1-1" in "".join(page.links)


def test_what_was_set_by_hand_is_said() -> None:
    """In the table and in the count."""
    link = QuestionLink(guid("l"), SARI.guid, SARI.revision, SARI.turn(5).span, (PHONE.guid,), "rani", START)
    page = made(study(question_links=(link,)))["informan/sari.html"]

    assert "3. HP atau aplikasi dipakai untuk apa? S2 turn 5 (by hand)" in page.section("Codeline")
    assert "1 turn of the study was set by hand" in page.section("Codeline")


def test_automatic_marking_says_nothing_of_asking() -> None:
    """Questions are ticked; nothing is called unmentioned."""
    automatic = study(codings=[], readings=(), suggestions=(suggestion(SARI, 2, "tak-pasti"),))
    files = made(automatic)

    assert "asked but not mentioned" not in files["index.html"].text
    assert "What did not come up" not in files["informan/sari.html"].headings
    assert "Questions of the guide asked in sari" in files["informan/sari.html"].section("Codeline")


def test_the_guide_speaks_indonesian() -> None:
    """PRACTICE's own words for the three kinds of absence."""
    files = made(study(codings=[coding(SARI, 2, "tak-pasti", stance="denied")]), language="id")
    text = files["informan/sari.html"].section("Yang tidak muncul")

    assert "Disangkal" in text
    assert "Ditanya tetapi tidak muncul" in text
    assert "Tidak ditanya" in text
    assert "Pedoman wawancara" in files["index.html"].headings


def test_numbers_of_questions_near_each_other_stand_on_levels() -> None:
    """None overwrites another; a tick again by the same question needs no number."""
    ticks = [Tick(0.1, "1", "satu"), Tick(0.11, "2", "dua"), Tick(0.12, "2", "dua lagi"), Tick(0.5, "3", "tiga")]
    drawn = codeline(
        [Row("T1", "Satu", "hangat1", ())], ticks=[], title="a", description="b", questions=ticks, heading="Tanya"
    )

    assert drawn.count('class="tanya"') == 4
    assert [part.partition("<")[0] for part in drawn.split('text-anchor="middle">')[1:]] == ["1", "2", "3"]
    assert len({part.partition('"')[0] for part in drawn.split('class="tanda" x="')[1:]}) == 3


def test_chips_and_columns_stand_in_the_order_of_the_codebook() -> None:
    """A category made after the codes in it stands before them, wherever codes are shown."""
    book = Codebook(
        "uji",
        (
            Code("upah", "Upah", parent="ekonomi"),
            Code("sakit", "Sakit"),
            Code("utang", "Utang", parent="ekonomi"),
            Code("ekonomi", "Ekonomi"),
        ),
    )
    coded = [coding(SARI, 2, key) for key in ("utang", "upah", "ekonomi", "sakit")]
    asked = replace(DAY, codes=("utang", "ekonomi", "sakit"))
    files = made(study(codebook=book, codings=coded, questions=(asked, replace(ILL, codes=()))))

    assert "hari K1 K2 K2b" in files["index.html"].section("Interview guide")
    matrix = files["index.html"].section("Code × informant matrix")
    places = [matrix.index(title) for title in ("K1", "K2", "K2a", "K2b")]
    assert places == sorted(places)


def test_numbered_research_questions_have_no_bullets_beside_the_numbers() -> None:
    html = build(study(), version="1", language="en")["index.html"].decode()

    assert '<ul class="bernomor" role="list">\n<li>1. Apa saja yang sulit?</li>' in html
    unnumbered = build(study(research_questions=(replace(PROBLEM, number=""),)), version="1", language="en")
    assert "<ul>\n<li>Apa saja yang sulit?</li>" in unnumbered["index.html"].decode()
