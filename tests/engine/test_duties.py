"""Whoever gets a role is told its duties once, privately, and may say no."""

from dataclasses import replace

from bot.engine.store.database import Database
from bot.incident.domain import facts, rules
from bot.incident.domain.policy import Policy
from bot.incident.domain.roles import RoleDefinition, Roles
from bot.incident.domain.vocabulary import Role
from bot.ports.slack.calls import FetchMembers, Post
from tests.conftest import StillClock
from tests.engine.rooms.members import in_room
from tests.engine.user import User, said
from tests.engine.world import ANNA, BEN, CLEO, World

ROOM = "CROOM1"
TEAM = Roles(
    (
        RoleDefinition(Role.COMMANDER, "Incident Manager"),
        RoleDefinition("database", "Database Lead", duties="Keep the data."),
    )
)


def _told(world: World, channel: str) -> list[str]:
    return [str(post.message.text) for post in world.slack.of(Post) if post.channel == channel]


async def test_duties_go_to_the_holder_and_the_room_reads_one_line(world: World) -> None:
    await world.declare(commander=ANNA)
    await world.deliver()
    before = len(_told(world, ROOM))
    await world.change(1, rules.assign, Role.SCRIBE, BEN)
    await world.deliver()
    (told,) = _told(world, BEN)
    assert "You are *Scribe* of *INC-1*: Checkout is failing · <#CROOM1>" in told
    assert "You keep the timeline" in told
    assert len(_told(world, ROOM)) == before + 1


async def test_a_commander_gets_one_message_and_it_is_the_brief(world: World) -> None:
    await world.declare()
    await world.change(1, rules.assign, Role.COMMANDER, BEN)
    await world.deliver()
    (told,) = _told(world, BEN)
    assert "You have command of *INC-1*" in told


async def test_whoever_declines_is_rid_of_the_role_and_the_room_is_told_once(world: World) -> None:
    await world.declare(commander=ANNA)
    await world.change(1, rules.assign, Role.SCRIBE, BEN)
    await world.deliver()
    before = len(_told(world, ROOM))
    user = User(world)

    async def press() -> str:
        answer = await user.press("decline_role", metadata={"role": "scribe"}, channel="DBEN", actor=BEN)
        return said(answer)

    assert "Recorded on *INC-1*" in await press()
    assert "not Scribe of INC-1 any more" in await press()
    await world.deliver()
    assert (await world.incident(1)).roles_of(BEN) == ()
    (declined,) = _told(world, ROOM)[before:]
    assert "cannot take the role of Scribe. *Nobody has it now.*" in declined


async def test_whoever_has_lost_the_role_meanwhile_is_told_nothing(world: World) -> None:
    await world.declare(commander=ANNA)
    await world.change(1, rules.assign, Role.SCRIBE, BEN)
    await world.change(1, rules.assign, Role.SCRIBE, CLEO)
    await world.deliver()
    assert _told(world, BEN) == []
    assert len(_told(world, CLEO)) == 1


async def test_the_title_of_a_private_incident_is_told_only_to_people_in_its_room(world: World) -> None:
    await world.declare("Key leaked", private=True, commander=ANNA)
    world.slack.answers[FetchMembers] = [in_room(ANNA, BEN)]
    await world.deliver()
    for role, person in ((Role.SCRIBE, BEN), (Role.EXPERT, CLEO)):
        await world.change(1, rules.assign, role, person)
    await world.deliver()
    assert "*INC-1*: Key leaked" in _told(world, BEN)[0]
    (to_cleo,) = [post for post in world.slack.of(Post) if post.channel == CLEO]
    assert "Subject-Matter Expert" in str(to_cleo)
    assert "Key leaked" not in str(to_cleo)


async def test_a_team_with_roles_of_its_own_reads_their_titles_for_ever(
    database: Database, policy: Policy, clock: StillClock
) -> None:
    world = World(database, replace(policy, roles=TEAM), clock)
    await world.declare(commander=ANNA)
    await world.change(1, rules.assign, "database", BEN, roles=TEAM)
    await world.change(1, rules.leave, by=ANNA)
    await world.deliver()
    said_in_room = "\n".join(_told(world, ROOM))
    assert "became Database Lead" in said_in_room
    assert "stepped down as Incident Manager. *Nobody has command now.*" in said_in_room
    assert "Keep the data." in _told(world, BEN)[0]
    await User(world).word("postmortem")
    await world.deliver()
    later = World(database, policy, clock, world.slack)  # whose policy has no such role
    timeline = await later.timeline(1)
    assert [
        fact.title for fact in (entry.fact for entry in timeline) if isinstance(fact, facts.RoleAssigned)
    ] == [
        "Incident Manager",
        "Database Lead",
    ]
    answer = str((await User(later).word("who")).message)
    assert f"*database* <@{BEN}>" in answer
