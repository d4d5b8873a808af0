"""The bookmarks of a war room."""

from dataclasses import dataclass

from bot.core.dedup import digest
from bot.incident.domain.bridge import filled_in
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.views.bridge import is_open


@dataclass(frozen=True, slots=True)
class Bookmark:
    """One bookmark.

    Attributes:
        name: the name by which it is known again when it changes.
        emoji: the name of an emoji without colons; empty if it has none.
    """

    name: str
    title: str
    link: str
    emoji: str

    @property
    def digest(self) -> str:
        """A hash of what people see."""
        return digest(f"{self.title}\n{self.link}\n{self.emoji}")


def bookmarks(
    incident: Incident, policy: Policy, *, card: str, draft: str, published: str = ""
) -> list[Bookmark]:
    """What the war room should have, in this order. What is not known, or not there any more, is left out.

    Args:
        incident: the state.
        policy: which dashboards are wanted.
        card: the address of the card; empty if it is not known.
        draft: the address of the postmortem draft; empty if none was shared, or it is not known.
        published: that of the canvas of the published postmortem; empty if there is none, or it is not known.
    """
    bridge = (incident.bridge or "") if is_open(incident) else ""
    known = [
        Bookmark("bridge", "Video bridge", bridge, "telephone_receiver"),
        Bookmark("card", f"{incident.reference} card", card, "pushpin"),
        *(
            Bookmark(f"policy:{at}", each.title, filled_in(each.address, incident.number), each.emoji)
            for at, each in enumerate(policy.bookmarks, start=1)
        ),
        Bookmark("draft", "Postmortem draft", draft, "page_facing_up"),
        Bookmark("draft_canvas", "Write the postmortem", incident.postmortem.canvas_link, "pencil2"),
        Bookmark("published", "Postmortem", published, "books"),
    ]
    return [each for each in known if each.link]
