"""What an importer is given and what it returns."""

from __future__ import annotations

import uuid
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Literal

from qualcode.errors import QualcodeError
from qualcode.model import AttributeValue, Corpus, Finding, Kind, Role, Span

if TYPE_CHECKING:
    from qualcode.files.tables import Table

__all__ = [
    "AttributeTable",
    "Batch",
    "CodingSheet",
    "ImportOptions",
    "ImportResult",
    "Importer",
    "Original",
    "Part",
    "Source",
    "What",
    "random_guid",
]

What = Literal["header", "legend", "heading", "label", "turn", "noise", "code", "unassigned"]
"""What a stretch of a text may be."""


def random_guid() -> str:
    """Return 32 new random hex digits."""
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class Source:
    """A file to import: its name with suffix, its bytes, and where it lies, if it lies anywhere.

    `title` is what to call the transcript if another file of the same name was read before.
    """

    name: str
    data: bytes
    path: Path | None = None
    title: str = ""

    @property
    def stem(self) -> str:
        """What the transcript will be called: the title, or else the name without its suffix."""
        return self.title or PurePath(self.name).stem


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the user knows better than the importer.

    Parameters
    ----------
    speakers : mapping of str to Role
        Roles by label, as in ``{"P": Role.INTERVIEWER}``; case and spacing of the label don't matter. None says that it only looks
        like a label, as in ``{"Catatan": None}``.
    kind : Kind, optional
        What the sources are; otherwise guessed from each header.
    language : str, optional
        Of the transcripts; Indonesian (``id``) where nothing is said.
    encoding : str, optional
        Of text files; otherwise recognised.
    text_column, informant_column : str, optional
        Of tables: the column with the responses, and the one that says who gave them.
    new_guid : callable
        Gives each transcript, revision and informant its guid.
    informants : mapping of str to str
        Ids of informants by label.
    informant : str, optional
        Id of the informant, or of the one who speaks most.
    attributes : mapping of str to AttributeValue
        What else is known of that informant; the source's own header goes before it.
    metadata : mapping of str to str
        What is known of the source, such as ``{"wawancara_ke": "2"}``; its own header goes before it.
    columns : mapping of str to str
        Of tables: which column holds the ``code``, the ``theme`` … where their headings don't tell.
    split : bool, optional
        Whether titles such as *Wawancara 2* divide the file into transcripts; otherwise recognised.
    coder : str
        Id of the coder of codings that a source brings with it.
    """

    speakers: Mapping[str, Role | None] = field(default_factory=lambda: MappingProxyType({}))
    kind: Kind | None = None
    language: str | None = None
    encoding: str | None = None
    text_column: str | None = None
    informant_column: str | None = None
    new_guid: Callable[[], str] = random_guid
    informants: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    informant: str | None = None
    attributes: Mapping[str, AttributeValue] = field(default_factory=lambda: MappingProxyType({}))
    metadata: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    split: bool | None = None
    coder: str = "impor"


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes of a source as they came."""

    filename: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a transcript's text and what it was taken for.

    *header* and *legend* stand above the talk; *heading*, *noise* (page numbers, running heads, line numbers, lone times) and *code*
    (what a coder wrote into the text) stand among it and are nobody's words; a *label* is followed by its *turn*. What is none of
    these is *unassigned*. `rule` names what recognised it; `speaker` and `role` say whose a label and a turn are.
    """

    span: Span
    what: What
    rule: str = ""
    speaker: str = ""
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class CodingSheet:
    """A table whose rows are quotes with their codes, to be matched with transcripts that lie elsewhere.

    `coder` is whose the rows are that name nobody; `title` is the name of the sheet in its workbook, which may name a transcript;
    `columns` is what the user says of columns.
    """

    table: Table
    coder: str
    title: str = ""
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an importer made of one source; `originals` and `parts` have the guid of each transcript as their key.

    The parts of a text stand in order, do not overlap, and leave out nothing but white space. `sheets` are coding sheets, which hold no text
    of their own.
    """

    corpus: Corpus
    findings: tuple[Finding, ...] = ()
    originals: Mapping[str, Original] = field(default_factory=lambda: MappingProxyType({}))
    parts: Mapping[str, tuple[Part, ...]] = field(default_factory=lambda: MappingProxyType({}))
    sheets: tuple[CodingSheet, ...] = ()


@dataclass(frozen=True, slots=True)
class AttributeTable:
    """A table (.csv, .xlsx) of informants' attributes, and how to read it.

    Parameters
    ----------
    path : Path
        Where it lies.
    informant : str, optional
        The column that names the informant; otherwise the one whose cells most informants' ids stand in.
    types : mapping of str to str
        Attribute → integer, number, yes/no, date, range, category or text, where that is not to be guessed.
    missing : tuple of str
        What else stands for a missing value, such as ``99``.
    ignore : tuple of str
        Columns to leave out.
    line : int, optional
        Where hints name it.
    """

    path: Path
    informant: str | None = None
    types: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    missing: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    line: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Batch:
    """What was read of many files: the good ones with their results, and an error for each of the others.

    `findings` holds what concerns the batch rather than what is in one file: files passed over, names given twice, informants in
    several files. Those of each file are in its result. `given` has the options each file was read with: what the user said of it, at
    the command line or in hints; `tables` are the attribute tables that hints name.
    """

    results: tuple[tuple[Path, ImportResult], ...] = ()
    errors: tuple[QualcodeError, ...] = ()
    findings: tuple[Finding, ...] = ()
    given: Mapping[Path, ImportOptions] = field(default_factory=lambda: MappingProxyType({}))
    tables: tuple[AttributeTable, ...] = ()


class Importer(ABC):
    """Reads one file format.

    A subclass is public, alone in its module, and named by that module; its docstring is its documentation.
    """

    extensions: ClassVar[tuple[str, ...]]
    """Suffixes it reads, in lower case and with the point."""

    @abstractmethod
    def read(self, source: Source, options: ImportOptions) -> ImportResult:
        """Return the transcripts in *source*, and what was recognised, doubted or left unassigned.

        Raises
        ------
        InputError
            If the source cannot be read at all, with what to do about it.
        """
