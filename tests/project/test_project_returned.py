"""A coded transcript goes out to a supervisor and comes back corrected."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from words import comment, p, word

from qualcode.errors import InputError
from qualcode.model import Origin, Span
from qualcode.project import Project

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def out(study: Project, folder: Path) -> Path:
    return study.export(folder / "berkode.docx", transcripts=["informan-01"])


def edited(path: Path, *changes: tuple[str, str], comments: str = "") -> Path:
    """Change the document's XML as a hand in Word would; each change must find what it changes."""
    source = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    target = path.with_name("koreksi.docx")
    with zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            data = source.read(name).decode("utf-8")
            if name == "word/document.xml":
                for old, new in changes:
                    assert re.search(old, data), old
                    data = re.sub(old, new, data, count=1)
            if name == "word/_rels/document.xml.rels" and comments:
                more = f'<Relationship Id="k1" Type="{OFFICE}/comments" Target="comments.xml"/>'
                data = data.replace("</Relationships>", f"{more}</Relationships>")
            archive.writestr(name, data)
        if comments:
            space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            archive.writestr("word/comments.xml", f'<w:comments xmlns:w="{space}">{comments}</w:comments>')
    return target


def codings(study: Project) -> list[tuple[str, str, str]]:
    corpus = study.corpus()
    return sorted((c.coder, c.code, corpus.quote(c)) for c in corpus.codings)


@pytest.fixture
def coded(study: Project) -> Project:
    """Return the study with three codings of one coder and one of another."""
    study.code("informan-01", turn=2, code="hujan", quote="Kalo ujan ya sepi", stance="ada")
    study.code("informan-01", turn=4, code="hujan")
    study.code("informan-01", turn=6, code="arisan", quote="Tetangga suka bantu", memo="lihat lagi")
    study.as_coder("dewi").code("informan-01", turn=6, code="arisan")
    return study


def line(code: str) -> str:
    """Return a pattern for the paragraph of a line of codes, from its mark on."""
    return rf"<w:p>(?:(?!</w:p>).)*{code}(?:(?!</w:p>).)*</w:p>"


NEW = '<w:p><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:p>'


def test_an_unchanged_copy_says_nothing(coded: Project, tmp_path: Path) -> None:
    """Export and import give equal codings: no difference, nothing to take."""
    found = coded.read_corrected(out(coded, tmp_path))

    assert found.differences == ()
    assert found.findings == ()


def test_codes_changed_struck_out_and_added(coded: Project, tmp_path: Path) -> None:
    """Of the coder's own codings: another code, another stance, one deleted, one new; one undo takes all back."""
    path = edited(
        out(coded, tmp_path),
        (r"hujan dan sepi \[ada\] – rani", "hujan dan sepi [disangkal; ragu] – rani"),
        (line("4a. "), NEW.format("kosong") + NEW.format("pasrah")),
        (line("6b. "), ""),
    )
    before = codings(coded)

    found = coded.read_corrected(path)
    rows = [(d.kind, d.turn, d.mark, d.before, d.after) for d in found.differences]

    assert rows == [
        ("added", "4", "", "", "kosong"),
        ("added", "4", "", "", "pasrah"),
        ("changed", "2", "2a", "hujan dan sepi [ada] – rani", "hujan dan sepi [disangkal; ragu] – rani"),
        ("removed", "4", "4a", "hujan dan sepi – rani", ""),
        ("removed", "6", "6b", "arisan dan tetangga – rani", ""),
    ]
    assert before == codings(coded)

    _, made = coded.take_corrected(path)

    corpus = coded.corpus()
    assert ("rani", "pasrah", "Nggak punya.") in codings(coded)
    assert ("rani", "hujan", "Nggak punya.") not in codings(coded)
    assert made == ("pasrah",)
    changed = next(c for c in corpus.codings if corpus.quote(c) == "Kalo ujan ya sepi")
    assert (changed.stance, changed.uncertain) == ("denied", True)
    assert coded.read_corrected(path).differences == ()
    coded.undo()
    assert before == codings(coded)
    assert coded.check(rebuild=True) == ()


def test_a_supervisor_takes_nothing_of_others_away(coded: Project, tmp_path: Path) -> None:
    """Another code is a coding of theirs beside the first, what is struck out a note on it."""
    path = edited(
        out(coded, tmp_path),
        (r"(4a\. </w:t></w:r><w:r><w:t xml:space=\"preserve\">)hujan dan sepi", r"\1kosong"),
        (r"<w:r>(<w:t xml:space=\"preserve\">hujan dan sepi \[ada\])", r"<w:r><w:rPr><w:strike/></w:rPr>\1"),
    )
    guide = coded.as_coder("pembimbing")

    guide.take_corrected(path)

    assert ("pembimbing", "kosong", "Nggak punya.") in codings(coded)
    assert ("rani", "hujan", "Nggak punya.") in codings(coded)
    assert ("rani", "hujan", "Kalo ujan ya sepi") in codings(coded)
    (memo,) = coded.corpus().memos
    assert (memo.text, memo.coder) == ("dicoret", "pembimbing")
    assert {c.origin for c in coded.corpus().codings if c.coder == "pembimbing"} == {Origin.IMPORTED}
    assert guide.read_corrected(path).differences == ()
    assert len(coded.read_corrected(path).differences) == 2


