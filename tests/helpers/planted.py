"""Identifiers planted in simulated talk, and how many of them are found. The same seed plants the same.

`dev` and `dev2` are for tuning: frames and lists that were looked at. `heldout` is of other frames, and of names, streets and cities drawn
from the lists of Faker's `id_ID` (MIT), as those of `dev2`; the lists were not read, but what its first look missed was looked at once and
general faults were mended by it, so that it flatters a little, too.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qualcode.model import Identifier, Span, Transcript, Turn

DATA = Path(__file__).resolve().parent.parent / "data" / "privacy"
NAMES = frozenset({"person", "place", "institution"})
DIGITS = "nol satu dua tiga empat lima enam tujuh delapan sembilan".split()  # noqa: SIM905
MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()  # noqa: SIM905
SYLLABLES = {
    "dev": (("Suka", "Karang", "Kebon", "Rawa", "Pasir", "Cipinang"), ("maju", "tengah", "sari", "mulya", "wangi")),
    "dev2": (
        ("Tanjung", "Muara", "Sido", "Lubuk", "Banjar", "Mekar"),
        ("rejo", "mukti", "agung", "harjo", "baru", "asih"),
    ),
    "heldout": (
        ("Gunung", "Batu", "Margo", "Wono", "Teluk", "Ci"),
        ("lestari", "putih", "dadi", "kerto", "bulan", "reuma"),
    ),
}
SLOT = re.compile(r"\{(\w+)(?:\.(low|up))?\}")


@dataclass(frozen=True, slots=True)
class Planted:
    """One identifier that was put into a text."""

    span: Span
    kind: str


class Planter:
    """Fills the places of frames.

    Parameters
    ----------
    which : str
        ``dev``, ``dev2`` or ``heldout``: the lists and frames it takes from.
    seed : int
        What draws.
    """

    def __init__(self, which: str, seed: int) -> None:
        self.which = which
        self.random = random.Random(f"{which} {seed}")
        # Jakarta and its parts are no identifiers (docs/decisions.md).
        self.lists: dict[str, list[str]] = json.loads((DATA / f"lists-{which}.json").read_text("utf-8"))
        self.lists["cities"] = [city for city in self.lists["cities"] if "Jakarta" not in city]
        lines = (DATA / f"frames-{which}.txt").read_text("utf-8").splitlines()
        self.frames = [line for line in lines if line and not line.startswith("#") and "{" in line]
        self.traps = [line for line in lines if line and not line.startswith("#") and "{" not in line]

    def fill(self, frame: str) -> tuple[str, list[Planted]]:
        """Return the sentence and what was planted in it."""
        made, found, at = "", [], 0
        for slot in SLOT.finditer(frame):
            made += frame[at : slot.start()]
            at = slot.end()
            kind, word = self.make(slot[1])
            word = word.lower() if slot[2] == "low" else word.upper() if slot[2] == "up" else word
            found.append(Planted(Span(len(made), len(made) + len(word)), kind))
            made += word
        return made + frame[at:], found

    def make(self, slot: str) -> tuple[str, str]:
        """Return the kind and the words for a place of a frame."""
        maker: Callable[[], tuple[str, str]] = getattr(self, f"_{slot}")
        return maker()

    def _one(self, of: Sequence[str]) -> str:
        return self.random.choice(of)

    def _number(self, n: int) -> str:
        return "".join(self._one("0123456789") for _ in range(n))

    def _first(self) -> tuple[str, str]:
        return "person", self._one(self.lists["first"])

    def _full(self) -> tuple[str, str]:
        middle = [self._one(self.lists["first"])] if self.random.random() < 0.2 else []
        return "person", " ".join([self._one(self.lists["first"]), *middle, self._one(self.lists["last"])])

    def _phone(self) -> tuple[str, str]:
        rest = f"8{self._one('1235789')}{self._number(1)}{self._number(self._one((7, 8, 9)))}"
        joint = self._one(("", "", " ", "-", "."))
        grouped = joint.join([rest[:3], rest[3:7], rest[7:]])
        return "phone", self._one(("0", "+62 ", "+62", "62", "0", "0")) + grouped

    def _phone_spoken(self) -> tuple[str, str]:
        digits = "08" + self._one("1235789") + self._number(self._one((8, 9)))
        words = [DIGITS[int(digit)] for digit in digits]
        style = self._one(("plain", "kosong", "mixed", "comma", "colloquial"))
        if style in {"kosong", "colloquial"}:
            words = ["kosong" if word == "nol" else word for word in words]
        if style == "colloquial":
            words = [{"delapan": "lapan", "empat": "ampat", "enam": "anam"}.get(word, word) for word in words]
        if style == "mixed":
            words = [digit if self.random.random() < 0.4 else word for digit, word in zip(digits, words, strict=True)]
        return "phone", (", " if style == "comma" else " ").join(words)

    def _landline(self) -> tuple[str, str]:
        area, rest = (
            self._one(("021", "022", "031", "0274", "0251", "061")),
            f"{self._one('23456789')}{self._number(6)}",
        )
        return "phone", self._one((f"({area}) {rest}", f"{area}-{rest}", f"{area} {rest[:3]} {rest[3:]}", area + rest))

    def _nik(self) -> tuple[str, str]:
        day = self.random.randint(1, 28) + self._one((0, 40))
        parts = [self._one(("31", "32", "33", "35", "73", "12")), f"{self.random.randint(1, 79):02}"]
        parts += [f"{self.random.randint(1, 30):02}", f"{day:02}", f"{self.random.randint(1, 12):02}", self._number(2)]
        joint = self._one(("", "", " ", ".", "-"))
        tail = f"000{self._number(1)}"
        return "nik", joint.join(["".join(parts[:3]), "".join(parts[3:]), tail]) if joint else "".join(parts) + tail

    def _npwp(self) -> tuple[str, str]:
        d = self._number(15)
        dotted = f"{d[:2]}.{d[2:5]}.{d[5:8]}.{d[8]}-{d[9:12]}.{d[12:]}"
        return "npwp", self._one((dotted, dotted, d, "0" + d))

    def _bpjs(self) -> tuple[str, str]:
        return "bpjs", "000" + self._number(10)

    def _plate(self) -> tuple[str, str]:
        area, tail = (
            self._one(("B", "D", "AB", "F", "BK", "L", "AD")),
            "".join(self._one("ABCDEFGHJKLPRSTUVWZ") for _ in "123"),
        )
        joint = self._one((" ", " ", ""))
        return "plate", joint.join([area, str(self.random.randint(1001, 9999)), tail[: self.random.randint(2, 3)]])

    def _account(self) -> tuple[str, str]:
        digits = self._number(self._one((10, 13, 15)))
        return "account", self._one((digits, f"{digits[:4]}-{digits[4:8]}-{digits[8:]}"))

    def _login(self) -> str:
        first, last = (self._one(self.lists[each]).replace(" ", "").lower() for each in ("first", "last"))
        return self._one((f"{first}.{last}", f"{first}{self._number(2)}", f"{first}_{last}"))

    def _email(self) -> tuple[str, str]:
        return "email", f"{self._login()}@{self._one(('gmail.com', 'yahoo.co.id', 'ymail.com', 'kampus.ac.id'))}"

    def _email_spoken(self) -> tuple[str, str]:
        joint = self._one((" at gmail dot com", " et gmail titik com", " at yahoo dot co dot id", " [at] gmail.com"))
        return "email", self._login() + joint

    def _handle(self) -> tuple[str, str]:
        return "handle", "@" + self._login()

    def _handle_bare(self) -> tuple[str, str]:
        return "handle", self._login()

    def _street(self) -> tuple[str, str]:
        how = self._one(("Jl. ", "Jalan ", "Jln ", "jl "))
        number = self._one(
            ("", " No. " + str(self.random.randint(1, 99)), f" No.{self.random.randint(1, 99)}A", " III No. 5")
        )
        return "address", how + self._one(self.lists["streets"]) + number

    def _gang(self) -> tuple[str, str]:
        return "address", self._one(("Gg. ", "Gang ", "gang ")) + self._one([*self.lists["streets"], "3", "II"])

    def _house(self) -> tuple[str, str]:
        return "address", str(self.random.randint(1, 99))

    def _rtrw(self) -> tuple[str, str]:
        rt, rw = f"{self.random.randint(1, 15):02}", f"{self.random.randint(1, 12):02}"
        return "address", self._one(
            (f"RT {rt}/RW {rw}", f"RT {rt} RW {rw}", f"RT.{rt}/{rw}", f"rt {rt} rw {rw}", f"RT 0{rt}/RW 0{rw}")
        )

    def _block(self) -> tuple[str, str]:
        return "address", f"Blok {self._one('ABCDEF')}{self.random.randint(1, 20)} No. {self.random.randint(1, 40)}"

    def _block_only(self) -> tuple[str, str]:
        return "address", f"{self._one('ABCDEF')}{self._one(('', ' ', '-'))}{self.random.randint(1, 20)}"

    def _village(self) -> tuple[str, str]:
        first, last = SYLLABLES[self.which]
        joint = self._one(("", " "))
        second = self._one(last)
        return "place", self._one(first) + joint + (second.title() if joint else second)

    _district = _village

    def _estate(self) -> tuple[str, str]:
        return "address", f"{self._one(('Griya', 'Puri', 'Taman'))} {self._village()[1]}"

    def _city(self) -> tuple[str, str]:
        return "place", self._one(self.lists["cities"])

    def _birth(self) -> tuple[str, str]:
        day, month, year = self.random.randint(1, 28), self.random.randint(1, 12), self.random.randint(1950, 2005)
        return "birth", self._one(
            (
                f"{day} {MONTHS[month - 1]} {year}",
                f"{day:02}-{month:02}-{year}",
                f"{day}/{month}/{year}",
                f"{day} {MONTHS[month - 1].lower()} {year}",
            )
        )

    def _school(self) -> tuple[str, str]:
        village = self._village()[1]
        return "institution", self._one(
            (
                f"SMPN {self.random.randint(1, 200)} {self._city()[1]}",
                f"SDN {village} 0{self.random.randint(1, 9)}",
                f"MTs Al-Hidayah {village}",
                f"SMK {village}",
                f"SMA Negeri {self.random.randint(1, 9)} {self._city()[1]}",
            )
        )

    def _clinic(self) -> tuple[str, str]:
        village = self._village()[1]
        return "institution", self._one(
            (
                f"Puskesmas {village}",
                f"RSUD {self._city()[1]}",
                f"Klinik {village}",
                f"RS {village}",
                f"RSIA {village} Medika",
            )
        )

    def _company(self) -> tuple[str, str]:
        return "institution", self._one(
            (
                f"PT {self._village()[1]} Abadi",
                f"PT. {self._one(self.lists['last'])} Tekstil",
                f"CV {self._village()[1]}",
                f"Koperasi {self._village()[1]}",
            )
        )

    def _university(self) -> tuple[str, str]:
        return "institution", f"{self._one(('Universitas', 'STIE', 'Institut'))} {self._village()[1]}"

    def _market(self) -> tuple[str, str]:
        return "place", self._village()[1]


def plant(
    transcript: Transcript, planter: Planter, *, every: int = 3, traps: int = 12
) -> tuple[Transcript, tuple[Planted, ...]]:
    """Return *transcript* with a planted sentence at the end of every so many turns, *traps* among them, and what was planted."""
    made, gold, turns, at = "", [], [], 0
    frames = [*planter.random.choices(planter.frames, k=len(transcript.turns) // every or 1)]
    lines = [*frames, *planter.random.sample(planter.traps, min(traps, len(planter.traps)))]
    planter.random.shuffle(lines)
    step = max(1, len(transcript.turns) // max(1, len(lines)))
    for number, turn in enumerate(transcript.turns):
        made += transcript.text[at : turn.span.end]
        start = turn.span.start + len(made) - turn.span.end
        at = turn.span.end
        if number % step == 0 and lines:
            sentence, planted = planter.fill(lines.pop())
            made += " "
            gold += [replace(each, span=each.span.shifted(len(made))) for each in planted]
            made += sentence
        turns.append(Turn(Span(start, len(made)), turn.speaker, turn.role, turn.informant, turn.time))
    made += transcript.text[at:]
    return replace(transcript, text=made, turns=tuple(turns), sha256=""), tuple(gold)


@dataclass
class Score:
    """How many of the planted were found, and how many of what was found was planted."""

    planted: int = 0
    found: int = 0
    numbers: int = 0
    numbers_found: int = 0
    names: int = 0
    names_found: int = 0
    hits: int = 0
    right: int = 0

    def add(
        self, text: str, gold: Iterable[Planted], hits: Sequence[Identifier]
    ) -> tuple[list[Planted], list[Identifier]]:
        """Count one text; return what was missed and what was found though nobody planted it."""
        covered: set[int] = set()
        for hit in hits:
            covered.update(range(hit.core.start, hit.core.end))
        missed, planted = [], set()
        for each in gold:
            letters = [at for at in range(each.span.start, each.span.end) if text[at].isalnum()]
            planted.update(letters)
            found = covered.issuperset(letters)
            self.planted += 1
            self.found += found
            if each.kind in NAMES:
                self.names += 1
                self.names_found += found
            else:
                self.numbers += 1
                self.numbers_found += found
            if not found:
                missed.append(each)
        wrong = [hit for hit in hits if not planted.intersection(range(hit.core.start, hit.core.end))]
        self.hits += len(hits)
        self.right += len(hits) - len(wrong)
        return missed, wrong

    def rates(self) -> dict[str, float]:
        """Return the recall of numbers and names, and the precision before anybody has looked."""
        return {
            "numbers": self.numbers_found / self.numbers,
            "names": self.names_found / self.names,
            "precision": self.right / self.hits,
        }
