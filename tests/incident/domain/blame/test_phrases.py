"""Single phrases beside the corpus: what is close to each rule's edge."""

import pytest

from bot.incident.domain import blame
from bot.incident.domain.blame import ActionItem, Kind, Lack

MARKED = {
    Kind.HUMAN_ERROR: [
        "It was a fat finger.",
        "Someone's mistake.",
        "Down to finger fingers and human error.",
    ],
    Kind.JUDGEMENT: [
        "It was the fault of the on-call engineer.",
        "This is <@U0BOB>'s fault.",
        "This is our fault.",
        "The work was sloppy.",
        "Bob was not paying attention.",
        "Any competent engineer sees that.",
        "Alice acted hastily.",
        "The responders panicked.",
        "There was no excuse.",
        "Blame lies with the team.",
        "It was really quite obvious.",
        "An obvious mistake.",
        "A total lack of care.",
    ],
    Kind.SHOULD_HAVE: [
        "Bob ought to have known it.",
        "It should have been clear.",
        "This should never have happened.",
        "The pod, like the engineer who made it, should have been checked.",
        "The test should have been run by the team.",
    ],
    Kind.OMISSION: [
        "The failure of the team to communicate was noticed.",
        "The second region was forgotten.",
        "The warning was ignored by the engineers.",
        "The alert was ignored.",
        "The checklist was not followed.",
        "The checklist wasn't followed.",
        "They failed to tell us.",
        "Neither of the reviewers checked it.",
        "No one tested it.",
        "No engineer tested it.",
        "Bob left out the second step.",
        "Bob hadn't read it.",
        "They approved it without reading it.",
    ],
    Kind.PERSON_AS_CAUSE: [
        "<@U0BOB>'s mistake started it.",
        "It was his mistake.",
        "Bob is responsible for the outage.",
        "Bob made a typo.",
        "Bob triggered the outage.",
        "Bob screwed it up.",
        "Bob took the site down.",
        "The operator crashed the host.",
        "Operator crashed the host.",
        "The release manager crashed the host.",
        "The server was removed from production by Bob.",
        "The error was made by Bob.",
        "A mistake by Bob started it.",
        "Bob mistakenly sent the mail.",
        "Bob pushed the fix without asking.",
        "Bob restarted it too early.",
        "The engineer, however, broke it.",
        "Bob and the engineer broke it.",
        "Bob edited it, and then broke it.",
        "The team that owns it broke it.",
        "Three of the engineers broke it.",
        "The storage group broke it.",
    ],
    Kind.SINGLE_CAUSE: ["We look for the root-cause."],
    Kind.COUNTERFACTUAL: [
        "If Bob had asked, we would have told him.",
        "Had Bob asked, we would have told him.",
        "We could've failed over.",
        "If only we'd known it.",
    ],
}

