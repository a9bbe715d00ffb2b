"""The study file: schema, event log, undo, migrations, backup and integrity; the only room that speaks SQL."""
