"""Logs: errors and library messages are logged without the values in them, and no token is ever logged."""

import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from slack_sdk.errors import SlackApiError

from bot.core import logs

CANARY = "TOPSECRET"
TOKEN = "xoxb-1234-abcd-EFGH"  # noqa: S105  # not a real one


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What is logged, as JSON, at every level."""
    root, ours = logging.getLogger(), logging.getLogger(logs.OURS)
    before = root.handlers, root.level, ours.level, structlog.get_config()
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    logs.set_up("json", "debug")
    yield written
    root.handlers = before[0]
    root.setLevel(before[1])
    ours.setLevel(before[2])
    structlog.configure(**before[3])


def last(lines: io.StringIO) -> dict[str, Any]:
    """The last line."""
    line: dict[str, Any] = json.loads(lines.getvalue().splitlines()[-1])
    return line


def _fail() -> None:
    answer = type("Answer", (), {"data": {"error": "invalid_blocks", "text": CANARY}})()
    raise ValueError(f"cannot use {CANARY}") from SlackApiError(CANARY, answer)


def test_an_error_is_logged_by_its_kind_place_and_codes(lines: io.StringIO) -> None:
    try:
        _fail()
    except ValueError:
        structlog.get_logger("bot.test").exception("it.failed")
    told = last(lines)["exception"]
    assert told.startswith("ValueError\n")
    assert "test_logs.py" in told
    assert "in _fail" in told
    assert "caused by slack_sdk.errors.SlackApiError (slack=invalid_blocks)" in told
    assert CANARY not in lines.getvalue()


def test_each_error_in_a_group_is_logged_without_its_message(lines: io.StringIO) -> None:
    group = ExceptionGroup(CANARY, [OSError(28, CANARY), KeyError(CANARY)])
    structlog.get_logger("bot.test").error("it.failed", exc_info=group)
    told = last(lines)["exception"]
    assert "of which OSError (errno=28)" in told
    assert "of which KeyError" in told
    assert CANARY not in told


@pytest.mark.parametrize(
    ("message", "arguments", "shown"),
    [
        (f"Failed to connect (error: {CANARY}); Retrying...", (), "Failed to connect"),
        (f"Failed to receive or enqueue a message: {CANARY}", (), "Failed to receive or enqueue a message"),
        ('Job "%s" raised an exception', (CANARY,), 'Job "%s" raised an exception'),
        (
            f"Task exception was never retrieved\nfuture: <Task exception=E('{CANARY}')>",
            (),
            "Task exception was never retrieved",
        ),
    ],
)
def test_the_message_of_a_library_is_kept_without_its_values(
    lines: io.StringIO, message: str, arguments: tuple[str, ...], shown: str
) -> None:
    logging.getLogger("warroom.socket").error(message, *arguments)
    assert last(lines)["event"] == shown
    assert last(lines)["logger"] == "warroom.socket"
    assert last(lines)["where"].startswith("test_logs:")
    assert CANARY not in lines.getvalue()


@pytest.mark.parametrize(
    "secret",
    [
        TOKEN,
        "xapp-1-A1-2-abc",
        "xoxe.xoxb-1-abc",
        "wss://slack/link/?ticket=abc-def",
        "https://hooks.slack.com/commands/T1/2/abc",
    ],
)
def test_anything_that_looks_like_a_token_is_removed_everywhere(lines: io.StringIO, secret: str) -> None:
    structlog.get_logger("bot.test").warning("it.failed", hint=f"with {secret} it failed")
    assert last(lines)["hint"].startswith("with ")
    assert last(lines)["hint"].endswith("(a secret) it failed")
    assert secret not in lines.getvalue()


def test_debug_messages_of_libraries_are_not_logged(lines: io.StringIO) -> None:
    logging.getLogger("slack_sdk.web.async_base_client").debug(CANARY)
    structlog.get_logger("bot.test").debug("seen")
    assert [json.loads(line)["event"] for line in lines.getvalue().splitlines()] == ["seen"]


def test_an_uncaught_error_is_logged_without_typed_text(lines: io.StringIO) -> None:
    error = ValueError(f"cannot use {CANARY}")
    sys.excepthook(ValueError, error, None)
    assert last(lines)["event"] == "warroom.crashed"
    assert last(lines)["level"] == "critical"
    assert CANARY not in lines.getvalue()


@pytest.mark.parametrize("style", ["json", "text"])
def test_a_crash_is_logged_like_any_other_error(style: str) -> None:
    program = (
        f"from bot.core import logs; logs.set_up('{style}', 'info'); raise ValueError('{CANARY} {TOKEN}')"
    )
    ended = subprocess.run(  # noqa: S603  # our own program
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert "warroom.crashed" in ended.stderr
    assert "ValueError" in ended.stderr
    assert CANARY not in ended.stderr
    assert TOKEN not in ended.stderr
