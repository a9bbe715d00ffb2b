"""Header fields: what becomes an attribute, what is about the interview, and what never leaves the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode import i18n
from qualcode.importers import ImportOptions, ImportResult, Source, registry
from qualcode.importers._words import is_name, is_role_label, role_of, split_phrase
from qualcode.importers.header.cells import fields_in, read_fields
from qualcode.importers.header.fields import attribute_value, described, id_in
from qualcode.model import Kind, Role


def read(text: str, **options: object) -> ImportResult:
    return registry.get("txt")().read(Source("contoh.txt", text.encode()), ImportOptions(**options))  # type: ignore[arg-type]


TALK = "\nP : Kerja apa, Bu?\nN : Jualan.\nP : Lama?\nN : Lama.\n"


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ("Usia : 62", "usia", 62),
        ("Usia: 62 tahun", "usia", 62),
        ("Umur\t\t: 62 th", "umur", 62),
        ("- **Usia**: 62", "usia", 62),
        ("**Usia:** 62", "usia", 62),
        ("| Usia | 62 |", "usia", 62),
        ("2. Usia : ± 62 tahun", "usia", 62),
        ("Usia\t62", "usia", 62),
        ("Age: 62 years old", "age", 62),
        ("Usia (tahun) : 62", "usia", 62),
        ("Usia – 62", "usia", 62),
        ("Usia - 62 tahun", "usia", 62),
        ("2.\tUsia\t:\t62 tahun", "usia", 62),
        ("Usia : enam puluhan", "usia", "enam puluhan"),
        ("Usia : -", "usia", None),
        ("Jumlah anak : 3", "jumlah_anak", 3),
        ("Penghasilan per hari : 75.000", "penghasilan_per_hari", 75000),
        ("Tanggungan : 3 orang", "tanggungan", "3 orang"),
        ("Jenis kelamin : P", "jenis_kelamin", "P"),
        ("Lama di Jakarta : 15 tahun", "lama_di_jakarta", "15 tahun"),
        ("Jam kerja : 08.00 – 17.00", "jam_kerja", "08.00 – 17.00"),
        ("Tempat tinggal : kontrakan", "tempat_tinggal", "kontrakan"),
        ("KTP DKI : ya", "ktp_dki", "ya"),
        ("Jam kerja : 08.00 - 17.00", "jam_kerja", "08.00 - 17.00"),
        ("Penghasilan : Rp50.000-150.000", "penghasilan", "Rp50.000-150.000"),
        ("Domisili : Pasar Minggu", "domisili", "Pasar Minggu"),
        ("Tempat tinggal : Blok M, di dalam gang", "tempat_tinggal", "Blok M, di dalam gang"),
        ("Pekerjaan : Ibu Rumah Tangga", "pekerjaan", "Ibu Rumah Tangga"),
        ("Status : janda, jalan kaki 2 jam", "status", "janda, jalan kaki 2 jam"),
        ("Jabatan : bantu Pak RT", "jabatan", "bantu Pak RT"),
        ("Nama samaran : Bu Darmi", "nama_samaran", "Bu Darmi"),
        ("Samaran : Darmi", "nama_samaran", "Darmi"),
        ("Kode unik : 007", "kode_unik", "007"),
        ("Hubungan dengan peneliti : tetangga", "hubungan_dengan_peneliti", "tetangga"),
    ],
)
def test_person_fields_become_attributes(line: str, key: str, value: object) -> None:
    """A field about the person is an attribute of the one informant; whole numbers are int."""
    result = read(f"Pendidikan : SD\n{line}\n{TALK}")

    (informant,) = result.corpus.informants
    assert informant.attributes[key] == value
    assert type(informant.attributes[key]) is type(value)
    assert result.corpus.transcripts[0].turns[0].span.of(result.corpus.transcripts[0].text) == "Kerja apa, Bu?"


@pytest.mark.parametrize(
    "line",
    [
        "Nama : Sarni",
        "Nama lengkap : Sarni binti Contoh",
        "Nama informan : Ibu Sarni",
        "Narasumber : Ibu Sarni",
        "Name: Sarni",
        "Alamat : Jl. Rekaan No. 3",
        "Alamat rumah\t: Kampung Rekaan",
        "No. HP : 0812-0000-0000",
        "Nomor telepon : 021 000000",
        "Telp : 021 000000",
        "Lain-lain : 1.021-5550000",
        "WA : 081200000000",
        "NIK : 3174000000000001",
        "No. KTP : 3174000000000001",
        "E-mail : sarni@contoh.example",
        "Tempat, tanggal lahir : Solo, 3 Mei 1963",
        "Tempat tinggal : Jl. Rekaan RT 03 RW 05",
        "Pekerjaan : jahit, hubungi 081200000000",
        "Keahlian : kirim ke sarni@contoh.example",
        "Lain-lain : 3174000000000001",
        "Lain-lain : 3174 0000 0000 0001",
        "Panggilan : Yanto",
        "Nama panggilan : Yanto",
        "Inisial : YS",
        "Alias : Yanto",
        "Domisili : Jl. Mawar No 7",
        "Domisili : Gang Mawar",
        "Domisili : Gg. 3, Jakarta Timur",
        "Tempat tinggal : jalan Mawar, Jakarta Timur",
        "Tempat tinggal : Perumahan Griya Rekaan Blok C3 No 4",
        "Tempat tinggal : kontrakan RT 03/05",
        "Status : cerai, tinggal bersama Pak Budi",
        "Status : CERAI, TINGGAL BERSAMA PAK BUDI",
        "Status : ikut mbak Rani",
        "Pekerjaan : bantu warung milik Hj. Rekaan",
        "Pekerjaan : jahit, telepon (021) 555 0000",
        "Pekerjaan : jahit, +62 812 0000 0000",
        "Usaha : kue, IG @kue_rekaan",
        "Suami : Budi",
        "Kategori : kunci (Pak Budi)",
        "Kode : Ibu Sarni",
        "Tempat : rumah Pak Budi",
        "Tempat : Jl. Mawar No 7",
        "Lokasi wawancara : warung Bu Sri",
        "Suasana wawancara : ramai, ditemani Mbak Rani",
        "Catatan : hubungi 0812-0000-0000",
        "Pewawancara : Rani, 081200000000",
        "Nama samaran : Darmi, Jl. Mawar No 7",
        "Usia dan nama : 51, Yanto Suharto",
        "Usia / alamat : 51 / Kampung Rekaan",
        "Tempat : jl mawar 7",
        "Tempat : rumah di gang mawar no 7",
    ],
)
def test_what_identifies_a_person_never_becomes_an_attribute(line: str) -> None:
    """Names, addresses, telephone numbers, NIK and e-mail stay in the text alone, and a note says so."""
    result = read(f"Usia : 62\n{line}\n{TALK}")

    (informant,) = result.corpus.informants
    (transcript,) = result.corpus.transcripts
    assert dict(informant.attributes) == {"usia": 62}
    assert dict(transcript.metadata) == {}
    assert (informant.id, informant.category) == ("contoh", "")
    assert line in transcript.text
    (note,) = [f for f in result.findings if f.rule == "privacy"]
    assert note.line == 2
    assert line.partition(":")[2].strip() not in str(note)


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ("Hari/tanggal : Senin, 3 Maret 2025", "tanggal", "Senin, 3 Maret 2025"),
        ("Hari, Tanggal Wawancara : Senin", "tanggal", "Senin"),
        ("Waktu : 16.16 – 16.49 WIB", "jam", "16.16 – 16.49 WIB"),
        ("Waktu : 3 Maret 2025", "tanggal", "3 Maret 2025"),
        ("Pukul : 16.16", "jam", "16.16"),
        ("Tempat : warung", "tempat", "warung"),
        ("Lokasi wawancara : warung", "tempat", "warung"),
        ("Suasana wawancara : ramai", "suasana", "ramai"),
        ("Pewawancara : Rani", "pewawancara", "Rani"),
        ("Durasi : 33 menit", "durasi", "33 menit"),
        ("Tempat : Pasar Minggu, Jakarta Timur", "tempat", "Pasar Minggu, Jakarta Timur"),
        ("Tempat : rumah informan", "tempat", "rumah informan"),
        ("Waktu : 08.00 - 09.30 WIB", "jam", "08.00 - 09.30 WIB"),
        ("Tanggal : 08-12-2025 09.30", "tanggal", "08-12-2025 09.30"),
        ("Pewawancara : Mbak Rani", "pewawancara", "Mbak Rani"),
        ("Identitas pewawancara : Mbak Rani, mahasiswa", "pewawancara", "Mbak Rani, mahasiswa"),
        ("Data peneliti : Rani", "pewawancara", "Rani"),
        ("Nama interviewer : Rani", "pewawancara", "Rani"),
        ("Inisial pewawancara : RN", "pewawancara", "RN"),
        ("Pekerjaan pewawancara : dosen", "pekerjaan_pewawancara", "dosen"),
        ("Umur peneliti : 30", "umur_peneliti", "30"),
        ("Interviewer age : 30", "interviewer_age", "30"),
        ("Wawancara ke : 2", "wawancara_ke", "2"),
    ],
)
def test_fields_about_the_interview_are_metadata(line: str, key: str, value: str) -> None:
    """Date, place, mood and interviewer belong to the transcript."""
    result = read(f"Usia : 62\n{line}\n{TALK}")

    assert result.corpus.transcripts[0].metadata[key] == value
    assert dict(result.corpus.informants[0].attributes) == {"usia": 62}


def test_two_fields_on_a_line() -> None:
    """Tabs, wide gaps and semicolons part fields; a comma in a value does not."""
    assert [(f.key, f.value) for f in fields_in("Usia : 62   Agama: Islam\tStatus : kawin")] == [
        ("usia", "62"),
        ("agama", "Islam"),
        ("status", "kawin"),
    ]
    assert [(f.key, f.value) for f in fields_in("Pekerjaan : jahit, cuci: semua")] == [
        ("pekerjaan", "jahit, cuci: semua")
    ]
    assert [(f.key, f.value) for f in fields_in("Usia: 62   Ketua: Yanto   Agama: Islam")] == [
        ("usia", "62"),
        ("agama", "Islam"),
    ]


TABLES = {
    "two pairs a row": "Pekerjaan\tkuli\tNama\tYanto Suharto\nUmur\t51\tPendidikan\tSMP\nTempat\tPasar Minggu\n",
    "colons in cells of their own": (
        "Pekerjaan\t:\tkuli\tNama\t:\tYanto Suharto\nUmur\t:\t51\tPendidikan\t:\tSMP\nTempat\t:\tPasar Minggu\n"
    ),
    "colons behind the labels": (
        "Pekerjaan:\tkuli\tNama:\tYanto Suharto\nUmur :\t51\tPendidikan :\tSMP\nTempat:\tPasar Minggu\n"
    ),
    "colons before the values": (
        "Pekerjaan\t: kuli\tNama\t: Yanto Suharto\nUmur\t\t: 51\t\tPendidikan\t: SMP\nTempat\t: Pasar Minggu\n"
    ),
    "first pair with a colon": (
        "Pekerjaan : kuli\tNama\tYanto Suharto\nUmur : 51\tPendidikan\tSMP\nTempat : Pasar Minggu\n"
    ),
    "pipes": "| Pekerjaan | kuli | Nama | Yanto Suharto |\n| Umur | 51 | Pendidikan | SMP |\n| Tempat | Pasar Minggu |\n",
    "empty cells": "Pekerjaan\tkuli\tNama\tYanto Suharto\nAgama\t\tUmur\t51\nPendidikan\tSMP\t\t\nTempat\tPasar Minggu\t\t\n",
    "an unusual label first": "hobi\tmancing\tPekerjaan\tkuli\nUmur\t51\tNama\tYanto Suharto\nPendidikan\tSMP\nTempat\tPasar Minggu\n",
    "a loose cell": "Pekerjaan\tkuli\tYanto Suharto\nUmur : 51\tYanto Suharto\nPendidikan\tSMP\nTempat\tPasar Minggu\nNama\tYanto\n",
}


@pytest.mark.parametrize("name", TABLES)
def test_cells_of_a_table_are_read_pair_by_pair(name: str) -> None:
    """A row with several labels gives each its own value, so that a name beside an occupation stays private."""
    result = read(TABLES[name] + TALK)

    (informant,) = result.corpus.informants
    (transcript,) = result.corpus.transcripts
    attributes = {key: value for key, value in informant.attributes.items() if value is not None}
    assert attributes == {"pekerjaan": "kuli", "umur": 51, "pendidikan": "SMP"}
    assert dict(transcript.metadata) == {"tempat": "Pasar Minggu"}
    assert [f.rule for f in result.findings if f.level == "note"] == ["privacy"]
    assert not any("Yanto" in str(f) for f in result.findings if f.level != "unassigned" and f.rule != "short line")
    assert len(transcript.turns) == 4


@pytest.mark.parametrize(
    ("row", "attributes", "metadata"),
    [
        ("Catatan\tramai\tKelurahan\tPulo Gadung", {"kelurahan": "Pulo Gadung"}, {"catatan": "ramai"}),
        ("Modal\t500 ribu\tJam kerja\t8", {"modal": "500 ribu", "jam_kerja": 8}, {}),
        ("| Modal | 500 ribu | Jam kerja | 8 |", {"modal": "500 ribu", "jam_kerja": 8}, {}),
        ("Modal\t:\t500 ribu\tJam kerja\t:\t8", {"modal": "500 ribu", "jam_kerja": 8}, {}),
    ],
)
def test_unusual_label_beside_a_usual_one_is_read(
    row: str, attributes: dict[str, object], metadata: dict[str, str]
) -> None:
    """A row of a table with one usual label is a row of pairs; none of them is lost."""
    result = read(f"Usia\t62\tAgama\tIslam\n{row}\n{TALK}")

    (informant,) = result.corpus.informants
    assert dict(informant.attributes) == {"usia": 62, "agama": "Islam", **attributes}
    assert dict(result.corpus.transcripts[0].metadata) == metadata
    assert not [f for f in result.findings if f.level == "unassigned"]


@pytest.mark.parametrize(
    ("row", "left"),
    [
        ("Usia\t62\tYanto Suharto\tkuli", ["Yanto Suharto\tkuli"]),
        ("yang lain\tmancing\tUsia\t62", ["yang lain\tmancing"]),
        ("Usia\t62\tlepas", ["lepas"]),
        ("Usia\t62\t62\tAgama\tIslam", ["62"]),
        ("Usia :\t62\tKelurahan :\tPulo Gadung", ["Kelurahan :\tPulo Gadung"]),
        ("Usia: 62   Ketua: Yanto   Agama: Islam", ["Ketua: Yanto"]),
    ],
)
def test_cells_that_are_no_field_are_listed(row: str, left: list[str]) -> None:
    """What a row holds besides its fields becomes no attribute, but it is said that it was left."""
    result = read(f"{row}\n{TALK}")

    (informant,) = result.corpus.informants
    assert set(informant.attributes) <= {"usia", "agama"}
    assert informant.attributes["usia"] == 62
    said = [str(f.parameters["text"]) for f in result.findings if f.level == "unassigned"]
    assert [" ".join(text.split()) for text in said] == [" ".join(text.split()) for text in left]


@given(
    st.lists(
        st.sampled_from(
            [
                "Usia",
                "62",
                "Nama",
                "Modal",
                "Yanto Suharto",
                ":",
                ": ",
                "\t",
                "\t",
                "|",
                " | ",
                "   ",
                "; ",
                "*",
                "_",
                "：",
            ]
        ),
        max_size=14,
    ).map("".join)
)
def test_pieces_left_in_a_line_stand_in_order_and_apart(line: str) -> None:
    """Whatever a row holds, each piece is a stretch of it that begins and ends with what can be seen."""
    end = 0
    for piece in read_fields(line)[1]:
        assert end <= piece.start < piece.end <= len(line)
        assert piece.of(line) == piece.of(line).strip()
        end = piece.end


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Nama / Inisial : Siti Aminah / SA", "Pekerjaan : Pedagang sayur (kios Siti Aminah)"),
        ("Nama : Ibu Siti Aminah binti Contoh", "Pekerjaan : pemilik KIOS SITI AMINAH"),
        ("nama : siti aminah", "Tempat : kios Siti Aminah"),
        ("Narasumber : Ibu Sarni", "Usaha : Warung Sarni"),
        ("Nama : Siti Aminah, S.Pd.", "Judul : Wawancara dengan Siti Aminah"),
        ("Nama : Siti Aminah", "Kategori : kunci (Siti Aminah)"),
    ],
)
@pytest.mark.parametrize("name_first", [True, False])
def test_withheld_name_is_withheld_everywhere_in_the_header(name: str, line: str, name_first: bool) -> None:
    """A name that stays private in its own field does not come out through another."""
    head = f"{name}\n{line}" if name_first else f"{line}\n{name}"
    result = read(f"Usia : 62\n{head}\n{TALK}")

    (informant,) = result.corpus.informants
    (transcript,) = result.corpus.transcripts
    assert (dict(informant.attributes), informant.category) == ({"usia": 62}, "")
    assert dict(transcript.metadata) == {}
    assert line in transcript.text
    (note,) = [f for f in result.findings if f.rule == "privacy"]
    assert line.partition(" :")[0].casefold() in str(note)


def test_what_only_resembles_a_withheld_name_is_kept() -> None:
    """A common noun, a longer word and the pseudonym of the study are no names."""
    result = read(
        f"Nama : Mawar\nNarasumber : Bu Darmi\nNama samaran : Bu Darmi\nPekerjaan : jual mawar\nAsal : Mawarsari\n"
        f"Nama pasar : Pasar Minggu\nDomisili : Pasar Minggu\n{TALK}"
    )

    assert dict(result.corpus.informants[0].attributes) == {
        "nama_samaran": "Bu Darmi",
        "pekerjaan": "jual mawar",
        "asal": "Mawarsari",
        "domisili": "Pasar Minggu",
    }


def test_pseudonym_says_who_speaks() -> None:
    """A label that is the pseudonym of the header is the informant, however much they ask."""
    text = "Nama samaran : Bu Darmi\nUsia : 62\n\nRani : Oh.\nBu Darmi : Apa?\nRani : Ya.\nBu Darmi : Siapa?\n"
    (informant,) = read(text).corpus.informants

    assert dict(informant.attributes) == {"nama_samaran": "Bu Darmi", "usia": 62}
    assert [t.speaker for t in read(text).corpus.transcripts[0].turns if t.role is Role.INFORMANT] == ["Bu Darmi"] * 2


@pytest.mark.parametrize(
    "table",
    [
        "Umur\tPendidikan\tNama\tHobi\n51\tSMP\tYanto Suharto\tmancing",
        "| Umur | Pendidikan | Nama | Hobi |\n| --- | --- | --- | --- |\n| 51 | SMP | Yanto Suharto | mancing |",
        "Umur\tPendidikan\tNama\tHobi\n\n51\tSMP\tYanto Suharto\tmancing",
    ],
)
def test_labels_with_their_values_in_the_row_below(table: str) -> None:
    """A row of labels is read together with the row of values below it; the name stays private, and nothing is unassigned."""
    result = read(f"{table}\n{TALK}")

    assert dict(result.corpus.informants[0].attributes) == {"umur": 51, "pendidikan": "SMP", "hobi": "mancing"}
    assert not [f for f in result.findings if f.level == "unassigned"]


def test_rows_of_several_people_are_nobodys_attributes() -> None:
    """A table of participants has one row for each: which of them speaks is not known from it."""
    result = read(f"Umur\tPendidikan\n51\tSMP\n32\tSMA\n{TALK}")

    assert result.corpus.informants[0].attributes == {}
    assert any(f.level == "unassigned" and "Umur" in str(f) for f in result.findings)


def test_row_of_labels_above_no_values_gives_nothing() -> None:
    """Labels above a line of another form are no fields: an age is not "Pendidikan"."""
    result = read(f"Umur\tPendidikan\tNama\tPekerjaan\nYanto Suharto\n{TALK}")

    assert result.corpus.informants[0].attributes == {}


def test_legend_tells_no_name() -> None:
    """What a legend says of a participant is tested like the header."""
    result = read(
        "FGD\nKeterangan: P1: penjual di warung Bu Sri, 30 tahun; P2: kurir\n"
        "Moderator: Apa?\nP1: Es.\nP2: Paket.\nModerator: Oh?\nP1: Ya.\nP2: Ya.\n"
    )

    assert [dict(i.attributes) for i in result.corpus.informants] == [{"usia": 30}, {"pekerjaan": "kurir"}]


def test_age_and_sex_in_one_field_or_line() -> None:
    """Both are kept where they stand together; the rest of a description is not guessed at."""
    assert attribute_value("usia", "44 tahun, laki-laki") == {"usia": 44, "jenis_kelamin": "laki-laki"}
    assert attribute_value("usia", "44 tahun, kira-kira") == {"usia": "44 tahun, kira-kira"}
    assert described("Perempuan, 34 tahun, penjual kopi") == {"jenis_kelamin": "Perempuan", "usia": 34}
    assert described("34, 35 tahun lalu") == {}


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Nama : informan-03", "informan-03"),
        ("Nama lengkap : informan-03 (disamarkan)", "informan-03"),
        ("Kode informan : INF 7", "INF-7"),
        ("Informan : I-2", "I-2"),
        ("Wawancara dengan informan-12", "informan-12"),
        ("Nama : Sarni", "contoh"),
        ("Kode : rahasia", "contoh"),
        ("Kode informan : INF-B", "INF-B"),
        ("Kode informan : inf-b", "inf-b"),
        ("Kode\tYS", "YS"),
        ("Kode narasumber : K.2a (disamarkan)", "K.2a"),
        ("ID : MELATI", "MELATI"),
        ("Kode informan : 07", "07"),
        ("Kode informan : 07\tUmur : 40", "07"),
        ("Kode wawancara : 07", "contoh"),
        ("Kode informan : Siti-Aminah", "contoh"),
        ("Kode informan : Yanto", "contoh"),
        ("Kode informan : IBU SARNI", "contoh"),
        ("Kode informan : 081200000000", "contoh"),
        ("Kode informan : belum ada-adanya", "contoh"),
        ("Kode informan : KODE-YANG-PANJANG-SEKALI", "contoh"),
    ],
)
def test_id_of_the_informant(head: str, expected: str) -> None:
    """A code in the header is the informant's id, a name never is."""
    assert read(f"{head}\nUsia : 62\n{TALK}").corpus.informants[0].id == expected


