import logging

import pytest

from bot.logs import Redaction

TOKEN = "123456:AAsecret_token-x"


def written(message: str, *values: object, error: Exception | None = None) -> str:
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("child.of.some.library", logging.INFO, "", 1, message, values, info)
    assert Redaction([TOKEN]).filter(record)
    return logging.Formatter().format(record)


@pytest.mark.parametrize(
    ("message", "values"),
    [
        (f"POST https://api.telegram.org/bot{TOKEN}/getMe", ()),
        ("POST %s", (f"https://api.telegram.org/bot{TOKEN}/getMe",)),
        ("file %s", ("https://api.telegram.org/file/bot123456%3AAAsecret_token-x/a",)),
        ("only %s", ("AAsecret_token-x",)),
    ],
)
def test_the_token_is_never_written(message: str, values: tuple[object, ...]) -> None:
    line = written(message, *values)
    assert "AAsecret" not in line and "•••" in line


def test_nor_in_a_traceback() -> None:
    try:
        raise ValueError(f"refused: {TOKEN}")
    except ValueError as error:
        line = written("failed", error=error)
    assert "Traceback" in line and "AAsecret" not in line


def test_other_messages_are_left_alone() -> None:
    assert written("serving as bot %s", 7) == "serving as bot 7"
