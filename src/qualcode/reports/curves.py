"""Pictures of curves: standalone SVG of small panels, without script, with words for those who do not see them.

Lines are told apart by colour and dashes, and by their order in the legend; colours have a contrast of at least 3 to 1 on white (Okabe and
Ito 2008).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

__all__ = ["Axis", "Dot", "Line", "Panel", "panels"]

STYLES = (("#0072B2", ""), ("#D55E00", "7 3"), ("#777777", "2 3"), ("#111111", "9 3 2 3"), ("#AA4499", "4 2"))
WIDTH, HEIGHT = 250, 170
LEFT, RIGHT, TOP, BOTTOM = 60, 24, 34, 44
ACROSS = 3
HEAD = 62
NARROWEST = 760
"""Room for the names in the legend beside each other."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Axis:
    """What an axis shows: its words, and ticks as (place from 0 to 1, words)."""

    label: str
    ticks: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One curve: its name, points with both shares from 0 to 1, and the band (x, low, high) around it."""

    name: str
    points: tuple[Point, ...]
    band: tuple[tuple[float, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Dot:
    """One figure with its interval: x, y, low, high from 0 to 1, what it says, and a few letters beside it."""

    x: float
    y: float
    low: float
    high: float
    said: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel; `note` stands in it where there is nothing to draw. `diagonal` draws the line from corner to corner."""

    title: str
    lines: tuple[Line, ...] = ()
    dots: tuple[Dot, ...] = ()
    note: str = ""
    diagonal: bool = False


def panels(shown: Sequence[Panel], *, title: str, description: str, x: Axis, y: Axis) -> str:
    """Return an SVG picture of panels with the same axes and one legend."""
    across = min(ACROSS, max(len(shown), 1))
    cell_width, cell_height = LEFT + WIDTH + RIGHT, TOP + HEIGHT + BOTTOM
    rows = -(-len(shown) // across)
    width, height = max(across * cell_width, NARROWEST), HEAD + rows * cell_height
    names = list(dict.fromkeys(line.name for panel in shown for line in panel.lines))
    parts = [
        Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" id="qualcode-trial" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img" '
            'aria-labelledby="judul uraian" font-family="system-ui, sans-serif" font-size="12">'
            '<title id="judul">{2}</title><desc id="uraian">{3}</desc>'
            '<rect width="100%" height="100%" fill="#fff"/><text x="16" y="24" font-size="16" font-weight="600">{2}</text>'
        ).format(width, height, title, description),
        _legend(names, width),
    ]
    for number, panel in enumerate(shown):
        left = number % across * cell_width + LEFT
        top = HEAD + number // across * cell_height + TOP
        parts.append(Markup('<g transform="translate({} {})">{}</g>').format(left, top, _panel(panel, names, x, y)))
    return str(Markup("").join(parts) + Markup("</svg>\n"))


def _legend(names: Sequence[str], width: int) -> Markup:
    """Return the names of the lines with a piece of each."""
    found = Markup("")
    step = min(240, (width - 32) // max(len(names), 1))
    for number, name in enumerate(names):
        at = 16 + number * step
        found += Markup('<line x1="{}" x2="{}" y1="46" y2="46" {}/><text x="{}" y="50">{}</text>').format(
            at, at + 28, _stroke(number), at + 34, name
        )
    return found


def _panel(panel: Panel, names: Sequence[str], x: Axis, y: Axis) -> Markup:
    drawn = Markup('<text x="0" y="-12" font-weight="600">{}</text>').format(panel.title)
    drawn += Markup('<rect width="{}" height="{}" fill="none" stroke="#888"/>').format(WIDTH, HEIGHT)
    for at, said in x.ticks:
        drawn += Markup('<text x="{}" y="{}" text-anchor="middle">{}</text>').format(_n(at * WIDTH), HEIGHT + 16, said)
    for at, said in y.ticks:
        drawn += Markup(
            '<line x1="0" x2="{0}" y1="{1}" y2="{1}" stroke="#ddd"/><text x="-6" y="{2}" text-anchor="end">{3}</text>'
        ).format(WIDTH, _y(at), _n(HEIGHT * (1 - at) + 4), said)
    drawn += Markup('<text x="{}" y="{}" text-anchor="middle" fill="#444">{}</text>').format(
        WIDTH // 2, HEIGHT + 33, x.label
    )
    drawn += Markup(
        '<text transform="translate(-46 {}) rotate(-90)" text-anchor="middle" fill="#444">{}</text>'
    ).format(HEIGHT // 2, y.label)
    if panel.diagonal:
        drawn += Markup('<line x1="0" y1="{}" x2="{}" y2="0" stroke="#888" stroke-dasharray="3 3"/>').format(
            HEIGHT, WIDTH
        )
    for line in panel.lines:
        drawn += _band(line, names.index(line.name))
    for line in panel.lines:
        drawn += Markup('<polyline points="{}" {}><title>{}</title></polyline>').format(
            " ".join(f"{_x(one)},{_y(other)}" for one, other in line.points), _stroke(names.index(line.name)), line.name
        )
    for dot in panel.dots:
        drawn += Markup(
            '<g><title>{4}</title><line x1="{0}" x2="{0}" y1="{1}" y2="{2}" stroke="#0072B2"/>'
            '<circle cx="{0}" cy="{3}" r="4" fill="#0072B2"/>{5}</g>'
        ).format(_x(dot.x), _y(dot.low), _y(dot.high), _y(dot.y), dot.said, _beside(dot))
    if panel.note:
        drawn += _wrapped(panel.note)
    return drawn


def _beside(dot: Dot) -> Markup:
    """Return the letters beside a dot, on the side where there is room."""
    if not dot.label:
        return Markup("")
    side, anchor = (-8, "end") if dot.x > 0.75 else (8, "start")
    return Markup('<text x="{}" y="{}" font-size="10" fill="#444" text-anchor="{}">{}</text>').format(
        _n(dot.x * WIDTH + side), _n(HEIGHT * (1 - dot.y) + 3.5), anchor, dot.label
    )


def _band(line: Line, number: int) -> Markup:
    if not line.band:
        return Markup("")
    there = [f"{_x(x)},{_y(high)}" for x, _, high in line.band]
    back = [f"{_x(x)},{_y(low)}" for x, low, _ in reversed(line.band)]
    return Markup('<polygon points="{}" fill="{}" fill-opacity="0.14"/>').format(
        " ".join(there + back), STYLES[number % len(STYLES)][0]
    )


def _wrapped(note: str) -> Markup:
    """Return a note in lines that fit into a panel."""
    lines = [""]
    for word in note.split():
        if len(lines[-1]) + len(word) > 34:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    found = Markup("")
    for number, line in enumerate(lines):
        found += Markup('<text x="10" y="{}" fill="#444">{}</text>').format(24 + 16 * number, line)
    return found


def _stroke(number: int) -> Markup:
    colour, dashes = STYLES[number % len(STYLES)]
    return Markup('fill="none" stroke="{}" stroke-width="2" stroke-dasharray="{}"').format(colour, dashes or "none")


def _x(share: float) -> str:
    return _n(share * WIDTH)


def _y(share: float) -> str:
    return _n(HEIGHT * (1 - share))


def _n(value: float) -> str:
    """Return a length with one decimal at most, the same on every machine."""
    return f"{value:.1f}".removesuffix(".0")
