"""The segments of a transcript in the JSON of any maker: found by what they hold, not by what they are called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

__all__ = ["find_segments"]

_TEXTS = (
    "text",
    "body",
    "transcript",
    "content",
    "sentence",
    "utterance",
    "display",
    "punctuatedword",
    "word",
    "value",
)
_STARTS = ("start", "starttime", "startoffset", "starts", "startms", "startinseconds", "begin", "from", "offset", "ts")
_ENDS = ("end", "endtime", "endoffset", "ends", "endms", "endinseconds", "to", "endts")
_SPEAKERS = (
    "speaker",
    "speakerlabel",
    "speakertag",
    "speakerid",
    "speakername",
    "speakerdisplayname",
    "displayname",
    "participant",
    "name",
)
_OFFSET, _LENGTH = ("offsetmilliseconds",), ("durationmilliseconds",)
"""Keys that say their unit themselves."""
_PIECES = ("elements", "words")
_CHOICES = ("nbest", "alternatives")
"""Of several wordings, the first is the likeliest."""
_DEEPEST = 12
_SLOWEST = 0.05
"""Who says fewer words a second does not speak: such times are milliseconds."""
_SECONDS = re.compile(r"(?:PT)?(?:(\d+)H)?(?:(\d+)M)?(\d+(?:\.\d+)?)s", re.IGNORECASE)
_CLOCK = re.compile(r"(\d+):(\d{2}):(\d{2}(?:\.\d+)?)")

Segment = dict[str, object]


def find_segments(data: object) -> list[Segment]:
    """Return the segments in *data* with ``text``, ``start``, ``end`` and ``speaker``, or none if it holds no transcript.

    Of several lists, as of words and of sentences, it is the one whose segments have speakers, and of these the one with the
    most words in the fewest segments. Times in milliseconds become seconds.
    """
    names = dict(_names(data))
    lists = [_segments(items, names) for items in _lists(data, 0)]
    found = max(lists, key=_worth, default=[])
    return _in_seconds(found)


def _worth(segments: Sequence[Segment]) -> tuple[int, bool, int]:
    """Return how good a list of segments is: the words, in steps of a tenth, then speakers, then how few segments."""
    words = sum(len(str(s["text"]).split()) for s in segments)
    return len(f"{words * 10:b}"), any(s["speaker"] is not None for s in segments), -len(segments)


def _lists(data: object, depth: int) -> Iterator[list[object]]:
    """Yield every list of objects within *data*."""
    if depth > _DEEPEST:
        return
    inside = list(data.values()) if isinstance(data, dict) else data if isinstance(data, list) else []
    if isinstance(data, list) and any(isinstance(item, dict) for item in data):
        yield data
    for value in inside:
        if isinstance(value, (dict, list)):
            yield from _lists(value, depth + 1)


def _names(data: object) -> Iterator[tuple[str, str]]:
    """Yield the number and name of each speaker that *data* lists."""
    speakers = _get(data, ("speakers",)) if isinstance(data, dict) else None
    for one in speakers if isinstance(speakers, list) else []:
        if isinstance(one, dict) and isinstance(name := one.get("name"), str) and one.get("id") is not None:
            yield str(one["id"]), name


def _segments(items: Sequence[object], names: Mapping[str, str]) -> list[Segment]:
    """Return the *items* that are segments; none where fewer than half of them are."""
    found = [segment for item in items if isinstance(item, dict) and (segment := _segment(item, names)) is not None]
    return found if 2 * len(found) >= len(items) else []


def _segment(item: Mapping[str, object], names: Mapping[str, str]) -> Segment | None:
    text, start, end, speaker = (_get(item, keys) for keys in (_TEXTS, _STARTS, _ENDS, _SPEAKERS))
    pieces = _get(item, _PIECES)
    inner = [piece for piece in pieces if isinstance(piece, dict)] if isinstance(pieces, list) else []
    choices = _get(item, _CHOICES)
    if not isinstance(text, str) and isinstance(choices, list) and choices:
        text = _get(choices[0], _TEXTS)
    if not isinstance(text, str):
        said = [value for piece in inner if isinstance(value := _get(piece, _TEXTS), str)]
        # Makers who write the blanks between words as words of their own need none added.
        text = ("" if any(not value.strip() for value in said) else " ").join(said) or None
    times = [time for piece in inner if (time := _get(piece, _STARTS)) is not None]
    start = start if start is not None else times[0] if times else None
    if start is None:
        start, end = _from_milliseconds(item)
    if text is None or start is None:
        return None
    if isinstance(speaker, (int, str)) and str(speaker) in names:
        speaker = names[str(speaker)]
    return {"text": text, "start": _number(start), "end": _number(end), "speaker": speaker}


def _from_milliseconds(item: object) -> tuple[float | None, float | None]:
    """Return when a segment begins and ends, in seconds, by an offset and a length whose keys name milliseconds."""
    offset, length = _get(item, _OFFSET), _get(item, _LENGTH)
    if not isinstance(offset, (int, float)):
        return None, None
    return offset / 1000, (offset + length) / 1000 if isinstance(length, (int, float)) else None


def _get(item: object, keys: Sequence[str]) -> object:
    """Return the value of the first of *keys* that *item* has, however they are written."""
    if not isinstance(item, dict):
        return None
    plain = {re.sub(r"[^a-z]", "", str(key).casefold()): value for key, value in item.items()}
    return next((plain[key] for key in keys if plain.get(key) is not None), None)


def _number(value: object) -> object:
    """Return seconds written as ``1.300s``, ``PT1M2S``, ``00:01:02.5`` or ``"1.3"`` as a number, anything else as it is."""
    if isinstance(value, str):
        if match := _SECONDS.fullmatch(value) or _CLOCK.fullmatch(value):
            hours, minutes, rest = match.groups()
            return int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(rest)
        if re.fullmatch(r"\d+(?:\.\d+)?", value):
            return float(value)
    return value


def _in_seconds(segments: list[Segment]) -> list[Segment]:
    """Return the segments with times in seconds, where they are whole milliseconds."""
    times = [s[key] for s in segments for key in ("start", "end") if s[key] is not None]
    if not times or not all(isinstance(t, int) and not isinstance(t, bool) for t in times):
        return segments
    whole = [t for t in times if isinstance(t, int)]
    words = sum(len(str(s["text"]).split()) for s in segments)
    if words >= _SLOWEST * (max(whole) - min(whole)):
        return segments
    return [{**s, **{k: t / 1000 for k in ("start", "end") if isinstance(t := s[k], int)}} for s in segments]
