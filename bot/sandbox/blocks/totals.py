"""The limits for all blocks of one message together, including its attachments' blocks."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from bot.sandbox.blocks.checks import Problems
from bot.sandbox.blocks.rules import MARKDOWN_LIMIT
from bot.sandbox.blocks.rules_tables import CHARACTERS, characters

# The most blocks of a type in a message, if that is less than the limit for all types together.
AT_MOST = {"table": 1, "data_visualization": 2}

Placed = tuple[str, dict[str, Any]]


def check_totals(blocks: Iterable[Placed], problems: Problems) -> None:
    """Report the block with which a message exceeds a limit.

    Args:
        blocks: all blocks with their JSON pointers, also those inside containers; each must pass its own rules.
        problems: takes the reports.
    """
    written = 0
    cells = dict.fromkeys(CHARACTERS, 0)
    seen: Counter[str] = Counter()
    for at, block in blocks:
        kind = block["type"]
        seen[kind] += 1
        if kind in AT_MOST and seen[kind] > AT_MOST[kind]:
            problems.add(f"no more than {AT_MOST[kind]} {kind} blocks allowed", at)
        if kind == "markdown":
            written += len(block["text"])
            if written > MARKDOWN_LIMIT:
                problems.add(
                    f"all markdown blocks together must be less than {MARKDOWN_LIMIT + 1} characters", at
                )
        elif kind in cells:
            cells[kind] += characters(block)
            if cells[kind] > CHARACTERS[kind]:
                problems.add(
                    f"all {kind} cells together must be less than {CHARACTERS[kind] + 1} characters", at
                )
