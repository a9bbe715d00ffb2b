"""Masking in the log: positions follow exactly, also those that merges bring later, and the words come back from nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from copies import Copy, both
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import ConflictError, InputError
from qualcode.model import Informant, Quote, Role, Span, Transcript, Turn
from qualcode.privacy.masking import Replacement
from qualcode.privacy.masking import mask as privacy_mask
from qualcode.store.acts import claims, codings, division, informants, masking, memos, revisions, sharing, transcripts
from qualcode.store.acts.rewriting import in_words
from qualcode.store.effects import new_guid
from qualcode.store.engine import reading
from qualcode.store.erase import mentions
from qualcode.store.moves import closed, moved
from qualcode.store.review import review

pytestmark = pytest.mark.usefixtures("sealed")

TEXT = "N: Saya Sutinem, dari 😀 Wonogiri.\nN: Bu Sutinem-nya jual bakso.\nN: Hujan ya nol.\n"
MASKED = TEXT.replace("Sutinem", "Ngatmi")
OTHER = TEXT.replace("nol", "nol, Bu Sutinem bilang")


def blocks_of(text: str, word: str, other: str) -> list[tuple[int, int, int]]:
    """Return what stays of *text* when *other* takes the place of *word*."""
    found, old, new = [], 0, 0
    for piece in text.split(word):
        if piece:
            found.append((old, new, len(piece)))
        old, new = old + len(piece) + len(word), new + len(piece) + len(other)
    return found


def turns_of(text: str, informant: str, label: str = "N") -> tuple[Turn, ...]:
    starts = [at for at in range(len(text)) if at == 0 or text[at - 1] == "\n"]
    return tuple(
        Turn(Span(at + 3, text.index("\n", at)), label, Role.INFORMANT, informant) for at in starts if at < len(text)
    )


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[Any]:
    """Return a study with one interview whose informant, name and file speak a name, and a coding on each line."""
    copy: Any = Copy(tmp_path / "a.qualcode", study_guid=uuid4().hex)
    copy.r, copy.d = copy.coder("rani"), copy.coder("dewi")
    copy.k = copy.code(copy.r, "jualan")
    copy.i = new_guid()
    person = Informant(copy.i, "Sutinem", "pedagang", {"usia": 41, "panggilan": "Bu Sutinem"})
    copy.t, copy.revision = new_guid(), new_guid()
    value = Transcript(
        copy.t, copy.revision, "Wawancara Sutinem", TEXT, turns=turns_of(TEXT, copy.i, "Sutinem"), informants=(copy.i,),
        metadata={"nama": "Sutinem"},
    )  # fmt: skip
    item = transcripts.NewTranscript(value, "sutinem.txt", TEXT.encode())
    transcripts.import_transcripts(copy.log, copy.by(copy.r), [item], [person])
    copy.words = ["Saya Sutinem", "Bu Sutinem-nya jual", "jual bakso", "nol", "tinem, dari"]
    copy.codings = codings.add_codings(
        copy.log, copy.by(copy.r), [codings.NewCoding(copy.t, place(TEXT, words), "jualan") for words in copy.words]
    )
    yield copy
    copy.close()


def place(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def mask(copy: Any, text: str = TEXT, **more: Any) -> str:
    """Mask the interview of *copy*; return the new revision."""
    revision = new_guid()
    masked = text.replace("Sutinem", "Ngatmi")
    value = Transcript(
        copy.t, revision, "Wawancara 1", masked, turns=turns_of(masked, copy.i, "Ngatmi"), informants=(copy.i,)
    )
    item = masking.MaskedItem(transcripts.NewTranscript(value, "1.txt"), blocks_of(text, "Sutinem", "Ngatmi"))
    person = Informant(copy.i, "Ngatmi", "pedagang", {"usia": 41})
    masking.mask_transcripts(copy.log, copy.by(copy.r), [item], informants=[person], **more)
    return revision


def coded(copy: Any) -> list[str]:
    """Return the words of every coding in the text it stands on, in order of speech."""
    texts = {key[1]: body for key, body in copy.state().items() if key[0] == "text"}
    rows = [row for key, row in copy.state().items() if key[0] == "coding"]
    found = [(row["start"], row["end"], texts[row["revision"]][row["start"] : row["end"]]) for row in rows]
    return [words for *_, words in sorted(found)]


def holds(copy: Any, word: str) -> bool:
    """Tell whether any file of the copy speaks *word*, in any encoding that SQLite knows, or in any letter case."""
    content = copy.bytes().lower()
    return any(word.lower().encode(name) in content for name in ("utf-8", "utf-16-le", "utf-16-be"))


def sound(copy: Any) -> None:
    """Hold the chain against the log, and the tables against a replay."""
    assert copy.verify() == ()
    state = copy.state()
    copy.rebuild()
    assert copy.state() == state


def test_places_follow_exactly(copy: Any) -> None:
    """What stayed is where it was said; what begins or ends inside a name takes the whole name that stands there now."""
    revision = mask(copy)

    assert coded(copy) == ["Saya Ngatmi", "Ngatmi, dari", "Bu Ngatmi-nya jual", "jual bakso", "nol"]
    assert {row["revision"] for key, row in copy.state().items() if key[0] == "coding"} == {revision}
    assert copy.text(copy.t) == MASKED
    sound(copy)


def test_nothing_of_the_name_is_left(copy: Any, sealed: str) -> None:
    assert holds(copy, "Sutinem") == (sealed == "plain")

    mask(copy)

    assert not holds(copy, "Sutinem")
    assert copy.value("informant", copy.i, "short") == "Ngatmi"
    assert copy.value("informant", copy.i, "attributes") == '{"panggilan":null,"usia":41}'
    assert copy.value("informant", copy.i, "category") == "pedagang"
    assert copy.value("transcript", copy.t, "name") == "Wawancara 1"


def test_codings_of_another_copy_follow_whenever_they_arrive(copy: Any) -> None:
    """Made without knowing of the masking, merged in either order, they stand where they were meant."""
    other: Any = copy.split()
    mask(copy)
    new = [codings.NewCoding(copy.t, place(TEXT, words), "jualan") for words in ("Hujan", "Wonogiri", "Sutinem-nya")]
    codings.add_codings(other.log, other.by(copy.d), new)

    both(copy, other)

    assert coded(copy) == coded(other)
    assert {"Hujan", "Wonogiri", "Ngatmi-nya"} <= set(coded(copy))
    assert not holds(copy, "Sutinem")
    assert not holds(other, "Sutinem")
    sound(copy)
    sound(other)


def test_text_corrected_in_another_copy_goes_too_and_its_codings_stay(copy: Any) -> None:
    """A correction made elsewhere speaks the name again: it is said that it was lost, and what was coded in it is not."""
    other: Any = copy.split()
    mask(copy)
    value = Transcript(
        copy.t, new_guid(), "Wawancara Sutinem", OTHER, turns=turns_of(OTHER, copy.i, "Sutinem"), informants=(copy.i,)
    )
    revisions.revise_transcript(
        other.log, other.by(copy.d), transcripts.NewTranscript(value, "sutinem2.txt", OTHER.encode())
    )
    new = [codings.NewCoding(copy.t, place(OTHER, words), "jualan") for words in ("Hujan ya", "Sutinem bilang")]
    codings.add_codings(other.log, other.by(copy.d), new)

    both(copy, other)

    assert not holds(copy, "Sutinem")
    assert not holds(other, "Sutinem")
    assert copy.text(copy.t) == MASKED
    assert len(coded(copy)) == len(copy.words) + 2
    assert "Hujan ya" in coded(copy)
    assert "values" in copy.conflicts()  # of the text that the transcript has: a person hears of the lost correction
    sound(copy)


def test_speakers_corrected_in_another_copy_are_said_to_be_lost(copy: Any) -> None:
    other: Any = copy.split()
    mask(copy)
    transcripts.correct_turns(other.log, other.by(copy.d), copy.t, turns_of(TEXT, copy.i, "Mbah Sutinem"))

    both(copy, other)

    assert "masked-edited" in copy.conflicts()
    assert not holds(copy, "Sutinem")
    sound(copy)


def test_parts_cut_in_another_copy_stand_in_the_masked_text(copy: Any) -> None:
    """Divided elsewhere: the parts' texts go, what was coded in them is found in the whole."""
    other: Any = copy.split()
    mask(copy)
    cut = TEXT.index("N: Hujan")
    parts = []
    for number, text in enumerate((TEXT[:cut], TEXT[cut:])):
        guid = copy.t if number == 0 else new_guid()
        value = Transcript(
            guid, new_guid(), f"Sutinem {number}", text, turns=turns_of(text, copy.i), informants=(copy.i,)
        )
        parts.append(transcripts.NewTranscript(value, original=TEXT.encode()))
    division.divide_transcript(other.log, other.by(copy.d), copy.t, parts)
    new = codings.NewCoding(parts[1].transcript.guid, place(TEXT[cut:], "Hujan ya"), "jualan")
    codings.add_codings(other.log, other.by(copy.d), [new])

    both(copy, other)

    assert copy.text(copy.t) == MASKED
    assert "Hujan ya" in coded(copy)
    assert not any(holds(one, "Wonogiri Sutinem") or b"Saya Sutinem" in one.bytes() for one in (copy, other))
    sound(copy)


