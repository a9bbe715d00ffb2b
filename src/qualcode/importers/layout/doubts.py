"""What is said of labels that may have been read wrongly, by the name of the doubt; and of what stands beside the speech."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from qualcode.errors import N_, shorten
from qualcode.importers._words import normal
from qualcode.importers.header.top import Top
from qualcode.importers.speakers.labels import CODE, Candidate, Doubt
from qualcode.model import Finding
from qualcode.nlp.marks import count_marks

__all__ = ["MESSAGES", "about_legend", "about_marks", "unused"]

MESSAGES = {
    "once": N_("label {label!r} begins one turn only; a speaker?"),
    "rare": N_("label {label!r} begins {n} turns only; a speaker?"),
    "alone": N_("{label!r} is the only label; who asks and who answers cannot be told apart"),
    "kept": N_("{label!r} looks like a label but stands once; its line was left in the turn above"),
    "slip": N_("label {label!r} was taken for {speaker!r}; if it is somebody else, say who with --speaker"),
    "signs": N_("no label has a colon; {label!r} and others like it were taken for labels"),
    "inside": N_("label {label!r} stands in the middle of a line; a turn was begun there"),
    "forgotten": N_("label {label!r} stands here without a colon; a turn was begun there"),
    "disputed": N_(
        "two legends differ on {label!r}: {one!r} and {other!r}; the first was believed, as it stands nearer"
    ),
    "unexplained": N_("label {label!r} is not in the legend"),
}


def about_legend(top: Top, accepted: Sequence[Candidate]) -> Iterator[Doubt]:
    """Yield what is doubtful about labels that two legends explain differently, or that the legend leaves out."""
    explained = {normal(item.label) for item in top.legend}
    seen: set[str] = set()
    for c in accepted:
        if c.key in seen:
            continue
        seen.add(c.key)
        if c.key in top.disputed:
            one, other = map(shorten, top.disputed[c.key])
            yield "disputed", c.line_start, {"label": c.label, "one": one, "other": other}
        elif len(explained) > 1 and c.key not in explained and CODE.fullmatch(c.label):
            yield "unexplained", c.line_start, {"label": c.label}


def unused(text: str, top: Top, accepted: Sequence[Candidate]) -> Iterator[Finding]:
    """Yield a note on each label that the legend explains and no turn bears."""
    used = {c.key for c in accepted}
    for item in top.legend:
        if normal(item.label) not in used and normal(item.meaning) not in used:
            span = next((s for s in (*top.spans, *top.below) if item.meaning in text[s.start : s.end]), None)
            line = None if span is None else text.count("\n", 0, text.find(item.meaning, span.start)) + 1
            message = N_("the legend explains {label!r}, but no turn begins with it")
            yield Finding("note", message, line=line, rule="legend", parameters={"label": item.label})


def about_marks(speeches: Iterable[str]) -> Iterator[Finding]:
    """Yield a note on the transcription marks in what was said, if there are any; brackets around a label or a time are none."""
    n = sum(count_marks("\n".join(speeches)).values())
    if n:
        message = N_(
            "{n} transcription marks stay in the text; they are left out of keyword hits, models and word counts"
        )
        yield Finding("recognised", message, rule="marks", parameters={"n": n})
