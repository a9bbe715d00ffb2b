"""Coding sheets of researchers: matched with the transcripts of the study or of the same import."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from qualcode.errors import InputError
from qualcode.model import Origin
from qualcode.project import Project


def sheet(folder: Path, text: str, name: str = "koding.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8-sig")
    return path


def book(folder: Path, sheets: dict[str, list[list[object]]], merged: dict[str, str] | None = None) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        page = made.create_sheet(title)
        for row in rows:
            page.append(row)
        if merged and title in merged:
            page.merge_cells(merged[title])
    path = folder / "koding.xlsx"
    stream = io.BytesIO()
    made.save(stream)
    path.write_bytes(stream.getvalue())
    return path


def codings(study: Project) -> list[tuple[str, str, str, str]]:
    corpus = study.corpus()
    return sorted((corpus.transcript(c.transcript).name, c.coder, c.code, corpus.quote(c)) for c in corpus.codings)


def test_quotes_are_matched_without_naming_a_transcript(study: Project, tmp_path: Path) -> None:
    """Quote, code and theme are enough; a new label is a candidate under its theme; labels of speakers are no part of a passage."""
    path = sheet(
        tmp_path,
        "Kutipan;Kode;Tema;Catatan\n"
        "“Kalo ujan ya sepi… nggak nentu”;hujan;Tantangan kerja;cek\n"
        "N : Beli obat warung aja;obat warung;Tantangan kerja;\n"
        "Arisan RT ikut, sebulan sekali.;ARISAN;;\n",
    )

    report = study.import_codings(path)

    assert codings(study) == [
        ("informan-01", "rani", "hujan", "Kalo ujan ya sepi, nggak nentu"),
        ("informan-01", "rani", "obat-warung", "Beli obat warung aja"),
        ("informan-02", "rani", "arisan", "Arisan RT ikut, sebulan sekali."),
    ]
    assert (report.added, report.candidates) == (3, ("Tantangan kerja", "obat warung"))
    assert study.codebook.code("obat-warung").parent == "tantangan-kerja"
    assert study.codebook.code("hujan").parent is None
    assert study.import_codings(path).counts == {"added": 0, "known": 3, "failed": 0}
    assert study.undo()
    assert codings(study) == []
    assert "obat-warung" not in study.codebook


def test_rows_that_cannot_be_matched_are_listed(study: Project, tmp_path: Path) -> None:
    """Ambiguous and unmatched rows are reported by line, those taken by likeness with how alike they are; the others come in."""
    path = sheet(
        tmp_path,
        "informan,kutipan,kode,giliran,baris\n"
        "Informan 1,nggak punya,hujan,,\n"
        ",Nggak nentu,hujan,,\n"
        "informan-02,kadang rame kadang sepi nggak tentu,hujan,,\n"
        ",ini tidak pernah diucapkan oleh siapa pun,hujan,,\n"
        "informan-02,ikut,arisan,,6\n"
        "informan-02,Nggak ada,hujan,6,\n"
        "informan-02,Parkir,,,\n",
    )

    report = study.import_codings(path)

    assert [(e.line, str(e).split(": ", 1)[1][:40]) for e in report.errors] == [
        (3, "these words stand 2 times in any transcr"),
        (5, "these words do not stand in any transcri"),
        (8, "the row names no code"),
    ]
    assert codings(study) == [
        ("informan-01", "rani", "hujan", "Nggak punya"),
        ("informan-02", "rani", "arisan", "ikut"),
        ("informan-02", "rani", "hujan", "Kadang rame kadang sepi, nggak nentu"),
        ("informan-02", "rani", "hujan", "Nggak ada"),
    ]
    said = "\n".join(str(finding) for finding in report.findings)
    assert "koding.csv:4: the quote differs from the transcript" in said
    assert "koding.csv:7: these words stand in turn 4, not in turn 6" in said


def test_a_slip_is_no_candidate_at_the_keyboard(study: Project, tmp_path: Path) -> None:
    """What is nearly a code of the study is offered as such; what is none is a candidate."""
    report = study.import_codings(sheet(tmp_path, "kutipan,kode\nArisan RT ikut,arisn\nArisan RT ikut,gotong royong\n"))

    assert "no code 'arisn'" in str(report.errors[0])
    assert "arisan" in report.errors[0].nearest  # type: ignore[attr-defined]
    assert report.candidates == ("gotong royong",)


def test_a_word_more_is_no_slip(study: Project, tmp_path: Path) -> None:
    """Whoever writes a word more means something else: a candidate, said to look like the code; nothing is dropped."""
    report = study.import_codings(sheet(tmp_path, "kutipan,kode\nArisan RT ikut,hujan dan sepi ini\n"))

    assert report.errors == ()
    assert report.candidates == ("hujan dan sepi ini",)
    assert "looks like 'hujan dan sepi'" in "\n".join(map(str, report.findings))


def test_a_sheet_among_imported_files_is_recognised(tmp_path: Path) -> None:
    """It is matched with the transcripts of the same import, by the imported coder, and never taken for responses."""
    (tmp_path / "informan-03.txt").write_text(
        "P: Kerja apa?\nN: Ojek. Sepi terus, Bu.\nP: Oh.\nN: Iya.\n", encoding="utf-8"
    )
    sheet(
        tmp_path, "Kutipan wawancara,Koding,Kategori\nsepi terus bu,sepi,usaha\ntidak ada ini di mana-mana juga,x,y\n"
    )
    with Project.create(tmp_path / "uji.qualcode", codebook=None, coder="rani") as study:
        dry = study.import_files([tmp_path / "informan-03.txt", tmp_path / "koding.csv"], dry_run=True)
        empty = codings(study)
        report = study.import_files([tmp_path / "koding.csv", tmp_path / "informan-03.txt"])
        again = study.import_files(tmp_path / "koding.csv")

        assert empty == []
        assert codings(study) == [("informan-03", "impor", "sepi", "Sepi terus, Bu")]
        assert [t.name for t in study.corpus().transcripts] == ["informan-03"]
        assert next(iter(study.corpus().codings)).origin is Origin.IMPORTED
    for each in (dry, report, again):
        lines = [(f.level, f.line) for f in each.findings if "do not stand" in str(f)]
        assert lines == [("unassigned", 3)]
        assert each.errors == ()
    assert "read as a coding sheet: quotes in 'Kutipan wawancara', codes in 'Koding', 'Kategori', 2 rows" in str(
        "\n".join(str(f) for f in report.findings)
    )


def test_a_workbook_with_a_sheet_for_each_informant(study: Project, tmp_path: Path) -> None:
    """The title names the transcript; cells merged downwards hold for every row; a sheet that is none is said."""
    head: list[object] = ["No", "Kutipan", "Kode", "Kategori"]
    path = book(
        tmp_path,
        {
            "Informan 1": [head, [1, "nggak nentu", "tak tentu", "kerja"], [2, "Nggak punya.", "tanpa BPJS", None]],
            "Informan 2": [head, [1, "Kadang rame kadang sepi, nggak nentu.", "tak tentu; naik turun", "kerja"]],
            "Ringkasan": [["Kode", "Jumlah"], ["tak tentu", 2]],
        },
        merged={"Informan 1": "D2:D3"},
    )

    report = study.import_files(path)

    assert codings(study) == [
        ("informan-01", "impor", "tak-tentu", "nggak nentu"),
        ("informan-01", "impor", "tanpa-bpjs", "Nggak punya."),
        ("informan-02", "impor", "naik-turun", "Kadang rame kadang sepi, nggak nentu."),
        ("informan-02", "impor", "tak-tentu", "Kadang rame kadang sepi, nggak nentu."),
    ]
    assert study.codebook.code("tanpa-bpjs").parent == "kerja"
    assert "sheet 'Ringkasan' is no coding sheet" in "\n".join(str(f) for f in report.findings)


def test_talk_in_a_spreadsheet_comes_in_with_its_codes(tmp_path: Path) -> None:
    """Speaker, text and code in a row each are a transcript, not quotes of one."""
    sheet(
        tmp_path,
        'Baris,Pembicara,Teks,Koding\n1,P,Kerja apa?,\n2,N,Ojek sepi terus.,sepi\n3,P,Lama?,\n4,N,"Lama, Bu.",lama; tahan\n',
        "informan-09.csv",
    )
    with Project.create(tmp_path / "uji.qualcode", codebook=None, coder="rani") as study:
        study.import_files(tmp_path / "informan-09.csv")

        assert [code for _, _, code, _ in codings(study)] == ["lama", "sepi", "tahan"]
        assert (
            study.corpus().transcript("informan-09").turn(2).span.of(study.corpus().transcript("informan-09").text)
            == "Ojek sepi terus."
        )


@pytest.mark.parametrize("name", ["p.csv", "p.xlsx"])
def test_our_own_export_is_a_coding_sheet(study: Project, tmp_path: Path, name: str) -> None:
    """What was exported comes in again: nothing new in the same study, everything in one that has only the texts."""
    study.code("informan-01", turn=2, code="hujan", stance="denied", memo="catatan")
    study.code("informan-02", turn=2, code="hujan", quote="nggak nentu", uncertain=True)
    study.as_coder("dewi").code("informan-02", turn=6, code="arisan")
    study.export(tmp_path / name)

    assert study.import_codings(tmp_path / name).counts == {"added": 0, "known": 3, "failed": 0}

    with Project.create(tmp_path / "lain.qualcode", codebook=study.codebook, coder="x") as other:
        other.import_files(tmp_path / "wawancara saya")
        report = other.import_codings(tmp_path / name)

        assert report.counts == {"added": 3, "known": 0, "failed": 0}
        assert codings(other) == codings(study)
        assert sorted((c.stance, c.uncertain, c.memo) for c in other.corpus().codings) == sorted(
            (c.stance, c.uncertain, c.memo) for c in study.corpus().codings
        )


def test_all_sheets_of_a_workbook_with_themes_as_their_names(study: Project, tmp_path: Path) -> None:
    """A sheet for each theme, none with a column of codes: the name of the sheet is the code, and that is said."""
    head: list[object] = ["Sumber", "Kutipan"]
    path = book(
        tmp_path,
        {
            "Cuaca menentukan": [head, ["informan-01", "Kalo ujan ya sepi"]],
            "Obat sendiri": [head, ["informan-01", "Beli obat warung aja"]],
        },
    )

    report = study.import_codings(path)

    assert [(code, quote) for _, _, code, quote in codings(study)] == [
        ("cuaca-menentukan", "Kalo ujan ya sepi"),
        ("obat-sendiri", "Beli obat warung aja"),
    ]
    assert sum(finding.rule == "sheet" for finding in report.findings) == 2


def test_a_source_that_the_study_does_not_know(study: Project, tmp_path: Path) -> None:
    """Words that stand in one place alone say where they stand, which is said; a likeness or two words do not."""
    path = sheet(
        tmp_path,
        "Sumber;Kutipan;Kode\n"
        "Bu Sarni;Beli obat warung aja;obat\n"
        "Bu Sarni;Belikan obat di warung ajalah;obat\n"
        "Bu Sarni;obat warung;obat\n",
    )

    report = study.import_codings(path)

    assert [quote for *_, quote in codings(study)] == ["Beli obat warung aja"]
    assert [error.line for error in report.errors] == [3, 4]
    assert any("Bu Sarni" in str(finding) for finding in report.findings)


def test_a_corrected_copy_in_another_format_is_told_how_to_come_back(study: Project, tmp_path: Path) -> None:
    path = tmp_path / "koreksi.odt"
    path.write_bytes(b"PK")

    with pytest.raises(InputError) as caught:
        study.import_codings(path)
    assert ".docx" in str(caught.value.hint)