def test_both_copies_mask(copy: Any) -> None:
    """Each with its own words: neither's text is lost, the later is shown, and a person chooses."""
    other: Any = copy.split()
    mask(copy)
    other.t, other.i, other.r = copy.t, copy.i, copy.r
    mask(other)

    both(copy, other)

    assert "values" in copy.conflicts()
    assert not holds(copy, "Sutinem")
    assert coded(copy) == ["Saya Ngatmi", "Ngatmi, dari", "Bu Ngatmi-nya jual", "jual bakso", "nol"]
    sound(copy)


def test_masking_twice(copy: Any) -> None:
    """A name overlooked the first time: pointers are followed to the last text."""
    mask(copy)
    late: Any = copy.split()
    value = Transcript(
        copy.t, new_guid(), "Wawancara 1", MASKED.replace("Wonogiri", "[tempat]"),
        turns=turns_of(MASKED.replace("Wonogiri", "[tempat]"), copy.i), informants=(copy.i,),
    )  # fmt: skip
    item = masking.MaskedItem(transcripts.NewTranscript(value), blocks_of(MASKED, "Wonogiri", "[tempat]"))
    masking.mask_transcripts(copy.log, copy.by(copy.r), [item])
    codings.add_codings(late.log, late.by(copy.d), [codings.NewCoding(copy.t, place(MASKED, "dari 😀 Wono"), "jualan")])

    both(copy, late)

    assert "dari 😀 [tempat]" in coded(copy)
    assert coded(copy)[-1] == "nol"
    assert not holds(copy, "Wonogiri")
    sound(copy)


