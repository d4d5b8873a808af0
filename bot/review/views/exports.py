"""Figures as text, JSON and CSV."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from bot.core.tokens import in_words
from bot.followup.domain.vocabulary import reference as item_reference
from bot.incident.domain.records import Record
from bot.incident.domain.vocabulary import reference
from bot.incident.views.exports import harmless
from bot.review.domain.figures import Compared, Figures, Summary
from bot.review.domain.interval import RESAMPLES, SURE
from bot.review.domain.report import Report
from bot.review.views import action_words, words
from bot.review.views.action_exports import action_items, action_rows, as_interval, as_share

COLUMNS = (
    *("span", "incident", "facts", "title", "severity", "status", "declared_at"),
    *("measure", "from", "to", "seconds", "state"),
)


def as_text(report: Report) -> str:
    """Sentences, as Slack shows them."""
    rows: list[str] = []
    for each in report.figures:
        if each.is_empty:
            rows += [words.nothing(each.span), ""]
            continue
        rows += [f"{each.span.name}: {words.heading(each, everybodys=report.everybodys)}"]
        rows += [f"  {_named(one)}: {words.summary(one)}" for one in each.summaries]
        rows += [f"  {told}" for told in (*words.others(each), *action_words.told(each.actions))]
        rows += [f"  {words.made(each)}", ""]
    if report.comparison:
        earlier, later = (each.span.name for each in report.figures)
        rows += [f"{earlier} and {later} compared"]
        rows += [
            f"  {_named(each.earlier)}: {words.comparison(each, earlier, later)}"
            for each in report.comparison
        ]
        rows += [f"  {words.MANY_COMPARED}", ""]
    return "\n".join([*rows, words.METHOD, ""])


def as_json(report: Report) -> str:
    """Everything, with each incident's durations and the versions of its facts."""
    document: dict[str, Any] = {
        "asked": report.asked.words,
        "private_left_out": report.everybodys,
        "method": {"interval": SURE, "resamples": RESAMPLES, "open_incidents": "censored (Kaplan-Meier)"},
        "spans": [_span(each) for each in report.figures],
    }
    if report.comparison:
        document["comparison"] = [_compared(each) for each in report.comparison]
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_csv(report: Report) -> str:
    """A row for each incident and measure, so that anybody can compute the figures again."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(COLUMNS)
    for each in report.figures:
        for row in _rows(each):
            table.writerow([harmless(str(row[name])) for name in COLUMNS])
    return written.getvalue()


def _named(of: Summary) -> str:
    return f"{of.measure.heading} ({of.measure.end_points})"


def _span(of: Figures) -> dict[str, Any]:
    return {
        "span": of.span.words,
        "start": of.span.period.start.isoformat(),
        "end": of.span.period.end.isoformat(),
        "severity": of.span.severity.label if of.span.severity else None,
        "made_at": of.now.isoformat(),
        "facts": of.version,
        "incidents": len(of.records),
        "private": of.private,
        "apart": {
            "cancelled": [reference(each) for each in of.cancelled],
            "merged": [reference(each) for each in of.merged],
            "drills": [reference(each) for each in of.drills],
            "near_misses": [reference(each) for each in of.near_misses],
            "unreadable": of.unreadable,
        },
        "recorded_afterwards": of.afterwards,
        "measures": {each.measure.value: _summary(each) for each in of.summaries},
        "promised_updates": {
            **as_share(of.kept),
            "kept": of.promises.kept,
            "late": of.promises.late,
            "missed": of.promises.missed,
        },
        "ended_less_severe": as_share(of.lowered),
        "became_worse": as_share(of.raised),
        "declared_by_people": as_share(of.by_people),
        "action_items": action_items(of.actions),
        "facts_of": {
            **{reference(each.number): each.version for each in of.records},
            **{item_reference(each.number): each.version for each in of.actions.items},
        },
    }


def _summary(of: Summary) -> dict[str, Any]:
    return {
        "from": of.measure.start.value,
        "to": of.measure.end.value,
        "incidents": of.count,
        "not_over": of.open,
        "median_s": of.median,
        "median_interval_s": as_interval(of.median_interval),
        "p90_s": of.p90,
        "p90_interval_s": as_interval(of.p90_interval),
        "left_out": {
            "unknown": [reference(each) for each in of.measured.unknown],
            "impossible": [reference(each) for each in of.measured.impossible],
            "recorded_afterwards": [reference(each) for each in of.measured.afterwards],
        },
        "durations": [
            {"incident": reference(each.number), "seconds": each.seconds, "over": each.is_over}
            for each in of.measured.observations
        ],
    }


def _compared(of: Compared) -> dict[str, Any]:
    return {
        "measure": of.earlier.measure.value,
        "incidents": [of.power.first, of.power.second],
        "p": of.result.p if of.result else None,
        "method": of.result.method.value if of.result else None,
        "more_than_chance": of.result.is_more_than_chance if of.result else None,
        "factor_that_would_show": of.power.factor,
    }


def _rows(of: Figures) -> Iterator[dict[str, Any]]:
    for summary in of.summaries:
        found: dict[int, tuple[float | str, str]] = {
            each.number: (each.seconds, "over" if each.is_over else "not over")
            for each in summary.measured.observations
        }
        found |= dict.fromkeys(summary.measured.unknown, ("", "unknown"))
        found |= dict.fromkeys(summary.measured.impossible, ("", "impossible"))
        found |= dict.fromkeys(summary.measured.afterwards, ("", "recorded afterwards"))
        for record in of.records:
            seconds, state = found[record.number]
            measured = {"seconds": seconds, "state": state, "measure": summary.measure.value}
            ends = {"from": summary.measure.start.value, "to": summary.measure.end.value}
            yield {"span": of.span.words, **_record(record), **measured, **ends}
    yield from action_rows(of)


def _record(record: Record) -> dict[str, Any]:
    return {
        "incident": reference(record.number),
        "facts": record.version,
        "title": in_words(record.title, {}),
        "severity": record.severity.label,
        "status": record.status.value,
        "declared_at": record.declared_at.isoformat(),
    }
