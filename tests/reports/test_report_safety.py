"""A report runs nothing, reaches nothing, and shows hostile words as words."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest
from corpora import CODEBOOK, START, coding, corpus, guid, suggestion, transcript
from hypothesis import given
from hypothesis import strategies as st
from reading import Page, pages

from qualcode.model import Code, Codebook, Corpus, Evidence, Family, Informant, Memo, Quote, Study, Theme
from qualcode.reports import build
from qualcode.reports.links import slugs

ATTACKS = (
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "{{ 7*7 }}{% include '/etc/passwd' %}",
    "</title><base href=http://evil.test>",
    "]]><!--",
    "\u202eevil\u2066",
    "a\x00b\x1bc\x85d",
    "&lt;b&gt; & <b>",
)
STYLE = Path(__file__).parents[2] / "templates/report/gaya.css"


def hostile(attack: str) -> Corpus:
    """Return a study that holds *attack* wherever people can write."""
    text = attack.replace("\n", " ")
    talk = transcript(text, f"P: Apa {text}?\nN: Ya {text} begitulah saja ya.\nN: Tidak {text}.", informants={"N": "x"})
    talk = replace(talk, metadata={text: text}, turns=tuple(replace(t, speaker=text) for t in talk.turns))
    person = Informant(guid("x"), text, text, {text: text})
    book = Codebook(
        text,
        (
            replace(CODEBOOK.codes[0], name=text, definition=text, examples=(text,), family=text),
            Code("nilai", text, origin=text),
        ),
        (Family(text, text, text, "challenge"),),
        version=text,
        title=text,
    )
    codings = (
        coding(talk, 2, "tak-pasti", memo=text, round=text, codebook_version=text),
        coding(talk, 3, "tak-pasti", text, "denied"),
    )
    return corpus(
        [talk],
        codings,
        informants=(person,),
        codebook=book,
        study=Study(title=text, informant_label=text, identity={text: text}, approach=text, simulated=True),
        memos=(
            Memo(guid("m"), text, text, START, guid("x"), "summary"),
            Memo(guid("n"), text, text, START, guid("x"), "tension"),
        ),
        quotes=(Quote(guid("q"), codings[0].guid, printable=text, translation=text),),
        suggestions=(suggestion(talk, 3, "nilai", evidence=(Evidence(text),)),),
        themes=(Theme(guid("t"), text, ("nilai",), text),),
    )


def assert_harmless(page: Page) -> None:
    """Fail if anything in the page could run or load."""
    tags = {str(element.tag) for element in page.tree.iter() if isinstance(element.tag, str)}
    assert tags.isdisjoint(
        {"script", "img", "iframe", "object", "embed", "link", "base", "form", "input", "video", "audio"}
    )
    for element in page.tree.iter():
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on"), name
            assert name not in {"style", "src", "srcset", "action", "formaction", "xlink:href"}, name
            if name == "href":
                assert re.fullmatch(r"#[^\s]*|(\.\./)?[a-z]+(/[a-z0-9-]+)?\.html(#\S+)?", value), value
    for style in page.tree.iter("style"):
        assert not re.search(r"https?:|url\(|@import", style.text or "")


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("single_file", [False, True])
def test_hostile_words_stay_words(attack: str, single_file: bool) -> None:
    """Whatever stands in text, speaker, code name, memo or file name is shown and never acts."""
    for path, page in pages(build(hostile(attack), version="1", single_file=single_file)).items():
        assert re.fullmatch(r"([a-z]+/)?[a-z0-9-]+\.html", path)
        assert_harmless(page)
    if attack.isprintable():
        shown = " ".join(attack.split())
        assert shown in page.text


def test_automatic_marking_of_hostile_words_is_harmless() -> None:
    """The path of rules alone escapes as well."""
    study = hostile(ATTACKS[0])
    for page in pages(build(study.with_(codings=type(study.codings)(), quotes=()), version="1")).values():
        assert_harmless(page)


def test_policy_allows_the_page_its_own_style_and_nothing_else() -> None:
    """The hash in the policy is that of the style sheet in the page."""
    page = pages(build(hostile("x"), version="1"))["index.html"]
    style = re.search(r"<style>(.*?)</style>", page.source, re.S)
    policy = page.tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]

    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert (
        policy == f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


@pytest.mark.parametrize("single_file", [False, True])
def test_links_lead_to_what_is_there_and_ids_are_unique(single_file: bool) -> None:
    """No dead link within the report."""
    files = pages(build(hostile("Ibu <S> & Co."), version="1", single_file=single_file))
    for path, page in files.items():
        assert len(page.ids) == len(set(page.ids)), path
        for href in page.links:
            name, _, anchor = href.partition("#")
            target = path if not name else name.removeprefix("../") if name.startswith("../") else name
            assert target in files, (path, href)
            assert not anchor or anchor in files[target].ids, (path, href)


@given(st.lists(st.text(max_size=80), max_size=30))
def test_slugs_are_safe_and_never_twice(names: list[str]) -> None:
    """A file name for every name, on every system, whatever the name."""
    found = slugs(names)

    assert len(found) == len(names)
    assert len(set(found)) == len(found)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9-]{0,70}", slug) for slug in found)
    assert not {"con", "nul", "aux", "prn", "com1", "lpt9", "index"} & set(found)


def test_slugs_of_odd_names() -> None:
    """Accents go, reserved and empty names get a name, equal names a number."""
    assert slugs(["Bu Ésti", "bu esti", "CON", "...", "😀", "x" * 200]) == (
        "bu-esti",
        "bu-esti-2",
        "con-",
        "tanpa-nama",
        "tanpa-nama-2",
        "x" * 60,
    )


def luminance(colour: str) -> float:
    """Return WCAG's relative luminance of ``#rgb`` or ``#rrggbb``."""
    digits = colour.lstrip("#")
    digits = "".join(2 * d for d in digits) if len(digits) == 3 else digits
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return WCAG's contrast ratio of two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1, 2])
def test_palette_meets_wcag_aa(scheme: int) -> None:
    """Light, dark and print: words 4.5 to 1, marks 3 to 1 on the paper."""
    blocks = re.findall(r":root \{(.*?)\}", STYLE.read_text(encoding="utf-8"), re.S)
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6})", blocks[scheme]))
    if scheme == 2:
        colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6})", blocks[0])) | colours

    for name in ("tinta", "redup", "tautan", "awas"):
        assert contrast(colours[name], colours["kertas"]) >= 4.5, name
        assert contrast(colours[name], colours["lembut"]) >= 4.5, name
    for name, colour in colours.items():
        if name.startswith(("hangat", "sejuk", "polos", "garis")):
            assert contrast(colour, colours["kertas"]) >= 3, name
