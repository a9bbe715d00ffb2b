"""Files to corpora: one module a format, named by it; `turns` finds speakers and roles for all of them."""

from __future__ import annotations

from qualcode.importers._base import Batch, Importer, ImportOptions, ImportResult, Original, Source, random_guid
from qualcode.importers._batch import (
    MAX_BYTES,
    extensions,
    importer_for,
    read_batch,
    read_file,
    read_transcripts,
    registry,
)

__all__ = [
    "MAX_BYTES",
    "Batch",
    "ImportOptions",
    "ImportResult",
    "Importer",
    "Original",
    "Source",
    "extensions",
    "importer_for",
    "random_guid",
    "read_batch",
    "read_file",
    "read_transcripts",
    "registry",
]
