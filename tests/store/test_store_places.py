"""Folders that sync programs watch are recognised, others are left in peace."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.store import places


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("Dropbox/skripsi", "Dropbox"),
        ("Dropbox (Universitas)/skripsi", "Dropbox"),
        ("OneDrive", "OneDrive"),
        ("OneDrive - Universitas Indonesia/data", "OneDrive"),
        ("Library/CloudStorage/GoogleDrive-rani@contoh.id/Drive Saya", "Google Drive"),
        ("My Drive/tesis", "Google Drive"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("iCloudDrive/tesis", "iCloud"),
        ("Nextcloud/tim", "Nextcloud"),
        ("dropboxes", None),
        ("Dokumen/penelitian onedrive", None),
    ],
)
def test_sync_folder_is_known_by_its_name(tmp_path: Path, folder: str, program: str | None) -> None:
    """The name of any folder above decides, with the additions that programs make to it."""
    assert places.sync_program(tmp_path / folder / "pekerja.qualcode") == program


def test_sync_folder_is_known_by_its_mark(tmp_path: Path) -> None:
    """A renamed Dropbox folder still holds Dropbox's own files."""
    (tmp_path / "awan" / ".dropbox.cache").mkdir(parents=True)

    assert places.sync_program(tmp_path / "awan" / "skripsi" / "a.qualcode") == "Dropbox"


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
tmpfs /tmp tmpfs rw 0 0
//server/data /mnt/data\\040bersama cifs rw 0 0
server:/home /home nfs4 rw 0 0
/dev/sdb1 /home/rani ext4 rw 0 0
rani@server: /mnt/ssh fuse.sshfs rw 0 0
C:\\134 /mnt/c 9p rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "remote"),
    [
        ("/tmp/a.qualcode", False),
        ("/mnt/data bersama/a.qualcode", True),
        ("/home/dewi/a.qualcode", True),
        ("/home/rani/a.qualcode", False),
        ("/home/ranie/a.qualcode", True),
        ("/mnt/ssh/a.qualcode", True),
        ("/mnt/data/a.qualcode", False),
        ("/mnt/c/a.qualcode", True),
    ],
)
def test_network_drive_is_known_by_the_nearest_mount(path: str, remote: bool) -> None:
    """The longest mount point that holds the file decides; spaces in it are written as octal."""
    assert places._is_remote(path, MOUNTS) is remote


def test_windows_share_is_a_network_drive() -> None:
    """A path that begins with two slashes names another machine."""
    assert places.network_drive(Path("//server/data/a.qualcode"))


def test_conflicted_copies_beside_a_study_are_named(tmp_path: Path) -> None:
    """Names as Dropbox, Nextcloud and Syncthing give them, in English and Indonesian; other studies are not."""
    wanted = {
        "pekerja (Rani's conflicted copy 2026-11-01).qualcode",
        "pekerja (salinan konflik milik Rani 2026-11-01).qualcode",
        "pekerja.sync-conflict-20261101-120000-ABCDEFG.qualcode",
    }
    others = {"pekerja.qualcode", "pekerja-kota.qualcode", "konflik agraria.qualcode", "pekerja konflik.docx"}
    for name in wanted | others:
        (tmp_path / name).write_bytes(b"")

    found = places.conflicted_copies(tmp_path / "pekerja.qualcode")

    assert {p.name for p in found} == wanted


def test_place_is_said_with_the_programs_name(tmp_path: Path) -> None:
    """The note says what to do; a plain folder has none."""
    (finding,) = places.findings(tmp_path / "OneDrive - Kampus" / "a.qualcode")

    assert finding.rule == "sync-folder"
    assert "a folder of OneDrive" in str(finding)
    assert places.findings(tmp_path / "a.qualcode") == ()


def test_database_uri_names_a_share_as_a_path() -> None:
    """SQLite knows no servers in a URI: the two slashes of a share belong to the path."""
    assert places.database_uri(Path("//server/data bersama/a#1.qualcode"), "ro") == (
        "file:////server/data%20bersama/a%231.qualcode?mode=ro"
    )
