"""Reviewing suggestions at the terminal: what is seen, what each key does, what is saved."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from qualcode.errors import NotFoundError
from qualcode.model import Verdict
from qualcode.project import Project

Run = Callable[..., tuple[int, str, str]]
Review = Callable[..., tuple[int, str, str]]

RAIN = ("Hujan terus, sepi sekali jadinya.", "Kalau hujan nggak ada yang beli.", "Hujan ya pulang, mau gimana 😀.")
DEBT = ("Utang ke warung sebelah. Bayarnya nanti.", "Bayar utang dulu baru belanja.", "Utangnya numpuk sekarang.")
PLAIN = ("Anak sekolah dekat sini semua.", "Jualan dari pagi sampai siang.", "Dari Tegal, ikut kakak ke sini.")
LINES = (RAIN + DEBT + PLAIN) * 2
BOOK = """name: uji
codes:
  - key: cuaca
    name: Cuaca
    definition: Hujan dan panas yang mengubah pemasukan.
    keywords: [hujan]
  - key: utang
    name: Utang
    keywords: [utang]
  - key: lain
"""


@pytest.fixture
def study(run: Run, tmp_path: Path) -> Path:
    """Return a study of three interviews, two of them read and coded."""
    (tmp_path / "kode.yaml").write_text(BOOK, encoding="utf-8")
    talk = "".join(f"Pewawancara: Bagaimana sehari-harinya, Bu?\nInforman: {line}\n" for line in LINES)
    assert run("new", "uji.qualcode", "--codebook", "kode.yaml")[0] == 0
    for number in (1, 2, 3):
        (tmp_path / f"informan-0{number}.txt").write_text(talk, encoding="utf-8")
    assert run("import", *(f"informan-0{number}.txt" for number in (1, 2, 3)))[0] == 0
    with Project.open(tmp_path / "uji.qualcode", coder="rani") as project:
        for name in ("informan-01", "informan-02"):
            for line, text in enumerate(LINES):
                if text not in PLAIN:
                    project.code(name, code="cuaca" if text in RAIN else "utang", turn=2 * line + 2)
            project.read(name)
    return tmp_path / "uji.qualcode"


@pytest.fixture
def review(run: Run, study: Path, monkeypatch: pytest.MonkeyPatch) -> Review:
    """Return a function that reviews with typed answers; each takes *seconds*."""

    def call(typed: list[str | BaseException], *arguments: str, seconds: float = 30.0) -> tuple[int, str, str]:
        answers: Iterator[str | BaseException] = iter(typed)
        now = [0.0]

        def prompt(text: str, **_: object) -> str:
            click.echo(text)
            now[0] += seconds
            answer = next(answers)
            if isinstance(answer, BaseException):
                raise answer
            return answer

        monkeypatch.setattr("click.prompt", prompt)
        monkeypatch.setattr("time.monotonic", lambda: now[0])
        return run("review", *arguments)

    return call


def open_study(path: Path) -> Project:
    return Project.open(path, coder="rani", mode="ro")


def test_a_suggestion_is_seen_with_all_that_it_rests_on(review: Review, study: Path) -> None:
    status, out, _ = review(["q"], "--code", "cuaca")

    assert status == 0
    passage, _, reasons = out.partition("Suggested by the machine (classifier-")
    assert "informan-03" in passage
    assert "Pewawancara: Bagaimana sehari-harinya, Bu?" in passage
    assert "ujan" in passage
    assert "cuaca — Cuaca" in reasons
    assert "Definition: Hujan dan panas" in reasons
    assert "Probability by the model 0." in reasons or "Probability by the model >0.99" in reasons
    assert "not certain" in reasons
    assert "rule hujan" in reasons
    nearest = [line for line in reasons.splitlines() if "coded by rani, likeness" in line]
    assert len(nearest) == 2
    assert all("informan-01" in line or "informan-02" in line for line in nearest)


def test_the_screen_speaks_indonesian(run: Run, review: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALCODE_LANG", "id")
    _, out, _ = review(["q"], "--code", "cuaca")

    assert "Usulan mesin (classifier-" in out
    assert "belum tentu benar" in out
    assert "Bagian terdekat yang dikode sama" in out
    assert "sudah dibaca, tidak ada kode" in out
    assert "machine" not in out
    assert "Probability" not in out


def test_each_key_does_what_it_says(review: Review, study: Path) -> None:
    typed = ["x", "a", "2", "r", "s", "n", "m", "Menarik", "c", "lain", "", "q"]
    status, out, _ = review(typed, "--code", "cuaca")

    assert status == 0
    assert "a accept · c correct" in out
    with open_study(study) as project:
        corpus = project.corpus()
        verdicts = [decision.verdict for decision in corpus.decisions]
        assert sorted(verdicts[:3]) == sorted([Verdict.ACCEPTED, Verdict.REJECTED, Verdict.SKIPPED])
        assert Verdict.REJECTED in verdicts[3:]
        assert {d.seconds for d in corpus.decisions} == {30.0, 60.0}
        accepted = next(c for c in corpus.codings if c.origin == "accepted")
        assert accepted.stance == "denied"
        assert [memo.text.partition(": ")[2] for memo in corpus.memos] == ["Menarik"]
        assert len([r for r in corpus.readings if len(r.span) < 60]) == 1


def test_a_part_of_the_words_may_be_kept(review: Review, study: Path) -> None:
    with open_study(study) as project:
        order = [one.quote for one in project.suggest("utang")]
    before = order.index(DEBT[0])
    status, _, _ = review(["s"] * before + ["c", "", "2", "", "q"], "--code", "utang")

    assert status == 0
    with open_study(study) as project:
        corpus = project.corpus()
        corrected = next(c for c in corpus.codings if c.origin == "corrected")
        assert (corrected.code, corpus.quote(corrected)) == ("utang", "Bayarnya nanti.")


def test_what_a_code_means_is_said_once_in_a_row(review: Review, study: Path) -> None:
    _, out, _ = review(["s", "s", "s", "q"], "--code", "cuaca")

    assert out.count("Suggested by the machine") == 4
    assert out.count("Definition: Hujan dan panas") == 1


def test_a_passage_with_two_codes_is_read_once(review: Review, study: Path) -> None:
    """Its suggestions follow each other, so that the answer need not be read again later."""
    with open_study(study) as project:
        suggestions = project.suggest(n=None, by="rest")
    _, out, _ = review(["s"] * 8 + ["q"], "-n", "40", "--by", "rest")
    heads = [line for line in out.splitlines() if line.startswith("[")]
    turns = [out.split(head)[1].split("Informan: ")[0].split()[-1] for head in heads]

    assert suggestions[0].code != suggestions[1].code
    assert turns[0] == turns[1]
    assert len(set(turns)) < len(turns) - 2


def test_a_passage_that_was_in_sight_before_is_not_accepted_too_fast(review: Review, study: Path) -> None:
    """The second code of an answer takes little time: the answer was read for the first."""
    _, out, _ = review(["a", ""] * 12 + ["q"], "-n", "40", "--by", "rest", seconds=0.9)

    assert "Decided: 12 accepted" in out
    assert "Read them again?" not in out


def test_what_is_not_suggested_is_asked_otherwise(review: Review, study: Path) -> None:
    with open_study(study) as project:
        every = project.suggest("cuaca", by="rest", n=None)
    likely = sum(not one.why for one in every)
    status, out, _ = review(["r"] * (likely + 2) + ["q"], "--code", "cuaca", "--by", "rest", "-n", "99")

    assert status == 0
    assert out.count("To check, not suggested") == 3
    assert "a yes  c correct  r no" in out
    assert "Decided: 0 accepted, 0 put right" in out
    with open_study(study) as project:
        decisions = project.corpus().decisions
        assert len(decisions) == likely + 2
        assert [one.asked for one in decisions] == [""] * likely + ["rest"] * 2
        assert project.acceptance().checks == 2


def test_where_suggestions_end_it_is_said_how_to_go_on(review: Review, study: Path) -> None:
    with open_study(study) as project:
        n = len(project.suggest("cuaca", n=None))
    _, out, _ = review(["r"] * n, "--code", "cuaca")
    _, none_left, _ = review([], "--code", "cuaca")

    assert "qualcode review --by rest --code cuaca" in out
    assert "qualcode review --by rest --code cuaca" in none_left


def test_words_that_say_nothing_are_left_out_of_the_reasons(monkeypatch: pytest.MonkeyPatch) -> None:
    from qualcode.cli._review_reasons import reasons
    from qualcode.model import Evidence, Span, Suggestion

    def lines(*evidence: Evidence) -> list[str]:
        return list(reasons(Suggestion("1" * 32, "2" * 32, "3" * 32, Span(0, 9), "latihan", "uji", evidence=evidence)))

    monkeypatch.setenv("QUALCODE_LANG", "en")
    words = [Evidence(word, weight=0.2) for word in ("dari", "sertifikat", "Saya", "geus")]

    assert lines(*words) == ["· words that count most for it: “sertifikat”"]
    assert lines(words[0], words[2]) == [
        "· no word that tells by itself: the passage as a whole is like those coded so"
    ]
    assert lines(words[0], Evidence("kursus", rule="kursus")) == ["· “kursus”: rule kursus"]


@pytest.mark.parametrize("change", ["retire", "rename", "define"])
def test_a_codebook_that_changes_meanwhile_stops_the_review(
    review: Review, study: Path, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another window changes it while a suggestion is in sight: nothing is decided by what is no longer so, and nothing is lost."""
    from qualcode.cli import _review_sitting

    press, keys = _review_sitting.press, iter((False, False, True))

    def pressed(legend: str) -> str:
        key = press(legend)
        if next(keys):
            with Project.open(study, coder="dewi") as other:
                if change == "retire":
                    other.retire_code("cuaca")
                elif change == "rename":
                    other.rename_code("cuaca", "musim")
                else:
                    other.edit_code("cuaca", definition="Lain sama sekali.")
        return key

    monkeypatch.setattr(_review_sitting, "press", pressed)
    status, out, _ = review(["r", "r", "a", "", "q"], "--code", "cuaca")

    assert status == 0
    assert "The codebook was changed meanwhile" in out
    assert "Decided: 0 accepted, 0 put right, 2 rejected" in out
    with open_study(study) as project:
        assert {one.verdict for one in project.corpus().decisions} == {Verdict.REJECTED}


