"""What a report says, and what it must not say."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from corpora import CODEBOOK, START, coding, corpus, guid, suggestion, transcript
from reading import Page, pages

from qualcode.errors import InputError, NotFoundError
from qualcode.model import (
    Codings,
    Corpus,
    Decision,
    Evidence,
    Informant,
    Kind,
    Memo,
    Quote,
    Reading,
    Relation,
    Span,
    Study,
    Theme,
    Verdict,
)
from qualcode.reports import build

SARI = transcript(
    "sari",
    "P: Gimana jualannya, Bu?\nN: Nggak tentu. Kadang rame kadang sepi.\nP: Punya BPJS?\nN: Nggak.\nN: Kalo ujan nol. Ya sabar aja, rezeki udah diatur.\n",
)
BUDI = transcript("budi", "P: Gimana, Bang?\nN: Tiap hari sama aja.\n")
CODINGS = (
    coding(SARI, 2, "tak-pasti", "rani", "present", "spontaneous", memo="menyebut sepi"),
    coding(SARI, 2, "tak-pasti", "dewi", "present"),
    coding(SARI, 4, "jaminan", "rani", "denied", "prompted"),
    coding(SARI, 5, "nilai", "rani", words="rezeki udah diatur", uncertain=True),
    coding(BUDI, 2, "tak-pasti", "rani", "denied"),
)


def study(**changes: object) -> Corpus:
    return corpus([SARI, BUDI], CODINGS, **changes)


def made(of: Corpus, **options: object) -> dict[str, Page]:
    return pages(build(of, version="9.9", **options))  # type: ignore[arg-type]


def test_build_makes_a_page_for_the_study_each_informant_and_each_code() -> None:
    """Paths are plain and stable."""
    assert sorted(build(study(), version="9.9")) == [
        "index.html",
        "informan/budi.html",
        "informan/sari.html",
        "kode/jaminan.html",
        "kode/nabung.html",
        "kode/nilai.html",
        "kode/tak-pasti.html",
        "kode/teknologi.html",
    ]


def test_informant_page_keeps_the_order_of_the_case_sheet() -> None:
    """Head, profile, conduct, summary, challenges, strategies, answers, absences, codeline, transcript, process."""
    assert made(study())["informan/sari.html"].headings == [
        "Status pengodean",
        "Pelaksanaan wawancara",
        "Ringkasan kasus",
        "Tantangan",
        "Strategi",
        "Jalinan tantangan dan strategi",
        "Yang tidak muncul",
        "Garis kode",
        "Transkrip bernomor",
        "Proses pengodean",
    ]


def test_informant_page_says_stance_counts_and_that_nothing_was_chosen() -> None:
    """Each code: symbol, passages counted once for both coders, spontaneous; then quotes in order of speech."""
    text = made(study())["informan/sari.html"].section("Tantangan")

    assert "● ada · 1 bagian · 1 spontan" in text
    assert "Kutipan belum dipilih; semua bagian menurut urutan bicara." in text
    assert "dikode oleh dewi, rani" in text
    assert "Memo: menyebut sepi" in text


def test_elliptical_answers_come_with_their_question() -> None:
    """A quote that says only no is shown with what was asked; a longer one is not."""
    text = made(study())["informan/sari.html"].section("Tantangan")

    assert "Ditanya: Punya BPJS?" in text
    assert "Ditanya: Gimana jualannya" not in text


def test_chosen_quotes_stand_alone_in_their_printable_form() -> None:
    """What the researcher chose is shown as it is to be printed, with its translation."""
    quote = Quote(guid("q"), CODINGS[0].guid, printable="Nggak tentu. […]", translation="Never certain.")
    more = coding(SARI, 5, "tak-pasti", words="Kalo ujan nol.")
    page = made(corpus([SARI, BUDI], [*CODINGS, more], quotes=(quote,)))["informan/sari.html"]

    assert "1 dari 2 bagian, dipilih peneliti." in page.section("Tantangan")
    assert "Nggak tentu. […]" in page.section("Tantangan")
    assert "Never certain." in page.section("Tantangan")
    assert "Kalo ujan nol." not in page.section("Tantangan")


def test_a_printable_form_that_no_longer_fits_gives_way_to_the_words_as_spoken() -> None:
    """The coding was moved after the quote was chosen: words that do not stand in it are never shown as said there."""
    moved = replace(CODINGS[0], span=coding(SARI, 2, "tak-pasti", words="Kadang rame kadang sepi.").span)
    quote = Quote(guid("q"), moved.guid, printable="Nggak tentu. […] sepi.", translation="Never certain.")
    files = made(corpus([SARI, BUDI], [moved], quotes=(quote,)))

    for text in (files["informan/sari.html"].section("Tantangan"), files["kode/tak-pasti.html"].text):
        assert "Kadang rame kadang sepi." in text
        assert "bentuk cetak tidak lagi cocok dengan bagian ini" in text
        assert "[…]" not in text
        assert "Never certain." not in text

    fitting = made(corpus([SARI, BUDI], CODINGS, quotes=(replace(quote, coding=CODINGS[0].guid),)))
    assert "tidak lagi cocok" not in fitting["informan/sari.html"].text


def test_every_quote_leads_to_its_turn() -> None:
    """The link beside a quote ends at the turn that holds the words."""
    files = made(study())
    quotes = files["kode/nilai.html"]

    (href,) = [h for h in quotes.links if "#t" in h]
    assert href == "../informan/sari.html#t1-5"
    assert "rezeki udah diatur" in files["informan/sari.html"].element("t1-5")


def test_summary_is_a_dotted_box_until_it_is_written() -> None:
    """It is never generated."""
    assert "Belum ditulis peneliti" in made(study())["informan/sari.html"].section("Ringkasan kasus")

    memo = Memo(guid("m"), "Sari berjualan kopi.\n\nIa menekankan hujan.", "rani", START, guid("sari"), "summary")
    text = made(study(memos=(memo,)))["informan/sari.html"].section("Ringkasan kasus")
    assert "Ia menekankan hujan." in text
    assert "Belum ditulis" not in text


def test_recorded_answers_and_shared_turns_are_said_apart() -> None:
    """A relation is the researcher's; codes that share a turn are only a place to look."""
    both = coding(SARI, 2, "nilai", words="Nggak tentu.")
    relation = Relation(
        guid("r"), "nilai", "tak-pasti", informant=guid("sari"), worked="partly", codings=(CODINGS[3].guid,)
    )
    page = made(corpus([SARI, BUDI], [*CODINGS, both], relations=(relation,)))["informan/sari.html"]

    text = page.section("Jalinan tantangan dan strategi")
    assert "sebagian" in text
    assert "Ini tempat untuk dibaca lagi, bukan hubungan" in text


