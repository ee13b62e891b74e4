"""How large a list may be, and what a file can be instead of one."""

from __future__ import annotations

from misam_desktop.domain.errors import UserError

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 50_000
MOST_CHARACTERS = 32_767
"""What a cell of a spreadsheet holds."""


class FileTooLarge(UserError):
    """The file is larger than a list ever is, packed or unpacked."""

    code = "file_too_large"


class TooManyRows(UserError):
    """The list has more rows than are taken at once, ``most``."""

    code = "too_many_rows"


class NotATable(UserError):
    """The file is neither CSV nor XLSX, or has no header."""

    code = "not_a_table"


class QuotesUnpaired(UserError):
    """A quotation mark lacks its other half from row ``at`` on: where cells and rows end is a guess."""

    code = "quotes_unpaired"


class HasMacros(UserError):
    """The workbook carries a program of its own."""

    code = "has_macros"


class CellFarOut(UserError):
    """The sheet has something far outside any list: its last row and column are ``row`` and ``column``."""

    code = "cell_far_out"


class CellTooLong(UserError):
    """A cell holds more than a spreadsheet can, ``most`` characters."""

    code = "cell_too_long"
