"""The key file: which pseudonym stands for whom, encrypted with a passphrase, and never needed to work.

The file is three parts: a line that says what it is, a line of JSON that says how it is locked and to which study it belongs, and what is
locked. Whoever has the file without its passphrase learns the study's guid and when it was last written, no name and no number of names.

The passphrase becomes two keys by scrypt (RFC 7914; memory-hard, so that guessing is slow); the one encrypts with AES-256-GCM (NIST
SP 800-38D) under a nonce that is new at every writing, with both lines authenticated, and the other tells a wrong passphrase from a
damaged file. All of it is done by the library `cryptography`.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import hmac
import json
import os
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from qualcode.errors import N_, ConflictError, InputError, NotFoundError, StateError
from qualcode.files.whole import replacing, require_place
from qualcode.model import IdentifierKind
from qualcode.privacy.cast import Alias
from qualcode.privacy.people import Person

__all__ = ["SHORTEST", "Contents", "KeyFile", "Stood", "beside"]

_MAGIC = b"qualcode-key 1\n"
_COST = 2**17
"""Blocks of scrypt: 128 MB and about half a second a guess."""
_HIGHEST_COST = 2**20
_BLOCK = 8
_LARGEST = 1 << 30
SHORTEST = 8
"""Shorter passphrases are guessed too soon."""
_STEP = 4096
"""What is locked is filled up to a multiple of this, so that its length tells little."""


@dataclass(frozen=True, slots=True)
class Stood:
    """What stood where no person is named: a number, an address, a place."""

    kind: IdentifierKind
    real: str
    word: str
    transcript: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a key file holds.

    Attributes
    ----------
    aliases : tuple of Alias
        Each person with the pseudonym; the order is kept.
    stood : tuple of Stood
        What stood in the place of other words.
    transcripts, informants : mapping of str to str
        Guid → the name, or id, before masking.
    originals : mapping of str to (str, bytes)
        Guid of a transcript → name and bytes of the file it was read from; only where that was asked for.
    """

    aliases: tuple[Alias, ...] = ()
    stood: tuple[Stood, ...] = ()
    transcripts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    informants: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    originals: Mapping[str, tuple[str, bytes]] = field(default_factory=lambda: MappingProxyType({}))


class KeyFile:
    """A key file that is open. Made by `create` or `open`; nothing is written before `save`.

    Attributes
    ----------
    path : Path
        The file.
    study : str
        Guid of the study it belongs to.
    contents : Contents
        What it holds.
    """

    def __init__(self, path: Path, study: str, lock: _Lock, contents: Contents, *, stands: bytes | None) -> None:
        self.path = path
        self.study = study
        self.contents = contents
        self._lock = lock
        self._stands = stands

    def __repr__(self) -> str:
        return f"KeyFile({self.path.name!r})"

    @classmethod
    def create(cls, path: str | Path, passphrase: str, *, study: str) -> KeyFile:
        """Return a new key for *study* (guid), to be written to *path*.

        Raises
        ------
        StateError
            If there is a file of that name.
        InputError
            If the passphrase is shorter than eight characters, or the file cannot stand there.
        """
        path = Path(path)
        require_place(path)
        if path.exists():
            raise StateError(
                N_("there is a file of this name already"),
                hint=N_("open it with its passphrase, or give the key another name"),
                file=path,
            )
        if len(passphrase) < SHORTEST:
            raise InputError(
                N_("the passphrase is too short: it needs {n} characters or more"),
                hint=N_("take four or five words that nobody would put together"),
                n=SHORTEST,
            )
        return cls(path, study, _Lock.new(passphrase), Contents(), stands=None)

    @classmethod
    def open(cls, path: str | Path, passphrase: str, *, study: str) -> KeyFile:
        """Open the key file at *path*.

        Raises
        ------
        NotFoundError
            If there is none.
        StateError
            If it belongs to another study.
        InputError
            If it is no key file, or damaged, or the passphrase is wrong.
        """
        path = Path(path)
        data = _read(path)
        head, locked = _divided(path, data)
        if head.get("study") != study:
            raise StateError(
                N_("this is the key file of another study"),
                hint=N_("give the one that was made with this study, or make a new one under another name"),
                file=path,
            )
        lock = _Lock.of(path, head, passphrase)
        return cls(path, study, lock, _unpacked(path, lock.opened(path, head, locked)), stands=data)

    def save(self) -> None:
        """Write the file, whole and on the disk when this returns; only its owner may read it.

        Raises
        ------
        ConflictError
            If another program wrote it since it was opened.
        InputError
            If it cannot be written.
        """
        stands = self.path.read_bytes() if self.path.is_file() else None
        if stands != self._stands:
            raise ConflictError(
                N_("another program has changed the key file since it was opened"),
                hint=N_("nothing was changed; run this again"),
                file=self.path,
            )
        require_place(self.path)
        data = self._lock.closed(self.study, _packed(self.contents))
        with replacing(self.path) as stream:
            with contextlib.suppress(OSError):  # Windows has no such rights
                Path(stream.name).chmod(0o600)
            stream.write(data)
        _settle(self.path.parent)
        self._stands = data

    def change(self, **changes: Any) -> None:
        """Replace parts of the contents, by name; `save` writes them."""
        self.contents = replace(self.contents, **changes)


