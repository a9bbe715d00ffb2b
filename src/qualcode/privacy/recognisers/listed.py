"""Names of the user's own list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.errors import N_
from qualcode.model import Identifier
from qualcode.privacy._naming import Name, forms_of, person
from qualcode.privacy._page import Page
from qualcode.privacy._vocabulary import NAMELESS, is_word
from qualcode.privacy.recognisers._base import Recogniser

__all__ = ["Listed"]


class Listed(Recogniser):
    """Names of the list that the user gave, whole or word by word; a word of daily use counts only with a capital."""

    def find(self, page: Page) -> Iterator[Identifier]:
        """Yield what is found in *page*, in any order."""
        names = [" ".join(name.split()) for name in page.names if name.strip()]
        words = {word for name in names for word in forms_of(name) if len(word) > 2 and word not in NAMELESS}
        choices = sorted({*names, *words}, key=len, reverse=True)
        if not choices:
            return
        pattern = "|".join(re.escape(choice).replace(r"\ ", r"[ ]+") for choice in choices)
        for match in re.finditer(
            rf"(?<![^\W_])(?:{pattern})(?=(?:-?(?:nya|ku|mu))?(?![^\W_]))", page.text, re.IGNORECASE
        ):
            word = match[0]
            if word.islower() and " " not in word and is_word(word):
                continue
            if (
                " " not in word
                and is_word(word.casefold())
                and page.begins(match.start())
                and word.casefold() in page.small
            ):
                continue
            name = Name(match.start(), match.end(), len(word.split()), True, False, False)
            yield person(page, name, match.start(), 1.0, N_("a name of your list"), {}, identity=True)
