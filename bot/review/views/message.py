"""Figures as a message in Slack."""

import json
from collections.abc import Sequence

from bot.core.blocks import Block, Element, Message, actions, button, context, section
from bot.core.newer import bar_chart, cell, data_table, number_cell, text
from bot.core.text import Mrkdwn, lines, md
from bot.incident.domain.vocabulary import mention
from bot.review.domain.buckets import Bucket, buckets
from bot.review.domain.figures import Figures, Summary
from bot.review.domain.measures import Measure
from bot.review.domain.report import Report
from bot.review.domain.spans import Asked
from bot.review.views import action_words, words

POST, CHART = "metrics_post", "metrics_chart"
COLUMNS = ("Time", "From → to", "Incidents", "Median", "9 of 10 within")
CAPTION = "Times between milestones"
CHARTED = (Measure.MITIGATE, Measure.RESOLVE)  # a message has at most two charts
_OVER, _STILL = "over", "not over yet"


def answer(report: Report, *, posted_by: str = "") -> Message:
    """The figures of one span, or of two beside each other; where no incident counts, that there is nothing.

    Args:
        report: what was asked for.
        posted_by: who posts it for everybody; empty if only the person who asked sees it.
    """
    if report.is_empty:
        return Message.of(lines(*(md("{}", words.nothing(each.span)) for each in report.figures)))
    return _comparison(report, posted_by) if report.comparison else _figures(report, posted_by)


def _figures(report: Report, posted_by: str) -> Message:
    (of,) = report.figures
    heading = words.heading(of, everybodys=report.everybodys)
    rows = [_line(each) for each in of.summaries]
    more = lines(*(md("• {}", each) for each in words.others(of)))
    head = md("*{}*", heading)
    items = (
        [section(lines(*(md("• {}", each) for each in told)))]
        if (told := action_words.told(of.actions))
        else []
    )
    table = data_table(CAPTION, COLUMNS, [_cells(each) for each in of.summaries], _sections(rows))
    made = context(md("{} {}", words.METHOD, words.made(of)))
    end = _end(report.asked, posted_by, has_chart=True)
    return Message(
        text=lines(head, *rows, more, *(md("• {}", each) for each in told)),
        blocks=[section(head), table, section(more), *items, made, *end],
    )


def _comparison(report: Report, posted_by: str) -> Message:
    earlier, later = report.figures
    heads = [
        md("*{}*: {}", each.span.name, words.heading(each, everybodys=report.everybodys))
        for each in report.figures
    ]
    rows = [
        md(
            "*{}* ({}): {}",
            each.earlier.measure.heading,
            each.earlier.measure.end_points,
            words.comparison(each, earlier.span.name, later.span.name),
        )
        for each in report.comparison
    ]
    promises = lines(
        *(
            md("• Promised updates in time in {}: {}", each.span.name, words.share(each.kept, "update"))
            for each in report.figures
        )
    )
    items = [_items(each) for each in report.figures if action_words.told(each.actions)]
    made = md("{} {} {} {}", words.MANY_COMPARED, words.METHOD, words.made(earlier), words.made(later))
    blocks = [section(lines(*heads)), *_sections([*rows, promises, *items]), context(made)]
    end = _end(report.asked, posted_by, has_chart=False)
    return Message(text=lines(*heads, *rows, promises, *items), blocks=[*blocks, *end])


def _items(of: Figures) -> Mrkdwn:
    """The figures about the action items of one of two spans."""
    told = (md("• {}", each) for each in action_words.told(of.actions))
    return lines(md("*{}*", of.span.name), *told)


def chart(report: Report) -> Message:
    """How many incidents of the first span took how long: until they were mitigated, and until they were resolved."""
    if report.is_empty:
        return answer(report)
    of = report.figures[0]
    charts = [(each, buckets(each.measured.observations)) for each in of.summaries if each.measure in CHARTED]
    shown = [(each, found) for each, found in charts if found]
    told = [_told(each, found) for each, found in shown]
    blocks = [_chart(each, found, told) for (each, found), told in zip(shown, told, strict=True)]
    head = md("*{}*", words.heading(of))
    return Message(
        text=lines(head, *told), blocks=[section(head), *blocks, context(md("{}", words.made(of)))]
    )


def _line(of: Summary) -> Mrkdwn:
    return md("*{}* ({}): {}", of.measure.heading, of.measure.end_points, words.summary(of))


def _sections(rows: Sequence[Mrkdwn]) -> list[Block]:
    return [section(each) for each in rows]


def _cells(of: Summary) -> list[Block]:
    median = words.quantile(of.median, of.median_interval) if of.count else "unknown"
    return [
        cell(text(of.measure.heading)),
        cell(text(of.measure.end_points)),
        number_cell(of.count, f"{of.count}, {of.open} not {of.measure.end}" if of.open else str(of.count)),
        number_cell(round(of.median), median) if of.median is not None else cell(text(median)),
        number_cell(round(of.p90), words.p90(of)) if of.p90 is not None else cell(text(words.p90(of))),
    ]


def _end(asked: Asked, posted_by: str, *, has_chart: bool) -> list[Block]:
    """The buttons; or, where everybody reads it, who posted it."""
    if posted_by:
        return [
            context(md("{} posted this: `/incident metrics {}`", Mrkdwn(mention(posted_by)), asked.words))
        ]
    value = json.dumps({"text": asked.words})
    buttons: list[Element] = [button("Post in this channel", POST, value)]
    if has_chart:
        buttons.append(button("Show as a chart", CHART, value))
    return [actions(*buttons)]


def _title(of: Summary) -> str:
    return f"{of.measure.heading} ({of.measure.end_points})"


def _told(of: Summary, found: Sequence[Bucket]) -> Mrkdwn:
    """The chart in words."""
    counts = ", ".join(
        f"{each.name}: {each.over}" + (f" and {each.still} not over" if each.still else "") for each in found
    )
    return md("*{}*: {}", _title(of), counts)


def _chart(of: Summary, found: Sequence[Bucket], told: Mrkdwn) -> Block:
    series = {_OVER: [each.over for each in found], _STILL: [each.still for each in found]}
    if not any(series[_STILL]):
        del series[_STILL]
    names = [each.name for each in found]
    return bar_chart(_title(of), names, series, [section(told)], x_label="How long", y_label="Incidents")
