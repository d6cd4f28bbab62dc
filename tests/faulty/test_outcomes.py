"""Every fault of the simulator, to the end: what it is called, what is told, and to whom."""

from __future__ import annotations

from dataclasses import dataclass
from html import unescape

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from ai import retry
from ai.errors import Outcome
from metrics_app.models import Call
from sessions_app import pipeline
from sessions_app.models import RunState, SessionRun
from sessions_app.reasons import Reason, reason
from tests.acceptance.talks import AGREEING
from tests.factories import RunFactory, UserFactory
from tests.openai_sim.faults import Fault
from tests.simulator import Simulator

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.page]

ONE_WINDOW = " ".join(AGREEING.split()[:150])


@dataclass(frozen=True, slots=True)
class Meant:
    """`attempt`: what the ledger calls a single one; `end`: why the report does without a model."""

    attempt: Outcome
    end: Outcome


def lasting(outcome: Outcome) -> Meant:
    return Meant(outcome, outcome)


def passing(outcome: Outcome) -> Meant:
    """Asked until patience is used up."""
    return Meant(outcome, Outcome.UNAVAILABLE)


MEANT = {
    Fault.RATE_LIMITED: passing(Outcome.RATE_LIMITED),
    Fault.SERVER_ERROR: passing(Outcome.SERVER_ERROR),
    Fault.OVERLOADED: passing(Outcome.SERVER_ERROR),
    Fault.RESET: passing(Outcome.CONNECTION),
    Fault.STALL: passing(Outcome.TIMEOUT),
    Fault.SLOW_DRIP: passing(Outcome.TIMEOUT),
    Fault.EMPTY: lasting(Outcome.EMPTY),
    Fault.WRONG_SCHEMA: lasting(Outcome.MALFORMED),
    Fault.TRUNCATED_JSON: lasting(Outcome.MALFORMED),
    Fault.LENGTH: lasting(Outcome.TRUNCATED),
    Fault.REFUSAL: lasting(Outcome.REFUSED),
    Fault.CONTENT_FILTER: lasting(Outcome.FILTERED),
    Fault.FILTER_400: lasting(Outcome.FILTERED),
    Fault.CONTEXT_TOO_LONG: lasting(Outcome.TOO_LONG),
    Fault.QUOTA: lasting(Outcome.QUOTA_EXHAUSTED),
}

SLOW = {Fault.STALL, Fault.SLOW_DRIP}


@pytest.fixture(autouse=True)
def impatient(settings: Settings, simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.OPENAI_BASE_URL = simulator.url
    settings.MODEL_WAIT_SECONDS = 0
    monkeypatch.setattr(retry, "MAX_ATTEMPTS", 2)
    monkeypatch.setattr(retry, "FIRST_BACKOFF_SECONDS", 0.01)


def told(code: Outcome, language: str) -> Reason:
    with translation.override(language):
        return reason(code)


def page(client: Client, path: str, language: str) -> str:
    response = client.get(path, headers={"accept-language": language})
    assert response.status_code == 200
    return unescape(response.content.decode())


@pytest.mark.parametrize("fault", Fault)
def test_a_fault_has_a_name_and_its_end_is_told_to_speaker_and_staff(
    fault: Fault, simulator: Simulator, client: Client, admin_client: Client, settings: Settings
) -> None:
    meant = MEANT[fault]
    if fault in SLOW:
        settings.AI_ATTEMPT_SECONDS = 0.5
    simulator.set_faults({fault.value: 1.0})
    run = RunFactory.create(
        session__owner=UserFactory.create(),
        session__transcript_text=ONE_WINDOW,
        session__transcript_format="txt",
    )
    pipeline.execute(run.pk)
    run = SessionRun.objects.select_related("session__owner").get(pk=run.pk)

    assert (run.state, run.mode) == (RunState.COMPLETED, "rule_based")
    assert run.steps_down[-1]["reason"] == meant.end
    sent = Call.objects.filter(run_id=run.pk, cache_hit=False)
    assert set(sent.values_list("outcome", flat=True)) == {meant.attempt}
    client.force_login(run.session.owner)
    for language in ("en", "de"):
        why = told(meant.end, language)
        shown = page(client, f"/talks/{run.session_id}/", language)
        assert why.happened in shown
        assert why.advice in shown
        for_staff = page(admin_client, f"/admin/sessions_app/sessionrun/{run.pk}/change/", language)
        assert why.happened in for_staff
        assert why.staff in for_staff
    assert run.steps_down[-1]["detail"] in for_staff
    assert told(meant.end, "de") != told(meant.end, "en")


def test_every_kind_of_fault_is_in_the_table() -> None:
    assert MEANT.keys() == set(Fault)
