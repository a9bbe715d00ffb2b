"""PDF files: what stands where, and what cannot be read is one error, never a crash."""

from __future__ import annotations

import base64
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfs import Text, make_pdf, stream, write_pdf

from qualcode.errors import InputError
from qualcode.files.pdf import read_pdf

LOCKED = "c-oDUy>8S%5XT!D_62CS;6w%c>D@ItU6GGdP=G{tfhIy?y*mz$4m+~<P!frno+<?rJq=I5Gk}Eh0?_af2(k7hhlMHdhvfawe||F_&1ipXdY9c3X!Py-=dXxiimU7xjmL-_oSgtBn>N@*b%e;iJ%R@FXqchN1VQOrBOfGmK16m4-{3<mT0ee<$Y!-H17^Kc@z2z@Pz}+#sze@vFYHEj8d)^ng09|3oIz79YZsep3DYX(bRP`M>n7t93zs4C8l3#qx*XJR8Hmi6S?G?f$Pn4E4Rmy}1B+J>3TJziq(^xO<xzNng>2(ZsKLHOzi#c$E<e4!@nPrP;hl^3=i%VudARxW<B!Mk{_QWvuP@)Uq$~3kQ}vinF^|8B#hT8zi8I2Ir!rNVr!hP&76EEZ=E0WU)*g{PJa(Sa)M}<cQo|hw$AG24jiHtqnIu98Zj|(i*IZDpQX!pBr4xDXmCxenp5So;V6>u6`%D{0sprlnS~;DAXEKX~ESHdg1f3WwnUa*ov&!?_Qbx_BH>%SbazwF4bbVnJ`$%w(*BXlh?IPtLP04}AxEN?WVFOL@p(bgsMyPGEfV!LYyf}y09+_2DT-DY7J=ltyH&%(zo(aQ1Q<ZBEg38oo#wZSkb2|ASOWfJ*($!}t0juj>Y=W&rHyFh!8jZI1rsy{>IP<6"
PICTURE = b"q 500 0 0 700 40 60 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"


