"""Hints as corrections: what they put right in a study, what they leave alone, and that it holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from qualcode.errors import InputError, NotFoundError
from qualcode.model import Code, Codebook, Corpus, Kind, Role
from qualcode.project import Project

BOOK = Codebook("uji", (Code("hujan"),), version="1.0")
STORY = """P: Ibu jualan apa?
N: Nasi uduk. Waktu itu begini.
Ustaz Hasan: sabar itu kunci.
Jadi saya terus jualan, kadang sepi.
P: Punya BPJS?
N: Nggak punya. Ikut arisan.
Ustaz Hasan: syukur juga kunci.
P: Begitu ya?
N: Iya.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a conversation in which somebody is quoted as if they spoke."""
    folder = tmp_path / "wawancara"
    folder.mkdir()
    (folder / "sarni_W1.txt").write_text(STORY, encoding="utf-8")
    return folder


@pytest.fixture
def study(tmp_path: Path, folder: Path) -> Iterator[Project]:
    """Return an open study that read it without hints."""
    with Project.create(tmp_path / "uji.qualcode", codebook=BOOK, coder="rani") as project:
        project.import_files(folder)
        yield project


def hint(folder: Path, text: str) -> None:
    """Write the hints of a folder."""
    (folder / ".hints.yaml").write_text(text, encoding="utf-8")


def outcome(study: Project, folder: Path, **options: object) -> str:
    """Bring the folder in and return what became of its one file."""
    (one,) = study.import_files(folder, **options).outcomes  # type: ignore[arg-type]
    return one.outcome


def who(corpus: Corpus, name: str = "sarni_W1") -> dict[str, tuple[str, str | None]]:
    """Return role and informant's id of each label."""
    ids = {person.guid: person.id for person in corpus.informants}
    return {t.speaker: (t.role.value, ids.get(t.informant or "")) for t in corpus.transcript(name).turns}


def test_what_is_no_label_is_taken_back_and_codings_stay(study: Project, folder: Path) -> None:
    before = study.corpus().transcript("sarni_W1")
    coding = study.code("sarni_W1", quote="kadang sepi", code="hujan")
    assert len(before.turns) == 8

    hint(folder, "speakers: {Ustaz Hasan: none}\n")

    assert outcome(study, folder) == "relabelled"
    after = study.corpus()
    assert [t.speaker for t in after.transcript("sarni_W1").turns] == ["P", "N", "P", "N", "P", "N"]
    assert (coding,) == tuple(after.codings)
    assert coding.span.of(after.transcript("sarni_W1").text) == "kadang sepi"
    assert {s.span.of(before.text) for s in after.segments} == {
        t.span.of(before.text) for t in after.transcript("sarni_W1").turns
    }
    assert study.check(rebuild=True) == ()
    study.undo()
    assert study.corpus().transcript("sarni_W1") == before


def test_hints_hold_without_them_and_again_with_them(study: Project, folder: Path) -> None:
    hint(folder, "speakers: {Ustaz Hasan: none, N: participant}\ninformants: {N: INF-1}\nkind: fgd\nlanguage: jv\n")
    outcome(study, folder)
    held = study.corpus().transcript("sarni_W1")

    assert outcome(study, folder) == "unchanged"
    (folder / ".hints.yaml").unlink()
    assert outcome(study, folder) == "unchanged"
    assert study.corpus().transcript("sarni_W1") == held
    assert (held.kind, held.language) == (Kind.GROUP, "jv")
    assert who(study.corpus())["N"] == ("participant", "INF-1")


def test_an_earlier_correction_holds_through_other_hints(study: Project, folder: Path) -> None:
    study.import_files(folder, speakers={"N": Role.BYSTANDER})
    hint(folder, "speakers: {Ustaz Hasan: none}\n")

    outcome(study, folder)

    assert who(study.corpus()) == {"P": ("interviewer", None), "N": ("bystander", None)}


