"""What every test shares."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import silence
from hypothesis import HealthCheck, settings

silence.watch()

settings.register_profile("fast", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile(os.environ.get("QUALCODE_HYPOTHESIS", "fast"))


@pytest.fixture(autouse=True)
def _private(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let no test reach the network (see `silence`), the user's own state, or the user's settings."""
    state = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("QUALCODE_STATE", str(state))
    for name in ("QUALCODE_CODER", "QUALCODE_LANG"):
        monkeypatch.delenv(name, raising=False)
    silence.forget()
    yield
    assert silence.attempts() == [], "something reached for the network"


@pytest.fixture
def root() -> Path:
    """Return the top of the checkout."""
    return Path(__file__).parent.parent
