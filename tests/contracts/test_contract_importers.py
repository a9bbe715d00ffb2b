"""Every built-in importer is discovered and held to the contract by its samples."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest

from qualcode.errors import InputError, NotFoundError
from qualcode.importers import ImportOptions, Source, registry
from qualcode.testing.__main__ import main
from qualcode.testing.importers import Sample, check_result, describe, generate, read_sample, samples

DATA = Path(__file__).parent.parent / "data" / "importers"
SAMPLES = [sample for name in registry.builtins for sample in samples(name, DATA)]


def test_every_sample_belongs_to_an_importer() -> None:
    """A folder of samples without an importer would never be read."""
    assert {folder.name for folder in DATA.iterdir() if folder.is_dir()} == set(registry.builtins)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: f"{s.importer}/{s.path.name}")
def test_sample_is_read_as_expected(sample: Sample) -> None:
    """The importer makes of the sample what stands beside it."""
    expected = json.loads(sample.expected.read_text(encoding="utf-8"))

    assert expected == describe(read_sample(sample))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: f"{s.importer}/{s.path.name}")
def test_result_keeps_the_rules(sample: Sample) -> None:
    """Originals, digests, guids, turns and findings are as for every importer; the same input gives the same result."""
    result = read_sample(sample)

    check_result(result, Source(sample.path.name, sample.path.read_bytes(), sample.path))
    assert result == read_sample(sample)


@pytest.mark.parametrize("name", registry.builtins)
def test_importer_is_documented_and_has_suffixes(name: str) -> None:
    """The docstring is the documentation; suffixes are in lower case and begin with a point."""
    importer = registry.get(name)

    assert importer.__doc__
    assert importer.extensions
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in importer.extensions)


@pytest.mark.parametrize("name", registry.builtins)
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   \n ",
        b"\x00\x01\x02\xff" * 500,
        b"%PDF-1.7 rusak",
        b"PK\x03\x04 rusak",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    ],
    ids=["empty", "blank", "binary", "pdf", "zip", "ole2"],
)
def test_bad_input_is_one_clear_error(name: str, data: bytes) -> None:
    """Whatever the importer, the error names the file and says what to do."""
    with pytest.raises(InputError) as caught:
        registry.get(name)().read(Source("contoh.dat", data), ImportOptions())

    assert str(caught.value).startswith("contoh.dat:")
    assert caught.value.hint


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: f"{s.importer}/{s.path.name}")
def test_truncated_sample_never_crashes(sample: Sample) -> None:
    """A file cut off anywhere is read as far as it goes, or is an error of ours."""
    data = sample.path.read_bytes()
    for part in range(1, 12):
        source = Source(sample.path.name, data[: len(data) * part // 12])
        with contextlib.suppress(InputError):
            check_result(registry.get(sample.importer)().read(source, sample.options), source)


def test_importer_without_sample_fails(tmp_path: Path) -> None:
    """The suite cannot be passed by having nothing to test."""
    with pytest.raises(NotFoundError, match="no sample"):
        samples("txt", tmp_path)


def test_generated_expectation_is_what_is_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What ``--generate`` writes passes, and fails once the sample says something else."""
    sample = tmp_path / "txt" / "a.txt"
    sample.parent.mkdir()
    sample.write_text("P: Apa kabar?\nN: Baik.\n", encoding="utf-8")

    assert main(["importer", "txt", "--data", str(tmp_path), "--generate"]) == 0
    assert main(["importer", "txt", "--data", str(tmp_path)]) == 0
    sample.write_text("P: Apa kabar?\nN: Buruk.\n", encoding="utf-8")
    assert main(["importer", "txt", "--data", str(tmp_path)]) == 1
    assert main(["importer", "vtt", "--data", str(tmp_path)]) == 1
    assert "FAIL a.txt" in capsys.readouterr().out
    assert generate("txt", tmp_path) == (sample.with_name("a.txt.expected.json"),)
