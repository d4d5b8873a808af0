"""Incidents that people have lived through, with everything that stores a person: the same for the same seed."""

import random
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import select, text

from bot.engine.acts.idempotency import Done
from bot.engine.store import drafts, histories
from bot.engine.store.drafts import DraftKey
from bot.engine.store.tables import RoomMemberRow, SubscriptionRow, Table
from bot.followup.domain import near_miss
from bot.followup.domain import near_miss_rules as near_misses
from bot.followup.domain import rules as followups
from bot.followup.domain.action_item import SUBJECT
from bot.incident.domain import corrections, rules
from bot.incident.domain.postmortem_sections import PostmortemSection
from bot.incident.domain.vocabulary import Milestone, Role, Severity, Status
from bot.subjects import SUBJECTS
from tests.engine.world import ANNA, BEN, CLEO, TEAM, World

MARK = "zqmark"  # a word in every text
PEOPLE = (ANNA, BEN, CLEO)
NAMES = {ANNA: "Uanna", BEN: "Uben", CLEO: "Ucleo"}  # what the fake Slack calls them

Deed = Callable[[World, int, str, str, str], Any]


def _changed(
    rule: Callable[..., Any], give: Callable[[str, str], tuple[Sequence[Any], dict[str, Any]]]
) -> Deed:
    """A rule, with what it gets from the other person and the text."""

    async def do(world: World, number: int, by: str, other: str, said: str) -> None:
        args, more = give(other, said)
        await world.change(number, rule, *args, by=by, **more)

    return do


async def _correct(world: World, number: int, by: str, other: str, said: str) -> None:
    """Correct, strike or put back the last entry that can be; or remove its words for good."""
    shown = corrections.timeline(await world.timeline(number))
    entry = shown[len(other + said) % len(shown)]
    await world.change(number, partial(_with_entry, rules.correct, entry), by=by, text=f"{said} corrected")
    await world.change(number, partial(_with_entry, rules.strike, entry), by=by, why=said)
    await world.change(number, partial(_with_entry, rules.restore, entry), by=by)
    if len(said) % 3 == 0:
        await world.change(number, partial(_with_entry, rules.strike, entry), by=by, why=said, secret=True)


def _with_entry(rule: Callable[..., Any], entry: Any, incident: Any, **given: Any) -> Any:
    return rule(incident, entry, **given)


async def _action_item(world: World, number: int, by: str, other: str, said: str) -> None:
    """Add an action item, hand it over, and settle it."""
    incident, now, today = await world.incident(number), world.clock(), world.clock().date()
    given: Any = {"owner": other, "due_on": today + timedelta(days=5), "today": today, "by": by, "now": now}
    added = await world.acts[SUBJECT].begin(
        world.act(),
        lambda count: followups.add(count, incident, said, link="https://example.com/zqmark", **given),
    )
    assert isinstance(added, Done)
    item = added.stored.state.number
    for rule in (
        partial(followups.assign, owner=by),
        partial(followups.move, due_on=today + timedelta(days=9), reason=said, today=today),
        partial(followups.finish, proof=f"{said} see <@{other}>"),
    ):
        await world.acts[SUBJECT].change(world.act(), item, partial(rule, by=by, now=now))


async def _near_miss(world: World, number: int, by: str, other: str, said: str) -> None:
    """Report a near miss, say it better, and answer it."""
    del number
    now, of = world.clock(), world.acts[near_miss.SUBJECT]
    begun = await of.begin(
        world.act(), lambda count: near_misses.report(count, said[:100], said, by=by, now=now)
    )
    assert isinstance(begun, Done)
    item = begun.stored.state.number
    better = partial(near_misses.change, title=f"{MARK} better", summary=said, by=by, now=now)
    await of.change(world.act(), item, better)
    await of.change(
        world.act(), item, partial(near_misses.answer, text=f"{said}, we do it", by=other, now=now)
    )


async def _beside(world: World, number: int, by: str, other: str, said: str) -> None:
    """What is stored of people beside the streams."""
    async with world.database.writing() as session:
        await drafts.keep(
            session, DraftKey(TEAM, by, number), {"conditions": f"{said} <@{other}>"}, world.clock()
        )
        for row in (
            SubscriptionRow(team_id=TEAM, person=by, number=number, severity=0, stopped=False),
            RoomMemberRow(
                team_id=TEAM, person=other, stream_id=number, present=True, changed_at=world.clock()
            ),
        ):
            await session.merge(row)


