"""Figures in sentences. Every surface says them in the same words."""

from datetime import datetime, timedelta, tzinfo

from bot.core.local_time import zone_of
from bot.core.text import span as length
from bot.review.domain.figures import P90_FROM, Compared, Figures, Summary
from bot.review.domain.interval import RESAMPLES, Interval
from bot.review.domain.shares import Share
from bot.review.domain.spans import Span

_DAY = 86_400
_SHORT = 600  # seconds below which seconds are told
_TINY = 0.001
_TO_THE_POINT = 0.1  # below it, a third digit means something
_MANY = 1000  # of which a tenth of a per cent means something

METHOD = (
    "A median is the time within which half of the incidents were over. In parentheses is where it lies with 95 % "
    f"certainty (bootstrap, {RESAMPLES:,} resamples; above 300 incidents their limit). Open incidents count with the time "
    "that they have lasted so far (Kaplan-Meier). Nothing is said where too few incidents are known."
)
MANY_COMPARED = "Six times are compared, so one of them can fall below p = 0.05 by chance in up to one of four such comparisons."


def duration(seconds: float) -> str:
    """A duration as people say it: `45 s`, `3 min 12 s`, `42 min`, `2 h 5 min`, `3 days 4 h`."""
    if seconds < _SHORT:
        minutes, left = divmod(round(seconds), 60)
        return (
            " ".join(
                part for part in (f"{minutes} min" if minutes else "", f"{left} s" if left else "") if part
            )
            or "0 s"
        )
    unit = 3600 if seconds >= _DAY else 60
    return length(timedelta(seconds=round(seconds / unit) * unit))


def interval(of: Interval) -> str:
    """An interval: `37 min to 51 min`, `at least 37 min`; empty if nothing is known."""
    if of.low is not None and of.high is not None:
        return f"{duration(of.low)} to {duration(of.high)}"
    if of.low is not None:
        return f"at least {duration(of.low)}"
    return f"at most {duration(of.high)}" if of.high is not None else ""


def quantile(value: float | None, of: Interval) -> str:
    """A quantile with its interval: `42 min (37 min to 51 min)`; `not reached` if too few are over."""
    if value is None:
        return "not reached"
    within = interval(of)
    return f"{duration(value)} ({within})" if within else duration(value)


def p90(summary: Summary) -> str:
    """Within which time nine of ten were over; with few incidents, that there are too few."""
    if summary.count < P90_FROM:
        return f"needs {P90_FROM} incidents"
    return quantile(summary.p90, summary.p90_interval)


