"""Who coded this informant's words, and when."""

from __future__ import annotations

from qualcode import i18n
from qualcode.errors import N_
from qualcode.model import Coding, Corpus
from qualcode.reports.blocks import Block, Content, Table
from qualcode.reports.section import Context, Section


class InformantProcess(Section):
    """Coders, numbers of codings, days, rounds and versions of the codebook."""

    page = "informant"
    order = 130
    title = N_("How it was coded")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return a row per coder and round."""
        _ = context.words
        found: dict[str, Coding] = {}
        for code in context.facts.codes:
            for passage in context.facts.of_informant(context.page.subject, code):
                found.update((guid, context.facts.codings[guid]) for guid in passage.codings)
        groups: dict[tuple[str, str], list[Coding]] = {}
        for coding in found.values():
            groups.setdefault((coding.coder, coding.round), []).append(coding)
        rows: list[tuple[Content, ...]] = []
        for (coder, round_), codings in sorted(groups.items()):
            days = sorted({coding.at.date() for coding in codings})
            span = " – ".join(i18n.date(day, _.language) for day in dict.fromkeys((days[0], days[-1])))
            versions = ", ".join(sorted({coding.codebook_version for coding in codings if coding.codebook_version}))
            rows.append((coder, round_ or "–", _.number(len(codings)), span, versions or "–"))
        if not rows:
            return []
        columns = (_("Coder"), _("Round"), _("Codings"), _("Days"), _("Version of the codebook"))
        return [Table(_("Coders and rounds"), columns, tuple(rows), numeric=frozenset({2}))]
