"""Slack is down for a while: acts that arrive anyway are answered, and in the end Slack shows each of them once."""

from bot.drills.stage import has
from tests.resilience.conftest import QUIET_POLICY, Opened
from tests.resilience.uses import declared, said
from tests.seen import is_bots, plain

LIVELY_POLICY = QUIET_POLICY.replace("commander_within: 1 day", "commander_within: 5 min")


async def test_incident_answers_while_every_call_fails_even_the_first_time(open_office: Opened) -> None:
    async with open_office("down") as office:
        office.strike("down", seconds=600)
        assert "No incident is open" in await office.told("alice", "list", "general")
        assert "Opening a war room" in await office.told("alice", "declare sev1 Down", "general")
        assert "INC-1" in await office.told("alice", "list", "general")


async def test_ten_minutes_without_slack_lose_nothing_and_send_nothing_twice(open_office: Opened) -> None:
    async with open_office("long", policy=LIVELY_POLICY) as office:
        await declared(office)
        office.strike("down", seconds=600)
        for number in range(5):
            assert "Recorded on *INC-1*" in await said(f"note Finding {number}")(office)
        assert "Recorded on *INC-1*" in await said("update Half of it works")(office)
        assert "Recorded on *INC-1*" in await said("severity sev3 worse")(office)
        for _ in range(9):  # an update becomes due in this time
            await office.sandbox.clock.advance(60)
            await office.app.engine.due.tick(office.sandbox.clock.now())
            await office.app.engine.deliverer.drain()
        await office.settle()
        seen = (await office.person("alice").see(office.stage.room))["channel"]
        news = [plain(m) for m in seen["messages"] if is_bots(m) and not m.get("pinned")]
        findings = [text.splitlines()[0][-1] for text in news if "Finding" in text]
        assert findings == ["0", "1", "2", "3", "4"]
        assert sum("Half of it works" in text for text in news) == 1
        assert sum("from SEV4 to SEV3" in text for text in news) == 1
        assert sum("has no Incident Commander yet" in text for text in news) == 1
        assert await office.dead() == []


async def test_the_answer_to_a_button_is_sent_another_way_if_its_response_url_fails(
    open_office: Opened,
) -> None:
    async with open_office("button") as office:
        await declared(office)
        await said("assign @alice commander")(office)
        await office.settle()
        await said("handoff @bob")(office)
        await office.settle()
        offer = await office.stage.shows("alice", "to take over command", "Accept command")
        for fault in ("error503", "reset_before", "ratelimited"):
            office.strike(fault, method="response_url", count=1)
            answer = await office.stage.press("alice", "handoff_accept", offer)
            assert any(has(message, "only they can answer") for message in answer["messages"]), fault
