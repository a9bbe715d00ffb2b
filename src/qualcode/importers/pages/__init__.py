"""What pages leave in a text: PDF furniture, broken and numbered lines, tables in plain text."""
