"""Lemmas and stems."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.nlp import lemma, stem


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("pertanyaan", "tanya"),
        ("bertanya", "tanya"),
        ("nanya", "tanya"),
        ("ditanyain", "tanya"),
        ("menulis", "tulis"),
        ("memilih", "pilih"),
        ("memasak", "masak"),
        ("masakan", "masak"),
        ("mencari", "cari"),
        ("nyari", "cari"),
        ("nyapu", "sapu"),
        ("menyapu", "sapu"),
        ("mengambil", "ambil"),
        ("mengirim", "kirim"),
        ("pembeli", "beli"),
        ("dibeliin", "beli"),
        ("ngumpulin", "kumpul"),
        ("perkumpulan", "kumpul"),
        ("mempekerjakan", "kerja"),
        ("kepotong", "potong"),
        ("kesejahteraan", "sejahtera"),
        ("jalanan", "jalan"),
        ("berjalan", "jalan"),
        ("ngojek", "ojek"),
        ("dagangannya", "dagang"),
        ("anak-anaknya", "anak"),
        ("anak2nya", "anak"),
        ("bermain-main", "main"),
        ("cukup-cukupin", "cukup"),
        ("di-PHK", "phk"),
        ("BPJS-nya", "bpjs"),
        ("nggak", "tidak"),
        ("udah", "sudah"),
        ("dimana", "mana"),
    ],
)
def test_lemma_is_the_word_that_a_word_is_made_from(word: str, root: str) -> None:
    """Written and spoken affixes, clitics and reduplication are taken off."""
    assert lemma(word) == root


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("dapat", "dapat"),
        ("pendapat", "pendapat"),
        ("pendapatan", "pendapatan"),
        ("pendapatannya", "pendapatan"),
        ("kontrak", "kontrak"),
        ("kontrakan", "kontrakan"),
        ("kontrakannya", "kontrakan"),
        ("ngontrak", "kontrak"),
        ("pengajian", "kaji"),
        ("tarikan", "tarik"),
        ("narik", "tarik"),
        ("pesenan", "pesan"),
        ("nabung", "tabung"),
        ("ngatur", "atur"),
        ("perempuan", "perempuan"),
        ("mereka", "mereka"),
        ("teriakan", "teriak"),
        ("Belanda", "belanda"),
        ("kutai", "kutai"),
        ("kenyang", "kenyang"),
        ("maling", "maling"),
        ("alhamdulillah", "alhamdulillah"),
        ("akademisi", "akademisi"),
        ("mboten", "mboten"),
        ("payment", "payment"),
    ],
)
def test_lemma_does_not_fall_into_the_traps(word: str, root: str) -> None:
    """Words whose root means something else keep it, and words that only look derived, or are of another language, stay."""
    assert lemma(word) == root


def test_stems_join_what_is_made_from_one_word_whatever_its_capitals() -> None:
    """One stem for all forms; none holds white space."""
    assert {stem(word) for word in ("pertanyaan", "bertanya", "NANYA", "Ditanyain", "tanya-tanya", "menanyakan")} == {
        "tanya"
    }
    assert {stem(word) for word in ("jalan", "jalanan", "berjalan", "jalan-jalan")} == {"jalan"}
    assert stem("pendapatan") != stem("dapat")
    assert {stem(word) for word in ("makasih", "terimakasih")} == {"terima-kasih"}


@given(st.text(max_size=50))
def test_any_string_has_a_lemma_and_a_stem(word: str) -> None:
    """No string breaks them, nothing but an empty one has an empty lemma, and a stem holds no white space that was not there."""
    assert bool(lemma(word)) == bool(word)
    assert " " in word or " " not in stem(word)


@given(
    st.sampled_from(["ber", "di", "me", "nge", "ke", ""]),
    st.text("abdegiknrsty", min_size=1, max_size=8),
    st.sampled_from(["an", "in", "kan", "nya", ""]),
)
def test_stem_of_a_lemma_is_no_longer(before: str, middle: str, after: str) -> None:
    """Made-up words too: taking affixes off never makes a single letter out of a word."""
    word = before + middle + after

    assert len(lemma(word)) >= min(len(word), 2)
