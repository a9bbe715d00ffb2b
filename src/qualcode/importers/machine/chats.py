"""Chats as messengers export them: date, time of day and sender before each message, whatever the sender is called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from qualcode.errors import N_, shorten
from qualcode.importers._words import normal
from qualcode.importers.header.top import read_top
from qualcode.importers.layout.divide import divide
from qualcode.importers.layout.layout import Given, Layout
from qualcode.importers.speakers.labels import CHAT, Candidate
from qualcode.model import Finding, Span

__all__ = ["chat_layout"]

_INVISIBLE = "[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]*"
_MESSAGE = re.compile(
    rf"^{_INVISIBLE}{CHAT}{_INVISIBLE}(?:(?P<name>[^\n:]{{1,60}}?)[ \t]*:(?!//)[ \t]*{_INVISIBLE})?(?=\S|$)",
    re.MULTILINE,
)
_NOTICE = re.compile(
    r"(?:Pesan dan panggilan (?:dienkripsi|terenkripsi)|Messages and calls are end-to-end|Messages to this (?:chat|group) are|"
    r"Pesan ke (?:obrolan|chat|grup) ini)[^\n]*",
    re.IGNORECASE,
)
_WORDLESS = re.compile(
    r"<[^<>\n]{2,40}(?:tidak disertakan|omitted|dihilangkan)>|<(?:terlampir|attached)[^<>\n]{0,80}>|<(?:Pesan ini diedit|This message was edited)>|"
    r"\S{3,60}\.\w{2,4} \((?:file terlampir|berkas terlampir|file attached)\)|"
    r"(?:image|video|audio|sticker|GIF|document|Contact card|gambar|stiker|dokumen|foto)(?: \S{1,60})? (?:omitted|tidak disertakan)|"
    r"(?:Pesan ini (?:telah )?dihapus|Anda (?:telah )?menghapus pesan ini|This message was deleted|You deleted this message)\.?|"
    r"(?:Panggilan|Missed)[^\n]{0,40}(?:tak terjawab|tidak terjawab|voice call|video call)[^\n]{0,20}|null",
    re.IGNORECASE,
)
_DATE = re.compile(r"\n\W{0,8}[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{2}")
"""What every message but the first stands behind: looking for it first takes next to no time."""
_FEWEST = 3
_NAMED = 0.5
"""Of the lines with date and time, at least so many have a sender: a diary has dates, too."""


def chat_layout(given: Given) -> Layout | None:
    """Return the layout of an exported chat, or None if the text is none.

    Messages without words (pictures, deleted ones) and lines that nobody wrote (who came and went) are noise.
    """
    if len(list(islice(_DATE.finditer(given.text, 0, given.stop), _FEWEST - 1))) < _FEWEST - 1:
        return None
    lines = list(_MESSAGE.finditer(given.text, 0, given.stop))
    sent = [m for m in lines if m["name"] is not None and normal(m["name"]) not in given.nobody]
    count = Counter(normal(m["name"]) for m in sent)
    if len(sent) < max(_FEWEST, _NAMED * len(lines)) or len(count) < 2 or max(count.values()) < 2:
        return None
    noise: list[Span] = []
    accepted: list[Candidate] = []
    ends = [*(m.start() for m in lines[1:]), given.stop]
    for m, end in zip(lines, ends, strict=True):
        words = given.text[m.end() : end].strip()
        if m not in sent or not words or _WORDLESS.fullmatch(words) or _NOTICE.match(words):
            noise.append(_line(given.text, m.start(), end, whole=m["name"] is not None))
        else:
            accepted.append(Candidate(m.start(), m.end(), m["name"].strip(), normal(m["name"])))
            noise.extend(
                Span(*found.span()) for found in _WORDLESS.finditer(given.text, m.end(), end) if found[0] != "null"
            )
    if len({c.key for c in accepted}) < 2:
        return None
    top = read_top(given.text, lines[0].start(), [], frozenset(count))
    meanings = {normal(item.label): item.meaning for item in (*given.legend, *top.legend)}
    known = [span for span in given.noise if not any(span.overlaps(other) for other in noise)]
    layout = divide(
        replace(given, noise=tuple(sorted((*known, *noise)))),
        top,
        accepted,
        meanings=meanings,
        kind=given.kind if given.kind is not None else top.kind,
    )
    return replace(layout, notes=(*layout.notes, *_notes(given.text, accepted, noise)))


def _line(text: str, start: int, end: int, *, whole: bool) -> Span:
    """Return the line that begins at *start*, or all up to *end* if it is *whole*, without white space behind it."""
    stop = end if whole else min(end, text.find("\n", start) % (len(text) + 1))
    return Span(start, start + len(text[start:stop].rstrip()))


def _notes(text: str, accepted: list[Candidate], noise: list[Span]) -> Iterator[Finding]:
    line = text.count("\n", 0, accepted[0].line_start) + 1
    message = N_("{n} messages of a chat, each with its date, time and sender")
    yield Finding("recognised", message, line=line, rule="chat", parameters={"n": len(accepted)})
    if noise:
        message = N_(
            "{n} lines of the chat hold no words of anybody (pictures, deleted messages, who came or went); the first: {text!r}"
        )
        first = min(noise)
        said = {"n": len(noise), "text": shorten(first.of(text))}
        yield Finding("note", message, line=text.count("\n", 0, first.start) + 1, rule="chat", parameters=said)
