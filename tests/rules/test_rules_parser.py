"""What rules may say, and what is said about those that cannot be read."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import InputError, fill
from qualcode.rules import RuleError, parse
from qualcode.rules.nodes import Amount, Any, Exact, Guard, Near, Phrase, Prefix, Root, Word


@pytest.mark.parametrize(
    ("rule", "tree"),
    [
        ("bensin", Word("bensin")),
        ("air panas", Phrase((Word("air"), Word("panas")))),
        ("Kalo", Word("kalau")),
        ("pindah-pindah", Phrase((Word("pindah"), Word("pindah")))),
        ("di-phk", Word("diphk")),
        ("dagang*", Prefix("dagang")),
        ("a | b", Any((Word("a"), Word("b")))),
        ("(a | a)", Any((Word("a"),))),
        ("a ~5 b", Near(Word("a"), Word("b"), 5)),
        ("a > 2 b", Near(Word("a"), Word("b"), 2, ordered=True)),
        ("a ~5 b ~8 c", Near(Near(Word("a"), Word("b"), 5), Word("c"), 8)),
        ("a b ~2 c", Near(Phrase((Word("a"), Word("b"))), Word("c"), 2)),
        ("a & b ! c", Guard(Near(Word("a"), Word("b"), 30), Word("c"), 4)),
        ("a !7 (b | c)", Guard(Word("a"), Any((Word("b"), Word("c"))), 7)),
        ("(a | b) ! c", Guard(Any((Word("a"), Word("b"))), Word("c"), 4)),
        ("a AND b", Near(Word("a"), Word("b"), 30)),
        ("a DAN b", Near(Word("a"), Word("b"), 30)),
        ("a OR b", Any((Word("a"), Word("b")))),
        ("(a ATAU b) NOT c", Guard(Any((Word("a"), Word("b"))), Word("c"), 4)),
        ("a BUKAN/8 c", Guard(Word("a"), Word("c"), 8)),
        ("iuran NEAR berat", Near(Word("iuran"), Word("berat"), 10)),
        ("iuran NEAR/5 berat", Near(Word("iuran"), Word("berat"), 5)),
        ("iuran DEKAT/5 berat NOT sampah", Guard(Near(Word("iuran"), Word("berat"), 5), Word("sampah"), 4)),
        ("and or not near dan", Phrase(tuple(Word(w) for w in ("and", "or", "not", "near", "dan")))),
        ("NEARBY", Word("lapak")),
        ("lemma:Bayar", Root("bayar")),
        ('"DANA"', Exact("DANA")),
        ('"air panas"', Phrase((Exact("air"), Exact("panas")))),
        ("UANG", Amount()),
        ("{uang}", Amount()),
        ("WARUNG besar", Phrase((Any((Word("lapak"), Word("kios"))), Word("besar")))),
        ("{warung} besar", Phrase((Any((Word("lapak"), Word("kios"))), Word("besar")))),
        ("Rp3.000", Phrase((Word("rp"), Word("3.000")))),
    ],
)
def test_parse_reads_each_form(rule: str, tree: object) -> None:
    """Each form of the language gives its tree."""
    assert tree == parse(rule, {"WARUNG": "lapak | kios", "NEARBY": "lapak"}).answer


def test_macro_of_a_codebook_comes_before_a_word_for_a_sign() -> None:
    """Who calls a macro DEKAT keeps it."""
    assert parse("DEKAT rumah", {"DEKAT": "dekat | sebelah"}).answer == Phrase(
        (Any((Word("dekat"), Word("sebelah"))), Word("rumah"))
    )


@pytest.mark.parametrize(
    ("rule", "column", "said"),
    [
        ("iuran NEAR", 11, "a word is missing"),
        ("iuran NEAR/500 berat", 7, "'NEAR/500' needs a number of words from 1 to 100"),
        ("a NEAR b OR c", 10, "| beside another sign needs parentheses"),
        ("OR a", 1, "a word is missing"),
    ],
)
def test_words_for_signs_are_refused_where_the_signs_are(rule: str, column: int, said: str) -> None:
    """The message has the word as it was written, and its place."""
    with pytest.raises(RuleError) as caught:
        parse(rule)

    assert caught.value.column == column
    assert said in str(caught.value)


def test_parse_reads_question_and_answer() -> None:
    """A rule over a question has two sides."""
    rule = parse("tanya: (bpjs | kis) jawab: tidak")

    assert rule.question == Any((Word("bpjs"), Word("kis")))
    assert rule.answer == Word("tidak")


def test_own_macro_comes_before_the_built_in_one() -> None:
    """A codebook may say what its negations or amounts are."""
    own = {"NEG": "bukan", "UANG": "duit"}

    assert parse("NEG UANG", own).answer == Phrase((Word("bukan"), Word("duit")))


@pytest.mark.parametrize(
    ("rule", "column", "words"),
    [
        ("", 1, "a word is missing"),
        ("   ", 4, "a word is missing"),
        ("a |", 4, "a word is missing"),
        ("a | | b", 5, "a word is missing"),
        ("()", 2, "a word is missing"),
        ("a &", 4, "a word is missing"),
        ("a ! ", 5, "a word is missing"),
        ("~3 a", 1, "a word is missing"),
        ("(a | b", 1, "a ( without its )"),
        ("((a)", 1, "a ( without its )"),
        ("a)", 2, "')' is out of place"),
        (")", 1, "a ) without its ("),
        ("a ~0 b", 3, "needs a number of words from 1 to 100"),
        ("a ~ b", 3, "needs a number"),
        ("a ~101 b", 3, "needs a number"),
        ("a >999999999999999999999 b", 3, "needs a number"),
        ("a !0 b", 3, "needs a number"),
        ("a | b ~3 c", 11, "| beside another sign needs parentheses"),
        ("a ~3 b | c", 8, "needs parentheses"),
        ("a ! b | c", 7, "needs parentheses"),
        ("a | b ! c", 7, "needs parentheses"),
        ("wa*", 1, "too much"),
        ("*nya", 1, "a * stands only at the end"),
        ("a*b", 1, "a * stands only at the end"),
        ('"a', 1, "quotation mark is not closed"),
        ('""', 1, "holds no word"),
        ("😀", 1, "holds no word"),
        ("{uang", 1, "a { without its }"),
        ("{}", 1, "unknown macro ''"),
        ("lemma:", 1, "should hold one word"),
        ("lemma:kupu-kupu", 1, "should hold one word"),
        ("a NEGG", 3, "unknown macro 'NEGG'"),
        ("LOOP", 1, "made of itself: LOOP → BACK → LOOP"),
        ("a < b", 3, "'<' is out of place"),
        ("tanya: a", 9, "tanya: without jawab:"),
        ("jawab: a", 1, "jawab: without tanya:"),
        ("tanya: a jawab: b jawab: c", 19, "'jawab:' is out of place"),
        ("a tanya: b", 3, "'tanya:' is out of place"),
        ("(" * 90 + "a" + ")" * 90, 41, "too many parentheses"),
    ],
)
def test_parse_says_where_and_what(rule: str, column: int, words: str) -> None:
    """An error names the column and what is wrong there."""
    with pytest.raises(RuleError) as caught:
        parse(rule, {"LOOP": "BACK", "BACK": "LOOP"})

    assert words in str(caught.value)
    assert (column == caught.value.column) or "made of itself" in words
    assert isinstance(caught.value, InputError)


def test_unknown_macro_offers_near_names_and_the_plain_word() -> None:
    """Somebody who wrote BPJS for the word, or PEMBLI for PEMBELI, is told what to write."""
    with pytest.raises(RuleError) as caught:
        parse("PEMBLI", {"PEMBELI": "jual"})

    assert caught.value.hint is not None
    assert (
        fill(caught.value.hint, caught.value.parameters) == "did you mean: PEMBELI? for the word itself write 'pembli'"
    )


def test_error_in_a_macro_names_it() -> None:
    """The column counts in the macro's own text, which is shown."""
    with pytest.raises(RuleError) as caught:
        parse("sepi ~3 RUSAK", {"RUSAK": "a | (b"})

    assert "'a | (b'" in str(caught.value)
    assert caught.value.parameters["macro"] == "RUSAK"


def test_rule_error_survives_pickling() -> None:
    """Errors cross process borders with their column."""
    with pytest.raises(RuleError) as caught:
        parse("a (")

    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_every_rule_of_the_manual_can_be_read(root: Path) -> None:
    """The table of docs/rules.md shows rules that work as written."""
    table = (root / "docs" / "rules.md").read_text("utf-8").split("## What you write")[1].split("\n\n")[1]
    rows = [line.replace("\\|", "¦").split("|")[1].replace("¦", "|") for line in table.splitlines()[2:]]
    rules = [rule for row in rows for rule in re.findall(r"`([^`]+)`", row)]

    assert len(rules) >= 12
    for rule in rules:
        assert parse(rule, {"JAMIN": "bpjs"}).source == rule


@given(st.text(st.sampled_from('ab |&!~>()"*{}:39NEGX😀\n'), max_size=30))
def test_parse_reads_or_refuses_anything(rule: str) -> None:
    """No text breaks the parser: it gives a tree or a RuleError inside the text."""
    error = None
    try:
        parse(rule)
    except RuleError as refused:
        error = refused

    assert error is None or (str(error) and 1 <= error.column <= len(rule) + 1)
