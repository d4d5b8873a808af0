"""Whether the user groups and people whom the policy names exist, for `warroom doctor`."""

from collections.abc import AsyncIterator, Sequence

from slack_sdk.web.async_client import AsyncWebClient

from bot.engine.findings import Finding
from bot.slack import setup_check
from bot.slack.setup_check import SlackRefusesError


async def check(
    client: AsyncWebClient, groups: Sequence[str], people: Sequence[str]
) -> AsyncIterator[Finding]:
    """Look at each.

    Raises:
        SlackUnavailableError: Slack cannot be asked.
    """
    for group in groups:
        try:
            count = await setup_check.user_group(client, group)
        except SlackRefusesError as error:
            yield Finding(f"policy: the user group {group}", str(error))
            continue
        remedy = "" if count else "Nobody is in it: add people in Slack, or name others in the policy."
        yield Finding(f"policy: the user group {group} has {count} people", remedy)
    for person in people:
        try:
            is_active = await setup_check.person(client, person)
        except SlackRefusesError as error:
            yield Finding(f"policy: {person}", str(error))
            continue
        remedy = "" if is_active else "The account was deactivated: name somebody else in the policy."
        yield Finding(f"policy: {person} is in Slack", remedy)
