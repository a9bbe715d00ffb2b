"""The tagger in a spaCy pipeline and over tables."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import spacy

from qualcode.codebooks import load_codebook
from qualcode.nlp import blank
from qualcode.rules import tag

CODEBOOK = Path(__file__).parent.parent / "data" / "codebooks" / "pedagang.yaml"


@pytest.fixture(scope="module")
def nlp() -> spacy.language.Language:
    made = spacy.blank("id")
    made.add_pipe("qualcode_tagger", config={"codebook": str(CODEBOOK)})
    return made


def test_component_writes_a_span_group(nlp: spacy.language.Language) -> None:
    """Each hit is a labelled span over the same words as the library's hit, whatever the tokenizer."""
    text = "Halo 😀. Boro-boro BPJS-nya, makan aja susah. Dagangan sepi!"
    doc = nlp(text)

    assert [(span.label_, span.text) for span in doc.spans["qualcode"]] == [
        ("sepi", "Dagangan sepi!"),
        ("jaminan", "Boro-boro BPJS-nya, makan aja susah."),
    ]
    assert doc.spans["qualcode"][0].id_ == "Dagangan sepi"
    assert doc.text == text


def test_component_leaves_a_text_without_hits_with_an_empty_group(nlp: spacy.language.Language) -> None:
    """A pipeline can always read the group."""
    assert [len(doc.spans["qualcode"]) for doc in nlp.pipe(["", "Halo."])] == [0, 0]


def test_component_leaves_the_shared_pipeline_alone(nlp: spacy.language.Language) -> None:
    """Adding the component to one's own pipeline does not change ours."""
    assert nlp.pipe_names == ["qualcode_tagger"]
    assert blank().pipe_names == []


def test_component_says_which_codebook_is_missing() -> None:
    """A wrong name is a NotFoundError when the first text comes."""
    wrong = spacy.blank("xx")
    wrong.add_pipe("qualcode_tagger", config={"codebook": "prekariatt-yang-tak-ada"})

    with pytest.raises(LookupError, match="no codebook called 'prekariatt-yang-tak-ada'"):
        wrong("halo")


def test_tag_gives_a_row_a_hit() -> None:
    """Texts are numbered from 0; missing ones have no rows; the code is a category in codebook order."""
    book = load_codebook(CODEBOOK)
    frame = tag(["Dagangan sepi. Sehari gocap.", None, float("nan"), "halo", "sepi pembeli"], book)  # type: ignore[list-item]

    assert list(frame.columns) == ["text", "start", "end", "code", "evidence"]
    assert frame.astype({"code": str}).to_numpy().tolist() == [
        [0, 0, 14, "sepi", "Dagangan sepi"],
        [0, 15, 28, "upah", "Sehari gocap"],
        [4, 0, 12, "sepi", "sepi pembeli"],
    ]
    assert [code.key for code in book] == list(frame["code"].cat.categories)


def test_tag_keeps_the_index_of_a_series() -> None:
    """Rows of a table keep their labels, so that hits can be joined back."""
    texts = pd.Series(["halo", "sepi pembeli"], index=["r7", "r9"])

    assert list(tag(texts, load_codebook(CODEBOOK))["text"]) == ["r9"]


def test_tag_of_nothing_has_columns() -> None:
    """No texts, no rows, the same columns."""
    assert list(tag([], load_codebook(CODEBOOK)).columns) == ["text", "start", "end", "code", "evidence"]
