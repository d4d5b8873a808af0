"""Small builders for Block Kit that keep Slack's limits (Slack docs, "Block Kit", reference)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bot.core.text import Mrkdwn, chunks, clip, clip_mrkdwn

Block = dict[str, Any]
Element = dict[str, Any]
View = dict[str, Any]

SECTION_MAX = 3000
HEADER_MAX = 150
LABEL_MAX = 75  # buttons and options
BUTTON_VALUE_MAX = 2000
MODAL_TITLE_MAX = 24
MESSAGE_MAX = 10_000  # of the 12,000 that all blocks together may have: the rest is for titles and the like


@dataclass(frozen=True, slots=True)
class Message:
    """A message: blocks, and the text that notifications and screen readers use instead."""

    text: Mrkdwn
    blocks: list[Block] = field(default_factory=list)

    @classmethod
    def of(cls, text: Mrkdwn, *more: Block) -> "Message":
        """A message that is one text, perhaps with blocks below it."""
        return cls(text=text, blocks=[section(text), *more])


def within(texts: Sequence[Mrkdwn], room: int) -> list[Mrkdwn]:
    """The first of these texts, as many as together fit into `room` characters."""
    fitting: list[Mrkdwn] = []
    for text in texts:
        room -= len(text)
        if room < 0:
            break
        fitting.append(text)
    return fitting


def plain(text: str, limit: int = SECTION_MAX) -> Element:
    """Text in which Slack interprets nothing."""
    return {"type": "plain_text", "text": clip(text, limit), "emoji": True}


def mrkdwn(text: Mrkdwn, limit: int = SECTION_MAX) -> Element:
    """Text in which Slack interprets mrkdwn."""
    return {"type": "mrkdwn", "text": clip_mrkdwn(text, limit)}


def section(text: Mrkdwn) -> Block:
    """A paragraph."""
    return {"type": "section", "text": mrkdwn(text)}


def sections(text: Mrkdwn) -> list[Block]:
    """A text of any length, in as many sections as Slack's limit requires."""
    return [section(piece) for piece in chunks(text, SECTION_MAX)]


def header(text: str) -> Block:
    """A headline."""
    return {"type": "header", "text": plain(text, HEADER_MAX)}


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def context(*texts: Mrkdwn) -> Block:
    """A line of small text."""
    return {"type": "context", "elements": [mrkdwn(text) for text in texts[:10]]}


def actions(*elements: Element) -> Block:
    """A row of buttons."""
    return {"type": "actions", "elements": list(elements)}


def button(label: str, action_id: str, value: str, *, style: str | None = None) -> Element:
    """A button. `style` is `primary` or `danger`."""
    element: Element = {
        "type": "button",
        "text": plain(label, LABEL_MAX),
        "action_id": action_id,
        "value": value,
    }
    return element | {"style": style} if style else element


def link(label: str, action_id: str, url: str) -> Element:
    """A button that opens an address."""
    return {"type": "button", "text": plain(label, LABEL_MAX), "action_id": action_id, "url": url}


def option(label: str, value: str, description: str = "") -> Element:
    """One choice of a select, radio or checkbox list."""
    choice: Element = {"text": plain(label, LABEL_MAX), "value": value}
    if description:
        choice["description"] = plain(description, LABEL_MAX)
    return choice


def field_block(name: str, label: str, element: Element, *, optional: bool = False, hint: str = "") -> Block:
    """One field of a form. `name` is its block_id and its action_id, by which its value is read."""
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": plain(label, 2000),
        "element": {**element, "action_id": name},
        "optional": optional,
    }
    if hint:
        block["hint"] = plain(hint, 2000)
    return block


def text_input(
    *, initial: str = "", multiline: bool = False, max_length: int = 3000, placeholder: str = ""
) -> Element:
    """A text field of one line, or of several with `multiline`."""
    element: Element = {"type": "plain_text_input", "multiline": multiline, "max_length": max_length}
    if initial:
        element["initial_value"] = initial[:max_length]
    if placeholder:
        element["placeholder"] = plain(placeholder, 150)
    return element


def told_as_typed(block: Block) -> Block:
    """The same text field, of which the bot is told at each character; otherwise it is told when the form is sent."""
    config = {"trigger_actions_on": ["on_character_entered"]}
    return {
        **block,
        "dispatch_action": True,
        "element": {**block["element"], "dispatch_action_config": config},
    }


def radio(options: list[Element], initial: str | None = None) -> Element:
    """Radio buttons: one choice of at most ten."""
    return _with_initial({"type": "radio_buttons", "options": options}, options, initial)


def select(options: list[Element], initial: str | None = None) -> Element:
    """A menu: one choice of at most a hundred."""
    return _with_initial({"type": "static_select", "options": options}, options, initial)


def multi_select(options: list[Element], initial: Collection[str], *, placeholder: str, most: int) -> Element:
    """A menu: up to `most` choices of at most a hundred."""
    element: Element = {
        "type": "multi_static_select",
        "options": options,
        "placeholder": plain(placeholder, 150),
        "max_selected_items": most,
    }
    chosen = [each for each in options if each["value"] in initial]
    return {**element, "initial_options": chosen} if chosen else element


def checkboxes(options: list[Element], initial: Collection[str] = ()) -> Element:
    """Checkboxes: any number of at most ten choices."""
    element: Element = {"type": "checkboxes", "options": options}
    chosen = [each for each in options if each["value"] in initial]
    return {**element, "initial_options": chosen} if chosen else element


def preformatted(text: str) -> Block:
    """Text as it is, in which Slack interprets nothing, to copy it."""
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_preformatted", "elements": [{"type": "text", "text": text}]}],
    }


def checkbox(choice: Element) -> Element:
    """A single checkbox."""
    return {"type": "checkboxes", "options": [choice]}


def person_select(placeholder: str, initial: str = "") -> Element:
    """A menu to choose a person."""
    element: Element = {"type": "users_select", "placeholder": plain(placeholder, 150)}
    return element | {"initial_user": initial} if initial else element


def channel_select(placeholder: str, initial: str = "") -> Element:
    """A menu to choose a channel in which the person is, without those that other organizations share."""
    element: Element = {
        "type": "conversations_select",
        "placeholder": plain(placeholder, 150),
        "filter": {"include": ["public", "private"], "exclude_external_shared_channels": True},
    }
    return element | {"initial_conversation": initial} if initial else element


def day_picker(initial: date | None = None) -> Element:
    """A calendar to pick a day, which has no time zone."""
    element: Element = {"type": "datepicker"}
    return element | {"initial_date": initial.isoformat()} if initial else element


def moment_picker(initial: datetime | None = None) -> Element:
    """A picker for date and time, in the reader's own time zone."""
    element: Element = {"type": "datetimepicker"}
    return element | {"initial_date_time": int(initial.timestamp())} if initial else element


def modal(callback_id: str, title: str, blocks: list[Block], *, submit: str = "", metadata: str = "") -> View:
    """A form; without `submit`, a modal to read."""
    view: View = {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title, MODAL_TITLE_MAX),
        "close": plain("Cancel" if submit else "Close", MODAL_TITLE_MAX),
        "private_metadata": metadata,
        "blocks": blocks,
    }
    if submit:
        view["submit"] = plain(submit, MODAL_TITLE_MAX)
    return view


def _with_initial(element: Element, options: list[Element], initial: str | None) -> Element:
    chosen = next((each for each in options if each["value"] == initial), None)
    return {**element, "initial_option": chosen} if chosen else element
