"""`warroom drill`: play a scripted incident through the real bot, over HTTP, on a clock that can be moved."""

import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from bot.cli.practice import workspace
from bot.drills.stage import Installation, Stage, Step, StepFailed
from bot.policy_file import DEFAULT
from bot.sandbox import Sandbox
from bot.sandbox.driver import ActionFailed, Driver, NotSeen

_BAR = 20
_HOURS = 24  # after which days are shown


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a drill.

    Attributes:
        failed: the titles of the steps that failed; a drill stops at the first one.
        seconds: how long it took, in real time.
    """

    incident: str
    channel: str
    steps: int
    failed: list[str]
    reminders: int
    postmortem: str
    seconds: float

    def as_json(self) -> dict[str, Any]:
        """The last line's object with `--json`."""
        return {
            "incident": self.incident,
            "channel": self.channel,
            "steps": self.steps,
            "failed": self.failed,
            "reminders": self.reminders,
            "postmortem": self.postmortem,
            "seconds": self.seconds,
        }


async def play(scenario: str, out: Path, say: Callable[[str], None]) -> Report:
    """Play a scenario, and report each step.

    Args:
        scenario: one of `bot.drills.NAMES`.
        out: the folder for the postmortem draft.
        say: is called with each line of the transcript.
    """
    steps: list[Step] = import_module(f"bot.drills.{scenario.replace('-', '_')}").STEPS
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="warroom-drill-") as folder:
        policy = Path(shutil.copy(DEFAULT, Path(folder) / "policy.yml"))
        async with (
            workspace(0, Path(folder) / "drill.db", policy_file=policy) as (sandbox, app),
            Driver(sandbox.control_url) as driver,
        ):
            stage = Stage(driver, out, Installation(policy, app.reload))
            say(f"Drill {scenario}: {len(steps)} steps\n")
            done, failed = await _steps(steps, stage, sandbox, say)
    seconds = round(time.monotonic() - began, 1)
    say(f"\n{'FAILED' if failed else 'Passed'}: {done} of {len(steps)} steps in {seconds} s")
    draft = str(stage.draft) if stage.draft else ""
    return Report(stage.incident, stage.channel, len(steps), failed, stage.reminders, draft, seconds)


async def _steps(
    steps: list[Step], stage: Stage, sandbox: Sandbox, say: Callable[[str], None]
) -> tuple[int, list[str]]:
    """Play the steps up to the first that fails; returns how many were done, and which failed."""
    start = sandbox.clock.timestamp()
    for number, (title, act) in enumerate(steps, start=1):
        try:
            shown = await act(stage)
        except (StepFailed, NotSeen, ActionFailed) as failure:
            say(_line(number, len(steps), sandbox.clock.timestamp() - start, f"✗ {title}"))
            say(f"    {failure}")
            return number - 1, [title]
        say(_line(number, len(steps), sandbox.clock.timestamp() - start, f"✓ {title}: {shown}"))
    return len(steps), []


def _line(number: int, of: int, seconds: float, text: str) -> str:
    """A line of the transcript: the step, the incident's clock, and what happened."""
    full = round(_BAR * number / of)
    hours, minutes = divmod(int(seconds // 60), 60)
    days = f"{hours // 24}d " if hours >= _HOURS else ""
    return f"[{'█' * full}{'·' * (_BAR - full)}] {days}{hours % _HOURS:02}:{minutes:02}  {text}"
