"""The drill `full-war-room`: what nearly went wrong is reported, without a name and with one, answered and listed."""

from bot.drills.stage import Stage, Step, must, readable

INCIDENTS = "incidents"


async def report(stage: Stage) -> str:
    """Report one with a name, and one without, which is taken back in the window that thanks for it."""
    bob, erin = stage.person("bob"), stage.person("erin")
    await bob.command("general", "/incident", "nearmiss orders were nearly replayed twice")
    await bob.submit(summary="the script asked for the day")
    must("This is stored as *NM-1*" in readable((await bob.see())["modals"]), "bob was not thanked")
    await bob.close(everything=True)
    await stage.shows("alice", "NM-1", "orders were nearly replayed twice", channel=INCIDENTS)
    await erin.command("general", "/incident", "nearmiss a certificate nearly expired")
    await erin.submit(name=["nameless"])
    await stage.shows("alice", "NM-2", "without a name", channel=INCIDENTS)
    await erin.click("nearmiss_undo", modal=True)
    await erin.close(everything=True)
    await stage.shows("alice", "NM-2 was taken back", channel=INCIDENTS)
    return "bob is thanked; one without a name was announced so, and taken back"


async def answer(stage: Stage) -> str:
    """Somebody answers it; the reporter is told privately, and everybody can read it."""
    post = await stage.shows("carol", "NM-1", channel=INCIDENTS)
    await stage.press("carol", "nearmiss_answer", post | {"channel": INCIDENTS})
    await stage.person("carol").submit(answer="the script keeps what it has replayed")
    await stage.person("carol").close(everything=True)
    await stage.told_directly("bob", "answered your near miss", "keeps what it has replayed")
    await stage.command("dave", "nearmisses replayed", "keeps what it has replayed", channel="general")
    return "carol answered it, bob was told, and dave finds both"


STEPS: list[Step] = [("near misses are reported", report), ("one is answered", answer)]
