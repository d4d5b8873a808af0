"""The drill `full-war-room`: the video bridge, those who follow from outside, and what seems to have been forgotten."""

from bot.drills.stage import Stage, Step, has, must, readable

SEVERITY_NUDGE = 10  # minutes, as in policy.yml


async def bridge(stage: Stage) -> str:
    """Set the video bridge; the card and the bookmarks show it."""
    await stage.command("bob", "bridge https://meet.example.com/orders", "https://meet.example.com/orders")
    await stage.card("Join the bridge")

    def bookmarked(snapshot: dict[str, object]) -> bool:
        return "https://meet.example.com/orders" in str(snapshot["channel"])

    await stage.person("carol").until(bookmarked, stage.room)
    return "on the card and among the bookmarks"


async def canvas(stage: Stage) -> str:
    """The channel's canvas has the state and the timeline, and nobody is notified."""

    def written(snapshot: dict[str, object]) -> bool:
        return "Orders are lost" in str(snapshot["canvases"]) and "Bob Brown" in str(snapshot["canvases"])

    await stage.forward(1)  # what changes meanwhile is shown together
    await stage.person("carol").until(written, stage.room)
    return "the canvas has the state, the roles and the timeline"


async def follow(stage: Stage) -> str:
    """Follow from outside: a direct message for each update; and all open incidents in a digest."""
    await stage.command("frank", "subscribe INC-1", "INC-1", channel="general")
    await stage.command(
        "alice", "update Payments work, orders are still missing.", "orders are still missing"
    )
    await stage.told_directly("frank", "orders are still missing")
    await stage.command("frank", "digest", "INC-1", "Orders are lost", channel="general")
    await stage.command("frank", "unsubscribe INC-1", "INC-1", channel="general")
    return "frank was told directly, and saw all open incidents in the digest"


async def do_not_disturb(stage: Stage) -> str:
    """The commander goes into do-not-disturb; the room is told once."""
    await stage.person("alice").do_not_disturb(60)
    await stage.shows("bob", "do-not-disturb")
    await stage.person("alice").do_not_disturb(0)
    return "the room was told once, with a button to take command"


async def nudge(stage: Stage) -> str:
    """A form's first choice of severity stands; somebody is asked, and confirms it."""
    erin = stage.person("erin")
    await erin.command("general", "/incident", "declare Mails are late")
    await erin.submit()
    announced = await stage.shows("erin", "Mails are late", channel="incidents")
    snapshot = await erin.see("incidents")
    room = next(each["id"] for each in snapshot["channels"] if each["name"].endswith("mails-are-late"))
    must(has(announced, "INC-2"), "the announcement has another number")
    await stage.command("erin", "assign me", "became Incident Commander", channel=room)
    await stage.forward(SEVERITY_NUDGE)
    asked = await stage.shows("erin", "SEV2", "Keep SEV2", channel=room)
    answered = await erin.click("keep_severity", channel=room, ts=asked["ts"])
    must(answered["ok"], readable(answered))
    await stage.command("erin", "cancel only a slow mail", "cancelled", channel=room)
    return "nobody had chosen the severity; after ten minutes erin confirmed it"


STEPS: list[Step] = [
    ("the video bridge", bridge),
    ("the canvas", canvas),
    ("people follow from outside", follow),
    ("the commander in do-not-disturb", do_not_disturb),
    ("a severity that nobody chose", nudge),
]
