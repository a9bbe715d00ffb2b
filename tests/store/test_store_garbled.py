"""Bytes changed anywhere in a study: it is refused, or opened with what was noticed; never a crash, never a silent loss of text."""

from __future__ import annotations

import random
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qualcode.errors import ProjectFileError
from qualcode.store.check import check
from qualcode.store.file import StudyFile
from qualcode.store.read import load_corpus

FROZEN = max((Path(__file__).parents[1] / "data" / "studies").glob("*.qualcode"))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a study at rest that is small enough to hit what matters."""
    path = tmp_path_factory.mktemp("utuh") / "a.qualcode"
    shutil.copyfile(FROZEN, path)
    return path


def garble(content: bytes, chance: random.Random) -> bytes:
    """Return *content* cut off, with a hole, with a stretch of noise, or with a few bytes flipped."""
    garbled = bytearray(content)
    at = chance.randrange(len(content))
    match chance.randrange(4):
        case 0:
            del garbled[at:]
        case 1:
            size = chance.choice((16, 512, 4096))
            garbled[at : at + size] = bytes(len(garbled[at : at + size]))
        case 2:
            size = chance.choice((4, 64, 4096))
            garbled[at : at + size] = chance.randbytes(len(garbled[at : at + size]))
        case _:
            for _ in range(chance.choice((1, 3, 50))):
                garbled[chance.randrange(len(garbled))] ^= 1 << chance.randrange(8)
    return bytes(garbled)


@pytest.mark.parametrize("seed", range(6))
def test_garbled_study_is_refused_or_said_to_be_damaged(whole: Path, tmp_path: Path, seed: int) -> None:
    """Each of ten ways a seed: what is read is what was written, or something was said."""
    now = datetime(2027, 1, 1, tzinfo=UTC)
    with StudyFile.open(whole, mode="ro", clock=lambda: now) as file:
        expected = load_corpus(file)
    chance = random.Random(seed)
    for number in range(10):
        path = tmp_path / f"{number}" / "a.qualcode"
        path.parent.mkdir()
        content = garble(whole.read_bytes(), chance)
        path.write_bytes(content)
        file = refused = None
        try:
            file = StudyFile.open(path, clock=lambda: now)
        except ProjectFileError as error:
            refused = error
        if file is None:
            assert refused is not None
            assert refused.hint
            assert path.read_bytes() == content
            continue
        with file:
            said = [*map(str, file.findings), *map(str, check(file))]
            try:
                corpus = load_corpus(file)
            except ProjectFileError as error:
                said.append(str(error))
        assert said or corpus == expected, (seed, number)
