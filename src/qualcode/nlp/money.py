"""What an amount of money comes to, in rupiah: a number where the words say one, a range where they do not.

*Gocap* is 50 or, as people count today, 50,000; *tiga setengah* three and a half thousand or million; *dua lima* 25, 2,500 or 25,000. Such an amount stays
a range with its reason, and no mean may be taken of it silently.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from qualcode.errors import N_
from qualcode.nlp import numerals
from qualcode.nlp.amounts import GROUPED, amounts, kind
from qualcode.nlp.forms import canonical, forms
from qualcode.nlp.tokens import parts, tokenize

__all__ = ["REASONS", "Money", "money"]

REASONS = MappingProxyType(
    {
        "range": N_("a range was said"),
        "unit": N_("no unit was said: perhaps thousands"),
        "half": N_("half of what was not said: thousands or millions"),
        "digits": N_("two digits: tens, hundreds or thousands"),
        "slang": N_("an old word for hundreds that today means thousands"),
        "vague": N_("only the order of magnitude was said"),
    }
)
"""Why an amount is a range: key → sentence (English template, translated where it is shown)."""

ENDS = frozenset(".,;:?!…")
THOUSAND, MILLION, BILLION = 1_000, 1_000_000, 1_000_000_000
DIGITS = {
    **{word: n for n, word in enumerate("satu dua tiga empat lima enam tujuh delapan sembilan".split(), 1)},  # noqa: SIM905
    **numerals.DIGITS,
}
UNITS = {
    "ribu": THOUSAND,
    "rb": THOUSAND,
    "k": THOUSAND,
    "juta": MILLION,
    "jt": MILLION,
    "miliar": BILLION,
    **numerals.UNITS,
}
ONE_OF = {
    "seribu": THOUSAND, "serebu": THOUSAND, "sejuta": MILLION, "sejt": MILLION, "semiliar": BILLION, **numerals.ONE_OF,
}  # fmt: skip
VAGUE = {"jutaan": MILLION, "ribuan": THOUSAND}
VAGUE_TENS = {"puluhan": 10, "belasan": 10, "ratusan": 100}
SCALES = {**UNITS, **ONE_OF, **VAGUE}
TENS = {"sepuluh": 10, "sebelas": 11, "seratus": 100, **numerals.TENS}
MANY = {"puluh": 10, "ratus": 100, **VAGUE_TENS, **numerals.MANY}
STEPS = {**SCALES, **MANY, **TENS}
HALF = frozenset(["setengah", "tengah", "stengah"]) | numerals.HALF
TO = frozenset(["sampai", "hingga", "atau", "sd"]) | numerals.TO
EXACT = frozenset(["perak", "rupiah"])
SLANG = {
    "seceng": 1_000, "ceceng": 1_000, "cenggo": 1_500, "noceng": 2_000, "goceng": 5_000, "gopekceng": 5_000, "ceban": 10_000, "noban": 20_000,
    "goban": 50_000, "cetiau": MILLION, "jeti": MILLION, "jitiau": 2 * MILLION,
}  # fmt: skip
OLD_SLANG = {"jigo": 25, "gocap": 50, "cepek": 100, "cepe": 100, "pekgo": 150, "nopek": 200, "gopek": 500, "gope": 500}


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a text: code points from *start* to *end*, and from *low* to *high* rupiah.

    `reason` is a key of `REASONS`, empty where low and high are the same.
    """

    start: int
    end: int
    low: int
    high: int
    reason: str = ""


def money(text: str) -> tuple[Money, ...]:
    """Return the amounts of money in *text*, in order.

    Examples
    --------
    >>> [(sum_.low, sum_.high, sum_.reason) for sum_ in money("dapet 700rb, kadang gocap, Rp3.000–4.000, sejuta setengah")]
    [(700000, 700000, ''), (50, 50000, 'slang'), (3000, 4000, 'range'), (1500000, 1500000, '')]
    """
    found = []
    for words in _clauses(text):
        for i, j in amounts("".join(kind(word) for _, _, word in words)):
            low, high, reason = _worth([_name(word) for _, _, word in words[i:j]])
            after_year = i > 0 and canonical(words[i - 1][2]) == "tahun"
            if high and not (after_year or _is_year(low, high)):
                found.append(
                    Money(words[i][0], words[j - 1][1], round(low), round(high), reason if low != high else "")
                )
    return tuple(found)


