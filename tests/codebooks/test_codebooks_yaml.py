"""Codebook files: what is read, what is refused and where, and that nothing is lost in writing."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.codebooks import Change, check, diff, dump_codebook, load_codebook, shipped_codebooks
from qualcode.codebooks._schema import json_schema
from qualcode.codebooks.yaml import YamlFormat
from qualcode.errors import InputError, NotFoundError, fill
from qualcode.model import Code, Codebook, Family

SAMPLE = Path(__file__).parent.parent / "data" / "codebooks" / "pedagang.yaml"


def problems(text: str | bytes) -> list[str]:
    """Return everything wrong with a file, as a researcher reads it."""
    data = text.encode() if isinstance(text, str) else text
    return [str(problem) for problem in YamlFormat().read(data, file="buku.yaml").problems]


def test_smallest_codebook_is_name_and_codes() -> None:
    """A key and keywords make a code."""
    reading = YamlFormat().read(
        b"name: kecil\ncodes:\n  - key: air_panas\n    keywords: [air panas, heater]\n", file="x"
    )

    assert reading.problems == []
    assert reading.codebook == Codebook("kecil", (Code("air_panas", keywords=("air panas", "heater")),))


def test_every_field_is_read() -> None:
    """The sample's fields arrive; lists under exclude are lines."""
    book = load_codebook(SAMPLE)
    sepi = book.code("sepi")

    assert (book.name, book.version, book.title_en) == ("pedagang", "0.3", "Street sellers")
    assert sepi.exclude == "Rumah atau jalan yang sepi.\nHujan sebagai keterangan waktu saja."
    assert (sepi.colour, sepi.family, sepi.name_en) == ("#1b9e77", "tantangan", "Few customers")
    assert (book.code("upah").parent, book.code("utang").active, book.code("utang").origin) == (
        "sepi",
        False,
        "addition",
    )
    assert book.family_of("sepi") == Family("tantangan", "Tantangan", "Challenges", "challenge")
    assert book.macros["JAMIN"] == "(bpjs* | kis | asuransi)"


