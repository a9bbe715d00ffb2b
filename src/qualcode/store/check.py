"""Everything about a study file that can be checked, in one go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from qualcode.errors import N_, ProjectFileError
from qualcode.model import Finding
from qualcode.store.engine import writing
from qualcode.store.memory import changed_texts, damage_finding, log_findings
from qualcode.store.trouble import explained
from qualcode.store.verify import Damage, verify_projection

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from qualcode.store.file import StudyFile

__all__ = ["check"]


def check(file: StudyFile, *, rebuild: bool = False) -> tuple[Finding, ...]:
    """Return what is wrong with the study that is open as *file*; empty when all is well.

    Checked are SQLite's structures, the hash chain of every sitting, the contents, texts and originals against their
    digests, how far the log goes against what this machine remembers, and, in a study that is open for writing, the tables
    against a replay of the log. A damaged log is not replayed: the tables may then be the better witness.

    Parameters
    ----------
    file : StudyFile
        The open study.
    rebuild : bool
        Replace the tables that are not what the log says by what it says; otherwise they are only named.

    Raises
    ------
    ProjectFileError
        If the file cannot be written for rebuilding.
    """
    found: list[Finding] = []
    try:
        with file.reading() as connection:
            for part in (
                _structure(connection, file.path.name),
                changed_texts(connection, file.path),
                log_findings(connection, file.path.name),
            ):
                found += part
        found += file.memory.compare(file)
    except ProjectFileError as error:  # so damaged that SQLite reads no further
        found.append(Finding("damage", error.message, file.path.name, rule="structure", parameters=error.parameters))
    if file.mode == "rw" and not any(finding.rule in {"structure", "log"} for finding in found):
        found += [damage_finding(damage, "projection", file.path.name) for damage in _replay(file, keep=rebuild)]
    return tuple(found)


def _structure(connection: Connection, name: str) -> Iterator[Finding]:
    """Have SQLite look through the whole file."""
    for (answer,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if answer != "ok":
            yield Finding(
                "damage",
                N_("the file is damaged ({reason})"),
                file=name,
                rule="structure",
                parameters={"reason": answer},
            )
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Finding(
            "damage",
            N_("row {row} of table {table} refers to something in {parent} that is not there"),
            file=name,
            rule="structure",
            parameters={"row": row, "table": table, "parent": parent},
        )


class _TakeBack(Exception):  # noqa: N818 - no error: it rolls back what a replay wrote
    """The tables that a replay gave are not to be kept."""


def _replay(file: StudyFile, *, keep: bool) -> tuple[Damage, ...]:
    """Replay the log; *keep* the tables it gives where they differ."""
    damaged: tuple[Damage, ...] = ()
    try:
        with explained(file.path), writing(file.engine) as connection:
            damaged = verify_projection(connection)
            if not (damaged and keep):
                raise _TakeBack
    except _TakeBack:
        pass
    return damaged
