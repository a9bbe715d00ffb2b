"""What is said of labels that may have been read wrongly, by the name of the doubt; and of what stands beside the speech."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from qualcode.errors import N_, shorten
from qualcode.importers._words import normal, role_of
from qualcode.importers.header.legend import LegendItem
from qualcode.importers.header.top import Top
from qualcode.importers.speakers.labels import CODE, Candidate, Doubt
from qualcode.model import Finding, Role
from qualcode.nlp.marks import count_marks

__all__ = ["MESSAGES", "about_legend", "about_marks", "changed_at", "unused"]

MESSAGES = {
    "once": N_("label {label!r} begins one turn only; a speaker?"),
    "rare": N_("label {label!r} begins {n} turns only; a speaker?"),
    "alone": N_("{label!r} is the only label; who asks and who answers cannot be told apart"),
    "kept": N_("{label!r} looks like a label but stands once; its line was left in the turn above"),
    "slip": N_("label {label!r} was taken for {speaker!r}; if it is somebody else, say who with --speaker"),
    "signs": N_("no label has a colon; {label!r} and others like it were taken for labels"),
    "inside": N_("label {label!r} stands in the middle of a line; a turn was begun there"),
    "forgotten": N_("label {label!r} stands here without a colon; a turn was begun there"),
    "things": N_(
        "{n} lines begin with words such as {label!r} and a colon, but nobody asks anything: they were taken for things, not for speakers; "
        "if somebody speaks there, name one of them with --speaker"
    ),
    "disputed": N_(
        "two legends differ on {label!r}: {one!r} and {other!r}; the first was believed, as it stands nearer"
    ),
    "changed": N_(
        "from here on {label!r} is {other!r}, as the legend says here; above it is {one!r}, as the legend in line {line} says. "
        "If that is wrong, say who it is with --speaker"
    ),
    "unexplained": N_("label {label!r} is not in the legend"),
}


def changed_at(top: Top, key: str, position: int) -> LegendItem | None:
    """Return what the last legend above *position* says of a label, if it makes somebody else of it than the first did."""
    if not top.later:
        return None
    said = next((item for item in top.legend if normal(item.label) == key), None)
    above = [item for at, label, item in top.later if label == key and at <= position]
    if said is None or not above:
        return None
    first, last = role_of(said.meaning), role_of(above[-1].meaning)
    # An informant who takes part is no other person.
    return None if first is last or {first, last} <= {Role.INFORMANT, Role.PARTICIPANT} else above[-1]


def about_legend(text: str, top: Top, accepted: Sequence[Candidate], stated: Collection[str] = ()) -> Iterator[Doubt]:
    """Yield what is doubtful about labels that two legends explain differently, or that the legend leaves out."""
    explained = {normal(item.label) for item in top.legend}
    seen: set[str] = set()
    told: set[tuple[str, str]] = set()
    turning = {
        c.key
        for c in accepted
        if top.later and c.key not in stated and changed_at(top, c.key, c.line_start) is not None
    }
    for c in accepted:
        changed = None if not top.later or c.key in stated else changed_at(top, c.key, c.line_start)
        if changed is not None and (c.key, changed.meaning) not in told:
            told.add((c.key, changed.meaning))
            said = next(item for item in top.legend if normal(item.label) == c.key)
            at = next(at for at, label, item in top.later if label == c.key and item is changed)
            names = {"label": c.label, "one": shorten(said.meaning), "other": shorten(changed.meaning)}
            yield "changed", at, {**names, "line": _line_of(text, top, said)}
        if c.key in seen:
            continue
        seen.add(c.key)
        if c.key in top.disputed and c.key not in turning:
            one, other = map(shorten, top.disputed[c.key])
            yield "disputed", c.line_start, {"label": c.label, "one": one, "other": other}
        elif len(explained) > 1 and c.key not in explained and CODE.fullmatch(c.label):
            yield "unexplained", c.line_start, {"label": c.label}


def unused(text: str, top: Top, accepted: Sequence[Candidate]) -> Iterator[Finding]:
    """Yield a note on each label that the legend explains and no turn bears."""
    used = {c.key for c in accepted}
    for item in top.legend:
        if normal(item.label) not in used and normal(item.meaning) not in used:
            line = _line_of(text, top, item)
            message = N_("the legend explains {label!r}, but no turn begins with it")
            yield Finding("note", message, line=line, rule="legend", parameters={"label": item.label})


def _line_of(text: str, top: Top, item: LegendItem) -> int | None:
    """Return the line in which a legend explains a label, if it can be found."""
    span = next((s for s in (*top.spans, *top.below) if item.meaning in text[s.start : s.end]), None)
    return None if span is None else text.count("\n", 0, text.find(item.meaning, span.start)) + 1


def about_marks(speeches: Iterable[str]) -> Iterator[Finding]:
    """Yield a note on the transcription marks in what was said, if there are any; brackets around a label or a time are none."""
    counted = dict(count_marks("\n".join(speeches)))
    codes = counted.pop("code", 0)
    if n := sum(counted.values()):
        message = N_(
            "{n} transcription marks stay in the text; they are left out of keyword hits, models and word counts"
        )
        yield Finding("recognised", message, rule="marks", parameters={"n": n})
    if codes:
        message = N_("{n} marks such as (1a) or [1], of codes or notes, stay in the text; they are nobody's words")
        yield Finding("recognised", message, rule="marks", parameters={"n": codes})