def test_values_are_texts_as_written() -> None:
    """No, 1.0 and dates are not turned into something else; an empty field is as if it were not there."""
    text = "name: no\nversion: 1.10\ntitle:\ncodes:\n  - {key: on, definition: 2025-02-01, keywords: [no, 1e3], active: ya}\n"
    book = YamlFormat().read(text.encode(), file="x").codebook

    assert book is not None
    assert (book.name, book.version, book.title) == ("no", "1.10", "")
    assert book.codes == (Code("on", definition="2025-02-01", keywords=("no", "1e3")),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "buku.yaml: the file is empty"),
        ("# hanya catatan\n", "buku.yaml: the file is empty"),
        ("- a\n", "buku.yaml:1: a codebook is a mapping with name and codes"),
        ("kata\n", "buku.yaml:1: a codebook is a mapping with name and codes"),
        ("codes: [{key: a}]\n", "buku.yaml:1: the field 'name' is missing"),
        ("name: a\n", "buku.yaml:1: the field 'codes' is missing"),
        ("name: a\ncodes: []\n", "buku.yaml:2: the field 'codes' should be a list of codes"),
        ("name: a\ncodes: {key: a}\n", "buku.yaml:2: the field 'codes' should be a list of codes"),
        ("name: a\ncodes:\n  - sepi\n", "buku.yaml:3: a code is a mapping with key and keywords"),
        ("name: a\ncodes:\n  - name: b\n", "buku.yaml:3: the field 'key' is missing"),
        (
            "name: a\ncodes:\n  - key: Upah Rendah\n",
            "buku.yaml:3: key 'Upah Rendah' is not lower-case words joined by - or _",
        ),
        ("name: a\ncodes:\n  - key: b\n  - key: b\n", "buku.yaml:4: key 'b' stands twice"),
        ("name: a\ncodes:\n  - {key: b, guid: x}\n  - {key: c, guid: x}\n", "buku.yaml:4: guid 'x' stands twice"),
        ("name: a\ncodes:\n  - key: b\n    key: c\n", "buku.yaml:4: the field 'key' stands twice"),
        ("name: a\ncodes:\n  - key: b\n    keyword: [c]\n", "buku.yaml:4: unknown field 'keyword'"),
        ("name: a\ncodes:\n  - key: b\n    keywords: sepi\n", "buku.yaml:4: the field 'keywords' should be a list"),
        (
            "name: a\ncodes:\n  - key: b\n    examples:\n      - Iya: gitu\n",
            "buku.yaml:5: the list 'examples' should hold texts only",
        ),
        (
            "name: a\ncodes:\n  - key: b\n    keywords:\n      -\n",
            "buku.yaml:5: the list 'keywords' should hold texts only",
        ),
        ("name: [a]\ncodes: [{key: a}]\n", "buku.yaml:1: the field 'name' should be a text"),
        (
            "name: a\ncodes:\n  - key: b\n    active: mungkin\n",
            "buku.yaml:4: the field 'active' should be true or false",
        ),
        (
            "name: a\ncodes:\n  - key: b\n    colour: merah\n",
            "buku.yaml:4: colour 'merah' is not a # and six hexadecimal digits",
        ),
        ("name: a\ncodes:\n  - key: b\n    origin: apriori\n", "buku.yaml:4: 'apriori' is no origin"),
        (
            "name: a\nfamilies:\n  - key: k\n    kind: strategi\ncodes: [{key: a}]\n",
            "buku.yaml:4: 'strategi' is no kind",
        ),
        ("name: a\nfamilies: [{key: k}, {key: k}]\ncodes: [{key: a}]\n", "buku.yaml:2: key 'k' stands twice"),
        ("name: a\nfamilies: [{key: k}]\ncodes:\n  - key: b\n    family: l\n", "buku.yaml:5: 'l' is no family"),
        ("name: a\ncodes:\n  - key: b\n    parent: c\n", "buku.yaml:4: 'c' is no code"),
        ("name: a\ncodes:\n  - key: b\n    parent: b\n", "buku.yaml:4: the parents of code 'b' form a ring: b → b"),
        (
            "name: a\ncodes:\n  - {key: d, parent: b}\n  - {key: b, parent: c}\n  - {key: c, parent: b}\n",
            "buku.yaml:4: the parents of code 'b' form a ring: b → c → b",
        ),
        (
            "name: a\ncodes:\n  - key: b\n    keywords:\n      - sepi\n      - sepi ~0 laku\n",
            "buku.yaml:6: column 6: '~0' needs a number of words from 1 to 100 in the rule 'sepi ~0 laku'",
        ),
        (
            "name: a\nmacros:\n  DAGANG: jual | (beli\ncodes:\n  - key: b\n    keywords: [DAGANG, DAGANG sepi]\n",
            "buku.yaml:3: column 8: a ( without its ) in the rule 'jual | (beli'",
        ),
        (
            "name: a\nmacros: {dagang: jual}\ncodes: [{key: b}]\n",
            "buku.yaml:2: the macro name 'dagang' is not in capital letters",
        ),
        (
            "name: a\nmacros: [jual]\ncodes: [{key: b}]\n",
            "buku.yaml:2: the field 'macros' should be a mapping of names to rules",
        ),
        ("name: a\ncodes:\n\t- key: b\n", "buku.yaml:3: a tab at the start of the line"),
        (
            "name: a\ncodes:\n  - key: b\n    definition: ini: itu\n",
            "buku.yaml:4: not YAML here (mapping values are not allowed here): 'definition: ini: itu'",
        ),
        ("name: 'a\n", "buku.yaml:2: not YAML here (found unexpected end of stream): ''"),
        ("name: a\n---\nname: b\n", "buku.yaml:2: not YAML here (but found another document): '---'"),
        ("name: a\x07\n", "buku.yaml:1: a character that may not stand in YAML: U+0007"),
        ("name: &x a\ncodes: [*x, *x]\n", "buku.yaml:1: anchors (&) and aliases (*) are not used here"),
        ("name: a\ncodes: " + "[" * 2000, "buku.yaml:2: nested too deep"),
        (
            "name: !!python/object/apply:os.system [ls]\ncodes: [{key: a}]\n",
            "buku.yaml:1: the field 'name' should be a text",
        ),
        (b"name: a\n# \xe9t\xe9\n", "buku.yaml:2: the file is not text in UTF-8: byte 0xe9"),
        ("name: a\n".encode("utf-16"), "buku.yaml: the file is not text in UTF-8"),
        (b"PK\x03\x04\x00\x00", "buku.yaml: the file is not text in UTF-8"),
    ],
)
def test_what_is_wrong_is_said_once_with_its_line(text: str | bytes, message: str) -> None:
    """One message: file, line, what."""
    assert problems(text) == [message]


