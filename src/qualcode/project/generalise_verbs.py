"""The verbs on showing attributes in a coarser form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from qualcode.errors import N_, NotFoundError
from qualcode.project.consent_words import CLEARED
from qualcode.project.desk import Desk

if TYPE_CHECKING:
    from qualcode.privacy.generalise import Coarsened

__all__ = ["Generalisation", "GeneraliseVerbs"]


@dataclass(frozen=True, slots=True)
class Generalisation:
    """What becomes of each attribute, and how many of the study's informants are alone with theirs, as recorded and made coarser.

    `in_force` tells whether reports and exports show attributes so unless told otherwise.
    """

    attributes: tuple[Coarsened, ...]
    n_informants: int
    alone_recorded: int
    alone_coarser: int
    in_force: bool


class GeneraliseVerbs(Desk):
    """See and choose how attributes are made coarser before they are shown."""

    def generalisation(
        self, forms: Mapping[str, str] = MappingProxyType({}), *, language: str = "id"
    ) -> Generalisation:
        """Return what would become of each attribute; *forms* (attribute → form) go before what the study says and what is usual.

        Raises
        ------
        InputError
            If there is no such form.
        NotFoundError
            If nobody has such an attribute; with the nearest names.
        """
        from qualcode.privacy.generalise import generalise, n_unique, plan

        corpus = self.corpus()
        chosen = {**corpus.study.generalise, **self._parsed(forms)}
        tried = corpus.with_(study=replace(corpus.study, generalise=chosen))
        return Generalisation(
            plan(tried, language=language),
            len(corpus.informants),
            n_unique(corpus),
            n_unique(generalise(tried, language=language)),
            bool(corpus.study.generalise),
        )

    def generalise(self, forms: Mapping[str, str] = MappingProxyType({}), *, language: str = "id") -> Generalisation:
        """Let reports and exports show attributes in coarser forms from now on: those given, the others as was chosen or is usual.

        The forms in force are written into the study, so that what is usual today stays what it is. The form ``"-"`` takes the
        study's choice for an attribute back to what is usual.

        Parameters
        ----------
        forms : mapping of str to str
            Attribute → keep, band:SIZE, area, kind, job, year or hide.

        Raises
        ------
        InputError
            If there is no such form.
        NotFoundError
            If nobody has such an attribute.
        """
        from qualcode.privacy.generalise import plan
        from qualcode.store.acts.study import put_study

        corpus = self.corpus()
        back = {name for name, form in forms.items() if form == CLEARED}
        chosen = {name: form for name, form in corpus.study.generalise.items() if name not in back}
        chosen |= self._parsed({name: form for name, form in forms.items() if name not in back})
        tried = corpus.with_(study=replace(corpus.study, generalise=chosen))
        settled = {each.attribute: each.form for each in plan(tried, language=language)}
        put_study(self._log, self._by(), replace(corpus.study, generalise=settled))
        return self.generalisation(language=language)

    def show_as_recorded(self) -> None:
        """Let reports and exports show attributes as they were recorded again."""
        from qualcode.store.acts.study import put_study

        put_study(self._log, self._by(), replace(self.corpus().study, generalise={}))

    def _parsed(self, forms: Mapping[str, str]) -> dict[str, str]:
        """Return *forms* by the attributes' own names."""
        from qualcode.privacy.attribute_law import plain_name
        from qualcode.privacy.generalise import parse_form

        known = {plain_name(name): name for person in self.corpus().informants for name in person.attributes}
        found: dict[str, str] = {}
        for name, form in forms.items():
            if plain_name(name) not in known:
                raise NotFoundError(N_("nobody has an attribute {name!r}"), name=name, known=list(known.values()))
            found[known[plain_name(name)]] = parse_form(form)
        return found
