"""What a report counts, what it leaves out, and that it says so."""

from __future__ import annotations

from dataclasses import replace

from corpora import coding, corpus, guid, suggestion, transcript
from reading import Page, pages

from qualcode.model import Coding, Corpus, Kind, Relation, Span, Transcript
from qualcode.reports import build

SARI = transcript(
    "sari",
    "P: Gimana jualannya, Bu?\nN: Nggak tentu. Kadang rame kadang sepi.\nP: Punya BPJS?\nN: Nggak.\nN: Kalo ujan nol.\n",
)
BUDI = transcript("budi", "P: Gimana, Bang?\nN: Tiap hari sama aja.\nB: Bang, parkir!\n")
GROUP = transcript(
    "fgd", "M: Gimana?\nA: Sepi.\nC: Sama.", informants={"A": "ayu", "C": "cici", "E": "eka"}, kind=Kind.GROUP
)
NOTE = replace(transcript("catatan", "Lapak di pinggir jalan."), kind=Kind.OBSERVATION, informants=(), turns=())
MATRIX = "Matriks informan × kode"
COUNTS = "Informan dan bagian menurut kode"


def made(of: Corpus, **options: object) -> dict[str, Page]:
    """Return the pages of a report."""
    return pages(build(of, version="9.9", **options))  # type: ignore[arg-type]


def old(of: Coding) -> Coding:
    """Return the coding as it stood on an earlier text."""
    return replace(of, guid=guid("old" + of.guid), revision=guid("older"))


def on_note(of: Coding) -> Coding:
    """Return the coding on a field note."""
    return replace(of, transcript=NOTE.guid, revision=NOTE.revision, span=Span(0, 5))


def test_codings_on_an_earlier_text_are_said_where_they_are_missed() -> None:
    """On the pages of the informant and of the code, with what to do; nowhere is the code called absent."""
    marks = [old(coding(SARI, 2, "tak-pasti")), old(coding(SARI, 5, "tak-pasti")), coding(SARI, 4, "jaminan")]
    files = made(corpus([SARI, BUDI], marks))

    said = (
        "2 pengodean dengan kode ini berada pada teks sari yang terdahulu dan perlu ditinjau (qualcode review --moved)."
    )
    assert said in files["informan/sari.html"].section("Tantangan")
    absent = files["informan/sari.html"].section("Yang tidak muncul")
    assert "Ditandai pada teks terdahulu saja" in absent
    assert "Ketidakpastian kerja" not in absent.partition("Tidak ada bagian yang diberi kode ini")[2]
    page = files["kode/tak-pasti.html"]
    assert said in page.section("Kutipan")
    assert "Tidak ada bagian yang diberi kode ini" not in page.section("Kutipan")
    assert "Ditandai pada teks terdahulu saja; perlu ditinjau sari" in page.section("Siapa yang tidak menyebutnya")
    assert "↻" in files["index.html"].section(MATRIX)
    assert "↻" not in made(corpus([SARI], marks[2:]))["index.html"].text


def test_codings_on_an_earlier_text_of_a_group_are_said_of_the_group() -> None:
    """Whose words they were is not known any more, so none of the members is called silent."""
    marks = [old(coding(GROUP, 2, "nilai")), coding(GROUP, 3, "jaminan")]
    files = made(corpus([GROUP], marks, ids=["ayu", "cici", "eka"]))

    said = (
        "1 pengodean dengan kode ini berada pada teks fgd yang terdahulu, entah pada ucapan siapa, dan perlu ditinjau"
    )
    assert said in files["informan/ayu.html"].section("Strategi")
    assert said in files["kode/nilai.html"].section("Kutipan")
    assert "Orientasi nilai" not in files["informan/cici.html"].section("Yang tidak muncul").partition("Tidak ada")[2]


def test_study_coded_on_earlier_texts_alone_is_not_called_uncoded() -> None:
    """The counts are empty, but somebody has coded."""
    files = made(corpus([SARI], [old(coding(SARI, 2, "nilai"))]))

    assert "Belum ada yang dikode" not in files["index.html"].text
    assert "belum ada" not in files["index.html"].section("Bahan dan cara")
    assert "Belum dikode." not in files["informan/sari.html"].text
    assert "Hanya dikode pada teks terdahulu" in files["informan/sari.html"].section("Status pengodean")


def test_informants_without_words_are_in_no_denominator_and_called_silent_nowhere() -> None:
    """Eka is listed among the members and says nothing."""
    files = made(corpus([GROUP], [coding(GROUP, 2, "tak-pasti", stance="present")], ids=["ayu", "cici", "eka"]))

    assert "1 dari 2 informan" in files["kode/tak-pasti.html"].text
    assert "Dari 2 informan." in files["index.html"].section(COUNTS)
    assert "Informan 3, 1 di antaranya tanpa ucapan dalam transkrip mana pun" in files["index.html"].section(
        "Bahan dan cara"
    )
    assert "eka (tanpa ucapan)" in files["index.html"].section(MATRIX)
    assert "eka" not in files["kode/nilai.html"].section("Siapa yang tidak menyebutnya").split()
    assert "Tidak ada ucapan informan ini" in files["informan/eka.html"].section("Yang tidak muncul")


