"""A codebook that grows out of the data: open codes, grouped, merged, and all of it undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode import i18n
from qualcode.errors import ConflictError, InputError, NotFoundError
from qualcode.project import Project

TALK = "P: Gimana, Bu?\nN: Utang dulu ke warung, nanti bayar.\nP: Terus?\nN: Ya muter lagi, gali lobang.\n"


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    """Return a study without a codebook."""
    (tmp_path / "w1.txt").write_text(TALK, encoding="utf-8")
    with Project.create(tmp_path / "a.qualcode", codebook=None, coder="rani") as made:
        made.import_files(tmp_path / "w1.txt")
        yield made


def tree(study: Project) -> list[tuple[str, str | None, str]]:
    """Return key, parent and stage of every code."""
    return [(code.key, code.parent, code.stage) for code in study.codebook]


def test_from_open_codes_to_a_category(study: Project) -> None:
    first = study.open_code("utang ke warung")
    study.code("w1", turn=2, code=first.key)
    second = study.open_code("Gali lobang")
    study.code("w1", turn=4, code=second.key)
    assert study.open_code("UTANG KE WARUNG") == first

    above = study.group_codes([first.key, second.key], "Menyambung hidup", stage="axial")

    assert above.name == "Menyambung hidup"
    assert tree(study) == [
        ("menyambung-hidup", None, "axial"),
        ("utang-ke-warung", "menyambung-hidup", "open"),
        ("gali-lobang", "menyambung-hidup", "open"),
    ]
    assert {coding.code for coding in study.corpus().codings} == {"utang-ke-warung", "gali-lobang"}

    study.undo()

    assert tree(study) == [("utang-ke-warung", None, "open"), ("gali-lobang", None, "open")]
    study.redo()
    assert study.check(rebuild=True) == ()
    assert len(tree(study)) == 3


def test_a_colour_is_one(study: Project) -> None:
    code = study.add_code("utang", colour="#a00000")
    for colour in ("merah", "#fff", "red; } body { display: none"):
        with pytest.raises(InputError, match="six hexadecimal digits"):
            study.edit_code(code.key, colour=colour)
        with pytest.raises(InputError, match="six hexadecimal digits"):
            study.add_code("lain", colour=colour)
    assert [each.colour for each in study.codebook] == ["#a00000"]


def test_a_category_that_exists_takes_more(study: Project) -> None:
    study.add_code("Ekonomi", key="ekonomi")
    for name in ("upah", "utang"):
        study.open_code(name)

    study.group_codes(["upah"], "ekonomi")
    study.group_codes(["utang"], "Ekonomi")

    assert [code.key for code in study.codebook.children("ekonomi")] == ["upah", "utang"]
    with pytest.raises(ConflictError, match="under itself"):
        study.group_codes(["ekonomi"], "upah")


def test_merging_changes_no_coding_and_comes_undone(study: Project) -> None:
    for name in ("utang", "ngutang"):
        study.open_code(name)
    study.code("w1", turn=2, code="ngutang")

    study.merge_codes("ngutang", "utang")

    assert [coding.code for coding in study.corpus().codings] == ["utang"]
    study.undo()
    assert [coding.code for coding in study.corpus().codings] == ["ngutang"]


def test_editing_says_what_is_wrong(study: Project) -> None:
    study.open_code("utang")

    code = study.edit_code(
        "utang", definition="pinjam untuk makan", keywords=["ngutang", "utang ~3 warung"], stage="axial"
    )

    assert (code.definition, code.keywords, code.stage) == (
        "pinjam untuk makan",
        ("ngutang", "utang ~3 warung"),
        "axial",
    )
    with pytest.raises(InputError):
        study.edit_code("utang", keywords=["(utang"])
    with pytest.raises(InputError, match="stage"):
        study.edit_code("utang", stage="terbuka sekali")
    with pytest.raises(InputError, match="no field"):
        study.edit_code("utang", arti="x")
    with pytest.raises(NotFoundError, match="no code"):
        study.edit_code("utangg", name="x")
    assert study.edit_code("utang", name="Utang harian").name == "Utang harian"
    assert study.rename_code("utang", "utang-harian").key == "utang-harian"


def test_retired_and_used_again(study: Project) -> None:
    study.open_code("utang")
    study.code("w1", turn=2, code="utang")

    assert not study.retire_code("utang").active
    assert len(study.corpus().codings) == 1
    assert study.use_code("utang").active


def test_moving_to_the_top(study: Project) -> None:
    study.open_code("utang")
    study.group_codes(["utang"], "ekonomi")

    assert study.move_code("utang", None).parent is None
    assert study.move_code("utang", "ekonomi").parent == "ekonomi"


def test_names_that_make_no_code(study: Project) -> None:
    with pytest.raises(InputError, match="needs a name"):
        study.add_code("  ")
    study.add_code("utang")
    with pytest.raises(ConflictError, match="in use"):
        study.add_code("utang")
    with pytest.raises(NotFoundError):
        study.add_code("lain", under="tidak-ada")
    with pytest.raises(InputError, match="name the codes"):
        study.group_codes([], "x")


def test_the_old_key_of_a_merged_code_says_what_became_of_it(study: Project) -> None:
    for name in ("utang", "ngutang", "pinjam"):
        study.open_code(name)
    study.merge_codes("ngutang", "utang")
    study.merge_codes("utang", "pinjam")
    first = study.log(language="en")[1]

    merged = study.codebook.merged_as("ngutang")
    with pytest.raises(
        NotFoundError, match=r"'ngutang' was merged into 'pinjam' on .* \(number \d+ in the log\)"
    ) as caught:
        study.code("w1", turn=2, code="ngutang")

    assert merged is not None
    assert (merged.into, merged.number) == ("pinjam", first["number"])
    assert (first["verb"], first["at"]) == ("merge codes", i18n.utc(merged.at))
    assert "use pinjam" in i18n.hint(caught.value, "en")
    with pytest.raises(NotFoundError, match="was merged into 'pinjam'"):
        study.open_code("Ngutang")
    study.undo()
    assert study.codebook.merged_as("ngutang").into == "utang"  # type: ignore[union-attr]
    study.undo()
    assert study.codebook.code("ngutang").key == "ngutang"
    assert study.codebook.merged == ()


def test_a_code_that_took_the_key_of_a_merged_one_is_meant_by_it(study: Project) -> None:
    for name in ("utang", "ngutang"):
        study.open_code(name)
    study.merge_codes("ngutang", "utang")
    study.rename_code("utang", "kasbon")

    assert study.codebook.merged_as("ngutang").into == "kasbon"  # type: ignore[union-attr]
    with pytest.raises(NotFoundError, match="no code 'utang'"):
        study.codebook.code("utang")


def test_the_log_names_the_codes_of_a_merge(study: Project) -> None:
    for name in ("utang", "ngutang"):
        study.open_code(name)
    study.merge_codes("ngutang", "utang")

    row = study.log(language="en")[0]

    assert row["verb"] == "merge codes"
    assert "ngutang → utang" in str(row["change"])
    study.undo()
    assert "ngutang → utang" in str(study.log(language="en")[0]["change"])


def test_log_numbers_count_from_the_first_whoever_is_asked_for(study: Project) -> None:
    for name in ("a", "b", "c"):
        study.open_code(name)

    rows = study.log(n=None, language="en")

    assert [row["number"] for row in rows] == list(range(len(rows), 0, -1))
    assert [row["number"] for row in study.log(n=2, language="en")] == [len(rows), len(rows) - 1]
