"""The spaCy components in a pipeline that is not ours."""

from __future__ import annotations

from importlib.metadata import entry_points

import pytest
import spacy

NAMES = ("sentences", "normaliser", "lemmatiser", "languages", "words", "amounts")
TEXT = "Saya nabung 700rb di pkl. 5 😀. Duitnya abis, gocap doang. gusti Allah mboten sare. anu, anak-anak jajan2"


@pytest.fixture(scope="module")
def nlp() -> spacy.language.Language:
    made = spacy.blank("id")
    for name in NAMES:
        made.add_pipe(f"qualcode_{name}")
    return made


def test_factories_are_entry_points() -> None:
    """spacy.blank finds them without an import of ours: every factory in the table of the module is installed."""
    from qualcode.nlp import components

    installed = {point.name for point in entry_points(group="spacy_factories")}

    assert {f"qualcode_{name}" for name in NAMES} <= installed
    assert all(f"``qualcode_{name}``" in str(components.__doc__) for name in NAMES)


def test_components_annotate_without_changing_the_text(nlp: spacy.language.Language) -> None:
    """Everything that the table of the module promises is there, whatever the tokenizer."""
    doc = nlp(TEXT)
    by_text = {token.text: token for token in doc}

    assert doc.text == TEXT
    assert [sentence.text.strip() for sentence in doc.sents] == [
        "Saya nabung 700rb di pkl. 5 😀.",
        "Duitnya abis, gocap doang.",
        "gusti Allah mboten sare.",
        "anu, anak-anak jajan2",
    ]
    assert by_text["nabung"]._.standard == "menabung"
    assert (by_text["nabung"].lemma_, by_text["nabung"]._.stem) == ("tabung", "tabung")
    assert by_text["Duitnya"]._.clitics == ("nya",)
    assert by_text["anak-anak"]._.is_doubled
    assert by_text["anu"]._.is_filler
    assert by_text["di"]._.is_stop_word
    assert by_text["mboten"]._.language == "jv"
    assert by_text["nabung"]._.language == "id"
    assert [(span.text, span.label_) for span in doc.spans["languages"]] == [("gusti Allah mboten sare", "jv")]
    assert [(span.text, span._.low, span._.high, span._.reason) for span in doc.spans["amounts"]] == [
        ("700rb", 700_000, 700_000, ""),
        ("gocap", 50, 50_000, "slang"),
    ]


def test_components_work_on_empty_texts_and_in_batches(nlp: spacy.language.Language) -> None:
    """nlp.pipe gives what nlp gives."""
    docs = list(nlp.pipe(["", " ", "Ya."]))

    assert [len(list(doc.sents)) for doc in docs] == [0, 1, 1]
    assert [len(doc.spans["amounts"]) for doc in docs] == [0, 0, 0]


def test_a_pipeline_may_hold_one_component_alone() -> None:
    """None needs another."""
    for name in NAMES:
        made = spacy.blank("xx")
        made.add_pipe(f"qualcode_{name}")
        assert made(TEXT).text == TEXT
