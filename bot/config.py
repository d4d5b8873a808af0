"""Settings from the environment and `.env`. All mistakes are reported at once, and the bot starts only without any."""

from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    Field,
    ModelWrapValidatorHandler,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.core.errors import WarroomError
from bot.core.mistakes import located
from bot.core.page_links import PageLinks
from bot.incident.settings import IncidentSettings

SLACK_API = "https://slack.com/api/"
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
GITHUB_API = "https://api.github.com/"


class SettingsError(WarroomError):
    """The settings cannot be used; the message lists every mistake and what to do about it."""


def _slash(url: str) -> str:
    if not url.startswith(("http://", "https://")):
        raise ValueError("must be a URL that begins with https:// or http://")
    return url if url.endswith("/") else url + "/"


def _optional_slash(url: str | None) -> str | None:
    return _slash(url) if url else None


def _database(url: str) -> str:
    if url.partition("://")[0].partition("+")[0] not in {"sqlite", "postgres", "postgresql"}:
        raise ValueError("must begin with sqlite:/// or postgresql://")
    return url


def _public(url: str | None) -> str | None:
    if url is None:
        return None
    scheme, host = urlsplit(url).scheme, urlsplit(url).hostname
    if not host or not (scheme == "https" or (scheme == "http" and host in _LOOPBACK)):
        raise ValueError("must be a URL that begins with https:// (http:// only for this machine itself)")
    if urlsplit(url).query or urlsplit(url).fragment or "@" in urlsplit(url).netloc:
        raise ValueError("must be an address without a user name, `?` and `#`")
    return url.rstrip("/")


def _folder(path: Path | None) -> Path | None:
    if path and not path.is_dir():
        raise ValueError(f"there is no folder {path}")
    return path


def _file(path: Path | None) -> Path | None:
    if path and not path.is_file():
        raise ValueError(f"there is no file {path}")
    return path


def _prefixed(prefix: str) -> AfterValidator:
    def check(value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().startswith(prefix):
            raise ValueError(f"must begin with {prefix}: look for it under the app's settings in Slack")
        return value

    return AfterValidator(check)


class Settings(IncidentSettings, BaseSettings):
    """All settings, including those of the subjects. `.env.example` explains each."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        env_ignore_empty=True,
        hide_input_in_errors=True,
    )

    slack_bot_token: Annotated[SecretStr | None, _prefixed("xoxb-")] = None
    slack_app_token: Annotated[SecretStr | None, _prefixed("xapp-")] = None
    slack_signing_secret: SecretStr | None = None
    slack_api_url: Annotated[str, AfterValidator(_slash)] = SLACK_API
    port: Annotated[int | None, Field(ge=1, le=65535)] = None
    public_url: Annotated[str | None, AfterValidator(_public)] = None
    github_token: SecretStr | None = None
    github_api_url: Annotated[str, AfterValidator(_slash)] = GITHUB_API
    github_webhook_secret: SecretStr | None = None
    jira_url: Annotated[str | None, AfterValidator(_optional_slash)] = None
    jira_email: str | None = None
    jira_token: SecretStr | None = None
    jira_webhook_secret: SecretStr | None = None
    host: str = "0.0.0.0"  # noqa: S104  # a container needs it; only signed requests are accepted
    sockets: Annotated[int, Field(ge=1, le=10)] = 2  # Slack allows an app ten
    database_url: Annotated[str, AfterValidator(_database)] = "sqlite:///warroom.db"
    policy_file: Annotated[Path | None, AfterValidator(_file)] = None
    templates_dir: Annotated[Path | None, AfterValidator(_folder)] = None
    log_format: Literal["text", "json"] = "text"
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @model_validator(mode="wrap")
    @classmethod
    def _whole(cls, given: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Check that the tokens are complete: some but not all is a mistake. It is reported with all other mistakes."""
        missing = _missing(given) if isinstance(given, dict) else []
        mistakes = [located("incomplete: set also " + "; and ".join(missing), ())] if missing else []
        try:
            made = handler(given)
        except ValidationError as error:
            errors = error.errors(include_input=False, include_url=False)
            mistakes += [located(each["msg"].removeprefix("Value error, "), each["loc"]) for each in errors]
        if mistakes:
            raise ValidationError.from_exception_data("settings", mistakes)
        return made

    @property
    def has_tokens(self) -> bool:
        """Whether any setting of a real workspace is set; none at all means practice."""
        return any((self.slack_bot_token, self.slack_app_token, self.slack_signing_secret))

    @property
    def bot_token(self) -> str:
        """The bot token in plain text, only for the Slack client."""
        return self.slack_bot_token.get_secret_value() if self.slack_bot_token else ""

    @property
    def app_token(self) -> str:
        """The app-level token in plain text, only for the Socket Mode client."""
        return self.slack_app_token.get_secret_value() if self.slack_app_token else ""

    @property
    def signing_secret(self) -> str | None:
        """The signing secret in plain text, only for Bolt; None unless requests come by HTTP."""
        return (
            self.slack_signing_secret.get_secret_value() if self.slack_signing_secret and self.port else None
        )

    @property
    def uses_http(self) -> bool:
        """Whether Slack calls us (signed HTTP) and not we Slack (Socket Mode)."""
        return self.signing_secret is not None

    @property
    def page_links(self) -> PageLinks | None:
        """What makes links to pages; None where pages are files only."""
        if not (self.port and self.public_url and self.slack_bot_token):
            return None
        return PageLinks.of(self.public_url, self.bot_token)


class GivenSettings(Settings):
    """Settings that are passed as arguments, without the environment and `.env`. Practice and drills use them."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only the arguments."""
        del settings_cls, env_settings, dotenv_settings, file_secret_settings
        return (init_settings,)


def load_settings(**given: Any) -> Settings:
    """Read the settings; arguments have priority.

    Raises:
        SettingsError: something is missing or wrong.
    """
    try:
        return Settings(**given)
    except UnicodeDecodeError as error:
        raise SettingsError(".env is not written in UTF-8: save it as UTF-8.") from error
    except ValidationError as error:
        raise SettingsError("The settings have mistakes:\n" + _mistakes_in(error)) from error


def _missing(given: dict[str, Any]) -> list[str]:
    """The settings that are missing beside the given tokens."""
    bot, app, secret = (given.get(f"slack_{name}") for name in ("bot_token", "app_token", "signing_secret"))
    missing: list[str] = []
    if (app or secret) and not bot:
        missing.append("SLACK_BOT_TOKEN (xoxb-…, OAuth & Permissions)")
    if bot and not app and not secret:
        missing.append(
            "SLACK_APP_TOKEN (xapp-…, Basic Information) for Socket Mode, or SLACK_SIGNING_SECRET and PORT for HTTP"
        )
    if secret and not given.get("port"):
        missing.append("PORT, on which Slack's signed requests arrive")
    return missing


def _mistakes_in(error: ValidationError) -> str:
    """Each mistake on a line, with the variable's name. Values are left out: they may be secrets."""
    rows = []
    for mistake in error.errors(include_input=False, include_url=False):
        name = ".".join(str(step) for step in mistake["loc"]).upper()
        rows.append(f"  {name + ': ' if name else ''}{mistake['msg'].removeprefix('Value error, ')}")
    return "\n".join(rows)
