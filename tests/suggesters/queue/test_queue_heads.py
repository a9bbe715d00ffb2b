"""What stands above notes and documents is no passage to learn from."""

from __future__ import annotations

import pytest

from qualcode.model import Kind, Role, Span, Transcript, Turn
from qualcode.suggesters.queue.heads import head_end

PROSE = (
    "Pukul setengah enam baru ada tiga gerobak di trotoar itu, dan penjualnya duduk menunggu. "
    "Selepas magrib jumlahnya menjadi sebelas, lalu turun hujan dan semua orang pulang."
)
FIELDS = "Hari/tanggal: Jumat, 20 Juni\nWaktu: 17.30 – 21.45\nTempat: pertigaan\nPengamat : (tidak disebut)"


def below(text: str) -> str:
    note = Transcript("a" * 32, "b" * 32, "observasi-01", text, kind=Kind.OBSERVATION)
    return text[head_end(note) :].strip()


@pytest.mark.parametrize(
    "head",
    [
        "# Catatan lapangan 1",
        "Catatan lapangan 1",
        FIELDS,
        f"# Catatan lapangan 1\n\n{FIELDS}",
        f"SIMULASI. Catatan rekaan.\n\n# Catatan lapangan 1\n\n{FIELDS}",
    ],
)
def test_title_and_fields_are_head(head: str) -> None:
    assert below(f"{head}\n\n{PROSE}\n") == PROSE


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        f"Hari ini hujan. Jalanan sepi.\n\n{PROSE}",
        f"{PROSE}\n\n# Malamnya\n\n{PROSE}",
        f"{PROSE}\n\n{FIELDS}",
        "Ia berkata: sepi sekali hari ini.\n\nLalu pulang.",
    ],
)
def test_text_is_no_head(text: str) -> None:
    assert below(text) == text


def test_where_people_speak_nothing_is_head() -> None:
    text = "# Judul\n\nN: Hujan."
    assert head_end(Transcript("a" * 32, "b" * 32, "x", text, turns=(Turn(Span(12, 18), "N", Role.INFORMANT),))) == 0
