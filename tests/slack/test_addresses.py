"""The addresses that answers may be sent to."""

import pytest

from bot.slack.addresses import Addresses

SANDBOX = "http://127.0.0.1:8420/api/"


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.slack.com/commands/T1/2/x",
        "https://hooks.slack.com/actions/T1/2/x",
        "https://HOOKS.slack.com:443/app/T1/2/x",
        "https://hooks.slack-gov.com/commands/T1/2/x",
        "http://127.0.0.1:8420/response/T1/x",
    ],
)
def test_answers_go_to_addresses_of_slack_and_of_the_configured_server(url: str) -> None:
    assert url in Addresses(SANDBOX)


@pytest.mark.parametrize(
    "url",
    [
        None,
        5,
        ["https://hooks.slack.com/x"],
        "",
        "hooks.slack.com/x",
        "http://hooks.slack.com/x",
        "https://hooks.slack.com:8443/x",
        "https://hooks.slack.com.evil.example/x",
        "https://evil.example/hooks.slack.com",
        "https://hooks.slack.com@evil.example/x",
        "https://hooks.slack.com\\@evil.example/x",
        "https://evil.example#@hooks.slack.com/",
        "https://hooks.slack.com%2eevil.example/",
        "https://hooks.slack.com\n.evil.example/",
        " https://hooks.slack.com/x",
        "https://hooks.slack.com/\nx",
        "//hooks.slack.com/x",
        "file:///etc/passwd",
        "http://127.0.0.1:8421/response/T1/x",
        "http://localhost:8420/response/T1/x",
        "https://127.0.0.1:8420/response/T1/x",
        "http://169.254.169.254/latest/meta-data/",
    ],
    ids=repr,
)
def test_answers_go_to_no_other_address(url: object) -> None:
    assert url not in Addresses(SANDBOX)


def test_an_unreadable_api_address_allows_no_more_addresses() -> None:
    assert "" not in Addresses("http://user@127.0.0.1/api/")
    assert "http://127.0.0.1/x" not in Addresses("http://user@127.0.0.1/api/")
