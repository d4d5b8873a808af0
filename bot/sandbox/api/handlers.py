"""The handlers of all methods. Importing this module registers them."""

from bot.sandbox.api.call import HANDLERS
from bot.sandbox.api.methods import (
    auth,
    bookmarks,
    canvases,
    chat,
    conversations,
    dnd,
    files,
    history,
    members,
    pins,
    reactions,
    scheduled,
    slack_lists,
    team,
    unfurls,
    users,
    views,
)

__all__ = ["HANDLERS", "MODULES"]

MODULES = (
    auth,
    bookmarks,
    canvases,
    chat,
    conversations,
    dnd,
    files,
    history,
    members,
    pins,
    reactions,
    scheduled,
    slack_lists,
    team,
    unfurls,
    users,
    views,
)
