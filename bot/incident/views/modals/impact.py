"""The policy's questions about the impact, and the severity that their answers propose."""

from collections.abc import Mapping

from bot.core.blocks import Block, context, field_block, option, section, select
from bot.core.text import Mrkdwn, md
from bot.incident.domain.policy import ImpactQuestion, Policy

ANSWERED = "impact"  # the action id of every question: Slack tells the bot as soon as one is answered
NO_ANSWERS: Mapping[int, int] = {}


def field_of(question: int) -> str:
    """The field of the question with this number, counted from 0."""
    return f"{ANSWERED}_{question}"


def impact(policy: Policy, answers: Mapping[int, int]) -> list[Block]:
    """The questions, all of them optional, and what they propose; nothing if the policy has none."""
    if not policy.questions:
        return []
    return [
        *(_question(at, each) for at, each in enumerate(policy.questions)),
        _proposal(policy, answers),
    ]


def _question(at: int, asked: ImpactQuestion) -> Block:
    choices = [option(answer, str(number)) for number, (answer, _) in enumerate(asked.answers)]
    block = field_block(field_of(at), asked.question, select(choices), optional=True)
    return block | {"dispatch_action": True, "element": {**block["element"], "action_id": ANSWERED}}


def _proposal(policy: Policy, answers: Mapping[int, int]) -> Block:
    proposed = policy.proposed(answers)
    if proposed is None:
        return context(Mrkdwn("Answer what you know, and a severity is proposed here. You decide."))
    return section(
        md(":point_right: Proposed: *{}*. {} You decide.", proposed.label, policy.impact(proposed))
    )