def test_what_does_not_fit_lists_contradictions_and_notes() -> None:
    """Stated and denied by one person; the researcher's own notes come first."""
    no = coding(SARI, 5, "tak-pasti", stance="denied", words="Kalo ujan nol.")
    memo = Memo(guid("m"), "Berbeda dari yang ia katakan di awal.", "rani", START, guid("sari"), "tension")
    text = made(corpus([SARI, BUDI], [*CODINGS, no], memos=(memo,)))["informan/sari.html"].section("Yang tidak sejalan")

    assert text.index("Berbeda dari") < text.index("sekaligus disangkal")


def test_coders_who_differ_do_not_make_an_informant_contradict() -> None:
    """One passage marked both ways is the coders' difference, and said so."""
    other = coding(SARI, 2, "tak-pasti", "dewi", "denied")
    page = made(corpus([SARI, BUDI], [CODINGS[0], other]))["informan/sari.html"]

    text = page.section("Yang tidak sejalan")
    assert "Pengode berbeda" in text
    assert "sekaligus disangkal" not in text
    assert "sikapnya ditandai berbeda" in page.section("Tantangan")


def test_absence_is_not_called_lack_of_experience() -> None:
    """Denied and not coded are apart, and the caution stands beside."""
    text = made(study())["informan/sari.html"].section("Yang tidak muncul")

    assert re.search(r"Disangkal.*Kurangnya jaminan sosial.*Tidak ada bagian.*Memanfaatkan teknologi", text, re.S)
    assert "Itu tidak berarti informan tidak mengalaminya." in text


def test_nobody_is_silent_before_being_read() -> None:
    """An interview without codings or readings yields no list of absences."""
    files = made(corpus([SARI, BUDI], CODINGS[:1]))

    assert "belum dikode dan belum dibaca" in files["informan/budi.html"].section("Yang tidak muncul")
    assert "(belum dibaca)" in files["index.html"].section("Matriks informan × kode")
    assert "Belum dikode dan belum dibaca budi" in files["kode/nilai.html"].section("Siapa yang tidak menyebutnya")
    reading = Reading(guid("x"), BUDI.guid, BUDI.revision, BUDI.turn(2).span, "rani", START)
    read = made(corpus([SARI, BUDI], CODINGS[:1], readings=(reading,)))
    assert "Tidak ada bagian yang diberi kode ini sari, budi" in read["kode/nilai.html"].section(
        "Siapa yang tidak menyebutnya"
    )


