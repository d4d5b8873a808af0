"""What people outside of the war room are shown of an act, beside the incidents channel."""

from collections.abc import Iterable, Sequence
from itertools import chain

from bot.incident.domain.announcing import AnnounceChannel, channels_for
from bot.incident.domain.effects import (
    Announce,
    AnnounceIn,
    Effect,
    RetellChannel,
    RetellSubscribers,
    RetellThread,
    TellChannel,
    TellSubscribers,
    TellThread,
)
from bot.incident.domain.incident import Incident
from bot.incident.domain.subscriptions import is_news
from bot.incident.domain.timeline import Entry


def with_further_channels(
    effects: Iterable[Effect], incident: Incident, every: Iterable[AnnounceChannel]
) -> list[Effect]:
    """The effects, and the same in the further channels and for subscribers, for what the incidents channel is shown."""
    channels = channels_for(incident, every)
    effects = list(effects)
    return [*effects, *chain.from_iterable(_elsewhere(each, channels) for each in effects)]


def with_stakeholders(
    entries: Sequence[Entry], effects: Iterable[Effect], incident: Incident, every: Iterable[AnnounceChannel]
) -> list[Effect]:
    """The effects of an act, and those for everybody who is not in the war room."""
    further = with_further_channels(effects, incident, every)
    news = [entry.seq for entry in entries if is_news(entry.fact, incident)]
    return [*further, *([TellSubscribers(news[-1], also=tuple(news[:-1]))] if news else [])]


def _elsewhere(effect: Effect, channels: Sequence[str]) -> list[Effect]:
    match effect:
        case Announce():
            return [AnnounceIn(each) for each in channels]
        case TellChannel():
            return [TellThread(effect.seq, also=effect.also, channel=each) for each in channels]
        case RetellChannel():
            return [
                *(RetellThread(effect.seq, channel=each) for each in channels),
                RetellSubscribers(effect.seq),
            ]
        case _:
            return []