def test_id_that_is_not_the_file_name_is_said() -> None:
    """Whose interview it is stands in the report, with the line that says so, unless the file is called so."""
    said = [f for f in read(f"Usia : 62\nKode informan : INF-B\n{TALK}").findings if "INF-B" in str(f)]

    assert (said[0].level, said[0].line, str(said[0])) == ("recognised", 2, "contoh.txt:2: the informant is 'INF-B'")
    assert not any("the informant is" in str(f) for f in read(f"Kode informan : contoh\n{TALK}").findings)
    assert not any("the informant is" in str(f) for f in read(f"Usia : 62\n{TALK}").findings)


def test_id_among_several_voices_is_that_of_who_talks_most() -> None:
    """A code in the header beside two voices goes where the header's details go, and is doubtful."""
    result = read(
        "Kode : INF-B\nPeneliti: Apa?\nSuami: Itu.\nPeneliti: Oh?\nIstri: Ya.\nSuami: Ya.\nSuami: Lagi.\nIstri: Ya.\n"
    )

    assert [i.id for i in result.corpus.informants] == ["INF-B", "contoh/istri"]
    assert [f.parameters["informant"] for f in result.findings if f.rule == "most turns"] == ["INF-B"]


def test_ids_of_several_informants_hold_no_names() -> None:
    """Role words and letters become part of the id, names are counted."""
    text = "Peneliti: Apa?\nBu Sarni: Itu.\nAni: Ini.\nPeneliti: Oh?\nBu Sarni: Ya.\nAni: Ya.\n"
    result = read(text)

    assert [i.id for i in result.corpus.informants] == ["contoh/informan-1", "contoh/informan-2"]
    assert any("names of people" in str(f) for f in result.findings)


