"""The contract of exporters: any study is written, alike each time, and what was there stays until the new file is whole."""

from __future__ import annotations

import io
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, ClassVar

from qualcode.errors import ProjectFileError
from qualcode.exporters import Exporter
from qualcode.model import (
    Code,
    Codebook,
    Coding,
    Codings,
    Corpus,
    Elicited,
    Family,
    Informant,
    Role,
    Span,
    Stance,
    Study,
    Transcript,
    Turn,
)

__all__ = ["BOOK", "PERSON", "TALK", "TEXT", "ExporterContract", "coding", "corpus"]

WIB = timezone(timedelta(hours=7))
AT = datetime(2025, 5, 2, 9, 30, 0, 250, tzinfo=WIB)
TEXT = 'P: Lalu?\nN: =1+1 😀 ya gitu, "utang" dulu; capek.\n'
PERSON = Informant("f" * 32, "informan-01", "utama", {"usia": 41, "-usaha": "@bakso", "anggota": True, "sewa": 1.5})
BOOK = Codebook(
    "prekariat",
    (Code("upah-rendah", "=Upah", family="tantangan", keywords=("utang*", "gaji NEAR kecil"), definition="a\x0bb"),),
    families=(Family("tantangan", "Tantangan"),),
)
TALK = Transcript(
    "a" * 32,
    "b" * 32,
    "informan-01",
    TEXT,
    turns=(Turn(Span(3, 8), "P", Role.INTERVIEWER), Turn(Span(12, len(TEXT) - 1), "N", Role.INFORMANT, "f" * 32)),
    informants=("f" * 32,),
)


def coding(n: int = 1, *, memo: str = "+62 \x0b_x0041_\r\nbaris", revision: str = "b" * 32) -> Coding:
    """Return a coding that bears every mark there is."""
    return Coding(
        f"{n:032x}",
        TALK.guid,
        revision,
        Span(12, 26),
        "upah-rendah",
        "rani",
        AT,
        codebook_version="1+abc",
        round="mandiri",
        stance=Stance.DENIED,
        elicited=Elicited.PROMPTED,
        uncertain=True,
        memo=memo,
    )


def corpus(*codings: Coding, **more: Any) -> Corpus:
    """Return a study of one transcript with *codings*, or one; *more* are fields of `Corpus`."""
    return Corpus(
        transcripts=(TALK,), informants=(PERSON,), codebook=BOOK, codings=Codings(codings or (coding(),))
    ).with_(**more)


class ExporterContract:
    """Tests of an exporter, which pytest runs in a subclass that names it.

    Examples
    --------
    >>> class TestMine(ExporterContract):
    ...     exporter = MyExporter  # doctest: +SKIP
    """

    exporter: ClassVar[type[Exporter]]

    @staticmethod
    def dumped(exporter: type[Exporter], of: Corpus, language: str = "id") -> bytes:
        """Return what *exporter* writes of a study; the stream is not its to close."""
        stream = io.BytesIO()
        exporter(language=language).dump(of, stream)
        assert not stream.closed, "the stream was closed"
        return stream.getvalue()

    def test_an_empty_corpus_is_written(self, tmp_path: Path) -> None:
        """In both languages."""
        for language in ("id", "en"):
            path = tmp_path / f"kosong-{language}{self.exporter.suffix}"
            self.exporter(language=language).write(Corpus(), path)
            assert path.exists()

    def test_the_same_corpus_gives_the_same_bytes(self) -> None:
        """No clock, no chance."""
        assert self.dumped(self.exporter, corpus()) == self.dumped(self.exporter, corpus())

    def test_what_a_format_cannot_hold_does_not_stop_it(self) -> None:
        """Halves of characters, control characters, and more than a cell takes."""
        for text in ("\ud800", "\x00", "\ufffe", "a" * 40_000, "😀" * 20_000, "=1+1", "\r\n\t"):
            assert self.dumped(self.exporter, corpus(coding(memo=text), study=Study(title=text[:40])))

    def test_a_coding_on_an_earlier_text_is_written(self) -> None:
        """Its words are not those that stand at its place today."""
        assert self.dumped(self.exporter, corpus(coding(revision="c" * 32)))

    def test_a_failure_leaves_what_was_there(self, tmp_path: Path, monkeypatch: Any) -> None:
        """As on Windows, where a file that Excel has open cannot be replaced."""
        import pytest

        path = tmp_path / f"hasil{self.exporter.suffix}"
        path.write_text("lama", encoding="utf-8")

        def refuse(self: Path, target: Path) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "replace", refuse)
        with pytest.raises(ProjectFileError, match="another program holds it open") as caught:
            self.exporter().write(corpus(), path)

        assert "Excel" in str(caught.value.hint)
        assert list(tmp_path.iterdir()) == [path]
        assert path.read_text(encoding="utf-8") == "lama"
