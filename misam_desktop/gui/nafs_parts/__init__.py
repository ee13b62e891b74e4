"""The parts of the pages of NAFS: questions with answers, the checklist, the agenda, and what a meeting agrees."""
