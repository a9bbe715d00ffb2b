"""Names in the place of names, of the same gender and region; words in brackets in the place of all else."""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Literal, get_args

from qualcode.errors import N_
from qualcode.i18n import translator
from qualcode.model import IdentifierKind
from qualcode.privacy.given_names import is_word, known, names_of
from qualcode.privacy.people import Person

__all__ = ["KEEPS", "PLACEHOLDERS", "STYLES", "RealNames", "Style", "dressed", "placeholder", "pseudonym", "words_in"]

Style = Literal["nama", "inisial", "kode"]
STYLES: tuple[Style, ...] = get_args(Style)
"""How people are called: by another name, by initials (Ibu S), by a code (Informan 3)."""

PLACEHOLDERS: Mapping[IdentifierKind, str] = MappingProxyType(
    {
        IdentifierKind.PERSON: N_("[name]"),
        IdentifierKind.PLACE: N_("[place]"),
        IdentifierKind.INSTITUTION: N_("[institution]"),
        IdentifierKind.NIK: N_("[NIK]"),
        IdentifierKind.NPWP: N_("[NPWP]"),
        IdentifierKind.BPJS: N_("[BPJS number]"),
        IdentifierKind.PHONE: N_("[telephone number]"),
        IdentifierKind.EMAIL: N_("[e-mail address]"),
        IdentifierKind.PLATE: N_("[number plate]"),
        IdentifierKind.ACCOUNT: N_("[account number]"),
        IdentifierKind.ADDRESS: N_("[address]"),
        IdentifierKind.BIRTH: N_("[date of birth]"),
        IdentifierKind.HANDLE: N_("[social media account]"),
    }
)
"""What stands in the place of each kind, as message ids."""

_ALIKE = 70
"""From this likeness on (in percent) two names are taken for one another."""
KEEPS = frozenset({"bin", "binti", "al", "el", "van", "der", "de"})
"""Words inside names that stay."""


def pseudonym(
    person: Person,
    *,
    style: Style,
    number: int,
    avoid: Collection[str],
    draw: random.Random,
    label: str = "",
    given: Mapping[str, str] = MappingProxyType({}),
    real: RealNames | None = None,
) -> tuple[str, ...]:
    """Return what *person* is called: in the style ``nama`` a word for each word of the name, in the others one for all of it.

    Parameters
    ----------
    person : Person
        What is known of gender and region is kept.
    style : {"nama", "inisial", "kode"}
        How people are called.
    number : int
        Of the person, for codes.
    avoid : collection of str
        In small letters: whatever word stands in the study, and pseudonyms that were given.
    draw : random.Random
        Chooses. It must not follow from the name, or the name would follow from the choice.
    label : str
        What informants are called, such as ``Informan``.
    given : mapping of str to str
        What stands for words of the name already.
    real : RealNames, optional
        Those of the study: no pseudonym is like one of them.

    Examples
    --------
    >>> ibu_sari = Person(("sari",), gender="f", region="jawa")
    >>> pseudonym(ibu_sari, style="inisial", number=1, avoid=(), draw=random.Random(1))
    ('S',)
    """
    if style == "kode":
        return (_free(label, number, avoid),)
    if style == "inisial":
        initials = "".join(word[0].upper() for word in person.words if word not in KEEPS)
        return (initials if initials.casefold() not in avoid else _free(initials, 2, avoid, blank=""),)
    taken = set(avoid)
    names: list[str] = []
    for at, word in enumerate(person.words):
        name = given.get(word, "")
        if not name and (word in KEEPS or len(word) == 1):
            name = word if word in KEEPS else word.upper()
        fathers = at > 0 and person.words[at - 1] in {"bin", "binti"}
        whose = replace(person, gender="m") if fathers else person
        name = name or _name(word, whose, taken, draw, number, real)
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def _free(word: str, number: int, avoid: Collection[str], *, blank: str = " ") -> str:
    """Return *word* with the first number from *number* on that is not in use."""
    while f"{word}{blank}{number}".casefold() in avoid:
        number += 1
    return f"{word}{blank}{number}"


def _name(
    word: str, person: Person, taken: Collection[str], draw: random.Random, number: int, real: RealNames | None
) -> str:
    """Return a name for one word of a person's name: a family's for a family's, else of the same gender, from the same region if one is left."""
    common = known(word)
    own: Mapping[str, Sequence[str]] = {"f": ("f",), "m": ("m",)}
    kinds = ("family",) if common is not None and common.is_family else own.get(person.gender, ("n", "f", "m"))
    theirs = RealNames(person.words)
    # Where every name is like somebody's, it is enough to be unlike one's own.
    for others in (real, theirs) if real is not None else (theirs,):
        for region in dict.fromkeys((person.region or "umum", "umum", "arab", "jawa", "sunda", "minang", "kristen")):
            for kind in kinds:
                pool = [name for name in names_of(region, kind) if name.casefold() not in taken and not is_word(name)]
                draw.shuffle(pool)
                able = next((name for name in pool if not others.is_like(name) and not theirs.is_like(name)), None)
                if able is not None:
                    return able
    return _free(translator("id")(N_("Person")), number, taken, blank="")


class RealNames:
    """The real names of a study: what no pseudonym may be like.

    Examples
    --------
    >>> [RealNames(["sumarni", "rohana"]).is_like(name) for name in ("Marni", "Rohaya", "Endang")]
    [True, True, False]
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(word.casefold() for word in words if len(word) > 1)
        self._beginnings = frozenset(word[:3] for word in self._words)
        self._together = "\n".join(sorted(self._words))
        self._known: dict[str, bool] = {}

    def is_like(self, name: str) -> bool:
        """Tell whether *name* may be taken for one of them or gives it away: one holds the other, or they begin or sound alike."""
        if name not in self._known:
            self._known[name] = self._judge(name.casefold())
        return self._known[name]

    def _judge(self, low: str) -> bool:
        from rapidfuzz import fuzz, process

        parts = {low[at:end] for at in range(len(low)) for end in range(at + 3, len(low) + 1)}
        holds = low[:3] in self._beginnings or (len(low) > 2 and low in self._together) or bool(parts & self._words)
        return holds or process.extractOne(low, self._words, scorer=fuzz.ratio, score_cutoff=_ALIKE) is not None


def placeholder(kind: IdentifierKind, language: str = "id") -> str:
    """Return what stands in the place of an identifier of *kind*.

    >>> placeholder(IdentifierKind.PHONE), placeholder(IdentifierKind.PHONE, "en")
    ('[nomor telepon]', '[telephone number]')
    """
    return translator(language)(PLACEHOLDERS[kind])


def dressed(text: str, name: str) -> str:
    """Return *name* written as *text* is: in capitals, or all small.

    >>> dressed("SARI", "Wulan"), dressed("sari", "Wulan"), dressed("Sari", "Wulan")
    ('WULAN', 'wulan', 'Wulan')
    """
    if name.startswith("["):
        return name
    if text.isupper() and len(text) > 1:
        return name.upper()
    return name.lower() if text.islower() else name


def words_in(texts: Iterable[str]) -> set[str]:
    """Return the words of *texts* in small letters."""
    found: set[str] = set()
    for text in texts:
        found.update(re.findall(r"[^\W\d_]+", text.casefold()))
    return found
