"""Rules and values: no clock, no files, no SQL, no Qt."""
