"""An action item, as an incident shows it. Action items are another subject, which the incident does not know."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """An action item in short.

    Attributes:
        reference: its name for people: `ACT-3`.
        title: what is to be done.
        kind: what it is for: `prevent`, `detect`, `mitigate` or `learn`.
        owner: the name of its owner; empty if it has none, or the name is not known.
        due_on: by the end of which day.
        state: `open`, `done` or `not doing`.
        outcome: the proof that it is done, or the reason why it is not; empty if it is open.
        incident: the reference of the incident that it comes from.
        private: whether only those who may see that incident may see it.
        link: the message from which it was made; empty if it was made from none.
    """

    reference: str
    title: str
    kind: str
    owner: str
    due_on: date
    state: str
    outcome: str
    incident: str
    private: bool
    link: str

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state == "open"
