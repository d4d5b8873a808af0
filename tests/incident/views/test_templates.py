"""Templates: a team's own are used before the shipped ones, and where one breaks, the shipped one takes its place."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.resources import shipped
from bot.core.template_check import TemplateCheck
from bot.core.templates import TemplateBrokenError, Templates
from bot.core.text import Mrkdwn
from bot.incident.domain import facts
from bot.incident.domain.policy import Policy
from bot.incident.domain.postmortem import draft
from bot.incident.views.check import try_templates
from bot.incident.views.postmortem import postmortem
from bot.incident.views.samples import LATER, samples

UPDATE = "messages/reminder_update.j2"
DRAFT = "postmortem.md.j2"


def own(folder: Path, name: str, text: str | bytes) -> Templates:
    """The templates of a team that has this one of its own."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Templates(shipped("templates"), folder)


def tried(folder: Path | None, policy: Policy) -> TemplateCheck:
    check = TemplateCheck(shipped("templates"), folder)
    try_templates(check, policy)
    return check


def test_all_shipped_templates_render_with_the_emptiest_and_the_longest_values(policy: Policy) -> None:
    check = tried(None, policy)
    assert check.mistakes() == []
    assert check.unused() == []


def test_the_samples_use_every_value_of_the_shipped_draft(policy: Policy) -> None:
    usual = samples()[1]
    contents = draft(usual.updated, usual.timeline, policy, LATER, [(3, usual.timeline)])
    written = postmortem(contents, usual.names, Templates(shipped("templates")))
    for word in (
        "Replaced by D5",
        "Strong objection by Bob",
        "Stands since",
        "Withdrawn",
        "P1",
        "T2",
        "struck",
    ):
        assert word in written
    assert "late by" in written or "missed" in written
    assert "Errors began" in written
    assert any(isinstance(fact, facts.Cancelled) for each in samples() for fact in each.happened)


def test_the_shipped_templates_in_the_teams_own_folder_have_no_mistakes(
    tmp_path: Path, policy: Policy
) -> None:
    for path in shipped("templates").rglob("*.j2"):
        own(tmp_path, path.relative_to(shipped("templates")).as_posix(), path.read_bytes())
    check = tried(tmp_path, policy)
    assert len(check.own) == len(check.shipped)
    assert check.mistakes() == []
    assert check.unused() == []


def test_a_teams_own_template_is_used_before_the_shipped_one(tmp_path: Path) -> None:
    templates = own(tmp_path, UPDATE, "Please tell us more about {{ reference }}.\n")
    assert templates.message(UPDATE, reference="INC-42") == "Please tell us more about INC-42."


def test_a_file_that_is_changed_later_does_not_count_until_all_are_read_anew(tmp_path: Path) -> None:
    templates = own(tmp_path, UPDATE, "before")
    changed = own(tmp_path, UPDATE, "after")
    assert (templates.message(UPDATE), changed.message(UPDATE)) == ("before", "after")


def test_values_are_escaped_in_messages_and_the_template_itself_is_not(tmp_path: Path) -> None:
    templates = own(tmp_path, UPDATE, "<!here> {{ title }} {{ ready }}")
    text = templates.message(UPDATE, title="<!channel>", ready=Mrkdwn("<#C1>"))
    assert text == "<!here> @\u2060channel <#C1>"


def test_documents_are_not_escaped_for_slack(tmp_path: Path) -> None:
    assert own(tmp_path, DRAFT, "{{ title }}\n").document(DRAFT, title="a & b") == "a & b\n"


