"""What leaves a study for people to read: reports, and the log in words."""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from qualcode.errors import N_, InputError, ProjectFileError, StateError, reason_of
from qualcode.files.whole import replacing
from qualcode.model import Codings, Corpus

__all__ = ["guard_target", "marked_by_rules", "of_informant", "of_transcripts", "segment_counts", "write_report"]


TRIALS = (b'id="qualcode-trial"', b"code,recipe,n_units,", b"code,n_units,n_bearing,", b'"qualcode_trial"')
"""How our pictures, tables and JSON of trials begin."""


def segment_counts(corpus: Corpus) -> list[dict[str, object]]:
    """Return a row a transcript: its unit, its segments, and the words of the median one."""
    words: dict[str, list[int]] = {transcript.guid: [] for transcript in corpus.transcripts}
    for segment in corpus.segments:
        words[segment.transcript].append(len(corpus.quote(segment).split()))
    return [
        {
            "transcript": transcript.name,
            "unit": corpus.study.segmenter,
            "segments": len(words[transcript.guid]),
            "median_words": int(median(words[transcript.guid])) if words[transcript.guid] else None,
        }
        for transcript in corpus.transcripts
    ]


def marked_by_rules(corpus: Corpus) -> Corpus:
    """Return *corpus* with the rules' marks as suggestions where nobody has coded anything."""
    if len(corpus.codings) or not any(code.keywords for code in corpus.codebook):
        return corpus
    from qualcode import suggesters

    return corpus.with_(suggestions=suggesters.get("rules")().fit(corpus).suggest(corpus))


def of_transcripts(corpus: Corpus, names: Sequence[str]) -> Corpus:
    """Return *corpus* with the transcripts called *names* alone and the codings in them; all, where none is named.

    Raises
    ------
    NotFoundError
        If there is no transcript of a name; with the nearest names.
    """
    if not names:
        return corpus
    wanted = {corpus.transcript(name).guid for name in names}
    return corpus.with_(
        transcripts=tuple(t for t in corpus.transcripts if t.guid in wanted),
        codings=Codings(c for c in corpus.codings if c.transcript in wanted),
        segments=tuple(s for s in corpus.segments if s.transcript in wanted),
    )


def of_informant(corpus: Corpus, informant: str | None) -> Corpus:
    """Return *corpus* with the transcripts in which *informant* (id) has a voice; all, where none is named."""
    if informant is None:
        return corpus
    return of_transcripts(corpus, [transcript.name for transcript in corpus.transcripts_of(informant)])


def guard_target(path: Path, *, force: bool) -> None:
    """Refuse to write over a file that is not an earlier output; never over a study, whatever *force* says.

    Raises
    ------
    StateError
        If something else is there.
    """
    if path.suffix.lower() == ".qualcode" or (path.is_file() and _begins(path, b"SQLite format 3")):
        raise StateError(N_("a study is never written over"), hint=N_("choose another name with -o"), file=path)
    if path.is_file() and not force and not _is_output(path):
        raise StateError(
            N_("there is a file of this name that qualcode did not write"),
            hint=N_("choose another name with -o, or replace it with --force"),
            file=path,
        )


def _begins(path: Path, magic: bytes) -> bool:
    from qualcode.store.handles import head

    return head(path, len(magic)) == magic


def _is_output(path: Path) -> bool:
    """Tell whether *path* is a report or an export of ours: by its columns, its footer, or its author."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.readline(1_000_000) + file.read(4096)
        file.seek(max(0, size - 800))
        tail = file.read()
    if size == 0 or b"revision_guid" in head or (b"<html" in head and b"qualcode" in tail):
        return True
    if any(mark in head for mark in TRIALS):
        return True
    if head.startswith(b"PK"):
        with contextlib.suppress(zipfile.BadZipFile, KeyError, OSError), zipfile.ZipFile(path) as book:
            return b"qualcode" in book.read("docProps/core.xml")
    return False


def write_report(
    corpus: Corpus,
    target: Path,
    *,
    language: str,
    informant: str | None,
    single_file: bool,
    templates: Path | None,
    generalised: bool = False,
    force: bool = False,
) -> Path:
    """Write the report and return the page to open first; a folder that is no report of ours is not touched.

    Raises
    ------
    InputError
        If the folder holds something that is no report, or the templates are not there.
    ProjectFileError
        If it cannot be written.
    """
    from qualcode import __version__, reports

    if templates is not None and not templates.is_dir():
        raise InputError(N_("no such folder of templates"), file=templates)
    if not single_file and (target.is_file() or target.suffix.lower() in {".html", ".htm"}):
        raise InputError(
            N_("a report of several pages is a folder, not a file"),
            hint=N_("name a folder with -o, or say --single-file to have it all in one file"),
            file=target,
        )
    single = target if target.suffix else target.with_name(target.name + ".html")
    if single_file:
        guard_target(single, force=force)
    pages = reports.build(
        marked_by_rules(corpus),
        language=language,
        informant=informant,
        single_file=single_file,
        templates=templates,
        generalised=generalised,
        version=__version__,
    )
    try:
        if single_file:
            (data,) = pages.values()
            single.parent.mkdir(parents=True, exist_ok=True)
            with replacing(single) as stream:
                stream.write(data)
            return single
        return _write_folder(pages, target, whole=informant is None)
    except OSError as error:
        raise ProjectFileError(
            N_("the report cannot be written: {reason}"),
            hint=N_("choose another folder with -o, or close the page in the program that holds it open"),
            file=target,
            reason=reason_of(error),
        ) from error


MARK = ".qualcode-report"


def _write_folder(pages: dict[str, bytes], target: Path, *, whole: bool) -> Path:
    """Write *pages* into *target*; what an earlier report left there and a *whole* one has not is taken away."""
    mark = target / MARK
    if target.exists() and any(target.iterdir()) and not mark.exists():
        raise InputError(
            N_("the folder {folder} holds files that are no report; nothing was written"),
            hint=N_("name an empty or a new folder with -o"),
            folder=str(target),
        )
    earlier = set(mark.read_text(encoding="utf-8").splitlines()) if mark.exists() else set()
    target.mkdir(parents=True, exist_ok=True)
    mark.write_text("".join(f"{name}\n" for name in sorted(earlier | set(pages))), encoding="utf-8", newline="\n")
    for name, data in pages.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as stream:
            stream.write(data)
    for name in earlier - set(pages) if whole else ():
        if ".." not in Path(name).parts and not Path(name).is_absolute():
            with contextlib.suppress(OSError):
                (target / name).unlink(missing_ok=True)
    kept = set(pages) if whole else earlier | set(pages)
    mark.write_text("".join(f"{name}\n" for name in sorted(kept)), encoding="utf-8", newline="\n")
    return target / "index.html" if "index.html" in pages else target / min(pages)
