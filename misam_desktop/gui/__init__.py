"""The windows: PySide6 lives here and nowhere else."""

from misam_desktop.gui.none import keep_none_alive

keep_none_alive()
