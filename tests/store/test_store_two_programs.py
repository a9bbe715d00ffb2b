"""A study that two programs have open at once: nothing that either saves is lost."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest

from qualcode.project import Project
from qualcode.store import cipher, handles

OTHER = """
import sys
from qualcode.project import Project
from qualcode.store import cipher
cipher.ROUNDS = int(sys.argv[4])
with Project.open(sys.argv[1], coder=sys.argv[2], mode=sys.argv[3]) as study:
    if sys.argv[3] == "rw":
        study.code("informan-01", turn=4, code="utang")
    print(*sorted(one.coder for one in study.corpus().codings))
"""
TALK = "Pewawancara: Bagaimana?\nInforman: Hujan terus.\nPewawancara: Terus?\nInforman: Utang ke warung.\n"


@pytest.fixture
def study(tmp_path: Path, sealed: str) -> Path:
    (tmp_path / "kode.yaml").write_text("name: uji\ncodes: [{key: cuaca}, {key: utang}]\n", encoding="utf-8")
    (tmp_path / "informan-01.txt").write_text(TALK, encoding="utf-8")
    with Project.create(tmp_path / "uji.qualcode", codebook=tmp_path / "kode.yaml", coder="rani") as made:
        made.import_files(tmp_path / "informan-01.txt")
    return tmp_path / "uji.qualcode"


def other_program(study: Path, coder: str, mode: str = "rw") -> list[str]:
    """Return whose codings another program sees, having added one."""
    given = {cipher.VARIABLE: next(cipher._candidates(), "")}
    command = [sys.executable, "-c", OTHER, str(study), coder, mode, str(cipher.ROUNDS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | given)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_what_is_saved_after_another_program_has_closed_the_study_is_not_lost(study: Path) -> None:
    with Project.open(study, coder="rani") as ours:
        assert other_program(study, "dewi") == ["dewi"]
        ours.code("informan-01", turn=2, code="cuaca")
        assert other_program(study, "tari", "ro") == ["dewi", "rani"]
        assert other_program(study, "tari") == ["dewi", "rani", "tari"]
        ours.code("informan-01", turn=4, code="utang")
    assert other_program(study, "tari", "ro") == ["dewi", "rani", "rani", "tari"]


def test_opening_a_study_twice_in_one_program_takes_no_locks_away(study: Path, sealed: str) -> None:
    with Project.open(study, coder="rani") as ours:
        with Project.open(study, mode="ro") as again:
            assert not again.corpus().codings
        assert cipher.is_encrypted(study) is (sealed == "encrypted")
        other_program(study, "dewi")
        ours.code("informan-01", turn=2, code="cuaca")
        assert other_program(study, "tari", "ro") == ["dewi", "rani"]


def test_no_descriptor_outlives_the_last_connection(study: Path) -> None:
    with Project.open(study, coder="rani") as ours:
        for _ in range(20):
            assert len(handles.head(study, 6)) == 6
        with Project.open(study, mode="ro"):
            pass
        assert len(handles._kept) == 1
        ours.code("informan-01", turn=2, code="cuaca")
    gc.collect()
    assert not handles._kept
    assert not handles._live
    study.rename(study.with_name("lain.qualcode"))
