"""Refusals: of a call of the app, or of an action of a person."""

from typing import Any


class SlackError(Exception):
    """A call that Slack refuses: HTTP 200 with `ok: false` and this code.

    Attributes:
        code: one of the error codes that Slack documents for the method.
        extra: further members of the answer, such as `needed` and `provided`.
    """

    def __init__(self, code: str, **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.extra = extra

    def to_answer(self) -> dict[str, Any]:
        """The JSON body of the refusal."""
        return {"ok": False, "error": self.code, **self.extra}


class ActionRefused(Exception):  # noqa: N818 - named like Slack's own notice to a person, it is not a bug
    """A person tried something that Slack's client does not allow, or the app did not answer."""


def invalid(problems: list[str], code: str = "invalid_arguments") -> SlackError:
    """The error for malformed arguments, each problem with its JSON pointer (Slack docs, Block Kit errors)."""
    messages = [f"[ERROR] {problem}" for problem in problems]
    extra: dict[str, Any] = {"response_metadata": {"messages": messages}}
    if code == "invalid_blocks":
        extra["errors"] = problems
    return SlackError(code, **extra)
