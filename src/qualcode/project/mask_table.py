"""The list of hits as a table, to be decided on in a spreadsheet, and what was decided there."""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path

from qualcode.errors import N_, InputError, QualcodeError, StateError
from qualcode.files.cells import guard, unguard
from qualcode.files.whole import replacing, require_place
from qualcode.i18n import translator
from qualcode.privacy.pseudonyms import placeholder
from qualcode.project.mask_plan import Hit, MaskPlan, Verdict
from qualcode.project.sheets import read_table

__all__ = ["COLUMNS", "decide", "write_list"]

COLUMNS: Mapping[str, tuple[str, str]] = {
    "transcript": ("transcript", "transkrip"),
    "line": ("line", "baris"),
    "start": ("start", "awal"),
    "end": ("end", "akhir"),
    "kind": ("kind", "jenis"),
    "words": ("words", "kata"),
    "context": ("context", "konteks"),
    "decision": ("decision", "keputusan"),
    "replacement": ("replacement", "pengganti"),
    "score": ("score", "skor"),
    "reason": ("reason", "alasan"),
}
"""Columns with their headings in English and Indonesian."""

VERDICTS: Mapping[Verdict, tuple[str, str]] = {
    "mask": ("mask", "samarkan"),
    "keep": ("keep", "biarkan"),
    "keep everywhere": ("keep everywhere", "biarkan di mana pun"),
}
_AROUND = 60


def write_list(plan: MaskPlan, path: Path, *, language: str, context: Callable[[Hit, int], str]) -> int:
    """Write the hits of *plan* to *path*, with what is decided of them; return how many. The file holds real names.

    Raises
    ------
    StateError
        If there is a file of that name: somebody may have decided in it.
    InputError
        If it is no .csv, or cannot stand there.
    """
    if path.suffix.lower() != ".csv":
        raise InputError(N_("the list of hits is written as .csv"), hint=N_("call it hits.csv, for example"), file=path)
    require_place(path)
    if path.exists():
        raise StateError(
            N_("there is a file of this name already"),
            hint=N_("give another name, or take the file away first"),
            file=path,
        )
    column = 1 if language == "id" else 0
    text = io.StringIO(newline="")
    # A spreadsheet set to Indonesian parts columns by semicolons.
    writer = csv.writer(text, delimiter=";" if language == "id" else ",", lineterminator="\r\n")
    writer.writerow([heads[column] for heads in COLUMNS.values()])
    _ = translator(language)
    for hit in plan.hits:
        decided = plan.decisions.get(hit.place)
        cells: dict[str, object] = {
            "transcript": guard(hit.transcript.name),
            "line": hit.line,
            "start": hit.identifier.core.start,
            "end": hit.identifier.core.end,
            "kind": placeholder(hit.identifier.kind, language).strip("[]"),
            "words": guard(hit.words),
            "context": guard(context(hit, _AROUND)),
            "decision": VERDICTS[decided.verdict][column] if decided else "",
            "replacement": guard(plan.text(hit)),
            "score": f"{hit.identifier.score:.2f}",
            "reason": guard(_(hit.identifier.reason, **hit.identifier.parameters)),
        }
        writer.writerow([cells[name] for name in COLUMNS])
    with replacing(path) as stream:
        with contextlib.suppress(OSError):
            Path(stream.name).chmod(0o600)
        stream.write(text.getvalue().encode("utf-8-sig", "replace"))
    return len(plan.hits)


def decide(plan: MaskPlan, path: Path) -> int:
    """Decide in *plan* what the table at *path* says; return how many rows say nothing.

    Raises
    ------
    InputError
        If it is no such table, or rows are wrong: then nothing is decided. The message names the rows, never their words.
    """
    table = read_table(path)
    columns = _columns(table.columns, path)
    by_place = {(h.transcript.name, h.identifier.core.start, h.identifier.core.end): h for h in plan.hits}
    chosen: list[tuple[int, Hit, Verdict, str]] = []
    wrong: list[int] = []
    silent = 0
    for line, row in zip(table.lines, table.rows, strict=True):
        cells = {name: unguard(str(row[at])).strip() if row[at] is not None else "" for name, at in columns.items()}
        hit = by_place.get((cells["transcript"], _number(cells["start"]), _number(cells["end"])))
        said = cells["decision"].casefold()
        verdict = next((each for each, words in VERDICTS.items() if said in words), None)
        if hit is None or _plain(cells["words"]) != _plain(hit.words):
            wrong.append(line)
        elif not said:
            silent += 1
        elif verdict is None or (verdict == "mask" and not cells["replacement"]):
            wrong.append(line)
        else:
            chosen.append((line, hit, verdict, cells["replacement"]))
    if wrong:
        raise InputError(
            N_("{n} rows do not fit what is found in the study, this one first; nothing was decided"),
            hint=N_(
                "a row needs a decision (mask, keep, keep everywhere, or none) and words to stand there; if texts have changed since, write the list anew with --list"
            ),
            file=path,
            line=wrong[0],
            n=len(wrong),
        )
    _take(plan, path, chosen)
    return silent


def _take(plan: MaskPlan, path: Path, chosen: list[tuple[int, Hit, Verdict, str]]) -> None:
    """Decide on what was *chosen*, or on nothing where one of it cannot be."""
    plan.follow((hit, text) for _, hit, verdict, text in chosen if verdict == "mask")
    steps = 0
    for line, hit, verdict, text in chosen:
        try:
            if verdict == "mask":
                plan.mask(hit, text=text if text != plan.text(hit) else None)
            else:
                plan.keep(hit, everywhere=verdict == "keep everywhere")
            steps += 1
        except QualcodeError as error:
            for _ in range(steps):
                plan.take_back()
            error.file, error.line = path, line
            raise


def _columns(names: tuple[str, ...], path: Path) -> dict[str, int]:
    known = {heading: key for key, headings in COLUMNS.items() for heading in headings}
    found = {known[name.strip().casefold()]: at for at, name in enumerate(names) if name.strip().casefold() in known}
    missing = [key for key in ("transcript", "start", "end", "words", "decision", "replacement") if key not in found]
    if missing:
        raise InputError(
            N_("this is no list of hits: there is no column {columns}"),
            hint=N_("write one with --list, and keep its columns"),
            file=path,
            columns=", ".join(missing),
        )
    return found


def _number(cell: str) -> int:
    digits = cell.removesuffix(".0")
    return int(digits) if digits.isascii() and digits.isdigit() else -1


def _plain(words: str) -> str:
    return "".join(words.split()).casefold()
