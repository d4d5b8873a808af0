"""Whatever people type, Slack accepts the messages about roles, and they notify nobody."""

from dataclasses import replace

from hypothesis import example, given

from bot import policy_file
from bot.core.resources import shipped
from bot.core.templates import Templates
from bot.incident.domain import facts
from bot.incident.domain.present import Present
from bot.incident.domain.roles import DEFAULT_ROLES, RoleDefinition, Roles
from bot.incident.domain.rules import TEXT_MAX, TITLE_MAX
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Role, RoleEndReason
from bot.incident.views import brief, card, messages, modals, newcomer, role_duties, who
from tests.incident.domain.situations import ALICE, BOB, NOW, declared, later, resolved
from tests.incident.views.hostile_texts import TEXTS, everything, taken, texts, titles
from tests.incident.views.limits import fits

POLICY = policy_file.load()
TEMPLATES = Templates(shipped("templates"))
# The most and the longest that a policy may have: see `bot.incident.settings`.
WORST = Roles(
    tuple(
        RoleDefinition(key, ("<!channel> &" * 9)[: 74 - len(key)] + f" {key}", duties="<!here> & " * 200)
        for key in (Role.COMMANDER, Role.SCRIBE, *(f"role{number}" for number in range(18)))
    )
)
CROWD = Present([f"U0123456789{number}" for number in range(500)])


@TEXTS
@given(title=titles, text=texts)
@example(title="&" * TITLE_MAX, text=taken("&" * TEXT_MAX))
@example(title="<@U1>" * 30, text=taken("<@U1>" * 500))
@example(title="&", text="```" + "<" * 700)
def test_who_and_the_catch_up_fit(title: str, text: str) -> None:
    for incident in (everything(title, text), declared(title), resolved(declared(title))):
        for room in (Present(), Present([]), CROWD):
            fits(who.who(incident, POLICY.roles, room, BOB, later(5)))
        fits(newcomer.catchup(incident, POLICY, later(55), channel="C0ROOM", card="https://example.com/p1"))
        fits(newcomer.catchup(incident, POLICY, later(5)))
        for role in (*DEFAULT_ROLES.keys, "gone"):
            given = facts.RoleAssigned(at=NOW, by=ALICE, role=role, person=BOB, title=WORST.title(role))
            for roles in (DEFAULT_ROLES, WORST):
                expected = role_duties.prose(role, incident, roles, TEMPLATES)
                fits(role_duties.duties(incident, given, expected, "C0ROOM"))
                fits(
                    brief.brief(
                        incident, given, replace(POLICY, roles=roles), "C0ROOM", later(5), duties=expected
                    )
                )


@TEXTS
@given(title=titles, text=texts)
@example(title="&" * TITLE_MAX, text=taken("&" * TEXT_MAX))
def test_what_shows_the_longest_roles_fits(title: str, text: str) -> None:
    incident, policy = everything(title, text), replace(POLICY, roles=WORST)
    for role in WORST.keys:
        incident = replace(incident, roles={**incident.roles, role: (BOB,)})
        incident = replace(incident, held_since={**incident.held_since, role: {BOB: NOW}})
        declined = facts.RolesEnded(
            at=NOW, by=BOB, person=BOB, roles=(role,), why=RoleEndReason.DECLINED, titles=(WORST.title(role),)
        )
        fits(messages.fact_message(Entry(7, declined), incident, {BOB: title}))
    fits(card.card(incident, policy))
    fits(modals.roles(incident, WORST))
    fits(who.who(incident, WORST, CROWD, BOB, later(5)))
