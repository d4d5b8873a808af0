"""The menu and the help. They list the registered commands, so they are never out of date."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.core.blocks import Block, Message, actions, button, context, section
from bot.core.text import Mrkdwn, lines, md
from bot.incident.domain.incident import Incident
from bot.incident.domain.shortlist import Shortlist
from bot.incident.views.card import buttons, headline
from bot.incident.views.lists import paragraphs, room_links


class Described(Protocol):
    """What the help needs to know about a command."""

    @property
    def name(self) -> str: ...  # noqa: D102  # the attribute's meaning is its name

    @property
    def usage(self) -> str: ...  # noqa: D102  # as above

    @property
    def summary(self) -> str: ...  # noqa: D102  # as above

    @property
    def details(self) -> str: ...  # noqa: D102  # as above


class Nearby(Protocol):
    """What comes nearest to a word that is no command."""

    @property
    def why(self) -> str: ...  # noqa: D102  # as above

    @property
    def type_this(self) -> Sequence[str]: ...  # noqa: D102  # as above


@dataclass(frozen=True, slots=True)
class Section:
    """Commands that are listed together under a heading."""

    heading: str
    commands: Sequence[Described]


def menu(incident: Incident | None, listed: Shortlist) -> Message:
    """The answer to `/incident` alone: the most useful commands in this channel."""
    if incident is not None:
        return _room_menu(incident)
    blocks: list[Block] = [
        section(md("*Is something failing for customers?* Declare it; you can easily close it again.")),
        actions(
            button("Declare an incident", "declare", "menu", style="danger"),
            button("Open incidents", "list", "menu"),
        ),
    ]
    if rooms := room_links(listed):
        blocks.append(section(md("Open now: {}", rooms)))
    blocks.append(
        context(md("`/incident declare sev1 Checkout is down` needs no form. All commands: `/incident help`"))
    )
    return Message(text=md("Declare an incident, or see the open ones"), blocks=blocks)


def help_all(sections: Sequence[Section], marks: Sequence[tuple[str, Sequence[str]]]) -> Message:
    """Every command with its summary; and what the first reaction of each kind does with a message."""
    blocks: list[Block] = []
    for group in sections:
        rows = [md("`/incident {}` — {}", command.usage, command.summary) for command in group.commands]
        blocks += [section(text) for text in paragraphs([md("*{}*", group.heading), *rows])]
    more = Mrkdwn("More on one command: `/incident help declare`.")
    said = [md(":{}: {}", names[0], does) for does, names in marks if names]
    mark = (
        [md("A reaction on a message does something with it: {}.", Mrkdwn(", ".join(said)))] if said else []
    )
    blocks.append(context(Mrkdwn(" ".join([more, *mark]))))
    return Message(text=md("What /incident can do"), blocks=blocks)


def help_one(command: Described) -> Message:
    """One command in full."""
    return Message.of(
        lines(
            md("*`/incident {}`*", command.usage),
            md("{}", command.summary),
            md("{}", command.details) if command.details else None,
        )
    )


def unknown(typed: str, nearest: Sequence[str]) -> Message:
    """The answer to an unknown command."""
    guess = lines(*(md("Did you mean `/incident {}`?", name) for name in nearest)) or md(
        "`/incident help` lists all commands."
    )
    return Message.of(lines(md("Unknown command “{}”.", typed[:50]), guess))


def not_here(typed: str, nearby: Nearby) -> Message:
    """The answer to a word of another tool for which there is no command: what to type instead."""
    instead = (md("• `/incident {}`", each) for each in nearby.type_this)
    return Message.of(lines(md("There is no command “{}”. {}", typed[:50], nearby.why), *instead))


def only_in_room(command: Described, listed: Shortlist) -> Message:
    """The answer to a command that needs an incident in a place that has none: what to do instead."""
    rooms = room_links(listed)
    where = (
        md(
            "Type it in one of the open war rooms ({}), or name the incident: `/incident {} INC-1 …`",
            rooms,
            command.name,
        )
        if rooms
        else md("No war room is open to you. To open one: `/incident declare <what is failing>`")
    )
    return Message.of(lines(md("`/incident {}` works in a war room.", command.name), where))


def _room_menu(incident: Incident) -> Message:
    return Message(
        text=headline(incident),
        blocks=[
            section(headline(incident)),
            actions(*buttons(incident)),
            context(md("All commands: `/incident help`")),
        ],
    )
