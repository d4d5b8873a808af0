"""The drill `full-war-room`: updates and promises."""

from bot.drills.stage import Stage, Step, must, readable


async def half_written(stage: Stage) -> str:
    """Close the form half-way; what was written is there when it is opened again."""
    alice = stage.person("alice")
    opened = await alice.command(stage.room, "/incident", "update")
    must(opened["modals"], "the form did not open")
    await alice.choose("conditions", "Orders of the last hour are missing.", modal=True)
    await alice.close()
    again = await alice.command(stage.room, "/incident", "update")
    must("Orders of the last hour are missing." in str(again["modals"]), "what was written is lost")
    return "a closed form kept what was written"


async def update(stage: Stage) -> str:
    """Post an update that changes severity and status too: one message."""
    before = await stage.posted("alice")
    await stage.person("alice").submit(
        conditions="Orders of the last hour are missing.",
        actions="Replaying them from the log.",
        needs="Somebody who knows the shipping system.",
        severity="1",
        status="mitigating",
        next_in="10",
    )
    await stage.shows("bob", "Orders of the last hour are missing.", "SEV1", "mitigating")
    await stage.card("SEV1", "mitigating", "Orders of the last hour are missing.")
    await stage.shows("frank", "Orders of the last hour are missing.", channel="incidents")
    must(await stage.posted("alice") == before + 1, "the room was told in more than one message")
    return "conditions, severity and status in one message, and in the announcement"


async def preview(stage: Stage) -> str:
    """See how an update will look, before it is posted."""
    alice = stage.person("alice")
    await alice.command(stage.room, "/incident", "update")
    await alice.choose("conditions", "Half are back.", modal=True)
    form = await alice.click("preview_update", modal=True)
    must("Half are back." in readable(form["modals"][-1]["blocks"]), "there is no preview")
    await alice.close()
    await alice.submit()
    await stage.shows("bob", "Half are back.")
    await stage.command("bob", "updates", "Orders of the last hour are missing.", "Half are back.")
    return "shown before it was posted; past updates are a word away"


async def snooze(stage: Stage) -> str:
    """Snooze a reminder with a reason, then answer it with one click."""
    await stage.forward(13)
    reminder = await stage.shows("alice", "The next update of", "is due in")
    await stage.press("alice", "snooze", reminder)
    await stage.person("alice").submit(reason="The replay ends in five minutes.")
    await stage.command("bob", "timeline", "The replay ends in five minutes.")
    await stage.forward(13)
    stage.reminders += 2
    again = await stage.shows("alice", "An update of", "was due")
    await stage.press("alice", "no_change", again)
    await stage.shows("bob", "No change")
    return "snoozed with a reason, then answered with “No change”"


STEPS: list[Step] = [
    ("a form is closed half-way", half_written),
    ("an update changes severity and status", update),
    ("an update is looked at first", preview),
    ("a reminder is snoozed, then answered", snooze),
]
