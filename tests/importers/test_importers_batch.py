"""Reading many files: errors are collected, the good ones go on."""

from __future__ import annotations

import codecs
import os
import shutil
import zipfile
from pathlib import Path

import pytest

from qualcode.errors import InputError, NotFoundError
from qualcode.importers import ImportOptions, extensions, read_batch, read_file, read_transcripts
from qualcode.importers import _batch as batch_module
from qualcode.model import Role

TALK = "P: Kerja apa?\nN: Jualan.\nP: Lama?\nN: Lama.\n"


def put(folder: Path, name: str, content: str | bytes = TALK) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_bad_files_do_not_lose_the_good_ones(tmp_path: Path) -> None:
    """Every bad file has one error with its name and advice; the others are read."""
    bad = [
        put(tmp_path, "kosong.txt", b""),
        put(tmp_path, "biner.txt", bytes(range(256)) * 9),
        put(tmp_path, "gambar.docx", b"\x89PNG\r\n\x1a\n"),
        put(tmp_path, "teks.docx", TALK),
        put(tmp_path, "kunci.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")),
        put(tmp_path, "lama.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        put(tmp_path, "rusak.xlsx", b"PK\x03\x04 xl/workbook"),
        put(tmp_path, "berkas.pdf", b"%PDF-1.7"),
        tmp_path / "tidak-ada.txt",
    ]
    with zipfile.ZipFile(tmp_path / "bom.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 50_000_000)
    bad.append(tmp_path / "bom.docx")
    good = [put(tmp_path, "satu.txt"), put(tmp_path, "dua.md")]

    batch = read_batch([good[0], *bad, good[1]])

    assert [path for path, _ in batch.results] == good
    assert len(batch.errors) == len(bad)
    for path, error in zip(bad, batch.errors, strict=True):
        assert path.name in str(error)
        assert error.hint
        assert not str(error).endswith(".")


def test_wrong_suffix_is_recognised_by_content(tmp_path: Path) -> None:
    """The error says what the file really is."""
    with pytest.raises(InputError, match="plain text"):
        read_file(put(tmp_path, "a.docx", TALK))
    with pytest.raises(InputError, match="PDF"):
        read_file(put(tmp_path, "a.txt", b"%PDF-1.7 halo"))


def test_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """The limit is said in the message."""
    with pytest.raises(InputError, match="at most 0 MB"):
        read_file(put(tmp_path, "a.txt", b"x" * 2000), max_bytes=1000)


def test_file_open_in_word_has_a_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows answers PermissionError for a file that Word holds open."""
    path = put(tmp_path, "a.docx", b"PK")

    def held(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", held)

    with pytest.raises(InputError, match="another program") as caught:
        read_file(path)
    assert "Word" in (caught.value.hint or "")


def test_unreadable_disk_has_a_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sync folder that is offline is not a traceback."""
    path = put(tmp_path, "a.txt")

    def broken(self: Path) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "read_bytes", broken)

    with pytest.raises(InputError, match="Input/output error"):
        read_file(path)


def test_missing_file_offers_the_nearest_name(tmp_path: Path) -> None:
    """A slip of the keyboard is met with the name that was meant."""
    put(tmp_path, "informan-01.txt")

    with pytest.raises(NotFoundError) as caught:
        read_file(tmp_path / "informan-O1.txt")
    assert caught.value.nearest == ("informan-01.txt",)


def test_folders_are_expanded(tmp_path: Path) -> None:
    """A folder stands for the files in it that can be read; lock files, hidden files and read-me files do not count."""
    for name in ("b.txt", "a.md", "~$a.docx", ".hidden.txt", "README.md", "baca-saya.txt", "gambar.png"):
        put(tmp_path, name)
    (tmp_path / "dalam.txt").mkdir()

    batch = read_batch([tmp_path, tmp_path / "a.md", tmp_path / "~$a.docx"])

    assert [path.name for path, _ in batch.results] == ["a.md", "b.txt"]
    assert batch.errors == ()


def test_files_passed_over_are_said(tmp_path: Path) -> None:
    """What lies in a folder and is not read has a note each, but for hidden files, lock files and read-me files."""
    for name in (
        "a.txt",
        "b.doc",
        "c.pages",
        "d.WPS",
        "e.xyz",
        "tanpa-akhiran",
        ".hidden.doc",
        "~$a.docx",
        "README.pdf",
    ):
        put(tmp_path, name)
    (tmp_path / "lama").mkdir()
    (tmp_path / ".git").mkdir()
    put(tmp_path / "lama", "f.doc")

    batch = read_batch([tmp_path])

    assert {f.level for f in batch.findings} == {"note"}
    said = {f.file: str(f) for f in batch.findings}
    assert list(said) == ["b.doc", "c.pages", "d.WPS", "e.xyz", "lama", "tanpa-akhiran"]
    assert "folder" in said["lama"]
    assert "'.doc'" in said["b.doc"]
    assert ".docx" in said["c.pages"]