@pytest.mark.parametrize(("length", "words"), [(timedelta(minutes=5), "5 min"), (None, "not known")])
def test_a_length_of_time_may_be_missing(tmp_path: Path, length: timedelta | None, words: str) -> None:
    assert own(tmp_path, UPDATE, "{{ late | span }}").message(UPDATE, late=length) == words


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("fine\n{% if %}", ":2: Expected an expression"),
        ("\n{{ refrence }}", ":2: 'refrence' is undefined: did you mean `reference`?"),
        ("x{% if rung == 99 %}\n\n{{ refrence }}{% endif %}", ":3: 'refrence' is undefined: did you mean"),
        ("\n\n{{ title | shout }}", ":3: No filter named 'shout'."),
        ("x\n{% include 'nowhere.j2' %}", ":2: there is no template nowhere.j2"),
        ("x\n{{ cadence + 1 }}", ":2: unsupported operand"),
        ("x\n{{ title | span }}", ":2: 'str' object has no attribute 'total_seconds'"),
        ("x\n{{ title.sub.sub }}", ":2: 'str object' has no attribute 'sub'"),
        ("{% include 'messages/reminder_update.j2' %}", ":1: maximum recursion depth exceeded"),
        ("{% if false %}x{% endif %}", ": it says nothing"),
        (b"x\nsch\xf6n", ":2: this line is not written in UTF-8: save the file as UTF-8"),
        (b"x" * (2**18 + 1), ":1: it has more than 256 kB"),
        ("{{ 1 // (title == 'x') }}", ":1: integer division or modulo by zero"),
    ],
)
def test_a_broken_template_is_told_with_file_line_and_what_is_wrong(
    tmp_path: Path, policy: Policy, text: str | bytes, told: str
) -> None:
    own(tmp_path, UPDATE, text)
    (found,) = tried(tmp_path, policy).mistakes()
    assert str(found).startswith(f"{tmp_path / UPDATE}{told}")


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path, policy: Policy) -> None:
    own(tmp_path, UPDATE, "{{ one }}\n{{ two }} {{ three }}")
    own(tmp_path, DRAFT, "{% for %}")
    own(tmp_path, "messages/duties_scribe.j2", "{{ four }}")
    found = [
        str(each).removeprefix(f"{tmp_path}/").partition(" is ")[0]
        for each in tried(tmp_path, policy).mistakes()
    ]
    assert found == [
        "messages/duties_scribe.j2:1: 'four'",
        f"{UPDATE}:1: 'one'",
        f"{UPDATE}:2: 'three'",
        f"{UPDATE}:2: 'two'",
        f"{DRAFT}:1: Expected an expression, got 'end of statement block'",
    ]


def test_a_mistake_in_an_included_file_is_told_there(tmp_path: Path, policy: Policy) -> None:
    own(tmp_path, "parts/head.j2", "\n\n{{ titel }}")
    own(tmp_path, "parts/foot.j2", "That is all.{% include 'parts/gone.j2' ignore missing %}")
    own(tmp_path, DRAFT, "{% include 'parts/head.j2' %}{% include 'parts/foot.j2' %}")
    check = tried(tmp_path, policy)
    assert [str(each) for each in check.mistakes()] == [f"{tmp_path}/parts/head.j2:3: 'titel' is undefined"]
    assert check.unused() == []


def test_a_name_that_may_be_missing_is_no_mistake(tmp_path: Path, policy: Policy) -> None:
    text = "x{% if of_tomorrow is defined %}{{ of_tomorrow }}{% endif %}{{ other | default('') }}"
    own(
        tmp_path,
        UPDATE,
        text + "{% set mine = 1 %}{{ mine }}{% for each in range(2) %}{{ each }}{% endfor %}",
    )
    assert tried(tmp_path, policy).mistakes() == []


def test_a_syntax_error_is_told_of_what_the_policy_does_not_use(tmp_path: Path) -> None:
    """Duties in the policy come before those in a template."""
    own(tmp_path, "messages/duties_scribe.j2", "{% if %}")
    check = TemplateCheck(shipped("templates"), tmp_path)
    assert "duties_scribe.j2:1: Expected" in str(check.mistakes()[0])
    own(tmp_path, "messages/duties_scribe.j2", "fine")
    assert TemplateCheck(shipped("templates"), tmp_path).mistakes() == []


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("messages/update_rom.j2", "did you mean messages/update_room.j2?"),
        ("update_room.j2", "did you mean messages/update_room.j2?"),
        ("postmortem.j2", "did you mean postmortem.md.j2?"),
        ("zzz.j2", "see the folder templates for those that there are"),
    ],
)
def test_a_file_that_takes_the_place_of_no_template_is_a_warning_with_the_nearest_name(
    tmp_path: Path, policy: Policy, name: str, near: str
) -> None:
    own(tmp_path, name, "{% if %}")
    own(tmp_path, "README.md", "Ours.")
    check = tried(tmp_path, policy)
    assert check.mistakes() == []
    assert [str(each) for each in check.unused()] == [
        f"{tmp_path / name}: it takes the place of no template: {near}"
    ]


