"""Files to corpora: one module a format, named by it; `turns` finds speakers and roles for all of them."""

from __future__ import annotations

from qualcode.importers._base import (
    AttributeTable,
    Batch,
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
from qualcode.importers._privacy import is_private, is_private_key

__all__ = [
    "MAX_BYTES",
    "AttributeTable",
    "Batch",
    "ImportOptions",
    "ImportResult",
    "Importer",
    "Original",
    "Part",
    "Source",
    "extensions",
    "importer_for",
    "is_private",
    "is_private_key",
    "random_guid",
    "read_batch",
    "read_file",
    "read_transcripts",
    "registry",
]
