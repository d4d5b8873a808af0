"""Outages from the first message to the draft: the real bot, in the sandbox, over the wire, on a clock that is moved.

For each outage: every fact is on the timeline at its own time and in order, also over midnight; a reminder is shown
exactly
while an update is due, and says how long ago the last one was; the draft's lengths are those computed by hand.

The draft knows one mitigation, the last. If a published report counts to the first of several, that length is left out
here (crates.io: 1 h 31 min to the fix, and opened again the next day), as are the parts of reports that people write.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot import policy_file
from bot.drills.stage import download, has, latest, readable
from bot.incident.domain.policy import Policy
from bot.incident.domain.vocabulary import Severity
from tests.outages.script import Outage, read
from tests.slack.conftest import Office

STEP = timedelta(minutes=15)
MINUTE = timedelta(minutes=1)
PATIENCE = 20.0  # seconds of real time
_ZONES = {
    "alice": "Europe/Berlin",
    "bob": "Europe/London",
    "carol": "America/Los_Angeles",
    "dave": "America/New_York",
    "erin": "Asia/Kolkata",
    "frank": "Asia/Tokyo",
}
_NEWS = re.compile(r"(?:Last update|No update yet, declared) (?P<age>[^()]+) ago \(<!date\^(?P<at>\d+)\^")
_LENGTH = re.compile(r"(\d+) (day|h|min|s)")
_UNITS = {"day": 86400, "h": 3600, "min": 60, "s": 1}


@dataclass
class Promise:
    """The promised update, computed by hand from what people do."""

    policy: Policy
    severity: Severity
    said: datetime
    since: datetime
    is_mitigated: bool = False
    is_open: bool = True

    def after(self, fact: dict[str, Any], now: datetime) -> None:
        """Somebody's act changes the promise."""
        match fact["do"]:
            case "update" | "updateform":
                self.said = self.since = now
            case "severity":
                self.severity, self.since = Severity[fact["text"].split()[0].upper()], now
            case "status":
                self.is_mitigated = fact["text"] == "mitigated"
            case "resolve" | "resolveform":
                self.is_open = False
            case "reopen":
                self.is_open, self.is_mitigated, self.since = True, False, now

    def is_reminded(self, now: datetime) -> bool:
        """Whether a reminder should be shown: from some minutes before the due time until somebody answers."""
        every = self.policy.cadence(self.severity, mitigated=self.is_mitigated)
        return self.is_open and now >= self.since + every - self.policy.remind_ahead(self.severity)