INNOCENT = [
    "A finger of the robot.",
    "He is fingered by the finger protocol.",
    "An operator error code.",
    "It is not human error.",
    "The lazy loading is lazy loading.",
    "The care team.",
    "The focus of the lens.",
    "A silly walk, not a silly mistake.",
    "Blame is not the point.",
    "The disk is at fault.",
    "The fault of the disk.",
    "The fault was found.",
    "A competent answer from a competent cache.",
    "It works better.",
    "It makes sense.",
    "Be careful.",
    "The box panicked.",
    "The code was written hastily.",
    "The obvious choice.",
    "You ought to see it.",
    "We ought to be told.",
    "The alert ought to have fired.",
    "It ought, one thinks, to work.",
    "The disk should have been replicated.",
    "The certificate should have been renewed by the controller.",
    "The certificate should have been renewed automatically.",
    "It should have been green.",
    "Nobody should have been able to delete it.",
    "The job is supposed to run.",
    "Bob supposed that it works.",
    "They failed to start.",
    "The pods that failed to start.",
    "It failed to",
    "We failed.",
    "The failure of the team was noticed.",
    "The failure of the disk to spin up.",
    "Failure to start.",
    "The field was ignored.",
    "The warning was ignored by the parser.",
    "We missed the target of 99.9 %.",
    "Bob did check it.",
    "Bob did not see it.",
    "The tool did not check it.",
    "Without reading, no writing.",
    "The tool deletes without asking.",
    "The left pane.",
    "Bob followed the runbook.",
    "Bob checked it.",
    "None of the nodes were checked.",
    "Bob is responsible for the archive.",
    "Bob is responsible.",
    "Nobody is responsible for the outage.",
    "It was not Bob's mistake.",
    "There was no mistake by Bob.",
    "It is mistakenly green.",
    "Bob broke off the test.",
    "Bob broke.",
    "Bob took the banner down.",
    "Bob took notes.",
    "Bob made tea.",
    "Bob triggered the drill.",
    "Bob deployed the fix.",
    "Bob scaled the workers to production size.",
    "The package manager broke it.",
    "The Kubernetes operator broke it.",
    "The security group broke it.",
    "The customer broke it.",
    "The pods, which Bob likes, broke.",
    "The queue (Bob knows) broke it.",
    "Alice's laptop was stolen; the disk broke it.",
    "The table was dropped by the job.",
    "The pod was removed by Bob.",
    "The stop, and broke it.",
    "And broke it.",
    "And, and, and, and broke it.",
    "The stop, broke it.",
    "It was caused by the",
    "It was caused by",
    "Which broke it.",
    "Root cause analysis.",
    "A main cause.",
    "If only one is up, it stops.",
    "If it rains.",
    "Could it have been worse?",
    "If the disk had failed, the array would have told us.",
    "Had the disk failed, the array would have told us.",
    "We had tea, and it would have told us.",
    "Bob would have.",
    "It would have been nice.",
    "Users would have noticed it.",
    "The check could not have caught it.",
]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in MARKED.items() for text in texts])
def test_this_is_marked(kind: Kind, text: str) -> None:
    assert kind in {each.kind for each in blame.read(text)}


@pytest.mark.parametrize("text", INNOCENT)
def test_this_is_innocent(text: str) -> None:
    assert [(each.kind, each.words) for each in blame.read(text)] == []


@pytest.mark.parametrize(
    ("what", "verifiable"),
    [
        ("Bob modifies the limit", True),
        ("Bob studies the limit", False),
        ("Bob investigates it", False),
        ("Bob investigates it and writes it down", False),
        ("Find out why", False),
        ("Raise awareness", False),
        ("Raise the limit", True),
        ("", False),
        ("TBD", False),
        ("We should", False),
        ("Improve it to 90 %", True),
    ],
)
def test_an_action_item_has_an_outcome_that_can_be_verified_or_not(what: str, verifiable: bool) -> None:  # noqa: FBT001
    lacks = {each.lack for each in blame.check(ActionItem(what=what, has_owner=True, has_date=True))}
    assert lacks == (set() if verifiable else {Lack.OUTCOME})


def test_action_items_of_a_table_have_their_owner_and_date_in_columns_or_in_the_text() -> None:
    table = """## Follow-ups

| Action | Who | By when |
| --- | --- | --- |
| Add a limit | Xyzzy | next sprint |
| Add a limit | tbd | ? |
| Investigate | | | done: it was the disk |
| | | |
| Add a limit |

## Action items

| What |
| --- |
| Add a limit (Xyzzy, Monday) |
| Add a limit |

Text between, and other lists:

## Other

- Add a limit
"""
    found = [(each.line, each.reason) for each in blame.read(table)]
    lacking = "It has no owner. It has no date."
    assert found == [(6, lacking), (9, lacking), (16, lacking)]


def test_a_long_action_item_is_cut() -> None:
    (finding,) = blame.read("## Action items\n\n1. Add " + "a very long limit " * 40)
    assert len(finding.words) == 301
    assert finding.words.endswith("…")
