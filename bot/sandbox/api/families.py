"""The families of methods; importing this module registers them all."""

from __future__ import annotations

from bot.sandbox.api import (
    auth,
    bookmarks,
    canvases,
    chat,
    conversations,
    files,
    history,
    members,
    pins,
    reactions,
    scheduled,
    team,
    unfurls,
    users,
    views,
)
from bot.sandbox.api.call import HANDLERS

__all__ = ["FAMILIES", "HANDLERS"]

FAMILIES = (
    auth,
    bookmarks,
    canvases,
    chat,
    conversations,
    files,
    history,
    members,
    pins,
    reactions,
    scheduled,
    team,
    unfurls,
    users,
    views,
)
