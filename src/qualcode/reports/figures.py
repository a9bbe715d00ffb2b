"""Drawings of HTML rows with inline SVG: no script, words escaped, colours by the page's style sheet, a name for each.

Words stand in HTML or in SVG without a view box, so that they wrap and keep their size on any screen; lengths are shares of the
width there is, so that bars and strips scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

__all__ = ["Bar", "Row", "Strip", "Tick", "bars", "codeline"]

NARROWEST = 0.006
"""The least share of the width that a strip takes, so that a single word is still seen."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One code's counts of people: `filled` state it, `hollow` deny it."""

    label: str
    title: str
    colour: str
    filled: int
    hollow: int = 0


@dataclass(frozen=True, slots=True)
class Strip:
    """One passage on a codeline, as shares of the text's length from 0 to 1; `form` is filled, hollow, half or machine."""

    start: float
    end: float
    form: str
    said: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on a codeline where a question of the guide was put, as a share of the text's length from 0 to 1; `label` is its number."""

    at: float
    label: str
    said: str


@dataclass(frozen=True, slots=True)
class Row:
    """One code's line, with ticks where a question about the code was put."""

    label: str
    title: str
    colour: str
    strips: tuple[Strip, ...]
    ticks: tuple[Tick, ...] = ()


def bars(rows: Sequence[Bar], *, whole: int, title: str, description: str, machine: bool = False) -> str:
    """Return bars from 0 to *whole* people, never to 100 %, each with its figure.

    *machine* gives the bars the dashed outline of automatic marking.
    """
    form = "mesin" if machine else "isi"
    body = [_head("batang", title, description)]
    for row in rows:
        drawn = Markup("")
        if row.filled:
            drawn += Markup('<rect class="{} {}" x="0" y="2" width="{}" height="14"/>').format(
                row.colour, form, _share(row.filled, whole)
            )
        if row.hollow:
            drawn += Markup('<rect class="{} tolak" x="0" y="19" width="{}" height="4"/>').format(
                row.colour, _share(row.hollow, whole)
            )
        said = f"{row.filled}" + (f" (○ {row.hollow})" if row.hollow else "")
        body.append(_row(row.label, row.title, 26, drawn, said))
    ends = Markup(
        '<text class="tanda" x="0" y="18">0</text><text class="tanda" x="100%" y="18" text-anchor="end">{}</text>'
    )
    body.append(_axis(ends.format(whole), figure=True))
    return str(Markup("").join(body) + Markup("</div>"))


def codeline(
    rows: Sequence[Row],
    *,
    ticks: Sequence[tuple[float, str]],
    title: str,
    description: str,
    questions: Sequence[Tick] = (),
    heading: str = "",
) -> str:
    """Return a line per code with its passages along the text; *ticks* are (share of the length, turn number).

    *questions* stand on a line of their own above, called *heading*.
    """
    forms = {"filled": "isi", "hollow": "tolak", "half": "separuh", "machine": "mesin"}
    body = [_head("garis-kode", title, description)]
    if questions:
        body.append(_row("", heading, _height(questions), _asked(questions)))
    for row in rows:
        drawn = Markup('<line class="garis" x1="0" x2="100%" y1="10" y2="10"/>')
        for strip in row.strips:
            width = max(strip.end - strip.start, NARROWEST)
            drawn += Markup('<rect class="{} {}" x="{}" y="3" width="{}" height="14"><title>{}</title></rect>').format(
                row.colour, forms[strip.form], _share(min(strip.start, 1 - width), 1), _share(width, 1), strip.said
            )
        for tick in row.ticks:
            drawn += Markup('<line class="tanya" x1="{0}" x2="{0}" y1="-1" y2="21"><title>{1}</title></line>').format(
                _share(tick.at, 1), tick.said
            )
        body.append(_row(row.label, row.title, 20, drawn))
    marks = [
        Markup(
            '<line class="sumbu" x1="{0}" x2="{0}" y1="1" y2="6"/><text class="tanda" x="{0}" y="18" text-anchor="middle">{1}</text>'
        ).format(_share(share, 1), said)
        for share, said in ticks
    ]
    body.append(_axis(Markup("").join(marks), figure=False))
    return str(Markup("").join(body) + Markup("</div>"))


LEVEL = 13
"""Pixels between the levels on which the numbers of questions stand."""
APART = 0.06
"""Numbers nearer than this share of the width would touch on a telephone; the later one stands a level higher."""
LEVELS = 4
EDGE = 0.03
"""Nearer to an end than this share of the width, a number in the middle of its tick would be cut off on paper."""


def _levels(questions: Sequence[Tick]) -> list[int | None]:
    """Return on which level, from 0, each tick's number stands; None for one that was numbered just before, or has no room."""
    reached = [-1.0] * LEVELS
    found: list[int | None] = []
    before = ""
    for tick in questions:
        free = next((level for level, end in enumerate(reached) if tick.at - end >= APART or end < 0), None)
        if tick.label == before or free is None:
            found.append(None)
            continue
        reached[free], before = tick.at, tick.label
        found.append(free)
    return found


def _height(questions: Sequence[Tick]) -> int:
    return LEVEL * (1 + max((level for level in _levels(questions) if level is not None), default=0)) + 10


def _asked(questions: Sequence[Tick]) -> Markup:
    """Return the ticks of the questions, each with its number above unless the tick before it has the same."""
    height = _height(questions)
    drawn = Markup('<line class="garis" x1="0" x2="100%" y1="{0}" y2="{0}"/>').format(height - 1)
    for tick, level in zip(questions, _levels(questions), strict=True):
        top = height - 10 - LEVEL * (level or 0)
        drawn += Markup('<line class="tanya" x1="{0}" x2="{0}" y1="{1}" y2="{2}"><title>{3}</title></line>').format(
            _share(tick.at, 1), top, height, tick.said
        )
        if level is not None:
            anchor = "start" if tick.at < EDGE else "end" if tick.at > 1 - EDGE else "middle"
            drawn += Markup('<text class="tanda" x="{}" y="{}" text-anchor="{}">{}</text>').format(
                _share(tick.at, 1), top - 2, anchor, tick.label
            )
    return drawn


def _head(kind: str, title: str, description: str) -> Markup:
    return Markup('<div class="{}" role="img" aria-label="{}. {}">').format(kind, title, description)


def _row(label: str, title: str, height: int, drawn: Markup, said: str = "") -> Markup:
    """Return a row: a code's whole name, its drawing and, if any, its figure."""
    figure = Markup('<span class="nilai">{}</span>').format(said) if said else Markup("")
    return Markup(
        '<div class="baris"><span class="nama"><b>{}</b> {}</span><svg height="{}" width="100%">{}</svg>{}</div>'
    ).format(label, title, height, drawn, figure)


def _axis(marks: Markup, *, figure: bool) -> Markup:
    """Return the row with the axis; *figure* where the rows above end with one."""
    line = Markup('<line class="sumbu" x1="0" x2="100%" y1="1" y2="1"/>')
    last = Markup('<span class="nilai"></span>') if figure else Markup("")
    return Markup(
        '<div class="baris"><span class="nama"></span><svg height="22" width="100%">{}{}</svg>{}</div>'
    ).format(line, marks, last)


def _share(part: float, whole: float) -> str:
    """Return a length as a share of the width there is, with two decimals at most, the same on every machine."""
    shown = f"{100 * part / whole:.2f}" if whole else "0"
    return (shown.rstrip("0").rstrip(".") if "." in shown else shown) + "%"
