"""``import``: the plan, the preview, all or nothing, and a file to mend."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from misam_desktop.transfer.sheets import read_sheet
from tests.cli.worlds import Ended, Terminal
from tests.transfer.worlds import cells, csv_list

ANNA, WRONG, DOUBTFUL = cells(), cells(kon="Q"), cells(remissdatum="2019-02-05")
YOUNG = cells(personnummer="20031201-9938", handlaggare="Eva Ek", uppdragsgivare="FK", insats="Jobbtorg")


@pytest.fixture
def lista(tmp_path: Path) -> Path:
    """A list with a good row, a wrong one and a doubtful one, and a column of its own."""
    return written(tmp_path, ANNA, WRONG, DOUBTFUL, YOUNG, title=b"Anteckning")


def written(folder: Path, *rows: list[str], title: bytes = b"skyddad") -> Path:
    place = folder / "lista.csv"
    place.write_bytes(csv_list(*rows).replace(b"skyddad", title))
    return place


def stored(terminal: Terminal, store: Path, folder: Path) -> int:
    """How many rows the register has."""
    out = folder / "räknas.csv"
    assert terminal.on(store, "export", "--out", out, "--force").code == 0
    return len(read_sheet(out.read_bytes()).rows)


def names_nobody(ended: Ended) -> bool:
    return not any(secret in ended.all for secret in ("Anna", "Älgträsk", "19850312", "850312", "20031201"))


def test_the_plan_tells_row_by_row_and_what_would_be_new(terminal: Terminal, founded: Path, lista: Path) -> None:
    ended = terminal.on(founded, "import", lista, "--dry-run")
    assert ended.code == 0
    assert ended.out.splitlines() == [
        "Rad 3: fel. Kolumnen kon har ett värde som inte finns i listan. Kontrollera stavningen.",
        "Rad 4: tveksam. Personen har redan ett deltagande i samma insats vid samma tid. "
        "Avgör om det är samma innan raden tas med.",
        "Rad 5: ny. Personen var 15 år när remissen gjordes, utanför målgruppens åldrar. Raden tas ändå med.",
        "Planen: 2 ny, 1 tveksam, 1 fel.",
        "Kolumner som lämnas utanför: Anteckning.",
        "Nya insatser, stängda för nya remisser: Jobbtorg.",
        "Nya kontaktpersoner utan konto: A. Handläggare, IFO; Eva Ek, FK.",
        "Myndighet utan enhet läses som: Arbetsförmedlingen = Af, Försäkringskassan = FK, "
        "Kommunen = IFO, Regionen = Region.",
    ]
    assert ended.err == "Inget är ändrat: det här var planen.\n"


def test_as_json_the_plan_is_rows_alone_and_the_rest_stands_beside(
    terminal: Terminal, founded: Path, lista: Path
) -> None:
    ended = terminal.on(founded, "import", lista, "--dry-run", "--json")
    rows = json.loads(ended.out)
    assert [(row["row"], row["verdict"], len(row["messages"])) for row in rows] == [
        (2, "ny", 0), (3, "fel", 1), (4, "tveksam", 1), (5, "ny", 1),
    ]  # fmt: skip
    assert "Kolumner som lämnas utanför: Anteckning.\n" in ended.err


def test_a_dry_run_changes_nothing_and_writes_no_file(
    terminal: Terminal, founded: Path, lista: Path, tmp_path: Path
) -> None:
    before = sorted(tmp_path.iterdir())
    terminal.on(founded, "import", lista, "--dry-run", "--good-rows")
    assert sorted(tmp_path.iterdir()) == before
    assert stored(terminal, founded, tmp_path) == 0


def test_a_list_with_a_wrong_row_is_refused_whole(
    terminal: Terminal, founded: Path, lista: Path, tmp_path: Path
) -> None:
    ended = terminal.on(founded, "import", lista)
    assert ended.code == 1
    assert ended.err == (
        "Inget har importerats. Rader som inte kan tas emot: 2. "
        "Rätta dem, eller välj att bara ta med de rätta raderna.\n"
    )
    assert stored(terminal, founded, tmp_path) == 0


def test_the_good_rows_alone_leave_the_others_in_a_file_to_mend(
    terminal: Terminal, founded: Path, lista: Path, tmp_path: Path
) -> None:
    ended = terminal.on(founded, "import", lista, "--good-rows")
    mend = tmp_path / "lista-att-rätta.csv"
    assert ended.code == 0
    assert ended.err.splitlines() == [
        f"Raderna att rätta sparades i {mend}. Filen är inte krypterad.",
        "Klart: 2 ny, 1 tveksam, 1 fel.",
    ]
    assert len(read_sheet(mend.read_bytes()).rows) == 2
    assert stored(terminal, founded, tmp_path) == 2


def test_the_file_to_mend_lies_where_it_was_asked_for_though_nothing_is_taken(
    terminal: Terminal, founded: Path, lista: Path, tmp_path: Path
) -> None:
    mend = tmp_path / "rätta.csv"
    assert terminal.on(founded, "import", lista, "--mend", mend).code == 1
    assert len(read_sheet(mend.read_bytes()).rows) == 2


def test_a_mended_file_is_taken_in(terminal: Terminal, founded: Path, tmp_path: Path) -> None:
    lista, mend = written(tmp_path, ANNA, cells(kon="Q", insats="Jobbtorg")), tmp_path / "rätta.csv"
    terminal.on(founded, "import", lista, "--good-rows", "--mend", mend)
    mend.write_bytes(mend.read_bytes().replace(b";Q;", b";kvinna;"))
    assert terminal.on(founded, "import", mend).code == 0
    assert stored(terminal, founded, tmp_path) == 2


def test_a_file_that_lies_where_the_rows_to_mend_would_go_is_kept_and_nothing_taken(
    terminal: Terminal, founded: Path, lista: Path, tmp_path: Path
) -> None:
    mend = tmp_path / "lista-att-rätta.csv"
    mend.write_text("annat", encoding="utf-8")
    ended = terminal.on(founded, "import", lista, "--good-rows")
    assert ended.code == 1
    assert ended.err.startswith("Det ligger redan en annan fil i lista-att-rätta.csv")
    assert mend.read_text(encoding="utf-8") == "annat"
    assert stored(terminal, founded, tmp_path) == 0


def test_the_good_rows_of_the_same_list_again_change_nothing(
    terminal: Terminal, founded: Path, lista: Path, tmp_path: Path
) -> None:
    terminal.on(founded, "import", lista, "--good-rows")
    files = sorted(tmp_path.iterdir())
    again = terminal.on(founded, "import", lista, "--good-rows")
    assert (again.code, again.err.splitlines()[-1]) == (0, "Klart: 2 finns redan, 1 tveksam, 1 fel.")
    assert sorted(tmp_path.iterdir()) == files
    assert stored(terminal, founded, tmp_path) == 2


def test_no_file_to_mend_is_made_when_every_row_is_good(terminal: Terminal, founded: Path, tmp_path: Path) -> None:
    before = [*tmp_path.iterdir(), written(tmp_path, ANNA)]
    assert terminal.on(founded, "import", tmp_path / "lista.csv", "--good-rows").code == 0
    assert sorted(tmp_path.iterdir()) == sorted(before)


def test_the_same_list_again_says_that_all_is_known(terminal: Terminal, founded: Path, tmp_path: Path) -> None:
    lista = written(tmp_path, ANNA)
    assert terminal.on(founded, "import", lista).err == "Klart: 1 ny.\n"
    again = terminal.on(founded, "import", lista)
    assert (again.code, again.out, again.err) == (0, "Planen: 1 finns redan.\n", "Klart: 1 finns redan.\n")


def test_a_change_names_its_columns_and_not_what_they_say(terminal: Terminal, founded: Path, tmp_path: Path) -> None:
    terminal.on(founded, "import", written(tmp_path, ANNA))
    ended = terminal.on(founded, "import", written(tmp_path, cells(efternamn="Ek", utbildning="grundskola")))
    assert ended.out.splitlines()[0] == "Rad 2: ändrar. Ändrar det som finns i: efternamn, utbildning."


@pytest.mark.parametrize("words", [("--dry-run",), ("--dry-run", "--json"), (), ("--good-rows",)])
def test_nobody_is_named_on_the_screen(terminal: Terminal, founded: Path, lista: Path, words: tuple[str, ...]) -> None:
    assert names_nobody(terminal.on(founded, "import", lista, *words))


def test_a_handlaggare_may_not(terminal: Terminal, founded: Path, lista: Path, tmp_path: Path) -> None:
    ended = terminal.on(founded, "import", lista, user="jonas")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("Din roll omfattar inte det här.")
    assert stored(terminal, founded, tmp_path) == 0
