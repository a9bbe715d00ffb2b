"""One study on disk: `Project`, the façade of all verbs."""

from qualcode.project.coding_sheet import SheetReport
from qualcode.project.demo import Demo, build_demo
from qualcode.project.facade import Project
from qualcode.project.formats import Format, formats
from qualcode.project.import_report import ImportReport, Outcome
from qualcode.project.request import parse_speakers, parse_types

__all__ = [
    "Demo",
    "Format",
    "ImportReport",
    "Outcome",
    "Project",
    "SheetReport",
    "build_demo",
    "formats",
    "parse_speakers",
    "parse_types",
]
