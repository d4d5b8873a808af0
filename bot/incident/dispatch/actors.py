"""What is known of people beside the incident: their user groups, and whether they are guests or admins."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.core.people import FindPerson
from bot.engine.store import user_groups
from bot.engine.store.database import Database
from bot.engine.store.tables import UserGroupRow
from bot.incident.commands.request import Request
from bot.incident.domain.permissions import Actor, Who

TRUSTED = timedelta(days=1)  # how long the last known members of a group count while Slack cannot be asked
NOT_READ = "not_read_yet"


@dataclass(frozen=True, slots=True)
class Groups:
    """Some user groups, as they are known.

    Attributes:
        of_actor: those that the actor is in.
        handles: what people type after `@`, by the group's id, for those of which it is known.
        unreadable: why it is unknown who is in a group, by its id.
    """

    of_actor: frozenset[str] = frozenset()
    handles: Mapping[str, str] = field(default_factory=dict)
    unreadable: Mapping[str, str] = field(default_factory=dict)


class Actors:
    """Looks up what is known of an actor. Nothing is asked of Slack, except an unknown person's profile.

    Args:
        database: where user groups are stored.
        find_person: returns a person's profile, or None if there is no such person.
    """

    def __init__(self, database: Database, find_person: FindPerson) -> None:
        self._database = database
        self._find_person = find_person

    async def is_guest(self, request: Request) -> bool:
        """Whether the actor is a guest. A person whom Slack does not know counts as one."""
        profile = await self._find_person(request.team, request.actor)
        return profile is None or profile.is_guest

    async def known(self, request: Request, who: Who, in_room: bool | None = None) -> tuple[Actor, Groups]:  # noqa: FBT001  # a fact, no switch
        """What must be known of the actor to tell whether they are among these; and the groups that are named."""
        profile = await self._find_person(request.team, request.actor)
        groups = await self._groups(request, who.groups) if who.groups else Groups()
        actor = Actor(
            request.actor,
            in_room=in_room,
            groups=groups.of_actor,
            is_guest=profile is None or profile.is_guest,
            is_admin=profile is not None and profile.is_admin and profile.is_active,
        )
        return actor, groups

    async def _groups(self, request: Request, wanted: Collection[str]) -> Groups:
        async with self._database.autocommitting() as session:
            rows = {row.group_id: row for row in await user_groups.of_team(session, request.team, wanted)}
        trouble = {group: _trouble(rows.get(group), request.now) for group in wanted}
        return Groups(
            frozenset(
                each for each, row in rows.items() if request.actor in row.members and not trouble[each]
            ),
            {each: row.handle for each, row in rows.items() if row.handle},
            {each: why for each, why in trouble.items() if why},
        )


def _trouble(row: UserGroupRow | None, now: datetime) -> str:
    """Why it is unknown who is in a group; empty if it is known."""
    if row is None or (row.read_at is None and not row.trouble):
        return NOT_READ
    stale = row.read_at is None or now - row.read_at > TRUSTED
    return row.trouble or ("slack_does_not_answer" if stale else "")
