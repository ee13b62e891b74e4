"""A scanned paper is kept as a picture or as pages, and nothing else of the file it came in."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from misam_desktop.documents import scans
from misam_desktop.documents.scans import JPEG, PDF, PNG, ScanDamaged, ScanLocked, ScanTooLarge, ScanUnknown, checked


def picture(kind: str, *, size: tuple[int, int] = (40, 30), **saved: object) -> bytes:
    into = BytesIO()
    Image.new("RGB", size, "white").save(into, kind, **saved)
    return into.getvalue()


def pdf(*, acts: bool = False, password: str = "") -> bytes:
    into = BytesIO()
    with pikepdf.new() as made:
        page = made.add_blank_page(page_size=(200, 300))
        if acts:
            script = Dictionary(S=Name.JavaScript, JS="app.alert('hej')")
            made.Root.OpenAction = script
            made.Root.AA = Dictionary(WC=script)
            made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["x", script])))
            made.attachments["fil.exe"] = b"MZ"
            launch = Dictionary(S=Name.Launch, F="fil.exe")
            page.obj.Annots = Array(
                [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=launch)]
            )
            page.obj.AA = Dictionary(O=script)
        encryption = pikepdf.Encryption(owner=password, user=password) if password else False
        made.save(into, encryption=encryption)
    return into.getvalue()


def test_a_picture_is_kept_as_the_picture_alone() -> None:
    exif = Image.Exif()
    exif[0x010E] = "GPS 64.75 20.95"
    archive = BytesIO()
    with ZipFile(archive, "w") as inside:
        inside.writestr("dold.txt", "dold")
    for kind, media in (("JPEG", JPEG), ("PNG", PNG)):
        found, content = checked(picture(kind, exif=exif) + archive.getvalue())
        assert found == media
        assert b"GPS 64" not in content
        assert b"dold" not in content
        assert Image.open(BytesIO(content)).size == (40, 30)


def test_the_pages_of_a_pdf_are_kept_without_what_could_act() -> None:
    found, content = checked(pdf(acts=True))
    assert found == PDF
    with pikepdf.open(BytesIO(content)) as kept:
        assert len(kept.pages) == 1
        assert {"/OpenAction", "/AA", "/Names", "/AcroForm"} & set(kept.Root.keys()) == set()
        assert {"/Annots", "/AA"} & set(kept.pages[0].obj.keys()) == set()
        assert len(kept.attachments) == 0
    assert b"JavaScript" not in content
    assert b"Launch" not in content


@pytest.mark.parametrize("content", [b"", b"MZ\x90", b"GIF89a", b"<html>", b"PK\x03\x04", b"  %PDF-1.7"])
def test_other_files_are_refused_whatever_they_are_called(content: bytes) -> None:
    with pytest.raises(ScanUnknown):
        checked(content)


@pytest.mark.parametrize("whole", [picture("JPEG"), picture("PNG"), pdf()], ids=["jpeg", "png", "pdf"])
def test_half_a_file_is_refused(whole: bytes) -> None:
    with pytest.raises(ScanDamaged):
        checked(whole[: len(whole) // 3])


def test_what_is_too_large_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ScanTooLarge):
        checked(b"%PDF-" + bytes(scans.AT_MOST))
    monkeypatch.setattr(scans, "PIXELS", 1000)
    with pytest.raises(ScanTooLarge):
        checked(picture("PNG", size=(100, 100)))


def test_a_pdf_with_a_password_is_refused() -> None:
    with pytest.raises(ScanLocked):
        checked(pdf(password="hemligt"))
