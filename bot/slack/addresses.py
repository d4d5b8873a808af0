"""The addresses that may be answered: Slack's own, or those of the server in the settings.

A payload names the address for its answer (`response_url`). No other address is ever called.
"""

import re

# Slack docs: response URLs are of hooks.slack.com; GovSlack runs on the domain slack-gov.com.
SLACK = frozenset({"https://hooks.slack.com:443", "https://hooks.slack-gov.com:443"})

_PORTS = {"http": "80", "https": "443"}
# Strict, so that all parsers agree on the host: no user, no backslash, only ASCII.
_ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]{1,5}))?(?:[/?][!-\[\]-~]*)?",
    re.IGNORECASE | re.ASCII,
)


class Addresses:
    """The set of servers that may be answered.

    Args:
        api_url: the address of the Web API; its server may have the response URLs, too.
    """

    def __init__(self, api_url: str) -> None:
        self._known = SLACK | {_server(api_url)} - {""}

    def __contains__(self, url: object) -> bool:
        return isinstance(url, str) and _server(url) in self._known


def _server(url: str) -> str:
    """Scheme, host and port; empty if it is not an address."""
    match = _ADDRESS.fullmatch(url)
    if match is None:
        return ""
    scheme, host = match["scheme"].lower(), match["host"].lower()
    return f"{scheme}://{host}:{match['port'] or _PORTS[scheme]}"