@dataclass
class Play:
    """One outage, being played."""

    office: Office
    outage: Outage
    promise: Promise | None = None
    shown: set[str] = field(default_factory=set)
    reminded: int = 0
    looked: datetime | None = None

    @property
    def now(self) -> datetime:
        return self.office.sandbox.clock.now()

    async def all(self) -> str:
        """Play it to its end. Returns the draft."""
        for fact in self.outage.facts:
            await self.pass_until(self.outage.moment(fact["at"]))
            await self.do(fact)
            if self.promise is None:
                now = self.now
                self.promise = Promise(policy_file.load(), Severity(fact["severity"]), now, now)
            self.promise.after(fact, now=self.now)
            await self.look()
        return await self.draft()

    async def pass_until(self, moment: datetime) -> None:
        """Let time pass, and look at the reminders in between; each pause is twice as long as the one before."""
        step = STEP
        while self.promise and self.now + step < moment:
            await self.office.driver.advance(step.total_seconds())
            await self.look()
            step *= 2
        await self.office.driver.advance((moment - self.now).total_seconds())
        if self.promise and step > STEP:
            await self.look()

    async def look(self) -> None:
        """Check that the reminders that people see are due, and say how long ago the last update was."""
        assert self.promise is not None
        app, now = self.office.app, self.now
        await app.engine.due.tick(now)
        await app.engine.deliverer.drain()
        expected = int(self.promise.is_reminded(now))

        def open_ones(seen: dict[str, Any]) -> list[list[dict[str, Any]]]:
            found = [each for each in seen["channel"]["messages"] if _has_button(each, "no_change")]
            return [found] if len(found) == expected else []

        (standing,) = await self.office.person("alice").until(
            open_ones, self.office.stage.room, timeout=PATIENCE
        )
        for message in [*standing, *(await self.messages("incidents"))]:
            found = _NEWS.search(readable(message))
            if found is None or found[0] in self.shown:
                continue  # it is unchanged; its times are absolute
            self.shown.add(found[0])
            self.reminded += 1
            assert int(found["at"]) == int(self.promise.said.timestamp()), f"{now}: {found[0]}"
            age = sum(int(count) * _UNITS[unit] for count, unit in _LENGTH.findall(found["age"]))
            written = self.promise.said + timedelta(seconds=age)  # between the previous look and this one
            assert (self.looked or now) - MINUTE < written < now + MINUTE, f"{now}: {found[0]}"
        self.looked = now

    async def messages(self, channel: str) -> list[dict[str, Any]]:
        seen = await self.office.person("alice").see(channel)
        messages: list[dict[str, Any]] = seen["channel"]["messages"]
        return messages

    async def do(self, fact: dict[str, Any]) -> None:
        """Carry out what somebody does."""
        who, room = self.office.person(fact["who"]), self.office.stage.room
        text = self.outage.typed(fact.get("text", ""), _ZONES[fact["who"]])
        match fact["do"]:
            case "declare":
                await self.declare(fact)
            case "take" | "accept" | "decline":
                action, words = _PRESSED[fact["do"]]
                message = await who.until(
                    lambda seen: latest(seen, lambda each: _has_button(each, action) and has(each, words)),
                    room,
                    timeout=PATIENCE,
                )
                await self.office.stage.press(fact["who"], action, message)
            case "say":
                ts = (await who.say(room, text))["messages"][-1]["ts"]
                await self.office.person(fact["pin"]).react(room, ts, "pushpin")
            case "updateform":
                await who.command(room, "/incident", "update")
                await who.submit(**{name: fact[name] for name in ("conditions", "actions", "needs")})
            case "resolveform":
                await who.command(room, "/incident", "resolve")
                times = {
                    name: int(self.outage.moment(fact[name]).timestamp()) for name in ("started", "detected")
                }
                await who.submit(summary=fact["summary"], **times)
            case "sure_note":
                asked = await who.command(room, "/incident", f"note {text}")
                (message,) = asked["messages"]
                await who.click("chosen", channel=room, ts=message["ts"])
            case word:
                await who.command(room, "/incident", f"{word} {text}")

    async def declare(self, fact: dict[str, Any]) -> None:
        """Declare with the form; then everybody joins."""
        who = self.office.person(fact["who"])
        await who.command("general", "/incident", f"declare {fact['title']}")
        await who.submit(severity=str(fact["severity"]), summary=fact["summary"])
        await self.office.app.engine.deliverer.drain()
        seen = await who.until(_room, timeout=PATIENCE)
        self.office.stage.room = seen
        for name in _ZONES:
            if name != fact["who"]:
                await self.office.person(name).join(seen)
        await self.office.stage.card("triage")

    async def draft(self) -> str:
        """The draft that is shared in the war room."""
        await self.office.driver.advance(60)
        await self.office.person("alice").command(self.office.stage.room, "/incident", "postmortem")
        await self.office.app.engine.deliverer.drain()
        return await download(await self.office.stage.shows("alice", "A postmortem draft of"))


_PRESSED = {
    "take": ("take_command", "INC-1"),
    "accept": ("handoff_accept", "to take over command"),
    "decline": ("handoff_decline", "to take over command"),
}


def _room(seen: dict[str, Any]) -> str | None:
    return next((each["id"] for each in seen["channels"] if each["name"].startswith("inc-1")), None)


def _has_button(message: dict[str, Any], action: str) -> bool:
    return f"'action_id': '{action}'" in str(message.get("blocks", []))


def _timeline(draft: str) -> list[tuple[datetime, str]]:
    found, day = [], ""
    for line in draft.partition("## Timeline")[2].splitlines():
        if heading := re.fullmatch(r"\*\*(\d{4}-\d\d-\d\d)\*\* \(UTC\)", line):
            day = heading[1]
        elif entry := re.fullmatch(r"- (\d\d:\d\d) — (.*)", line):
            at = datetime.strptime(f"{day} {entry[1]}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
            found.append((at, entry[2]))
    return found


def _lasted(draft: str) -> dict[str, str]:
    return dict(re.findall(r"^\| (SEV\d) \| (\d[^|]+) \|$", draft, re.MULTILINE))


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("github_2018", ""),
        ("gitlab_2017", ""),
        ("cratesio_2020", ""),
        ("double_orders", "Europe/Berlin"),
        ("double_orders", "America/Los_Angeles"),
        ("empty_exports", ""),
    ],
)
async def test_the_record_of_an_outage_is_correct(office: Office, name: str, zone: str) -> None:
    office.sandbox.clock.stop()
    play = Play(office, read(name, office.sandbox.clock.now(), zone))
    draft = await play.all()
    lines = _timeline(draft)
    assert [at for at, _ in lines] == sorted(at for at, _ in lines)
    for fact in play.outage.facts:
        if key := fact.get("key"):
            true = play.outage.moment(fact.get("happened", fact["at"]))
            assert [at for at, text in lines if key in text] == [true], key
    measures = dict(re.findall(r"^\| (Time to \w+) \| \w+ \| \w+ \| (.+) \|$", draft, re.MULTILINE))
    assert {name: measures[name] for name in play.outage.lengths} == play.outage.lengths
    assert _lasted(draft) == play.outage.severities
    assert play.reminded, "nobody was reminded, so nothing was tried"
