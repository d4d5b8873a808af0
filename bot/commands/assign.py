"""`/incident assign`: who does what, and taking command with a click."""

from functools import partial

from bot.commands import mentions
from bot.commands.registry import button, word
from bot.commands.request import Change, Outcome, Request, Wants
from bot.domain import rules
from bot.domain.rules import Refused
from bot.domain.vocabulary import Role

ROLES = ", ".join(role.value for role in Role)


@word(
    "assign",
    "assign @person [role] [force]",
    "Give somebody a role (commander, where none is named)",
    f"Roles: {ROLES} (short: ic, comms, sme). Command that somebody holds is offered by its holder and moves when "
    "the other accepts. `force` is for a commander who cannot be reached; the timeline keeps who used it.",
    wants=Wants.PEOPLE,
)
def assign(request: Request) -> Outcome:
    """Give a role to a person."""
    words = request.text.split()
    if not words:
        return Refused("Say whom: `/incident assign @person scribe`.")
    force = len(words) > 1 and words[-1].lower() == "force"
    role_words = words[1:-1] if force else words[1:]
    role = Role.parse(" ".join(role_words)) if role_words else Role.COMMANDER
    if role is None:
        return Refused(f"“{' '.join(role_words)[:50]}” is no role. There are: {ROLES}.")
    person = request.actor if words[0] == "me" else mentions.person(words[0])
    return give(request, person or "", role, words[0], force=force)


@button("take_command")
def take_command(request: Request) -> Outcome:
    """Of all who click, the first becomes commander."""
    return Change(partial(rules.take_command, by=request.actor, now=request.now))


def give(request: Request, person: str, role: Role, typed: str = "", *, force: bool = False) -> Outcome:
    """Give a role to somebody who exists and is a person."""
    return no_such_person(request, person, typed) or Change(
        lambda incident: rules.assign(incident, role, person, by=request.actor, now=request.now, force=force)
    )


def no_such_person(request: Request, person: str, typed: str = "") -> Refused | None:
    """The answer where a role cannot be given to this person; None where it can."""
    profile = request.people.get(person)
    if profile is None and person != request.actor:
        return Refused(
            f"I do not know {typed[:50] or 'them'}: pick the person from the list that appears as you type @.",
            field="person",
        )
    if profile and profile.is_bot:
        return Refused("An app cannot take a role: choose a person.", field="person")
    return None