def test_remarks_in_the_margin_and_in_the_column(coded: Project, tmp_path: Path) -> None:
    """Comments and notes become memos; a comment that is a code of the study codes its words."""
    start = '<w:commentRangeStart w:id="{0}"/>'
    end = '<w:commentRangeEnd w:id="{0}"/><w:r><w:commentReference w:id="{0}"/></w:r>'
    path = edited(
        out(coded, tmp_path),
        (
            r"(<w:r><w:t xml:space=\"preserve\">)(Nggak )(punya\.)(</w:t></w:r>)",
            start.format(0) + r"\1\2\4" + end.format(0) + r"\1\3\4",
        ),
        (r"(<w:r>(?:(?!</w:r>).)*4a\. </w:t></w:r>)", start.format(1) + r"\1" + end.format(1)),
        (r"6b: lihat lagi", "6b: lihat lagi</w:t><w:br/><w:t>bandingkan dengan informan 2"),
        comments=comment(0, "kosong", "Pak P") + comment(1, "Yakin? Coba baca lagi.", "Pak P"),
    )
    guide = coded.as_coder("pembimbing")

    found, _ = guide.take_corrected(path)

    assert found.counts == {"added": 1, "changed": 0, "removed": 0, "remark": 2, "text": 0}
    assert ("pembimbing", "kosong", "Nggak") in codings(coded)
    assert sorted(memo.text for memo in coded.corpus().memos) == [
        "Pak P: Yakin? Coba baca lagi.",
        "[6] bandingkan dengan informan 2",
    ]
    assert guide.read_corrected(path).differences == ()


def test_a_new_mark_typed_behind_words_codes_them(coded: Project, tmp_path: Path) -> None:
    """A supervisor who marks by hand as on paper is understood: ``(2b)`` in the speech, ``2b. kode`` beside it."""
    path = edited(
        out(coded, tmp_path),
        (r"(Nasi uduk, Mbak 😀)", r"\1 (2b)"),
        (r"(hujan dan sepi \[ada\] – rani</w:t></w:r></w:p>)", r"\1" + NEW.format("2b. kosong")),
    )

    coded.take_corrected(path)

    assert ("rani", "kosong", "Nasi uduk, Mbak 😀") in codings(coded)


def test_tracked_changes_count_as_made(coded: Project, tmp_path: Path) -> None:
    """Word's own marks of revision: a label struck and another written, a whole line struck, words of the speech struck."""
    run = r"<w:r><w:t xml:space=\"preserve\">hujan dan sepi( – rani)</w:t></w:r>"
    struck = '<w:del w:id="90"><w:r><w:delText>hujan dan sepi</w:delText></w:r></w:del>'
    path = edited(
        out(coded, tmp_path),
        (run, struck + r'<w:ins w:id="91"><w:r><w:t xml:space="preserve">kosong\1</w:t></w:r></w:ins>'),
        (
            r"<w:p>((?:(?!</w:p>).)*6b\. (?:(?!</w:p>).)*)</w:p>",
            r'<w:p><w:pPr><w:rPr><w:del w:id="92"/></w:rPr></w:pPr><w:del w:id="93">\1</w:del></w:p>',
        ),
        (
            r"<w:r><w:t xml:space=\"preserve\">Beli obat",
            '<w:del w:id="94"><w:r><w:delText>Beli obat</w:delText></w:r></w:del><w:r><w:t xml:space="preserve">',
        ),
    )

    found = coded.read_corrected(path)

    assert sorted((d.kind, d.turn) for d in found.differences) == [("changed", "4"), ("removed", "6"), ("text", "6")]


def test_what_was_said_is_never_taken_from_a_copy(coded: Project, tmp_path: Path) -> None:
    """A change of the words is listed with both; the codes of the row still count; the transcript stays as it was."""
    before = coded.corpus().transcript("informan-01").text
    path = edited(
        out(coded, tmp_path),
        (r"Nggak punya\.", "Tidak mempunyai apa-apa."),
        (r"(4a\. </w:t></w:r><w:r><w:t xml:space=\"preserve\">)hujan dan sepi", r"\1kosong"),
    )

    found, _ = coded.take_corrected(path)

    (text,) = [d for d in found.differences if d.kind == "text"]
    assert (text.turn, text.before, text.after) == ("4", "Nggak punya.", "Tidak mempunyai apa-apa.")
    assert before == coded.corpus().transcript("informan-01").text
    assert ("rani", "kosong", "Nggak punya.") in codings(coded)


