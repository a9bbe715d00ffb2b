"""Corpus → the files of a report. Same input, same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from qualcode import i18n
from qualcode.errors import N_
from qualcode.model import Corpus
from qualcode.privacy.consent import NOTICE, withhold
from qualcode.privacy.generalise import generalise, plan
from qualcode.reports.blocks import Link
from qualcode.reports.facts import Facts, without_journals
from qualcode.reports.labels import labels
from qualcode.reports.links import OVERVIEW, Links, Page, PageKind
from qualcode.reports.render import Article, Document, Renderer, SectionView
from qualcode.reports.section import Context
from qualcode.reports.sections import sections_of
from qualcode.reports.words import Words

__all__ = ["build"]

KICKERS: dict[str, str] = {
    "overview": N_("Overview of the study"),
    "informant": N_("Case sheet of an informant"),
    "code": N_("Code"),
    "source": N_("Source"),
}
GROUPS: tuple[tuple[PageKind, str], ...] = (
    ("overview", N_("Overview")),
    ("informant", N_("Informants")),
    ("code", N_("Codes")),
    ("source", N_("Other sources")),
)


def build(
    corpus: Corpus,
    *,
    version: str,
    language: str = "id",
    informant: str | None = None,
    single_file: bool = False,
    templates: Path | None = None,
    generalised: bool = False,
) -> dict[str, bytes]:
    """Return the report of a study: HTML files by their path inside the report's folder.

    ``index.html`` is the overview; there is a page per informant (``informan/``), per code (``kode/``) and per source that is nobody's
    alone (``sumber/``). Pages hold their own style sheet, no script and no address outside the report. Reflexive
    journals are left out, and the words of informants who may not be quoted (see `qualcode.privacy.consent.withhold`).

    Parameters
    ----------
    corpus : Corpus
        The study.
    version : str
        Version of qualcode, for the foot of the page.
    language : {"id", "en"}
        Language of the report's own words.
    informant : str, optional
        Guid or id: only this informant's page, without links to others'.
    single_file : bool
        Put everything into one ``index.html``.
    templates : Path, optional
        Folder with templates that stand before the shipped ones.
    generalised : bool
        Show attributes in the coarser form that the study says, or that is usual (see `qualcode.privacy.generalise`).

    Raises
    ------
    NotFoundError
        If there is no such informant.
    InputError
        If the language is unknown, or a template is missing or broken.
    """
    words = Words(i18n.translator(language), corpus.study.informant_label)
    renderer = Renderer(words, templates)
    counted = without_journals(corpus)
    coarse = generalise(counted, language=language) if generalised else counted
    shown = withhold(coarse, notice=words(NOTICE))
    facts = Facts(shown, counted=counted, coarsened=plan(counted, language=language) if generalised else ())
    only = None if informant is None else shown.informant(informant).guid
    links = Links(shown, facts.codes, single_file=single_file, informant=only)
    named = labels(shown.codebook, words)
    contexts = [Context(page, facts, links, words, named) for page in links.pages]
    if single_file:
        return {"index.html": _file(renderer, version, contexts, contents=_contents(contexts))}
    return {links.path(context.page): _file(renderer, version, [context]) for context in contexts}


def _file(
    renderer: Renderer,
    version: str,
    contexts: list[Context],
    *,
    contents: tuple[tuple[str, tuple[Link, ...]], ...] = (),
) -> bytes:
    """Return one HTML file with the pages of *contexts*."""
    first = contexts[0]
    study = first.facts.corpus.study.title or first.words(N_("Study without a title"))
    style, policy = renderer.style()
    title = study if first.page == OVERVIEW else f"{_title(first)} · {study}"
    return renderer.document(
        Document(
            language=first.words.language,
            title=title,
            study=study,
            version=version,
            style=style,
            policy=policy,
            links=() if first.links.single_file else _around(first),
            contents=contents,
            articles=tuple(_article(context) for context in contexts),
        )
    )


def _article(context: Context) -> Article:
    """Return a page's head and its sections that have something to say."""
    _ = context.words
    corpus = context.facts.corpus
    anchor = context.links.anchor(context.page)
    sections = [
        SectionView(name, f"{anchor}.{name}", _(section.title), blocks)
        for name, section in sections_of(context.page.kind)
        if (blocks := tuple(section.build(corpus, context)))
    ]
    simulated = _(
        "Simulated data: the people and their words are made up. The figures are a demonstration, no evidence of quality."
    )
    return Article(
        anchor=anchor,
        kind=context.page.kind,
        title=_title(context),
        chip=context.chip(context.page.subject) if context.page.kind == "code" else None,
        kicker=_(KICKERS[context.page.kind]),
        stamp=_stamp(context),
        simulated=simulated if corpus.study.simulated else "",
        sections=tuple(sections),
    )


def _stamp(context: Context) -> str:
    """Return the line across the head of automatic marking: that nobody has read it only where nobody has."""
    _, facts = context.words, context.facts
    if not facts.automatic:
        return ""
    if len(facts.untouched) == len(facts.corpus.transcripts):
        return _("Automatic marking, not yet read by the researcher. Not a result of analysis.")
    return _("Automatic marking; read in part, nothing coded yet. Not a result of analysis.")


def _title(context: Context) -> str:
    """Return the heading of a page."""
    corpus, page = context.facts.corpus, context.page
    if page.kind == "informant":
        return corpus.informant(page.subject).id
    if page.kind == "code":
        return context.labels[page.subject].title
    if page.kind == "source":
        return corpus.transcript(page.subject).name
    return corpus.study.title or context.words(N_("Study without a title"))


def _around(context: Context) -> tuple[Link, ...]:
    """Return links to the overview and to the pages of the same kind before and after."""
    _ = context.words
    found: list[Link] = []
    if context.page != OVERVIEW and OVERVIEW in context.links.pages:
        found.append(Link(_("Overview"), context.href(OVERVIEW)))
    same = [page for page in context.links.pages if page.kind == context.page.kind]
    place = same.index(context.page)
    for arrow, near in (("← {}", same[place - 1 : place] if place else []), ("{} →", same[place + 1 : place + 2])):
        found += [Link(arrow.format(_name(context, page)), context.href(page)) for page in near]
    return tuple(found)


def _name(context: Context, page: Page) -> str:
    """Return the name of another page, as links show it."""
    label = context.labels[page.subject].short if page.kind == "code" else ""
    corpus = context.facts.corpus
    if page.kind == "informant":
        return corpus.informant(page.subject).id
    return label or (corpus.transcript(page.subject).name if page.kind == "source" else "")


def _contents(contexts: Iterable[Context]) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """Return links to all pages of a single file, by kind."""
    listed = list(contexts)
    groups = []
    for kind, name in GROUPS:
        links = tuple(
            Link(
                f"{_name(c, c.page)} {_title(c)}" if kind == "code" else _title(c),
                "#" + c.links.anchor(c.page),
            )
            for c in listed
            if c.page.kind == kind
        )
        if links:
            groups.append((listed[0].words(name), links))
    return tuple(groups)