def test_details_for_one_of_two_informants_are_doubtful() -> None:
    """A header beside two voices is given to the one who talks most, and said."""
    result = read(
        "Usia : 40\nPeneliti: Apa?\nSuami: Itu.\nIstri: Ini.\nPeneliti: Oh?\nSuami: Ya.\nIstri: Ya.\nIstri: Lagi.\n"
    )

    assert {i.id: dict(i.attributes) for i in result.corpus.informants} == {
        "contoh/suami": {},
        "contoh/istri": {"usia": 40},
    }
    assert any(f.level == "doubtful" and f.rule == "most turns" for f in result.findings)


def test_group_keeps_its_header_to_itself() -> None:
    """What the header of a group says belongs to no single participant; the legend tells of each."""
    text = (
        "FGD\nJumlah peserta : 2\nLama usaha : 3 tahun\nKeterangan: P1: penjual es, laki-laki, 30 tahun; P2: kurir\n"
        "Moderator: Apa?\nP1: Es.\nP2: Paket.\nModerator: Oh?\nP1: Ya.\nP2: Ya.\n"
    )
    result = read(text)

    assert result.corpus.transcripts[0].kind is Kind.GROUP
    assert result.corpus.transcripts[0].metadata["lama_usaha"] == "3 tahun"
    assert [dict(i.attributes) for i in result.corpus.informants] == [
        {"jenis_kelamin": "laki-laki", "usia": 30, "pekerjaan": "penjual es"},
        {"pekerjaan": "kurir"},
    ]


