"""The verbs on what nobody has coded: groups of words, and codes made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from qualcode.errors import N_, NotFoundError
from qualcode.model import Code, Corpus
from qualcode.project.codebook_verbs import CodebookVerbs, code_named
from qualcode.project.rule_rows import passage_row

if TYPE_CHECKING:
    from qualcode.suggesters.emergent import Explored, WordGroup

__all__ = ["ExploreVerbs", "group_passages"]


class ExploreVerbs(CodebookVerbs):
    """Look for candidates of codes in what is not coded; nothing of it is a finding before people have read it."""

    def explore(self, *, n: int | None = None, progress: Callable[[int, int, str], None] | None = None) -> Explored:
        """Return groups of words in the passages that bear no coding which this coder may see; *n* of them, or as many as are most stable beyond chance."""
        from qualcode.suggesters.emergent import explore

        return explore(self.corpus(viewer=self._coder), n=n, progress=progress)

    def accept_group(
        self,
        group: str,
        name: str,
        *,
        n: int | None = None,
        under: str | None = None,
        language: Literal["id", "en"] = "en",
    ) -> Code:
        """Make an open code called *name* of a group of words (by its id) and return it; its passages become suggestions to review.

        None of them is coded by this. The same event keeps a memo on the code, in *language*, that says of which group it was made. *n* is
        the number of groups that was asked for when the group was shown.

        Raises
        ------
        NotFoundError
            If there is no such group any more: codings have changed what is left uncoded.
        ConflictError
            If there is a code of that name.
        """
        from qualcode.store.acts.codes import accept_group
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
        above = self.codebook.code(under).key if under else None
        new = replace(code_named(name), stage="open", origin="suggested", parent=above)
        voices = {guid for one in found.passages for guid in one.unit.group.split("+")} & self._informants()
        accept_group(self._log, self._by(), new, _made_of(found, n, language), voices=sorted(voices))
        kept = [one for one in self.corpus().suggestions if one.recipe == RECIPE]
        with self._log.writing(self._by()) as writer:
            put_suggestions(writer.connection, RECIPE, [*kept, *found.suggestions(new.key)])
        self._seen.corpora.clear()  # suggestions are no events, by which corpora are known to be old
        return self.codebook.code(new.key)

    def _informants(self) -> set[str]:
        return {one.guid for one in self.corpus().informants}


def _made_of(group: WordGroup, n: int | None, language: str) -> str:
    """Return what a memo says of the group of words that a code was made of."""
    from qualcode import i18n
    from qualcode.suggesters.emergent.groups import RECIPE

    _ = i18n.translator(language)
    return _(
        "Made of the group of words [{id}] ({recipe}, groups: {n}): {words}. {passages} passages of {informants} informants; stability {stability} (by chance up to {chance}). A candidate, read by nobody before.",
        id=group.id,
        recipe=RECIPE,
        n=n or _("most stable beyond chance"),
        words=", ".join(group.words),
        passages=len(group.passages),
        informants=group.informants,
        stability=i18n.number(round(group.stability, 2), language),
        chance=i18n.number(round(group.by_chance, 2), language),
    )


def group_passages(corpus: Corpus, group: WordGroup) -> Iterator[dict[str, object]]:
    """Yield the passages of a group as rows, the most typical first."""
    for passage in group.passages:
        yield passage_row(corpus, passage.unit, "", passage.evidence)