def test_what_is_decided_in_another_window_is_left_out_and_not_coded_twice(
    review: Review, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qualcode.cli import _review_sitting

    with open_study(study) as project:
        first, second, *_ = project.suggest("cuaca")
    press, decided = _review_sitting.press, iter((True, False))

    def pressed(legend: str) -> str:
        key = press(legend)
        if next(decided):
            with Project.open(study, coder="rani") as other:
                other.accept(first)
                other.accept(second)
        return key

    monkeypatch.setattr(_review_sitting, "press", pressed)
    status, out, _ = review(["a", "", "q"], "--code", "cuaca")

    assert status == 0
    assert "decided meanwhile, in another window" in out
    assert "[2/" not in out
    with open_study(study) as project:
        given = [(c.revision, c.span, c.code) for c in project.corpus().codings]
        assert len(given) == len(set(given))
        assert (first.revision, first.span, "cuaca") in given


def test_a_code_may_be_typed_by_how_it_begins_and_all_are_listed(review: Review, study: Path) -> None:
    typed = ["c", "?", "c", "q", "c", "l", "", "c", "?", "c", "ut", "", "q"]
    status, out, _ = review(typed, "--code", "cuaca")

    assert status == 0
    assert out.count("    utang — Utang") == 2
    assert "no code 'q'" in out
    with open_study(study) as project:
        assert [one.corrected for one in project.corpus().decisions] == ["lain", "utang"]


def test_a_beginning_that_several_codes_share_is_asked_again() -> None:
    from qualcode.cli._review_keys import code_meant
    from qualcode.errors import InputError
    from qualcode.model import Code, Codebook

    book = Codebook("u", (Code("upah-rendah"), Code("upah-lembur"), Code("jam-kerja"), Code("dulu", active=False)))

    assert code_meant(book, "jam") == "jam-kerja"
    assert code_meant(book, "LEMBUR") == "upah-lembur"
    with pytest.raises(InputError, match="upah-rendah, upah-lembur"):
        code_meant(book, "upah")
    with pytest.raises(NotFoundError):
        code_meant(book, "du")
    with pytest.raises(InputError, match="'dulu' is switched off"):
        code_meant(book, "dulu")


def test_words_that_are_not_there_are_refused_and_asked_again(review: Review, study: Path) -> None:
    status, out, _ = review(["c", "", "bukan kata di sini", "c", "", "", "q"], "--code", "cuaca")

    assert status == 0
    assert "these words do not stand in the passage" in out
    assert "Neither another code nor other words" in out
    with open_study(study) as project:
        assert project.corpus().decisions == ()


def test_undo_takes_back_a_decision_with_its_stance_and_shows_it_again(review: Review, study: Path) -> None:
    status, out, _ = review(["u", "a", "1", "u", "r", "q"], "--code", "cuaca")

    assert status == 0
    assert "Nothing of this review to take back yet" in out
    assert out.count("[1/") == 2
    with open_study(study) as project:
        assert [d.verdict for d in project.corpus().decisions] == [Verdict.REJECTED]
        assert not [c for c in project.corpus().codings if c.origin == "accepted"]


@pytest.mark.parametrize("last", [KeyboardInterrupt(), EOFError()])
def test_a_break_loses_nothing(review: Review, study: Path, last: BaseException) -> None:
    """Also at the question after an acceptance."""
    status, _, err = review(["r", "a", click.Abort() if isinstance(last, EOFError) else last], "--code", "cuaca")

    assert status == 130
    assert "What was saved before stays saved" in err
    with open_study(study) as project:
        assert [d.verdict for d in project.corpus().decisions] == [Verdict.REJECTED, Verdict.ACCEPTED]
        assert len([c for c in project.corpus().codings if c.origin == "accepted"]) == 1


def test_ten_fast_accepts_ask_to_read_again(review: Review, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from qualcode.cli import _review_sitting

    monkeypatch.setattr(_review_sitting, "FAST_RUN", 3)
    typed = ["a", ""] * 3 + ["y", "k", "r", "q", "q"]
    _, out, _ = review(typed, seconds=0.1)

    assert "accepted faster than they can be read" in out
    assert out.count("You accepted this") == 3
    with open_study(study) as project:
        assert len([c for c in project.corpus().codings if c.origin == "accepted"]) == 2


def test_slow_accepts_are_left_in_peace(review: Review, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from qualcode.cli import _review_sitting

    monkeypatch.setattr(_review_sitting, "FAST_RUN", 3)
    _, out, _ = review(["a", ""] * 4 + ["q"], seconds=20.0)

    assert "faster than" not in out


def test_blind_shows_nothing_until_the_coder_has_decided(review: Review, study: Path) -> None:
    status, out, _ = review(["n", "r", "q"], "--blind")

    assert status == 0
    first, _, rest = out.partition("[2/")
    passage = first.partition("[1/")[2].partition("Suggested by the machine")[0]
    assert "informan-03" in passage
    for word in ("Cuaca", "cuaca", "Utang —", "Probability", "rule", "likeness", "classifier"):
        assert word not in passage
    assert "Suggested by the machine" in first
    assert "Suggested by" not in rest
    with open_study(study) as project:
        (decision,) = project.corpus().decisions
        assert (decision.blind, decision.verdict) == (Verdict.REJECTED, Verdict.REJECTED)


def test_blind_says_where_both_agree_and_logs_a_changed_mind(review: Review, study: Path) -> None:
    with open_study(study) as project:
        codes = [p.suggestions[0].code for p in project.blind_passages(n=2)]
    status, out, _ = review(["c", codes[0], "", "n", "a", "", "q"], "--blind")

    assert status == 0
    assert f"The machine suggests {codes[0]}, too" in out
    with open_study(study) as project:
        decided = [(d.blind, d.verdict) for d in project.corpus().decisions]
    assert decided == [(Verdict.ACCEPTED, Verdict.ACCEPTED), (Verdict.REJECTED, Verdict.ACCEPTED)]


def test_a_blind_passage_taken_back_is_not_blind_any_more(review: Review, study: Path) -> None:
    status, _, _ = review(["n", "r", "u", "n", "r", "q"], "--blind")

    assert status == 0
    with open_study(study) as project:
        assert [d.blind for d in project.corpus().decisions] == [None]


def test_blind_does_not_go_with_what_is_decided(run: Run, study: Path) -> None:
    status, _, err = run("review", "--blind", "--by", "disagreement")

    assert status == 2
    assert "--blind goes with" in err


def test_learning_proposes_passages_without_a_code(review: Review, study: Path) -> None:
    status, out, _ = review(["c", "tak-ada", "c", "lain, cuaca", "", "", "n", "s", "q"], "--by", "learning")

    assert status == 0
    assert "No code is suggested" in out
    assert "no code 'tak-ada'" in out
    assert "Marked as read: 2 passages. Codes given to them without a suggestion: 2." in out
    with open_study(study) as project:
        corpus = project.corpus()
        new = [c for c in corpus.codings if corpus.transcript(c.transcript).name == "informan-03"]
        assert {c.code for c in new} == {"lain", "cuaca"}
        assert len({c.span for c in new}) == 1
        assert len(corpus.readings) == 4


def test_disagreement_asks_and_keeps(review: Review, study: Path) -> None:
    with Project.open(study, coder="rani") as project:
        wrong = project.code("informan-01", code="utang", turn=2 * LINES.index(PLAIN[0]) + 2)
        (asked, *_) = [s for s in project.suggest("utang", by="disagreement") if s.coding]
    assert asked.coding == wrong.guid
    status, out, _ = review(["r", "q"], "--by", "disagreement", "--code", "utang")

    assert status == 0
    assert "you gave the code here" in out
    assert "a keep the code" in out or "a accept" in out
    with open_study(study) as project:
        assert wrong.guid not in {c.guid for c in project.corpus().codings}
        assert [one.asked for one in project.corpus().decisions] == ["disagreement"]
        entry = project.log(n=1)
        assert "/disagreement" in str(entry)


def test_what_became_of_suggestions(run: Run, review: Review, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no suggestion was decided on yet" in run("review", "--report")[1]
    review(["a", "", "r", "q"])
    review(["n", "r", "q"], "--blind")
    status, out, _ = run("review", "--report")

    assert status == 0
    assert "1 of 2" in out
    assert "Decided blind, before the suggestion was seen" in out
    assert "in sight less share given blind, band by band:" in out
    told = json.loads(run("review", "--report", "--json")[1])
    assert (told["overall"]["n"], told["overall"]["blind_n"]) == (2, 1)
    assert told["coder"] == "rani"
    monkeypatch.setenv("QUALCODE_LANG", "id")
    assert "1 dari 2" in run("review", "--report")[1]
    assert "accept" not in run("review", "--report")[1]


def test_suggest_gives_the_nearest_passages_as_json(run: Run, study: Path) -> None:
    told = json.loads(run("suggest", "--code", "cuaca", "--json", "-n", "1")[1])
    (one,) = told["suggestions"]

    assert len(one["near"]) == 2
    assert {near["coder"] for near in one["near"]} == {"rani"}
    assert all(near["quote"] for near in one["near"])
    learning = json.loads(run("suggest", "--by", "learning", "--json", "-n", "2")[1])["suggestions"]
    assert {row["code"] for row in learning} == {""}
    assert run("suggest", "--by", "disagreement")[0] == 0
    assert run("suggest", "--by", "rare")[0] == 0


def test_the_last_question_is_shown_though_others_spoke_since(run: Run, study: Path, tmp_path: Path) -> None:
    talk = (
        "Keterangan: M: Moderator\nA: Peserta 1\nB: Peserta 2\nC: Peserta 3\nD: Peserta 4\n\n"
        "M: Siapa di antara Bapak Ibu yang punya utang?\n"
        "A: Saya tidak punya sama sekali.\nB: Kalau saya ya ada sedikit.\nC: Sama, ada juga.\n"
        "D: Utang ke warung sebelah, bayar utang dulu baru belanja.\n"
    )
    (tmp_path / "kelompok.txt").write_text(talk, encoding="utf-8")
    assert run("import", "kelompok.txt", "--kind", "group")[0] == 0
    out = run("suggest", "--code", "utang", "-n", "30")[1]
    group = next(part for part in out.split("\n\n") if "bayar utang dulu baru belanja" in part and "kelompok" in part)

    assert "Siapa di antara Bapak Ibu" in group
    assert "Sama, ada juga." in group


def test_a_narrow_terminal_breaks_lines_between_words(
    study: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import os

    from rich.text import Text

    from qualcode.cli import _review_screen

    monkeypatch.setattr("shutil.get_terminal_size", lambda *_: os.terminal_size((40, 24)))
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    words = "Jualan 😀 nasi uduk dari jam dua pagi sampai habis, kadang setengah sebelas masih nongkrong juga."
    _review_screen.print_lines([Text("[1/2] informan-01"), Text(words)], indent=2, keep=1)
    lines = capsys.readouterr().out.splitlines()

    assert lines[0] == "[1/2] informan-01"
    assert all(line.startswith("  ") and len(line) <= 40 for line in lines[1:])
    assert " ".join(" ".join(lines[1:]).split()) == words


def test_one_key_decides_at_a_real_terminal_and_a_break_keeps_it(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Enter; Ctrl-C at the question after it loses no decision."""
    pty = pytest.importorskip("pty")
    monkeypatch.setenv("QUALCODE_CODER", "rani")
    monkeypatch.setenv("QUALCODE_LANG", "en")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("LINES", "60")
    monkeypatch.setenv("COLUMNS", "60")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "qualcode", "review", str(study), "--code", "cuaca"]
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True)
    os.close(theirs)
    seen = b""
    for awaited, key in ((b"q stop: ", b"r"), (b"[2/", b""), (b"q stop: ", b"a"), (b"stance:", b"\x03")):
        while awaited not in seen:
            assert select.select([ours], [], [], 30)[0], seen[-500:]
            seen += os.read(ours, 65536)
        seen = seen.partition(awaited)[2]
        time.sleep(0.5)  # what is typed before the question waits for a key is thrown away, lest it decide
        os.write(ours, key)
    while select.select([ours], [], [], 60)[0]:
        try:
            read = os.read(ours, 65536)
        except OSError:
            break
        if not read:
            break
        seen += read
    os.close(ours)

    assert process.wait(60) == 130
    assert b"What was saved before stays saved" in seen
    with open_study(study) as project:
        assert [d.verdict for d in project.corpus().decisions] == [Verdict.REJECTED, Verdict.ACCEPTED]
