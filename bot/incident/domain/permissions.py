"""Who may do what. All entry points use this one check; whether somebody may see an incident is `access`'s."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.incident.domain.access import belongs
from bot.incident.domain.incident import Incident


class Capability(StrEnum):
    """What people may do. Every command, button, form and shortcut needs one of these."""

    READ = "read"  # to look at what one may see anyway: never restricted
    OWN = "own"  # what concerns only the person who does it, such as stepping down: never restricted
    DECLARE = "declare"
    COMMAND = "command"  # take and hand over command, give and end roles
    CHANGE = "change"  # everything that changes an incident and is not named here
    RESOLVE = "resolve"  # resolve and reopen
    CLOSE = "close"  # end it in another way: a false alarm, a duplicate, the review
    SEE_PRIVATE = "see_private"  # see private incidents without being in their war rooms
    ADMINISTER = "administer"  # see how the installation is
    SEE_LOAD = "see_load"  # see how much others have worked in incidents
    ANSWER = "answer"  # answer near misses, and take out those that name somebody


FREE = frozenset({Capability.READ, Capability.OWN})
OF_INCIDENT = frozenset({Capability.COMMAND, Capability.CHANGE, Capability.RESOLVE, Capability.CLOSE})
_NEVER_GUESTS = frozenset(
    {Capability.SEE_PRIVATE, Capability.ADMINISTER, Capability.SEE_LOAD, Capability.ANSWER}
)
RESTRICTABLE = tuple(each for each in Capability if each not in FREE)


@dataclass(frozen=True, slots=True)
class Who:
    """Whoever at least one of these names; without any, nobody.

    Attributes:
        everyone: everybody who may see the incident; of a private one, the members of its war room.
        members: the members of the war room.
        holders: whoever holds a role in the incident.
        roles: the keys of roles whose holders are meant.
        admins: the admins and owners of the workspace.
        groups: the ids of user groups.
        people: the ids of people.
    """

    everyone: bool = False
    members: bool = False
    holders: bool = False
    roles: tuple[str, ...] = ()
    admins: bool = False
    groups: tuple[str, ...] = ()
    people: tuple[str, ...] = ()

    @property
    def is_nobody(self) -> bool:
        """Whether it names nobody."""
        return self == NOBODY

    @property
    def takes_part(self) -> bool:
        """Whether it names people by their part in an incident."""
        return self.members or self.holders or bool(self.roles)


EVERYONE, ADMINS, NOBODY = Who(everyone=True), Who(admins=True), Who()
_DEFAULTS: Mapping[Capability, Who] = {
    Capability.DECLARE: EVERYONE,
    Capability.COMMAND: EVERYONE,
    Capability.CHANGE: EVERYONE,
    Capability.RESOLVE: EVERYONE,
    Capability.CLOSE: EVERYONE,
    Capability.SEE_PRIVATE: NOBODY,
    Capability.ADMINISTER: ADMINS,
    Capability.SEE_LOAD: NOBODY,
    Capability.ANSWER: EVERYONE,
}


@dataclass(frozen=True, slots=True)
class Permissions:
    """What a team has decided about who may do what."""

    chosen: Mapping[Capability, Who] = field(default_factory=dict)

    def of(self, capability: Capability) -> Who:
        """Who may; the default if the team has not decided it.

        Raises:
            KeyError: it is one that is never restricted.
        """
        return self.chosen.get(capability) or _DEFAULTS[capability]

    @property
    def groups(self) -> tuple[str, ...]:
        """All user groups that are named, each once."""
        return tuple(dict.fromkeys(group for who in self._all() for group in who.groups))

    @property
    def people(self) -> tuple[str, ...]:
        """All people who are named, each once."""
        return tuple(dict.fromkeys(person for who in self._all() for person in who.people))

    def _all(self) -> Iterator[Who]:
        return (self.of(each) for each in RESTRICTABLE)


@dataclass(frozen=True, slots=True)
class Actor:
    """What is known of a person who wants to do something.

    Attributes:
        in_room: whether they are in the incident's war room; None if that is unknown.
        groups: the user groups that they are known to be in.
    """

    person: str
    in_room: bool | None = None
    groups: frozenset[str] = frozenset()
    is_guest: bool = False
    is_admin: bool = False


def may(capability: Capability, actor: Actor, incident: Incident | None, permissions: Permissions) -> bool:
    """Whether the actor may do this to the incident, which they may see; None if it is about no incident.

    The commander of the moment may do everything to their incident.
    """
    if capability in FREE:
        return True
    if incident and capability in OF_INCIDENT and actor.person == incident.commander:
        return True
    if capability in _NEVER_GUESTS and actor.is_guest:
        return False
    who = permissions.of(capability)
    named = (
        actor.person in who.people or bool(actor.groups & set(who.groups)) or (who.admins and actor.is_admin)
    )
    return named or (who.everyone if incident is None else _takes_part(who, actor, incident))


def needs_a_look(capability: Capability, incident: Incident | None, permissions: Permissions) -> bool:
    """Whether anything about the actor must be known to decide it. For most teams nothing is, which saves queries."""
    if capability in FREE:
        return False
    others_see = not permissions.of(Capability.SEE_PRIVATE).is_nobody
    return not permissions.of(capability).everyone or (
        incident is not None and incident.private and others_see
    )


def _takes_part(who: Who, actor: Actor, incident: Incident) -> bool:
    """Whether they are meant because of their part in the incident."""
    if who.everyone and not incident.private:
        return True
    if (who.everyone or who.members) and belongs(incident, actor.person, in_room=actor.in_room):
        return True
    held = incident.roles_of(actor.person)
    return bool(held) if who.holders else not set(held).isdisjoint(who.roles)
