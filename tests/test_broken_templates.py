"""A template that turns out to be broken is in the log and in a metric, so that administrators hear of it."""

from structlog.testing import capture_logs

from bot.core.metrics import Metrics
from bot.core.templates import TemplateBrokenError
from bot.starting import broken_templates


def test_a_broken_template_is_logged_with_its_place_and_counted() -> None:
    metrics = Metrics()
    tell = broken_templates(metrics)
    assert b"warroom_templates_broken_total 0.0" in metrics.text()
    with capture_logs() as logs:
        tell(TemplateBrokenError("messages/update_room.j2", "unexpected '}'", 7))
    assert "messages/update_room.j2, line 7: unexpected '}'" in str(logs)
    assert b"warroom_templates_broken_total 1.0" in metrics.text()