def test_codings_of_questions_alone_are_counted_apart_in_every_table() -> None:
    """They are shown where they stand, and are no passages."""
    marks = [
        coding(BUDI, 2, "tak-pasti", stance="present"),
        coding(BUDI, 1, "tak-pasti"),
        coding(BUDI, 3, "teknologi"),
    ]
    files = made(corpus([BUDI], marks))
    plain = made(corpus([BUDI], marks[:1]))

    index = files["index.html"]
    said = "2 pengodean hanya memuat kata pewawancara atau orang lain yang hadir"
    assert said in index.section("Bahan dan cara")
    for heading in (COUNTS, MATRIX):
        assert index.section(heading) == plain["index.html"].section(heading)
    text = files["kode/tak-pasti.html"].section("Kutipan")
    assert "1 bagian." in text
    assert "Hanya kata pewawancara atau orang lain yang hadir; tidak dihitung Gimana, Bang?" in text
    assert "Tidak ada bagian" not in files["kode/teknologi.html"].section("Kutipan")
    assert "T1" in files["informan/budi.html"].element("t1-1")


def test_passages_in_nobodys_words_are_explained_beside_the_counts() -> None:
    """The table of counts has one passage more than the matrix."""
    marks = [coding(SARI, 2, "nilai"), on_note(coding(SARI, 2, "nilai", "dewi"))]
    page = made(corpus([SARI, NOTE], marks))["index.html"]

    assert "1 bagian bukan ucapan informan tertentu" in page.section(COUNTS)
    assert "bukan ucapan informan tertentu" not in made(corpus([SARI], marks[:1]))["index.html"].text


def test_automatic_marks_outside_informants_words_have_a_column_of_their_own() -> None:
    """One mark in Sari's words and one in a note: the matrix has the first alone."""
    hit = suggestion(SARI, 2, "nilai")
    other = replace(hit, guid=guid("other"), transcript=NOTE.guid, revision=NOTE.revision, span=Span(0, 5))
    text = made(corpus([SARI, NOTE], suggestions=(hit, other)))["index.html"].section(COUNTS)

    assert "Dalam ucapan informan Di luar ucapan informan" in text
    assert "Orientasi nilai 1 1 1" in text
    assert "seperti dalam catatan lapangan" in text
    assert "luar ucapan" not in made(corpus([SARI], suggestions=(hit,)))["index.html"].text


def test_rule_for_unasked_and_only_when_asked_stands_under_the_table() -> None:
    """Where somebody marked how a passage came up; and how differing marks count."""
    page = made(corpus([SARI], [coding(SARI, 2, "nilai", elicited="prompted")]))["index.html"]
    text = page.section(COUNTS)

    assert "Hanya saat ditanya: semua bagian yang menyatakannya ditandai dipancing." in text
    assert "Bila tanda cara muncul pada satu bagian berbeda, bagian itu dihitung dipancing." in text
    assert "Hanya saat ditanya:" not in made(corpus([SARI], [coding(SARI, 2, "nilai")]))["index.html"].text


def related(*marks: Coding, relation: Relation, source: Transcript = SARI) -> Page:
    """Return Sari's page with one recorded relation."""
    return made(corpus([source], marks, relations=(relation,)))["informan/sari.html"]


def test_relation_with_a_code_that_is_coded_nowhere_says_so() -> None:
    """The row does not look as if it stood on a passage."""
    relation = Relation(guid("r"), "teknologi", "tak-pasti", informant=guid("sari"))
    text = related(coding(SARI, 2, "tak-pasti"), relation=relation).section("Jalinan tantangan dan strategi")

    assert "Memanfaatkan teknologi – kode ini belum ditandai pada informan ini" in text
    assert "Ketidakpastian kerja – kode ini belum" not in text


def test_relation_without_codings_leads_to_the_places_of_both_codes() -> None:
    """Links, said to be the places of the codes and not of the relation."""
    relation = Relation(guid("r"), "nilai", "tak-pasti", informant=guid("sari"))
    marks = (coding(SARI, 2, "tak-pasti"), coding(SARI, 4, "tak-pasti"), coding(SARI, 5, "nilai"))
    page = related(*marks, relation=relation)

    text = page.section("Jalinan tantangan dan strategi")
    assert "tempat kode-kode ini: giliran 2, 4 · giliran 5" in text
    assert {"#t1-2", "#t1-4", "#t1-5"} <= set(page.links)


def test_relation_on_a_coding_of_an_earlier_text_leads_nowhere_false() -> None:
    """The place of the old words is not that of the new ones."""
    mark = old(coding(SARI, 5, "nilai"))
    relation = Relation(guid("r"), "nilai", "tak-pasti", informant=guid("sari"), codings=(mark.guid,))
    text = related(mark, coding(SARI, 2, "tak-pasti"), relation=relation).section("Jalinan tantangan dan strategi")

    assert "teks sari yang terdahulu" in text
    assert "giliran 5" not in text
    assert "belum ditandai" not in text
