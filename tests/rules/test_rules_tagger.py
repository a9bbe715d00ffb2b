"""What rules find, and where their hits lie."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.model import Code, Codebook, Kind, Role, Segment, Span, Transcript, Turn
from qualcode.rules import Tagger


def tagger(*rules: str, **macros: str) -> Tagger:
    return Tagger(Codebook("uji", (Code("a", keywords=rules),), macros=macros))


def found(rule: str, text: str, question: str | None = None, **macros: str) -> list[str]:
    """Return the words of the answer that a rule matched."""
    hits = tagger(rule, **macros).hits(text, question)
    return [item.text for hit in hits for item in hit.evidence if item.source == "answer"]


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        ("bensin", "Bensinnya 😀 mahal", ["Bensinnya"]),
        ("kalau", "Kalo hujan", ["Kalo"]),
        ("tidak ada", "nggak ada, gak   ada", ["nggak ada", "gak   ada"]),
        ("tabung", "nabung dulu", ["nabung"]),
        ("nabung", "tabung gas", []),
        ("kontrak", "ngontrak di kontrakan", ["ngontrak"]),
        ("kontrak", "kontrakan", []),
        ("kontrak*", "kontrakan", ["kontrakan"]),
        ("pindah-pindah", "pindah pindah, pindah2, Pindah-pindah", ["pindah pindah", "pindah2", "Pindah-pindah"]),
        ("dicukup-cukupin", "ya dicukup-cukupin", ["dicukup-cukupin"]),
        ("bpjs", "BPJS-nya mati", ["BPJS-nya"]),
        ("diphk", "kena di-PHK", ["di-PHK"]),
        ("talim", "majelis ta'lim", ["ta'lim"]),
        ('"kalau"', "kalo kalau kalaunya", ["kalau"]),
        ('"DANA"', "dana DANA", ["DANA"]),
        ('"dana"', "dana DANA", ["dana", "DANA"]),
        (
            "lemma:bayar",
            "bayarin dibayar pembayaran ngebayar terbayar bayangan",
            ["bayarin", "dibayar", "pembayaran", "ngebayar", "terbayar"],
        ),
        ("lemma:tabung", "nabungin, tabungan, menabung", ["nabungin", "tabungan", "menabung"]),
        ("lemma:pinjam", "minjem, dipinjemin, pinjaman, peminjam", ["minjem", "dipinjemin", "pinjaman", "peminjam"]),
        ("UANG", "bayar 12 ribu atau gocap, sudah dua puluh tahun", ["12 ribu", "gocap"]),
        ("NEG punya", "boro-boro punya. Ora punya", ["boro-boro punya", "Ora punya"]),
    ],
)
def test_words_are_found_in_their_spoken_forms(rule: str, text: str, words: list[str]) -> None:
    """Spellings, clitics, nasal prefixes and reduplication match; derivations don't."""
    assert words == found(rule, text)


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        ("a b", "a b", ["a b"]),
        ("a b", "a, b", ["a, b"]),
        ("a b", "a. b", []),
        ("a b", "a? b", []),
        ("a b", "a... b", ["a... b"]),
        ("a b", "a (jeda) b", ["a (jeda) b"]),
        ("a b", "a\nb", ["a\nb"]),
        ("a b", "a\n\nb", []),
        ("NEG ada", "Nggak, ada kok", []),
        ("NEG ada", "Nggak ada kok", ["Nggak ada"]),
        ("a ~2 b", "a x y b", ["a … b"]),
        ("a ~2 b", "a x y z b", []),
        ("a ~2 b", "b. x a", ["b … a"]),
        ("a >2 b", "b a", []),
        ("a >2 b", "a x b", ["a … b"]),
        ("kadang ~8 kadang", "kadang", []),
        ("kadang ~8 kadang", "kadang rame kadang sepi", ["kadang … kadang"]),
        ("(a b) ~2 b", "a b", []),
        ("a ~1 b ~1 c", "c x a x b", ["c … a … b"]),
        ("a & b", "a " + "x " * 30 + "b", ["a … b"]),
        ("a & b", "a " + "x " * 31 + "b", []),
        ("a ! b", "a x x x x b", ["a"]),
        ("a ! b", "a x x x b", []),
        ("a ! b", "b x x x a", []),
        ("a !1 b", "a x b", ["a"]),
        ("demo ! (demo masak)", "demo masak", []),
        ("NEG kontrak", "Masih ngontrak, nggak kontrak kerja", ["nggak kontrak"]),
        (
            "(NEG punya kontrak) ! (lapak)",
            "Saya ngontrak lapak di sana dari dulu, nggak punya kontrak",
            ["nggak punya kontrak"],
        ),
        ("(a | b) c", "b c", ["b c"]),
        ("x (a ~2 b) y", "x a z b y", ["x a … b y"]),
    ],
)
def test_signs_mean_what_the_manual_says(rule: str, text: str, words: list[str]) -> None:
    """Rows, nearness, both and guards, with their borders."""
    assert words == found(rule, text)


