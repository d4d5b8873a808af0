"""The drill `after-the-outage`: the postmortem is reviewed, changed, approved and published."""

from bot.drills.after_the_outage.moments import FRIDAY, forward_to
from bot.drills.after_the_outage.writing import MENDED
from bot.drills.stage import Stage, Step, download, must

WANTED = "say how customers were told"


async def review(stage: Stage) -> str:
    """A reviewer wants changes; whoever writes it cannot approve it."""
    await forward_to(stage, FRIDAY)
    await stage.command("carol", "postmortem review", "Postmortem sent to review")
    await stage.command("carol", "postmortem approve", "somebody else approves it")
    await stage.command("dave", f"postmortem changes {WANTED}", "asks for changes", WANTED)
    await stage.card("changes wanted")
    return "dave wanted changes, and carol could not approve her own"


async def approve(stage: Stage) -> str:
    """Changed and sent again, it is approved and published, in time."""
    carol = stage.person("carol")
    await carol.command(stage.room, "/incident", "postmortem edit impact")
    await carol.submit(impact_0="412 customers got two invoices, and a letter on the same day.")
    await carol.close(everything=True)
    await stage.command("carol", "postmortem review", "Postmortem sent to review")
    await stage.command("dave", "postmortem approve", "It can be published now")
    await stage.command("carol", "postmortem publish", "Postmortem published")
    message = await stage.shows("frank", "The postmortem of INC-1", channel="incidents")
    text = await download(message)
    for words in (MENDED, "412 customers"):
        must(words in text, f"the published postmortem lacks “{words}”")
    await stage.card("reviewed", "published")
    return "approved by dave, and announced with the file"


STEPS: list[Step] = [("it is reviewed", review), ("it is approved and published", approve)]
