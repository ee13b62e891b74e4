"""Work in steps gives the answer of its last step, and nothing before."""

from __future__ import annotations

from misam_desktop.domain.steps import Steps, all_at_once, one_step, step


def spelled(word: str) -> Steps[str]:
    """A word, a letter a step."""
    said = ""
    for letter in word:
        said += letter
        yield
    return said


def test_a_step_gives_nothing_until_the_last() -> None:
    steps = spelled("is")
    assert [step(steps), step(steps), step(steps)] == [[], [], ["is"]]


def test_all_at_once_gives_the_same_answer() -> None:
    assert all_at_once(spelled("samsyn")) == "samsyn"


def test_an_answer_that_is_none_is_an_answer() -> None:
    assert step(one_step(lambda: None)) == [None]


def test_work_of_one_step_begins_with_its_step() -> None:
    done: list[str] = []
    steps = one_step(lambda: done.append("now"))
    assert done == []
    all_at_once(steps)
    assert done == ["now"]
