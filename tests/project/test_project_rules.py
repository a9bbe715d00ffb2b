"""Rules of a study: looked at, accepted in the place of others, locked, forbidden; groups of words made codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.errors import ConflictError, InputError, NotFoundError
from qualcode.model import RuleVerdict
from qualcode.project import Project
from qualcode.rules import RuleError
from qualcode.suggesters.patterns import Share


def decided(study: Project) -> list[tuple[str, str, RuleVerdict]]:
    return [(d.code, d.rule, d.verdict) for d in study.decided_rules()]


def test_rules_of_all_codes_or_of_one(study: Project) -> None:
    study.code("informan-01", turn=2, code="hujan")

    assert [(e.code, len(e.catches), str(e.precision), len(e.missed)) for e in study.rules()] == [
        ("hujan", 2, "1/1", 0), ("arisan", 2, "0/0", 0), ("kosong", 0, "0/0", 0),
    ]  # fmt: skip
    assert [e.rule for e in study.rules("hujan")] == ["nggak nentu", "sepi", ""]
    with pytest.raises(NotFoundError, match="hujn"):
        study.rules("hujn")


def test_a_rule_is_tried_and_nothing_is_changed(study: Project) -> None:
    before = study.codebook
    effect = study.try_rule("hujan", " rame NEAR/2 sepi ")

    assert len(effect.catches) == 1
    assert effect.precision == Share(0, 0)
    assert study.codebook == before
    with pytest.raises(InputError, match="the rule is empty"):
        study.try_rule("hujan", "")


def test_accepted_in_the_place_of_another(study: Project) -> None:
    code = study.accept_rule("hujan", "(sepi) NOT/5 rumah", instead_of="sepi", shown="3/3")

    assert code.keywords == ("nggak nentu", "(sepi) NOT/5 rumah")
    assert decided(study) == [("hujan", "(sepi) NOT/5 rumah", RuleVerdict.ACCEPTED)]
    study.undo()
    assert study.codebook.code("hujan").keywords == ("nggak nentu", "sepi")
    assert decided(study) == []


def test_a_rule_that_changed_meanwhile_is_not_replaced(study: Project) -> None:
    study.edit_code("hujan", keywords=("hujan",))

    with pytest.raises(NotFoundError, match="no rule 'sepi'"):
        study.accept_rule("hujan", "sepi NOT rumah", instead_of="sepi")
    assert decided(study) == []


def test_a_locked_rule_is_not_replaced_until_it_is_free(study: Project) -> None:
    study.lock_rule("hujan", "sepi")

    with pytest.raises(ConflictError, match="locked"):
        study.accept_rule("hujan", "sepi NOT rumah", instead_of="sepi")
    study.free_rule("hujan", "sepi")
    assert study.accept_rule("hujan", "sepi NOT rumah", instead_of="sepi").keywords == ("nggak nentu", "sepi NOT rumah")


def test_a_rule_of_the_code_cannot_be_forbidden(study: Project) -> None:
    with pytest.raises(ConflictError, match="has the rule"):
        study.forbid_rule("hujan", "sepi")
    study.forbid_rule("hujan", "becek")
    assert decided(study) == [("hujan", "becek", RuleVerdict.FORBIDDEN)]


def test_a_rule_that_cannot_be_read_says_where(study: Project) -> None:
    for act in (study.accept_rule, study.lock_rule, study.forbid_rule):
        with pytest.raises(RuleError) as caught:
            act("hujan", "sepi NEAR")
        assert caught.value.column == 10


def test_decisions_survive_closing(study: Project, tmp_path: Path) -> None:
    study.forbid_rule("hujan", "becek")
    study.close()

    with Project.open(tmp_path / "uji.qualcode", coder="dewi") as again:
        assert [(d.coder, d.rule) for d in again.decided_rules("hujan")] == [("rani", "becek")]
        again.free_rule("hujan", "becek")
        assert again.decided_rules() == ()


def test_too_little_is_coded_or_said_to_learn_from(study: Project) -> None:
    assert set(study.learn_rules().silent.values()) == {"fewer than three passages are coded so"}
    assert study.explore().silent
    with pytest.raises(NotFoundError, match="no group of words"):
        study.accept_group("abcdef", "kode baru")
    assert "kode-baru" not in study.codebook
