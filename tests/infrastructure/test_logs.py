"""A log line says what happened and where, and cannot carry what was said."""

import json
import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
import structlog

from infrastructure.logs import configure_logs
from infrastructure.settings import LogFormat, LogLevel


@pytest.fixture
def stream() -> Iterator[StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    written = StringIO()
    configure_logs(LogFormat.AUTO, LogLevel.INFO, written)
    yield written
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def lines(stream: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def fail(words: str) -> None:
    raise ValueError(words)


def test_a_line_is_json_where_there_is_no_terminal(stream: StringIO) -> None:
    command = UUID(int=7)
    structlog.get_logger().info("command stored", position=12, command=command, repeated=False)
    (line,) = lines(stream)
    assert line.pop("at").endswith("Z")
    assert line == {
        "event": "command stored",
        "level": "info",
        "position": 12,
        "command": str(command),
        "repeated": False,
    }


def test_a_body_or_a_long_text_is_left_out_by_name(stream: StringIO) -> None:
    structlog.get_logger().info("refused", body={"name": "merkteken"}, text="merkteken " * 40)
    (line,) = lines(stream)
    assert line["left_out"] == "body,text"
    assert "merkteken" not in stream.getvalue()


def test_an_exception_is_logged_without_its_message(stream: StringIO) -> None:
    try:
        fail("merkteken")
    except ValueError:
        structlog.get_logger().exception("command failed")
        logging.getLogger("uvicorn.error").exception("in a library")
    ours, theirs = lines(stream)
    for line in (ours, theirs):
        assert line["error"] == "ValueError"
        assert line["error_at"].startswith("test_logs.py:")
    assert "merkteken" not in stream.getvalue()


def test_of_a_librarys_message_only_the_first_line_is_kept(stream: StringIO) -> None:
    logging.getLogger("asyncio").error("never retrieved\nexception=ValueError('merkteken')")
    (line,) = lines(stream)
    assert line["event"] == "never retrieved"
    assert "merkteken" not in stream.getvalue()


def test_lines_below_the_level_are_not_written(stream: StringIO) -> None:
    structlog.get_logger().debug("detail")
    logging.getLogger("psycopg").debug("detail")
    assert stream.getvalue() == ""


def test_on_a_terminal_lines_are_for_people() -> None:
    written = StringIO()
    written.isatty = lambda: True  # type: ignore[method-assign]
    handlers = logging.getLogger().handlers
    configure_logs(LogFormat.AUTO, LogLevel.INFO, written)
    structlog.get_logger().info("started", port=8000)
    logging.getLogger().handlers = handlers
    structlog.reset_defaults()
    assert "started" in written.getvalue()
    assert not written.getvalue().startswith("{")
