"""Every limit of Block Kit: what makes a block of a size, and the sizes that Slack allows.

Source: Slack docs, the pages of blocks, block elements and composition objects.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.sandbox.blocks import actions, button, mrkdwn, option, plain, section, text_input
from tests.sandbox.sample_blocks import (
    IMAGE,
    Block,
    asked,
    card,
    cells,
    cells_of,
    chart,
    confirm,
    container,
    data_table,
    element,
    feedback,
    group,
    groups,
    icon_buttons,
    image,
    labelled,
    numbers,
    options,
    pie,
    plan,
    rich_list,
    rich_piece,
    select,
    task,
    video,
    x,
)

SURFACES = ("message", "modal", "home")
MESSAGE, MODAL = ("message",), ("modal",)
NOT_IN_MODALS, NOT_IN_HOMES, NOT_IN_MESSAGES = ("message", "home"), ("message", "modal"), ("modal", "home")
Make = Callable[[int], Block]


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit.

    Attributes:
        name: what is limited, in Slack's words.
        make: a block in which it has a size: characters, items or a number.
        at: where a refusal points to, below the block.
        most: the largest size that is allowed, if there is one.
        least: the smallest; None where a smaller one makes no sense or is allowed.
        on: the surfaces that take the block and its element.
    """

    name: str
    make: Make
    at: str
    most: int | None = None
    least: int | None = None
    on: tuple[str, ...] = SURFACES


FIRST = "elements/0"
PIECE = f"{FIRST}/elements/0"
VALUE_TEXT = f"{FIRST}/options/0"

