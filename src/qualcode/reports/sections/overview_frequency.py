"""How many informants speak of each code; then in how many passages."""

from __future__ import annotations

from qualcode.analysis import pending_counts
from qualcode.errors import N_
from qualcode.model import Corpus, Kind
from qualcode.reports.blocks import Block, Content, Figure, Paragraph, Table
from qualcode.reports.figures import Bar, bars
from qualcode.reports.section import Context, Section
from qualcode.reports.sections._marks import marked, outside


class OverviewFrequency(Section):
    """Informants first, then passages and segments; never percentages."""

    page = "overview"
    order = 50
    title = N_("Informants and passages by code")

    def build(self, corpus: Corpus, context: Context) -> list[Block]:
        """Return a drawing of informants and a table of all counts."""
        if context.facts.automatic:
            return self._automatic(corpus, context)
        if context.facts.passages:
            return self._coded(corpus, context)
        if len(corpus.codings):
            return [
                Paragraph(context.words(N_("No coding counts here; what is not counted stands under the material.")))
            ]
        return [Paragraph(context.words(N_("Nothing is coded yet.")))]

    @staticmethod
    def _coded(corpus: Corpus, context: Context) -> list[Block]:
        _ = context.words
        found = context.facts.frequency
        rows: list[tuple[Content, ...]] = []
        for row in found.rows:
            counts = (row.informants, row.spontaneous, row.prompted, row.denying, row.of_others, row.passages)
            cells = tuple(_.number(n) for n in counts)
            segments = () if row.segments is None else (_.number(row.segments),)
            rows.append((context.code_name(row.code), *cells, *segments))
        columns = [
            _("Code"),
            _("Informants who say it of themselves"),
            _("of them unasked"),
            _("of them only when asked"),
            _("Informants who deny it"),
            _("Informants who say it only of others"),
            _("Passages"),
        ]
        columns += [] if not rows or found.rows[0].segments is None else [_("Segments")]
        drawn = [
            Bar(label.short, label.title, label.colour, row.informants, row.denying)
            for row in found.rows
            for label in [context.labels[row.code]]
        ]
        title = _("Informants who speak of each code, out of {n}", n=found.n_informants)
        description = _(
            "Filled bars: informants who say it of themselves. Thin outlined bars: informants who deny it. The table below has the same figures."
        )
        return [
            Figure(bars(drawn, whole=found.n_informants, title=title, description=description), title),
            Paragraph(_frame(corpus, context), "note"),
            *_groups(corpus, context),
            Table(_("Counts of each code"), tuple(columns), tuple(rows), numeric=frozenset(range(1, len(columns)))),
            Paragraph(
                _("The number of passages depends on how long people talk; compare the numbers of informants."), "note"
            ),
            Paragraph(
                _(
                    "Overlapping codings of one code, by whichever coder, are one passage. A stance counts as soon as one coder marked it; a coding without a marked stance counts as present."
                ),
                "note",
            ),
            *_rules(context),
        ]

    @staticmethod
    def _automatic(corpus: Corpus, context: Context) -> list[Block]:
        _ = context.words
        counts = pending_counts(corpus)
        n_all = len(context.facts.heard)
        title = _("Informants in whose words rules marked each code, out of {n}", n=n_all)
        description = _(
            "Dashed bars: informants with at least one automatic mark. The table below has the same figures."
        )
        drawn = [
            Bar(label.short, label.title, label.colour, row.informants)
            for row in counts
            for label in [context.labels[row.code]]
        ]
        columns, figures = marked(context, counts, _("Marks"))
        rows: list[tuple[Content, ...]] = [
            (context.code_name(c.code), _.number(c.informants), *figures[c.code]) for c in counts
        ]
        return [
            Figure(bars(drawn, whole=n_all, title=title, description=description, machine=True), title),
            Table(
                _("Automatic marks of each code"),
                (_("Code"), _("Informants with a mark"), *columns),
                tuple(rows),
                numeric=frozenset({1, 2, 3}),
            ),
            *outside(context, counts),
            Paragraph(
                _(
                    "Keywords find only part of what is said. These counts are no result and say nothing of who does not speak of a code."
                ),
                "note",
            ),
        ]


def _rules(context: Context) -> list[Block]:
    """Return what else must be known to read the counts: how "only when asked" is counted, and passages that are nobody's."""
    _ = context.words
    facts = context.facts
    said = []
    if any(row.spontaneous or row.prompted for row in facts.frequency.rows):
        said.append(
            _(
                "Unasked: at least one passage in which the informant states it is marked as spontaneous. Only when asked: all passages that state it are marked as prompted. Of the others it is not known. Where marks of how one passage came up differ, it counts as prompted."
            )
        )
    nobodys = sum(not passage.informants for passage in facts.passages)
    if nobodys:
        said.append(
            _.plural(
                "{n} passage is no particular informant's, as in a field note; it counts as a passage, but for no informant.",
                "{n} passages are no particular informant's, as in field notes; they count as passages, but for no informant.",
                nobodys,
            )
        )
    return [Paragraph(text, "note") for text in said]


def _frame(corpus: Corpus, context: Context) -> str:
    """Return the sentence that says whom the counts do and do not stand for."""
    _ = context.words
    n = len(context.facts.heard)
    if any("purposi" in value.lower() for value in corpus.study.identity.values()):
        return _(
            "Out of {n} informants. They were chosen purposively; these figures do not represent anyone outside the study.",
            n=n,
        )
    return _("Out of {n} informants. These figures do not represent anyone outside the study.", n=n)


def _groups(corpus: Corpus, context: Context) -> list[Block]:
    """Return how many of the informants speak in groups alone, since a group is one conversation."""
    only = [
        person
        for person in corpus.informants
        if (sources := context.links.sources(person.guid)) and all(source.kind is Kind.GROUP for source in sources)
    ]
    said = context.words.plural(
        "{n} of them speaks only in a group interview, which is one conversation.",
        "{n} of them speak only in group interviews; a group is one conversation, not as many interviews.",
        len(only),
    )
    return [Paragraph(said, "note")] if only else []