def bomb(depth: int, width: int) -> bytes:
    """Return a PDF whose forms draw each other, width to the power of depth times."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Resources<</XObject<</X 5 0 R>>>>/Contents 4 0 R>>",
        stream(b"/X Do"),
    ]
    for at in range(depth):
        more = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % (6 + at)
        objects.append(stream(b"/X Do " * width if at + 1 < depth else b"BT ET", more))
    return write_pdf(objects)


def test_lines_know_their_text_their_place_and_how_they_look() -> None:
    data = make_pdf(
        [[Text(72, 100, "P: Sudah lama?"), Text(72, 120, "N: Ya, “lama” sekali.", bold=True)], [Text(90, 50, "dua", 9)]]
    )
    first, second = read_pdf(data, file="uji.pdf")
    assert [line.text for line in first.lines] == ["P: Sudah lama?", "N: Ya, “lama” sekali."]
    assert [(round(line.left), round(line.base), line.size, line.bold) for line in first.lines] == [
        (72, 100, 12.0, False),
        (72, 120, 12.0, True),
    ]
    assert first.lines[0].left < first.lines[0].left + first.lines[0].word < first.lines[0].right
    assert (second.number, second.lines[0].size, first.width, first.height) == (2, 9.0, 595, 842)


def test_wide_gaps_part_cells() -> None:
    (page,) = read_pdf(
        make_pdf([[Text(72, 100, "Usia"), Text(300, 100, "41 tahun"), Text(72, 120, "biasa saja")]]), file="uji.pdf"
    )
    assert [line.text for line in page.lines] == ["Usia\t41 tahun", "biasa saja"]
    assert [round(cell) for cell in page.lines[0].cells] == [72, 300]


def test_letters_drawn_late_stand_where_they_are_seen() -> None:
    (page,) = read_pdf(
        make_pdf([[Text(72, 100, "tahun "), Text(120, 100, "98 dulu"), Text(113, 100, "‘")]]), file="uji.pdf"
    )
    assert page.lines[0].text.replace(" ", "") == "tahun‘98dulu"


def test_turned_pages_read_as_they_are_seen() -> None:
    turned = [b"BT /F1 12 Tf 0 1 -1 0 100 72 Tm (satu) Tj ET", b"BT /F1 12 Tf 0 1 -1 0 120 72 Tm (dua) Tj ET"]
    (page,) = read_pdf(make_pdf([turned], rotate=90), file="uji.pdf")
    assert [(line.text, round(line.left), round(line.base), line.turned) for line in page.lines] == [
        ("satu", 72, 100, False),
        ("dua", 72, 120, False),
    ]


def test_a_page_of_a_picture_says_so_and_an_empty_one_does_not() -> None:
    pages = read_pdf(make_pdf([[PICTURE], [], [Text(72, 90, "x")]]), file="uji.pdf")
    assert [(len(page.lines), page.pictures) for page in pages] == [(0, True), (0, False), (1, False)]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"halo", "not a PDF"),
        (b"PK\x03\x04 word/document.xml", "Word document"),
        (b"%PDF-1.7\nrusak", "damaged"),
        (zlib.decompress(base64.b85decode(LOCKED)), "password"),
    ],
)
def test_what_is_no_readable_pdf_is_one_error_with_a_hint(data: bytes, says: str) -> None:
    with pytest.raises(InputError) as caught:
        read_pdf(data, file="uji.pdf")
    assert says in str(caught.value)
    assert caught.value.hint


def test_a_file_that_never_ends_is_left_after_a_while() -> None:
    with pytest.raises(InputError, match="takes longer"):
        read_pdf(bomb(9, 10), file="uji.pdf", seconds=1.0)


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_no_damage_ends_in_anything_but_pages_or_one_error(data: st.DataObject) -> None:
    whole = make_pdf([[Text(72, 100, "P: Sudah lama?")]])
    cut = data.draw(st.integers(0, len(whole)))
    junk = data.draw(st.binary(max_size=20))
    said: list[str | None] = []
    try:
        pages = read_pdf(whole[:cut] + junk + whole[cut + len(junk) :], file="uji.pdf", seconds=20.0)
    except InputError as error:
        said.append(error.hint)
    else:
        said.extend(line.text for page in pages for line in page.lines)
    assert all(said)


def test_strokes_are_found_however_they_are_drawn() -> None:
    drawn = [
        b"1 w 72 742 m 272 742 l S",  # a line
        b"72 700 200 0.5 re f",  # a thin box
        b"72 600 200 50 re S",  # the sides of a box
        b"72 500 200 50 re f",  # a shade, which is no stroke
        b"72 400 m 272 450 l S",  # aslant
        b"2 0 0 2 0 0 cm 36 150 m 36 200 l S",  # drawn small and shown large
    ]
    (page,) = read_pdf(make_pdf([[*drawn, Text(100, 100, "x")]]), file="uji.pdf")
    level = sorted(round((rule.top + rule.bottom) / 2) for rule in page.rules if rule.right - rule.left > 100)
    upright = sorted(round(rule.left) for rule in page.rules if rule.bottom - rule.top > 40)
    assert level == [100, 142, 192, 242]
    assert upright == [72, 72, 272]


def test_a_page_of_very_many_strokes_is_a_drawing() -> None:
    drawn = b"".join(b"%d 100 m %d 300 l S\n" % (x % 500, x % 500) for x in range(6100))
    (page,) = read_pdf(make_pdf([[drawn, Text(100, 100, "x")]]), file="uji.pdf")
    assert page.rules == ()


def test_words_of_a_line_stand_where_they_are_seen() -> None:
    (page,) = read_pdf(
        make_pdf([[Text(72, 100, "No"), Text(72, 114, "1"), Text(200, 100, "Kode dua")]]), file="uji.pdf"
    )
    words = sorted((word.text, round(word.left), round(word.base)) for line in page.lines for word in line.words)
    assert words == [("1", 72, 114), ("Kode", 200, 100), ("No", 72, 100), ("dua", 231, 100)]
