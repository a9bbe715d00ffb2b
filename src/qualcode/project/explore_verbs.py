"""The verbs on what nobody has coded: groups of words, and codes made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from qualcode.errors import N_, NotFoundError
from qualcode.model import Code, Corpus
from qualcode.project.codebook_verbs import CodebookVerbs
from qualcode.project.rule_rows import passage_row

if TYPE_CHECKING:
    from qualcode.suggesters.emergent import Explored, WordGroup

__all__ = ["ExploreVerbs", "group_passages"]


class ExploreVerbs(CodebookVerbs):
    """Look for candidates of codes in what is not coded; nothing of it is a finding before people have read it."""

    def explore(self, *, n: int | None = None, progress: Callable[[int, int, str], None] | None = None) -> Explored:
        """Return groups of words in the passages that bear no coding which this coder may see; *n* of them, or as many as are stable."""
        from qualcode.suggesters.emergent import explore

        return explore(self.corpus(viewer=self._coder), n=n, progress=progress)

    def accept_group(self, group: str, name: str, *, n: int | None = None, under: str | None = None) -> Code:
        """Make an open code called *name* of a group of words (by its id) and return it; its passages become suggestions to review.

        None of them is coded by this. *n* is the number of groups that was asked for when the group was shown.

        Raises
        ------
        NotFoundError
            If there is no such group any more: codings have changed what is left uncoded.
        ConflictError
            If there is a code of that name.
        """
        from qualcode.store.suggestions import put_suggestions
        from qualcode.suggesters.emergent.groups import RECIPE

        known = self.explore(n=n).groups
        found = next((one for one in known if one.id == group), None)
        if found is None:
            raise NotFoundError(
                N_("no group of words {name!r} in what is uncoded now"),
                hint=N_("look again, with the same number of groups: qualcode explore"),
                name=group,
                known=[one.id for one in known],
            )
        code = self.add_code(name, under=under, stage="open", origin="suggested")
        kept = [one for one in self.corpus().suggestions if one.recipe == RECIPE]
        with self._log.writing(self._by()) as writer:
            put_suggestions(writer.connection, RECIPE, [*kept, *found.suggestions(code.key)])
        self._seen.corpora.clear()  # suggestions are no events, by which corpora are known to be old
        return self.codebook.code(code.key)


def group_passages(corpus: Corpus, group: WordGroup) -> Iterator[dict[str, object]]:
    """Yield the passages of a group as rows, the most typical first."""
    for passage in group.passages:
        yield passage_row(corpus, passage.unit, "", passage.evidence)
