"""The one way into zip archives and XML that others made.

Members are read by name and never unpacked to disk. Size, ratio, number and running byte count are capped, so a zip bomb ends
in an error instead of a full memory. XML with a DOCTYPE or entities is refused, nothing is fetched.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.errors import N_, InputError
from qualcode.files.recognise import refuse_ole2

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Archive", "Limits", "parse_xml"]

_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an archive may hold; `ratio` counts only for members larger than a megabyte."""

    member: int = 200_000_000
    total: int = 400_000_000
    ratio: float = 150.0
    members: int = 10_000


class Archive:
    """A zip archive in memory.

    Parameters
    ----------
    data : bytes
        The archive.
    file : str
        Its name, for messages.
    limits : Limits
        What it may hold.

    Raises
    ------
    InputError
        If it is no zip archive, damaged, password-protected, or beyond the limits.
    """

    def __init__(self, data: bytes, *, file: str, limits: Limits | None = None) -> None:
        self.file = file
        self._limits = limits or Limits()
        self._read = 0
        refuse_ole2(data, file=file)
        if not data.strip():
            raise InputError(N_("the file is empty"), hint=N_("Check that it was saved and copied whole."), file=file)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
            raise self._damaged() from error
        infos = self._zip.infolist()
        self._members = {info.filename: info for info in infos}
        if len(infos) > self._limits.members:
            raise self._bomb()
        if len(self._members) != len(infos):
            raise self._damaged()
        if sum(info.file_size for info in infos) > self._limits.total:
            raise self._bomb()
        for info in infos:
            large = info.file_size > 1_000_000
            if info.file_size > self._limits.member or (
                large and info.file_size > self._limits.ratio * max(info.compress_size, 1)
            ):
                raise self._bomb()

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all members, in the archive's order."""
        return tuple(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """Return the bytes of the member called *name*.

        Raises
        ------
        InputError
            If there is no such member, or it is damaged, encrypted or larger than it said.
        """
        info = self._members.get(name)
        if info is None:
            raise InputError(
                N_("the file lacks its part {part!r}; it is damaged or of another kind"),
                hint=N_("Open it in the program that made it, save it again, and import that."),
                file=self.file,
                part=name,
            )
        if info.flag_bits & 0x1:
            raise InputError(
                N_("the file is protected by a password"),
                hint=N_("Take the password off in the program that made it, and import the file again."),
                file=self.file,
            )
        chunks = []
        size = 0
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    self._read += len(chunk)
                    # The directory may lie about sizes; what really comes out is counted too.
                    if size > self._limits.member or self._read > self._limits.total:
                        raise self._bomb()
                    chunks.append(chunk)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise self._damaged() from error
        return b"".join(chunks)

    def xml(self, name: str) -> _Element:
        """Return the root element of the XML member called *name*.

        Raises
        ------
        InputError
            As `read` and `parse_xml` do.
        """
        return parse_xml(self.read(name), file=self.file, part=name)

    def _damaged(self) -> InputError:
        return InputError(
            N_("the file is damaged: it is not a readable zip archive, which .docx and .xlsx files are"),
            hint=N_("Open it in the program that made it, save it again, and import that."),
            file=self.file,
        )

    def _bomb(self) -> InputError:
        return InputError(
            N_("the file unpacks to far more than a document holds; it was not opened"),
            hint=N_("If it is yours, take the pictures out or split it, save it again, and import that."),
            file=self.file,
        )


def parse_xml(data: bytes, *, file: str, part: str = "") -> _Element:
    """Return the root element of *data*.

    Raises
    ------
    InputError
        If it is not well-formed XML, declares a DOCTYPE or entities, or is nested too deeply.
    """
    from lxml import etree

    plain = data.replace(b"\x00", b"") if b"\x00" in data[:4] else data
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise _doctype(file, part)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        raise InputError(
            N_("the XML of {part!r} is damaged at line {at}"),
            hint=N_("Open the file in the program that made it, save it again, and import that."),
            file=file,
            part=part or file,
            at=line or 1,
        ) from error
    # An encoding that hides the letters above would have got this far.
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise _doctype(file, part)
    return root


def _doctype(file: str, part: str) -> InputError:
    return InputError(
        N_("the XML of {part!r} declares a DOCTYPE or entities, which documents never need; it was not opened"),
        hint=N_("Do not trust this file; ask whoever made it for a plain copy."),
        file=file,
        part=part or file,
    )