@pytest.mark.parametrize(
    "text", ["(tertawa)", "[hujan]", "((hujan deras))", "iya (sambil menunggu hujan) iya", "iya [tidak jelas: hujan]"]
)
def test_transcription_marks_are_never_matched(text: str) -> None:
    """What the transcriber wrote, nobody said."""
    assert found("(hujan | tertawa)", text) == []


def test_question_is_read_and_the_answer_marked() -> None:
    """An elliptical answer is a hit with evidence from both; its span lies in the answer."""
    text, question = "Nggak, Mbak. Dari dulu.", "Ibu punya BPJS?"
    (hit,) = tagger("tanya: bpjs jawab: NEG").hits(text, question)

    assert hit.span.of(text) == "Nggak, Mbak."
    assert [(e.source, e.text) for e in hit.evidence] == [("question", "BPJS"), ("answer", "Nggak")]
    assert hit.evidence[0].span is not None
    assert hit.evidence[0].span.of(question) == "BPJS"


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Nggak, Mbak.", None),
        ("Nggak, Mbak.", "Ibu punya warung?"),
        ("Punya saya itu dari kelurahan, jadi saya nggak bayar.", "Ibu punya BPJS?"),
        ("", "Ibu punya BPJS? Nggak?"),
    ],
)
def test_question_alone_or_a_late_answer_is_no_hit(text: str, question: str | None) -> None:
    """Without the question, without the answer, or with the word far into the answer, nothing is marked."""
    assert found("tanya: bpjs jawab: NEG", text, question) == []


def test_hit_covers_the_sentences_of_its_evidence() -> None:
    """One hit a code: from the first sentence with evidence to the last, every match listed."""
    text = "Dulu enak. Sekarang sepi. Ya gitu. Sepi terus 😀! Udah."
    (hit,) = tagger("sepi").hits(text)

    assert hit.span.of(text) == "Sekarang sepi. Ya gitu. Sepi terus 😀!"
    assert [e.span.of(text) for e in hit.evidence if e.span] == ["sepi", "Sepi"]
    assert {e.rule for e in hit.evidence} == {"sepi"}


@pytest.mark.parametrize("copied", [lambda t: pickle.loads(pickle.dumps(t)), copy.deepcopy, copy.copy])
def test_copied_tagger_finds_the_same(copied: Callable[[Tagger], Tagger]) -> None:
    """A tagger crosses process borders: spaCy and scikit-learn send it to their workers."""
    first = tagger("(sepi | BANYAK) ~3 pembeli", BANYAK="rame | penuh")

    assert copied(first).hits("Pembeli rame") == first.hits("Pembeli rame") != ()


