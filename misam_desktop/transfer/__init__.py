"""Files that come in and go out: the register as CSV and XLSX."""
