"""Lines of a header that hold several fields: side by side, or as the cells of a table."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from qualcode.importers._words import normal, role_of
from qualcode.importers.header.fields import Field, field_of, is_usual
from qualcode.importers.header.privacy import is_private_key, plain_key
from qualcode.importers.header.run_together import fields_run_together
from qualcode.model import Span

__all__ = ["LEGEND_TAIL", "fields_below", "fields_in", "heads_talk", "people_below", "read_fields"]


def fields_in(line: str) -> tuple[Field, ...]:
    """Return all header fields in *line*; usual keys may follow each other on one line, as in ``Usia: 62   Agama: Islam``."""
    return read_fields(line)[0]


def read_fields(line: str) -> tuple[tuple[Field, ...], tuple[Span, ...]]:
    """Return all header fields in *line*, and the spans of it that are none of them: what follows an unusual key, loose cells."""
    if line.count("\t") + line.count("|") + line.count(";") > 2 * _MOST_CELLS:
        return (), (Span(0, len(line)),)
    if (tail := LEGEND_TAIL.search(line)) is not None and ":" in line[: tail.start()]:
        fields_, left_ = read_fields(line[: tail.start()])
        return fields_, (*left_, Span(tail.start(1), tail.end(1)))
    parts = [(line, True)]
    if (runs := fields_run_together(line)) is not None:
        return runs
    for match in reversed(
        list(re.finditer(r"(?:\t+|\s{3,}|\s*[;|·•]\s*)(?=([^\W\d_][^\n:=\t;|·•]{1,30}?)\s*[:=])", line))
    ):
        if match.start() == 0 or ":" not in line[: match.start()]:
            continue
        usual = is_usual(match[1])
        if usual or match[0].isspace():
            parts[:1] = [(line[: match.start()], True), (parts[0][0][match.end() :], usual)]
    fields: list[Field] = []
    left: list[Span] = []
    at = 0
    for part, usual in parts:
        found, pieces = _fields_of_cells(part) if usual else ((), [(part, False)])
        fields.extend(found)
        for piece, kept in pieces:
            bare = piece.strip()
            at = line.index(bare, at) + len(bare)
            if bare and not kept:
                left.append(Span(at - len(bare), at))
    return tuple(fields), tuple(left)


def heads_talk(line: str) -> bool:
    """Tell whether *line* is the row of headings of a table of talk, such as ``Waktu | Pembicara | Percakapan``."""
    return len({cell.casefold() for cell in _row(line) if _TALK_HEADING.fullmatch(cell)}) > 1


_TALK_HEADING = re.compile(
    r"(?:nama |isi |hasil )?(?:pembicara|penutur|pelaku|percakapan|dialog|ucapan|ujaran|transkrip(?:si)?|verbatim|wawancara|pertanyaan|jawaban|"
    r"speaker|utterance|transcript|[pw] ?/ ?[ins])",
    re.IGNORECASE,
)


LEGEND_TAIL = re.compile(r"[ \t]((?:Keterangan|Ket|Legenda)\.?[ \t]*[:=])[ \t]*$")
"""The heading of a legend that begins at the end of a line of fields."""
_CELL_MARKS = " \t\u00a0*_"
_COUNTED = re.compile(r"\(?\d{1,2}[.)]?")
"""The number of a row, which stands in a cell of its own."""
_MOST_CELLS = 24
"""A row of more cells is no header."""


def fields_below(labels: str, values: str, after: str = "") -> tuple[Field, ...]:
    """Return the fields of a table that has its labels in one row and its values in the row below; none if it is not so.

    Parameters
    ----------
    labels, values : str
        The two lines.
    after : str
        The line behind them: where it is a row of values too, the table lists several people and nobody's fields.
    """
    names, given, more = _row(labels), _row(values), _row(after)
    if not 2 <= len(names) == len(given) or len(more) == len(names):
        return ()
    usual = [is_usual(name) for name in names]
    if sum(usual) < 2 or not all(n and len(n) <= 40 and ":" not in n for n in names) or any(map(is_usual, given)):
        return ()
    found = (
        field_of(f"{name}: {value}")
        for name, value, known in zip(names, given, usual, strict=True)
        if known or _is_label(name, value)
    )
    return tuple(field for field in found if field is not None)


def people_below(lines: Sequence[str], speakers: Collection[str]) -> tuple[tuple[str, str], ...]:
    """Return the label of each person in a table of people, and what its row says of them in the words of a legend.

    Parameters
    ----------
    lines : sequence of str
        The row of headings, which begins with the column of the labels, and the lines behind it.
    speakers : collection of str
        The labels of the talk, in normal form; the table ends where a row begins with none of them.
    """
    heads = _row(lines[0]) if lines else []
    if len(heads) < 2 or any(":" in head for head in heads):
        return ()
    found: list[tuple[str, str]] = []
    for line in lines[1:]:
        cells = _row(line)
        if len(cells) < 2 or len(cells) > len(heads) or normal(cells[0]) not in speakers:
            break
        told = [heads[0]] if role_of(heads[0]) is not None else []
        for head, cell in zip(heads[1:], cells[1:], strict=False):
            age = cell.isdigit() and plain_key(head).partition(" ")[0] in {"usia", "umur", "age"}
            if cell and not is_private_key(head):
                told.append(f"{cell} tahun" if age else cell)
        found.append((cells[0], ", ".join(told)))
    return tuple(found) if len(found) > 1 else ()


def _row(line: str) -> list[str]:
    """Return the cells of a row, or none if *line* is no row of a table of header fields."""
    bare = line.strip()
    border = "|" if bare.startswith("|") else "\t"
    if border not in bare or len(line) > 1000:
        return []
    cells = [cell.strip(_CELL_MARKS) for cell in bare.strip(" |" if border == "|" else " ").split(border)]
    return cells if len(cells) <= _MOST_CELLS else []


def _fields_of_cells(part: str) -> tuple[tuple[Field, ...], list[tuple[str, bool]]]:
    """Return the fields in a row of a table, whose cells are parted by tabs or pipes, or the field of a plain line; and its pieces.

    A row may hold several pairs of label and value (``Umur | 51 | Nama | Sarni``). Beside a usual label, an unusual one counts
    if every cell has its place and it cannot be a person's full name; every piece comes with whether it
    is part of a field.
    """
    first = field_of(part)
    if first is None:
        return (), [(part, False)]
    border = "[\t|]" if part.lstrip().startswith("|") or (first.tabbed and "|" in part) else "\t"
    cells = [cell.strip(_CELL_MARKS) for cell in re.split(border, part.strip(" |" if border != "\t" else " "))]
    cells = [cell for cell in cells if cell not in {":", "："}]
    if len(cells) > 2 and _COUNTED.fullmatch(cells[0]):
        cells = cells[1:]
    filled = [cell for cell in cells if cell]
    if (len(filled) > 2 or (first.tabbed and len(filled) == 2)) and all(is_usual(cell) for cell in filled):
        return (), [(part, False)]  # labels alone: their values stand in the row below
    if len(filled) < 2 or (len(filled) == 2 and re.search(border, first.value) is None):
        return (first,), [(part, True)]
    labels = cells[::2]
    whole = len(cells) % 2 == 0 and all(label and not re.search(r"^[:：]|[:：].", label) for label in labels)
    pairs = list(zip(labels, cells[1::2], strict=True)) if whole else _pairs(filled)
    if whole and len(filled) > 2 and any(is_usual(value) for _, value in pairs):
        return (), [(part, False)]  # a label where a value should be: the values stand in the row below
    joint = "\t" if first.tabbed else ":"
    fields: list[Field] = []
    read = [(*pair, field_of(f"{pair[0].rstrip(' :：')}{joint}{pair[1].lstrip(' :：')}")) for pair in pairs]
    usual = any(field is not None and field.known for *_, field in read)
    # Where a label stands in the place of a value, the row is perhaps one of labels alone.
    beside = whole and usual and not any(is_usual(value) for _, value in pairs)
    pieces: list[tuple[str, bool]] = []
    for at, (label, value, field) in enumerate(read):
        sure = field is not None and (field.known or (beside and _is_label(label, value)))
        kept = sure or (field is not None and at == 0 and not usual)
        if field is not None and kept:
            fields.append(field)
        pieces.extend(((label, kept), (value, kept)))
    return tuple(fields), pieces


def _is_label(label: str, value: str) -> bool:
    """Tell whether an unusual *label* in a row of pairs may stand for itself: no full name, no sentence, not without a value."""
    words = label.strip(" :：").split()
    name = len(words) > 1 and all(word[0].isupper() for word in words)
    sentence = len(value) > 20 and re.search(r"[.?!…](?:\s+\w|\s*$)", value) is not None
    begins = bool(words) and words[0][0].isupper()
    return begins and len(words) <= 4 and not name and bool(value) and len(value) <= 150 and not sentence


def _pairs(cells: list[str]) -> list[tuple[str, str]]:
    """Return labels with their values where cells are missing, merged or loose: the first cell, then every usual label.

    A loose cell is a pair without a value.
    """
    pairs: list[tuple[str, str]] = []
    at = 0
    while at < len(cells):
        label, colon, value = cells[at].partition(":")
        if pairs and not is_usual(label.strip()):
            pairs.append((cells[at], ""))
            at += 1
        elif colon and value.strip():
            pairs.append((label, value))
            at += 1
        else:
            pairs.append((label, cells[at + 1] if at + 1 < len(cells) else ""))
            at += 2
    return pairs
