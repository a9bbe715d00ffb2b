"""No verb speaks English to whoever asked for Indonesian: click's own words are ours to translate."""

from __future__ import annotations

import re
from collections.abc import Callable

import click
import pytest

from qualcode import cli

Run = Callable[..., tuple[int, str, str]]
CLICKS_WORDS = re.compile(
    r"Usage|OPTIONS|ARGS|COMMAND|\bOptions\b|Commands|Positional|required|default:|env var|Show this|and exit|Aborted|Error|"
    r"No such|Missing|Invalid|unexpected|requires an|does not take|Did you mean|Possible options|Choose from|Try '|not a valid|not in the range|"
    r"not one of|\b(?:INTEGER|TEXT|PATH|FILE|NAME|KEY|CODE|FIELD|HEADING|STUDY|TRANSCRIPT|FLOAT|BOOLEAN|KIND|STANCE|ROLE|CONDITION)\b"
)


def commands() -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [()]
    for name in cli.list_verbs():
        command = cli.get_verb(name)
        found.append((name,))
        if isinstance(command, click.Group):
            found += [(name, key) for key in command.commands]
    return found


def leaves() -> list[tuple[str, ...]]:
    return [path for path in commands() if path and path not in {other[:-1] for other in commands()}]


@pytest.fixture
def id_run(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return `run` in Indonesian."""
    monkeypatch.setenv("QUALCODE_LANG", "id")
    return run


def assert_indonesian(text: str) -> None:
    assert not CLICKS_WORDS.findall(text), text


@pytest.mark.parametrize("path", commands(), ids=" ".join)
def test_help_is_indonesian(id_run: Run, path: tuple[str, ...]) -> None:
    status, out, _ = id_run(*path, "--help")
    assert status == 0
    assert "Cara pakai: qualcode" in out
    # Examples are lines of the help that begin with the program: they name files and keys of the user's.
    assert_indonesian("\n".join(line for line in out.splitlines() if not re.match(r" +qualcode ", line)))


@pytest.mark.parametrize("path", leaves(), ids=" ".join)
def test_wrong_usage_is_answered_in_indonesian(id_run: Run, path: tuple[str, ...]) -> None:
    status, _, err = id_run(*path, "--tidak-ada")
    assert status == 2
    assert "tidak ada pilihan --tidak-ada" in err
    assert_indonesian(err)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("log", "satu", "dua"), "tidak dikenal di sini: satu dua"),
        (("log", "-n"), "-n memerlukan nilai"),
        (("log", "-n", "tiga"), "bilangan bulat"),
        (("log", "--json=ya"), "--json tidak memakai nilai"),
        (("log", "--jsn"), "--json"),
        (("codebook", "merge", "a"), "--into belum disebut"),
        (("codebook", "merge"), "KODE belum disebut"),
        (("codebook", "chek"), "tidak ada perintah"),
        (("search",), "belum disebut"),
        (("search", "sepi", "-n", "0"), "1 atau lebih"),
        (("--lang", "de"), "id, en"),
        (("codebook",), "Cara pakai"),
        ((), "Cara pakai"),
    ],
)
def test_what_is_wrong_with_arguments_is_said_in_indonesian(id_run: Run, arguments: tuple[str, ...], said: str) -> None:
    _, out, err = id_run(*arguments)
    assert said in out + err
    assert_indonesian(out + err)


def test_version_is_indonesian_too(id_run: Run) -> None:
    assert re.fullmatch(r"qualcode, versi \S+\n", id_run("--version")[1])


def test_english_stays_as_click_writes_it(run: Run) -> None:
    _, out, _ = run("demo", "--help")
    assert "Usage: qualcode demo [OPTIONS]" in out
    assert "[default: contoh-qualcode]" in re.sub(r"\s+", " ", out).replace("contoh- qualcode", "contoh-qualcode")
    assert "Error: Missing option '--into'." in run("codebook", "merge", "a")[2]
    assert "Error: Missing argument 'CODE'." in run("codebook", "merge")[2]
    assert "Error: Got unexpected extra arguments (satu dua)" in run("log", "satu", "dua")[2]
    assert run("--version")[1].startswith("qualcode, version ")


@pytest.mark.parametrize(
    ("typed", "agreed"), [("y", True), ("ya", True), ("Ya", True), ("t", False), ("tidak", False), ("", False)]
)
def test_a_question_takes_ya_and_tidak(monkeypatch: pytest.MonkeyPatch, typed: str, agreed: bool) -> None:
    from qualcode.cli._options import confirm

    monkeypatch.setenv("QUALCODE_LANG", "id")
    asked: list[str] = []

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return typed if len(asked) > 1 else "entah"

    monkeypatch.setattr("click.termui.visible_prompt_func", answer)
    assert confirm("Lanjut?") is agreed
    assert "[y/T]" in asked[0]
    assert len(asked) == 2, "what is neither yes nor no is asked again"
