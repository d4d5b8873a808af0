"""What every form of a postmortem is made of: the draft as it may be read, and what people are called in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo

from bot.core.png.render import png
from bot.core.templates import Templates
from bot.incident.domain.drawing.contents import contents
from bot.incident.domain.policy import Policy
from bot.incident.domain.postmortem import Draft
from bot.incident.domain.publication.redaction import by_roles, redacted
from bot.incident.views import blame
from bot.incident.views.drawing import svg
from bot.incident.views.drawing.sheet import Sheet, sheet
from bot.incident.views.postmortem import postmortem


@dataclass(frozen=True, slots=True)
class Material:
    """A draft, and what people are called in it.

    Attributes:
        names: by id.
        zone_name: the time zone of the drawing.
        redacted: whether people, links and private notes are left out.
        named: whether people are called by their names.
        checked: whether the Markdown ends with what the reader for blame has found.
    """

    draft: Draft
    names: Mapping[str, str]
    zone_name: str = "UTC"
    redacted: bool = False
    named: bool = True
    checked: bool = False

    @property
    def zone(self) -> tzinfo:
        """The time zone of the drawing."""
        return UTC if self.zone_name == "UTC" else ZoneInfo(self.zone_name)

    def sheet(self) -> Sheet:
        """The drawing."""
        return sheet(contents(self.draft), self.names, self.zone, self.zone_name)

    def text(self, templates: Templates) -> str:
        """The draft as Markdown.

        Raises:
            TemplateBrokenError: the user's own template does not render.
        """
        return postmortem(self.draft, self.names, templates, named=self.named)

    def markdown(self, templates: Templates) -> str:
        """The same; at its end, if the policy wants that, what to look at before it is published.

        Raises:
            TemplateBrokenError: the user's own template does not render.
        """
        text = self.text(templates)
        return blame.with_list(text, self.names) if self.checked else text

    def picture(self, draw: Callable[[str], bytes] = png) -> bytes:
        """The drawing as PNG; `draw` makes it of SVG.

        Raises:
            NoPictureError: it cannot be drawn.
        """
        return draw(svg.on_its_own(self.sheet()))


def material(draft: Draft, names: Mapping[str, str], policy: Policy) -> Material:
    """The draft as the team reads it: with names, or with roles if the policy says so."""
    zone = policy.time_zone or "UTC"
    if policy.names_by_role:
        return Material(*by_roles(draft, names), zone, named=False, checked=policy.check_postmortem)
    return Material(draft, names, zone, checked=policy.check_postmortem)


def redacted_material(draft: Draft, names: Mapping[str, str], policy: Policy, room: str) -> Material:
    """The draft as it can be given away. `room` is the id of the war room, or empty."""
    return Material(*redacted(draft, names, room), policy.time_zone or "UTC", redacted=True, named=False)
