"""Corpus → file: one module a format.

A new format is one module here with one public subclass of `Exporter`; nobody keeps a list.
"""

from __future__ import annotations

from pathlib import Path

from qualcode.errors import N_, NotFoundError
from qualcode.exporters._base import Exporter
from qualcode.files.cells import guard, unguard
from qualcode.i18n import translator
from qualcode.model import Corpus
from qualcode.plugins import Registry
from qualcode.privacy.consent import NOTICE, withhold
from qualcode.privacy.generalise import generalise

__all__ = ["Exporter", "builtins", "export", "get", "guard", "names", "unguard"]

_REGISTRY: Registry[Exporter] = Registry("qualcode.exporters", Exporter)  # type: ignore[type-abstract]


def builtins() -> tuple[str, ...]:
    """Return the names of the exporters that come with qualcode."""
    return _REGISTRY.builtins


def names() -> tuple[str, ...]:
    """Return the names of all exporters, other packages' too."""
    return _REGISTRY.names


def get(name: str) -> type[Exporter]:
    """Return the exporter called *name*.

    Raises
    ------
    NotFoundError
        With the nearest names, if there is none.
    """
    return _REGISTRY.get(name)


def export(
    corpus: Corpus,
    path: str | Path,
    *,
    format: str | None = None,
    language: str = "id",
    allow_quotes: bool = False,
    generalised: bool = False,
) -> None:
    """Write the codings of *corpus* to *path*, whole or not at all; a file that is there is replaced.

    What informants said who may not be quoted is not in it: exporters are given a corpus without their words.

    Parameters
    ----------
    corpus : Corpus
        What to write.
    path : str or Path
        Where. Its suffix chooses the format.
    format : str, optional
        Name of an exporter, whatever the suffix.
    language : {"id", "en"}
        Of headings and explanations, in formats made to be read by people.
    allow_quotes : bool
        Write everybody's words, as for somebody who works on the study.
    generalised : bool
        Write attributes in the coarser form that the study says, or that is usual (see `qualcode.privacy.generalise`).

    Raises
    ------
    NotFoundError
        If no exporter has this name or suffix.
    InputError
        If the folder does not exist, or the format cannot hold the corpus.
    ProjectFileError
        If the file cannot be written, for instance because it is open in Excel.
    """
    path = Path(path)
    chosen = get(format) if format is not None else _by_suffix(path)
    if generalised:
        corpus = generalise(corpus, language=language)
    shown = corpus if allow_quotes else withhold(corpus, notice=translator(language)(NOTICE))
    chosen(language=language).write(shown, path)


def _by_suffix(path: Path) -> type[Exporter]:
    """Return the exporter whose suffix *path* has."""
    known: dict[str, type[Exporter]] = {}
    for name in names():
        known.setdefault(get(name).suffix, get(name))
    found = known.get(path.suffix.lower())
    if found is None:
        raise NotFoundError(
            N_("no export format for the suffix {name!r}"),
            hint=N_("end the file name in one of {suffixes}, or name the format"),
            name=path.suffix,
            file=path,
            suffixes=", ".join(sorted(known)),
        )
    return found