def test_near_names_are_offered() -> None:
    """A slip of the pen in a field, family or parent is recognised."""
    text = "name: a\nfamilies: [{key: tantangan}]\ncodes:\n  - key: upah\n    keyword: [b]\n    family: tantagan\n  - key: c\n    parent: upha\n"
    found = YamlFormat().read(text.encode(), file="x").problems

    assert [fill(p.hint or "", p.parameters) for p in found] == [
        "did you mean: keywords, key?",
        "did you mean: tantangan?",
        "did you mean: upah?",
    ]


def test_schema_for_editors_is_the_readers(root: Path) -> None:
    """The file in docs/ is what the reader accepts; write it anew with `json_schema` after a change."""
    schema = json_schema()

    assert json.loads((root / "docs" / "codebook.schema.json").read_text("utf-8")) == schema
    assert {"name", "codes"} == set(schema["required"])
    assert {f.name for f in fields(Code)} == set(schema["properties"]["codes"]["items"]["properties"])
    in_studies_alone = {"merged"}
    assert {f.name for f in fields(Codebook)} - in_studies_alone == set(schema["properties"])


def test_windows_files_are_read() -> None:
    """A BOM and CR LF, as Notepad writes them, are no matter."""
    assert problems(b"\xef\xbb\xbfname: a\r\ncodes:\r\n  - key: b\r\n    keywords:\r\n      - sepi\r\n") == []


KEYS = st.from_regex(r"[a-z][a-z0-9]{0,6}(?:-[a-z]{1,4})?", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30) | st.sampled_from(
    [
        "null",
        "~",
        "yes",
        "1.0",
        "# a",
        "a: b",
        "'",
        '"',
        "- a",
        "&a",
        "*a",
        "\n",
        "a\n\nb ",
        " a",
        "{a}",
        "|",
        "!a",
        "\u2028",
        "\x85",
        "\ufeffa",
        "😀",
    ]
)


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    keys = draw(st.lists(KEYS, min_size=1, max_size=5, unique=True))
    families = tuple(
        Family(key, draw(TEXTS), draw(TEXTS), draw(st.sampled_from(["", "challenge"])), draw(TEXTS))
        for key in draw(st.lists(KEYS, max_size=2, unique=True))
    )
    codes = tuple(
        Code(
            key,
            draw(TEXTS),
            draw(st.sampled_from(["", f"{number:032x}"])),
            *(draw(TEXTS) for _ in range(4)),
            tuple(draw(st.lists(TEXTS, max_size=2))),
            tuple(draw(st.lists(TEXTS, max_size=2))),
            tuple(
                draw(
                    st.lists(
                        st.sampled_from(["sepi", '"air panas"', "tanya: a jawab: b", "{uang}", "a & b"]), max_size=3
                    )
                )
            ),
            draw(st.sampled_from(["", *(f.key for f in families)])),
            draw(st.sampled_from([None, *keys[:number]])) if number else None,
            draw(st.sampled_from(["", "#a0b1c2"])),
            draw(st.sampled_from(["a_priori", "inductive"])),
            draw(st.booleans()),
        )
        for number, key in enumerate(keys)
    )
    return Codebook(
        draw(TEXTS),
        codes,
        families,
        *(draw(TEXTS) for _ in range(5)),
        tuple(draw(st.lists(TEXTS, max_size=2))),
        MappingProxyType(draw(st.dictionaries(st.sampled_from(["SATU", "DUA"]), st.sampled_from(["a | b", "(c)"])))),
    )


