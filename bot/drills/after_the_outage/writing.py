"""The drill `after-the-outage`: the postmortem is drafted, read for blame, mended and written."""

from bot.drills.after_the_outage.moments import THURSDAY, TUESDAY, forward_to
from bot.drills.stage import Stage, Step, must, readable

BLAMES = "Bob should have checked the queue."
MENDED = "Two workers could start on one queue, because nothing locked it."
SECTIONS = {
    "summary": "Every invoice was sent twice for half an hour.",
    "detection": "A customer wrote to us; no alert counts invoices.",
    "lessons": "A queue has one reader, or a lock.",
}


async def draft(stage: Stage) -> str:
    """The draft has what was recorded on the way."""
    await forward_to(stage, TUESDAY)
    await stage.write_draft(
        "carol", "Invoices are sent twice", "two workers read the same queue", "Bob Brown"
    )
    return f"written to {stage.draft}"


async def check(stage: Stage) -> str:
    """What judges a person is marked, for the person who asks only; once it is mended, nothing is."""
    await _write(stage, "factors", BLAMES)
    found = await stage.command("carol", "postmortem check", "to look at before you publish it")
    must("should have checked" in readable(found), f"the reader for blame did not mark “{BLAMES}”")
    seen = await stage.person("dave").see(stage.room)
    must("should have checked" not in readable(seen["channel"]), "others see what the reader has marked")
    await _write(stage, "factors", MENDED, version=1)
    await stage.command("carol", "postmortem check", "Nothing in the draft of INC-1 judges a person")
    return "“should have checked” was marked, only for carol; she wrote what made it possible instead"


async def sections(stage: Stage) -> str:
    """The other sections are written; carol is told two working days before it is due."""
    for name, text in SECTIONS.items():
        await _write(stage, name, text)
    await forward_to(stage, THURSDAY)
    await stage.forward(12 * 60)  # carol begins to work eight hours after bob
    await stage.told_directly("carol", "The postmortem of *INC-1*", "is due")
    text = await stage.write_draft("carol", MENDED, *SECTIONS.values())
    must(BLAMES not in text, "the draft still has what was mended")
    return f"{len(SECTIONS) + 1} sections are in the draft, and carol was told when it is due"


async def _write(stage: Stage, section: str, text: str, *, version: int = 0) -> None:
    carol = stage.person("carol")
    await carol.command(stage.room, "/incident", f"postmortem edit {section}")
    saved = await carol.submit(**{f"{section}_{version}": text})
    must("is saved" in readable(saved["modals"]), f"the section {section} was not saved")
    await carol.close(everything=True)


STEPS: list[Step] = [
    ("the draft is asked for", draft),
    ("it is read for blame, and mended", check),
    ("its sections are written", sections),
]