def test_table_of_participants() -> None:
    """A table whose rows begin with the labels says of each what a legend would; names stay private."""
    text = (
        "FGD\nPeserta\tNama\tUsia\tPekerjaan\nP1\tSiti Rekaan\t41\tpenjahit\nP2\tTuti Rekaan\t35\tburuh cuci\n\n"
        "M: Apa?\nP1: Es.\nP2: Paket.\nNotulen: Apa tadi?\nM: Oh?\nP1: Ya.\nP2: Ya.\n"
    )
    result = read(text)

    assert [dict(i.attributes) for i in result.corpus.informants] == [
        {"usia": 41, "pekerjaan": "penjahit"},
        {"usia": 35, "pekerjaan": "buruh cuci"},
    ]
    assert [t.role for t in result.corpus.transcripts[0].turns][:4] == [
        Role.MODERATOR,
        Role.PARTICIPANT,
        Role.PARTICIPANT,
        Role.NOTETAKER,
    ]
    assert not any("Rekaan" in str(f) for f in result.findings)


def test_category_of_the_informant() -> None:
    """kunci, utama or pendukung is the category."""
    assert read(f"Kategori informan : Kunci\nUsia : 3\n{TALK}").corpus.informants[0].category == "kunci"


@pytest.mark.parametrize(
    ("line", "attributes"),
    [
        ("Interviewee: beach vendor, 34, sells sarongs near the harbour", {"usia": 34}),
        ("Interviewee: beach vendor, the south coast, female, 34", {"usia": 34, "jenis_kelamin": "female"}),
        ("Interviewee: Mrs K, 34 years old, vendor", {"usia": 34}),
        ("Interviewee: a woman of the harbour, 34 years", {"usia": 34}),
    ],
)
@pytest.mark.parametrize("between", ["", "\n", "Place: the harbour\n"])
def test_who_is_described_above_the_talk_does_not_speak(line: str, attributes: dict[str, object], between: str) -> None:
    talk = (
        "Interviewer: How long have you been selling here?\nInterviewee: Nine years now.\n"
        "Interviewer: Every day?\nInterviewee: Every day but Sunday.\n"
    )
    result = read(f"Interview 7\n{line}\n{between}{talk}")
    (transcript,) = result.corpus.transcripts
    assert [t.speaker for t in transcript.turns] == ["Interviewer", "Interviewee"] * 2
    assert dict(result.corpus.informants[0].attributes) == attributes


