"""The tagger as a spaCy component: ``nlp.add_pipe("qualcode_tagger", config={"codebook": "prekariat"})``.

spaCy imports this module by its entry point; nothing else does, so that nothing else loads spaCy.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc

if TYPE_CHECKING:
    from qualcode.rules.tagger import Tagger

__all__ = ["TaggerComponent", "make_tagger"]


class TaggerComponent:
    """Writes the hits of a codebook into ``doc.spans["qualcode"]``, one labelled span a hit.

    Parameters
    ----------
    name : str
        The component's name in its pipeline.
    codebook : str
        A shipped codebook's name, or the path of a codebook file.
    """

    def __init__(self, name: str, codebook: str) -> None:
        self.name = name
        self.codebook = codebook

    @cached_property
    def tagger(self) -> Tagger:
        """The tagger, read when the first text comes."""
        from importlib import import_module

        from qualcode.rules.tagger import Tagger

        # The one call upwards: spaCy hands a name where every other caller hands a Codebook.
        load = import_module("qualcode.codebooks").load_codebook
        return Tagger(load(self.codebook))

    def __call__(self, doc: Doc) -> Doc:
        """Return *doc* with the span group; a span is widened to whole tokens where its ends fall inside one."""
        group = []
        for hit in self.tagger.hits(doc.text):
            span = doc.char_span(hit.span.start, hit.span.end, label=hit.code, alignment_mode="expand")
            if span is not None:
                span.id_ = "; ".join(item.text for item in hit.evidence)
                group.append(span)
        doc.spans["qualcode"] = group
        return doc


@Language.factory("qualcode_tagger", default_config={"codebook": "prekariat"})
def make_tagger(nlp: Language, name: str, codebook: str) -> TaggerComponent:
    """Return the component for spaCy's factory ``qualcode_tagger``."""
    return TaggerComponent(name, codebook)
