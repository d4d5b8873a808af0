"""What the practice app shows: its forms and its card."""

from tests.sandbox.page.samples import Json, mrk, plain


def option(value: str, text: str) -> Json:
    """An option of a select."""
    return {"value": value, "text": plain(text)}


def form(title: str = "", channel: str = "") -> Json:
    """The modal that declares an incident."""
    what = {"type": "plain_text_input", "action_id": "what", **({"initial_value": title} if title else {})}
    severity = {
        "type": "static_select",
        "action_id": "severity",
        "options": [
            option("SEV1", "SEV1 everything"),
            option("SEV2", "SEV2 much"),
            option("SEV3", "SEV3 little"),
        ],
        "initial_option": option("SEV3", "SEV3 little"),
    }
    return {
        "type": "modal",
        "callback_id": "declared",
        "title": plain("Declare an incident"),
        "submit": plain("Declare"),
        "close": plain("Cancel"),
        "blocks": [
            *(
                [{"type": "section", "text": mrk(f"Declared in <#{channel}>; all follow in <#{channel}>.")}]
                if channel
                else []
            ),
            {
                "type": "input",
                "block_id": "what",
                "label": plain("What is wrong?"),
                "element": what,
                "hint": plain("What customers notice"),
            },
            {"type": "input", "block_id": "severity", "label": plain("Severity"), "element": severity},
            {
                "type": "input",
                "block_id": "who",
                "optional": True,
                "label": plain("Responders"),
                "element": {"type": "multi_users_select", "action_id": "who"},
            },
            {
                "type": "input",
                "block_id": "service",
                "optional": True,
                "label": plain("Service"),
                "element": {"type": "external_select", "action_id": "service", "min_query_length": 1},
            },
            {
                "type": "actions",
                "block_id": "more",
                "elements": [{"type": "button", "action_id": "more", "text": plain("More details")}],
            },
            {
                "type": "input",
                "block_id": "since",
                "optional": True,
                "label": plain("Since"),
                "element": {"type": "datetimepicker", "action_id": "since"},
            },
        ],
    }


def details(kind: str) -> Json:
    """The modal on top of the first one; its fields depend on the kind."""
    kinds = [option("outage", "Outage"), option("leak", "Leak")]
    asked = "Since when?" if kind == "outage" else "Whose data?"
    return {
        "type": "modal",
        "callback_id": "details",
        "title": plain("Details"),
        "submit": plain("Keep"),
        "blocks": [
            {
                "type": "input",
                "block_id": "kind",
                "dispatch_action": True,
                "label": plain("Kind"),
                "element": {
                    "type": "static_select",
                    "action_id": "kind",
                    "options": kinds,
                    "initial_option": kinds[0],
                },
            },
            {
                "type": "input",
                "block_id": "note",
                "optional": True,
                "label": plain("Note"),
                "element": {"type": "plain_text_input", "action_id": "note"},
            },
            {
                "type": "input",
                "block_id": kind,
                "optional": True,
                "label": plain(asked),
                "element": {"type": "plain_text_input", "action_id": kind},
            },
        ],
    }


def evidence() -> Json:
    """The modal that asks for files: at most two text files."""
    files = {"type": "file_input", "action_id": "files", "filetypes": ["txt", "png"], "max_files": 2}
    return {
        "type": "modal",
        "callback_id": "evidence",
        "title": plain("Evidence"),
        "submit": plain("Hand in"),
        "blocks": [{"type": "input", "block_id": "files", "label": plain("Files"), "element": files}],
    }


def card(values: Json, *, ic: str | None = None) -> list[Json]:
    """The message about an incident."""
    who = f"<@{ic}>" if ic else "nobody yet"
    danger = {
        "title": plain("Resolve?"),
        "text": plain("Everybody is told."),
        "confirm": plain("Resolve"),
        "deny": plain("Not yet"),
    }
    return [
        {"type": "header", "text": plain(f":rotating_light: {values['what']}")},
        {
            "type": "section",
            "fields": [
                {"type": "mrkdwn", "text": f"*Severity*\n{values['severity']}"},
                {"type": "mrkdwn", "text": f"*Commander*\n{who}"},
            ],
        },
        {
            "type": "actions",
            "elements": [
                {
                    "type": "button",
                    "action_id": "take",
                    "style": "primary",
                    "text": plain("Take command"),
                    "value": values["what"],
                },
                {
                    "type": "button",
                    "action_id": "resolve",
                    "style": "danger",
                    "text": plain("Resolve"),
                    "value": values["what"],
                    "confirm": danger,
                },
                {"type": "users_select", "action_id": "assign", "placeholder": plain("Assign somebody")},
            ],
        },
    ]
