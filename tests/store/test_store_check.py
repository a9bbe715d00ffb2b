"""A check finds what is wrong, says so in its own words, and is silent about a study that is whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qualcode.errors import ProjectFileError
from qualcode.model import Code, Codebook, Informant, Role, Span, Transcript, Turn
from qualcode.store.acts import codebook, codings, memos, study, transcripts
from qualcode.store.anchor import withdrawn
from qualcode.store.check import check
from qualcode.store.effects import By
from qualcode.store.erase import erase
from qualcode.store.file import StudyFile
from qualcode.store.read import load_corpus

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TEXT = "P: Apa kabar?\nI: Sepi sekali di Pasar Tegalgubug.\n"
RANI, SARI, TRANSCRIPT = "aa" * 16, "bb" * 16, "cc" * 16
BY = By(RANI, NOON)


def clock() -> datetime:
    return NOON


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a study with one interview, one coding and one memo, at rest."""
    path = tmp_path / "a.qualcode"
    with StudyFile.create(path, clock=clock) as file:
        study.add_coder(file.log, BY, "rani", guid=RANI)
        codebook.put_codebook(file.log, BY, Codebook("kerja", (Code("sepi"), Code("utang"))))
        at = TEXT.index("Sepi")
        turn = Turn(Span(at, len(TEXT) - 1), "I", Role.INFORMANT, SARI)
        transcript = Transcript(TRANSCRIPT, "dd" * 16, "sari", TEXT, turns=(turn,), informants=(SARI,))
        new = transcripts.NewTranscript(transcript, "sari.txt", TEXT.encode())
        transcripts.import_transcripts(file.log, BY, [new], [Informant(SARI, "informan-01")])
        codings.add_codings(file.log, BY, [codings.NewCoding(TRANSCRIPT, Span(at, at + 4), "sepi")])
        memos.add_memo(file.log, BY, "Pasar besar", about=TRANSCRIPT)
    return path


