"""The pages of the help: ``resources/help`` has one for each place of the program, and ``index.md`` their order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from misam_desktop import assets
from misam_desktop.domain.text import fold

CONTENTS = "index"
"""The page that leads to all others."""
_LINE = re.compile(r"## (?P<group>.+)|- \[(?P<title>.+)\]\((?P<name>\w+)\.md\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPage:
    """One page, and the group of the contents that it stands in."""

    name: str
    title: str
    group: str
    text: str

    def holds(self, words: str) -> bool:
        """Whether its text has these words somewhere, however they are written."""
        return fold(words) in fold(self.text)


def path_of(name: str) -> Path:
    """Where a page lies."""
    return assets.resource("help", f"{name}.md")


def help_pages() -> Iterator[HelpPage]:
    """Every page, in the order of the contents."""
    group = ""
    for line in _LINE.finditer(path_of(CONTENTS).read_text(encoding="utf-8")):
        if line["group"]:
            group = line["group"]
        else:
            text = path_of(line["name"]).read_text(encoding="utf-8")
            yield HelpPage(name=line["name"], title=line["title"], group=group, text=text)
