"""`/incident adopt`: the channel where people already talk becomes the war room of a new incident."""

from dataclasses import replace
from functools import partial

from bot.core.channels import ChannelProfile
from bot.core.decision import Refused
from bot.core.dedup import same_message
from bot.core.tokens import in_words
from bot.incident.commands.assign import no_such_person
from bot.incident.commands.declare import needed_for_form, severity_and_title
from bot.incident.commands.registry import NOTHING, command, form
from bot.incident.commands.request import DeclareIncident, OpenForm, Outcome, Reply, Request, Wants
from bot.incident.commands.service import chosen
from bot.incident.domain import rules
from bot.incident.domain.permissions import Capability
from bot.incident.domain.vocabulary import Severity
from bot.incident.views import modals
from bot.incident.views.replies import adopted_already

INVITE_ME = (
    "I cannot see this channel. If it is private, invite me first, `/invite @warroom`, and type it again. A direct "
    "message cannot be a war room: `/incident declare` opens one."
)


@command(
    "adopt",
    "adopt [sev1…sev4] [title]",
    "Declare an incident whose war room is this channel",
    "For a channel where people already talk about it. A private channel makes a private incident. The channel keeps its "
    "name and topic, and is not archived. I join a public channel by myself; into a private one you must invite me.",
    about=NOTHING,
    may=Capability.DECLARE,
    wants=Wants.CHANNEL | Wants.MENTIONED,
)
def adopt(request: Request) -> Outcome:
    """Declare at once if severity and title are given; otherwise open the form."""
    channel = _fit(request)
    if isinstance(channel, Refused):
        return channel
    severity, title = severity_and_title(in_words(request.text, request.names))
    if severity is None or not title:
        return OpenForm(
            modals.adopt(request.policy, title=title, severity=severity, private=channel.is_private)
        )
    return _declare(request, channel, title, severity)


@form(
    "adopt",
    about=NOTHING,
    may=Capability.DECLARE,
    needs=needed_for_form,
    wants=Wants.CHANNEL | Wants.PEOPLE,
)
def submit(request: Request) -> Outcome:
    """Declare, from the form."""
    channel = _fit(request)
    if isinstance(channel, Refused):
        return replace(channel, field="title")
    commander = request.fields.get("commander")
    if commander and (refused := no_such_person(request, commander)):
        return replace(refused, field="commander")
    title = in_words(str(request.fields.get("title", "")), request.names)
    severity = Severity(int(request.fields.get("severity", Severity.SEV2)))
    summary = str(request.fields.get("summary", ""))
    return _declare(
        request,
        channel,
        title,
        severity,
        summary=summary,
        commander=commander,
        services=chosen(request),
    )


def _fit(request: Request) -> ChannelProfile | Refused:
    """The channel, or why it cannot be a war room."""
    channel = request.adopting
    if channel is None:
        return Refused("Slack did not tell me about this channel in time. Please try again.")
    if not channel.is_visible:
        return Refused(INVITE_ME)
    if channel.is_direct:
        return Refused("A direct message cannot be a war room: `/incident declare` opens one.")
    if channel.is_taken:
        return Refused("This channel is a war room already. `/incident declare` opens another one.")
    if channel.is_common or channel.id in [each.channel for each in request.policy.announce]:
        return Refused("Incidents are announced here, so this channel cannot be a war room.")
    if channel.is_archived:
        return Refused("This channel is archived: unarchive it first.")
    if channel.is_private and request.actor not in channel.members:
        return Refused(INVITE_ME)  # a form only remembers where it was opened
    return channel


def _declare(
    request: Request,
    channel: ChannelProfile,
    title: str,
    severity: Severity,
    *,
    summary: str = "",
    commander: str | None = None,
    services: tuple[str, ...] = (),
) -> Outcome:
    decide = partial(
        rules.declare,
        title=title,
        severity=severity,
        summary=summary,
        commander=commander,
        services=services,
        private=channel.is_private,
        room=channel.id,
        by=request.actor,
        now=request.now,
    )
    tried = decide(number=0)
    if isinstance(tried, Refused):
        return tried
    return DeclareIncident(
        " ".join(title.split()),
        lambda number: decide(number=number),
        (same_message(f"adopt:{channel.id}"),),
        ask=lambda first, _room: Reply(adopted_already(first)),
    )
