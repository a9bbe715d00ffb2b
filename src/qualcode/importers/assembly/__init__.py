"""From a layout to a transcript with its people, and to every part of the source with what it was taken for."""
