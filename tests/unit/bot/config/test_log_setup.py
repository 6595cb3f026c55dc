"""The log says where something went wrong, and never who wrote what."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.config import log_setup
from bot.config.log_setup import LogFormat, LogLevel, LogSettings

TOKEN = "123456789:AAF-secret_secret_secret_secret_1234"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before, level = root.handlers, root.level
    written = io.StringIO()
    log_setup.set_up(LogSettings(format=LogFormat.JSON), written)
    yield written
    root.handlers, root.level = before, level
    structlog.reset_defaults()


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_what_somebody_wrote_stays_out_of_a_traceback(stream: io.StringIO) -> None:
    try:
        raise KeyError("Nguyễn Văn An wrote this")
    except KeyError:
        structlog.stdlib.get_logger().exception("a handler failed")
    assert "Nguyễn" not in stream.getvalue()
    (line,) = lines(stream)
    assert line["error"] == "KeyError"
    assert "test_log_setup.py" in str(line["trace"])


def test_the_cause_is_named_by_its_kind(stream: io.StringIO) -> None:
    try:
        try:
            raise ValueError("hush")
        except ValueError as cause:
            raise RuntimeError("hush") from cause
    except RuntimeError:
        structlog.stdlib.get_logger().exception("a handler failed")
    assert lines(stream)[0]["error"] == "RuntimeError < ValueError"
    assert "hush" not in stream.getvalue()


def test_a_librarys_traceback_is_treated_the_same(stream: io.StringIO) -> None:
    try:
        raise KeyError("Nguyễn Văn An wrote this")
    except KeyError:
        logging.getLogger("aiohttp.server").exception("Error handling request")
    assert "Nguyễn" not in stream.getvalue()
    assert lines(stream)[0]["error"] == "KeyError"


@pytest.mark.parametrize(
    "text",
    [
        f"POST https://api.telegram.org/bot{TOKEN}/sendMessage",
        f"postgresql://niemtin:{TOKEN}@db.example/club",
        "postgresql://niemtin:secret@db.example/club",
    ],
)
def test_no_token_or_password_reaches_the_log(stream: io.StringIO, text: str) -> None:
    structlog.stdlib.get_logger().warning("calling", where=text, nested={"deep": [text]})
    logging.getLogger("aiogram").warning("calling %s", text)
    assert "secret" not in stream.getvalue()
    assert len(lines(stream)) == 2


def test_one_requests_lines_carry_its_reference(stream: io.StringIO) -> None:
    with structlog.contextvars.bound_contextvars(request_id="ABC", update_id="17"):
        logging.getLogger("anything").warning("from a library")
    assert lines(stream)[0]["request_id"] == "ABC"
    assert lines(stream)[0]["update_id"] == "17"


@pytest.mark.parametrize("level", list(LogLevel))
def test_a_library_is_heard_from_warnings_on_and_never_with_a_value(level: LogLevel) -> None:
    root = logging.getLogger()
    before = root.handlers, root.level
    written = io.StringIO()
    log_setup.set_up(LogSettings(format=LogFormat.JSON, level=level), written)
    try:
        for name in ("PIL.TiffImagePlugin", "aiohttp.server", "asyncio", "anything"):
            library = logging.getLogger(name)
            for loudness in (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR):
                library.log(loudness, "tag: %s, value: %s", "Artist", "Nguyễn Văn An")
                library.log(loudness, "Exception in callback heard('Nguyễn Văn An')")
                library.log(loudness, "Task exception was never retrieved\n<Task 'Nguyễn Văn An'>")
    finally:
        root.handlers, root.level = before
        structlog.reset_defaults()
    heard = lines(written)
    assert "Nguyễn" not in written.getvalue()
    assert {line["level"] for line in heard} <= {"warning", "error"}
    assert {line["event"] for line in heard} == {
        "tag: %s, value: %s",
        "Exception in callback heard",
        "Task exception was never retrieved",
    }


def test_our_own_debug_lines_are_heard_where_they_are_wanted(stream: io.StringIO) -> None:
    for level in (LogLevel.INFO, LogLevel.DEBUG):
        log_setup.set_up(LogSettings(format=LogFormat.JSON, level=level), stream)
        structlog.stdlib.get_logger("handlers.conversation.dispatcher").debug(level.value)
    assert [line["event"] for line in lines(stream)] == ["debug"]
