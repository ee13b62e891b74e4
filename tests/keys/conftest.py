"""A key file to try things on."""

from __future__ import annotations

import pytest

from tests.keys.worlds import Keys, make_keys


@pytest.fixture
def keys() -> Keys:
    """A key file for Karin and Jonas, with its store key and recovery key."""
    return make_keys()
