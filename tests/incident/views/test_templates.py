"""Templates: a team's own are used before the shipped ones, and a broken one is reported with its name and place."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.resources import shipped
from bot.core.templates import TemplateBrokenError, Templates
from bot.core.text import Mrkdwn
from bot.incident.domain.policy import Policy
from bot.incident.views.check import check_templates

UPDATE = "messages/reminder_update.j2"


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def own(tmp_path: Path) -> Templates:
    return Templates(shipped("templates"), tmp_path)


def test_all_shipped_templates_render(policy: Policy) -> None:
    check_templates(Templates(shipped("templates")), policy)


def test_a_teams_own_template_is_used_before_the_shipped_one(tmp_path: Path, own: Templates) -> None:
    write(tmp_path, UPDATE, "Please tell us more about {{ reference }}.\n")
    assert own.message(UPDATE, reference="INC-42") == "Please tell us more about INC-42."


def test_the_shipped_templates_are_used_for_the_rest(own: Templates, policy: Policy) -> None:
    check_templates(own, policy)


def test_values_are_escaped_in_messages_and_the_template_itself_is_not(
    tmp_path: Path, own: Templates
) -> None:
    write(tmp_path, UPDATE, "<!here> {{ title }} {{ ready }}")
    text = own.message(UPDATE, title="<!channel>", ready=Mrkdwn("<#C1>"))
    assert text == "<!here> @\u2060channel <#C1>"


def test_documents_are_not_escaped_for_slack(tmp_path: Path, own: Templates) -> None:
    write(tmp_path, "postmortem.md.j2", "{{ title }}\n")
    assert own.document("postmortem.md.j2", title="a & b") == "a & b\n"


@pytest.mark.parametrize(("length", "words"), [(timedelta(minutes=5), "5 min"), (None, "not known")])
def test_a_length_of_time_may_be_missing(
    tmp_path: Path, own: Templates, length: timedelta | None, words: str
) -> None:
    write(tmp_path, UPDATE, "{{ late | span }}")
    assert own.message(UPDATE, late=length) == words


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("fine\n{% if %}", "line 2"),
        ("{{ refrence }}", "'refrence' is undefined"),
        ("{{ title | shout }}", "shout"),
        ("{% include 'nowhere.j2' %}", "nowhere.j2"),
        ("{{ cadence + 1 }}", "unsupported operand"),
        ("{{ title | span }}", "total_seconds"),
    ],
)
def test_a_broken_template_is_reported_with_its_name_and_the_fault(
    tmp_path: Path, own: Templates, policy: Policy, text: str, told: str
) -> None:
    write(tmp_path, UPDATE, text)
    with pytest.raises(TemplateBrokenError) as broken:
        check_templates(own, policy)
    assert UPDATE in str(broken.value)
    assert told in str(broken.value)


def test_a_missing_template_is_reported(tmp_path: Path) -> None:
    with pytest.raises(TemplateBrokenError, match=r"postmortem\.md\.j2"):
        Templates(tmp_path).document("postmortem.md.j2")


def test_a_template_in_another_encoding_is_reported_as_broken(
    tmp_path: Path, own: Templates, policy: Policy
) -> None:
    write(tmp_path, UPDATE, "")
    (tmp_path / UPDATE).write_bytes("schöner".encode("latin-1"))
    with pytest.raises(TemplateBrokenError, match="reminder_update"):
        check_templates(own, policy)


def test_an_error_caused_by_a_value_is_reported_without_the_value(tmp_path: Path, own: Templates) -> None:
    (tmp_path / "postmortem.md.j2").write_text(
        "{{ '%d' % title }}{{ [1][title] }}{{ title | float + title.zone }}"
    )
    with pytest.raises(TemplateBrokenError) as broken:
        own.document("postmortem.md.j2", title="TOPSECRET")
    assert "TOPSECRET" not in str(broken.value)
    (tmp_path / "postmortem.md.j2").write_text("{{ title.format(title) }}")
    with pytest.raises(TemplateBrokenError, match=r"postmortem.md.j2: KeyError$"):
        own.document("postmortem.md.j2", title="{TOPSECRET}")
