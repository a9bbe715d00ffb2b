"""Codings as rows, the same in every format."""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.errors import N_
from qualcode.i18n import translator, utc
from qualcode.model import Corpus, Transcript
from qualcode.privacy.consent import NOTICE, readable

__all__ = ["COLUMNS", "Value", "coding_rows"]

Value = str | int | bool | None | tuple[str, ...] | tuple[int, ...]

COLUMNS: dict[str, str] = {
    "transcript": N_("transcript"),
    "revision": N_("revision"),
    "start": N_("start"),
    "end": N_("end"),
    "text": N_("text"),
    "turns": N_("turns"),
    "informants": N_("informants"),
    "code": N_("code key"),
    "code_name": N_("code"),
    "family": N_("family"),
    "stance": N_("stance"),
    "elicited": N_("how it came up"),
    "uncertain": N_("uncertain"),
    "coder": N_("coder"),
    "round": N_("round"),
    "time": N_("time (UTC)"),
    "origin": N_("origin"),
    "codebook_version": N_("codebook version"),
    "memo": N_("memo"),
    "guid": N_("guid"),
    "transcript_guid": N_("transcript guid"),
    "revision_guid": N_("revision guid"),
}
"""Every column's key, as CSV and JSONL name it, and its title for people."""


def _only(transcript: Transcript) -> tuple[str, ...]:
    """Return the transcript's informant where there is one alone: then an earlier text was theirs, too."""
    return transcript.informants if len(transcript.informants) == 1 else ()


def coding_rows(corpus: Corpus, language: str = "id") -> Iterator[dict[str, Value]]:
    """Yield each coding of *corpus*, in its order, as a dictionary with the keys of `COLUMNS`.

    A notice in *language* stands in place of words that are withheld because their speaker may not be quoted.

    `start` and `end` are code points of the transcript's text, half-open and from 0; `turns` count from 1. A coding on an earlier revision has no
    revision number and no turns, which are counted in the current text; its text and offsets are those of `revision_guid`.
    """
    notice = translator(language)(NOTICE)
    titles = {code.key: code.title("id") for code in corpus.codebook}
    families = {key: family.key if (family := corpus.codebook.family_of(key)) else "" for key in titles}
    ids = {informant.guid: informant.id for informant in corpus.informants}
    for coding in corpus.codings:
        transcript = corpus.transcript(coding.transcript)
        current = corpus.is_current(coding)
        turns = corpus.turns_of(coding) if current else ()
        yield {
            "transcript": transcript.name,
            "revision": transcript.number if current else None,
            "start": coding.span.start,
            "end": coding.span.end,
            "text": readable(corpus, coding.revision, coding.span, corpus.quote(coding), notice) or None,
            "turns": tuple(number for number, _ in turns),
            "informants": tuple(ids[guid] for guid in (corpus.informants_of(coding) if current else _only(transcript))),
            "code": coding.code,
            "code_name": titles[coding.code],
            "family": families[coding.code],
            "stance": str(coding.stance),
            "elicited": str(coding.elicited),
            "uncertain": coding.uncertain,
            "coder": coding.coder,
            "round": coding.round,
            "time": utc(coding.at, timespec="microseconds"),
            "origin": str(coding.origin),
            "codebook_version": coding.codebook_version,
            "memo": coding.memo,
            "guid": coding.guid,
            "transcript_guid": coding.transcript,
            "revision_guid": coding.revision,
        }