def test_two_who_are_described_are_nobodys_attributes() -> None:
    result = read("Informan 1: penjual, 34 tahun\nInforman 2: kuli, 51 tahun\n" + TALK)
    assert all(not informant.attributes for informant in result.corpus.informants)


def test_an_informant_may_speak_first() -> None:
    text = "Wawancara\n\nInforman: Saya lahir di sini, di kampung ini, tahun 1970.\nPeneliti: Lalu?\nInforman: Lalu pindah.\nPeneliti: Ke mana?\n"
    (transcript,) = read(text).corpus.transcripts
    assert [t.speaker for t in transcript.turns] == ["Informan", "Peneliti"] * 2


def test_speech_is_no_header() -> None:
    """The first turns are not taken for fields, though they begin with a role word and a colon."""
    result = read(
        "Suasana : ramai\nPewawancara : Assalamualaikum\nInforman : Waalaikumsalam\nPewawancara : Apa?\nInforman : Ya\n"
    )

    assert len(result.corpus.transcripts[0].turns) == 4


def test_names_of_the_speakers_above_the_talk_are_header() -> None:
    """``Informan : Ibu S`` above the talk names, and does not speak."""
    result = read(
        "Pewawancara : Rani Kusuma\nInforman : Ibu Sarni\n\nPewawancara : Apa?\nInforman : Ya.\nPewawancara : Oh?\nInforman : Ya\n"
    )

    assert len(result.corpus.transcripts[0].turns) == 4
    assert result.corpus.transcripts[0].metadata["pewawancara"] == "Rani Kusuma"