def test_earlier_texts_go_too(copy: Any) -> None:
    """What a revision had corrected is masked away with it; what stood on it in another copy is found."""
    old: Any = copy.split()
    copy.revise(copy.r, copy.t, "Judul Sutinem\n")
    mask(copy, "Judul Sutinem\n" + TEXT)
    codings.add_codings(old.log, old.by(copy.d), [codings.NewCoding(copy.t, place(TEXT, "Wonogiri"), "jualan")])

    both(copy, old)

    assert "Wonogiri" in coded(copy)
    assert not holds(copy, "Sutinem")
    sound(copy)


def test_what_waits_must_be_settled_first(copy: Any) -> None:
    revised = TEXT.replace("Saya Sutinem", "Aku Sutinem")
    value = Transcript(
        copy.t, new_guid(), "Wawancara Sutinem", revised, turns=turns_of(revised, copy.i), informants=(copy.i,)
    )
    revisions.revise_transcript(copy.log, copy.by(copy.r), transcripts.NewTranscript(value))
    before = copy.state()

    with pytest.raises(ConflictError, match="wait for someone"):
        mask(copy, revised)

    assert copy.state() == before


def test_undo_is_refused_and_says_why(copy: Any) -> None:
    mask(copy)
    before = copy.state()

    with pytest.raises(ConflictError, match="in no file of this study"):
        copy.undo(copy.r)

    assert copy.state() == before
    memo = copy.memo(copy.r, "sesudahnya")
    copy.undo(copy.r)
    assert copy.row("memo", memo) is None


def test_undoing_the_import_elsewhere_brings_nothing_back(copy: Any) -> None:
    """The other copy took the whole import back: it waits, for the masking stands on it."""
    other: Any = copy.split()
    mask(copy)
    other.undo(copy.r)  # the codings
    other.undo(copy.r)  # the import

    both(copy, other)

    assert "undo-suspended" in copy.conflicts()
    assert copy.text(copy.t) == MASKED
    assert not holds(copy, "Sutinem")
    sound(copy)


def test_free_text_is_rewritten_with_every_earlier_version(copy: Any) -> None:
    """The person chose what is rewritten; its history speaks the name no more; the rest stays, and is found."""
    memo = copy.memo(copy.r, "Sutinem marah", about=copy.codings[0])
    memos.rewrite_memo(copy.log, copy.by(copy.r), memo, "sutinem-nya tidak marah lagi, Sutinemku")
    kept = copy.memo(copy.r, "soal Sutinem")
    claims.put_quote(copy.log, copy.by(copy.r), Quote(new_guid(), copy.codings[0], printable="Saya Sutinem […]"))
    with reading(copy.engine) as c:
        found = mentions(c, ["Sutinem"], whole=True)
    chosen = [m.effect for m in found if m.kind in {"memo", "quote"} and m.guid != kept and m.standing]
    assert {m.standing for m in found if m.guid == memo} == {True, False}

    mask(copy, rewrite={key: {"Sutinem": "Ngatmi"} for key in chosen})

    assert copy.value("memo", memo, "text") == "Ngatmi-nya tidak marah lagi, Ngatmiku"
    assert copy.value("memo", memo, "about") == copy.codings[0]
    assert [row["printable"] for key, row in copy.state().items() if key[0] == "quote"] == ["Saya Ngatmi […]"]
    with reading(copy.engine) as c:
        assert [m.guid for m in mentions(c, ["Sutinem"])] == [kept]
    sound(copy)