def test_named_files_are_not_passed_over(tmp_path: Path) -> None:
    """A file named by itself that cannot be read is an error, not a note."""
    batch = read_batch([put(tmp_path, "b.doc")])

    assert batch.findings == ()
    assert len(batch.errors) == 1


def test_links_to_nothing_in_a_folder_are_said(tmp_path: Path) -> None:
    """A link whose file is gone is no file, whatever its name."""
    put(tmp_path, "a.txt")
    link(tmp_path / "b.txt", tmp_path / "hilang.txt")

    batch = read_batch([tmp_path])

    assert [path.name for path, _ in batch.results] == ["a.txt"]
    assert [(f.level, f.file) for f in batch.findings] == [("note", "b.txt")]


def link(place: Path, target: Path) -> None:
    try:
        place.symlink_to(target)
    except OSError:  # Windows allows links to few
        pytest.skip("no links here")


def test_link_to_nothing_has_a_clear_error(tmp_path: Path) -> None:
    """The name is there, what it stands for is not; its own name is no advice."""
    link(tmp_path / "b.txt", tmp_path / "hilang.txt")

    with pytest.raises(InputError, match="link") as caught:
        read_file(tmp_path / "b.txt")
    assert caught.value.hint


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_pipe_is_refused_without_being_opened(tmp_path: Path) -> None:
    """Opening a pipe would wait for ever."""
    os.mkfifo(tmp_path / "pipa.txt")

    with pytest.raises(InputError, match="no regular file") as caught:
        read_file(tmp_path / "pipa.txt")
    assert caught.value.hint
    batch = read_batch([tmp_path / "pipa.txt", put(tmp_path, "a.txt")])
    assert [type(error) for error in batch.errors] == [InputError]
    assert len(batch.results) == 1


def test_empty_folder_is_an_error(tmp_path: Path) -> None:
    """Nothing to read is said, not passed over."""
    batch = read_batch([tmp_path])

    assert [type(error) for error in batch.errors] == [InputError]


def test_two_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """Transcripts are called as their files; the second of a name gets a number, its informant too, and that is doubtful."""
    (tmp_path / "satu").mkdir()
    (tmp_path / "dua").mkdir()
    files = [
        put(tmp_path / "satu", "sama.txt"),
        put(tmp_path / "dua", "sama.txt", TALK + "P: Oh?\n"),
        put(tmp_path / "dua", "sama (2).txt"),
        put(tmp_path / "satu", "sama.md", "FGD\nM: Apa?\nP1: Es.\nP2: Teh.\nM: Oh?\nP1: Ya.\nP2: Ya.\n"),
        put(tmp_path / "satu", "rusak.txt", b""),
        put(tmp_path / "dua", "rusak.txt"),
    ]

    batch = read_batch(files)

    corpora = [result.corpus for _, result in batch.results]
    names = ["sama", "sama (2)", "sama (2) (2)", "sama (3)", "rusak"]
    assert [t.name for c in corpora for t in c.transcripts] == names
    assert [[i.id for i in c.informants] for c in corpora] == [
        ["sama"],
        ["sama (2)"],
        ["sama (2) (2)"],
        ["sama (3)/p1", "sama (3)/p2"],
        ["rusak"],
    ]
    assert [o.filename for _, r in batch.results for o in r.originals.values()][:2] == ["sama.txt", "sama.txt"]
    doubts = [f for f in batch.findings if f.level == "doubtful"]
    assert [(f.file, f.parameters["name"]) for f in doubts] == [
        ("sama.txt", "sama (2)"),
        ("sama (2).txt", "sama (2) (2)"),
        ("sama.md", "sama (3)"),
    ]
    assert "satu/sama.txt" in str(doubts[0])
    assert read_batch(files).findings == batch.findings


def test_informant_of_two_files_is_said(tmp_path: Path) -> None:
    """Two interviews with one informant are recognised by the code in their headers, and each file says so."""
    head = "Kode informan : INF-B\nUsia : 40\n\n"
    batch = read_batch([put(tmp_path, f"{name}.txt", head + TALK) for name in ("a", "b")] + [put(tmp_path, "c.txt")])

    assert [i.id for _, r in batch.results for i in r.corpus.informants] == ["INF-B", "INF-B", "c"]
    assert [(f.level, f.file, str(f)) for f in batch.findings] == [
        ("recognised", "a.txt", "a.txt: informant 'INF-B' is also in b.txt"),
        ("recognised", "b.txt", "b.txt: informant 'INF-B' is also in a.txt"),
    ]


def test_progress_is_told(tmp_path: Path) -> None:
    """Each file is announced before it is read, and the end is."""
    seen: list[tuple[int, int, str]] = []
    read_batch([put(tmp_path, "a.txt"), put(tmp_path, "b.txt")], None, lambda *told: seen.append(told))

    assert seen == [(0, 2, "a.txt"), (1, 2, "b.txt"), (2, 2, "")]


