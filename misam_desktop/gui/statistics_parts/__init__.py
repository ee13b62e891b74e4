"""The parts of Statistik."""
