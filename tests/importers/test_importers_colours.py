"""Codes as colours: highlighted words, or words in coloured letters, and the legend that says what each colour means. All talk is simulated."""

from __future__ import annotations

import pytest
from words import cell, p, t, table, word

from qualcode.files.docx import read_docx
from qualcode.files.rtf import read_rtf
from qualcode.importers import ImportOptions, ImportResult, Source, registry

YELLOW, GREEN = '<w:highlight w:val="yellow"/>', '<w:highlight w:val="green"/>'
ORANGE, BLUE = '<w:shd w:val="clear" w:fill="F4B083"/>', '<w:shd w:val="clear" w:fill="9CC2E5"/>'
RED_INK, BLUE_INK = '<w:color w:val="FF0000"/>', '<w:color w:val="0070C0"/>'
TALK = p(t("P: Kalau hujan bagaimana?"))


def read(body: str) -> ImportResult:
    return registry.get("docx")().read(Source("warna.docx", word(body)), ImportOptions())


def coded(result: ImportResult) -> list[tuple[str, str]]:
    book = {code.key: code.name for code in result.corpus.codebook}
    return [(book[c.code], result.corpus.quote(c)) for c in result.corpus.codings]


def levels(result: ImportResult) -> set[str]:
    return {finding.level for finding in result.findings if finding.rule == "colours"}


LEGENDS = {
    "samples": p(t("Keterangan warna:")) + p(t("Kuning", YELLOW), t(" = pendapatan")) + p(t("Hijau", GREEN), t(": dukungan")),
    "words": p(t("Kuning: pendapatan")) + p(t("Hijau: dukungan")),
    "coloured": p(t("Arti warna")) + p(t("pendapatan", YELLOW)) + p(t("dukungan", GREEN)),
    "blanks": p(t("     ", YELLOW), t(" : pendapatan")) + p(t("     ", GREEN), t(" : dukungan")),
    "table": table((cell("", '<w:shd w:fill="FFFF00"/>'), "pendapatan"), (cell("", '<w:shd w:fill="00FF00"/>'), "dukungan")),
    "named table": table(("Warna", "Kode"), ("Kuning", "pendapatan"), ("Hijau", "dukungan")),
}  # fmt: skip


@pytest.mark.parametrize("legend", LEGENDS.values(), ids=LEGENDS.keys())
@pytest.mark.parametrize("above", [True, False])
def test_highlighted_words_and_a_legend(legend: str, above: bool) -> None:
    talk = (
        TALK
        + p(t("N: "), t("Turun jauh, cuma ", YELLOW), t("balik modal", YELLOW + "<w:i/>"), t(", kadang nombok."))
        + p(t("P: Kalau sakit?"))
        + p(t("N: Beli obat warung. "), t("Untungnya tetangga pada peduli.", GREEN))
    )
    result = read(legend + p() + talk if above else talk + p() + legend)

    assert coded(result) == [
        ("pendapatan", "Turun jauh, cuma balik modal"),
        ("dukungan", "Untungnya tetangga pada peduli."),
    ]
    assert [turn.role.value for turn in result.corpus.transcripts[0].turns] == ["interviewer", "informant"] * 2
    assert levels(result) == {"recognised"}


def test_shaded_words_and_the_label_of_who_speaks() -> None:
    """A label taken along is no part of the passage, and a question is nobody's."""
    result = read(
        p(t("P: Ada sirene?", ORANGE))
        + p(t("N: Tidak ada sama sekali.", ORANGE), t(" Yang teriak karang taruna.", BLUE))
        + p(t("Legenda"))
        + table((cell("", '<w:shd w:fill="F4B083"/>'), "Peringatan"), (cell("", '<w:shd w:fill="9CC2E5"/>'), "Warga"))
    )

    assert coded(result) == [("Peringatan", "Tidak ada sama sekali."), ("Warga", "Yang teriak karang taruna.")]


def test_coloured_letters_need_a_legend() -> None:
    answer = p(t("J: "), t("Setor ke atas, dua ratus.", RED_INK), t(" Nanti mau "), t("buka tambal ban.", BLUE_INK))
    legend = p(t("merah: kuasa", RED_INK)) + p(t("biru: rencana", BLUE_INK))
    talk = p(t("T: Setor ke siapa?")) + answer

    assert coded(read(legend + talk)) == [("kuasa", "Setor ke atas, dua ratus."), ("rencana", "buka tambal ban.")]
    assert coded(read(talk)) == []


