"""Bytes to text: strict UTF-8 first, then byte-order marks, then a guess that is said aloud."""

from __future__ import annotations

import codecs
import re

from qualcode.errors import N_, InputError
from qualcode.files.recognise import describe, sniff
from qualcode.model import Finding

__all__ = ["decode"]

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16 LE, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1a\x1b"))
_USUAL = re.compile(r"[\x00-\x7f‘’‚“”„–—…•·°«»×½¼¾²³€£®©™\u00a0áàâäãåéèêëíìîïóòôöõúùûüñçÁÀÂÄÉÈÊËÍÎÏÓÔÖÚÛÜÑÇß]*\Z")
"""What Indonesian text in Windows-1252 consists of; anything beyond it calls for the detector."""


def decode(data: bytes, *, file: str, encoding: str | None = None) -> tuple[str, Finding]:
    r"""Return the text of *data* with ``\n`` line ends and no byte-order mark, and how it was decoded.

    Parameters
    ----------
    data : bytes
        The whole file.
    file : str
        Its name, for messages.
    encoding : str, optional
        Use this encoding and guess nothing.

    Raises
    ------
    InputError
        If the data is not text: a file of another kind, binary, empty, or undecodable.
    """
    if not data.strip():
        raise InputError(N_("the file is empty"), hint=N_("Check that it was saved and copied whole."), file=file)
    if encoding is not None:
        try:
            return _clean(data.decode(encoding)), _said(file, encoding, "option")
        except (UnicodeDecodeError, LookupError) as error:
            raise InputError(
                N_("the file cannot be read as {encoding}"),
                hint=N_("Leave the encoding out to let it be recognised."),
                file=file,
                encoding=encoding,
            ) from error
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _with_mark(data[len(mark) :], name, file)
    _refuse_other_kinds(data, file)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\x00" in data:
            return _without_mark(data, file)
        return _guess(data, error, file)
    if "\x00" in text:
        return _without_mark(data, file)
    _refuse_controls(data, file)
    return _clean(text), _said(file, "utf-8", "strict")


def _clean(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.lstrip("\ufeff") if text.startswith("\ufeff") else text


def _said(file: str, encoding: str, rule: str) -> Finding:
    return Finding("recognised", N_("encoding {encoding}"), file=file, rule=rule, parameters={"encoding": encoding})


def _with_mark(data: bytes, encoding: str, file: str) -> tuple[str, Finding]:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(encoding, "ignore").count("\n") + 1
        raise InputError(
            N_("the file says that it is {encoding} but cannot be read so"),
            hint=N_("Open it in an editor and save it again as UTF-8."),
            file=file,
            line=line,
            encoding=encoding,
        ) from error
    if not text.strip("\ufeff \t\r\n"):
        raise InputError(N_("the file is empty"), hint=N_("Check that it was saved and copied whole."), file=file)
    if "\x00" in text:
        raise _binary(file)
    return _clean(text), _said(file, encoding, "byte-order mark")


def _without_mark(data: bytes, file: str) -> tuple[str, Finding]:
    """Decode UTF-16 that lost its mark: Latin text then has a zero in every second byte."""
    sample = data[:4000]
    half = len(sample) // 2
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if half and zeros.count(0) > 0.7 * half:
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\x00" not in text:
                return _clean(text), _doubt(file, encoding, None)
    raise _binary(file)


def _refuse_other_kinds(data: bytes, file: str) -> None:
    kind = sniff(data)
    if kind != "text":
        raise InputError(
            N_("the file is {kind}, not text, whatever its name says"),
            hint=N_("Give it the name it should have, or save it as text, Word (.docx) or Excel (.xlsx) first."),
            file=file,
            kind=describe(kind),
        )


def _refuse_controls(data: bytes, file: str) -> None:
    sample = data[:100_000]
    if len(sample) - len(sample.translate(None, _CONTROL)) > 0.01 * len(sample):
        raise _binary(file)


def _binary(file: str) -> InputError:
    return InputError(
        N_("the file is binary, not text"),
        hint=N_("Save the transcript as text (.txt, UTF-8) or as Word (.docx), and import that."),
        file=file,
    )


def _guess(data: bytes, error: UnicodeDecodeError, file: str) -> tuple[str, Finding]:
    """Decode what is no UTF-8: Windows-1252 when that gives usual text, else what charset-normalizer says."""
    _refuse_controls(data, file)
    line = data.count(b"\n", 0, error.start) + 1
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    if text and _USUAL.match(text):
        return _clean(text), _doubt(file, "windows-1252", line)
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise _binary(file) from error
    return _clean(str(best)), _doubt(file, best.encoding, line)


def _doubt(file: str, encoding: str, line: int | None) -> Finding:
    return Finding(
        "doubtful",
        N_("not UTF-8; read as {encoding}, please check accents and quotation marks"),
        file=file,
        line=line,
        rule="detection",
        parameters={"encoding": encoding},
    )
