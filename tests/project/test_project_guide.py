"""An interview guide brought into a study: from every kind of table, with what is wrong in it said by line."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from qualcode.errors import InputError, NotFoundError, QualcodeError, StateError
from qualcode.model import Elicited, Finding
from qualcode.project import Project
from qualcode.project.guide_table import read_guide

GUIDE = (
    "No,Rumusan Masalah,Aspek,Pertanyaan,Kode\n"
    "1,1. Apa saja yang sulit?,hari,Sehari-hari jualan apa?,hujan\n"
    '2,1. Apa saja yang sulit?,sakit,"Kalau sakit bagaimana? Punya BPJS?",\n'
    '3,2. Bagaimana bertahan?,kelompok,"Ikut arisan, atau perkumpulan lain?","Arisan dan tetangga; kosong"\n'
)


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    """Return a guide of three questions, as Excel saves one."""
    path = tmp_path / "pedoman.csv"
    path.write_text(GUIDE, encoding="utf-8")
    return path


def changed(guide: Path, old: str, new: str) -> Path:
    """Write *new* in the place of *old* in the guide."""
    text = guide.read_text(encoding="utf-8")
    assert old in text
    guide.write_text(text.replace(old, new, 1), encoding="utf-8")
    return guide


def numbers(study: Project) -> list[str]:
    return [question.number for question in study.corpus().questions]


def messages(found: tuple[Finding, ...] | tuple[QualcodeError, ...]) -> list[str]:
    return [str(each) for each in found]


def docx(*rows: str, above: str = "") -> bytes:
    """Return a Word document with one table; a row is its cells joined by ``|``, and ``^`` a cell merged with the one above."""
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

    def paragraphs(text: str) -> str:
        return "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("/")) or "<w:p/>"

    def cell(text: str, n: int) -> str:
        merge = "<w:vMerge/>" if text == "^" else '<w:vMerge w:val="restart"/>'
        spans = f'<w:gridSpan w:val="{n}"/>' if n > 1 else ""
        return f"<w:tc><w:tcPr>{merge}{spans}</w:tcPr>{paragraphs('' if text == '^' else text)}</w:tc>"

    width = max(row.count("|") + 1 for row in rows)
    table = "".join(
        f"<w:tr>{''.join(cell(text, 1 if '|' in row else width) for text in row.split('|'))}</w:tr>" for row in rows
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(
            "[Content_Types].xml", "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"
        )
        body = f"{paragraphs(above) if above else ''}<w:tbl>{table}</w:tbl>"
        archive.writestr("word/document.xml", f"<w:document {w}><w:body>{body}</w:body></w:document>")
    return stream.getvalue()


def test_guide_comes_in_with_its_codes_and_research_questions(study: Project, guide: Path) -> None:
    """Codes by key or name, research questions by the text beside them; the columns read are said."""
    report = study.set_guide(guide)
    corpus = study.corpus()
    first, second, third = corpus.questions
    problems = {question.guid: (question.number, question.text) for question in corpus.research_questions}

    assert report.counts == {"added": 3, "changed": 0, "unchanged": 0, "ended": 0, "failed": 0}
    assert (first.text, first.aspect, first.codes) == ("Sehari-hari jualan apa?", "hari", ("hujan",))
    assert (second.codes, third.codes) == ((), ("arisan", "kosong"))
    assert [problems[q.research_question] for q in corpus.questions] == [
        ("1", "Apa saja yang sulit?"), ("1", "Apa saja yang sulit?"), ("2", "Bagaimana bertahan?"),
    ]  # fmt: skip
    assert report.columns == {
        "number": "No", "question": "Pertanyaan", "aspect": "Aspek", "code": "Kode", "research_question": "Rumusan Masalah",
    }  # fmt: skip


def test_the_same_guide_again_changes_nothing(study: Project, guide: Path) -> None:
    """Not even the log."""
    study.set_guide(guide)
    before = study.log(n=None)
    report = study.set_guide(guide)

    assert report.counts["unchanged"] == 3
    assert study.log(n=None) == before


def test_a_dry_run_changes_nothing(study: Project, guide: Path) -> None:
    """And says what would be."""
    assert study.set_guide(guide, dry_run=True).counts["added"] == 3
    assert study.corpus().questions == ()


def test_a_changed_guide_changes_by_number_and_ends_what_is_gone(study: Project, guide: Path) -> None:
    """In one event that undo takes back whole."""
    study.set_guide(guide)
    before = study.corpus().questions
    changed(guide, "Sehari-hari jualan apa?", "Sehari-hari Ibu jualan apa saja?")
    changed(guide, GUIDE.splitlines(keepends=True)[2], "")
    report = study.set_guide(guide)

    assert [(outcome, question.number) for outcome, question in report.questions] == [
        ("changed", "1"), ("unchanged", "3"), ("ended", "2"),
    ]  # fmt: skip
    assert study.corpus().questions[0].guid == before[0].guid
    study.undo()
    assert study.corpus().questions == before


def test_a_question_put_between_moves_no_corrections_to_another(study: Project, guide: Path) -> None:
    """Renumbered questions are known by their words."""
    study.set_guide(guide)
    study.link_question("informan-02", 5, "3")
    lines = GUIDE.splitlines(keepends=True)
    renumbered = [*lines[:2], "2,,umur,Berapa usianya?,\n", "3" + lines[2][1:], "4" + lines[3][1:]]
    guide.write_text("".join(renumbered), encoding="utf-8")
    report = study.set_guide(guide)

    assert report.counts == {"added": 1, "changed": 2, "unchanged": 1, "ended": 0, "failed": 0}
    link = study.asked().link(study.corpus().transcript("informan-02").guid, 5)
    assert link is not None
    assert link.by_hand
    assert {q.guid: q.number for q in study.corpus().questions}[link.questions[0]] == "4"


def test_every_error_is_said_with_its_line_and_nothing_is_written(study: Project, guide: Path) -> None:
    """A row left out would end its question."""
    study.set_guide(guide)
    text = GUIDE + "3,,,Dua kali?,\n5,,,,hujan\n6,,,Kodenya salah?,arisn\n7,9,,Masalah yang mana?,\n"
    guide.write_text(text, encoding="utf-8")
    report = study.set_guide(guide)

    assert messages(report.errors) == [
        "pedoman.csv:5: number '3' stands twice, first in line 4",
        "pedoman.csv:6: this row has no question",
        "pedoman.csv:7: no code 'arisn' in the codebook",
        "pedoman.csv:8: research question 9 is listed nowhere",
    ]
    assert report.errors[2].hint == "did you mean: {nearest}?"
    assert "arisan" in str(report.errors[2].parameters["nearest"])
    assert numbers(study) == ["1", "2", "3"]


def test_columns_called_otherwise_are_named(study: Project, tmp_path: Path) -> None:
    """Without it, the error names the columns there are."""
    path = tmp_path / "daftar.csv"
    path.write_text("Urut;Isi;Kode\n1;Sehari-hari jualan apa?;hujan\n2;Ikut arisan?;arisan\n", encoding="utf-8")
    with pytest.raises(NotFoundError, match="its columns are Urut, Isi, Kode"):
        study.set_guide(path)
    with pytest.raises(NotFoundError, match="no column 'Nomor'"):
        study.set_guide(path, columns={"question": "Isi", "number": "Nomor"})
    with pytest.raises(NotFoundError, match="no field 'isi'"):
        study.set_guide(path, columns={"isi": "Isi"})

    assert study.set_guide(path, columns={"question": "isi", "number": "Urut"}).counts["added"] == 2


def test_english_headings_and_a_title_above_them(study: Project, tmp_path: Path) -> None:
    """A head is looked for below a title and above a row that numbers the columns."""
    path = tmp_path / "guide.csv"
    text = "INTERVIEW GUIDE,,,\nNo.,Question,Topic,Code\n(1),(2),(3),(4)\n1.,What do you sell?,work,hujan\n2),And when ill?,health,-\n"
    path.write_text(text, encoding="utf-8")
    study.set_guide(path)

    assert [(q.number, q.text, q.aspect, q.codes) for q in study.corpus().questions] == [
        ("1", "What do you sell?", "work", ("hujan",)), ("2", "And when ill?", "health", ()),
    ]  # fmt: skip


def test_a_word_table_with_merged_cells(study: Project, tmp_path: Path) -> None:
    """A kisi-kisi as theses print it: merged downward, headings across, several codes and several questions in a cell."""
    path = tmp_path / "kisi-kisi.docx"
    path.write_bytes(
        docx(
            "Rumusan Masalah|Aspek|No|Pertanyaan|Kode",
            "1. Apa yang sulit?|hari|1|Sehari-hari jualan apa?|hujan",
            "^|^|2|Kapan paling sepi?|hujan",
            "^|sakit|3|Kalau sakit bagaimana?|hujan",
            "^|^|^|^|kosong",
            "B. Bertahan",
            "2. Bagaimana bertahan?||4|1. Ikut arisan?/2. Ikut pengajian?|arisan",
        )
    )
    report = study.set_guide(path)
    corpus = study.corpus()

    assert messages(report.errors) == []
    assert [(q.number, q.text, q.aspect, q.codes) for q in corpus.questions] == [
        ("1", "Sehari-hari jualan apa?", "hari", ("hujan",)),
        ("2", "Kapan paling sepi?", "hari", ("hujan",)),
        ("3", "Kalau sakit bagaimana?", "sakit", ("hujan", "kosong")),
        ("4.1", "Ikut arisan?", "Bertahan", ("arisan",)),
        ("4.2", "Ikut pengajian?", "Bertahan", ("arisan",)),
    ]
    serves = {q.guid: q.number for q in corpus.research_questions}
    assert [serves[q.research_question] for q in corpus.questions] == ["1", "1", "1", "2", "2"]


def test_research_questions_by_number_from_paragraphs_above_the_table(study: Project, tmp_path: Path) -> None:
    """Or from a file of their own, or a sheet beside."""
    rows = ("No|Pertanyaan|RM", "1|Sehari-hari jualan apa?|1", "2|Ikut arisan?|RM 2")
    path = tmp_path / "pedoman.docx"
    path.write_bytes(docx(*rows, above="Rumusan Masalah/1. Apa yang sulit?/2. Bagaimana bertahan?/Pedoman"))
    study.set_guide(path)
    first = study.corpus().research_questions
    bare, listed = tmp_path / "tanpa.docx", tmp_path / "rumusan.txt"
    bare.write_bytes(docx(*rows))
    listed.write_text("Rumusan masalah\n\n1. Apa yang sulit?\n2. Bagaimana bertahan?\n", encoding="utf-8")
    again = study.set_guide(bare, research_questions=listed)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row.split("|"))
    other = book.create_sheet("Rumusan")
    for values in (("No", "Rumusan masalah"), (1, "Apa yang sulit?"), (2, "Bagaimana bertahan?")):
        other.append(values)
    book.save(tmp_path / "pedoman.xlsx")
    once_more = study.set_guide(tmp_path / "pedoman.xlsx")

    assert [(q.number, q.text) for q in first] == [("1", "Apa yang sulit?"), ("2", "Bagaimana bertahan?")]
    assert again.counts["unchanged"] == once_more.counts["unchanged"] == 2
    assert study.corpus().research_questions == first


def test_questions_without_numbers_are_numbered_by_their_order(study: Project, tmp_path: Path) -> None:
    """Word numbers the cells itself, which is not in the text; numbers for some alone are an error."""
    path = tmp_path / "pedoman.docx"
    path.write_bytes(docx("No|Pertanyaan", "|Sehari-hari jualan apa?", "|Ikut arisan?"))
    report = study.set_guide(path)

    assert numbers(study) == ["1", "2"]
    assert any("numbered by their order" in message for message in messages(report.findings))
    path.write_bytes(docx("No|Pertanyaan", "1|Sehari-hari jualan apa?", "|Ikut arisan?"))
    assert messages(study.set_guide(path).errors) == ["pedoman.docx:3: this question has no number"]


def test_another_studys_guide_is_refused_until_it_is_to_replace(study: Project, guide: Path, tmp_path: Path) -> None:
    """Its questions have the same numbers; what was corrected of the old ones must not pass to them."""
    study.set_guide(guide)
    study.link_question("informan-02", 5, "3")
    other = tmp_path / "guru.csv"
    other.write_text(
        "no,pertanyaan\n1,Sejak kapan mengajar?\n2,Berapa honornya?\n3,Apa harapannya?\n", encoding="utf-8"
    )
    with pytest.raises(StateError, match="0 of its 3 questions come back"):
        study.set_guide(other)
    report = study.set_guide(other, replace=True)

    assert report.counts == {"added": 3, "changed": 0, "unchanged": 0, "ended": 3, "failed": 0}
    assert study.corpus().question_links == ()
    assert study.corpus().research_questions == ()


def test_a_question_worded_quite_otherwise_is_said(study: Project, guide: Path) -> None:
    """It keeps its number, and what was corrected."""
    study.set_guide(guide)
    report = study.set_guide(changed(guide, "Sehari-hari jualan apa?", "Siapa yang membantu di rumah?"))

    assert report.counts["changed"] == 1
    assert any("worded quite otherwise" in message for message in messages(report.findings))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("kosong.csv", ""),
        ("kepala.csv", "no,pertanyaan\n"),
        ("angka.csv", "no,pertanyaan\n1,2\n3,4\n"),
        ("lain.txt", "1. Apa?"),
        ("tiada.csv", None),
        ("tabel.docx", None),
    ],
)
def test_files_that_hold_no_guide(study: Project, tmp_path: Path, name: str, text: str | None) -> None:
    """One clear error each."""
    path = tmp_path / name
    if text is not None:
        path.write_text(text, encoding="utf-8")
    if name == "tabel.docx":
        path.write_bytes(docx("Nama|Umur", "A|1"))
    with pytest.raises(QualcodeError) as caught:
        study.set_guide(path)

    assert name in str(caught.value)


def test_a_question_as_long_as_a_book_comes_in_again(study: Project, tmp_path: Path) -> None:
    """Somebody's whole chapter in one cell is compared in no time."""
    path = tmp_path / "panjang.csv"
    path.write_text("no,pertanyaan\n1," + "kata " * 50_000 + "\n", encoding="utf-8")
    study.set_guide(path)
    path.write_text("no,pertanyaan\n1," + "kata " * 50_000 + "lagi\n", encoding="utf-8")

    assert study.set_guide(path).counts["changed"] == 1