def test_a_broken_template_includes_nothing(tmp_path: Path, policy: Policy) -> None:
    own(tmp_path, UPDATE, "{% include 'part.j2' %}{% if %}")
    own(tmp_path, "part.j2", "x")
    assert [each.path.name for each in tried(tmp_path, policy).unused()] == ["part.j2"]


def test_hidden_files_are_left_alone_and_links_are_followed_once(tmp_path: Path) -> None:
    """Kubernetes mounts a folder as links to one with a hidden name."""
    real = tmp_path / "..2026" / "messages"
    own(real.parent, UPDATE, "from a link")
    (tmp_path / "messages").symlink_to(real)
    (real / "again").symlink_to(tmp_path)
    templates = own(tmp_path, ".git/x.j2", "hidden")
    assert templates.own.keys() == {UPDATE}
    assert templates.message(UPDATE) == "from a link"


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, policy: Policy) -> None:
    path = tmp_path / UPDATE
    path.parent.mkdir()
    path.symlink_to(tmp_path / "gone")
    (found,) = tried(tmp_path, policy).mistakes()
    assert str(found) == f"{path}:1: it cannot be read: No such file or directory"


@pytest.mark.parametrize("text", ["{% if %}", "{{ titel }}", "{{ 1 // 0 }}", "", "  \n"])
def test_the_shipped_template_takes_the_place_of_a_broken_one_and_administrators_learn_of_it(
    tmp_path: Path, policy: Policy, text: str
) -> None:
    broken: list[str] = []
    own(tmp_path, DRAFT, text)
    own(tmp_path, UPDATE, text)
    templates = Templates(shipped("templates"), tmp_path, lambda error: broken.append(error.name))
    try_templates(templates, policy)
    assert set(broken) == {DRAFT, UPDATE}
    whole, usual = Templates(shipped("templates")), samples()[1]
    contents = draft(usual.updated, usual.timeline, policy, LATER)
    made = postmortem(contents, {}, templates)
    first, _, rest = made.partition("\n\n")
    assert first.startswith(
        "> **Your own template is broken, so this is the one that is shipped: template postmortem.md.j2"
    )
    assert rest == postmortem(contents, {}, whole)


def test_nothing_takes_the_place_of_a_shipped_template_that_is_broken(tmp_path: Path) -> None:
    own(tmp_path, DRAFT, "{{ titel }}")
    with pytest.raises(TemplateBrokenError, match="'titel' is undefined"):
        Templates(tmp_path).document_or_shipped(DRAFT)


def test_a_missing_template_is_reported(tmp_path: Path) -> None:
    with pytest.raises(TemplateBrokenError, match=r"^template postmortem\.md\.j2: there is no template"):
        Templates(tmp_path).document(DRAFT)


def test_an_error_caused_by_a_value_is_reported_without_the_value(tmp_path: Path) -> None:
    (tmp_path / DRAFT).write_text("{{ '%d' % title }}{{ [1][title] }}{{ title | float + title.zone }}")
    with pytest.raises(TemplateBrokenError) as broken:
        Templates(tmp_path).document(DRAFT, title="TOPSECRET")
    assert "TOPSECRET" not in str(broken.value)
    (tmp_path / DRAFT).write_text("{{ title.format(title) }}")
    with pytest.raises(TemplateBrokenError, match=r"postmortem.md.j2, line 1: KeyError$"):
        Templates(tmp_path).document(DRAFT, title="{TOPSECRET}")
