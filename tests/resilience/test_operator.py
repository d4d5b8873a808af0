"""A dead effect blocks nothing else. The operator sees it, fixes the cause, and sends it again."""

from sqlmodel import select

from bot.cli import doctor
from bot.drills.stage import has
from bot.engine.store.tables import EffectRow, is_pending
from tests.resilience.conftest import Opened
from tests.resilience.faulty_office import FaultyOffice
from tests.resilience.uses import declared, said


async def _examined(office: FaultyOffice) -> tuple[bool, str]:
    lines: list[str] = []
    healthy = await doctor.check(office.settings, lines.append)
    return healthy, "\n".join(lines)


async def test_a_dead_effect_blocks_no_other_is_listed_by_doctor_and_can_be_sent_again(
    open_office: Opened,
) -> None:
    async with open_office("operator") as office:
        office.strike("refuse", method="pins.add", error="too_many_pins")
        office.strike("missing_scope", method="conversations.setTopic")
        await declared(office)
        await said("update Half of it works")(office)
        await office.settle()
        seen = (await office.person("alice").see(office.stage.room))["channel"]
        assert any(has(m, "Status update", "Half of it works") for m in seen["messages"])
        assert (seen["pins"], seen["topic"]) == ([], "")
        healthy, told = await _examined(office)
        assert not healthy
        assert "outbox: 2 refused by Slack" in told
        assert "INC-1: I could not pin the card: too_many_pins. Unpin something" in told
        assert "INC-1: I could not set the channel topic: missing_scope. An admin needs to reinstall" in told
        assert "Fix the cause, then run `warroom outbox retry`" in told
        office.sandbox.faults.clear()
        await office.retry()
        seen = (await office.person("alice").see(office.stage.room))["channel"]
        assert len(seen["pins"]) == 1
        assert "INC-1" in seen["topic"]
        healthy, told = await _examined(office)
        assert healthy, told
        assert "nothing refused by Slack" in told


async def test_an_effect_that_is_refused_again_stays_on_the_list(open_office: Opened) -> None:
    async with open_office("again") as office:
        office.strike("refuse", method="pins.add", error="too_many_pins")
        await declared(office)
        await office.retry()
        assert await office.dead() == ["PinCard: too_many_pins"]
        assert "INC-1: I could not pin the card: too_many_pins" in (await _examined(office))[1]


async def test_doctor_shows_no_title_of_a_private_incident(open_office: Opened) -> None:
    async with open_office("private") as office:
        office.strike("refuse", method="pins.add", error="too_many_pins")
        bob = office.person("bob")
        await bob.command("general", "/incident", "declare Key leaked")
        await bob.submit(severity="1", private=["private"])
        await office.settle()
        _, told = await _examined(office)
        assert "INC-1: I could not pin the card" in told
        assert "Key" not in told


async def test_effects_that_wait_for_a_refused_room_are_not_a_backlog(open_office: Opened) -> None:
    async with open_office("roomless") as office:
        office.strike("refuse", method="conversations.create", error="restricted_action")
        await office.told("alice", "declare sev4 Down", "general")
        await office.settle()
        async with office.app.database.reading() as session:
            assert (await session.exec(select(EffectRow).where(is_pending(EffectRow)))).first()
        _, told = await _examined(office)
        assert "✓ outbox: 0 waiting" in told
        assert "INC-1: I could not open the war room: restricted_action. A workspace setting" in told