def test_kind_stated_by_the_user_wins() -> None:
    """--kind goes before every guess."""
    assert read(TALK, kind=Kind.GROUP).corpus.transcripts[0].kind is Kind.GROUP


@pytest.mark.parametrize(
    ("phrase", "role"),
    [
        ("Pewawancara", Role.INTERVIEWER),
        ("tanya (peneliti)", Role.INTERVIEWER),
        ("Anak narasumber", Role.BYSTANDER),
        ("Ibu Sarni (narasumber)", Role.INFORMANT),
        ("Informan kunci 2", Role.INFORMANT),
        ("Nara sumber", Role.INFORMANT),
        ("orang tua informan", Role.BYSTANDER),
        ("semua peserta", Role.TOGETHER),
        ("Penjual lain", Role.BYSTANDER),
        ("Ibu", None),
        ("Sarni", None),
    ],
)
def test_role_of_a_phrase(phrase: str, role: Role | None) -> None:
    """The first telling word decides."""
    assert role_of(phrase) is role


def test_labels_and_names() -> None:
    """Role labels are not prose about such people; names are capitalised and nothing else."""
    assert all(map(is_role_label, ["Informan 1", "PENELITI", "Ibu Informan", "Anak N", "Peserta ketiga", "penjual"]))
    assert not any(map(is_role_label, ["Banyak penjual", "Anak saya bilang", "Catatan peneliti", "Sarni", "anak itu"]))
    assert all(map(is_name, ["Sarni", "Bu Sarni", "Rani Kusuma"]))
    assert not any(map(is_name, ["Intinya", "Jam", "saya", "Catatan Kecil", "Satu Dua Tiga Empat Lima"]))


