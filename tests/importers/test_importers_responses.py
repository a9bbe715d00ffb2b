"""Tables with a response in every row."""

from __future__ import annotations

import pytest

from qualcode.errors import InputError, NotFoundError
from qualcode.importers import ImportOptions, ImportResult, Source, registry
from qualcode.model import Role


def read(text: str, **options: str) -> ImportResult:
    return registry.get("csv")().read(Source("survei.csv", text.encode()), ImportOptions(**options))  # type: ignore[arg-type]


def words(result: ImportResult) -> list[str]:
    (transcript,) = result.corpus.transcripts
    return [turn.span.of(transcript.text) for turn in transcript.turns]


def test_every_row_is_a_turn_of_its_informant() -> None:
    """Rows of one informant share one person; the other columns are attributes."""
    result = read("kode_responden,usia,jawaban\nR1,34,satu dua\nR2,,tiga\nR1,34,empat\n")

    assert words(result) == ["satu dua", "tiga", "empat"]
    assert {i.id: dict(i.attributes) for i in result.corpus.informants} == {"R1": {"usia": 34}, "R2": {"usia": None}}
    (transcript,) = result.corpus.transcripts
    assert [turn.informant for turn in transcript.turns] == [result.corpus.informants[at].guid for at in (0, 1, 0)]
    assert {turn.role for turn in transcript.turns} == {Role.INFORMANT}


def test_columns_can_be_stated() -> None:
    """What the user says goes before names and lengths; an unknown column offers the nearest."""
    text = "siapa,jawaban,panjang\nA1,ya,ini kalimat yang jauh lebih panjang\nA2,tidak,kalimat lain yang panjang juga\n"

    assert words(read(text)) == ["ya", "tidak"]
    assert words(read(text, text_column="Panjang"))[0].startswith("ini kalimat")
    assert [i.id for i in read(text, informant_column="siapa").corpus.informants] == ["A1", "A2"]
    with pytest.raises(NotFoundError) as caught:
        read(text, text_column="jawabn")
    assert caught.value.nearest == ("jawaban",)


def test_other_long_columns_are_doubtful() -> None:
    """Two open questions in one table: one is read, the other is said."""
    result = read("id,alasan,saran\nR1,karena hujan turun terus tiap hari,minta tempat yang ada atapnya dong\n")

    assert any("saran" in str(f) for f in result.findings if f.level == "doubtful")


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("Nama", "Sarni"),
        ("nama_lengkap", "Sarni"),
        ("Alamat", "Jl. Rekaan 3"),
        ("No HP", "0812000000"),
        ("E-mail", "a@contoh.example"),
        ("NIK", "3174000000000001"),
        ("kontak lain", "081200000000"),
        ("x", "a@contoh.example"),
        ("Panggilan", "Sarni"),
        ("inisial", "S"),
        ("domisili", "Jl. Rekaan 3"),
        ("tinggal dengan", "Pak Contoh"),
    ],
)
def test_columns_that_identify_are_left_out(column: str, cell: str) -> None:
    """Neither the column nor its cells become attributes or text, and a note says so."""
    result = read(f"id,{column},jawaban\nR1,{cell},ya begitulah\n")

    assert dict(result.corpus.informants[0].attributes) == {}
    assert cell not in result.corpus.transcripts[0].text
    assert any(f.rule == "privacy" and column in str(f) for f in result.findings)


def test_pseudonyms_and_places_stay() -> None:
    """A made-up name and a quarter of the city identify nobody."""
    result = read("id,nama samaran,domisili,jawaban\nR1,Bu Darmi,Pasar Minggu,ya begitulah\n")

    assert dict(result.corpus.informants[0].attributes) == {"nama_samaran": "Bu Darmi", "domisili": "Pasar Minggu"}


