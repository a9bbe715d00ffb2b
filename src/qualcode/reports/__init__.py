"""Corpus → pages: sections return blocks, templates render them."""

from qualcode.reports.builder import build

__all__ = ["build"]