def test_code_page_counts_informants_first() -> None:
    """A denial is no mention, and is said."""
    text = made(study())["kode/tak-pasti.html"].section("Kutipan")

    assert "Disampaikan 1 dari 2 informan tentang diri sendiri (1 spontan); 1 menyangkal. 2 bagian." in text


def test_informants_are_listed_with_what_most_of_them_have() -> None:
    """The overview takes the attributes that are filled in most, in the customary order; the page has all, missing ones said."""
    many = {f"x{n}": "1" for n in range(6)}
    told = Informant(
        guid("sari"), "sari", "kunci", {"zodiak": "leo", **many, "usia": 44, "bpjs_kesehatan": False, "anak": None}
    )
    files = made(study(informants=(told, Informant(guid("budi"), "budi", "", {**many, "usia": 30}))))

    listed = files["index.html"].section("Informan dan sumber data")
    assert "Informan Kategori Usia X0" in listed
    assert "Zodiak" not in listed
    profile = files["informan/sari.html"].section("Profil")
    assert profile.startswith("Profil Usia 44 BPJS kesehatan tidak Zodiak leo")
    assert profile.endswith("Anak –")


def test_evidence_in_the_question_is_said_to_be_there() -> None:
    """The interviewer's words are no words of the informant."""
    hit = suggestion(SARI, 4, "jaminan", evidence=(Evidence("BPJS", source="question"), Evidence("Nggak")))
    text = made(corpus([SARI, BUDI], suggestions=(hit,)))["informan/sari.html"].section("Tantangan")

    assert "karena “BPJS” (dalam pertanyaan), “Nggak”" in text


def test_report_never_speaks_in_percent() -> None:
    """Ten informants have no percentages; neither do sixty here."""
    for name, page in made(study()).items():
        assert "%" not in page.text, name


def test_automatic_marking_is_stamped_on_every_page_and_claims_nothing() -> None:
    """Rules alone: a stamp, dashed marks, no stances, no absences, no themes, no answers."""
    hits = (suggestion(SARI, 2, "tak-pasti"), suggestion(SARI, 5, "nilai"))
    files = made(corpus([SARI, BUDI], suggestions=hits, themes=(Theme(guid("t"), "Sebuah tema", ("nilai",)),)))

    for page in files.values():
        assert "Penandaan otomatis, belum dibaca peneliti. Bukan hasil analisis." in page.text
        assert not {"Yang tidak muncul", "Siapa yang tidak menyebutnya", "Tema", "Tantangan × strategi"} & set(
            page.headings
        )
        assert "●" not in page.text
    assert "1 penandaan otomatis, belum dibaca" in files["informan/sari.html"].section("Tantangan")
    assert "Kata kunci menemukan sebagian saja." in files["index.html"].text


def test_automatic_marking_that_was_read_in_part_is_not_called_unread() -> None:
    """Readings and decisions without any coding: still no result, but "not yet read" is said only of whom nobody has read."""
    hits = (suggestion(SARI, 2, "tak-pasti"), suggestion(SARI, 5, "nilai"), suggestion(BUDI, 2, "nilai"))
    unread = corpus([SARI, BUDI], suggestions=hits)
    reading = Reading(guid("r"), SARI.guid, SARI.revision, SARI.turn(2).span, "rani", START)
    rejected = Decision(
        guid("d"), guid("s"), SARI.guid, SARI.revision, SARI.turn(4).span, "nilai", Verdict.REJECTED, "rani", START
    )
    for of in (unread.with_(readings=(reading,)), unread.with_(decisions=(rejected,))):
        files = made(of)
        for page in files.values():
            assert (
                "Penandaan otomatis; sebagian sudah dibaca, belum ada yang dikode. Bukan hasil analisis." in page.text
            )
            assert "belum dibaca peneliti. Bukan" not in page.text
        sari, budi = (files[f"informan/{name}.html"].section("Status pengodean") for name in ("sari", "budi"))
        assert "Penandaan otomatis; sebagian sudah dibaca, belum ada yang dikode." in sari
        assert "Penandaan otomatis, belum dibaca peneliti." in budi


