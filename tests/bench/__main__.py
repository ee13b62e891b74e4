"""``python -m tests.bench FOLDER``: what the program's own path costs beside hand-written SQL on the same file."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.bench import run, world

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "folder", type=Path, help="where the large store is kept between runs (encrypted, about 1.5 GB)"
    )
    parser.add_argument("--persons", type=int, default=world.Size().persons)
    parser.add_argument("--episodes", type=int, default=world.Size().episodes)
    parser.add_argument("--rounds", type=int, default=30)
    given = parser.parse_args()
    run.run(given.folder, world.Size(persons=given.persons, episodes=given.episodes), rounds=given.rounds)
