"""Sentences, transcription marks and amounts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.nlp import marks, parts, sentences, tokenize
from qualcode.nlp.amounts import amounts, kind


@given(
    st.text(st.one_of(st.sampled_from(list('.?!…"”) \nAa😀')), st.characters(exclude_categories=("Cs",))), max_size=80)
)
def test_sentences_are_ordered_disjoint_and_lose_nothing(text: str) -> None:
    """Only white space is between sentences, and they begin and end with something else."""
    position = 0
    for start, end in sentences(text):
        assert position <= start < end
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip()
        position = end

    assert not text[position:].strip()


@pytest.mark.parametrize(
    "expected",
    [
        ["Sehari Rp3.000 doang.", "Ya gitu."],
        ["Kata dr. Ani, S.H. dan pkl. 5 sore.", "Udah."],
        [
            "nggak ada",
        ],
        ["sepi mbak.", "ya gimana lagi?", "dijalanin aja!"],
        ['"Kok sepi?" kata Ibu.', '"Iya," kata saya.', '"Hujan."'],
        ["Rumah yang ke... kelima.", "Eh, keenam ding."],
        ["Masuk… ya dimasuk-masukin.", "Gitu."],
        ["Dapet berapa?!", "Gocap."],
        ["(tertawa) Ya enggak.", "[tidak jelas] Gitu."],
        ["umur saya 38.", "terus ya gitu."],
        ["ada tiga: 1. modal, 2. tempat, 3. orang.", "itu aja."],
        ["1. Sejak kapan jualan?", "Dari 2010."],
        ["a. gaji b. upah"],
        ["mantap! 😀😀", "terus gimana?", "laku 👩‍🌾🌾 banget kok"],
        ["dibawa ke RS.", "nggak punya HP.", "cuma tamat SD.", "ketua RT. 05 itu.", "ya banyak hal."],
        ["kata Ibu S. itu mahal.", "kata ibu s. itu mahal.", "anaknya kelas B.", "vitamin c.", "udah."],
        ["lihat www.contoh.id.", "atau https://contoh.id/a?b=1!", "ya kan."],
        ["Pak Budi, S.H. M.Hum. itu.", "lulusan S.Pd. juga."],
        ["apa... eh bukan.", "hmm…ya…", "Terus gitu..."],
        ["tgl. 5 jan. 2020 mulai.", "Rp. 3.000 doang."],
        ["‘ya udah.’", "“nggak usah.”", "gitu katanya."],
        ["kerja di PT. Maju Tbk. dulu.", "terus di Encore Pte. Ltd. dari 2010."],
    ],
)
def test_sentences_split_speech(expected: list[str]) -> None:
    """Abbreviations, amounts, hesitation and quotes are kept whole; capitals are not needed."""
    text = " ".join(expected)

    assert expected == [text[start:end] for start, end in sentences(text)]


def test_sentences_end_at_an_empty_line_only() -> None:
    """A single line end is a wrapped line."""
    text = "satu baris\nyang terlipat\n\nalinea baru"

    assert [text[i:j] for i, j in sentences(text)] == ["satu baris\nyang terlipat", "alinea baru"]


@pytest.mark.parametrize(
    "expected",
    [
        ["Syaratnya:", "1. KTP", "2. KK", "3. foto"],
        ["ada", "- modal", "- tempat\nyang jauh", "• orang"],
        ["a) gaji", "b) upah"],
        ["dulu dagangannya\n50 ribu", "- terus naik"],
    ],
)
def test_items_of_a_list_are_sentences(expected: list[str]) -> None:
    """A bullet or the next number at the start of a line begins one, a number in a wrapped line does not."""
    text = "\n".join(expected)

    assert expected == [text[i:j] for i, j in sentences(text)]


def test_sentences_without_a_space_between_them() -> None:
    """A mark between a small and a capital letter ends a sentence; in a name, a domain or a degree it does not."""
    text = "sepi.Terus gimana?Iya. a.n.Budi contoh.id S.Pd. drs.Budi"

    assert [text[i:j] for i, j in sentences(text)] == [
        "sepi.",
        "Terus gimana?",
        "Iya.",
        "a.n.Budi contoh.id S.Pd. drs.Budi",
    ]


@pytest.mark.parametrize("piece", ["a. ", "yg ", "ya... ", "\n1 ", "(", "drs. ", "😀 "])
def test_a_long_paragraph_is_read_once(piece: str) -> None:
    """Half a million characters without an end take a moment, not minutes; nothing is lost."""
    text = piece * (500_000 // len(piece))

    assert sentences(text)[-1][1] == len(text.rstrip())


@pytest.mark.parametrize(
    ("text", "spoken", "found"),
    [
        ("Iya (tertawa) deh", False, ["(tertawa)"]),
        ("Iya (tertawa) deh", True, ["(tertawa)"]),
        ("mahal (terlalu mahal)", False, []),
        ("mahal (pembeli datang)", True, ["(pembeli datang)"]),
        (
            "[tidak jelas] ((suara motor)) (3 dtk) (?) (1a) (…)",
            False,
            ["[tidak jelas]", "((suara motor))", "(3 dtk)", "(?)", "(1a)", "(…)"],
        ),
        ("(jeda", True, []),
        ("(satu\ndua)", True, []),
    ],
)
def test_marks_are_what_nobody_said(text: str, spoken: bool, found: list[str]) -> None:
    """Brackets are marks; a parenthesis in writing is one only when it describes."""
    assert found == [text[start:end] for start, end, _ in marks(text, spoken=spoken)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("dapet 12 ribu", ["12 ribu"]),
        ("paling 700rb sebulan", ["700 rb"]),
        ("Rp3.000–4.000 sebungkus", ["Rp 3.000 4.000"]),
        ("Rp. 50.000,", ["Rp 50.000"]),
        ("ya sejuta setengah", ["sejuta setengah"]),
        ("cuma gocap, kadang goceng", ["gocap", "goceng"]),
        ("dua juta tiga ratus", ["dua juta tiga ratus"]),
        ("tiga puluh sampe lima puluh ribu", ["tiga puluh sampe lima puluh ribu"]),
        ("setengah juta", ["setengah juta"]),
        ("delapan puluhan lah", ["delapan puluhan"]),
        ("1,5 juta", ["1,5 juta"]),
        ("50k doang", ["50 k"]),
        ("lima rebu perak", ["lima rebu perak"]),
        ("dapet 50 doang", ["50"]),
        ("udah dua puluh tahun", []),
        ("jam 10 pagi, umur 38", []),
        ("50 porsi, 20%", []),
        ("tahun 2020", []),
        ("satu dua kali", []),
        ("anaknya tiga", []),
    ],
)
def test_amounts_are_money_and_nothing_else(text: str, found: list[str]) -> None:
    """Numbers that count things or tell the time are no money."""
    words = [word for start, end in tokenize(text) for _, _, word in parts(text[start:end])]

    assert found == [" ".join(words[i:j]) for i, j in amounts("".join(map(kind, words)))]
