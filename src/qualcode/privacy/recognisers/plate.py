"""Number plates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.errors import N_
from qualcode.model import Identifier, IdentifierKind
from qualcode.privacy._page import Page
from qualcode.privacy.recognisers._base import Recogniser, whole

__all__ = ["Plate"]

_AREA = (
    "A|AA|AB|AD|AE|AG|B|BA|BB|BD|BE|BG|BH|BK|BL|BM|BN|BP|BR|D|DA|DB|DC|DD|DE|DG|DH|DK|DL|DM|DN|DP|DR|DS|DT|DW|E|EA|EB|ED|F|G|H|K|KB|KH|KT|KU|"
    "L|M|N|P|PA|PB|PG|PS|PT|PY|R|S|T|W|Z"
)
_CONTEXT = re.compile(
    r"(?:\bplat|\bnopol|\bno\.? ?pol|polisi|\bmotor|\bmobil|\bstnk|\bbpkb|\bangkot|\btruk|kendaraan)[^\n.?!]{0,30}$",
    re.IGNORECASE,
)
_GOODS = re.compile(
    r"(?:\bkode|\bbarang|\btipe|\bseri|\bukuran|\bmodel|\bartikel|\bsize|\bjalur|\bpasal|\blampiran)[^\n.?!]{0,15}$",
    re.IGNORECASE,
)
_FORM = re.compile(rf"(?<![^\W_])(?<![\d.,])(?:{_AREA})[ .\-]?[1-9]\d{{0,3}}[ .\-]?[A-Z]{{1,3}}(?![^\W_])")
_LOOSE = re.compile(rf"(?<![^\W_])(?:{_AREA})[ .\-]?[1-9]\d{{0,3}}[ .\-]?[A-Z]{{1,3}}(?![^\W_])", re.IGNORECASE)
_MISTYPED = re.compile(r"(?<![^\W_])(?<![\d.,])[A-Z]{1,2}[ .\-]?[1-9]\d{1,3}[ .\-]?[A-Z]{1,3}(?![^\W_])")
"""A plate whose first letters no area has: behind the word for it, a slip must not let it out."""
_WORDS = frozenset("an di ke ya kg km cm m g gb mb jt rb k x w a e wib wit cc kw pm am l s".split())  # noqa: SIM905


_VEHICLES = tuple(
    word + ending
    for word in ("plat", "nopol", "pol", "motor", "mobil", "angkot", "truk", "stnk")
    for ending in ("", "nya")
)


class Plate(Recogniser):
    """Number plates of vehicles: an area's letters, up to four digits, up to three letters; short ones only behind the word."""

    def find(self, page: Page) -> Iterator[Identifier]:
        """Yield what is found in *page*, in any order."""
        text = page.text
        seen = set()
        for match in page.figures(_FORM, 1):
            digits, tail = re.sub(r"\D", "", match[0]), re.sub(r".*\d", "", match[0]).strip(" .-")
            before = max(0, match.start() - 50), match.start()
            if _CONTEXT.search(text, *before):
                score, reason = 0.95, N_("the form of a number plate, behind a word for a vehicle")
            elif (
                len(digits) >= 3
                and len(tail) >= 2
                and tail.casefold() not in _WORDS
                and not _GOODS.search(text, *before)
            ):
                score, reason = 0.75, N_("the form of a number plate")
            else:
                continue
            seen.add(match.start())
            yield whole(match.span(), IdentifierKind.PLATE, score, reason, forms=(_plain(match[0]),))
        for match in _loose(page):
            tail = re.sub(r".*\d", "", match[0]).strip(" .-").casefold()
            before = max(0, match.start() - 25), match.start()
            if (
                match.start() not in seen
                and tail not in _WORDS
                and re.search(
                    r"(?:\bplat|nopol|no\.? ?pol|motor|mobil|angkot|truk|stnk)(?:nya|nomor|nomer|saya|itu|ini|dia|bos|plat|[ :.,])*$",
                    text[before[0] : before[1]],
                    re.IGNORECASE,
                )
            ):
                seen.add(match.start())
                reason = N_("the form of a number plate, behind a word for a vehicle")
                yield whole(match.span(), IdentifierKind.PLATE, 0.85, reason, forms=(_plain(match[0]),))


def _loose(page: Page) -> Iterator[re.Match[str]]:
    for start, end in page.windows(page.starts(_VEHICLES), 0, 40):
        yield from _LOOSE.finditer(page.text, start, end)
        yield from _MISTYPED.finditer(page.text, start, end)


def _plain(plate: str) -> str:
    return re.sub(r"\W", "", plate).casefold()
