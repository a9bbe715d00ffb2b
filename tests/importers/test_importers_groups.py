"""Group interviews: tables of who says what, people called by what they do or where they are from, and several with one meaning."""

from __future__ import annotations

import pytest

from qualcode.importers import ImportOptions, Source, registry
from qualcode.model import Role
from qualcode.testing.importers import check_result

MODERATES, PARTICIPATES, ASKS, ANSWERS = Role.MODERATOR, Role.PARTICIPANT, Role.INTERVIEWER, Role.INFORMANT


def said(text: str, name: str = "a.txt") -> list[tuple[Role, str, str]]:
    """Return role, label and words of each turn."""
    source = Source(name, text.encode())
    result = registry.get(name.rpartition(".")[2])().read(source, ImportOptions())
    check_result(result, source)
    return [(u.role, u.speaker, u.span.of(t.text)) for t in result.corpus.transcripts for u in t.turns]


ROWS = (
    ("1", "Moderator", "Kenapa balita tidak datang?"),
    ("2", "Bu Yuni", "Ibunya kerja di pabrik."),
    ("3", "Tarmi", "Ada yang takut disuntik."),
    ("4", "Moderator", "Lalu kader melakukan apa?"),
    ("5", "Bu Yuni", "Kita datangi ke rumah."),
    ("6", "Bu Sri", "Saya bawakan timbangan."),
)


@pytest.mark.parametrize("head", [("No", "Nama", "Pernyataan"), ("No.", "Peserta", "Isi pembicaraan"), ()])
@pytest.mark.parametrize("columns", [3, 2])
def test_each_row_of_a_table_is_a_turn(head: tuple[str, ...], columns: int) -> None:
    """Also of those who speak once; the numbers count rows, not lines of a page."""
    rows = [row[-columns:] for row in ((head, *ROWS) if head else ROWS)]
    turns = said("\n".join("\t".join(row) for row in rows) + "\n")

    assert [(label, words) for _, label, words in turns] == [row[1:] for row in ROWS]
    assert [role for role, _, _ in turns] == [MODERATES, *[PARTICIPATES] * 2, MODERATES, *[PARTICIPATES] * 2]


def test_rows_of_topics_are_no_turns() -> None:
    """Topics come back in a table, too; nobody there asks."""
    rows = ("Upah\tnaik turun", "Modal\tdari arisan", "Upah\tharian", "Modal\tutang", "Upah\tborongan")
    assert said("\n".join(rows)) == []


def test_people_are_called_by_what_they_do() -> None:
    """With a small letter in the second word, once they come back."""
    text = (
        "Fasilitator: Siapa yang mau cerita?\nTukang becak: Saya.\nIbu rumah tangga: Saya juga.\nFasilitator: Silakan.\n"
        "Tukang becak: Sepi.\nIbu rumah tangga: Sama.\n"
    )
    assert [(role, label) for role, label, _ in said(text)] == [
        (MODERATES, "Fasilitator"),
        (PARTICIPATES, "Tukang becak"),
        (PARTICIPATES, "Ibu rumah tangga"),
    ] * 2


def test_whoever_speaks_once_where_each_line_has_a_label_speaks() -> None:
    """A name that stands once is doubted, and no part of what the one above says."""
    text = (
        "Moderator: Apa masalahnya?\nSolo: Upah.\nPekalongan: Printing.\nCirebon: Alat.\nModerator: Lalu?\nSolo: Takut.\n"
        "Cirebon: Betul.\n"
    )
    assert [label for _, label, _ in said(text)] == [
        "Moderator",
        "Solo",
        "Pekalongan",
        "Cirebon",
        "Moderator",
        "Solo",
        "Cirebon",
    ]


@pytest.mark.parametrize("range_", ["K1-K4", "K1–4", "K1 s.d. K4", "K1 - K4"])
def test_a_legend_explains_several_labels_at_once(range_: str) -> None:
    """``K1-K4 = kader``: each of them, also who speaks once."""
    text = f"Keterangan: M = moderator, {range_} = kader\nM: Lancar?\nK1: Lancar.\nK2: Ya.\nM: Kesulitan?\nK3: Menu.\nK1: Suami.\n"
    assert [(role, label) for role, label, _ in said(text)] == [
        (MODERATES, "M"),
        (PARTICIPATES, "K1"),
        (PARTICIPATES, "K2"),
        (MODERATES, "M"),
        (PARTICIPATES, "K3"),
        (PARTICIPATES, "K1"),
    ]


