"""The figures about action items as JSON and CSV, so that anybody can compute them again."""

from collections.abc import Iterator
from typing import Any

from bot.core.tokens import in_words
from bot.followup.domain.vocabulary import reference as item_reference
from bot.incident.domain.vocabulary import reference
from bot.review.domain.actions import ActionFigures
from bot.review.domain.figures import Figures
from bot.review.domain.interval import Interval
from bot.review.domain.shares import Share


def action_items(of: ActionFigures) -> dict[str, Any]:
    """Everything, with the duration of each."""
    return {
        "items": len(of.items),
        "open": of.open,
        "open_age_median_s": of.open_age,
        "given_up": of.dropped,
        "on_time": as_share(of.on_time),
        "on_time_by_severity": {each.label: as_share(share) for each, share in of.by_severity.items()},
        "on_time_by_kind": {each: as_share(share) for each, share in of.by_kind.items()},
        "from": "added",
        "to": "done",
        "median_s": of.median,
        "median_interval_s": as_interval(of.median_interval),
        "put_off": as_share(of.put_off),
        "times_put_off": of.slips,
        "declared_while_one_was_open": [reference(each) for each in of.recurred],
        "durations": [
            {"action_item": item_reference(each.number), "seconds": each.seconds, "over": each.is_over}
            for each in of.times
        ],
    }


def action_rows(of: Figures) -> Iterator[dict[str, Any]]:
    """A row for each action item: the title is its own, and the rest is its incident's."""
    records = {each.number: each for each in of.records}
    for item, time in zip(of.actions.items, of.actions.times, strict=True):
        record = records[item.incident]
        yield {
            "span": of.span.words,
            "incident": reference(item.incident),
            "facts": item.version,
            "title": f"{item_reference(item.number)} {in_words(item.title, {})}",
            "severity": record.severity.label,
            "status": "done" if item.is_done else "open" if item.ended_at is None else "given up",
            "declared_at": record.declared_at.isoformat(),
            "measure": f"action item, {item.kind}",
            "from": "added",
            "to": "done",
            "seconds": time.seconds,
            "state": "over" if time.is_over else "not over",
        }


def as_share(of: Share) -> dict[str, Any]:
    """A share with its bounds."""
    return {"count": of.count, "of": of.total, "share": of.value, "interval": of.bounds}


def as_interval(of: Interval) -> list[float | None]:
    """Its bounds."""
    return [of.low, of.high]
