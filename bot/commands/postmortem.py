"""`/incident postmortem`: the draft, as a file in the war room."""

from bot.commands.registry import button, word
from bot.commands.request import Outcome, Request, Show
from bot.domain.effects import ShareDraft
from bot.views.messages import answer


@word(
    "postmortem",
    "postmortem",
    "Post a blameless postmortem draft in the war room",
    synonyms={"draft": "", "post-mortem": "", "retro": ""},
)
def postmortem(_request: Request) -> Outcome:
    """Write the draft from what the timeline knows now."""
    return Show(
        (ShareDraft(),),
        done=answer("Writing the draft; it appears in the war room in a moment."),
    )


@button("postmortem")
def postmortem_button(request: Request) -> Outcome:
    """The same, from the card."""
    return postmortem(request)
