"""Words before colons in manuals, forms and price lists are no speakers; people who ask nothing may still be."""

from __future__ import annotations

import pytest

from qualcode.importers import ImportOptions, ImportResult, Source, registry
from qualcode.model import Kind, Role


def read(text: str, **options: object) -> ImportResult:
    return registry.get("txt")().read(Source("contoh.txt", text.encode()), ImportOptions(**options))  # type: ignore[arg-type]


PRICES = "".join(
    f"Warung {n}\n\nMenu: nasi dan lauk nomor {n}\nHarga: {n} ribu rupiah sebungkus\nStok: tinggal {n} bungkus saja\n"
    f"Asal: dapur di ujung gang nomor {n}\nCadangan: tidak ada lagi di gudang\n\n"
    for n in range(3, 9)
)
MANUAL = "Panduan alat\n\n" + "".join(
    f"Keluaran: berkas nomor {n} yang baru.\n\nKeluaran: salah satu dari dua angka, lihat bagian {n}.\n\nTerbitan: nomor {n}.\n\n"
    for n in range(2, 8)
)


@pytest.mark.parametrize("text", [PRICES, MANUAL])
def test_things_are_no_speakers(text: str) -> None:
    result = read(text)
    (transcript,) = result.corpus.transcripts
    assert not transcript.turns
    assert transcript.kind is Kind.DOCUMENT
    assert any(f.level == "doubtful" and "taken for things" in str(f) for f in result.findings)


def test_what_the_user_says_decides() -> None:
    (transcript,) = read(MANUAL, speakers={"Keluaran": Role.INFORMANT, "Terbitan": Role.INTERVIEWER}).corpus.transcripts
    assert {turn.speaker for turn in transcript.turns} == {"Keluaran", "Terbitan"}


@pytest.mark.parametrize(
    "labels",
    [
        ("Rina", "Darmi"),
        ("P", "N"),
        ("Pewawancara", "Informan"),
        ("Bu Darmi", "Pak Karno"),
        ("Mod", "Yem", "Karno", "Agus", "Sri", "Tum"),
    ],
)
def test_people_who_ask_nothing_still_talk(labels: tuple[str, ...]) -> None:
    said = [
        "ceritakan tentang kerja di pasar",
        "saya jualan sayur dari subuh",
        "lalu modalnya",
        "modal sendiri saja",
    ] * 3
    text = "".join(f"{labels[n % len(labels)]}: {words}\n" for n, words in enumerate(said))
    (transcript,) = read(text).corpus.transcripts
    assert len(transcript.turns) == len(said)