def _clauses(text: str) -> Iterator[list[tuple[int, int, str]]]:
    """Yield the words (start, end, spelling) of each stretch without a comma or an end mark: what is said twice is not added up."""
    words: list[tuple[int, int, str]] = []
    for start, end in tokenize(text):
        piece = text[start:end]
        if piece[0] in ENDS and not (piece == "." and words and words[-1][2].casefold() == "rp"):
            yield words
            words = []
        words.extend((start + first, start + last, word) for first, last, word in parts(piece))
    yield words


def _is_year(low: float, high: float) -> bool:
    """Tell whether a sum can only be a year: nobody pays 2,011 rupiah."""
    return low == high and 2_000 < low < 2_100 and low % 100 != 0


def _name(word: str) -> str:
    """Return the word under which an amount's part is known: rebu → ribu, gocapnya → gocap."""
    known = (*DIGITS, *SCALES, *MANY, *TENS, *EXACT, *SLANG, *OLD_SLANG)
    return next((form for form in (canonical(word), *forms(word)) if form in known), canonical(word))


class _Side(NamedTuple):
    """One amount: what it comes to, at least and at most, its largest unit, and why it is a range."""

    low: float
    high: float
    unit: int
    reason: str


def _worth(words: Sequence[str]) -> tuple[float, float, str]:
    """Return what *words* come to: low, high and the reason for a range."""
    marked = words[0] in {"rp", "idr"}
    sides = _sides([word for word in words if word not in {"rp", "idr"}])
    if len(sides) > 1 and len(sides[0]) == 1 and sides[0][0] in DIGITS and sides[1][0][0].isdigit():
        del sides[0]  # anak satu 700rb
    last = _side(sides[-1], marked=marked)
    if len(sides) == 1:
        return last.low, last.high, last.reason
    if len(sides[0]) == 1 and sides[0][0] in DIGITS and sides[-1][0] in DIGITS:
        sides[0] = [sides[0][0], *sides[-1][1:]]  # dua tiga ratus ribu
    first = _side(sides[0], marked=marked)
    factor = last.unit if first.unit == 1 and first.low < THOUSAND else 1  # 80-100 ribu
    if factor == 1 and last.reason == "unit":
        return min(first.low, last.low), max(first.high, last.high), "unit"
    low = first.low * factor
    return min(low, last.low), max(low, last.high), "range"


def _sides(words: list[str]) -> list[list[str]]:
    """Return *words* cut where a second amount begins: after "to" and "or", between two numbers, between dua and tiga of dua tiga ratus."""
    sides: list[list[str]] = [[]]
    for number, word in enumerate(words):
        before = words[number - 1] if number else ""
        if word in TO:
            sides.append([])
            continue
        both_written = word[0].isdigit() and (before[:1].isdigit() or before in DIGITS)
        if word in STEPS and _repeats(sides[-1], word):
            larger = SCALES if word in SCALES else STEPS
            at = max(number for number, said in enumerate(sides[-1]) if said in larger) + 1
            sides[-1:] = [sides[-1][:at], sides[-1][at:]]
        both_said = word in DIGITS and before in DIGITS and word != "lima" and sides[-1]
        if (both_written or both_said) and sides[-1]:
            sides.append([])
        sides[-1].append(word)
    return [side for side in sides if side] or [[]]


def _repeats(side: list[str], word: str) -> bool:
    """Tell whether *side* holds a step as large as *word* already, so that another amount begins: seribu dua ribu, tujuh puluh delapan puluh."""
    steps = [STEPS[said] for said in side if said in STEPS]
    if word in SCALES:
        steps = [step for step in steps if step >= THOUSAND]
    else:
        after = [number for number, said in enumerate(side) if said in SCALES]
        steps = [STEPS[said] for said in side[after[-1] + 1 if after else 0 :] if said in STEPS]
    return bool(steps) and min(steps) <= STEPS[word]


