"""Nothing leaves the machine: no module imports what could, and whatever runs in a test is watched below all libraries."""

from __future__ import annotations

import ast
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import silence

PACKAGE = Path(__file__).parents[1] / "src" / "qualcode"
NETWORK = frozenset(
    {
        *("socket", "ssl", "socketserver", "asyncio", "http", "ftplib", "smtplib", "poplib", "imaplib", "nntplib", "telnetlib"),
        *("xmlrpc", "webbrowser", "wsgiref", "cgi", "urllib.request", "urllib.error", "urllib.robotparser", "selectors"),
        *("requests", "httpx", "aiohttp", "urllib3", "websockets", "pycurl", "httplib2", "paramiko", "grpc", "zmq", "anyio"),
        *("huggingface_hub", "transformers", "sentence_transformers", "openai", "anthropic", "nltk", "stanza", "torch", "boto3"),
        *("sentry_sdk", "posthog", "analytics", "opentelemetry"),
    }
)  # fmt: skip
"""What is made to reach a network, or fetches data and models from one."""
FETCHING = re.compile(
    r"urlopen|urlretrieve|create_connection|from_pretrained|load_dataset|fetch_\w+|hf_hub_download|telemetry"
)
DYNAMIC = frozenset({"import_module", "__import__"})
ADDRESS = re.compile(r"(?:https?|ftp|wss?)://[^\s\"'<>)]+")
NAMES_ALONE = re.compile(
    r"https?://(?:www\.)?(?:w3\.org|json-schema\.org|purl\.oclc\.org|schemas\.openxmlformats\.org|schemas\.microsoft\.com|purl\.org|docs\.oasis-open\.org"
    r"|openoffice\.org|qualcode)[^\s]*"
)
"""Names of XML vocabularies look like addresses; nobody goes there."""


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield the name of every module that is imported, wherever it stands, also by a name in a text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in DYNAMIC and node.args and isinstance(node.args[0], ast.Constant):
                yield str(node.args[0].value)


def reaches(name: str) -> bool:
    parts = name.split(".")
    return any(".".join(parts[:n]) in NETWORK for n in range(1, len(parts) + 1))


def test_the_check_knows_what_it_looks_for() -> None:
    """It finds each way of writing an import, and lets the harmless be."""
    text = "import os, socket\nfrom urllib import request\nfrom urllib.parse import quote\ndef f():\n    import http.client\n    __import__('requests')\n"
    found = {name for name in imported(ast.parse(text)) if reaches(name)}
    assert found == {"socket", "urllib.request", "http.client", "requests"}


def test_no_module_imports_what_reaches_a_network() -> None:
    """At the top, inside a function, or by name; none calls what fetches data or models."""
    found: list[str] = []
    for path in modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        called |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        names = {name for name in imported(tree) if reaches(name)} | {n for n in called if FETCHING.fullmatch(n)}
        found += (f"{path.relative_to(PACKAGE).as_posix()}: {name}" for name in sorted(names))
    assert len(modules()) > 300
    assert found == []


def test_what_is_written_holds_no_address_to_go_to() -> None:
    """Neither the package nor its templates and data name a place on a network."""
    root = PACKAGE.parents[1]
    files = [*modules(), *(root / "templates").rglob("*.*"), *PACKAGE.rglob("*.txt")]
    found = {
        f"{path.relative_to(root).as_posix()}: {address}"
        for path in files
        for address in ADDRESS.findall(path.read_text(encoding="utf-8"))
        if not NAMES_ALONE.fullmatch(address)
    }
    assert sorted(found) == []


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.create_connection(('127.0.0.1', 9))",
        "with socket.socket() as s: s.connect_ex(('127.0.0.1', 9))",
        "socket.getaddrinfo('localhost', 80)",
        "socket.gethostbyname('localhost')",
        "with socket.socket(type=socket.SOCK_DGRAM) as s: s.sendto(b'x', ('127.0.0.1', 9))",
        "with socket.socket() as s: s.bind(('', 0))",
        "__import__('urllib.request').request.urlopen('http://127.0.0.1:9')",
    ],
)
@pytest.mark.parametrize("where", ["here", "in a program of its own"])
def test_every_attempt_is_refused_and_written_down(attempt: str, where: str) -> None:
    """Also one that is caught and kept quiet about, and one by a program that the test starts."""
    code = f"import contextlib, socket\nwith contextlib.suppress(Exception):\n    {attempt}\n"
    if where == "here":
        exec(code, {})
    else:
        subprocess.run([sys.executable, "-c", code], check=True)
    assert silence.attempts()
    silence.forget()


def test_sockets_within_the_machine_are_let_be() -> None:
    """Programs that share work talk through pipes and pairs."""
    if hasattr(socket, "AF_UNIX"):
        one, two = socket.socketpair()
        with one, two:
            one.sendall(b"x")
            assert two.recv(1) == b"x"
    assert silence.attempts() == []


def test_the_reader_of_pdfs_is_silent_too(root: Path) -> None:
    """It runs as a program shut off from the environment, and so from the watch of the others: here it is watched."""
    program = PACKAGE / "files" / "_pdfium.py"
    code = f"import silence, runpy, sys\nassert 'silence' in sys.modules\nrunpy.run_path({str(program)!r}, run_name='__main__')"
    data = (root / "transcripts" / "contoh" / "informan-06.pdf").read_bytes()
    done = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, check=False)
    assert done.returncode == 0
    assert len(done.stdout) > 1000
    assert silence.attempts() == []


def test_a_whole_study_is_made_reported_and_exported_in_silence(tmp_path: Path) -> None:
    """By the command line, in programs of their own, with proxies and tokens in sight that a library might take up."""
    environment = {**os.environ, "QUALCODE_CODER": "rani", "HTTP_PROXY": "http://127.0.0.1:9", "HF_TOKEN": "x"}
    for arguments in (
        ["demo", "--folder", "contoh"],
        ["suggest", "contoh/contoh.qualcode", "-n", "3"],
        ["report", "contoh/contoh.qualcode", "-o", "laporan"],
        ["export", "contoh/contoh.qualcode", "-o", "kode.xlsx"],
        ["check", "contoh/contoh.qualcode"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "qualcode", *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    assert (tmp_path / "laporan" / "index.html").exists()
    assert silence.attempts() == []
