"""Settings: all mistakes at once, no secret in a message, no partial start."""

import traceback
from pathlib import Path

import pytest

from bot.config import SLACK_API, GivenSettings, Settings, SettingsError, load_settings

BOT, APP, SECRET = "xoxb-hush", "xapp-hush", "hush-hush"


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither the environment nor the `.env` of this machine is read."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def given(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    """The settings from an environment with these variables."""
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return load_settings()


def refused(monkeypatch: pytest.MonkeyPatch, **values: str) -> str:
    """What is reported for this environment."""
    with pytest.raises(SettingsError) as error:
        given(monkeypatch, **values)
    message = str(error.value)
    assert message.startswith("The settings have mistakes:\n")
    return message


def test_no_variable_at_all_means_practice() -> None:
    settings = load_settings()
    assert not settings.has_tokens
    assert not settings.uses_http
    assert settings.slack_api_url == SLACK_API


def test_a_bot_token_and_an_app_token_mean_socket_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = given(monkeypatch, SLACK_BOT_TOKEN=BOT, SLACK_APP_TOKEN=APP)
    assert settings.has_tokens
    assert not settings.uses_http


def test_a_port_with_socket_mode_is_for_probes_and_prometheus(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = given(monkeypatch, SLACK_BOT_TOKEN=BOT, SLACK_APP_TOKEN=APP, PORT="9100")
    assert not settings.uses_http
    assert settings.port == 9100


def test_a_bot_token_a_signing_secret_and_a_port_mean_http(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = given(monkeypatch, SLACK_BOT_TOKEN=BOT, SLACK_SIGNING_SECRET=SECRET, PORT="3000")
    assert settings.uses_http
    assert settings.port == 3000


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({"SLACK_BOT_TOKEN": BOT}, ["SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET and PORT"]),
        ({"SLACK_APP_TOKEN": APP}, ["SLACK_BOT_TOKEN"]),
        ({"SLACK_SIGNING_SECRET": SECRET}, ["SLACK_BOT_TOKEN", "PORT"]),
        ({"SLACK_SIGNING_SECRET": SECRET, "PORT": "3000"}, ["SLACK_BOT_TOKEN"]),
        ({"SLACK_BOT_TOKEN": BOT, "SLACK_SIGNING_SECRET": SECRET}, ["PORT"]),
        ({"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP, "SLACK_SIGNING_SECRET": SECRET}, ["PORT"]),
        ({"SLACK_BOT_TOKEN": BOT, "PORT": "3000"}, ["SLACK_APP_TOKEN"]),
    ],
)
def test_some_tokens_but_not_all_are_a_mistake(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str], missing: list[str]
) -> None:
    message = refused(monkeypatch, **values)
    assert "incomplete: set also" in message
    assert all(name in message for name in missing)


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not given(monkeypatch, SLACK_BOT_TOKEN="", SLACK_APP_TOKEN="", PORT="").has_tokens


def test_a_port_alone_is_only_for_health_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not given(monkeypatch, PORT="3000").has_tokens


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SLACK_BOT_TOKEN", "xapp-hush", "must begin with xoxb-"),
        ("SLACK_APP_TOKEN", "xoxb-hush", "must begin with xapp-"),
        ("SLACK_API_URL", "slack.com/api", "must be a URL"),
        ("INCIDENTS_CHANNEL", "#incidents", "is no channel id"),
        ("INCIDENTS_CHANNEL", "c0incidents", "is no channel id"),
        ("INCIDENTS_CHANNEL", "U0ALICE", "is no channel id"),
        ("PORT", "0", "greater than or equal to 1"),
        ("PORT", "65536", "less than or equal to 65535"),
        ("PORT", "http", "valid integer"),
        ("PUBLIC_URL", "bot.example.com", "begins with https://"),
        ("PUBLIC_URL", "http://bot.example.com", "http:// only for this machine"),
        ("PUBLIC_URL", "https://", "begins with https://"),
        ("PUBLIC_URL", "https://me@bot.example.com", "without a user name"),
        ("PUBLIC_URL", "https://bot.example.com/?a=b", "without a user name"),
        ("SOCKETS", "11", "less than or equal to 10"),
        ("SOCKETS", "0", "greater than or equal to 1"),
        ("LOG_FORMAT", "xml", "'text' or 'json'"),
        ("LOG_LEVEL", "loud", "'debug', 'info'"),
    ],
)
def test_a_mistake_is_reported_with_the_name_of_its_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    message = refused(monkeypatch, **{name: value})
    assert f"  {name}: " in message
    assert words in message


def test_links_to_pages_need_a_port_and_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = {"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP}
    address = {"PUBLIC_URL": "https://bot.example.com/warroom/"}
    found = given(monkeypatch, **tokens, **address, PORT="8080").page_links
    assert found is not None
    assert found.url == "https://bot.example.com/warroom"
    assert given(monkeypatch, **tokens, PUBLIC_URL="http://localhost:8080", PORT="8080").page_links
    assert given(monkeypatch, **tokens, **address, PORT="").page_links is None
    assert given(monkeypatch, **tokens, PUBLIC_URL="", PORT="8080").page_links is None


def test_all_mistakes_are_reported_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    message = refused(monkeypatch, PORT="http", SOCKETS="11", LOG_LEVEL="loud", SLACK_BOT_TOKEN=APP)
    assert [
        name for name in ("PORT", "SOCKETS", "LOG_LEVEL", "SLACK_BOT_TOKEN") if f"  {name}: " in message
    ] == [
        "PORT",
        "SOCKETS",
        "LOG_LEVEL",
        "SLACK_BOT_TOKEN",
    ]


def test_missing_and_wrong_variables_are_reported_together(monkeypatch: pytest.MonkeyPatch) -> None:
    message = refused(monkeypatch, SLACK_BOT_TOKEN=BOT, TEMPLATES_DIR="nowhere")
    assert "SLACK_APP_TOKEN" in message
    assert "TEMPLATES_DIR: there is no folder nowhere" in message


def test_a_folder_of_templates_must_exist(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert given(monkeypatch, TEMPLATES_DIR=str(tmp_path)).templates_dir == tmp_path
    assert "TEMPLATES_DIR: there is no folder nowhere" in refused(monkeypatch, TEMPLATES_DIR="nowhere")


@pytest.mark.parametrize(
    "values",
    [
        {"SLACK_BOT_TOKEN": "hush"},
        {"SLACK_APP_TOKEN": "hush"},
        {"SLACK_BOT_TOKEN": BOT},
        {"SLACK_SIGNING_SECRET": SECRET},
        {"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP, "PORT": "http"},
    ],
)
def test_a_secret_is_never_shown(monkeypatch: pytest.MonkeyPatch, values: dict[str, str]) -> None:
    assert "hush" not in refused(monkeypatch, **values)


@pytest.mark.parametrize("values", [{"SLACK_BOT_TOKEN": "hush"}, {"SLACK_BOT_TOKEN": BOT}])
def test_a_traceback_shows_no_secret(monkeypatch: pytest.MonkeyPatch, values: dict[str, str]) -> None:
    with pytest.raises(SettingsError) as error:
        given(monkeypatch, **values)
    assert "hush" not in "".join(traceback.format_exception(error.value, limit=0))


def test_settings_show_no_secrets_when_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = given(monkeypatch, SLACK_BOT_TOKEN=BOT, SLACK_APP_TOKEN=APP)
    assert "hush" not in f"{settings!r} {settings}"


@pytest.mark.parametrize("written", ["http://127.0.0.1:8420/api", "http://127.0.0.1:8420/api/"])
def test_the_api_url_may_end_with_a_slash_or_not(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    assert given(monkeypatch, SLACK_API_URL=written).slack_api_url == "http://127.0.0.1:8420/api/"


@pytest.mark.parametrize("channel", ["C0INCIDENTS", "G0INCIDENTS", ""])
def test_the_incidents_channel_is_an_id_or_none(monkeypatch: pytest.MonkeyPatch, channel: str) -> None:
    assert given(monkeypatch, INCIDENTS_CHANNEL=channel).incidents_channel == channel


def test_settings_may_be_in_a_file_and_the_environment_comes_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=debug\nLOG_FORMAT=json\nPAGER=less\n", encoding="utf-8")
    settings = given(monkeypatch, LOG_LEVEL="error")
    assert (settings.log_level, settings.log_format) == ("error", "json")


def test_settings_given_by_the_caller_come_before_all_others() -> None:
    assert load_settings(log_level="debug").log_level == "debug"


def test_practice_never_reads_a_real_token(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", BOT)
    (tmp_path / ".env").write_text(f"SLACK_APP_TOKEN={APP}\n", encoding="utf-8")
    settings = GivenSettings(log_level="debug")
    assert not settings.has_tokens
    assert settings.log_level == "debug"
