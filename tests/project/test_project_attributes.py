"""Tables of informants' attributes: types, missing values, whose rows they are, and what is never taken over."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import NotFoundError
from qualcode.importers import AttributeTable, is_missing
from qualcode.model import AttributeValue, Informant
from qualcode.project import Project
from qualcode.project.attribute_values import TYPES, convert, type_of
from qualcode.project.attributes import Attributed, attributed
from qualcode.project.sheets import read_table


def people(*ids: str, **attributes: AttributeValue) -> list[Informant]:
    """Return informants of these ids."""
    return [Informant(f"{number:032x}", name, "", attributes) for number, name in enumerate(ids, 1)]


def read(
    folder: Path,
    text: str,
    *ids: str,
    held: dict[str, AttributeValue] | None = None,
    **how: object,
) -> Attributed:
    """Return what a CSV table comes to for informants of these ids."""
    path = folder / "informan.csv"
    path.write_text(text, encoding="utf-8")
    return attributed(read_table(path), AttributeTable(path, **how), people(*ids, **(held or {})))  # type: ignore[arg-type]


def values(found: Attributed) -> dict[str, dict[str, AttributeValue]]:
    """Return attributes by informant."""
    return {person.id: dict(person.attributes) for person in found.changed}


def said(found: Attributed, *levels: str) -> list[str]:
    """Return what was noticed, at *levels*."""
    return [str(f) for f in found.findings if f.level in (levels or ("doubtful", "note"))]


@pytest.mark.parametrize(
    ("cells", "type_", "expected"),
    [
        (["44", "1.200", "0"], "integer", [44, 1200, 0]),
        (["44 tahun", "51 thn"], "integer", [44, 51]),
        (["Rp3.000.000", "Rp 450.000,-"], "integer", [3_000_000, 450_000]),
        (["3,5", "4"], "number", [3.5, 4]),
        (["3.5", "1.234,25"], "number", [3.5, 1234.25]),
        ([3.0, 4], "integer", [3, 4]),
        (["ya", "Tidak", "YA"], "yes/no", [True, False, True]),
        ([True, False], "yes/no", [True, False]),
        (["12/3/2025", "1-12-2024"], "date", ["2025-03-12", "2024-12-01"]),
        (["12 Maret 2025", "Sabtu, 1 Nopember 2024"], "date", ["2025-03-12", "2024-11-01"]),
        (["2025-03-12"], "date", ["2025-03-12"]),
        (["Rp80.000–100.000", "50 - 70 ribu"], "range", ["Rp80.000–100.000", "50 - 70 ribu"]),
        (
            ["< 1 juta", "1 juta s.d. 2 juta", "di atas 2 juta"],
            "range",
            ["< 1 juta", "1 juta s.d. 2 juta", "di atas 2 juta"],
        ),
        (["SD", "sd", "SMP", "SD"], "category", ["SD", "SD", "SMP", "SD"]),
        (["007", "012"], "category", ["007", "012"]),
        (["31/2/2025", "1/1/2025"], "category", ["31/2/2025", "1/1/2025"]),
    ],
)
def test_types_of_columns(cells: list[str | float], type_: str, expected: list[AttributeValue]) -> None:
    assert type_of(cells) == type_
    assert convert(cells, type_) == (expected, [])


def test_one_odd_cell_makes_no_column_of_words() -> None:
    """It stays as it is written and is pointed out."""
    cells = ["44", "51", "sekitar empat puluh", "33"]

    assert type_of(cells) == "integer"
    assert convert(cells, "integer") == ([44, 51, "sekitar empat puluh", 33], [2])


def test_numerals_in_words_are_numbers_where_they_mean_one() -> None:
    """*Dua lima* may be seven or twenty-five, *dua ribu tiga* two figures: these stay words."""
    exact = [
        "44",
        "tiga puluh satu",
        "Dua puluh lima tahun",
        "sebelas",
        "lima belas",
        "seratus dua",
        "dua ribu",
        "seribu dua ratus",
    ]
    assert convert(exact, type_of(exact)) == ([44, 31, 25, 11, 15, 102, 2000, 1200], [])
    for words in (
        "dua lima",
        "dua ribu tiga",
        "tiga puluhan",
        "dua setengah",
        "tiga empat",
        "puluh",
        "sekitar tiga puluh",
    ):
        assert convert(["44", words], "integer") == ([44, words], [1])


def test_the_type_is_told_by_all_rows_and_what_spoils_it_is_said(tmp_path: Path) -> None:
    """What a row holds that means nobody counts too; the cells that spoil a column of numbers are named."""
    rest = "INF-7;51\nINF-8;33\nINF-9;20\n"
    found = read(tmp_path, f"kode;Usia\nINF-1;tiga puluhan\nINF-2;44\n{rest}", "INF-1", "INF-2")

    assert values(found) == {"INF-1": {"usia": "tiga puluhan"}, "INF-2": {"usia": 44}}
    assert any(
        each.startswith("informan.csv:2: 'tiga puluhan' in column usia is no integer; it") for each in said(found)
    )
    half = read(tmp_path, "kode;Usia\nINF-1;44\nINF-2;muda\nBudi;tua\n", "INF-1", "INF-2")
    assert values(half) == {"INF-1": {"usia": "44"}, "INF-2": {"usia": "muda"}}
    assert "no numbers are (row in brackets): muda (3), tua (4)." in " ".join(said(half))
    told = read(tmp_path, "kode;Usia\nINF-1;44\nINF-2;muda\n", "INF-1", "INF-2", types={"usia": "category"})
    assert said(told) == []


@pytest.mark.parametrize(
    ("cell", "missing"),
    [
        ("", True), ("-", True), ("—", True), ("...", True), ("?", True), ("kosong", True), ("Tidak  Tahu", True), ("n/a", True), ("N/A", True),
        (None, True), ("tidak ada", False), ("tidak", False), ("0", False), (0, False), ("99", False), (False, False), ("-5", False),
    ],
)  # fmt: skip
def test_missing_values(cell: str | float | None, missing: bool) -> None:
    """A code such as 99 is a value until the user says what it stands for."""
    assert is_missing(cell) is missing
    assert is_missing(99, ["99"])
    assert is_missing(99.0, ["99"])


@given(st.lists(st.one_of(st.text(max_size=12), st.integers(), st.floats(allow_nan=False), st.booleans()), max_size=8))
def test_no_value_is_lost_whatever_the_cells_hold(cells: list[str | float]) -> None:
    """Whatever the type, a cell that is not missing becomes a value."""
    filled = [cell for cell in cells if not is_missing(cell)]
    for type_ in (type_of(filled), *TYPES):
        found, odd = convert(filled, type_)
        assert len(found) == len(filled)
        assert all(value is not None for value in found)
        assert all(0 <= at < len(filled) for at in odd)


def test_a_table_gives_types_and_says_them(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "kode;Usia;Punya BPJS;Penghasilan;Pendidikan;Tanggal wawancara;Kategori\n"
        "INF-1;44;ya;Rp80.000–100.000;SD;12/3/2025;Kunci\n"
        "INF-2;tidak tahu;tidak;Rp100.000–150.000;sd;13/3/2025;Utama\n",
        "INF-1",
        "INF-2",
    )

    assert values(found) == {
        "INF-1": {
            "usia": 44, "punya_bpjs": True, "penghasilan": "Rp80.000–100.000", "pendidikan": "SD", "tanggal_wawancara": "2025-03-12",
        },
        "INF-2": {
            "usia": None, "punya_bpjs": False, "penghasilan": "Rp100.000–150.000", "pendidikan": "SD", "tanggal_wawancara": "2025-03-13",
        },
    }  # fmt: skip
    assert [person.category for person in found.changed] == ["kunci", "utama"]
    assert "informan.csv: usia: integer, 1 values, 1 missing" in said(found, "recognised")


def test_the_user_goes_before_the_guess(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "No;Nama samaran;Kode;RT usaha;usia;catatan\n1;Bu A;INF-1;05;99;x\n",
        "INF-1",
        types={"usia": "text", "rt usaha": "integer"},
        missing=("99",),
        ignore=("catatan",),
    )

    assert values(found)["INF-1"] == {"nama_samaran": "Bu A", "rt_usaha": "05", "usia": None}
    assert any("'05' in column rt_usaha is no integer" in text for text in said(found))
    for how in ({"types": {"umur": "integer"}}, {"ignore": ("umur",)}, {"informant": "umur"}):
        with pytest.raises(NotFoundError, match="no column 'umur'"):
            read(tmp_path, "kode;usia\nINF-1;4\n", "INF-1", **how)


@pytest.mark.parametrize("written", ["INF-03", "inf03", "INF 3", "Inf_003"])
def test_ids_may_be_written_otherwise(tmp_path: Path, written: str) -> None:
    assert values(read(tmp_path, f"kode;usia\n{written};44\n", "INF-03", "INF-30")) == {"INF-03": {"usia": 44}}


def test_the_column_is_the_one_in_which_ids_stand(tmp_path: Path) -> None:
    found = read(
        tmp_path, "No;Alamat;Siapa;usia\n1;Jl. X;peserta-2;44\n", "kelompok-01/peserta-1", "kelompok-01/peserta-2"
    )

    assert values(found) == {"kelompok-01/peserta-2": {"usia": 44}}
    assert "informan.csv: informants are in column 'Siapa'" in said(found, "recognised")
    assert any("'Alamat'" in text for text in said(found, "note"))


def test_duplicates_are_never_taken_silently(tmp_path: Path) -> None:
    found = read(tmp_path, "kode;usia\nINF-1;44\nINF-2;30\ninf1;45\nINF-2;30\n", "INF-1", "INF-2")

    assert values(found) == {"INF-2": {"usia": 30}}
    assert "informan.csv:4: rows 2, 4 say different things of 'INF-1'; none of them was used: keep one" in said(found)
    assert "informan.csv:5: rows 3, 5 say the same of 'INF-2'; one was used" in said(found)


def test_who_did_not_match_is_said_both_ways(tmp_path: Path) -> None:
    found = read(tmp_path, "kode;usia\nINF-9x;44\n;3\n", "INF-9", "INF-8")

    assert values(found) == {}
    assert said(found) == [
        "informan.csv:3: the row names no informant; it was not used",
        "informan.csv:2: no informant 'INF-9x' in the study (there is 'INF-9'); the row was not used",
        "informan.csv: 2 informants have no row in the table: INF-8, INF-9",
    ]
    far = read(tmp_path, "kode;usia\nINF-9;44\nSarni;3\nBudi;4\n", "INF-9")
    assert said(far) == [
        "informan.csv: 2 rows mean no informant of the study and were not used (row in brackets): Sarni (3), Budi (4)"
    ]


def test_a_name_that_two_groups_have_means_nobody(tmp_path: Path) -> None:
    found = read(tmp_path, "kode;usia\npeserta-1;44\n", "fgd-1/peserta-1", "fgd-2/peserta-1")

    assert values(found) == {}
    assert "several informants end with 'peserta-1'" in said(found)[0]


def test_what_identifies_people_is_never_taken(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "kode;Nama lengkap;Nama samaran;usia;NIK;No HP;kontak;catatan;alamat\n"
        "INF-1;Sari Rekaan;Bu A;44;3171;0812;;cucu Sari Rekaan;Jl. Buntu\n"
        "INF-2;Yanti Rekaan;Bu B;0812-3456-7890;;;;rajin;\n",
        "INF-1",
        "INF-2",
    )

    assert values(found) == {
        "INF-1": {"nama_samaran": "Bu A", "usia": 44, "catatan": None},
        "INF-2": {"nama_samaran": "Bu B", "usia": None, "catatan": "rajin"},
    }
    assert "Rekaan" not in " ".join(said(found, "note", "doubtful", "recognised"))
    assert {"Nama lengkap", "NIK", "No HP", "kontak", "alamat"} == {
        str(f.parameters["name"]) for f in found.findings if "looks like" in f.message
    }


def test_a_missing_value_takes_nothing_away_and_names_meet(tmp_path: Path) -> None:
    found = read(
        tmp_path, "kode;Jenis Kelamin;usia\nINF-1;perempuan;-\n", "INF-1", held={"jenis_kelamin": "P", "usia": 44}
    )

    assert values(found) == {"INF-1": {"jenis_kelamin": "perempuan", "usia": 44}}


def test_two_columns_of_one_name(tmp_path: Path) -> None:
    found = read(tmp_path, "kode;usia;Usia\nINF-1;44;45\n", "INF-1")

    assert values(found) == {"INF-1": {"usia": 44}}
    assert any("two columns" in text for text in said(found))


def test_hints_name_the_table_and_it_is_no_transcript(tmp_path: Path) -> None:
    folder = tmp_path / "wawancara"
    folder.mkdir()
    (folder / "INF-1.txt").write_text("P: Apa?\nN: Itu.\nP: Oh?\nN: Ya.\n", encoding="utf-8")
    (folder / "informan.csv").write_text("kode;usia\nINF-1;99\n", encoding="utf-8")
    (folder / ".hints.yaml").write_text("attributes: {file: informan.csv, missing: [99]}\n", encoding="utf-8")
    with Project.create(tmp_path / "uji.qualcode", codebook=None, coder="rani") as study:
        report = study.import_files(folder)

        assert [outcome.file for outcome in report.outcomes] == ["INF-1.txt"]
        assert dict(study.corpus().informant("INF-1").attributes) == {"usia": None}
        study.import_files(folder, attributes=folder / "informan.csv")
        assert dict(study.corpus().informant("INF-1").attributes) == {"usia": None}
        study.put_attributes(folder / "informan.csv")
        assert study.corpus().informant("INF-1").attribute("usia") == 99
        study.import_files(folder, types={"Usia": "text"})
        assert study.corpus().informant("INF-1").attribute("usia") == 99  # missing takes nothing away
        (folder / "informan.csv").write_text("kode;usia\nINF-1;98\n", encoding="utf-8")
        study.import_files(folder, types={"Usia": "text"})
        assert study.corpus().informant("INF-1").attribute("usia") == "98"
        assert study.check(rebuild=True) == ()
