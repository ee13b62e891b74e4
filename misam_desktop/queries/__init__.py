"""What users see: SQL in, frozen rows out, asked only through the door."""
