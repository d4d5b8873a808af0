"""Every way in which the bot uses Slack's Web API: the act, and the method that it needs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.drills.stage import readable
from tests.resilience.faulty_office import FaultyOffice

DAY = 86_400  # seconds, after which CALM_POLICY asks for a commander

Act = Callable[[FaultyOffice], Awaitable[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One use of a method.

    Attributes:
        method: the method, or `response_url` or `upload_url`.
        act: what somebody does; returns what they are told at once.
        within: the channel that the method works in: `room`, `incidents`, or none.
        prepare: what happens before, while nothing fails.
        first: the fault of another method that leads to this one, which looks for what is in doubt.
        at_once: whether it is never tried again, because it would be too late; the person is told instead.
        evidence: what people read when it works, for a use that is never tried again.
        by_event: whether an event leads to it, and not a command, click or form.
    """

    method: str
    act: Act
    within: str = ""
    prepare: Act | None = None
    first: tuple[str, str] | None = None
    at_once: bool = False
    by_event: bool = False
    evidence: str = ""
    title: str = ""

    def __str__(self) -> str:
        return f"{self.method}({self.title})" if self.title else self.method


async def declare(office: FaultyOffice) -> str:
    """Alice declares in one line, and the room opens."""
    return await office.told("alice", "declare sev4 Down", "general")


async def declared(office: FaultyOffice) -> str:
    """An incident is in progress, and Slack shows all of it."""
    await declare(office)
    await office.settle()
    seen = await office.person("alice").see()
    office.stage.room = next(c["id"] for c in seen["channels"] if c["name"] == "inc-1-down")
    return ""


def said(words: str) -> Act:
    """Alice types this and names the incident, because she may be in any channel."""
    word, _, rest = words.partition(" ")

    async def act(office: FaultyOffice) -> str:
        return await office.told("alice", f"{word} INC-1 {rest}".strip(), "general")

    return act


def done(*acts: Act) -> Act:
    """One act after another, all of it shown."""

    async def act(office: FaultyOffice) -> str:
        told = ""
        for each in acts:
            told = await each(office)
            await office.settle()
        return told

    return act


async def open_form(office: FaultyOffice) -> str:
    """Alice asks for the form."""
    return await office.told("alice", "declare", "random")


async def fill_in(office: FaultyOffice) -> str:
    """Alice submits the form that is open."""
    return readable((await office.person("alice").submit(title="Down", severity="4"))["modals"])


async def app_leaves_incidents(office: FaultyOffice) -> str:
    """Somebody removes the app from the incidents channel."""
    await office.person("frank").remove("incidents", "warroom")
    return ""


async def speak(office: FaultyOffice) -> str:
    """Alice writes something in the room, and a reply in its thread."""
    alice = office.person("alice")
    message = (await alice.say(office.stage.room, "The certificate expired"))["messages"][-1]
    await alice.reply(office.stage.room, message["ts"], "Since noon")
    await office.sandbox.clock.advance(60)
    return ""


async def mark(office: FaultyOffice) -> str:
    """Alice puts a pushpin on the message and on the reply."""
    alice = office.person("alice")
    seen = await alice.see(office.stage.room)
    message = next(m for m in seen["channel"]["messages"] if "certificate" in m["text"])
    replies = (await alice.see(office.stage.room, message["ts"]))["thread"]["messages"]
    for each in (message, replies[-1]):
        if any(reaction["name"] == "pushpin" for reaction in each.get("reactions", [])):
            await alice.unreact(office.stage.room, each["ts"], "pushpin")
        await alice.react(office.stage.room, each["ts"], "pushpin")
    await office.heard()
    return ""


async def be_reminded(office: FaultyOffice) -> str:
    """A day passes without a commander, and the room is reminded."""
    await office.sandbox.clock.advance(DAY)
    await office.app.engine.due.tick(office.sandbox.clock.now())
    return ""


async def look_at_home(office: FaultyOffice) -> str:
    """Alice opens the app's Home tab, twice."""
    for _ in range(2):
        await office.person("alice").open_home()
    await office.heard()
    return ""


