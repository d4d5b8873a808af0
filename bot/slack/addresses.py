"""Where answers may go: Slack's own addresses, or those of the server that the settings name.

A payload says where it wants its answer (`response_url`). Whatever stands there, we never call anybody else.
"""

import re

# Slack docs: response URLs are of hooks.slack.com; GovSlack runs on the domain slack-gov.com.
SLACK = frozenset({"https://hooks.slack.com:443", "https://hooks.slack-gov.com:443"})

_PORTS = {"http": "80", "https": "443"}
# Strict, so that no two readers can differ about the host: no user, no backslash, nothing but ASCII.
_ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]{1,5}))?(?:[/?][!-\[\]-~]*)?",
    re.IGNORECASE | re.ASCII,
)


class Addresses:
    """The servers that may be answered.

    Args:
        api_url: the address of the Web API; its server may have the response URLs, too.
    """

    def __init__(self, api_url: str) -> None:
        self._known = SLACK | {_server(api_url)} - {""}

    def __contains__(self, url: object) -> bool:
        return isinstance(url, str) and _server(url) in self._known


def _server(url: str) -> str:
    """Scheme, host and port; empty where it is no address."""
    match = _ADDRESS.fullmatch(url)
    if match is None:
        return ""
    scheme, host = match["scheme"].lower(), match["host"].lower()
    return f"{scheme}://{host}:{match['port'] or _PORTS[scheme]}"
