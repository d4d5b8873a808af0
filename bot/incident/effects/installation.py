"""What the whole installation shares."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.core.png.render import png
from bot.core.templates import Templates
from bot.incident.domain.policy import Policy


@dataclass(frozen=True, slots=True)
class Installation:
    """What the whole installation shares.

    Attributes:
        incidents_channel: the id of the channel where incidents are announced; empty if there is none.
        slack_url: the workspace's own address; empty if it is not known.
        written: what is written in the policy file, by place (`severities.SEV1.cadence`).
        draw: makes a PNG picture of SVG.
        sections: what the policy file says about other subjects, by their names.
        sees_do_not_disturb: whether the workspace lets us read people's do-not-disturb (the scope dnd:read).
    """

    policy: Policy
    templates: Templates
    incidents_channel: str = ""
    slack_url: str = ""
    written: Mapping[str, Any] = field(default_factory=dict)
    sections: Mapping[str, Any] = field(default_factory=dict)
    sees_do_not_disturb: bool = False
    draw: Callable[[str], bytes] = png
