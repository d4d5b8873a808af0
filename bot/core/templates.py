"""Jinja templates, for text that is longer than a sentence. A folder of the user's own overrides any of them."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog
from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)

from bot.core.errors import WarroomError
from bot.core.text import Mrkdwn, escape, measured, quoted, span

log = structlog.get_logger(__name__)

# What code in a template may raise; RecursionError if a template includes itself.
_BROKEN = (ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError)


class TemplateBrokenError(WarroomError):
    """A template does not render. The message names the file, the line if it is known, and what is wrong."""


class Templates:
    """The templates of this installation.

    Args:
        shipped: the folder that is shipped with warroom.
        own: the user's folder, which has precedence; None if there is none.
    """

    def __init__(self, shipped: Path, own: Path | None = None) -> None:
        folders = [own, shipped] if own else [shipped]
        loader = ChoiceLoader([FileSystemLoader(folder) for folder in folders])
        self._prose = _environment(loader, finalize=_escaped)
        self._documents = _environment(loader)
        fallback = FileSystemLoader(shipped)
        self._shipped_prose = _environment(fallback, finalize=_escaped)
        self._shipped_documents = _environment(fallback)

    def message(self, name: str, **values: Any) -> Mrkdwn:
        """Render a message. Every value is escaped unless it is already `Mrkdwn`.

        Raises:
            TemplateBrokenError: the template is missing or does not render.
        """
        return Mrkdwn(_render(self._prose, name, values).strip())

    def has(self, name: str) -> bool:
        """Whether there is a template of this name, broken or not."""
        return name in self._prose.list_templates()

    def document(self, name: str, **values: Any) -> str:
        """Render a Markdown document.

        Raises:
            TemplateBrokenError: the template is missing or does not render.
        """
        return _render(self._documents, name, values)

    def message_in_any_case(self, name: str, **values: Any) -> Mrkdwn:
        """Render a message from the shipped template if the user's own does not render: it must not be lost."""
        try:
            return self.message(name, **values)
        except TemplateBrokenError as error:
            log.warning("templates.broken", error=str(error), instead="the shipped one")
            return Mrkdwn(_render(self._shipped_prose, name, values).strip())

    def document_in_any_case(self, name: str, **values: Any) -> str:
        """The same for a document."""
        try:
            return self.document(name, **values)
        except TemplateBrokenError as error:
            log.warning("templates.broken", error=str(error), instead="the shipped one")
            return _render(self._shipped_documents, name, values)


def _environment(loader: BaseLoader, **more: Any) -> Environment:
    environment = Environment(
        loader=loader,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701  # Slack's text and Markdown are not HTML; `finalize` escapes for Slack
        **more,
    )
    environment.filters["quoted"] = quoted
    environment.filters["span"] = _known(span)
    environment.filters["measured"] = _known(measured)
    return environment


def _render(environment: Environment, name: str, values: dict[str, Any]) -> str:
    try:
        return environment.get_template(name).render(values)
    except TemplateSyntaxError as error:
        raise TemplateBrokenError(f"template {name}, line {error.lineno}: {error.message}") from error
    except TemplateError as error:
        raise TemplateBrokenError(f"template {name}: {error.message or type(error).__name__}") from error
    except _BROKEN as error:
        raise TemplateBrokenError(f"template {name}: {_said(error)}") from error


def _said(error: Exception) -> str:
    """What is wrong, without what people typed: the message of a value or lookup error may hold the value."""
    holds_value = isinstance(error, ValueError | LookupError)
    return type(error).__name__ if holds_value else str(error)


def _escaped(value: Any) -> Any:
    return escape(str(value)) if not isinstance(value, Mrkdwn) else value


def _known(words: Callable[[timedelta], str]) -> Callable[[timedelta | None], str]:
    return lambda length: "not known" if length is None else words(length)
