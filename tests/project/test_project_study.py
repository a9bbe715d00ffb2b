"""The verbs of a study, as a notebook calls them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qualcode.errors import ConflictError, InputError, NotFoundError, QualcodeError, StateError
from qualcode.model import Code, Codebook, Elicited, Origin, Role, Stance, Verdict
from qualcode.project import Project


def test_create_needs_to_know_who_is_coding(tmp_path: Path) -> None:
    with pytest.raises(StateError, match="who is coding"):
        Project.create(tmp_path / "a.qualcode", codebook=None)
    assert not list(tmp_path.iterdir())


def test_create_leaves_a_file_that_is_there(tmp_path: Path) -> None:
    path = tmp_path / "a.qualcode"
    path.write_text("milik orang")

    with pytest.raises(QualcodeError):
        Project.create(path, codebook=None, coder="rani")
    assert "milik orang" == path.read_text()


def test_a_faulty_codebook_leaves_no_study(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError) as caught:
        Project.create(tmp_path / "a.qualcode", codebook="prekariatt", coder="rani")
    assert "prekariat" in caught.value.nearest
    assert not (tmp_path / "a.qualcode").exists()


def test_import_finds_turns_roles_and_attributes(study: Project) -> None:
    corpus = study.corpus()
    transcript = corpus.transcript("informan-01")

    assert [Role.INTERVIEWER, Role.INFORMANT] * 3 == [turn.role for turn in transcript.turns]
    assert 44 == corpus.informant("informan-01").attribute("usia")
    assert not any("nama" in name for name in corpus.informant("informan-01").attributes)
    assert "Nama lengkap : Si Rekaan" in transcript.text


def test_the_same_files_again_change_nothing(study: Project, transcripts: Path) -> None:
    before, log = study.corpus(), study.log(n=None)

    report = study.import_files(transcripts)

    assert {"added": 0, "revised": 0, "unchanged": 2, "changed": 0, "failed": 0} == report.counts
    assert before == study.corpus()
    assert log == study.log(n=None)


def test_a_dry_run_changes_nothing(study: Project, transcripts: Path) -> None:
    (transcripts / "informan-03.txt").write_text("P: Apa?\nN: Itu.\nP: Oh?\nN: Ya.\n", encoding="utf-8")
    before = study.path.read_bytes()

    report = study.import_files(transcripts, dry_run=True)

    assert 1 == report.counts["added"]
    assert before == study.path.read_bytes()
    assert 2 == len(study.corpus().transcripts)


def test_a_changed_file_is_offered_and_its_codings_move_along(study: Project, transcripts: Path) -> None:
    kept = study.code("informan-01", turn=6, quote="arisan juga", code="arisan")
    lost = study.code("informan-01", turn=4, code="hujan", stance="denied")
    changed = (transcripts / "informan-01.txt").read_text(encoding="utf-8")
    changed = changed.replace("Kalo ujan", "Nah, kalo ujan").replace("Nggak punya.", "Ndak ada sama sekali.")
    (transcripts / "informan-01.txt").write_text(changed, encoding="utf-8")

    offered = study.import_files(transcripts)

    assert 1 == offered.counts["changed"]
    assert any("--revise" in str(finding) for finding in offered.findings)
    assert study.corpus().is_current(study.corpus().codings[0])

    taken = study.import_files(transcripts, revise=True)
    corpus = study.corpus()
    by_guid = {coding.guid: coding for coding in corpus.codings}

    assert 1 == taken.counts["revised"]
    assert "arisan juga" == corpus.quote(by_guid[kept.guid])
    assert [(lost.guid, "Nggak punya.")] == [(moved.coding.guid, moved.words) for moved in study.to_review()]
    assert [1] == [outcome.review for outcome in taken.outcomes if outcome.outcome == "revised"]

    study.place_again(lost.guid, turn=4)

    assert () == study.to_review()
    assert "Ndak ada sama sekali." in study.corpus().quote(
        next(c for c in study.corpus().codings if c.guid == lost.guid)
    )


def test_a_corrected_role_keeps_the_codings(study: Project, transcripts: Path) -> None:
    coding = study.code("informan-02", turn=2, code="hujan")

    report = study.import_files(transcripts / "informan-02.txt", speakers={"Pewawancara": Role.MODERATOR})

    assert 1 == report.counts["revised"]
    assert Role.MODERATOR == study.corpus().transcript("informan-02").turn(1).role
    assert 2 == study.import_files(transcripts).counts["unchanged"]
    assert Role.MODERATOR == study.corpus().transcript("informan-02").turn(1).role
    assert study.corpus().is_current(next(c for c in study.corpus().codings if c.guid == coding.guid))


def test_a_bad_file_does_not_lose_the_good_ones(study: Project, transcripts: Path) -> None:
    (transcripts / "rusak.docx").write_bytes(b"PK\x03\x04 bukan zip")
    (transcripts / "informan-03.txt").write_text("P: Apa?\nN: Itu.\nP: Oh?\nN: Ya.\n", encoding="utf-8")

    report = study.import_files(transcripts)

    assert 1 == report.counts["added"]
    assert ["rusak.docx"] == [error.file.name for error in report.errors if error.file]


def test_code_carries_what_the_coder_marks(study: Project) -> None:
    coding = study.code(
        "informan-01", turn=2, quote="Kalo ujan", code="hujan", stance="present", elicited="spontaneous", memo="cuaca"
    )

    assert (Stance.PRESENT, Elicited.SPONTANEOUS, "cuaca", "rani", Origin.HUMAN) == (
        coding.stance,
        coding.elicited,
        coding.memo,
        coding.coder,
        coding.origin,
    )
    assert "Kalo ujan" == study.corpus().quote(coding)
    assert study.codebook.label == coding.codebook_version


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"transcript": "informan-1", "turn": 2, "code": "hujan"}, "no transcript"),
        ({"transcript": "informan-01", "turn": 2, "code": "hujn"}, "no code 'hujn'"),
        ({"transcript": "informan-01", "turn": 99, "code": "hujan"}, "its turns are 1 to 6"),
        ({"transcript": "informan-01", "turn": 2, "code": "hujan", "stance": "mungkin"}, "'mungkin' is no stance"),
        ({"transcript": "informan-01", "turn": 2, "quote": "salju", "code": "hujan"}, "do not stand"),
    ],
)
def test_code_says_what_is_wrong(study: Project, arguments: dict[str, object], said: str) -> None:
    with pytest.raises(QualcodeError, match=said):
        study.code(**arguments)  # type: ignore[arg-type]
    assert 0 == len(study.corpus().codings)


def test_undo_and_redo_reach_across_a_restart(study: Project) -> None:
    study.code("informan-01", turn=2, code="hujan")
    study.code("informan-02", turn=6, code="arisan")
    whole = study.corpus()
    path = study.path
    study.close()

    with Project.open(path, coder="rani") as again:
        again.undo()
        assert ["hujan"] == [coding.code for coding in again.corpus().codings]
        again.undo()
        assert 0 == len(again.corpus().codings)
    with Project.open(path, coder="rani") as again:
        again.redo()
        again.redo()
        assert whole == again.corpus()
        with pytest.raises(StateError):
            again.redo()


def test_everything_can_be_undone_back_to_the_empty_study(study: Project, transcripts: Path) -> None:
    empty_texts = study.corpus().with_(transcripts=(), informants=(), segments=())
    coding = study.code("informan-01", turn=2, code="hujan")
    study.edit_coding(coding, stance="denied", memo="lain")
    study.read("informan-02")
    study.memo("Ia berjualan.", about="informan-01", kind="summary")
    study.choose_quote(coding)
    study.relate("arisan", "hujan", informant="informan-01", worked="partly")
    study.put_informant("informan-01", category="kunci", usia=45)
    study.uncode([coding])

    states = []
    while True:
        states.append(study.corpus())
        try:
            study.undo()
        except StateError:
            break
        if not study.corpus().transcripts:
            break

    assert empty_texts == study.corpus()
    for state in reversed(states):
        study.redo()
        assert state == study.corpus()


def test_undo_is_refused_when_another_has_built_on_it(study: Project) -> None:
    coding = study.code("informan-01", turn=2, code="hujan")
    study.as_coder("dewi").memo("bagus", about=coding.guid)

    with pytest.raises(ConflictError, match="dewi"):
        study.undo()
    assert 1 == len(study.corpus().codings)


def test_undo_takes_back_only_this_coders_acts(study: Project) -> None:
    study.code("informan-01", turn=2, code="hujan")
    study.as_coder("dewi").code("informan-01", turn=6, code="arisan")

    study.undo()

    assert [("dewi", "arisan")] == [(c.coder, c.code) for c in study.corpus().codings]


def test_uncode_takes_away_only_own_codings_of_the_turn(study: Project) -> None:
    study.code("informan-01", turn=2, code="hujan")
    study.as_coder("dewi").code("informan-01", turn=2, code="hujan")

    taken = study.uncode(transcript="informan-01", turn=2, code="hujan")

    assert ["rani"] == [coding.coder for coding in taken]
    assert ["dewi"] == [coding.coder for coding in study.corpus().codings]


def test_suggestions_are_no_codings_until_a_person_decides(study: Project) -> None:
    suggestions = study.suggest("arisan", n=None)

    assert suggestions
    assert all("arisan" == s.code for s in suggestions)
    assert 0 == len(study.corpus().codings)

    coding = study.accept(suggestions[0], stance="present", seconds=4.2)

    assert (Origin.ACCEPTED, "rani", Stance.PRESENT) == (coding.origin, coding.coder, coding.stance)
    assert suggestions[0].quote == study.corpus().quote(coding)
    (decision,) = study.corpus().decisions
    assert (Verdict.ACCEPTED, 4.2, suggestions[0].recipe) == (decision.verdict, decision.seconds, decision.recipe)
    assert suggestions[0].guid not in {s.guid for s in study.suggest("arisan", n=None)}

    study.undo()

    assert 0 == len(study.corpus().codings) == len(study.corpus().decisions)


def test_a_rejected_suggestion_is_kept_and_not_made_again(study: Project) -> None:
    first, *others = study.suggest("arisan", n=None)

    decision = study.reject(first)

    assert Verdict.REJECTED == decision.verdict
    assert [s.guid for s in others] == [s.guid for s in study.suggest("arisan", n=None)]
    assert 0 == len(study.corpus().codings)


def test_a_corrected_suggestion_bears_the_other_code(study: Project) -> None:
    (first, *_) = study.suggest("arisan")

    coding = study.correct(first, code="hujan")

    assert ("hujan", Origin.CORRECTED) == (coding.code, coding.origin)
    assert ["hujan"] == [decision.corrected for decision in study.corpus().decisions]


def test_the_interviewers_words_alone_are_never_suggested(study: Project) -> None:
    corpus = study.corpus()
    for suggestion in study.suggest(n=None):
        turns = corpus.turns_of(suggestion)
        assert turns
        assert all(turn.role.is_voice for _, turn in turns)


def test_silence_of_the_classifier_is_explained(study: Project) -> None:
    study.suggest("arisan")

    assert {"arisan"} == set(study.silent_codes)
    assert study.silent_codes["arisan"]


def test_a_summary_is_rewritten_not_doubled(study: Project) -> None:
    study.memo("Pertama.", about="informan-01", kind="summary")
    study.memo("Kedua.", about="informan-01", kind="summary")

    assert ["Kedua."] == [memo.text for memo in study.corpus().memos]


def test_a_printed_quote_may_not_be_polished(study: Project) -> None:
    coding = study.code("informan-01", turn=2, code="hujan")

    with pytest.raises(InputError, match="'Kalau'"):
        study.choose_quote(coding, printable="Kalau hujan, sepi")
    study.choose_quote(coding, printable="Kalo ujan […] nggak nentu")

    assert ["Kalo ujan […] nggak nentu"] == [quote.printable for quote in study.corpus().quotes]


def test_a_coding_sheet_comes_in_once(study: Project, tmp_path: Path) -> None:
    sheet = tmp_path / "pengodean.csv"
    sheet.write_text(
        "pengode,transkrip,giliran,kutipan,kode,sikap\n"
        "dewi,informan-01,2,Kalo ujan,hujan,ada\n"
        "rani,informan-02,6,,arisan,ada\n"
        "rani,informan-02,6,,arisn,ada\n",
        encoding="utf-8",
    )

    first, second = study.import_codings(sheet), study.import_codings(sheet)

    assert {"added": 2, "known": 0, "failed": 1} == first.counts
    assert {"added": 0, "known": 2, "failed": 1} == second.counts
    assert "pengodean.csv:4: no code 'arisn'" in str(first.errors[0])
    assert {("dewi", Origin.IMPORTED), ("rani", Origin.IMPORTED)} == {
        (c.coder, c.origin) for c in study.corpus().codings
    }


def test_attributes_come_from_a_table(study: Project, tmp_path: Path) -> None:
    table = tmp_path / "informan.csv"
    table.write_text("informan,kategori,usia,telepon\ninforman-01,kunci,50,0812\nsiapa,utama,1,\n", encoding="utf-8")

    findings = study.put_attributes(table)

    person = study.corpus().informant("informan-01")
    assert ("kunci", 50) == (person.category, person.attribute("usia"))
    assert "telepon" not in person.attributes
    said = " ".join(str(finding) for finding in findings)
    assert "'telepon'" in said
    assert "siapa (3)" in said
    assert "informan-02" in said


def test_a_codebook_change_keeps_codings_and_tells_versions_apart(study: Project) -> None:
    from dataclasses import replace

    coding = study.code("informan-01", turn=2, code="hujan")
    old = study.codebook
    codes = tuple(replace(c, definition="Cuaca.") if c.key == "hujan" else c for c in old.codes if c.key != "kosong")

    changes = study.put_codebook(replace(old, codes=codes, version="1.1"))
    later = study.code("informan-02", turn=2, code="hujan")

    assert changes
    assert old.label == coding.codebook_version == study.corpus().codings[0].codebook_version
    assert study.codebook.label == later.codebook_version != old.label
    assert not study.codebook.code("kosong").active


def test_the_log_says_who_did_what(study: Project) -> None:
    study.code("informan-01", turn=2, code="hujan")
    study.undo()

    newest, coding, *_ = study.log(n=None)

    assert ("rani", "undo") == (newest["coder"], newest["verb"])
    assert ("rani", "coding", True) == (coding["coder"], coding["verb"], coding["undone"])


def test_the_log_names_what_was_changed_in_words(study: Project) -> None:
    """Turns, not positions; the code that was changed by name, also where it was made in the same log; no guids and no Python."""
    study.code("informan-01", turn=4, code="hujan")
    study.open_code("utang")
    study.edit_code("utang", definition="pinjam", colour="#a00000")
    study.retire_code("utang")
    study.put_codebook(Codebook("lain", (Code("sepi", "Sepi"),), macros={"ANGKA": "satu | dua"}))

    said = {str(row["verb"]): str(row["change"]) for row in study.log(n=None)}

    assert "place informan-01:4" in said["coding"]
    assert said["edit code"].startswith("~1 code: utang, ")
    assert said["retire"] == "~1 code: utang, status active → inactive"
    for change in said.values():
        assert "{" not in change
        assert not re.search(r"[0-9a-f]{32}", change)


def test_at_rest_a_study_is_one_file(study: Project) -> None:
    study.code("informan-01", turn=2, code="hujan")
    path = study.path
    study.close()

    assert [path] == [p for p in path.parent.iterdir() if p.is_file() and p.name.startswith("uji.")]


def test_check_finds_a_sound_study_whole_and_rebuilds_it_the_same(study: Project) -> None:
    study.code("informan-01", turn=2, code="hujan")
    before = study.corpus()

    findings = study.check(rebuild=True)

    assert [] == [finding for finding in findings if finding.level == "damage"]
    assert before == study.corpus()


def test_another_interview_of_the_same_name_is_no_revision(study: Project, tmp_path: Path) -> None:
    elsewhere = tmp_path / "lain" / "informan-01.txt"
    elsewhere.parent.mkdir()
    elsewhere.write_text(
        "Pewawancara: Sudah lama narik?\nInforman: Delapan tahun, Mas, dari zaman pangkalan.\n"
        "Pewawancara: Sehari berapa jam?\nInforman: Ya belasan, tergantung badan.\n",
        encoding="utf-8",
    )
    before = study.corpus()

    report = study.import_files(elsewhere, revise=True)

    assert {"changed": 1, "revised": 0}.items() <= report.counts.items()
    assert any("rename the file" in str(finding) for finding in report.findings)
    assert before == study.corpus()


def test_a_corrected_kind_is_kept(study: Project, transcripts: Path) -> None:
    study.import_files(transcripts / "informan-02.txt", kind="group")
    study.import_files(transcripts)

    assert "group" == study.corpus().transcript("informan-02").kind


def test_a_file_that_is_not_taken_brings_no_informant(study: Project, tmp_path: Path) -> None:
    folder = tmp_path / "lain"
    folder.mkdir()
    (folder / "informan-01.txt").write_text(
        "Kode informan : INF-9\n\nP: Sudah lama narik, Mas?\nN: Delapan tahun dari zaman pangkalan dulu.\n"
        "P: Sehari berapa jam?\nN: Belasan jam, tergantung badan.\n",
        encoding="utf-8",
    )
    (folder / "informan-03.txt").write_text("P: Apa?\nN: Itu.\nP: Oh?\nN: Ya.\n", encoding="utf-8")

    report = study.import_files(folder)

    assert {"added": 1, "changed": 1}.items() <= report.counts.items()
    assert ["informan-01", "informan-02", "informan-03"] == [i.id for i in study.corpus().informants]


def test_nobody_takes_anothers_codings_away(study: Project) -> None:
    coding = study.as_coder("dewi").code("informan-01", turn=2, code="hujan")

    with pytest.raises(StateError, match="dewi"):
        study.uncode([coding])
    assert 1 == len(study.corpus().codings)


def test_an_empty_cell_takes_no_attribute_away(study: Project, tmp_path: Path) -> None:
    table = tmp_path / "informan.csv"
    table.write_text("informan,Kategori,usia\ninforman-01,Kunci,\n", encoding="utf-8")

    study.put_attributes(table)

    person = study.corpus().informant("informan-01")
    assert ("kunci", 44) == (person.category, person.attribute("usia"))


def test_a_report_of_one_informant_leaves_the_others_pages(study: Project, tmp_path: Path) -> None:
    study.code("informan-01", turn=2, code="hujan")
    study.report(tmp_path / "laporan")
    pages = {p.name for p in (tmp_path / "laporan").rglob("*.html")}

    study.report(tmp_path / "laporan", informant="informan-01")

    assert pages <= {p.name for p in (tmp_path / "laporan").rglob("*.html")}


def test_a_role_corrected_and_corrected_back_leaves_no_informant_without_words(
    study: Project, transcripts: Path
) -> None:
    before = study.corpus()
    study.import_files(transcripts / "informan-02.txt", speakers={"Pewawancara": Role.INFORMANT})
    between = study.corpus()

    study.import_files(transcripts / "informan-02.txt", speakers={"Pewawancara": Role.INTERVIEWER})

    assert len(between.informants) == len(before.informants) + 1
    assert study.corpus().informants == before.informants
    assert study.corpus().transcript("informan-02") == before.transcript("informan-02")
    study.undo()
    assert study.corpus().informants == between.informants
    study.redo()
    assert study.corpus().informants == before.informants
    assert study.check(rebuild=True) == ()
    assert study.corpus().informants == before.informants


def test_a_wrong_first_reading_leaves_no_informant_without_words(study: Project, transcripts: Path) -> None:
    """Corrected at once after the first import, so that the import itself had named the informant."""
    (transcripts / "baru.txt").write_text(
        "A: Jualan apa, Bu?\nB: Gado-gado.\nA: Sudah lama?\nB: Sudah.\n", encoding="utf-8"
    )
    study.import_files(transcripts / "baru.txt", speakers={"A": Role.INFORMANT, "B": Role.INFORMANT})
    assert {"baru/a", "baru/b"} <= {i.id for i in study.corpus().informants}

    study.import_files(transcripts / "baru.txt", speakers={"A": Role.INTERVIEWER})

    corpus = study.corpus()
    assert "baru/a" not in {i.id for i in corpus.informants}
    assert len(corpus.transcript("baru").informants) == 1


def test_an_informant_without_words_stays_while_a_note_is_on_them(study: Project, transcripts: Path) -> None:
    study.import_files(transcripts / "informan-02.txt", speakers={"Pewawancara": Role.INFORMANT})
    known = {i.id for i in study.corpus().informants}
    (added,) = [i for i in known if i.startswith("informan-02/")]
    study.memo("ternyata bukan informan", about=added)

    study.import_files(transcripts / "informan-02.txt", speakers={"Pewawancara": Role.INTERVIEWER})

    assert added in {i.id for i in study.corpus().informants}


def test_only_the_label_named_is_corrected_again(study: Project, transcripts: Path) -> None:
    study.import_files(transcripts / "informan-02.txt", speakers={"Pewawancara": Role.MODERATOR})
    study.import_files(transcripts, speakers={"N": Role.BYSTANDER})
    corpus = study.corpus()

    assert Role.MODERATOR == corpus.transcript("informan-02").turn(1).role
    assert Role.BYSTANDER == corpus.transcript("informan-01").turn(2).role


def test_what_was_read_stays_read_in_a_corrected_text(study: Project, transcripts: Path) -> None:
    study.read("informan-01")
    file = transcripts / "informan-01.txt"
    file.write_text(file.read_text(encoding="utf-8").replace("Punya BPJS, Bu?", "Ibu punya BPJS?"), encoding="utf-8")

    study.import_files(transcripts, revise=True)

    corpus = study.corpus()
    (reading,) = corpus.readings
    assert corpus.is_current(reading)
    assert len(corpus.transcript("informan-01").text.rstrip()) == reading.span.end


def test_a_coding_placed_where_it_is_coded_anew_is_one(study: Project, transcripts: Path) -> None:
    old = study.code("informan-01", turn=4, code="hujan")
    file = transcripts / "informan-01.txt"
    file.write_text(file.read_text(encoding="utf-8").replace("Nggak punya.", "Nggak ada."), encoding="utf-8")
    study.import_files(transcripts, revise=True)
    anew = study.code("informan-01", turn=4, code="hujan")

    placed = study.place_again(old.guid, turn=4)

    assert anew.guid == placed.guid
    assert [anew.guid] == [coding.guid for coding in study.corpus().codings]


def test_a_skipped_suggestion_comes_back_last(study: Project) -> None:
    first, second = study.suggest("arisan", n=2)

    study.skip(first)

    assert [second.guid, first.guid] == [s.guid for s in study.suggest("arisan", n=2)]
    assert [second.guid] == [s.guid for s in study.suggest("arisan", n=1)]
