"""The drill `after-the-outage`: somebody reports that it nearly happened elsewhere too, and is answered."""

from bot.drills.stage import Stage, Step, must, readable

TITLE = "Two workers nearly read the queue of reminders"
CAUGHT = "Dave saw it in the review of a change"
ANSWER = "The library of workers takes a lock now"


async def report(stage: Stage) -> str:
    """Reported without an incident; the incidents channel sees it."""
    dave = stage.person("dave")
    await dave.command("general", "/incident", f"nearmiss {TITLE}")
    sent = await dave.submit(summary=CAUGHT)
    must("stored as *NM-1*" in readable(sent["modals"]), "dave is not told what is stored")
    await dave.close(everything=True)
    await stage.shows("frank", "NM-1", TITLE, CAUGHT, channel="incidents")
    return "dave reported NM-1, which #incidents sees"


async def answer(stage: Stage) -> str:
    """Answered in the channel; whoever reported it is told."""
    post = await stage.shows("bob", "NM-1", TITLE, channel="incidents")
    bob = stage.person("bob")
    await bob.click("nearmiss_answer", channel="incidents", ts=post["ts"])
    await bob.submit(answer=ANSWER)
    await bob.close(everything=True)
    await stage.told_directly("dave", "answered your near miss *NM-1*", ANSWER)
    await stage.shows("frank", "NM-1", ":white_check_mark:", ANSWER, channel="incidents")
    return "bob answered it, and dave was told"


STEPS: list[Step] = [("a near miss is reported", report), ("it is answered", answer)]
