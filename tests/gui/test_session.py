"""What was done, or was not, is told also when the page that asked for it has gone."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject

from misam_desktop.commands.contacts import add_contact
from misam_desktop.domain.ids import UnitId
from misam_desktop.gui.driver import Driver


def test_others_read_again_when_the_owner_has_gone(as_karin: Driver) -> None:
    owner, touched, answers = QObject(), list[object](), list[object]()
    as_karin.work.session.touched.connect(touched.append)
    request = add_contact(name="Eva Ek", unit_id=UnitId("fk"))
    as_karin.work.session.do(request, owner=owner, then=answers.append)
    shiboken6.delete(owner)
    as_karin.settle()
    assert (len(touched), answers) == (1, [])


def test_a_refusal_is_told_by_the_frame_when_the_owner_has_gone(as_karin: Driver) -> None:
    owner, refused = QObject(), list[object]()
    request = add_contact(name=" ", unit_id=UnitId("fk"))
    as_karin.work.session.do(request, owner=owner, failed=refused.append)
    shiboken6.delete(owner)
    as_karin.settle()
    assert as_karin.work.here.banner.text == "Fältet är tomt. Skriv en kort text."
    assert refused == []
