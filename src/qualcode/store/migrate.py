"""Brings a study file from the schema it has to the one this program writes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import N_, ProjectFileError
from qualcode.store.backup import Reason, make_backup
from qualcode.store.engine import WRITES, make_engine
from qualcode.store.migrations import NEWEST

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory
    from sqlalchemy import Connection

__all__ = ["create_schema", "forward", "migrate", "migrations"]


def migrations(folder: Path | None = None) -> ScriptDirectory:
    """Return the steps in *folder*, by default those of this package; no ini file and no env.py are needed."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory(str(folder or Path(__file__).parent / "migrations"))


def migrate(path: Path, *, at: datetime, folder: Path | None = None) -> tuple[str, ...]:
    """Bring the study at *path* to the newest schema and return the steps taken, oldest first.

    A verified backup is made first. Each step is one transaction: if one fails, those before it stand, the file opens
    with the program that knows them, and the backup is there.

    Raises
    ------
    ProjectFileError
        If the backup cannot be made, a step fails, or another program holds the file.
    """
    make_backup(path, at=at, reason=Reason.MIGRATION)
    return forward(path, folder=folder)


def forward(path: Path, *, folder: Path | None = None) -> tuple[str, ...]:
    """Bring the file at *path* to the newest schema without a backup, as for a copy that is just being made; otherwise like `migrate`."""
    # The classic journal, so that the header's schema number is always the one in force.
    engine = make_engine(path, journal="DELETE")
    steps: list[str] = []
    try:
        while True:
            with engine.connect() as connection:
                # Rebuilding a table in a batch would delete what refers to it; checked after each step instead.
                raw = connection.connection.driver_connection
                raw.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
                connection.detach()  # closed afterwards, so no other transaction gets it without foreign keys
                with connection.execution_options(**{WRITES: True}).begin():
                    step = _next_step(connection, migrations(folder))
            if step is None:
                return tuple(steps)
            steps.append(step)
    except Exception as error:
        raise ProjectFileError(
            N_("the study could not be brought to schema {newest}: {reason}"),
            hint=N_("nothing of this step was kept; the backup made before it lies in {folder}"),
            file=path,
            newest=NEWEST,
            reason=str(error).splitlines()[0],
            folder=f"{path.stem}.cadangan",
        ) from error
    finally:
        engine.dispose()


def create_schema(connection: Connection) -> None:
    """Run every step on an empty database, inside the transaction of *connection*."""
    while _next_step(connection, migrations()) is not None:
        pass


def _next_step(connection: Connection, scripts: ScriptDirectory) -> str | None:
    """Run the step that follows the schema of *connection*, and return its name; None if there is none."""
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    context = MigrationContext.configure(connection, opts={"render_as_batch": True})
    present = context.get_current_revision()
    waiting = list(scripts.iterate_revisions("head", present or "base"))
    if not waiting:
        return None
    step = waiting[-1]
    with Operations.context(context):
        step.module.upgrade()
    context.stamp(scripts, step.revision)
    connection.exec_driver_sql(f"PRAGMA user_version = {int(step.revision)}")
    if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        raise RuntimeError(f"step {step.revision} leaves {len(broken)} rows that refer to nothing")
    return str(step.revision)