def test_guide_shows_in_which_interviews_each_question_was_asked(study: Project, guide: Path) -> None:
    """And links can be said otherwise, taken back, and undone."""
    study.set_guide(guide)
    first, second, third = study.guide()

    assert (first.asked_in, first.n, first.research_question) == (("informan-01",), 2, "1. Apa saja yang sulit?")
    assert (second.asked_in, third.asked_in) == (("informan-01",), ("informan-02",))
    said = study.link_question("informan-02", 1, "1", "2")
    assert (said.by_hand, len(said.questions)) == (True, 2)
    assert study.guide()[0].asked_in == ("informan-01", "informan-02")
    assert study.link_question("informan-02", 1).questions == ()
    study.undo()
    assert study.guide()[0].asked_in == ("informan-01", "informan-02")
    assert not study.unlink_question("informan-02", 1).by_hand


def test_links_that_cannot_be(study: Project, guide: Path) -> None:
    """No guide, no such question, no such turn, nobody who asks."""
    with pytest.raises(InputError, match="no interview guide"):
        study.link_question("informan-01", 1, "1")
    study.set_guide(guide)
    with pytest.raises(NotFoundError, match="no question '9'"):
        study.link_question("informan-01", 1, "9")
    with pytest.raises(InputError, match="no turn 99"):
        study.link_question("informan-01", 99, "1")
    with pytest.raises(InputError, match="asks nothing"):
        study.link_question("informan-01", 2, "1")


