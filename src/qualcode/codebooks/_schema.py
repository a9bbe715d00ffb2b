"""What may stand in a codebook file; the reader and the JSON schema for editors are both made from it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from qualcode.model.codebook import COLOUR, KEY, STAGES

__all__ = ["CODEBOOK_FIELDS", "CODE_FIELDS", "COLOUR", "FAMILY_FIELDS", "KINDS", "MACRO", "ORIGINS", "json_schema"]

CODEBOOK_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "name": "text",
        "title": "text",
        "title_en": "text",
        "version": "text",
        "language": "text",
        "description": "text",
        "sources": "list",
        "macros": "mapping",
        "families": "families",
        "codes": "codes",
    }
)
FAMILY_FIELDS: Mapping[str, str] = MappingProxyType(
    {"key": "text", "name": "text", "name_en": "text", "kind": "text", "definition": "text"}
)
CODE_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "key": "text",
        "name": "text",
        "name_en": "text",
        "definition": "text",
        "include": "lines",
        "exclude": "lines",
        "examples": "list",
        "near_misses": "list",
        "keywords": "list",
        "family": "text",
        "parent": "text",
        "colour": "text",
        "origin": "text",
        "stage": "text",
        "active": "truth",
        "guid": "text",
    }
)
"""Field → how it is written: text, list (of texts), lines (text, or a list joined by line ends), truth (true or false) …"""

KINDS = ("challenge", "strategy")
ORIGINS = ("a_priori", "inductive", "addition", "suggested", "imported")
MACRO = re.compile(r"[A-Z][A-Z0-9_]+")

_TEXT: Mapping[str, Any] = {"type": ["string", "number", "boolean", "null"]}  # read as it is written
_LIST: Mapping[str, Any] = {"type": "array", "items": _TEXT}


def json_schema() -> dict[str, Any]:
    """Return the JSON schema (draft 2020-12) of codebook files, for editors that complete and check YAML.

    It cannot say everything: rules, parents and repeated keys are checked by `qualcode.codebooks.check` alone.
    """
    key = {"type": "string", "pattern": f"^(?:{KEY.pattern})$"}
    family = {**_plain(FAMILY_FIELDS), "key": key, "kind": {"enum": [*KINDS, "", None]}}
    code = {
        **_plain(CODE_FIELDS),
        "key": key,
        "colour": {"type": ["string", "null"], "pattern": f"^(?:{COLOUR.pattern})?$"},
        "origin": {"enum": [*ORIGINS, "", None]},
        "stage": {"enum": [*STAGES, "", None]},
    }
    macros = {
        "type": ["object", "null"],
        "propertyNames": {"pattern": f"^{MACRO.pattern}$"},
        "additionalProperties": _TEXT,
    }
    whole = {
        **_plain(CODEBOOK_FIELDS),
        "macros": macros,
        "families": {"type": "array", "items": _object(family, "key")},
        "codes": {"type": "array", "minItems": 1, "items": _object(code, "key")},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "qualcode codebook",
        **_object(whole, "name", "codes"),
    }


def _plain(fields: Mapping[str, str]) -> dict[str, Any]:
    kinds = {"list": _LIST, "lines": {"anyOf": [_TEXT, _LIST]}, "truth": {"type": ["boolean", "string", "null"]}}
    return {name: kinds.get(kind, _TEXT) for name, kind in fields.items()}


def _object(properties: Mapping[str, Any], *required: str) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(required),
        "additionalProperties": False,
        "properties": dict(properties),
    }
