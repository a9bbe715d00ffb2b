"""What a file is gets decided from its bytes, without touching it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from qualcode.errors import NotFoundError, ProjectFileError
from qualcode.store.header import APPLICATION_ID, check_header


def database(path: Path, *, application: int = APPLICATION_ID, schema: int = 1) -> Path:
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA application_id={application}")
        db.execute(f"PRAGMA user_version={schema}")
        db.execute("CREATE TABLE t(x)")
        db.executemany("INSERT INTO t VALUES(?)", [("ya" * 500,) for _ in range(50)])
        db.commit()
    return path


def test_header_tells_page_size_count_and_schema(tmp_path: Path) -> None:
    """The numbers are those that SQLite itself gives."""
    path = database(tmp_path / "a.qualcode", schema=3)

    header = check_header(path, newest=3)

    with closing(sqlite3.connect(path)) as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        size = db.execute("PRAGMA page_size").fetchone()[0]
    assert (header.pages, header.page_size, header.schema) == (pages, size, 3)
    assert pages * size == path.stat().st_size


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"P: Apa kabar?\nI: Baik, Bu.\n", "not a qualcode study"),
        ("Wawancara ".encode("utf-16") * 20, "not a qualcode study"),
        (b"PK\x03\x04" + bytes(200), "not a qualcode study"),
        (b"SQLite format 3\x00", "not a qualcode study"),
        (b"SQLite format 3\x00" + bytes(4096), "database, but not a qualcode study"),
    ],
)
def test_other_files_are_refused_untouched(tmp_path: Path, content: bytes, said: str) -> None:
    """An empty file, a text file renamed, a zip, half a header, zeros: each is named for what it is."""
    path = tmp_path / "wawancara.qualcode"
    path.write_bytes(content)

    with pytest.raises(ProjectFileError, match=said) as caught:
        check_header(path, newest=1)

    assert caught.value.hint
    assert str(caught.value).startswith("wawancara.qualcode: ")
    assert path.read_bytes() == content
    assert [p.name for p in tmp_path.iterdir()] == ["wawancara.qualcode"]


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    """A SQLite file without our application id may be anything."""
    path = database(tmp_path / "a.qualcode", application=0)

    with pytest.raises(ProjectFileError, match="a database, but not a qualcode study"):
        check_header(path, newest=1)


def test_newer_schema_is_refused(tmp_path: Path) -> None:
    """A file from the future says both numbers."""
    path = database(tmp_path / "a.qualcode", schema=9)

    with pytest.raises(ProjectFileError, match=r"newer qualcode \(schema 9; this one knows 1\)"):
        check_header(path, newest=1)


def test_cut_off_file_is_refused_unless_a_journal_completes_it(tmp_path: Path) -> None:
    """Half a file is damage; half a file beside a write-ahead log is a program that was killed."""
    path = database(tmp_path / "a.qualcode")
    path.write_bytes(path.read_bytes()[:-4096])

    with pytest.raises(ProjectFileError, match="cut off"):
        check_header(path, newest=1)
    path.with_name("a.qualcode-wal").write_bytes(b"x")

    assert check_header(path, newest=1).application == APPLICATION_ID


def test_missing_study_names_those_beside_it(tmp_path: Path) -> None:
    """A typing mistake is answered with the nearest names."""
    database(tmp_path / "pekerja.qualcode")

    with pytest.raises(NotFoundError) as caught:
        check_header(tmp_path / "pekrja.qualcode", newest=1)

    assert caught.value.nearest == ("pekerja.qualcode",)


def test_folder_is_refused(tmp_path: Path) -> None:
    """A folder may end in .qualcode too."""
    (tmp_path / "a.qualcode").mkdir()

    with pytest.raises(ProjectFileError, match="a folder"):
        check_header(tmp_path / "a.qualcode", newest=1)
