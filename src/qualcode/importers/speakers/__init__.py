"""Who speaks: the lines that begin turns, and the role of each speaker."""