def test_an_informant_may_be_called_otherwise(study: Project, folder: Path) -> None:
    """The person stays who they are: attributes, notes and codings with them."""
    before = study.corpus().informant("sarni")
    study.put_informant("sarni", usia=44)

    hint(folder, "informant: INF-1\n")
    assert outcome(study, folder) == "relabelled"

    after = study.corpus().informant("INF-1")
    assert (after.guid, after.attributes["usia"]) == (before.guid, 44)
    assert "sarni" not in {i.id for i in study.corpus().informants}
    assert outcome(study, folder) == "unchanged"
    study.undo()
    assert study.corpus().informant("sarni").guid == before.guid


def test_two_interviews_become_one_informants(study: Project, folder: Path) -> None:
    (folder / "Ibu Sarni 2.txt").write_text("Usia: 44\n\n" + STORY.replace("sepi", "rame"), encoding="utf-8")
    hint(folder, "speakers: {Ustaz Hasan: none}\n")
    study.import_files(folder)
    assert {"sarni", "Ibu Sarni 2"} <= {i.id for i in study.corpus().informants}

    hint(folder, "speakers: {Ustaz Hasan: none}\nfiles: {'Ibu*': {informant: sarni}}\n")
    study.import_files(folder)

    corpus = study.corpus()
    assert "Ibu Sarni 2" not in {i.id for i in corpus.informants}
    assert {t.name for t in corpus.transcripts if corpus.informant("sarni").guid in t.informants} == {
        "sarni_W1",
        "Ibu Sarni 2",
    }
    assert corpus.informant("sarni").attributes["usia"] == 44


def test_a_correction_holds_in_a_new_revision_without_hints(study: Project, folder: Path) -> None:
    hint(folder, "speakers: {Ustaz Hasan: none, N: participant}\ninformants: {N: INF-1}\n")
    study.import_files(folder)
    (folder / ".hints.yaml").unlink()
    (folder / "sarni_W1.txt").write_text(STORY.replace("Iya.", "Iya, Mbak."), encoding="utf-8")

    assert outcome(study, folder, revise=True) == "revised"

    corpus = study.corpus()
    assert len(corpus.transcript("sarni_W1").turns) == 6
    assert who(corpus)["N"] == ("participant", "INF-1")
    assert study.check(rebuild=True) == ()


def test_a_legend_in_a_new_revision_goes_before_an_earlier_guess(study: Project, folder: Path) -> None:
    """Only what a person said holds; what was guessed is guessed anew."""
    (folder / "sarni_W1.txt").write_text("Keterangan: P: Penjual, N: Peneliti\n\n" + STORY, encoding="utf-8")

    outcome(study, folder, revise=True)

    assert who(study.corpus())["N"][0] == "interviewer"


def test_broken_hints_bring_nothing_in(study: Project, folder: Path) -> None:
    (folder / "baru.txt").write_text(STORY, encoding="utf-8")
    hint(folder, "speakrs: {}\n")

    report = study.import_files(folder)

    assert [type(e) for e in report.errors] == [InputError]
    assert [t.name for t in study.corpus().transcripts] == ["sarni_W1"]


def test_an_id_written_almost_alike_is_said(study: Project, folder: Path) -> None:
    (folder / "SARNI wawancara 2.txt").write_text(STORY, encoding="utf-8")

    report = study.import_files(folder)

    assert any("written almost as 'sarni'" in str(f) for f in report.findings)


ROLES = st.sampled_from(["interviewer", "informant", "participant", "bystander", "none", "moderator"])


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(st.sampled_from(["P", "N", "Ustaz Hasan"]), ROLES, min_size=1), min_size=1, max_size=3))
def test_the_last_word_on_a_label_holds_whatever_was_said_before(
    tmp_path_factory: pytest.TempPathFactory, said: list[dict[str, str]]
) -> None:
    """However hints follow each other, text and codings stay, and each label has the role it was given last."""
    place = tmp_path_factory.mktemp("acak")
    file = place / "a.txt"
    file.write_text(STORY, encoding="utf-8")
    with Project.create(place / "uji.qualcode", codebook=BOOK, coder="rani") as study:
        study.import_files(file)
        coding = study.code("a", quote="kadang sepi", code="hujan")
        last: dict[str, str] = {}
        for roles in said:
            hint(place, "speakers:\n" + "".join(f"  {label}: {role}\n" for label, role in roles.items()))
            study.import_files(file)
            last |= roles
            # Where hardly anybody is left who speaks, the next reading begins anew.
            assume(sum(last.get(label) == "none" for label in ("P", "N", "Ustaz Hasan")) < 2)
        corpus = study.corpus()
        transcript = corpus.transcript("a")

        assert (coding,) == tuple(corpus.codings)
        assert transcript.text == STORY
        for turn in transcript.turns:
            assert turn.role.value == last.get(turn.speaker, turn.role.value)
            assert (turn.informant is None) == (turn.role not in {Role.INFORMANT, Role.PARTICIPANT})
        gone = {label for label, role in last.items() if role == "none"}
        assert not gone & {turn.speaker for turn in transcript.turns}
        assert {i.guid for i in corpus.informants} == {t.informant for t in transcript.turns if t.informant}
        assert study.check(rebuild=True) == ()


