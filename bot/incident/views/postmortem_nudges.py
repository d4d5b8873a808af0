"""The messages about a postmortem that is due or overdue."""

from bot.core.blocks import Element, Message, actions, button
from bot.core.text import Mrkdwn, lines, local_day, md
from bot.incident.domain.incident import Incident
from bot.incident.domain.vocabulary import mention
from bot.incident.views.card import mark
from bot.incident.views.postmortem_words import next_steps, standing


def to_writer(incident: Incident, person: str, channel: str | None) -> Message:
    """To the person who writes it; or to the commander if whoever was chosen is gone.

    Args:
        incident: the state.
        person: who is told.
        channel: the war room's id; None if there is no war room.
    """
    where = Mrkdwn(f" · <#{channel}>") if channel else Mrkdwn("")
    head = md(
        "{} The postmortem of *{}* {} is due {}{}",
        mark(incident),
        incident.reference,
        incident.title,
        _due(incident),
        where,
    )
    if person == incident.postmortem_writer:
        return Message.of(lines(head, md("It is {}.", _stage(incident))), actions(*_steps(incident)))
    gone = Mrkdwn("Whoever was to write it is not here any more. Will you, or who else?")
    return Message.of(lines(head, gone), actions(*_who(incident)))


def to_room(incident: Incident) -> Message:
    """To the war room, because nobody is there who could write it."""
    head = md(
        "{} The postmortem of *{}* is due {}, and nobody writes it.",
        mark(incident),
        incident.reference,
        _due(incident),
    )
    return Message.of(head, actions(*_who(incident)))


def to_board(incident: Incident) -> Message:
    """To the review board: it is overdue, and who writes it."""
    head = md(
        ":hourglass: The postmortem of *{}* {} ({}) is overdue since {}.",
        incident.reference,
        incident.title,
        incident.worst.label,
        _due(incident),
    )
    steps = _steps(incident) if incident.postmortem_writer else _who(incident)
    writer = incident.postmortem_writer
    who = mention(writer) if writer else "nobody writes it yet"
    return Message.of(lines(head, md("{} · {}", who, _stage(incident))), actions(*steps))


def _due(incident: Incident) -> Mrkdwn:
    due_at = incident.postmortem.due_at
    return local_day(due_at) if due_at else Mrkdwn("")


def _stage(incident: Incident) -> Mrkdwn:
    """Where it stands without the day, which the sentence before says."""
    return Mrkdwn(standing(incident).partition(" · ")[0])


def _steps(incident: Incident) -> list[Element]:
    none = button("Not needed", "postmortem_none", str(incident.number))
    return [*next_steps(incident), none]


def _who(incident: Incident) -> list[Element]:
    value = str(incident.number)
    mine = button("I'll write it", "postmortem_mine", value, style="primary")
    return [mine, button("Choose a person", "postmortem_owner", value)]
