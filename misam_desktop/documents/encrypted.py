"""A PDF that opens only with its password: AES-256, made in memory."""

from __future__ import annotations

from io import BytesIO

from pikepdf import Encryption, Pdf


def encrypted(content: bytes, password: str) -> bytes:
    """The same pages behind a password; nobody can change or take them apart without it."""
    into = BytesIO()
    with Pdf.open(BytesIO(content)) as pdf:
        pdf.save(into, encryption=Encryption(owner=password, user=password, R=6), deterministic_id=False)
    return into.getvalue()
