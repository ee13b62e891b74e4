"""Papers: built from values that have passed the gate, made in memory, handed over as bytes."""
