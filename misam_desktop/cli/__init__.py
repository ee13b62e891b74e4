"""The command line: the same doors as the program, for koordinatorer and scripts; it never loads Qt."""
