"""What the informants agreed to, and whose words are therefore not shown."""

from __future__ import annotations

from collections import Counter

from qualcode import i18n
from qualcode.errors import N_
from qualcode.model import Corpus
from qualcode.privacy.consent import FORMS, QUOTING, uses_register
from qualcode.reports.blocks import Block, Content, Definitions, Paragraph, Table
from qualcode.reports.section import Context, Section


class OverviewConsent(Section):
    """The consent register: a row an informant, and the counts; no names."""

    page = "overview"
    order = 33
    title = N_("Consent of the informants")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return the counts and the table; of a study that does not use the register, that it does not."""
        _ = context.words
        if not corpus.informants:
            return []
        if not uses_register(corpus):
            said = _("The consent register of this study is empty: nothing in this report was checked against it.")
            return [Paragraph(said, "note")]
        whole = len(corpus.informants)
        entries = sum(not corpus.consent(person.guid).is_empty for person in corpus.informants)
        blocks: list[Block] = [
            Paragraph(_("{n} of {whole} informants have an entry in the register.", n=entries, whole=whole), "lead")
        ]
        if hidden := context.facts.withheld:
            said = _(
                "The words of {n} of {whole} informants are not shown in this report; what was coded in them is counted.",
                n=len(hidden),
                whole=whole,
            )
            blocks.append(Paragraph(said))
        return [*blocks, self._table(corpus, context), Definitions(self._counts(corpus, context))]

    @staticmethod
    def _table(corpus: Corpus, context: Context) -> Table:
        _ = context.words
        hidden = context.facts.withheld
        rows: list[tuple[Content, ...]] = []
        for person in corpus.informants:
            consent = corpus.consent(person.guid)
            days = (consent.date, consent.until, consent.withdrawn)
            given, until, withdrawn = ("–" if day is None else i18n.date(day, _.language) for day in days)
            form = _(FORMS[consent.form]) if consent.form else "–"
            quoting = _(QUOTING[consent.quoting]) if consent.quoting else "–"
            shown = _("not shown: {why}", why=_(hidden[person.guid])) if person.guid in hidden else _("shown")
            purposes = "; ".join(consent.purposes) or "–"
            rows.append((context.person(person.guid), given, form, purposes, quoting, until, withdrawn, shown))
        columns = (
            *(_("Informant"), _("Date of consent"), _("Form"), _("Purposes"), _("May be quoted")),
            *(_("Kept until"), _("Withdrawn on"), _("Words in this report")),
        )
        return Table(_("Consent register"), columns, tuple(rows), wide=True)

    @staticmethod
    def _counts(corpus: Corpus, context: Context) -> tuple[tuple[str, Content], ...]:
        """Return how many informants agreed in which form and to what, out of all."""
        _ = context.words
        found = [corpus.consent(person.guid) for person in corpus.informants]
        forms = Counter(consent.form for consent in found)
        quoting = Counter(consent.quoting for consent in found)
        said = [
            (
                _("Form (n = {n})", n=len(found)),
                "; ".join(f"{_(FORMS[form])}: {_.number(forms[form])}" for form in FORMS if forms[form]),
            ),
            (
                _("May be quoted (n = {n})", n=len(found)),
                "; ".join(f"{_(QUOTING[q])}: {_.number(quoting[q])}" for q in QUOTING if quoting[q]),
            ),
            (_("Withdrawn"), _.of(sum(consent.withdrawn is not None for consent in found), len(found))),
            (_("Retention date set"), _.of(sum(consent.until is not None for consent in found), len(found))),
        ]
        return tuple(said)
