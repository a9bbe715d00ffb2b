"""A file is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from qualcode.files.whole import replacing


def test_the_file_appears_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "hasil.csv"
    path.write_bytes(b"lama")
    with replacing(path) as stream:
        stream.write(b"baru")
        assert path.read_bytes() == b"lama"

    assert path.read_bytes() == b"baru"
    assert [p.name for p in tmp_path.iterdir()] == ["hasil.csv"]


def write_half(path: Path) -> None:
    """Begin to write, and fail."""
    with replacing(path) as stream:
        stream.write(b"setengah")
        raise ZeroDivisionError


def test_what_was_there_stays_where_writing_fails(tmp_path: Path) -> None:
    path = tmp_path / "hasil.csv"
    path.write_bytes(b"lama")
    with pytest.raises(ZeroDivisionError):
        write_half(path)

    assert path.read_bytes() == b"lama"
    assert [p.name for p in tmp_path.iterdir()] == ["hasil.csv"]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights otherwise")
def test_rights_stay(tmp_path: Path) -> None:
    path = tmp_path / "hasil.csv"
    path.write_bytes(b"lama")
    path.chmod(0o600)
    with replacing(path) as stream:
        stream.write(b"baru")

    assert path.stat().st_mode & 0o777 == 0o600
