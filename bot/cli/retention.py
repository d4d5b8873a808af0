"""`warroom retention`: says what is due, and removes it at once instead of a little at a time."""

from collections.abc import Callable

from bot.cli.stored import chosen_teams, opened
from bot.cli.transfer import progress_bar
from bot.config import Settings
from bot.engine.retention import Retention
from bot.starting import load_installation
from bot.subjects import SUBJECTS

SHOWN = 50

Say = Callable[[str], None]


async def run(
    settings: Settings, team: str, *, dry_run: bool, confirm: Callable[[str], bool] | None, say: Say
) -> bool:
    """Redact what is due under the policy; False if it was not confirmed.

    Args:
        settings: where the database is, and the policy.
        team: the workspace's id; empty if the database holds only one.
        dry_run: whether to say only what is due.
        confirm: asks whether to go on; None if nobody is asked.
        say: is called with each line of the report.

    Raises:
        InstallationError: the policy has mistakes.
        WhichWorkspaceError: the database holds several workspaces, and `team` is empty.
    """
    terms = load_installation(settings).policy.retention
    if terms.redact_after is None:
        say("The policy keeps everything: `retention: redact_after` in policy.yml says how long.")
        return True
    streams = {name: each.streams for name, each in SUBJECTS.items()}
    async with opened(settings) as database:
        async with database.reading() as session:
            chosen = next(iter(await chosen_teams(session, team)), "")
        now = await database.now()
        retention = Retention(database, chosen, streams, lambda: terms)
        due = await retention.due(now)
        names = [SUBJECTS[each.subject].streams.decider.reference(each.number) for each in due]
        say(
            f"{len(due)} are over for more than {terms.redact_after.days} days"
            + (f": {', '.join(names[:SHOWN])}{', …' if len(names) > SHOWN else ''}" if due else "")
        )
        if terms.keep:
            say(f"Kept: {', '.join(terms.keep)}")
        if dry_run or not due:
            return True
        if confirm and not confirm("Remove their people, words and links? This cannot be undone."):
            return False
        done = 0
        with progress_bar("Redacting", len(due)) as progress:
            for each in due:
                done += await retention.redact(each, now)
                progress(1)
    say(f"{done} are redacted. What Slack shows, backups and exports are as they were.")
    return True
