"""The page and pictures of an evaluation of suggestions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import TYPE_CHECKING

from qualcode import i18n
from qualcode.errors import N_
from qualcode.model import Study
from qualcode.reports.blocks import Block, Content, Figure, Paragraph, Table
from qualcode.reports.curves import Axis, Dot, Line, Panel, panels, tiles
from qualcode.reports.trials import RECIPES, interval, percent, shown, trial_page, unbroken
from qualcode.reports.words import Words

if TYPE_CHECKING:
    from qualcode.suggesters.evaluation import Evaluation
    from qualcode.suggesters.evaluation._measures import Bin

__all__ = ["ALL_CODES", "FIGURES", "calibration_picture", "evaluation_page", "learning_rows", "remarks", "said"]

ALL_CODES = N_("all codes")
FIGURES = {"precision": N_("precision"), "recall": N_("recall"), "f1": N_("F1"), "ap": N_("average precision")}
TENTHS = (0.0, 0.25, 0.5, 0.75, 1.0)


def said(found: Evaluation, language: str) -> list[str]:
    """Return in sentences what was tested, how, and what to mind."""
    _ = i18n.translator(language)
    whose = (
        _("the codings of {coder}", coder=found.coders[0])
        if len(found.coders) == 1
        else _("what {coders} agree on", coders=", ".join(found.coders))
    )
    tested = _(
        "Tested on {whose}: {units} passages of {informants} informants (people who speak in one passage count as one).",
        whose=whose,
        units=found.n_units,
        informants=found.n_informants,
    )
    how = _(
        "Each informant in turn was left out and the classifier learnt from the others; what is shown is what it says of those left out. In brackets: 95 % intervals over 1,000 resamples of informants."
    )
    rest = [i18n.message(finding, language) for finding in found.findings]
    if found.undefined:
        return [tested, _(found.undefined), *rest]
    return [tested, how, *rest]


def remarks(found: Evaluation, language: str) -> list[str]:
    """Return in sentences why figures and intervals are missing or say nothing, and where the classifier would have kept silent."""
    _ = i18n.translator(language)
    lines = []
    without: dict[str, None] = {}
    for one in found.qualities:
        if one.recipe == "classifier" and one.silent:
            lines.append(
                _(
                    "{code}: taught by the others, the classifier would have kept silent for {n} of {all} informants",
                    code=one.code,
                    n=one.silent,
                    all=found.n_informants,
                )
            )
        if one.code and one.recipe == "rules" and one.n_bearing == one.n_units:
            lines.append(
                _(
                    "{code}: all {n} passages bear it, so that whoever says yes to everything is right: the figures say nothing",
                    code=one.code,
                    n=one.n_units,
                )
            )
        for name, figure in (("precision", one.precision), ("recall", one.recall), ("f1", one.f1), ("ap", one.ap)):
            if figure.undefined and (one.recipe, name) != ("rules", "ap"):
                lines.append(
                    f"{one.code or _(ALL_CODES)} ({_(RECIPES[one.recipe])}), {_(FIGURES[name])}: {_(figure.undefined)}"
                )
            elif figure.value is not None and figure.interval_undefined:
                without[figure.interval_undefined] = None
    return lines + [_("Without an interval: {reason}", reason=_(reason)) for reason in without]


def learning_rows(found: Evaluation) -> list[dict[str, object]]:
    """Return the learning curve: for each number of informants the mean, least and highest figures of its draws."""
    rows: list[dict[str, object]] = []
    for size in dict.fromkeys(one.n_informants for one in found.lessons):
        mine = [one for one in found.lessons if one.n_informants == size]
        f1 = [one.f1 for one in mine if one.f1 is not None]
        ap = [one.ap for one in mine if one.ap is not None]
        rows.append(
            {
                "n_informants": size,
                "n_draws": len(mine),
                "n_units": fmean(one.n_units for one in mine),
                "f1": fmean(f1) if f1 else None,
                "f1_low": min(f1, default=None),
                "f1_high": max(f1, default=None),
                "ap": fmean(ap) if ap else None,
            }
        )
    return rows


def calibration_picture(
    found: Evaluation, titles: Mapping[str, str], language: str = "id", *, in_page: bool = False
) -> str:
    """Return an SVG picture: the share that bears the code against the probability, with Wilson intervals, for all codes and for each.

    *in_page* gives a picture for each, which flow with the page.
    """
    _ = i18n.translator(language)
    ticks = tuple((at, i18n.number(at, language, digits=2)) for at in TENTHS)
    note = _(found.undefined) if found.undefined else ""
    drawn = [Panel(_(ALL_CODES), dots=_dots(found.calibration, language), note=note, diagonal=True)]
    drawn += [
        Panel(
            titles.get(one.code, one.code),
            dots=_dots(one.bins, language, labelled=True),
            diagonal=bool(one.bins),
        )
        for one in found.code_calibrations
    ]
    return (tiles if in_page else panels)(
        drawn,
        title=_("Does the probability hold?"),
        description=_(
            "Points on the diagonal: of ten passages with a probability of 0.7, seven bear the code. Lines are 95 % intervals; n below the axis says on how many passages each point of one code rests."
        ),
        x=Axis(_("probability"), ticks),
        y=Axis(_("share that bears the code"), ticks),
    )


def _dots(bins: Sequence[Bin], language: str, *, labelled: bool = False) -> tuple[Dot, ...]:
    """Return a point for each bin of a calibration table, with how many it rests on where that is asked for."""
    _ = i18n.translator(language)
    return tuple(
        Dot(
            one.mean,
            one.share,
            *one.interval,
            _(
                "probability {p}: {share} of {n} bear the code",
                p=i18n.number(one.mean, language, digits=2),
                share=i18n.number(100 * one.share, language, digits=0) + " %",
                n=one.n,
            ),
            i18n.number(one.n, language) if labelled else "",
        )
        for one in bins
    )


def learning_picture(found: Evaluation, language: str = "id") -> str:
    """Return a picture for a page: mean F1 and average precision against the number of informants learnt from."""
    _ = i18n.translator(language)
    rows = [row for row in learning_rows(found) if isinstance(row["f1"], float)]
    most = max((one.n_informants for one in found.lessons), default=1)

    def line(name: str, key: str, *, band: bool) -> Line:
        points = tuple((_at(row, most), float(str(row[key]))) for row in rows)
        around = tuple((_at(row, most), float(str(row["f1_low"])), float(str(row["f1_high"]))) for row in rows)
        return Line(name, points, around if band else ())

    rules = next((one.f1.value for one in found.qualities if one.recipe == "rules" and not one.code), None)
    lines = [line(_("classifier, F1"), "f1", band=True), line(_("classifier, average precision"), "ap", band=False)]
    if rules is not None:
        lines.append(Line(_("keyword rules, F1"), ((0.0, rules), (1.0, rules))))
    note = "" if rows else _("at least three informants are needed")
    return tiles(
        [Panel(_("mean over codes"), tuple(lines) if rows else (), note=note)],
        title=_("Learning curve"),
        description=_("How good suggestions are for the other informants, after so many were coded."),
        x=Axis(_("informants coded"), tuple((_at(row, most), str(row["n_informants"])) for row in rows)),
        y=Axis("F1, AP", tuple((at, i18n.number(at, language, digits=2)) for at in TENTHS)),
    )


def evaluation_page(
    found: Evaluation, study: Study, titles: Mapping[str, str], *, language: str = "id", version: str
) -> bytes:
    """Return an HTML page: what was tested, code by code, people beside the machine, calibration, learning curve."""
    _ = words = Words(i18n.translator(language), study.informant_label)
    sections: list[tuple[str, str, Sequence[Block]]] = [
        ("tentang", _("What was tested"), [Paragraph(one) for one in said(found, language)]),
        (
            "kode",
            _("Code by code"),
            [_qualities(found, titles, words), *(Paragraph(one, "note") for one in remarks(found, language))],
        ),
        ("orang", _("People beside the machine"), _people(found, titles, words)),
    ]
    if not found.undefined:
        calibrated = Figure(calibration_picture(found, titles, language, in_page=True), _("Does the probability hold?"))
        learnt = Figure(learning_picture(found, language), _("Learning curve"))
        sections += [
            ("kalibrasi", _("Calibration"), [calibrated, _calibration(found, words), _by_code(found, titles, words)]),
            ("belajar", _("Learning curve"), [learnt, _learning(found, words)]),
        ]
    return trial_page(study, _("Evaluation of suggestions"), _("Trial"), sections, words, version)


def _qualities(found: Evaluation, titles: Mapping[str, str], words: Words) -> Table:
    _ = words
    columns = (
        _("code"), _("recipe"), _("passages"), _("of the code"), _("informants"), _("suggested"),
        _("precision"), _("recall"), "F1", _("average precision"),
    )  # fmt: skip
    rows: list[tuple[Content, ...]] = []
    for row in found.to_rows():
        key = str(row["code"])
        rows.append(
            (
                titles.get(key, key) or _(ALL_CODES),
                _(RECIPES[str(row["recipe"])]),
                *(shown(row[name], words) for name in ("n_units", "n_bearing", "n_informants", "n_suggested")),
                *(
                    unbroken(interval(row[name], row[f"{name}_low"], row[f"{name}_high"], words.language))
                    for name in ("precision", "recall", "f1", "ap")
                ),
            )
        )
    caption = _("Suggestions for informants not learnt from")
    return Table(caption, columns, tuple(rows), frozenset(range(2, 10)), wide=True, grouped=True)


def _people(found: Evaluation, titles: Mapping[str, str], words: Words) -> list[Block]:
    _ = words
    if not found.humans:
        return [Paragraph(_(found.humans_undefined))]
    pairs = list(dict.fromkeys(one.pair for one in found.humans))
    columns = [_("code"), _("passages")]
    for pair in pairs:
        columns += [f"{_pair(pair, words)}: %", "α"]
    rows: list[tuple[Content, ...]] = []
    for code in dict.fromkeys(one.code for one in found.humans):
        mine = {one.pair: one for one in found.humans if one.code == code}
        cells: list[Content] = [titles.get(code, code) or _(ALL_CODES), shown(mine[pairs[0]].n_units, words)]
        for pair in pairs:
            cells += [percent(mine[pair].percent, words), shown(mine[pair].alpha, words)]
        rows.append(tuple(cells))
    caption = _("Agreement on the same passages of the same informants, percent and Krippendorff's α")
    note = _(
        "The machine learnt from other informants than these. Where it agrees with a person as well as two people agree with each other, that is as much as can be asked of it; it still is no third reader."
    )
    return [
        Table(caption, tuple(columns), tuple(rows), frozenset(range(1, len(columns))), wide=True),
        Paragraph(note, "note"),
    ]


def _pair(pair: tuple[str, str], words: Words) -> str:
    return "–".join(words("machine") if name == "machine" else name for name in pair)


def _calibration(found: Evaluation, words: Words) -> Table:
    _ = words
    columns = (_("probability"), _("mean"), _("passages and codes"), _("share that bears the code"), _("95 % interval"))
    rows = tuple(_bin_cells(one, words) for one in found.calibration)
    error = i18n.number(100 * (found.calibration_error or 0), words.language, digits=1)
    caption = _(
        "Probability and what came of it; mean distance (ECE) {error} %. Wilson intervals, as if passages were independent",
        error=error,
    )
    return Table(caption, columns, rows, frozenset(range(1, 5)))


def _bin_cells(one: Bin, words: Words) -> tuple[str, ...]:
    return (
        f"{i18n.number(one.low, words.language, digits=1)}\u2060–\u2060{i18n.number(one.high, words.language, digits=1)}",
        shown(one.mean, words),
        shown(one.n, words),
        percent(one.share, words),
        f"{percent(one.interval[0], words)}\u2060–\u2060{percent(one.interval[1], words)}",
    )


def _by_code(found: Evaluation, titles: Mapping[str, str], words: Words) -> Table:
    """Return the calibration of each code, its mean distance in the first of its rows."""
    _ = words
    columns = (
        _("code"), _("ECE"), _("probability"), _("mean"), _("passages"), _("share that bears the code"), _("95 % interval"),
    )  # fmt: skip
    rows: list[tuple[Content, ...]] = []
    for one in found.code_calibrations:
        error = "–" if one.error is None else f"{i18n.number(100 * one.error, words.language, digits=1)}\u00a0%"
        for number, each in enumerate(one.bins):
            name = titles.get(one.code, one.code)
            rows.append((name, "" if number else error, *_bin_cells(each, words)))
    caption = _("Code by code; neighbouring bins are joined until each holds ten passages")
    return Table(caption, columns, tuple(rows), frozenset(range(1, 7)), grouped=True)


def _learning(found: Evaluation, words: Words) -> Table:
    _ = words
    columns = (
        _("informants coded"),
        _("draws"),
        _("passages"),
        _("mean F1"),
        _("least to most"),
        _("average precision"),
    )
    rows = tuple(
        (
            shown(row["n_informants"], words),
            shown(row["n_draws"], words),
            shown(row["n_units"], words, 0),
            shown(row["f1"], words),
            f"{shown(row['f1_low'], words)} – {shown(row['f1_high'], words)}",
            shown(row["ap"], words),
        )
        for row in learning_rows(found)
    )
    return Table(_("After so many informants, on all the others"), columns, rows, frozenset(range(6)))


def _at(row: Mapping[str, object], most: int) -> float:
    return int(str(row["n_informants"])) / most
