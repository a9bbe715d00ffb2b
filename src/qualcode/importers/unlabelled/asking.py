"""Who asks and who answers where no label says so: how a passage sounds, and what follows from its neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from qualcode.importers.speakers.questions import QUESTION_WORDS, ends_asking, has_question_word, requests

__all__ = [
    "Side",
    "alternation",
    "answers_back",
    "ask_or_answer",
    "ends_asking",
    "greets",
    "is_prompt",
    "ponders",
    "sounds_asking",
    "sounds_spoken",
    "take_sides",
]

_OPENS_QUESTION = re.compile(
    rf"(?:(?:nah|oh|o|oke|ok|baik(?:lah)?|terus|lalu|kemudian|trus|jadi|kalau|kalo|dan|sekarang|selanjutnya|berikutnya|"
    rf"(?:i)?ya|begitu|gitu|hm+|so|and|then|(?:pak|bu|mas|mbak|bang|ibu|bapak|teh|kang|kak)(?: \w\w?)?)[\s,.!…]+){{0,4}}"
    rf"(?:{QUESTION_WORDS}|(?:apakah|kalau boleh tahu|kalo boleh tau|menurut|selain itu|sejak kapan))\b",
    re.IGNORECASE,
)
_PROMPT = re.compile(
    r"(?:(?:coba|tolong|mohon|bisa|boleh|silakan|ayo)\s+)?(?:di)?(?:cerita|jelas|gambar|sebut|urai|terang)(?:kan|in)(?:lah)?\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\b(?:ibu|bapak|anda|kamu|njenengan|panjenengan|sampeyan|saudara|kalian|kakak|mbaknya|masnya|abang|you(?:r)?)\b",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"[\W_]*(?:(?:i)?ya+h?|nggih|inggih|enggih|njih|muhun|sumuhun|betul|benar|bener|leres|tidak|nggak|ngga|gak|ga|enggak|engga|ndak|"
    r"mboten|ora|henteu|teu|kagak|belum|belom|durung|sudah|udah|udh|sampun|wis|uwis|alhamdulillah|insya ?allah|waduh|aduh|lha|"
    r"saya|aku|kulo|abdi|gue|gua|aye|kami|kita|pernah|ada|paling|biasanya|awalnya|dulu|dulunya|mungkin|soalnya|karena|karna|"
    r"kalau saya|kalo saya|namanya|yes|yeah|no|i|we|my|because)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:saya|aku|kulo|abdi|gue|gua|aye|kami|i|my|me|we)\b|\w(?:ku)\b", re.IGNORECASE)
_SPOKEN = re.compile(
    r"\b(?:nggak|ngga|gak|ga|enggak|engga|ndak|tak|kagak|ora|mboten|teu|udah|udh|sih|kok|dong|deh|kan|lah|loh|lho|gitu|gini|aja|"
    r"emang|cuman|cuma|kayak|kaya|kalo|sama|bikin|pake|abis|entar|nanti|nggih|inggih|muhun|monggo|mangga|alhamdulillah|"
    r"insya ?allah|hehe\w*|haha\w*|wkwk\w*|hm+|eh|oh|wah|waduh|aduh|mbak|mas|bu|pak|bang|neng|yeah|well|gonna|you know)\b|"
    r"\b(?:saya|aku|kulo|abdi|gue|gua|aye|kami|i|my|me)\b|[([](?:ter)?(?:tawa|senyum|diam|jeda|menangis)",
    re.IGNORECASE,
)
_PONDERS = re.compile(
    r"[\W_]*(?:(?:apa|gimana|bagaimana|berapa|kapan|siapa|mana|piye|opo|pripun|kenapa) (?:ya|yah|yo|nggih|toh|to|sih)|"
    r"(?:pinten|berapa|kapan|apa) (?:itu )?(?:ya|yah)|(?:gimana|piye) ngomong\w* ?(?:ya)?|apa namanya(?: ya)?|eh|hah|hm+|maksudnya)"
    r"[\W_]*",
    re.IGNORECASE,
)

_TO_THE_YOUNG = re.compile(r"\b(?:neng|dek|dik|adek|nak|nduk|nok|le)\W*$", re.IGNORECASE)
_TO_ANYBODY = re.compile(r"\b(?:mas|mbak|mba|kak|bang|teh|kang|miss|sir|madam)\W*$", re.IGNORECASE)
_TO_THE_OLD = re.compile(r"\b(?:ibu|bu|bapak|pak|mbah|eyang|nenek|kakek|beliau)\b", re.IGNORECASE)
_FEW_WORDS = 3
_TAG = re.compile(r"\b(?:ya|yah|yo|kan|toh|to|ta|lho|loh|tah|right)[\s,]*(?:\w+\s?){0,2}[?？]", re.IGNORECASE)
"""A tag that either side hangs on what it says: ``Lucu, ya?``"""
_SENTENCE = re.compile(r"[.!…]\s+\w")
_AFFIRMS = re.compile(r"[\W_]*\w+,\s")
"""The word that was asked about, taken up as the answer: ``Sudah, ...``."""
_GREETS = re.compile(
    r"[\W_]*(?:assalam\w*|ass?\.? ?wr|selamat (?:pagi|siang|sore|malam)|pagi|siang|sore|malam|permisi|halo|hallo|hai|punten|kulonuwun|"
    r"sampurasun|om swastiastu|shalom|salam|good (?:morning|afternoon|evening)|hello|terima kasih)\b",
    re.IGNORECASE,
)

Side = bool
"""True for the side that asks."""


def ask_or_answer(speech: str) -> float:
    """Return how far *speech* sounds like a question (above 0) or like an answer (below), as log odds set by hand."""
    words = speech.count(" ") + 1
    score = max(-2.0, min(0.6, (14 - words) / 12))
    asks = ends_asking(speech)
    answers = _ANSWER.match(speech) is not None
    if asks:
        score += 2.0 if _TAG.search(speech[-40:]) else 3.0
    elif "?" in speech:
        score += 1.0 if words <= 40 else 0.2
    if _OPENS_QUESTION.match(speech):
        score += 1.2
    elif has_question_word(speech[:200]):
        score += 0.5
    if requests(speech[:300]):
        score += 1.2
    if _ADDRESS.search(speech):
        score += 0.5 if asks or words <= 25 else 0.1
    if answers:
        # "Ya dijalani. Mau kerja apa lagi?" is an answer, "Iya, Bu?" hardly.
        score -= 1.5 if not asks or _SENTENCE.search(speech) else 0.6
    score -= min(1.2, 0.4 * sum(1 for _ in _FIRST_PERSON.finditer(speech[:600])))
    if _PONDERS.fullmatch(speech):
        score -= 2.0  # "Apa ya?" is somebody who looks for an answer
    return score


def greets(speech: str) -> bool:
    """Tell whether *speech* is how a talk begins."""
    return _GREETS.match(speech) is not None


def sounds_asking(speech: str) -> bool:
    """Tell whether *speech*, by itself, is rather a question than anything else."""
    return ends_asking(speech) or (
        is_prompt(speech) or (_OPENS_QUESTION.match(speech) is not None and speech.count(" ") < 30)
    )


def is_prompt(speech: str) -> bool:
    """Tell whether *speech* asks without a question mark, as in ``Ceritakan tentang keluarga Ibu``."""
    return _PROMPT.match(speech) is not None


def ponders(sentence: str) -> bool:
    """Tell whether a question is one that people ask themselves before they answer, such as ``Apa ya?``."""
    return _PONDERS.fullmatch(sentence) is not None


def answers_back(question: str, sentence: str) -> bool:
    """Tell whether a question behind *question* is how the answer to it begins: an echo, or words to somebody else than who is asked.

    >>> answers_back("Berapa penghasilan Ibu sebulan?", "Sebulan?"), answers_back("Kenapa pindah, Pak?", "Mau bagaimana lagi, neng?")
    (True, True)
    >>> answers_back("Bantuannya ada, ya?", "Ada, tapi siapa yang dapat?")
    True
    """
    words = re.findall(r"\w+", sentence.casefold())
    asked = set(re.findall(r"\w+", question.casefold()))
    if 0 < len(words) <= _FEW_WORDS and set(words) <= asked:
        return True
    if words and words[0] in asked and _AFFIRMS.match(sentence):
        return True
    if _TO_THE_YOUNG.search(sentence):
        return _TO_THE_YOUNG.search(question) is None
    return _TO_ANYBODY.search(sentence) is not None and _TO_THE_OLD.search(question) is not None


def sounds_spoken(speech: str) -> bool:
    """Tell whether *speech* has a word of somebody who talks (I, not, well) rather than of a text that was written."""
    return _SPOKEN.search(speech) is not None or _ANSWER.match(speech) is not None


def take_sides(
    scores: Sequence[float], *, again: float = 3.0, goes_on: Sequence[float] = ()
) -> tuple[tuple[Side, ...], tuple[float, ...]]:
    """Return for each passage whether it asks, and by how much that is better than the contrary.

    The passages are read as one chain: the likeliest is that question and answer alternate (Viterbi, 1967).

    Parameters
    ----------
    scores : sequence of float
        Of each passage, see `ask_or_answer`.
    again : float
        What it costs if one side speaks twice in a row.
    goes_on : sequence of float
        For each passage, what is taken off that cost, as where a quote was not closed above it.
    """
    if not scores:
        return (), ()
    cost = [again - (goes_on[at] if at < len(goes_on) else 0.0) for at in range(len(scores))]
    # Who speaks first mostly asks.
    forward = [(0.5 * scores[0] + 0.5, -0.5 * scores[0] - 0.5)]
    for at in range(1, len(scores)):
        asks, answers = forward[-1]
        forward.append(
            (
                max(answers, asks - cost[at]) + 0.5 * scores[at],
                max(asks, answers - cost[at]) - 0.5 * scores[at],
            )
        )
    backward = [(0.0, 0.0)]
    for at in range(len(scores) - 1, 0, -1):
        asks, answers = backward[-1]
        asks, answers = asks + 0.5 * scores[at], answers - 0.5 * scores[at]
        backward.append((max(answers, asks - cost[at]), max(asks, answers - cost[at])))
    backward.reverse()
    margins = [(f[0] + b[0]) - (f[1] + b[1]) for f, b in zip(forward, backward, strict=True)]
    return tuple(margin > 0 for margin in margins), tuple(abs(margin) for margin in margins)


def alternation(sides: Sequence[Side]) -> float:
    """Return how often the side changes from one passage to the next, from 0 to 1."""
    pairs = list(pairwise(sides))
    return sum(a != b for a, b in pairs) / len(pairs) if pairs else 0.0
