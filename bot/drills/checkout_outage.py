"""The drill `checkout-outage`: a payment gateway's certificate has expired, and nobody knows that yet."""

import asyncio
import re
from typing import Any

from bot.drills.stage import WAIT, Stage, Step, StepFailed, has, must, readable

SEV2_CADENCE = 30  # minutes, as in policy.yml
REMIND_AHEAD = 5
ESCALATE_AFTER = 5
BROADCAST_AFTER = 10
ROOM_MESSAGES_MAX = 12  # in the whole incident: people must be able to read what people write


async def declare(stage: Stage) -> str:
    """Declare by the form; it then shows a link to the war room."""
    alice = stage.person("alice")
    asked = await alice.command("general", "/incident", "declare Checkout is failing")
    must(asked["modals"], "the declaration form did not open")
    await alice.submit(severity="2", summary="Every second payment has failed since about noon.")
    linked = await alice.until(lambda snapshot: _link(snapshot["modals"]), "general")
    stage.room = linked
    snapshot = await alice.see(stage.room)
    stage.channel, stage.incident = snapshot["channel"]["name"], "INC-1"
    return f"the form turned into the link to #{stage.channel}"


async def war_room(stage: Stage) -> str:
    """Check card, topic, invitation and announcement."""
    await stage.card("INC-1", "Checkout is failing", "SEV2", "triage", "nobody yet")
    topic = await stage.person("alice").until(lambda snapshot: snapshot["channel"]["topic"], stage.room)
    must("INC-1" in topic and "Checkout is failing" in topic, f"the topic is {topic!r}")
    await stage.shows("frank", "Checkout is failing", stage.room, channel="incidents")
    return "card pinned, topic set, announced in #incidents"


async def take_command(stage: Stage) -> str:
    """Take command by a click; a second person gets a polite refusal."""
    bob = stage.person("bob")
    await bob.join(stage.room)
    await stage.person("carol").join(stage.room)
    card = await stage.card("nobody yet")
    await stage.press("bob", "take_command", card)
    answer = await stage.press("carol", "take_command", card)
    must(any(has(each, "already has command") for each in answer["messages"]), "carol got no answer")
    snapshot = await bob.see()
    await stage.card(f"<@{snapshot['user']['id']}>", "Offer command")
    return "bob is commander; carol, a moment later, got a polite refusal"


async def note_by_command(stage: Stage) -> str:
    """Add a note with its own time."""
    await stage.person("bob").command(
        stage.room, "/incident", "note at 5 min ago Errors jumped on the dashboard"
    )
    await stage.shows("alice", "Errors jumped on the dashboard")
    return "with its own time, five minutes earlier"


async def note_by_pushpin(stage: Stage) -> str:
    """Put a message on the timeline by a reaction."""
    said = await stage.person("carol").say(stage.room, "The gateway answers 502 since 12:04")
    ts = said["messages"][-1]["ts"]
    await stage.person("bob").react(stage.room, ts, "pushpin")
    await _on_timeline(stage, "The gateway answers 502")
    return "carol's message added by bob's pushpin, under her name"


async def note_by_shortcut(stage: Stage) -> str:
    """Put a message on the timeline by its shortcut; the second time changes nothing."""
    said = await stage.person("carol").say(stage.room, "Its certificate expired today!")
    ts = said["messages"][-1]["ts"]
    for name in ("carol", "bob"):
        await stage.person(name).shortcut("add_to_timeline", channel=stage.room, ts=ts)
    text = await _on_timeline(stage, "Its certificate expired")
    numbers = set(re.findall(r"`#(\d+)`.*Its certificate expired", text))
    must(len(numbers) == 1, "it is there twice")
    return "the message shortcut, used twice, added it once"


async def reminder_answered(stage: Stage) -> str:
    """Remind the commander before the update is due; the commander posts it in time."""
    await stage.forward(SEV2_CADENCE - REMIND_AHEAD)
    reminder = await stage.shows("bob", "The next update of", "is due in 5 min")
    stage.reminders += 1
    await stage.press("bob", "update", reminder)
    await stage.person("bob").submit(
        conditions="Half of all payments fail.",
        actions="Renewing the certificate.",
        needs="Somebody from payments.",
    )
    await stage.shows("alice", "Half of all payments fail.", "Renewing the certificate.")
    await stage.shows("alice", "Update reminder", "answered with an update")
    await stage.card("Half of all payments fail.")
    return "bob posted an update; the reminder says that it was answered"


