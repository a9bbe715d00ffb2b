"""What rules need to be loaded."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import sys
import qualcode as qc
from qualcode.rules import Tagger
assert Tagger(qc.load_codebook("prekariat")).hits("Kalo ujan ya sepi, nggak dapet apa-apa.")
print("spacy" in sys.modules)
"""


def test_rules_are_matched_without_loading_spacy() -> None:
    """It takes longer to load than a study takes to read; its tokens are ours in any case."""
    found = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "False"
