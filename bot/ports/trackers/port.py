"""What a tracker's refusals mean, and what helps: the same for every tracker, because a team has one."""

from bot.ports.port import Port

NOT_CONFIGURED = "not_configured"

TRACKER = Port(
    key="tracker",
    name="the issue tracker",
    limited="ratelimited",
    unsupported=NOT_CONFIGURED,
    shut=frozenset(),
    gone=frozenset(),
    unchangeable=frozenset(),
    begun_in_vain=frozenset(),
    passing=frozenset(),
    remedies={
        NOT_CONFIGURED: "An operator must set the tracker's token and start the bot again (docs/trackers.md).",
        "unauthorized": "The token is wrong or has expired: an operator must set a new one.",
        "forbidden": "The token may not do that: give it the permissions in docs/trackers.md.",
        "not_found": "There is no such repository, project or issue, or the token may not see it.",
        "gone_there": "The issue was deleted, or issues are switched off there.",
        "invalid": "The tracker does not accept it: check the repository or project, the issue type and the labels in "
        "the policy.",
        "moved": "It has moved to another address: write the new one in the policy or in the settings.",
        "no_transition": "Its workflow has no such step for this account: move the issue by hand, or change the "
        "workflow.",
        "unexpected_answer": "The tracker's answer was not valid.",
        "unexpected_error": "I have a bug: my log has the details.",
    },
)
