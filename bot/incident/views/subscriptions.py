"""What a person follows, and the answers to those who begin or end it."""

import json
from collections.abc import Sequence

from bot.core.blocks import MESSAGE_MAX, Block, Message, button, context, section, within
from bot.core.text import Mrkdwn, clip, md
from bot.incident.domain.incident import Incident
from bot.incident.domain.services import Services
from bot.incident.domain.shortlist import ListedIncident
from bot.incident.domain.subscriptions import WIDEST, Follows
from bot.incident.domain.vocabulary import Severity
from bot.incident.views.card import mark
from bot.incident.views.ending import status_words

FOLLOW, STOP = "follow", "stop_following"
STOP_LISTED, STOP_SEVERITY, STOP_SERVICE = "stop_listed", "stop_severity", "stop_service"
ROWS_MAX = 40  # a message has at most 50 blocks
SERVICE_ROWS_MAX = 20
_HOW = (
    "`/incident subscribe INC-12` follows one incident, `subscribe sev2` all incidents of SEV2 or worse, "
    "`subscribe all` all of them."
)
_HOW_SERVICE = " The name of a service follows all that affect it."
_SERVICES_LENGTH_MAX = 1500
_WHAT = "You get a direct message when its severity or status changes, when it ends, and for each update to stakeholders."
_OF_SEVERAL = _WHAT.replace("its severity", "the severity").replace("it ends", "one begins or ends")


def range_words(severity: Severity) -> str:
    """The incidents of this severity or worse, in words."""
    if severity is WIDEST:
        return "all incidents"
    return f"all incidents of {severity.label}{'' if severity is Severity.SEV1 else ' or worse'}"


def service_words(title: str) -> str:
    """The incidents that affect this service, in words."""
    return f"all incidents that affect {title}"


def or_a_service(services: Services, command_name: str) -> str:
    """That services can be named, too: an example, and which ones there are."""
    known = clip(", ".join(each.title for each in services.all), _SERVICES_LENGTH_MAX)
    return f"Or name a service, such as `/incident {command_name} {services.all[0].key}`. There are: {known}."


def following(
    follows: Follows, listed: Sequence[ListedIncident], services: Services, ended: str = ""
) -> Message:
    """What a person follows, each with a button to end it.

    Args:
        follows: what they follow.
        listed: the open incidents among those that they follow by name, and that they may see, the worst first.
        services: which services there are.
        ended: what they have just ended; empty if the list was asked for.
    """
    head = md("You no longer follow {}.", ended) if ended else Mrkdwn("")
    rows: list[Block] = []
    if follows.severity:
        text = md("*{}* that are not private", _capital(range_words(follows.severity)))
        rows.append(_row(text, button("Stop", STOP_SEVERITY, str(int(follows.severity)))))
    keys = sorted(follows.services, key=lambda each: services.title(each).lower())
    rows += [_service_row(services.title(each), each) for each in keys[:SERVICE_ROWS_MAX]]
    if len(keys) > SERVICE_ROWS_MAX:
        rows.append(context(md("and {} more services", len(keys) - SERVICE_ROWS_MAX)))
    used = sum(len(row["text"]["text"]) for row in rows if "text" in row)
    texts = within([_line(each) for each in listed[: ROWS_MAX - len(rows)]], MESSAGE_MAX - used)
    rows += [
        _row(text, button("Stop", STOP_LISTED, str(each.incident.number)))
        for text, each in zip(texts, listed, strict=False)
    ]
    title = Mrkdwn("*You follow*") if rows else Mrkdwn("You follow no open incident.")
    more = [context(md("and {} more", len(listed) - len(texts)))] if len(texts) < len(listed) else []
    blocks = [
        *([section(head)] if head else []),
        section(title),
        *rows,
        *more,
        context(Mrkdwn(_HOW + (_HOW_SERVICE if services else ""))),
    ]
    return Message(text=head or title, blocks=blocks)


def begun(incident: Incident) -> Message:
    """A person follows this incident from now on."""
    over = Mrkdwn(" It is over at the moment.") if incident.is_closed else Mrkdwn("")
    return Message.of(
        md(
            ":bell: You follow *{0}*.{1} {2} `/incident unsubscribe {0}` ends that.",
            incident.reference,
            over,
            Mrkdwn(_WHAT),
        )
    )


def begun_for(severity: Severity, before: Severity | None) -> Message:
    """A person follows all incidents of this severity or worse from now on."""
    instead = md(", instead of {}", range_words(before)) if before and before is not severity else Mrkdwn("")
    return Message.of(
        md(
            ":bell: You follow *{}*{}, also new ones, but no private ones. {} `/incident unsubscribe {}` ends that.",
            range_words(severity),
            instead,
            Mrkdwn(_OF_SEVERAL),
            severity.label.lower(),
        )
    )


def begun_for_service(title: str, key: str) -> Message:
    """A person follows all incidents that affect this service from now on."""
    return Message.of(
        md(
            ":bell: You follow *{}*, also new ones, but no private ones. {} `/incident unsubscribe {}` ends that.",
            service_words(title),
            Mrkdwn(_OF_SEVERAL),
            key,
        )
    )


def already(what: str) -> Message:
    """A person follows that already."""
    return Message.of(
        md(
            "You follow {} already. Outside of war rooms, `/incident subscribe` shows all that you follow.",
            what,
        )
    )


def ended(what: str) -> Message:
    """A person no longer follows that."""
    return Message.of(md(":no_bell: You no longer follow {}.", what))


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _line(listed: ListedIncident) -> Mrkdwn:
    incident = listed.incident
    return md(
        "{} *{}* {} · {} · {}",
        mark(incident),
        incident.reference,
        incident.title,
        incident.severity.label,
        status_words(incident),
    )


def _service_row(title: str, key: str) -> Block:
    text = md("*{}* that are not private", _capital(service_words(title)))
    return _row(text, button("Stop", STOP_SERVICE, json.dumps({"text": key})))


def _row(text: Mrkdwn, stop: Block) -> Block:
    return section(text) | {"accessory": stop}
