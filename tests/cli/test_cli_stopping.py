"""What is probably found, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.cli._stopping import say_stopping
from qualcode.suggesters.effort import Stopping
from qualcode.suggesters.effort._stopping import IN_ORDER

FOUND = Stopping(
    code="jaminan", n_units=200, n_read=90, n_queued=40, n_found=12, run=25, rejections=20,
    share=0.8599, low=0.6666, high=1.0, missing_most=6, needed=31, p=0.4,
)  # fmt: skip
NONE = replace(
    FOUND, share=None, low=None, high=None, p=None, missing_most=None, needed=None, n_queued=0, undefined=IN_ORDER
)


def test_a_share_is_never_rounded_up(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALCODE_LANG", "en")
    say_stopping([FOUND])
    said = capsys.readouterr().out

    assert "at least 85 % of its passages are probably found; with 95 % confidence at least 66 %, at most 100 %" in said
    assert "12 found in 90 of 200 passages; 25 read since the last; 20 suggestions turned down in a row" in said
    assert "At most 6 unread passages" in said
    assert "none of the next 31 read by suggestions" in said
    assert "for you to decide" in said


def test_without_suggestions_there_is_no_estimate(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUALCODE_LANG", "id")
    say_stopping([NONE])
    said = capsys.readouterr().out

    assert "tidak ada perkiraan" in said
    assert "%" not in said


def test_where_all_is_read_nothing_is_probable_and_nothing_done(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUALCODE_LANG", "en")
    say_stopping([replace(FOUND, n_read=200, share=1.0, low=1.0, missing_most=0, needed=0)])
    said = capsys.readouterr().out

    assert "all 200 passages are read, 12 of them bear it" in said
    assert "--by disagreement" in said
    assert "probably" not in said
    assert "%" not in said
    assert "estimate" not in said
