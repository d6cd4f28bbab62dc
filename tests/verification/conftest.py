"""A real server, given on purpose: the only tests that take over settings of the user's.

    OPENAI_API_KEY=… make verify

The files are called `verify_*.py`, so that no other run of the tests collects them.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytest_django import Settings

from ai.config import Config
from ai.memory import MemoryBooks
from speechcoach.model_config import model_config
from tests.environment import USERS_SETTINGS

TAKEN = ("OPENAI_", "TRANSCRIPTION_", "AI_MODEL_", "AI_REASONING", "AI_TEMPERATURE")


@pytest.fixture
def config(settings: Settings, redis_url: str) -> Config:
    """Of the server given. Answers are not kept: each test asks it."""
    for name, value in USERS_SETTINGS.items():
        if name.startswith(TAKEN) and hasattr(settings, name):
            setattr(settings, name, value)
    found = model_config()
    assert found is not None, "Give OPENAI_API_KEY or OPENAI_BASE_URL: OPENAI_API_KEY=… make verify"
    return replace(found, answer_days=0)


@pytest.fixture
def books() -> MemoryBooks:
    return MemoryBooks()
