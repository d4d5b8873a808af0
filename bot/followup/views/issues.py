"""What a tracker shows of an action item: its text, its owner and day, and the incident's reference; nothing else.

No channel, no title of an incident, and nothing that people said beyond the item's own text.
"""

from datetime import date

from bot.core.text import day
from bot.core.tokens import in_words
from bot.followup.domain.action_item import ActionItem
from bot.incident.domain.vocabulary import reference
from bot.ports.trackers.documents import Document, Span, title

SOMEBODY = "somebody whose name I do not know"


def heading(item: ActionItem) -> str:
    """The title of its issue."""
    return title(in_words(item.title, {}))


def body(item: ActionItem, owner: str) -> Document:
    """The text of its issue; `owner` is a name, and empty if it is not known."""
    head = Span(in_words(item.title, {}))
    about = f"Action item {item.reference} of {reference(item.incident)}: {item.kind.value}, {item.priority.label} priority."
    return Document(
        (
            (head,),
            (Span("Owner: "), Span(owner or SOMEBODY, is_strong=True)),
            (Span("Due: "), Span(day(item.due_on), is_strong=True)),
            (Span(about),),
        )
    )


def moved(due_on: date) -> Document:
    """What is said at its issue of another day."""
    return Document(((Span("Due now: "), Span(day(due_on), is_strong=True)),))


def given(owner: str) -> Document:
    """What is said at its issue of another owner."""
    return Document(((Span("Owner now: "), Span(owner or SOMEBODY, is_strong=True)),))
