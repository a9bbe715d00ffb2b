"""Suggestions as a coder meets them: learnt from whom, in which order, decided blind or in sight, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from qualcode.errors import InputError, NotFoundError, StateError
from qualcode.model import Code, Codebook, Origin, Stance, Verdict
from qualcode.project import Project

BOOK = Codebook("kerja", (Code("cuaca", "Cuaca"), Code("utang", "Utang", keywords=("utang",)), Code("lain", "Lain")))
RAIN = (
    "Hujan terus, sepi sekali jadinya.",
    "Kalau hujan nggak ada yang beli.",
    "Deras hujannya dari pagi sampai sore.",
    "Hujan ya pulang, mau gimana.",
    "Musim hujan susah cari pembeli.",
    "Hujan seharian, dagangan basah semua.",
)
DEBT = (
    "Utang ke warung sebelah dulu.",
    "Bayar utang dulu baru belanja.",
    "Ya utang koperasi lima ratus.",
    "Utangnya numpuk sampai sekarang.",
    "Ada utang sama tetangga juga.",
    "Utang buat bayar kontrakan rumah.",
)
PLAIN = (
    "Anak sekolah di dekat sini semua.",
    "Jualan dari pagi sampai jam dua.",
    "Dari Tegal, ikut kakak ke sini.",
    "Sudah lama, sepuluh tahun ada.",
    "Masak di rumah, dibantu suami saya.",
    "Belanja di pasar jam tiga pagi.",
)
LINES = RAIN + DEBT + PLAIN


def talk() -> str:
    return "".join(f"Pewawancara: Terus bagaimana?\nInforman: {line}\n" for line in LINES)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    """Return a study of three interviews; rani has read and coded two of them."""
    for number in (1, 2, 3):
        (tmp_path / f"informan-0{number}.txt").write_text(talk(), encoding="utf-8")
    moments = (datetime(2026, 1, 5, tzinfo=UTC) + timedelta(seconds=n) for n in range(100_000))
    with Project.create(tmp_path / "uji.qualcode", codebook=BOOK, coder="rani", clock=lambda: next(moments)) as project:
        project.import_files([tmp_path / f"informan-0{number}.txt" for number in (1, 2, 3)])
        code_as(project, {"informan-01", "informan-02"})
        yield project


def code_as(project: Project, names: set[str], rain: str = "cuaca", debt: str = "utang") -> None:
    for name in sorted(names):
        for line, text in enumerate(LINES):
            if text in RAIN or text in DEBT:
                project.code(name, code=rain if text in RAIN else debt, turn=2 * line + 2)
        project.read(name)


def test_a_suggestion_brings_its_nearest_codings_and_their_informants(study: Project) -> None:
    corpus = study.corpus()
    (first, *_) = study.suggest("cuaca")

    assert corpus.transcript(first.transcript).name == "informan-03"
    assert first.score > 0.5
    assert first.recipe.startswith("classifier-")
    by_guid = {coding.guid: coding for coding in corpus.codings}
    assert [by_guid[near.coding].code for near in first.near] == ["cuaca", "cuaca"]
    assert all(corpus.informants_of(by_guid[near.coding]) for near in first.near)


def test_accepting_keeping_correcting_and_rejecting(study: Project) -> None:
    first, second, third, *_ = study.suggest("utang")
    accepted = study.accept(first, stance="denied", seconds=3.0)
    words = study.correct(second, span=(second.span.start, second.span.start + 5), seconds=4.0)
    study.reject(third, seconds=5.0)

    assert (accepted.origin, accepted.stance) == (Origin.ACCEPTED, Stance.DENIED)
    assert (words.code, words.origin, len(words.span)) == ("utang", Origin.CORRECTED, 5)
    left = {one.guid for one in study.suggest("utang", n=None)}
    assert not left & {first.guid, second.guid, third.guid}


def test_a_correction_needs_another_code_or_other_words(study: Project) -> None:
    (first, *_) = study.suggest("utang")
    with pytest.raises(InputError):
        study.correct(first, code="utang")
    with pytest.raises(NotFoundError):
        study.correct(first, code="utnag")

    assert study.corpus().decisions == ()


def test_the_same_words_are_not_coded_twice_by_accepting_or_correcting(study: Project) -> None:
    first, second = study.suggest("utang", n=2)
    made = study.code("informan-03", code="utang", span=first.span)
    wanted = study.code("informan-03", code="lain", span=second.span)
    before = len(study.corpus().codings)

    assert study.accept(first).guid == made.guid
    assert study.correct(second, code="lain").guid == wanted.guid
    assert len(study.corpus().codings) == before
    assert [one.verdict for one in study.corpus().decisions] == [Verdict.ACCEPTED, Verdict.CORRECTED]
    study.undo()
    assert {made.guid, wanted.guid} <= {c.guid for c in study.corpus().codings}


def test_rejections_become_negatives(study: Project) -> None:
    """What is rejected again and again is not suggested for the same words elsewhere."""
    before = {one.quote: one.score for one in study.suggest("cuaca", n=None)}
    rejected = next(one for one in study.suggest("cuaca", n=None) if one.quote == RAIN[5])
    study.reject(rejected)
    twins = [c for c in study.corpus().codings if c.code == "cuaca" and study.corpus().quote(c) == RAIN[5]]
    study.uncode(twins)
    after = {one.quote: one.score for one in study.suggest("cuaca", n=None)}

    assert RAIN[5] in before
    assert RAIN[5] not in after
    from qualcode.suggesters._training import training_set

    known = training_set(study.corpus())
    column = [code.key for code in study.codebook.active].index("cuaca")
    labels = {
        unit.text: int(known.labels[row, column])
        for row, unit in enumerate(known.units)
        if unit.transcript.name == "informan-03"
    }
    assert labels == {RAIN[5]: 0}


def test_nothing_to_code_is_a_reading_and_settles_the_passage(study: Project) -> None:
    first = study.suggest("cuaca")[0]
    reading = study.nothing_to_code(first, seconds=2.0)

    assert (reading.span, reading.coder) == (first.span, "rani")
    assert study.corpus().decisions[-1].verdict is Verdict.REJECTED
    assert not [one for one in study.suggest(n=None) if one.span == first.span and one.transcript == first.transcript]
    study.undo()
    assert study.corpus().decisions == ()
    assert reading.guid not in {one.guid for one in study.corpus().readings}


def test_a_passage_proposed_for_reading_bears_no_code_to_decide_on(study: Project) -> None:
    one = study.suggest(by="learning", n=1)[0]

    assert one.code == ""
    with pytest.raises(InputError, match="no code is suggested"):
        study.accept(one)
    with pytest.raises(InputError):
        study.skip(one)
    study.nothing_to_code(one)
    assert one.guid not in {each.guid for each in study.suggest(by="learning", n=None)}


def test_an_oversight_is_asked_and_changes_nothing_by_itself(study: Project) -> None:
    corpus = study.corpus()
    forgotten = next(c for c in corpus.codings if corpus.quote(c) == DEBT[0])
    study.uncode([forgotten])
    wrong = study.code("informan-01", code="utang", turn=2 * LINES.index(PLAIN[0]) + 2)
    before = list(study.corpus().codings)

    asked = study.suggest("utang", by="disagreement")

    assert list(study.corpus().codings) == before
    oversight = next(one for one in asked if not one.coding)
    doubted = next(one for one in asked if one.coding)
    assert (oversight.quote, doubted.coding) == (DEBT[0], wrong.guid)
    study.reject(doubted)
    assert wrong.guid not in {c.guid for c in study.corpus().codings}
    study.undo()
    kept = study.accept(doubted)
    assert kept.guid == wrong.guid
    assert len(study.corpus().codings) == len(before)
    assert doubted.guid not in {one.guid for one in study.suggest("utang", by="disagreement")}


def test_anothers_coding_is_not_taken_away(study: Project) -> None:
    wrong = study.code("informan-01", code="utang", turn=2 * LINES.index(PLAIN[0]) + 2)
    doubted = next(one for one in study.suggest("utang", by="disagreement") if one.coding == wrong.guid)
    with pytest.raises(StateError, match="nobody takes another"):
        study.as_coder("dewi").reject(doubted)


def test_blind_passages_show_no_code_and_are_compared_afterwards(study: Project) -> None:
    passages = study.blind_passages(n=9)

    assert {passage.reading.code for passage in passages} == {""}
    assert [bool(passage.suggestions) for passage in passages[:6]] == [True, True, False] * 2
    given = next(p for p in passages if p.suggestions)
    other = next(p for p in passages if p.suggestions and p is not given)
    (suggested, *_), (unlooked, *_) = given.suggestions, other.suggestions
    own = study.code("informan-03", code=suggested.code, span=given.reading.span)
    study.read_passage(given.reading)
    study.read_passage(other.reading)
    same = study.accept(suggested, blind=True)
    changed = study.accept(unlooked, blind=True)

    assert same.guid == own.guid
    assert same.origin is Origin.HUMAN
    assert changed.origin is Origin.ACCEPTED
    blind = [(d.blind, d.verdict) for d in study.corpus().decisions]
    assert blind == [(Verdict.ACCEPTED, Verdict.ACCEPTED), (Verdict.REJECTED, Verdict.ACCEPTED)]
    with pytest.raises(NotFoundError):
        study.blind_passages(by="disagreement")  # type: ignore[arg-type]


def test_others_codings_do_not_leak_while_the_round_is_open(study: Project) -> None:
    from qualcode.store.acts.study import add_round, edit_round

    round_ = add_round(study._log, study._by(), "mandiri", blind=True)
    shown = repr(study.suggest(n=None))
    asked = repr(study.suggest(n=None, by="disagreement"))
    dewi = study.as_coder("dewi")
    code_as(dewi, {"informan-01", "informan-02", "informan-03"}, rain="lain", debt="cuaca")

    assert repr(study.suggest(n=None)) == shown
    assert repr(study.suggest(n=None, by="disagreement")) == asked
    assert "lain" in study.silent_codes
    assert {c.coder for c in study.corpus().codings} == {"rani", "dewi"}
    with pytest.raises(StateError, match="independent round is open"):
        Project(study._file, None, study._clock).suggest()

    edit_round(study._log, study._by(), round_, closed=True)
    study.suggest(n=None)
    assert "lain" not in study.silent_codes


def test_acceptance_of_nothing_says_so(study: Project) -> None:
    found = study.acceptance()

    assert found.bands == ()
    assert found.difference is None
    assert "no suggestion was decided on yet" in found.undefined
    assert found.to_rows()[-1]["share"] is None


def test_acceptance_counts_each_suggestion_once_in_sight_and_blind(study: Project) -> None:
    passage = next(p for p in study.blind_passages(n=6) if p.suggestions)
    study.read_passage(passage.reading)
    study.reject(passage.suggestions[0], blind=True)
    first, second, third, *_ = study.suggest(n=None)
    study.skip(first)
    study.accept(first, seconds=0.2)
    study.reject(second, seconds=6.0)
    study.correct(third, code="lain", seconds=9.0)

    found = study.acceptance(coder="rani")
    overall = found.overall

    assert (overall.shown.k, overall.shown.n, overall.skipped) == (1, 3, 0)
    assert (overall.corrected, overall.rejected, overall.seconds) == (1, 1, 0.2)
    assert (overall.blind.k, overall.blind.n, overall.followed) == (0, 1, 0)
    assert overall.shown.low < 1 / 3 < overall.shown.high
    assert found.undefined == ""
    assert found.difference is not None
    value, low, high = found.difference
    assert low < value < high
    assert value == pytest.approx(1 / 3)
    assert (found.too_fast.k, found.too_fast.n) == (1, 1)
    assert sum(band.shown.n for band in found.bands) == 3
    assert list(found.to_frame().columns)[:3] == ["from", "to", "n"]


HEARD = (
    "tadi pagi",
    "kemarin sore",
    "minggu lalu",
    "bulan puasa",
    "waktu itu",
    "sejak muda",
    "tiap hari",
    "kadang saja",
)


def test_reading_on_below_what_is_suggested_comes_to_a_promise_that_is_true(tmp_path: Path) -> None:
    """From the first interview on, suggestions of one code, then the rest, until 95 % are promised: never more than is found."""
    for number in range(4):
        lines = [f"{LINES[(at + number) % len(LINES)]} Itu {HEARD[at % 8]} {at}." for at in range(54)]
        talk = "".join(f"Pewawancara: Terus bagaimana?\nInforman: {line}\n" for line in lines)
        (tmp_path / f"informan-0{number}.txt").write_text(talk, encoding="utf-8")
    with Project.create(tmp_path / "uji.qualcode", codebook=BOOK, coder="rani") as project:
        project.import_files(sorted(tmp_path.glob("*.txt")))
        for turn in range(2, 110, 2):
            said = (
                project.corpus()
                .transcript("informan-00")
                .turns[turn - 1]
                .span.of(project.corpus().transcript("informan-00").text)
            )
            if "ujan" in said or "Utang" in said:
                project.code("informan-00", code="cuaca" if "ujan" in said else "utang", turn=turn)
        project.read("informan-00")
        bearing = 6 * 3 * 4
        promised: list[float | None] = []
        while not promised or (promised[-1] or 0) < 0.95:
            passages = project.suggest("cuaca", n=30, by="rest")
            assert passages, "everything is read, and nothing was promised"
            for one in passages:
                (project.accept if "ujan" in one.quote else project.reject)(one, seconds=5)
            (status,) = project.stopping("cuaca")
            promised.append(status.low)
            assert (status.low or 0) <= status.n_found / bearing

        assert status.n_read < status.n_units
        assert {one.verdict for one in project.corpus().decisions} == {Verdict.ACCEPTED, Verdict.REJECTED}


def test_suggestions_learn_from_an_earlier_study_which_stays_as_it_is(study: Project, tmp_path: Path) -> None:
    (tmp_path / "orang-baru.txt").write_text(talk(), encoding="utf-8")
    before = study.path.read_bytes()
    with Project.create(tmp_path / "baru.qualcode", codebook=BOOK, coder="dewi") as new:
        new.import_files([tmp_path / "orang-baru.txt"])
        assert not new.suggest("cuaca")

        new.learn_from(study.path)
        found = new.suggest("cuaca")
        assert found
        assert {one.quote for one in found} <= set(RAIN)
        assert {one.recipe for one in found} == {"classifier-4+earlier"}
        new.accept(found[0])
        assert [decision.recipe for decision in new.corpus().decisions] == ["classifier-4+earlier"]
        assert {transcript.name for transcript in new.corpus().transcripts} == {"orang-baru"}

        new.learn_from()
        assert not new.suggest("cuaca")
    assert study.path.read_bytes() == before


def test_an_earlier_study_that_teaches_nothing_is_refused(study: Project, tmp_path: Path) -> None:
    with Project.create(tmp_path / "kosong.qualcode", codebook=BOOK, coder="dewi") as empty:
        with pytest.raises(InputError, match="nothing to learn from"):
            study.learn_from(empty.path)
        with pytest.raises(InputError, match="copy of the same study"):
            empty.learn_from(empty.path)
    foreign = Codebook("asing", (Code("asing", "Asing"),))
    with (
        Project.create(tmp_path / "asing.qualcode", codebook=foreign, coder="dewi") as other,
        pytest.raises(InputError, match="no code in common"),
    ):
        other.learn_from(study.path)
    with pytest.raises(NotFoundError):
        study.learn_from(tmp_path / "tidak-ada.qualcode")
