"""Tables that researchers keep beside their transcripts, and the words for marks on codings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from qualcode.errors import N_, InputError
from qualcode.files.ods import read_ods
from qualcode.files.tables import Table, read_csv, read_workbook, read_xlsx
from qualcode.importers import with_codes
from qualcode.model import Elicited, Stance

__all__ = [
    "ELICITED",
    "STANCES",
    "read_coding_tables",
    "read_table",
]

STANCES: Mapping[str, Stance] = {
    "ada": Stance.PRESENT,
    "tidak": Stance.DENIED,
    "disangkal": Stance.DENIED,
    "dulu": Stance.PAST,
    "rencana": Stance.PLANNED,
    "harapan": Stance.PLANNED,
    "rencana/harapan": Stance.PLANNED,
    "pernah": Stance.PAST,
    "orang lain": Stance.OTHER,
} | {stance.value: stance for stance in Stance}
ELICITED: Mapping[str, Elicited] = {"spontan": Elicited.SPONTANEOUS, "dipancing": Elicited.PROMPTED} | {
    elicited.value: elicited for elicited in Elicited
}


def read_coding_tables(path: Path) -> tuple[tuple[str, Table], ...]:
    """Return the tables in which a .csv, .xlsx or .ods file may hold codings, each with the name of its sheet where there are several.

    Raises
    ------
    InputError
        If it is another kind of file, or cannot be read as a table.
    """
    first = read_table(path)
    suffix = path.suffix.lower()
    if suffix not in {".xlsx", ".ods"}:
        return with_codes([("", first)], path.name, stated=True)
    read = read_workbook if suffix == ".xlsx" else read_ods
    tables = read(path.read_bytes(), file=path.name, merged=True)
    return with_codes(tables if len(tables) > 1 else [("", first)], path.name, stated=True)


def read_table(path: Path) -> Table:
    """Return the table in a .csv, .xlsx or .ods file.

    Raises
    ------
    InputError
        If it is another kind of file, or cannot be read as a table.
    """
    suffix = path.suffix.lower()
    if suffix not in {".csv", ".tsv", ".xlsx", ".ods"}:
        raise InputError(
            N_("this is not a table: give a .csv, .xlsx or .ods file"),
            hint=N_("A corrected copy of a coded transcript comes back as .docx: save it so.")
            if suffix in {".odt", ".rtf", ".doc", ".pdf"}
            else None,
            file=path,
        )
    if not path.is_file():
        raise InputError(N_("no such file"), file=path)
    data = path.read_bytes()
    if suffix == ".ods":
        return read_ods(data, file=path.name, merged=True)[0][1]
    return read_xlsx(data, file=path.name, merged=True) if suffix == ".xlsx" else read_csv(data, file=path.name)
