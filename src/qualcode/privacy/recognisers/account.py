"""Numbers of bank accounts and cards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.errors import N_
from qualcode.model import Identifier, IdentifierKind
from qualcode.privacy._page import Page
from qualcode.privacy.recognisers._base import Recogniser, whole

__all__ = ["Account"]

_BEHIND = re.compile(
    r"(?i:(?:rekening|rekeningnya|norek|no\.? ?rek|rek|transfer|tf|atm|va|virtual account|kartu kredit|debit|"
    r"bca|bri|bni|btn|bsi|mandiri|cimb|niaga|danamon|permata|muamalat|mega|bjb|bank dki|seabank|jago|britama|simpedes|bpd|brimo|livin)(?:-?nya)?\b)"
    r"(?:[^\d\n]{0,30})(?P<number>\d(?:[ .\-]{0,2}\d){7,18})(?![ .\-]?\d|,\d)"
)
_WORDS = (
    "rekening",
    "rekeningnya",
    "norek",
    "noreknya",
    "rek",
    "no",
    "transfer",
    "tf",
    "atm",
    "va",
    "virtual",
    "kartu",
    "debit",
    "bca",
    "bri",
    "bni",
    "btn",
    "bsi",
    "mandiri",
    "cimb",
    "niaga",
    "danamon",
    "permata",
    "muamalat",
    "mega",
    "bjb",
    "bank",
    "seabank",
    "jago",
    "britama",
    "simpedes",
    "bpd",
    "brimo",
    "livin",
)
_AMOUNT = re.compile(r"\d{1,3}(?:\.\d{3}){1,4}")
_MONEY = re.compile(r"(?:rp|rupiah|sebesar|sejumlah|senilai)\.? ?$", re.IGNORECASE)
_UNIT = re.compile(r" ?(?:rupiah|ribu|rb|juta|jt|perak)\b", re.IGNORECASE)
_MOBILE = re.compile(r"(?:\+?62|0)8[1-9]")


class Account(Recogniser):
    """Account and card numbers: eight to nineteen digits behind a word for an account or the name of a bank."""

    def find(self, page: Page) -> Iterator[Identifier]:
        """Yield what is found in *page*, in any order."""
        text = page.text
        for match in page.matches(_BEHIND, _WORDS):
            start, end = match.span("number")
            number = match["number"]
            if _AMOUNT.fullmatch(number) or _MONEY.search(text, max(0, start - 12), start) or _UNIT.match(text, end):
                continue
            if re.fullmatch(r"\d\d[-.]\d\d[-.]\d{4}", number):
                continue
            score = 0.6 if _MOBILE.match(number) else 0.92
            reason = N_("digits behind a word for an account or the name of a bank")
            yield whole((start, end), IdentifierKind.ACCOUNT, score, reason, forms=(re.sub(r"\D", "", number),))