def test_whoever_calls_a_radio_is_no_informant() -> None:
    """Beside the guest in the studio."""
    text = (
        'PENYIAR: "Sudah berjalan, Pak?"\nNARASUMBER: "Sudah."\nPENYIAR: "Halo, siapa ini?"\nPENELEPON 1: "Wati. Kok ditolak?"\n'
        'NARASUMBER: "KTP luar kota."\nPENELEPON 1: "Iya."\n'
    )
    assert {label: role for role, label, _ in said(text)} == {
        "PENYIAR": ASKS,
        "NARASUMBER": ANSWERS,
        "PENELEPON 1": Role.BYSTANDER,
    }


@pytest.mark.parametrize(
    "head",
    [
        "Pewawancara 1: Nisa (Ns), Pewawancara 2: Fajar (F). Informan: Bu Kokom (K), buruh cuci.",
        "Pewawancara: Nisa (Ns) dan Fajar (F)\nInforman: Bu Kokom (K)\n",
    ],
)
def test_two_interviewers_are_named_with_their_letters(head: str) -> None:
    """In one line or in two."""
    text = f"{head}\nNs: Ganggu, Bu?\nK: Tidak.\nF: Banyak cucian?\nK: Lima kantong.\nNs: Sekilonya?\nK: Empat ribu.\nF: Oh begitu.\n"
    assert {label: role for role, label, _ in said(text)} == {"Ns": ASKS, "K": ANSWERS, "F": ASKS}


@pytest.mark.parametrize(("asks", "answers"), [("Iter", "Itee"), ("P", "S1")])
def test_below_subjek_stands_who_asks_as_well(asks: str, answers: str) -> None:
    """The heading of a column gives all in it a role only where none of them asks."""
    rows = (
        "Baris | Subjek | Verbatim | Koding",
        f"1 | {asks} | Apa yang kamu rasakan? |",
        f"2 | {answers} | Marah, tapi diam saja. | dipendam",
        f"3 | {asks} | Marah sama siapa? |",
        f"4 | {answers} | Sama bapak, dia pergi. | ditinggal",
        f"5 | {asks} | Sampai sekarang? |",
        f"6 | {answers} | Sekarang sudah biasa. | penerimaan",
    )
    assert [role for role, _, _ in said("\n".join(rows) + "\n")] == [ASKS, ANSWERS] * 3


def test_an_interview_by_mail_says_so_in_its_subject() -> None:
    """Numbered questions with labelled answers, as formal as they are."""
    text = (
        "Kepada: Bapak H.\nPerihal: Pertanyaan wawancara lanjutan\n\n1. Apakah menerima anggota harian?\nJawaban: Menerima, dengan "
        "penjamin.\n\n2. Berapa simpanan pokoknya?\nJawaban: Seratus ribu.\n\n3. Apa kendalanya?\nJawaban: Kredit macet.\n"
    )
    assert [role for role, _, _ in said(text)] == [ASKS, ANSWERS] * 3


def test_participants_may_be_called_by_numbers() -> None:
    """They come back in no order; numbers that go up count questions."""
    lines = (
        "F: Berapa kali?",
        "1: Dua puluh.",
        "4: Sepuluh.",
        "2: Tergantung.",
        "F: Dibayar berapa?",
        "1: Tiga ribu.",
        "4: Makanan.",
    )
    assert [(role, label) for role, label, _ in said("FGD buruh gendong\n" + "\n".join(lines) + "\n")] == [
        (MODERATES if line[0] == "F" else PARTICIPATES, line[0]) for line in lines
    ]
    source = Source("a.txt", ("FGD buruh gendong\n" + "\n".join(lines) + "\n").encode())
    assert not any("the only label" in str(f) for f in registry.get("txt")().read(source, ImportOptions()).findings)
    counted = ("F: Pertanyaan kita:", "1: Berapa kali?", "2: Dibayar berapa?", "3: Siapa yang bayar?", "F: Itu saja.")
    assert not any(label.isdigit() for _, label, _ in said("\n".join(counted) + "\n"))


def test_a_name_in_bold_begins_a_turn() -> None:
    """Without a colon, where most paragraphs have one and they come back."""
    lines = (
        "**Fasilitator** Bagaimana?",
        "**Pak Samsul** Sepi, Pak.",
        "**Fasilitator** Sudah lapor?",
        "**Pak Samsul** Sudah.",
    )
    assert [(label, words) for _, label, words in said("\n\n".join(lines) + "\n", "a.md")] == [
        ("Fasilitator", "Bagaimana?"),
        ("Pak Samsul", "Sepi, Pak."),
        ("Fasilitator", "Sudah lapor?"),
        ("Pak Samsul", "Sudah."),
    ]
    stressed = (
        "**Upah** kami naik turun.",
        "**Modal** dari arisan.",
        "**Upah** harian.",
        "**Modal** utang.",
        "Lalu habis.",
        "Begitu.",
    )
    assert said("\n\n".join(stressed) + "\n", "a.md") == []
