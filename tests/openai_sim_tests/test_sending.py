"""Connections that break, hang or drip, as a client finds them, and clients that leave."""

from __future__ import annotations

import json
import socket
from urllib.parse import urlsplit

import httpx2
import pytest

from tests.deadline import eventually
from tests.openai_sim_tests.asking import body, chat, content
from tests.simulator import Simulator, StartSimulator

IMPATIENT = 0.3  # seconds


def connection(simulator: Simulator) -> socket.socket:
    """With a question sent."""
    address = urlsplit(simulator.url)
    sent = json.dumps(body()).encode()
    client = socket.create_connection((address.hostname, address.port), timeout=20)
    client.sendall(
        b"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n"
        + f"Content-Length: {len(sent)}\r\n\r\n".encode()
        + sent
    )
    return client


def last(simulator: Simulator) -> tuple[bool, bool] | None:
    asked = simulator.log()[-1:]
    return (asked[0].disconnected, asked[0].complete) if asked else None


def test_a_reset_is_one_on_the_wire(simulator: Simulator) -> None:
    simulator.next_faults(["reset"])
    with connection(simulator) as client, pytest.raises(ConnectionResetError):
        client.recv(100)
    assert last(simulator) == (False, False)
    assert simulator.log()[-1].status is None
    assert content(chat(simulator)) == {"ok": True}


def test_a_stall_lasts_until_the_client_leaves(simulator: Simulator) -> None:
    simulator.next_faults(["stall"])
    with pytest.raises(httpx2.ReadTimeout):
        httpx2.post(f"{simulator.url}/chat/completions", json=body(), timeout=IMPATIENT)
    eventually(lambda: last(simulator) == (True, False))
    assert simulator.bill().total == 0


def test_a_slow_drip_comes_byte_by_byte_and_is_paid_when_all_of_it_came(
    start_simulator: StartSimulator,
) -> None:
    simulator = start_simulator("--time-scale", "0.0001")
    simulator.next_faults(["slow_drip"])
    with httpx2.stream("POST", f"{simulator.url}/chat/completions", json=body()) as response:
        pieces = list(response.iter_raw())
    assert len(pieces) > 20
    assert json.loads(b"".join(pieces))["usage"]["completion_tokens"] == 3
    eventually(lambda: last(simulator) == (False, True))


def test_a_client_that_leaves_in_the_middle_pays_nothing(simulator: Simulator) -> None:
    simulator.next_faults(["slow_drip"])
    with connection(simulator) as client:
        assert client.recv(10)
    eventually(lambda: last(simulator) == (True, False))
    assert simulator.bill().total == 0


def test_a_client_that_leaves_before_the_answer_is_noticed(
    start_simulator: StartSimulator,
) -> None:
    simulator = start_simulator("--profile", "token", "--time-scale", "100")
    with connection(simulator):
        eventually(lambda: len(simulator.log()) == 1)
        assert simulator.log()[-1].end is None
    eventually(lambda: last(simulator) == (True, False))
