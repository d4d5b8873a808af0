"""A list in the workspace, for calls that are refused."""

from typing import Any

from bot.sandbox.state.slack_list import Column, SlackList
from tests.sandbox.world import World

COLUMNS = {
    "ColT": Column("ColT", "title", "Title", "text", is_primary=True),
    "ColO": Column("ColO", "owner", "Owner", "user", is_primary=False),
    "ColD": Column("ColD", "due", "Due", "date", is_primary=False),
    "ColK": Column("ColK", "kind", "Kind", "select", is_primary=False, choices={"a": "A"}),
    "ColL": Column("ColL", "link", "Link", "link", is_primary=False),
}


def a_list(w: World) -> str:
    """The id of a list of the app's own, with one row."""
    access = {w.sandbox.bot_user_id: "owner"}
    made = SlackList("FLIST", "List", "", 0, COLUMNS, {"Rec1": {}}, access)
    w.sandbox.workspace.lists[made.id] = made
    return made.id


def added(w: World, *fields: Any) -> dict[str, Any]:
    return {"list_id": a_list(w), "initial_fields": list(fields)}


def written(w: World, **cell: Any) -> dict[str, Any]:
    return {"list_id": a_list(w), "cells": [{"row_id": "Rec1", **cell}]}


def schema(*columns: Any) -> dict[str, Any]:
    return {"name": "List", "schema": list(columns)}


def column(key: str = "a", kind: str = "text", **more: Any) -> dict[str, Any]:
    return {"key": key, "name": "A", "type": kind, **more}
