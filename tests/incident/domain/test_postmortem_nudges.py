"""Who is told of a postmortem that is owed, and when."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.incident.domain import rules
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.postmortem_nudges import PostmortemNudge, postmortem_nudge_due
from bot.incident.domain.postmortem_policy import PostmortemPolicy
from bot.incident.domain.vocabulary import Status
from tests.incident.domain.postmortems import POLICY, in_review, over, published
from tests.incident.domain.situations import BOB, NOW, after, declared

AHEAD, TODAY, OVERDUE = PostmortemNudge


def at(day: int, hour: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def due(
    incident: Incident, now: datetime, policy: Policy = POLICY
) -> tuple[PostmortemNudge, datetime] | None:
    found, _ = postmortem_nudge_due(incident, policy, now)
    return (found.kind, found.slot) if found else None


def test_the_owner_is_told_two_working_days_ahead_and_on_the_day_then_the_board_weekly() -> None:
    incident = over()  # due on Monday the 30th
    assert due(incident, at(26, 8)) is None
    assert postmortem_nudge_due(incident, POLICY, at(26, 8))[1] == at(26, 9)
    assert due(incident, at(26, 9)) == (AHEAD, at(26, 9))
    assert due(incident, at(30, 10)) == (TODAY, at(30, 9))
    assert due(incident, at(1, 9, 12)) == (OVERDUE, at(1, 9, 12))
    assert due(incident, at(7, 23, 12)) == (OVERDUE, at(1, 9, 12))
    found, ahead = postmortem_nudge_due(incident, POLICY, at(9, 9, 12))
    assert found
    assert (found.kind, found.slot, ahead) == (OVERDUE, at(8, 9, 12), at(15, 9, 12))


def test_holidays_move_the_days() -> None:
    policy = replace(POLICY, postmortem=PostmortemPolicy(is_holiday=lambda day: day == date(2026, 11, 27)))
    assert due(over(), at(25, 9), policy) == (AHEAD, at(25, 9))


def test_a_short_time_needs_no_reminder_before_the_end() -> None:
    incident = over()
    soon = replace(incident, postmortem=replace(incident.postmortem, due_at=at(24, 17)))
    assert due(soon, at(23, 23)) is None
    assert due(soon, at(24, 9)) == (TODAY, at(24, 9))


def test_nobody_is_told_of_what_is_done_or_was_never_owed() -> None:
    reviewed = after(over(), rules.change_status(over(), Status.REVIEWED, by=BOB, now=NOW))
    none = after(over(), rules.close_without_postmortem(over(), "no", by=BOB, now=NOW))
    for incident in (published(), reviewed, none, declared()):
        assert postmortem_nudge_due(incident, POLICY, at(20, 9, 12)) == (None, None)
    assert due(in_review(), at(1, 9, 12)) == (OVERDUE, at(1, 9, 12))
