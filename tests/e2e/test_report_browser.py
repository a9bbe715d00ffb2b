"""The report in a real browser: it looks as meant, on screen and on paper, and nothing in it acts.

Skipped where no Chromium is installed.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from corpora import coding, corpus, transcript

from qualcode.reports import build

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed"), pytest.mark.slow]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a report whose text tries to run a script."""
    attack = "<img src=x onerror=document.title='ran'><script>document.title='ran'</script>"
    talk = transcript("sari", f"P: Gimana, Bu?\nN: Nggak tentu {attack} kadang rame kadang sepi.\n")
    for path, data in build(corpus([talk], [coding(talk, 2, "tak-pasti")]), version="1").items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return tmp_path


def chromium(folder: Path, page: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Return what a headless browser says of a page."""
    assert BROWSER is not None
    return subprocess.run(
        [
            BROWSER,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--enable-logging=stderr",
            f"--user-data-dir={folder / 'profile'}",
            *options,
            (folder / page).as_uri(),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )


@pytest.mark.parametrize("page", ["index.html", "informan/sari.html", "kode/tak-pasti.html"])
def test_page_runs_nothing_and_keeps_its_style(folder: Path, page: str) -> None:
    """The policy refuses nothing of the page's own, and no word of the interview becomes an element."""
    done = chromium(folder, page, "--dump-dom")

    assert "Content Security Policy" not in done.stderr
    assert "<title>ran</title>" not in done.stdout
    assert not re.search(r"<img|<script", done.stdout)


def test_page_prints_on_a4(folder: Path) -> None:
    """The print style sheet decides the size of the paper."""
    paper = folder / "page.pdf"
    chromium(folder, "informan/sari.html", "--no-pdf-header-footer", f"--print-to-pdf={paper}")

    boxes = {
        tuple(map(float, b.split()))
        for b in re.findall(r"/MediaBox \[([\d. ]+)\]", paper.read_bytes().decode("latin-1"))
    }
    assert {(round(w), round(h)) for _, _, w, h in boxes} <= {(595, 842), (842, 595), (596, 842), (842, 596)}
    assert boxes
