"""What a new commander reads: the present state, who does what, what is promised, what to do first."""

from bot.core.text import when
from bot.incident.domain import facts, rules
from bot.incident.domain.policy import Policy
from bot.incident.domain.vocabulary import Role
from bot.incident.views.brief import brief
from tests.incident.domain.situations import (
    ALICE,
    BOB,
    CAROL,
    NOW,
    after,
    declared,
    later,
    updated,
    with_role,
    with_task,
)
from tests.incident.views.reading import buttons, said

TAKEN = facts.RoleAssigned(at=NOW, by=BOB, role=Role.COMMANDER, person=BOB)
TAKEN_OVER = facts.RoleAssigned(at=NOW, by=BOB, role=Role.COMMANDER, person=BOB, previous=CAROL)


def test_a_brief_says_the_present_state_and_since_when(policy: Policy) -> None:
    text = said(brief(declared(commander=BOB), TAKEN, policy, "C0ROOM", later(10)))
    assert "You have command of *INC-42*: Checkout is failing · <#C0ROOM>" in text
    assert f"*SEV1*, triage, open for 10 min (since {when(NOW)})" in text
    assert "*Last update* none yet" in text
    assert f"*Next update by* {when(later(15))}" in text


def test_a_brief_names_the_roles_and_the_last_update(policy: Policy) -> None:
    incident = with_role(updated(declared(commander=BOB), at=later(5)), Role.SCRIBE, CAROL)
    text = said(brief(incident, TAKEN, policy, None, later(10)))
    assert f"*Scribe* <@{CAROL}>" in text
    assert (
        "*Nobody yet* Deputy, Communications Lead, Operations Lead, Customer Liaison, Subject-Matter Expert"
        in text
    )
    for role in (each for each in policy.roles.all if each.key not in (Role.COMMANDER, Role.SCRIBE)):
        incident = with_role(incident, role.key, CAROL)
    assert "Nobody yet" not in said(brief(incident, TAKEN, policy, None, later(10)))
    assert f"*Last update* {when(later(5))}: Half of all payments fail" in text


def test_a_brief_lists_the_open_tasks(policy: Policy) -> None:
    incident = with_task(with_task(declared(commander=BOB)), "Fail over", assignee=CAROL)
    incident = after(incident, rules.finish_task(incident, 1, by=BOB, now=NOW))
    text = said(brief(incident, TAKEN, policy, None, later(10)))
    assert f"*Open tasks*\n• *T2* Fail over (<@{CAROL}>)" in text
    assert "T1" not in text
    assert "Open tasks" not in said(brief(declared(commander=BOB), TAKEN, policy, None, later(10)))


def test_the_first_steps_depend_on_what_is_missing(policy: Policy) -> None:
    incident = declared(commander=BOB)
    late = said(brief(incident, TAKEN_OVER, policy, None, later(20)))
    assert "*First*\n• Post an update: it is overdue.\n" in late
    assert f"Ask <@{CAROL}> what is not written down." in late
    assert "Ask one person to take notes" in late
    for role in (Role.SCRIBE, Role.COMMUNICATIONS):
        incident = with_role(incident, role, ALICE)
    in_time = said(brief(incident, TAKEN, policy, None, later(1)))
    assert "overdue" not in in_time
    assert "not written down" not in in_time
    assert "Ask one person to take notes" not in in_time
    assert "Decide and delegate" in in_time


def test_the_first_steps_have_buttons(policy: Policy) -> None:
    shown = buttons(brief(declared(commander=BOB), TAKEN, policy, None, NOW))
    assert {name: each["value"] for name, each in shown.items()} == {"update": "42", "roles": "42"}


def test_a_commander_who_takes_command_again_is_not_told_to_ask_themselves(policy: Policy) -> None:
    again = facts.RoleAssigned(at=NOW, by=ALICE, role=Role.COMMANDER, person=BOB, previous=BOB)
    assert "not written down" not in said(brief(declared(commander=BOB), again, policy, None, NOW))
