"""Cuts an interview with labels into the shapes in which transcripts without any are written."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from qualcode.importers import ImportOptions, ImportResult, Source, registry
from qualcode.model import Role, Transcript

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NUMBERING = (
    f'<w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num></w:numbering>'
)


@dataclass(frozen=True)
class Said:
    """What one side says: `asks` is None for somebody third, of whom no shape can tell."""

    asks: bool | None
    words: str


Line = tuple[str, str]
"""A paragraph and how Word sets it: a mix of b, i, u, and * (bullet) or # (number)."""


@dataclass(frozen=True)
class Shape:
    """A shape: its suffix, and what becomes of each turn (its number from 0)."""

    name: str
    suffix: str
    cut: Callable[[Sequence[Said]], list[Line]]


def sides(transcript: Transcript) -> tuple[str, list[Said]]:
    """Return the header of an interview without its legend, and who says what in it."""
    first = transcript.turns[0].span.start
    above = transcript.text[: transcript.text.rfind("\n", 0, first) + 1]
    head = "\n".join(line for line in above.splitlines() if not line.strip().lower().startswith("ket"))
    kinds = {Role.INTERVIEWER: True, Role.INFORMANT: False}
    said = [Said(kinds.get(t.role), " ".join(t.span.of(transcript.text).split())) for t in transcript.turns]
    return head, said


def word(lines: Sequence[Line]) -> bytes:
    """Return a Word document with these paragraphs."""
    body = []
    for text, look in lines:
        marks = "".join(f"<w:{m}/>" for m in "bi" if m in look) + ('<w:u w:val="single"/>' if "u" in look else "")
        number = {"*": 1, "#": 2}.get(next((c for c in look if c in "*#"), ""))
        properties = (
            f'<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr></w:pPr>' if number else ""
        )
        runs = "".join(
            f'<w:r><w:rPr>{marks if at == 0 or "|" not in look else ""}</w:rPr><w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
            for at, part in enumerate(text.split("|", 1) if "|" in look else [text])
        )
        body.append(f"<w:p>{properties}{runs}</w:p>")
    relation = f'<Relationship Id="n" Type="{_OFFICE}/numbering" Target="numbering.xml"/>'
    main = f'<Relationship Id="m" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{main}</Relationships>')
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships">{relation}</Relationships>',
        )
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{"".join(body)}</w:body></w:document>'
        )
        archive.writestr("word/numbering.xml", _NUMBERING)
    return stream.getvalue()


def recut(head: str, said: Sequence[Said], shape: Shape) -> bytes:
    """Return a file of the shape's format with the interview in it."""
    lines = shape.cut(said)
    if shape.suffix == "docx":
        return word([*((line, "") for line in head.splitlines()), *lines])
    joint = "\n" if shape.suffix == "txt" else "\n\n"
    return (head + "\n" + joint.join(text for text, _ in lines) + "\n").encode()


def read(data: bytes, name: str, options: ImportOptions | None = None) -> ImportResult:
    """Return what the importer for the suffix of *name* makes of *data*."""
    importer = registry.get(name.rpartition(".")[2])()
    return importer.read(Source(name, data), options or ImportOptions())


def share_right(transcript: Transcript, said: Sequence[Said], asked: str = "Tanya", answered: str = "Jawab") -> float:
    """Return the share of turns most of whose words are in a turn of the right speaker and role; somebody third is not counted."""
    letters = [(at, c) for at, c in enumerate(transcript.text) if c.isalnum()]
    squeezed = "".join(c for _, c in letters)
    owner: dict[int, tuple[Role, str]] = {}
    for turn in transcript.turns:
        owner.update(dict.fromkeys(range(turn.span.start, turn.span.end), (turn.role, turn.speaker)))
    at = right = counted = 0
    for passage in said:
        words = "".join(c for c in passage.words if c.isalnum())
        found = squeezed.find(words, at)
        if found >= 0:
            at = found + len(words)
        if passage.asks is None:
            continue
        counted += 1
        whose = (Role.INTERVIEWER, asked) if passage.asks else (Role.INFORMANT, answered)
        held = sum(owner.get(place) == whose for place, _ in letters[found : found + len(words)]) if found >= 0 else 0
        right += bool(words) and held >= 0.9 * len(words)
    return right / counted if counted else 0.0