def tamper(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        for statement in statements:
            assert db.execute(statement).rowcount, statement
        db.commit()


@pytest.mark.parametrize("rebuild", [False, True])
def test_whole_study_is_found_whole_and_left_alone(path: Path, rebuild: bool) -> None:
    """Checking, and replaying, changes nothing where all is well."""
    with StudyFile.open(path, clock=clock) as file:
        assert check(file, rebuild=rebuild) == ()
        corpus = load_corpus(file)

    assert len(corpus.codings) == 1


def test_study_that_is_open_for_reading_is_checked_without_a_trace(path: Path) -> None:
    """All but the replay, which needs to write."""
    before = path.read_bytes()

    with StudyFile.open(path, mode="ro", clock=clock) as file:
        assert check(file) == ()

    assert path.read_bytes() == before


def test_tables_gone_astray_are_named_and_left_unless_they_are_to_be_rebuilt(path: Path) -> None:
    """A plain check changes nothing."""
    tamper(path, "DELETE FROM coding")

    with StudyFile.open(path, clock=clock) as file:
        for _ in range(2):
            assert [f.parameters["where"] for f in check(file)] == ["coding"]
        assert len(load_corpus(file).codings) == 0


@pytest.mark.parametrize(
    ("statement", "rule", "said"),
    [
        ("UPDATE event SET at = at + 1 WHERE verb = 'coding'", "log", "not as it was written"),
        ("UPDATE event SET verb = 'x' WHERE seq = 1", "log", "not as it was written"),
        ("DELETE FROM payload WHERE effect = (SELECT max(effect) FROM payload)", "log", "nobody erased them"),
        ("UPDATE payload SET body = x'7b7d' WHERE effect = (SELECT max(effect) FROM payload)", "log", "not as they were written"),
        ("UPDATE payload SET body = '{}' WHERE effect = (SELECT max(effect) FROM payload)", "log", "cannot be read"),
        ("UPDATE text SET body = replace(body, 'Sepi', 'Rame')", "text", "not the one that was stored"),
        ("UPDATE text SET body = replace(body, 'Sepi', 'Rame')", "log", "not as it was imported"),
        ("UPDATE original SET body = x'00'", "log", "original file"),
        ("UPDATE coding SET code = 99999", "projection", "the table coding"),
        ("UPDATE code SET key = 'lain' WHERE key = 'sepi'", "projection", "the table code"),
        ("DELETE FROM memo", "projection", "the table memo"),
        ("INSERT INTO dead VALUES (99999)", "structure", "refers to something in entity"),
        ("UPDATE effect SET registers = 'x' WHERE id = 1", "log", "not as it was written"),
    ],
)  # fmt: skip
def test_each_damage_is_found(path: Path, statement: str, rule: str, said: str) -> None:
    """One row changed behind the program's back, in every kind of table."""
    tamper(path, statement)

    with StudyFile.open(path, clock=clock) as file:
        found = check(file, rebuild=True)

    assert any(finding.rule == rule and said in str(finding) for finding in found), [str(f) for f in found]
    assert {finding.level for finding in found} == {"damage"}


def test_rebuilding_puts_the_tables_right(path: Path) -> None:
    """Named once; afterwards the study is whole and the codings are back."""
    tamper(path, "DELETE FROM coding", "UPDATE memo SET text = 'lain'")
    with StudyFile.open(path, clock=clock) as file:
        first = check(file, rebuild=True)
        second = check(file, rebuild=True)
        corpus = load_corpus(file)

    assert sorted(f.parameters["where"] for f in first) == ["coding", "memo"]  # type: ignore[type-var]
    assert second == ()
    assert len(corpus.codings) == 1
    assert corpus.memos[0].text == "Pasar besar"


def test_damaged_log_is_not_replayed(path: Path) -> None:
    """The tables may be the better witness: they are left as they are."""
    tamper(path, "DELETE FROM payload WHERE effect = (SELECT max(effect) FROM payload)")

    with StudyFile.open(path, clock=clock) as file:
        check(file, rebuild=True)
        assert [memo.text for memo in load_corpus(file).memos] == ["Pasar besar"]


def test_page_that_is_garbled_while_open_is_found(path: Path) -> None:
    """An index that no longer fits its table."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA writable_schema = ON")
        db.execute(
            "UPDATE sqlite_schema SET sql = 'CREATE INDEX code_shown_key ON code (origin)' WHERE name = 'code_shown_key'"
        )
        db.commit()

    with StudyFile.open(path, clock=clock) as file:
        assert "structure" in {finding.rule for finding in check(file)}


# ---- withdrawn, then put back ----


def erased(path: Path, clock: Callable[[], datetime] = clock) -> bytes:
    """Erase Sari, and return the file as it was before."""
    before = path.read_bytes()
    with StudyFile.open(path, clock=clock) as file:
        erase(file.log, BY, [SARI])
    return before


def test_older_file_obeys_a_withdrawal_that_came_later(path: Path) -> None:
    """Put back, opened: the words are gone again, from the tables and from the bytes, and it is said."""
    old = erased(path)
    assert b"Tegalgubug" in old
    assert b"Tegalgubug" not in path.read_bytes()
    path.write_bytes(old)

    with StudyFile.open(path, clock=clock) as file:
        found = {finding.rule: finding.level for finding in file.findings}
        assert load_corpus(file).transcripts == ()
        assert [finding.rule for finding in check(file, rebuild=True)] == ["rolled-back"]

    assert found == {"rolled-back": "damage", "withdrawn": "note"}
    assert b"Tegalgubug" not in path.read_bytes()


def test_old_copy_in_another_place_obeys_too(path: Path, tmp_path: Path) -> None:
    """The machine remembers the withdrawal for the study, wherever a copy of it lies."""
    old = erased(path)
    copy = tmp_path / "stik" / "b.qualcode"
    copy.parent.mkdir()
    copy.write_bytes(old)

    with StudyFile.open(copy, clock=clock) as file:
        assert [finding.rule for finding in file.findings] == ["withdrawn"]
        assert SARI in withdrawn(file.study)

    assert b"Tegalgubug" not in copy.read_bytes()


def test_old_copy_that_cannot_obey_is_not_shown(path: Path, tmp_path: Path) -> None:
    """Opened for reading only, the words could not be erased: so it is refused."""
    copy = tmp_path / "b.qualcode"
    copy.write_bytes(erased(path))

    with pytest.raises(ProjectFileError, match="erased or masked since"):
        StudyFile.open(copy, mode="ro", clock=clock)


def test_sweep_that_was_cut_short_is_finished_at_the_next_opening(path: Path) -> None:
    """The flag is set in the transaction that erases; whoever opens next rewrites the file."""
    erased(path)
    tamper(path, "INSERT INTO meta VALUES ('sweep', 'due')")

    with StudyFile.open(path, clock=clock) as file:
        assert file.findings == ()

    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM meta WHERE key = 'sweep'").fetchone() == (0,)
