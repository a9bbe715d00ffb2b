"""The head of an informant's page: who, how far the coding is, and what part a machine had."""

from __future__ import annotations

from qualcode import i18n
from qualcode.errors import N_
from qualcode.model import Corpus, Decision, Origin, Verdict
from qualcode.privacy.consent import FORMS, NO_ENTRY, QUOTING, uses_register
from qualcode.reports.blocks import Block, Content, Definitions, Paragraph
from qualcode.reports.section import Context, Section


class InformantHead(Section):
    """Status of the coding, versions, and the line on the machine."""

    page = "informant"
    order = 10
    title = N_("Status of the coding")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return the status and, when people have coded, the line on the machine."""
        _ = context.words
        person = context.informant
        codings = [
            context.facts.codings[guid]
            for code in context.facts.codes
            for passage in context.facts.of_informant(person.guid, code)
            for guid in passage.codings
        ]
        coders = tuple(sorted({coding.coder for coding in codings}))
        rows: list[tuple[str, Content]] = [
            (_("Study"), corpus.study.title or "–"),
            *([(_("Category"), person.category)] if person.category else []),
            *self._consent(corpus, context),
            (_("Status"), self._status(context, coders)),
            (_("Codebook"), f"{context.codebook_title()} {corpus.codebook.version}"),
        ]
        if codings:
            rows.append((_("Last coding"), i18n.date(max(c.at for c in codings).date(), _.language)))
        blocks: list[Block] = [Definitions(tuple(rows))]
        if why := context.facts.withheld.get(person.guid):
            blocks.append(Paragraph(_("The words of this informant are not shown: {why}.", why=_(why)), "lead"))
        if codings:
            imported = sum(coding.origin is Origin.IMPORTED for coding in {c.guid: c for c in codings}.values())
            blocks.append(Paragraph(self._machine(corpus, context, imported), "lead"))
        return blocks

    @staticmethod
    def _consent(corpus: Corpus, context: Context) -> list[tuple[str, Content]]:
        """Return what the informant agreed to, in a study that records it."""
        _ = context.words
        if not uses_register(corpus):
            return []
        consent = corpus.consent(context.page.subject)
        if consent.is_empty:
            return [(_("Consent"), _(NO_ENTRY))]
        said = [
            _(FORMS[consent.form]) if consent.form else "",
            i18n.date(consent.date, _.language) if consent.date else _("date not recorded"),
            _("may be quoted: {how}", how=_(QUOTING[consent.quoting])),
        ]
        return [(_("Consent"), "; ".join(part for part in said if part))]

    @staticmethod
    def _status(context: Context, coders: tuple[str, ...]) -> str:
        _ = context.words
        if context.facts.automatic:
            sources = context.links.sources(context.page.subject)
            if all(transcript.guid in context.facts.untouched for transcript in sources):
                return _("Automatic marking, not yet read by the researcher.")
            return _("Automatic marking; read in part, nothing coded yet.")
        if not coders and context.facts.waiting_of(informant=context.page.subject):
            return _("Coded on an earlier text only; the codings need review.")
        if not coders:
            return _("Not coded yet.")
        if len(coders) == 1:
            return _("Draft: coded by one coder only ({coder}).", coder=coders[0])
        return _(
            "Coded by {n} coders ({coders}). Whether they settled their differences is not recorded.",
            n=len(coders),
            coders=", ".join(coders),
        )

    @staticmethod
    def _machine(corpus: Corpus, context: Context, imported: int) -> str:
        _ = context.words
        about: list[Decision] = [
            decision
            for decision in corpus.decisions
            if decision.verdict is not Verdict.SKIPPED
            and corpus.is_current(decision)
            and context.page.subject in corpus.informants_of(decision)
        ]
        said = [_("All codes on this sheet were assigned by people.")]
        if imported:
            said = [
                _(
                    "The codes on this sheet were assigned by people; {n} came in from a coding sheet or another program.",
                    n=imported,
                )
            ]
        if about:
            said.append(
                _(
                    "{read} suggestions of the machine were read, {accepted} accepted, {corrected} corrected.",
                    read=len(about),
                    accepted=sum(d.verdict is Verdict.ACCEPTED for d in about),
                    corrected=sum(d.verdict is Verdict.CORRECTED for d in about),
                )
            )
        else:
            said.append(_("No suggestion of the machine was decided on."))
        return " ".join(said)
