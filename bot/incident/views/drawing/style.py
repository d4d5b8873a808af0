"""The style sheet of the drawing."""

from collections.abc import Mapping

from bot.incident.views.drawing.sheet import SIZE, SMALL

FONTS = "Inter, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"

# By class: what is filled, what is drawn as a line, with which colour.
_FILLED = ("sev1", "sev2", "sev3", "sev4", "status", "calm", "role", "kept", "late", "note", "decision")
_TEXTS = ("sev1-ink", "sev2-ink", "sev3-ink", "sev4-ink", "status-ink", "calm-ink", "role-ink")
_LINES = {
    "hair": ("line-strong", 1.0),
    "rail": ("line", 1.0),
    "axis": ("line-strong", 1.2),
    "late-wait": ("late", 3.0),
    "missed": ("missed", 2.8),
}


def style(colours: Mapping[str, str] | None) -> str:
    """The rules, with these colours; with None, those of the page around it, as custom properties."""

    def colour(name: str) -> str:
        return colours[name] if colours else f"var(--{name})"

    rules = [
        f".drawing text {{ font-family: {FONTS}; font-size: {SMALL:g}px; fill: {colour('ink')}; }}",
        f".drawing .heading {{ font-size: 22px; font-weight: 600; fill: {colour('ink')}; }}",
        f".drawing .sub {{ font-size: 14px; fill: {colour('ink-2')}; }}",
        f".drawing .name {{ font-size: {SIZE:g}px; font-weight: 600; fill: {colour('ink')}; }}",
        f".drawing .milestone {{ font-size: {SIZE:g}px; font-weight: 600; fill: {colour('ink')}; }}",
        f".drawing .faint, .drawing .time {{ fill: {colour('ink-2')}; }}",
        f".drawing .time {{ paint-order: stroke; stroke: {colour('ground')}; stroke-width: 4px; }}",
        ".drawing .strong { font-weight: 600; }",
        f".drawing .fold {{ fill: {colour('raised')}; }}",
        f".drawing .ground {{ fill: {colour('ground')}; }}",
        f".drawing .tear {{ fill: none; stroke: {colour('line-strong')}; stroke-width: 1.2; }}",
        *(f".drawing .{name} {{ fill: {colour(name)}; }}" for name in _FILLED),
        *(f".drawing text.{name} {{ fill: {colour(name)}; }}" for name in _TEXTS),
        *(
            f".drawing .{name} {{ fill: none; stroke: {colour(of)}; stroke-width: {thick:g}; }}"
            for name, (of, thick) in _LINES.items()
        ),
    ]
    return "\n".join(rules)