def test_names_are_no_ids() -> None:
    """A column of informants that holds people's names is not taken for codes, and a note says which and what to do."""
    text = "informan,jawaban\nBu Sarni,satu\nBu Sarni,dua\n"
    result = read(text)

    assert [i.id for i in result.corpus.informants] == ["survei/1", "survei/2"]
    (note,) = [str(f) for f in result.findings if "--informant-column" in str(f)]
    assert "'informan'" in note
    assert [i.id for i in read(text, informant_column="informan").corpus.informants] == ["Bu Sarni"]


def test_only_informants_who_answered_are_counted() -> None:
    """Rows without a response are counted apart, and so is who gave none at all."""
    result = read("id,usia,jawaban\nR1,30,satu\nR2,40,\nR3,50,tiga\nR3,50,\n")
    said = {f.rule: str(f) for f in result.findings}

    assert "2 responses of 2 informants" in said["table"]
    assert "2 of 4 rows" in said["empty turn"]
    assert [str(f) for f in result.findings if f.rule == "no response"] == [
        "survei.csv:3: 1 informants gave no response; their attributes were kept"
    ]
    assert [i.id for i in result.corpus.informants] == ["R1", "R2", "R3"]


def test_informants_of_full_tables_all_answered() -> None:
    """Without empty rows nothing is said of them."""
    assert not {"empty turn", "no response"} & {f.rule for f in read("id,jawaban\nR1,satu\n").findings}


def test_single_cells_that_identify_are_emptied() -> None:
    """One telephone number among a hundred places does not throw the column away, and does not stay."""
    rows = "".join(f"R{n},kota {n},ya\n" for n in range(20))
    result = read(f"id,asal,jawaban\n{rows}R99,hubungi 081200000000,ya\n")

    assert result.corpus.informants[0].attributes["asal"] == "kota 0"
    assert result.corpus.informants[-1].attributes["asal"] is None


def test_differing_attributes_of_one_informant_are_doubtful() -> None:
    """The first row's are kept and the line of the other is said."""
    result = read("id,usia,jawaban\nR1,34,satu\nR1,35,dua\n")

    (doubt,) = [f for f in result.findings if f.level == "doubtful" and f.rule == "attributes"]
    assert doubt.line == 3
    assert result.corpus.informants[0].attributes["usia"] == 34


def test_table_of_talk_is_a_conversation() -> None:
    """A column of speakers makes the table an interview, with the lines of the table in what is said."""
    result = read("no,pembicara,ucapan\n1,Peneliti,Kerja apa?\n2,Bu Sarni,Jualan.\n3,Peneliti,Lama?\n4,Bu Sarni,Ya.\n")

    assert words(result) == ["Kerja apa?", "Jualan.", "Lama?", "Ya."]
    assert [t.role for t in result.corpus.transcripts[0].turns[:2]] == [Role.INTERVIEWER, Role.INFORMANT]
    assert {f.line for f in result.findings if "speaker " in str(f)} == {2, 3}


def test_a_line_break_in_the_speakers_cell_moves_no_line() -> None:
    """A name broken in its cell is one label, and what is said still points to the row of the table."""
    result = read(
        'pembicara,ucapan\nPeneliti,Kerja apa?\n"Ibu\nSarni",Jualan.\nPeneliti,Lama?\n"Ibu  Sarni",Ya.\n,Lalu?\n'
    )

    assert words(result) == ["Kerja apa?", "Jualan.", "Lama?", "Ya.\nLalu?"]
    assert [t.speaker for t in result.corpus.transcripts[0].turns] == ["Peneliti", "Ibu Sarni"] * 2
    assert {f.line for f in result.findings if "speaker '" in str(f)} == {2, 3}
    assert [f.line for f in result.findings if f.level == "doubtful"] == [7]


def test_table_without_text_is_refused() -> None:
    """An empty column cannot be read as responses."""
    with pytest.raises(InputError, match="holds no text"):
        read("id,jawaban,x\nR1,,3\n", text_column="jawaban")
