"""The drill `full-war-room`: the postmortem is written, reviewed and published."""

from bot.drills.stage import Stage, Step, download, must


async def write(stage: Stage) -> str:
    """Write a section; who saves one that was changed meanwhile sees both texts."""
    carol, bob = stage.person("carol"), stage.person("bob")
    for person in (carol, bob):
        await person.command(stage.room, "/incident", "postmortem edit summary")
    await carol.submit(summary_0="Every second order was lost for an hour.")
    await bob.submit(summary_0="Half of all orders were lost.")
    await bob.submit(summary_1="Every second order was lost for an hour, and all were replayed.")
    return "two wrote the summary at once, and the second saw both texts"


async def review(stage: Stage) -> str:
    """Send it to review; another person approves it; it is published with what became new meanwhile."""
    await stage.command("alice", "postmortem review", "Postmortem sent to review")
    await stage.command("bob", "note the vendor confirmed it", "the vendor confirmed it")
    await stage.command("carol", "postmortem approve", "It can be published now")
    await stage.command("alice", "postmortem take-over", "has everything")
    await stage.command("alice", "postmortem publish", "Postmortem published")
    message = await stage.shows("alice", f"The postmortem of {stage.incident}", channel="incidents")
    text = await download(message)
    must(
        "and all were replayed" in text and "the vendor confirmed it" in text,
        "the postmortem lacks what was written",
    )
    must("hunter2" not in text, "the postmortem has the secret")
    await stage.card("reviewed", "published")
    return "approved by one, and announced"


STEPS: list[Step] = [
    ("two people write the summary", write),
    ("reviewed and published", review),
]
