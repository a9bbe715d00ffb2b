"""What a file is, from its first bytes rather than from its name."""

from __future__ import annotations

from qualcode.errors import N_, InputError, Word

__all__ = ["OLE2", "describe", "refuse_ole2", "sniff"]

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the container of old Office files and of password-protected new ones begins."""

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (OLE2, "ole2"),
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"SQLite format 3\x00", "sqlite"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"ID3", "audio"),
    (b"OggS", "audio"),
    (b"fLaC", "audio"),
    (b"RIFF", "audio"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"MZ\x90\x00", "program"),
    (b"\x7fELF", "program"),
)

_NAMES = {
    "docx": N_("a Word document (.docx)"),
    "xlsx": N_("an Excel workbook (.xlsx)"),
    "odt": N_("an OpenDocument file"),
    "zip": N_("a zip archive"),
    "ole2": N_("an old Office file or a password-protected one"),
    "pdf": N_("a PDF file"),
    "rtf": N_("an RTF file"),
    "sqlite": N_("a database"),
    "image": N_("a picture"),
    "audio": N_("a recording"),
    "gzip": N_("a gzip archive"),
    "7z": N_("a 7z archive"),
    "rar": N_("a RAR archive"),
    "program": N_("a program"),
    "text": N_("plain text"),
    "binary": N_("a binary file"),
}


def sniff(data: bytes) -> str:
    """Return what *data* is: a key such as ``docx``, ``xlsx``, ``zip``, ``ole2``, ``pdf``, ``image``, or ``text``.

    ``text`` means only that nothing else was recognised; `qualcode.files.encoding.decode` decides whether it can be read.
    """
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return _in_zip(data) if kind == "zip" else kind
    return "audio" if data[4:8] == b"ftyp" else "text"


def _in_zip(data: bytes) -> str:
    # Member names stand uncompressed in the local headers and the directory, so they can be found without unpacking.
    if b"word/document" in data or b"word/_rels" in data:
        return "docx"
    if b"xl/workbook" in data:
        return "xlsx"
    if b"application/vnd.oasis.opendocument" in data[:200]:
        return "odt"
    return "zip"


def describe(kind: str) -> Word:
    """Return the words for a *kind* that `sniff` returned, a message id."""
    return Word(_NAMES.get(kind, kind))


def refuse_ole2(data: bytes, *, file: str) -> None:
    """Raise the error that fits, if *data* is an OLE2 container instead of a zipped Office file.

    Raises
    ------
    InputError
        Saying whether the file is password-protected or of an old format, and what to do.
    """
    if not data.startswith(OLE2):
        return
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise InputError(
            N_("the file is protected by a password"),
            hint=N_(
                "Open it in Word or Excel, take the password off (File > Info > Protect), save it, and import it again."
            ),
            file=file,
        )
    raise InputError(
        N_("the file is of the old Office format (.doc, .xls)"),
        hint=N_("Open it in Word or Excel and save it as .docx or .xlsx."),
        file=file,
    )
