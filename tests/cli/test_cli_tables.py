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


@pytest.mark.parametrize("columns", range(60, 170, 10))
def test_no_column_is_pushed_out_of_sight(
    columns: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "get_terminal_size", lambda *_: os.terminal_size((columns, 24)))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    row = {f"found at {share} % read": f"0.{share}" for share in (10, 25, 50, 75)}
    show(
        [{"code": "keterampilan-pendidikan", **row, "loss (least … most)": "0.13 (0.12 … 0.14)", "ATD": "0.77"}],
        as_json=False,
    )
    said = click.unstyle(capsys.readouterr().out)

    for number in ("0.10", "0.25", "0.50", "0.75", "0.13", "0.12", "0.14", "0.77"):
        assert number in said
    assert all(len(line) <= columns for line in said.splitlines())