@pytest.mark.parametrize(
    ("phrase", "who"),
    [
        ("Anak narasumber Demografi", "Anak narasumber"),
        ("Narasumber Ibu Sarni Demografi", "Narasumber Ibu Sarni"),
        ("Sarni", "Sarni"),
    ],
)
def test_split_phrase(phrase: str, who: str) -> None:
    """What follows the person is a heading."""
    assert phrase[: split_phrase(phrase)] == who


def test_id_in_needs_a_number() -> None:
    """A word alone is no code."""
    assert id_in("informan") is None
    assert id_in("Ibu S") is None
    assert id_in("R.12") == "R.12"


def test_several_interviews_in_one_file_are_several_transcripts() -> None:
    """Numbered titles with talk below divide the file; see the tests of several interviews."""
    result = read(f"Transkrip Wawancara 1\n{TALK}\nTranskrip Wawancara 2\n{TALK}")

    assert len(result.corpus.transcripts) == 2
    assert [f.line for f in result.findings if "begins at" in str(f)] == [1, 8]


@pytest.mark.parametrize(
    "end", ["Catatan untuk diri sendiri: menunggu. " + "Perlu ditanyakan lagi. " * 12, "Tempat: pasar"]
)
def test_a_header_ends_where_prose_begins(end: str) -> None:
    """What looks like a field below paragraphs of field notes belongs to the notes; a profile within a header ends none."""
    head = "# Catatan lapangan\n\nJenis: observasi\nTanggal: 20 Juni 2025\nPengamat: peneliti\n\n"
    prose = "Baru ada tiga gerobak: ketoprak, gorengan, dan minuman. " * 4
    below = read(f"{head}{prose}\n\n{prose}\n\n{end}\n").corpus.transcripts[0]
    within = read(f"{head}Profil\n{prose}\n\nTempat: pasar\n{TALK}").corpus.transcripts[0]

    assert set(below.metadata) == {"jenis", "tanggal", "pengamat"}
    assert within.metadata["tempat"] == "pasar"


