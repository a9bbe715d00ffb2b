"""Who is who: the role of each speaker, by what the user says, the legend, role words, or who asks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from qualcode.importers._words import HONORIFICS, KINSHIP, OCCUPATIONS, normal, role_of
from qualcode.importers.speakers.hosts import introduced
from qualcode.importers.speakers.labels import together
from qualcode.importers.speakers.questions import ends_asking, has_question_word, requests
from qualcode.model import Role

__all__ = ["Speaker", "assign_roles"]

_ASKERS = {"p", "t", "q", "w", "y", "pw", "int", "pnl", "pew"}
"""Letters that mostly stand for the one who asks; used only where nothing else decides."""

_MODERATES = {"m", "mod", "f", "fas", "mdr"}
_SEES_OR_SAYS = {"pengamat", "observer"}
"""Outside a group, who watches and speaks is rather asked for an opinion: ``Lina (pengamat)``."""
_NUMBERED = re.compile(r"[\s_](?:\d{1,2}|[IVX]{1,4}|[A-H])$")
_SAMPLE = 300
_BRIEF = 30
"""Up to how many words a turn that has a question somewhere in it asks; of longer ones, the longer the less."""
_MOST_HOSTS = 3
_ASKS_TOO, _AHEAD, _AT_LENGTH, _CLEARLY = 0.15, 0.05, 1.5, 0.12
"""Who asks in at least so many of their turns, so much more than whoever answers, in turns so much shorter, asks as well; or clearly more, in turns
that are no longer."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """One speaker: the label as it first stands in the text, turns and words, and the role with the rule that gave it.

    `meaning` is what the legend says; `sure` is False where a person should check the role.
    """

    label: str
    turns: int
    line: int
    role: Role = Role.OTHER
    rule: str = ""
    sure: bool = True
    meaning: str = ""
    asks: float = 0.0
    words: float = 0.0
    aliases: tuple[str, ...] = field(default=())


def asking(speeches: Sequence[str]) -> tuple[float, float]:
    """Return how far a speaker asks (0 to 1, see `_asks`) and words per turn."""
    sample = speeches[:_SAMPLE]
    if not sample:
        return 0.0, 0.0
    words = [speech.count(" ") + 1 for speech in sample]
    score = sum(_asks(speech, n) for speech, n in zip(sample, words, strict=True))
    return score / len(sample), sum(words) / len(sample)


def _asks(speech: str, words: int) -> float:
    """Return 1 for a turn that ends with a question, less for one that asks on the way: who tells a story asks in it, too."""
    if ends_asking(speech):
        return 1.0
    marked = "?" in speech or "؟" in speech or "？" in speech
    asks = 1.0 if marked else 0.5 if has_question_word(speech[:300]) or requests(speech[:300]) else 0.0
    return asks * min(1.0, _BRIEF / words)


def assign_roles(
    speakers: Sequence[Speaker],
    *,
    options: Mapping[str, Role],
    names: Mapping[str, Role],
    speeches: Mapping[str, Sequence[str]],
    is_group: bool = False,
) -> tuple[Speaker, ...]:
    """Return the speakers with their roles.

    Parameters
    ----------
    speakers : sequence of Speaker
        With labels, counts and legend meanings.
    options : mapping
        What the user says, by normal label.
    names : mapping
        Names that the header gives to a role, such as that of the interviewer, by normal name.
    speeches : mapping
        What each says, by label.
    is_group : bool
        Whether the source is known to be a group interview.
    """
    keys = {normal(speaker.label) for speaker in speakers}
    known = [_by_word(speaker, options, names, keys) for speaker in speakers]
    known = _by_company(known)
    if any(speaker.role is Role.OTHER and not speaker.rule for speaker in known):
        known = _by_asking(known, speeches, is_group)
    return tuple(_as_their_parts(known))


def _as_their_parts(speakers: list[Speaker]) -> list[Speaker]:
    """Return the speakers; two who ask and speak at once (``G & K``) ask, and are no voice of informants."""
    roles = {normal(s.label): s.role for s in speakers}
    return [
        replace(s, role=roles[parts[0]])
        if s.role is Role.TOGETHER
        and s.rule == "labels"
        and (parts := together(normal(s.label)))
        and all(roles[part].asks for part in parts)
        else s
        for s in speakers
    ]


def _by_word(
    speaker: Speaker, options: Mapping[str, Role], names: Mapping[str, Role], keys: Collection[str]
) -> Speaker:
    key = normal(speaker.label)
    if key in options:
        return replace(speaker, role=options[key], rule="option")
    joined = together(key)
    if len(joined) > 1 and all(part in keys for part in joined):
        return replace(speaker, role=Role.TOGETHER, rule="labels")
    said, own = role_of(speaker.meaning), role_of(speaker.label)
    if said is Role.BYSTANDER and own in {Role.INFORMANT, Role.PARTICIPANT} and _label_word(speaker) not in OCCUPATIONS:
        return replace(speaker, role=own, rule="role word")  # "Inf 1 (Nenek)" is an informant, not a passer-by
    # "Peserta 1: penjual kue" tells more of a participant; "P: Penjual" says who P is.
    if said is not None and (own is None or _first_word(speaker) not in OCCUPATIONS):
        return replace(speaker, role=said, rule="legend")
    bare = " ".join(word for word in key.split() if word not in HONORIFICS)  # "Bapak Andi" above may be "Pak Andi"
    if (named := names.get(key) or names.get(bare)) is not None:
        return replace(speaker, role=named, rule="header")
    if (role := own) is not None:
        return replace(speaker, role=role, rule="role word")
    return speaker


def _label_word(speaker: Speaker) -> str:
    words = re.findall(r"[^\W\d_]+", speaker.label.casefold())
    return words[0] if words else ""


def _first_word(speaker: Speaker) -> str:
    words = re.findall(r"[^\W\d_]+", (speaker.meaning or speaker.label).casefold())
    return words[0] if words else ""


def _by_company(speakers: list[Speaker]) -> list[Speaker]:
    """Settle words whose role depends on who else speaks: participants, occupations, relatives."""
    moderated = any(s.role is Role.MODERATOR for s in speakers)
    participants = sum(s.role is Role.PARTICIPANT for s in speakers)
    group = moderated or participants > 1
    named = any(
        (s.role is Role.INFORMANT and _first_word(s) not in OCCUPATIONS) or s.role is Role.PARTICIPANT for s in speakers
    )
    total = sum(s.turns for s in speakers) or 1
    answers = max((s.turns for s in speakers if s.role is Role.INFORMANT), default=0)
    # Where one who asks and one who answers are still to be found, relatives and passers-by are what their label says.
    unknown = sum(not s.rule and s.turns > 1 for s in speakers)
    named = named or unknown >= (
        1 if any(s.rule and s.role.asks and s.role is not Role.NOTETAKER for s in speakers) else 2
    )
    several = Counter(_first_word(s) for s in speakers if s.role is Role.BYSTANDER and _NUMBERED.search(s.label))
    settled = []
    for s in speakers:
        role, sure = s.role, s.sure
        if s.rule in {"legend", "role word"}:
            word = _first_word(s)
            if role is Role.PARTICIPANT and not group:
                role = Role.INFORMANT
            elif role is Role.INFORMANT and moderated:
                role = Role.PARTICIPANT
            elif role is Role.NOTETAKER and word in _SEES_OR_SAYS and not group and s.turns > 1:
                role, sure = Role.INFORMANT, False
            elif role is Role.INFORMANT and word in OCCUPATIONS and named and s.rule == "role word":
                role = Role.BYSTANDER
            elif role is Role.BYSTANDER and several[word] > 1 and (moderated or not (named or answers)):
                role, sure = (Role.PARTICIPANT if moderated else Role.INFORMANT), False
            elif role is Role.BYSTANDER and word in KINSHIP and not named and s.turns >= max(0.2 * total, answers + 1):
                role, sure = Role.INFORMANT, False
        settled.append(replace(s, role=role, sure=sure))
    return settled


def _by_asking(speakers: list[Speaker], speeches: Mapping[str, Sequence[str]], is_group: bool) -> list[Speaker]:
    """Give the speakers without a role theirs: who asks most is the interviewer, the others answer."""
    measured = [replace(s, asks=score, words=words) for s in speakers for score, words in [asking(speeches[s.label])]]
    unknown = [s for s in measured if not s.rule]
    # A note-taker may ask now and then, but leads no talk.
    asks = [s for s in measured if s.rule and s.role.asks and s.role is not Role.NOTETAKER]
    voices = [s for s in measured if s.rule and s.role in {Role.INFORMANT, Role.PARTICIPANT}]
    is_group = is_group or _is_numbered_group(unknown) or any(s.role is Role.MODERATOR for s in asks)
    asker, answerer = (Role.MODERATOR, Role.PARTICIPANT) if is_group else (Role.INTERVIEWER, Role.INFORMANT)
    decided = {} if is_group else _by_introduction(unknown, asks, speeches)
    asks += [s for s in unknown if s.label in decided and decided[s.label][0].asks]
    answering = (
        voices  # by their labels: beside them, somebody unknown may be a passer-by; beside a guest, another guest
    )
    voices = [*voices, *(s for s in unknown if s.label in decided and s not in asks)]
    unknown = [s for s in unknown if s.label not in decided]
    if not asks and unknown and (len(unknown) > 1 or voices):
        chosen, sure = _who_asks(unknown, voices)
        decided[chosen.label] = (asker, "who asks", sure)
    rest = [s for s in unknown if s.label not in decided]
    most = max((s.turns for s in rest), default=0)
    also = set() if is_group else _who_else_asks(rest, voices)
    for s in rest:
        if s.label in also or (asks and voices and s.asks > 0.6 and s.turns > 3):
            decided[s.label] = (asker, "who asks", False)
        elif is_group and s.meaning:  # the legend lists who takes part
            decided[s.label] = (answerer, "legend", True)
        elif (answering and (not is_group or s.turns < 2)) or (not is_group and s.turns < 0.15 * most):
            # Somebody else already answers: this may be a passer-by or a slip of the keyboard.
            decided[s.label] = (Role.OTHER, "unknown", False)
        else:
            by_asking = not any(
                rule == "introduced" for _, rule, _ in decided.values()
            )  # else, who is introduced as nothing?
            sure = all(sure for _, _, sure in decided.values()) and (is_group or (len(rest) == 1 and by_asking))
            decided[s.label] = (answerer, "who asks", sure and bool(asks or decided))
    return [
        replace(s, role=decided[s.label][0], rule=decided[s.label][1], sure=decided[s.label][2])
        if s.label in decided
        else s
        for s in measured
    ]


def _by_introduction(
    unknown: Sequence[Speaker], asks: Sequence[Speaker], speeches: Mapping[str, Sequence[str]]
) -> dict[str, tuple[Role, str, bool]]:
    """Return who of the *unknown* is a guest, since introduced as one, and who therefore a host; nobody where nobody is introduced."""
    guests, hosts = introduced({s.label: speeches[s.label] for s in (*unknown, *asks)})
    answering = [s for s in unknown if s.label in guests and s.turns > 1]
    rest = [s for s in unknown if s.label not in guests and s.turns > 1]
    if not answering or not (rest or asks) or len(rest) > _MOST_HOSTS:
        return {}
    answers = max(answering, key=lambda s: s.turns * s.words)
    leading = [s for s in rest if s.label in hosts or _leads(s, answers)]
    found = {s.label: (Role.INTERVIEWER, "introduced", s.label in hosts or len(rest) == 1) for s in leading}
    return found | {s.label: (Role.INFORMANT, "introduced", True) for s in answering} if found or asks else {}


def _leads(speaker: Speaker, answers: Speaker) -> bool:
    """Tell whether *speaker* says less in a turn than who *answers*, and asks as much or says much less."""
    return speaker.words < answers.words and (
        speaker.asks >= answers.asks or answers.words >= _AT_LENGTH * speaker.words
    )


def _who_else_asks(rest: Sequence[Speaker], voices: Sequence[Speaker]) -> set[str]:
    """Return the labels of those who ask beside the first who does, as the second host of a podcast: briefly, where another answers at length."""
    answers = max((*rest, *voices), key=lambda s: s.turns * s.words, default=None)
    if answers is None:
        return set()
    return {
        s.label
        for s in rest
        if s.turns > 3
        and s.asks >= max(_ASKS_TOO, answers.asks + _AHEAD)
        and answers.words >= (_AT_LENGTH if s.asks < answers.asks + _CLEARLY else 1.0) * s.words
        and s is not answers
    }


def _is_numbered_group(unknown: Sequence[Speaker]) -> bool:
    """Tell whether labels such as M, P1, P2, P3 are those of a group: one who moderates, and participants with numbers."""
    keys = [normal(s.label) for s in unknown]
    numbered = [key for key in keys if re.fullmatch(r"(?:p|ps|pst|peserta)[-. ]?\d{1,2}", key)]
    return len(numbered) >= 3 and any(key in _MODERATES for key in keys)


def _who_asks(unknown: Sequence[Speaker], voices: Sequence[Speaker]) -> tuple[Speaker, bool]:
    """Return who of the *unknown* asks, and whether that is clear; where it is not, usual letters decide."""
    ranked = sorted(unknown, key=lambda s: (s.asks, -s.words), reverse=True)
    first, others = ranked[0], [*ranked[1:], *voices]
    others = [s for s in others if s.turns > 1] or others
    usual = [s for s in unknown if normal(s.label).rstrip("0123456789") in _ASKERS]
    ahead = first.asks - max(s.asks for s in others)
    brief = max(s.words for s in others) >= 2 * first.words
    if ahead >= 0.25 or (ahead >= 0.1 and brief):
        return first, first.turns >= 3 or [first] == usual
    if usual and usual[0].asks >= 0.8 * first.asks:
        return usual[0], False
    return first, False