def test_a_table_that_is_not_there_is_said_before_anything_is_read(tmp_path: Path, folder: Path) -> None:
    """Whether hints or the command name it: nothing enters the study without what was to come with it."""
    with Project.create(tmp_path / "lain.qualcode", codebook=BOOK, coder="rani") as study:
        hint(folder, "kind: interview\nattributes: informan.xlsx\n")
        (error,) = study.import_files(folder).errors
        assert (error.line, error.file and error.file.name) == (2, ".hints.yaml")
        assert "informan.xlsx" in str(error)

        hint(folder, "kind: interview\n")
        with pytest.raises(InputError, match="no such file"):
            study.import_files(folder, attributes=folder / "informan.xlsx")
        (folder / "informan.csv").write_text("kode;usia\nsarni;44\n", encoding="utf-8")
        with pytest.raises(NotFoundError, match="no column 'umur'"):
            study.import_files(folder, attributes=folder / "informan.csv", types={"umur": "integer"})
        assert study.corpus().transcripts == ()


def test_an_informant_for_a_label_that_no_file_has_is_said(study: Project, folder: Path) -> None:
    hint(folder, "informants: {Zed: INF-1}\n")

    found = [str(f) for f in study.import_files(folder).findings if f.rule == "hints" and f.level == "doubtful"]

    assert found == [
        ".hints.yaml: no file has a speaker 'Zed'; what is said of it changed nothing (there are: N, P, Ustaz Hasan)"
    ]


HINTS = (
    "",
    "informants: {N: a, Ustaz Hasan: b}\n",
    "informants: {N: a, Ustaz Hasan: a}\n",
    "informants: {N: c}\n",
    "informant: z\n",
    "speakers: {Ustaz Hasan: none}\n",
    "speakers: {Ustaz Hasan: participant, N: participant}\n",
    "speakers: {N: interviewer}\n",
    "kind: fgd\n",
    "split: yes\n",
    "split: no\n",
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(HINTS), min_size=2, max_size=4), st.booleans())
def test_nobody_is_left_in_the_study_whose_words_are_gone(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], twice: bool
) -> None:
    """Whatever hints said and took back: each informant speaks somewhere, and undo brings back whom it takes back."""
    folder = tmp_path_factory.mktemp("w")
    second = STORY.replace("uduk", "goreng") if twice else ""
    text = f"TRANSKRIP INFORMAN 1\n{STORY}\nTRANSKRIP INFORMAN 2\n{second}" if twice else STORY
    (folder / "sarni.txt").write_text(text, encoding="utf-8")
    with Project.create(folder / "uji.qualcode", codebook=BOOK, coder="rani") as study:
        seen = []
        for said in texts:
            hint(folder, said)
            before = len(study.log())
            study.import_files(folder / "sarni.txt", revise=True)
            corpus = study.corpus()
            speak = {turn.informant for t in corpus.transcripts for turn in t.turns}
            assert {i.guid for i in corpus.informants} == speak - {None}
            assert all(set(t.informants) <= {turn.informant for turn in t.turns} for t in corpus.transcripts)
            seen.append((len(study.log()) - before, {i.id for i in corpus.informants}))
        for (events, _), (_, people) in zip(reversed(seen[1:]), reversed(seen[:-1]), strict=True):
            for _ in range(events):
                study.undo()
            assert {i.id for i in study.corpus().informants} == people
