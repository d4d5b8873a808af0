"""The forms. Each field's name is its block_id, so that `commands` reads back what `views` asked."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.core.blocks import (
    Block,
    View,
    checkbox,
    context,
    field_block,
    modal,
    moment_picker,
    option,
    person_select,
    radio,
    section,
    select,
    text_input,
)
from bot.core.text import Mrkdwn, clip, lines, md
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.rules import TEXT_MAX, TITLE_MAX
from bot.incident.domain.vocabulary import Role, Severity, Status, mention

OPENING = "opening"


def declare(
    policy: Policy,
    *,
    title: str = "",
    severity: Severity | None = None,
    summary: str = "",
    source: str = "",
    channel: str = "",
    message: tuple[str, str, str] | None = None,
) -> View:
    """The declaration: only the title must be typed.

    Args:
        policy: what each severity means.
        title: what is filled in already.
        severity: the same.
        summary: the same.
        source: the link of the message that it is declared from.
        channel: where the form was asked for.
        message: the channel, the time stamp and the thread of the message that it is declared from.
    """
    blocks: list[Block] = [
        field_block(
            "title",
            "What is failing?",
            text_input(
                initial=clip(title, TITLE_MAX), max_length=TITLE_MAX, placeholder="Checkout is failing"
            ),
        ),
        field_block(
            "severity",
            "How badly are customers hit?",
            radio(_severities(policy), str(int(severity or Severity.SEV2))),
            hint="Unsure between two? Take the worse one: it is easily lowered.",
        ),
        field_block(
            "summary",
            "What is known so far",
            text_input(initial=clip(summary, TEXT_MAX), multiline=True, max_length=TEXT_MAX),
            optional=True,
        ),
        field_block("commander", "Incident Commander", person_select("Whoever clicks first"), optional=True),
        field_block(
            "private",
            "Who may see it?",
            checkbox(option("Private", "private", "Invited people only; announced nowhere")),
            optional=True,
        ),
    ]
    if source:
        blocks.append(context(md("Declared from <{}|this message>", Mrkdwn(source))))
    metadata = json.dumps({"source": source, "channel": channel} | ({"message": message} if message else {}))
    return modal("declare", "Declare an incident", blocks, submit="Declare", metadata=metadata)


def declare_again(form: View, known: Mrkdwn, metadata: Mapping[str, Any]) -> View:
    """The filled-in declaration once more, with what is known already; to be sent again only if that is meant.

    Slack keeps what was typed in fields whose block and action ids stay the same (Slack docs, "Updating views").
    """
    blocks = [section(known), *form["blocks"]]
    again = json.dumps({**metadata, "again": True})
    return modal("declare", "Declare another?", blocks, submit="Declare another one", metadata=again)


def opening(text: Mrkdwn) -> View:
    """What the declaration turns into: "opening", and then the link. Slack tells when it is closed."""
    return modal(OPENING, "Incident declared", [section(text)]) | {"notify_on_close": True}


def notice(text: Mrkdwn) -> View:
    """An answer where there is no place for a message: a global shortcut has none."""
    return modal("notice", "warroom", [section(text)])


def severity(incident: Incident, policy: Policy) -> View:
    """Change the severity."""
    return _form(
        incident,
        "severity",
        "Change severity",
        field_block(
            "severity",
            "How badly are customers hit?",
            radio(_severities(policy), str(int(incident.severity))),
        ),
        field_block("reason", "Why", text_input(max_length=TEXT_MAX), optional=True),
    )


def status(incident: Incident) -> View:
    """Change the status."""
    choices = [option(each.value.capitalize(), each.value, _STATUS_HINTS[each]) for each in _STATUS_HINTS]
    return _form(
        incident,
        "status",
        "Change status",
        field_block("status", "Where does the work stand?", radio(choices, incident.status.value)),
    )


def update(incident: Incident) -> View:
    """Post a status update: conditions, actions, needs."""
    first = (
        []
        if incident.update
        else [context(md("Nothing has been said yet. One sentence is enough to begin with."))]
    )
    return _form(
        incident,
        "update",
        "Post an update",
        *first,
        field_block(
            "conditions",
            "Conditions: how do customers feel it now?",
            text_input(multiline=True, max_length=TEXT_MAX, placeholder="Half of all payments fail"),
        ),
        field_block(
            "actions",
            "Actions: what are we doing?",
            text_input(multiline=True, max_length=TEXT_MAX),
            optional=True,
        ),
        field_block(
            "needs",
            "Needs: what or whom do we need?",
            text_input(multiline=True, max_length=TEXT_MAX),
            optional=True,
        ),
        submit="Post",
    )


def note(incident: Incident, *, text: str = "", at: datetime | None = None, doubt: str = "") -> View:
    """Put a note on the timeline. A `doubt` about what was submitted is asked back."""
    return _form(
        incident,
        "note",
        "Add a note",
        field_block("text", "What happened?", text_input(initial=text, multiline=True, max_length=TEXT_MAX)),
        field_block("at", "When?", moment_picker(at), optional=True, hint="Empty means now."),
        *_doubt(doubt),
        submit="Add",
    )


def handoff(incident: Incident) -> View:
    """Offer command to somebody."""
    return _form(
        incident,
        "handoff",
        "Offer command",
        field_block(
            "person",
            "To whom?",
            person_select("Choose a person"),
            hint="Command moves when they accept. Until then it stays where it is.",
        ),
        submit="Offer",
    )


def roles(incident: Incident) -> View:
    """Give a role to somebody; who holds which now stands above."""
    choices = [option(role.title, role.value) for role in Role]
    held = [
        md(
            "{}: {}",
            role.title,
            Mrkdwn(", ".join(map(mention, incident.roles.get(role, ()))) or "nobody yet"),
        )
        for role in Role
    ]
    return _form(
        incident,
        "roles",
        "Roles",
        section(lines(*held)),
        field_block("role", "Which role?", select(choices, _vacant(incident).value)),
        field_block(
            "person",
            "To whom?",
            person_select("Choose a person"),
            hint="Command that somebody holds is offered and moves when they accept; all else moves at once.",
        ),
        submit="Assign",
    )


def _vacant(incident: Incident) -> Role:
    """The first role that nobody holds: what is most likely wanted."""
    return next((role for role in Role if not incident.roles.get(role)), Role.EXPERT)


def resolve(
    incident: Incident,
    *,
    summary: str = "",
    started: datetime | None = None,
    detected: datetime | None = None,
    doubt: str = "",
) -> View:
    """Say that it is over, and when it began. A `doubt` about what was submitted is asked back."""
    return _form(
        incident,
        "resolve",
        "Resolve",
        field_block(
            "summary",
            "What brought customers back?",
            text_input(
                initial=summary, multiline=True, max_length=TEXT_MAX, placeholder="Rolled back release 214"
            ),
            optional=True,
        ),
        field_block("started", "When did impact start?", moment_picker(started), optional=True),
        field_block("detected", "When was it first detected?", moment_picker(detected), optional=True),
        *_doubt(doubt),
        submit="Resolve",
    )


def reopen(incident: Incident) -> View:
    """Open it again, with a reason."""
    return _form(
        incident,
        "reopen",
        "Reopen",
        field_block("reason", "Why is it open again?", text_input(multiline=True, max_length=TEXT_MAX)),
        submit="Reopen",
    )


def _form(incident: Incident, callback_id: str, title: str, *fields: Block, submit: str = "Save") -> View:
    about = context(md("{}: {}", incident.reference, clip(incident.title, 100)))
    metadata: dict[str, Any] = {"number": incident.number}
    return modal(callback_id, title, [about, *fields], submit=submit, metadata=json.dumps(metadata))


def _doubt(doubt: str) -> list[Block]:
    """What is asked back, and the tick that says that it is meant; the form is submitted with it or corrected."""
    if not doubt:
        return []
    return [
        section(md(":warning: {}", doubt)),
        field_block("sure", "Correct it above, or", checkbox(option("It is right", "sure")), optional=True),
    ]


def _severities(policy: Policy) -> list[dict[str, Any]]:
    return [option(each.label, str(int(each)), policy.impact(each)) for each in Severity]


_STATUS_HINTS = {
    Status.TRIAGE: "Finding out what is wrong and how bad",
    Status.MITIGATING: "Making it stop hurting customers",
    Status.MITIGATED: "Customers are well; not yet safe",
    Status.RESOLVED: "Over, and it will stay so",
}
