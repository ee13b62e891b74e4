"""A mail as a draft file that the user opens in their own program; nothing is sent, and nothing in it is personal.

What is to be said lies in the attached paper, which is encrypted; its password goes another way.
"""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage

SUBJECT = "Handling från samverkan"
ATTACHED = "handling.pdf"
_BODY = """Hej!

En handling är bifogad. Den är krypterad. Du får lösenordet på annat sätt, till exempel per telefon.

Hälsningar
"""


def mail_draft(addresses: Sequence[str], pdf: bytes) -> bytes:
    """The draft as an ``.eml`` file, to function addresses, with an encrypted PDF attached."""
    message = EmailMessage()
    message["To"] = ", ".join(addresses)
    message["Subject"] = SUBJECT
    message["X-Unsent"] = "1"  # mail programs open it as something to be sent
    message.set_content(_BODY)
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename=ATTACHED)
    return message.as_bytes()
