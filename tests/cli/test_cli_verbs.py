"""Every verb explains itself, starts at once, and stands in the reference."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import click
import pytest

from qualcode import cli

HEAVY = {
    "spacy",
    "sklearn",
    "scipy",
    "pandas",
    "numpy",
    "sqlalchemy",
    "alembic",
    "lxml",
    "openpyxl",
    "babel",
    "jinja2",
    "yaml",
    "rich",
}
VERBS = {
    "demo", "new", "import", "codebook", "segment", "code", "uncode", "suggest", "review", "report", "export",
    "log", "undo", "redo", "check", "restore", "formats", "guide", "memo", "quote", "relate", "agree", "read", "search", "rules", "patterns", "explore", "simulate", "evaluate", "round", "consent", "generalise", "erase", "merge", "encrypt", "mask", "privacy",
}  # fmt: skip


def leaves() -> list[tuple[str, click.Command]]:
    found: list[tuple[str, click.Command]] = []
    for name in cli.list_verbs():
        command = cli.get_verb(name)
        assert command is not None
        if isinstance(command, click.Group):
            found += [(f"{name} {key}", sub) for key, sub in command.commands.items()]
        else:
            found.append((name, command))
    return found


def test_verbs_are_those_of_the_design() -> None:
    assert VERBS == set(cli.list_verbs())


@pytest.mark.parametrize(("name", "command"), leaves(), ids=lambda value: value if isinstance(value, str) else "")
def test_verb_has_help_with_an_example(name: str, command: click.Command) -> None:
    assert command.help
    assert f"qualcode {name}" in command.help


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["import", "--help"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys, os\nos.environ['QUALCODE_LANG'] = 'en'\nfrom qualcode.cli import main\n"
        f"assert main({arguments!r}) == 0\n"
        "print('LOADED', *sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    loaded = set(done.stdout.splitlines()[-1].split()[1:])

    assert set() == HEAVY & loaded


def test_importing_the_library_loads_nothing_heavy() -> None:
    code = "import sys, qualcode\nprint(*sorted({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert set() == HEAVY & set(done.stdout.split())


def test_unknown_verb_gets_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--lang", "en", "reprot"]) == 1
    assert "report" in capsys.readouterr().err


def test_reference_is_what_the_code_says(root: Path) -> None:
    specification = importlib.util.spec_from_file_location("reference", root / "docs" / "reference.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)

    assert module.reference() == (root / "docs" / "verbs.md").read_text(encoding="utf-8"), (
        "run python docs/reference.py"
    )