def test_text_longer_than_spacys_limit_and_half_a_character_are_searched() -> None:
    """A book-length document is no error, and a lone surrogate does not hide what follows."""
    assert found("sepi", "\ud83d sepi") == ["sepi"]
    assert found("sepi", "a " * 600_000 + "sepi") == ["sepi"]


def test_hits_come_in_codebook_order_and_of_active_codes_alone() -> None:
    """A code that is switched off finds nothing."""
    codes = (Code("z", keywords=("b",)), Code("mati", keywords=("a",), active=False), Code("a", keywords=("a", "b")))
    hits = Tagger(Codebook("uji", codes)).hits("a b")

    assert [hit.code for hit in hits] == ["z", "a"]


LABELS = ("P : ", "N : ", "A : ")
ROLES = (Role.INTERVIEWER, Role.INFORMANT, Role.BYSTANDER)


def interview(*speech: tuple[int, str], kind: Kind = Kind.INTERVIEW) -> Transcript:
    """Return an interview of (0 interviewer, 1 informant or 2 bystander, words)."""
    text, turns = "", []
    for who, words in speech:
        start = len(text) + len(LABELS[who])
        text += LABELS[who] + words + "\n"
        turns.append(Turn(Span(start, start + len(words)), LABELS[who][0], ROLES[who]))
    return Transcript("t" * 32, "r" * 32, "informan-01", text, kind, tuple(turns))


def everything(transcript: Transcript) -> list[Segment]:
    return [Segment(transcript.guid, Span(0, len(transcript.text)), "all")]


def test_interviewers_words_alone_are_never_a_hit() -> None:
    """Nor are a bystander's, nor a speaker's label."""
    transcript = interview((0, "Sepi ya Bu?"), (1, "Biasa aja."), (2, "Sepi kok!"), (0, "Kalo sepi gimana?"))

    assert tagger("(sepi | n | p)").mark(transcript, everything(transcript)) == ()


def test_mark_gives_places_in_the_transcript() -> None:
    """Hit and evidence count in the transcript's text; the turn is named; the question is read over a bystander."""
    transcript = interview((0, "😀 Punya BPJS?"), (2, "BPJS apa?"), (1, "Iya. Eh, nggak."), (0, "Oh."), (1, "Nggak."))
    (hit,) = tagger("tanya: bpjs jawab: NEG").mark(transcript, everything(transcript))

    assert hit.span.of(transcript.text) == "Eh, nggak."
    assert (hit.transcript, hit.revision, hit.turn) == ("t" * 32, "r" * 32, 3)
    assert [e.span.of(transcript.text) for e in hit.evidence if e.span] == ["BPJS", "nggak"]


def test_mark_stays_in_the_segment_and_in_the_turn() -> None:
    """A match is looked for in what a segment holds of one turn; each turn has its own hit."""
    transcript = interview((1, "Sepi. Iya pembeli."), (1, "pembeli sepi"))
    sepi = tagger("sepi ~3 pembeli")
    first = Segment(transcript.guid, Span(4, 9), "sentence")

    assert sepi.mark(transcript, [first]) == ()
    assert [hit.span.of(transcript.text) for hit in sepi.mark(transcript, everything(transcript))] == [
        "Sepi. Iya pembeli.",
        "pembeli sepi",
    ]


def test_question_belongs_to_the_beginning_of_the_answer() -> None:
    """The second sentence of an answer does not answer the question."""
    transcript = interview((0, "Punya BPJS?"), (1, "Iya punya. Nggak bayar."))
    answer = transcript.turns[1].span
    second = Segment(transcript.guid, Span(answer.start + 11, answer.end), "sentence")

    assert tagger("tanya: bpjs jawab: NEG").mark(transcript, [second]) == ()


