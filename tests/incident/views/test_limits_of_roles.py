"""Whatever people type, Slack accepts the messages about roles, and they notify nobody."""

from hypothesis import example, given

from bot import policy_file
from bot.incident.domain.present import Present
from bot.incident.domain.rules import TEXT_MAX, TITLE_MAX
from bot.incident.views import newcomer, who
from tests.incident.domain.situations import BOB, declared, later, resolved
from tests.incident.views.hostile_texts import TEXTS, everything, taken, texts, titles
from tests.incident.views.limits import fits

POLICY = policy_file.load()
CROWD = Present([f"U0123456789{number}" for number in range(500)])


@TEXTS
@given(title=titles, text=texts)
@example(title="&" * TITLE_MAX, text=taken("&" * TEXT_MAX))
@example(title="<@U1>" * 30, text=taken("<@U1>" * 500))
@example(title="&", text="```" + "<" * 700)
def test_who_and_the_catch_up_fit(title: str, text: str) -> None:
    for incident in (everything(title, text), declared(title), resolved(declared(title))):
        for room in (Present(), Present([]), CROWD):
            fits(who.who(incident, room, BOB, later(5)))
        fits(newcomer.catchup(incident, POLICY, later(55), channel="C0ROOM", card="https://example.com/p1"))
        fits(newcomer.catchup(incident, POLICY, later(5)))
