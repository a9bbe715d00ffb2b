"""What looks for words with which people ask takes a short way: it must find what the long one finds."""

from __future__ import annotations

import pytest

from qualcode.importers.speakers.questions import has_question_word, requests


@pytest.mark.parametrize(
    "speech",
    [
        "Berapa sehari",
        "pripun, Bu",
        "Jualannya di manakah",
        "Dimanakah rumahnya",
        "Asalnya dari mana",
        "Apa-apa saja yang dijual",
        "SIAPAKAH yang bantu",
        "How long already",
        "Did you rent it",
        "Is there any help",
    ],
)
def test_question_word_is_seen_wherever_it_stands(speech: str) -> None:
    assert has_question_word(speech)
    assert has_question_word(f"Oh begitu. {speech}, Bu.")


@pytest.mark.parametrize(
    "speech", ["Apalagi musim barat.", "Manado jauh.", "There was none, thank you.", "Kapanpun bisa."]
)
def test_words_that_only_hold_one_do_not_ask(speech: str) -> None:
    assert not has_question_word(speech)


@pytest.mark.parametrize(
    "speech",
    [
        "Ceritakan dong, Bu.",
        "Boleh tahu umurnya.",
        "Saya mau bertanya.",
        "Menurut Ibu begitu.",
        "Tell me about it.",
        "DIJELASKAN ya.",
    ],
)
def test_request_is_seen(speech: str) -> None:
    assert requests(speech)


@pytest.mark.parametrize("speech", ["Setahu saya begitu.", "Menurut berita, hujan.", "Taunya sudah tutup."])
def test_words_near_a_request_are_none(speech: str) -> None:
    assert not requests(speech)
