"""View models of Block Kit's elements: what the templates need for a button, a select or an input."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from bot.sandbox.page import inline
from bot.sandbox.page.mrkdwn import mrkdwn, plain
from bot.sandbox.page.reader import Reader
from bot.sandbox.page.rich_text import rich_text

Json = dict[str, Any]

_INPUT_TYPES = {
    "plain_text_input": "text",
    "email_text_input": "email",
    "url_text_input": "url",
    "number_input": "text",
    "datepicker": "date",
    "timepicker": "time",
    "datetimepicker": "datetime-local",
}
_KINDS = {
    "button": "button",
    "workflow_button": "button",
    "icon_button": "icon_button",
    "feedback_buttons": "feedback",
    "overflow": "overflow",
    "checkboxes": "checks",
    "radio_buttons": "radios",
    "file_input": "file",
    "rich_text_input": "input",
    "image": "image",
    **dict.fromkeys(_INPUT_TYPES, "input"),
}
_CHOICE_KEYS = ("option", "options", "user", "users", "channel", "channels", "conversation", "conversations")
_FEEDBACK = ("positive_button", "negative_button")
_VALUE_KEYS = ("date", "time", "date_time")


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a select, an overflow menu, a group of checkboxes or radio buttons."""

    value: str
    text: str
    label: Markup
    hint: Markup = field(default_factory=Markup)
    url: str = ""
    group: str = ""

    @property
    def data(self) -> Json:
        """The data for the script in the browser."""
        return {"value": self.value, "label": self.text, "hint": self.hint.striptags(), "group": self.group}


@dataclass(frozen=True, slots=True)
class Element:
    """One element, ready to be drawn. `kind` names the template's macro; `type` is Slack's own.

    Attributes:
        source: the source of a select's options: static, external, users, channels or conversations.
        chosen: the values that are chosen now, or initially.
        chosen_labels: labels of chosen values that are not among the options, for example in an external select.
        raw: Slack's own object, for a few limits that become attributes unchanged.
    """

    kind: str
    type: str
    action_id: str
    block_id: str
    label: Markup = field(default_factory=Markup)
    aria_label: str = ""
    style: str = ""
    url: str = ""
    placeholder: str = ""
    source: str = ""
    multi: bool = False
    options: tuple[Option, ...] = ()
    chosen: tuple[str, ...] = ()
    chosen_labels: Mapping[str, str] = field(default_factory=dict)
    value: str = ""
    input_type: str = ""
    raw: Json = field(default_factory=dict)

    @property
    def focused(self) -> bool:
        """Whether the cursor starts here when the view opens."""
        return bool(self.raw.get("focus_on_load"))

    @property
    def confirm(self) -> Json | None:
        """The question to ask first, or None."""
        question = self.raw.get("confirm")
        if not question:
            return None
        return {key: text_of(question.get(key)) for key in ("title", "text", "confirm", "deny")} | {
            "style": str(question.get("style") or "primary")
        }


def text_of(composition: Any) -> str:
    """The text of a text object, unescaped if it is mrkdwn; a string is returned unchanged; empty for anything else."""
    if isinstance(composition, dict):
        text = str(composition.get("text", ""))
        return inline.unescape(text) if composition.get("type") == "mrkdwn" else text
    return composition if isinstance(composition, str) else ""


def text_html(composition: Any, reader: Reader) -> Markup:
    """A text object as HTML; a plain string counts as plain_text."""
    if isinstance(composition, dict) and composition.get("type") == "mrkdwn":
        return mrkdwn(str(composition.get("text", "")), reader)
    return plain(text_of(composition))


