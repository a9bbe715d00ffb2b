"""Payloads: the contents of effects as stored bytes, apart from the chain so that they can be erased."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import NamedTuple

from qualcode.errors import N_, StateError

__all__ = ["FORMAT", "Payload", "canonical", "decode", "digest_of", "encode"]

FORMAT = 1
"""The format new payloads are written in. Stored ones are never migrated: `decode` reads every format up to this one."""


class Payload(NamedTuple):
    """What one effect wrote, as it is stored."""

    format: int
    salt: bytes
    body: bytes

    @property
    def digest(self) -> bytes:
        """What the chain covers in place of the contents."""
        return digest_of(self.format, self.salt, self.body)


_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)


_decoder = json.JSONDecoder()


def canonical(value: object) -> str:
    """Return *value* as JSON with one spelling only."""
    return _encoder.encode(value)


def digest_of(number: int, salt: bytes, body: bytes) -> bytes:
    """Return the salted SHA-256 of a payload in format *number*."""
    return hashlib.sha256(salt + number.to_bytes(2, "big") + body).digest()


def encode(values: Mapping[str, object]) -> Payload:
    """Return *values* as a payload of the present format, freshly salted."""
    return Payload(FORMAT, secrets.token_bytes(16), canonical(dict(values)).encode())


def decode(number: int, body: bytes) -> dict[str, object]:
    """Return the values in *body*, stored in format *number*.

    Raises
    ------
    StateError
        If a newer qualcode wrote it.
    """
    if number > FORMAT:
        raise StateError(
            N_("this study holds entries in format {format}; this qualcode reads up to {known}"),
            hint=N_("open it with the newer qualcode that wrote them"),
            format=number,
            known=FORMAT,
        )
    values: dict[str, object] = _decoder.decode(body.decode())
    return values
