"""JSON Lines: a coding a line, for programs."""

from __future__ import annotations

import json
from typing import BinaryIO, ClassVar

from qualcode.exporters._base import Exporter
from qualcode.exporters._rows import coding_rows
from qualcode.model import Corpus

__all__ = ["JsonlExporter"]


class JsonlExporter(Exporter):
    r"""One JSON object a coding, in UTF-8, Indonesian text as it is, lines ending in ``\n``.

    Keys stand in the order of the CSV columns; `turns` and `informants` are lists, what is unknown is null.
    """

    suffix: ClassVar[str] = ".jsonl"

    def dump(self, corpus: Corpus, stream: BinaryIO) -> None:
        """Write one line a coding; nothing for a corpus without codings."""
        for row in coding_rows(corpus, self.language):
            line = json.dumps(row, ensure_ascii=False)
            try:
                data = line.encode("utf-8")
            except UnicodeEncodeError:  # half of a surrogate pair, which UTF-8 cannot hold and a JSON escape can
                data = json.dumps(row).encode("ascii")
            stream.write(data + b"\n")
