"""`/incident update`: post a status update, or answer a reminder."""

from functools import partial

from bot.core.dedup import same_press, same_words
from bot.incident.commands.registry import INCIDENT, button, command, form
from bot.incident.commands.request import ChangeIncident, OpenForm, Outcome, Request
from bot.incident.domain import rules
from bot.incident.views import modals


@command(
    "update",
    "update [what is happening]",
    "Post a status update; without text a form asks for conditions, actions and needs",
    about=INCIDENT,
    free_text=True,
    synonyms={"news": "", "post": ""},
)
def update(request: Request) -> Outcome:
    """Post the update at once, or open the form."""
    if not request.text.strip():
        return update_button(request)
    return ChangeIncident(
        lambda incident: rules.post_update(incident, request.text, by=request.actor, now=request.now),
        dedup_keys=(same_words(f"update:{request.about.number}", request.actor, request.text),),
    )


@button("update", about=INCIDENT)
def update_button(request: Request) -> Outcome:
    """Open the form for an update."""
    return rules.closed(request.about) or OpenForm(modals.update(request.about))


@form("update", about=INCIDENT)
def submit(request: Request) -> Outcome:
    """Post the update, from the form."""
    conditions, actions, needs = (
        str(request.fields.get(name, "")) for name in ("conditions", "actions", "needs")
    )
    return ChangeIncident(
        lambda incident: rules.post_update(
            incident, conditions, actions=actions, needs=needs, by=request.actor, now=request.now
        )
    )


@button("no_change", about=INCIDENT)
def no_change(request: Request) -> Outcome:
    """Answer a reminder: nothing is new. If there is no update yet, open the form for the first one."""
    if not request.about.update:
        return update_button(request)
    return ChangeIncident(
        partial(rules.no_change, by=request.actor, now=request.now),
        dedup_keys=(same_press(f"no_change:{request.about.number}"),),
    )


@button("snooze", about=INCIDENT)
def snooze(request: Request) -> Outcome:
    """Answer a reminder: remind me later."""
    return ChangeIncident(
        lambda incident: rules.snooze(incident, request.policy.snooze, by=request.actor, now=request.now)
    )