@dataclass(frozen=True, slots=True, repr=False)
class _Lock:
    """What a passphrase opens: the salt, the cost, and the two keys made of them."""

    salt: bytes
    cost: int
    secret: bytes
    check: bytes

    @classmethod
    def new(cls, passphrase: str) -> _Lock:
        return cls._derived(passphrase, os.urandom(16), _COST)

    @classmethod
    def of(cls, path: Path, head: Mapping[str, object], passphrase: str) -> _Lock:
        """Return the lock that *head* describes, opened with *passphrase*."""
        try:
            salt, cost = base64.b64decode(str(head["salt"]), validate=True), int(str(head["cost"]))
            check = base64.b64decode(str(head["check"]), validate=True)
        except (KeyError, ValueError, binascii.Error) as error:
            raise _damaged(path) from error
        if not (2**14 <= cost <= _HIGHEST_COST and cost & (cost - 1) == 0 and 8 <= len(salt) <= 64):
            raise _damaged(path)
        lock = cls._derived(passphrase, salt, cost)
        if not hmac.compare_digest(lock.check, check):
            raise InputError(
                N_("this passphrase does not open the key file"),
                hint=N_("try again; without it nobody can open the file, and the study works without the key"),
                file=path,
            )
        return lock

    @classmethod
    def _derived(cls, passphrase: str, salt: bytes, cost: int) -> _Lock:
        import unicodedata

        from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

        # The same letters may be typed composed or not, by the keyboard.
        typed = unicodedata.normalize("NFC", passphrase).encode("utf-8")
        made = Scrypt(salt=salt, length=64, n=cost, r=_BLOCK, p=1).derive(typed)
        return cls(salt, cost, made[:32], hmac.new(made[32:], b"qualcode-key", hashlib.sha256).digest())

    def closed(self, study: str, plain: bytes) -> bytes:
        """Return the bytes of a file that holds *plain*."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = os.urandom(12)
        head = {
            "study": study,
            "cipher": "AES-256-GCM",
            "kdf": "scrypt",
            "cost": self.cost,
            "salt": base64.b64encode(self.salt).decode(),
            "check": base64.b64encode(self.check).decode(),
            "nonce": base64.b64encode(nonce).decode(),
        }
        line = json.dumps(head, sort_keys=True).encode() + b"\n"
        locked = AESGCM(self.secret).encrypt(nonce, plain, _MAGIC + line)
        whole = _MAGIC + line + locked
        return whole + hashlib.sha256(whole).digest()

    def opened(self, path: Path, head: Mapping[str, object], locked: bytes) -> bytes:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        line = json.dumps(dict(head), sort_keys=True).encode() + b"\n"
        try:
            nonce = base64.b64decode(str(head["nonce"]), validate=True)
            return AESGCM(self.secret).decrypt(nonce, locked, _MAGIC + line)
        except (InvalidTag, KeyError, ValueError, binascii.Error):
            raise _damaged(path) from None


def _read(path: Path) -> bytes:
    if path.is_dir():
        raise InputError(N_("this is a folder, not a key file"), file=path)
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError(N_("this is no key file of qualcode"), file=path)
        return path.read_bytes()
    except FileNotFoundError:
        raise NotFoundError(
            N_("no key file {name!r}"),
            name=path.name,
            known=[each.name for each in path.parent.glob("*") if each.is_file()] if path.parent.is_dir() else (),
            hint=N_(
                "if it is lost, the study works on without it, but nobody can find the names again and new transcripts get new pseudonyms: "
                "make another key under a name of its own"
            ),
        ) from None


def _divided(path: Path, data: bytes) -> tuple[dict[str, object], bytes]:
    """Return the head of a key file and what is locked."""
    if not data.startswith(_MAGIC):
        if data.startswith(b"qualcode-key "):
            raise InputError(
                N_("the key file was made by a newer qualcode"), hint=N_("install the newest version"), file=path
            )
        raise InputError(N_("this is no key file of qualcode"), hint=N_("give the file that --key made"), file=path)
    whole, digest = data[:-32], data[-32:]
    end = data.find(b"\n", len(_MAGIC))
    if end < 0 or hashlib.sha256(whole).digest() != digest:
        raise _damaged(path)
    try:
        head = json.loads(data[len(_MAGIC) : end])
    except ValueError:
        raise _damaged(path) from None
    if not isinstance(head, dict):
        raise _damaged(path)
    return head, whole[end + 1 :]


def _damaged(path: Path) -> InputError:
    return InputError(
        N_("the key file is damaged: it is not as it was written"),
        hint=N_("take a copy of it from where you keep one; the study works without the key"),
        file=path,
    )


def _packed(contents: Contents) -> bytes:
    """Return *contents* as bytes, filled up so that their number tells little."""
    plain = {
        "aliases": [
            {
                "words": list(alias.person.words),
                "names": list(alias.names),
                "gender": alias.person.gender,
                "region": alias.person.region,
                "transcripts": sorted(alias.person.transcripts),
                "speaks_in": sorted(alias.person.speaks_in),
            }
            for alias in contents.aliases
        ],
        "stood": [[each.kind.value, each.real, each.word, each.transcript] for each in contents.stood],
        "transcripts": dict(contents.transcripts),
        "informants": dict(contents.informants),
        "originals": {
            guid: [name, base64.b64encode(data).decode()] for guid, (name, data) in contents.originals.items()
        },
    }
    data = zlib.compress(json.dumps(plain, ensure_ascii=False).encode("utf-8"))
    return len(data).to_bytes(8, "big") + data + bytes(-(len(data) + 8) % _STEP)


def _unpacked(path: Path, data: bytes) -> Contents:
    try:
        length = int.from_bytes(data[:8], "big")
        plain = json.loads(zlib.decompress(data[8 : 8 + length]))
        return Contents(
            tuple(_alias(each) for each in plain["aliases"]),
            tuple(
                Stood(IdentifierKind(kind), real, word, transcript) for kind, real, word, transcript in plain["stood"]
            ),
            MappingProxyType(plain["transcripts"]),
            MappingProxyType(plain["informants"]),
            MappingProxyType(
                {guid: (name, base64.b64decode(body)) for guid, (name, body) in plain["originals"].items()}
            ),
        )
    except (KeyError, TypeError, ValueError, zlib.error):
        raise _damaged(path) from None


def _alias(each: Mapping[str, Any]) -> Alias:
    scope, voice = frozenset(each["transcripts"]), frozenset(each["speaks_in"])
    person = Person(tuple(each["words"]), each["gender"], each["region"], scope, voice)
    return Alias(person, tuple(each["names"]))


def _settle(folder: Path) -> None:
    """Have the system write the folder's list of files too, where it can be asked to."""
    with contextlib.suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def beside(path: Path, study: Path) -> bool:
    """Tell whether a key at *path* lies where the study lies, so that one theft or one shared folder gives both."""
    return path.absolute().parent == study.absolute().parent
