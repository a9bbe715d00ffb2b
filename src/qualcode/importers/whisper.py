"""JSON of Whisper and its relatives."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence

from qualcode.errors import N_, InputError
from qualcode.files.encoding import decode
from qualcode.files.subtitles import Captions, Cue, Trouble, time_of, troubles_of
from qualcode.importers._base import Importer, ImportOptions, ImportResult, Source
from qualcode.importers._cues import import_captions
from qualcode.importers.machine.segments import find_segments
from qualcode.model import Finding

__all__ = ["WhisperImporter"]

_LISTS = ("segments", "transcription", "speakers", "chunks")
_TEXTS = ("text", "body", "word", "punctuated_word")
_BESIDE_TEXT = {"text", "language", "language_probability", "duration", "task", "segments", "words", "usage", "model"}
"""What a transcript without segments has besides its text."""
_UNHEARD, _UNSURE = 0.6, -1.0
"""Whisper's own limits: a segment likelier silent than the one and less likely worded so than the other is no speech."""


class WhisperImporter(Importer):
    """Whisper JSON, also of faster-whisper, WhisperX (with speakers), whisper.cpp, podcasts and services that write the like.

    Segments are read like subtitle cues: those of one speaker become turns with the time of their first word. Where words have
    speakers of their own, a segment in which two speak is divided between them. JSON without segments of text with times is refused.
    """

    extensions = (".json",)

    def read(self, source: Source, options: ImportOptions) -> ImportResult:
        """Return the transcript in *source* with what was uncertain about it."""
        text, how = decode(source.data, file=source.name, encoding=options.encoding)
        data = _parsed(text, source)
        segments = _segments(data) or find_segments(data)
        if not segments:
            raise InputError(
                N_("this JSON is no transcript of Whisper: it has no list of segments with 'start', 'end' and 'text'"),
                hint=N_("Leave it out, or save the transcript as .vtt, .srt, .txt or .docx and import that."),
                file=source.name,
            )
        cues = tuple(cue for segment in segments for cue in _cues(segment))
        unread = tuple(Trouble("time", None) for cue in cues if cue.start is None)
        captions = Captions(cues, troubles=(*(unread if len(cues) > 1 else ()), *troubles_of(cues)))
        return import_captions(source, options, captions, (how, *_unheard(source, segments)))


def _parsed(text: str, source: Source) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        if (lines := _by_lines(text)) is not None:
            return lines
        raise InputError(
            N_("the file is no valid JSON, or is cut off"),
            hint=N_("Save the transcript again, or import another format of it, such as .vtt, .srt or .txt."),
            file=source.name,
            line=error.lineno,
        ) from error
    except (RecursionError, ValueError) as error:
        raise InputError(
            N_("the file is too large or too deeply nested"),
            hint=N_("Open it in the program that made it, save it again, and import that."),
            file=source.name,
        ) from error


def _by_lines(text: str) -> list[object] | None:
    """Return the objects of JSON that has one on each line, or None if it is no such."""
    try:
        found = [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        return None
    return found if len(found) > 1 and all(isinstance(one, dict) for one in found) else None


def _segments(data: object) -> list[Mapping[str, object]] | None:
    """Return the segments of a transcript, or None if *data* is something else."""
    if isinstance(data, dict):
        for name in _LISTS:
            if found := _segments(data.get(name)):
                return found
        text = data.get("text")
        return [{"text": text}] if isinstance(text, str) and text.strip() and set(data) <= _BESIDE_TEXT else None
    if not isinstance(data, list):
        return None
    found = [item for item in data if isinstance(item, dict)]
    timed = [item for item in found if _text(item) is not None and any(t is not None for t in _times(item))]
    return found if timed and 2 * len(timed) >= len(data) else None


def _cues(segment: Mapping[str, object]) -> Iterator[Cue]:
    """Yield the segment as a cue, or as one for each of the speakers that its words have."""
    start, end = _times(segment)
    text = _text(segment) or ""
    words = [word for word in _list(segment.get("words")) if isinstance(word, dict)]
    runs = [(_speaker(run[0]), run) for run in _runs(words)]
    joined = [(speaker, "".join(f" {_text(word) or ''}" for word in run)) for speaker, run in runs]
    if len(runs) > 1 and "".join(t for _, t in joined).split() == text.split():
        for (speaker, run), (_, said) in zip(runs, joined, strict=True):
            yield Cue(_times(run[0])[0], _times(run[-1])[1], said.strip(), None, speaker)
    else:
        yield Cue(start, end, text, None, _speaker(segment) or (runs[0][0] if len(runs) == 1 else None))


def _runs(words: Sequence[Mapping[str, object]]) -> list[list[Mapping[str, object]]]:
    """Return the words of one speaker after another; one without a speaker, or one alone, belongs to those before it."""
    runs: list[list[Mapping[str, object]]] = []
    for word in words:
        if runs and _speaker(word) in {None, _speaker(runs[-1][0])}:
            runs[-1].append(word)
        else:
            runs.append([word])
    whole: list[list[Mapping[str, object]]] = []
    for run in runs:
        if whole and (len(run) == 1 or _speaker(whole[-1][0]) == _speaker(run[0])):
            whole[-1].extend(run)
        else:
            whole.append(run)
    return whole


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _text(item: Mapping[str, object]) -> str | None:
    """Return what is said in a segment or word, without characters that no text can hold."""
    value = next((item[name] for name in _TEXTS if isinstance(item.get(name), str)), None)
    return _clean(value) if isinstance(value, str) else None


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")


def _speaker(item: Mapping[str, object]) -> str | None:
    value = item.get("speaker", item.get("speaker_id"))
    if isinstance(value, dict):
        value = value.get("name", value.get("id"))
    if isinstance(value, (int, str)) and not isinstance(value, bool) and str(value).isdecimal():
        return f"Speaker {value}"
    return " ".join(_clean(value).split()) or None if isinstance(value, str) else None


def _times(item: Mapping[str, object]) -> tuple[float | None, float | None]:
    """Return start and end in seconds, each None where it is not there or no time."""
    stamp = item.get("timestamp")
    if isinstance(stamp, list) and len(stamp) == 2:
        return _time(stamp[0]), _time(stamp[1])
    span = item.get("timestamps")
    if isinstance(span, dict):
        return _time(span.get("from")), _time(span.get("to"))
    start = _time(item.get("start", item.get("startTime")))
    end = _time(item.get("end", item.get("endTime")))
    length = _time(item.get("duration"))
    return start, start + length if end is None and start is not None and length is not None else end


def _time(value: object) -> float | None:
    if isinstance(value, str):
        try:
            value = time_of(value)
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if 0 <= value < 1e9 and math.isfinite(value) else None


def _unheard(source: Source, segments: Sequence[Mapping[str, object]]) -> Iterator[Finding]:
    """Say how many segments the machine itself took for silence: there it often makes words up."""

    def number(segment: Mapping[str, object], name: str) -> float:
        value = segment.get(name)
        return float(value) if isinstance(value, (int, float)) else math.nan

    doubted = [
        segment
        for segment in segments
        if number(segment, "no_speech_prob") > _UNHEARD and number(segment, "avg_logprob") < _UNSURE
    ]
    if doubted:
        start = _times(doubted[0])[0] or 0.0
        yield Finding(
            "doubtful",
            N_(
                "{n} segments are likelier silence than speech, by the machine's own measure; the first at {minute}:{second}"
            ),
            source.name,
            rule="silence",
            parameters={"n": len(doubted), "minute": int(start) // 60, "second": f"{int(start) % 60:02d}"},
        )