def counted(count: int, noun: str = "incident") -> str:
    """A number with its noun: `1 incident`, `2 incidents`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def summary(of: Summary) -> str:
    """A measure in one sentence, without its name."""
    if not of.count:
        return f"no incident has both times{_left_out(of)}"
    is_open = f", {of.open} of them not {of.measure.end}" if of.open else ""
    nine = (
        f"; 9 of 10 within {p90(of)}"
        if of.p90 is not None
        else "; 9 of 10 not reached"
        if of.count >= P90_FROM
        else ""
    )
    return (
        f"median {quantile(of.median, of.median_interval)}{nine}; {counted(of.count)}{is_open}{_left_out(of)}"
    )


def _left_out(of: Summary) -> str:
    """Why the other incidents have no duration."""
    parts = [
        f"{len(of.measured.unknown)} without both times" if of.measured.unknown and of.count else "",
        f"{len(of.measured.impossible)} with impossible times" if of.measured.impossible else "",
        f"{len(of.measured.afterwards)} recorded afterwards" if of.measured.afterwards else "",
    ]
    told = ", ".join(part for part in parts if part)
    return f" (left out: {told})" if told else ""


def comparison(of: Compared, earlier: str, later: str) -> str:
    """A measure in two spans in sentences, without its name: what was found, and what could have been found."""
    if not of.earlier.count and not of.later.count:
        return f"no incident has both times, neither in {earlier} nor in {later}."
    found = (
        f"median {_short(of.earlier)} in {earlier} ({counted(of.earlier.count)}), "
        f"{_short(of.later)} in {later} ({counted(of.later.count)})"
    )
    if of.result is None:
        return f"{found}. There is nothing to compare."
    p = f"p < {_TINY}" if of.result.p < _TINY else f"p = {of.result.p:.3f}" if of.result.p < 0.1 else f"p = {of.result.p:.2f}"  # noqa: PLR2004  # fmt: skip
    if of.result.is_more_than_chance:
        longer = earlier if of.result.earlier_lasts_longer else later
        return f"{found}. It took longer in {longer}, by more than chance would explain ({p})."
    return f"{found}. This could well be chance ({p}). {power(of)}"


def p_value(p: float) -> str:
    """A p value: `p = 0.41`, `p = 0.004`, `p < 0.001`."""
    if p < _TINY:
        return f"p < {_TINY}"
    return f"p = {p:.3f}" if p < _TO_THE_POINT else f"p = {p:.2f}"


def power(of: Compared) -> str:
    """What the comparison could have shown."""
    with_so_many = f"With {of.power.first} and {counted(of.power.second)}"
    if of.power.factor is None:
        return f"{with_so_many} no change would show, however large."
    return f"{with_so_many} only a change by about a factor of {factor(of.power.factor)} would show in 8 of 10 cases."


def factor(value: float) -> str:
    """A factor as people say it: `1.3`, `3`, `20`."""
    if value < 3:  # noqa: PLR2004  # one digit after the point is all that the simulation knows
        return f"{value:.1f}".removesuffix(".0")
    return f"{value:.0f}"


def _short(of: Summary) -> str:
    return quantile(of.median, of.median_interval) if of.count else "unknown"


def share(of: Share, noun: str) -> str:
    """A share with what it is of: `38 of 40 updates, 95 % (83 % to 99 %)`."""
    value, bounds = of.value, of.bounds
    if value is None or bounds is None:
        return f"no {noun}s"
    digits = 1 if of.total >= _MANY else 0
    low, high = (f"{each:.{digits}%}" for each in bounds)
    return f"{of.count} of {counted(of.total, noun)}, {value:.{digits}%} ({low} to {high})"


def others(of: Figures) -> list[str]:
    """What else there is to say about a span, each in a sentence."""
    promises = f"{share(of.kept, 'update')}; {of.promises.late} late, {of.promises.missed} missing"
    by_monitoring = of.by_people.total - of.by_people.count
    told = [
        f"Promised updates in time: {promises}.",
        f"Ended less severe than declared: {of.lowered.count}. That is good: who is unsure takes the worse one.",
        f"Became worse than declared: {of.raised.count}.",
        f"Declared by people: {of.by_people.count}; by monitoring: {by_monitoring}.",
    ]
    apart = [
        f"{len(of.cancelled)} cancelled" if of.cancelled else "",
        f"{len(of.merged)} merged as duplicates" if of.merged else "",
        counted(len(of.drills), "drill") if of.drills else "",
        _near_misses(len(of.near_misses)) if of.near_misses else "",
        f"{of.unreadable} unreadable" if of.unreadable else "",
    ]
    if named := ", ".join(part for part in apart if part):
        told.append(f"Apart, and not in these figures: {named}.")
    if of.afterwards:
        told.append(
            f"Recorded when they were over: {of.afterwards}; they count only between their own times."
        )
    return told


def _near_misses(count: int) -> str:
    return "1 near miss" if count == 1 else f"{count} near misses"


def heading(of: Figures, *, everybodys: bool = False) -> str:
    """What the figures are of: `40 incidents declared from 2026-08-31 to 2026-11-29 (UTC)`."""
    severity = f" of {of.span.severity.label}" if of.span.severity else ""
    private = f", {of.private} of them private" if of.private else ""
    only = ", private ones not among them" if everybodys else private
    return f"{counted(len(of.records))}{severity} declared from {dates(of.span)}{only}"


def dates(span: Span) -> str:
    """The first and the last day of a span, with its zone: `2026-01-01 to 2026-03-31 (UTC)`."""
    zone = zone_of(span.zone or "UTC")
    last = span.period.end - timedelta(microseconds=1)
    return f"{_day(span.period.start, zone)} to {_day(last, zone)} ({span.zone or 'UTC'})"


def _day(moment: datetime, zone: tzinfo) -> str:
    return moment.astimezone(zone).date().isoformat()


def nothing(span: Span) -> str:
    """That no incident counts, and what to try instead."""
    severity = f" of {span.severity.label}" if span.severity else ""
    return (
        f"No incident{severity} was declared from {dates(span)}, so there is nothing to measure. "
        "Try a longer span, such as `1y`."
    )


def made(of: Figures) -> str:
    """From which facts, and when, the figures were made."""
    return f"Made {of.now:%Y-%m-%d %H:%M} UTC from facts {of.version}."
