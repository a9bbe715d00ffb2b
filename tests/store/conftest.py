"""Store tests that run on plain and on encrypted files alike."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import copies
import pytest

from qualcode.store import cipher, engine, opening

PASSPHRASE = "kata sandi ujian"
PLAIN = frozenset(
    {
        # They look at bytes that only a plain file has, or damage them:
        "test_older_file_obeys_a_withdrawal_that_came_later",
        "test_refused_files_stay_as_they_were",
        "test_table_name_that_is_no_text_is_damage",
        # They start programs of their own, which derive keys at their full price; tests/store/test_store_cipher.py kills such, too:
        "test_log_of_a_killed_program_is_completed_at_the_next_opening",
        "test_migration_that_was_killed_is_taken_back_and_done_again",
        "test_fifteen_kills_lose_nothing",
    }
)


@pytest.fixture
def passphrases(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Forget afterwards which passphrases were given; keys cost next to nothing meanwhile."""
    pytest.importorskip("sqlcipher3", reason="encryption needs the extra sandi")
    monkeypatch.setattr(cipher, "ROUNDS", 1)
    monkeypatch.delenv(cipher.VARIABLE, raising=False)
    yield
    for known in (cipher._known, cipher._keys, cipher._fitting):
        known.clear()


@pytest.fixture(params=["plain", "encrypted"])
def sealed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Make every new file a plain one, or an encrypted one; used by the modules that run on both."""
    if request.param == "encrypted":
        _seal(request, monkeypatch)
    return str(request.param)


@pytest.fixture(autouse=True)
def all_sealed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every new file an encrypted one in all modules but that of encryption itself, where QUALCODE_TEST_ENCRYPTED is set."""
    if not os.environ.get("QUALCODE_TEST_ENCRYPTED") or "sealed" in request.fixturenames:
        return
    if request.function.__name__ in PLAIN:
        pytest.skip("needs a plain file")
    if request.path.name != "test_store_cipher.py":
        _seal(request, monkeypatch)


def _seal(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    request.getfixturevalue("passphrases")
    make = engine.make_engine

    def make_sealed(path: Path, **options: Any) -> Any:
        if not Path(path).exists() and options.get("key") is None:
            options["key"] = cipher.new_key(PASSPHRASE)
        return make(path, **options)

    for module in (copies, opening):
        monkeypatch.setattr(module, "make_engine", make_sealed)
    plain = sqlite3.connect

    def look(database: str | Path, **options: Any) -> sqlite3.Connection:
        """Open what a test looks into or damages behind the program's back."""
        path = Path(database)
        if not options.get("uri") and path.is_file() and cipher.is_encrypted(path):
            return cipher.connect(path, "rw", float(options.get("timeout", 5.0)))
        return plain(database, **options)

    monkeypatch.setattr(sqlite3, "connect", look)
