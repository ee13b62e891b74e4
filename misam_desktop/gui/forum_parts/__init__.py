"""The parts of the forum's page: attendance, the queue, the case, its outcomes, and who waits for enrolment."""
