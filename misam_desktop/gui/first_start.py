"""The first start: name the team, the first two users and the activity, then keep the recovery key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from misam_desktop.commands.stores import FIRST_ROLES, Beginning, all_units, new_team, take_away, usual_beginning
from misam_desktop.domain.codes import Role
from misam_desktop.domain.days import parse_time
from misam_desktop.domain.errors import MisamError
from misam_desktop.domain.text import parse_decimal
from misam_desktop.gui.forms import Field, Form
from misam_desktop.gui.inputs import Choice, OneOf, Text
from misam_desktop.gui.lanes import raise_it
from misam_desktop.gui.recovery import RecoveryPart
from misam_desktop.gui.text import tr
from misam_desktop.gui.welcome import SUFFIX
from misam_desktop.gui.widgets import Card, button, label, middle, row
from misam_desktop.keys.passwords import check_password_strength
from misam_desktop.unlocking import Founder
from misam_desktop.vault import Vault
from misam_desktop.wording import label as word_for

if TYPE_CHECKING:
    from misam_desktop.gui.window import Window

_WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag")
_COLLEAGUE_ROLES = (Role.HANDLAGGARE, Role.KOORDINATOR, Role.NAFS_KOORDINATOR, Role.LEDNING, Role.ADMINISTRATOR)


class StorePlace(Text):
    """Where a new store shall lie: typed, or pointed out in the system's own dialog."""

    def __init__(self) -> None:
        super().__init__()
        self.browse = button(tr("Bläddra …"), self._browse)
        self._inner.removeWidget(self.line)
        self._inner.addLayout(row(self.line, self.browse))

    def _browse(self) -> None:
        """Begins where what is typed leads, as far as there are folders."""
        typed = Path(self.raw().strip())
        dialog = QFileDialog(self, tr("Var ska filen ligga?"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # a file that is there already is refused later
        dialog.setNameFilter(tr("Register (*{suffix})").format(suffix=SUFFIX))
        dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
        dialog.setDirectory(str(next((one for one in typed.parents if one.is_dir()), Path.home())))
        dialog.selectFile(typed.name)
        dialog.fileSelected.connect(self.line.setText)
        dialog.open()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One page of the first start."""

    title: str
    help: str
    fields: Sequence[Field]
    values: Mapping[str, Any]
    next_word: str


class FirstStart(QWidget):
    """Makes a new store, step by step; broken off before the recovery key is typed back, it leaves nothing."""

    help_page = "first_start"

    def __init__(self, window: Window) -> None:
        super().__init__()
        self._window = window
        self.setObjectName("page")
        self._values: dict[str, Any] = {}
        self._at = 0
        self.made: Path | None = None
        self.recovery: RecoveryPart | None = None
        self.form: Form | None = None
        self._steps = (_team_step(), _you_step(), _colleague_step(), _activity_step())
        self._card = Card()
        self._inner = QWidget()
        QVBoxLayout(self._inner).setContentsMargins(0, 0, 0, 0)
        self._card.add(self._inner)
        middle(self._card, self, wide=680)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.go_on)
        self._show_step()

    def _show_step(self) -> None:
        step = self._steps[self._at]
        self.form = Form(step.fields, {**step.values, **self._values})
        back = button(tr("Tillbaka"), self.go_back)
        place = tr("Steg {at} av {of}").format(at=self._at + 1, of=len(self._steps) + 1)
        self.next = button(step.next_word, self.go_on, "primary")
        self._fill(
            row(label(step.title, "page"), None, label(place, "muted")),
            label(step.help, "muted", wrap=True),
            self.form,
            row(back, None, self.next),
        )
        self._go_to(self.form[step.fields[0].name])

    def _go_to(self, first: QWidget) -> None:
        self.setFocusProxy(first)
        first.setFocus()

    def _fill(self, *parts: Any) -> None:
        """Another page in the same card."""
        fresh = QWidget()
        inner = QVBoxLayout(fresh)
        inner.setContentsMargins(0, 4, 0, 4)
        inner.setSpacing(12)
        for part in parts:
            inner.addWidget(part) if isinstance(part, QWidget) else inner.addLayout(part)
        self._card.body.replaceWidget(self._inner, fresh)
        self._inner.hide()
        self._inner.deleteLater()
        self._inner = fresh

    def go_back(self) -> None:
        """The step before, or out."""
        if self._at == 0:
            self._window.show_welcome()
            return
        self._values |= self.form.peek() if self.form else {}
        self._at -= 1
        self._show_step()

    def go_on(self) -> None:
        """The next step; after the last the store is made."""
        if self.form is None or not self.next.isEnabled():
            return
        values = self.form.read()
        if values is None or self._differs(values):
            return
        self._values |= values
        if self._at + 1 < len(self._steps):
            self._at += 1
            self._show_step()
        else:
            self._make()

    def _differs(self, values: Mapping[str, Any]) -> bool:
        """Tell when a password was not typed the same twice, or both users have the same name."""
        for name in ("password", "their_password"):
            if name in values and values[name] != values[f"{name}_again"]:
                self._tell(f"{name}_again", tr("Lösenorden är inte lika. Skriv samma lösenord två gånger."))
                return True
        if values.get("their_login") and values["their_login"] == self._values.get("login"):
            self._tell("their_login", tr("Ni behöver varsitt användarnamn."))
            return True
        return False

    def _tell(self, name: str, text: str) -> None:
        if self.form is not None:
            self.form.tell(name, text)

    def _make(self) -> None:
        self.next.setEnabled(False)
        self.next.setText(tr("Skapar registret …"))
        path, values, opening = Path(self._values["file"]), dict(self._values), self._window.opening
        self._window.store_lane.run(
            lambda: _make_store(path, values, opening.clock, opening.cost),
            owner=self,
            then=lambda key: self._show_recovery(path, key),
            failed=self._failed,
        )

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, MisamError) or self.form is None:
            raise error
        self.next.setEnabled(True)
        self.next.setText(self._steps[self._at].next_word)
        self.form.show_error(error)

    def _show_recovery(self, path: Path, key: str) -> None:
        self.made, self.form = path, None
        self.recovery = RecoveryPart(key, team=self._values["team"], done=self._go_in)
        place = tr("Steg {at} av {of}").format(at=len(self._steps) + 1, of=len(self._steps) + 1)
        self._fill(row(label(tr("Återställningsnyckeln"), "page"), None, label(place, "muted")), self.recovery)
        self._go_to(self.recovery)

    def _go_in(self) -> None:
        """The paper is kept: open the store with the password that was just chosen."""
        path, login, password = self.made, self._values["login"], self._values["password"]
        assert path is not None
        opening = self._window.opening
        self.made = None
        self._window.store_lane.run(
            lambda: opening.unlock(path, login=login, password=password),
            owner=self,
            then=lambda vault: self._enter(vault, path),
            failed=raise_it,
        )

    def _enter(self, vault: Vault, path: Path) -> None:
        self._values.clear()
        self._window.enter(vault, path, then=lambda work: work.tell(tr("Registret är klart. Välkommen!")))

    def abandon(self) -> None:
        """Take away a store whose recovery key was never typed back."""
        if self.made is not None:
            take_away(self.made)
            self.made = None


def _make_store(path: Path, values: Mapping[str, Any], clock: Any, cost: Any) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    first = Founder(
        login=values["login"],
        name=values["name"],
        password=values["password"],
        unit_id=values["unit_id"],
        roles=FIRST_ROLES,
    )
    second = Founder(
        login=values["their_login"],
        name=values["their_name"],
        password=values["their_password"],
        unit_id=values["their_unit_id"],
        roles=(values["their_role"],),
    )
    beginning = Beginning(
        weekday=values["weekday"],
        starts=parse_time(values["starts"]),
        place=values["place"],
        staff_fte=parse_decimal(values["staff_fte"]),
        nafs_teams=tuple(name.strip() for name in values["nafs_teams"].split(",") if name.strip()),
    )
    return new_team(path, team=values["team"], founders=[first, second], beginning=beginning, clock=clock, cost=cost)


def _team_step() -> Step:
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return Step(
        title=tr("Ert arbetslag"),
        help=tr("Allt ni skriver sparas i en krypterad fil. Ingen kan läsa den utan lösenord, inte heller vi."),
        fields=(
            Field(
                name="team", label=tr("Vad heter arbetslaget?"), kind=lambda: Text("MISAM Skellefteå"), required=True
            ),
            Field(
                name="file",
                label=tr("Var ska filen ligga?"),
                kind=StorePlace,
                required=True,
                help=tr("En mapp på den här datorn. Nyckelfilen läggs bredvid."),
            ),
        ),
        values={"file": str(folder / f"misam{SUFFIX}")},
        next_word=tr("Nästa"),
    )


def _you_step() -> Step:
    return Step(
        title=tr("Du"),
        help=tr(
            "Du blir koordinator och administratör. Välj en mening som lösenord, gärna fyra ord som inte hör ihop."
        ),
        fields=_user_fields("", password_help=tr("Minst 12 tecken. Skriv inte upp det vid datorn.")),
        values={},
        next_word=tr("Nästa"),
    )


def _colleague_step() -> Step:
    role = Field(
        name="their_role",
        label=tr("Roll"),
        kind=lambda: OneOf([Choice(one, word_for(one)) for one in _COLLEAGUE_ROLES]),
        required=True,
    )
    return Step(
        title=tr("En kollega"),
        help=tr(
            "Ni behöver vara två, så att någon kommer in om den andra är borta. Kollegan skriver själv sitt lösenord."
        ),
        fields=(*_user_fields("their_", password_help=""), role),
        values={},
        next_word=tr("Nästa"),
    )


def _user_fields(prefix: str, *, password_help: str) -> tuple[Field, ...]:
    def secret() -> Text:
        return Text(secret=True)

    units: Callable[[], OneOf] = lambda: OneOf([Choice(unit.id, unit.name) for unit in all_units()])  # noqa: E731 – one line
    return (
        Field(name=f"{prefix}name", label=tr("Namn"), kind=Text, required=True, half=True),
        Field(name=f"{prefix}unit_id", label=tr("Enhet"), kind=units, required=True, half=True),
        Field(
            name=f"{prefix}login",
            label=tr("Användarnamn"),
            kind=Text,
            required=True,
            help=tr("Kort, till exempel förnamnet. Syns när registret är låst."),
        ),
        Field(
            name=f"{prefix}password",
            label=tr("Lösenord"),
            kind=secret,
            required=True,
            half=True,
            check=check_password_strength,
            help=password_help,
        ),
        Field(name=f"{prefix}password_again", label=tr("Lösenord igen"), kind=secret, required=True, half=True),
    )


def _activity_step() -> Step:
    usual = usual_beginning()
    days = [Choice(at, day) for at, day in enumerate(_WEEKDAYS)]
    return Step(
        title=tr("Verksamheten"),
        help=tr("MISAM med samverkansforum varje vecka."),
        fields=(
            Field(name="weekday", label=tr("Forumets dag"), kind=lambda: OneOf(days), required=True, half=True),
            Field(name="starts", label=tr("Klockan"), kind=Text, required=True, half=True, check=parse_time),
            Field(name="place", label=tr("Plats"), kind=Text, half=True),
            Field(
                name="staff_fte",
                label=tr("Heltidstjänster i laget"),
                kind=Text,
                required=True,
                half=True,
                check=parse_decimal,
                help=tr("Ger hur många ärenden ni har plats för: 20 per heltid."),
            ),
            Field(
                name="nafs_teams",
                label=tr("NAFS-team"),
                kind=lambda: Text(tr("NAFS Norsjö, NAFS Heimdall")),
                help=tr("Namnen med komma emellan. Lämna tomt om ni inte har några."),
            ),
        ),
        values={
            "weekday": usual.weekday,
            "starts": usual.starts,
            "place": "",
            "staff_fte": f"{usual.staff_fte:g}".replace(".", ","),
        },
        next_word=tr("Skapa registret"),
    )
