"""The drill `full-war-room`: a private incident, and links to incidents."""

import re

from bot.drills.full_war_room.policy import ADDRESS
from bot.drills.stage import Message, Stage, Step, has, must, readable

PRIVATE = "Salaries went to everybody"
_REFERENCE = re.compile(r"INC-\d+")


async def link(stage: Stage) -> str:
    """Post a link to the incident: everybody in the channel sees how it stands."""
    shown = await _preview(stage, "frank", ADDRESS.format(reference="INC-1"), "general")
    for words in ("INC-1", "Orders of the last hour are lost", "SEV1", "mitigating", "Orders, Shipping"):
        must(words in str(shown), f"the preview lacks “{words}”")
    return "the preview has title, severity, status and services"


async def declare_private(stage: Stage) -> str:
    """Declare privately: nobody is told, and whom a member invites by hand belongs to it."""
    erin = stage.person("erin")
    await erin.command("general", "/incident", f"declare {PRIVATE}")
    await erin.submit(severity="2", private=["private"])
    room = await _room(stage, "erin")
    card = await erin.until(
        lambda snapshot: next((pin for pin in snapshot["channel"]["pins"] if has(pin, PRIVATE)), None), room
    )
    reference = _REFERENCE.findall(readable(card))[0]
    await erin.invite(room, "carol")
    await stage.told_directly("carol", reference, PRIVATE)
    for words in (f"show {reference}", f"list {PRIVATE}", "list"):
        await stage.command("carol", words, reference, PRIVATE, channel="general")
    announced = (await stage.person("frank").see("incidents"))["channel"]["messages"]
    must(PRIVATE not in readable(announced), "it was announced")
    return f"{reference} is known to erin and to carol, whom she invited"


async def outsider(stage: Stage) -> str:
    """Somebody else does not learn that it exists: neither by its number, nor in a list, nor by a link."""
    room = await _room(stage, "erin")
    reference = _REFERENCE.findall(readable((await stage.person("erin").see(room))["channel"]["pins"]))[0]
    frank, address = stage.person("frank"), ADDRESS.format(reference=reference)
    for words in (f"show {reference}", f"resolve {reference}: it is over", f"list {PRIVATE}", "list all"):
        answer = await frank.command("general", "/incident", words)
        must(answer["messages"], f"“{words}” has no answer")
        must(PRIVATE not in readable(answer["messages"]), f"“{words}” tells it")
    await stage.command(
        "frank", f"show {reference}", f"There is no {reference} that you can see", channel="general"
    )
    await frank.open_home()
    home = await frank.until(lambda snapshot: snapshot["home"])
    must(PRIVATE not in readable(home), "the Home tab shows it")
    posted = (await stage.person("carol").say("general", f"see {address}"))["messages"][-1]
    shown = await _preview(stage, "carol", f"here it is: {address}", room)
    must(PRIVATE in str(shown), "there is no preview in its own war room")
    await _preview(stage, "frank", f"and {ADDRESS.format(reference='INC-1')}", "general")
    messages = (await frank.see("general"))["channel"]["messages"]
    quiet = next(each for each in messages if each["ts"] == posted["ts"])
    must("attachments" not in quiet, "a link shows it to everybody")
    await stage.command("erin", "resolve the mail was recalled", "Incident resolved", channel=room)
    return "frank found nothing, and a link shows it in its own war room only"


async def _preview(stage: Stage, name: str, text: str, channel: str) -> Message:
    """Post a message with a link, and wait until it has a preview."""
    person = stage.person(name)
    ts = (await person.say(channel, text))["messages"][-1]["ts"]

    def shown(snapshot: dict[str, dict[str, list[Message]]]) -> Message | None:
        message = next(each for each in snapshot["channel"]["messages"] if each["ts"] == ts)
        return next(iter(message.get("attachments", [])), None)

    preview: Message = await person.until(shown, channel)
    return preview


async def _room(stage: Stage, name: str) -> str:
    """The war room of the private incident, for somebody who is in it."""

    def there(snapshot: dict[str, list[dict[str, str]]]) -> str | None:
        return next((each["id"] for each in snapshot["channels"] if "salaries" in each["name"]), None)

    room: str = await stage.person(name).until(there)
    return room


STEPS: list[Step] = [
    ("a link is shown with the state", link),
    ("a private incident", declare_private),
    ("an outsider does not learn of it", outsider),
]
