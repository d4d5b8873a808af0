"""The drill, and how many messages its war room has at the end."""

import pytest

from bot.drills.checkout_outage import STEPS
from bot.drills.stage import StepFailed
from tests.slack.conftest import Office


async def test_the_bot_posts_at_most_twelve_messages_in_the_room_of_an_outage_of_an_hour(
    office: Office,
) -> None:
    for _, step in STEPS:
        await step(office.stage)
    seen = (await office.person("alice").see(office.stage.room))["channel"]["messages"]
    messages = [each for each in seen if each["user"] == office.app.bot_user and not each.get("ephemeral")]
    assert len([each for each in messages if each.get("bot_id")]) <= 12
    topics = [each for each in messages if each.get("subtype") == "channel_topic"]
    assert len(topics) == 2, "at the beginning and at the end"


async def test_a_stage_without_a_policy_of_its_own_says_so(office: Office) -> None:
    with pytest.raises(StepFailed, match="no policy"):
        await office.stage.reload(lambda _: None)
