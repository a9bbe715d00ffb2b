"""What can go wrong, grouped by how a caller handles it.

Every error carries an English message template, its parameters and, where it helps, the file and line
it speaks of. The template is the message id: `qualcode.i18n` looks it up to show the error in Indonesian,
``str()`` fills it in in English.
"""

from __future__ import annotations

import difflib
import errno
from collections.abc import Iterable
from pathlib import Path

__all__ = [
    "N_",
    "ConflictError",
    "InputError",
    "MissingExtraError",
    "NotFoundError",
    "ProjectFileError",
    "QualcodeError",
    "StateError",
    "Word",
    "nearest",
    "reason_of",
    "shorten",
]

EXCERPT = 40
"""The most characters of interview text that a message may show."""


def N_(message: str) -> str:  # noqa: N802 - gettext's customary name for "translate later"
    """Return *message* unchanged; marks a literal for extraction into the catalogue."""
    return message


class Word(str):
    """A parameter that is itself a message id, such as a role or kind; `qualcode.i18n` translates it with its template.

    Other text among the parameters (labels, names, file names) is shown as it is.
    """

    __slots__ = ()


_SYSTEM = {
    errno.EACCES: N_("it may not be written or read here, or another program holds it open"),
    errno.EPERM: N_("it may not be written or read here, or another program holds it open"),
    errno.EBUSY: N_("another program holds it open"),
    errno.EROFS: N_("the disk or folder is read-only"),
    errno.ENOSPC: N_("the disk is full"),
    errno.ENOENT: N_("there is no such file or folder"),
    errno.ENOTDIR: N_("part of the path is a file, not a folder"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENAMETOOLONG: N_("its name is too long"),
}
"""What a system says in its own language, by its number."""


def reason_of(error: OSError) -> str:
    """Return why the system refused a file, as a parameter of a message; rare reasons in the system's own words."""
    known = _SYSTEM.get(error.errno or 0)
    return Word(known) if known else error.strerror or type(error).__name__


def shorten(text: str, width: int = EXCERPT) -> str:
    """Return *text* on one line and at most *width* characters long, for use inside a message."""
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def nearest(name: str, known: Iterable[str], n: int = 3) -> tuple[str, ...]:
    """Return up to *n* of the *known* names that begin with *name* or look most like it, best first.

    >>> nearest("informan-03", ["informan-07", "informan-03 Mas Bagus"], n=1)
    ('informan-03 Mas Bagus',)
    """
    names = list(known)
    begun = [each for each in names if len(name) > 2 and each.casefold().startswith(name.casefold())]
    return tuple(dict.fromkeys((*begun, *difflib.get_close_matches(name, names, n=n, cutoff=0.6))))[:n]


class QualcodeError(Exception):
    """The base of every error qualcode raises on purpose.

    Parameters
    ----------
    message : str
        English template in `str.format` style, lower case, without a full stop; also the message id.
    hint : str, optional
        Template of one sentence that says what to do next.
    file : str or Path, optional
        The file the message speaks of; shown by name.
    line : int, optional
        Line in that file, from 1.
    **parameters : object
        What fills the templates.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        file: str | Path | None = None,
        line: int | None = None,
        **parameters: object,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.file = Path(file) if file is not None else None
        self.line = line
        self.parameters = parameters

    @property
    def location(self) -> str:
        """``file:line: ``, ``file: `` or nothing."""
        if self.file is None:
            return ""
        return f"{self.file.name}:{self.line}: " if self.line is not None else f"{self.file.name}: "

    def __str__(self) -> str:
        return self.location + fill(self.message, self.parameters)

    def __reduce__(self) -> tuple[object, ...]:
        return (_blank, (type(self),), dict(vars(self)))


def _blank(kind: type[QualcodeError]) -> QualcodeError:
    """Return an empty error for unpickling, whatever its constructor asks for."""
    return kind.__new__(kind)


def fill(template: str, parameters: dict[str, object]) -> str:
    """Return *template* with its parameters; a template without parameters may hold bare braces."""
    return template.format(**parameters) if parameters else template


class InputError(QualcodeError, ValueError):
    """A file or an argument is not what it should be; the user can mend it."""


class NotFoundError(QualcodeError, LookupError):
    """No such thing; `nearest` holds the names that look most alike."""

    def __init__(
        self,
        message: str,
        *,
        name: str,
        known: Iterable[str] = (),
        hint: str | None = None,
        file: str | Path | None = None,
        line: int | None = None,
        **parameters: object,
    ) -> None:
        self.nearest = nearest(name, known)
        if hint is None and self.nearest:
            hint = N_("did you mean: {nearest}?")
        super().__init__(
            message,
            hint=hint,
            file=file,
            line=line,
            **{"name": name, "nearest": ", ".join(self.nearest), **parameters},
        )


class ConflictError(QualcodeError):
    """Two changes cannot both hold: a key in use, an undo that others have built on."""


class StateError(QualcodeError, RuntimeError):
    """The request is sound but the study is not in a state for it."""


class ProjectFileError(QualcodeError, OSError):
    """The study file cannot be opened, read or written as it is."""


class MissingExtraError(QualcodeError, ImportError):
    """An optional part is not installed; the hint gives the line that installs it."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(
            N_("this needs the package {package}, which is not installed"),
            hint=N_('pip install "qualcode[{extra}]"'),
            package=package,
            extra=extra,
        )
