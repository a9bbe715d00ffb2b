"""Where a study lies: in a folder that a sync program watches, or on a network drive.

Such programs copy a database while it is in use. Copying a file without its write-ahead log lost every new row in trials,
and a new file beside an old log went silently back in time; so there the log is not used, and the researcher is told.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from urllib.parse import quote

from qualcode.errors import N_
from qualcode.model import Finding

__all__ = ["conflicted_copies", "database_uri", "findings", "network_drive", "sync_program"]

NAMES = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "drive saya": "Google Drive",
    "icloud": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "syncthing": "Syncthing",
}
MARKERS = {
    ".dropbox.cache": "Dropbox",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".stfolder": "Syncthing",
    ".tmp.drivedownload": "Google Drive",
}
"""What sync programs leave at the top of the folder they watch, whatever its name."""

REMOTE = re.compile(
    r"nfs\d?|cifs|smb\d?|smbfs|afpfs|afs|9p|davfs|webdav|fuse\.(?:sshfs|rclone|davfs2?|gvfsd-fuse|smbnetfs)"
)
CONFLICT = re.compile(
    r"conflicted copy|in conflict|\bconflict\b|sync-conflict|case conflict"
    r"|salinan (?:yang )?(?:ber)?konflik|salinan bentrok|\b(?:ber)?konflik\b",
    re.IGNORECASE,
)


def database_uri(path: Path, mode: str) -> str:
    """Return the SQLite URI of *path*, also for spaces, `?`, `#`, `%`, drive letters and shares."""
    name = path.absolute().as_posix()
    return f"file://{'' if name.startswith('/') else '/'}{quote(name)}?mode={mode}"


def sync_program(path: Path) -> str | None:
    """Return the name of the sync program whose folder holds *path*, as far as names and its marks tell, or None."""
    folders = path.absolute().parents
    for folder in folders:
        name = folder.name.casefold()
        for beginning, program in NAMES.items():
            # "Dropbox (Personal)", "OneDrive - Universitas Indonesia", "GoogleDrive-rani", but not "dropboxes"
            if name.startswith(beginning) and not name[len(beginning) :][:1].isalnum():
                return program
    for folder in folders:
        for mark, program in MARKERS.items():
            if (folder / mark).exists():
                return program
    return None


def network_drive(path: Path) -> bool:
    """Tell whether *path* lies on a drive of another machine, where SQLite's locks cannot be relied on."""
    whole = str(path.absolute())
    if whole.startswith(("\\\\", "//")):
        return True
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(path.absolute().anchor) == 4)  # DRIVE_REMOTE
    try:
        table = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:  # not Linux: nothing more to go by
        return False
    return _is_remote(os.path.realpath(whole), table)


def _is_remote(whole: str, table: str) -> bool:
    """Tell whether the mount that holds *whole* in a mount *table* (as /proc/mounts) is of a remote kind."""
    best, kind = "", ""
    for line in table.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[1])
        inside = whole == point or whole.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, fields[2]
    return REMOTE.fullmatch(kind) is not None


def conflicted_copies(path: Path) -> tuple[Path, ...]:
    """Return the files beside *path* that a sync program made because two machines changed the study at once."""
    stem = path.stem.casefold()
    try:
        beside = sorted(path.absolute().parent.iterdir())
    except OSError:
        return ()
    return tuple(
        other
        for other in beside
        if other.name != path.name
        and other.suffix == path.suffix
        and other.name.casefold().startswith(stem)
        and CONFLICT.search(other.name[len(stem) :])
    )


def findings(path: Path) -> tuple[Finding, ...]:
    """Return what a person should know about the place of the study at *path*."""
    found: list[Finding] = []
    if program := sync_program(path):
        found.append(
            Finding(
                "note",
                N_(
                    "the study lies in a folder of {program}: open it on one machine at a time, and close it"
                    " and let {program} finish before opening it elsewhere"
                ),
                file=path.name,
                rule="sync-folder",
                parameters={"program": program},
            )
        )
    elif network_drive(path):
        found.append(
            Finding(
                "note",
                N_(
                    "the study lies on a network drive: open it on one machine at a time, or work on a copy on this machine"
                ),
                file=path.name,
                rule="network-drive",
            )
        )
    found.extend(
        Finding(
            "damage",
            N_(
                "{copy} seems to be another copy of this study, made because two machines changed it at once; keep both"
            ),
            file=path.name,
            rule="conflicted-copy",
            parameters={"copy": other.name},
        )
        for other in conflicted_copies(path)
    )
    return tuple(found)