def test_highlighted_words_without_a_legend_are_candidates() -> None:
    """Somebody marked them, so nothing is dropped; what the colour means is not known, and that is said."""
    result = read(
        TALK
        + p(t("N: "), t("Turun jauh, cuma balik modal", YELLOW), t(", kadang nombok, tapi ya dijalani saja."))
        + p(t("P: Kalau sakit?"))
        + p(t("N: Beli obat warung. "), t("[tidak jelas]", YELLOW), t(" "), t("Tetangga pada peduli.", GREEN))
    )

    assert coded(result) == [
        ("stabilo kuning", "Turun jauh, cuma balik modal"),
        ("stabilo hijau", "Tetangga pada peduli."),
    ]
    assert levels(result) == {"doubtful"}


def test_a_colour_that_all_talk_has_is_no_code() -> None:
    result = read(
        TALK
        + p(t("N: Turun jauh, cuma balik modal.", YELLOW))
        + p(t("P: Kalau sakit?"))
        + p(t("N: Beli obat warung saja.", YELLOW))
    )

    assert coded(result) == []


@pytest.mark.parametrize(
    "look", ['<w:shd w:fill="F2F2F2"/>', '<w:highlight w:val="white"/>', '<w:color w:val="000000"/>']
)
def test_white_grey_and_black_are_no_colours(look: str) -> None:
    result = read(
        TALK + p(t("N: "), t("Turun jauh", look), t(", kadang nombok."), t(" Ya begitu.")) + p(t("P: Lalu? ")) + p(t("N: Ya pulang saja."))
    )  # fmt: skip

    assert coded(result) == []


def test_colours_in_a_coded_table_come_in_as_well() -> None:
    row = f"<w:tc>{p(t('N: Iya. '), t('Cuma balik modal.', YELLOW))}</w:tc>"
    talk = table(("Transkrip", "Kode"), ("P: Hujan?", ""), (row, "cuaca"))

    assert coded(read(LEGENDS["words"] + talk)) == [
        ("cuaca", "Iya. Cuma balik modal."),
        ("pendapatan", "Cuma balik modal."),
    ]


def test_where_colours_stand_in_the_text() -> None:
    document = read_docx(word(p(t("ab "), t("cd", YELLOW), t(" "), t("ef", RED_INK))), file="x.docx")

    assert [(c.start, c.end, c.ground, c.ink) for c in document.colours] == [
        (3, 5, "ffff00", ""),
        (6, 8, "", "ff0000"),
    ]


@pytest.mark.parametrize(
    "legend",
    [
        table((cell("pendapatan", '<w:shd w:fill="FFFF00"/>'), cell("dukungan", '<w:shd w:fill="00FF00"/>'))),
        p(t("Ket. warna: kuning = pendapatan; hijau = dukungan")),
        p(t("Warna kuning: pendapatan, hijau: dukungan")),
    ],
)
def test_legends_in_one_row(legend: str) -> None:
    talk = TALK + p(t("N: "), t("Cuma balik modal.", YELLOW), t(" Ya gitu deh. "), t("Tetangga peduli.", GREEN))

    assert coded(read(legend + p() + talk)) == [("pendapatan", "Cuma balik modal."), ("dukungan", "Tetangga peduli.")]


def test_colours_of_rtf() -> None:
    rtf = (
        r"{\rtf1\ansi{\colortbl ;\red255\green255\blue0;\red0\green176\blue80;\red255\green0\blue0;}"
        r"Kuning: cuaca\par Hijau: tetangga\par P: Kalau hujan?\par N: {\highlight1 Sepi sekali.} Nombok. "
        r"\cf3 merah\plain  {\chcbpat2 Tetangga peduli.}\par}"
    )
    document = read_rtf(rtf.encode(), file="x.rtf")
    result = registry.get("rtf")().read(Source("x.rtf", rtf.encode()), ImportOptions())

    assert [(c.ground, c.ink, document.text[c.start : c.end]) for c in document.colours] == [
        ("ffff00", "", "Sepi sekali."),
        ("", "ff0000", "merah"),
        ("00b050", "", "Tetangga peduli."),
    ]
    assert coded(result) == [("cuaca", "Sepi sekali."), ("tetangga", "Tetangga peduli.")]
