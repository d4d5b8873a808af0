"""`/incident rename`: correct the title, and the summary in a form."""

from functools import partial

from bot.core.blocks import Message
from bot.core.text import md
from bot.core.tokens import in_words
from bot.incident.commands.registry import INCIDENT, button, command, form
from bot.incident.commands.request import ChangeIncident, OpenForm, Outcome, Request, Wants
from bot.incident.domain import rules
from bot.incident.domain.incident import Incident
from bot.incident.domain.permissions import Capability
from bot.incident.views import modals


@command(
    "rename",
    "rename [new title]",
    "Correct the title; without text a form opens, also for the summary",
    "The channel, its topic, the card, the announcement and the lists follow. A channel that people have renamed in "
    "Slack keeps their name. The old title stays on the timeline.",
    about=INCIDENT,
    may=Capability.CHANGE,
    wants=Wants.MENTIONED,
    free_text=True,
    synonyms={"title": "", "retitle": ""},
)
def rename(request: Request) -> Outcome:
    """Correct the title at once, or open the form."""
    title = in_words(request.text, request.names)
    if not title.strip():
        return rename_button(request)
    return ChangeIncident(
        partial(rules.rename, title=title, by=request.actor, now=request.now),
        done=partial(_renamed, request.about.title),
    )


@button("rename", about=INCIDENT, may=Capability.CHANGE)
def rename_button(request: Request) -> Outcome:
    """Open the form with title and summary."""
    return OpenForm(modals.rename(request.about))


@form("rename", about=INCIDENT, may=Capability.CHANGE, wants=Wants.MENTIONED)
def submit(request: Request) -> Outcome:
    """Correct title and summary, from the form."""
    title = in_words(str(request.fields.get("title", "")), request.names)
    summary = str(request.fields.get("summary", ""))
    decide = partial(rules.rename, title=title, summary=summary, by=request.actor, now=request.now)
    return ChangeIncident(decide)


def _renamed(before: str, incident: Incident) -> Message:
    return Message.of(md("{} is called *{}* now. Before: {}", incident.reference, incident.title, before))
