"""The encrypted store: tables, rows as values, migrations and the log; nothing above ``vault`` imports it."""
