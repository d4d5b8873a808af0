"""The drill `after-the-outage`: the action items of the postmortem, each with an owner and a day."""

from datetime import timedelta

from bot.drills.after_the_outage.moments import today
from bot.drills.stage import Stage, Step, download, must, readable

LOCK = "lock the queue of invoices"
ALERT = "alert when an invoice number is sent twice"


async def add(stage: Stage) -> str:
    """One in the form, one in a line. Both are due on a Friday, a week from now."""
    due = await today(stage) + timedelta(weeks=1)
    alice = stage.person("alice")
    asked = await alice.command(stage.room, "/incident", "action")
    must("By when?" in readable(asked["modals"]), "the form of an action item did not open")
    bob = (await stage.person("bob").see())["user"]["id"]
    await alice.submit(text=LOCK, person=bob, due=due.isoformat())
    await alice.close(everything=True)
    await stage.told_directly("bob", "gave you an action item", LOCK)
    await stage.command("carol", f"action me {due.isoformat()} {ALERT}", "ACT-2")
    listed = await stage.command("dave", "actions INC-1", "ACT-1", "ACT-2")
    must(LOCK in readable(listed) and ALERT in readable(listed), "the list lacks an action item")
    return f"ACT-1 for bob and ACT-2 for carol, due on {due}"


async def in_the_draft(stage: Stage) -> str:
    """The postmortem has them from then on."""
    text = await download(await stage.postmortem("carol", "The postmortem of INC-1, as it is published"))
    must(LOCK in text and ALERT in text, "the postmortem lacks an action item")
    return "the postmortem has both"


STEPS: list[Step] = [("action items are added", add), ("they are in the postmortem", in_the_draft)]
