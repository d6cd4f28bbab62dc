from __future__ import annotations

import pytest

from ai.config import Endpoint
from ai.manners import Manner, knows, remember_missing


def test_what_is_missing_is_remembered_for_that_server_and_model(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    server = Endpoint("http://manners.example/v1", "sk-secret")
    manner = Manner.of(server, "m", "times of words")
    assert knows(manner)
    remember_missing(manner)
    remember_missing(manner)
    assert not knows(manner)
    assert knows(Manner.of(server, "n", "times of words"))
    assert knows(Manner.of(Endpoint("http://other.example/v1", ""), "m", "times of words"))
    assert len(caplog.records) == 1
    assert "secret" not in caplog.text
