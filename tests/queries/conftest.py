"""The colleagues of Karin and Jonas, as the tests of commands know them."""

from __future__ import annotations

from tests.commands.conftest import ada, bo, lena, nora, olle

__all__ = ["ada", "bo", "lena", "nora", "olle"]
