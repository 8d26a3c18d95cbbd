"""Log lines: JSON for machines, pretty on a terminal; what happened, never what was said.

A line has an event and particulars: position, command id, trace id, code, durations. Bodies, texts,
names and addresses do not belong in a log that is copied to places where nothing can be forgotten.
So whatever is not a plain, short value is left out, by its name, before a line is written; and an
exception is logged by its type and its place in the code, without its message, which may quote the
input that caused it. Of what libraries log only the first line is kept, for the same reason: asyncio
prints the exception of a forgotten task below it.
"""

import logging
import sys
from collections.abc import MutableMapping
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from traceback import extract_tb
from typing import Any, TextIO
from uuid import UUID

import structlog

from infrastructure.settings import LogFormat, LogLevel

_LONGEST = 300
"""Characters of one value; a longer one is a text, and texts are not logged."""

_Line = MutableMapping[str, Any]


def configure_logs(form: LogFormat, level: LogLevel, stream: TextIO = sys.stderr) -> None:
    """Send every line of this process to `stream`, those of libraries included."""
    pretty = form is LogFormat.PRETTY or (form is LogFormat.AUTO and stream.isatty())
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        _exception_without_message,
        _only_plain_values,
    ]
    last: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer(colors=stream.isatty())
        if pretty
        else structlog.processors.JSONRenderer(sort_keys=True)
    )
    structlog.configure(
        processors=[*shared, last],  # not by way of `logging`: that takes as long again
        logger_factory=structlog.WriteLoggerFactory(stream),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())


def _exception_without_message(_logger: Any, _method: str, line: _Line) -> _Line:
    said = line.pop("exc_info", None)
    error = sys.exc_info()[1] if said is True else said[1] if isinstance(said, tuple) else said
    if isinstance(error, BaseException):
        line["error"] = type(error).__qualname__
        frames = extract_tb(error.__traceback__)
        if frames:
            line["error_at"] = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}"
    return line


def _only_plain_values(_logger: Any, _method: str, line: _Line) -> _Line:
    left_out = []
    line["event"] = (str(line["event"]).splitlines() or [""])[0][:_LONGEST]
    for name in list(line):
        value = line[name]
        if name.startswith("_"):  # structlog's own, which it removes
            continue
        if isinstance(value, UUID | Path | date | datetime | Enum):
            line[name] = str(value)
        elif not isinstance(value, str | int | float | bool | None) or (
            isinstance(value, str) and len(value) > _LONGEST
        ):
            del line[name]
            left_out.append(name)
    if left_out:
        line["left_out"] = ",".join(left_out)
    return line
