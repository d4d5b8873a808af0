"""Refused calls about Lists."""

from tests.sandbox.error_cases.case import Case
from tests.sandbox.lists import a_list, added, column, schema, written

PRIMARY = column(is_primary_column=True)

CASES: list[Case] = [
    ("slackLists.create", "invalid_arguments", {}),
    ("slackLists.create", "invalid_schema", schema(1)),
    ("slackLists.create", "invalid_schema", schema({"key": "a"})),
    ("slackLists.create", "invalid_schema", schema(PRIMARY, column())),
    ("slackLists.create", "invalid_schema", schema(PRIMARY, column("b", "select"))),
    ("slackLists.create", "invalid_column_type", schema(PRIMARY, column("b", "poem"))),
    ("slackLists.create", "invalid_primary_column", schema(column())),
    ("slackLists.create", "invalid_primary_column", schema(column(kind="date", is_primary_column=True))),
    (
        "slackLists.access.set",
        "list_not_found",
        lambda w: {"list_id": "F0", "access_level": "read", "channel_ids": [w.general]},
    ),
    (
        "slackLists.access.set",
        "channel_not_found",
        lambda w: {"list_id": a_list(w), "access_level": "read", "channel_ids": ["C0"]},
    ),
    (
        "slackLists.access.set",
        "user_not_found",
        lambda w: {"list_id": a_list(w), "access_level": "read", "user_ids": ["U0"]},
    ),
    (
        "slackLists.access.set",
        "invalid_parameters",
        lambda w: {"list_id": a_list(w), "access_level": "read"},
    ),
    ("slackLists.items.create", "list_not_found", {"list_id": "F0"}),
    ("slackLists.items.create", "invalid_args", lambda w: added(w, 1)),
    ("slackLists.items.create", "invalid_column_id", lambda w: added(w, {"column_id": "Col0", "date": []})),
    ("slackLists.items.create", "invalid_input_type", lambda w: added(w, {"column_id": "ColT", "text": "x"})),
    (
        "slackLists.items.create",
        "invalid_input_type",
        lambda w: added(w, {"column_id": "ColL", "link": [{}]}),
    ),
    (
        "slackLists.items.create",
        "invalid_option_id",
        lambda w: added(w, {"column_id": "ColK", "select": ["b"]}),
    ),
    ("slackLists.items.create", "user_not_found", lambda w: added(w, {"column_id": "ColO", "user": ["U0"]})),
    (
        "slackLists.items.create",
        "over_cell_fields_limit",
        lambda w: added(w, {"column_id": "ColK", "select": ["a"] * 51}),
    ),
    ("slackLists.items.update", "list_not_found", {"list_id": "F0", "cells": []}),
    ("slackLists.items.update", "row_id_not_provided", lambda w: written(w, row_id="", column_id="ColT")),
    ("slackLists.items.update", "invalid_row_id", lambda w: written(w, row_id="Rec0", column_id="ColT")),
    ("slackLists.items.update", "invalid_column_id", lambda w: written(w, column_id="Col0", date=[])),
    ("slackLists.items.update", "invalid_input_type", lambda w: written(w, column_id="ColD", date="x")),
    ("slackLists.items.update", "invalid_date", lambda w: written(w, column_id="ColD", date=["x"])),
    ("slackLists.items.update", "invalid_blocks", lambda w: written(w, column_id="ColT", rich_text=[{}])),
    ("slackLists.items.update", "invalid_option_id", lambda w: written(w, column_id="ColK", select=["b"])),
    ("slackLists.items.update", "user_not_found", lambda w: written(w, column_id="ColO", user=["U0"])),
    (
        "slackLists.items.update",
        "over_cell_fields_limit",
        lambda w: written(w, column_id="ColK", select=["a"] * 51),
    ),
    ("slackLists.items.delete", "list_not_found", {"list_id": "F0", "id": "Rec1"}),
    ("slackLists.items.delete", "record_not_found", lambda w: {"list_id": a_list(w), "id": "Rec0"}),
    ("slackLists.items.list", "list_not_found", {"list_id": "F0"}),
]
