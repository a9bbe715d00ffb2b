"""Qualitative interview coding and thematic analysis, made first for Indonesian interviews."""
