"""The drill `after-the-outage`: owners are reminded in their working hours, and what is done has a proof."""

from datetime import time

from bot.drills.after_the_outage.moments import FRIDAY, MORNING, TUESDAY, forward_to
from bot.drills.after_the_outage.planning import ALERT, LOCK
from bot.drills.stage import Message, Snapshot, Stage, Step, has, must

EARLY = time(8, 50)
PROOF = "https://git.example.com/billing/42"


async def in_time(stage: Stage) -> str:
    """Carol is done before anybody reminds her."""
    listed = await stage.command("carol", "actions mine", ALERT)
    await stage.press("carol", "action_done", listed)
    await stage.person("carol").submit(proof="the alert has fired in staging")
    await stage.person("carol").close(everything=True)
    await stage.command("alice", "actions done", "the alert has fired in staging")
    return "carol's is done, with what proves it"


async def ahead(stage: Stage) -> str:
    """Three days before, when bob begins to work and not earlier."""
    await forward_to(stage, TUESDAY, EARLY)
    await stage.command("bob", "actions mine", LOCK)  # all that was due before is delivered
    must(not await _reminders(stage), "bob was reminded before his working hours")
    await forward_to(stage, TUESDAY, MORNING)
    await _reminded(stage, "· due Fri")
    return "at nine on Tuesday in London, and not before"


async def on_the_day(stage: Stage) -> str:
    """On the day; the reminder takes the place of the one before."""
    await forward_to(stage, FRIDAY)
    await _reminded(stage, "due today")
    return "on Friday, in the place of the one before"


async def overdue(stage: Stage) -> str:
    """A week later, because it is overdue."""
    await forward_to(stage, FRIDAY)
    await _reminded(stage, "overdue since")
    return "a week later again: it is overdue"


async def done(stage: Stage) -> str:
    """Done from the reminder, with a proof; nobody is reminded any more."""
    reminder = await stage.told_directly("bob", "You have 1 action item", LOCK)
    await stage.press("bob", "action_done", reminder)
    await stage.person("bob").submit(proof=PROOF)
    await stage.person("bob").close(everything=True)
    await stage.command("alice", "actions done", LOCK, PROOF, channel="general")
    await stage.told_directly("bob", "Nothing of what you were reminded of is left")
    await stage.command("alice", "actions INC-1", "no open action item", channel="general")
    return "bob did it from the reminder, and nothing is left"


async def _reminders(stage: Stage) -> list[Message]:
    """Bob's reminders in his direct messages with the bot."""
    bob = stage.person("bob")
    seen = await bob.see()
    app = seen["app"]["name"]
    direct = next(each["id"] for each in seen["channels"] if app in each["name"])
    messages = (await bob.see(direct))["channel"]["messages"]
    return [each for each in messages if has(each, "You have 1 action item")]


async def _reminded(stage: Stage, when: str) -> None:
    """Bob is reminded with these words, and has one reminder only."""
    stage.reminders += 1
    shown = await stage.told_directly("bob", "You have 1 action item", LOCK, when)

    def alone(snapshot: Snapshot) -> bool:
        reminders = [each for each in snapshot["channel"]["messages"] if has(each, "You have 1 action item")]
        return [each["ts"] for each in reminders] == [shown["ts"]]

    await stage.person("bob").until(alone, shown["channel"])


STEPS: list[Step] = [
    ("one is done in time", in_time),
    ("a reminder three days before", ahead),
    ("a reminder on the day", on_the_day),
]

OVERDUE: list[Step] = [
    ("a reminder when it is overdue", overdue),
    ("it is done, with a proof", done),
]