@given(codebooks())
def test_written_codebook_reads_back_equal(book: Codebook) -> None:
    """Nothing is lost or changed, whatever signs the texts hold, and there is no difference to tell."""
    reading = YamlFormat().read(dump_codebook(book).encode(), file="x")

    assert reading.problems == []
    assert reading.codebook == book
    assert reading.codebook is not None
    assert diff(book, reading.codebook) == ()


@given(st.binary(max_size=80) | st.text("abc:-[]{}&*#|>'\" \n\t!%@`?,", max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """No file breaks the reader: a codebook, or problems."""
    reading = YamlFormat().read(data, file="x")

    assert (reading.codebook is None) == bool(reading.problems)


def test_load_names_the_file_and_the_nearest(tmp_path: Path) -> None:
    """Files that are not there, folders, wrong suffixes and broken ones are one clear error each."""
    (tmp_path / "buku.yaml").write_text("name: a\n")
    with pytest.raises(NotFoundError, match=r"there is no codebook file 'bukuu\.yaml'") as caught:
        load_codebook(tmp_path / "bukuu.yaml")
    assert caught.value.nearest == ("buku.yaml",)
    with pytest.raises(InputError, match="this is a folder"):
        load_codebook(tmp_path)
    with pytest.raises(InputError, match=r"buku\.yaml:1: the field 'codes' is missing"):
        load_codebook(str(tmp_path / "buku.yaml"))
    (tmp_path / "buku.docx").write_bytes(b"PK")
    with pytest.raises(InputError, match=r"a codebook file ends in \.csv, \.xlsx, \.yaml, \.yml"):
        load_codebook(tmp_path / "buku.docx")


def test_unknown_name_offers_the_shipped_ones() -> None:
    """A name without a suffix means a shipped codebook."""
    with pytest.raises(NotFoundError, match="no codebook called 'tidak-ada-sama-sekali'"):
        load_codebook("tidak-ada-sama-sekali")


@pytest.mark.parametrize("name", shipped_codebooks() or [pytest.param("", marks=pytest.mark.skip("none shipped yet"))])
def test_shipped_codebooks_load_and_find_their_examples(name: str) -> None:
    """Every shipped codebook is sound: its examples are found, its near misses are not."""
    assert load_codebook(name).name == name
    assert [str(finding) for finding in check(name) if finding.level in {"damage", "doubtful"}] == []


def test_check_of_a_sound_codebook_is_silent_on_rules() -> None:
    """All examples of the sample are found and its near misses are not."""
    assert [str(finding) for finding in check(SAMPLE)] == []


def test_check_tells_examples_missed_and_near_misses_found(tmp_path: Path) -> None:
    """Both are doubts with the line where they stand; inactive codes are checked, too."""
    path = tmp_path / "b.yaml"
    path.write_text(
        "name: b\ncodes:\n  - key: sepi\n    active: false\n    definition: x\n    keywords: [sepi]\n    examples:\n      - Sepi.\n      - Anyep.\n"
        "      - 'tanya: Sepi? jawab: Iya.'\n    near_misses:\n      - Rumah sepi.\n  - key: kosong\n"
    )

    assert [(f.level, str(f)) for f in check(path)] == [
        ("doubtful", "b.yaml:9: no rule of code 'sepi' finds its example 'Anyep.'"),
        ("doubtful", "b.yaml:10: no rule of code 'sepi' finds its example 'tanya: Sepi? jawab: Iya.'"),
        ("doubtful", "b.yaml:12: a rule of code 'sepi' finds its near miss 'Rumah sepi.': 'sepi'"),
        ("note", "b.yaml:13: code 'kosong' has no definition"),
        ("note", "b.yaml:13: code 'kosong' has no keywords"),
    ]


def test_check_lists_all_damage_with_what_to_do(tmp_path: Path) -> None:
    """Loading stops at the first problem, checking shows them all."""
    path = tmp_path / "b.yaml"
    path.write_text("nama: b\ncodes:\n  - key: B\n")
    found = check(path)

    assert [str(f) for f in found] == [
        "b.yaml:1: unknown field 'nama'",
        "b.yaml:1: the field 'name' is missing",
        "b.yaml:3: key 'B' is not lower-case words joined by - or _",
    ]
    assert {f.level for f in found} == {"damage"}
    assert found[0].parameters["hint"] == "did you mean: name?"


def test_diff_tells_every_change() -> None:
    """Codes are the same by guid, else by key; each changed field is one change."""
    old = Codebook(
        "b",
        (Code("a", guid="1"), Code("b", definition="x"), Code("c"), Code("d")),
        (Family("f", "F"),),
        macros={"M": "x", "N": "y"},
    )
    new = Codebook(
        "b",
        (Code("a2", name="a", guid="1"), Code("b", definition="y", keywords=("k",)), Code("e"), Code("d")),
        (Family("g", "G"),),
        version="2",
        macros={"M": "z", "O": "o"},
    )

    assert diff(old, new) == (
        Change("changed", "codebook", "", "version", "1", "2"),
        Change("added", "family", "g"),
        Change("removed", "family", "f"),
        Change("changed", "macro", "M", "", "x", "z"),
        Change("removed", "macro", "N", "", "y", None),
        Change("added", "macro", "O", "", None, "o"),
        Change("renamed", "code", "a2", "key", "a", "a2"),
        Change("changed", "code", "b", "definition", "x", "y"),
        Change("changed", "code", "b", "keywords", (), ("k",)),
        Change("added", "code", "e"),
        Change("removed", "code", "c"),
    )


def test_diff_tells_a_new_order() -> None:
    """The order in which researchers read codes is content, too."""
    book = load_codebook(SAMPLE)
    turned = replace(book, codes=tuple(reversed(book.codes)))

    assert {change.kind for change in diff(book, turned)} == {"moved"}


@pytest.mark.parametrize("libyaml", [True, False])
@pytest.mark.parametrize(
    "source", [dump_codebook(load_codebook("prekariat")), "a: {b: [c, 'd', \"\", ~]}\nz: |\n  x\n"]
)
def test_the_fast_reader_and_the_thorough_one_see_the_same(
    monkeypatch: pytest.MonkeyPatch, source: str, libyaml: bool
) -> None:
    """PyYAML may have been built without libyaml; where a node stands and whether it is empty does not depend on that."""
    import yaml

    from qualcode.files.yaml import compose, is_empty

    def seen(node: Any) -> list[object]:
        children = node.value if not isinstance(node.value, str) else ()
        flat = [child for each in children for child in (each if isinstance(each, tuple) else (each,))]
        mark = node.start_mark
        own = (node.id, node.tag, mark.line, mark.column, is_empty(node), node.value if not flat else None)
        return [own, *(below for child in flat for below in seen(child))]

    expected = seen(yaml.compose(source, Loader=yaml.SafeLoader))
    monkeypatch.setattr(yaml, "__with_libyaml__", libyaml and yaml.__with_libyaml__)

    assert seen(compose(source, "a.yaml")) == expected


@pytest.mark.parametrize(
    "source", ["a: [b", "a:\n\tb: c\n", "a: b: c\n", "x\x07", "- &a b\n- *a\n", "[" * 60, "", "a: 'b\n", "%YAML 3\n---\na", "---\n---\n"]
)  # fmt: skip
def test_what_is_no_yaml_is_told_alike(monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    """What libyaml refuses, the reader with the better words tells of."""
    import yaml

    from qualcode.files.yaml import compose

    def said() -> str:
        with pytest.raises(InputError) as caught:
            compose(source, "a.yaml")
        return f"{caught.value} {caught.value.hint}"

    first = said()
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    assert said() == first
