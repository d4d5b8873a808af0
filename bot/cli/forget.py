"""`warroom forget`: replaces a person by a pseudonym everywhere in the database, and says what it cannot reach."""

import re
from collections.abc import Callable, Sequence

from bot.cli.stored import chosen_teams, opened
from bot.cli.transfer import progress_bar
from bot.config import Settings
from bot.core.errors import WarroomError
from bot.engine.forgetting import Forgetter, Forgotten, Wanted
from bot.engine.store import forgettings
from bot.engine.store.database import Database
from bot.starting import check as check_policy
from bot.subjects import SUBJECTS

_ID = re.compile(r"<?@?([UW][A-Z0-9]{2,})(?:\|[^>]*)?>?")
ROOMS_SHOWN = 20

Say = Callable[[str], None]


class WhoError(WarroomError):
    """The person cannot be forgotten now, or it is not clear who is meant; the message says what to do."""


async def forget(
    settings: Settings,
    who: str,
    team: str,
    also: Sequence[str],
    *,
    names: bool,
    dry_run: bool,
    confirm: Callable[[str], bool] | None,
    say: Say,
) -> bool:
    """Forget a person; False if it was not confirmed.

    Args:
        settings: where the database is, and the policy.
        who: their id, or the name under which they are stored.
        team: the workspace's id; empty if the database holds only one.
        also: further names of theirs, which are replaced in texts.
        names: whether the stored name is replaced in texts, too.
        dry_run: whether to say only what would change.
        confirm: asks whether to go on; None if nobody is asked.
        say: is called with each line of the report.

    Raises:
        WhoError: see there.
    """
    async with opened(settings) as database:
        chosen, wanted = await _wanted(database, who, team, also, names=names)
        streams = {name: each.streams for name, each in SUBJECTS.items()}
        forgetter = Forgetter(database, chosen, streams, wanted)
        now = await database.now()
        if dry_run or confirm:
            with progress_bar("Looking", await forgetter.size()) as progress:
                would = await forgetter.preview(now, progress)
            _report(would, wanted, "would be", chosen, say)
            if would.is_nothing or dry_run:
                return True
        if confirm and not confirm(
            f"Replace {_shown(wanted)} by “{would.pseudonym}” everywhere? This cannot be undone."
        ):
            return False
        with progress_bar("Forgetting", await forgetter.size()) as progress:
            done = await forgetter.forget(now, progress)
        _report(done, wanted, "are", chosen, say)
    if not done.is_nothing:
        _say_what_stays(settings, wanted, say)
    return True


async def _wanted(
    database: Database, who: str, team: str, also: Sequence[str], *, names: bool
) -> tuple[str, Wanted]:
    """The workspace and the person, if they can be forgotten now."""
    async with database.reading() as session:
        teams = await chosen_teams(session, team)
        if not teams:
            raise WhoError("This database holds no incidents yet, so nobody is stored in it.")
        named = _ID.fullmatch(who.strip())
        found = await forgettings.called(
            session, teams[0], named[1] if named else who.strip().removeprefix("@")
        )
        if len(found) > 1:
            ids = ", ".join(person for person, _ in found)
            raise WhoError(f"Several people are called {who}: {ids}. Say which one by their id.")
        if not found and not named:
            like = await forgettings.similar(session, teams[0], who.strip().removeprefix("@"))
            meant = (
                f" Did you mean {' or '.join(f'{name} ({person})' for person, name in like[:5])}?"
                if like
                else ""
            )
            raise WhoError(
                f"No stored person is called {who}.{meant} Write their id in Slack, such as U012AB3CD."
            )
        person, name = found[0] if found else (named[1] if named else "", "")
        has_to_do = await forgettings.duties(session, teams[0], person)
    if has_to_do:
        what = ", ".join(
            SUBJECTS[subject].streams.decider.reference(number)
            for subject, number in has_to_do
            if subject in SUBJECTS
        )
        raise WhoError(
            f"{name or person} still has a role, a task or an action item in {what}. Give it to somebody else in Slack "
            "first, or end it; then call this again."
        )
    called = [each for each in (name, *also) if each.strip() and each != person]
    return teams[0], Wanted(person, called, replaces_names=names or bool(also))


def _shown(wanted: Wanted) -> str:
    return f"{wanted.names[0]} ({wanted.person})" if wanted.names else wanted.person


def _report(done: Forgotten, wanted: Wanted, verb: str, team: str, say: Say) -> None:
    """What was, or would be, changed."""
    found = done.found
    if done.is_nothing:
        say(f"Nothing in the database names {_shown(wanted)}.")
        return
    say(f"{_shown(wanted)} → {done.pseudonym}")
    for subject, count in found.entries.items():
        say(f"  timelines of {subject}s: {count} {verb} rewritten")
    for table, count in found.rows.items():
        say(f"  {table}: {count} {verb} rewritten")
    for table, count in found.deleted.items():
        say(f"  {table}: {count} {verb} deleted")
    if wanted.names:
        called = " or ".join(f"“{each}”" for each in wanted.names)
        fate = f"{verb} replaced" if wanted.replaces_names else "stay: --names replaces them"
        say(f"  {called} as a word in a text: {found.words}, which {fate}")
    say("Slack itself still shows what they wrote, and what I wrote about them:")
    say(
        f"  {done.in_slack.messages} messages of mine, {done.in_slack.canvases} canvases, and files, lists and direct messages"
    )
    for number, channel in done.in_slack.rooms[:ROOMS_SHOWN]:
        say(f"  INC-{number}: https://app.slack.com/client/{team}/{channel}")
    if len(done.in_slack.rooms) > ROOMS_SHOWN:
        say(f"  and {len(done.in_slack.rooms) - ROOMS_SHOWN} more war rooms")


def _say_what_stays(settings: Settings, wanted: Wanted, say: Say) -> None:
    """What this command cannot reach."""
    say(
        "I cannot reach: backups, files of `warroom export`, drafts and pages that were downloaded or published, and logs."
    )
    say("If you restore or import one that is older than this, call this again.")
    checked = check_policy(settings.policy_file, settings.templates_dir)
    if checked.mistakes:
        say("I cannot tell whether the policy names them: it has mistakes, see `warroom policy check`.")
    elif wanted.person in checked.policy_file.policy.people:
        say(f"{settings.policy_file or 'policy.yml'} names {wanted.person}: take them out of it.")
    say(
        "If they act again, or are still in a channel of an open incident or in a user group, they are stored as a new person."
    )