_WITHIN = timedelta(minutes=5)
DEEDS: Sequence[Deed] = (
    _changed(
        rules.note, lambda other, said: ((said,), {"author": other, "link": "https://example.com/zqmark"})
    ),
    _changed(
        rules.note, lambda _, said: ((said,), {"channel": "CX", "ts": "1.zqmark", "from_message": True})
    ),
    _changed(rules.post_update, lambda _, said: ((said,), {"actions": said, "needs": said})),
    _changed(rules.no_change, lambda _, __: ((), {})),
    _changed(rules.park, lambda other, said: ((said,), {"author": other})),
    _changed(rules.unpark, lambda _, __: ((1,), {})),
    _changed(rules.decide, lambda _, said: ((said,), {"within": _WITHIN, "risk": said, "way_back": said})),
    _changed(rules.object_to_decision, lambda _, said: ((1, said), {})),
    _changed(
        rules.add_task, lambda other, said: ((said,), {"assignee": other, "link": "https://zqmark.example"})
    ),
    _changed(rules.assign_task, lambda other, _: ((1, other), {})),
    _changed(rules.finish_task, lambda _, __: ((1,), {})),
    _changed(rules.assign, lambda other, _: ((Role.SCRIBE, other), {})),
    _changed(rules.assign, lambda other, _: ((Role.DEPUTY, other), {})),
    _changed(rules.offer_handoff, lambda other, _: ((other,), {})),
    _changed(rules.ask_takeover, lambda _, __: ((), {})),
    _changed(
        rules.change_severity, lambda other, said: ((Severity(1 + len(other + said) % 4),), {"reason": said})
    ),
    _changed(rules.change_status, lambda _, __: ((Status.MITIGATING,), {})),
    _changed(rules.rename, lambda _, said: ((said[:100],), {"summary": said})),
    _changed(rules.choose_postmortem_owner, lambda other, _: ((other,), {})),
    _changed(rules.set_bridge, lambda _, __: (("https://meet.example.com/zqmark",), {})),
    _changed(rules.write_section, lambda _, said: ((PostmortemSection.SUMMARY, said), {"based_on": 0})),
    _correct,
    _action_item,
    _near_miss,
    _beside,
)


async def play(world: World, seed: int, incidents: int = 2, steps: int = 24) -> None:
    """Declare incidents, act on them by chance, and end them. Refusals are part of it."""
    chance = random.Random(seed)  # noqa: S311  # the same each time
    for number in range(1, incidents + 1):
        by, commander = chance.choice(PEOPLE), chance.choice(PEOPLE)
        world.clock.forward(minutes=7)
        title = f"{MARK} checkout fails, {NAMES[by]} says"
        await world.declare(
            title, by=by, commander=commander, summary=MARK, source="https://example.com/zqmark"
        )
        await world.deliver()
        for deed in chance.choices(DEEDS, k=steps):
            world.clock.forward(minutes=chance.randint(0, 30))
            by, other = chance.choice(PEOPLE), chance.choice(PEOPLE)
            said = f"{MARK} <@{other}|{NAMES[other].lower()}> and {NAMES[by]} {'!' * chance.randint(0, 9)}"
            await deed(world, number, by, other, said)
        await world.tick()
        started = world.clock() - timedelta(days=1)
        await world.change(number, rules.resolve, summary=f"{MARK} fixed", by=by, started=started)
        await world.change(number, rules.set_milestone, Milestone.DETECTED, started, by=by, reason=MARK)
        await world.deliver()


async def stored(world: World) -> str:
    """Everything in every table, as text; also what the full-text search keeps."""
    tables: list[Any] = [select(table) for table in Table.metadata.sorted_tables]
    if world.database.is_sqlite:
        tables.append(text("SELECT words FROM incident_words"))
    async with world.database.reading() as session:
        connection = await session.connection()
        rows = [[tuple(map(str, row)) for row in await connection.execute(table)] for table in tables]
    return str(rows)


async def examined(world: World) -> list[histories.Checked]:
    """What doctor finds in the histories of each subject."""
    async with world.database.reading() as session:
        return [await histories.check(session, each.streams, None) for each in SUBJECTS.values()]


async def is_whole(world: World) -> bool:
    """Whether every timeline leads to its state, and every entry is as it was recorded, or as the bot rewrote it."""
    return not any(each.broken or each.changed or each.foreign for each in await examined(world))