def test_ctrl_c_goes_through(tmp_path: Path) -> None:
    """An interrupt is not swallowed as a bad file."""

    def interrupt(done: int, total: int, name: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_batch([put(tmp_path, "a.txt")], None, interrupt)


def test_name_with_spaces_and_capital_suffix(tmp_path: Path) -> None:
    """Windows users write WAWANCARA 1.TXT."""
    (transcript,) = read_transcripts(put(tmp_path, "Wawancara Ibu 1.TXT"))

    assert transcript.name == "Wawancara Ibu 1"
    assert len(transcript.turns) == 4


def test_read_transcripts_raises_the_first_error(tmp_path: Path) -> None:
    """Without a batch there is nothing to go on with."""
    with pytest.raises(InputError):
        read_transcripts(put(tmp_path, "a.txt", b""))


def test_text_is_the_decoded_text(tmp_path: Path) -> None:
    """No mark, newlines only, and no normalisation: a letter with a combining mark stays two code points."""
    (transcript,) = read_transcripts(put(tmp_path, "a.txt", codecs.BOM_UTF8 + "P: kafe\u0301 😀\r\nN: ya\r\n".encode()))

    assert transcript.text == "P: kafe\u0301 😀\nN: ya\n"


def test_same_bytes_give_the_same_text_and_originals_are_kept(tmp_path: Path) -> None:
    """The digest tells whether a file was imported before; the bytes stay as they came."""
    one = read_file(put(tmp_path, "a.txt", TALK.replace("\n", "\r\n")))
    two = read_file(put(tmp_path, "b.txt", TALK))

    assert one.corpus.transcripts[0].sha256 == two.corpus.transcripts[0].sha256
    assert one.originals[one.corpus.transcripts[0].guid].data == TALK.replace("\n", "\r\n").encode()


def test_speakers_of_the_user_reach_the_transcript(tmp_path: Path) -> None:
    """--speaker corrects roles and whose voice it is."""
    options = ImportOptions(speakers={"P": Role.INFORMANT, "N": Role.INTERVIEWER})
    result = read_file(put(tmp_path, "a.txt"), options)

    assert [t.role for t in result.corpus.transcripts[0].turns[:2]] == [Role.INFORMANT, Role.INTERVIEWER]
    assert result.corpus.transcripts[0].turns[0].informant == result.corpus.informants[0].guid


def test_label_of_no_file_is_doubtful(tmp_path: Path) -> None:
    """A role for a label that one file has is fine; one for a label that none has is said once, with the labels there are."""
    files = [put(tmp_path, "a.txt"), put(tmp_path, "b.txt", TALK.replace("N:", "J:"))]
    batch = read_batch(files, ImportOptions(speakers={"j": Role.INFORMANT, "Nn": Role.INFORMANT}))

    (doubt,) = batch.findings
    assert (doubt.level, doubt.file) == ("doubtful", "")
    assert "'Nn'" in str(doubt)
    assert "J, N, P" in str(doubt)


def test_label_is_not_missed_where_nothing_could_be_read(tmp_path: Path) -> None:
    """Files that failed have their own errors."""
    batch = read_batch([put(tmp_path, "a.txt", b"")], ImportOptions(speakers={"P": Role.INFORMANT}))

    assert batch.findings == ()


def test_every_suffix_has_one_importer() -> None:
    """No two built-in importers read the same suffix."""
    assert set(extensions()) == {
        suffix for name in batch_module.registry.builtins for suffix in batch_module.registry.get(name).extensions
    }
    assert {".txt", ".md", ".docx", ".csv", ".xlsx"} <= set(extensions())


def test_shipped_interviews_are_read_whole(root: Path, tmp_path: Path) -> None:
    """In every sample interview both sides speak, nobody is unknown, and nothing is doubtful."""
    folder = root / "transcripts" / "contoh"
    names = sorted(p.name for p in folder.iterdir() if p.stem.startswith(("informan-", "kelompok-", "observasi-")))
    for name in names:
        shutil.copy(folder / name, tmp_path)

    batch = read_batch([tmp_path])

    assert batch.errors == ()
    assert [path.name for path, _ in batch.results] == names
    for path, result in batch.results:
        assert [str(f) for f in result.findings if f.level == "doubtful"] == []
        (transcript,) = result.corpus.transcripts
        if path.stem.startswith("observasi"):
            assert transcript.turns == ()
            continue
        assert len(transcript.turns) > 40
        assert {Role.OTHER} & {turn.role for turn in transcript.turns} == set()
        assert any(turn.role.asks for turn in transcript.turns)
        if path.stem.startswith("informan"):
            assert [i.id for i in result.corpus.informants] == [path.stem]
