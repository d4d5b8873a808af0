"""The pinned card in the war room, the announcement and the topic."""

from bot.core.blocks import (
    HEADER_MAX,
    Block,
    Element,
    Message,
    actions,
    button,
    context,
    header,
    link,
    section,
    sections,
)
from bot.core.newer import GAP, line, room, text, typed
from bot.core.text import Mrkdwn, clip, countdown, escape, lines, md, when
from bot.incident.domain.cadence import promised_at
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.rules import SLACK_LENGTH_MAX
from bot.incident.domain.vocabulary import Role, Severity, mention
from bot.incident.views import bridge, services
from bot.incident.views.ending import SET_ASIDE, merged_words, status_words, topic_words
from bot.incident.views.postmortem_words import is_worth_saying, next_steps, owner_and_standing
from bot.incident.views.rehearsal import rehearsal
from bot.incident.views.tags import drill_pieces, long_text, severity_tag, status_pieces

UPDATE_MAX = 2900  # characters of the latest update, as Slack counts them: the rest is in its message
TOPIC_MAX = 250  # Slack docs, conversations.setTopic

SEVERITY_MARKS = {
    Severity.SEV1: ":red_circle:",
    Severity.SEV2: ":large_orange_circle:",
    Severity.SEV3: ":large_yellow_circle:",
    Severity.SEV4: ":large_blue_circle:",
}


DRILL = Mrkdwn(
    ":large_purple_circle: *This is a drill.* People practise: nothing is failing, and no customer is affected."
)
_PRIVATE = Mrkdwn(
    ":lock: Private: it is not announced, and only members of this channel may see it. Invite somebody with "
    "`/invite @person`, or give them a role: `/incident assign @person expert`"
)


def mark(incident: Incident) -> Mrkdwn:
    """The icon of the incident: the colour of its severity, a tick if it is over, no colour if it was set aside."""
    if incident.status.is_set_aside:
        return SET_ASIDE
    return Mrkdwn(":white_check_mark:" if incident.is_closed else SEVERITY_MARKS[incident.severity])


def card(incident: Incident, policy: Policy, *, outside: bool = False) -> Message:
    """The whole state of the incident, with buttons for the usual next steps.

    Args:
        incident: the state.
        policy: when the next update is due.
        outside: whether it is shown outside of the war room, where the video bridge is not.
    """
    blocks: list[Block] = [
        *_title(incident),
        line(severity_tag(incident), *drill_pieces(incident), GAP, *status_pieces(incident)),
        *sections(lines(*_facts(incident, policy))),
    ]
    if incident.summary:
        blocks += long_text("Summary", incident.summary, SLACK_LENGTH_MAX)
    if incident.update:
        blocks += long_text("Latest update", incident.update, UPDATE_MAX)
    if incident.resolution:
        blocks += long_text("What fixed it", incident.resolution, UPDATE_MAX)
    if incident.source:
        blocks.append(context(md("Declared from <{}|this message>", Mrkdwn(incident.source))))
    if incident.duplicates:
        blocks.append(context(merged_words(incident)))
    if incident.is_drill:
        blocks.append(context(DRILL))
    if incident.private:
        blocks.append(context(_PRIVATE))
    blocks += rehearsal(incident)
    call = [] if outside else bridge.join(incident)
    blocks.append(actions(*call, *buttons(incident)))
    return Message(text=headline(incident), blocks=blocks)


def shown(incident: Incident, policy: Policy, channel: str) -> Message:
    """The card outside the war room, with a link to that if it is open."""
    message = card(incident, policy, outside=True)
    where = md("War room: <#{}>", Mrkdwn(channel)) if channel else _no_room(incident)
    return Message(text=message.text, blocks=[*message.blocks[:-1], context(where), message.blocks[-1]])


def _no_room(incident: Incident) -> Mrkdwn:
    if incident.without_room:
        return Mrkdwn("It has no war room: it was over when it was declared.")
    return Mrkdwn("The war room is not open yet.")


def announcement(
    incident: Incident, policy: Policy, channel: str | None, *, opening: bool = False, slack_url: str = ""
) -> Message:
    """The announcement in the incidents channel: what everybody else needs to know, and where to go.

    Args:
        incident: the state.
        policy: when the next update is due.
        channel: the war room's id; None if there is no war room.
        opening: whether there will be a war room soon.
        slack_url: the workspace's own address, for a button that leads to the war room; empty if unknown.

    Raises:
        ValueError: the incident is private.
    """
    if incident.private:
        raise ValueError(f"{incident.reference} is private and must not be announced")
    without = "its war room is being opened" if opening else "no war room"
    where = room(channel) if channel else text(f"{without}; /incident update {incident.reference} …")
    archived = [text(" (archived)")] if channel and incident.archived_at else []
    title = typed(incident.title, bold=True)
    blocks = [
        line(
            *(severity_tag(incident), *drill_pieces(incident), GAP, *status_pieces(incident), GAP),
            *(text(f"{incident.reference} · ", bold=True), title, text(" · "), where),
            *archived,
        ),
        section(
            md(
                "{} · declared {} by {}{}",
                commander_words(incident) if incident.commander else "No commander yet",
                when(incident.declared_at),
                mention(incident.declared_by),
                services.affecting(incident, policy.services),
            )
        ),
    ]
    if incident.summary and not incident.is_closed:
        blocks += sections(md("{}", incident.summary))
    if incident.is_drill:
        blocks.append(context(DRILL))
    blocks.append(section(news(incident, policy)))
    buttons: list[Element] = []
    joined = incident.original_room or channel  # a duplicate leads to the war room where the work goes on
    if joined and slack_url:
        buttons.append(link("Join", "join", f"{slack_url}archives/{joined}"))
    if not incident.commander and not incident.is_closed:
        buttons.append(button("Take command", "take_command", str(incident.number), style="primary"))
    if not incident.is_closed:
        buttons.append(button("Follow", "follow", str(incident.number)))
    if buttons:
        blocks.append(actions(*buttons))
    return Message(text=headline(incident), blocks=blocks)


