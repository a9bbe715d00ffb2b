"""How a text is laid out: the common result of everything that finds talk in a text, and the way to it."""
