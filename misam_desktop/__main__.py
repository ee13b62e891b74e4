"""``python -m misam_desktop``, and what the installed command calls."""

from __future__ import annotations

import sys

from misam_desktop.app import main

if __name__ == "__main__":
    sys.exit(main())
