from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from metrics_app.queries import Call
from tests.ports import free_port
from tests.simulator import Simulator

pytestmark = pytest.mark.django_db(transaction=True)

KINDS = ("analysis", "coaching", "transcription", "embedding")


def check(seconds: float = 20) -> str:
    out = StringIO()
    call_command("check_models", "--seconds", str(seconds), stdout=out)
    return out.getvalue()


def failing() -> tuple[str, str]:
    """What was printed, and the error at the end."""
    out = StringIO()
    with pytest.raises(CommandError) as stopped:
        call_command("check_models", "--seconds", "20", stdout=out)
    assert stopped.value.returncode == 1
    return out.getvalue(), str(stopped.value)


@pytest.fixture
def server(simulator: Simulator, settings: Settings) -> Simulator:
    settings.OPENAI_BASE_URL = simulator.url
    return simulator


def line(out: str, start: str) -> str:
    (found,) = [row for row in out.splitlines() if row.startswith(start)]
    return found


def test_without_a_model_it_says_what_to_set() -> None:
    assert "Set OPENAI_API_KEY or OPENAI_BASE_URL" in check()


def test_every_kind_of_call_is_tried_with_time_and_cost(server: Simulator) -> None:
    out = check()
    for kind in KINDS:
        assert "works" in line(out, kind)
        assert " s " in line(out, kind)
        assert "USD" in line(out, kind)
    assert "times of words" in line(out, "transcription")
    assert "Everything that is configured works." in out


def test_what_it_spends_is_in_the_ledger(server: Simulator) -> None:
    check()
    assert {call.run_kind for call in Call.objects.all()} == {"check"}
    assert sum(call.cost_usd or 0 for call in Call.objects.all()) == server.bill().total


def test_each_time_it_really_asks(server: Simulator) -> None:
    check()
    before = len(server.log())
    check()
    assert len(server.log()) == 2 * before


def test_the_end_of_a_model_is_told_with_what_to_set(server: Simulator, settings: Settings) -> None:
    settings.AI_MODEL_TRANSCRIPTION = "whisper-1"
    assert "whisper-1 ends on 2027-02-26; set gpt-transcribe instead" in check()


def test_a_model_that_is_not_offered_is_told(server: Simulator, settings: Settings) -> None:
    settings.AI_MODEL_COACHING = "gpt-unheard-of"
    assert "gpt-unheard-of is not on the list" in check()


def test_a_model_that_is_not_wanted_is_not_missed(server: Simulator, settings: Settings) -> None:
    settings.AI_MODEL_EMBEDDING = ""
    assert "is not on the list" not in check()


def test_only_what_does_not_work_is_blamed(
    server: Simulator, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ai.retry.FIRST_BACKOFF_SECONDS", 0.001)
    settings.TRANSCRIPTION_BASE_URL = f"http://127.0.0.1:{free_port()}/v1"
    out, error = failing()
    assert "FAILED" in line(out, "transcription")
    assert "works" in line(out, "analysis")
    assert "Is the server running" in out
    assert error == "Does not work: transcription."


def test_a_wrong_address_is_explained(server: Simulator, settings: Settings) -> None:
    settings.OPENAI_BASE_URL = server.root + "/v2"
    out, error = failing()
    assert "its /v1 at the end included" in out
    assert error == f"Does not work: {', '.join(KINDS)}."


def test_an_empty_account_is_explained(server: Simulator) -> None:
    server.set_faults({"quota": 1.0})
    out, _ = failing()
    assert "Top up the account" in out


def test_a_server_without_a_list_is_no_failure(server: Simulator) -> None:
    server.next_faults(["500"], purpose="models")
    assert "no list of models (server_error: 500" in check()
