"""Margin comments of a document as marked passages of its transcript: codes where they are codes, notes where they are not."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from qualcode.errors import N_, shorten
from qualcode.files.document import Comment
from qualcode.importers.coded.codes import read_remark
from qualcode.importers.coded.passages import Marked, on_speech, trimmed
from qualcode.model import Finding, Span, Transcript

__all__ = ["read_comments"]


def read_comments(
    comments: Sequence[Comment], transcript: Transcript, begin: int, known: Collection[str], file: str
) -> tuple[list[Marked], list[Finding]]:
    """Return what was commented on in *transcript*, and what must be said about it.

    Parameters
    ----------
    comments : sequence of Comment
        Those of the document; their places are counted in its text.
    transcript : Transcript
        Its transcript, or one of several.
    begin : int
        Where the transcript's text begins in the document's.
    known : collection of str
        Codes that are known to be codes, in the form of `same`.
    file : str
        The document's name, for findings.
    """
    own = [comment for comment in comments if begin <= comment.start <= begin + len(transcript.text)]
    found: list[Marked] = []
    unsure: list[Finding] = []
    for comment in own:
        read = read_remark(comment.text, known)
        words = "\n".join(x for x in (read.words, *(_reply(reply) for reply in comment.replies)) if x)
        span = _range(transcript, comment.start - begin, comment.end - begin)
        if span is not None and (read.codes or words):
            found.append(Marked(span, read.codes, words, comment.author, _moment(comment.at)))
            if read.unsure:
                unsure.append(_doubt(bool(read.codes), comment, transcript.line_of(span.start), file))
    return found, [*_said(own, found, file), *unsure]


def _doubt(is_code: bool, comment: Comment, line: int, file: str) -> Finding:
    message = (
        N_("margin comment {text!r} was taken for a code; if it is a note, begin it with 'Catatan:'")
        if is_code
        else N_("margin comment {text!r} was taken for a note; if it is a code, write it as #kode or take the '!' away")
    )
    return Finding("doubtful", message, file, line, "margin comments", {"text": shorten(comment.text)})


def _said(own: Sequence[Comment], found: Sequence[Marked], file: str) -> list[Finding]:
    if not own:
        return []
    rule = "margin comments"
    notes = sum(not marked.codes for marked in found)
    counts = {"n": len(own), "codes": len(found) - notes, "notes": notes}
    said = [
        Finding("recognised", N_("{n} margin comments: {codes} with codes, {notes} as notes"), file, None, rule, counts)
    ]
    if notes:
        message = N_(
            "a comment of more than eight words, a sentence, a question or a request is a note; #kode is a code"
        )
        said.append(Finding("note", message, file, rule=rule))
    if resolved := sum(comment.resolved for comment in own):
        message = N_("{n} margin comments are marked as resolved; they were read like the others")
        said.append(Finding("note", message, file, rule=rule, parameters={"n": resolved}))
    if empty := len(own) - len(found):
        message = N_("{n} margin comments say nothing and were left out")
        said.append(Finding("note", message, file, rule=rule, parameters={"n": empty}))
    return said


def _range(transcript: Transcript, start: int, end: int) -> Span | None:
    """Return what a comment is on: its range without labels at its ends; where it is a place only, the turn there, or the line."""
    text = transcript.text
    turns = [turn.span for turn in transcript.turns]
    span = trimmed(text, start, min(end, len(text)))
    if span is None:
        here = next((turn for turn in turns if turn.start <= start <= turn.end), None)
        line = trimmed(text, text.rfind("\n", 0, start) + 1, (text.find("\n", start) + 1 or len(text) + 1) - 1)
        return here or next((turn for turn in turns if line is not None and turn.overlaps(line)), line)
    return on_speech(transcript, span)


def _reply(comment: Comment) -> str:
    return f"{comment.author}: {comment.text}" if comment.author else comment.text


def _moment(at: str) -> datetime | None:
    """Return the time that a comment says; one without a zone is taken as UTC, which keeps the order."""
    try:
        found = datetime.fromisoformat(at)
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
