"""Files of hints: what they may say, what is refused and where, and what becomes of the batch."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from qualcode.errors import InputError, fill
from qualcode.importers import Batch, ImportOptions, ImportResult, Source, read_batch, registry
from qualcode.importers._names import NamePattern, alike, read_name
from qualcode.importers.hints.hints import hints_beside
from qualcode.importers.hints.reading import hints_schema, read_hints
from qualcode.model import Kind, Role

WHOLE = """\
# Petunjuk untuk satu folder
speakers:
  P: interviewer
  N: narasumber
  Catatan: none
informants: {N: informan-09}
informant: informan-01
kind: FGD
language: jv
encoding: cp1252
columns: {text: Jawaban, informant: Kode, code: Kode tema}
split: tidak
coder: rina
names:
  - "{informan}_W{wawancara}.docx"
  - '*.docx'
attributes: {file: informan.xlsx, informant: Kode, types: {usia: integer}, missing: ["99"], ignore: Catatan}
files:
  "informan-02*.docx":
    speakers: {p: moderator}
    kind: interview
  kosong.txt:
"""


def written(folder: Path, text: str) -> Path:
    """Return a file of hints that says *text*."""
    path = folder / ".hints.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder: Path, text: str) -> list[str]:
    """Return everything wrong in hints, as a researcher reads it."""
    return [str(problem) for problem in read_hints(written(folder, text))[1]]


def test_every_field_reaches_the_options(tmp_path: Path) -> None:
    """What is said of all files holds for each, and a pattern's own goes before it."""
    hints, wrong = read_hints(written(tmp_path, WHOLE))
    first = hints.options(Path("informan-01_W2.docx"), ImportOptions())
    second = hints.options(Path("INFORMAN-02_W1.docx"), ImportOptions(kind=Kind.JOURNAL))

    assert wrong == ()
    assert dict(first.speakers) == {"P": Role.INTERVIEWER, "N": Role.INFORMANT, "Catatan": None}
    assert (first.kind, first.language, first.encoding, first.split, first.coder) == (
        Kind.GROUP,
        "jv",
        "cp1252",
        False,
        "rina",
    )
    assert (first.text_column, first.informant_column, first.columns["code"]) == ("Jawaban", "Kode", "Kode tema")
    assert (first.informant, dict(first.informants)) == ("informan-01", {"N": "informan-09"})
    assert dict(first.metadata) == {"wawancara_ke": "2"}
    assert second.speakers == {"N": Role.INFORMANT, "Catatan": None, "p": Role.MODERATOR}
    assert second.kind is Kind.JOURNAL  # said at the command line
    assert hints.attributes is not None
    assert hints.attributes.missing == ("99",)
    assert hints.attributes.ignore == ("Catatan",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("speaker:\n  P: x\n", ".hints.yaml:1: unknown field 'speaker'"),
        ("kind: wawncara\n", ".hints.yaml:1: 'wawncara' is no kind of source"),
        ("\nspeakers:\n  P: pewawancra\n", ".hints.yaml:3: 'pewawancra' is no role"),
        ("speakers: P\n", ".hints.yaml:1: speakers should be a mapping, a line for each label as in 'P: …'"),
        ("speakers:\n  P: interviewer\n  'p ': informant\n", ".hints.yaml:3: the label 'p' stands twice"),
        ("split: mungkin\n", ".hints.yaml:1: the field 'split' should be true or false"),
        ("language: bahasa Indonesia\n", ".hints.yaml:1: 'bahasa Indonesia' is no language"),
        ("encoding: latin-99\n", ".hints.yaml:1: 'latin-99' is no encoding of text"),
        ("encoding: rot13\n", ".hints.yaml:1: 'rot13' is no encoding of text"),
        ("columns: {tekst: Jawaban}\n", ".hints.yaml:1: unknown field 'tekst'"),
        ("names: ['{informan}_{informant}']\n", ".hints.yaml:1: 'informant' stands twice in '{informan}_{informant}'"),
        ("names: ['{infroman}_*']\n", ".hints.yaml:1: 'infroman' is no known place; did you mean 'informan'?"),
        (
            "names:\n - '{nama}.docx'\n",
            ".hints.yaml:2: 'nama' identifies a person and is not taken from the file's name",
        ),
        ("names: ['{informan']\n", ".hints.yaml:1: a brace is not closed in '{informan'"),
        ("names: [{a: b}]\n", ".hints.yaml:1: names should hold forms of file names only"),
        ("attributes: {berkas: x}\n", ".hints.yaml:1: unknown field 'berkas'"),
        ("attributes:\n  types: {usia: angka}\n", ".hints.yaml:2: 'angka' is no type of attribute"),
        ("files: [a.txt]\n", ".hints.yaml:1: files should be a mapping of file names to what is said of them"),
        ("files:\n  a.txt:\n    names: x\n", ".hints.yaml:3: unknown field 'names'"),
        ("files:\n  a.txt: {kind: x}\n  a.txt: {}\n", ".hints.yaml:3: the field 'a.txt' stands twice"),
        ("- P\n", ".hints.yaml:1: hints are a mapping of fields such as speakers and names"),
        ("a: &x b\n", ".hints.yaml:1: anchors (&) and aliases (*) are not used here"),
        ("speakers:\n\tP: x\n", ".hints.yaml:2: a tab at the start of the line"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, expected: str) -> None:
    assert expected in problems(tmp_path, text)


def test_every_problem_is_said_at_once(tmp_path: Path) -> None:
    """One correction a run would be a long evening."""
    assert len(problems(tmp_path, "kind: x\nsplit: y\nlanguage: Z\nspeakers: {P: q}\nfiles: {a: {kind: x}}\n")) == 5


def test_a_near_word_is_offered(tmp_path: Path) -> None:
    (problem,) = read_hints(written(tmp_path, "speakers: {P: pewawancra}\n"))[1]

    assert problem.hint is not None
    assert "pewawancara" in fill(problem.hint, problem.parameters)


@pytest.mark.parametrize("text", ["", "# nichts\n", "speakers:\nfiles:\n", "~\n"])
def test_empty_hints_say_nothing(tmp_path: Path, text: str) -> None:
    hints, wrong = read_hints(written(tmp_path, text))

    assert (wrong, hints.options(Path("a.txt"), ImportOptions()) == ImportOptions()) == ((), True)


def test_schema_in_docs_is_what_the_reader_accepts(root: Path) -> None:
    """Write it anew with `hints_schema` after a change."""
    assert json.loads((root / "docs" / "hints.schema.json").read_text("utf-8")) == hints_schema()


def test_the_page_on_hints_shows_hints_that_are_read(root: Path, tmp_path: Path) -> None:
    """Also with what is commented out in the place of the line above it."""
    (shown,) = re.findall(r"```yaml\n(.*?)```", (root / "docs" / "hints.md").read_text(encoding="utf-8"), re.DOTALL)
    other = re.sub(r"^attributes: .*\n", "", shown, flags=re.MULTILINE)
    other = re.sub(r"^# (attributes:|  \w+:)", r"\1", other, flags=re.MULTILINE)

    assert [problems(tmp_path, text) for text in (shown, other)] == [[], []]
    assert read_hints(written(tmp_path, other))[0].attributes is not None


@pytest.mark.parametrize(
    ("stem", "informant", "number"),
    [
        ("informan-03_W2", "informan-03", "2"),
        ("INF03 wawancara 2", "INF03", "2"),
        ("INF-03_W02", "INF-03", "2"),
        ("S1.W2", "S1", "2"),
        ("S1W2", "S1", "2"),
        ("Informan 3 - wawancara ke-2", "Informan-3", "2"),
        ("Transkrip informan 3 sesi 1", "informan-3", "1"),
        ("wawancara 2 informan 03", "informan-03", "2"),
        ("wawancara 2", None, None),
        ("Transkrip wawancara 2", None, None),
        ("Hasil wawancara 2", None, None),
        ("lampiran 3 wawancara 1", None, None),
        ("2025-03-12 wawancara 1", None, None),
        ("wawancara 2 pasar", None, None),
        ("informan-03", None, None),
        ("RW05", None, None),
        ("kelompok-01", None, None),
    ],
)
def test_usual_file_names(stem: str, informant: str | None, number: str | None) -> None:
    """A name that counts the interviews of somebody says who; any other says nothing."""
    said = read_name(stem)

    assert (said.informant, said.metadata.get("wawancara_ke")) == (informant, number)


def test_a_pattern_reads_names() -> None:
    pattern = NamePattern("{informan}_{kota}_W{wawancara}_*.docx")
    said = pattern.read("inf-3_Bekasi_W02_akhir.DOCX")

    assert said is not None
    assert (said.informant, dict(said.attributes), dict(said.metadata)) == (
        "inf-3",
        {"kota": "Bekasi"},
        {"wawancara_ke": "2"},
    )
    assert pattern.read("inf-3_W02.docx") is None
    assert NamePattern("{informan} ({usia})").read("A1 (42).txt").attributes == {"usia": 42}  # type: ignore[union-attr]
    assert NamePattern("{informan}_{lokasi}").read("A1_Jl. Mawar 3.txt").attributes == {}  # type: ignore[union-attr]


def test_ids_that_differ_only_in_writing_are_alike() -> None:
    assert len({alike(name) for name in ("INF-03", "inf 3", "Inf_003", "INF03")}) == 1
    assert alike("inf-1") != alike("inf-10")
    assert alike("kelompok-01/peserta-1") != alike("kelompok-01-peserta-1")


def test_two_files_of_hints_in_a_folder_are_refused(tmp_path: Path) -> None:
    written(tmp_path, "")
    (tmp_path / "satu.hints.yaml").write_text("", encoding="utf-8")

    with pytest.raises(InputError, match="2 files of hints"):
        hints_beside(tmp_path)


TALK = "P: Kerja apa?\nN: Jualan.\nP: Sejak kapan?\nN: Lama.\n"
COUPLE = TALK + "P: Bapak?\nS: Narik ojek.\nP: Oh?\nN: Iya.\n"


def read(text: str, name: str = "informan-03_W2.txt", **options: object) -> ImportResult:
    """Return what the plain-text importer makes of *text*."""
    return registry.get("txt")().read(Source(name, text.encode()), ImportOptions(**options))  # type: ignore[arg-type]


def ids(result: ImportResult) -> dict[str, str]:
    """Return the id of the informant of each label."""
    names = {person.guid: person.id for person in result.corpus.informants}
    (transcript,) = result.corpus.transcripts
    return {turn.speaker: names[turn.informant] for turn in transcript.turns if turn.informant}


def test_the_name_of_a_file_says_whose_interview_it_is() -> None:
    result = read(TALK)

    assert ids(result) == {"N": "informan-03"}
    assert result.corpus.transcripts[0].name == "informan-03_W2"
    assert dict(result.corpus.transcripts[0].metadata) == {"wawancara_ke": "2"}
    assert any(finding.rule == "file name" for finding in result.findings)


def test_the_header_goes_before_the_name_of_the_file_and_it_is_said() -> None:
    differing = read("Kode informan: INF-07\nWawancara ke: 1\n\n" + TALK)
    same = read("Kode informan: Informan 3\n\n" + TALK)

    assert ids(differing) == {"N": "INF-07"}
    assert dict(differing.corpus.transcripts[0].metadata) == {"wawancara_ke": "1"}
    assert [f.level for f in differing.findings if f.rule == "file name"] == ["doubtful"]
    assert ids(same) == {"N": "Informan-3"}
    assert [f for f in same.findings if f.rule == "file name"] == []


def test_the_user_goes_before_header_and_name() -> None:
    assert ids(read("Kode informan: INF-07\n\n" + TALK, informant="A1")) == {"N": "A1"}
    assert ids(read(TALK, informants={"n": "A1"}, informant="A2")) == {"N": "A1"}


def test_several_informants_may_be_named_by_their_labels() -> None:
    both = {"N": Role.INFORMANT, "S": Role.INFORMANT}
    result = read(COUPLE, speakers=both, informants={"S": "informan-04"})

    assert ids(result) == {"N": "informan-03", "S": "informan-04"}
    assert ids(read(COUPLE, speakers=both, informants={"S": "A", "N": "B"})) == {"N": "B", "S": "A"}


def test_two_labels_may_be_one_informant() -> None:
    result = read(
        COUPLE,
        speakers={"N": Role.INFORMANT, "S": Role.INFORMANT},
        informants={"N": "A", "S": "A"},
        attributes={"usia": 40},
    )

    assert ids(result) == {"N": "A", "S": "A"}
    assert [(person.id, dict(person.attributes)) for person in result.corpus.informants] == [("A", {"usia": 40})]


def test_the_header_tells_more_than_the_name_of_the_file() -> None:
    result = read("Usia: 51\n\n" + TALK, attributes={"usia": 50, "kota": "Bekasi"}, metadata={"tempat": "Pasar"})

    assert dict(result.corpus.informants[0].attributes) == {"usia": 51, "kota": "Bekasi"}
    assert dict(result.corpus.transcripts[0].metadata) == {"tempat": "Pasar", "wawancara_ke": "2"}


def test_a_group_is_nobodys_interview() -> None:
    text = "Moderator: Silakan.\nPeserta 1: Saya jualan.\nPeserta 2: Saya juga.\nModerator: Sejak kapan?\nPeserta 1: Lama.\n"

    assert ids(read(text, informants={"Peserta 2": "A9"})) == {
        "Peserta 1": "informan-03_W2/peserta-1",
        "Peserta 2": "A9",
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two conversations and a table of attributes."""
    folder = tmp_path / "wawancara"
    folder.mkdir()
    (folder / "informan-01.txt").write_text(TALK, encoding="utf-8")
    (folder / "informan-02.txt").write_text(COUPLE, encoding="utf-8")
    (folder / "informan.csv").write_text("kode;usia\ninforman-01;40\n", encoding="utf-8")
    return folder


def roles(batch: Batch) -> dict[str, dict[str, str]]:
    """Return the role of each label in each file."""
    return {
        path.name: {turn.speaker: turn.role.value for turn in result.corpus.transcripts[0].turns}
        for path, result in batch.results
    }


def test_hints_beside_the_files_hold_for_the_batch(folder: Path) -> None:
    written(
        folder,
        "speakers: {P: interviewer, N: bystander}\nfiles:\n  '*02*': {speakers: {S: informan}}\nattributes: informan.csv\n",
    )
    batch = read_batch([folder])

    assert batch.errors == ()
    assert roles(batch)["informan-01.txt"] == {"P": "interviewer", "N": "bystander"}
    assert roles(batch)["informan-02.txt"] == {"P": "interviewer", "N": "bystander", "S": "informant"}
    assert [table.path for table in batch.tables] == [folder / "informan.csv"]
    assert [str(f) for f in batch.findings if f.rule == "hints"] == [".hints.yaml: what it says holds for 2 files"]


def test_named_hints_go_before_those_beside_and_options_before_all(folder: Path, tmp_path: Path) -> None:
    written(folder, "speakers: {N: bystander}\n")
    named = tmp_path / "lain.yaml"
    named.write_text("speakers: {P: moderator, N: participant}\n", encoding="utf-8")

    batch = read_batch([folder / "informan-01.txt"], ImportOptions(speakers={"p": Role.NOTETAKER}), hints=named)

    assert roles(batch)["informan-01.txt"] == {"P": "notetaker", "N": "participant"}


def test_what_fits_nothing_is_said(folder: Path) -> None:
    written(
        folder,
        "speakers: {Z: informant, Catatan: none}\nnames: ['{informan}_W{wawancara}']\nfiles:\n  tidak-ada.txt: {kind: group}\n",
    )
    said = {(f.line, f.level): str(f) for f in read_batch([folder]).findings if f.rule == "hints"}

    assert "no file is called 'tidak-ada.txt'" in said[4, "doubtful"]
    assert "no file's name is of the form" in said[2, "doubtful"]
    assert "no file has a speaker 'Z'" in said[None, "doubtful"]
    assert not any("Catatan" in text for text in said.values())


def test_nothing_is_read_while_hints_are_wrong(folder: Path) -> None:
    """Else the wrong guess that was to be corrected would enter the study."""
    written(folder, "speakers: {N: bystandr}\nsplit: mungkin\n")
    batch = read_batch([folder])

    assert (batch.results, len(batch.errors)) == ((), 2)


def test_files_of_hints_are_no_transcripts(folder: Path) -> None:
    written(folder, "kind: interview\n")
    batch = read_batch(sorted(folder.iterdir()), leave_out=[folder / "." / "informan.csv"])

    assert batch.errors == ()
    assert [path.name for path, _ in batch.results] == ["informan-01.txt", "informan-02.txt"]


def test_hints_that_are_not_there_are_said(folder: Path, tmp_path: Path) -> None:
    assert "there is no such file" in str(read_batch([folder], hints=tmp_path / "x.hints.yaml").errors[0])