def test_free_text_written_meanwhile_elsewhere_is_listed(copy: Any) -> None:
    other: Any = copy.split()
    mask(copy)
    memo = other.memo(copy.d, "Sutinem lagi")

    both(copy, other)

    with reading(copy.engine) as c:
        assert memo in {mention.guid for mention in review(c)}


def test_who_has_the_text_open_goes_on_in_the_masked_one(copy: Any) -> None:
    """A passage chosen in the text as it was is coded where it stands now."""
    mask(copy)
    before = codings.NewCoding(copy.t, place(TEXT, "Sutinem-nya"), "jualan", revision=copy.revision)

    codings.add_codings(copy.log, copy.by(copy.d), [before])

    assert "Ngatmi-nya" in coded(copy)
    sound(copy)


def test_masking_from_a_text_that_is_not_the_present_one_is_refused(copy: Any) -> None:
    """Someone corrected the text while names were being looked at: nothing is masked in the wrong place."""
    copy.revise(copy.d, copy.t, "Judul\n")
    value = Transcript(copy.t, new_guid(), "x", MASKED, turns=(), informants=(copy.i,))
    item = masking.MaskedItem(
        transcripts.NewTranscript(value), blocks_of(TEXT, "Sutinem", "Ngatmi"), prior=copy.revision
    )

    with pytest.raises(ConflictError, match="another text meanwhile"):
        masking.mask_transcripts(copy.log, copy.by(copy.r), [item])


@given(st.data())
def test_places_move_as_the_masking_says(data: st.DataObject) -> None:
    """The store follows its pointers exactly as the one who masked would."""
    text = data.draw(st.text("ab 😀\u0301", min_size=1, max_size=20))
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    words = data.draw(st.lists(st.text("xyz", min_size=1, max_size=4), min_size=len(spans), max_size=len(spans)))
    value = Transcript("1" * 32, "2" * 32, "t", text)
    masked = privacy_mask(value, [Replacement(s_, w) for s_, w in zip(spans, words, strict=True)], revision="3" * 32)
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))

    found = moved(closed(masked.blocks, len(text), len(masked.transcript.text)), span.start, span.end)

    assert found == (masked.moved(span).start, masked.moved(span).end)


def test_blocks_that_are_no_shared_stretches_are_refused(copy: Any) -> None:
    value = Transcript(copy.t, new_guid(), "x", MASKED, turns=(), informants=(copy.i,))
    before = copy.state()
    for blocks in ([(0, 1, 5)], [(0, 0, 5), (3, 3, 2)], [(0, 0, 900)]):
        with pytest.raises(InputError, match="stayed"):
            masking.mask_transcripts(
                copy.log, copy.by(copy.r), [masking.MaskedItem(transcripts.NewTranscript(value), blocks)]
            )
    original = masking.MaskedItem(transcripts.NewTranscript(value, original=b"x"), [])
    with pytest.raises(InputError, match="original"):
        masking.mask_transcripts(copy.log, copy.by(copy.r), [original])
    assert copy.state() == before


def test_originals_beside_go_too(copy: Any) -> None:
    """A file that held two interviews: when one is masked, the other keeps its text but not the file."""
    other = new_guid()
    value = Transcript(other, new_guid(), "kedua", "N: ya\n", turns=turns_of("N: ya\n", copy.i), informants=(copy.i,))
    item = transcripts.NewTranscript(value, "dua.txt", b"Sutinem dan lain", beside=(copy.t,))
    transcripts.import_transcripts(copy.log, copy.by(copy.r), [item])

    mask(copy)

    assert not holds(copy, "Sutinem")
    assert copy.text(other) == "N: ya\n"
    sound(copy)


