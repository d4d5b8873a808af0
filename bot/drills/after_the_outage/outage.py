"""The drill `after-the-outage`: a short incident on a Monday morning."""

from datetime import time

from bot.drills.after_the_outage.moments import MONDAY, forward_to
from bot.drills.stage import Stage, Step

TITLE = "Invoices are sent twice"
LASTED = 30  # minutes from the declaration to the end
MITIGATED = 20


async def declare(stage: Stage) -> str:
    """Declare a SEV1 with one line; bob leads, carol writes the postmortem later."""
    await forward_to(stage, MONDAY, time(10))
    alice = stage.person("alice")
    await alice.command("general", "/incident", f"declare sev1 {TITLE}")
    linked = await stage.shows("alice", "INC-1", "<#", channel="general")
    stage.room = str(linked["text"]).split("<#")[1].split(">")[0].split("|")[0]
    stage.channel, stage.incident = (await alice.see(stage.room))["channel"]["name"], "INC-1"
    for name in ("bob", "carol", "dave"):
        await stage.person(name).join(stage.room)
    await stage.command("bob", "ic me", "Bob Brown became Incident Commander")
    await stage.command("carol", "note two workers read the same queue", "two workers read the same queue")
    return f"on a Monday at ten, in #{stage.channel}; bob has command"


async def end(stage: Stage) -> str:
    """Mitigate and resolve it; the message of the end asks who writes the postmortem."""
    await stage.forward(MITIGATED)
    await stage.person("bob").command(stage.room, "/incident", "status mitigated")
    await stage.card("mitigated")
    await stage.forward(LASTED - MITIGATED)
    await stage.command("bob", "resolve stopped the second worker", "Incident resolved")
    asked = await stage.shows("carol", "Incident resolved", "Who writes the postmortem?")
    await stage.press("carol", "postmortem_mine", asked)
    await stage.card("resolved", await stage.mention("carol"), "not begun", "due")
    return f"over after {LASTED} minutes; carol writes the postmortem, which the card shows as owed"


STEPS: list[Step] = [("an incident happens", declare), ("it ends", end)]
