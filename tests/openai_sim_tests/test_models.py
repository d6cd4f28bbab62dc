"""Which models there are, and until when."""

from __future__ import annotations

import httpx2

from tests.openai_sim_tests.asking import TIMEOUT
from tests.simulator import Simulator


def get(simulator: Simulator, path: str) -> httpx2.Response:
    return httpx2.get(simulator.url + path, timeout=TIMEOUT)


def test_models_with_a_known_end_say_so(simulator: Simulator) -> None:
    listed = get(simulator, "/models").json()["data"]
    ends = {model["id"]: model.get("shutdown_date") for model in listed}
    assert ends["gpt-4o-mini"] == "2027-01-14"
    assert ends["whisper-1"] == "2027-02-26"
    assert ends["gpt-5.4"] is None
    assert not any("shutdown_date" in model for model in listed if model["id"] == "gpt-5.4")


def test_one_model_can_be_asked_for(simulator: Simulator) -> None:
    assert get(simulator, "/models/gpt-4o").json()["shutdown_date"] == "2027-01-14"
    assert get(simulator, "/models/gpt-2").status_code == 404


def test_asking_for_models_is_logged_and_free(simulator: Simulator) -> None:
    get(simulator, "/models")
    assert [asked.purpose for asked in simulator.log()] == ["models"]
    assert simulator.bill().not_billable == {}


def test_the_list_fails_by_order_and_never_by_chance(simulator: Simulator) -> None:
    simulator.set_faults({"500": 1.0})
    simulator.next_faults(["ok", "503"], "models")
    assert [get(simulator, "/models").status_code for _ in range(3)] == [200, 503, 200]
