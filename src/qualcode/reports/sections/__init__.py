"""The sections that a report is made of: one module each, found by file name."""

from __future__ import annotations

from functools import cache

from qualcode.plugins import Registry
from qualcode.reports.links import PageKind
from qualcode.reports.section import Section

__all__ = ["registry", "sections_of"]

registry: Registry[Section] = Registry("qualcode.reports.sections", Section)  # type: ignore[type-abstract]


@cache
def sections_of(page: PageKind) -> tuple[tuple[str, Section], ...]:
    """Return the name and an instance of every section of a kind of page, in order."""
    found = [(name, registry.get(name)()) for name in registry.names]
    return tuple(sorted(((n, s) for n, s in found if s.page == page), key=lambda item: (item[1].order, item[0])))
