"""Masking a study: names go, codings stay on their words, and nothing of a name is left in any file."""

from __future__ import annotations

import os
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from qualcode.errors import ConflictError, QualcodeError, StateError
from qualcode.model import IdentifierKind
from qualcode.privacy import key as key_module
from qualcode.project import Project
from qualcode.project.mask_plan import MaskPlan

ONE = """Transkrip Wawancara (simulasi)
Nama: Siti Maesaroh
NIK: 3273014507850003
Tanggal: 3 Maret 2024

Peneliti: Selamat pagi, Bu Maesaroh. Sudah lama berjualan? 😀
Bu Maesaroh: Sudah, sejak 2009. Suami saya Pak Darsono yang mulai, nomornya 0812-3456-7890.
Peneliti: Penghasilannya bagaimana?
Bu Maesaroh: Tidak tentu, Mbak. Kalau hujan, Darsono-nya pulang tangan kosong.
"""
TWO = """Transkrip Wawancara (simulasi)
Nama: Tarjo Wiryono
Alamat: Jl. Kenanga Raya No. 12 RT 03 RW 05

Peneliti: Kenal dengan Bu Maesaroh?
Pak Tarjo: Kenal. Bu Maesaroh itu ketua kelompok kami. E-mail saya tarjo.wiryono@contoh.id.
Peneliti: Kerja sejak kapan?
Pak Tarjo: Sejak muda saya kerja serabutan, tidak ada jaminan.
"""
PLANTED = (
    "Maesaroh",
    "Siti M",
    "Darsono",
    "Tarjo",
    "Wiryono",
    "3273014507850003",
    "0812-3456-7890",
    "Kenanga",
    "tarjo.wiryono@",
)


