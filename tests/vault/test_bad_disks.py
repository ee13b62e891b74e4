"""A disk that is full, or takes no writes: nothing is lost, nothing half done, and nothing shown that is not logged."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

import pytest

from misam_desktop.domain.ids import ReferralId
from misam_desktop.keys import key_file
from misam_desktop.keys.errors import KeyFileUnreadable
from misam_desktop.queries.referrals import one_referral
from misam_desktop.queries.search import search_while_typing
from misam_desktop.store import log
from misam_desktop.store.engine import StoreDiskFull, StoreReadOnly, reading
from misam_desktop.vault import Vault
from tests.commands.worlds import content, entries, waiting
from tests.store.worlds import as_anybody, no_room, small_disk
from tests.vault.worlds import make, open_up

Trouble = Callable[[Path], AbstractContextManager[object]]


@pytest.fixture
def bare() -> Iterator[Path]:
    """An empty folder that everybody may look into, but only its owner may write in."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@contextmanager
def filled(folder: Path) -> Iterator[None]:
    """The disk of the folder without a byte left."""
    filler = folder / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as out:
        while out.write(bytes(4096)):
            pass
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def limited(folder: Path) -> Iterator[None]:
    """A disk that answers every write with an error."""
    with no_room():
        yield


@pytest.fixture(params=[limited, filled], ids=["error", "full"])
def trouble(request: pytest.FixtureRequest) -> Trouble:
    """What happens to the disk."""
    return request.param  # type: ignore[no-any-return]  # one of the two above


@pytest.fixture
def place(trouble: Trouble, tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk that this can happen to."""
    if trouble is limited:
        yield tmp_path
        return
    with small_disk(tmp_path / "disk", kib=2048) as disk:
        yield disk


@pytest.fixture
def vault(place: Path) -> Iterator[Vault]:
    """An unlocked store there."""
    make(place / "prov.misam")
    vault = open_up(place / "prov.misam")
    yield vault
    vault.close()


def test_a_command_on_a_full_disk_changes_nothing(vault: Vault, place: Path, trouble: Trouble) -> None:
    before, told = content(vault), entries(vault)
    with trouble(place), pytest.raises(StoreDiskFull):
        waiting(vault)
    assert content(vault) == before
    assert entries(vault) == told


def test_a_read_that_cannot_be_logged_is_not_shown(vault: Vault, place: Path, trouble: Trouble) -> None:
    referral = waiting(vault)
    told = entries(vault)
    with trouble(place), pytest.raises(StoreDiskFull):
        vault.ask(one_referral(referral.id))
    assert entries(vault) == told


def test_a_search_that_could_not_be_logged_is_not_shown_at_any_key(vault: Vault, place: Path, trouble: Trouble) -> None:
    waiting(vault)
    assert vault.ask(search_while_typing("prov"))
    told = entries(vault)
    with trouble(place), pytest.raises(StoreDiskFull):
        vault.ask(search_while_typing("provl"))
    assert [hit.name for hit in vault.ask(search_while_typing("provl"))] == ["Malin Provlund"]
    assert entries(vault) == told


def test_a_refusal_that_cannot_be_logged_tells_of_the_disk(vault: Vault, place: Path, trouble: Trouble) -> None:
    with trouble(place), pytest.raises(StoreDiskFull):
        vault.ask(one_referral(ReferralId("none")))


def test_all_goes_on_when_there_is_room_again(vault: Vault, place: Path, trouble: Trouble) -> None:
    with trouble(place), pytest.raises(StoreDiskFull):
        waiting(vault)
    referral = waiting(vault)
    assert vault.ask(one_referral(referral.id)).referral.id == referral.id
    with reading(vault._engine) as conn:
        assert log.first_break(conn) is None


def test_a_store_on_a_full_disk_opens_for_nobody(vault: Vault, place: Path, trouble: Trouble) -> None:
    vault.close()
    with trouble(place), pytest.raises(StoreDiskFull):
        open_up(place / "prov.misam")
    open_up(place / "prov.misam").close()


def test_a_store_that_finds_no_room_leaves_nothing(place: Path, trouble: Trouble) -> None:
    with trouble(place):
        before = sorted(place.iterdir())
        with pytest.raises(StoreDiskFull):
            make(place / "prov.misam")
        assert sorted(place.iterdir()) == before


@pytest.fixture
def shown(bare: Path) -> Path:
    """A store whose files everybody may read, but only their owner may change."""
    path = bare / "prov.misam"
    make(path)
    for file in (path, key_file.path_beside(path)):
        file.chmod(0o644)
    return path


def test_a_file_that_takes_no_writes_is_told_and_left_alone(shown: Path) -> None:
    before = shown.read_bytes()
    with as_anybody(), pytest.raises(StoreReadOnly):
        open_up(shown)
    assert shown.read_bytes() == before


def test_a_folder_that_takes_no_files_is_told(shown: Path) -> None:
    shown.chmod(0o666)
    before = shown.read_bytes()
    with as_anybody(), pytest.raises(StoreReadOnly):
        open_up(shown)
    assert shown.read_bytes() == before


def test_a_disk_that_takes_no_writes_is_told(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", kib=2048) as disk:
        make(disk / "prov.misam")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        with pytest.raises(StoreReadOnly):
            open_up(disk / "prov.misam")


def test_no_store_is_made_where_nothing_can_be_written(bare: Path) -> None:
    with as_anybody(), pytest.raises(StoreReadOnly):
        make(bare / "prov.misam")
    assert list(bare.iterdir()) == []


def test_no_store_is_made_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreReadOnly):
        make(tmp_path / "none" / "prov.misam")
    assert list(tmp_path.iterdir()) == []


def test_a_key_file_that_may_not_be_read_is_told(shown: Path) -> None:
    key_file.path_beside(shown).chmod(0o600)
    with as_anybody(), pytest.raises(KeyFileUnreadable):
        open_up(shown)


def test_a_folder_that_does_not_even_tell_what_is_in_it_is_told(shown: Path) -> None:
    shown.parent.chmod(0o700)
    with as_anybody():
        with pytest.raises(StoreReadOnly):
            open_up(shown)
        with pytest.raises(StoreReadOnly):
            make(shown)