def test_suggestions_beside_codings_are_counted_apart() -> None:
    """They change no count of codings, have a section of their own and a dashed outline."""
    plain = made(study())
    files = made(study(suggestions=(suggestion(SARI, 5, "nilai", "classifier 1"),)))

    for heading in ("Informan dan bagian menurut kode", "Matriks informan × kode"):
        assert files["index.html"].section(heading) == plain["index.html"].section(heading)
    assert "tidak dihitung di tempat lain" in files["informan/sari.html"].section("Usulan mesin yang belum dibaca")
    assert "Penandaan otomatis" not in files["index.html"].text
    assert 'class="ditandai cool1 mesin"' in files["informan/sari.html"].source


def test_head_says_what_part_the_machine_had() -> None:
    """Decisions are counted; skipped ones are not."""
    decisions = tuple(
        Decision(
            guid(f"d{n}"), guid(f"s{n}"), SARI.guid, SARI.revision, SARI.turn(2).span, "nilai", verdict, "rani", START
        )
        for n, verdict in enumerate((Verdict.ACCEPTED, Verdict.REJECTED, Verdict.SKIPPED))
    )
    text = made(study(decisions=decisions))["informan/sari.html"].section("Status pengodean")

    assert "Semua kode di lembar ini ditetapkan manusia. 2 usulan mesin dibaca, 1 diterima, 0 dikoreksi." in text
    assert "Dikode 2 pengode (dewi, rani)." in text


def test_simulated_studies_say_so_on_every_page() -> None:
    """Figures of made-up people are no evidence."""
    for page in made(study(study=Study(title="Contoh", simulated=True))).values():
        assert "Data simulasi: orang dan ucapannya rekaan." in page.text


def test_purposive_sampling_is_said_beside_the_counts() -> None:
    """The sentence follows from what the researchers wrote of their sampling."""
    purposive = study(study=Study(identity={"teknik_pemilihan": "Purposive sampling"}))

    assert "dipilih secara purposif" in made(purposive)["index.html"].text
    assert "dipilih secara purposif" not in made(study())["index.html"].text


def test_journals_are_left_out() -> None:
    """The researcher's own journal is neither shown nor counted."""
    journal = replace(transcript("jurnal", "Saya merasa canggung."), kind=Kind.JOURNAL, informants=())
    inside = replace(CODINGS[0], guid=guid("j"), transcript=journal.guid, revision=journal.revision, span=Span(0, 4))
    files = build(corpus([SARI, BUDI, journal], [*CODINGS, inside]), version="9.9")

    assert b"canggung" not in b"".join(files.values())
    assert files == build(study(), version="9.9")


def test_groups_and_notes_have_pages_of_their_own() -> None:
    """A group's text stands once, each member's page leads to it; a note without turns is numbered by lines."""
    group = transcript(
        "fgd", "M: Gimana?\nA: Sepi terus.\nC: Sama.", informants={"A": "ayu", "C": "cici"}, kind=Kind.GROUP
    )
    note = replace(transcript("catatan", "Lapak\n\ndi pinggir jalan."), kind=Kind.OBSERVATION, informants=(), turns=())
    on_note = replace(coding(group, 2, "nilai"), transcript=note.guid, revision=note.revision, span=Span(7, 10))
    marks = [coding(group, 2, "tak-pasti"), on_note]
    files = made(corpus([group, note], marks, ids=["ayu", "cici"]))

    assert "sumber/fgd.html#t1-2" in "".join(files["informan/ayu.html"].links)
    assert "Transkrip bernomor" not in files["informan/ayu.html"].headings
    assert "1 dari 2" in files["kode/tak-pasti.html"].text
    assert "2 di antaranya hanya bicara dalam wawancara kelompok" in files["index.html"].text
    assert "di pinggir" in files["sumber/catatan.html"].element("t2-b3")
    assert "anggotanya tidak dihitung sebagai sekian wawancara" in files["sumber/fgd.html"].text


def test_several_interviews_with_one_person_share_a_page() -> None:
    """Places then name the transcript."""
    second = transcript("sari-2", "P: Sekarang?\nN: Masih sepi terus setiap hari.", informants={"N": "sari"})
    page = made(corpus([SARI, second], [coding(second, 2, "tak-pasti")], ids=["sari"]))["informan/sari.html"]

    assert "sari-2, giliran 2" in page.section("Tantangan")
    assert {"t1-1", "t2-2"} <= set(page.ids)