USES = (
    Use(method="conversations.create", act=declare),
    Use(method="conversations.invite", act=said("assign @bob deputy"), prepare=declared, within="room"),
    Use(method="conversations.members", act=declare),
    Use(method="conversations.setTopic", act=said("resolve The cable"), prepare=declared, within="room"),
    Use(method="chat.postMessage", title="card", act=declare),
    Use(
        method="chat.postMessage",
        title="news",
        act=said("update Half of it works"),
        prepare=declared,
        within="room",
    ),
    Use(method="chat.update", act=said("update Half of it works"), prepare=declared, within="room"),
    Use(
        method="chat.delete",
        act=said("resolve The cable"),
        prepare=done(declared, be_reminded),
        within="room",
    ),
    Use(method="pins.add", act=declare),
    Use(method="conversations.join", act=declare, prepare=app_leaves_incidents, within="incidents"),
    Use(
        method="conversations.history",
        title="in doubt",
        act=said("note It was the cable"),
        prepare=declared,
        first=("reset_after", "chat.postMessage"),
        within="room",
    ),
    Use(method="users.conversations", act=declare, first=("reset_after", "conversations.create")),
    Use(method="auth.test", act=declare, first=("reset_after", "conversations.create")),
    Use(method="conversations.history", title="mark", act=mark, prepare=done(declared, speak), by_event=True),
    Use(method="conversations.replies", act=mark, prepare=done(declared, speak), by_event=True),
    Use(method="chat.getPermalink", act=mark, prepare=done(declared, speak), by_event=True),
    Use(method="users.info", title="name", act=declare),
    Use(method="files.getUploadURLExternal", act=said("postmortem"), prepare=declared, within="room"),
    Use(method="upload_url", act=said("postmortem"), prepare=declared, within="room"),
    Use(method="files.completeUploadExternal", act=said("postmortem"), prepare=declared, within="room"),
    Use(method="views.update", act=fill_in, prepare=open_form),
    Use(method="response_url", title="link", act=declare),
    Use(method="conversations.rename", act=said("rename The cable is cut"), prepare=declared, within="room"),
    Use(method="bookmarks.add", act=declare),
    Use(
        method="bookmarks.edit",
        act=said("bridge https://meet.example.com/2"),
        prepare=done(declared, said("bridge https://meet.example.com/1")),
        within="room",
    ),
    Use(method="conversations.canvases.create", act=declare),
    Use(method="canvases.edit", act=said("note It was the cable"), prepare=declared, within="room"),
    Use(method="dnd.info", act=said("assign me"), prepare=declared),
    Use(method="views.open", act=open_form, at_once=True, evidence="Declare an incident"),
    Use(
        method="views.publish", act=look_at_home, at_once=True, by_event=True, evidence="No incident is open"
    ),
    Use(
        method="chat.postEphemeral",
        act=mark,
        prepare=done(declared, speak),
        at_once=True,
        by_event=True,
        evidence="on the timeline",
    ),
)
# What nobody waits for and what is not tried again, with the tests of its failures.
ELSEWHERE = {
    "bookmarks.list": "tests/slack/gateway/test_head.py",
    "bookmarks.remove": "tests/slack/gateway/test_head.py",
    "canvases.access.set": "tests/slack/gateway/test_documents.py",
    "canvases.create": "tests/slack/gateway/test_documents.py",
    "canvases.getContent": "tests/slack/gateway/test_documents.py",
    "canvases.sections.lookup": "tests/slack/gateway/test_head.py",
    "chat.unfurl": "tests/slack/test_unfurls.py",
    "conversations.archive": "tests/engine/test_archiving.py",
    "entity.presentDetails": "tests/slack/test_unfurls.py",
    "slackLists.access.set": "tests/lists/test_over_the_wire.py",
    "slackLists.create": "tests/lists/test_over_the_wire.py",
    "slackLists.items.create": "tests/lists/test_over_the_wire.py",
    "slackLists.items.delete": "tests/lists/test_over_the_wire.py",
    "slackLists.items.list": "tests/lists/test_over_the_wire.py",
    "slackLists.items.update": "tests/lists/test_over_the_wire.py",
    "usergroups.list": "tests/engine/test_user_groups.py",
    "usergroups.users.list": "tests/engine/test_user_groups.py",
    "views.push": "tests/slack/test_updates.py",
}
# The methods that the bot calls when it starts and when it reconnects: test_start.py.
START = {"auth.test", "apps.connections.open", "conversations.info"}
