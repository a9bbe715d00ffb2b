"""Texts in a table, hits in a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from qualcode.errors import N_, InputError
from qualcode.model import Codebook
from qualcode.rules.tagger import Tagger

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["tag"]

COLUMNS = ("text", "start", "end", "code", "evidence")


def tag(texts: Iterable[str | None], codebook: Codebook) -> pd.DataFrame:
    """Return the codes that the rules of *codebook* find in *texts*, a row a hit.

    Parameters
    ----------
    texts : iterable of str or None
        None and missing values have no hits. A pandas Series keeps its index.
    codebook : Codebook
        Only its active codes are looked for.

    Returns
    -------
    pandas.DataFrame
        Columns ``text`` (the text's place, from 0, or its label in the Series' index), ``start`` and ``end`` (code points, half-open: the
        sentences that hold the evidence), ``code`` (key, as a category in codebook order) and ``evidence`` (the words that matched, joined by ``; ``).

    Raises
    ------
    InputError
        If *texts* is a single string, or *codebook* is a name instead of a codebook.
    """
    import pandas as pd

    if isinstance(texts, str):
        raise InputError(N_("texts is one text; give a list of texts"), hint=N_("write it in brackets: [text]"))
    if not isinstance(codebook, Codebook):
        raise InputError(N_("this is not a codebook"), hint=N_("load it first: load_codebook('prekariat')"))
    tagger = Tagger(codebook)
    labels = texts.index if isinstance(texts, pd.Series) else None
    rows = []
    for number, text in enumerate(texts):
        if isinstance(text, str):
            label = labels[number] if labels is not None else number
            for hit in tagger.hits(text):
                words = "; ".join(item.text for item in hit.evidence)
                rows.append((label, hit.span.start, hit.span.end, hit.code, words))
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    frame["code"] = pd.Categorical(frame["code"], categories=[code.key for code in codebook.codes])
    return frame
