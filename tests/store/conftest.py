"""Store tests that run on plain and on encrypted files alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import copies
import pytest

from qualcode.store import cipher, engine, opening

PASSPHRASE = "kata sandi ujian"


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
        request.getfixturevalue("passphrases")
        make = engine.make_engine

        def make_sealed(path: Path, **options: Any) -> Any:
            if not Path(path).exists():
                options.setdefault("key", cipher.new_key(PASSPHRASE))
            return make(path, **options)

        for module in (copies, opening):
            monkeypatch.setattr(module, "make_engine", make_sealed)
    return str(request.param)