def _side(words: list[str], *, marked: bool) -> _Side:
    """Return what one amount comes to."""
    if len(words) == 2 and words[1] == "lima" and words[0] in DIGITS:
        value = DIGITS[words[0]] * 10 + 5
        return _Side(value, value if marked else value * THOUSAND, 1, "" if marked else "digits")
    if words[0] in OLD_SLANG:
        return _old_slang(words)
    if words[0] in SLANG:
        return _Side(SLANG[words[0]], SLANG[words[0]], THOUSAND, "")
    sum_ = _Sum()
    for word in words:
        sum_.add(word)
    return sum_.result(marked=marked or bool(EXACT & set(words)))


def _old_slang(words: list[str]) -> _Side:
    value = OLD_SLANG[words[0]]
    if len(words) > 1 and words[1] in UNITS:
        return _Side(value * UNITS[words[1]], value * UNITS[words[1]], UNITS[words[1]], "")
    exact = len(words) > 1 and words[1] in EXACT
    return _Side(value, value if exact else value * THOUSAND, 1, "" if exact else "slang")


class _Sum:
    """Adds up the words of a number: dua ratus lima puluh ribu."""

    def __init__(self) -> None:
        self.total = self.tens = self.pending = 0.0
        self.unit = self.largest = 1
        self.step = 0.0
        """How much higher than said a vague amount may be."""
        self.half = self.written = False
        self.place = 1
        """Ten for the first digit after the comma, a hundred for the second."""

    def add(self, word: str) -> None:
        """Take the next word."""
        if word[0].isdigit():
            value = _literal(word)
            self.pending += value
            self.written = value >= THOUSAND
        elif word in DIGITS:
            self.pending += DIGITS[word] / self.place
            self.place *= 10 if self.place > 1 else 1
        elif word in HALF:
            self._add_half()
        elif word in TENS:
            self.tens += TENS[word]
        elif word == "belas":
            self.pending += 10
        elif word in MANY:
            if word in VAGUE_TENS:
                self.step = MANY[word] * (1 if self.pending else 9)
            self.tens, self.pending = self.tens + (self.pending or 1) * MANY[word], 0.0
        elif word in SCALES:
            self._scale(word)
        elif word == "koma":
            self.place = 10

    def _add_half(self) -> None:
        if self.unit > 1 and not self.tens + self.pending:
            self.total += self.unit / 2  # sejuta setengah
        else:
            self.pending += 0.5
            self.half = True

    def _scale(self, word: str) -> None:
        """Multiply what was said since the last unit by the unit *word*."""
        said = self.tens + self.pending
        self.unit = SCALES[word]
        if word in VAGUE:
            self.step = said or 9.0
        self.step *= self.unit
        self.total += (said or 1) * self.unit
        self.largest = max(self.largest, self.unit)
        self.tens = self.pending = 0.0
        self.half, self.place = False, 1

    def result(self, *, marked: bool) -> _Side:
        """Return the sum; *marked* tells that rupiah were said."""
        rest = self.tens + self.pending
        if self.unit > 1:
            value = self.total + (_tail(rest, self.unit) if rest else 0)
            return _Side(value, value + self.step, self.largest, "vague" if self.step else "")
        if self.step:
            return _Side(rest, (rest + self.step) * (1 if marked else THOUSAND), 1, "vague")
        if marked or self.written or not rest:
            return _Side(rest, rest, 1, "")
        if self.half:
            return _Side(rest * THOUSAND, rest * MILLION, 1, "half")
        return _Side(rest, rest * THOUSAND, 1, "unit")


def _tail(rest: float, unit: int) -> float:
    """Return what is said after a unit without its own: sejuta dua is 1.2 million, dua juta tiga ratus 2.3 million."""
    if rest < 10:
        return rest * unit / 10
    return rest * THOUSAND if unit == MILLION else rest * (MILLION if unit == BILLION else 1)


def _literal(word: str) -> float:
    """Return the number written as *word*: points group thousands, a comma begins decimals, and the other way round."""
    if GROUPED.fullmatch(word):
        return float(word.replace(".", "").replace(",", ""))
    return float(word.replace(",", "."))
