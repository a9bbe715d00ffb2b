"""Pages and pictures of trials of suggestions: replays and evaluations, for those who must answer for using them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from qualcode import i18n
from qualcode.errors import N_
from qualcode.model import Study
from qualcode.reports.blocks import Block, Content, Figure, Paragraph, Table
from qualcode.reports.curves import Axis, Line, Panel, panels, tiles
from qualcode.reports.render import Article, Document, Renderer, SectionView
from qualcode.reports.words import Words

if TYPE_CHECKING:
    from qualcode.suggesters.effort import Simulation

__all__ = [
    "RECIPES",
    "SIMULATED",
    "hours",
    "interval",
    "percent",
    "said",
    "shown",
    "simulation_page",
    "simulation_picture",
    "trial_page",
    "unbroken",
]

RECIPES: Mapping[str, str] = {
    "classifier": N_("classifier"),
    "rules": N_("keyword rules"),
    "random": N_("chance"),
    "text": N_("order of the text"),
}
SIMULATED = N_(
    "Simulated data: the people and their words are made up. The figures are a demonstration, no evidence of quality."
)
QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)


def trial_page(
    study: Study,
    title: str,
    kicker: str,
    sections: Sequence[tuple[str, str, Sequence[Block]]],
    words: Words,
    version: str,
) -> bytes:
    """Return one HTML file with sections of (name, heading, blocks), in the looks of the report."""
    renderer = Renderer(words)
    style, policy = renderer.style()
    article = Article(
        anchor="uji",
        kind="overview",
        title=title,
        chip=None,
        kicker=kicker,
        stamp="",
        simulated=words(SIMULATED) if study.simulated else "",
        sections=tuple(SectionView(name, f"uji.{name}", head, tuple(blocks)) for name, head, blocks in sections),
    )
    name = study.title or words("Study without a title")
    return renderer.document(
        Document(words.language, f"{title} · {name}", name, version, style, policy, (), (), (article,))
    )


def simulation_picture(
    found: Simulation, titles: Mapping[str, str], language: str = "id", *, in_page: bool = False
) -> str:
    """Return an SVG picture: for each code, recall against the share read, a line and a band (all seeds) for each recipe.

    *in_page* gives a picture for each code, which flow with the page.
    """
    _ = i18n.translator(language)
    drawn = []
    for key in found.keys:
        lines = []
        for recipe in found.recipes:
            curve = found.curve(key, recipe)
            if curve is not None:
                points = tuple(zip(curve.read, curve.mean, strict=True))
                band = tuple(zip(curve.read, curve.low, curve.high, strict=True))
                lines.append(Line(_(RECIPES[recipe]), points, band))
        note = next((row.undefined for row in found.rows if row.code == key and row.undefined), "")
        drawn.append(Panel(titles.get(key, key), tuple(lines), note="" if lines else _(note)))
    ticks = tuple((at, i18n.number(100 * at, language) + " %") for at in QUARTERS)
    return (tiles if in_page else panels)(
        drawn,
        title=_("Passages found against passages read"),
        description=_(
            "For each code: the share of its passages that is found when a share of all passages is read. Lines are means of {n} replays, bands run from the least to the most.",
            n=found.seeds,
        ),
        x=Axis(_("passages read"), ticks),
        y=Axis(_("of the code found"), ticks),
    )


def simulation_page(
    found: Simulation, study: Study, titles: Mapping[str, str], *, language: str = "id", version: str
) -> bytes:
    """Return an HTML page: what was replayed, recipes compared, curves, a table code by code, and what the stopping rule would have done."""
    _ = words = Words(i18n.translator(language), study.informant_label)
    caption = _("Passages found against passages read")
    sections: list[tuple[str, str, Sequence[Block]]] = [
        ("tentang", _("What was replayed"), [Paragraph(one) for one in said(found, language)]),
        ("resep", _("Recipes compared"), [_overall(found, words)]),
        (
            "kurva",
            _("Recall against effort"),
            [Figure(simulation_picture(found, titles, language, in_page=True), caption)],
        ),
        ("kode", _("Code by code"), [_by_code(found, titles, words), *_remarks(found, titles, words)]),
        ("berhenti", _("Where the stopping rule would have stopped"), [_stops(found, titles, words)]),
    ]
    return trial_page(study, _("Simulation of reading with suggestions"), _("Trial"), sections, words, version)


def said(found: Simulation, language: str) -> list[str]:
    """Return in sentences what was replayed and what to mind."""
    _ = i18n.translator(language)
    whose = (
        _("the codings of {coder}", coder=found.coders[0])
        if len(found.coders) == 1
        else _("what {coders} agree on", coders=", ".join(found.coders))
    )
    return [
        _(
            "Replayed: {whose}, {units} passages of {informants} informants (people who speak in one passage count as one); {seeds} replays of each recipe, each beginning with all of another informant's passages.",
            whose=whose,
            units=found.n_units,
            informants=found.n_informants,
            seeds=found.seeds,
        ),
        *(i18n.message(finding, language) for finding in found.findings),
        _pace_said(found, language),
        _(
            "A replay shows what would have been with these codings; of passages that nobody coded or read it knows nothing."
        ),
    ]


def _pace_said(found: Simulation, language: str) -> str:
    """Return in a sentence what hours rest on, or why there are none."""
    _ = i18n.translator(language)
    pace = found.pace
    if pace.seconds is None:
        return _("Hours spared are not known: {reason}.", reason=_(pace.undefined))
    seconds = i18n.number(round(pace.seconds, 1), language)
    if pace.n_timed:
        return _(
            "Hours spared: a passage is taken to need {seconds} seconds, the median of {n} timed decisions.",
            seconds=seconds,
            n=pace.n_timed,
        )
    return _("Hours spared: a passage is taken to need {seconds} seconds, as was said.", seconds=seconds)


def hours(row: Mapping[str, object], language: str) -> str:
    """Return the hours spared until 95 % are found, of how many all passages would take; a dash where they are not known."""
    spared, every = row["hours_spared"], row["hours_all"]
    if not isinstance(spared, float) or not isinstance(every, float):
        return "–"
    _ = i18n.translator(language)
    return _("{k} of {n}", k=i18n.number(spared, language, digits=1), n=i18n.number(every, language, digits=1))


def _overall(found: Simulation, words: Words) -> Table:
    _ = words
    columns = (
        _("recipe"), _("codes"), _("found at 10 % read"), _("found at 25 % read"), _("found at 50 % read"),
        _("loss (least … most)"), _("against order of the text"), "ATD", "WSS@95", *_hours_spared(found, words),
    )  # fmt: skip
    timed = found.pace.seconds is not None
    rows = [
        (
            _(RECIPES[str(row["recipe"])]), shown(row["n_codes"], words), *(percent(row.get(f"recall_{n}"), words) for n in (10, 25, 50)),
            _least_to_most(row, "loss", words), _least_to_most(row, "loss_versus_text", words),
            *(shown(row[name], words) for name in ("atd", "wss95")), *([hours(row, words.language)] if timed else []),
        )
        for row in found.overall()
    ]  # fmt: skip
    return Table(_("Means over codes"), columns, tuple(rows), frozenset(range(1, len(columns))))


def _hours_spared(found: Simulation, words: Words) -> tuple[str, ...]:
    """Return the heading of the hours, which stand nowhere where nobody knows what a passage takes."""
    _ = words
    return (_("hours spared"),) if found.pace.seconds is not None else ()


def _by_code(found: Simulation, titles: Mapping[str, str], words: Words) -> Table:
    _ = words
    columns = (
        _("code"), _("recipe"), _("of the code"), _("found at 10 % read"), _("found at 25 % read"), _("found at 50 % read"),
        _("loss (least … most)"), _("against order of the text"), "ATD", "WSS@95", *_hours_spared(found, words),
    )  # fmt: skip
    rows: list[tuple[Content, ...]] = []
    for row in found.to_rows():
        rows.append(
            (
                titles.get(str(row["code"]), str(row["code"])),
                _line(_(RECIPES[str(row["recipe"])])),
                _line(_("{k} of {n}", k=shown(row["n_bearing"], words, 1), n=shown(row["n_units"], words, 0))),
                *(percent(row.get(f"recall_{n}"), words) for n in (10, 25, 50)),
                _least_to_most(row, "loss", words),
                shown(row["loss_versus_text"], words),
                shown(row["atd"], words),
                shown(row["wss95"], words),
                *([shown(row["hours_spared"], words, 1)] if found.pace.seconds is not None else []),
            )
        )
    caption = _("Each code by each recipe, means over replays")
    return Table(caption, columns, tuple(rows), frozenset(range(2, len(columns))), wide=True, grouped=True)


def _line(said: str) -> str:
    """Return what is said so that it stays on one line: a row a recipe."""
    return said.replace(" ", "\u00a0")


def _remarks(found: Simulation, titles: Mapping[str, str], words: Words) -> list[Block]:
    """Return for each code that has no figures why."""
    without = dict.fromkeys((row.code, row.undefined) for row in found.rows if row.undefined)
    return [Paragraph(f"{titles.get(key, key)}: {words(reason)}", "note") for key, reason in without]


def _least_to_most(row: Mapping[str, object], name: str, words: Words) -> str:
    return unbroken(interval(row[name], row[f"{name}_low"], row[f"{name}_high"], words.language, between=" … "))


def unbroken(said: str) -> str:
    """Return a figure with its interval so that it does not wrap within the brackets."""
    figure, bracket, rest = said.partition("(")
    # Word joiners keep a dash, no-break spaces a blank, from ending a line.
    return figure + (bracket + rest).replace(" ", "\u00a0").replace("–", "\u2060–\u2060") if bracket else said


def _stops(found: Simulation, titles: Mapping[str, str], words: Words) -> Table:
    _ = words
    columns = (
        _("code"), _("recipe"), _("replays that stop before the end"), _("read by then"), _("found by then"),
        _("promises asked"), _("promises kept"),
    )  # fmt: skip
    rows = [
        (
            titles.get(str(row["code"]), str(row["code"])), _line(_(RECIPES[str(row["recipe"])])),
            _line(_("{n} of {of}", n=row["stop_seeds"], of=row["n_defined"])), percent(row["stop_read"], words), percent(row["stop_recall"], words),
            shown(row["promises"], words, 0), percent(row["promises_kept"], words),
        )
        for row in found.to_rows()
    ]  # fmt: skip
    caption = _("Stopping when 95 % are found with 95 % confidence")
    return Table(caption, columns, tuple(rows), frozenset(range(2, 7)), grouped=True)


def shown(value: object, words: Words, digits: int = 2) -> str:
    """Return a figure to so many places; a whole number as it is, and what is undefined as a dash."""
    if not isinstance(value, int | float):
        return "–"
    return i18n.number(round(value, digits) + 0.0, words.language, digits=digits if isinstance(value, float) else 0)


def interval(value: object, low: object, high: object, language: str, *, between: str = "–") -> str:
    """Return a figure with its interval in brackets, ``0.61 (0.55–0.66)``; a dash where it is undefined."""
    if not isinstance(value, float):
        return "–"
    said = [
        i18n.number(round(one, 2) + 0.0, language, digits=2) for one in (value, low, high) if isinstance(one, float)
    ]
    return f"{said[0]} ({said[1]}{between}{said[2]})" if len(said) == 3 else said[0]


def percent(value: object, words: Words) -> str:
    """Return a share as whole per cent; a dash where it is undefined."""
    return f"{i18n.number(100 * value, words.language, digits=0)}\u00a0%" if isinstance(value, int | float) else "–"
