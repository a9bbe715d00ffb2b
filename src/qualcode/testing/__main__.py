"""``python -m qualcode.testing importer NAME [--generate] [--data FOLDER]``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from qualcode.errors import QualcodeError
from qualcode.testing.importers import describe, generate, read_sample, samples


def main(arguments: Sequence[str] | None = None) -> int:
    """Check an importer's samples, or write what is expected of them; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m qualcode.testing", description="Check plug-ins against their samples."
    )
    kinds = parser.add_subparsers(dest="kind", required=True)
    importer = kinds.add_parser("importer", help="an importer")
    importer.add_argument("name")
    importer.add_argument("--generate", action="store_true", help="write what is expected; read it before you keep it")
    importer.add_argument("--data", type=Path, default=Path("tests/data/importers"), metavar="FOLDER")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.generate:
            for path in generate(chosen.name, chosen.data):
                sys.stdout.write(f"{path.as_posix()}\n")
            return 0
        return _check(chosen.name, chosen.data)
    except QualcodeError as error:
        sys.stderr.write(f"Error: {error}\n")
        return 1


def _check(name: str, folder: Path) -> int:
    failed = 0
    for sample in samples(name, folder):
        same = sample.expected.exists() and json.loads(sample.expected.read_text(encoding="utf-8")) == describe(
            read_sample(sample)
        )
        failed += not same
        sys.stdout.write(f"{'ok  ' if same else 'FAIL'} {sample.path.name}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
