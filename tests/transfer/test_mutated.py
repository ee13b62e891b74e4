"""Lists with bytes bent, lost and doubled: each is refused with a sentence or taken whole, never half."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select

from misam_desktop.commands.register import HasWrongRows, import_register
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.register import Read, Verdict, plan
from misam_desktop.store import tables
from misam_desktop.transfer.register_rows import read_rows
from misam_desktop.transfer.sheets import read_sheet
from misam_desktop.vault import Vault
from misam_desktop.wording import sentence
from tests.conftest import TODAY
from tests.store.worlds import engine_of
from tests.transfer.worlds import cells, with_part, xlsx_list

_PIECES = (b";", b'"', b"\n", b"\r", b"\0", b"=", b"'", b",", b"+", b"\xff\xfe", b"\xc3", b"9999-12-31", b"0001-01-01")
Mutation = Callable[[Random, bytearray], None]


def _flip(random: Random, content: bytearray) -> None:
    content[random.randrange(len(content))] = random.randrange(256)


def _lose(random: Random, content: bytearray) -> None:
    at = random.randrange(len(content))
    del content[at : at + random.choice((1, 7, 300))]


def _double(random: Random, content: bytearray) -> None:
    at = random.randrange(len(content))
    content[at:at] = content[at : at + random.choice((1, 60, 900))]


def _insert(random: Random, content: bytearray) -> None:
    at = random.randrange(len(content))
    content[at:at] = random.choice(_PIECES) * random.choice((1, 1, 1, 50))


def _swap_cells(random: Random, content: bytearray) -> None:
    found = list(re.finditer(rb"[^;\r\n]+", content))
    if found:
        one, other = random.choice(found), random.choice(found)
        content[one.start() : one.end()] = other.group()


def _other_number(random: Random, content: bytearray) -> None:
    numbers = list(re.finditer(rb"\d+", content))
    if numbers:
        found = random.choice(numbers)
        content[found.start() : found.end()] = str(random.randrange(10 ** len(found.group()))).encode()


_MUTATIONS: tuple[Mutation, ...] = (_flip, _lose, _double, _insert, _swap_cells, _other_number)


def _mutated(content: bytes, seed: int) -> bytes:
    random, changed = Random(seed), bytearray(content)
    for _ in range(random.choice((1, 1, 2, 8))):
        random.choice(_MUTATIONS)(random, changed)
    return bytes(changed)


def _understood(content: bytes) -> list[Read] | None:
    """The rows, or None when the list was refused with a sentence."""
    try:
        return read_rows(read_sheet(content), today=TODAY)[0]
    except MisamError as error:
        sentence(error)  # there is one
        return None


@pytest.mark.parametrize("hundred", range(5))
def test_a_bent_list_is_refused_or_planned_row_by_row(shared_data: Path, hundred: int) -> None:
    content = (shared_data / "register" / "amt_2019.csv").read_bytes()
    for seed in range(100 * hundred, 100 * hundred + 100):
        reads = _understood(_mutated(content, seed))
        planned = plan(reads or [], [], ages={"arbetsmarknadstorget": (16, 64)})
        assert [one.at for one in planned] == [read.at for read in reads or []]
        assert all(sentence(remark) for one in planned for remark in one.remarks)
        assert all(one.remarks for one in planned if one.verdict is Verdict.WRONG)


def test_a_bent_workbook_is_refused_or_planned_row_by_row() -> None:
    content = xlsx_list(cells(), cells(kon="man"), cells(remissdatum="2019-11-31"))
    parts = ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "[Content_Types].xml")
    for seed in range(300):
        _understood(with_part(content, parts[seed % len(parts)], partial(_mutated, seed=seed)))
        _understood(_mutated(content, seed))


def test_a_bent_list_is_taken_whole_or_not_at_all(shared_data: Path, karin: Vault, founded: Path) -> None:
    lines = (shared_data / "register" / "amt_2019.csv").read_bytes().splitlines(keepends=True)
    for seed in range(60):
        before = _referrals(founded)
        reads = _understood(_mutated(b"".join([lines[0], *lines[1 + seed : 8 + seed]]), seed))
        try:
            verdicts = karin.do(import_register(reads or [], good_rows=seed % 2 == 0)).value.verdicts
            taken = verdicts.get(Verdict.NEW, 0)
        except HasWrongRows:
            taken = 0
        assert _referrals(founded) - before == taken


def _referrals(store: Path) -> int:
    with engine_of(store) as engine, engine.connect() as conn:
        return conn.execute(select(func.count()).select_from(tables.referral)).scalar_one()
