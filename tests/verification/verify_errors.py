"""Errors as servers word them: what our outcomes, and our simulated server, are made after."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import httpx2
import pytest

from ai.client import SdkServer, tls_context
from ai.config import Config, Endpoint
from ai.errors import ModelError, Rejected, Truncated
from ai.mapping import FormatRefused
from ai.memory import MemoryBooks
from sessions_app.coaching.answers import ReviewAnswer
from speechcoach.model_config import NO_KEY
from speechcoach.model_probe import Ready
from tests.verification.asking import ask, deadline, question, talk

OPEN_OBJECT: dict[str, object] = {"type": "object", "properties": {"ready": {"type": "boolean"}}}


def chat(config: Config) -> Endpoint:
    assert config.chat is not None, "These tests need a server for text: OPENAI_BASE_URL."
    return config.chat


def test_a_key_that_is_none_is_rejected(config: Config, books: MemoryBooks) -> None:
    """Where keys are asked for at all."""
    known = chat(config)
    if known.api_key == NO_KEY:
        return
    stranger = replace(config, chat=replace(known, api_key="sk-nobodys"))
    with pytest.raises(Rejected, match="401"):
        ask(stranger, books, question(Ready, config.models.coaching))


def test_an_address_with_nothing_behind_it_is_rejected(config: Config, books: MemoryBooks) -> None:
    known = chat(config)
    elsewhere = replace(config, chat=replace(known, base_url=known.base_url.rstrip("/") + "/not"))
    with pytest.raises(Rejected, match="404"):
        ask(elsewhere, books, question(Ready, config.models.coaching))


def test_an_answer_cut_off_at_its_limit_is_truncated(config: Config, books: MemoryBooks) -> None:
    with pytest.raises(Truncated):
        ask(config, books, question(ReviewAnswer, config.models.analysis, most=20))


def test_a_schema_that_is_not_strict_is_refused_as_a_format(config: Config) -> None:
    """By servers that look at schemas; others answer."""
    assert isinstance(raised(config, response_format=strict(OPEN_OBJECT)), FormatRefused | None)


def test_json_mode_has_to_be_spoken_of(config: Config) -> None:
    """So we do; a server that insists says so with 400."""
    error = raised(config, response_format={"type": "json_object"})
    assert error is None or (isinstance(error, Rejected) and error.detail.startswith("400"))


def test_the_models_of_the_settings_are_on_the_list(config: Config, books: MemoryBooks) -> None:
    served = talk(config, books, lambda client: client.models(chat(config), deadline()))
    names = {model.id for model in served}
    assert {config.models.analysis, config.models.coaching} <= names


def strict(schema: dict[str, object]) -> dict[str, object]:
    named = {"name": "check", "strict": True, "schema": schema}
    return {"type": "json_schema", "json_schema": named}


def raised(config: Config, **request: object) -> ModelError | None:
    """What our edge makes of the server's answer to a request that is none of ours."""
    return asyncio.run(_raised(config, request))


async def _raised(config: Config, request: dict[str, object]) -> ModelError | None:
    messages = [{"role": "user", "content": "Say that you are ready."}]
    async with httpx2.AsyncClient(verify=tls_context()) as http:
        server = SdkServer(chat(config), http, config)
        try:
            await server.chat({"model": config.models.coaching, "messages": messages, **request})
        except ModelError as error:
            return error
    return None
