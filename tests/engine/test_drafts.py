"""What a person typed in the update form and did not post is kept for them, and for nobody else, until it is posted."""

from datetime import timedelta

from bot.core.blocks import View
from bot.engine.clock.housekeeping import KEPT, tidy
from bot.engine.store import drafts
from bot.engine.store.drafts import DraftKey
from bot.incident.domain import rules
from bot.incident.domain.vocabulary import Severity, Status
from tests.engine.user import User, said
from tests.engine.world import ANNA, BEN, TEAM, World
from tests.incident.views.reading import initial

KEY = DraftKey(TEAM, ANNA, 1)


async def _typed(user: User, text: str, by: str = ANNA) -> None:
    answer = await user.press("conditions", fields={"conditions": text}, actor=by)
    assert answer.refused is None


async def _opened(user: User, by: str = ANNA) -> str | None:
    """What the form has when this person opens it."""
    answer = await user.press("update", actor=by)
    view: View = answer.view or {}
    return initial(view, "conditions")


async def _kept(world: World, key: DraftKey) -> dict[str, str]:
    async with world.database.reading() as session:
        row = await drafts.of(session, key)
    return dict(row.fields) if row else {}


async def test_the_latest_text_is_kept_for_the_person_who_typed_it(world: World) -> None:
    user = User(world)
    await world.declare()
    await _typed(user, "Half")
    world.clock.forward(seconds=1)
    await _typed(user, "Half fail")
    assert await _opened(user) == "Half fail"
    assert await _opened(user, by=BEN) is None


async def test_a_character_that_arrives_late_does_not_bring_back_an_older_text(world: World) -> None:
    now = world.clock()
    async with world.database.writing() as session:
        await drafts.keep(session, KEY, {"conditions": "Half fail"}, now)
        await drafts.keep(session, KEY, {"conditions": "Half"}, now - timedelta(seconds=1))
    assert await _kept(world, KEY) == {"conditions": "Half fail"}


async def test_a_text_that_was_posted_is_not_offered_and_another_persons_is_kept_and_marked(
    world: World,
) -> None:
    user = User(world)
    await world.declare()
    await _typed(user, "Half")
    await _typed(user, "Some", by=BEN)
    world.clock.forward(seconds=1)
    await user.submit("update", {"conditions": "Half fail"}, number=1)
    assert await _opened(user) is None
    assert await _opened(user, by=BEN) == "Some"
    form = await user.press("update", actor=BEN)
    assert "An update was posted after you wrote this" in str(form.view)
    assert await _kept(world, KEY) == {}
    world.clock.forward(seconds=1)
    await _typed(user, "Some more", by=BEN)
    form = await user.press("update", actor=BEN)
    assert "You wrote this before and did not post it." in str(form.view)


async def test_the_text_of_a_refused_update_is_kept(world: World) -> None:
    user = User(world)
    await world.declare()
    await _typed(user, "Half")
    answer = await user.submit("update", {"conditions": " "}, number=1)
    assert "Say in a sentence" in said(answer)
    assert await _opened(user) == "Half"


async def test_nothing_is_kept_of_an_incident_that_the_person_may_not_see(world: World) -> None:
    user = User(world)
    await world.declare(private=True)
    answer = await user.press("conditions", fields={"conditions": "Half"}, actor=BEN, channel="C1")
    assert answer.refused is not None
    assert await _kept(world, DraftKey(TEAM, BEN, 1)) == {}


async def test_a_forgotten_text_is_deleted_after_a_week(world: World) -> None:
    await world.declare()
    await _typed(User(world), "Half")
    world.clock.forward(seconds=KEPT.total_seconds())
    await tidy(world.database, TEAM, world.clock())
    assert await _kept(world, KEY) == {"conditions": "Half"}
    world.clock.forward(seconds=1)
    await tidy(world.database, TEAM, world.clock())
    assert await _kept(world, KEY) == {}


async def test_a_report_is_one_message_in_the_room_and_one_in_the_thread(world: World) -> None:
    await world.declare()
    await world.deliver()
    before = len(world.slack.said())
    report = rules.Report(conditions="Half fail", severity=Severity.SEV2, status=Status.MITIGATED)
    await world.change(1, rules.post_report, report, world.policy)
    await world.deliver()
    assert len(world.slack.said()) == before + 2


async def test_past_updates_are_read_in_pages_whatever_else_is_on_the_timeline(world: World) -> None:
    user = User(world)
    await world.declare()
    for at in range(7):
        await world.change(1, rules.post_update, f"text {at}")
        await world.change(1, rules.note, f"note {at}")
    await world.deliver()
    first = await user.word("updates")
    assert "text 6" in said(first)
    assert "text 1" not in said(first)
    second = await user.press("past_updates", metadata={"before": 6})
    assert "text 1" in said(second)
    assert "text 3" not in said(second)
    everything = await user.press("past_updates", metadata={"before": "x"})
    assert said(everything) == said(first)
