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
from PIL import Image, UnidentifiedImageError

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
        plain = found.convert("L" if found.mode in {"1", "L", "LA", "I"} else "RGB")
        clean = Image.frombytes(plain.mode, plain.size, plain.tobytes())
        if media == JPEG:
            clean.save(into, "JPEG", quality=85)
        else:
            clean.save(into, "PNG", optimize=False)
    return into.getvalue()


def _pages(content: bytes) -> bytes:
    """The pages in a new document, each without what could act: scripts, links, forms, attachments."""
    into = BytesIO()
    with _told(), pikepdf.open(BytesIO(content)) as found, pikepdf.new() as clean:
        for page in found.pages:
            for acts in ("/AA", "/Annots", "/Metadata", "/PieceInfo", "/AF", "/B"):
                if acts in page:
                    del page[acts]
            clean.pages.append(page)
        if not len(clean.pages):
            raise ScanDamaged(field="scan")
        clean.save(into, deterministic_id=True)
    return into.getvalue()


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
