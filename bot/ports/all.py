"""All outside worlds, by their keys."""

from collections.abc import Mapping

from bot.ports.port import Port
from bot.ports.slack.port import SLACK
from bot.ports.trackers.port import TRACKER

PORTS: Mapping[str, Port] = {each.key: each for each in (SLACK, TRACKER)}
