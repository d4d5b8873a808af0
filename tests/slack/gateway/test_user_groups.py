"""Who is in a user group, and its handle if Slack tells it."""

from bot.ports.port import Delivered
from bot.ports.slack.calls import FetchUserGroup
from tests.slack.gateway.conftest import Line


async def test_the_members_count_even_if_slack_does_not_tell_the_handle(line: Line) -> None:
    (group,) = line.sandbox.workspace.usergroups
    members = " ".join(line.sandbox.users[name] for name in ("alice", "bob", "dave"))
    assert await line.do(FetchUserGroup(group)) == Delivered({"members": members, "handle": "checkout-team"})
    await line.driver.fault("error500", method="usergroups.list", count=1)
    assert await line.do(FetchUserGroup(group)) == Delivered({"members": members, "handle": ""})
