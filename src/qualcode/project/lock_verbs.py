"""Encryption at rest: giving passphrases, encrypting a study that is there, making it plain again."""

from __future__ import annotations

from pathlib import Path

from qualcode.model import Finding
from qualcode.project.desk import Desk

__all__ = ["LockVerbs"]


class LockVerbs(Desk):
    """Studies that only open with their passphrase."""

    @property
    def encrypted(self) -> bool:
        """Whether the study file is encrypted."""
        return self._file.encrypted

    @staticmethod
    def remember_passphrase(passphrase: str) -> None:
        """Let encrypted studies be opened with *passphrase* while this program runs; it is written nowhere."""
        from qualcode.store.cipher import remember

        remember(passphrase)

    @staticmethod
    def is_open_to_us(path: str | Path) -> bool:
        """Tell whether the study at *path* can be read: it is not encrypted, or a passphrase that was given opens it.

        Raises
        ------
        MissingExtraError
            If it is encrypted, and ``qualcode[sandi]`` is not installed.
        """
        from qualcode.store.cipher import opens

        return opens(Path(path))

    @staticmethod
    def encrypt(path: str | Path, passphrase: str) -> tuple[Finding, ...]:
        """Encrypt the study at *path*, which nobody has open, and its backups; return what could not be.

        The disk may still hold the plain file in places that are free now: only encrypting the disk helps there. Copies elsewhere stay as
        they are.

        Raises
        ------
        StateError
            If it is encrypted already, or open in a program.
        InputError
            If the passphrase is too short.
        MissingExtraError
            If ``qualcode[sandi]`` is not installed.
        """
        from qualcode.store.sealing import encrypt

        return encrypt(Path(path).absolute(), passphrase)

    @staticmethod
    def make_plain(path: str | Path) -> tuple[Finding, ...]:
        """Write the encrypted study at *path*, whose passphrase was given, and its backups without encryption; return what could not be.

        Raises
        ------
        StateError
            If it is not encrypted, its passphrase was not given, or a program has it open.
        InputError
            If the passphrase is wrong.
        """
        from qualcode.store.sealing import make_plain

        return make_plain(Path(path).absolute())
