"""Tables of reports."""

from __future__ import annotations

from lxml import html

from qualcode import i18n
from qualcode.model import Study
from qualcode.reports.blocks import Table
from qualcode.reports.trials import trial_page
from qualcode.reports.words import Words

ROWS = (
    ("upah", "classifier", "1"),
    ("upah", "rules", "2"),
    ("utang & sewa", "classifier", "3"),
    ("upah", "rules", "4"),
)


def page(table: Table) -> html.HtmlElement:
    words = Words(i18n.translator("en"), "informant")
    return html.fromstring(trial_page(Study("uji"), "Trial", "Trial", [("a", "A", [table])], words, "1"))


def test_what_rows_begin_with_is_written_once_for_neighbours() -> None:
    shown = page(Table("Codes", ("code", "recipe", "n"), ROWS, frozenset({2}), grouped=True))

    assert [(th.text_content(), th.get("rowspan")) for th in shown.iterfind(".//tbody//th")] == [
        ("upah", "2"),
        ("utang & sewa", "1"),
        ("upah", "1"),
    ]
    assert [[td.text_content() for td in tr.iterfind("td")] for tr in shown.iterfind(".//tbody/tr")] == [
        list(row[1:]) for row in ROWS
    ]
    assert [td.text_content() for td in shown.iterfind(".//td[@class='angka']")] == ["1", "2", "3", "4"]


def test_else_every_row_says_what_it_begins_with() -> None:
    shown = page(Table("Codes", ("code", "recipe", "n"), ROWS, frozenset({2})))

    assert [th.text_content() for th in shown.iterfind(".//tbody//th")] == [row[0] for row in ROWS]
    assert len(shown.findall(".//tbody")) == 1
