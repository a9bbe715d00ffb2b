"""The acts of a study: each builds effects from what is there and records one event.

All take the open `Log` and a `By` (who, when, in which round) first, then guids and values; they return guids. A code may be named by its
guid or by the key it is shown with. What would change nothing records nothing.
"""
