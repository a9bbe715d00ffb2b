"""Regional words, negations, false friends and money words as rules see them."""

from __future__ import annotations

import pytest

from qualcode.model import Code, Codebook
from qualcode.nlp import money
from qualcode.nlp._dictionary import is_known
from qualcode.nlp.languages import FALSE_FRIENDS, NEGATIONS
from qualcode.rules import Tagger
from qualcode.rules.regional import REGIONAL, indonesian


def found(rule: str, text: str) -> list[str]:
    """Return the words that a rule matched."""
    hits = Tagger(Codebook("uji", (Code("a", keywords=(rule,)),))).hits(text)
    return [item.text for hit in hits for item in hit.evidence]


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        ("yang beli", "Ora ono sing tuku", ["sing tuku"]),
        ("yang beli", "Teu aya nu meser, nu meuli oge teu aya", ["nu meser", "nu meuli"]),
        ("yang beli", "Kagak ade nyang beli", ["nyang beli"]),
        (
            "kalau sakit",
            "Nek lara, yen lara, mun gering, upami udur",
            ["Nek lara", "yen lara", "mun gering", "upami udur"],
        ),
        ("NEG ada", "Ora ono, teu aya, mboten wonten", ["Ora ono", "teu aya"]),
        ("sekarang", "saiki, ayeuna", ["saiki", "ayeuna"]),
        ("(dapet | dapat)", "Dapetnye kagak seberapa", ["Dapetnye"]),
        ("upah", "Upahe cilik, opahe sithik", ["Upahe", "opahe"]),
        ("hasil", "Hasilna saeutik", ["Hasilna"]),
        ("gaji", "Gajihna alit", ["Gajihna"]),
    ],
)
def test_a_rule_finds_regional_words_by_their_indonesian_ones(rule: str, text: str, words: list[str]) -> None:
    """Also with the definite endings -nye, -e and -na."""
    assert found(rule, text) == words


@pytest.mark.parametrize("word", ["sore", "tempe", "kue", "mana", "sekolahe", "bule", "warna", "sate"])
def test_an_ending_is_taken_off_only_where_a_rule_asks_for_the_rest(word: str) -> None:
    assert list(indonesian(word, {"sor", "temp", "warna", "sate"})) in ([], ["temp"])


@pytest.mark.parametrize(
    "word", sorted({"lembur", "larang", "atos", "teh", "lain", "urang", "cokot", "uwa", "wa", "mah", "awan", "tuang"})
)
def test_a_false_friend_stands_for_nothing_else(word: str) -> None:
    """*Larang* may be dear or forbid: no rule finds it by either."""
    assert word not in REGIONAL
    assert word in FALSE_FRIENDS


def test_no_regional_word_is_an_indonesian_one() -> None:
    """Else a rule would find, by *punya*, what says something else (*gaduh*: noisy). Yen is also the currency, which nobody here is paid in."""
    assert [word for word in REGIONAL if is_known(word)] == ["yen"]


@pytest.mark.parametrize("word", [w for name in ("id", "jv", "su", "bew") for w in NEGATIONS[name]])
def test_regional_negations_deny(word: str) -> None:
    """Those that forbid (*ojo, ulah*) or deny a noun (*bukan, dudu*) or mean something else elsewhere are not NEG."""
    other = {"bukan", "jangan", "dudu", "ojo", "aja", "lain", "sanes", "can", "ulah", "ogah", "embung"}

    assert bool(found("NEG", f"{word} laku")) == (word not in other)


@pytest.mark.parametrize(
    "said",
    ["gopek", "seceng", "cenggo", "noceng", "goceng", "ceban", "noban", "goban", "jigo", "gocap", "cepek", "pekgo", "nopek", "cetiau", "jeti",
     "tiga setengah", "dua lima", "lima rebu", "dua ratus perak", "setengah juta", "sejuta setengah", "700rb", "Rp3.000–4.000", "20 ribuan"],
)  # fmt: skip
def test_money_words_are_amounts_to_a_rule_and_to_who_counts(said: str) -> None:
    """What UANG finds is what `money` values, from the same words."""
    text = f"Kemarin dapet {said} doang."
    (sum_,) = money(text)

    (words,) = found("UANG", text)
    assert text[sum_.start : sum_.end] == words or text[sum_.start : sum_.end].startswith(words)


@pytest.mark.parametrize("said", ["tiga setengah", "dua lima", "gocap", "gopek", "lima puluh", "puluhan ribu"])
def test_an_ambiguous_amount_stays_a_range(said: str) -> None:
    (sum_,) = money(f"Dapetnya {said} sehari.")

    assert sum_.low < sum_.high
    assert sum_.reason


@pytest.mark.parametrize(
    "text", ["tiga setengah tahun", "jam dua lima", "umur dua puluh lima", "dua ratus porsi", "kelas tiga"]
)
def test_what_counts_something_else_is_no_amount(text: str) -> None:
    assert found("UANG", text) == []
