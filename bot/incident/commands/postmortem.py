"""`/incident postmortem`: the draft, as a file in the war room."""

from bot.core.dedup import same_press
from bot.incident.commands.registry import INCIDENT, button, command
from bot.incident.commands.request import Outcome, Request, Show
from bot.incident.domain.effects import ShareDraft
from bot.incident.domain.permissions import Capability
from bot.incident.views.replies import answer


@command(
    "postmortem",
    "postmortem",
    "Post a blameless postmortem draft in the war room",
    about=INCIDENT,
    synonyms={"draft": "", "post-mortem": "", "retro": "", "retrospective": "", "pir": "", "rca": ""},
    may=Capability.CHANGE,
)
def postmortem(request: Request) -> Outcome:
    """Write the draft from the present timeline."""
    incident = request.about
    return Show(
        (ShareDraft(),),
        done=answer("Writing the draft; it will be in the war room in a moment."),
        again=answer("That draft was requested a moment ago, and nothing has happened since: one is enough."),
        dedup_keys=(same_press(f"draft:{incident.number}:{incident.version}"),),
    )


@button("postmortem", about=INCIDENT, may=Capability.CHANGE)
def postmortem_button(request: Request) -> Outcome:
    """Write the draft, from the card's button."""
    return postmortem(request)