BLOCKS = [
    Limit("section text", lambda n: section(x(n)), "text/text", 3000, 1),
    Limit("section fields", lambda n: {"type": "section", "fields": [mrkdwn("x")] * n}, "fields", 10, 1),
    Limit("section field text", lambda n: {"type": "section", "fields": [mrkdwn(x(n))]}, "fields/0/text", 2000, 1),
    Limit("block_id", lambda n: section(block_id=x(n)), "block_id", 255, 1),
    Limit("header text", lambda n: {"type": "header", "text": plain(x(n))}, "text/text", 150, 1),
    Limit("context elements", lambda n: {"type": "context", "elements": [mrkdwn("x")] * n}, "elements", 10, 1),
    Limit("context text", lambda n: {"type": "context", "elements": [mrkdwn(x(n))]}, f"{FIRST}/text", 3000, 1),
    Limit("actions elements", lambda n: {"type": "actions", "elements": [button(f"b{i}") for i in range(n)]},
          "elements", 25, 1),
    Limit("input label", lambda n: {**text_input(), "label": plain(x(n))}, "label/text", 2000, 1),
    Limit("input hint", lambda n: {**text_input(), "hint": plain(x(n))}, "hint/text", 2000, 1),
    Limit("image block alt_text", lambda n: image(alt_text=x(n)), "alt_text", 2000),
    Limit("image block url", lambda n: image(image_url=x(n)), "image_url", 3000, 1),
    Limit("image block title", lambda n: image(title=plain(x(n))), "title/text", 2000, 1),
    Limit("video author_name", lambda n: video(author_name=x(n)), "author_name", 49),
    Limit("video title", lambda n: video(title=plain(x(n))), "title/text", 199, 1),
    Limit("video description", lambda n: video(description=plain(x(n))), "description/text", 199, 1),
    Limit("markdown text", lambda n: {"type": "markdown", "text": x(n)}, "text", 12_000, 1, on=MESSAGE),
    Limit("table rows", cells, "rows", 100, 1, on=NOT_IN_MODALS),
    Limit("table columns", lambda n: cells(1, n), "rows/0", 20, 1, on=NOT_IN_MODALS),
    Limit("table column settings", lambda n: cells(1, column_settings=[{"align": "left"}] * n),
          "column_settings", 20, on=NOT_IN_MODALS),
    Limit("table characters", lambda n: cells_of(x(n // 2), x(n - n // 2)), "rows", 10_000, on=NOT_IN_MODALS),
    Limit("table cell text", lambda n: cells_of(x(n)), "rows/0/0/text", None, 1, on=NOT_IN_MODALS),
    Limit("table cell number text", lambda n: numbers(text=x(n)), "rows/1/0/text", None, 1, on=NOT_IN_MODALS),
    Limit("header level", lambda n: {"type": "header", "text": plain("x"), "level": n}, "level", 4, 1),
    Limit("alert text", lambda n: {"type": "alert", "text": mrkdwn(x(n))}, "text/text", 200, 1, on=MODAL),
    Limit("card title", lambda n: card(title=mrkdwn(x(n))), "title/text", 150, 1),
    Limit("card subtitle", lambda n: card(subtitle=plain(x(n))), "subtitle/text", 150, 1),
    Limit("card body", lambda n: card(body=mrkdwn(x(n))), "body/text", 200, 1),
    Limit("card subtext", lambda n: card(subtext=mrkdwn(x(n))), "subtext/text", 200, 1),
    Limit("card actions", lambda n: card(actions=[button(f"b{i}") for i in range(n)]), "actions", 3, 1),
    Limit("card image url", lambda n: card(hero_image={**IMAGE, "image_url": x(n)}), "hero_image/image_url", 3000),
    Limit("card image alt_text", lambda n: card(icon={**IMAGE, "alt_text": x(n)}), "icon/alt_text", 2000),
    Limit("carousel cards", lambda n: {"type": "carousel", "elements": [card()] * n}, "elements", 10, 1,
          on=NOT_IN_MODALS),
    Limit("container title", lambda n: container(title=plain(x(n))), "title/text", 150, 1, on=NOT_IN_MODALS),
    Limit("container subtitle", lambda n: container(subtitle=mrkdwn(x(n))), "subtitle/text", 150, 1,
          on=NOT_IN_MODALS),
    Limit("container blocks", lambda n: container(child_blocks=[section()] * n), "child_blocks", 10, on=NOT_IN_MODALS),
    Limit("data table rows", data_table, "rows", 201, 2, on=NOT_IN_MODALS),
    Limit("data table columns", lambda n: data_table(2, n), "rows/0", 20, 1, on=NOT_IN_MODALS),
    Limit("data table characters", lambda n: data_table(2, 1, x(n // 2), x(n - n // 2)), "rows", 20_000,
          on=NOT_IN_MODALS),
    Limit("data table caption", lambda n: data_table(caption=x(n)), "caption", None, 1, on=NOT_IN_MODALS),
    Limit("data table page size", lambda n: data_table(page_size=n), "page_size", 100, 1, on=NOT_IN_MODALS),
    Limit("data table row header", lambda n: data_table(row_header_column_index=n), "row_header_column_index",
          19, 0, on=NOT_IN_MODALS),
    Limit("chart title", lambda n: chart(title=x(n)), "title", 50, 1, on=NOT_IN_MODALS),
    Limit("pie segments", pie, "chart/segments", 12, 1, on=NOT_IN_MODALS),
    Limit("pie segment label", lambda n: pie(1, label=x(n)), "chart/segments/0/label", 20, 1, on=NOT_IN_MODALS),
    Limit("pie segment value", lambda n: pie(1, value=n), "chart/segments/0/value", None, 1, on=NOT_IN_MODALS),
    Limit("chart series", lambda n: chart("bar", n), "chart/series", 12, 1, on=NOT_IN_MODALS),
    Limit("chart series name", lambda n: chart("area", name=x(n)), "chart/series/0/name", 20, 1, on=NOT_IN_MODALS),
    Limit("chart points", lambda n: chart("line", 1, n), "chart/series/0/data", 20, 1, on=NOT_IN_MODALS),
    Limit("chart categories", lambda n: chart("line", 1, n), "chart/axis_config/categories", 20, 1, on=NOT_IN_MODALS),
    Limit("chart category", lambda n: chart(label=x(n)), "chart/axis_config/categories/0", 20, 1, on=NOT_IN_MODALS),
    Limit("chart point label", lambda n: chart(label=x(n)), "chart/series/0/data/0/label", 20, 1, on=NOT_IN_MODALS),
    Limit("chart x_label", lambda n: chart(x_label=x(n)), "chart/axis_config/x_label", 50, on=NOT_IN_MODALS),
    Limit("chart y_label", lambda n: chart(y_label=x(n)), "chart/axis_config/y_label", 50, on=NOT_IN_MODALS),
    Limit("plan title", lambda n: plan(title=x(n)), "title", None, 1, on=MESSAGE),
    Limit("plan tasks", plan, "tasks", 50, on=MESSAGE),
    Limit("task id", lambda n: task(task_id=x(n)), "task_id", None, 1, on=MESSAGE),
    Limit("task title", lambda n: task(title=x(n)), "title", None, 1, on=MESSAGE),
    Limit("task source url", lambda n: task(sources=[{"type": "url", "url": x(n), "text": "x"}]), "sources/0/url",
          3000, 1, on=MESSAGE),
    Limit("task source text", lambda n: task(sources=[{"type": "url", "url": "https://x.example", "text": x(n)}]),
          "sources/0/text", None, 1, on=MESSAGE),
    Limit("rich text tag", lambda n: rich_piece("tag", text=x(n)), f"{PIECE}/text", None, 1),
    Limit("context_actions elements", icon_buttons, "elements", 5, 1, on=MESSAGE),
    Limit("rich text list indent", lambda n: rich_list(indent=n), f"{FIRST}/indent", 8, 0),
    Limit("rich text list border", lambda n: rich_list(border=n), f"{FIRST}/border", 1, 0),
    Limit("rich text text", lambda n: rich_piece("text", text=x(n)), f"{PIECE}/text", None, 1),
    Limit("rich text link", lambda n: rich_piece("link", url=x(n)), f"{PIECE}/url", 3000, 1),
    Limit("rich text user", lambda n: rich_piece("user", user_id=x(n)), f"{PIECE}/user_id", 255, 1),
    Limit("rich text emoji", lambda n: rich_piece("emoji", name=x(n)), f"{PIECE}/name", None, 1),
    Limit("rich text color", lambda n: rich_piece("color", value=x(n)), f"{PIECE}/value", None, 1),
    Limit("rich text date", lambda n: rich_piece("date", timestamp=n, format="{time}"),
          f"{PIECE}/timestamp", None, 0),
    Limit("rich text date format", lambda n: rich_piece("date", timestamp=0, format=x(n)),
          f"{PIECE}/format", None, 1),
    Limit("rich text list offset", lambda n: rich_list(offset=n), f"{FIRST}/offset", None, 0),
]  # fmt: skip

ELEMENTS = [
    Limit("action_id", lambda n: actions(button(x(n))), f"{FIRST}/action_id", 255, 1),
    Limit("button text", lambda n: actions(button(text=plain(x(n)))), f"{FIRST}/text/text", 75, 1),
    Limit("button value", lambda n: actions(button(value=x(n))), f"{FIRST}/value", 2000),
    Limit("button url", lambda n: actions(button(url=x(n))), f"{FIRST}/url", 3000, 1),
    Limit("button accessibility_label", lambda n: actions(button(accessibility_label=x(n))),
          f"{FIRST}/accessibility_label", 75),
    Limit("workflow button text", lambda n: element("workflow_button", text=plain(x(n)), workflow={}),
          f"{FIRST}/text/text", 75, 1, on=MESSAGE),
    Limit("workflow button accessibility_label",
          lambda n: element("workflow_button", text=plain("x"), workflow={}, accessibility_label=x(n)),
          f"{FIRST}/accessibility_label", 75, on=MESSAGE),
    Limit("overflow options", lambda n: element("overflow", options=options(n)), f"{FIRST}/options", 5, 1),
    Limit("overflow option url", lambda n: element("overflow", options=[{**option("v"), "url": x(n)}]),
          f"{VALUE_TEXT}/url", 3000, 1),
    Limit("checkboxes options", lambda n: element("checkboxes", options=options(n)), f"{FIRST}/options", 10, 1),
    Limit("checkboxes initial options",
          lambda n: element("checkboxes", options=options(3), initial_options=options(n)),
          f"{FIRST}/initial_options", None, 1),
    Limit("checkbox mrkdwn text",
          lambda n: element("checkboxes", options=[{"text": mrkdwn(x(n)), "value": "v"}]),
          f"{VALUE_TEXT}/text/text", 75, 1),
    Limit("checkbox mrkdwn description",
          lambda n: element("checkboxes", options=[{**option("v"), "description": mrkdwn(x(n))}]),
          f"{VALUE_TEXT}/description/text", 75, 1),
    Limit("radio buttons options", lambda n: element("radio_buttons", options=options(n)),
          f"{FIRST}/options", 10, 1),
    Limit("select options", lambda n: select(options=options(n)), f"{FIRST}/options", 100),
    Limit("select option groups", groups, f"{FIRST}/option_groups", 100),
    Limit("option group label", lambda n: group(label=plain(x(n))), f"{FIRST}/option_groups/0/label/text", 75, 1),
    Limit("option group options", lambda n: group(options=options(n)), f"{FIRST}/option_groups/0/options", 100, 1),
    Limit("placeholder", lambda n: select(placeholder=plain(x(n))), f"{FIRST}/placeholder/text", 150, 1),
    Limit("option text", lambda n: labelled(text=plain(x(n))), f"{VALUE_TEXT}/text/text", 75, 1),
    Limit("option value", lambda n: labelled(value=x(n)), f"{VALUE_TEXT}/value", 150),
    Limit("option description", lambda n: labelled(description=plain(x(n))),
          f"{VALUE_TEXT}/description/text", 75, 1),
    Limit("max_selected_items", lambda n: asked("multi_users_select", max_selected_items=n),
          "element/max_selected_items", None, 1),
    Limit("min_query_length", lambda n: asked("external_select", min_query_length=n),
          "element/min_query_length", None, 0),
    Limit("min_query_length of several", lambda n: asked("multi_external_select", min_query_length=n),
          "element/min_query_length", None, 0),
    Limit("multi static select initial options",
          lambda n: asked("multi_static_select", options=options(2), initial_options=options(n)),
          "element/initial_options", None, 1),
    Limit("multi external select initial options",
          lambda n: asked("multi_external_select", initial_options=options(n)), "element/initial_options", 100, 1),
    Limit("conversation filter include",
          lambda n: element("conversations_select", filter={"include": ["im", "mpim", "private", "public"][:n]}),
          f"{FIRST}/filter/include", None, 1),
    Limit("initial user", lambda n: element("users_select", initial_user=x(n)), f"{FIRST}/initial_user", None, 1),
    Limit("confirm title", lambda n: confirm(title=plain(x(n))), f"{FIRST}/confirm/title/text", 100, 1),
    Limit("confirm text", lambda n: confirm(text=mrkdwn(x(n))), f"{FIRST}/confirm/text/text", 300, 1),
    Limit("confirm confirm", lambda n: confirm(confirm=plain(x(n))), f"{FIRST}/confirm/confirm/text", 30, 1),
    Limit("confirm deny", lambda n: confirm(deny=plain(x(n))), f"{FIRST}/confirm/deny/text", 30, 1),
    Limit("datetime picker", lambda n: element("datetimepicker", initial_date_time=n),
          f"{FIRST}/initial_date_time", 9_999_999_999, 1_000_000_000, on=NOT_IN_HOMES),
    Limit("text input max_length", lambda n: text_input(max_length=n), "element/max_length", 3000, 1),
    Limit("text input min_length", lambda n: text_input(min_length=n), "element/min_length", 3000, 0),
    Limit("dispatch_action_config",
          lambda n: text_input(dispatch_action_config={
              "trigger_actions_on": ["on_enter_pressed", "on_character_entered", "on_enter_pressed"][:n]}),
          "element/dispatch_action_config/trigger_actions_on", 2, 1),
    Limit("file input max_files", lambda n: asked("file_input", max_files=n), "element/max_files", 10, 1, on=MODAL),
    Limit("file input filetypes", lambda n: asked("file_input", filetypes=["png"] * n),
          "element/filetypes", None, 1, on=MODAL),
    Limit("image element alt_text",
          lambda n: section(accessory={"type": "image", "image_url": "https://x.example", "alt_text": x(n)}),
          "accessory/alt_text", 2000),
    Limit("image element url",
          lambda n: section(accessory={"type": "image", "image_url": x(n), "alt_text": "x"}),
          "accessory/image_url", 3000),
    Limit("feedback button text", lambda n: feedback(text=plain(x(n))),
          f"{FIRST}/positive_button/text/text", 75, 1, on=MESSAGE),
    Limit("feedback button value", lambda n: feedback(value=x(n)),
          f"{FIRST}/positive_button/value", 2000, on=MESSAGE),
    Limit("feedback button accessibility_label", lambda n: feedback(accessibility_label=x(n)),
          f"{FIRST}/positive_button/accessibility_label", 75, on=MESSAGE),
    Limit("icon button text", lambda n: icon_buttons(text=plain(x(n))), f"{FIRST}/text/text", 75, 1,
          on=MESSAGE),
    Limit("icon button value", lambda n: icon_buttons(value=x(n)), f"{FIRST}/value", 2000, on=MESSAGE),
    Limit("icon button accessibility_label", lambda n: icon_buttons(accessibility_label=x(n)),
          f"{FIRST}/accessibility_label", 75, on=MESSAGE),
]  # fmt: skip

LIMITS = [*BLOCKS, *ELEMENTS]
