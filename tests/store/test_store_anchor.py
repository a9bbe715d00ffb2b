"""What the machine remembers of a study survives, and never stands in the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.store.anchor import Anchor, anchor_path, read_anchor, withdrawn, write_anchor

GUID = "0123456789abcdef0123456789abcdef"


def anchor(**fields: object) -> Anchor:
    return Anchor(study=GUID, place="pekerja.qualcode", **fields)  # type: ignore[arg-type]


heads = st.dictionaries(st.text("0123456789abcdef/", min_size=1), st.text("0123456789abcdef", min_size=64, max_size=64))


@given(
    heads=heads, missing=heads, counter=st.integers(0, 10**9), tombs=st.sets(st.text("0123456789abcdef/", min_size=1))
)
def test_anchor_comes_back_as_it_was_stored(
    tmp_path_factory: pytest.TempPathFactory,
    heads: dict[str, str],
    missing: dict[str, str],
    counter: int,
    tombs: set[str],
) -> None:
    """Whatever is remembered is read back equal."""
    path = tmp_path_factory.getbasetemp() / "pekerja.qualcode"
    stored = anchor(heads=heads, missing=missing, counter=counter, tombstones=tuple(sorted(tombs)))

    assert write_anchor(stored, path)

    assert read_anchor(GUID, path) == stored


def test_anchors_are_kept_for_each_place_and_study(tmp_path: Path) -> None:
    """A copy elsewhere has its own; the way a path is written makes no difference."""
    (tmp_path / "b").mkdir()
    write_anchor(anchor(counter=5), tmp_path / "a.qualcode")

    assert read_anchor(GUID, tmp_path / "b" / ".." / "a.qualcode") == anchor(counter=5)
    assert read_anchor(GUID, tmp_path / "b" / "a.qualcode") is None
    assert read_anchor("f" * 32, tmp_path / "a.qualcode") is None


def test_tombstones_are_remembered_for_a_study_wherever_it_lies(tmp_path: Path) -> None:
    """An old copy on a stick must obey a withdrawal that was made in the file at home."""
    write_anchor(anchor(tombstones=("aa",)), tmp_path / "a.qualcode")
    write_anchor(anchor(tombstones=("bb", "cc/3/0")), tmp_path / "b.qualcode")

    assert withdrawn(GUID) == ("aa", "bb", "cc/3/0")
    assert withdrawn("f" * 32) == ()


def test_tombstones_are_never_forgotten() -> None:
    """Seeing a file without them leaves them in the anchor."""
    now = anchor(tombstones=("aa",)).seen(heads={}, counter=0, tombstones=["bb"], lost={})

    assert now.tombstones == ("aa", "bb")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 99}', '{"format": 1, "heads": 3}', "\x00" * 50])
def test_unreadable_anchor_counts_as_none(tmp_path: Path, content: str) -> None:
    """A broken anchor is no reason to refuse a study."""
    path = tmp_path / "a.qualcode"
    write_anchor(anchor(), path)
    anchor_path(GUID, path).write_text(content, encoding="utf-8")

    assert read_anchor(GUID, path) is None


def test_state_folder_that_cannot_be_made_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer is False, and nothing half-written stays."""
    (tmp_path / "state").write_text("a file where a folder should be", encoding="utf-8")
    monkeypatch.setenv("QUALCODE_STATE", str(tmp_path / "state"))

    assert write_anchor(anchor(), tmp_path / "a.qualcode") is False
    assert [p.name for p in tmp_path.iterdir()] == ["state"]
