"""The colours of the page and the drawing. Every pair that is used together has the contrast of WCAG 2.2 AA."""

from collections.abc import Mapping

LIGHT: Mapping[str, str] = {
    "ground": "#ffffff",
    "raised": "#f6f7f9",
    "ink": "#1b2430",
    "ink-2": "#4f5b6b",
    "line": "#dde2e9",
    "line-strong": "#7d8898",
    "link": "#0b57b7",
    "focus": "#0b57b7",
    "sev1": "#b3261e",
    "sev1-ink": "#ffffff",
    "sev2": "#b54708",
    "sev2-ink": "#ffffff",
    "sev3": "#f3c84b",
    "sev3-ink": "#3a2b00",
    "sev4": "#c9d5e3",
    "sev4-ink": "#1b2b40",
    "status": "#e7ebf0",
    "status-ink": "#2f3a48",
    "calm": "#cfe8d8",
    "calm-ink": "#12402a",
    "role": "#d6e4f7",
    "role-ink": "#133a6b",
    "kept": "#1a7f4b",
    "late": "#b54708",
    "missed": "#b3261e",
    "note": "#4f5b6b",
    "decision": "#6941c6",
}

DARK: Mapping[str, str] = {
    "ground": "#12161c",
    "raised": "#1a2029",
    "ink": "#e8ecf1",
    "ink-2": "#a9b4c2",
    "line": "#2b3440",
    "line-strong": "#77869a",
    "link": "#8ab8ff",
    "focus": "#8ab8ff",
    "sev1": "#f0857d",
    "sev1-ink": "#2c0906",
    "sev2": "#f0a35e",
    "sev2-ink": "#2e1500",
    "sev3": "#e9cf70",
    "sev3-ink": "#2a2000",
    "sev4": "#43566d",
    "sev4-ink": "#f2f6fb",
    "status": "#2a323d",
    "status-ink": "#d5dce5",
    "calm": "#1f4a34",
    "calm-ink": "#d6f2e2",
    "role": "#223a59",
    "role-ink": "#d9e8ff",
    "kept": "#5cc98f",
    "late": "#f0a35e",
    "missed": "#f0857d",
    "note": "#a9b4c2",
    "decision": "#b79bf5",
}

# What stands on what, and the least contrast: 4.5 for text, 3 for what is drawn (WCAG 2.2, 1.4.3 and 1.4.11).
TEXT, GRAPHICS = 4.5, 3.0
PAIRS: tuple[tuple[str, str, float], ...] = (
    *(
        (ink, ground, TEXT)
        for ink in ("ink", "ink-2", "link", "missed", "late")
        for ground in ("ground", "raised")
    ),
    *((f"{name}-ink", name, TEXT) for name in ("sev1", "sev2", "sev3", "sev4", "status", "calm", "role")),
    *(
        (mark, ground, GRAPHICS)
        for mark in ("kept", "late", "missed", "note", "decision", "line-strong", "focus")
        for ground in ("ground", "raised")
    ),
)


def variables(colours: Mapping[str, str]) -> str:
    """The colours as custom properties of a style sheet."""
    return " ".join(f"--{name}: {value};" for name, value in colours.items())
