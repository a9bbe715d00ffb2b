"""The guide in a workbook: where each question was asked, and the matrix with a dash for what was asked in vain."""

from __future__ import annotations

import io
from typing import Any

from corpora import START, coding, corpus, guid, transcript
from openpyxl import load_workbook

from qualcode import exporters
from qualcode.exporters._kisi_kisi import guide_document
from qualcode.files.docx import read_docx
from qualcode.model import Corpus, Question, Reading, ResearchQuestion, Span

PROBLEM = ResearchQuestion(guid("rm"), "1", "Apa saja yang sulit?")
GUIDE = (
    Question(guid("q1"), "1", "=Sehari-hari bagaimana?", "hari", ("tak-pasti",), PROBLEM.guid),
    Question(guid("q2"), "2", "Kalau sakit bagaimana?", "sakit", ("jaminan",)),
)
SARI = transcript("sari", "P: Sehari-hari gimana?\nN: Nggak tentu.\nP: Kalo sakit gimana?\nN: Beli obat.\n")


def sheets(**more: Any) -> dict[str, list[list[Any]]]:
    read = Reading(guid("read"), SARI.guid, SARI.revision, Span(0, len(SARI.text)), "rani", START)
    of = corpus([SARI], [coding(SARI, 2, "tak-pasti")], readings=(read,), **more)
    stream = io.BytesIO()
    exporters.get("xlsx")(language="en").dump(of, stream)
    return {s.title: [[c.value for c in row] for row in s.iter_rows()] for s in load_workbook(stream)}


def test_a_study_with_a_guide_has_two_sheets_more() -> None:
    found = sheets(questions=GUIDE, research_questions=(PROBLEM,))

    assert list(found) == ["codings", "codebook", "informants", "guide", "matrix", "about"]
    assert found["guide"][1:] == [
        ["1", "'=Sehari-hari bagaimana?", "1. Apa saja yang sulit?", "hari", "tak-pasti", 1, 1, "sari"],
        ["2", "Kalau sakit bagaimana?", None, "sakit", "jaminan", 1, 1, "sari"],
    ]
    assert found["matrix"] == [
        ["informant", "tak-pasti", "jaminan", "nilai", "nabung", "teknologi"], ["sari", "●", "–", None, None, None],
    ]  # fmt: skip
    assert any("–" in str(row[1]) for row in found["about"])


def test_a_study_without_a_guide_has_what_it_had() -> None:
    assert list(sheets()) == ["codings", "codebook", "informants", "about"]


def grid(of: Corpus, language: str = "id") -> list[tuple[str, ...]]:
    """Return the cells of the rows of the table in the Word document."""
    document = read_docx(guide_document(of, language=language), file="kisi-kisi.docx")
    cells = ([document.text[start:end].replace("\n", "; ") for start, end in row.cells] for row in document.rows)
    return [tuple(row) for row in cells]


def test_kisi_kisi_stands_in_the_order_of_the_research_questions() -> None:
    """What a row shares with the one above is not repeated; who was asked is as linked; nobody and nothing are dashes."""
    second = ResearchQuestion(guid("rm2"), "2", "Apa siasatnya?")
    guide = (
        Question(guid("q3"), "3", "Siasatnya apa?", "", ("nabung", "nilai"), second.guid),
        *GUIDE,
        Question(guid("q4"), "4", "Musim hujan?", "hari", ("tak-pasti",), PROBLEM.guid),
    )
    read = Reading(guid("read"), SARI.guid, SARI.revision, Span(0, len(SARI.text)), "rani", START)
    of = corpus([SARI], readings=(read,), questions=guide, research_questions=(PROBLEM, second))

    assert grid(of) == [
        ("Rumusan masalah", "Aspek", "Pertanyaan", "Kode", "Informan yang ditanyai"),
        ("1. Apa saja yang sulit?", "hari", "1. =Sehari-hari bagaimana?", name("tak-pasti"), "sari"),
        ("", "", "4. Musim hujan?", name("tak-pasti"), "–"),
        ("2. Apa siasatnya?", "–", "3. Siasatnya apa?", f"{name('nilai')}; {name('nabung')}", "–"),
        ("–", "sakit", "2. Kalau sakit bagaimana?", name("jaminan"), "sari"),
    ]
    assert grid(of, "en")[0] == ("Research question", "Aspect", "Question", "Codes", "Informants asked")
    assert guide_document(of) == guide_document(of), "the same study gives the same bytes"


def name(key: str) -> str:
    return corpus([SARI]).codebook.code(key).title("id")