def news(incident: Incident, policy: Policy) -> Mrkdwn:
    """The last update and when the next is due."""
    last = (
        md("*Last update* {}: {}", when(incident.updated_at), incident.update)
        if incident.updated_at
        else Mrkdwn("No update yet")
    )
    if incident.resolution:
        return lines(last, md("*What fixed it* {}", incident.resolution))
    if incident.is_closed:
        return last
    return lines(last, md("*Next update by* {}", when(promised_at(incident, policy))))


def headline(incident: Incident) -> Mrkdwn:
    """The incident in one line, for notifications and lists."""
    return md(
        "{} {} {}: {} ({})",
        mark(incident),
        incident.reference,
        incident.severity.label,
        incident.title,
        status_words(incident),
    )


def topic(incident: Incident) -> str:
    """The channel topic, at most 250 characters. Slack reads mrkdwn in a topic, so it is escaped.

    Slack posts a line in the war room for each change of the topic. So the topic says only what does not change, and
    the card what does.
    """
    if incident.is_closed:
        what = topic_words(incident)
    elif incident.private:
        what = "private: invite somebody with /invite @person"
    else:
        what = "see the pinned card for the details"
    call = bridge.in_topic(incident)
    drill = "DRILL, nothing is failing · " if incident.is_drill else ""
    head = f"{incident.reference} · {drill}{what} · " + (f"{call} · " if call else "")
    return head + _fit(incident.title, TOPIC_MAX - len(head))


def _title(incident: Incident) -> list[Block]:
    """Reference and title in one header. If they do not fit, the header is the title alone: it must not be cut."""
    title = f"{incident.reference} · {incident.title}"
    if len(title) <= HEADER_MAX:
        return [header(title)]
    return [header(incident.title), context(md("*{}*", incident.reference))]


def _facts(incident: Incident, policy: Policy) -> list[Mrkdwn]:
    last = when(incident.updated_at) if incident.updated_at else Mrkdwn("none yet")
    fields = [
        md("*Commander* {}", mention(incident.commander) if incident.commander else "nobody yet"),
        md("*Declared* {} by {}", when(incident.declared_at), mention(incident.declared_by)),
        md("*Last update* {}", last),
    ]
    if not incident.is_closed:
        fields.append(md("*Next update by* {}", countdown(promised_at(incident, policy))))
    if is_worth_saying(incident) and (incident.is_closed or incident.postmortem_owner):
        fields.append(md("*Postmortem* {}", owner_and_standing(incident)))
    if incident.services:
        fields.append(md("*Services* {}", services.titles(incident, policy.services)))
    others = [
        md("{}: {}", role.title, mention(person))
        for role in policy.roles.with_held(incident.held).all
        if role.key != Role.COMMANDER
        for person in incident.roles.get(role.key, ())
    ]
    return [*fields, md("*Roles*\n{}", lines(*others))] if others else fields


def buttons(incident: Incident) -> list[Element]:
    """The usual next steps in the incident's present state."""
    value = str(incident.number)
    if incident.is_closed:
        draft = [button("Postmortem draft", "postmortem", value, style="primary")]
        return [
            *([] if incident.status.is_set_aside else draft),
            *next_steps(incident),
            button("Reopen", "reopen", value),
            button("Add a note", "note", value),
            button("Edit title", "rename", value),
        ]
    command = (
        button("Offer command", "handoff", value)
        if incident.commander
        else button("Take command", "take_command", value, style="primary")
    )
    return [
        command,
        button("Post update", "update", value, style=None if not incident.commander else "primary"),
        button("Roles", "roles", value),
        button("Change severity", "severity", value),
        button("Change status", "status", value),
        button("Add a note", "note", value),
        button("Resolve", "resolve", value),
        *([button("Past updates", "past_updates", value)] if incident.update else []),
        button("Edit title", "rename", value),
    ]


def commander_words(incident: Incident) -> Mrkdwn:
    """Who has command."""
    if incident.commander:
        return md("IC {}", mention(incident.commander))
    return Mrkdwn("no commander yet")


def _fit(text: str, room: int) -> str:
    """As much of the text as fits after escaping, where each `&` takes five characters."""
    limit = room
    while len(shown := escape(clip(text, limit))) > room:
        limit -= 1
    return shown
