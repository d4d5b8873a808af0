"""How the outbox marks an effect when a try has ended."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot.engine.store.tables import EffectRow, EffectState

LONGEST_PAUSE = timedelta(minutes=1)  # of our own; Slack may ask for a longer one
AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)  # due whatever the clock of the writing replica said


def delivered(row: EffectRow, now: datetime) -> None:
    """Mark an effect as delivered: Slack shows it."""
    row.state, row.done_at = EffectState.DELIVERED, now


def begun(row: EffectRow, progress: Mapping[str, str]) -> None:
    """Add a step to the progress of an effect, for the next step, which may follow at once."""
    known = {**row.progress, **progress}
    row.state, row.due_at, row.progress, row.doubt = EffectState.WAITING, AT_ONCE, known, False


def died(row: EffectRow, reason: str, now: datetime) -> None:
    """Mark an effect as a dead letter: Slack will not show it as things are."""
    row.state, row.done_at, row.error = EffectState.DEAD, now, reason


def dropped(row: EffectRow, reason: str, now: datetime) -> None:
    """Drop an effect that is no longer wanted, or that nobody can ever make Slack show."""
    row.state, row.done_at, row.error = EffectState.DROPPED, now, reason


def put_off(row: EffectRow, until: datetime, reason: str, *, doubt: bool) -> None:
    """Try an effect again at a time. `doubt` says that this try may have reached Slack."""
    row.state, row.due_at, row.error = EffectState.WAITING, until, reason
    row.doubt = row.doubt or doubt
