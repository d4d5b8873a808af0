"""`/incident postmortem`: the draft, as a file in the war room."""

from bot.core import mentions
from bot.core.dedup import same_press
from bot.incident.commands import postmortem_owner
from bot.incident.commands.registry import INCIDENT, button, command
from bot.incident.commands.request import Outcome, Reply, Request, Show, Wants
from bot.incident.domain.effects import SendDraft, ShareDraft
from bot.incident.domain.permissions import Capability
from bot.incident.domain.postmortem import draft
from bot.incident.views import blame
from bot.incident.views.replies import answer

CHECK = "check"


def _needed(request: Request) -> tuple[Capability]:
    return (Capability.READ if request.text.strip().lower() == CHECK else Capability.CHANGE,)


@command(
    "postmortem",
    "postmortem [@person | check]",
    "Post a blameless postmortem draft in the war room, or say who writes it",
    "`postmortem check` reads the draft, and tells only you which words judge a person or hide the system.",
    about=INCIDENT,
    wants=Wants.MENTIONED | Wants.TIMELINE | Wants.REVIEWED | Wants.TEMPLATES,
    needs=_needed,
    synonyms={"draft": "", "post-mortem": "", "retro": "", "retrospective": "", "pir": "", "rca": ""},
    may=Capability.CHANGE,
)
def postmortem(request: Request) -> Outcome:
    """Write the draft from the present timeline; with a person, record that they write the postmortem."""
    if request.text.strip().lower() == CHECK:
        return check(request)
    if typed := request.text.strip():
        person = request.actor if typed.lower() in ("me", "myself") else mentions.person(typed) or ""
        return postmortem_owner.choose(request, person, typed)
    incident = request.about
    if incident.without_room:
        return Show(
            (SendDraft(request.actor),),
            done=answer("Writing the draft; I send it to you in a direct message."),
            dedup_keys=(same_press(f"draft:{incident.number}:{incident.version}:{request.actor}"),),
        )
    return Show(
        (ShareDraft(),),
        done=answer("Writing the draft; it will be in the war room in a moment."),
        again=answer("That draft was requested a moment ago, and nothing has happened since: one is enough."),
        dedup_keys=(same_press(f"draft:{incident.number}:{incident.version}"),),
    )


def check(request: Request) -> Outcome:
    """Tell only this person what the reader for blame finds in the draft."""
    contents = draft(
        request.about,
        request.timeline,
        request.policy,
        request.now,
        request.merged,
        action_items=request.action_lines,
    )
    return Reply(blame.report(contents, request.wording))


@button("postmortem", about=INCIDENT, may=Capability.CHANGE)
def postmortem_button(request: Request) -> Outcome:
    """Write the draft, from the card's button."""
    return postmortem(request)
