"""The driver that tests and the tour share."""

from misam_desktop.gui.driver import Driver

__all__ = ["Driver"]
