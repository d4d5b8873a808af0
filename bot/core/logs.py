"""Structured logs. They carry ids, kinds and error codes: never a token, a message's text or a title.

Our own lines are written that way. Lines of libraries and messages of errors may hold anything. So a library's line is
cut before its first value, and an error is logged only by its kind, its codes and the places in the code. At the end,
everything that still looks like a token is replaced.
"""

import logging
import re
import sys
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Literal

import structlog
from structlog.types import EventDict, WrappedLogger

OURS = "bot"

# Slack docs, "Token types"; a socket's address and a response URL also give access.
_TOKEN = re.compile(r"x(?:ox[a-z]|app|wfp)(?:\.xox[a-z])?-[\w-]+|ticket=[^&\s\"']+|https://hooks\.[^\s\"']+")
_VALUE = re.compile(r"[:({\[<'\"=\n]")  # where the values in a library's message begin
_CODES = ("errno", "sqlstate", "sqlite_errorname", "status")  # attributes of errors, if they have them
_CODE = re.compile(r"[\w.-]{1,40}")


def set_up(style: Literal["text", "json"], level: str) -> None:
    """Log to standard error, one line for each event; the libraries' warnings have the same format."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,  # request and incident, effect
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _errors_without_values,
    ]
    renderer: structlog.types.Processor = (
        structlog.processors.JSONRenderer()
        if style == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_libraries_without_values, *shared],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _without_tokens,
                renderer,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(OURS).setLevel(level.upper())
    # It warns each time a tick takes longer than a second; there is a metric for the lateness of reminders.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
    sys.excepthook = _crashed


def describe(error: BaseException) -> str:
    """An error and its causes: kinds, codes and places. Never the messages, because they hold values."""
    return "\ncaused by ".join(_one(each) for each in _chain(error))


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)


def _one(error: BaseException) -> str:
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    data = getattr(getattr(error, "response", None), "data", None)  # what Slack has answered
    known = {name: getattr(error, name, None) for name in _CODES}
    known["slack"] = data.get("error") if isinstance(data, dict) else None
    codes = [f"{name}={code}" for name, code in known.items() if code and _CODE.fullmatch(str(code))]
    shown = f"{kind} ({', '.join(codes)})" if codes else kind
    places = [
        f"  {frame.filename}:{frame.lineno} in {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    groups = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    return "\n".join([shown, *places, *(f"of which {describe(each)}" for each in groups)])


def _errors_without_values(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    given = event.pop("exc_info", None)
    if given is True:
        given = sys.exc_info()
    error = given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["exception"] = describe(error)
    event.pop("stack_info", None)
    return event


def _libraries_without_values(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Remove the values from a library's message: a template has none; in a formatted text they follow a bracket or colon."""
    record: logging.LogRecord = event["_record"]
    text = str(record.msg)
    if event["event"] == text:
        text = _VALUE.split(text, maxsplit=1)[0].strip()
    event["event"] = text
    event["where"] = f"{record.module}:{record.lineno}"
    return event


def _without_tokens(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    return {name: _redacted(value) for name, value in event.items()}


def _redacted(value: Any) -> Any:
    return _TOKEN.sub("(a secret)", value) if isinstance(value, str) else value


def _crashed(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    """Log an uncaught error in the same way; it ends the process."""
    structlog.get_logger(__name__).critical("warroom.crashed", exc_info=error)