def test_label_inside_a_line_is_doubtful() -> None:
    """A turn that lost its line break begins there, which is said with its line; numbers before a label are not taken for one."""
    result = read("1. P: Apa? N: Itu.\n2. N: Ya.\n3. P: Oh?\n4. N: Ya.\n")
    (transcript,) = result.corpus.transcripts

    assert [f.line for f in result.findings if "middle of a line" in str(f)] == [1]
    assert [t.span.of(transcript.text) for t in transcript.turns] == ["Apa?", "Itu.", "Ya.", "Oh?", "Ya."]


def test_no_labels_no_advice_that_was_followed() -> None:
    """Without labels the doubt says how to write them; ``--kind`` is advised only where it was not given."""
    text = "# Wawancara\n\nSaya jualan.\nSudah lama sekali.\n"
    (doubt,) = [str(f) for f in read(text, kind=Kind.INTERVIEW).findings if f.rule == "no turns"]
    (other,) = [str(f) for f in read(text).findings if f.rule == "no turns"]

    assert "'P: …'" in doubt
    assert "--kind" not in doubt
    assert "--kind" in other


def test_roles_and_kinds_are_said_in_the_language() -> None:
    """Words such as interview and informant are translated; a label that is such a word is not."""
    findings = read("Wawancara\n\nP: Apa?\ninformant: Itu.\nP: Oh?\ninformant: Ya.\n").findings
    said = [i18n.message(f, "id") for f in findings]

    assert any("wawancara" in line for line in said)
    assert any("'informant'" in line and line.endswith("informan") for line in said)
    assert not any(word in line for line in said for word in ("interview", "participant"))
    assert any("speaker 'informant': 2 turns, informant" in str(f) for f in findings)


def test_a_row_of_labels_with_an_unusual_one_gives_no_field() -> None:
    """A label is no value: the age of nobody is "Pendidikan"."""
    from qualcode.importers.header.cells import read_fields

    line = "Umur\tPendidikan\tHobi\tKelurahan"
    fields, left = read_fields(line)

    assert () == fields
    assert [line] == [span.of(line) for span in left]


@pytest.mark.parametrize("value", ["-", "tidak tahu", "Kosong", "N/A", ""])
def test_a_missing_value_in_a_header_is_missing(value: str) -> None:
    """As in a table of attributes; *tidak ada* is an answer."""
    text = f"Usia : 44\nTanggungan : {value}\nTelevisi : tidak ada\n\nP: Apa?\nN: Itu.\nP: Oh?\nN: Ya.\n"
    result = registry.get("txt")().read(Source("a.txt", text.encode()), ImportOptions())

    assert dict(result.corpus.informants[0].attributes) == {"usia": 44, "tanggungan": None, "televisi": "tidak ada"}
