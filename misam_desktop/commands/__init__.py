"""What users do: one short function each, one transaction each, run only by the door."""