def test_a_turn_typed_anew_keeps_what_was_written_beside_it(coded: Project, tmp_path: Path) -> None:
    """Who types over a whole cell takes its mark away with the words; the number of the turn still says which it is."""
    path = edited(
        out(coded, tmp_path),
        (r'<w:bookmarkStart [^>]*w:name="ucapan_1_4"/>', ""),
        (r"Nggak punya\.", "Tidak mempunyai apa-apa."),
        (r"(4a\. </w:t></w:r><w:r><w:t xml:space=\"preserve\">)hujan dan sepi", r"\1kosong"),
    )

    found, _ = coded.take_corrected(path)

    assert found.findings == ()
    assert [(d.kind, d.turn) for d in found.differences] == [("text", "4"), ("changed", "4")]
    assert ("rani", "kosong", "Nggak punya.") in codings(coded)


def test_copies_of_other_studies_or_texts_are_refused(coded: Project, tmp_path: Path) -> None:
    """Another study, a document of another kind, a transcript corrected since: one clear error or finding."""
    path = out(coded, tmp_path)
    with Project.create(tmp_path / "lain.qualcode", codebook=None, coder="x") as other:
        with pytest.raises(InputError, match="another study"):
            other.read_corrected(path)
        (tmp_path / "biasa.docx").write_bytes(word(p()))
        with pytest.raises(InputError, match="no coded transcript"):
            other.read_corrected(tmp_path / "biasa.docx")
    text = (tmp_path / "wawancara saya" / "informan-01.txt").read_text(encoding="utf-8")
    (tmp_path / "wawancara saya" / "informan-01.txt").write_text(
        text.replace("Nasi uduk", "Nasi kuning"), encoding="utf-8"
    )
    coded.import_files(tmp_path / "wawancara saya" / "informan-01.txt", revise=True)

    found = coded.read_corrected(path)

    assert found.differences == ()
    assert "was corrected since the export" in str(found.findings[0])


def test_a_row_that_was_deleted_changes_nothing(coded: Project, tmp_path: Path) -> None:
    """A missing row is said; its codings are not taken for struck out."""
    path = edited(out(coded, tmp_path), (r"<w:tr>(?:(?!</w:tr>).)*Nggak punya\.(?:(?!</w:tr>).)*</w:tr>", ""))

    found = coded.read_corrected(path)

    assert found.differences == ()
    assert "turn 4 of 'informan-01' is not in the document" in str(found.findings[0])


SPANS = st.lists(
    st.tuples(
        st.integers(0, 250),
        st.integers(1, 80),
        st.sampled_from(["hujan", "arisan", "kosong"]),
        st.sampled_from(["rani", "dewi"]),
    ),
    max_size=8,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SPANS, st.sampled_from(["id", "en"]))
def test_export_and_import_give_equal_codings(
    study: Project, tmp_path: Path, spans: list[tuple[int, int, str, str]], language: str
) -> None:
    """Wherever codings stand, over turns, on labels, overlapping: a copy that nobody touched says nothing."""
    length = len(study.corpus().transcript("informan-01").text)
    for start, size, code, coder in spans:
        at = min(start, length - 1)
        study.as_coder(coder).code("informan-01", span=Span(at, min(at + size, length)), code=code)

    path = study.export(tmp_path / "semua.docx", language=language)

    assert study.read_corrected(path).differences == ()
    assert study.read_corrected(path).findings == ()


def test_a_second_code_typed_behind_a_semicolon(coded: Project, tmp_path: Path) -> None:
    """The first part stays the coding it was; the others are codes of their own on the same words."""
    path = edited(
        out(coded, tmp_path),
        (r"(4a\. </w:t></w:r><w:r><w:t xml:space=\"preserve\">)hujan dan sepi", r"\1hujan dan sepi; tanpa jaminan"),
        (r"(>)hujan dan sepi \[ada\] – rani", r"\1hujan dan sepi [ada; spontan]; kosong – rani"),
    )

    rows = [(d.kind, d.mark, d.label) for d in coded.read_corrected(path).differences]

    assert rows == [
        ("changed", "2a", "hujan dan sepi"),
        ("added", "", "kosong"),
        ("added", "", "tanpa jaminan"),
    ]
    coded.take_corrected(path)
    assert ("rani", "kosong", "Kalo ujan ya sepi") in codings(coded)
    assert ("rani", "tanpa-jaminan", "Nggak punya.") in codings(coded)
    assert ("rani", "hujan", "Nggak punya.") in codings(coded)
    assert coded.read_corrected(path).differences == ()


def test_a_comment_that_says_it_is_a_code(coded: Project, tmp_path: Path) -> None:
    """``Kode: …`` beside words is a code whatever the study knows; other words that it does not know are a remark."""
    start = '<w:commentRangeStart w:id="{0}"/>'
    end = '<w:commentRangeEnd w:id="{0}"/><w:r><w:commentReference w:id="{0}"/></w:r>'
    path = edited(
        out(coded, tmp_path),
        (r"(<w:r><w:t xml:space=\"preserve\">Nggak punya\.)", start.format(0) + start.format(1) + r"\1"),
        (r"(Nggak punya\.</w:t></w:r>)", r"\1" + end.format(0) + end.format(1)),
        comments=comment(0, "Kode: belum terlindungi") + comment(1, "rukun warga"),
    )

    found = coded.read_corrected(path).differences

    assert [(d.kind, d.label or d.after) for d in found] == [("added", "belum terlindungi"), ("remark", "rukun warga")]
