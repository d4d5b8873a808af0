"""The Jinja environment: autoescape is on, missing names are errors, links and colours are checked."""

import re
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from bot.sandbox.page import inline
from bot.sandbox.page.cards import LEVELS
from bot.sandbox.page.elements import Element

_HEX = re.compile(r"[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?")
_NAMED = {"good": "#2f9e6e", "warning": "#d9a021", "danger": "#c8374f"}
_GREY = "#8a93a5"
_OURS = {"127.0.0.1", "localhost", None}


def render(template: str, **context: Any) -> Markup:
    """A template of this package as HTML."""
    html = _environment().get_template(template).render(**context)
    return Markup(html)  # noqa: S704 (a template's output, with autoescape on)


def json_html(value: Any) -> Markup:
    """JSON that is safe inside a `<script>`."""
    return htmlsafe_json_dumps(value)


def local_url(url: str) -> str:
    """The path of an address of this workspace; empty for an address anywhere else."""
    parts = urlsplit(url)
    if parts.hostname not in _OURS or not parts.path.startswith("/files/"):
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("bot.sandbox.page"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters |= {
        "labels": _labels,
        "safe_url": _safe_url,
        "local_url": local_url,
        "hex_color": _hex_color,
        "alert_mark": LEVELS.__getitem__,
    }
    return environment


def _labels(element: Element) -> dict[str, str]:
    """The labels of an element's chosen values; the browser adds the names of people and channels."""
    options = {option.value: option.text for option in element.options}
    return {
        value: options.get(value) or element.chosen_labels.get(value) or value for value in element.chosen
    }


def _safe_url(url: str) -> str:
    return url if inline.is_safe(url) else "#"


def _hex_color(color: str) -> str:
    return _NAMED.get(color) or (f"#{color}" if _HEX.fullmatch(color) else _GREY)