@pytest.fixture(autouse=True)
def _quick_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_module, "_COST", 2**14)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two simulated transcripts, whose file names speak too."""
    for name in ("asal", "studi", "kunci", "keluar"):
        (tmp_path / name).mkdir()
    (tmp_path / "asal" / "01 Siti Maesaroh.txt").write_text(ONE, encoding="utf-8")
    (tmp_path / "asal" / "02_tarjo_wiryono.txt").write_text(TWO, encoding="utf-8")
    return tmp_path


@pytest.fixture
def study(folder: Path) -> Iterator[Project]:
    with Project.create(folder / "studi" / "pedagang.qualcode", coder="rani") as project:
        project.import_files(folder / "asal")
        yield project


def holding(words: Iterable[str], *folders: Path) -> list[str]:
    """The files under *folders* that hold one of *words*, in any case and common encoding."""
    found = []
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file():
                data = path.read_bytes().lower()
                for word in words:
                    forms = (word.lower().encode(enc) for enc in ("utf-8", "utf-16-le", "utf-16-be"))
                    if any(form in data for form in forms) or word.lower() in path.name.lower():
                        found.append(f"{path.name}: {word}")
    return found


def state() -> Path:
    return Path(os.environ["QUALCODE_STATE"])


def planned(study: Project, **options: object) -> MaskPlan:
    return study.masking(draw=random.Random(5), **options)  # type: ignore[arg-type]


def test_codings_stand_on_the_same_words_and_no_name_is_left(folder: Path, study: Project) -> None:
    names = sorted(t.name for t in study.corpus().transcripts)
    first = study.code(names[0], quote="Tidak tentu", code="ketidakpastian-kerja", memo="kata Maesaroh sendiri")
    named = study.code(names[0], quote="Suami saya Pak Darsono yang mulai", code="ketidakpastian-kerja")
    study.code(names[1], quote="tidak ada jaminan", code="jaminan-sosial")
    study.memo("Bu Maesaroh dan Tarjo saling kenal", about=names[0])
    key = study.key_file(folder / "kunci" / "pedagang.key", "empat kata yang aneh")

    plan = planned(study, key=key)
    plan.accept_all()
    report = study.mask(plan, key=key, rewrite=study.mentions_of(plan))

    assert report.transcripts == 2
    assert report.left == ()
    corpus = study.corpus()
    codings = {coding.guid: coding for coding in corpus.codings}
    assert corpus.quote(codings[first.guid]) == "Tidak tentu"
    called = corpus.quote(codings[named.guid])
    assert called.startswith("Suami saya Pak ")
    assert called.endswith(" yang mulai")
    assert "Darsono" not in called
    talk = next(t for t in corpus.transcripts if "Tidak tentu" in t.text)
    man = called.split()[3]
    assert f"{man}-nya pulang" in talk.text
    assert "[NIK]" in talk.text
    assert "[nomor telepon]" in talk.text
    assert {turn.speaker for turn in talk.turns if turn.role.is_voice} == {
        f"Bu {talk.text.split('Nama: ')[1].split()[1]}"
    }
    other = next(t for t in corpus.transcripts if t is not talk)
    assert f"Bu {talk.text.split('Nama: ')[1].split()[1]} itu ketua" in other.text

    study.report(folder / "keluar" / "laporan")
    study.export(folder / "keluar" / "kode.csv")
    study.export(folder / "keluar" / "kode.jsonl")
    study.close()
    assert holding(PLANTED, folder / "studi", folder / "keluar", folder / "kunci", state()) == []


def test_masking_twice_finds_nothing_more(study: Project) -> None:
    plan = planned(study)
    plan.accept_all()
    study.mask(plan)
    again = planned(study)
    assert [(hit.words, hit.identifier.reason) for hit in again.hits] == []


def test_a_later_transcript_of_the_same_people_with_the_key(folder: Path, study: Project) -> None:
    key = study.key_file(folder / "kunci" / "k.key", "empat kata yang aneh")
    plan = planned(study, key=key)
    plan.accept_all()
    study.mask(plan, key=key)
    woman = next(h for h in plan.masked() if h.words == "Siti Maesaroh")
    called = plan.text(woman)

    (folder / "asal" / "03.txt").write_text(
        "Nama: Yusriani Latifa\nPeneliti: Kenal siapa?\nBu Yusriani: Kenal Bu Siti Maesaroh dan Pak Darsono.\n",
        encoding="utf-8",
    )
    study.import_files(folder / "asal" / "03.txt")
    key = study.key_file(folder / "kunci" / "k.key", "empat kata yang aneh")
    later = planned(study, key=key)
    assert called in [later.text(hit) for hit in later.hits if hit.words == "Siti Maesaroh"]
    later.accept_all()
    study.mask(later, key=key)
    study.close()
    assert holding([*PLANTED, "Yusriani"], folder / "studi", folder / "kunci", state()) == []


def test_what_is_kept_is_not_found_again_and_nothing_else_changes(study: Project) -> None:
    plan = planned(study)
    hit = next(hit for hit in plan.hits if hit.words == "Darsono")
    plan.keep(hit, everywhere=True)
    before = {t.guid: t.revision for t in study.corpus().transcripts}
    report = study.mask(plan)
    assert (report.transcripts, report.places) == (0, 0)
    assert {t.guid: t.revision for t in study.corpus().transcripts} == before
    assert not any(hit.words == "Darsono" for hit in planned(study).hits)


def test_a_sitting_that_was_stopped_goes_on(study: Project) -> None:
    from qualcode.project.mask_pending import Pending

    units = {t.guid: t.revision for t in study.corpus().transcripts}
    plan = study.masking()
    woman = next(hit for hit in plan.hits if hit.words == "Siti Maesaroh")
    plan.mask(woman, text="Rahmi Zulaikha", everywhere=True)
    plan.keep(next(hit for hit in plan.hits if hit.identifier.kind is IdentifierKind.PHONE))
    Pending("x", units).save(plan)
    kept = Pending("x", units).path.read_text(encoding="utf-8")
    assert not any(word in kept for word in PLANTED)

    again = study.masking()
    assert Pending("x", units).restore(again) == len(plan.decisions)
    assert again.decisions == plan.decisions
    assert again.text(woman) == "Rahmi Zulaikha"
    Pending("x", units).discard()
    assert not Pending("x", units).path.exists()


def test_a_transcript_that_somebody_changed_meanwhile(folder: Path, study: Project) -> None:
    plan = planned(study)
    plan.accept_all()
    with Project.open(folder / "studi" / "pedagang.qualcode", coder="dewi") as other:
        source = folder / "asal" / "01 Siti Maesaroh.txt"
        source.write_text(ONE.replace("sejak 2009", "sejak tahun 2009"), encoding="utf-8")
        other.import_files(source, revise=True)
        before = [t.text for t in other.corpus().transcripts]
        with pytest.raises(ConflictError, match="changed by someone else"):
            study.mask(plan)
        assert [t.text for t in other.corpus().transcripts] == before


def test_the_bytes_go_when_the_other_program_lets_go(folder: Path, study: Project) -> None:
    path = folder / "studi" / "pedagang.qualcode"
    plan = planned(study)
    plan.accept_all()
    other = Project.open(path, mode="ro")
    with other._file.reading() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM effect").all()
        report = study.mask(plan)
    other.close()
    assert report.transcripts == 2
    study.close()
    Project.open(path, coder="rani").close()
    assert holding(PLANTED, folder / "studi", state()) == []


def test_a_key_inside_the_study_and_originals_without_a_key(folder: Path, study: Project) -> None:
    with pytest.raises(QualcodeError, match="never inside"):
        study.key_file(folder / "studi" / "pedagang.qualcode", "empat kata yang aneh")
    plan = planned(study)
    with pytest.raises(StateError, match="key file only"):
        study.mask(plan, originals=True)


def test_the_originals_go_into_the_key_if_asked(folder: Path, study: Project) -> None:
    key = study.key_file(folder / "k.key", "empat kata yang aneh")
    plan = planned(study, key=key)
    plan.accept_all()
    study.mask(plan, key=key, originals=True)
    again = study.key_file(folder / "k.key", "empat kata yang aneh").contents
    assert sorted(again.originals.values()) == [
        ("01 Siti Maesaroh.txt", ONE.encode()),
        ("02_tarjo_wiryono.txt", TWO.encode()),
    ]
    assert sorted(again.transcripts.values()) == ["01 Siti Maesaroh", "02_tarjo_wiryono"]


def brought(study: Project, folder: Path, **options: object) -> None:
    read = study.read_to_mask(folder / "asal", draw=random.Random(7), **options)  # type: ignore[arg-type]
    read.plan.accept_all()
    report = study.import_masked(read, key=options.get("key"))  # type: ignore[arg-type]
    said = " ".join(str(row) for row in (*report.file_rows(), *report.to_rows()))
    assert not any(word.lower() in said.lower() for word in PLANTED)


def test_nothing_of_a_name_is_stored_when_it_is_masked_on_its_way_in(folder: Path) -> None:
    with Project.create(folder / "studi" / "baru.qualcode", coder="rani") as study:
        key = study.key_file(folder / "kunci" / "k.key", "empat kata yang aneh")
        brought(study, folder, key=key)
        corpus = study.corpus()
        assert len(corpus.transcripts) == 2
        woman = next(t for t in corpus.transcripts if "Tidak tentu" in t.text)
        assert {turn.role.value for turn in woman.turns} == {"interviewer", "informant"}
        assert planned(study).hits == ()
        code = study.code(woman.name, quote="Tidak tentu", code="ketidakpastian-kerja")
        assert study.corpus().quote(code) == "Tidak tentu"
        study.report(folder / "keluar" / "laporan")
    assert holding(PLANTED, folder / "studi", folder / "keluar", folder / "kunci", state()) == []


def test_the_same_files_again_with_the_key_change_nothing(folder: Path) -> None:
    with Project.create(folder / "studi" / "baru.qualcode", coder="rani") as study:
        brought(study, folder, key=study.key_file(folder / "kunci" / "k.key", "empat kata yang aneh"))
        before = [(t.guid, t.revision, t.text) for t in study.corpus().transcripts]
        brought(study, folder, key=study.key_file(folder / "kunci" / "k.key", "empat kata yang aneh"))
        assert [(t.guid, t.revision, t.text) for t in study.corpus().transcripts] == before
    assert holding(PLANTED, folder / "studi", state()) == []


def test_two_informants_of_one_name_become_two(folder: Path) -> None:
    for number in (1, 2):
        (folder / "asal" / f"w{number}.txt").write_text(
            "Peneliti: Namanya siapa?\nBu Yusriani: Saya jualan.\nPeneliti: Lama?\nBu Yusriani: Lama.\n",
            encoding="utf-8",
        )
    with Project.create(folder / "studi" / "baru.qualcode", coder="rani") as study:
        read = study.read_to_mask([folder / "asal" / f"w{n}.txt" for n in (1, 2)])
        with pytest.raises(StateError, match="not clear who"):
            read.plan.accept_all()
        (asked,) = read.plan.same_names
        read.plan.tell_apart(asked.words, several=True)
        read.plan.accept_all()
        study.import_masked(read)
        corpus = study.corpus()
        assert len(corpus.informants) == 2
        assert len({t.informants for t in corpus.transcripts}) == 2
    assert holding(["Yusriani"], folder / "studi", state()) == []


def test_codings_that_come_with_a_file_stand_on_the_same_words(folder: Path) -> None:
    source = folder / "asal" / "kode.csv"
    source.write_text(
        "informan,kutipan,kode\nYusriani,Kata Bu Zulaikha tidak ada jaminan sama sekali,jaminan-sosial\n"
        "Yusriani,Suami saya Pak Darsono sakit,beban\n",
        encoding="utf-8",
    )
    with Project.create(folder / "studi" / "baru.qualcode", coder="rani") as study:
        read = study.read_to_mask(source)
        read.plan.accept_all()
        study.import_masked(read)
        corpus = study.corpus()
        quotes = sorted(corpus.quote(coding) for coding in corpus.codings)
    assert all("Darsono" not in quote and "Zulaikha" not in quote for quote in quotes)
    if quotes:
        assert quotes[0].endswith("tidak ada jaminan sama sekali")
    assert holding(["Darsono", "Zulaikha"], folder / "studi", state()) == []


def test_rules_and_codes_as_shipped_stay(folder: Path) -> None:
    from qualcode.codebooks import load_codebook

    (folder / "asal" / "05.txt").write_text(
        "Nama: Yusriani Zulaikha\nPeneliti: Asalnya?\nBu Yusriani: Saya dari Brebes, tinggal di Kelurahan Margasuka.\n",
        encoding="utf-8",
    )
    with Project.create(folder / "studi" / "baru.qualcode", coder="rani") as study:
        study.import_files(folder / "asal" / "05.txt")
        study.put_informant(study.corpus().informants[0].id, asal="Brebes")
        study.add_code("Pulang (kata Yusriani, Brebes)", key="mudik-lebaran-uji")
        study.edit_code("mudik-lebaran-uji", keywords=["brebes*", "yusriani"])
        study.memo("Yusriani dari Brebes", about="05")
        shipped = {code.key: code for code in load_codebook("prekariat")}
        plan = planned(study, names=["Brebes"])
        plan.accept_all()
        report = study.mask(plan, rewrite=study.mentions_of(plan))
        corpus = study.corpus()
        own = corpus.codebook.code("mudik-lebaran-uji")
        for code in corpus.codebook:
            if code.key in shipped:
                assert code.keywords == shipped[code.key].keywords
                assert code.examples == shipped[code.key].examples
                assert code.near_misses == shipped[code.key].near_misses
        assert own.keywords == ("brebes*", "yusriani")
        assert "Yusriani" not in own.name
        assert not any("Yusriani" in memo.text for memo in corpus.memos)
        assert {each.kind for each in report.rewritten} == {"memo", "code"}
        assert "code" in {each.kind for each in report.left}
        assert [row["change"] for row in study.log() if row["verb"] == "mask"]
        assert not any("?" in str(row["change"]) for row in study.log())


def test_a_place_is_masked_in_memos_and_left_in_attributes(folder: Path) -> None:
    (folder / "asal" / "05.txt").write_text(
        "Informan: Ibu Yusriani\nPeneliti: Asalnya?\nBu Yusriani: Saya tinggal di Kelurahan Margasuka.\n",
        encoding="utf-8",
    )
    with Project.create(folder / "studi" / "baru.qualcode", coder="rani") as study:
        study.import_files(folder / "asal" / "05.txt")
        person = study.corpus().informants[0].id
        study.put_informant(person, asal="Margasuka")
        study.memo("rumah di Margasuka sempit", about="05")
        plan = planned(study)
        assert any(hit.words == "Margasuka" for hit in plan.hits)
        plan.accept_all()
        study.mask(plan, rewrite=study.mentions_of(plan))
        assert [memo.text for memo in study.corpus().memos] == ["rumah di [tempat] sempit"]
        assert study.corpus().informants[0].attributes["asal"] == "Margasuka"


def test_a_name_that_is_a_word(folder: Path) -> None:
    (folder / "asal" / "06.txt").write_text(
        "Nama: Mawar Zulaikha\nPeneliti: Jualan apa?\nBu Mawar: Bunga. Bunga mawar paling laku, Pak Bintang juga beli.\n",
        encoding="utf-8",
    )
    with Project.create(folder / "studi" / "baru.qualcode", coder="rani") as study:
        study.import_files(folder / "asal" / "06.txt")
        study.memo("Mawar menjual mawar", about="06")
        plan = planned(study)
        plan.accept_all()
        report = study.mask(plan, rewrite=study.mentions_of(plan))
        (talk,) = study.corpus().transcripts
        (memo,) = study.corpus().memos
        assert "Bunga mawar paling laku" in talk.text
        assert "Mawar" not in talk.text + memo.text
        assert "Bintang" not in talk.text
        assert memo.text.endswith(" menjual mawar")
        assert [each.kind for each in report.rewritten] == ["memo"]


def test_the_unmasked_files_do_not_come_in_again(folder: Path, study: Project) -> None:
    plan = planned(study)
    plan.accept_all()
    study.mask(plan)
    before = [(t.guid, t.text) for t in study.corpus().transcripts]
    for options in ({}, {"revise": True}):
        report = study.import_files(folder / "asal", **options)  # type: ignore[arg-type]
        assert [outcome.outcome for outcome in report.outcomes] == ["changed", "changed"]
        assert "masked" in str(report.findings[-1])
    renamed = folder / "asal" / "lain.txt"
    renamed.write_text(ONE, encoding="utf-8")
    study.import_files(renamed)
    assert [(t.guid, t.text) for t in study.corpus().transcripts] == before

    talk = study.corpus().transcripts[0]
    corrected = folder / "keluar" / f"{talk.name}.txt"
    corrected.write_text(
        talk.text.replace("tidak ada jaminan", "tak ada jaminan").replace("Tidak tentu", "Tak tentu"), encoding="utf-8"
    )
    report = study.import_files(corrected, revise=True)
    assert [outcome.outcome for outcome in report.outcomes] == ["revised"]
    assert planned(study).hits == ()
    study.close()
    assert holding(PLANTED, folder / "studi", state()) == []


def test_while_another_program_is_writing_nothing_is_lost(
    folder: Path, study: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3

    from qualcode.store import engine

    study.close()
    monkeypatch.setitem(engine.connect.__kwdefaults__, "timeout", 0.2)  # waits less long than a person would
    with Project.open(study.path, coder="rani") as again:
        key = again.key_file(folder / "kunci" / "k.key", "empat kata yang aneh")
        plan = planned(again, key=key)
        plan.accept_all()
        before = {t.text for t in again.corpus().transcripts}
        other = sqlite3.connect(study.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(QualcodeError) as said:
            again.mask(plan, key=key)
        other.execute("ROLLBACK")
        other.close()
        assert not any(word.lower() in f"{said.value} {said.value.hint}".lower() for word in PLANTED)
        assert {t.text for t in again.corpus().transcripts} == before
        again.mask(plan, key=key)
        assert not any("Maesaroh" in t.text for t in again.corpus().transcripts)
