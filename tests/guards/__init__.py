"""Breaks guards on purpose, to see that a test notices: ``python -m tests.guards``."""
