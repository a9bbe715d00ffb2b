"""Words of the model as a table shows them, in the user's language."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

import click

from qualcode.cli._help import translated
from qualcode.cli._options import say
from qualcode.errors import N_

if TYPE_CHECKING:
    from qualcode.model import Codebook
    from qualcode.project import Project

__all__ = ["in_words", "local", "roles_in_words", "say_no_codes", "say_silent", "standing"]

WORDS = (
    N_("added"), N_("unchanged"), N_("relabelled"), N_("revised"), N_("changed"), N_("ended"),
    N_("interview"), N_("group"), N_("observation"), N_("document"), N_("journal"),
    N_("interviewer"), N_("informant"), N_("moderator"), N_("participant"), N_("notetaker"), N_("bystander"),
    N_("together"), N_("other"),
    N_("recognised"), N_("doubtful"), N_("unassigned"), N_("note"), N_("damage"), N_("error"),
    N_("turn"), N_("sentence"), N_("paragraph"), N_("answer"),
    N_("header"), N_("legend"), N_("heading"), N_("label"), N_("noise"),
    N_("role word"), N_("who asks"), N_("introduced"), N_("unknown"), N_("option"), N_("speakers"), N_("labels"), N_("titles"), N_("marks"),
    N_("file name"), N_("most turns"), N_("two values"), N_("attributes"), N_("privacy"), N_("no turns"), N_("empty turn"), N_("columns"),
    N_("column name"), N_("table"), N_("rows"), N_("hints"), N_("folder"), N_("revision"), N_("duplicate"), N_("word"),
    N_("time stamp"), N_("subtitles"), N_("coded table"), N_("codes"), N_("codings"), N_("line numbers"), N_("longest text"),
    N_("rolling captions"), N_("times"), N_("repetition"), N_("no speakers"), N_("speaker change"), N_("silence"), N_("chat"),
    N_("name and time"), N_("name and date"), N_("time and name"), N_("name above time"), N_("time above name"),
    N_("no labels"), N_("short line"), N_("corrected copy"), N_("cut off"), N_("formulas"), N_("strict"), N_("guide"),
    N_("quotes that alternate"), N_("what is bold"), N_("what is underlined"), N_("what is numbered"), N_("what is in italics"),
    N_("what has a bullet"), N_("what is between quotation marks"), N_("what is in capitals"), N_("what is indented"), N_("what is a heading"),
    N_("import"), N_("export"),
    N_("removed"), N_("renamed"), N_("moved"), N_("codebook"), N_("family"), N_("macro"), N_("code"),
    N_("open"), N_("axial"), N_("selective"),
    N_("accepted"), N_("locked"), N_("forbidden"),
    N_("remark"), N_("text"), N_("margin comments"), N_("column names"), N_("coding sheet"), N_("sheet"), N_("quote"),
    N_("colours"), N_("ticks"), N_("sections"), N_("list of codes"), N_("codes in brackets"),
)  # fmt: skip
"""Named here so that they are in the catalogue."""


ZONE: tzinfo | None = None
"""In which moments are shown; None is the system's own."""


def local(moment: object) -> str:
    """Return a moment in ISO 8601 in the user's time zone, with how far that is from UTC."""
    from qualcode import i18n

    return i18n.moment(datetime.fromisoformat(str(moment)), ZONE)


def standing(codebook: Codebook, key: str) -> str:
    """Return *key*, or for one that was merged away that of the code it counts as, and say so on the error stream."""
    merged = codebook.merged_as(key)
    if merged is None:
        return key
    message = N_("code {name!r} was merged into {into!r} on {at} (number {number} in the log); this is {into!r}")
    words = {"name": key, "into": merged.into, "at": local(merged.at), "number": merged.number}
    click.echo(translated(message, **words), err=True)
    return merged.into


REASONS = {
    "harian": N_("daily"),
    "migrasi": N_("before a migration"),
    "diminta": N_("asked for"),
    "sebelum-dipulihkan": N_("before a restore"),
}
"""Why a backup was made; its file is named in Indonesian."""


def in_words(value: object) -> str:
    """Return a word of the model in the user's language; another stays as it is."""
    word = REASONS.get(str(value), str(value))
    return translated(word) if word in WORDS or word in REASONS.values() else word


def roles_in_words(speakers: str) -> str:
    """Return ``P = interviewer (36)`` with its roles in the user's language."""
    return re.sub(r"= (\w+) \(", lambda found: f"= {in_words(found[1])} (", speakers)


def say_silent(study: Project, key: str | None = None) -> None:
    """Say once for each reason of which codes (or of code *key*) the classifier says nothing, and where it speaks with a reservation."""
    for message, found in (
        (N_("The classifier is silent, {reason}: {codes}"), study.silent_codes),
        (N_("Suggested with a reservation, {reason}: {codes}"), study.reserved_codes),
    ):
        reasons: dict[str, list[str]] = {}
        for code, reason in found.items():
            if key in {None, code}:
                reasons.setdefault(reason, []).append(code)
        for reason, codes in reasons.items():
            say(message, reason=translated(reason), codes=", ".join(codes))


def say_no_codes(study: Project) -> bool:
    """Tell, and say, whether the study's codebook has no code that could be suggested."""
    if study.codebook.active:
        return False
    say(
        N_(
            "The codebook has no codes yet, so there is nothing to suggest. Add one with: qualcode codebook add, or while coding with: qualcode code --new"
        )
    )
    return True
