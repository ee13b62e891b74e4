"""A machine of its own for one journey: home, settings, temporary folder, and ears for all that leaves the program."""

from __future__ import annotations

import gc
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import astuple, dataclass
from itertools import product
from pathlib import Path
from typing import TextIO

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QMetaType, QModelIndex, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QWidget
from sqlalchemy import Connection, Engine, event

from misam_desktop import app
from misam_desktop.domain.consent import Consent
from misam_desktop.domain.follow_up import FollowUp
from misam_desktop.domain.people import Person
from misam_desktop.domain.referral import Referral
from tests.journeys.people import NEEDLES

ON_THE_CLIPBOARD = "Det här låg på urklippet från början"


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """Where things lie. ``own_files`` are the user's own, in clear by their own choice, and not the program's.

    ``said`` is what came on the outputs and in the log, ``caught`` the journals of changes under way.
    """

    home: Path
    temporary: Path
    own_files: Path
    caught: Path
    said: Path
    store: Path
    settings: Path


@contextmanager
def machine_of_its_own(folder: Path) -> Iterator[Machine]:
    """Everything that is written, logged, said, or stands in a journal while a change is under way, lies below it."""
    home, temporary, own_files, caught = (folder / name for name in ("home", "temporary", "own files", "caught"))
    for place in (home, temporary, own_files, caught):
        place.mkdir()
    store, said = home / "Dokument" / "misam.misam", folder / "said.txt"
    with pytest.MonkeyPatch.context() as patch, _heard(said), _journals_caught(store, caught):
        _at_home(patch, home, temporary)
        settings = app.settings_file()
        if not settings.is_relative_to(home):  # a system that asks nobody's environment
            settings = home / settings.name
        QApplication.clipboard().setText(ON_THE_CLIPBOARD)
        yield Machine(
            home=home,
            temporary=temporary,
            own_files=own_files,
            caught=caught,
            said=said,
            store=store,
            settings=settings,
        )


def _at_home(patch: pytest.MonkeyPatch, home: Path, temporary: Path) -> None:
    patch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        patch.setenv(name, str(home / name.lower()))
    for name in ("TMPDIR", "SQLITE_TMPDIR", "TEMP", "TMP"):
        patch.setenv(name, str(temporary))
    patch.setattr(tempfile, "tempdir", str(temporary))


@contextmanager
def _heard(file: Path) -> Iterator[None]:
    """Both outputs, of Python and of the libraries below it, and a log that is turned up to tell each statement."""
    with file.open("w", encoding="utf-8") as out, redirect_stdout(out), redirect_stderr(out):
        outputs = [os.dup(1), os.dup(2)]
        try:
            for fd in (1, 2):
                os.dup2(out.fileno(), fd)
            with _told_by("", out), _told_by("sqlalchemy", out):
                yield
        finally:
            for fd, before in enumerate(outputs, start=1):
                os.dup2(before, fd)
                os.close(before)


@contextmanager
def _told_by(name: str, out: TextIO) -> Iterator[None]:
    """What a logger has to tell goes to the file, and nowhere else."""
    logger, handler = logging.getLogger(name), logging.StreamHandler(out)
    level, propagates = logger.level, logger.propagate
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
        logger.propagate = propagates


@contextmanager
def _journals_caught(store: Path, caught: Path) -> Iterator[None]:
    """A copy of the journal as it stands when each change is about to be kept."""
    journal = store.with_name(f"{store.name}-journal")

    def catch(_conn: Connection) -> None:
        if journal.exists():
            shutil.copyfile(journal, caught / f"{len(list(caught.iterdir()))}")

    event.listen(Engine, "commit", catch)
    try:
        yield
    finally:
        event.remove(Engine, "commit", catch)


def values_in_memory() -> int:
    """How many persons, referrals, consents and follow-ups of the journey Python still holds."""
    kinds = Person | Referral | Consent | FollowUp
    held = (str(astuple(one)) for one in gc.get_objects() if isinstance(one, kinds))
    return sum(any(needle in said for needle in NEEDLES) for said in held)


def words_within_reach() -> list[str]:
    """Every text that any widget of the process holds, in sight or not."""
    return [words for widget in QApplication.allWidgets() for words in _words_of(widget)]


def _words_of(widget: QWidget) -> Iterator[str]:
    for one in (widget, *widget.findChildren(QAction)):
        yield from _properties(one)
    if isinstance(widget, QAbstractItemView | QComboBox) and (model := widget.model()) is not None:
        yield from _cells(model)


def _properties(one: QObject) -> Iterator[str]:
    meta = one.metaObject()
    declared = (meta.property(at) for at in range(meta.propertyCount()))
    names = [str(each.name()) for each in declared if each.metaType().id() == QMetaType.Type.QString.value]
    added = (bytes(name.data()).decode() for name in one.dynamicPropertyNames())
    for name in [*names, *(name for name in added if not name.startswith("_"))]:  # those are Qt's own
        value = one.property(name)
        if isinstance(value, str):
            yield value


def _cells(model: QAbstractItemModel) -> Iterator[str]:
    top = QModelIndex()
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(top)
    for row, column in product(range(model.rowCount(top)), range(columns)):
        for role in Qt.ItemDataRole:
            value = model.data(model.index(row, column), role)
            if isinstance(value, str):
                yield value
