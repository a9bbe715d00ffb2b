"""Files to corpora: one module a format, named by it; `turns` finds speakers and roles for all of them."""

from __future__ import annotations

from qualcode.importers._base import (
    AttributeTable,
    Batch,
    CodingSheet,
    Importer,
    ImportOptions,
    ImportResult,
    Original,
    Part,
    Source,
    random_guid,
)
from qualcode.importers._batch import (
    MAX_BYTES,
    extensions,
    importer_for,
    read_batch,
    read_file,
    read_transcripts,
    registry,
)
from qualcode.importers._explain import Line, explain
from qualcode.importers._files import read_bytes
from qualcode.importers._names import alike
from qualcode.importers._words import slug
from qualcode.importers.assembly.assemble import assemble
from qualcode.importers.coded.codes import labels_in, path_of, read_remark, same, says_code
from qualcode.importers.coded.columns import CODED, LEVELS, columns_of
from qualcode.importers.coded.passages import UNDATED, Book, on_speech
from qualcode.importers.coded.sheets import with_codes
from qualcode.importers.header.missing import is_missing, plain_cell
from qualcode.importers.header.privacy import holds_name, is_private, is_private_key, names_under
from qualcode.importers.hints.hints import KIND_WORDS, ROLE_WORDS
from qualcode.importers.hints.writing import draft_hints
from qualcode.importers.turns import find_turns

__all__ = [
    "CODED",
    "KIND_WORDS",
    "LEVELS",
    "MAX_BYTES",
    "ROLE_WORDS",
    "UNDATED",
    "AttributeTable",
    "Batch",
    "Book",
    "CodingSheet",
    "ImportOptions",
    "ImportResult",
    "Importer",
    "Line",
    "Original",
    "Part",
    "Source",
    "alike",
    "assemble",
    "columns_of",
    "draft_hints",
    "explain",
    "extensions",
    "find_turns",
    "holds_name",
    "importer_for",
    "is_missing",
    "is_private",
    "is_private_key",
    "labels_in",
    "names_under",
    "on_speech",
    "path_of",
    "plain_cell",
    "random_guid",
    "read_batch",
    "read_bytes",
    "read_file",
    "read_remark",
    "read_transcripts",
    "registry",
    "same",
    "says_code",
    "slug",
    "with_codes",
]
