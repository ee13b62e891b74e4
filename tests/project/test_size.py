"""A file fits in a head and a function on a screen."""

from __future__ import annotations

import ast

from tests.project.worlds import CODE

MOST_LINES_A_FILE = 500
MOST_LINES_A_FUNCTION = 60


def test_every_file_is_short() -> None:
    lines = {str(path): len(text.splitlines()) for path, text in CODE.items()}
    assert {name: count for name, count in lines.items() if count >= MOST_LINES_A_FILE} == {}


def test_every_function_is_short() -> None:
    long = [
        f"{path}:{node.lineno}: {node.name}"
        for path, text in CODE.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno + 1 >= MOST_LINES_A_FUNCTION
    ]
    assert long == []