def test_corrections_survive_importing_again_and_a_revision(study: Project, guide: Path, transcripts: Path) -> None:
    """Also where the interviewer's own words are corrected."""
    study.set_guide(guide)
    study.link_question("informan-02", 3, "2")
    study.import_files(transcripts)
    file = transcripts / "informan-02.txt"
    file.write_text(file.read_text(encoding="utf-8").replace("Ada perkumpulannya", "Ada kumpulannya"), encoding="utf-8")
    study.import_files(file, revise=True)
    link = study.asked().link(study.corpus().transcript("informan-02").guid, 3)

    assert link is not None
    assert link.by_hand
    assert study.guide()[1].asked_in == ("informan-01", "informan-02")


def test_prompted_is_proposed_and_marked_by_the_coder_alone(study: Project, guide: Path) -> None:
    """Nothing is set by itself; marking is one event, and of one's own codings."""
    study.set_guide(guide)
    mine = study.code("informan-02", code="arisan", turn=6)
    theirs = study.as_coder("dewi").code("informan-02", code="arisan", turn=6)
    found = study.prompting(mine)

    assert found is not None
    assert (found.turn, mine.elicited) == (5, Elicited.UNMARKED)
    assert [each.coding for each in study.promptings()] == [mine.guid]
    assert study.mark_prompted([mine, theirs]) == 1
    marks = {coding.guid: coding.elicited for coding in study.corpus().codings}
    assert marks == {mine.guid: Elicited.PROMPTED, theirs.guid: Elicited.UNMARKED}
    assert study.promptings() == ()
    study.undo()
    assert len(study.promptings()) == 1


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=30
).filter(lambda text: any(character.isalpha() for character in text))


@given(st.lists(st.tuples(WORDS, st.one_of(st.just(""), WORDS)), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_whatever_is_asked_comes_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, questions: list[tuple[str, str]]
) -> None:
    """Quotation marks, commas and other writing in a cell: one row is one question with its aspect, and none is lost."""
    path = tmp_path_factory.mktemp("pedoman") / "pedoman.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("no", "pertanyaan", "aspek", "kode"))
        writer.writerows((number, text, aspect, "x") for number, (text, aspect) in enumerate(questions, 1))
    read = read_guide(path)

    assert read.errors == ()
    assert [(row.number, row.question, row.line) for row in read.rows] == [
        (str(number), " ".join(text.split()), number + 1) for number, (text, _) in enumerate(questions, 1)
    ]
    assert [row.aspect for row in read.rows] == [" ".join(aspect.split()) for _, aspect in questions]
