"""A scanned paper as it may be kept: known by its first bytes, within limits, and rewritten without what could act.

Pictures are decoded and encoded anew, so that nothing but the picture is left; a PDF keeps its pages alone.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Name
from PIL import Image, ImageOps, UnidentifiedImageError

from misam_desktop.domain.errors import UserError

AT_MOST = 10 * 1024 * 1024
"""Bytes of a file that is taken in."""
PIXELS = 60_000_000
"""Pixels of a picture: an A4 page at 600 dots an inch has 35 million."""
PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
_FIRST = {b"%PDF-": PDF, b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG}


class ScanTooLarge(UserError):
    """The file, or the picture in it, is larger than a scanned paper needs to be."""

    code = "scan_too_large"


class ScanUnknown(UserError):
    """The file is no PDF, JPEG or PNG, whatever it is called."""

    code = "scan_unknown"


class ScanDamaged(UserError):
    """The file begins like one of them, and cannot be read."""

    code = "scan_damaged"


class ScanLocked(UserError):
    """The PDF has a password."""

    code = "scan_locked"


class Checked(NamedTuple):
    """A paper as it may be kept; only ``checked`` makes one."""

    media: str
    content: bytes


def checked(content: bytes) -> Checked:
    """The media type and the bytes to keep. Raises ScanTooLarge, ScanUnknown, ScanDamaged, ScanLocked."""
    if len(content) > AT_MOST:
        raise ScanTooLarge(field="scan")
    media = next((media for first, media in _FIRST.items() if content.startswith(first)), None)
    if media is None:
        raise ScanUnknown(field="scan")
    return Checked(media, _pages(content) if media == PDF else _picture(content, media))


def _picture(content: bytes, media: str) -> bytes:
    into = BytesIO()
    with _told(), Image.open(BytesIO(content), formats=["JPEG" if media == JPEG else "PNG"]) as found:
        if found.width * found.height > PIXELS:
            raise ScanTooLarge(field="scan")
        found.load()
        plain = _on_paper(ImageOps.exif_transpose(found))
        plain.info.clear()  # or comments and profiles are written again
        plain.save(into, "JPEG" if media == JPEG else "PNG", quality=85)
    return into.getvalue()


def _on_paper(picture: Image.Image) -> Image.Image:
    """What is seen of a picture on white paper, in grey or colour."""
    if picture.has_transparency_data:
        seen = picture.convert("RGBA")
        paper = Image.new("RGBA", seen.size, "white")
        paper.alpha_composite(seen)
        return paper.convert("RGB")
    if picture.mode.startswith("I"):  # sixteen bits a pixel
        return picture.point(lambda value: value * (1 / 256)).convert("L")
    return picture.convert("L" if picture.mode in {"1", "L"} else "RGB")


def _pages(content: bytes) -> bytes:
    """The pages in a new document, with what is written on them and without what could act or tell of its maker."""
    into = BytesIO()
    with _told(), pikepdf.open(BytesIO(content)) as found, pikepdf.new() as clean:
        found.generate_appearance_streams()
        found.flatten_annotations("all")  # or filled-in fields and signatures drawn on a screen are lost
        for page in found.pages:
            for key in page.obj.keys() - _OF_A_PAGE:
                del page.obj[key]
            clean.pages.append(page)
        if not len(clean.pages):
            raise ScanDamaged(field="scan")
        for stream in clean.objects:
            if isinstance(stream, pikepdf.Stream):
                _strip(stream)
        clean.save(into, deterministic_id=True)
    return into.getvalue()


_OF_A_PAGE = {"/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Contents", "/Group"}
_BESIDE = {"/Metadata", "/PieceInfo", "/AF", "/OPI", "/Ref", "/F", "/FFilter", "/FDecodeParms"}
"""What a stream can carry or point to beside what it draws; ``/F`` is a file outside the document."""


def _strip(stream: pikepdf.Stream) -> None:
    for key in stream.keys() & _BESIDE:
        del stream[key]
    if stream.get("/Filter") in (Name.DCTDecode, Array([Name.DCTDecode])):
        stream.write(_bare(stream.read_raw_bytes()), filter=Name.DCTDecode)


def _bare(jpeg: bytes) -> bytes:
    """A JPEG without what its camera wrote: place, time, model. Not decoded, so that it looks as it did."""
    kept, at = bytearray(jpeg[:2]), 2
    while (marker := jpeg[at : at + 2]).startswith(b"\xff") and marker != _PIXELS_BEGIN:
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4])
        if marker not in _NOTES:
            kept += jpeg[at:end]
        at = end
    return bytes(kept) + jpeg[at:]


_PIXELS_BEGIN = b"\xff\xda"
_NOTES = {bytes((0xFF, kind)) for kind in (*range(0xE1, 0xEE), 0xFE)}


@contextmanager
def _told() -> Iterator[None]:
    """What the libraries say of a file that is not what it says."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except pikepdf.PasswordError as error:
        raise ScanLocked(field="scan") from error
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise ScanTooLarge(field="scan") from error
    except (pikepdf.PdfError, UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise ScanDamaged(field="scan") from error
