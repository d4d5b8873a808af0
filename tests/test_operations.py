"""docs/operations.md and docs/alerts.yml name every metric, alert and event, and only existing ones."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot.core.metrics import Metrics
from bot.subjects import FIGURES

DOCS = Path(__file__).parent.parent / "docs"
OPERATIONS = (DOCS / "operations.md").read_text()
RULES: list[dict[str, Any]] = yaml.safe_load((DOCS / "alerts.yml").read_text())["groups"][0]["rules"]


def _exposed() -> set[str]:
    """Every name that /metrics can have, once something of each kind has happened."""
    metrics = Metrics()
    metrics.commanded("word", "list", "done")
    metrics.acked("slash_commands", 0.01)
    metrics.delivered("Post", "delivered")
    metrics.requested("chat.postMessage", "200", 0.1)
    metrics.limited("chat.postMessage", 1)
    metrics.reminded(1)
    for each in FIGURES:
        metrics.add(each.name, each.meaning, each.label)
    metrics.stored(1, 1, 1, {each.name: {"SEV1": 1} for each in FIGURES})
    families = text_string_to_metric_families(metrics.text().decode())
    return {sample.name for family in families for sample in family.samples}


def test_every_figure_is_explained() -> None:
    told = set(re.findall(r"`(warroom_\w+)`", OPERATIONS))
    names = {name for name in _exposed() if name.startswith("warroom_") and not name.endswith("_created")}
    histograms = {name.removesuffix("_bucket") for name in names if name.endswith("_bucket")}
    plain = {name for name in names if re.sub(r"_(bucket|sum|count)$", "", name) not in histograms}
    assert told == histograms | plain


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule["alert"]))
def test_every_alert_uses_existing_metrics_and_is_explained(rule: dict[str, Any]) -> None:
    asked = set(re.findall(r"\bwarroom_\w+", rule["expr"]))
    assert asked <= _exposed()
    assert asked or 'up{job="warroom"}' in rule["expr"]
    assert rule["expr"].count("(") == rule["expr"].count(")")
    assert re.search(rf"^\| `{rule['alert']}` \|( [^|]+ \|){{3}}$", OPERATIONS, re.MULTILINE)
    assert rule["labels"]["severity"] in {"page", "ticket"}


def test_a_bucket_that_an_alert_uses_exists() -> None:
    metrics = Metrics()
    for rule in RULES:
        for name, bound in re.findall(r'(warroom_\w+)_bucket{le="([\d.]+)"}', rule["expr"]):
            assert f'{name}_bucket{{le="{bound}"}}' in metrics.text().decode()


def test_every_event_on_the_page_is_logged_in_the_code() -> None:
    code = "".join(path.read_text() for path in (DOCS.parent / "bot").rglob("*.py"))
    table = OPERATIONS.partition("## Logs")[2]
    for event in re.findall(r"`((?:act|slack|outbox|reminders|warroom)\.\w+)`", table):
        assert f'"{event}"' in code, event


def test_every_link_on_the_pages_has_a_target() -> None:
    for page in DOCS.glob("*.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_alert_has_a_test_that_it_fires() -> None:
    tried = yaml.safe_load((Path(__file__).parent / "alerts.yml").read_text())["tests"]
    firing = {
        rule["alertname"] for test in tried for rule in test.get("alert_rule_test", ()) if rule["exp_alerts"]
    }
    assert firing == {rule["alert"] for rule in RULES}
