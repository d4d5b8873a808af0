"""People write the same word in many ways; each of them is read, and nothing else is."""

import pytest

from bot.incident.domain.vocabulary import Severity, Status, mention, reference


@pytest.mark.parametrize(
    "written", ["sev1", "SEV1", "Sev-1", "sev 1", "s1", "1", " sev1 ", "severity 1", "Severity1"]
)
def test_the_worst_severity_is_read_in_every_spelling(written: str) -> None:
    assert Severity.parse(written) is Severity.SEV1


@pytest.mark.parametrize("written", ["", "sev", "sev0", "sev5", "sev12", "severe", "one", "1.5"])
def test_an_unknown_severity_is_not_guessed(written: str) -> None:
    assert Severity.parse(written) is None


def test_sev1_is_the_worst() -> None:
    assert min(Severity) is Severity.SEV1
    assert [each.label for each in sorted(Severity)] == ["SEV1", "SEV2", "SEV3", "SEV4"]


@pytest.mark.parametrize("written", ["mitigated", "MITIGATED", " Mitigated "])
def test_a_status_is_read_in_any_case(written: str) -> None:
    assert Status.parse(written) is Status.MITIGATED


@pytest.mark.parametrize("written", ["", "done", "mitigat", "mitigating soon"])
def test_an_unknown_status_is_not_guessed(written: str) -> None:
    assert Status.parse(written) is None


def test_what_is_over_was_resolved_or_set_aside() -> None:
    aside = [Status.CANCELLED, Status.DUPLICATE]
    assert [status for status in Status if status.is_closed] == [Status.RESOLVED, Status.REVIEWED, *aside]
    assert [status for status in Status if status.is_set_aside] == aside


def test_people_and_incidents_have_their_usual_references() -> None:
    assert mention("U0ALICE") == "<@U0ALICE>"
    assert reference(42) == "INC-42"
