"""Jinja templates, for text that is longer than a sentence. A folder of the user's own overrides any of them."""

import traceback
from collections.abc import Callable, Mapping
from datetime import timedelta
from enum import Enum
from pathlib import Path
from typing import Any

import structlog
from jinja2 import Environment, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError

from bot.core import template_steps
from bot.core.errors import WarroomError
from bot.core.template_sources import Sources, loader_of, read_folder
from bot.core.text import Mrkdwn, escape, measured, quoted, span

log = structlog.get_logger(__name__)

# What code in a template may raise; RuntimeError if a template includes itself.
_BROKEN = (ArithmeticError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError)
SAYS_NOTHING = "it says nothing"


class TemplateBrokenError(WarroomError):
    """A template does not render. The message names the file, the line if it is known, and what is wrong.

    Attributes:
        name: the template; it may be another one, which the rendered one includes.
        line: the line in it; None if it is not known.
        told: what is wrong.
    """

    def __init__(self, name: str, told: str, line: int | None = None) -> None:
        super().__init__(f"template {name}{f', line {line}' if line else ''}: {told}")
        self.name = name
        self.line = line
        self.told = told


OnBroken = Callable[[TemplateBrokenError], None]


def log_broken(error: TemplateBrokenError) -> None:
    """Tell administrators, in the log. The traceback would hold what people typed."""
    log.error("templates.broken", error=str(error), instead="the shipped one", do="warroom policy check")


class Kind(Enum):
    """What becomes of the values in a template."""

    MESSAGE = "every value is escaped for Slack"
    DOCUMENT = "none is"
    PAGE = "every value is escaped for HTML"


class Templates:
    """The templates of this installation, as they were when this was made.

    If a template of the user's own does not render, or says nothing, the shipped one takes its place: a message must not be
    lost.

    Attributes:
        shipped: the shipped files.
        own: the user's own files.
        sources: those that count.
        environments: what they are rendered in.

    Args:
        shipped: the folder that is shipped with warroom.
        own: the user's folder, which has precedence; None if there is none.
        on_broken: called each time that a shipped template takes the place of a broken one.
    """

    def __init__(self, shipped: Path, own: Path | None = None, on_broken: OnBroken = log_broken) -> None:
        self.shipped: Sources = read_folder(shipped)
        self.own: Sources = read_folder(own) if own else {}
        self.sources: Sources = {**self.shipped, **self.own}
        self.environments = _environments(self.sources)
        self._fallback = _environments(self.shipped)
        self._on_broken = on_broken

    def message(self, name: str, **values: Any) -> Mrkdwn:
        """Render a message. Every value is escaped unless it is already `Mrkdwn`.

        Raises:
            TemplateBrokenError: neither the user's own template nor a shipped one renders.
        """
        return Mrkdwn(self._rendered(name, values).strip())

    def optional_message(self, name: str, **values: Any) -> Mrkdwn:
        """The same for a template that may say nothing, and need not be there."""
        if name not in self.sources:
            return Mrkdwn("")
        return Mrkdwn(self._rendered(name, values, is_optional=True).strip())

    def document(self, name: str, **values: Any) -> str:
        """Render a Markdown document; raises the same error as `message`."""
        return self.document_or_shipped(name, **values)[0]

    def document_or_shipped(self, name: str, **values: Any) -> tuple[str, TemplateBrokenError | None]:
        """The same, and what is wrong with the user's own template if the shipped one took its place."""
        return self._or_shipped(Kind.DOCUMENT, name, values)

    def page(self, name: str, **values: Any) -> str:
        """Render an HTML page. Every value is escaped unless it is `Markup`; raises the same error as `message`."""
        return self._or_shipped(Kind.PAGE, name, values)[0]

    def _rendered(self, name: str, values: Mapping[str, Any], *, is_optional: bool = False) -> str:
        return self._or_shipped(Kind.MESSAGE, name, values, is_optional=is_optional)[0]

    def _or_shipped(
        self, kind: Kind, name: str, values: Mapping[str, Any], *, is_optional: bool = False
    ) -> tuple[str, TemplateBrokenError | None]:
        try:
            return self.render(kind, name, values, is_optional=is_optional), None
        except TemplateBrokenError as error:
            if not self.own:
                raise
            self._on_broken(error)
            if is_optional and name not in self.shipped:
                return "", error
            return _render(self._fallback[kind], self.shipped, name, values, _steps(kind)), error

    def render(self, kind: Kind, name: str, values: Mapping[str, Any], *, is_optional: bool = False) -> str:
        """Render the user's own template, or the shipped one if there is none.

        Raises:
            TemplateBrokenError: it does not render, or says nothing.
        """
        text = _render(self.environments[kind], self.sources, name, values, _steps(kind))
        if not is_optional and not text.strip():
            raise TemplateBrokenError(name, SAYS_NOTHING)
        return text


def _environments(sources: Sources) -> dict[Kind, Environment]:
    return {kind: _environment(kind, sources) for kind in Kind}


def _environment(kind: Kind, sources: Sources) -> Environment:
    environment = Environment(
        loader=loader_of(sources),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=kind is Kind.PAGE,  # noqa: S701  # Slack's text and Markdown are not HTML; `finalize` escapes
        auto_reload=False,
        finalize=_escaped if kind is Kind.MESSAGE else None,
    )
    template_steps.limit(environment)
    environment.filters["quoted"] = quoted
    environment.filters["span"] = _known(span)
    environment.filters["measured"] = _known(measured)
    return environment


def _steps(kind: Kind) -> int:
    return template_steps.IN_MESSAGE if kind is Kind.MESSAGE else template_steps.IN_DOCUMENT


def _render(
    environment: Environment, sources: Sources, name: str, values: Mapping[str, Any], steps: int
) -> str:
    try:
        with template_steps.at_most(steps):
            return environment.get_template(name).render(values)
    except TemplateSyntaxError as error:
        raise TemplateBrokenError(error.name or name, error.message or "", error.lineno) from error
    except TemplateNotFound as error:
        where, line = _where(error, sources, name)
        raise TemplateBrokenError(where, f"there is no template {error.message}", line) from error
    except TemplateError as error:
        where, line = _where(error, sources, name)
        raise TemplateBrokenError(where, error.message or type(error).__name__, line) from error
    except _BROKEN as error:
        where, line = _where(error, sources, name)
        raise TemplateBrokenError(where, _said(error), line) from error


def _where(error: Exception, sources: Sources, name: str) -> tuple[str, int | None]:
    """The template in which it happened, and the line: Jinja puts them in the traceback."""
    names = {str(source.path): each for each, source in sources.items()}
    for frame, line in reversed(list(traceback.walk_tb(error.__traceback__))):
        if found := names.get(frame.f_code.co_filename):
            return found, line
    return name, None


def _said(error: Exception) -> str:
    """What is wrong, without what people typed: the message of a value or lookup error may hold the value."""
    holds_value = isinstance(error, ValueError | LookupError)
    return type(error).__name__ if holds_value else str(error)


def _escaped(value: Any) -> Any:
    return escape(str(value)) if not isinstance(value, Mrkdwn) else value


def _known(words: Callable[[timedelta], str]) -> Callable[[timedelta | None], str]:
    return lambda length: "not known" if length is None else words(length)
