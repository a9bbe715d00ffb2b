"""``python -m qualcode`` and the `qualcode` program."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit status."""
    from qualcode.cli import main as run

    sys.exit(run())


if __name__ == "__main__":
    main()
