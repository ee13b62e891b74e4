"""The parts of the log's page: what has happened, and what there is to look at in it."""
