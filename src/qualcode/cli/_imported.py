"""What an import found, as it is shown: the summary first, then file by file, at any width."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from qualcode.cli._help import translated
from qualcode.cli._options import cleaned
from qualcode.cli._words import in_words, roles_in_words
from qualcode.errors import N_

if TYPE_CHECKING:
    from qualcode.importers import Line
    from qualcode.model import Role
    from qualcode.project import ImportReport

__all__ = ["explained", "findings_by_file", "overview", "summary"]

Row = Mapping[str, object]
FEW = 3
"""Up to how many files everything is shown; of more, only what a person should look at."""
LOOK = ("doubtful", "unassigned", "damage", "error")
LEVELS = ("recognised", "note", *LOOK)
TEXT = 40


def summary(report: ImportReport, rows: Sequence[Row], *, width: int, dry_run: bool = False) -> Iterator[str]:
    """Yield what came of the import as a whole, or would come of it."""
    counts: dict[str, object] = dict(report.counts)
    message = (
        N_("{added} would be added, {revised} revised, {unchanged} unchanged; {failed} could not be read.")
        if dry_run
        else N_("{added} added, {revised} revised, {unchanged} unchanged, {failed} could not be read.")
    )
    yield from _wrapped(translated(message, **counts), width, "")
    doubtful, unassigned = (sum(row["level"] == level for row in rows) for level in ("doubtful", "unassigned"))
    if doubtful or unassigned:
        message = N_("To be looked at: {doubtful} doubtful guesses, {unassigned} passages that belong to no turn.")
        yield from _wrapped(translated(message, doubtful=doubtful, unassigned=unassigned), width, "")


COMING = {"added": N_("new"), "revised": N_("new revision"), "relabelled": N_("roles to be corrected")}
"""What becomes of a transcript, said before it is done."""
NOT_TAKEN = N_("differs, not taken")


def _outcome(row: Row, *, dry_run: bool) -> str:
    """Return what becomes of a transcript, or in a dry run what would."""
    outcome = str(row["outcome"])
    if outcome == "changed":
        return translated(NOT_TAKEN)
    return translated(COMING[outcome]) if dry_run and outcome in COMING else in_words(outcome)


def overview(report: ImportReport, rows: Sequence[Row], *, width: int, dry_run: bool = False) -> Iterator[str]:
    """Yield a table of many files with how much is to be looked at in each, and a list of all labels with their roles."""
    if len({outcome.file for outcome in report.outcomes}) <= FEW:
        return
    found = Counter((str(row["file"]), str(row["level"])) for row in rows)
    heads = (N_("file"), N_("outcome"), N_("kind"), N_("turns"), N_("doubtful"), N_("unassigned"))
    table = [
        (
            cleaned(str(row["file"] if _is_called_so(row) else f"{row['file']}: {row['transcript']}")),
            _outcome(row, dry_run=dry_run),
            in_words(row["kind"]),
            str(row["turns"]),
            str(found[str(row["file"]), "doubtful"] or ""),
            str(found[str(row["file"]), "unassigned"] or ""),
        )
        for row in report.file_rows()
    ]
    yield ""
    yield from _table(
        [translated(head) for head in heads],
        table,
        width,
        cut=((5, 10), (4, 10), (0, 24), (2, 10), (0, 10), (1, 8), (5, 6), (4, 6)),
        right=(3, 4, 5),
    )
    yield ""
    yield translated(N_("Speakers and their roles:"))
    for label, role, turns, files in _roles(report):
        message = N_("{label} = {role}: {turns} turns in {files}")
        where = ", ".join(files) if len(files) <= FEW else translated(N_("{n} files"), n=len(files))
        said = translated(message, label=cleaned(label), role=in_words(role.value), turns=turns, files=cleaned(where))
        yield from _wrapped(said, width, "  ")


def _roles(report: ImportReport) -> list[tuple[str, Role, int, list[str]]]:
    turns: Counter[tuple[str, Role]] = Counter()
    files: dict[tuple[str, Role], dict[str, None]] = {}
    for outcome in report.outcomes:
        for turn in outcome.transcript.turns:
            turns[turn.speaker, turn.role] += 1
            files.setdefault((turn.speaker, turn.role), {})[outcome.file] = None
    return [(label, role, n, list(files[label, role])) for (label, role), n in turns.most_common()]


def findings_by_file(
    report: ImportReport, rows: Sequence[Row], *, width: int, everything: bool = False, dry_run: bool = False
) -> Iterator[str]:
    """Yield a block of lines a file: what it is, who speaks in it, and what was noticed in it.

    Parameters
    ----------
    rows : sequence of mappings
        Findings and errors, as `ImportReport.to_rows` gives them.
    width : int
        Columns of the terminal.
    everything : bool
        Show what was recognised as well, and every file; else of many files only those in which a person should look at something.
    dry_run : bool
        Whether nothing was done.
    """
    heads: dict[str, list[Row]] = {}
    for one in report.file_rows():
        heads.setdefault(str(one["file"]), []).append(one)
    noticed: dict[str, list[Row]] = {}
    for row in rows:
        noticed.setdefault(str(row["file"]), []).append(row)
    few = len(heads) <= FEW
    shared = {} if few else _shared(rows)
    hidden = 0
    for file in dict.fromkeys((*heads, *(name for name in noticed if name), *([""] if "" in noticed else []))):
        every = noticed.get(file, [])
        shown = [row for row in every if few or everything or row["level"] in LOOK]
        hidden += len(every) - len(shown)
        shown = [row for row in shown if (row["level"], row["message"]) not in shared]
        if not shown and not (few and file in heads):
            continue
        yield ""
        yield from _wrapped(file or translated(N_("All files")), width, "")
        for head in heads.get(file, ()):
            yield from _head(head, width, dry_run=dry_run)
        for row in sorted(shown, key=_line):
            yield from _finding(row, width)
    told = {key: n for key, n in shared.items() if everything or key[0] in LOOK}
    if told:
        yield ""
        yield translated(N_("In several files:"))
        for (level, message), n in told.items():
            where = translated(N_("{n} files"), n=n)
            yield from _wrapped(f"{message} ({where})", width, f"  {_level(level)}  ")
    if hidden:
        yield ""
        message = N_("{n} more findings say what was recognised; --explain shows them.")
        yield from _wrapped(translated(message, n=hidden), width, "")


def _line(row: Row) -> int:
    return row["line"] if isinstance(row["line"], int) else 0


def _shared(rows: Sequence[Row]) -> dict[tuple[object, object], int]:
    """Return what was noticed in many files in the same words, such as the same line above each: said once, it hides nothing else."""
    files: dict[tuple[object, object], set[object]] = {}
    for row in rows:
        files.setdefault((row["level"], row["message"]), set()).add(row["file"])
    return {key: len(names) for key, names in files.items() if len(names) > FEW}


def _is_called_so(row: Row) -> bool:
    """Tell whether a transcript is called as its file is."""
    return str(row["transcript"]) == str(row["file"]).rpartition(".")[0]


def _head(row: Row, width: int, *, dry_run: bool) -> Iterator[str]:
    parts = [_outcome(row, dry_run=dry_run), in_words(row["kind"]), translated(N_("{n} turns"), n=row["turns"])]
    if not _is_called_so(row):
        parts.insert(0, str(row["transcript"]))
    if row["review"]:
        parts.append(translated(N_("{n} codings to review"), n=row["review"]))
    yield from _wrapped(" · ".join(parts), width, "  ")
    if row["speakers"]:
        yield from _wrapped(roles_in_words(str(row["speakers"])), width, "  ")


def _finding(row: Row, width: int) -> Iterator[str]:
    line = "" if row["line"] is None else str(row["line"])
    rule = f" [{in_words(row['rule'])}]" if row["rule"] else ""
    head = f"{line:>6}  {_level(row['level'])}  "
    yield from _wrapped(f"{row['message']}{rule}", width, head)
    if row["hint"]:
        yield from _wrapped(str(row["hint"]), width, " " * len(head))


def _level(level: object) -> str:
    return in_words(level).ljust(max(len(in_words(other)) for other in LEVELS))


def _wrapped(text: str, width: int, head: str) -> Iterator[str]:
    """Yield *text* behind *head*, on as many lines as it needs, the others set in as far; below it where the terminal is narrow."""
    width = max(20, width)
    if 2 * len(head) > width:
        yield head.rstrip()
        head = "    "
    lines = textwrap.wrap(cleaned(text), width, initial_indent=head, subsequent_indent=" " * len(head))
    yield from lines or [head]


def explained(lines: Sequence[Line], *, width: int) -> Iterator[str]:
    """Yield a row for each line of a text: its number, what it was taken for, whose it is, by which rule, and how it begins."""
    heads = [translated(head) for head in (N_("line"), N_("what"), N_("speaker and role"), N_("rule"), N_("text"))]
    rows = [
        (str(line.line), in_words(line.what), _who(line), in_words(line.rule), cleaned(line.text)) for line in lines
    ]
    yield from _table(heads, rows, width, cut=((3, 10), (4, 26), (2, 16), (1, 11), (3, 6), (4, 12), (2, 8)), right=(0,))


def _who(line: Line) -> str:
    if not line.speaker or line.role is None:
        return cleaned(line.speaker)
    return f"{cleaned(line.speaker)} → {in_words(line.role.value)}"


def _table(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    width: int,
    *,
    cut: Sequence[tuple[int, int]],
    right: Sequence[int],
) -> Iterator[str]:
    """Yield the lines of a table, one a row; where it is too wide each column in *cut* is shortened in turn, down to its least size."""
    from rich.cells import cell_len

    sizes = [min(TEXT, max(cell_len(row[at]) for row in (heads, *rows))) for at in range(len(heads))]
    for at, least in cut:
        over = sum(sizes) + 2 * (len(sizes) - 1) - width
        sizes[at] = max(min(sizes[at], least), sizes[at] - max(0, over))
    for row in (heads, *rows):
        cells = [_fitted(text, size, right=at in right) for at, (text, size) in enumerate(zip(row, sizes, strict=True))]
        yield "  ".join(cells).rstrip()


def _fitted(text: str, size: int, *, right: bool) -> str:
    from rich.cells import cell_len, set_cell_size

    length = cell_len(text)
    if length > size:
        return set_cell_size(text, size - 1) + "…"
    return " " * (size - length) + text if right else set_cell_size(text, size)