@pytest.mark.parametrize(
    ("kind", "n"), [(Kind.OBSERVATION, 1), (Kind.DOCUMENT, 1), (Kind.JOURNAL, 0), (Kind.INTERVIEW, 0), (Kind.GROUP, 0)]
)
def test_text_without_turns_is_searched_only_where_nobody_asks(kind: Kind, n: int) -> None:
    """In an interview without turns nobody knows whose words they are; a journal is no data."""
    transcript = Transcript("t" * 32, "r" * 32, "catatan", "Lapak sepi dari pagi.", kind)

    assert n == len(tagger("sepi").mark(transcript, everything(transcript)))


def test_journal_with_turns_is_not_searched() -> None:
    """A journal stays unmarked even when lines in it look like turns."""
    transcript = interview((1, "sepi"), kind=Kind.JOURNAL)

    assert tagger("sepi").mark(transcript, everything(transcript)) == ()


def test_spoken_parenthesis_is_the_transcribers() -> None:
    """In a turn every parenthesis is a mark; in a written text only a describing one."""
    transcript = interview((1, "Ya (pembeli sepi) gitu."))

    assert tagger("sepi").mark(transcript, everything(transcript)) == ()
    assert found("sepi", "Ya (pembeli sepi) gitu.") == ["sepi"]


WORDS = st.sampled_from(
    [
        "sepi",
        "pembeli",
        "nggak",
        "ada",
        "hujan",
        "😀",
        "(tertawa)",
        "12",
        "ribu",
        "BPJS-nya",
        "kadang-kadang",
        ".",
        "?",
        ",",
        "\n\n",
    ]
)
RULES = (
    "sepi ~4 pembeli",
    "NEG ada ! hujan",
    "(kadang | hujan) & UANG",
    "kadang ~5 kadang",
    "hujan >3 (sepi | NEG)",
    "tanya: bpjs jawab: NEG",
    "lemma:beli",
)


@given(st.lists(WORDS, max_size=40).map(" ".join), st.lists(WORDS, max_size=10).map(" ".join))
def test_spans_always_lie_in_the_text_and_hold_their_evidence(text: str, question: str) -> None:
    """Whatever is said: spans are inside, hold the evidence, and evidence is what stands there."""
    for hit in tagger(*RULES).hits(text, question):
        assert 0 <= hit.span.start < hit.span.end <= len(text)
        assert hit.evidence
        for item in hit.evidence:
            assert item.span is not None
            source = text if item.source == "answer" else question
            assert all(piece in item.span.of(source) for piece in item.text.split(" … "))
            if item.source == "answer":
                assert hit.span.covers(item.span)


@given(st.lists(WORDS, max_size=30), st.integers(1, 5))
def test_nearness_agrees_with_counting(words: list[str], distance: int) -> None:
    """~n finds a pair exactly when somewhere at most n words stand between."""
    plain = [w for w in words if w.isalpha()]
    places = [(i, w) for i, w in enumerate(plain) if w in {"sepi", "hujan"}]
    expected = any(a != b and abs(i - j) - 1 <= distance for i, a in places for j, b in places)

    assert expected == bool(found(f"sepi ~{distance} hujan", " ".join(plain)))


@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_a_rule_among_many_finds_what_it_finds_alone(text: str) -> None:
    """Looking up rules by their rarest word loses none."""
    codes = tuple(Code(f"k{number}", keywords=(rule,)) for number, rule in enumerate(RULES))
    together = {hit.code: hit.evidence for hit in Tagger(Codebook("uji", codes)).hits(text, "punya BPJS?")}
    alone = {
        code.key: hit.evidence for code in codes for hit in Tagger(Codebook("uji", (code,))).hits(text, "punya BPJS?")
    }

    assert alone == together


def test_text_of_nothing_but_rule_words_is_searched_to_its_end() -> None:
    """Nested nearness over many repetitions does not multiply out of hand."""
    hits = tagger("(a | b) ~5 (b | c) ~5 (a | c) & (a | b | c) ! d").hits("a b c " * 300 + "d")

    assert len(hits[0].evidence) == (900 - 4) // 4
