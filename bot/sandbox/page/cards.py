"""View models of cards, alerts and tasks (Slack docs, card, alert, plan and task card block)."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from bot.sandbox.page import inline
from bot.sandbox.page.elements import Element, Json, text_html, text_of
from bot.sandbox.page.reader import Reader
from bot.sandbox.page.rich_text import rich_text

# A symbol for each of Slack's icons.
_SYMBOLS = {
    "archive": "🗄", "book": "📖", "bookmark": "🔖", "bot": "🤖", "bug": "🐞", "calendar": "📅", "call": "📞",
    "caret-left": "◂", "caret-right": "▸", "check": "✔", "clipboard": "📋", "code": "⌨", "comment": "💬",
    "compass": "🧭", "copy": "⧉", "cube": "🧊", "download": "⬇", "edit": "✎", "email": "✉", "eye-closed": "🙈",
    "eye-open": "👁", "file": "📄", "flag": "⚑", "folder": "📁", "gear": "⚙", "globe": "🌐", "heart": "♥",
    "help": "❔", "image": "🖼", "info": "ℹ", "key": "🔑", "lightbulb": "💡", "link": "🔗", "map": "🗺",  # noqa: RUF001 (Slack's own information sign)
    "mobile": "📱", "new-window": "🗗", "pin": "📌", "plus": "＋", "refine": "☰", "refresh": "⟳", "rocket": "🚀",  # noqa: RUF001 (a plus sign as wide as the others)
    "save": "💾", "screen": "🖥", "share": "➦", "sparkle": "✨", "star": "☆", "star-filled": "★", "tag": "🏷",
    "thumbs-down": "👎", "thumbs-up": "👍", "trash": "🗑", "upload": "⬆", "user": "👤", "warning": "⚠",
}  # fmt: skip
# The symbol and the word for each level of an alert.
LEVELS = {
    "default": ("●", "Note"),
    "info": ("ℹ", "Information"),  # noqa: RUF001 (the information sign)
    "warning": ("▲", "Warning"),
    "error": ("✖", "Error"),
    "success": ("✔", "Success"),
}
_STATUSES = {
    "pending": ("○", "Pending"),
    "in_progress": ("◐", "In progress"),
    "complete": ("✔", "Complete"),
    "error": ("✖", "Error"),
}
_BUTTON_ORDER = {"danger": 0, "": 1, "primary": 2}


@dataclass(frozen=True, slots=True)
class Card:
    """A card, ready to be drawn.

    Attributes:
        buttons: from left to right, the dangerous ones first, the primary one last.
    """

    label: str
    title: Markup
    subtitle: Markup
    body: Markup
    subtext: Markup
    hero: Json | None
    icon: Json | None
    symbol: str
    symbol_name: str
    buttons: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """One task, ready to be drawn."""

    title: str
    status: str
    symbol: str
    words: str
    details: Markup
    output: Markup
    sources: tuple[Markup, ...]


def card(raw: Json, buttons: Iterable[Element], reader: Reader) -> Card:
    """The view model of a card."""
    name = str((raw.get("slack_icon") or {}).get("name") or "")
    return Card(
        label=text_of(raw.get("title")) or "Card",
        title=text_html(raw.get("title"), reader),
        subtitle=text_html(raw.get("subtitle"), reader),
        body=text_html(raw.get("body"), reader),
        subtext=text_html(raw.get("subtext"), reader),
        hero=raw.get("hero_image"),
        icon=raw.get("icon"),
        symbol=_SYMBOLS.get(name, name),
        symbol_name=name,
        buttons=tuple(sorted(buttons, key=lambda each: _BUTTON_ORDER.get(each.style, 1))),
    )


def task(raw: Json, reader: Reader) -> Task:
    """The view model of a task card, or of a task in a plan."""
    status = str(raw.get("status") or "")
    status = status if status in _STATUSES else "pending"
    return Task(
        title="" if raw.get("hide_title") else str(raw.get("title", "")),
        status=status,
        symbol=_STATUSES[status][0],
        words=_STATUSES[status][1],
        details=rich_text(raw.get("details") or {}, reader),
        output=rich_text(raw.get("output") or {}, reader),
        sources=tuple(
            inline.link(str(each.get("url", "")), str(each.get("text", "")))
            for each in raw.get("sources") or []
        ),
    )
