"""From subtitle cues to a transcript: cues of one voice become a turn, cues without a voice paragraphs with their times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from qualcode.errors import N_, InputError, shorten
from qualcode.files.subtitles import Captions, Cue, plain
from qualcode.importers._base import ImportOptions, ImportResult, Source
from qualcode.importers._words import normal
from qualcode.importers.assembly.assemble import assemble
from qualcode.importers.header.top import Top, read_top
from qualcode.importers.layout.doubts import about_marks
from qualcode.importers.layout.layout import Layout, Spoken, merged
from qualcode.importers.machine.exports import with_doubt
from qualcode.importers.speakers.roles import Speaker, assign_roles
from qualcode.importers.speakers.voices import Said, Voices, once, voices
from qualcode.importers.unlabelled.dashes import with_sides
from qualcode.importers.unlabelled.talk import ANSWERED, ASKED
from qualcode.model import Finding, Kind, Role, Span

__all__ = ["import_captions"]

_PAUSE = 5.0
"""After how many seconds of silence a speaker begins another turn."""
_BREATH = 3.0
"""After how many seconds of silence another paragraph begins where nobody is named."""
_LONG, _LONGEST = 500, 1500
"""After how many characters a paragraph ends with the next sentence, and after how many with the next cue."""
_MOST = 30
"""How many labels that may be none are listed."""
_LOOP = 4
"""How often the same words stand in a row before it is said that a machine may have made them up."""


@dataclass(slots=True)
class _Passage:
    """What one speaker says without a pause, or a paragraph of nobody known; it begins with `said`."""

    speaker: str | None
    text: str
    start: float | None
    end: float | None
    line: int | None
    said: Said


def import_captions(
    source: Source, options: ImportOptions, captions: Captions, findings: Sequence[Finding] = ()
) -> ImportResult:
    """Return the transcript made of *captions*.

    Its text is laid out: ``Name: what was said`` for every turn, or, if no cue says who speaks, paragraphs with their times.

    Raises
    ------
    InputError
        If there is no cue, or none with words.
    """
    pieces: list[Cue] = []
    tags = empty = 0
    for cue in captions.cues:
        parts, n = plain(cue)
        tags += n
        empty += not parts
        pieces.extend(parts)
    if not pieces:
        raise _without_words(source, captions)
    single, repeated = once(pieces)
    given = {normal(label): role for label, role in options.speakers.items()}
    top = read_top(captions.above, len(captions.above), [], frozenset())
    sure = {*(key for key, role in given.items() if role is not None), *(normal(i.label) for i in top.legend)}
    found = with_sides(voices(single, sure=sure, nobody={key for key, role in given.items() if role is None}))
    kind = options.kind if options.kind is not None else top.kind
    roles = {key: role for key, role in given.items() if role is not None}
    passages = list(_passages(found))
    text, layout = _lay_out(captions.above, top, passages, found, roles, kind)
    said = (
        *findings,
        *_made_of(source, captions, passages, found, tags),
        *_left_out(source, captions, empty, repeated),
        *_troubles(source, captions),
        *_doubtful(source, single, found),
    )
    return assemble(source, text, layout, options, said)


def _without_words(source: Source, captions: Captions) -> InputError:
    if captions.cues:
        return InputError(
            N_("the {n} cues hold no words"),
            hint=N_("Check that they were saved whole."),
            file=source.name,
            n=len(captions.cues),
        )
    return InputError(
        N_("no subtitle cue was found: no line has times such as 00:00:01.000 --> 00:00:04.000"),
        hint=N_("If it is a transcript and no subtitles, give its name the ending .txt."),
        file=source.name,
    )


def _passages(found: Voices) -> Iterator[_Passage]:
    """Yield what belongs together: of one speaker until somebody else speaks or a pause, of nobody known a paragraph."""
    now: _Passage | None = None
    for said in found.said:
        if now is not None and _goes_on(now, said, named=bool(found.rule)):
            now.text = " ".join((now.text, *said.text.split())).strip()
            now.end = said.end if said.end is not None else now.end
        else:
            if now is not None:
                yield now
            words = " ".join(said.text.split())
            now = _Passage(said.speaker, words, said.start, said.end, said.line, said)
    if now is not None:
        yield now


def _goes_on(above: _Passage, said: Said, *, named: bool) -> bool:
    if said.turn or said.speaker != above.speaker:
        return False
    silence = said.start - above.end if said.start is not None and above.end is not None else 0.0
    if said.speaker is not None or named:
        return silence < _PAUSE
    ended = above.text[-1:] in '.?!…"”)' and len(above.text) >= _LONG
    return silence < _BREATH and not ended and len(above.text) < _LONGEST


@dataclass(slots=True)
class _Text:
    """The text of a transcript as it grows, and what its stretches are."""

    pieces: list[str] = field(default_factory=list)
    at: int = 0
    own: dict[str, list[_Passage]] = field(default_factory=dict)
    spoken: list[Spoken] = field(default_factory=list)
    noise: list[Span] = field(default_factory=list)
    loose: list[Span] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    marked: bool = False

    def add(self, passage: _Passage, *, named: bool) -> None:
        """Add *passage* on lines of its own; where nobody is *named*, with its time."""
        if self.pieces:
            self._write("\n" if named else "\n\n")
        if passage.speaker is not None:
            key = normal(passage.speaker)
            self.own.setdefault(key, []).append(passage)
            who = self.places.setdefault(key, len(self.places))
            label = self.at
            # What only a mark announces has no label in the text: none was written.
            self._write(
                f"{passage.said.label or passage.speaker}: " if not self.marked else f"{passage.said.mark or '-'} "
            )
            self.spoken.append(Spoken(label, self.at, self.at + len(passage.text), who, passage.start))
        else:
            lead = "" if named or passage.start is None else f"[{_clock(passage.start)}] "
            lead += f"{passage.said.mark} " if passage.said.mark else ""
            if lead:
                self.noise.append(Span(self.at, self.at + len(lead) - 1))
            self._write(lead)
            if passage.text:
                self.loose.append(Span(self.at, self.at + len(passage.text)))
        self._write(passage.text)

    def _write(self, piece: str) -> None:
        self.pieces.append(piece)
        self.at += len(piece)


def _lay_out(
    above: str,
    top: Top,
    passages: Sequence[_Passage],
    found: Voices,
    options: Mapping[str, Role],
    kind: Kind | None,
) -> tuple[str, Layout]:
    """Return the text of the transcript, and how it is laid out."""
    made = _Text(
        pieces=[f"{above}\n"] if above else [],
        at=len(above) + 1 if above else 0,
        loose=list(top.loose),
        marked=found.rule == "speaker change",
    )
    for passage in passages:
        made.add(passage, named=bool(found.rule))
    text = "".join(made.pieces)
    legend = {normal(item.label): item.meaning for item in top.legend}
    speakers = [
        Speaker(own[0].speaker or "", len(own), own[0].line or 1, meaning=legend.get(key) or own[0].said.aside)
        for key, own in made.own.items()
    ]
    speeches = {own[0].speaker or "": [p.text for p in own] for own in made.own.values()}
    assigned = assign_roles(speakers, options=options, names=top.names, speeches=speeches, is_group=kind is Kind.GROUP)
    return text, Layout(
        speakers=tuple(replace(s, rule=found.rule, sure=False) if made.marked else with_doubt(s) for s in assigned),
        spoken=tuple(made.spoken),
        header=top.spans,
        unassigned=merged(text, made.loose) if found.rule and not made.noise else tuple(sorted(made.loose)),
        fields=top.fields,
        legend=top.legend,
        kind=kind,
        described=top.described,
        informant_id=top.informant_id,
        noise=tuple(made.noise),
        notes=tuple(about_marks(said for own in speeches.values() for said in own)),
    )


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def _made_of(
    source: Source, captions: Captions, passages: Sequence[_Passage], found: Voices, tags: int
) -> Iterator[Finding]:
    counts = {"n": len(captions.cues), "passages": len(passages), "tags": tags}
    message = N_("{n} cues were joined into {passages} passages; their numbers, times and {tags} tags are no text")
    yield Finding("recognised", message, source.name, rule="subtitles", parameters=counts)
    total = len({(s.line, s.start) for s in found.said})
    if found.rule == "label" and found.labelled < 0.9 * total:
        message = (
            N_(
                "{n} of {total} cues say who speaks; where so many do, those between are nobody's: they belong to no turn"
            )
            if found.every
            else N_("{n} of {total} cues say who speaks; those between were given to the speaker above them")
        )
        parameters = {"n": found.labelled, "total": total}
        yield Finding("note", message, source.name, rule="label", parameters=parameters)


def _left_out(source: Source, captions: Captions, empty: int, repeated: int) -> Iterator[Finding]:
    if repeated:
        message = N_("{n} lines that rolling captions show again were taken once")
        yield Finding("note", message, source.name, rule="rolling captions", parameters={"n": repeated})
    if empty:
        message = N_("{n} cues without words were left out")
        yield Finding("note", message, source.name, rule="subtitles", parameters={"n": empty})
    if captions.names:
        message = N_("{n} words above times name their cue and are not part of the text; the first: {text!r}")
        parameters = {"n": len(captions.names), "text": shorten(captions.names[0])}
        yield Finding("note", message, source.name, rule="subtitles", parameters=parameters)
    if captions.comments:
        message = N_("{n} comments in the file are not part of the text; the first: {text!r}")
        parameters = {"n": len(captions.comments), "text": shorten(captions.comments[0])}
        yield Finding("note", message, source.name, rule="subtitles", parameters=parameters)


def _troubles(source: Source, captions: Captions) -> Iterator[Finding]:
    """Yield one finding for each manner of what is wrong with times, at the first line that has it."""
    messages = {
        "time": N_("the times of {n} cues cannot be read; their words are kept, without a time"),
        "order": N_("{n} cues begin before the cue above them; the words stay in the order of the file"),
        "backwards": N_("{n} cues end before they begin; please check the times"),
        "overlap": N_("{n} cues begin before the cue above them has ended"),
    }
    for what, message in messages.items():
        lines = [trouble.line for trouble in captions.troubles if trouble.what == what]
        if lines:
            level = "note" if what == "overlap" else "doubtful"
            yield Finding(level, message, source.name, lines[0], "times", {"n": len(lines)})  # type: ignore[arg-type]


def _doubtful(source: Source, cues: Iterable[Cue], found: Voices) -> Iterator[Finding]:
    for text, run in groupby(cues, key=lambda cue: cue.text):
        same = list(run)
        if len(same) >= _LOOP and any(c.isalpha() for c in text):
            message = N_("the same words stand {n} times in a row; machines make such words up where nobody speaks")
            yield Finding("doubtful", message, source.name, same[0].line, "repetition", {"n": len(same)})
    for label, line in found.kept[:_MOST] if found.rule else ():
        message = N_("{label!r} looks like a label but stands once; its line was left in the turn above")
        yield Finding("doubtful", message, source.name, line, "label", {"label": label})
    if found.marks and found.rule == "speaker change":
        message = N_(
            "{n} changes of speaker are marked without a name; questions are called {asked!r} and answers {answered!r}, told apart by "
            "how they sound; check them, turn them with --speaker {asked}=informant --speaker {answered}=interviewer"
        )
        parameters = {"n": found.marks, "asked": ASKED, "answered": ANSWERED}
        yield Finding("doubtful", message, source.name, rule="speaker change", parameters=parameters)
    elif found.marks:
        message = N_("{n} changes of speaker are marked without a name; what follows them is given to nobody")
        yield Finding("doubtful", message, source.name, rule="speaker change", parameters={"n": found.marks})
    if not found.rule:
        message = N_(
            "no cue says who speaks, so the words stand in paragraphs with their times and belong to nobody; they can be coded as a "
            "document is. For turns, write 'P: ' or 'N: ' in the file before the words wherever somebody begins to speak, and import it again"
        )
        yield Finding("doubtful", message, source.name, rule="no speakers")
