"""The drill `after-the-outage`: the review board sees the week, decides something, and sees what became of it."""

from datetime import time, timedelta
from typing import Any

from bot.drills.after_the_outage.moments import MONDAY, forward_to, today
from bot.drills.stage import Stage, Step, must, readable

BOARD = time(10, 1)
DECISION = "Every queue has one reader"


async def pack(stage: Stage) -> str:
    """On Monday the pack of the week before comes by itself."""

    def meet(policy: dict[str, Any]) -> None:
        policy["review"] = {"day": "monday", "at": "10:00", "time_zone": "Europe/London"}

    await forward_to(stage, MONDAY, time(9, 30))
    await stage.reload(meet)
    await forward_to(stage, MONDAY, BOARD)
    posted = await stage.shows("frank", "Review board", "1 incident (1 SEV1)", channel="incidents")
    must("0 postmortems owed" in readable(posted), "the pack says that a postmortem is owed")
    return "the pack of the week is in #incidents: one SEV1, no postmortem owed"


async def decide(stage: Stage) -> str:
    """What is decided has an owner and a day, as any action item."""
    posted = await stage.shows("alice", "Review board", "Record a decision", channel="incidents")
    alice, due = stage.person("alice"), await today(stage) + timedelta(days=3)
    dave = (await stage.person("dave").see())["user"]["id"]
    await alice.click("review_decide", channel="incidents", ts=posted["ts"])
    sent = await alice.submit(text=DECISION, person=dave, due=due.isoformat(), incident="1")
    must("is recorded as a decision" in readable(sent["modals"]), "alice is not told that it is recorded")
    await alice.close(everything=True)
    await stage.told_directly("dave", "gave you an action item", DECISION)
    listed = await stage.command("dave", "actions mine", DECISION, channel="general")
    await stage.person("dave").click("action_done", channel="general", ts=listed["ts"])
    await stage.person("dave").submit(proof="the check of changes refuses a second reader")
    await stage.person("dave").close(everything=True)
    return "a decision was recorded, dave was told, and has done it"


async def followed(stage: Stage) -> str:
    """The next pack says what became of it."""
    await forward_to(stage, MONDAY, BOARD)
    await stage.shows("frank", "Review board", DECISION, "done", channel="incidents")
    return "the pack of the next week says that it is done"


STEPS: list[Step] = [("the review board meets", pack), ("it decides something", decide)]

FOLLOWED: list[Step] = [("the next board sees what became of it", followed)]
