"""Where a result may be put: never over another file unasked, and never over the store or its key file."""

from __future__ import annotations

from argparse import Namespace
from contextlib import suppress
from pathlib import Path

from misam_desktop.keys.key_file import path_beside
from misam_desktop.transfer import files


def must_be_free(place: Path, arguments: Namespace, *, replace: bool = False) -> None:
    """Raises FileTaken, FileNotWritten: asked before anything is logged as handed over."""
    files.must_be_free(place, replace=replace)
    for kept in (arguments.store, path_beside(arguments.store)):
        with suppress(OSError):  # what is not there cannot be written over
            if place.samefile(kept):
                raise files.FileTaken
