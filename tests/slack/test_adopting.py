"""A channel where people already talk becomes a war room, over the wire."""

from tests.slack.conftest import Office


async def test_a_public_channel_becomes_the_war_room_and_keeps_its_name(office: Office) -> None:
    alice, bob = office.person("alice"), office.person("bob")
    general = next(each["id"] for each in (await alice.see())["channels"] if each["name"] == "general")
    office.stage.room = general
    told = await office.told("alice", "adopt sev2 Checkout is failing")
    assert "INC-1* is declared" in told
    await office.stage.card("Checkout is failing", "triage")
    await office.stage.shows("frank", "Checkout is failing", channel="incidents")
    shown = (await bob.see(general))["channel"]
    assert shown["name"] == "general"
    assert "INC-1" not in shown["topic"]
    await office.told("bob", "note seen on the dashboard")
    assert "seen on the dashboard" in await office.told("alice", "timeline")
    assert "a war room already" in await office.told("alice", "adopt sev2 Another one")
    assert "Incidents are announced here" in await office.told("alice", "adopt sev2 x", channel="incidents")


async def test_a_private_channel_makes_a_private_incident_once_the_bot_is_invited(office: Office) -> None:
    alice = office.person("alice")
    workspace, users = office.sandbox.workspace, office.sandbox.users
    secret = next(each for each in workspace.channels.values() if each.name == "general")
    secret.kind, secret.is_general, secret.members = "private", False, [users["alice"]]
    told = await office.told("alice", "adopt sev2 A key leaked", channel=secret.id)
    assert "`/invite @warroom`" in told
    await alice.invite(secret.id, "warroom")
    office.stage.room = secret.id
    await office.told("alice", "adopt", channel=secret.id)
    answer = await alice.submit(title="A key leaked")
    assert "is declared" in str(answer["modals"])
    await office.stage.card("A key leaked", "Private")
    assert "There is no INC-1" in await office.told("bob", "show INC-1", channel="incidents")
    assert "A key leaked" not in await office.told("bob", "list all", channel="incidents")
