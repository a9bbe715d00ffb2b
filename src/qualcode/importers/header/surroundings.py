"""What stands around a line above the talk: who may be speaking where, and whether a line names somebody or lets them speak."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from qualcode.importers._words import is_name, is_role_label, role_of
from qualcode.importers.header.entries import GREETING, introduces, is_nameish, is_quoted
from qualcode.importers.header.fields import Field, described, field_of, id_of
from qualcode.importers.header.found import lines_of
from qualcode.importers.header.legend import LegendItem, legend_items
from qualcode.model import Role

__all__ = ["Surroundings"]

_MOST_LINES = 400
_CODE_LABEL = re.compile(r"[A-Za-z]{1,3}[-. ]?\d{0,3}")
_ONESELF = re.compile(r"(?:saya|kami|aku|penulis)\b", re.IGNORECASE)
_NUMBER_OF = re.compile(
    r"(?:\d{1,2}|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas)(?: belas)?(?: \([^()]{1,20}\))? "
    r"(?:orang|org|peserta|partisipan|people|persons|participants)(?: ?[,(][^.?!…]{0,60})?",
    re.IGNORECASE,
)
"""How many take part: ``Peserta : 6 orang``."""
_LIST = 4
"""So many names below each other are a list."""
_ANSWERS = {Role.INFORMANT, Role.PARTICIPANT}


class Surroundings:
    """The first lines of a text with the labels that they begin with; `legend` is what has been explained so far.

    `lines` are the lines, each with where it begins; `keys` has the labels by where their lines begin, in normal form, `count` how many
    lines of the whole text begin with each; `talk` tells whether any of them may well be a speaker's.
    """

    def __init__(
        self,
        text: str,
        stop: int,
        candidates: Sequence[tuple[int, str]],
        options: frozenset[str],
        legend: dict[str, LegendItem],
    ) -> None:
        self._text = text
        self._options = options
        self._legend = legend
        self.lines = lines_of(text, stop, _MOST_LINES)
        self.keys = dict(candidates)
        self.count = Counter(key for _, key in candidates)
        self.talk = any(self.speaks(key) for key in self.count)

    def speaks(self, key: str) -> bool:
        """Tell whether the label *key* may well be a speaker's, judged from the whole text."""
        n = self.count[key]
        if key in self._options or key in self._legend:
            return True
        if is_role_label(key) or (is_role_label(key.title()) and n >= 2) or (key in {"saya", "aku"} and n >= 3):
            return True
        if n < 2 or not (_CODE_LABEL.fullmatch(key) or is_name(key.title())):
            return False
        known = field_of(key + ": x")
        return known is None or not known.known

    def comes_back(self, line: str) -> bool:
        """Tell whether what stands before the tab is a role word that other lines begin with too: a table of talk."""
        label = line.lstrip(" \t\u00a0").partition("\t")[0].strip()
        # Before it there may be a time, of which only the white space is left.
        return is_role_label(label) and len(re.findall(rf"^[ \t]*{re.escape(label)}[ \t]*\t", self._text, re.M)) >= 2

    def usual_follows(self, place: int) -> bool:
        """Tell whether a usual field or a legend stands in the three filled lines below the line at *place*."""
        seen = 0
        for start, line in self.lines[place + 1 : place + 6]:
            if not line.strip():
                continue
            key = self.keys.get(start)
            found = field_of(line)
            if found is not None and found.known and not (key is not None and self.speaks(key)):
                return True
            if legend_items(line)[0]:
                return True
            seen += 1
            if seen == 3:
                break
        return False

    def heads(self, place: int, found: Field, key: str, blank: bool, kept: Collection[Field]) -> bool:
        """Tell whether a line such as ``Informan : Ibu S`` names the speaker *key* instead of letting them speak.

        It holds *found*; *blank* is whether an empty line stands above, and *kept* are the fields above.
        """
        # That a word is a speaker's label, as the user says, does not tell whether it heads a field here as well.
        stated = key in self._options and not is_role_label(key)
        if _CODE_LABEL.fullmatch(key) or stated or key in self._legend:
            return False
        if id_of(found) is not None or (self.count[key] == 1 and _NUMBER_OF.fullmatch(found.value)):
            return True
        if role_of(key) in _ANSWERS and self._is_first(place) and described(found.value, person=True):
            return True
        others = any(n >= 2 and other != key and self.speaks(other) for other, n in self.count.items())
        if not found.value and self.count[key] == 1 and others and not self._speaks_next(place):
            return True  # "Peserta:" above a list
        taking_turns = sum(n >= 2 and other != key and self.speaks(other) for other, n in self.count.items())
        if self.count[key] == 1 and taking_turns >= 2 and introduces(found.value):
            return True
        if self._is_first(place) and introduces(found.value) and self.usual_follows(place):
            return True
        # "Pewawancara : mahasiswa" tells who asks as "Informan : Ibu S" tells who answers.
        if not (is_nameish(found.value) or is_role_label(found.value.title())):
            return self._ends_fields(place, found, kept)
        if (self.count[key] == 1 and others) or self.usual_follows(place) or self._next_key(place) == key:
            return True
        if sum(n >= 3 and n >= 2 * self.count[key] and other != key for other, n in self.count.items()) >= 2:
            return True  # two others take turns; the role word says who one of them is
        above = self.lines[place - 1][1] if place else ""
        if not blank and above.strip() and (neighbour := field_of(above)) is not None and neighbour.known:
            return neighbour in kept
        return self._in_short_block(place)

    def _next_key(self, place: int) -> str | None:
        """Return the label of the next line that is not blank: nobody begins two turns in a row."""
        return next((self.keys.get(start) for start, line in self.lines[place + 1 : place + 6] if line.strip()), None)

    def _ends_fields(self, place: int, found: Field, kept: Collection[Field]) -> bool:
        """Tell whether a line such as ``Informan : kondektur`` is the last of a block of fields: a word or two, and nobody's answer."""
        above = field_of(self.lines[place - 1][1]) if place else None
        blank = place + 1 < len(self.lines) and not self.lines[place + 1][1].strip()
        few = 0 < len(found.value.split()) <= 3 and found.value[-1].isalpha() and GREETING.search(found.value) is None
        return few and blank and above is not None and above.known and above in kept and self._is_first(place)

    def _is_first(self, place: int) -> bool:
        """Tell whether no line above begins with the label of somebody who speaks."""
        above = (self.keys.get(start) for start, _ in self.lines[:place])
        return not any(key is not None and self.speaks(key) for key in above)

    def _speaks_next(self, place: int) -> bool:
        key = self._next_key(place)
        return key is not None and self.speaks(key)

    def _in_short_block(self, place: int) -> bool:
        """Tell whether the line begins a block of names, ended by a blank line, whose labels all come back below."""
        labels: list[str] = []
        for start, line in self.lines[place : place + 8]:
            if not line.strip():
                break
            key, found = self.keys.get(start), field_of(line)
            if key is None or found is None or key in labels:
                return False
            if not (is_nameish(found.value) or is_role_label(found.value.title())):  # "Pewawancara : mahasiswa"
                return False
            labels.append(key)
        return len(labels) >= 2 and all(self.count[label] >= 2 for label in labels)

    def people_from(self, place: int) -> int:
        """Return how many lines from *place* on list people, each behind what they did, most of which comes nowhere else; 0 if it is no list."""
        keys: list[str] = []
        for start, line in self.lines[place:]:
            key, found = self.keys.get(start), field_of(line)
            if key is None or found is None or (found.known and role_of(key) is None):
                break
            if not introduces(found.value) or len(found.value.split()) > 4 or not found.value[-1].isalpha():
                break
            keys.append(key)
        once = sum(self.count[key] == 1 for key in keys)
        return len(keys) if len(keys) >= _LIST and 2 * once >= len(keys) and role_of(keys[0]) is not None else 0

    def are_letters(self, place: int) -> bool:
        """Tell whether ``A : saya dan teman`` and ``B : kakek`` stand here below each other, before A begins to speak: a legend without a heading."""
        for first in (place, place - 1):
            lines = self.lines[max(first, 0) : first + 3]
            keys = [self.keys.get(start) for start, _ in lines]
            if first < 0 or len(lines) < 3 or None in keys or keys[0] != keys[2] or keys[0] == keys[1]:
                continue
            said = [line.partition(":")[2].strip() for _, line in lines[:2]]
            short = all(words and words[-1].isalpha() and len(words.split()) <= 4 for words in said)
            letters = all(key is not None and len(key) <= 2 for key in keys)
            told = all(role_of(words) is not None or _ONESELF.match(words) for words in said)
            if short and letters and told and not any(map(GREETING.search, said)):
                return True
        return False

    def begins_talk(self, key: str, place: int) -> bool:
        """Tell whether the line at *place*, which begins with the label *key* and is no field, is the first of the talk."""
        line = self.lines[place][1]
        # "Peneiti : “Permisi, Bu”": what is quoted was said, whoever it was.
        quoted = is_quoted(line.partition(":")[2]) and self._speaks_next(place)
        return quoted or self.speaks(key) or (not self.talk and is_name(key.title()) and not self.usual_follows(place))
