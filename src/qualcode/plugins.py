"""The registry: a built-in plug-in is a module of its room, a third party's an entry point.

``Registry("qualcode.importers", Importer)`` knows the public modules of the package `qualcode.importers` by file name,
without importing them, and beside them the entry points of the group ``qualcode.importers``.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from functools import cached_property
from importlib.metadata import EntryPoint, entry_points
from typing import Generic, TypeVar

from qualcode.errors import N_, NotFoundError, StateError

__all__ = ["Registry", "about", "first_sentence"]

T = TypeVar("T")


def about(plugin: type) -> str:
    """Return the first paragraph of what documents a plug-in, on one line; it is in the catalogue of messages."""
    return first_sentence(inspect.getdoc(plugin) or "")


def first_sentence(documentation: str) -> str:
    r"""Return the first paragraph of *documentation* on one line, without the marks of its markup.

    >>> first_sentence("A table with ``sep=``\n    lines.\n\n    More.")
    'A table with sep= lines.'
    """
    return " ".join(inspect.cleandoc(documentation).partition("\n\n")[0].replace("`", "").split())


class Registry(Generic[T]):
    """The plug-ins of one kind, by name.

    Parameters
    ----------
    group : str
        The package whose modules are the built-ins, its sub-packages being what they share; also the entry-point
        group.
    base : type
        What every plug-in is a subclass of.
    not_plugins : tuple of str
        Public modules of the package that are no plug-ins, such as the one that defines *base*.
    """

    def __init__(self, group: str, base: type[T], *, not_plugins: tuple[str, ...] = ()) -> None:
        self.group = group
        self.base = base
        self._not_plugins = not_plugins

    @cached_property
    def builtins(self) -> tuple[str, ...]:
        """Names of the built-ins, sorted."""
        path = importlib.import_module(self.group).__path__
        return tuple(
            sorted(
                module.name
                for module in pkgutil.iter_modules(path)
                if not module.ispkg and not module.name.startswith("_") and module.name not in self._not_plugins
            )
        )

    @cached_property
    def _foreign(self) -> dict[str, EntryPoint]:
        return {point.name: point for point in entry_points(group=self.group)}

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all plug-ins, built-ins first."""
        return (*self.builtins, *sorted(set(self._foreign) - set(self.builtins)))

    def get(self, name: str) -> type[T]:
        """Return the plug-in class called *name*.

        Raises
        ------
        NotFoundError
            With the nearest names, if there is none.
        StateError
            If its module does not hold exactly one public subclass of the base.
        """
        if name in self.builtins:
            module = importlib.import_module(f"{self.group}.{name}")
            found = [
                value
                for key, value in vars(module).items()
                if inspect.isclass(value)
                and issubclass(value, self.base)
                and value.__module__ == module.__name__
                and not key.startswith("_")
            ]
            if len(found) != 1:
                raise StateError(
                    N_("module {module} holds {n} public subclasses of {base}; it needs one"),
                    module=module.__name__,
                    n=len(found),
                    base=self.base.__name__,
                )
            return found[0]
        if name in self._foreign:
            loaded = self._foreign[name].load()
            if not (inspect.isclass(loaded) and issubclass(loaded, self.base)):
                raise StateError(
                    N_("entry point {name} of {group} is not a subclass of {base}"),
                    name=name,
                    group=self.group,
                    base=self.base.__name__,
                )
            return loaded
        raise NotFoundError(
            N_("no {group} plug-in called {name!r}; there are {names}"),
            name=name,
            known=self.names,
            group=self.group,
            names=", ".join(self.names),
        )
