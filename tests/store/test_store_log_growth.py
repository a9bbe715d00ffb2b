"""What is asked before every change does not grow with the log."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from qualcode.store.engine import make_engine, reading, writing
from qualcode.store.log import STANDING
from qualcode.store.schema import metadata


def test_where_the_file_stands_is_answered_by_indexes(tmp_path: Path) -> None:
    """A question that scans all events would make the ten-thousandth coding slower than the first."""
    engine = make_engine(tmp_path / "a.qualcode")
    with writing(engine) as connection:
        metadata.create_all(connection)
    question = str(STANDING.params(sitting=1).compile(engine, compile_kwargs={"literal_binds": True}))

    with reading(engine) as connection:
        plan = [row[3] for row in connection.execute(text("EXPLAIN QUERY PLAN " + question.replace(":sitting", "1")))]
    engine.dispose()

    assert [] == [step for step in plan if step.startswith("SCAN") and "INDEX" not in step and "CONSTANT" not in step]
