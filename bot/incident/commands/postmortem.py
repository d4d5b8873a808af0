"""`/incident postmortem`: the draft, as a file in the war room; and with a word after it, everything else about it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.core import mentions
from bot.core.dedup import same_press
from bot.core.page_links import PageName
from bot.incident.commands import postmortem_canvas, postmortem_edit, postmortem_owner, postmortem_review
from bot.incident.commands.registry import INCIDENT, button, command
from bot.incident.commands.request import Outcome, Reply, Request, Show, Wants
from bot.incident.domain.effects import SendDraft, ShareDraft
from bot.incident.domain.permissions import Capability
from bot.incident.domain.postmortem import draft
from bot.incident.views.page_links import with_page
from bot.incident.views.replies import answer

AGAIN = "That draft was requested a moment ago, and nothing has happened since: one is enough."


def check(request: Request) -> Outcome:
    """Tell only this person what the reader for blame finds in the draft."""
    from bot.incident.views import blame  # noqa: PLC0415  # hundreds of patterns, which are compiled when it is loaded

    contents = draft(
        request.about,
        request.timeline,
        request.policy,
        request.now,
        request.merged,
        action_items=request.action_lines,
    )
    return Reply(blame.report(contents, request.wording))


# What may follow `postmortem`, and what it leads to.
WORDS: Mapping[str, Callable[[Request], Outcome]] = {
    "check": check,
    "edit": postmortem_edit.edit,
    "write": postmortem_edit.edit,
    "canvas": postmortem_canvas.canvas,
    "review": postmortem_review.send,
    "approve": postmortem_review.approve,
    "changes": postmortem_review.changes,
    "take-over": postmortem_review.take_over,
    "publish": postmortem_review.publish,
    "none": postmortem_review.none,
}


def _needed(request: Request) -> tuple[Capability]:
    """Whoever publishes it, or gives up one that is owed, ends the incident in another way; to check it is to read it."""
    handle = WORDS.get(_split(request.text)[0])
    if handle is postmortem_review.publish:
        return (Capability.CLOSE,)
    if handle is check:
        return (Capability.READ,)
    return (
        postmortem_review.needed_to_close(request)
        if handle is postmortem_review.none
        else (Capability.CHANGE,)
    )


@command(
    "postmortem",
    "postmortem [@person | edit | canvas | check | review | approve | publish …]",
    "The postmortem: its draft, who writes it, its sections, its review",
    "`postmortem` posts the draft, `postmortem @person` records who writes it. `postmortem edit summary` opens a section, "
    "`edit` shows all. `canvas` makes a canvas for writing together, `canvas take` takes over from it. `review` sends it to review; reviewers `approve` or ask for `changes`; `take-over` takes in what has "
    "become new on the timeline meanwhile; `publish` announces it. `none why` closes the incident without one. "
    "`check` reads the draft, and tells only you which words judge a person or hide the system.",
    about=INCIDENT,
    wants=Wants.MENTIONED | Wants.TYPED | Wants.TIMELINE | Wants.REVIEWED | Wants.TEMPLATES | Wants.LINKS,
    synonyms={"draft": "", "post-mortem": "", "retro": "", "retrospective": "", "pir": "", "rca": ""},
    may=Capability.CHANGE,
    needs=_needed,
)
def postmortem(request: Request) -> Outcome:
    """Write the draft from the present timeline; with a person, record that they write the postmortem."""
    if typed := request.text.strip():
        word, rest = _split(typed)
        if handle := WORDS.get(word):
            return handle(replace(request, text=rest))
        person = request.actor if typed.lower() in ("me", "myself") else mentions.person(typed) or ""
        return postmortem_owner.choose(request, person, typed)
    incident = request.about
    page = request.page_link(PageName.POSTMORTEM, str(incident.number))
    if incident.without_room:
        return Show(
            (SendDraft(request.actor),),
            done=with_page(answer("Writing the draft; I send it to you in a direct message."), page),
            dedup_keys=(same_press(f"draft:{incident.number}:{incident.version}:{request.actor}"),),
        )
    return Show(
        (ShareDraft(),),
        done=with_page(answer("Writing the draft; it will be in the war room in a moment."), page),
        again=with_page(answer(AGAIN), page),
        dedup_keys=(same_press(f"draft:{incident.number}:{incident.version}"),),
    )


@button("postmortem", about=INCIDENT, wants=Wants.LINKS, may=Capability.CHANGE)
def postmortem_button(request: Request) -> Outcome:
    """Write the draft, from the card's button."""
    return postmortem(replace(request, text=""))


def _split(typed: str) -> tuple[str, str]:
    """The first word in lower case, and the rest."""
    word, _, rest = typed.strip().partition(" ")
    return word.lower(), rest.strip()
