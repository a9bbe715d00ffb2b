"""Messages, numbers and dates in Indonesian and English."""

from __future__ import annotations

import math
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from types import MappingProxyType

import pytest

from qualcode import i18n
from qualcode.errors import InputError, NotFoundError, Word
from qualcode.model import Finding


def test_translator_english_is_the_template_itself() -> None:
    """English needs no catalogue."""
    _ = i18n.translator("en")

    assert _("turn {number} of {name}", number=3, name="W1") == "turn 3 of W1"


def test_translator_indonesian_comes_from_the_catalogue() -> None:
    """Indonesian is looked up, then filled."""
    assert i18n.translator("id")("no code {name!r} in codebook {codebook!r}", name="upah", codebook="x") == (
        "tidak ada kode 'upah' dalam buku kode 'x'"
    )


def test_translator_keeps_a_template_the_catalogue_lacks() -> None:
    """A plug-in's own message is shown in its own words rather than lost."""
    assert i18n.translator("id")("a plug-in's own words, {n}", n=1) == "a plug-in's own words, 1"


def test_translator_refuses_an_unknown_language() -> None:
    """The error names the languages there are."""
    with pytest.raises(InputError) as caught:
        i18n.translator("jv")

    assert "id, en" in i18n.hint(caught.value, "en")


@pytest.mark.parametrize(("n", "english"), [(0, "0 passages"), (1, "1 passage"), (1200, "1,200 passages")])
def test_plural_chooses_by_count(n: int, english: str) -> None:
    """English has two forms, Indonesian one."""
    assert i18n.translator("en").plural("{n} passage", "{n} passages", n) == english
    assert i18n.translator("id").plural("{n} passage", "{n} passages", n) == f"{i18n.number(n)} bagian"


def test_message_and_hint_speak_the_language_with_file_and_line() -> None:
    """An error is rendered as location, message, and the hint apart."""
    error = NotFoundError(
        "no code {name!r} in codebook {codebook!r}", name="uph", known=["upah"], file="a/b.yaml", line=3, codebook="x"
    )

    assert i18n.message(error, "id") == "b.yaml:3: tidak ada kode 'uph' dalam buku kode 'x'"
    assert i18n.hint(error, "id") == "maksud Anda: upah?"
    assert i18n.hint(InputError("plain"), "id") == ""


def test_words_among_the_parameters_are_translated() -> None:
    """A parameter that is a `Word` is a message id itself; other text is left as it is, even if it reads the same."""
    said = Finding("note", "{label} {role}", parameters={"label": "interviewer", "role": Word("interviewer")})

    assert i18n.message(said, "id") == "interviewer pewawancara"
    assert i18n.message(said, "en") == str(said) == "interviewer interviewer"


def test_message_renders_findings() -> None:
    """A finding has no hint but a place and parameters."""
    finding = Finding("note", "{n} of {whole}", file="w.txt", line=2, parameters=MappingProxyType({"n": 1, "whole": 2}))

    assert i18n.message(finding, "en") == "w.txt:2: 1 of 2"


@pytest.mark.parametrize(
    ("value", "digits", "indonesian", "english"),
    [
        (12.5, None, "12,5", "12.5"),
        (1234567, None, "1.234.567", "1,234,567"),
        (0.5, 2, "0,50", "0.50"),
        (1234.5, 0, "1.234", "1,234"),
        (math.nan, 2, "–", "–"),
    ],
)
def test_number_has_the_marks_of_the_language(value: float, digits: int | None, indonesian: str, english: str) -> None:
    """Decimal comma and thousands point in Indonesian."""
    assert i18n.number(value, "id", digits=digits) == indonesian
    assert i18n.number(value, "en", digits=digits) == english


def test_date_is_written_out() -> None:
    """A moment carries its clock and zone; a day does not."""
    assert i18n.date(date(2025, 3, 12), "id") == "12 Maret 2025"
    assert i18n.date(date(2025, 3, 12), "id", form="short") == "12/03/2025"
    assert i18n.date(datetime(2025, 3, 12, 7, 5, tzinfo=UTC), "id") == "12 Maret 2025 07.05 UTC"
    assert i18n.date(datetime(2025, 3, 12, 7, 5, tzinfo=UTC), "en") == "12 March 2025 07:05 UTC"


def test_of_and_joined() -> None:
    """Shares of people are said as counts."""
    assert i18n.of(7, 10, "id") == "7 dari 10"
    assert i18n.of(7, 10, "en") == "7 of 10"
    assert i18n.joined(["a", "b", "c"], "id") == "a, b, dan c"


def test_import_is_light() -> None:
    """Importing the module loads no Babel: the command line's help must stay fast."""
    line = "import sys, qualcode.i18n; sys.exit('babel' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", line], check=False).returncode == 0


@pytest.mark.parametrize(
    ("hours", "shown"),
    [(7, "2026-01-06 02:30:15 +07:00"), (0, "2026-01-05 19:30:15 +00:00"), (-3.5, "2026-01-05 16:00:15 -03:30")],
)
def test_moment_is_local_and_says_its_zone(hours: float, shown: str) -> None:
    at = datetime(2026, 1, 5, 19, 30, 15, 987654, tzinfo=UTC)

    assert i18n.moment(at, timezone(timedelta(hours=hours))) == shown
    assert datetime.fromisoformat(i18n.moment(at)) == at.replace(microsecond=0), "the system's zone, whatever it is"


def test_moment_for_programs_is_utc() -> None:
    at = datetime(2026, 1, 6, 2, 30, 15, 5, tzinfo=timezone(timedelta(hours=7)))

    assert i18n.utc(at) == "2026-01-05T19:30:15Z"
    assert i18n.utc(at, timespec="microseconds") == "2026-01-05T19:30:15.000005Z"


def test_translator_shows_a_moment_where_the_reader_is() -> None:
    at = datetime(2026, 1, 5, 19, 30, tzinfo=UTC)

    assert i18n.translator("en")("done {at}", at=at) == f"done {i18n.moment(at)}"
