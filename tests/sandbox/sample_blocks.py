"""Samples of blocks and elements, each changed by what the test gives."""

from typing import Any

from tests.sandbox.blocks import actions, button, option, plain, section, text_input

Block = dict[str, Any]


def x(count: int) -> str:
    """So many characters."""
    return "x" * count


def options(count: int) -> list[Block]:
    """So many options, each its own."""
    return [option(f"value-{number}") for number in range(count)]


def element(kind: str, **more: Any) -> Block:
    """An element in an actions block: it is at ``elements/0``."""
    return actions({"type": kind, "action_id": "a", **more})


def asked(kind: str, **more: Any) -> Block:
    """An element in an input block: it is at ``element``."""
    return {**text_input(), "element": {"type": kind, "action_id": "a", **more}}


def select(**more: Any) -> Block:
    """A menu of one option, changed by `more`."""
    return element("static_select", **{"options": options(1), **more})


def labelled(**more: Any) -> Block:
    """A menu with an option, changed by `more`."""
    return select(options=[{"text": plain("x"), "value": "v", **more}])


def group(**more: Any) -> Block:
    """A menu with a group of options, changed by `more`."""
    groups = [{"label": plain("x"), "options": options(1), **more}]
    return element("static_select", option_groups=groups)


def groups(count: int) -> Block:
    """A menu with so many groups."""
    each = [{"label": plain("x"), "options": [option(f"v{number}")]} for number in range(count)]
    return element("static_select", option_groups=each)


def confirm(**more: Any) -> Block:
    """A button that asks back, changed by `more`."""
    dialog = {"title": plain("Sure?"), "text": plain("Really?"), "confirm": plain("Yes"), "deny": plain("No")}
    return actions(button(confirm={**dialog, **more}))


def image(**more: Any) -> Block:
    """An image block."""
    return {"type": "image", "image_url": "https://x.example", "alt_text": "x", **more}


def video(**more: Any) -> Block:
    """A video block."""
    urls = {"thumbnail_url": "https://x.example", "video_url": "https://x.example"}
    return {"type": "video", "alt_text": "x", "title": plain("x"), **urls, **more}


def cells(rows: int, columns: int = 1, **more: Any) -> Block:
    """A table."""
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * columns] * rows, **more}


def cells_of(*texts: str) -> Block:
    """A table with these texts below one another."""
    return {"type": "table", "rows": [[{"type": "raw_text", "text": text}] for text in texts]}


def numbers(**more: Any) -> Block:
    """A table with a number below its header, changed by `more`."""
    cell = {"type": "raw_number", "value": 1, "text": "1", **more}
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}], [cell]]}


def table(*rows: list[Block]) -> Block:
    """A table of these rows."""
    return {"type": "table", "rows": list(rows)}


def data_table(rows: int = 2, columns: int = 1, *texts: str, **more: Any) -> Block:
    """A data table; `texts` go down its first column."""
    lines: list[list[Block]] = [
        [{"type": "raw_text", "text": "x"} for _ in range(columns)] for _ in range(rows)
    ]
    for line, text in zip(lines, texts, strict=False):
        line[0]["text"] = text
    return {"type": "data_table", "caption": "x", "rows": lines, **more}


def card(**more: Any) -> Block:
    """A card."""
    return {"type": "card", "title": plain("x"), **more}


def container(**more: Any) -> Block:
    """A container."""
    return {"type": "container", "title": plain("x"), "child_blocks": [section()], **more}


def pie(count: int, **more: Any) -> Block:
    """A pie of so many segments, the first changed by `more`."""
    segments: list[Block] = [{"label": f"s{number}", "value": 1} for number in range(count)]
    if segments:
        segments[0] |= more
    return {"type": "data_visualization", "title": "x", "chart": {"type": "pie", "segments": segments}}


def chart(kind: str = "bar", series: int = 1, points: int = 1, **more: Any) -> Block:
    """A chart with axes; `more` are its title, its labels, a series' name or a category's `label`."""
    categories = [more.get("label", "c0"), *(f"c{number}" for number in range(1, points))][:points]
    data: list[Block] = [{"label": category, "value": 1} for category in categories]
    names = [more.get("name", "s0"), *(f"s{number}" for number in range(1, series))][:series]
    axes: Block = {key: more[key] for key in ("x_label", "y_label") if key in more}
    drawn: Block = {
        "type": kind,
        "series": [{"name": name, "data": data} for name in names],
        "axis_config": {"categories": categories, **axes},
    }
    return {"type": "data_visualization", "title": more.get("title", "x"), "chart": drawn}


def task(**more: Any) -> Block:
    """A task card."""
    return {"type": "task_card", "task_id": "t", "title": "x", "status": "complete", **more}


def plan(count: int = 1, **more: Any) -> Block:
    """A plan of so many tasks."""
    tasks = [{"task_id": f"t{number}", "title": "x", "status": "pending"} for number in range(count)]
    return {"type": "plan", "title": "x", "tasks": tasks, **more}


def feedback(**more: Any) -> Block:
    """Feedback buttons, the good one changed by `more`."""
    good, bad = {"text": plain("+"), "value": "good"}, {"text": plain("-"), "value": "bad"}
    pair = {"type": "feedback_buttons", "positive_button": {**good, **more}, "negative_button": bad}
    return {"type": "context_actions", "elements": [pair]}


def icon_buttons(count: int = 1, **more: Any) -> Block:
    """Icon buttons, each changed by `more`."""
    trash = {"type": "icon_button", "icon": "trash", "text": plain("Delete"), **more}
    return {"type": "context_actions", "elements": [{"action_id": f"a{n}", **trash} for n in range(count)]}


def rich(element: Block) -> Block:
    """A rich text block."""
    return {"type": "rich_text", "elements": [element]}


def rich_piece(kind: str, **more: Any) -> Block:
    """A rich text block with one piece of text: it is at ``elements/0/elements/0``."""
    return rich({"type": "rich_text_section", "elements": [{"type": kind, **more}]})


def rich_list(**more: Any) -> Block:
    """A rich text list."""
    return rich({"type": "rich_text_list", "style": "bullet", "elements": [], **more})


IMAGE: Block = {"type": "image", "image_url": "https://x.example", "alt_text": "x"}
STAR: Block = {"type": "icon", "name": "star"}
