"""How the material was made and marked: facts that the study file holds, nothing else."""

from __future__ import annotations

from collections import Counter

from qualcode.analysis import n_superseded
from qualcode.errors import N_
from qualcode.model import Corpus, Kind, Verdict
from qualcode.reports.blocks import Block, Content, Definitions
from qualcode.reports.section import Context, Section
from qualcode.reports.words import KINDS

APPROACHES = {
    "reflexive": N_("reflexive thematic analysis"),
    "codebook": N_("codebook thematic analysis"),
    "reliability": N_("coding-reliability thematic analysis"),
    "content": N_("qualitative content analysis"),
}


class OverviewMethod(Section):
    """Counts of sources, coders, codings and decisions, and the versions they were made under."""

    page = "overview"
    order = 20
    title = N_("Material and method")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return term and figure of each fact."""
        _ = context.words
        kinds = Counter(transcript.kind for transcript in corpus.transcripts)
        sources = ", ".join(f"{_(KINDS[kind])}: {_.number(kinds[kind])}" for kind in Kind if kinds[kind])
        said = sum(context.facts.n_voiced(transcript.guid) for transcript in corpus.transcripts)
        book = corpus.codebook
        rows: list[tuple[str, Content]] = []
        if corpus.study.approach in APPROACHES:
            rows.append((_("Approach"), _(APPROACHES[corpus.study.approach])))
        rows += [
            (_("Sources"), sources or "–"),
            (_("Informants"), self._informants(corpus, context)),
            (_("Words of informants"), _.number(said)),
            (
                _("Codebook"),
                _(
                    "{name} {version}, {n} codes in use",
                    name=context.codebook_title(),
                    version=book.version,
                    n=len(book.active),
                ),
            ),
        ]
        return [Definitions((*rows, *self._coding(corpus, context)))]

    @staticmethod
    def _informants(corpus: Corpus, context: Context) -> str:
        """Return how many informants there are, and how many of them are not heard."""
        silent = sum(person.guid not in context.facts.heard for person in corpus.informants)
        if not silent:
            return context.words.number(len(corpus.informants))
        return context.words(
            N_("{n}, {silent} of them without a word in any transcript"), n=len(corpus.informants), silent=silent
        )

    @staticmethod
    def _coding(corpus: Corpus, context: Context) -> list[tuple[str, Content]]:
        _ = context.words
        facts = context.facts
        rows: list[tuple[str, Content]] = []
        by_coder = Counter(dict.fromkeys(facts.coders(facts.passages), 0))
        for passage in facts.passages:
            by_coder.update(facts.codings[guid].coder for guid in passage.codings)
        if by_coder:
            coders = ", ".join(f"{coder} ({_.number(n)})" for coder, n in sorted(by_coder.items()))
            rows.append((_("Codings by coder"), coders))
            rows.append(
                (
                    _("Coded passages"),
                    _("{n}: overlapping codings of one code, by whichever coder, count once", n=len(facts.passages)),
                )
            )
        elif not len(corpus.codings) and not facts.automatic:
            rows.append((_("Codings"), _("none yet")))
        if superseded := n_superseded(corpus):
            rows.append(
                (
                    _("Not counted"),
                    _("{n} codings on an earlier version of a text, which wait to be placed anew", n=superseded),
                )
            )
        if n_asked := sum(len(passage.codings) for passage in facts.unvoiced):
            said = _.plural(
                "{n} coding holds an interviewer's or a bystander's words alone",
                "{n} codings hold an interviewer's or a bystander's words alone",
                n_asked,
            )
            rows.append((_("Not counted"), said))
        if facts.pending:
            rows.append((_("Suggestions not decided on"), _.number(len(facts.pending))))
        verdicts = Counter(decision.verdict for decision in corpus.decisions)
        if verdicts:
            said = _(
                "{accepted} accepted, {corrected} corrected, {rejected} rejected, {skipped} skipped",
                accepted=verdicts[Verdict.ACCEPTED],
                corrected=verdicts[Verdict.CORRECTED],
                rejected=verdicts[Verdict.REJECTED],
                skipped=verdicts[Verdict.SKIPPED],
            )
            rows.append((_("Suggestions decided on"), said))
        return rows