def test_withdrawal_after_masking_and_masking_after_withdrawal_meet(copy: Any) -> None:
    """One copy erases the informant while the other masks: either order leaves nothing of both."""
    second = copy.informant(copy.r, "I2")
    text = "N: Saya Sutinem\nN: rahasia Paijo\n"
    turns = tuple(replace(t, informant=who) for t, who in zip(turns_of(text, copy.i), (copy.i, second), strict=True))
    group = Transcript(new_guid(), new_guid(), "kelompok", text, turns=turns, informants=(copy.i, second))
    transcripts.import_transcripts(
        copy.log, copy.by(copy.r), [transcripts.NewTranscript(group, "g.txt", text.encode())]
    )
    other: Any = copy.split()
    copy.mask(copy.r, group.guid, "Sutinem", "Ngatmi")
    other.erase(copy.d, second, "Paijo")

    both(copy, other)

    assert copy.text(group.guid) == "N: Saya Ngatmi\n" + "█" * 16 + "\n"
    assert not holds(copy, "Paijo")
    assert b"Saya Sutinem\nN" not in copy.bytes()
    sound(copy)


def test_kept_words_and_sharings_are_read_and_searched(copy: Any) -> None:
    guid = sharing.keep(copy.log, copy.by(copy.r), "person", "mawar")
    here = sharing.keep(copy.log, copy.by(copy.r), "person", place=(copy.t, place(TEXT, "bakso")))
    sharing.record_sharing(copy.log, copy.by(copy.r), "report", "laporan-sutinem", ["nik", "phone", "nik"])

    mask(copy)

    row = copy.row("kept", here)
    assert copy.text(copy.t)[row["start"] : row["end"]] == "bakso"
    assert copy.value("kept", guid, "word") == "mawar"
    with reading(copy.engine) as c:
        assert {m.kind for m in mentions(c, ["mawar", "Sutinem"])} == {"kept", "sharing"}
    sharing.unkeep(copy.log, copy.by(copy.r), [guid])
    assert copy.row("kept", guid) is None
    copy.undo(copy.r)
    assert copy.row("kept", guid) is not None


def test_undo_passes_by_what_went_out(copy: Any) -> None:
    memo = copy.memo(copy.r, "satu")
    sharing.record_sharing(copy.log, copy.by(copy.r), "report", "laporan")

    copy.undo(copy.r)
    sharing.record_sharing(copy.log, copy.by(copy.r), "report", "laporan")
    copy.redo(copy.r)

    assert copy.row("memo", memo) is not None
    assert sum(key[0] == "sharing" for key in copy.state()) == 2


def test_informants_alone_are_renamed_without_their_history(copy: Any) -> None:
    informants.put_informants(copy.log, copy.by(copy.r), [Informant(copy.i, "Sutinem W.", "pedagang", {"usia": 42})])

    masking.mask_transcripts(
        copy.log, copy.by(copy.r), [], informants=[Informant(copy.i, "I1", "pedagang", {"usia": 42})]
    )

    assert b"Sutinem W." not in copy.bytes()
    assert copy.value("informant", copy.i, "short") == "I1"
    assert '"usia":42' in copy.value("informant", copy.i, "attributes")
    sound(copy)


@given(st.data())
def test_moved_keeps_words_and_loses_no_place(data: st.DataObject) -> None:
    """Words that stayed are found again letter by letter; any other span covers what its ends became, and is never empty."""
    kept = data.draw(st.lists(st.text("ab😀\u0301 ", max_size=4), min_size=1, max_size=5))
    gaps = data.draw(
        st.lists(
            st.tuples(st.text("X", min_size=1, max_size=3), st.text("yz", max_size=4)),
            min_size=len(kept) - 1,
            max_size=len(kept) - 1,
        )
    )
    old, new, blocks = "", "", []
    for number, piece in enumerate(kept):
        if number:
            old, new = old + gaps[number - 1][0], new + gaps[number - 1][1]
        blocks.append((len(old), len(new), len(piece)))
        old, new = old + piece, new + piece
    if not old:
        return
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))

    found = moved(closed(blocks, len(old), len(new)), start, end)

    if not new:
        assert found is None
        return
    assert found is not None
    first, last = found
    assert 0 <= first < last <= len(new)
    for at, there, length in blocks:
        for offset in range(length):
            if start <= at + offset < end:
                assert first <= there + offset < last
    if any(at <= start and end <= at + length for at, there, length in blocks):
        assert new[first:last] == old[start:end]


def test_words_are_replaced_whole() -> None:
    change = in_words({"Sari": "Dewi", "Sari Ayu": "Rina", "bu": "Ibu"})

    assert change('sari, SARI-nya, Sarinya, basari, sariawan, Sari Ayu, ibu, ["Sari"]') == (
        'Dewi, Dewi-nya, Dewinya, basari, sariawan, Rina, ibu, ["Dewi"]'
    )
    assert change({"a": ["Sari", 3, "0" * 32]}) == {"a": ["Dewi", 3, "0" * 32]}
