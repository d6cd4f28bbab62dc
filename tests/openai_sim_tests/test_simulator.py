"""Starting, stopping and coming back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

from tests.deadline import eventually
from tests.openai_sim_tests.asking import body, chat
from tests.simulator import Simulator, StartSimulator


def test_a_killed_server_is_gone_and_comes_back_at_the_same_place(
    start_simulator: StartSimulator,
) -> None:
    simulator = start_simulator("--seed", "3")
    url = simulator.url
    simulator.kill()
    assert not simulator.running
    with pytest.raises(httpx2.ConnectError):
        chat(simulator)
    simulator.start()
    assert simulator.url == url
    assert chat(simulator).status_code == 200


def test_two_run_side_by_side(start_simulator: StartSimulator) -> None:
    first, second = start_simulator(), start_simulator()
    chat(first)
    assert (len(first.log()), len(second.log())) == (1, 0)


def test_a_reset_forgets_everything(simulator: Simulator) -> None:
    long = "x" * 8000
    chat(simulator, body(long))
    simulator.set_faults({"500": 1.0})
    simulator.next_faults(["503"])
    simulator.reset()
    assert not simulator.log()
    assert simulator.bill().total == 0
    response = chat(simulator, body(long))
    assert response.json()["usage"]["prompt_tokens_details"]["cached_tokens"] == 0


def test_held_requests_wait_for_the_release(simulator: Simulator) -> None:
    simulator.hold()
    with ThreadPoolExecutor() as pool:
        asking = [pool.submit(chat, simulator) for _ in range(3)]
        eventually(lambda: len(simulator.log()) == 3)
        assert [asked.end for asked in simulator.log()] == [None] * 3
        simulator.release()
    assert [each.result().status_code for each in asking] == [200] * 3


def test_the_log_can_be_read_by_purpose(simulator: Simulator) -> None:
    chat(simulator, body(purpose="check"))
    chat(simulator, body(purpose="other"))
    assert [asked.purpose for asked in simulator.log("other")] == ["other"]


def test_options_that_make_no_sense_end_it() -> None:
    simulator = Simulator("--fault", "nonsense=1")
    with pytest.raises(AssertionError, match="ended"):
        simulator.start()