async def assign_deputy(stage: Stage) -> str:
    """Assign a deputy, in case the commander does not answer."""
    await stage.person("bob").command(stage.room, "/incident", "assign @carol deputy")
    await stage.card("Deputy")
    return "carol is deputy"


async def reminder_unanswered(stage: Stage) -> str:
    """Let the next update become overdue; nobody answers the reminder."""
    await stage.forward(SEV2_CADENCE - REMIND_AHEAD)
    await stage.shows("bob", "The next update of", "is due in 5 min")
    await stage.forward(REMIND_AHEAD)
    await stage.shows("bob", "An update of", "was due at")
    stage.reminders += 1
    return "bob was reminded and did not answer"


async def escalates(stage: Stage) -> str:
    """Remind the deputy five minutes later, and the incidents channel ten minutes later."""
    carol = (await stage.person("carol").see())["user"]["id"]
    await stage.forward(ESCALATE_AFTER)
    await stage.shows("carol", "nobody has answered", f"<@{carol}>")
    await stage.forward(BROADCAST_AFTER - ESCALATE_AFTER)
    await stage.shows("frank", "Nobody has posted an update", channel="incidents")
    stage.reminders += 2
    return "first to the deputy, then to #incidents"


async def change_severity(stage: Stage) -> str:
    """Raise the severity."""
    await stage.person("carol").command(stage.room, "/incident", "severity sev1 all payments fail now")
    await stage.shows("alice", "Severity raised from SEV2 to SEV1")
    await stage.card("SEV1")
    await stage.shows("frank", "SEV1", "Checkout is failing", channel="incidents")
    return "SEV2 → SEV1 in the war room, on the card and in the announcement"


async def mitigated(stage: Stage) -> str:
    """Set the status to mitigated."""
    await stage.forward(4)
    await stage.person("bob").command(stage.room, "/incident", "status mitigated")
    await stage.card("mitigated")
    return "the card says mitigated"


async def resolved(stage: Stage) -> str:
    """Resolve the incident."""
    await stage.forward(6)
    card = await stage.card("Resolve")
    await stage.press("bob", "resolve", card)
    await stage.person("bob").submit(summary="Renewed the gateway's certificate.")
    await stage.card("resolved", "Reopen", "What fixed it", "Renewed the gateway's certificate.")
    return "the card offers the draft and reopening"


async def postmortem(stage: Stage) -> str:
    """Post the draft, as a file in the war room."""
    await stage.write_draft(
        "bob",
        "Checkout is failing",
        "Its certificate expired",
        "Time to resolve",
        "What fixed it: Renewed",
        "Bob Brown",
        "Contributing",
    )
    return f"written to {stage.draft}"


async def little_noise(stage: Stage) -> str:
    """Count what the bot has posted in the war room."""
    posted = await stage.posted("alice")
    must(posted <= ROOM_MESSAGES_MAX, f"the bot has posted {posted} messages in the war room")
    return f"the bot has posted {posted} messages in the war room, at most {ROOM_MESSAGES_MAX} are wanted"


STEPS: list[Step] = [
    ("alice declares in #general", declare),
    ("the war room is complete", war_room),
    ("bob takes command", take_command),
    ("a note by command", note_by_command),
    ("a note by pushpin", note_by_pushpin),
    ("a note by shortcut", note_by_shortcut),
    ("a reminder is answered", reminder_answered),
    ("bob names a deputy", assign_deputy),
    ("a reminder is not answered", reminder_unanswered),
    ("it escalates", escalates),
    ("the severity changes", change_severity),
    ("mitigated", mitigated),
    ("resolved", resolved),
    ("the postmortem draft", postmortem),
    ("little noise", little_noise),
]


async def _on_timeline(stage: Stage, words: str) -> str:
    """The answer to bob's `/incident timeline`, as soon as it has these words."""

    async def ask() -> str:
        answer = await stage.person("bob").command(stage.room, "/incident", "timeline")
        return readable(answer["messages"])

    try:
        async with asyncio.timeout(WAIT):
            while words not in (
                text := await ask()
            ):  # each try is a round trip, during which the bot reads the note
                pass
    except TimeoutError:
        raise StepFailed(f"“{words}” did not get on the timeline") from None
    return text


def _link(modals: list[dict[str, Any]]) -> str | None:
    """The channel id in the modal's link; None if there is no link yet."""
    text = readable(modals[-1]["blocks"]) if modals else ""
    _, found, rest = text.partition("<#")
    return rest.split(">")[0].split("|")[0] if found else None
