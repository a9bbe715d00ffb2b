"""The guide in a workbook: where each question was asked, and the matrix with a dash for what was asked in vain."""

from __future__ import annotations

import io
from typing import Any

from corpora import START, coding, corpus, guid, transcript
from openpyxl import load_workbook

from qualcode import exporters
from qualcode.model import Question, Reading, ResearchQuestion, Span

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
