"""Reading many files: errors are collected, the good ones go on."""

from __future__ import annotations

import codecs
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


def test_empty_folder_is_an_error(tmp_path: Path) -> None:
    """Nothing to read is said, not passed over."""
    batch = read_batch([tmp_path])

    assert [type(error) for error in batch.errors] == [InputError]


def test_two_files_of_one_name_are_not_mixed_up(tmp_path: Path) -> None:
    """Transcripts are called as their files; a second one of that name is an error, not a replacement."""
    batch = read_batch([put(tmp_path, "a.txt"), put(tmp_path, "a.md")])

    assert len(batch.results) == 1
    assert "'a'" in str(batch.errors[0])


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
