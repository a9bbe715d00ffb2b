"""Tables at the terminal."""

from __future__ import annotations

import os
import shutil
import sys

import click
import pytest

from qualcode.cli._options import show


@pytest.mark.parametrize("columns", [60, 80, 200])
def test_keys_of_codes_are_not_broken_in_tables(
    columns: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "get_terminal_size", lambda *_: os.terminal_size((columns, 24)))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    words = "saya takut, malah nggak saya urus-urus lagi, sekarang sudah berapa"
    show([{"code": "dukungan-keluarga", "words": words, "n": 12, "share": words}], as_json=False)
    said = click.unstyle(capsys.readouterr().out)

    assert "dukungan-keluarga" in said
    assert all(len(line) <= columns for line in said.splitlines())
    for word in words.split():
        assert word in said
