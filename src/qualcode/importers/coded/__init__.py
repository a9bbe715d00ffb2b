"""What was coded before any software: tables, marks, margin comments and coding sheets."""
