"""The pages of a report: their names, and how one leads to another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from qualcode.model import Corpus, Kind, Transcript

__all__ = ["FOLDERS", "OVERVIEW", "Links", "Page", "PageKind", "slugs"]

PageKind = Literal["overview", "informant", "code", "source"]
FOLDERS: Mapping[str, str] = {"informant": "informan", "code": "kode", "source": "sumber"}
RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d|index")
WIDTH = 60


@dataclass(frozen=True, slots=True)
class Page:
    """One page: what kind, and the guid (of a code, the key) of what it is about."""

    kind: PageKind
    subject: str = ""


OVERVIEW = Page("overview")


def slugs(names: Iterable[str]) -> tuple[str, ...]:
    """Return a file name for each name: lower-case ASCII letters, digits and hyphens, never twice, never one Windows reserves."""
    given: set[str] = set()
    found = []
    for name in names:
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        slug = re.sub(r"[^a-z0-9]+", "-", plain)[:WIDTH].strip("-") or "tanpa-nama"
        if RESERVED.fullmatch(slug):
            slug += "-"
        stem, number = slug, 1
        while slug in given:
            number += 1
            slug = f"{stem.rstrip('-')}-{number}"
        given.add(slug)
        found.append(slug)
    return tuple(found)


class Links:
    """Where everything of a corpus stands in its report.

    Parameters
    ----------
    corpus : Corpus
        The study, as the report shows it.
    codes : tuple of str
        Keys of the codes that have pages.
    single_file : bool
        Whether all pages are in one file and links lead to anchors.
    informant : str, optional
        Guid of the only informant the report is about; links to other pages are then left out.
    """

    def __init__(
        self, corpus: Corpus, codes: tuple[str, ...], *, single_file: bool, informant: str | None = None
    ) -> None:
        self.single_file = single_file
        self._numbers = {transcript.guid: n for n, transcript in enumerate(corpus.transcripts, 1)}
        self._voices = {transcript.guid: voices(transcript) for transcript in corpus.transcripts}
        self._sources: dict[str, list[Transcript]] = {}
        for transcript in corpus.transcripts:
            for guid in self._voices[transcript.guid]:
                self._sources.setdefault(guid, []).append(transcript)
        self._homes = {t.guid: self._home(t) for t in corpus.transcripts}
        people = [person for person in corpus.informants if informant in {None, person.guid}]
        sources = [t for t in corpus.transcripts if self._homes[t.guid].kind == "source"]
        if informant is not None:
            codes, sources = (), []
        self._paths = {
            **({OVERVIEW: "index"} if informant is None else {}),
            **dict(zip((Page("informant", p.guid) for p in people), slugs(p.id for p in people), strict=True)),
            **dict(zip((Page("source", t.guid) for t in sources), slugs(t.name for t in sources), strict=True)),
            **dict(zip((Page("code", key) for key in codes), slugs(codes), strict=True)),
        }

    def _home(self, transcript: Transcript) -> Page:
        """Return the page that shows a transcript: the informant's for an interview with one person, else its own."""
        found = self._voices[transcript.guid]
        if transcript.kind is Kind.INTERVIEW and len(found) == 1:
            return Page("informant", found[0])
        return Page("source", transcript.guid)

    @property
    def pages(self) -> tuple[Page, ...]:
        """All pages, the overview first."""
        return tuple(self._paths)

    def path(self, page: Page) -> str:
        """Return the page's file, relative to the report's folder."""
        slug = self._paths[page]
        return f"{FOLDERS[page.kind]}/{slug}.html" if page.kind in FOLDERS else f"{slug}.html"

    def anchor(self, page: Page) -> str:
        """Return the id of a page's top, which is unique in the whole report."""
        return f"{page.kind[0]}-{self._paths[page]}"

    def href(self, source: Page, target: Page, anchor: str = "") -> str:
        """Return the link from one page to (an id of) another, or nothing when the report has no such page."""
        if target not in self._paths:
            return ""
        if self.single_file or source == target:
            return "#" + (anchor or self.anchor(target))
        up = "../" if source.kind in FOLDERS else ""
        return up + self.path(target) + (f"#{anchor}" if anchor else "")

    def home(self, transcript: str) -> Page:
        """Return the page that shows the transcript with this guid."""
        return self._homes[transcript]

    def voices(self, transcript: str) -> tuple[str, ...]:
        """Return the guids of the informants who have a voice in the transcript."""
        return self._voices[transcript]

    def sources(self, informant: str) -> tuple[Transcript, ...]:
        """Return the transcripts in which the informant with this guid has a voice, in corpus order."""
        return tuple(self._sources.get(informant, ()))

    def line(self, transcript: str, number: int | str) -> str:
        """Return the id of a turn or line of a transcript; unique in the whole report."""
        return f"t{self._numbers[transcript]}-{number}"


def voices(transcript: Transcript) -> tuple[str, ...]:
    """Return the guids of the informants who have a voice in *transcript*."""
    return tuple(
        dict.fromkeys([*transcript.informants, *(turn.informant for turn in transcript.turns if turn.informant)])
    )
