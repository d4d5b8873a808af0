"""Figures as one page of HTML that needs nothing else: it can be kept, mailed and printed."""

from collections.abc import Mapping
from typing import Any

from bot.core.tokens import in_words
from bot.incident.domain.vocabulary import reference
from bot.review.domain.figures import Figures, Summary
from bot.review.domain.report import Report
from bot.review.views import action_words, words
from bot.review.views.environment import environment
from bot.review.views.plot import plot


def page(report: Report) -> str:
    """The page of a report."""
    return environment().get_template("page.html.j2").render(_context(report))


def _context(report: Report) -> Mapping[str, Any]:
    several = [words.MANY_COMPARED] if report.comparison else []
    return {
        "title": f"Incidents: {report.asked.words}",
        "spans": [_span(each, report) for each in report.figures],
        "measures": []
        if report.is_empty
        else [_measure(report, at) for at in range(len(report.figures[0].summaries))],
        "nothing": "There is nothing to measure.",
        "method": [*several, words.METHOD, *(words.made(each) for each in report.figures)],
    }


def _span(of: Figures, report: Report) -> Mapping[str, Any]:
    durations = [_durations(each) for each in of.summaries]
    link = report.policy.link
    return {
        "name": of.span.name,
        "heading": words.heading(of, everybodys=report.everybodys),
        "others": [] if of.is_empty else [*words.others(of), *action_words.told(of.actions)],
        "rows": [
            {
                "incident": reference(each.number),
                "link": link.of(each.number) if link else "",
                "title": in_words(each.title, {}),
                "severity": each.severity.label,
                "declared": f"{each.declared_at:%Y-%m-%d %H:%M}",
                "durations": [found.get(each.number, "unknown") for found in durations],
                "facts": each.version,
            }
            for each in of.records
        ],
    }


def _durations(of: Summary) -> dict[int, str]:
    """The durations of a measure in words, by the number of the incident."""
    found = {
        each.number: words.duration(each.seconds) + ("" if each.is_over else ", not over")
        for each in of.measured.observations
    }
    found |= dict.fromkeys(of.measured.impossible, "impossible times")
    return found | dict.fromkeys(of.measured.afterwards, "recorded afterwards")


def _measure(report: Report, at: int) -> Mapping[str, Any]:
    summaries, names = (
        [each.summaries[at] for each in report.figures],
        [each.span.name for each in report.figures],
    )
    first = summaries[0].measure
    if report.comparison:
        told = [words.comparison(report.comparison[at], *names)]
        told += [f"{name}: {words.summary(each)}." for name, each in zip(names, summaries, strict=True)]
    else:
        told = [f"{words.summary(each)}." for each in summaries]
    return {
        "id": first.value,
        "heading": first.heading,
        "end_points": first.end_points,
        "told": [f"{each[0].upper()}{each[1:]}" for each in told],
        "alternative": f"{first.heading}, {first.end_points}, every incident as a dot. {' '.join(told)}",
        "plot": plot(summaries, names),
    }
