"""Tables of talk in plain text and Markdown."""

from __future__ import annotations

import pytest

from qualcode.importers import ImportOptions, ImportResult, Source, registry
from qualcode.importers.pages.pipes import table_document
from qualcode.model import Role

ROWS = [
    ["No", "Pelaku", "Verbatim", "Koding"],
    ["1", "P", "Ibu bekerja sebagai apa?", ""],
    ["2", "S", "Buruh cuci dari rumah ke rumah.", "Pekerjaan"],
    ["3", "P", "Sejak kapan?", ""],
    ["4", "S", "Sejak suami sakit, semua saya.", "Beban ganda"],
]
TABLES = {
    ".md": "\n".join(
        f"| {' | '.join(row)} |" + ("\n| --- | --- | :-: | --- |" if row[0] == "No" else "") for row in ROWS
    ),
    ".txt": "\n".join("\t".join(row) for row in ROWS),
}


def read(text: str, suffix: str) -> ImportResult:
    return registry.get(suffix[1:])().read(Source(f"tabel{suffix}", text.encode()), ImportOptions())


@pytest.mark.parametrize("suffix", TABLES)
def test_turns_and_codes_of_a_table(suffix: str) -> None:
    """Speakers and speech become turns, codes become codings, what stands above stays, and it is said."""
    result = read(f"Verbatim subjek 1\n\n{TABLES[suffix]}\n", suffix)
    (transcript,) = result.corpus.transcripts

    assert [(t.speaker, t.role, t.span.of(transcript.text)) for t in transcript.turns] == [
        ("P", Role.INTERVIEWER, "Ibu bekerja sebagai apa?"),
        ("S", Role.INFORMANT, "Buruh cuci dari rumah ke rumah."),
        ("P", Role.INTERVIEWER, "Sejak kapan?"),
        ("S", Role.INFORMANT, "Sejak suami sakit, semua saya."),
    ]
    assert {(c.code, c.span.of(transcript.text)) for c in result.corpus.codings} == {
        ("pekerjaan", "Buruh cuci dari rumah ke rumah."),
        ("beban-ganda", "Sejak suami sakit, semua saya."),
    }
    assert transcript.text.startswith("Verbatim subjek 1\n\n")
    assert [f.parameters["n"] for f in result.findings if f.rule == "columns" and f.level == "note"][:1] == [5]


@pytest.mark.parametrize(
    "text",
    [
        "| Nama | Umur |\n| --- | --- |\n| A | 51 |\n| B | 32 |\n| C | 40 |\n",
        "P\tApa?\nN\tItu.\nP\tOh?\nN\tYa.\n",
        "Transkrip\tbaris\n",
        "P: Apa | siapa?\nN: Itu | ini.\nP: Oh?\n",
        "",
    ],
)
def test_other_tables_are_none_of_talk(text: str) -> None:
    """Without a column of speech beside another that is usual, a text stays as it is."""
    assert table_document(text) is None
