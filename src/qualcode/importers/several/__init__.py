"""Several interviews in one file: where each begins and whose it is."""
