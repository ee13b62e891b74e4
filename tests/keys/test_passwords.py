"""What passes as a password, and how long a guesser waits."""

from __future__ import annotations

import pytest

from misam_desktop import assets
from misam_desktop.keys.errors import PasswordCommon, PasswordTooShort
from misam_desktop.keys.passwords import _plain, check_password_strength, delay_s


@pytest.mark.parametrize(
    "password",
    [
        "en lugn morgon vid älven",
        "kaffe på balkongen",
        "correct horse battery staple",
        "v7Qm2pLx9TzB",
        "482915736402",
        "ЖелтаяЛуна за рекой",
    ],
)
def test_twelve_characters_of_ones_own_are_enough(password: str) -> None:
    check_password_strength(password)


@pytest.mark.parametrize("password", ["", "elva tecken", "älv å" * 2, "a\u0308" * 11])
def test_fewer_are_too_short(password: str) -> None:
    with pytest.raises(PasswordTooShort):
        check_password_strength(password)


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaaaaa",
        "123456789012",
        "abcdefghijkl",
        "qwertyuiopåa",
        "lkjhgfdsa321",
        "1q2w3e4r5t6y",
        "!QAZ2wsx3edc",
        "abcabcabcabc",
        "hejhejhejhej",
        "passwordpassword",
        "password1234",
        "P@ssw0rd2024",
        "LÖSENORD!!!!",
        "Losenord12345",
        "Sommar2026!!",
        "Skellefteå2026",
        "Försäkringskassan1",
        "misam-misam-misam",
        "correcthorsebatterystaple",
        "2024202420242024",
    ],
)
def test_what_is_tried_first_is_refused(password: str) -> None:
    with pytest.raises(PasswordCommon):
        check_password_strength(password)


def test_ones_own_login_is_a_common_word() -> None:
    check_password_strength("karin.ekdahl7")
    with pytest.raises(PasswordCommon):
        check_password_strength("Karin.Ekdahl7", login="karin.ekdahl")


def test_a_very_long_password_is_judged_too() -> None:
    check_password_strength("en lugn morgon vid älven " * 20 + "och så en båt")


def test_the_list_holds_each_word_once_and_long_enough_to_count() -> None:
    lines = assets.resource("passwords", "common.txt").read_text(encoding="utf-8").splitlines()
    words = [_plain(line) for line in lines if line and not line.startswith("#")]
    assert min(map(len, words)) >= 4
    assert len(set(words)) == len(words) > 2000


def test_the_wait_doubles_up_to_a_minute() -> None:
    assert [delay_s(failures) for failures in range(10)] == [0, 0, 1, 2, 4, 8, 16, 32, 60, 60]
    assert delay_s(10**9) == 60