def element(raw: Json, block_id: str, reader: Reader, state: Mapping[str, Any] | None = None) -> Element:
    """The view model of one element.

    Args:
        raw: Slack's element.
        block_id: the id of its block.
        reader: the person who looks at it.
        state: its present value (an entry of `view.state.values`); None if nothing was chosen or typed.
    """
    type_ = str(raw.get("type", ""))
    chosen, labels = _chosen(raw, state)
    source, multi = _select(type_)
    return Element(
        kind="select" if source else _KINDS.get(type_, "unknown"),
        type=type_,
        action_id=str(raw.get("action_id", "")),
        block_id=block_id,
        label=text_html(raw.get("text"), reader),
        aria_label=str(raw.get("accessibility_label") or ""),
        style=str(raw.get("style") or ""),
        url=str(raw.get("url") or ""),
        placeholder=text_of(raw.get("placeholder")),
        source=source,
        multi=multi,
        options=_options(raw, reader),
        chosen=chosen,
        chosen_labels=labels,
        value=_value(raw, state, reader),
        input_type=_INPUT_TYPES.get(type_, ""),
        raw=raw,
    )


def _select(type_: str) -> tuple[str, bool]:
    """The source of a select of this type (empty if it is not a select), and whether it takes several values."""
    if not type_.endswith("_select"):
        return "", False
    multi = type_.startswith("multi_")
    return type_.removeprefix("multi_").removesuffix("_select"), multi


def _options(raw: Json, reader: Reader) -> tuple[Option, ...]:
    """The options of a select or a group; for feedback buttons, the positive and the negative one."""
    if raw.get("type") == "feedback_buttons":
        buttons = [raw.get(key) or {} for key in _FEEDBACK]
        return tuple(
            Option(
                value=str(each.get("value", "")),
                text=str(each.get("accessibility_label") or text_of(each.get("text"))),
                label=text_html(each.get("text"), reader),
            )
            for each in buttons
        )
    groups = raw.get("option_groups") or [{"options": raw.get("options") or []}]
    return tuple(
        Option(
            value=str(option.get("value", "")),
            text=text_of(option.get("text")),
            label=text_html(option.get("text"), reader),
            hint=text_html(option.get("description"), reader),
            url=str(option.get("url") or ""),
            group=text_of(group.get("label")),
        )
        for group in groups
        for option in group.get("options") or []
    )


def _chosen(raw: Json, state: Mapping[str, Any] | None) -> tuple[tuple[str, ...], dict[str, str]]:
    """The chosen values, and the labels of those that are options or files."""
    values: list[str] = []
    labels: dict[str, str] = {}
    for key in _CHOICE_KEYS:
        found = state.get(f"selected_{key}") if state is not None else raw.get(f"initial_{key}")
        for each in found if isinstance(found, list) else [found] if found else []:
            value = str(each.get("value", "")) if isinstance(each, dict) else str(each)
            values.append(value)
            if isinstance(each, dict):
                labels[value] = text_of(each.get("text"))
    for file in (state or {}).get("files") or []:
        values.append(str(file["id"]))
        labels[str(file["id"])] = str(file["name"])
    return tuple(values), labels


def _value(raw: Json, state: Mapping[str, Any] | None, reader: Reader) -> str:
    """The value of an input: text, a date, a time, or a moment in the reader's time zone."""
    if raw.get("type") == "rich_text_input":
        document = state.get("rich_text_value") if state is not None else raw.get("initial_value")
        return _bare_lines(document, reader)
    found = state.get("value") if state is not None else raw.get("initial_value")
    for key in _VALUE_KEYS:
        found = found or (state.get(f"selected_{key}") if state is not None else raw.get(f"initial_{key}"))
    if raw.get("type") == "datetimepicker" and found:
        return f"{reader.local(int(found)):%Y-%m-%dT%H:%M}"
    return "" if found is None or raw.get("type") == "button" else str(found)


def _bare_lines(document: Any, reader: Reader) -> str:
    if not isinstance(document, dict):
        return ""
    html = (
        rich_text(document, reader)
        .replace(Markup("</div>"), Markup("\n"))
        .replace(Markup("<br>"), Markup("\n"))
    )
    return "\n".join(Markup(line).striptags() for line in html.split("\n")).strip()  # noqa: S704 (lines of HTML made and escaped by rich_text)
