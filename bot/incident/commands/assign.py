"""`/incident assign`: give a role to a person, or take command with a button."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from bot.core import mentions
from bot.core.decision import Refused
from bot.incident.commands.registry import INCIDENT, button, command
from bot.incident.commands.request import ChangeIncident, Outcome, Request, Wants
from bot.incident.domain import rules
from bot.incident.domain.permissions import Capability
from bot.incident.domain.roles import Roles
from bot.incident.domain.vocabulary import Role, mention

ME = "me"


@command(
    "assign",
    "assign @person [role] [force]",
    "Give somebody a role (commander, if you name none)",
    "`/incident who` lists the roles of your team. If somebody has command, only they can offer it, and it passes when "
    "the other person accepts. `force` is for a commander who cannot be reached; the timeline records who used it.",
    about=INCIDENT, may=Capability.COMMAND,
    wants=Wants.PEOPLE,
    synonyms={
        "role": "", "roles": "", "give": "",
        "ic": "commander", "lead": "commander", "command": "commander", "commander": "commander", "take": "me",
        "deputy": "deputy", "scribe": "scribe", "comms": "communications", "ops": "operations", "liaison": "liaison",
        "expert": "expert", "sme": "expert", "claim": "me", "owner": "commander", "assignee": "commander",
    },
)  # fmt: skip
def assign(request: Request) -> Outcome:
    """Give a role to a person, for example `@bob scribe`, `scribe @bob` or `me as incident commander`."""
    asked = parse_arguments(request.text, request.policy.roles)
    if asked.role is None:
        return no_such_role(request, asked.role_typed)
    if not asked.person:
        role = "" if asked.role == Role.COMMANDER else f" {asked.role}"
        return Refused(f"Say who: `/incident assign @person{role}`, or `/incident assign me{role}`.")
    person = request.actor if asked.person == ME else mentions.person(asked.person)
    return give_role(request, person or "", asked.role, asked.person, force=asked.force)


@dataclass(frozen=True, slots=True)
class AssignArguments:
    """The text after `assign`, parsed.

    Attributes:
        person: the mention, `me`, or the text in the place of a person; empty if there is nothing.
        role: its key; None if `role_typed` is not a role.
    """

    person: str
    role: str | None
    role_typed: str
    force: bool


def parse_arguments(text: str, roles: Roles) -> AssignArguments:
    """The person and the role that the text names; the role is commander if it names none."""
    words = text.split()
    force = len(words) > 1 and words[-1].lower() == "force"
    words = words[:-1] if force else words
    place = next((place for place, each in enumerate(words) if _names_somebody(each)), None)
    if place is None and words and roles.find(_role_words(words)) is None:
        place = 0  # a name that is no mention: `assign bob scribe`
    person = "" if place is None else words.pop(place)
    role = _role_words(words)
    person = ME if person.lower() in ("me", "myself") else person
    return AssignArguments(person, roles.find(role) if role else Role.COMMANDER, role, force)


def _names_somebody(word: str) -> bool:
    return word.startswith(("<@", "@")) or word.lower() in ("me", "myself")


def _role_words(words: Sequence[str]) -> str:
    """The words of the role without small words such as `as the` in `as the scribe`."""
    return " ".join(each for each in words if each.lower() not in ("as", "the", "to", "be", "for"))


@button("take_command", about=INCIDENT, may=Capability.COMMAND)
def take_command(request: Request) -> Outcome:
    """Take command. The first person who clicks becomes commander."""
    return ChangeIncident(partial(rules.take_command, by=request.actor, now=request.now))


def give_role(request: Request, person: str, role: str, typed: str = "", *, force: bool = False) -> Outcome:
    """Give a role to a person, or refuse if they cannot have one."""
    return no_such_person(request, person, typed) or ChangeIncident(
        partial(
            rules.assign,
            role=role,
            person=person,
            by=request.actor,
            now=request.now,
            force=force,
            roles=request.policy.roles,
        )
    )


def no_such_role(request: Request, typed: str) -> Refused:
    """The refusal of a role that the team does not have, with those that it has."""
    known = ", ".join(request.policy.roles.keys)
    return Refused(f"“{typed[:40]}” is not a role. The roles are {known}.", field="role")


def no_such_person(request: Request, person: str, typed: str = "", *, what: str = "role") -> Refused | None:
    """The refusal if this person cannot be given a role, or whatever else it is; None if they can."""
    profile = request.people.get(person)
    thing = f"an {what}" if what[:1] in "aeiou" else f"a {what}"
    if profile is None and person != request.actor:
        return Refused(
            f"I do not know {typed[:50] or 'them'}: pick the person from the list that appears as you type @.",
            field="person",
        )
    if profile and profile.is_bot:
        return Refused(f"An app cannot take {thing}: choose a person.", field="person")
    if profile and not profile.is_active:
        return Refused(f"{mention(person)} was deactivated in Slack: choose somebody else.", field="person")
    if profile and profile.is_guest and person not in request.inside:
        return Refused(
            f"{mention(person)} is a guest and not in the war room, and an app cannot invite guests. Once somebody "
            f"has invited them, they can have {thing}.",
            field="person",
        )
    return None
