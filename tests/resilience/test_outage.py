"""Slack is down for a while: acts that still come through are answered, and in the end Slack shows all of them, once."""

from tests.resilience.conftest import Opened


async def test_incident_answers_while_every_call_fails_also_the_first_time(open_office: Opened) -> None:
    async with open_office("down") as office:
        office.strike("down", seconds=600)
        assert "No incident is open" in await office.told("alice", "list", "general")
        assert "Opening a war room" in await office.told("alice", "declare sev1 Down", "general")
        assert "INC-1" in await office.told("alice", "list", "general")
