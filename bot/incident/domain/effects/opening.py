"""What opens a war room."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenRoom:
    """Create the war room's channel."""


@dataclass(frozen=True, slots=True)
class ShowLink:
    """Tell the declarer where the war room is (or that it could not be opened), at the place of the declaration.

    Attributes:
        view_id: the modal that says "opening"; empty if the declarer used no form.
        response_url: the command's own answer address; empty if there was a form.
    """

    view_id: str = ""
    response_url: str = ""


@dataclass(frozen=True, slots=True)
class AnswerSource:
    """Leave the war room's link in the thread of the message that the incident was declared from."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class SetTopic:
    """Set the channel topic to the present state of the incident."""


@dataclass(frozen=True, slots=True)
class PinCard:
    """Pin the card in the war room."""


@dataclass(frozen=True, slots=True)
class Meet:
    """Learn a person's name and time zone."""

    person: str
