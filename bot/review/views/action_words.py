"""The figures about action items in sentences. Every surface says them in the same words."""

from collections.abc import Mapping

from bot.review.domain.actions import ActionFigures
from bot.review.domain.shares import Share
from bot.review.views import words


def told(of: ActionFigures) -> list[str]:
    """What there is to say of them, each in a sentence; nothing where there are none."""
    again = len(of.recurred)
    said = []
    if again:
        said.append(
            f"Declared while an action item was open that has the words of the title: {words.counted(again)}."
        )
    if not of.items:
        return said
    return [_count(of), *_on_time(of), _time_to_done(of), _put_off(of), *said]


def _count(of: ActionFigures) -> str:
    age = f", half of them for more than {words.duration(of.open_age)}" if of.open_age is not None else ""
    is_open = f"; {of.open} open{age}" if of.open else "; none is open"
    dropped = f"; {of.dropped} given up" if of.dropped else ""
    return f"Action items of these incidents: {len(of.items)}{is_open}{dropped}."


def _on_time(of: ActionFigures) -> list[str]:
    if not of.on_time.total:
        return ["Done on time: the first day of none is over yet."]
    severities: Mapping[str, Share] = {each.label: share for each, share in of.by_severity.items()}
    return [
        f"Done by the end of the first day set for them: {words.share(of.on_time, 'item')}.",
        f"On time by severity: {_each(severities)}; by kind: {_each(of.by_kind)}.",
    ]


def _each(shares: Mapping[str, Share]) -> str:
    return ", ".join(f"{name} {share.count} of {share.total}" for name, share in shares.items())


def _time_to_done(of: ActionFigures) -> str:
    over = sum(each.is_over for each in of.times)
    median = words.quantile(of.median, of.median_interval)
    return f"Time to done (added → done): median {median}; {words.counted(len(of.items), 'item')}, {over} of them done."


def _put_off(of: ActionFigures) -> str:
    times = f", {words.counted(of.slips, 'time')} in all" if of.slips else ""
    return f"Day put off: {of.put_off.count} of {words.counted(of.put_off.total, 'item')}{times}."
