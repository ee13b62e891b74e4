"""The windows: PySide6 lives here and nowhere else."""

from misam_desktop.gui.immortals import keep_alive

keep_alive()
