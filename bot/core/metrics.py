"""Figures for Prometheus. Labels come from small fixed sets: never a title, a person, a channel or free text."""

import platform
from collections.abc import Mapping
from importlib.metadata import version
from typing import Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

ActResult = Literal["done", "refused", "failed"]

# Seconds. An ack must come within 3, and people notice 0.1; a call that takes 10 is given up.
_ACK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)
_CALL = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_LATE = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0, 3600.0)
_UNKNOWN = float("nan")


class Metrics:
    """The metrics of one bot. docs/operations.md explains each.

    Attributes:
        registry: its own registry, so that two bots in one process do not mix.
    """

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._commands = Counter(
            "warroom_commands",
            "What people did: words, buttons, forms, shortcuts.",
            ["kind", "name", "outcome"],
            registry=registry,
        )
        self._acks = Histogram(
            "warroom_ack_seconds",
            "Time from the arrival of a request or event of Slack to the ack.",
            ["kind"],
            buckets=_ACK,
            registry=registry,
        )
        self._unheard = Counter(
            "warroom_unheard",
            "Events and requests of Slack without a listener: acked, and nothing else.",
            registry=registry,
        )
        self._deliveries = Counter(
            "warroom_deliveries",
            "Attempts to deliver something to Slack.",
            ["call", "outcome", "reason"],
            registry=registry,
        )
        self._requests = Histogram(
            "warroom_slack_request_seconds",
            "Requests to Slack's Web API and how long they took.",
            ["method", "status"],
            buckets=_CALL,
            registry=registry,
        )
        self._limited = Counter(
            "warroom_rate_limited", "Slack's answers with status 429.", ["method"], registry=registry
        )
        self._limited_for = Counter(
            "warroom_rate_limited_seconds",
            "How long Slack asked us to wait, in all.",
            ["method"],
            registry=registry,
        )
        self._late = Histogram(
            "warroom_reminder_lateness_seconds",
            "Time from when a reminder was due until Slack showed it.",
            buckets=_LATE,
            registry=registry,
        )
        self._reconnects = Counter(
            "warroom_socket_reconnects",
            "Socket Mode connections that replaced an earlier one.",
            registry=registry,
        )
        self._broken_templates = Counter(
            "warroom_templates_broken",
            "Texts that were written with the shipped template, because the team's own broke.",
            registry=registry,
        )
        self._sockets = Gauge("warroom_sockets_connected", "Socket Mode connections.", registry=registry)
        self._database_up = Gauge(
            "warroom_database_up", "Whether the database answered just now.", registry=registry
        )
        self._depth = Gauge(
            "warroom_outbox_depth", "Effects that Slack does not show yet.", registry=registry
        )
        self._oldest = Gauge(
            "warroom_outbox_oldest_seconds", "For how long the oldest of them has waited.", registry=registry
        )
        self._dead = Gauge("warroom_outbox_dead", "Effects that Slack refused for good.", registry=registry)
        self._added: dict[str, Gauge] = {}
        self._deliverer = Gauge(
            "warroom_deliverer_age_seconds",
            "How long ago the deliverer last looked at the outbox.",
            registry=registry,
        )
        build = Gauge(
            "warroom_build_info",
            "Always 1; the labels say what runs.",
            ["version", "python"],
            registry=registry,
        )
        build.labels(version("warroom"), platform.python_version()).set(1)

    def add(self, name: str, meaning: str, label: str) -> None:
        """There is a figure of this name, which `stored` is given by the values of its one label."""
        self._added[name] = Gauge(name, meaning, [label], registry=self.registry)

    def commanded(self, kind: str, name: str, outcome: ActResult) -> None:
        """Count an act of a person. `name` must be a registered one; all others are `other`."""
        self._commands.labels(kind, name, outcome).inc()

    def acked(self, kind: str, seconds: float) -> None:
        """Count an ack to Slack, with the time that it took."""
        self._acks.labels(kind).observe(seconds)

    def unheard(self) -> None:
        """Count something from Slack that has no listener, for example an event to which the app need not subscribe."""
        self._unheard.inc()

    def delivered(self, call: str, outcome: str, reason: str = "") -> None:
        """Count an attempt to deliver: `delivered`, `retry` (with the class of its reason), or `dead`."""
        self._deliveries.labels(call, outcome, reason).inc()

    def requested(self, method: str, status: str, seconds: float) -> None:
        """Count a request to Slack; `status` is `none` if there was no answer."""
        self._requests.labels(method, status).observe(seconds)

    def limited(self, method: str, seconds: float) -> None:
        """Count a rate limit: Slack asked us to wait for `seconds`."""
        self._limited.labels(method).inc()
        self._limited_for.labels(method).inc(seconds)

    def reminded(self, late: float) -> None:
        """Record how many seconds after it was due Slack showed a reminder."""
        self._late.observe(max(late, 0.0))

    def reconnected(self) -> None:
        """Count a Socket Mode connection that replaced an earlier one."""
        self._reconnects.inc()

    def template_broken(self) -> None:
        """Count a text for which a shipped template took the place of the team's own."""
        self._broken_templates.inc()

    def connected(self, sockets: int, deliverer_age: float) -> None:
        """Set the figures of this process."""
        self._sockets.set(sockets)
        self._deliverer.set(deliverer_age)

    def stored(self, depth: int, oldest: float, dead: int, added: Mapping[str, Mapping[str, int]]) -> None:
        """Set the figures from the database. `added` holds those of `add`, by name and by value of the label."""
        self._database_up.set(1)
        self._depth.set(depth)
        self._oldest.set(oldest)
        self._dead.set(dead)
        for name, counts in added.items():
            for value, count in counts.items():
                self._added[name].labels(value).set(count)

    def database_away(self) -> None:
        """Remove the figures from the database while it does not answer: no figure is better than an old one."""
        self._database_up.set(0)
        for gauge in (self._depth, self._oldest, self._dead):
            gauge.set(_UNKNOWN)
        for gauge in self._added.values():
            gauge.clear()

    def text(self) -> bytes:
        """Everything, in Prometheus' text format."""
        return generate_latest(self.registry)