def _paragraphs(words: str) -> list[str]:
    """Return a long answer in two or three paragraphs."""
    sentences = re.split(r"(?<=[.!?]) (?=[A-Z])", words)
    if len(sentences) < 4:
        return [words]
    third = max(1, len(sentences) // 3)
    parts = [sentences[:third], sentences[third : 2 * third], sentences[2 * third :]]
    return [" ".join(part) for part in parts if part]


def _asked(words: str) -> str:
    """Return the words as a question with its mark, as they are tidied where questions are numbered."""
    return words if words.endswith("?") else words.rstrip(".!…, ") + "?"


def _quoted(opening: str, closing: str, *, missing: bool = False, several: bool = False) -> Callable[..., list[Line]]:
    def cut(said: Sequence[Said]) -> list[Line]:
        lines: list[Line] = []
        for at, s in enumerate(said):
            first, last = opening, closing
            if missing and at % 7 == 3:
                first = ""
            if missing and at % 7 == 5:
                last = ""
            parts = _paragraphs(s.words) if several and not s.asks else [s.words]
            for n, part in enumerate(parts):
                lines.append(((first if n == 0 or several else "") + part + (last if n + 1 == len(parts) else ""), ""))
        return lines

    return cut


def _looks(asked: str, answered: str, *, several: bool = False, before: str = "") -> Callable[..., list[Line]]:
    def cut(said: Sequence[Said]) -> list[Line]:
        lines: list[Line] = []
        for s in said:
            for part in _paragraphs(s.words) if several and not s.asks else [s.words]:
                lines.append(((before if s.asks else "") + part, asked if s.asks else answered))
        return lines

    return cut


def _marked(asked: str, answered: str) -> Callable[..., list[Line]]:
    def cut(said: Sequence[Said]) -> list[Line]:
        return [(((asked if s.asks else answered) or "{}").format(s.words), "") for s in said]

    return cut


def _numbered(joint: str, form: str = "{n}. {q}{joint}{a}", look: str = "") -> Callable[..., list[Line]]:
    """Return a cutter that puts a number before each question; what the third says goes on with the answer."""

    def cut(said: Sequence[Said]) -> list[Line]:
        lines: list[Line] = []
        number, at = 0, 0
        while at < len(said):
            asked = [said[at].words] if said[at].asks else []
            at += len(asked)
            answers: list[str] = []
            while at < len(said) and not said[at].asks:
                answers.append(said[at].words)
                at += 1
            if not asked:
                lines.append((" ".join(answers), ""))
                continue
            number += 1
            text = form.format(n=number, q=_asked(asked[0]), joint=joint, a=" ".join(answers))
            lines += [(line, look if n == 0 else "") for n, line in enumerate(text.split("\n"))]
        return lines

    return cut


SHAPES = (
    Shape("curly quotes", "txt", _quoted("“", "”")),
    Shape("straight quotes", "txt", _quoted('"', '"')),
    Shape("low-high quotes", "txt", _quoted("„", "“")),
    Shape("single quotes", "txt", _quoted("‘", "’")),
    Shape("quotes missing at one end", "txt", _quoted("“", "”", missing=True)),
    Shape("quotes, answers of several paragraphs", "txt", _quoted("“", "”", several=True)),
    Shape("quotes with blank lines", "md", _quoted("“", "”")),
    Shape("quotes in Word", "docx", _quoted("“", "”")),
    Shape("answers alone quoted", "txt", _marked("", "“{}”")),
    Shape("bold questions", "docx", _looks("b", "")),
    Shape("bold questions, answers of several paragraphs", "docx", _looks("b", "", several=True)),
    Shape("bold answers", "docx", _looks("", "b")),
    Shape("italic questions", "docx", _looks("i", "")),
    Shape("italic answers", "docx", _looks("", "i")),
    Shape("italic answers of several paragraphs", "docx", _looks("", "i", several=True)),
    Shape("underlined questions", "docx", _looks("u", "")),
    Shape("questions with bullets", "docx", _looks("*", "")),
    Shape("answers with bullets", "docx", _looks("", "*")),
    Shape("questions with automatic numbers", "docx", _looks("#", "")),
    Shape("bold questions with automatic numbers", "docx", _looks("b#", "", several=True)),
    Shape("bold questions, italic answers", "docx", _looks("b", "i")),
    Shape("bold questions in Markdown", "md", _marked("**{}**", "")),
    Shape("italic answers in Markdown", "md", _marked("", "_{}_")),
    Shape("questions with dashes in Markdown", "md", _marked("- {}", "")),
    Shape("number, question and answer in one paragraph", "txt", _numbered(" ")),
    Shape("bold number and question, answer behind", "docx", _numbered("| ", look="b|")),
    Shape("number, question, Jawab in one paragraph", "txt", _numbered(" Jawab: ")),
    Shape("numbered questions, answer below", "txt", _numbered("\n")),
    Shape("numbered questions, Jawab below", "txt", _numbered("\nJawab: ")),
    Shape("Tanya above bare answers", "txt", _marked("Tanya: {}", "")),
    Shape("T: and J:", "txt", _marked("T: {}", "J: {}")),
    Shape("bare paragraphs", "txt", _marked("", "")),
    Shape("bare paragraphs in Word", "docx", _looks("", "")),
)
