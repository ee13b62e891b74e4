"""A scanned paper is kept as a picture or as pages, and nothing else of the file it came in."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from random import Random
from zipfile import ZipFile

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image
from pypdf import PdfReader

from misam_desktop.documents import scans
from misam_desktop.documents.scans import JPEG, PDF, PNG, ScanDamaged, ScanLocked, ScanTooLarge, ScanUnknown, checked

Colour = int | tuple[int, ...]
MODEL, ORIENTATION, GPS = 0x0110, 0x0112, 0x8825


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


def filled_in(value: str) -> bytes:
    """A form with one field, filled in."""
    with pikepdf.new() as made, BytesIO() as into:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        seen = made.make_stream(f"BT /F 12 Tf 5 5 Td ({value}) Tj ET".encode())
        seen.Type, seen.Subtype, seen.BBox = Name.XObject, Name.Form, Array([0, 0, 150, 20])
        seen.Resources = Dictionary(Font=Dictionary(F=font))
        field = made.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="namn", V=value, F=4, Rect=Array([10, 10, 160, 30])
            )
        )
        field.AP = Dictionary(N=seen)
        made.add_blank_page(page_size=(200, 300)).obj.Annots = Array([field])
        made.Root.AcroForm = Dictionary(Fields=Array([field]), XFA="<xdp/>")
        made.save(into)
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


def test_where_and_when_a_picture_was_taken_goes_and_it_stands_upright_all_the_same() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[MODEL] = "Provkamera"
    exif.get_ifd(GPS)[2] = (64.0, 45.0, 1.0)
    kept = Image.open(BytesIO(checked(picture("JPEG", exif=exif, comment=b"Provkamera")).content))
    assert kept.size == (30, 40)
    assert dict(kept.getexif()) == {}
    assert "comment" not in kept.info


@pytest.mark.parametrize(
    ("mode", "white", "ink"),
    [
        ("RGBA", (0, 0, 0, 0), (0, 0, 0, 255)), ("LA", (0, 0), (0, 255)), ("P", 0, 1), ("1", 1, 0), ("L", 255, 0),
        ("I;16", 0xFFFF, 0),
    ],
)  # fmt: skip
def test_ink_stays_dark_and_paper_white_however_the_picture_is_made(mode: str, white: Colour, ink: Colour) -> None:
    drawn = Image.new(mode, (40, 30), white)
    drawn.paste(ink, (10, 10, 20, 20))
    into = BytesIO()
    if mode == "P":
        drawn.putpalette([0, 0, 0] * 256)
        drawn.save(into, "PNG", transparency=0)
    else:
        drawn.save(into, "PNG")
    kept = Image.open(BytesIO(checked(into.getvalue()).content)).convert("L")
    assert (kept.getpixel((0, 0)), kept.getpixel((15, 15))) == (255, 0)


def test_what_was_filled_in_or_drawn_on_a_page_is_kept_as_ink() -> None:
    pages = PdfReader(BytesIO(checked(filled_in("Malin Provlund")).content)).pages
    assert "Malin Provlund" in pages[0].extract_text()
    assert "/Annots" not in pages[0]


def test_pages_keep_what_they_have_from_the_document_they_came_in() -> None:
    with pikepdf.open(BytesIO(filled_in("x"))) as made, BytesIO() as into:
        made.Root.Pages.Rotate = 90
        made.Root.Pages.MediaBox = made.pages[0].MediaBox
        del made.pages[0].MediaBox
        made.save(into)
        content = checked(into.getvalue()).content
    page = PdfReader(BytesIO(content)).pages[0]
    assert (page.rotation, page.mediabox.width) == (90, 200)


def test_what_lies_beside_a_pdfs_pages_and_pictures_goes() -> None:
    exif = Image.Exif()
    exif[MODEL] = "Provkamera"
    with pikepdf.new() as made, BytesIO() as into:
        photo = made.make_stream(picture("JPEG", exif=exif, comment=b"Provkamera"), Type=Name.XObject)
        photo.Subtype, photo.Filter, photo.ColorSpace = Name.Image, Name.DCTDecode, Name.DeviceRGB
        photo.Width, photo.Height, photo.BitsPerComponent = 40, 30, 8
        photo.Metadata = made.make_stream(b"Provkamera")
        page = made.add_blank_page(page_size=(200, 300))
        page.obj.Resources = Dictionary(XObject=Dictionary(P=photo))
        page.obj.Gömt = made.make_stream(b"Provkamera")
        made.docinfo["/Author"] = "Provkamera"
        made.save(into)
        content = checked(into.getvalue()).content
    shown = PdfReader(BytesIO(content)).pages[0].images[0].image
    assert shown is not None
    assert shown.size == (40, 30)
    with pikepdf.open(BytesIO(content)) as kept:
        held = [stream.read_raw_bytes() for stream in kept.objects if isinstance(stream, pikepdf.Stream)]
        assert not [one for one in (content, *held) if b"Provkamera" in one]
        assert "/Info" not in kept.trailer


def test_a_document_without_pages_is_refused() -> None:
    with pikepdf.new() as made, BytesIO() as into:
        made.save(into)
        with pytest.raises(ScanDamaged):
            checked(into.getvalue())


def test_what_hides_behind_a_pdf_goes() -> None:
    content = checked(pdf() + b"PK\x03\x04<script>alert(1)</script>").content
    assert b"script" not in content


def test_no_garbage_is_more_than_damaged() -> None:
    chance = Random(20261126)
    whole = [picture("JPEG"), picture("PNG"), pdf(acts=True), filled_in("x")]
    for number in range(400):
        garbage = bytearray(whole[number % len(whole)])
        for _ in range(chance.randint(1, 12)):
            garbage[chance.randrange(8, len(garbage))] = chance.randrange(256)
        with suppress(ScanDamaged, ScanTooLarge, ScanLocked):
            checked(bytes(garbage))


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
