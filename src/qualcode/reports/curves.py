"""Pictures of curves: small panels in SVG, together in a file or one by one in a page, without script, with words for those who do not see them.

Lines are told apart by colour and dashes, and by their order in the legend; colours have a contrast of at least 3 to 1 on white (Okabe and
Ito 2008).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from markupsafe import Markup

__all__ = ["Axis", "Dot", "Line", "Panel", "panels", "tiles"]

INK = "currentColor"
"""The page's own, so that a picture in a page can be read in its dark looks, too; a picture that stands alone says black."""
STYLES = (("#0072B2", ""), ("#D55E00", "7 3"), ("#777777", "2 3"), (INK, "9 3 2 3"), ("#AA4499", "4 2"))
WIDTH, HEIGHT = 250, 170
LEFT, RIGHT, TOP, BOTTOM = 60, 24, 44, 60
ACROSS = 3
HEAD = 62
NARROWEST = 760
"""Room for the names in the legend beside each other."""
NUMBER = 26
"""Room for a number of four figures below the axis."""
TITLE, TITLE_LINES = 38, 2
"""Letters in a line of a panel's title, and lines."""

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
    """One figure with its interval: x, y, low, high from 0 to 1, what it says, and on how many it rests, below the axis."""

    x: float
    y: float
    low: float
    high: float
    said: str
    n: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel; `note` stands in it where there is nothing to draw. `diagonal` draws the line from corner to corner."""

    title: str
    lines: tuple[Line, ...] = ()
    dots: tuple[Dot, ...] = ()
    note: str = ""
    diagonal: bool = False


def panels(shown: Sequence[Panel], *, title: str, description: str, x: Axis, y: Axis) -> str:
    """Return an SVG picture of panels with the same axes and one legend, for a file of its own."""
    across = min(ACROSS, max(len(shown), 1))
    cell_width, cell_height = LEFT + WIDTH + RIGHT, TOP + HEIGHT + BOTTOM
    rows = -(-len(shown) // across)
    names = _names(shown)
    head = HEAD if names else HEAD - 26
    width, height = max(across * cell_width, NARROWEST), head + rows * cell_height
    parts = [
        Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" id="qualcode-trial" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img" '
            'aria-labelledby="judul uraian" color="#111" font-family="system-ui, sans-serif" font-size="12">'
            '<title id="judul">{2}</title><desc id="uraian">{3}</desc>'
            '<rect width="100%" height="100%" fill="#fff"/><text x="16" y="24" font-size="16" font-weight="600">{2}</text>'
        ).format(width, height, title, description),
    ]
    step = min(240, (width - 32) // max(len(names), 1))
    parts += [_key(name, number, 16 + number * step, 46) for number, name in enumerate(names)]
    for number, panel in enumerate(shown):
        left = number % across * cell_width + LEFT
        top = head + number // across * cell_height + TOP
        parts.append(Markup('<g transform="translate({} {})">{}</g>').format(left, top, _panel(panel, names, x, y)))
    return str(Markup("").join(parts) + Markup("</svg>\n"))


def tiles(shown: Sequence[Panel], *, title: str, description: str, x: Axis, y: Axis) -> str:
    """Return the same panels for a page: a picture each, so that they stand beside each other as far as the page is wide.

    Each says in words what its points say; what its lines say stands in a table of the page.
    """
    names = _names(shown)
    parts = [Markup('<div role="group" aria-label="{}">').format(f"{title}. {description}")]
    for number, name in enumerate(names):
        parts.append(_picture(36 + 8 * len(name), 24, "", _key(name, number, 0, 14)))
    if names:
        parts.append(Markup("<br/>"))
    for panel in shown:
        said = "; ".join([panel.title, *(dot.said for dot in panel.dots), *([panel.note] if panel.note else [])])
        drawn = Markup('<g transform="translate({} {})">{}</g>').format(LEFT, TOP, _panel(panel, names, x, y))
        parts.append(_picture(LEFT + WIDTH + RIGHT, TOP + HEIGHT + BOTTOM, said, drawn))
    return str(Markup("").join(parts) + Markup("</div>"))


def _picture(width: int, height: int, said: str, drawn: Markup) -> Markup:
    """Return a picture in a page; one that says nothing of itself is text for those who see it and those who don't."""
    name = Markup(' role="img" aria-label="{}"').format(said) if said else ""
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}"{2} '
        'font-family="system-ui, sans-serif" font-size="12">{3}</svg>'
    ).format(width, height, name, drawn)


