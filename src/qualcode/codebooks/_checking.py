"""Whether a codebook file says what its author means."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from qualcode.codebooks._false_friends import false_friends
from qualcode.codebooks._files import locate, read_codebook
from qualcode.codebooks.base import CodebookReading
from qualcode.errors import N_, InputError, fill, shorten
from qualcode.model import Code, Codebook, Finding
from qualcode.rules.tagger import Hit, Tagger

__all__ = ["check"]

WITH_QUESTION = re.compile(r"tanya:\s*(?P<question>.+?)\s*jawab:\s*(?P<answer>.+)", re.DOTALL | re.IGNORECASE)


def check(name_or_path: str | os.PathLike[str], *, columns: Mapping[str, str] | None = None) -> tuple[Finding, ...]:
    """Return what is wrong or doubtful in the codebook of that name or file.

    Everything that keeps it from loading is *damage*, with what to do in the parameter ``hint``. In a sound codebook an example that none of its code's rules find, and a near miss
    that one does, and a keyword that is another word in another language of the region, are *doubtful*; a code without keywords or definition is a *note*. An example may give the question it
    answers: ``tanya: Punya BPJS? jawab: Nggak ada.`` *columns* names the columns of a table, as in `load_codebook`.

    Raises
    ------
    NotFoundError
        If there is no such file or shipped codebook.
    InputError
        If the file cannot be read at all.
    """
    path = locate(name_or_path)
    reading = read_codebook(path, columns)
    damage = tuple(_from_problem(problem, path.name) for problem in reading.problems)
    if reading.codebook is None:
        return (*reading.findings, *damage)
    return (*reading.findings, *damage, *_doubts(reading.codebook, reading, path.name))


def _from_problem(problem: InputError, file: str) -> Finding:
    parameters = {**problem.parameters, **({"hint": fill(problem.hint, problem.parameters)} if problem.hint else {})}
    return Finding("damage", problem.message, file, problem.line, "codebook", parameters)


def _doubts(codebook: Codebook, reading: CodebookReading, file: str) -> Iterator[Finding]:
    for code in codebook.codes:
        line = reading.lines.get((code.key, "key", 0))
        if not code.definition:
            yield Finding("note", N_("code {code!r} has no definition"), file, line, "definition", {"code": code.key})
        if not code.keywords:
            yield Finding("note", N_("code {code!r} has no keywords"), file, line, "keywords", {"code": code.key})
            continue
        tagger = Tagger(replace(codebook, codes=(replace(code, active=True, parent=None),)))
        yield from _examples(tagger, code, reading, file)
        yield from false_friends(code, codebook.macros, reading, file)


def _examples(tagger: Tagger, code: Code, reading: CodebookReading, file: str) -> Iterator[Finding]:
    for number, example in enumerate(code.examples):
        if not _hits(tagger, example):
            yield Finding(
                "doubtful",
                N_("no rule of code {code!r} finds its example {text!r}"),
                file,
                reading.lines.get((code.key, "examples", number)),
                "example",
                {"code": code.key, "text": shorten(example)},
            )
    for number, near_miss in enumerate(code.near_misses):
        for hit in _hits(tagger, near_miss):
            yield Finding(
                "doubtful",
                N_("a rule of code {code!r} finds its near miss {text!r}: {rule!r}"),
                file,
                reading.lines.get((code.key, "near_misses", number)),
                "near_miss",
                {"code": code.key, "text": shorten(near_miss), "rule": hit.evidence[0].rule},
            )


def _hits(tagger: Tagger, example: str) -> tuple[Hit, ...]:
    with_question = WITH_QUESTION.fullmatch(example.strip())
    if with_question:
        return tagger.hits(with_question["answer"], question=with_question["question"])
    return tagger.hits(example)
