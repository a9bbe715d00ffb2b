"""Blocks and pages → HTML, through Jinja templates that a user may override one by one."""

from __future__ import annotations

import base64
import hashlib
import traceback
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode._resources import shipped
from qualcode.errors import N_, InputError
from qualcode.reports.blocks import Block, Chip, Link
from qualcode.reports.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment
    from markupsafe import Markup

__all__ = ["Article", "Document", "Renderer", "SectionView"]

STYLE = "gaya.css"


@dataclass(frozen=True, slots=True)
class SectionView:
    """What ``section.html`` is given as `section`."""

    name: str = field(metadata={"help": "module name of the section; ``section-<name>.html`` overrides its template"})
    anchor: str = field(metadata={"help": "id of the section, unique in the report"})
    title: str = field(metadata={"help": "heading, in the report's language"})
    blocks: tuple[Block, ...] = field(metadata={"help": "the blocks; ``render(block)`` gives the HTML of one"})


@dataclass(frozen=True, slots=True)
class Article:
    """One page's content: what ``article.html`` is given as `article`."""

    anchor: str = field(metadata={"help": "id of the article, unique in the report"})
    kind: str = field(metadata={"help": "overview, informant, code or source"})
    title: str = field(metadata={"help": "heading of the page"})
    chip: Chip | None = field(metadata={"help": "the code's chip on a page of a code"})
    kicker: str = field(metadata={"help": "what kind of page it is, in words"})
    stamp: str = field(metadata={"help": "the line across the head of automatic marking; empty otherwise"})
    simulated: str = field(metadata={"help": "the line that says people and words are made up; empty otherwise"})
    sections: tuple[SectionView, ...] = field(metadata={"help": "the sections, in order"})


@dataclass(frozen=True, slots=True)
class Document:
    """One file: its fields are what ``document.html`` may use, beside ``_``, ``render`` and ``render_section``."""

    language: str = field(metadata={"help": "id or en"})
    title: str = field(metadata={"help": "title of the window"})
    study: str = field(metadata={"help": "title of the study"})
    version: str = field(metadata={"help": "version of qualcode"})
    style: Markup = field(metadata={"help": "the style sheet"})
    policy: str = field(metadata={"help": "content security policy, which allows this style sheet and nothing else"})
    links: tuple[Link, ...] = field(metadata={"help": "links to the overview and the pages before and after"})
    contents: tuple[tuple[str, tuple[Link, ...]], ...] = field(
        metadata={"help": "in a single file: (heading, links) of all pages"}
    )
    articles: tuple[Article, ...] = field(metadata={"help": "the pages in this file: one, or all in a single file"})


class Renderer:
    """Renders documents with the shipped templates, or a user's where there are any.

    Parameters
    ----------
    words : Words
        The report's language, given to templates as ``_``.
    templates : Path, optional
        A folder whose templates stand before the shipped ones; these stay reachable as ``default:<name>``.

    Raises
    ------
    InputError
        If *templates* is no folder.
    """

    def __init__(self, words: Words, templates: Path | None = None) -> None:
        from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined

        if templates is not None and not templates.is_dir():
            raise InputError(N_("the template folder {folder} is not there"), folder=str(templates))
        default = FileSystemLoader(shipped("templates") / "report")
        own = [FileSystemLoader(templates)] if templates is not None else []
        self._environment: Environment = Environment(
            loader=ChoiceLoader([*own, default, PrefixLoader({"default": default}, delimiter=":")]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.globals.update(_=words, render=self.block, render_section=self.section)
        self._block_templates: dict[str, Callable[..., str]] = {}

    def style(self) -> tuple[Markup, str]:
        """Return the style sheet, and the content security policy that allows it alone."""
        from markupsafe import Markup

        css = self._read(STYLE)
        if "</" in css:
            raise InputError(N_("a style sheet must not hold {text!r}"), file=STYLE, text="</")
        digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
        policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
        return Markup(css), policy  # noqa: S704 - the style sheet is the template author's, and holds no closing tag

    def _read(self, name: str) -> str:
        loader = self._environment.loader
        if loader is None:  # pragma: no cover - the constructor sets one
            raise RuntimeError("no loader")
        return loader.get_source(self._environment, name)[0]

    def block(self, block: Block) -> Markup:
        """Return the HTML of one block."""
        from markupsafe import Markup

        render = self._block_templates.get(block.kind)
        if render is None:
            render = self._environment.get_template(f"blocks/{block.kind}.html").render
            self._block_templates[block.kind] = render
        return Markup(render(block=block))  # noqa: S704 - the template escaped it

    def section(self, section: SectionView) -> Markup:
        """Return the HTML of one section."""
        from markupsafe import Markup

        template = self._environment.select_template([f"section-{section.name}.html", "section.html"])
        return Markup(template.render(section=section))  # noqa: S704 - the template escaped it

    def document(self, document: Document) -> bytes:
        """Return one HTML file in UTF-8.

        Raises
        ------
        InputError
            If a template is broken: names it, and the line where it is known.
        """
        from jinja2 import TemplateError, TemplateSyntaxError

        values = {f.name: getattr(document, f.name) for f in fields(document)}
        try:
            html = self._environment.get_template("document.html").render(**values)
        except TemplateSyntaxError as error:
            raise InputError(
                N_("the template is broken: {problem}"),
                file=error.name or "?",
                line=error.lineno,
                problem=error.message,
            ) from error
        except TemplateError as error:
            file, line = _place(error)
            raise InputError(
                N_("a report template cannot be filled: {problem}"), file=file, line=line, problem=error.message or ""
            ) from error
        return html.translate(UNPRINTABLE).encode("utf-8", "replace")


def _place(error: Exception) -> tuple[str | None, int | None]:
    """Return the template and the line that were being filled when *error* arose, where that is known."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")]
    return (frames[-1].filename, frames[-1].lineno) if frames else (None, None)


UNPRINTABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0xD800, 0xE000)], "\ufffd")
"""Characters that HTML does not allow are shown as "not a character", so that nobody's file can break a page."""
