"""The safe zip and XML reader, against files that mean harm."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping

import pytest

from qualcode.errors import InputError
from qualcode.files.archive import Archive, Limits, parse_xml
from qualcode.files.recognise import OLE2

Pack = Callable[[Mapping[str, bytes | str]], bytes]


def test_member_is_read_by_name(pack: Pack) -> None:
    """A member's bytes come back as they went in."""
    archive = Archive(pack({"a.txt": "halo", "../b.txt": "luar"}), file="x.docx")

    assert archive.read("a.txt") == b"halo"
    assert "../b.txt" in archive.names  # named, never unpacked to that place


@pytest.mark.parametrize("data", [b"", b"   \n", b"PK\x03\x04rusak", b"bukan zip"])
def test_damaged_archive_is_one_clear_error(data: bytes) -> None:
    """What is no zip archive is refused with the file's name and advice."""
    with pytest.raises(InputError) as caught:
        Archive(data, file="x.docx")

    assert str(caught.value).startswith("x.docx: ")
    assert caught.value.hint


def test_truncated_archive_is_damaged(pack: Pack) -> None:
    """A file that was not copied whole is said to be damaged."""
    data = pack({"a.txt": "halo" * 1000})

    with pytest.raises(InputError, match="damaged"):
        Archive(data[:-30], file="x.docx")


def test_garbled_member_is_damaged(pack: Pack) -> None:
    """Wrong bytes inside a member are noticed by its checksum."""
    data = bytearray(pack({"a.txt": bytes(range(256)) * 10}))
    data[60:80] = b"\x00" * 20

    with pytest.raises(InputError, match="damaged"):
        Archive(bytes(data), file="x.docx").read("a.txt")


def test_missing_part_is_named(pack: Pack) -> None:
    """A missing part is named."""
    with pytest.raises(InputError, match=r"word/document\.xml"):
        Archive(pack({"a.txt": "halo"}), file="x.docx").read("word/document.xml")


def test_zip_bomb_is_refused_by_its_ratio(pack: Pack) -> None:
    """300 MB of zeros in 300 kB are not unpacked."""
    with pytest.raises(InputError, match="far more"):
        Archive(pack({"word/document.xml": b"0" * 50_000_000}), file="x.docx")


def test_zip_bomb_that_lies_about_its_size_is_stopped(pack: Pack) -> None:
    """The running count stops a member larger than the directory says, or the lie itself is noticed."""
    data = bytearray(pack({"a": b"0" * 3_000_000}))
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = struct.pack("<I", 1000)

    with pytest.raises(InputError):
        Archive(bytes(data), file="x.docx", limits=Limits(member=100_000)).read("a")


def test_total_and_number_of_members_are_capped(pack: Pack) -> None:
    """Neither many members nor much in all is opened."""
    with pytest.raises(InputError, match="far more"):
        Archive(pack({str(n): "x" for n in range(20)}), file="x.docx", limits=Limits(members=10))
    with pytest.raises(InputError, match="far more"):
        Archive(pack({"a": "x" * 600, "b": "y" * 600}), file="x.docx", limits=Limits(total=1000))


def test_bytes_are_counted_as_they_come_out(pack: Pack) -> None:
    """What was read counts towards the total, whatever the directory says."""
    archive = Archive(pack({"a": "x" * 600}), file="x.docx", limits=Limits(total=1000))
    archive.read("a")

    with pytest.raises(InputError, match="far more"):
        archive.read("a")


def test_encrypted_member_is_protected_by_a_password(pack: Pack) -> None:
    """A zip with a password says so."""
    data = bytearray(pack({"a.txt": "halo"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1

    with pytest.raises(InputError, match="password"):
        Archive(bytes(data), file="x.docx").read("a.txt")


def test_password_protected_office_file_is_told_from_an_old_one() -> None:
    """Both are OLE2 containers; only one needs its password taken off."""
    with pytest.raises(InputError, match="password"):
        Archive(OLE2 + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), file="x.docx")
    with pytest.raises(InputError, match="old Office format"):
        Archive(OLE2 + b"\0" * 600 + "WordDocument".encode("utf-16-le"), file="x.doc")


def test_member_given_twice_is_damaged() -> None:
    """Two members of one name could show one text and hold another."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a", "satu")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a", "dua")

    with pytest.raises(InputError, match="damaged"):
        Archive(stream.getvalue(), file="x.docx")


LAUGHS = "<!DOCTYPE a [<!ENTITY l 'ha'>" + "".join(
    f"<!ENTITY l{n} '{'&l' + (str(n - 1) if n else '') + ';'}{'&l' + (str(n - 1) if n else '') + ';'}'>"
    for n in range(30)
)


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE a><a/>",
        LAUGHS + "]><a>&l29;</a>",
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
        '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]><a/>',
        '<?xml version="1.0"?><!-- ' + "x" * 100_000 + " --><!DOCTYPE a><a/>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_doctype_is_refused(text: str, encoding: str) -> None:
    """No document needs a DOCTYPE; entities and outside files come through it."""
    with pytest.raises(InputError, match="DOCTYPE"):
        parse_xml(text.encode(encoding), file="x.docx", part="word/document.xml")


def test_doctype_hidden_by_an_encoding_is_refused() -> None:
    """UTF-7 hides the letters from a search, not from the parser."""
    data = b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a+AFs +ADwAIQ-ENTITY x "halo"+AD4AXQA+-<a>halo</a>'

    with pytest.raises(InputError):
        parse_xml(data, file="x.docx")


@pytest.mark.parametrize("text", ["<a><b></a>", "", "teks", "<a>" * 5000 + "</a>" * 5000])
def test_xml_that_is_not_well_formed_or_too_deep_is_damaged(text: str) -> None:
    """Broken and absurdly nested XML is an error with the part's name, not a crash."""
    with pytest.raises(InputError, match=r"word/document\.xml"):
        parse_xml(text.encode(), file="x.docx", part="word/document.xml")
