"""Old studies open: step by step, each whole or not at all, with a checked backup before."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, inspect

from qualcode.errors import ProjectFileError
from qualcode.store import file as file_module
from qualcode.store import migrate as migrate_module
from qualcode.store import schema
from qualcode.store.backup import Reason, backup_folder, list_backups
from qualcode.store.file import StudyFile
from qualcode.store.migrate import create_schema, migrate, migrations
from qualcode.store.migrations import NEWEST

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
REAL = Path(migrate_module.__file__).parent / "migrations" / "versions"

STEP = '''
"""A step for a test."""
import sqlalchemy as sa
from alembic import op

revision = "{number:04}"
down_revision = "{before:04}"


def upgrade() -> None:
    {body}
'''


def clock() -> datetime:
    return NOON


@pytest.fixture
def study(tmp_path: Path) -> Path:
    path = tmp_path / "folder dengan spasi" / "pekerja.qualcode"
    path.parent.mkdir()
    StudyFile.create(path, clock=clock).close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("INSERT INTO entity(id, guid, kind) VALUES (1, randomblob(16), 'coder')")
        db.commit()
    return path


@pytest.fixture
def steps(tmp_path: Path) -> Callable[..., Path]:
    """Return a maker of migration folders: the real steps, then the given bodies."""

    def make(*bodies: str) -> Path:
        folder = tmp_path / "langkah"
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "versions").mkdir(parents=True)
        for real in REAL.glob("0*.py"):
            shutil.copy(real, folder / "versions")
        for number, body in enumerate(bodies, start=NEWEST + 1):
            text = STEP.format(number=number, before=number - 1, body=body)
            (folder / "versions" / f"{number:04}_step.py").write_text(text, encoding="utf-8")
        return folder

    return make


def shape(make: Callable[[Connection], object]) -> dict[str, object]:
    """Return what a database made by *make* consists of, whatever the order it was written in."""
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        make(connection)
        found: dict[str, object] = {}
        look = inspect(connection)
        for table in look.get_table_names():
            if table == "alembic_version":
                continue
            raw = connection.exec_driver_sql
            found[table] = (
                raw(f'PRAGMA table_xinfo("{table}")').fetchall(),
                {row[2:] for row in raw(f'PRAGMA foreign_key_list("{table}")')},
                sorted(
                    (row[1:], tuple(raw(f'PRAGMA index_xinfo("{row[1]}")').fetchall()))
                    for row in raw(f'PRAGMA index_list("{table}")')
                ),
                raw("SELECT ncol, wr, strict FROM pragma_table_list WHERE name = ?", (table,)).fetchall(),
            )
        found["indexes"] = set(
            connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'index'").scalars()
        )
    engine.dispose()
    return found


def test_steps_make_exactly_the_schema() -> None:
    """A change of the tables without a migration fails here."""
    assert shape(create_schema) == shape(schema.metadata.create_all)


def test_newest_is_the_number_of_the_last_step() -> None:
    """The constant that spares the loading of Alembic is right."""
    scripts = migrations()

    assert scripts.get_current_head() == f"{NEWEST:04}"
    assert [int(step.revision) for step in scripts.walk_revisions()] == list(range(NEWEST, 0, -1))


def test_new_study_bears_the_newest_schema(study: Path) -> None:
    """Header and Alembic agree."""
    with closing(sqlite3.connect(study)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (NEWEST,)
        assert db.execute("SELECT version_num FROM alembic_version").fetchone() == (f"{NEWEST:04}",)


def test_migration_makes_a_backup_and_takes_every_step(study: Path, steps: Callable[..., Path]) -> None:
    """Two steps, one of them rebuilding a table that others refer to; what was in it stays, and stays referred to."""
    with closing(sqlite3.connect(study)) as db:
        db.execute("INSERT INTO sitting(id, guid) VALUES (1, randomblob(16))")
        db.execute("INSERT INTO event(id, sitting, seq, lamport, at, coder, verb, hash) VALUES (1,1,1,1,0,1,'x',x'00')")
        db.commit()
    folder = steps(
        "op.add_column('coder', sa.Column('affiliation', sa.Text()))",
        "with op.batch_alter_table('event') as batch: batch.add_column(sa.Column('place', sa.Text(), nullable=False, server_default=''))",
    )

    taken = migrate(study, at=NOON, folder=folder)

    assert taken == (f"{NEWEST + 1:04}", f"{NEWEST + 2:04}")
    with closing(sqlite3.connect(study)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (NEWEST + 2,)
        assert db.execute("SELECT id, verb, place FROM event").fetchall() == [(1, "x", "")]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    (backup,) = list_backups(study)
    assert backup.reason is Reason.MIGRATION
    with closing(sqlite3.connect(backup.path)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (NEWEST,)
    assert {p.name for p in study.parent.iterdir()} == {"pekerja.qualcode", "pekerja.cadangan"}


def test_migration_of_a_newest_study_changes_nothing(study: Path, steps: Callable[..., Path]) -> None:
    """No step, no change."""
    before = study.read_bytes()

    assert migrate(study, at=NOON, folder=steps()) == ()

    assert study.read_bytes() == before


@pytest.mark.parametrize(
    "body",
    [
        "op.execute('INSERT INTO coder(id) VALUES (1)'); op.execute('SELECT * FROM tidak_ada')",
        "op.execute('INSERT INTO coder(id) VALUES (1)'); raise RuntimeError('sengaja')",
        "op.execute('INSERT INTO dead(id) VALUES (77)')",  # refers to an entity that is not there
    ],
)
def test_step_that_fails_leaves_the_study_as_before_it(study: Path, steps: Callable[..., Path], body: str) -> None:
    """The steps before it stand, nothing of it does, and the message names the backup."""
    folder = steps("op.add_column('coder', sa.Column('affiliation', sa.Text()))", body)

    with pytest.raises(ProjectFileError, match="could not be brought") as caught:
        migrate(study, at=NOON, folder=folder)

    assert caught.value.parameters["folder"] == "pekerja.cadangan"
    with closing(sqlite3.connect(study)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (NEWEST + 1,)
        assert db.execute("SELECT count(*) FROM coder").fetchone() == (0,)
        assert db.execute("SELECT count(*) FROM dead").fetchone() == (0,)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert len(list_backups(study)) == 1


def test_no_backup_no_migration(study: Path, steps: Callable[..., Path]) -> None:
    """Where the backup cannot be made, the study is not touched."""
    backup_folder(study).write_bytes(b"")
    before = study.read_bytes()

    with pytest.raises(ProjectFileError, match="no backup could be made"):
        migrate(study, at=NOON, folder=steps("op.add_column('coder', sa.Column('affiliation', sa.Text()))"))

    assert study.read_bytes() == before


def test_opening_an_older_study_brings_it_forward(
    study: Path, steps: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opened for reading only it is refused with the reason; opened for writing it is migrated, once."""
    folder = steps("op.add_column('coder', sa.Column('affiliation', sa.Text()))")
    monkeypatch.setattr(file_module, "NEWEST", NEWEST + 1)
    monkeypatch.setattr(migrate_module, "migrations", lambda _=None: migrations(folder))
    before = study.read_bytes()

    with pytest.raises(ProjectFileError, match="brought up to date first"):
        StudyFile.open(study, mode="ro", clock=clock)
    assert study.read_bytes() == before
    for _ in range(2):
        StudyFile.open(study, clock=clock).close()

    with closing(sqlite3.connect(study)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (NEWEST + 1,)
    assert [b.reason for b in list_backups(study)].count(Reason.MIGRATION) == 1


CUT_SHORT = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from qualcode.store.migrate import migrate

migrate(Path(sys.argv[1]), at=datetime(2026, 3, 2, tzinfo=UTC), folder=Path(sys.argv[2]))
"""


def test_migration_that_was_killed_is_taken_back_and_done_again(
    study: Path, steps: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after megabytes were written and the schema's number was set: the journal takes it all back at the next opening."""
    fill = (
        "op.execute('WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
        " INSERT INTO meta SELECT i, hex(randomblob(2000)) FROM n')"
    )
    number = f"op.execute('PRAGMA user_version = {NEWEST + 1}'); op.execute('PRAGMA cache_spill = 1')"
    folder = steps(f"{number}; {fill}; import os; os._exit(9)")

    killed = subprocess.run([sys.executable, "-c", CUT_SHORT, str(study), str(folder)], check=False)
    left = study.with_name("pekerja.qualcode-journal")
    assert killed.returncode == 9
    assert left.stat().st_size > 0
    folder = steps("op.add_column('coder', sa.Column('affiliation', sa.Text()))")
    monkeypatch.setattr(file_module, "NEWEST", NEWEST + 1)
    monkeypatch.setattr(migrate_module, "migrations", lambda _=None: migrations(folder))
    StudyFile.open(study, clock=clock).close()

    with closing(sqlite3.connect(study)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (NEWEST + 1,)
        assert db.execute("SELECT count(*) FROM meta").fetchone() == (1,)
        assert "affiliation" in {row[1] for row in db.execute("PRAGMA table_info(coder)")}
    assert not left.exists()
