"""Drawings as inline SVG: no script, words escaped, colours by the page's style sheet, a title and a description for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

__all__ = ["Bar", "Row", "Strip", "bars", "codeline"]

WIDTH = 720
LEFT = 290
ROW = 24
NAME = 32
"""The most characters of a code's title that stand beside a bar; the table below has the whole."""


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
class Row:
    """One code's line."""

    label: str
    title: str
    colour: str
    strips: tuple[Strip, ...]


def bars(rows: Sequence[Bar], *, whole: int, name: str, title: str, description: str, machine: bool = False) -> str:
    """Return bars from 0 to *whole* people, never to 100 %, each with its figure.

    *name* is an id unique in the report; *machine* gives the bars the dashed outline of automatic marking.
    """
    scale = (WIDTH - LEFT - 80) / max(whole, 1)
    body = [_head(name, title, description, len(rows) * ROW + 30)]
    for number, row in enumerate(rows):
        y = number * ROW + 4
        body.append(_name(row.label, row.title, y))
        form = "mesin" if machine else "isi"
        body.append(
            Markup('<rect class="{} {}" x="{}" y="{}" width="{}" height="14"/>').format(
                row.colour, form, LEFT, y, _n(row.filled * scale)
            )
            if row.filled
            else Markup("")
        )
        if row.hollow:
            body.append(
                Markup('<rect class="{} tolak" x="{}" y="{}" width="{}" height="4"/>').format(
                    row.colour, LEFT, y + 16, _n(row.hollow * scale)
                )
            )
        said = f"{row.filled}" + (f" (○ {row.hollow})" if row.hollow else "")
        body.append(Markup('<text x="{}" y="{}">{}</text>').format(_n(LEFT + row.filled * scale + 6), y + 12, said))
    bottom = len(rows) * ROW + 6
    body.append(
        Markup('<path class="sumbu" d="M{} 0V{}H{}V{}"/><text class="tanda" x="{}" y="{}">0</text>').format(
            LEFT, bottom, _n(LEFT + whole * scale), bottom - 5, LEFT, bottom + 16
        )
    )
    body.append(
        Markup('<text class="tanda" x="{}" y="{}" text-anchor="end">{}</text>').format(
            _n(LEFT + whole * scale), bottom + 16, whole
        )
    )
    return str(Markup("").join(body) + Markup("</svg>"))


def codeline(
    rows: Sequence[Row], *, ticks: Sequence[tuple[float, str]], name: str, title: str, description: str
) -> str:
    """Return a line per code with its passages along the text; *ticks* are (share of the length, turn number)."""
    inner = WIDTH - LEFT - 10
    body = [_head(name, title, description, len(rows) * ROW + 30)]
    for number, row in enumerate(rows):
        y = number * ROW + 4
        body.append(_name(row.label, row.title, y))
        body.append(Markup('<path class="garis" d="M{} {}H{}"/>').format(LEFT, y + 8, LEFT + inner))
        for strip in row.strips:
            body.append(
                Markup('<rect class="{} {}" x="{}" y="{}" width="{}" height="14"><title>{}</title></rect>').format(
                    row.colour,
                    {"filled": "isi", "hollow": "tolak", "half": "separuh", "machine": "mesin"}[strip.form],
                    _n(LEFT + strip.start * inner),
                    y + 1,
                    _n(max((strip.end - strip.start) * inner, 3)),
                    strip.said,
                )
            )
    bottom = len(rows) * ROW + 6
    body.append(Markup('<path class="sumbu" d="M{} {}H{}"/>').format(LEFT, bottom, LEFT + inner))
    for share, said in ticks:
        x = _n(LEFT + share * inner)
        body.append(
            Markup(
                '<path class="sumbu" d="M{} {}v5"/><text class="tanda" x="{}" y="{}" text-anchor="middle">{}</text>'
            ).format(x, bottom, x, bottom + 18, said)
        )
    return str(Markup("").join(body) + Markup("</svg>"))


def _head(name: str, title: str, description: str, height: int) -> Markup:
    return Markup(
        '<svg class="gambar" role="img" aria-labelledby="{0}-t {0}-d" viewBox="0 0 {1} {2}">'
        '<title id="{0}-t">{3}</title><desc id="{0}-d">{4}</desc>'
    ).format(name, WIDTH, height, title, description)


def _name(label: str, title: str, y: int) -> Markup:
    short = title if len(title) <= NAME else title[: NAME - 1].rstrip() + "…"
    return Markup('<text x="0" y="{}"><tspan class="label">{}</tspan> {}</text>').format(y + 12, label, escape(short))


def _n(value: float) -> str:
    """Return a length with one decimal at most, the same on every machine."""
    return f"{value:.1f}".removesuffix(".0")
