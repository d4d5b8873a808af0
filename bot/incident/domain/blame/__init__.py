"""The reader for blame: marks what judges a person or hides the system, with the reason and a better question.

It is pure and reads English. It knows phrases, not meanings; docs/blame.md says how often it is right.
"""

from bot.incident.domain.blame.action_items import ActionItem, ItemFinding, Lack, check
from bot.incident.domain.blame.finding import Finding, Kind
from bot.incident.domain.blame.read import SECTION, read

__all__ = ["SECTION", "ActionItem", "Finding", "ItemFinding", "Kind", "Lack", "check", "read"]