def _names(shown: Sequence[Panel]) -> list[str]:
    return list(dict.fromkeys(line.name for panel in shown for line in panel.lines))


def _key(name: str, number: int, left: int, top: int) -> Markup:
    """Return the name of a line with a piece of it."""
    return Markup('<line x1="{0}" x2="{1}" y1="{2}" y2="{2}" {3}/><text x="{4}" y="{5}" fill="{6}">{7}</text>').format(
        left, left + 28, top, _stroke(number), left + 34, top + 4, INK, name
    )


def _title(title: str) -> Markup:
    """Return the title of a panel in lines above it, cut where it is longer."""
    lines = wrap(title, TITLE, max_lines=TITLE_LINES, placeholder=" …") or [""]
    drawn = Markup("")
    for number, line in enumerate(lines):
        drawn += Markup('<text x="0" y="{}" font-weight="600" fill="{}">{}</text>').format(
            -10 - 15 * (len(lines) - 1 - number), INK, line
        )
    return Markup("<g><title>{}</title>{}</g>").format(title, drawn)


def _panel(panel: Panel, names: Sequence[str], x: Axis, y: Axis) -> Markup:
    drawn = _title(panel.title)
    drawn += Markup('<rect width="{}" height="{}" fill="none" stroke="#888"/>').format(WIDTH, HEIGHT)
    for at, said in x.ticks:
        drawn += Markup('<text x="{}" y="{}" text-anchor="middle" fill="{}">{}</text>').format(
            _n(at * WIDTH), HEIGHT + 16, INK, said
        )
    for at, said in y.ticks:
        drawn += Markup(
            '<line x1="0" x2="{0}" y1="{1}" y2="{1}" stroke="#888" stroke-opacity="0.3"/>'
            '<text x="-6" y="{2}" text-anchor="end" fill="{4}">{3}</text>'
        ).format(WIDTH, _y(at), _n(HEIGHT * (1 - at) + 4), said, INK)
    drawn += Markup('<text x="{}" y="{}" text-anchor="middle" fill="{}">{}</text>').format(
        WIDTH // 2, HEIGHT + 33, INK, x.label
    )
    drawn += Markup('<text transform="translate(-46 {}) rotate(-90)" text-anchor="middle" fill="{}">{}</text>').format(
        HEIGHT // 2, INK, y.label
    )
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
            '<circle cx="{0}" cy="{3}" r="4" fill="#0072B2"/></g>'
        ).format(_x(dot.x), _y(dot.low), _y(dot.high), _y(dot.y), dot.said)
    drawn += _numbers(panel.dots)
    if panel.note:
        drawn += _wrapped(panel.note)
    return drawn


def _numbers(dots: Sequence[Dot]) -> Markup:
    """Return on how many each dot rests, in a line below the axis, as near under the dot as its neighbours leave room."""
    shown = sorted((dot for dot in dots if dot.n), key=lambda dot: dot.x)
    places: list[float] = []
    for dot in shown:
        places.append(max(dot.x * WIDTH, places[-1] + NUMBER) if places else dot.x * WIDTH)
    for number in range(len(places) - 1, -1, -1):
        places[number] = min(places[number], WIDTH - NUMBER * (len(places) - 1 - number))
    drawn = Markup("")
    for dot, place in zip(shown, places, strict=True):
        drawn += Markup('<text x="{}" y="{}" font-size="10" fill="{}" text-anchor="middle">{}</text>').format(
            _n(place), HEIGHT + 50, INK, dot.n
        )
    if shown:
        drawn += Markup('<text x="-14" y="{}" font-size="10" fill="{}" text-anchor="end">n</text>').format(
            HEIGHT + 50, INK
        )
    return drawn


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
        found += Markup('<text x="10" y="{}" fill="{}">{}</text>').format(24 + 16 * number, INK, line)
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