def test_words_outside_turns_that_bear_a_code_are_shown() -> None:
    """A coding of a heading between turns still leads somewhere."""
    text = "Judul bagian\nN: Ya begitu saja.\n"
    talk = transcript("sari", text)
    mark = replace(coding(talk, 1, "nilai"), span=Span(0, 5))
    page = made(corpus([talk], [mark]))["informan/sari.html"]

    assert "Judul" in page.element("t1-b1")


def test_superseded_codings_are_said_not_counted() -> None:
    """They wait to be placed anew."""
    old = replace(CODINGS[0], guid=guid("old"), revision=guid("older"))
    page = made(corpus([SARI, BUDI], [*CODINGS, old]))["index.html"]

    assert "1 pengodean pada versi teks terdahulu" in page.section("Bahan dan cara")


def test_informant_alone_is_one_page_without_the_others() -> None:
    """Nothing of other people is in it, and no link leads out of it."""
    files = build(study(), version="9.9", informant="sari")

    assert list(files) == ["informan/sari.html"]
    page = pages(files)["informan/sari.html"]
    assert "budi" not in page.source
    assert all(href.startswith("#") for href in page.links)
    with pytest.raises(NotFoundError, match="no informant 'sri'"):
        build(study(), version="9.9", informant="sri")


def test_single_file_holds_everything() -> None:
    """All pages, with links that stay inside."""
    files = build(study(), version="9.9", single_file=True)

    assert list(files) == ["index.html"]
    page = pages(files)["index.html"]
    assert page.source.count("<h1") == 8
    assert all(href[1:] in page.ids for href in page.links)


def test_english_report_has_english_words_and_names() -> None:
    """Codes take their English names; the text of the interviews stays as it was spoken."""
    page = made(study(), language="en")["informan/sari.html"]

    assert "Challenges" in page.headings
    assert "Uncertain work" in page.text
    assert "Kadang rame kadang sepi." in page.text
    with pytest.raises(InputError):
        build(study(), version="9.9", language="jv")


def test_study_has_its_own_word_for_informant() -> None:
    """The label is the study's; people's names and words are not touched by it."""
    told = Informant(guid("sari"), "informan-sari")
    named = study(study=Study(informant_label="partisipan"), informants=(told, Informant(guid("budi"), "budi")))

    page = made(named)["informan/informan-sari.html"]
    assert "Lembar kasus partisipan" in page.text
    assert page.title.startswith("informan-sari")
    assert "Case sheet of a participant" in made(named, language="en")["informan/informan-sari.html"].text


def test_empty_studies_have_a_report() -> None:
    """No informants, no codings, no transcripts: said, not failed."""
    text = made(corpus([]))["index.html"].text

    assert "Belum ada informan dalam penelitian ini." in text
    assert "Belum ada yang dikode." in text
    assert "Kode kosong adalah hasil yang wajar." in made(study())["kode/teknologi.html"].text


def test_memos_on_a_code_stand_on_its_page() -> None:
    """What the researcher wrote of a code is beside its definition; memos on the study stay out."""
    book = replace(CODEBOOK, codes=tuple(replace(code, guid=guid(code.key)) for code in CODEBOOK.codes))
    memos = (
        Memo(guid("m"), "Batasnya masih kabur.", "rani", START, guid("nilai")),
        Memo(guid("n"), "Catatan untuk diri sendiri.", "rani", START),
    )
    files = build(study(codebook=book, memos=memos), version="9.9")

    assert b"Batasnya masih kabur." in files["kode/nilai.html"]
    assert b"Catatan untuk diri sendiri." not in b"".join(files.values())


def test_same_input_gives_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    """Nothing depends on the clock or on the order of sets."""
    script = tmp_path / "digest.py"
    script.write_text(
        "import sys, hashlib\n"
        f"sys.path[:0] = [{str(Path(__file__).parent)!r}, {str(Path(__file__).parents[1] / 'helpers')!r}]\n"
        "import test_report_build as t\n"
        "files = t.build(t.study(), version='9.9')\n"
        "print(hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest())\n",
        encoding="utf-8",
    )
    digests = {
        subprocess.run(
            [sys.executable, str(script)], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout.strip()
        for seed in ("1", "2", "77")
    }

    assert digests == {hashlib.sha256(repr(sorted(build(study(), version="9.9").items())).encode()).hexdigest()}


def test_corpus_with_codings_as_columns_is_left_as_it_was() -> None:
    """Building changes nothing."""
    before = study()
    build(before, version="9.9")

    assert before == study()
    assert isinstance(before.codings, Codings)
