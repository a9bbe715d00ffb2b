"""What this machine remembers of a study, outside the file: how far its log went, and who was withdrawn from it.

A sync program, a USB stick or a hand can put an older file in the place of a newer one. Inside such a file everything is in
order, so only a note kept elsewhere can tell. An anchor holds heads (the last event of each chain), and tombstones; no content.
There is one for each study and place, in the user's state folder (``QUALCODE_STATE`` overrides it).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from qualcode._resources import state_folder

__all__ = ["Anchor", "forget_heads", "known_places", "read_anchor", "withdrawn", "write_anchor"]

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Anchor:
    """What was last seen of a study in one place.

    `heads` maps ``sitting/seq`` to the hex hash of that event; `missing` likewise, for heads that were seen once and that
    the file no longer holds: they are kept until the file has them again. `counter` is the highest lamport number.
    `tombstones` are guids and effect references.
    """

    study: str
    place: str
    counter: int = 0
    heads: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    missing: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    tombstones: tuple[str, ...] = ()

    def seen(
        self, *, heads: Mapping[str, str], counter: int, tombstones: Iterable[str], lost: Mapping[str, str]
    ) -> Anchor:
        """Return the anchor after the file was seen with *heads*, while the heads *lost* are not in it."""
        return replace(
            self,
            heads=MappingProxyType(dict(heads)),
            counter=counter,
            missing=MappingProxyType(dict(lost)),
            tombstones=tuple(sorted({*self.tombstones, *tombstones})),
        )


def anchor_path(study: str, path: Path) -> Path:
    """Return where the anchor of *study* (its guid) at *path* is kept."""
    # resolve() follows links and, on Windows, settles upper and lower case of what exists.
    place = hashlib.sha256(os.path.normcase(path.resolve()).encode("utf-8", "surrogatepass")).hexdigest()
    return state_folder() / "anchors" / f"{study}-{place[:16]}.json"


def read_anchor(study: str, path: Path) -> Anchor | None:
    """Return what is remembered of *study* at *path*; None if nothing is, or it cannot be read."""
    return _read(anchor_path(study, path))


def _read(file: Path) -> Anchor | None:
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
        if stored["format"] != FORMAT:
            return None
        return Anchor(
            study=str(stored["study"]),
            place=str(stored["place"]),
            counter=int(stored["counter"]),
            heads=MappingProxyType({str(ref): str(digest) for ref, digest in stored["heads"].items()}),
            missing=MappingProxyType({str(ref): str(digest) for ref, digest in stored["missing"].items()}),
            tombstones=tuple(map(str, stored["tombstones"])),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write_anchor(anchor: Anchor, path: Path) -> bool:
    """Store *anchor* for the study at *path*, whole or not at all; tell whether it could be stored.

    An anchor is a help, never a reason to refuse work: where the state folder cannot be written, the answer is False.
    """
    file = anchor_path(anchor.study, path)
    stored = {
        "format": FORMAT,
        "study": anchor.study,
        "place": anchor.place,
        "counter": anchor.counter,
        "heads": dict(anchor.heads),
        "missing": dict(anchor.missing),
        "tombstones": list(anchor.tombstones),
    }
    fresh = file.with_name(f"{file.name}.{uuid.uuid4().hex[:8]}.tmp")  # two programs may have the study open
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with fresh.open("w", encoding="utf-8") as stream:
            json.dump(stored, stream, indent=1)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
        return False
    return True


def forget_heads(study: str, path: Path) -> None:
    """Forget how far the log of *study* at *path* went, because a person put an older file there; not who withdrew."""
    anchor = read_anchor(study, path)
    if anchor is not None:
        write_anchor(anchor.seen(heads={}, counter=0, tombstones=(), lost={}), path)


def known_places(study: str, path: Path) -> tuple[str, ...]:
    """Return the file names under which *study* was opened on this machine in other places than *path*: copies of it may be there."""
    own = anchor_path(study, path)
    files = (file for file in sorted((state_folder() / "anchors").glob(f"{study}-*.json")) if file != own)
    return tuple(anchor.place for file in files if (anchor := _read(file)) is not None)


def withdrawn(study: str) -> tuple[str, ...]:
    """Return the tombstones remembered of *study* in any place: an old copy elsewhere must obey them too."""
    found: set[str] = set()
    for file in sorted((state_folder() / "anchors").glob(f"{study}-*.json")):
        anchor = _read(file)
        found.update(anchor.tombstones if anchor else ())
    return tuple(sorted(found))
