"""Lines that begin a turn: what looks like a label, and which labels are speakers."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qualcode.importers._words import HONORIFICS, NOT_NAMES, OCCUPATIONS, is_name, is_role_label, normal, role_of
from qualcode.importers.header.entries import is_nameish
from qualcode.importers.header.fields import field_of
from qualcode.importers.header.top import Top
from qualcode.importers.speakers.slips import other_forms, slips
from qualcode.importers.speakers.things import name_things
from qualcode.importers.speakers.voices import MACHINE
from qualcode.model import Role

__all__ = [
    "ASIDE",
    "BEFORE",
    "CODE",
    "Candidate",
    "Doubt",
    "accept",
    "candidates",
    "role_words_only",
    "together",
]

Doubt = tuple[str, int, Mapping[str, object]]
"""What is doubtful about a label, by a name in `qualcode.importers.layout.doubts`, where it stands, and what to say of it."""

_COLON = "[:：∶﹕꞉]"
CHAT = r"\[?\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4},?[ \u202f]+\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?:[ \u202f]?[AaPp][Mm])?\]?[ ]?[-–]?[ ]+"
"""What stands before each message of an exported chat: date and time of day."""
BEFORE = rf"^[ \t\u00a0\u3000\u200e\u200f\u202a-\u202e\u2066-\u2069>]*(?:{CHAT})?(?:[-*•+‣–][ \t]+)?(?:[A-Z]{{1,3}}\d{{1,2}}(?:[./-][A-Z]{{0,3}}\d{{1,4}}){{1,3}}[.)]?[ \t]+)?(?:\(\d{{1,4}}\)[ \t]*|\d{{1,4}}(?:[.)][ \t]*|\t|[ ]{{2,}}|[ ](?=[A-Z]{{1,3}}\d{{0,2}}[ \t]?[:：])))?[*_\\]{{0,8}}"
ASIDE = r"[ \t]*(?:\([^)\n]{0,60}\)|\[[^\]\n]{0,60}\]|<[\d:.,]{4,12}>)?"
_AFTER = r"[*_\\]{0,8}[ \t\u00a0]*"
_PICTURES = r"(?:[ \t]?[\u2600-\u27bf\U0001f000-\U0001faff][\u200d\ufe0f\u2600-\u27bf\U0001f000-\U0001faff]*)?"
_SEVERAL = r"[A-Z]{1,3}\d{1,2}(?:,[ \t]?[A-Z]{1,3}\d{1,2})+(?:,?[ \t]?(?:&|dan|and)[ \t]?[A-Z]{1,3}\d{1,2})?"
"""Several who speak at once: ``P1, P2 & P4``."""
_TITLED = r"[^\W\d_][^\n:：\t()\[\]<>*?!…\"“”,;]{1,38}+(?:,[ \t]?(?:(?:[A-Z][A-Za-z]{0,5}\.){1,3}[A-Za-z]{0,5}|[A-Z][a-z]{0,3}[A-Z][A-Za-z]{0,3})){1,4}"
"""A name with the titles behind it: ``Siti Aminah, S.Ag., M.Pd.``."""
_LABEL_LINE = re.compile(
    BEFORE
    + r"(?P<open>[\[(])?(?P<label>"
    + r"[^\W\d_](?:[^\n:：∶﹕꞉\t()\[\]<>*?!…\"“”,;]{0,38}[^\W_])?\.?"
    # What has a comma is no simple label, and is looked for where there is none.
    + rf"|{_SEVERAL}|{_TITLED})(?(open)[\])])"
    + rf"{_PICTURES}(?P<aside>{ASIDE}){_AFTER}[*_]{{0,3}}(?:\t[ \t]*)?{_COLON}(?!//)[*_\\]{{0,8}}[ \t\u00a0]*",
    re.MULTILINE,
)


@dataclass(slots=True)
class Candidate:
    """A line that looks as if it begins a turn."""

    line_start: int
    speech_start: int
    label: str
    key: str
    aside: str = ""
    time: float | None = None


def candidates(text: str, stop: int) -> list[Candidate]:
    """Return the lines of *text* before *stop* that look as if they begin a turn."""
    found = []
    keys: dict[str, str] = {}
    for match in _LABEL_LINE.finditer(text, 0, stop):
        label = match["label"]
        key = keys.get(label)
        if key is None:
            key = keys[label] = normal(label)
        at = match.end()
        # A mark such as "(tertawa):" is nobody.
        if match["open"] and not (CODE.fullmatch(label) or is_role_label(label) or MACHINE.fullmatch(label)):
            continue
        # "Jam 16:30" is a time, not somebody called "Jam 16".
        if label[-1].isdigit() and text[at - 1] in ":：" and text[at : at + 2].isdigit() and not is_role_label(label):
            continue
        found.append(Candidate(match.start(), at, label.strip(), key, match["aside"]))
    return _introduced(_without_numbers(found), text)


_INITIALS = re.compile(r"[(\[][ \t]*(?P<label>[A-Z]{1,3}\d{0,2}|[A-Z][a-z]{1,2}\d{0,2})[ \t]*[)\]]")


def _introduced(found: list[Candidate], text: str) -> list[Candidate]:
    """Return the candidates; a name that begins with its letters behind it, ``Kiki (K):``, is whom ``K:`` names from then on."""
    behind = [(c, match) for c in found if len(c.aside) > 2 and (match := _INITIALS.fullmatch(c.aside.strip()))]
    if not behind:
        return found
    count: dict[str, int] = {}
    for c in found:
        count[c.key] = count.get(c.key, 0) + 1
    for c, initials in behind:
        if CODE.fullmatch(c.label) or not (is_name(c.label) or is_role_label(c.label)):
            continue
        if is_role_label(c.label) and is_nameish(text[c.speech_start : c.speech_start + 200].partition("\n")[0]):
            continue  # "Pewawancara (P) : Rani" is a header
        key = normal(initials["label"])
        if count.get(key, 0) >= 2 and count[key] > count[c.key]:
            # "Pasien (Ps1):" tells who Ps1 is; "Kiki (K):" tells no more than the letter.
            c.key, c.label = key, c.label if is_role_label(c.label) else initials["label"]
    return found


_NUMBERED_WORD = re.compile(r"(pertanyaan|jawaban|tanya|jawab|question|answer)[-. ]?\d{1,3}")
_NUMBERED_CODE = re.compile(r"([a-z]{1,2})[-. ]?(\d{1,3})")


def _without_numbers(found: list[Candidate]) -> list[Candidate]:
    """Return the candidates with labels that count the questions (P1, J1, P2, J2 …) cut to their letters."""
    if not any(_NUMBERED_CODE.fullmatch(key) or _NUMBERED_WORD.fullmatch(key) for key in {c.key for c in found}):
        return found
    numbers: dict[str, list[int]] = {}
    for c in found:
        if match := _NUMBERED_CODE.fullmatch(c.key):
            numbers.setdefault(match[1], []).append(int(match[2]))
    for c in found:
        if match := _NUMBERED_WORD.fullmatch(c.key):
            c.key, c.label = match[1], c.label[: len(match[1])]
    counting = {letter for letter, n in numbers.items() if _counts(n)}
    if len(counting) < 2:
        return found
    for c in found:
        if (match := _NUMBERED_CODE.fullmatch(c.key)) and match[1] in counting:
            c.key, c.label = match[1], c.label[: len(match[1])]
    return found


def _counts(numbers: Sequence[int]) -> bool:
    """Tell whether *numbers* go up from turn to turn; in a longer row one in five may be a slip of the keyboard."""
    if len(numbers) < 3:
        return False
    slips = sum(a >= b for a, b in pairwise(numbers)) + sum(b > a + 3 for a, b in pairwise(numbers))
    return slips <= (len(numbers) - 1) // 5 if len(numbers) > 5 else numbers == sorted(set(numbers))


CODE = re.compile(r"(?:[A-Z]{1,3}|[A-Z][a-z]{0,2}\.?)[-. ]?\d{0,3}")
_ONESELF = {"saya", "aku", "gue", "me"}
_SHORT_TALK = 12
"""Up to how many labels may stand once each and still make a talk."""
_LONGEST = 500
_EVERY = 0.9
_OFTEN = 3
_MONOLOGUE = 5
"""From how many turns on a single label is believed."""
_NO_CODES = frozenset(
    [
        "rp",
        "hp",
        "wa",
        "nb",
        "ps",
        "no",
        "tv",
        "wib",
        "ktp",
        "rt",
        "rw",
        "pt",
        "cv",
        "sd",
        "smp",
        "sma",
        "smk",
        "th",
        "tgl",
        "jl",
        "gg",
    ]
)


def accept(
    text: str,
    found: list[Candidate],
    top: Top,
    meanings: Mapping[str, str],
) -> tuple[list[Candidate], list[Doubt]]:
    """Return the candidates that begin turns, and the labels that are doubtful."""
    below = [c for c in found if c.line_start >= top.end]
    count: dict[str, int] = {}
    first: dict[str, Candidate] = {}
    for c in below:
        count[c.key] = count.get(c.key, 0) + 1
        first.setdefault(c.key, c)
    speakers: set[str] = set()
    once: list[Candidate] = []
    doubts: list[Doubt] = []
    for key, c in first.items():
        verdict, doubt = _judge(text, c, count[key], meanings)
        if verdict == "speaker":
            speakers.add(key)
        elif verdict == "once":
            once.append(c)
        if doubt is not None:
            doubts.append((doubt, c.line_start, {"label": c.label, "n": count[key]}))
    # A very short talk: nobody speaks twice, but several do speak. Or a group in which each line has its label: who speaks once has one, too.
    short = not speakers and 2 <= len(once) <= _SHORT_TALK
    if short or (once and _is_group(first, count, speakers) and _every_line(text, below)):
        speakers.update(c.key for c in once)
        doubts.extend(("once", c.line_start, {"label": c.label}) for c in once)
        once = []
    for c in _listed(text, below, count, speakers, meanings):
        speakers.discard(c.key)
        doubts = [doubt for doubt in doubts if doubt[1] != c.line_start]
        once.append(c)
    meant = other_forms(speakers, count)
    slipped = slips(count, speakers, meanings)
    doubts = [doubt for doubt in doubts if normal(str(doubt[2]["label"])) not in {**meant, **slipped}]
    for key, target in slipped.items():
        said = {"label": first[key].label, "speaker": first[target].label}
        doubts.append(("slip", first[key].line_start, said))
    for c in below if slipped or meant else ():
        same = slipped.get(c.key) or meant.get(c.key)
        if same is not None:
            c.key, c.label = same, first[same].label
    for key in first:
        parts = together(key)
        if len(parts) > 1 and all(part in speakers for part in parts):
            speakers.add(key)
    doubts.extend(("kept", c.line_start, {"label": c.label}) for c in once if c.key not in speakers)
    return _if_talk(text, [c for c in below if c.key in speakers], meanings, doubts)


def _is_group(first: Mapping[str, Candidate], count: Mapping[str, int], speakers: Collection[str]) -> bool:
    """Tell whether one of the *speakers* leads and two or more who come back are called by names."""
    led = any(role_of(first[key].label) is Role.MODERATOR for key in speakers)
    return led and sum(count[key] >= 2 and is_name(first[key].label) and role_of(key) is None for key in speakers) >= 2


def _every_line(text: str, below: list[Candidate]) -> bool:
    """Tell whether nearly all lines from the first label on begin with one."""
    lines = sum(1 for line in text[below[0].line_start :].split("\n") if line.strip())
    return len(below) >= _EVERY * lines


def _listed(
    text: str, below: list[Candidate], count: Mapping[str, int], speakers: Collection[str], meanings: Mapping[str, str]
) -> list[Candidate]:
    """Return the bystanders who are named once, right below a line of a list such as ``Gas: tiga hari``: things are listed there."""
    found = []
    for before, c in pairwise(below):
        once = count[c.key] == 1 and c.key in speakers and c.key not in meanings and role_of(c.label) is Role.BYSTANDER
        if once and before.key not in speakers and text.count("\n", before.line_start, c.line_start) == 1:
            found.append(c)
    return found


def _judge(text: str, c: Candidate, n: int, meanings: Mapping[str, str]) -> tuple[str, str | None]:
    """Return whether the label that *c* is the first of *n* times is a ``speaker``, perhaps one (``once``) or not, and any doubt."""
    if c.key in meanings or is_role_label(c.label):
        # Perhaps somebody who passes by, perhaps somebody quoted in a story.
        passing = n == 1 and c.key not in meanings and role_of(c.label) is Role.BYSTANDER
        return "speaker", "once" if passing else None
    coded = (CODE.fullmatch(c.label) is not None and (n >= 2 or c.label.isupper())) or (len(c.key) == 1 and n >= 3)
    occupied = n >= 2 and (_is_occupied(c) or (n >= _OFTEN and _is_addressed(c)))
    if c.key in _NO_CODES or not (coded or occupied or c.key in _ONESELF or is_name(c.label)):
        return "no", None
    end = text.find("\n", c.line_start, c.line_start + _LONGEST)
    field = field_of(text[c.line_start : end if end >= 0 else c.line_start + _LONGEST].strip())
    if field is not None and field.known:
        return "no", None
    if c.key in _ONESELF and n >= 3:  # the researcher who writes down their own interview
        return "speaker", None
    if coded or occupied:
        return "speaker", "once" if n == 1 else "rare" if occupied and n == 2 else None
    if is_name(c.label):
        if n < 2 and c.key.split()[0] not in HONORIFICS:
            return "once", None
        return "speaker", {1: "once", 2: "rare"}.get(n)
    return "no", None


def _is_addressed(c: Candidate) -> bool:
    """Tell whether a label is a form of address with a name in small letters, as ``Ibu neneng``."""
    words = c.key.split()
    return 2 <= len(words) <= 3 and words[0] in HONORIFICS and words[1].isalpha() and words[1] not in NOT_NAMES


def _is_occupied(c: Candidate) -> bool:
    """Tell whether a label says what somebody does, as ``Tukang becak`` or ``Ibu rumah tangga``: people in a group are called so."""
    words = c.key.split()
    return 2 <= len(words) <= 3 and c.label[0].isupper() and (words[0] in OCCUPATIONS or words[:2] == ["ibu", "rumah"])


def _if_talk(
    text: str, accepted: list[Candidate], meanings: Mapping[str, str], doubts: list[Doubt]
) -> tuple[list[Candidate], list[Doubt]]:
    """Return *accepted* if several take turns, or if one label stands so often that only the answers have one."""
    if name_things(text, accepted, meanings):
        return [], [("things", accepted[0].line_start, {"label": accepted[0].label, "n": len(accepted)})]
    alone = {c.key for c in accepted}
    if len(alone) == 1 and not alone & set(meanings):
        doubts.append(("alone", accepted[0].line_start, {"label": accepted[0].label}))
        if len(accepted) < _MONOLOGUE:
            return [], doubts  # one label makes no talk
    return accepted, doubts


_FROM_TO = re.compile(r"(?P<letters>[a-z]{1,3})(?P<first>\d{1,2})[ ]?[-–][ ]?(?:(?P=letters))?(?P<last>\d{1,2})")


def together(key: str) -> list[str]:
    """Return the labels that *key* joins, as in ``n1 & n2``; of ``r1-r5`` the first and the last."""
    if from_to := _FROM_TO.fullmatch(key):
        return [f"{from_to['letters']}{from_to['first']}", f"{from_to['letters']}{from_to['last']}"]
    return [part.strip() for part in re.split(r"\s+(?:dan|and|&)\s+|[&/+,]", key) if part.strip()]


def role_words_only(found: list[Candidate], top: Top) -> tuple[list[Candidate], list[Doubt]]:
    """Return the candidates of a source that is no talk: role words alone, and only if two of them take turns."""
    below = [c for c in found if c.line_start >= top.end and is_role_label(c.label)]
    enough = len({c.key for c in below}) >= 2 and len(below) >= 4
    return (below if enough else []), []
