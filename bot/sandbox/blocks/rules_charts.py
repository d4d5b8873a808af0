"""The rules for charts (Slack docs, data visualization block)."""

from typing import Any

from bot.sandbox.blocks.checks import (
    Check,
    Problems,
    anything,
    distinct,
    every,
    items,
    members,
    number,
    string,
    typed,
)
from bot.sandbox.blocks.composition import ID

SERIES, POINTS = 12, 20

_LABEL = string(20, 1)
_SEGMENT = members({"label": _LABEL, "value": number(above=0)})
_POINT = members({"label": _LABEL, "value": number()})
_DATA_SERIES = members({"name": _LABEL, "data": items(_POINT, POINTS, 1)})
_AXES = members({"categories": items(_LABEL, POINTS, 1)}, {"x_label": string(50), "y_label": string(50)})


def _one_point_each(value: Any, at: str, problems: Problems) -> None:
    """Check that every series has exactly one point for every category."""
    categories = value["axis_config"]["categories"]
    if len(set(categories)) < len(categories):
        problems.add("categories must be unique", f"{at}/axis_config/categories")
    for place, series in enumerate(value["series"]):
        if sorted(point["label"] for point in series["data"]) != sorted(categories):
            problems.add("must contain exactly one entry for every category", f"{at}/series/{place}/data")


_PLOT = every(
    members(
        {
            "type": anything,
            "series": every(items(_DATA_SERIES, SERIES, 1), distinct("name", "name")),
            "axis_config": _AXES,
        }
    ),
    _one_point_each,
)
_CHART = typed(
    {
        "pie": members({"type": anything, "segments": items(_SEGMENT, SERIES, 1)}),
        "bar": _PLOT,
        "line": _PLOT,
        "area": _PLOT,
    }
)

CHARTS: dict[str, Check] = {
    "data_visualization": members(
        {"type": anything, "title": string(50, 1), "chart": _CHART}, {"block_id": ID}
    )
}
