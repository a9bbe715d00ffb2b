"""Write docs/verbs.md from the command line itself: ``python docs/reference.py``."""

from __future__ import annotations

import os
from pathlib import Path

import click

TARGET = Path(__file__).parent / "verbs.md"


def reference() -> str:
    """Return the reference of all verbs, as Markdown."""
    os.environ["QUALCODE_LANG"] = "en"
    from qualcode import cli

    parts = ["# Verbs\n\nMade from the code by `python docs/reference.py`; a test fails when it is stale.\n"]
    for name in cli.list_verbs():
        command = cli.get_verb(name)
        if command is None:
            continue
        parts.append(_section(command, f"qualcode {name}"))
        if isinstance(command, click.Group):
            parts += [_section(sub, f"qualcode {name} {key}") for key, sub in sorted(command.commands.items())]
    return "\n".join(parts)


def _section(command: click.Command, path: str) -> str:
    with click.Context(
        command, info_name=path, max_content_width=100, terminal_width=100, help_option_names=["-h", "--help"]
    ) as context:
        return f"## {path}\n\n```text\n{command.get_help(context)}\n```\n"


if __name__ == "__main__":
    TARGET.write_text(reference(), encoding="utf-8", newline="\n")
