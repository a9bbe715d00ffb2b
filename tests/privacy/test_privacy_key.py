"""The key file gives back what it was given, to nobody without its passphrase, and says what is wrong otherwise."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from qualcode.errors import ConflictError, InputError, NotFoundError, QualcodeError, StateError
from qualcode.model import IdentifierKind
from qualcode.privacy import key
from qualcode.privacy.cast import Alias
from qualcode.privacy.key import KeyFile, Stood, beside
from qualcode.privacy.people import Person

STUDY, OTHER = "a" * 32, "b" * 32
WORDS = "empat kata yang aneh"
SECRETS = (b"Sari", b"sari", b"Wulan", b"wulan", b"0812", b"wawancara", b"isi asli")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a second a passphrase is right for people and too long for tests."""
    monkeypatch.setattr(key, "_COST", 2**14)


@pytest.fixture
def made(tmp_path: Path) -> Path:
    opened = KeyFile.create(tmp_path / "kunci.key", WORDS, study=STUDY)
    opened.change(
        aliases=(
            Alias(Person(("sari", "dewi"), "f", "jawa", frozenset({"t1"}), frozenset({"t2"})), ("Wulan", "Retno")),
        ),
        stood=(Stood(IdentifierKind.PHONE, "0812-3456-789", "[nomor telepon]", "t1"),),
        transcripts={"t1": "wawancara Sari"},
        informants={"i1": "Sari"},
        originals={"t1": ("wawancara Sari.txt", b"isi asli")},
    )
    opened.save()
    return tmp_path / "kunci.key"


def test_what_was_locked_comes_back(made: Path) -> None:
    contents = KeyFile.open(made, WORDS, study=STUDY).contents
    assert contents.aliases[0].names == ("Wulan", "Retno")
    assert contents.aliases[0].person == Person(("sari", "dewi"), "f", "jawa", frozenset({"t1"}), frozenset({"t2"}))
    assert contents.stood == (Stood(IdentifierKind.PHONE, "0812-3456-789", "[nomor telepon]", "t1"),)
    assert contents.transcripts == {"t1": "wawancara Sari"}
    assert contents.informants == {"i1": "Sari"}
    assert contents.originals == {"t1": ("wawancara Sari.txt", b"isi asli")}


def test_nothing_of_it_can_be_read_in_the_file_or_beside_it(made: Path) -> None:
    assert [each.name for each in made.parent.iterdir()] == [made.name]
    data = made.read_bytes()
    assert not any(secret in data for secret in SECRETS)
    if os.name != "nt":
        assert stat.S_IMODE(made.stat().st_mode) == 0o600


def test_each_writing_is_locked_anew(made: Path) -> None:
    before = made.read_bytes()
    opened = KeyFile.open(made, WORDS, study=STUDY)
    opened.save()
    after = made.read_bytes()
    assert len(before) == len(after)
    assert before[-4000:-100] != after[-4000:-100]
    assert KeyFile.open(made, WORDS, study=STUDY).contents == opened.contents


def test_letters_may_be_typed_composed_or_not(tmp_path: Path) -> None:
    KeyFile.create(tmp_path / "k", "kopi café pagi", study=STUDY).save()
    KeyFile.open(tmp_path / "k", "kopi cafe\u0301 pagi", study=STUDY)


@pytest.mark.parametrize(
    ("what", "error", "says"),
    [
        ("lost", NotFoundError, "no key file"),
        ("other study", StateError, "another study"),
        ("wrong", InputError, "does not open"),
        ("cut", InputError, "damaged"),
        ("flipped", InputError, "damaged"),
        ("foreign", InputError, "no key file of qualcode"),
        ("empty", InputError, "no key file of qualcode"),
        ("newer", InputError, "newer"),
        ("folder", InputError, "folder"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_else(made: Path, what: str, error: type[QualcodeError], says: str) -> None:
    data = made.read_bytes()
    path, words, study = made, WORDS, STUDY
    if what == "lost":
        path = made.with_name("kunci-lain.key")
    elif what == "other study":
        study = OTHER
    elif what == "wrong":
        words = "empat kata yang salah"
    elif what == "folder":
        path = made.parent
    else:
        changed = {
            "cut": data[:-50],
            "flipped": data[:-60] + bytes([data[-60] ^ 1]) + data[-59:],
            "foreign": b"SQLite format 3\x00" + bytes(4000),
            "empty": b"",
            "newer": data.replace(b"qualcode-key 1", b"qualcode-key 2", 1),
        }
        made.write_bytes(changed[what])
    with pytest.raises(error) as said:
        KeyFile.open(path, words, study=study)
    message = f"{said.value} {said.value.hint} {said.value.parameters}"
    assert says in message
    assert not any(secret.decode() in message for secret in SECRETS)
    assert WORDS not in message


def test_a_changed_head_is_noticed_even_with_its_sum_made_anew(made: Path) -> None:
    import hashlib

    data = made.read_bytes()[:-32].replace(STUDY.encode(), OTHER.encode())
    made.write_bytes(data + hashlib.sha256(data).digest())
    with pytest.raises(InputError, match="damaged"):
        KeyFile.open(made, WORDS, study=OTHER)
    costly = made.read_bytes()[:-32].replace(b'"cost": 16384', b'"cost": 1073741824')
    made.write_bytes(costly + hashlib.sha256(costly).digest())
    with pytest.raises(InputError, match="damaged"):
        KeyFile.open(made, WORDS, study=OTHER)


def test_nothing_is_written_over(made: Path) -> None:
    with pytest.raises(StateError, match="already"):
        KeyFile.create(made, WORDS, study=STUDY)
    with pytest.raises(InputError, match="too short"):
        KeyFile.create(made.with_name("b"), "pendek", study=STUDY)
    with pytest.raises(InputError):
        KeyFile.create(made.parent / "tidak" / "ada.key", WORDS, study=STUDY)
    one, two = (KeyFile.open(made, WORDS, study=STUDY) for _ in range(2))
    one.change(informants={"i1": "Sari", "i2": "Budi"})
    one.save()
    two.change(informants={})
    with pytest.raises(ConflictError, match="changed the key file"):
        two.save()
    assert KeyFile.open(made, WORDS, study=STUDY).contents.informants == {"i1": "Sari", "i2": "Budi"}


def test_a_writing_that_fails_leaves_the_file_as_it_was(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = made.read_bytes()
    opened = KeyFile.open(made, WORDS, study=STUDY)
    opened.change(informants={})

    def fail(self: Path, target: Path) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError):
        opened.save()
    monkeypatch.undo()
    assert made.read_bytes() == before
    assert [each.name for each in made.parent.iterdir()] == [made.name]


def test_where_it_lies(tmp_path: Path) -> None:
    assert beside(tmp_path / "k", tmp_path / "s.qualcode")
    assert not beside(tmp_path / "lain" / "k", tmp_path / "s.qualcode")


def test_its_own_repr_tells_nothing(made: Path) -> None:
    opened = KeyFile.open(made, WORDS, study=STUDY)
    assert not any(secret.decode() in repr(opened) for secret in SECRETS)
